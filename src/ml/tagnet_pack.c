/* SPDX-License-Identifier: Apache-2.0 */
/* Rounding of a trained tagging network to its section; the layout is in tagnet.h. */
#include "ml/net_pack.h"
#include "ml/tagnet_trainer.h"

#include <stdlib.h>
#include <string.h>

#define PEAK_MIN (1.0f / 16) /* of a unit that is hardly ever awake */

enum { ALIGN = 64 };

struct writer {
    char *at;
    size_t len;
};

static void *room_for(struct writer *writer, size_t n, size_t size)
{
    void *ret = writer->at ? writer->at + writer->len : NULL;
    writer->len += (n * size + ALIGN - 1) / ALIGN * ALIGN;
    return ret;
}

static uint32_t slots_for(uint32_t count)
{
    uint32_t slots = 16;
    while (slots / 3 * 2 <= count)
        slots *= 2;
    return slots;
}

static void write_index(struct writer *writer, const uint64_t *keys, uint32_t count)
{
    const uint32_t slots = slots_for(count);
    struct tagnet_slot *at = room_for(writer, slots, sizeof *at);
    if (!at)
        return;
    memset(at, 0xff, slots * sizeof *at);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = (uint32_t)keys[i] & (slots - 1);
        while (at[slot].row != JW_NONE)
            slot = (slot + 1) & (slots - 1);
        at[slot].tag = (uint32_t)(keys[i] >> 32);
        at[slot].row = i;
    }
}

/* Features that say something, and their rows. */
struct loud {
    uint64_t *keys;
    uint32_t *rows;
    uint32_t count;
};

static int is_loud(const float *row, uint32_t width, int32_t quiet)
{
    for (uint32_t i = 0; i < width; i++)
        if (abs(jwi_net_fixed(row[i], TAGNET_FEATURE_BITS, INT8_MAX)) > quiet)
            return 1;
    return 0;
}

static int find_loud(const struct tagnet_trainer *t, const uint64_t *keys, int32_t quiet, struct arena *arena,
                     struct loud *ret)
{
    ret->keys = PUSH(arena, uint64_t, t->shape.features + 1);
    ret->rows = PUSH(arena, uint32_t, t->shape.features + 1);
    ret->count = 0;
    if (!ret->keys || !ret->rows)
        return 0;
    for (uint32_t i = 0; i < t->shape.features; i++) {
        if (!is_loud(t->rows.value + (size_t)i * t->shape.width, t->shape.width, quiet))
            continue;
        ret->keys[ret->count] = keys[i];
        ret->rows[ret->count++] = i;
    }
    return 1;
}

static void write_rows(struct writer *writer, const struct params *rows, const struct loud *loud,
                       uint32_t width)
{
    int8_t *at = room_for(writer, loud->count, width);
    for (size_t i = 0; at && i < loud->count; i++)
        for (uint32_t k = 0; k < width; k++)
            at[i * width + k] =
                (int8_t)jwi_net_fixed(rows->value[(size_t)loud->rows[i] * width + k], TAGNET_FEATURE_BITS, INT8_MAX);
}

/* What a token sums to, without the bias. */
static void sum_token(const struct tagnet_trainer *t, const struct tagnet_token *token, float *sums)
{
    const uint32_t width = t->shape.width;
    memset(sums, 0, width * sizeof *sums);
    for (uint32_t k = 0; k < token->feature_count; k++)
        for (uint32_t i = 0; i < width; i++)
            sums[i] += t->rows.value[(size_t)token->features[k] * width + i];
    if (token->vector == JW_NONE)
        return;
    const float *vector = t->shape.vectors + (size_t)token->vector * t->shape.vector_width;
    for (uint32_t k = 0; k < t->shape.vector_width; k++)
        for (uint32_t i = 0; i < width; i++)
            sums[i] += vector[k] * t->vector.value[(size_t)k * width + i];
}

static void write_words(struct writer *writer, const struct tagnet_trainer *t,
                        const struct tagnet_words *words)
{
    const uint32_t width = t->shape.width;
    int8_t *at = room_for(writer, words->count, width);
    float sums[TAGNET_DIM_MAX];
    for (size_t i = 0; at && i < words->count; i++) {
        sum_token(t, &words->tokens[i], sums);
        for (uint32_t k = 0; k < width; k++)
            at[i * width + k] = (int8_t)jwi_net_fixed(sums[k], TAGNET_WORD_BITS, INT8_MAX);
    }
}

/* Numbers to the unit of the inputs of a matrix, what stands for their zero, and what they are on average. */
struct scales {
    float at[3 * TAGNET_DIM_MAX * TAGNET_LAYERS_MAX];
    int32_t zero[3 * TAGNET_DIM_MAX * TAGNET_LAYERS_MAX];
    float mean[3 * TAGNET_DIM_MAX * TAGNET_LAYERS_MAX]; /* in training, by that scale */
};

static void scales_of_tokens(const struct tagnet_trainer *t, struct scales *ret)
{
    for (uint32_t i = 0; i < 3 * t->shape.width; i++) {
        ret->at[i] = (float)(1 << TAGNET_TOKEN_BITS);
        ret->zero[i] = 0;
        ret->mean[i] = t->token_means[i % t->shape.width] * ret->at[i];
    }
}

/* The greatest value of a unit becomes the greatest number. */
static void scales_of_states(const struct tagnet_trainer *t, uint32_t first, uint32_t count,
                             struct scales *ret)
{
    for (uint32_t i = 0; i < count; i++) {
        const int is_memory = (first + i) % t->pass.layer >= t->shape.hidden;
        const float peak = t->peaks[first + i] > PEAK_MIN ? t->peaks[first + i] : PEAK_MIN;
        ret->at[i] = (is_memory ? (float)INT8_MAX : (float)UINT8_MAX) / peak;
        ret->zero[i] = is_memory ? NET_MEMORY_ZERO : 0;
        ret->mean[i] = t->means[first + i] * ret->at[i];
    }
}

/* `units` of the outputs; the order of weights is that of struct net_bytes. */
static void write_weights(struct writer *writer, const struct params *w, const struct params *bias,
                          uint32_t in, uint32_t out, const struct scales *from, const float *units,
                          uint32_t shift)
{
    const struct net_source source = {from->at, from->zero, from->mean};
    struct net_packed ret;
    ret.at = room_for(writer, in, out);
    ret.bias = room_for(writer, out, sizeof *ret.bias);
    ret.scale = room_for(writer, out, sizeof *ret.scale);
    if (ret.scale)
        jwi_net_pack(w->value, bias->value, in, out, &source, units, shift, &ret);
}

static void write_layer(struct writer *writer, const struct tagnet_trainer *t, uint32_t l)
{
    const struct tagnet_shape *s = &t->shape;
    const uint32_t first = l * t->pass.layer;
    struct scales from, states;
    float units[4 * TAGNET_DIM_MAX];
    if (l)
        scales_of_states(t, first - t->pass.layer, t->pass.layer, &from);
    else
        scales_of_tokens(t, &from);
    scales_of_states(t, first, t->pass.layer, &states);
    write_weights(writer, &t->window[l], &t->window_bias[l], l ? t->pass.layer : 3 * s->width,
                  s->hidden, &from, states.at, TAGNET_HIDDEN_SHIFT);
    for (uint32_t i = 0; i < 2 * s->memory; i++) {
        units[i] = states.at[s->hidden + i] * (float)(1 << NET_MEMORY_BITS);
        units[2 * s->memory + i] = (float)NET_ONE;
    }
    write_weights(writer, &t->gates[l], &t->gates_bias[l], s->hidden, 4 * s->memory, &states, units,
                  TAGNET_GATES_SHIFT);
}

static void write_labels(struct writer *writer, const struct tagnet_trainer *t)
{
    struct scales from;
    float units[TAGNET_DIM_MAX];
    scales_of_states(t, 0, t->pass.step, &from);
    for (uint32_t o = 0; o < t->shape.labels; o++)
        units[o] = (float)(1 << TAGNET_SCORE_BITS);
    write_weights(writer, &t->output, &t->output_bias, t->pass.step, t->shape.labels, &from, units,
                  TAGNET_SCORE_SHIFT);
}

static void write_token_bias(struct writer *writer, const struct tagnet_trainer *t)
{
    int16_t *at = room_for(writer, t->shape.width, sizeof *at);
    for (uint32_t i = 0; at && i < t->shape.width; i++)
        at[i] = (int16_t)jwi_net_fixed(t->token_bias.value[i], TAGNET_SUM_BITS, TAGNET_BIAS_MAX);
}

/* Called twice: once to measure, once to write. */
static void write_all(struct writer *writer, const struct tagnet_trainer *t,
                      const struct loud *loud, const struct tagnet_words *words)
{
    const struct tagnet_shape *s = &t->shape;
    const struct tagnet_header header = {TAGNET_VERSION,
                                         s->width,
                                         s->hidden,
                                         s->memory,
                                         s->labels,
                                         words->count,
                                         slots_for(words->count),
                                         loud->count,
                                         slots_for(loud->count),
                                         s->layers,
                                         {0}};
    void *at = room_for(writer, 1, sizeof header);
    if (at)
        memcpy(at, &header, sizeof header);
    write_index(writer, words->keys, words->count);
    write_index(writer, loud->keys, loud->count);
    write_words(writer, t, words);
    write_rows(writer, &t->rows, loud, s->width);
    write_token_bias(writer, t);
    for (uint32_t l = 0; l < s->layers; l++)
        write_layer(writer, t, l);
    write_labels(writer, t);
}

jw_bytes jwi_tagnet_pack(const struct tagnet_trainer *trainer, const uint64_t *feature_keys,
                         const struct tagnet_words *words, int32_t quiet, struct arena *arena)
{
    jw_bytes ret = {NULL, 0};
    struct writer writer = {NULL, 0};
    struct loud loud;
    if (!find_loud(trainer, feature_keys, quiet, arena, &loud))
        return ret;
    write_all(&writer, trainer, &loud, words);
    writer.at = jwi_arena_push_zero(arena, writer.len, 1, ALIGN);
    if (!writer.at)
        return ret;
    ret.at = writer.at;
    ret.len = writer.len;
    writer.len = 0;
    write_all(&writer, trainer, &loud, words);
    return ret;
}
