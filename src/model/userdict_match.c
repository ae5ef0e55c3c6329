/* SPDX-License-Identifier: Apache-2.0 */
/* Searches user dictionaries; see userdict.h. */
#include "model/userdict_row.h"

#include <string.h>

#include "base/error.h"

static int is_alnum(const struct units *units, uint32_t at)
{
    return at < units->len && (units->cls[at] == UNIT_LATIN || units->cls[at] == UNIT_DIGIT);
}

static int is_digit(const struct units *units, uint32_t at)
{
    return at < units->len && units->cls[at] == UNIT_DIGIT;
}

static int is_separator(const struct units *units, uint32_t at)
{
    return at < units->len && (units->code[at] == ',' || units->code[at] == '.');
}

/* A Latin or digit edge touches no other, and a digit edge no separator of its number.  Unsigned wrap-around is out of every range. */
static int is_guarded(const struct units *units, uint32_t start, uint32_t end)
{
    if (is_alnum(units, start) && is_alnum(units, start - 1))
        return 0;
    if (is_alnum(units, end - 1) && is_alnum(units, end))
        return 0;
    if (is_digit(units, start) && is_separator(units, start - 1) && is_digit(units, start - 2))
        return 0;
    return !(is_digit(units, end - 1) && is_separator(units, end) && is_digit(units, end + 1));
}

static int is_allowed(const struct userdict_row *row, const struct userdict_text *text,
                      uint32_t start, uint32_t end)
{
    const struct units *units = &text->units;
    if (row->flags & USERDICT_EXACT) {
        const uint32_t from = units->at[start], len = units->at[end] - from;
        if (len != row->form.len || memcmp(text->bytes + from, row->form.at, len) != 0)
            return 0;
    }
    return row->flags & USERDICT_INSIDE || is_guarded(units, start, end);
}

/* Keeps the last USERDICT_MATCHES of a level by dropping its oldest. */
static uint32_t keep_match(struct userdict_match *ret, uint32_t n, struct userdict_match match)
{
    uint32_t same = 0, oldest = n;
    for (uint32_t i = n; i-- > 0;)
        if (ret[i].level == match.level) {
            same++;
            oldest = i;
        }
    if (same == USERDICT_MATCHES) {
        n--;
        memmove(ret + oldest, ret + oldest + 1, (n - oldest) * sizeof *ret);
    }
    ret[n] = match;
    return n + 1;
}

/* The first allowed row of each level at a node. */
static uint32_t take_rows(const jw_userdict *dict, const struct userdict_text *text, uint32_t root,
                          uint32_t node, uint32_t start, uint32_t end, struct userdict_match *ret,
                          uint32_t n)
{
    uint32_t seen = 0;
    for (uint32_t row = dict->first[node]; row != JW_NONE; row = dict->rows[row].next[root]) {
        const struct userdict_row *found = &dict->rows[row];
        if (seen & 1u << found->level || !is_allowed(found, text, start, end))
            continue;
        const struct userdict_match match = {end - start, row, found->level, found->pos};
        seen |= 1u << found->level;
        n = keep_match(ret, n, match);
    }
    return n;
}

uint32_t jwi_userdict_match(const jw_userdict *dict, const struct userdict_text *text, uint32_t at,
                            struct userdict_match ret[2 * USERDICT_MATCHES])
{
    const uint32_t root = text->is_hans ? ROOT_HANS : ROOT_PLAIN;
    uint32_t node = root, n = 0;
    for (uint32_t end = at; end < text->units.len;) {
        const struct userdict_edge *edge =
            &dict->edges[userdict_slot(dict, node, text->units.code[end])];
        if (!edge->key)
            break;
        node = edge->child;
        end++;
        if (dict->first[node] != JW_NONE)
            n = take_rows(dict, text, root, node, at, end, ret, n);
    }
    return n;
}

void jwi_userdict_finder(struct userdict_finder *ret, const jw_userdict *const *dicts, uint32_t n,
                         struct arena *scratch)
{
    memset(ret, 0, sizeof *ret);
    ret->dicts = dicts;
    ret->dict_count = n;
    ret->scratch = scratch;
    for (uint32_t i = 0; i < n; i++)
        ret->is_used |= dicts[i]->last_pattern != JW_NONE;
}

/* The unit that starts at the byte, or JW_NONE when it lies inside one. */
static uint32_t find_unit(const struct units *units, uint32_t byte)
{
    uint32_t low = 0, high = units->len;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (units->at[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return units->at[low] == byte ? low : JW_NONE;
}

static int has_break(const struct units *units, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (units->code[i] == '\n' || units->code[i] == '\r')
            return 1;
    return 0;
}

/* Could a word stand there?  On edges of units, not too long, no blank at an edge, within a line, guarded. */
static int is_word(const struct userdict_row *row, const struct units *units, uint32_t start,
                   uint32_t end)
{
    if (start == JW_NONE || end == JW_NONE || end - start > USERDICT_FORM_MAX)
        return 0;
    if (units->cls[start] == UNIT_SPACE || units->cls[end - 1] == UNIT_SPACE)
        return 0;
    return !has_break(units, start, end) &&
           (row->flags & USERDICT_INSIDE || is_guarded(units, start, end));
}

static jw_status add_hit(struct userdict_finder *finder, uint32_t unit, struct userdict_hit hit,
                         jw_error *reterr)
{
    struct userdict_hit *added = PUSH(finder->scratch, struct userdict_hit, 1);
    if (!added)
        return jwi_fail_memory(reterr);
    hit.next = finder->hits[unit];
    *added = hit;
    finder->hits[unit] = added;
    finder->hit_count++;
    return JW_OK;
}

/* Matches of one row do not overlap; behind one that is no word the search goes on a character further. */
static jw_status find_row(struct userdict_finder *finder, const struct userdict_part *part,
                          uint32_t dict, uint32_t entry, jw_error *reterr)
{
    const struct units *units = &part->text.units;
    const struct userdict_row *row = &finder->dicts[dict]->rows[entry];
    const uint32_t first = units->at[0];
    const jw_bytes bytes = {part->text.bytes + first, units->at[units->len] - first};
    struct pattern_walk walk = {row->pattern, bytes, 0, 0, 0};
    for (;;) {
        jw_range found;
        TRY(jwi_pattern_next(finder->room, &walk, &found, reterr));
        if (found.start == found.end)
            return JW_OK;
        const uint32_t start = find_unit(units, first + found.start);
        const uint32_t end = find_unit(units, first + found.end);
        if (!is_word(row, units, start, end))
            continue;
        const struct userdict_hit hit = {{end - start, entry, row->level, row->pos}, dict, NULL};
        TRY(add_hit(finder, part->first + start, hit, reterr));
        if (found.end > walk.at)
            walk.at = found.end;
    }
}

jw_status jwi_userdict_find(struct userdict_finder *finder, const struct userdict_part *part,
                            jw_error *reterr)
{
    if (!finder->is_used || !part->text.units.len)
        return JW_OK;
    if (!finder->room)
        finder->room = jwi_pattern_room(finder->scratch);
    if (!finder->hits)
        finder->hits = PUSH_ZERO(finder->scratch, const struct userdict_hit *, part->unit_count);
    if (!finder->room || !finder->hits)
        return jwi_fail_memory(reterr);
    for (uint32_t dict = finder->dict_count; dict-- > 0;) {
        const struct userdict_row *rows = finder->dicts[dict]->rows;
        for (uint32_t i = finder->dicts[dict]->last_pattern; i != JW_NONE;
             i = rows[i].next[ROOT_PLAIN])
            if (rows[i].type || !finder->is_for_names)
                TRY(find_row(finder, part, dict, i, reterr));
    }
    return JW_OK;
}

uint32_t jwi_userdict_pieces(const jw_userdict *dict, uint32_t entry, const uint8_t **ret)
{
    *ret = dict->rows[entry].piece_end;
    return dict->rows[entry].piece_count;
}

int jwi_userdict_has_names(const jw_userdict *dict)
{
    return dict->has_names;
}

uint32_t jwi_userdict_name(const jw_userdict *dict, uint32_t entry, jw_bytes *entity)
{
    const struct userdict_row *row = &dict->rows[entry];
    *entity = row->entity;
    return row->type ? row->type - 1u : JW_NONE;
}
