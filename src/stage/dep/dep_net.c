/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The network of section DEPN in integers: rows of words and tags, recurrent layers in both directions, then every word as dependent and as
 * head, multiplied into the score of an arc (Kiperwasser and Goldberg 2016, Dozat and Manning 2017).
 */
#include "stage/dep/dep_score.h"

#include "base/error.h"

#include <string.h>

/* A dependent has PAIR_BITS before it meets a head: the sum of their products stays within 32 bits up to 512. */
enum { PAIR_BITS = 10, SCORE_BITS = 10 };

static void add_row(const int16_t *row, uint32_t width, int32_t *sums)
{
    for (uint32_t i = 0; i < width; i++)
        sums[i] += row[i];
}

static void add_unknown(const struct dep_view *view, const struct dep_word *word, int32_t *sums)
{
    const uint32_t width = view->dim.width;
    const size_t step = (size_t)DEP_PLACES * width;
    add_row(view->unknown, width, sums);
    add_row(view->shape_rows + (size_t)word->shape * width, width, sums);
    add_row(view->char_rows + jwi_dep_char_row(view, word->codes[0]) * step, width, sums);
    add_row(view->char_rows + jwi_dep_char_row(view, word->last) * step + width, width, sums);
    for (uint32_t i = 0; i < word->count; i++)
        add_row(view->char_rows + jwi_dep_char_row(view, word->codes[i]) * step + 2 * width, width,
                sums);
}

static void add_known(const int8_t *row, uint32_t width, int32_t *sums)
{
    for (uint32_t i = 0; i < width; i++)
        sums[i] += row[i] * (1 << (NET_BITS - DEP_WORD_BITS));
}

static void embed(const struct dep_view *view, const struct dep_sentence *sentence, uint32_t node,
                  int16_t *ret)
{
    const uint32_t width = view->dim.width;
    int32_t sums[DEP_DIM_MAX] = {0};
    const struct dep_word *word = &sentence->words[node];
    const int8_t *row = jwi_dep_word_row(view, word->key);
    if (row)
        add_known(row, width, sums);
    else
        add_unknown(view, word, sums);
    const uint32_t upos = sentence->upos[node], xpos = sentence->xpos[node];
    uint32_t tag = 0;
    if (upos < DEP_UPOS_COUNT && xpos < view->dim.xpos_count)
        tag = view->tags[upos * view->dim.xpos_count + xpos];
    add_row(view->tag_rows + (size_t)tag * width, width, sums);
    jwi_net_round(sums, width, 0, ret);
}

/* One direction of a layer: x[nodes][in] -> its half of ret[nodes][2 hidden]. */
static void run_way(const struct dep_layer *layer, int way, const int16_t *x, uint32_t nodes,
                    int32_t *sums, int16_t *ret)
{
    const struct net_matrix *input = &layer->input[way], *recurrent = &layer->recurrent[way];
    const uint32_t hidden = recurrent->in;
    int16_t cell[DEP_DIM_MAX] = {0};
    jwi_net_product(input, x, input->in, nodes, sums);
    const int16_t *before = NULL;
    for (uint32_t step = 0; step < nodes; step++) {
        const uint32_t node = way ? nodes - 1 - step : step;
        int32_t *here = sums + (size_t)node * input->out;
        int16_t *out = ret + ((size_t)node * 2 + (uint32_t)way) * hidden;
        if (before)
            jwi_net_add_product(recurrent, before, here);
        jwi_net_cell(here, hidden, input->shift, cell, out);
        before = out;
    }
}

/* Buffers of a sentence. */
struct work {
    int16_t *x, *y;      /* [nodes][widest layer] */
    int32_t *sums;       /* [nodes][widest sums] */
    int16_t *dependents; /* [nodes][arc] */
    int16_t *heads;      /* [nodes][arc] */
    int16_t *columns;    /* heads again as the weights of a product, [arc][nodes, padded] */
};

static uint32_t at_least(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t padded(uint32_t nodes)
{
    return (nodes + NET_BLOCK - 1) / NET_BLOCK * NET_BLOCK;
}

static int make_work(const struct dep_header *dim, uint32_t nodes, struct arena *scratch,
                     struct work *ret)
{
    const size_t widest = at_least(dim->width, 2 * dim->hidden);
    const size_t sums =
        at_least(at_least(3 * dim->hidden, 2 * (dim->arc + dim->label)), padded(nodes));
    ret->x = PUSH(scratch, int16_t, nodes * widest);
    ret->y = PUSH(scratch, int16_t, nodes * widest);
    ret->sums = PUSH(scratch, int32_t, nodes * sums);
    ret->dependents = PUSH(scratch, int16_t, (size_t)nodes * dim->arc);
    ret->heads = PUSH(scratch, int16_t, (size_t)nodes * dim->arc);
    ret->columns = PUSH_ZERO(scratch, int16_t, (size_t)padded(nodes) * dim->arc);
    return ret->x && ret->y && ret->sums && ret->dependents && ret->heads && ret->columns;
}

/* Encoded words end in work->x. */
static void encode(const struct dep_view *view, const struct dep_sentence *sentence,
                   struct work *work)
{
    memcpy(work->x, view->root, view->dim.width * sizeof *work->x);
    for (uint32_t node = 1; node < sentence->nodes; node++)
        embed(view, sentence, node, work->x + (size_t)node * view->dim.width);
    for (uint32_t i = 0; i < view->dim.layers; i++) {
        for (int way = 0; way < 2; way++)
            run_way(&view->layer[i], way, work->x, sentence->nodes, work->sums, work->y);
        int16_t *done = work->x;
        work->x = work->y;
        work->y = done;
    }
}

/* Splits the sums of the mix into dependents, heads and the halves of label scores. */
static void part(const struct dep_view *view, uint32_t nodes, const struct work *work,
                 int32_t *as_label)
{
    const uint32_t arc = view->dim.arc, label = view->dim.label, step = 2 * (arc + label);
    for (uint32_t node = 0; node < nodes; node++) {
        const int32_t *sums = work->sums + (size_t)node * step;
        jwi_net_relu(sums, arc, view->mix.shift, work->dependents + (size_t)node * arc);
        jwi_net_relu(sums + arc, arc, view->mix.shift, work->heads + (size_t)node * arc);
        memcpy(as_label + (size_t)node * 2 * label, sums + 2 * arc, 2 * label * sizeof *as_label);
    }
}

/* Heads in the layout of struct net_matrix. */
static struct net_matrix as_columns(const struct work *work, uint32_t nodes, uint32_t arc)
{
    const struct net_matrix ret = {work->columns, NULL, arc, padded(nodes), 0};
    for (uint32_t node = 0; node < nodes; node++) {
        int16_t *block =
            work->columns + (size_t)node / NET_BLOCK * NET_BLOCK * arc + node % NET_BLOCK * 2;
        for (uint32_t i = 0; i < arc; i++)
            block[i / 2 * 2 * NET_BLOCK + i % 2] = work->heads[(size_t)node * arc + i];
    }
    return ret;
}

static void score_pairs(const struct dep_view *view, uint32_t nodes, const struct work *work,
                        int32_t *arcs)
{
    const uint32_t arc = view->dim.arc;
    jwi_net_product(&view->pair, work->dependents, arc, nodes, work->sums);
    jwi_net_round(work->sums, (size_t)nodes * arc, view->pair.shift + NET_BITS - PAIR_BITS,
                  work->dependents);
    const struct net_matrix columns = as_columns(work, nodes, arc);
    jwi_net_product(&columns, work->dependents, arc, nodes, work->sums);
    for (uint32_t node = 0; node < nodes; node++)
        for (uint32_t head = 0; head < nodes; head++)
            arcs[(size_t)node * nodes + head] = work->sums[(size_t)node * columns.out + head] >>
                                                (PAIR_BITS + NET_BITS - SCORE_BITS);
}

jw_status jwi_dep_score(const struct dep_view *view, const struct dep_sentence *sentence,
                        struct arena *scratch, struct dep_scores *ret, jw_error *reterr)
{
    const uint32_t nodes = sentence->nodes;
    struct work work;
    ret->arcs = PUSH(scratch, int32_t, (size_t)nodes * nodes);
    ret->as_label = PUSH(scratch, int32_t, (size_t)nodes * 2 * view->dim.label);
    if (!ret->arcs || !ret->as_label || !make_work(&view->dim, nodes, scratch, &work))
        return jwi_fail_memory(reterr);
    encode(view, sentence, &work);
    jwi_net_product(&view->mix, work.x, 2 * view->dim.hidden, nodes, work.sums);
    part(view, nodes, &work, ret->as_label);
    score_pairs(view, nodes, &work, ret->arcs);
    return JW_OK;
}

static uint16_t best_label(const struct dep_header *dim, const int32_t *scores, int is_root)
{
    uint32_t best = dim->label_root;
    if (is_root || dim->label_count == 1)
        return (uint16_t)best;
    best = dim->label_root ? 0 : 1;
    for (uint32_t i = best + 1; i < dim->label_count; i++)
        if (i != dim->label_root && scores[i] > scores[best])
            best = i;
    return (uint16_t)best;
}

jw_status jwi_dep_labels(const struct dep_view *view, const struct dep_scores *scores,
                         const uint32_t *heads, uint32_t nodes, struct arena *scratch,
                         uint16_t *ret, jw_error *reterr)
{
    const uint32_t label = view->dim.label;
    int32_t *sums =
        PUSH(scratch, int32_t, (size_t)nodes * at_least(label, view->dim.label_columns));
    int16_t *both = PUSH(scratch, int16_t, (size_t)nodes * label);
    if (!sums || !both)
        return jwi_fail_memory(reterr);
    for (uint32_t node = 0; node < nodes; node++) {
        const int32_t *dependent = scores->as_label + (size_t)node * 2 * label;
        const int32_t *head = scores->as_label + ((size_t)heads[node] * 2 + 1) * label;
        for (uint32_t i = 0; i < label; i++)
            sums[(size_t)node * label + i] = (int32_t)((uint32_t)dependent[i] + (uint32_t)head[i]);
    }
    jwi_net_relu(sums, (size_t)nodes * label, view->mix.shift, both);
    jwi_net_product(&view->name, both, label, nodes, sums);
    for (uint32_t node = 0; node < nodes; node++)
        ret[node] =
            best_label(&view->dim, sums + (size_t)node * view->dim.label_columns, heads[node] == 0);
    return JW_OK;
}
