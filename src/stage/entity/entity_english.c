/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Companies by an English legal form: Evergreen Marine (Asia) Pte. Ltd., Wiwynn International Corporation.  The name runs back over Latin
 * words and the marks between them; what the list knows by all that stands before the form is that company, Apple Inc.
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "base/search.h"

enum { NAME_MAX = 80, POINTS_ENGLISH = 92 };

/* Letters of the word at the unit that equal the form, whatever their case; 0 when it is another word. */
static uint32_t match_form(const struct linker *linker, uint32_t at, const char *form)
{
    const struct units *units = &linker->units;
    uint32_t n = 0;
    while (form[n] && at + n < units->len && (units->code[at + n] | 32) == (uint32_t)form[n])
        n++;
    return !form[n] && (at + n == units->len || !is_word_char(units->cls[at + n])) ? n : 0;
}

/* End of the legal form that starts at the unit, with its full stop; `at` when none does. */
static uint32_t form_end(const struct linker *linker, uint32_t at)
{
    static const char *const forms[] = {"ltd", "limited", "inc", "corporation", "corp", "llc", "gmbh", "incorporated", "plc", "n.v", "s.a", "b.v"};
    static const char *const short_forms[] = {"AG", "SE", "NV", "SA", "BV"}; /* in capitals: words otherwise */
    if (!at || linker->units.cls[at] != UNIT_LATIN || is_word_char(linker->units.cls[at - 1]))
        return at;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const uint32_t n = match_form(linker, at, forms[i]);
        if (n)
            return at + n + (at + n < linker->units.len && linker->units.code[at + n] == '.');
    }
    for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++)
        if (at + 2 <= linker->units.len && linker->units.code[at] == (uint32_t)short_forms[i][0] &&
            linker->units.code[at + 1] == (uint32_t)short_forms[i][1] && (at + 2 == linker->units.len || !is_word_char(linker->units.cls[at + 2])))
            return at + 2;
    return at;
}

static int is_between_words(uint32_t code)
{
    return code == ' ' || code == '.' || code == ',' || code == '&' || code == '-' || code == '(' || code == ')' || code == '\'' || code == '/';
}

/* First letter of the name whose legal form starts at `at`. */
static uint32_t english_start(const struct linker *linker, uint32_t at)
{
    const struct units *units = &linker->units;
    uint32_t start = at;
    for (uint32_t i = at; i-- > 0 && at - i < NAME_MAX && (is_word_char(units->cls[i]) || is_between_words(units->code[i]));)
        if (is_word_char(units->cls[i]) && (!i || !is_word_char(units->cls[i - 1])) && units->cls[i] == UNIT_LATIN &&
            units->code[i] < 'a')
            start = i;
    return start;
}

/* Last unit of what stands before the legal form and its marks. */
static uint32_t stem_end(const struct linker *linker, uint32_t start, uint32_t at)
{
    while (at > start && is_between_words(linker->units.code[at - 1]))
        at--;
    return at;
}

static uint32_t known_by(const struct linker *linker, uint32_t start, uint32_t end)
{
    const uint32_t low = SEARCH_FROM(linker->names, linker->name_count, start, start);
    if (low == linker->name_count)
        return JW_NONE;
    const struct name *name = &linker->names[low];
    return name->start == start && name->end == end && name->flags & NAME_TAKEN ? name->entity : JW_NONE;
}

jw_status jwi_entity_english(struct linker *linker, jw_error *reterr)
{
    struct list list = {PUSH(linker->room->scratch, struct name, LOCAL_ENGLISH), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t at = 0; at < linker->units.len && list.len < LOCAL_ENGLISH; at++) {
        const uint32_t end = form_end(linker, at);
        const uint32_t from = list.len ? list.at[list.len - 1].end : 0;
        const uint32_t start = end > at ? english_start(linker, at) : at;
        if (start == at || start < from || form_end(linker, start) > start)
            continue;
        uint32_t entity = known_by(linker, start, stem_end(linker, start, at));
        if (entity == JW_NONE)
            entity = jwi_entity_new_local(linker, start, end);
        list.at[list.len++] = jwi_entity_name(start, end, entity, KB_FULL, POINTS_ENGLISH);
    }
    return jwi_entity_add(linker, list.at, list.len, reterr);
}
