/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section NORM: how text becomes units.  The one place that knows it, so that documents, user dictionaries and lexicon builders agree.
 * Method: a two-stage table gives every code point its class and the distance to its normalised code; a list of pairs composes marks;
 * sorted phrases convert Simplified to Traditional, longest first, only where the number of characters stays.  Cost: linear.
 */
#ifndef JW_MODEL_NORM_TABLE_H
#define JW_MODEL_NORM_TABLE_H

#include <jinwen/base.h>

#include "doc/units.h"

enum {
    NORM_VERSION = 1,
    NORM_BLOCK_BITS = 7,
    NORM_BLOCK = 1 << NORM_BLOCK_BITS,
    NORM_STAGE = 0x110000 / NORM_BLOCK,
    NORM_CODE_MASK = 0x1fffff,
    /* An entry: bits 0-2 class, bit 3 mark, bits 8-28 distance to the normalised code, modulo 2^21. */
    NORM_CLASS_MASK = 7,
    NORM_MARK = 8,
    NORM_DELTA_SHIFT = 8,
    NORM_BUCKET_BITS = 2, /* phrases are found by their first code >> 6 */
    NORM_BUCKETS = 0x30000 >> NORM_BUCKET_BITS,
    NORM_PHRASE_MAX = 16 /* units of a conversion phrase */
};

/* Layout: header, stage[NORM_STAGE] u16, entries, pairs, bucket[NORM_BUCKETS + 1], phrase_at[phrases + 1], from, to (u32 each). */
struct norm_header {
    uint32_t version, block_count, pair_count, phrase_count, phrase_codes, spare[3];
};

/* Base and mark, both normalised, become one code; sorted by base, then mark. */
struct norm_pair {
    uint32_t base, mark, code;
};

struct norm_table {
    const uint16_t *stage;
    const uint32_t *entry;
    const struct norm_pair *pair;
    const uint32_t *bucket, *phrase_at, *from, *to;
    uint32_t block_count, pair_count, phrase_count;
};

/* Units in the making; the arrays have room for one unit a code point of the input. */
struct norm_units {
    uint32_t *code;
    uint8_t *cls;
    uint32_t *at;
    uint32_t len;
};

/* Checks sizes and every index; the view borrows the section.  Status: EMODEL_CORRUPT, EMODEL_VERSION. */
jw_status jwi_norm_open(jw_bytes section, struct norm_table *ret, jw_error *reterr);

/* Appends the units of text [start, end), valid UTF-8; no unit reaches across either edge.  The end offset is not written. */
void jwi_norm_scan(const struct norm_table *table, const char *text, uint32_t start, uint32_t end,
                   struct norm_units *ret);

/* Simplified to Traditional in place. */
void jwi_norm_hans(const struct norm_table *table, uint32_t *code, uint32_t len);

static inline uint32_t norm_entry(const struct norm_table *table, uint32_t code)
{
    return table->entry[(uint32_t)table->stage[code >> NORM_BLOCK_BITS] << NORM_BLOCK_BITS |
                        (code & (NORM_BLOCK - 1))];
}

static inline uint32_t norm_code(uint32_t entry, uint32_t code)
{
    return (code + (entry >> NORM_DELTA_SHIFT)) & NORM_CODE_MASK;
}

#endif
