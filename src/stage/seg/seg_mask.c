/* SPDX-License-Identifier: Apache-2.0 */
/* See seg_mask.h. */
#include "stage/seg/seg_mask.h"

#include "base/error.h"

#include <string.h>

enum {
    NAME_MAX = 16,           /* units of a name */
    NEAR = SEG_WORD_MAX - 1, /* units before and behind a name that a word over its edge may have */
    WINDOW = NAME_MAX + 2 * NEAR
};

jw_status jwi_seg_masked_new(struct arena *arena, uint32_t longest, struct seg_masked *ret, jw_error *reterr)
{
    const size_t cap = (size_t)longest + 1;
    ret->names = PUSH(arena, struct seg_name, cap / 2 + 1);
    ret->own = PUSH(arena, struct seg_name, cap);
    ret->symbols = PUSH(arena, uint16_t, cap);
    ret->code = PUSH(arena, uint32_t, cap);
    ret->at = PUSH(arena, uint32_t, cap);
    ret->origin = PUSH(arena, uint32_t, cap);
    ret->cls = PUSH(arena, uint8_t, cap);
    ret->boundary = PUSH(arena, uint8_t, cap);
    ret->starts = PUSH(arena, uint8_t, cap);
    const int is_made = ret->names && ret->own && ret->symbols && ret->code && ret->at && ret->origin && ret->cls && ret->boundary && ret->starts;
    return is_made ? JW_OK : jwi_fail_memory(reterr);
}

/* A word [start, end) that would share characters with the name and with what is beside it. */
static int is_over_edge(const struct seg_name *name, uint32_t start, uint32_t end)
{
    return units_cross(start, end, name->start) || units_cross(start, end, name->end);
}

static int is_name_link(const struct kb *kb, uint32_t name)
{
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++)
        if (kb->links[i].kind < KB_CUE || kb->links[i].kind == KB_HIDE)
            return 1;
    return 0;
}

static int is_in_names(const struct kb *kb, const uint16_t *symbols, uint32_t len, const struct seg_name *name)
{
    for (uint32_t start = name->start > NEAR ? name->start - NEAR : 0; start < name->end; start++) {
        struct kb_walk walk = kb_walk_start(kb, symbols, start, len);
        while (kb_walk_next(&walk))
            if (is_over_edge(name, start, start + walk.len) && is_name_link(kb, walk.name))
                return 1;
    }
    return 0;
}

/* Words that share characters with the name and its neighbours; none that a longer word before the name has a part of, 供應商|科沃. */
static int is_in_words(const struct lexicon *lexicon, struct units sentence, const struct seg_name *name)
{
    uint16_t symbols[WINDOW];
    struct lexicon_match matches[WINDOW * SEG_WORD_MAX];
    const uint32_t start = name->start > NEAR ? name->start - NEAR : 0;
    const uint32_t end = sentence.len - name->end > NEAR ? name->end + NEAR : sentence.len;
    for (uint32_t i = start; i < end; i++)
        symbols[i - start] = lexicon_symbol(lexicon, sentence.code[i]);
    const uint32_t n = jwi_lexicon_scan(lexicon, symbols, end - start, SEG_WORD_MAX, matches);
    uint32_t beside = 0;
    for (uint32_t i = 0; i < n; i++)
        if (start + matches[i].start + matches[i].len == name->start && matches[i].len > beside)
            beside = matches[i].len;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t first = start + matches[i].start, last = first + matches[i].len;
        if (is_over_edge(name, first, last) && (units_cross(first, last, name->end) || matches[i].len >= beside))
            return 1;
    }
    return 0;
}

/* Rules and dictionaries may have cut the name, or joined it to its neighbours; the suffix -KY ends a name whatever letters are behind it. */
static int is_free(struct units sentence, const uint8_t *boundary, const struct seg_name *name)
{
    if (boundary[name->start] == BOUNDARY_JOIN)
        return 0;
    for (uint32_t i = name->start + 1; i < name->end; i++)
        if (boundary[i] == BOUNDARY_CUT)
            return 0;
    return name->end == sentence.len || boundary[name->end] != BOUNDARY_JOIN ||
           jwi_company_has_suffix(units_slice(sentence, name->start, name->end));
}

/* The longest name of the list at the unit, if it is a company's alone; its end, or `at`. */
static uint32_t name_end(const struct kb *kb, struct units sentence, const uint16_t *symbols, uint32_t at)
{
    struct kb_walk walk = kb_walk_start(kb, symbols, at, sentence.len);
    uint32_t ret = at;
    while (kb_walk_next(&walk))
        if (is_name_link(kb, walk.name)) {
            const int is_one = walk.len <= NAME_MAX && jwi_company_is_form(units_slice(sentence, at, at + walk.len)) &&
                               jwi_company_at(kb, walk.name, sentence, at, at + walk.len, 0) != KB_TYPE_COUNT;
            ret = is_one ? at + walk.len : at;
        }
    return ret;
}

uint32_t jwi_seg_find_names(const struct kb *kb, const struct lexicon *lexicon, struct units sentence, const uint8_t *boundary,
                            struct seg_masked *ret)
{
    uint32_t own = 0;
    ret->name_count = 0;
    for (uint32_t i = 0; i < sentence.len; i++)
        ret->symbols[i] = kb_symbol(kb, sentence.code[i]);
    for (uint32_t at = 0; at + 1 < sentence.len; at++) {
        while (own < ret->own_count && ret->own[own].start < at)
            own++;
        if (own < ret->own_count && ret->own[own].start == at && ret->own[own].end - at >= NAME_MASK_LEN &&
            is_free(sentence, boundary, &ret->own[own])) {
            ret->names[ret->name_count++] = ret->own[own];
            at = ret->own[own].end - 1;
            continue;
        }
        struct seg_name name = {at, at, jwi_company_mask, 0};
        const int may_begin = kb_name_may_begin(kb, ret->symbols[at], ret->symbols[at + 1]);
        if (may_begin)
            name.end = name_end(kb, sentence, ret->symbols, at);
        if (name.end == at) {
            name.mask = jwi_person_mask;
            name.end = jwi_person_end(lexicon, kb, sentence, at, at && ret->name_count && ret->names[ret->name_count - 1].end == at, 0);
        }
        if (name.end == at && may_begin) {
            name.mask = jwi_place_mask;
            name.end = jwi_place_end(kb, sentence, ret->symbols, at);
        }
        if (name.end == at || !is_free(sentence, boundary, &name))
            continue;
        name.is_open = name.mask != jwi_person_mask && (is_in_words(lexicon, sentence, &name) || is_in_names(kb, ret->symbols, sentence.len, &name));
        ret->names[ret->name_count++] = name;
        at = name.end - 1;
    }
    return ret->name_count;
}

static void put(struct seg_masked *masked, struct units sentence, uint32_t from, uint32_t code, uint8_t cls, uint8_t boundary)
{
    const uint32_t to = masked->units.len++;
    masked->code[to] = code;
    masked->cls[to] = cls;
    masked->at[to] = sentence.at[from];
    masked->origin[to] = from;
    masked->boundary[to] = boundary;
}

void jwi_seg_mask(struct units sentence, const uint8_t *boundary, struct seg_masked *masked)
{
    uint32_t next = 0, is_behind = 0;
    masked->units = (struct units){masked->code, masked->cls, masked->at, 0};
    for (uint32_t at = 0; at < sentence.len;) {
        while (next < masked->name_count && (masked->names[next].start < at || masked->names[next].is_open))
            next++;
        if (next == masked->name_count || masked->names[next].start != at) {
            put(masked, sentence, at, sentence.code[at], sentence.cls[at], is_behind ? BOUNDARY_CUT : boundary[at]);
            is_behind = 0;
            at++;
            continue;
        }
        for (uint32_t i = 0; i < NAME_MASK_LEN; i++)
            put(masked, sentence, at, masked->names[next].mask[i], UNIT_HAN, i ? BOUNDARY_JOIN : BOUNDARY_CUT);
        at = masked->names[next++].end;
        is_behind = 1;
    }
    masked->boundary[masked->units.len] = boundary[sentence.len];
}

/* Unit of the masked sentence for a unit of the sentence that no name hides; *from rises with the calls. */
static uint32_t masked_unit(const struct seg_masked *masked, uint32_t unit, uint32_t *from)
{
    while (*from < masked->units.len && masked->origin[*from] < unit)
        ++*from;
    return *from;
}

static int starts_at(const struct seg_masked *masked, uint32_t unit)
{
    return unit == masked->units.len || masked->starts[unit];
}

/* The sentence, a bracket or a mark ends before the unit. */
static int is_behind_mark(const struct seg_masked *masked, uint32_t unit)
{
    return !unit || masked->boundary[unit] == BOUNDARY_CUT || masked->cls[unit - 1] == UNIT_PUNCT || masked->cls[unit - 1] == UNIT_SYMBOL;
}

int jwi_seg_settle_names(const int32_t *scores, struct seg_masked *masked)
{
    uint32_t from = 0, kept = 0;
    int ret = 0;
    for (uint32_t i = 0; i < masked->name_count; i++) {
        struct seg_name name = masked->names[i];
        const uint32_t start = masked_unit(masked, name.start, &from), end = masked_unit(masked, name.end, &from);
        const int is_cut = starts_at(masked, start) && starts_at(masked, end);
        if (name.is_open && !is_cut && !(name.mask == jwi_company_mask && is_behind_mark(masked, start) && scores[end] > -SEG_SURE))
            continue;
        ret |= name.is_open;
        name.is_open = 0;
        masked->names[kept++] = name;
    }
    masked->name_count = kept;
    return ret;
}

void jwi_seg_unmask(const struct seg_masked *masked, uint32_t len, uint8_t *starts)
{
    memset(starts, 0, len);
    for (uint32_t i = 0; i < masked->units.len; i++)
        if (masked->starts[i])
            starts[masked->origin[i]] = 1;
}
