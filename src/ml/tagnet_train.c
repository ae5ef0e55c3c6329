/* SPDX-License-Identifier: Apache-2.0 */
/* Gradients and steps of the tagging network; the method is in tagnet_train.h, packing in
 * tagnet_pack.c. */
#include "ml/tagnet_trainer.h"

#include <string.h>

/* Clang 14 does not link such variants of static functions. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* SplitMix64 over a counter. */
static uint32_t draw(struct tagnet_trainer *t)
{
    return (uint32_t)(hash_mix(t->seed += UINT64_C(0x9e3779b97f4a7c15)) >> 32);
}

static float draw_unit(struct tagnet_trainer *t)
{
    return (float)(draw(t) >> 8) * 0x1p-24f;
}

/* Glibc and others differ in the last bit of expf; this one is good to 2e-7 and the same
 * everywhere.  Requires x <= 0. */
static float exp_fixed(float x)
{
    if (x < -80.0f)
        return 0.0f;
    const float y = x * 1.44269504f;
    const int32_t whole = (int32_t)(y - 0.5f);
    const float f = (y - (float)whole) * 0.69314718f;
    const float p =
        1 + f * (1 + f * (0.5f + f * (0.16666667f + f * (0.041666667f + f * (0.0083333333f +
                                                                             f * 0.0013888889f)))));
    const uint32_t bits = (uint32_t)(whole + 127) << 23;
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}

/* 1 / sqrt(x) by a guess from the exponent and three steps of Newton's method, for x > 0. */
static float inverse_root(float x)
{
    uint32_t bits;
    float y;
    memcpy(&bits, &x, sizeof bits);
    bits = UINT32_C(0x5f3759df) - (bits >> 1);
    memcpy(&y, &bits, sizeof y);
    y *= 1.5f - 0.5f * x * y * y;
    y *= 1.5f - 0.5f * x * y * y;
    return y * (1.5f - 0.5f * x * y * y);
}

static float root(float x)
{
    return x * inverse_root(x);
}

static inline float dot(const float *a, const float *b, uint32_t n)
{
    const wide *x = (const wide *)a, *y = (const wide *)b;
    wide sum = {0};
    for (uint32_t i = 0; i < n / 8; i++)
        sum += x[i] * y[i];
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

static inline void add(float *y, const float *x, float a, uint32_t n)
{
    wide *to = (wide *)y;
    const wide *from = (const wide *)x;
    for (uint32_t i = 0; i < n / 8; i++)
        to[i] += from[i] * a;
}

/* y += x w for w[in][out]; zero inputs, which are many after relu and dropping, cost nothing. */
static WIDE void product(const struct params *w, const float *x, uint32_t in, uint32_t out,
                         float *y)
{
    for (uint32_t k = 0; k < in; k++)
        if (x[k] != 0)
            add(y, w->value + (size_t)k * out, x[k], out);
}

/* Gradients of y = x w: w's grow by x dy, dx by w dy where x was not zero (a dropped or cut unit
 * passes nothing on). */
static WIDE void product_back(struct params *w, const float *x, const float *dy, uint32_t in,
                              uint32_t out, float *dx)
{
    for (uint32_t k = 0; k < in; k++) {
        if (x[k] == 0)
            continue;
        add(w->gradient + (size_t)k * out, dy, x[k], out);
        dx[k] += dot(w->value + (size_t)k * out, dy, out);
    }
}

static void relu_drop(struct tagnet_trainer *t, float *x, uint32_t n, float rate)
{
    const float keep = 1 / (1 - rate);
    for (uint32_t i = 0; i < n; i++)
        x[i] = x[i] <= 0 || draw_unit(t) < rate ? 0 : x[i] * keep;
}

static int is_dropped(struct tagnet_trainer *t, const struct tagnet_token *token, uint32_t k)
{
    const float word = t->recipe->drop_word;
    const float rate = k ? t->recipe->drop_feature : word / (word + (float)token->count);
    return draw_unit(t) < rate;
}

/* Fills the token's activation; kept features are noted for the way back. */
static void token_forward(struct tagnet_trainer *t, const struct tagnet_token *token, float *a,
                          uint8_t *dropped)
{
    const uint32_t width = t->shape.width;
    memcpy(a, t->token_bias.value, width * sizeof *a);
    for (uint32_t k = 0; k < token->feature_count; k++) {
        dropped[k] = (uint8_t)is_dropped(t, token, k);
        if (!dropped[k])
            add(a, t->rows.value + (size_t)token->features[k] * width, 1, width);
    }
    if (token->vector != JW_NONE)
        product(&t->vector, t->shape.vectors + (size_t)token->vector * t->shape.vector_width,
                t->shape.vector_width, width, a);
    relu_drop(t, a, width, t->recipe->drop_token);
}

static float squash_gate(float x)
{
    const float half = x < -4 ? -2 : x > 4 ? 2 : x / 2;
    return (half * (4 - (half < 0 ? -half : half)) / 4 + 1) / 2;
}

/* Slope of the gate, written with its input. */
static float gate_slope(float x)
{
    const float size = x < 0 ? -x : x;
    return size > 4 ? 0 : (1 - size / 4) / 4;
}

/* Both memories of a layer. */
static void memory_forward(const struct pass *pass, const struct tagnet_shape *s, uint32_t layer,
                           uint32_t count)
{
    const uint32_t m = s->memory, step = pass->step;
    const float *gates = pass->gates + (size_t)layer * pass->longest * 4 * m;
    for (uint32_t d = 0; d < 2; d++) {
        for (uint32_t n = 0; n < count; n++) {
            const uint32_t i = d ? count - 1 - n : n;
            const float *gate = gates + (size_t)i * 4 * m + d * m;
            float *c = pass->states + (size_t)i * step + layer * pass->layer + s->hidden + d * m;
            const float *before = n ? (d ? c + step : c - step) : pass->zeros;
            for (uint32_t k = 0; k < m; k++) {
                const float g = squash_gate(gate[2 * m + k]);
                c[k] = g * before[k] + (1 - g) * gate[k];
            }
        }
    }
}

/* Turns gradients of the memories into gradients of new values and gates; `d_gates` replaces what
 * is in it. */
static void memory_back(const struct pass *pass, const struct tagnet_shape *s, uint32_t layer,
                        uint32_t count)
{
    const uint32_t m = s->memory, step = pass->step;
    const size_t first = (size_t)layer * pass->longest * 4 * m;
    for (uint32_t d = 0; d < 2; d++) {
        for (uint32_t n = count; n-- > 0;) {
            const uint32_t i = d ? count - 1 - n : n;
            const float *gate = pass->gates + first + (size_t)i * 4 * m + d * m;
            float *out = pass->d_gates + first + (size_t)i * 4 * m + d * m;
            const size_t at = (size_t)i * step + layer * pass->layer + s->hidden + d * m;
            const size_t prior = d ? at + step : at - step;
            for (uint32_t k = 0; k < m; k++) {
                const float g = squash_gate(gate[2 * m + k]);
                const float before = n ? pass->states[prior + k] : 0;
                const float dc = pass->d_states[at + k];
                out[k] = (1 - g) * dc;
                out[2 * m + k] = (before - gate[k]) * dc * gate_slope(gate[2 * m + k]);
                if (n)
                    pass->d_states[prior + k] += dc * g;
            }
        }
    }
}

/* What reads a layer sees its hidden part and both memories, the memories with drops of their own.
 */
static void view_layer(struct tagnet_trainer *t, const float *states, float *view)
{
    const float rate = t->recipe->drop_state, keep = 1 / (1 - rate);
    memcpy(view, states, t->shape.hidden * sizeof *view);
    for (uint32_t k = t->shape.hidden; k < t->pass.layer; k++)
        view[k] = draw_unit(t) < rate ? 0 : states[k] * keep;
}

/* Gradients of a view become those of the states. */
static void view_back(const struct tagnet_trainer *t, const float *d_view, float *d_states)
{
    const float keep = 1 / (1 - t->recipe->drop_state);
    for (uint32_t k = 0; k < t->pass.layer; k++)
        d_states[k] += k < t->shape.hidden ? d_view[k] : d_view[k] * keep;
}

static void softmax(float *x, uint32_t n)
{
    float best = x[0], sum = 0;
    for (uint32_t i = 1; i < n; i++)
        best = x[i] > best ? x[i] : best;
    for (uint32_t i = 0; i < n; i++)
        sum += x[i] = exp_fixed(x[i] - best);
    for (uint32_t i = 0; i < n; i++)
        x[i] /= sum;
}

static void tokens_forward(struct tagnet_trainer *t, const struct tagnet_token *tokens,
                           uint32_t count)
{
    const uint32_t width = t->shape.width;
    const struct pass *p = &t->pass;
    memset(p->tokens, 0, width * sizeof(float));
    memset(p->tokens + (size_t)(count + 1) * width, 0, width * sizeof(float));
    for (uint32_t i = 0; i < count; i++)
        token_forward(t, &tokens[i], p->tokens + (size_t)(i + 1) * width,
                      p->dropped + (size_t)i * TAGNET_FEATURES_MAX);
}

/* What a layer reads at token i: a window of tokens, or the layer below. */
static const float *layer_input(const struct tagnet_trainer *t, uint32_t layer, uint32_t i)
{
    return layer ? t->pass.inputs + (size_t)i * t->pass.layer
                 : t->pass.tokens + (size_t)i * t->shape.width;
}

static uint32_t layer_width(const struct tagnet_trainer *t, uint32_t layer)
{
    return layer ? t->pass.layer : 3 * t->shape.width;
}

static void layer_forward(struct tagnet_trainer *t, uint32_t layer, uint32_t count)
{
    const struct tagnet_shape *s = &t->shape;
    const struct pass *p = &t->pass;
    for (uint32_t i = 0; i < count; i++) {
        float *h = p->states + (size_t)i * p->step + layer * p->layer;
        float *gate = p->gates + ((size_t)layer * p->longest + i) * 4 * s->memory;
        if (layer)
            view_layer(t, h - p->layer, p->inputs + (size_t)i * p->layer);
        memcpy(h, t->window_bias[layer].value, s->hidden * sizeof *h);
        product(&t->window[layer], layer_input(t, layer, i), layer_width(t, layer), s->hidden, h);
        relu_drop(t, h, s->hidden, t->recipe->drop_state);
        memcpy(gate, t->gates_bias[layer].value, (size_t)4 * s->memory * sizeof *gate);
        product(&t->gates[layer], h, s->hidden, 4 * s->memory, gate);
    }
    memory_forward(p, s, layer, count);
}

static uint32_t is_wrong(const float *scores, uint32_t n, uint32_t label)
{
    for (uint32_t i = 0; i < n; i++)
        if (scores[i] > scores[label])
            return 1;
    return 0;
}

/* Scores and the gradients of the output layer; returns how many labels are wrong. */
static uint32_t output_back(struct tagnet_trainer *t, const struct tagnet_token *tokens,
                            uint32_t count)
{
    const struct tagnet_shape *s = &t->shape;
    const struct pass *p = &t->pass;
    uint32_t wrong = 0;
    memset(p->d_states, 0, (size_t)count * p->step * sizeof(float));
    for (uint32_t i = 0; i < count; i++) {
        float *y = p->scores;
        for (uint32_t l = 0; l < s->layers; l++)
            view_layer(t, p->states + (size_t)i * p->step + l * p->layer, p->view + l * p->layer);
        memcpy(y, t->output_bias.value, s->labels * sizeof *y);
        product(&t->output, p->view, p->step, s->labels, y);
        softmax(y, s->labels);
        wrong += is_wrong(y, s->labels, tokens[i].label);
        y[tokens[i].label] -= 1;
        add(t->output_bias.gradient, y, 1, s->labels);
        memset(p->d_view, 0, p->step * sizeof(float));
        product_back(&t->output, p->view, y, p->step, s->labels, p->d_view);
        for (uint32_t l = 0; l < s->layers; l++)
            view_back(t, p->d_view + l * p->layer,
                      p->d_states + (size_t)i * p->step + l * p->layer);
    }
    return wrong;
}

/* From the states of a layer to what it reads. */
static void layer_back(struct tagnet_trainer *t, uint32_t layer, uint32_t count)
{
    const struct tagnet_shape *s = &t->shape;
    const struct pass *p = &t->pass;
    const float keep = 1 / (1 - t->recipe->drop_state);
    memory_back(p, s, layer, count);
    if (!layer)
        memset(p->d_tokens, 0, (size_t)(count + 2) * s->width * sizeof(float));
    for (uint32_t i = 0; i < count; i++) {
        const size_t at = (size_t)i * p->step + layer * p->layer;
        float *h = p->states + at, *dh = p->d_states + at;
        const float *dg = p->d_gates + ((size_t)layer * p->longest + i) * 4 * s->memory;
        add(t->gates_bias[layer].gradient, dg, 1, 4 * s->memory);
        product_back(&t->gates[layer], h, dg, s->hidden, 4 * s->memory, dh);
        for (uint32_t k = 0; k < s->hidden; k++)
            dh[k] = h[k] == 0 ? 0 : dh[k] * keep;
        add(t->window_bias[layer].gradient, dh, 1, s->hidden);
        float *d_input = layer ? p->d_view : p->d_tokens + (size_t)i * s->width;
        if (layer)
            memset(d_input, 0, p->layer * sizeof *d_input);
        product_back(&t->window[layer], layer_input(t, layer, i), dh, layer_width(t, layer),
                     s->hidden, d_input);
        if (layer)
            view_back(t, d_input, p->d_states + at - p->layer);
    }
}

/* Adam (Kingma and Ba 2015) for `n` numbers, a multiple of 16; gradients are used up. */
static WIDE void step_some(const struct tagnet_trainer *t, struct params *p, size_t at, size_t n)
{
    wide *w = (wide *)(p->value + at), *m = (wide *)(p->mean + at), *v = (wide *)(p->square + at),
         *g = (wide *)(p->gradient + at);
    const float rate = t->rate / t->mean_part, square_part = 1 / t->square_part;
    for (size_t i = 0; i < n / 8; i++) {
        m[i] = 0.9f * m[i] + 0.1f * g[i];
        v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
        const wide x = v[i] * square_part + 1e-16f, half = 0.5f * x;
        wide y = (wide)(UINT32_C(0x5f3759df) - ((wide_bits)x >> 1)); /* as in inverse_root */
        y *= 1.5f - half * y * y;
        y *= 1.5f - half * y * y;
        y *= 1.5f - half * y * y;
        w[i] -= rate * m[i] * y;
        g[i] = (wide){0};
    }
}

static void tokens_back(struct tagnet_trainer *t, const struct tagnet_token *tokens, uint32_t count)
{
    const struct tagnet_shape *s = &t->shape;
    const struct pass *p = &t->pass;
    const float keep = 1 / (1 - t->recipe->drop_token);
    uint32_t touched = 0;
    for (uint32_t i = 0; i < count; i++) {
        const float *a = p->tokens + (size_t)(i + 1) * s->width;
        float *d = p->d_tokens + (size_t)(i + 1) * s->width;
        for (uint32_t k = 0; k < s->width; k++)
            d[k] = a[k] == 0 ? 0 : d[k] * keep;
        add(t->token_bias.gradient, d, 1, s->width);
        if (tokens[i].vector != JW_NONE)
            for (uint32_t k = 0; k < s->vector_width; k++)
                add(t->vector.gradient + (size_t)k * s->width, d,
                    s->vectors[(size_t)tokens[i].vector * s->vector_width + k], s->width);
        for (uint32_t k = 0; k < tokens[i].feature_count; k++) {
            const uint32_t row = tokens[i].features[k];
            if (p->dropped[(size_t)i * TAGNET_FEATURES_MAX + k])
                continue;
            if (!t->is_touched[row])
                p->touched[touched++] = row;
            t->is_touched[row] = 1;
            add(t->rows.gradient + (size_t)row * s->width, d, 1, s->width);
        }
    }
    for (uint32_t k = 0; k < touched; k++) {
        t->is_touched[p->touched[k]] = 0;
        step_some(t, &t->rows, (size_t)p->touched[k] * s->width, s->width);
    }
}

static void step_dense(struct tagnet_trainer *t)
{
    struct params *dense[] = {&t->token_bias, &t->vector, &t->output, &t->output_bias};
    for (size_t i = 0; i < sizeof dense / sizeof *dense; i++)
        step_some(t, dense[i], 0, dense[i]->count);
    for (uint32_t l = 0; l < t->shape.layers; l++) {
        struct params *of_layer[] = {&t->window[l], &t->window_bias[l], &t->gates[l],
                                     &t->gates_bias[l]};
        for (size_t i = 0; i < sizeof of_layer / sizeof *of_layer; i++)
            step_some(t, of_layer[i], 0, of_layer[i]->count);
    }
}

void jwi_tagnet_forward(struct tagnet_trainer *t, const struct tagnet_token *tokens, uint32_t count)
{
    tokens_forward(t, tokens, count);
    for (uint32_t l = 0; l < t->shape.layers; l++)
        layer_forward(t, l, count);
}

static uint32_t train_one(struct tagnet_trainer *t, const struct tagnet_token *tokens,
                          uint32_t count)
{
    t->mean_power *= 0.9f;
    t->square_power *= 0.999f;
    t->mean_part = 1 - t->mean_power;
    t->square_part = 1 - t->square_power;
    jwi_tagnet_forward(t, tokens, count);
    const uint32_t wrong = output_back(t, tokens, count);
    for (uint32_t l = t->shape.layers; l-- > 0;)
        layer_back(t, l, count);
    tokens_back(t, tokens, count);
    step_dense(t);
    return wrong;
}

/* Uniform within +-size. */
static int params_new(struct tagnet_trainer *t, struct arena *arena, struct params *ret,
                      size_t count, float size)
{
    ret->count = count;
    ret->value = jwi_arena_push(arena, count, sizeof(float), 64);
    ret->gradient = jwi_arena_push_zero(arena, count, sizeof(float), 64);
    ret->mean = jwi_arena_push_zero(arena, count, sizeof(float), 64);
    ret->square = jwi_arena_push_zero(arena, count, sizeof(float), 64);
    if (!ret->value || !ret->gradient || !ret->mean || !ret->square)
        return 0;
    for (size_t i = 0; i < count; i++)
        ret->value[i] = (draw_unit(t) * 2 - 1) * size;
    return 1;
}

static int layer_new(struct tagnet_trainer *t, struct arena *arena, uint32_t layer)
{
    const struct tagnet_shape *s = &t->shape;
    const uint32_t width = layer_width(t, layer);
    const int ok = params_new(t, arena, &t->window[layer], (size_t)width * s->hidden,
                              root(2.0f / (float)width)) &&
                   params_new(t, arena, &t->window_bias[layer], s->hidden, 0.05f) &&
                   params_new(t, arena, &t->gates[layer], (size_t)s->hidden * 4 * s->memory,
                              root(1.5f / (float)s->hidden)) &&
                   params_new(t, arena, &t->gates_bias[layer], (size_t)4 * s->memory, 0.1f);
    for (uint32_t k = 2 * s->memory; ok && k < 4 * s->memory; k++)
        t->gates_bias[layer].value[k] = 0.5f;
    return ok;
}

/* Sizes after He et al. 2015; gates start half open towards keeping. */
static int weights_new(struct tagnet_trainer *t, struct arena *arena)
{
    const struct tagnet_shape *s = &t->shape;
    const uint32_t states = t->pass.step;
    int ok = params_new(t, arena, &t->rows, (size_t)s->features * s->width, 0.05f) &&
             params_new(t, arena, &t->token_bias, s->width, 0.1f) &&
             params_new(t, arena, &t->vector, (size_t)s->vector_width * s->width, 0.1f);
    for (uint32_t l = 0; l < s->layers; l++)
        ok = ok && layer_new(t, arena, l);
    return ok &&
           params_new(t, arena, &t->output, (size_t)states * s->labels,
                      root(2.0f / (float)states)) &&
           params_new(t, arena, &t->output_bias, s->labels, 0.01f);
}

static int pass_new(struct tagnet_trainer *t, struct arena *arena, uint32_t longest)
{
    const struct tagnet_shape *s = &t->shape;
    struct pass *p = &t->pass;
    const size_t n = longest, gates = s->layers * n * 4 * s->memory;
    p->longest = longest;
    p->layer = s->hidden + 2 * s->memory;
    p->step = s->layers * p->layer;
    float **const arrays[] = {&p->tokens, &p->d_tokens, &p->states, &p->d_states,
                              &p->gates,  &p->d_gates,  &p->inputs, &p->scores,
                              &p->view,   &p->d_view,   &p->zeros};
    const size_t sizes[] = {
        (n + 2) * s->width, (n + 2) * s->width, n * p->step, n * p->step, gates,    gates,
        n * p->layer,       s->labels,          p->step,     p->step,     s->memory};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (!(*arrays[i] = jwi_arena_push_zero(arena, sizes[i], sizeof(float), 64)))
            return 0;
    p->dropped = PUSH(arena, uint8_t, n * TAGNET_FEATURES_MAX);
    p->touched = PUSH(arena, uint32_t, n * TAGNET_FEATURES_MAX);
    t->is_touched = PUSH_ZERO(arena, uint8_t, s->features);
    t->peaks = PUSH_ZERO(arena, float, p->step);
    t->means = jwi_arena_push_zero(arena, p->step, sizeof(float), 64);
    t->token_means = jwi_arena_push_zero(arena, s->width, sizeof(float), 64);
    return p->dropped && p->touched && t->is_touched && t->peaks && t->means && t->token_means;
}

static void shuffle(struct tagnet_trainer *t, uint32_t *order, uint32_t n)
{
    for (uint32_t i = n; i-- > 1;) {
        const uint32_t j = draw(t) % (i + 1), swap = order[i];
        order[i] = order[j];
        order[j] = swap;
    }
}

static void train_all(struct tagnet_trainer *t, const struct tagnet_corpus *corpus, uint32_t *order,
                      void (*report)(uint32_t epoch, uint32_t wrong, uint32_t total))
{
    const uint32_t n = corpus->sentence_count, gold = corpus->gold_count ? corpus->gold_count : n;
    const float total = (float)n * (float)t->recipe->epochs;
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (uint32_t epoch = 0; epoch < t->recipe->epochs; epoch++) {
        uint32_t wrong = 0;
        shuffle(t, order, n);
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t start = corpus->sentences[order[i]],
                           end = corpus->sentences[order[i] + 1];
            if (order[i] >= gold && epoch >= t->recipe->silver_epochs)
                continue;
            t->rate = t->recipe->rate * (1 - (float)(epoch * n + i) / total);
            if (end > start)
                wrong += train_one(t, corpus->tokens + start, end - start);
        }
        report(epoch, wrong, corpus->sentences[n]);
    }
}

/* Adds what a sentence shows of every unit. */
static void measure_one(struct tagnet_trainer *t, uint32_t count)
{
    const struct pass *p = &t->pass;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < p->step; k++) {
            const float x = p->states[(size_t)i * p->step + k], size = x < 0 ? -x : x;
            t->peaks[k] = size > t->peaks[k] ? size : t->peaks[k];
        }
        add(t->means, p->states + (size_t)i * p->step, 1, p->step);
        add(t->token_means, p->tokens + (size_t)(i + 1) * t->shape.width, 1, t->shape.width);
    }
}

/* Every MEASURE-th sentence, with nothing dropped. */
static void measure(struct tagnet_trainer *t, const struct tagnet_corpus *corpus)
{
    enum { MEASURE = 4 };
    static const struct tagnet_recipe whole = {0};
    uint32_t total = 0;
    t->recipe = &whole;
    for (uint32_t n = 0; n < corpus->sentence_count; n += MEASURE) {
        const uint32_t start = corpus->sentences[n], count = corpus->sentences[n + 1] - start;
        jwi_tagnet_forward(t, corpus->tokens + start, count);
        measure_one(t, count);
        total += count;
    }
    for (uint32_t k = 0; total && k < t->pass.step; k++)
        t->means[k] /= (float)total;
    for (uint32_t k = 0; total && k < t->shape.width; k++)
        t->token_means[k] /= (float)total;
}

struct tagnet_trainer *
jwi_tagnet_train(const struct tagnet_shape *shape, const struct tagnet_corpus *corpus,
                 const struct tagnet_recipe *recipe, struct arena *arena,
                 void (*report)(uint32_t epoch, uint32_t wrong, uint32_t total))
{
    struct tagnet_trainer *t = PUSH_ZERO(arena, struct tagnet_trainer, 1);
    uint32_t *order = PUSH(arena, uint32_t, corpus->sentence_count);
    uint32_t longest = 1;
    for (uint32_t i = 0; i < corpus->sentence_count; i++)
        longest = corpus->sentences[i + 1] - corpus->sentences[i] > longest
                      ? corpus->sentences[i + 1] - corpus->sentences[i]
                      : longest;
    if (!t || !order)
        return NULL;
    t->shape = *shape;
    t->shape.layers = shape->layers ? shape->layers : 1;
    t->recipe = recipe;
    t->seed = recipe->seed;
    t->mean_power = t->square_power = 1;
    if (!pass_new(t, arena, longest) || !weights_new(t, arena))
        return NULL;
    if (recipe->start && !jwi_tagnet_start_load(recipe->start, t))
        return NULL;
    train_all(t, corpus, order, report);
    measure(t, corpus);
    return t;
}
