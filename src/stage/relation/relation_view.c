/* SPDX-License-Identifier: Apache-2.0 */
/* Section RELN: bytes to a checked view, and chances by it. */
#include "stage/relation/relation_view.h"

#include "base/error.h"
#include "ml/decay.h"

#include <string.h>

enum { ALIGN = 64 };

static size_t padded(size_t size)
{
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

static int is_header(const struct relation_header *header)
{
    const uint32_t slots = header->slot_count;
    return header->base_count && header->base_count <= RELATION_BASES_MAX && slots && !(slots & (slots - 1)) &&
           slots <= UINT32_C(1) << 28 && header->row_count < slots;
}

static int is_named(const struct relation_base *base)
{
    return base->name[RELATION_NAME_MAX] == '\0';
}

jw_status jwi_relation_view_open(jw_bytes section, struct relation_view *ret, jw_error *reterr)
{
    struct relation_header header;
    if (section.len < ALIGN)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section RELN: no header");
    memcpy(&header, section.at, sizeof header);
    if (header.version != RELATION_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section RELN: version %u, not %d", header.version, RELATION_VERSION);
    if (!is_header(&header))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section RELN: %u bases, %u rows in %u slots", header.base_count, header.row_count,
                        header.slot_count);
    const size_t slots = ALIGN + padded(header.base_count * sizeof *ret->bases);
    const size_t rows = slots + padded(header.slot_count * sizeof *ret->slots);
    if (section.len != rows + padded((size_t)header.row_count * RELATION_BASES_MAX * sizeof *ret->rows))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, section.len, "section RELN: wrong size");
    ret->base_count = header.base_count;
    ret->bases = (const void *)(section.at + ALIGN);
    ret->slots = (const void *)(section.at + slots);
    ret->slot_mask = header.slot_count - 1;
    ret->row_count = header.row_count;
    ret->rows = (const void *)(section.at + rows);
    for (uint32_t i = 0; i < ret->base_count; i++)
        if (!is_named(&ret->bases[i]))
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, ALIGN, "section RELN: base %u has no name", i);
    return JW_OK;
}

/* Row of the key or JW_NONE; a row number past the rows ends the search like an empty slot. */
static uint32_t find_row(const struct relation_view *view, uint64_t key)
{
    uint32_t at = (uint32_t)key & view->slot_mask;
    for (uint32_t probes = 0; probes <= view->slot_mask; probes++) {
        const struct relation_slot *slot = &view->slots[at];
        if (slot->row >= view->row_count)
            return JW_NONE;
        if (slot->tag == (uint32_t)(key >> 32))
            return slot->row;
        at = (at + 1) & view->slot_mask;
    }
    return JW_NONE;
}

static void add_rows(const struct relation_view *view, const uint64_t *keys, uint32_t n, int32_t *sums)
{
    memset(sums, 0, RELATION_BASES_MAX * sizeof *sums);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t row = find_row(view, keys[i]);
        if (row == JW_NONE)
            continue;
        const int16_t *weight = view->rows + (size_t)row * RELATION_BASES_MAX;
        for (int k = 0; k < RELATION_BASES_MAX; k++)
            sums[k] += weight[k];
    }
}

/* Root of n in 1/256, by Newton's method. */
static int64_t root(uint32_t n)
{
    const uint64_t x = (uint64_t)(n ? n : 1) << 16;
    uint64_t r = x;
    for (uint64_t next = (r + 1) / 2; next < r; next = (r + x / r) / 2)
        r = next;
    return (int64_t)r;
}

static void to_chances(const int64_t *score, struct relation_scores *ret)
{
    int64_t best = score[0], weight[RELATION_LABELS_MAX], sum = 0;
    for (uint32_t i = 1; i < ret->label_count; i++)
        best = score[i] > best ? score[i] : best;
    for (uint32_t i = 0; i < ret->label_count; i++)
        sum += weight[i] = decay(best - score[i]);
    for (uint32_t i = 0; i < ret->label_count; i++)
        ret->chance[i] = (int32_t)(weight[i] * JW_SCALE / sum);
}

void jwi_relation_score(const struct relation_view *view, const struct relation_text *text, const struct relation_pair *pair,
                        struct relation_scores *ret)
{
    uint64_t keys[RELATION_FEATURES_MAX];
    int32_t sums[2][RELATION_BASES_MAX];
    int64_t score[RELATION_LABELS_MAX], gain[2];
    for (int head = 0; head < 2; head++) {
        const uint32_t n = jwi_relation_features(text, pair, head, keys);
        uint32_t squares = 0;
        for (uint32_t i = 0; i < n; i++)
            squares += jwi_relation_weight(keys[i]) * jwi_relation_weight(keys[i]);
        add_rows(view, keys, n, sums[head]);
        gain[head] = ((int64_t)RELATION_GAIN * 4 << (DECAY_BITS + 16 - RELATION_WEIGHT_BITS)) / root(squares);
    }
    ret->label_count = 0;
    for (uint32_t base = 0; base < view->base_count; base++) {
        const int64_t first = sums[0][base] * gain[0] / 256, second = sums[1][base] * gain[1] / 256;
        if (view->bases[base].is_symmetric) {
            score[ret->label_count] = (first + second) / 2;
            ret->label[ret->label_count++] = (uint16_t)(base * 2);
            continue;
        }
        score[ret->label_count] = first;
        ret->label[ret->label_count++] = (uint16_t)(base * 2);
        score[ret->label_count] = second;
        ret->label[ret->label_count++] = (uint16_t)(base * 2 + 1);
    }
    to_chances(score, ret);
}
