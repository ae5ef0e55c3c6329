/* SPDX-License-Identifier: Apache-2.0 */
/* Running and opening a tagging network; the method is in tagnet.h. */
#include "ml/tagnet.h"

#include "base/error.h"

#include <string.h>

enum { ALIGN = 64, ENOUGH = 64 /* tokens of a batch, so that its rows stay in the nearest memory */ };

/* Takes the next array of a section; NULL once the section is too short. */
struct reader {
    jw_bytes section;
    size_t at;
    int is_short;
};

static const void *take(struct reader *reader, size_t n, size_t size)
{
    const char *ret = reader->section.at + reader->at;
    const size_t left = reader->section.len - reader->at;
    const size_t bytes = (n * size + ALIGN - 1) / ALIGN * ALIGN;
    if (reader->is_short || bytes > left) {
        reader->is_short = 1;
        return NULL;
    }
    reader->at += bytes;
    return ret;
}

static struct net_bytes take_weights(struct reader *reader, uint32_t in, uint32_t out,
                                     uint32_t shift)
{
    struct net_bytes ret = {NULL, NULL, NULL, in, out, shift};
    ret.at = take(reader, in, out);
    ret.bias = take(reader, out, sizeof *ret.bias);
    ret.scale = take(reader, out, sizeof *ret.scale);
    return ret;
}

static struct tagnet_index take_index(struct reader *reader, uint32_t slots, uint32_t count)
{
    const struct tagnet_index ret = {take(reader, slots, sizeof *ret.slots), slots - 1, count};
    return ret;
}

static int is_dim(uint32_t dim)
{
    return dim && dim <= TAGNET_DIM_MAX && dim % TAGNET_PAD == 0;
}

/* An index needs an empty slot to end a search; slots above count + 1 promise one, as every row
 * fills one slot. */
static int is_index(uint32_t slots, uint32_t count)
{
    return slots && !(slots & (slots - 1)) && slots <= UINT32_C(1) << 28 && count < slots;
}

static jw_status check_header(const struct tagnet_header *header, jw_error *reterr)
{
    if (header->version != TAGNET_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "network: version %u, wanted %u",
                        header->version, TAGNET_VERSION);
    if (!is_dim(header->width) || !is_dim(header->hidden) || !is_dim(header->memory) ||
        !is_dim(header->labels) || !header->layers || header->layers > TAGNET_LAYERS_MAX)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "network: dimensions %u %u %u %u, %u layers",
                        header->width, header->hidden, header->memory, header->labels,
                        header->layers);
    if (!is_index(header->word_slots, header->word_count) ||
        !is_index(header->feature_slots, header->feature_count))
        return jwi_fail(
            reterr, JW_EMODEL_CORRUPT, 0, "network: %u words in %u slots, %u features in %u slots",
            header->word_count, header->word_slots, header->feature_count, header->feature_slots);
    return JW_OK;
}

jw_status jwi_tagnet_open(jw_bytes section, struct tagnet *ret, size_t *used, jw_error *reterr)
{
    struct reader reader = {section, 0, 0};
    const struct tagnet_header *header = take(&reader, 1, sizeof *header);
    if (!header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "network: %zu bytes are no header",
                        section.len);
    TRY(check_header(header, reterr));
    ret->kernel = jwi_net_kernel(0);
    ret->header = *header;
    ret->words = take_index(&reader, header->word_slots, header->word_count);
    ret->features = take_index(&reader, header->feature_slots, header->feature_count);
    ret->word_rows = take(&reader, header->word_count, header->width);
    ret->feature_rows = take(&reader, header->feature_count, header->width);
    ret->token_bias = take(&reader, header->width, sizeof *ret->token_bias);
    const uint32_t layer = header->hidden + 2 * header->memory;
    for (uint32_t l = 0; l < header->layers; l++) {
        ret->window[l] = take_weights(&reader, l ? layer : 3 * header->width, header->hidden,
                                      TAGNET_HIDDEN_SHIFT);
        ret->gates[l] =
            take_weights(&reader, header->hidden, 4 * header->memory, TAGNET_GATES_SHIFT);
    }
    ret->output = take_weights(&reader, header->layers * layer, header->labels, TAGNET_SCORE_SHIFT);
    if (reader.is_short)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, section.len, "network: section ends early");
    *used = reader.at;
    return JW_OK;
}

static uint32_t find(const struct tagnet_index *index, uint64_t key)
{
    const uint32_t tag = (uint32_t)(key >> 32);
    uint32_t at = (uint32_t)key & index->mask;
    for (uint32_t probes = 0; probes <= index->mask; probes++) {
        const struct tagnet_slot *slot = &index->slots[at];
        if (slot->row >= index->count)
            return JW_NONE;
        if (slot->tag == tag)
            return slot->row;
        at = (at + 1) & index->mask;
    }
    return JW_NONE;
}

/* Asks for the memory of all keys before it waits for that of one: slots here, rows for the caller. */
static void find_all(const struct tagnet_index *index, const int8_t *rows, uint32_t width,
                     const uint64_t *keys, uint32_t count, uint32_t *ret)
{
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&index->slots[(uint32_t)keys[i] & index->mask]);
    for (uint32_t i = 0; i < count; i++) {
        ret[i] = find(index, keys[i]);
        if (ret[i] != JW_NONE)
            __builtin_prefetch(rows + (size_t)ret[i] * width);
    }
}

void jwi_tagnet_find_words(const struct tagnet *net, const uint64_t *keys, uint32_t count,
                           uint32_t *ret)
{
    find_all(&net->words, net->word_rows, net->header.width, keys, count, ret);
}

void jwi_tagnet_start(const struct tagnet *net, uint32_t row, int16_t *sums)
{
    const uint32_t width = net->header.width;
    memcpy(sums, net->token_bias, width * sizeof *sums);
    if (row != JW_NONE)
        net->kernel->add_row(net->word_rows + (size_t)row * width, width,
                             TAGNET_SUM_BITS - TAGNET_WORD_BITS, sums);
}

void jwi_tagnet_add_features(const struct tagnet *net, const uint64_t *keys, uint32_t count,
                             int16_t *sums)
{
    enum { STEP = 32 };
    const uint32_t width = net->header.width;
    uint32_t rows[STEP];
    for (uint32_t at = 0; at < count; at += STEP) {
        const uint32_t n = count - at < STEP ? count - at : STEP;
        find_all(&net->features, net->feature_rows, width, keys + at, n, rows);
        for (uint32_t i = 0; i < n; i++)
            if (rows[i] != JW_NONE)
                net->kernel->add_row(net->feature_rows + (size_t)rows[i] * width, width,
                                     TAGNET_SUM_BITS - TAGNET_FEATURE_BITS, sums);
    }
}

void jwi_tagnet_token(const struct tagnet *net, const int16_t *sums, uint8_t *ret)
{
    net->kernel->cut(sums, net->header.width, TAGNET_SUM_BITS - TAGNET_TOKEN_BITS, ret);
}

static uint32_t length_of(const jw_sentence *sentence)
{
    return sentence->tokens.end - sentence->tokens.start;
}

int jwi_tagnet_batch(const struct tagnet *net, const jw_sentence *sentences, uint32_t count,
                     struct arena *scratch, struct tagnet_batch *ret)
{
    const size_t width = net->header.width;
    ret->sentences = sentences;
    ret->rows = ret->count = 0;
    while (ret->count < count && ret->rows < ENOUGH)
        ret->rows += length_of(&sentences[ret->count++]) + 1;
    uint8_t *tokens = jwi_arena_push(scratch, ret->rows + 2, width, ALIGN);
    if (!tokens)
        return 0;
    ret->tokens = tokens + width;
    uint8_t *row = tokens;
    for (uint32_t i = 0; i < ret->count; i++) {
        memset(row, 0, width);
        row += (length_of(&sentences[i]) + 1) * width;
    }
    memset(row, 0, 2 * width);
    return 1;
}

/* Arrays of a batch. */
struct work {
    uint8_t *states; /* [rows][layers * (hidden + 2 memory)] */
    int16_t *gates;  /* [rows][4 memory]: new of both directions, gates of both */
    int16_t *cell;   /* [memory] */
    int32_t *scores; /* [rows][labels] */
};

/* Memories of one direction along a sentence whose first row is `first`; `at` is their place in the states. */
static void remember(const struct tagnet *net, const struct work *work, uint32_t first,
                     uint32_t count, int is_back, size_t at)
{
    const uint32_t memory = net->header.memory;
    const size_t step = net->output.in;
    memset(work->cell, 0, memory * sizeof *work->cell);
    for (uint32_t i = 0; i < count; i++) {
        const size_t row = first + (is_back ? count - 1 - i : i);
        const int16_t *fresh = work->gates + row * 4 * memory + (is_back ? memory : 0);
        net->kernel->remember(fresh, fresh + 2 * memory, memory, work->cell,
                              work->states + row * step + at);
    }
}

static void run_layer(const struct tagnet *net, const struct tagnet_batch *batch,
                      const struct work *work, uint32_t layer)
{
    const struct tagnet_header *dim = &net->header;
    const size_t step = net->output.in, width = dim->hidden + (size_t)2 * dim->memory;
    const uint8_t *below =
        layer ? work->states + (layer - 1) * width : batch->tokens - dim->width;
    uint8_t *hidden = work->states + layer * width;
    net->kernel->bytes(&net->window[layer], below, layer ? step : dim->width, batch->rows,
                       NET_UINT8, hidden, step);
    net->kernel->bytes(&net->gates[layer], hidden, step, batch->rows, NET_INT16, work->gates,
                       (size_t)4 * dim->memory);
    for (uint32_t i = 0, row = 0; i < batch->count; i++) {
        const uint32_t count = length_of(&batch->sentences[i]);
        const size_t at = layer * width + dim->hidden;
        remember(net, work, row, count, 0, at);
        remember(net, work, row, count, 1, at + dim->memory);
        row += count;
        memset(work->states + row * step + at, 0, (size_t)2 * dim->memory);
        row++;
    }
}

int32_t *jwi_tagnet_run(const struct tagnet *net, const struct tagnet_batch *batch,
                        struct arena *scratch)
{
    const struct tagnet_header *dim = &net->header;
    const size_t rows = batch->rows;
    struct work work;
    work.scores = jwi_arena_push(scratch, rows * dim->labels, sizeof *work.scores, ALIGN);
    work.states = jwi_arena_push(scratch, rows * net->output.in, 1, ALIGN);
    work.gates = jwi_arena_push(scratch, rows * 4 * dim->memory, sizeof *work.gates, ALIGN);
    work.cell = jwi_arena_push(scratch, dim->memory, sizeof *work.cell, ALIGN);
    if (!work.scores || !work.states || !work.gates || !work.cell)
        return NULL;
    for (uint32_t layer = 0; layer < dim->layers; layer++)
        run_layer(net, batch, &work, layer);
    net->kernel->bytes(&net->output, work.states, net->output.in, batch->rows, NET_INT32,
                       work.scores, dim->labels);
    return work.scores;
}
