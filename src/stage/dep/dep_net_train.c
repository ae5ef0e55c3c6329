/* SPDX-License-Identifier: Apache-2.0 */
/* The parser's network in floats, forwards and backwards; dep_net.c runs the same in integers. */
#include "stage/dep/dep_trainer.h"

#include <string.h>

/* Parts of the input are left out at random, so that none is leaned on: a word's own row the more, the rarer it is. */
static const float drop_word = 0.25f, drop_vector = 0.05f, drop_tag = 0.1f;

static void add(struct dep_trainer *trainer, struct tensor *tensor, uint32_t rows, uint32_t cols,
                float spread, int is_looked_up)
{
    jwi_tensor_make(tensor, rows, cols, is_looked_up, trainer->words.arena);
    if (spread > 0)
        jwi_tensor_spread(tensor, spread, &trainer->random);
    trainer->tensors.all[trainer->tensors.count++] = tensor;
}

static float root_of(float x)
{
    return sqrtf(x);
}

static void make_tensors(struct dep_trainer *trainer)
{
    const struct dep_recipe *r = &trainer->recipe;
    struct dep_tensors *t = &trainer->tensors;
    uint32_t in = r->width;
    for (uint32_t i = 0; i < r->layers; i++, in = 2 * r->hidden) {
        for (int way = 0; way < 2; way++) {
            add(trainer, &t->input[i][way], in, 3 * r->hidden, root_of(1.0f / (float)in), 0);
            add(trainer, &t->recurrent[i][way], r->hidden, 3 * r->hidden,
                0.7f * root_of(1.0f / (float)r->hidden), 0);
            add(trainer, &t->bias[i][way], 1, 3 * r->hidden, 0, 0);
            for (uint32_t k = 0; k < r->hidden; k++)
                t->bias[i][way].value[k] = 1;
        }
    }
    add(trainer, &t->mix, in, 2 * (r->arc + r->label), root_of(2.0f / (float)in), 0);
    add(trainer, &t->mix_bias, 1, 2 * (r->arc + r->label), 0, 0);
    add(trainer, &t->pair, r->arc, r->arc, 0.3f * root_of(1.0f / (float)r->arc), 0);
    add(trainer, &t->pair_bias, 1, r->arc, 0, 0);
    add(trainer, &t->name, r->label, DEP_TRAIN_LABELS, root_of(1.0f / (float)r->label), 0);
    add(trainer, &t->name_bias, 1, DEP_TRAIN_LABELS, 0, 0);
    for (int i = 0; i < 2; i++) {
        add(trainer, &t->tagger[i], in, DEP_TAGS_MAX, root_of(1.0f / (float)in), 0);
        add(trainer, &t->tagger_bias[i], 1, DEP_TAGS_MAX, 0, 0);
    }
    add(trainer, &t->vectors, trainer->lesson->vector_width, r->width,
        root_of(1.0f / (float)trainer->lesson->vector_width), 0);
    add(trainer, &t->words, trainer->words.count + 1, r->width, 0, 1);
    for (int place = 0; place < DEP_PLACES; place++)
        add(trainer, &t->chars[place], trainer->chars.count + 1, r->width, 0.1f, 1);
    add(trainer, &t->shapes, DEP_SHAPES, r->width, 0.1f, 1);
    add(trainer, &t->tags, trainer->tag_rows, r->width, 0.3f, 1);
    add(trainer, &t->root, 1, r->width, 0.3f, 1);
}

static void make_pass(struct dep_trainer *trainer)
{
    const struct dep_recipe *r = &trainer->recipe;
    const size_t n = DEP_TRAIN_NODES, wide = r->width > 2 * r->hidden ? r->width : 2 * r->hidden,
                 mix = 2 * (r->arc + r->label);
    struct dep_pass *p = &trainer->pass;
    struct arena *arena = trainer->words.arena;
    for (uint32_t i = 0; i <= r->layers; i++) {
        p->x[i] = jwi_dense_floats(arena, n * wide);
        p->dropped[i] = jwi_dense_floats(arena, n * wide);
        p->d_x[i] = jwi_dense_floats(arena, n * wide);
        p->mask[i] = jwi_dense_floats(arena, wide);
        for (int way = 0; way < 2 && i < r->layers; way++) {
            p->gates[i][way] = jwi_dense_floats(arena, n * 3 * r->hidden);
            p->cells[i][way] = jwi_dense_floats(arena, n * r->hidden);
            p->squashed[i][way] = jwi_dense_floats(arena, n * r->hidden);
            p->before[i][way] = jwi_dense_floats(arena, (n + 1) * r->hidden);
            p->recurrent_mask[i][way] = jwi_dense_floats(arena, r->hidden);
        }
    }
    p->vectors = jwi_dense_floats(arena, n * trainer->lesson->vector_width);
    p->mix = jwi_dense_floats(arena, n * mix);
    p->d_mix = jwi_dense_floats(arena, n * mix);
    p->mix_mask = jwi_dense_floats(arena, n * mix);
    p->pair = jwi_dense_floats(arena, n * r->arc);
    p->d_pair = jwi_dense_floats(arena, n * r->arc);
    p->heads = jwi_dense_floats(arena, n * r->arc);
    p->arcs = jwi_dense_floats(arena, n * n);
    p->joint = jwi_dense_floats(arena, n * r->label);
    p->joint_mask = jwi_dense_floats(arena, n * r->label);
    p->d_joint = jwi_dense_floats(arena, n * r->label);
    p->labels = jwi_dense_floats(arena, n * DEP_TRAIN_LABELS);
    p->tags = jwi_dense_floats(arena, n * DEP_TAGS_MAX);
    p->turned = jwi_dense_floats(arena, n * 3 * r->hidden);
    p->d_gates = jwi_dense_floats(arena, n * 3 * r->hidden);
    p->word_dropped = (uint8_t *)jwi_dense_floats(arena, n);
    p->vector_dropped = (uint8_t *)jwi_dense_floats(arena, n);
    p->tag_dropped = (uint8_t *)jwi_dense_floats(arena, n);
}

void jwi_dep_trainer_make(struct dep_trainer *trainer)
{
    make_tensors(trainer);
    make_pass(trainer);
}

static const float *row(const struct tensor *tensor, uint32_t at)
{
    return tensor->value + (size_t)at * tensor->cols;
}

static void add_to(float *sum, const float *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += x[i];
}

static void add_part(float *sum, const float *x, float part, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += part * x[i];
}

static void repeat(const struct tensor *bias, uint32_t rows, float *ret)
{
    for (uint32_t i = 0; i < rows; i++)
        memcpy(ret + (size_t)i * bias->cols, bias->value, bias->cols * sizeof *ret);
}

static void add_columns(const float *slopes, uint32_t rows, struct tensor *bias)
{
    for (uint32_t i = 0; i < rows; i++)
        add_to(bias->slope, slopes + (size_t)i * bias->cols, bias->cols);
}

/* 0 with the given chance, else what keeps the mean. */
static float drop_or_keep(struct dep_trainer *trainer, float chance)
{
    return dense_uniform(&trainer->random) < chance ? 0 : 1 / (1 - chance);
}

static void fill_mask(struct dep_trainer *trainer, float chance, size_t n, float *ret)
{
    for (size_t i = 0; i < n; i++)
        ret[i] = drop_or_keep(trainer, chance);
}

/* y[rows][w.cols] += x[rows][w.rows] w */
static void through(const struct tensor *w, uint32_t rows, const float *x, size_t x_step, float *y,
                    size_t y_step)
{
    jwi_dense_product(rows, w->rows, w->cols, dense_rows(x, x_step), w->value, w->cols, y, y_step);
}

/* Slopes of the product: of w from x and y's, and of x. */
static void back_weights(struct tensor *w, uint32_t rows, const float *x, size_t x_step,
                         const float *d_y, size_t y_step)
{
    jwi_dense_product(w->rows, rows, w->cols, dense_columns(x, x_step), d_y, y_step, w->slope,
                      w->cols);
}

static void back_input(const struct tensor *w, uint32_t rows, const float *d_y, size_t y_step,
                       float *d_x, size_t x_step)
{
    jwi_dense_product(rows, w->cols, w->rows, dense_rows(d_y, y_step), w->turned, w->rows, d_x,
                      x_step);
}

static void drop_inputs(struct dep_trainer *trainer, const struct dep_rows *rows, uint32_t nodes)
{
    struct dep_pass *p = &trainer->pass;
    for (uint32_t i = 1; i < nodes; i++) {
        p->word_dropped[i] =
            dense_uniform(&trainer->random) < drop_word / (drop_word + (float)rows[i].count_seen);
        p->vector_dropped[i] = dense_uniform(&trainer->random) < drop_vector;
        p->tag_dropped[i] = dense_uniform(&trainer->random) < drop_tag;
    }
}

/* Where a word's input comes from; likewise where its slope goes. */
static void input_forward(struct dep_trainer *trainer, const struct dep_rows *rows, uint32_t nodes)
{
    const struct dep_tensors *t = &trainer->tensors;
    struct dep_pass *p = &trainer->pass;
    const uint32_t width = trainer->recipe.width, vector_width = trainer->lesson->vector_width;
    memset(p->x[0], 0, (size_t)nodes * width * sizeof(float));
    memset(p->vectors, 0, (size_t)nodes * vector_width * sizeof(float));
    add_to(p->x[0], t->root.value, width);
    for (uint32_t i = 1; i < nodes; i++) {
        const struct dep_rows *word = &rows[i];
        float *x = p->x[0] + (size_t)i * width;
        add_to(x, row(&t->words, p->word_dropped[i] ? 0 : word->word), width);
        add_to(x, row(&t->chars[0], word->first), width);
        add_to(x, row(&t->chars[1], word->last), width);
        for (uint32_t k = 0; k < word->count; k++)
            add_to(x, row(&t->chars[2], word->inner[k]), width);
        add_to(x, row(&t->shapes, word->shape), width);
        add_part(x, row(&t->tags, p->tag_dropped[i] ? 0 : word->tag), 1 - word->second_share, width);
        add_part(x, row(&t->tags, p->tag_dropped[i] ? 0 : word->second_tag), word->second_share, width);
        if (word->vector != JW_NONE && !p->vector_dropped[i])
            add_to(p->vectors + (size_t)i * vector_width,
                   trainer->lesson->vectors + (size_t)word->vector * vector_width, vector_width);
    }
    through(&t->vectors, nodes, p->vectors, vector_width, p->x[0], width);
}

static void input_backward(struct dep_trainer *trainer, const struct dep_rows *rows, uint32_t nodes)
{
    struct dep_tensors *t = &trainer->tensors;
    const struct dep_pass *p = &trainer->pass;
    const uint32_t width = trainer->recipe.width;
    back_weights(&t->vectors, nodes, p->vectors, trainer->lesson->vector_width, p->d_x[0], width);
    add_to(jwi_tensor_slope(&t->root, 0), p->d_x[0], width);
    for (uint32_t i = 1; i < nodes; i++) {
        const struct dep_rows *word = &rows[i];
        const float *d_x = p->d_x[0] + (size_t)i * width;
        add_to(jwi_tensor_slope(&t->words, p->word_dropped[i] ? 0 : word->word), d_x, width);
        add_to(jwi_tensor_slope(&t->chars[0], word->first), d_x, width);
        add_to(jwi_tensor_slope(&t->chars[1], word->last), d_x, width);
        for (uint32_t k = 0; k < word->count; k++)
            add_to(jwi_tensor_slope(&t->chars[2], word->inner[k]), d_x, width);
        add_to(jwi_tensor_slope(&t->shapes, word->shape), d_x, width);
        add_part(jwi_tensor_slope(&t->tags, p->tag_dropped[i] ? 0 : word->tag), d_x, 1 - word->second_share, width);
        add_part(jwi_tensor_slope(&t->tags, p->tag_dropped[i] ? 0 : word->second_tag), d_x, word->second_share, width);
    }
}

/* Gates and cell of one step; `gates` holds their sums and gets their values. */
static void cell_forward(uint32_t hidden, float *gates, const float *cell_before, const float *mask,
                         float *cell, float *squashed, float *out, float *next)
{
    for (uint32_t k = 0; k < hidden; k++) {
        const float keep = gates[k] = dense_gate(gates[k]);
        const float open = gates[hidden + k] = dense_gate(gates[hidden + k]);
        const float fresh = gates[2 * hidden + k] = dense_squash(gates[2 * hidden + k]);
        cell[k] = (cell_before ? keep * cell_before[k] : 0) + (1 - keep) * fresh;
        squashed[k] = dense_squash(cell[k]);
        out[k] = open * squashed[k];
        next[k] = out[k] * mask[k];
    }
}

static void way_forward(struct dep_trainer *trainer, uint32_t layer, int way, uint32_t nodes)
{
    const struct dep_tensors *t = &trainer->tensors;
    const struct dep_pass *p = &trainer->pass;
    const uint32_t hidden = trainer->recipe.hidden, step = 3 * hidden,
                   in = t->input[layer][way].rows;
    float *gates = p->gates[layer][way], *before = p->before[layer][way];
    const float *cell_before = NULL;
    fill_mask(trainer, trainer->recipe.drop_recurrent, hidden, p->recurrent_mask[layer][way]);
    repeat(&t->bias[layer][way], nodes, gates);
    through(&t->input[layer][way], nodes, p->dropped[layer], in, gates, step);
    memset(before, 0, hidden * sizeof(float));
    for (uint32_t s = 0; s < nodes; s++) {
        const uint32_t node = way ? nodes - 1 - s : s;
        float *cell = p->cells[layer][way] + (size_t)node * hidden;
        through(&t->recurrent[layer][way], 1, before + (size_t)s * hidden, hidden,
                gates + (size_t)node * step, step);
        cell_forward(hidden, gates + (size_t)node * step, cell_before,
                     p->recurrent_mask[layer][way], cell,
                     p->squashed[layer][way] + (size_t)node * hidden,
                     p->x[layer + 1] + ((size_t)node * 2 + (size_t)way) * hidden,
                     before + (size_t)(s + 1) * hidden);
        cell_before = cell;
    }
}

/* d_out is the slope of the cell's result; d_cell comes from the next step and leaves for the one before. */
static void cell_backward(uint32_t hidden, const float *gates, const float *cell_before,
                          const float *squashed, const float *d_out, float *d_cell, float *d_gates)
{
    for (uint32_t k = 0; k < hidden; k++) {
        const float keep = gates[k], open = gates[hidden + k], fresh = gates[2 * hidden + k];
        const float d = d_cell[k] + d_out[k] * open * dense_squash_slope(squashed[k]);
        const float d_keep = d * ((cell_before ? cell_before[k] : 0) - fresh);
        d_gates[k] = d_keep * dense_gate_slope(keep);
        d_gates[hidden + k] = d_out[k] * squashed[k] * dense_gate_slope(open);
        d_gates[2 * hidden + k] = d * (1 - keep) * dense_squash_slope(fresh);
        d_cell[k] = d * keep;
    }
}

static void way_backward(struct dep_trainer *trainer, uint32_t layer, int way, uint32_t nodes)
{
    struct dep_tensors *t = &trainer->tensors;
    const struct dep_pass *p = &trainer->pass;
    const uint32_t hidden = trainer->recipe.hidden, step = 3 * hidden,
                   in = t->input[layer][way].rows;
    float d_cell[DEP_DIM_MAX] = {0}, d_before[DEP_DIM_MAX] = {0}, d_out[DEP_DIM_MAX];
    for (uint32_t s = nodes; s-- > 0;) {
        const uint32_t node = way ? nodes - 1 - s : s;
        const float *from_above = p->d_x[layer + 1] + ((size_t)node * 2 + (size_t)way) * hidden;
        for (uint32_t k = 0; k < hidden; k++)
            d_out[k] = from_above[k] + d_before[k] * p->recurrent_mask[layer][way][k];
        const float *cell_before =
            s ? p->cells[layer][way] + (size_t)(way ? node + 1 : node - 1) * hidden : NULL;
        float *d_gates = p->d_gates + (size_t)node * step;
        cell_backward(hidden, p->gates[layer][way] + (size_t)node * step, cell_before,
                      p->squashed[layer][way] + (size_t)node * hidden, d_out, d_cell, d_gates);
        memcpy(p->turned + (size_t)s * step, d_gates, step * sizeof(float));
        memset(d_before, 0, hidden * sizeof(float));
        back_input(&t->recurrent[layer][way], 1, d_gates, step, d_before, hidden);
    }
    back_weights(&t->recurrent[layer][way], nodes, p->before[layer][way], hidden, p->turned, step);
    back_weights(&t->input[layer][way], nodes, p->dropped[layer], in, p->d_gates, step);
    add_columns(p->d_gates, nodes, &t->bias[layer][way]);
    back_input(&t->input[layer][way], nodes, p->d_gates, step, p->d_x[layer], in);
}

static void drop_layer(struct dep_trainer *trainer, uint32_t layer, uint32_t width, uint32_t nodes)
{
    const struct dep_pass *p = &trainer->pass;
    fill_mask(trainer, trainer->recipe.drop, width, p->mask[layer]);
    for (uint32_t i = 0; i < nodes; i++)
        for (uint32_t k = 0; k < width; k++)
            p->dropped[layer][(size_t)i * width + k] =
                p->x[layer][(size_t)i * width + k] * p->mask[layer][k];
}

static void undrop_slopes(const struct dep_trainer *trainer, uint32_t layer, uint32_t width,
                          uint32_t nodes)
{
    const struct dep_pass *p = &trainer->pass;
    for (uint32_t i = 0; i < nodes; i++)
        for (uint32_t k = 0; k < width; k++)
            p->d_x[layer][(size_t)i * width + k] *= p->mask[layer][k];
}

/* Scores of arcs from the last layer. */
static void arcs_forward(struct dep_trainer *trainer, uint32_t nodes, uint32_t columns)
{
    const struct dep_recipe *r = &trainer->recipe;
    const struct dep_tensors *t = &trainer->tensors;
    struct dep_pass *p = &trainer->pass;
    const uint32_t step = t->mix.cols;
    repeat(&t->mix_bias, nodes, p->mix);
    through(&t->mix, nodes, p->dropped[r->layers], t->mix.rows, p->mix, step);
    for (uint32_t i = 0; i < nodes; i++) {
        for (uint32_t k = 0; k < 2 * r->arc; k++) {
            float *x = p->mix + (size_t)i * step + k, *mask = p->mix_mask + (size_t)i * step + k;
            *mask = drop_or_keep(trainer, r->drop) * (*x > 0);
            *x *= *mask;
        }
    }
    repeat(&t->pair_bias, nodes, p->pair);
    through(&t->pair, nodes, p->mix, step, p->pair, r->arc);
    for (uint32_t k = 0; k < r->arc; k++)
        for (uint32_t i = 0; i < columns; i++)
            p->heads[(size_t)k * columns + i] =
                i < nodes ? p->mix[(size_t)i * step + r->arc + k] : 0;
    memset(p->arcs, 0, (size_t)nodes * columns * sizeof(float));
    jwi_dense_product(nodes, r->arc, columns, dense_rows(p->pair, r->arc), p->heads, columns,
                      p->arcs, columns);
}

/* The probability that the likely heads lack; `scores` become slopes. */
static double likely_slopes(const struct dep_likely *likely, uint32_t nodes, uint32_t node,
                            float *scores)
{
    double lack = (double)jwi_dense_softmax(scores, nodes, node, likely->heads[0]);
    for (uint32_t k = 0; k < DEP_LIKELY; k++)
        scores[likely->heads[k]] -= (float)likely->head_weights[k] / 65535;
    return lack;
}

/* Replaces scores by their slopes. */
static double arcs_slopes(const struct dep_trainer *trainer, const struct dep_example *example,
                          uint32_t columns)
{
    float *arcs = trainer->pass.arcs;
    double lack = 0;
    memset(arcs, 0, columns * sizeof(float));
    for (uint32_t i = 1; i < example->nodes; i++) {
        float *scores = arcs + (size_t)i * columns;
        if (example->likely)
            lack += likely_slopes(&example->likely[i], example->nodes, i, scores);
        else {
            lack += (double)jwi_dense_softmax(scores, example->nodes, i, example->heads[i]);
            scores[example->heads[i]] -= 1;
        }
        memset(scores + example->nodes, 0, (columns - example->nodes) * sizeof(float));
    }
    return lack;
}

static void arcs_backward(struct dep_trainer *trainer, uint32_t nodes, uint32_t columns)
{
    const struct dep_recipe *r = &trainer->recipe;
    struct dep_tensors *t = &trainer->tensors;
    const struct dep_pass *p = &trainer->pass;
    const uint32_t step = t->mix.cols;
    memset(p->d_pair, 0, (size_t)nodes * r->arc * sizeof(float));
    jwi_dense_product(nodes, nodes, r->arc, dense_rows(p->arcs, columns), p->mix + r->arc, step,
                      p->d_pair, r->arc);
    jwi_dense_product(nodes, nodes, r->arc, dense_columns(p->arcs, columns), p->pair, r->arc,
                      p->d_mix + r->arc, step);
    back_weights(&t->pair, nodes, p->mix, step, p->d_pair, r->arc);
    add_columns(p->d_pair, nodes, &t->pair_bias);
    back_input(&t->pair, nodes, p->d_pair, r->arc, p->d_mix, step);
    for (uint32_t i = 0; i < nodes; i++)
        for (uint32_t k = 0; k < 2 * r->arc; k++)
            p->d_mix[(size_t)i * step + k] *= p->mix_mask[(size_t)i * step + k];
}

static double labels_learn(struct dep_trainer *trainer, const struct dep_example *example)
{
    const struct dep_recipe *r = &trainer->recipe;
    struct dep_tensors *t = &trainer->tensors;
    const struct dep_pass *p = &trainer->pass;
    const uint32_t nodes = example->nodes, step = t->mix.cols, as_dependent = 2 * r->arc,
                   as_head = as_dependent + r->label;
    double lack = 0;
    memset(p->joint, 0, r->label * sizeof(float));
    for (uint32_t i = 1; i < nodes; i++) {
        for (uint32_t k = 0; k < r->label; k++) {
            const float x = p->mix[(size_t)i * step + as_dependent + k] +
                            p->mix[(size_t)example->heads[i] * step + as_head + k];
            const float mask = drop_or_keep(trainer, r->drop) * (x > 0);
            p->joint_mask[(size_t)i * r->label + k] = mask;
            p->joint[(size_t)i * r->label + k] = x * mask;
        }
    }
    repeat(&t->name_bias, nodes, p->labels);
    through(&t->name, nodes, p->joint, r->label, p->labels, DEP_TRAIN_LABELS);
    memset(p->labels, 0, DEP_TRAIN_LABELS * sizeof(float));
    for (uint32_t i = 1; i < nodes; i++) {
        float *scores = p->labels + (size_t)i * DEP_TRAIN_LABELS;
        lack += (double)jwi_dense_softmax(scores, trainer->lesson->label_count, JW_NONE,
                                          example->labels[i]);
        scores[example->labels[i]] -= 1;
        for (uint32_t k = trainer->lesson->label_count; k < DEP_TRAIN_LABELS; k++)
            scores[k] = 0;
    }
    back_weights(&t->name, nodes, p->joint, r->label, p->labels, DEP_TRAIN_LABELS);
    add_columns(p->labels, nodes, &t->name_bias);
    memset(p->d_joint, 0, (size_t)nodes * r->label * sizeof(float));
    back_input(&t->name, nodes, p->labels, DEP_TRAIN_LABELS, p->d_joint, r->label);
    for (uint32_t i = 1; i < nodes; i++) {
        for (uint32_t k = 0; k < r->label; k++) {
            const float d =
                p->d_joint[(size_t)i * r->label + k] * p->joint_mask[(size_t)i * r->label + k];
            p->d_mix[(size_t)i * step + as_dependent + k] += d;
            p->d_mix[(size_t)example->heads[i] * step + as_head + k] += d;
        }
    }
    return lack;
}

/* The first layer and the last also tell the true tags: what is learned there, the tree needs. */
static void tags_learn(struct dep_trainer *trainer, const struct dep_rows *rows, uint32_t nodes, int is_last)
{
    struct tensor *tagger = &trainer->tensors.tagger[is_last], *bias = &trainer->tensors.tagger_bias[is_last];
    const struct dep_pass *p = &trainer->pass;
    const uint32_t layer = is_last ? trainer->recipe.layers : 1;
    repeat(bias, nodes, p->tags);
    through(tagger, nodes, p->dropped[layer], tagger->rows, p->tags, DEP_TAGS_MAX);
    memset(p->tags, 0, DEP_TAGS_MAX * sizeof(float));
    for (uint32_t i = 1; i < nodes; i++) {
        float *scores = p->tags + (size_t)i * DEP_TAGS_MAX;
        float share = 0;
        jwi_dense_softmax(scores, trainer->tag_rows, JW_NONE, rows[i].true_tags[0]);
        for (uint32_t k = 0; k < DEP_LIKELY; k++)
            share += rows[i].tag_shares[k];
        for (uint32_t k = 0; k < DEP_TAGS_MAX; k++)
            scores[k] = k < trainer->tag_rows ? scores[k] * share : 0;
        for (uint32_t k = 0; k < DEP_LIKELY; k++)
            scores[rows[i].true_tags[k]] -= rows[i].tag_shares[k];
    }
    back_weights(tagger, nodes, p->dropped[layer], tagger->rows, p->tags, DEP_TAGS_MAX);
    add_columns(p->tags, nodes, bias);
    back_input(tagger, nodes, p->tags, DEP_TAGS_MAX, p->d_x[layer], tagger->rows);
}

static void backward(struct dep_trainer *trainer, const struct dep_rows *rows, uint32_t nodes)
{
    const struct dep_recipe *r = &trainer->recipe;
    struct dep_tensors *t = &trainer->tensors;
    const struct dep_pass *p = &trainer->pass;
    const uint32_t wide = 2 * r->hidden;
    back_weights(&t->mix, nodes, p->dropped[r->layers], wide, p->d_mix, t->mix.cols);
    add_columns(p->d_mix, nodes, &t->mix_bias);
    memset(p->d_x[r->layers], 0, (size_t)nodes * wide * sizeof(float));
    back_input(&t->mix, nodes, p->d_mix, t->mix.cols, p->d_x[r->layers], wide);
    tags_learn(trainer, rows, nodes, 1);
    for (uint32_t layer = r->layers; layer-- > 0;) {
        const uint32_t in = t->input[layer][0].rows;
        if (layer == 0)
            tags_learn(trainer, rows, nodes, 0);
        undrop_slopes(trainer, layer + 1, wide, nodes);
        memset(p->d_x[layer], 0, (size_t)nodes * in * sizeof(float));
        for (int way = 0; way < 2; way++)
            way_backward(trainer, layer, way, nodes);
    }
    undrop_slopes(trainer, 0, r->width, nodes);
    input_backward(trainer, rows, nodes);
}

double jwi_dep_trainer_learn(struct dep_trainer *trainer, const struct dep_example *example,
                             const struct dep_rows *rows)
{
    const uint32_t nodes = example->nodes,
                   columns = (nodes + DENSE_STEP - 1) / DENSE_STEP * DENSE_STEP;
    const struct dep_pass *p = &trainer->pass;
    drop_inputs(trainer, rows, nodes);
    input_forward(trainer, rows, nodes);
    uint32_t width = trainer->recipe.width;
    for (uint32_t layer = 0; layer < trainer->recipe.layers;
         layer++, width = 2 * trainer->recipe.hidden) {
        drop_layer(trainer, layer, width, nodes);
        for (int way = 0; way < 2; way++)
            way_forward(trainer, layer, way, nodes);
    }
    drop_layer(trainer, trainer->recipe.layers, width, nodes);
    memset(p->d_mix, 0, (size_t)nodes * trainer->tensors.mix.cols * sizeof(float));
    arcs_forward(trainer, nodes, columns);
    double lack = arcs_slopes(trainer, example, columns);
    arcs_backward(trainer, nodes, columns);
    lack += labels_learn(trainer, example);
    backward(trainer, rows, nodes);
    return lack;
}
