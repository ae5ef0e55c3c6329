/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The network of section DEPN in integers: rows of words and tags, recurrent layers in both directions, then every word as dependent and as
 * head, multiplied into the score of an arc (Kiperwasser and Goldberg 2016, Dozat and Manning 2017).
 */
#include "stage/dep/dep_score.h"

#include "base/error.h"

#include <string.h>

enum { SCORE_BITS = 10 };

/* What a share of the tagger's adds to the score of its pair of tags: a certain choice 2 logits, NET_ONE each. */
enum { TAGGER_PART = 2 * NET_ONE / ROOM_SHARE };

/* From NET_BITS. */
static void round_word(const int32_t *sums, uint32_t width, uint8_t *ret)
{
    const int32_t shift = NET_BITS - DEP_WORD_BITS;
    for (uint32_t i = 0; i < width; i++) {
        const int32_t x = (sums[i] + (1 << (shift - 1))) >> shift;
        ret[i] = (uint8_t)(DEP_WORD_ZERO + (x < -INT8_MAX ? -INT8_MAX : x > INT8_MAX ? INT8_MAX : x));
    }
}

static const int16_t *char_row(const struct dep_view *view, uint32_t code, uint32_t place)
{
    return view->char_rows + ((size_t)jwi_dep_char_row(view, code) * DEP_PLACES + place) * view->dim.width;
}

static void embed_unknown(const struct dep_view *view, const struct net_kernel *kernel, const struct dep_word *word, uint8_t *ret)
{
    const uint32_t width = view->dim.width;
    int32_t sums[DEP_DIM_MAX] = {0};
    kernel->add_times(view->unknown, width, 1, sums);
    kernel->add_times(view->shape_rows + (size_t)word->shape * width, width, 1, sums);
    kernel->add_times(char_row(view, word->codes[0], 0), width, 1, sums);
    kernel->add_times(char_row(view, word->last, 1), width, 1, sums);
    for (uint32_t i = 0; i < word->count; i++)
        kernel->add_times(char_row(view, word->codes[i], 2), width, 1, sums);
    round_word(sums, width, ret);
}

static void embed(const struct dep_view *view, const struct net_kernel *kernel, const struct dep_word *word, uint8_t *ret)
{
    const uint8_t *row = jwi_dep_word_row(view, word->key);
    if (row)
        memcpy(ret, row, view->dim.width);
    else
        embed_unknown(view, kernel, word, ret);
}

/* Number of a pair of tags; 0: the model does not know them. */
static uint32_t tag_number(const struct dep_view *view, uint32_t upos, uint32_t xpos)
{
    return upos < DEP_UPOS_COUNT && xpos < view->dim.xpos_count ? view->tags[upos * view->dim.xpos_count + xpos] : 0;
}

/* Adds what a pair of tags gives the gates of a word, by its share. */
static void add_tag(const struct dep_view *view, const struct net_kernel *kernel, int way, uint32_t number, int32_t share, int32_t *sums)
{
    const uint32_t gates = 3 * view->dim.hidden;
    kernel->add_times(view->tag_gates[way] + (size_t)number * gates, gates,
                      share * (1 << (NET_BITS + DEP_GATES_BITS - DEP_TAG_BITS)) / ROOM_SHARE, sums);
}

/* Both choices of the tagger, by their shares. */
static void add_tags(const struct dep_view *view, const struct net_kernel *kernel, int way, const struct dep_sentence *sentence, uint32_t node,
                     int32_t *sums)
{
    const struct room_second *second = sentence->second ? &sentence->second[node] : NULL;
    const int32_t share = second ? second->share : 0;
    add_tag(view, kernel, way, tag_number(view, sentence->upos[node], sentence->xpos[node]), ROOM_SHARE - share, sums);
    if (share)
        add_tag(view, kernel, way, tag_number(view, second->upos, second->xpos), share, sums);
}

/*
 * Sentences side by side, so that a step of the recurrent layers takes many rows at once: the longest first, then all nodes at place 0, all
 * at place 1 and so on.  At every place the sentences that reach it are the first of the order.
 */
struct layout {
    const struct dep_sentence *sentences;
    uint32_t count, nodes;         /* of all sentences */
    uint32_t order[DEP_BATCH_MAX]; /* sentences by length */
    uint32_t *first;               /* [longest + 1], row of a place's first node */
    uint32_t longest;
};

static uint32_t rows_at(const struct layout *layout, uint32_t place)
{
    return layout->first[place + 1] - layout->first[place];
}

static void sort_by_length(struct layout *layout)
{
    for (uint32_t i = 0; i < layout->count; i++) {
        uint32_t at = i;
        for (; at && layout->sentences[layout->order[at - 1]].nodes < layout->sentences[i].nodes;
             at--)
            layout->order[at] = layout->order[at - 1];
        layout->order[at] = i;
    }
}

static int lay_out(const struct dep_sentence *sentences, uint32_t count, struct arena *scratch,
                   struct layout *ret)
{
    ret->sentences = sentences;
    ret->count = count;
    sort_by_length(ret);
    ret->longest = sentences[ret->order[0]].nodes;
    ret->first = PUSH(scratch, uint32_t, ret->longest + 1);
    ret->nodes = 0;
    if (!ret->first)
        return 0;
    for (uint32_t place = 0, alive = count; place < ret->longest; place++) {
        while (sentences[ret->order[alive - 1]].nodes <= place)
            alive--;
        ret->first[place] = ret->nodes;
        ret->nodes += alive;
    }
    ret->first[ret->longest] = ret->nodes;
    return 1;
}

/* One direction of a layer, from the sums of its input: its half of ret[nodes][2 hidden]. */
static void run_way(const struct net_bytes *recurrent, const struct net_kernel *kernel, int way,
                    const struct layout *layout, int32_t *sums, uint8_t *ret)
{
    const uint32_t hidden = recurrent->in, gates = recurrent->out;
    int16_t cells[DEP_BATCH_MAX * DEP_DIM_MAX];
    memset(cells, 0, (size_t)layout->count * hidden * sizeof *cells);
    const uint8_t *before = NULL;
    uint32_t rows_before = 0;
    for (uint32_t step = 0; step < layout->longest; step++) {
        const uint32_t place = way ? layout->longest - 1 - step : step;
        const uint32_t first = layout->first[place], rows = rows_at(layout, place);
        int32_t *here = sums + (size_t)first * gates;
        uint8_t *out = ret + ((size_t)first * 2 + (uint32_t)way) * hidden;
        kernel->bytes(recurrent, before, (size_t)2 * hidden,
                      rows < rows_before ? rows : rows_before, NET_ADD32, here, gates);
        for (uint32_t r = 0; r < rows; r++)
            kernel->cell(here + (size_t)r * gates, hidden, DEP_GATES_BITS,
                         cells + (size_t)r * hidden, out + (size_t)r * 2 * hidden);
        before = out;
        rows_before = rows;
    }
}

/* Buffers of sentences; rows are those of the layout up to the encoder, from there on sentence by sentence. */
struct work {
    uint8_t *words;      /* [nodes][width] */
    uint8_t *x, *y;      /* [nodes][2 hidden]: states of a layer, of the next */
    int32_t *sums;       /* [nodes][widest sums] */
    uint8_t *dependents; /* [nodes][arc], DEP_ARC_BITS */
    int16_t *scorers;    /* [nodes][arc], DEP_PAIR_BITS: dependents times the weights of pairs */
    int16_t *heads;      /* [nodes][arc] */
    int16_t *columns;    /* heads of a sentence again as the weights of a product, [arc][nodes, padded] */
};

static uint32_t at_least(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t padded(uint32_t nodes)
{
    return (nodes + NET_BLOCK - 1) / NET_BLOCK * NET_BLOCK;
}

static int make_work(const struct dep_header *dim, const struct layout *layout,
                     struct arena *scratch, struct work *ret)
{
    const size_t nodes = layout->nodes, states = nodes * 2 * dim->hidden;
    const size_t columns = padded(layout->longest);
    const size_t of_nodes =
        nodes * at_least(at_least(3 * dim->hidden, DEP_TAGS_MAX), 2 * (dim->arc + dim->label));
    const size_t of_arcs = layout->longest * columns;
    ret->words = PUSH(scratch, uint8_t, nodes * dim->width);
    ret->x = PUSH(scratch, uint8_t, states);
    ret->y = PUSH(scratch, uint8_t, states);
    ret->sums = PUSH(scratch, int32_t, of_nodes > of_arcs ? of_nodes : of_arcs);
    ret->dependents = PUSH(scratch, uint8_t, nodes * dim->arc);
    ret->scorers = PUSH(scratch, int16_t, nodes * dim->arc);
    ret->heads = PUSH(scratch, int16_t, nodes * dim->arc);
    ret->columns = PUSH_ZERO(scratch, int16_t, columns * dim->arc);
    return ret->words && ret->x && ret->y && ret->sums && ret->dependents && ret->scorers && ret->heads && ret->columns;
}

static void embed_all(const struct dep_view *view, const struct net_kernel *kernel, const struct layout *layout, struct work *work)
{
    const uint32_t width = view->dim.width;
    int32_t root[DEP_DIM_MAX] = {0};
    kernel->add_times(view->root, width, 1, root);
    for (uint32_t place = 0; place < layout->longest; place++) {
        uint8_t *to = work->words + (size_t)layout->first[place] * width;
        for (uint32_t r = 0; r < rows_at(layout, place); r++, to += width) {
            if (place)
                embed(view, kernel, &layout->sentences[layout->order[r]].words[place], to);
            else
                round_word(root, width, to);
        }
    }
}

static void add_all_tags(const struct dep_view *view, const struct net_kernel *kernel, const struct layout *layout, int way, int32_t *sums)
{
    const uint32_t gates = 3 * view->dim.hidden;
    for (uint32_t place = 1; place < layout->longest; place++)
        for (uint32_t r = 0; r < rows_at(layout, place); r++)
            add_tags(view, kernel, way, &layout->sentences[layout->order[r]], place, sums + (size_t)(layout->first[place] + r) * gates);
}

/* Encoded words end in work->x. */
static void encode(const struct dep_view *view, const struct net_kernel *kernel,
                   const struct layout *layout, struct work *work)
{
    embed_all(view, kernel, layout, work);
    for (uint32_t i = 0; i < view->dim.layers; i++) {
        const struct dep_layer *layer = &view->layer[i];
        for (int way = 0; way < 2; way++) {
            const struct net_bytes *input = &layer->input[way];
            kernel->bytes(input, i ? work->x : work->words, input->in, layout->nodes, NET_INT32, work->sums, input->out);
            if (!i)
                add_all_tags(view, kernel, layout, way, work->sums);
            run_way(&layer->recurrent[way], kernel, way, layout, work->sums, work->y);
        }
        uint8_t *done = work->x;
        work->x = work->y;
        work->y = done;
    }
}

/* Of the scores and what the tagger says of the word, by its shares. */
static uint8_t best_tag(const struct dep_view *view, const struct net_kernel *kernel, const struct dep_sentence *sentence, uint32_t node,
                        const int32_t *scores)
{
    const struct room_second *second = sentence->second ? &sentence->second[node] : NULL;
    const int32_t share = second ? second->share : 0;
    int32_t sums[DEP_TAGS_MAX];
    memcpy(sums, scores, sizeof sums);
    sums[tag_number(view, sentence->upos[node], sentence->xpos[node])] += TAGGER_PART * (ROOM_SHARE - share);
    if (share)
        sums[tag_number(view, second->upos, second->xpos)] += TAGGER_PART * share;
    return (uint8_t)kernel->best(sums, view->tag_bars, DEP_TAGS_MAX);
}

static void score_tags(const struct dep_view *view, const struct net_kernel *kernel,
                       const struct layout *layout, const struct work *work, struct dep_scores *ret)
{
    kernel->bytes(&view->tagger, work->x, view->tagger.in, layout->nodes, NET_INT32, work->sums,
                  DEP_TAGS_MAX);
    for (uint32_t place = 1; place < layout->longest; place++)
        for (uint32_t rank = 0; rank < rows_at(layout, place); rank++) {
            struct dep_scores *scores = &ret[layout->order[rank]];
            const int32_t *sums = work->sums + (size_t)(layout->first[place] + rank) * DEP_TAGS_MAX;
            scores->tags[place] = best_tag(view, kernel, &layout->sentences[layout->order[rank]], place, sums);
            if (scores->tag_scores)
                memcpy(scores->tag_scores + (size_t)place * DEP_TAGS_MAX, sums, DEP_TAGS_MAX * sizeof *sums);
        }
}

/* Splits the sums of the mix into dependents, heads and the halves of label scores; `at` is the first row of the sentence. */
static void part(const struct dep_view *view, const struct net_kernel *kernel,
                 const struct layout *layout, uint32_t rank, uint32_t at, const struct work *work,
                 int32_t *as_label)
{
    const uint32_t arc = view->dim.arc, label = view->dim.label, step = 2 * (arc + label);
    const uint32_t nodes = layout->sentences[layout->order[rank]].nodes;
    int16_t shorts[DEP_DIM_MAX];
    for (uint32_t node = 0; node < nodes; node++) {
        const int32_t *sums = work->sums + (size_t)(layout->first[node] + rank) * step;
        const size_t to = (size_t)(at + node) * arc;
        kernel->round(sums, arc, 0, shorts);
        kernel->cut(shorts, arc, NET_BITS - DEP_ARC_BITS, work->dependents + to);
        kernel->relu(sums + arc, arc, 0, work->heads + to);
        memcpy(as_label + (size_t)node * 2 * label, sums + 2 * arc, 2 * label * sizeof *as_label);
    }
}

/* Heads in the layout of struct net_matrix; what pads them is defined (make_work zeroes it) and its sums are not read. */
static struct net_matrix as_columns(int16_t *columns, const int16_t *heads, uint32_t nodes,
                                    uint32_t arc)
{
    const struct net_matrix ret = {columns, NULL, arc, padded(nodes), 0};
    for (uint32_t node = 0; node < nodes; node++) {
        int16_t *block =
            columns + (size_t)node / NET_BLOCK * NET_BLOCK * arc + node % NET_BLOCK * 2;
        for (uint32_t i = 0; i < arc; i += 2)
            memcpy(block + (size_t)i * NET_BLOCK, heads + (size_t)node * arc + i,
                   2 * sizeof *block);
    }
    return ret;
}

static void score_pairs(const struct net_kernel *kernel, uint32_t arc, uint32_t nodes, uint32_t at,
                        const struct work *work, int32_t *arcs)
{
    const struct net_matrix columns =
        as_columns(work->columns, work->heads + (size_t)at * arc, nodes, arc);
    kernel->product(&columns, work->scorers + (size_t)at * arc, arc, nodes, 0, work->sums);
    for (uint32_t node = 0; node < nodes; node++)
        for (uint32_t head = 0; head < nodes; head++)
            arcs[(size_t)node * nodes + head] = work->sums[(size_t)node * columns.out + head] >>
                                                (DEP_PAIR_BITS + NET_BITS - SCORE_BITS);
}

static int make_scores(const struct dep_view *view, const struct dep_sentence *sentences,
                       uint32_t count, struct arena *scratch, struct dep_scores *ret)
{
    for (uint32_t i = 0; i < count; i++) {
        const size_t nodes = sentences[i].nodes;
        ret[i].arcs = PUSH(scratch, int32_t, nodes * nodes);
        ret[i].as_label = PUSH(scratch, int32_t, nodes * 2 * view->dim.label);
        ret[i].tags = PUSH(scratch, uint8_t, nodes);
        if (!ret[i].arcs || !ret[i].as_label || !ret[i].tags)
            return 0;
    }
    return 1;
}

jw_status jwi_dep_score(const struct dep_view *view, const struct dep_sentence *sentences,
                        uint32_t count, struct arena *scratch, struct dep_scores *ret,
                        jw_error *reterr)
{
    const struct net_kernel *kernel = jwi_net_kernel(0);
    const uint32_t arc = view->dim.arc;
    struct layout layout;
    struct work work;
    if (!lay_out(sentences, count, scratch, &layout) ||
        !make_scores(view, sentences, count, scratch, ret) ||
        !make_work(&view->dim, &layout, scratch, &work))
        return jwi_fail_memory(reterr);
    encode(view, kernel, &layout, &work);
    score_tags(view, kernel, &layout, &work, ret);
    kernel->bytes(&view->mix, work.x, view->mix.in, layout.nodes, NET_INT32, work.sums,
                  view->mix.out);
    for (uint32_t rank = 0, at = 0; rank < count; rank++) {
        part(view, kernel, &layout, rank, at, &work, ret[layout.order[rank]].as_label);
        at += sentences[layout.order[rank]].nodes;
    }
    kernel->bytes(&view->pair, work.dependents, arc, layout.nodes, NET_INT16, work.scorers, arc);
    for (uint32_t rank = 0, at = 0; rank < count; rank++) {
        const uint32_t nodes = sentences[layout.order[rank]].nodes;
        score_pairs(kernel, arc, nodes, at, &work, ret[layout.order[rank]].arcs);
        at += nodes;
    }
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
    const struct net_kernel *kernel = jwi_net_kernel(0);
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
    kernel->relu(sums, (size_t)nodes * label, 0, both);
    kernel->product(&view->name, both, label, nodes, 0, sums);
    for (uint32_t node = 0; node < nodes; node++)
        ret[node] =
            best_label(&view->dim, sums + (size_t)node * view->dim.label_columns, heads[node] == 0);
    return JW_OK;
}
