/* SPDX-License-Identifier: Apache-2.0 */
/* Running and opening a tagging network; the method is in tagnet.h. */
#include "ml/tagnet.h"

#include "base/error.h"

#include <string.h>

enum { ALIGN = 64 };

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

static struct net_matrix take_matrix(struct reader *reader, uint32_t in, uint32_t out,
                                     uint32_t bits)
{
    struct net_matrix ret = {NULL, NULL, in, out, bits};
    ret.at = take(reader, (size_t)in * out, sizeof *ret.at);
    ret.bias = take(reader, out, sizeof *ret.bias);
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
    ret->header = *header;
    ret->words = take_index(&reader, header->word_slots, header->word_count);
    ret->features = take_index(&reader, header->feature_slots, header->feature_count);
    ret->word_rows = take(&reader, header->word_count, header->width);
    ret->feature_rows = take(&reader, header->feature_count, header->width);
    ret->token_bias = take(&reader, header->width, sizeof *ret->token_bias);
    const uint32_t layer = header->hidden + 2 * header->memory;
    for (uint32_t l = 0; l < header->layers; l++) {
        ret->window[l] =
            take_matrix(&reader, l ? layer : 3 * header->width, header->hidden, TAGNET_WEIGHT_BITS);
        ret->gates[l] =
            take_matrix(&reader, header->hidden, 4 * header->memory, TAGNET_WEIGHT_BITS);
    }
    ret->output = take_matrix(&reader, header->layers * layer, header->labels, TAGNET_OUTPUT_BITS);
    if (reader.is_short)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, section.len, "network: section ends early");
    *used = reader.at;
    return JW_OK;
}

uint32_t jwi_tagnet_find(const struct tagnet_index *index, uint64_t key)
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

/* Loops go by blocks of TAGNET_PAD: of known length, so that compilers turn them into vector code. */
static void add_row(const int8_t *restrict row, uint32_t width, uint32_t shift,
                    int32_t *restrict sums)
{
    for (uint32_t at = 0; at < width; at += TAGNET_PAD)
        for (uint32_t i = at; i < at + TAGNET_PAD; i++)
            sums[i] += row[i] * (1 << shift);
}

void jwi_tagnet_add_features(const struct tagnet *net, const uint64_t *keys, uint32_t count,
                             int32_t *sums)
{
    const uint32_t width = net->header.width;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t row = jwi_tagnet_find(&net->features, keys[i]);
        if (row != JW_NONE)
            add_row(net->feature_rows + (size_t)row * width, width, NET_BITS - TAGNET_FEATURE_BITS,
                    sums);
    }
}

int jwi_tagnet_add_word(const struct tagnet *net, uint64_t key, int32_t *sums)
{
    const uint32_t width = net->header.width;
    const uint32_t row = jwi_tagnet_find(&net->words, key);
    if (row == JW_NONE)
        return 0;
    add_row(net->word_rows + (size_t)row * width, width, NET_BITS - TAGNET_WORD_BITS, sums);
    return 1;
}

int16_t *jwi_tagnet_tokens(const struct tagnet *net, struct arena *scratch, uint32_t count)
{
    const size_t width = net->header.width;
    int16_t *ret = jwi_arena_push(scratch, ((size_t)count + 2) * width, sizeof *ret, ALIGN);
    if (!ret)
        return NULL;
    memset(ret, 0, width * sizeof *ret);
    memset(ret + ((size_t)count + 1) * width, 0, width * sizeof *ret);
    return ret + width;
}

static inline int16_t relu(int32_t sum)
{
    return (int16_t)(sum < 0 ? 0 : sum > INT16_MAX ? INT16_MAX : sum);
}

void jwi_tagnet_token(const struct tagnet *net, const int32_t *restrict sums, int16_t *restrict ret)
{
    const int32_t *restrict bias = net->token_bias;
    for (uint32_t at = 0; at < net->header.width;
         at += TAGNET_PAD, bias += TAGNET_PAD, sums += TAGNET_PAD, ret += TAGNET_PAD)
        for (uint32_t i = 0; i < TAGNET_PAD; i++)
            ret[i] = relu(sums[i] + bias[i]);
}

/* c = c + (1 - g) (z - c): one step of a direction for all its cells. */
static void blend(const int16_t *restrict fresh, const int16_t *restrict gate,
                  const int16_t *restrict before, uint32_t n, int16_t *restrict ret)
{
    for (uint32_t at = 0; at < n; at += TAGNET_PAD) {
        for (uint32_t i = 0; i < TAGNET_PAD; i++)
            ret[i] = (int16_t)(before[i] + ((fresh[i] - before[i]) * (NET_ONE - gate[i]) >> NET_BITS));
        fresh += TAGNET_PAD;
        gate += TAGNET_PAD;
        before += TAGNET_PAD;
        ret += TAGNET_PAD;
    }
}

static void gate_some(int16_t *at, size_t n)
{
    for (const int16_t *end = at + n; at < end; at += TAGNET_PAD)
        for (uint32_t i = 0; i < TAGNET_PAD; i++)
            at[i] = (int16_t)net_gate(at[i]);
}

/* Sums of all tokens to new values and gates. */
static void gate_all(const struct tagnet_header *dim, const int32_t *sums, uint32_t count,
                     int16_t *ret)
{
    const size_t width = (size_t)4 * dim->memory;
    jwi_net_round(sums, count * width, TAGNET_WEIGHT_BITS, ret);
    for (size_t i = 0; i < count; i++)
        gate_some(ret + i * width + width / 2, width / 2);
}

/*
 * Fills both memories of a layer, whose states start at `states` and lie `step` apart; `gates`
 * holds new left, new right, gate left, gate right of every token.
 */
static void remember(const struct tagnet_header *dim, const int16_t *gates, uint32_t count,
                     const int16_t *zeros, size_t step, int16_t *states)
{
    const uint32_t memory = dim->memory;
    int16_t *left = states + dim->hidden;
    int16_t *right = left + memory;
    for (size_t i = 0; i < count; i++) {
        const int16_t *at = gates + i * 4 * memory;
        blend(at, at + 2 * memory, i ? left + (i - 1) * step : zeros, memory, left + i * step);
    }
    for (size_t i = count; i-- > 0;) {
        const int16_t *at = gates + i * 4 * memory;
        blend(at + memory, at + 3 * memory, i + 1 < count ? right + (i + 1) * step : zeros, memory,
              right + i * step);
    }
}

int32_t *jwi_tagnet_run(const struct tagnet *net, const int16_t *tokens, uint32_t count,
                        struct arena *scratch)
{
    const struct tagnet_header *dim = &net->header;
    const uint32_t widest = 4 * dim->memory > dim->hidden ? 4 * dim->memory : dim->hidden;
    const size_t step = net->output.in, layer = dim->hidden + (size_t)2 * dim->memory;
    int32_t *scores = jwi_arena_push(scratch, (size_t)count * dim->labels, sizeof *scores, ALIGN);
    int32_t *sums = jwi_arena_push(scratch, (size_t)count * widest, sizeof *sums, ALIGN);
    int16_t *states = jwi_arena_push(scratch, count * step, sizeof *states, ALIGN);
    int16_t *gates = jwi_arena_push(scratch, (size_t)count * 4 * dim->memory, sizeof *gates, ALIGN);
    int16_t *zeros = jwi_arena_push_zero(scratch, dim->memory, sizeof *zeros, ALIGN);
    if (!scores || !sums || !states || !gates || !zeros)
        return NULL;
    for (uint32_t l = 0; l < dim->layers; l++) {
        int16_t *above = states + l * layer;
        jwi_net_product(&net->window[l], l ? above - layer : tokens - dim->width,
                        l ? step : dim->width, count, sums);
        for (size_t i = 0; i < count; i++)
            jwi_net_relu(sums + i * dim->hidden, dim->hidden, TAGNET_WEIGHT_BITS, above + i * step);
        jwi_net_product(&net->gates[l], above, step, count, sums);
        gate_all(dim, sums, count, gates);
        remember(dim, gates, count, zeros, step, above);
    }
    jwi_net_product(&net->output, states, step, count, scores);
    for (size_t at = 0; at < (size_t)count * dim->labels; at += TAGNET_PAD)
        for (size_t i = at; i < at + TAGNET_PAD; i++)
            scores[i] >>= NET_BITS + TAGNET_OUTPUT_BITS - TAGNET_SCORE_BITS;
    return scores;
}
