/* SPDX-License-Identifier: Apache-2.0 */
/* Reader of section NORM and the scan from text to units; see norm_table.h. */
#include "model/norm_table.h"

#include "base/error.h"
#include "base/utf8.h"
#include "model/norm_entity.h"

#include <string.h>

/* Cuts `n` items of `size` bytes off the front of the section. */
static const void *take(jw_bytes *left, size_t n, size_t size)
{
    if (n > left->len / size)
        return NULL;
    const void *at = left->at;
    left->at += n * size;
    left->len -= n * size;
    return at;
}

static int is_rising(const uint32_t *at, size_t n, uint32_t last)
{
    for (size_t i = 1; i < n; i++)
        if (at[i - 1] > at[i])
            return 0;
    return n && at[0] == 0 && at[n - 1] == last;
}

static int has_blocks(const struct norm_table *table)
{
    for (uint32_t i = 0; i < NORM_STAGE; i++)
        if (table->stage[i] >= table->block_count)
            return 0;
    return 1;
}

static int has_short_phrases(const struct norm_table *table)
{
    for (uint32_t i = 0; i < table->phrase_count; i++) {
        const uint32_t len = table->phrase_at[i + 1] - table->phrase_at[i];
        if (!len || len > NORM_PHRASE_MAX)
            return 0;
    }
    return 1;
}

static int read_arrays(jw_bytes left, const struct norm_header *header, struct norm_table *ret)
{
    ret->block_count = header->block_count;
    ret->pair_count = header->pair_count;
    ret->phrase_count = header->phrase_count;
    ret->stage = take(&left, NORM_STAGE, sizeof *ret->stage);
    ret->entry = take(&left, (size_t)header->block_count * NORM_BLOCK, sizeof *ret->entry);
    ret->pair = take(&left, header->pair_count, sizeof *ret->pair);
    ret->bucket = take(&left, NORM_BUCKETS + 1, sizeof *ret->bucket);
    ret->phrase_at = take(&left, (size_t)header->phrase_count + 1, sizeof *ret->phrase_at);
    ret->from = take(&left, header->phrase_codes, sizeof *ret->from);
    ret->to = take(&left, header->phrase_codes, sizeof *ret->to);
    return ret->stage && ret->entry && ret->pair && ret->bucket && ret->phrase_at && ret->from &&
           ret->to && !left.len;
}

jw_status jwi_norm_open(jw_bytes section, struct norm_table *ret, jw_error *reterr)
{
    const struct norm_header *header = take(&section, 1, sizeof *header);
    if (!header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section NORM: %zu bytes hold no header",
                        section.len);
    if (header->version != NORM_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section NORM: version %u, wanted %d",
                        header->version, NORM_VERSION);
    struct norm_table table;
    if (!read_arrays(section, header, &table))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section NORM: sizes do not add up");
    if (!has_blocks(&table) || !is_rising(table.bucket, NORM_BUCKETS + 1, table.phrase_count) ||
        !is_rising(table.phrase_at, (size_t)table.phrase_count + 1, header->phrase_codes) ||
        !has_short_phrases(&table))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section NORM: an index is out of range");
    *ret = table;
    return JW_OK;
}

/* Composed code of base and mark, or the base when there is none (zero-width characters, unusual accents). */
static uint32_t compose(const struct norm_table *table, uint32_t base, uint32_t mark)
{
    uint32_t low = 0, high = table->pair_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const struct norm_pair *pair = &table->pair[middle];
        if (pair->base == base && pair->mark == mark)
            return pair->code;
        if (pair->base < base || (pair->base == base && pair->mark < mark))
            low = middle + 1;
        else
            high = middle;
    }
    return base;
}

/* A mark joins the unit before it, unless that is a blank or this is the start of the stretch. */
static int joins_last(const struct norm_units *units, uint32_t first)
{
    return units->len > first && units->cls[units->len - 1] != UNIT_SPACE;
}

static void push_unit(struct norm_units *units, uint32_t code, uint32_t cls, uint32_t at)
{
    units->code[units->len] = code;
    units->cls[units->len] = (uint8_t)cls;
    units->at[units->len++] = at;
}

void jwi_norm_scan(const struct norm_table *table, const char *text, uint32_t start, uint32_t end,
                   struct norm_units *ret)
{
    const uint32_t first = ret->len;
    for (size_t at = start; at < end;) {
        const uint32_t begin = (uint32_t)at;
        uint32_t code = utf8_next(text, &at);
        if (code == '&') {
            const uint32_t len = jwi_norm_entity(text + begin, text + end, &code);
            at += len ? len - 1 : 0;
        } else if (code == '\r' && at < end && text[at] == '\n')
            at++;
        const uint32_t entry = norm_entry(table, code);
        code = norm_code(entry, code);
        if ((entry & NORM_MARK) && joins_last(ret, first)) {
            uint32_t *base = &ret->code[ret->len - 1];
            *base = compose(table, *base, code);
            continue;
        }
        push_unit(ret, code, entry & NORM_CLASS_MASK, begin);
    }
}

/* Sort key of a phrase at `depth`: a phrase that has ended comes before every longer one. */
static uint64_t key_at(const struct norm_table *table, uint32_t phrase, uint32_t depth)
{
    const uint32_t at = table->phrase_at[phrase] + depth;
    return at < table->phrase_at[phrase + 1] ? (uint64_t)table->from[at] + 1 : 0;
}

/* First phrase of [low, high) whose key is at least `key`. */
static uint32_t lower_bound(const struct norm_table *table, uint32_t low, uint32_t high,
                            uint32_t depth, uint64_t key)
{
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (key_at(table, middle, depth) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Longest phrase at the front of code[len], or JW_NONE. */
static uint32_t find_phrase(const struct norm_table *table, const uint32_t *code, uint32_t len)
{
    const uint32_t bucket = code[0] >> NORM_BUCKET_BITS;
    uint32_t best = JW_NONE;
    if (bucket >= NORM_BUCKETS)
        return best;
    uint32_t low = table->bucket[bucket], high = table->bucket[bucket + 1];
    for (uint32_t depth = 0; depth < len && low < high; depth++) {
        const uint64_t key = (uint64_t)code[depth] + 1;
        low = lower_bound(table, low, high, depth, key);
        high = lower_bound(table, low, high, depth, key + 1);
        if (low < high && table->phrase_at[low + 1] - table->phrase_at[low] == depth + 1)
            best = low;
    }
    return best;
}

void jwi_norm_hans(const struct norm_table *table, uint32_t *code, uint32_t len)
{
    for (uint32_t i = 0; i < len;) {
        const uint32_t phrase = find_phrase(table, code + i, len - i);
        if (phrase == JW_NONE) {
            i++;
            continue;
        }
        const uint32_t at = table->phrase_at[phrase];
        const uint32_t n = table->phrase_at[phrase + 1] - at;
        memcpy(code + i, table->to + at, n * sizeof *code);
        i += n;
    }
}
