/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section VALU: units, metrics, cues and date words of dict/values, used in place.
 * Method: terms sorted by letters; a hashed table gives the terms of a first letter, bisection the longest of them.  A few hundred terms of
 * 1-8 letters need nothing larger.
 */
#include "stage/value/value.h"

#include "base/error.h"

uint32_t jwi_value_slot(uint32_t code)
{
    return (code * 2654435761u >> 16) & (VALUE_SLOTS - 1);
}

static int holds(uint32_t size, uint32_t at, uint32_t len)
{
    return at <= size && size - at >= len;
}

/* Factors and offsets that arithmetic can carry without a look. */
static int is_small(const struct value_term *term)
{
    return term->mantissa >= 0 && term->mantissa < 1000000000 && term->power >= -18 &&
           term->power <= 18 && term->arg >= -100 && term->arg <= 100 && !term->currency[3];
}

static int is_sound(const struct value_lex *lex, const struct value_header *header)
{
    uint32_t empty = 0;
    for (uint32_t i = 0; i < VALUE_SLOTS; i++) {
        if (lex->slot[i].low > lex->slot[i].high || lex->slot[i].high > header->term_count)
            return 0;
        empty += lex->slot[i].code == 0;
    }
    for (uint32_t i = 0; i < header->term_count; i++) {
        const struct value_term *term = &lex->term[i];
        if (!term->len || term->len > VALUE_TERM_MAX || !term->use || term->use > term->len ||
            !holds(header->code_count, term->code_at, term->len) ||
            !holds(header->name_size, term->name_at, term->name_len) || !is_small(term))
            return 0;
    }
    return empty > 0;
}

jw_status jwi_value_lex_open(jw_bytes section, struct value_lex *ret, jw_error *reterr)
{
    const struct value_header *header = (const void *)section.at;
    if (section.len < sizeof *header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section VALU: %zu bytes hold no header",
                        section.len);
    if (header->version != VALUE_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section VALU: version %u, wanted %d",
                        header->version, VALUE_VERSION);
    const uint64_t slots = (uint64_t)VALUE_SLOTS * sizeof(struct value_slot);
    const uint64_t terms = (uint64_t)header->term_count * sizeof(struct value_term),
                   codes = (uint64_t)header->code_count * sizeof(uint32_t);
    if (sizeof *header + slots + terms + codes + header->name_size != section.len)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section VALU: sizes do not add up");
    const char *at = section.at + sizeof *header;
    const struct value_lex lex = {(const void *)at, (const void *)(at + slots),
                                  (const void *)(at + slots + terms), at + slots + terms + codes,
                                  header->term_count};
    if (!is_sound(&lex, header))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section VALU: an index is out of range");
    *ret = lex;
    return JW_OK;
}

/* Letter of the term at `depth`; 0, before every letter, when it has ended. */
static uint32_t letter(const struct value_lex *lex, uint32_t term, uint32_t depth)
{
    return depth < lex->term[term].len ? lex->code[lex->term[term].code_at + depth] : 0;
}

static uint32_t lower_bound(const struct value_lex *lex, uint32_t low, uint32_t high,
                            uint32_t depth, uint32_t code)
{
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (letter(lex, middle, depth) < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct value_slot *find_slot(const struct value_lex *lex, uint32_t code)
{
    uint32_t i = jwi_value_slot(code);
    while (lex->slot[i].code && lex->slot[i].code != code)
        i = (i + 1) & (VALUE_SLOTS - 1);
    return lex->slot[i].code ? &lex->slot[i] : NULL;
}

/* "Q" ends a word: a Latin term touches no other letter. */
static int is_whole(const struct line *line, uint32_t at, uint32_t end)
{
    if (is_latin(line->code[at]) && at && line->gap[at] == GAP_NONE && is_latin(line->code[at - 1]))
        return 0;
    return !(is_latin(line->code[end - 1]) && is_tight(line, end) && is_latin(line->code[end]));
}

const struct value_term *jwi_value_find_letter(const struct line *line, uint32_t at, unsigned classes)
{
    const struct value_slot *slot = at < line->len ? find_slot(line->lex, line->code[at]) : NULL;
    for (uint32_t i = slot ? slot->low : 0; slot && i < slot->high && line->lex->term[i].len == 1; i++)
        if (line->lex->term[i].cls & classes)
            return &line->lex->term[i];
    return NULL;
}

const struct value_term *jwi_value_find(const struct line *line, uint32_t at, unsigned classes)
{
    const struct value_lex *lex = line->lex;
    const struct value_term *best = NULL;
    const struct value_slot *slot = at < line->len ? find_slot(lex, line->code[at]) : NULL;
    if (!slot || !(slot->classes & classes))
        return NULL;
    uint32_t low = slot->low, high = slot->high;
    for (uint32_t depth = 1; low < high; depth++) {
        for (uint32_t i = low; i < high && lex->term[i].len == depth; i++)
            if ((lex->term[i].cls & classes) && is_whole(line, at, at + lex->term[i].use))
                best = &lex->term[i];
        if (at + depth >= line->len || line->gap[at + depth] != GAP_NONE)
            break;
        const uint32_t code = line->code[at + depth];
        low = lower_bound(lex, low, high, depth, code);
        high = lower_bound(lex, low, high, depth, code + 1);
    }
    return best;
}
