/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Candidates: all names, cues and roles of the base that match, then the set of names without overlap that weighs most.  Longer names weigh
 * more, so 國泰世華銀行 hides 國泰世華 and 統一發票 hides 統一.  Cost: one walk of the trie a unit and a sort-free pass over the matches.
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "base/search.h"

enum {
    WEIGHT_UNIT = 10,
    WEIGHT_EACH = -4, /* one long name before two short ones */
    WEIGHT_UNALIGNED = -12,
    WEIGHT_WEAK = -5 /* ordinary word, nickname, code */
};

/* Room to fill; NULL arrays only count. */
struct found {
    struct name *names;
    struct cue *cues;
    struct role *roles;
    uint32_t name_count, cue_count, role_count;
};

static jw_status fill_symbols(struct linker *linker, jw_error *reterr)
{
    const uint32_t len = linker->units.len;
    uint16_t *symbols = PUSH(linker->room->scratch, uint16_t, len);
    linker->edge = PUSH_ZERO(linker->room->scratch, uint8_t, (size_t)len + 1);
    if (!symbols || !linker->edge)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < len; i++)
        symbols[i] = kb_symbol(linker->kb, linker->units.code[i]);
    linker->symbols = symbols;
    for (uint32_t i = 0; i < linker->doc->token_count; i++) {
        linker->edge[linker->room->words[i].start] = 1;
        linker->edge[linker->room->words[i].end] = 1;
    }
    return JW_OK;
}

/* 貿聯-KY|9月, 貿聯-KY|Q3: the suffix ends a name whatever is behind it, if a word ends there. */
static int is_cut_off(const struct linker *linker, uint32_t end)
{
    const uint32_t *code = linker->units.code;
    return linker->edge[end] && end > 2 && code[end - 3] == '-' && (code[end - 2] | 32) == 'k' && (code[end - 1] | 32) == 'y';
}

/* 3000億|元晶片, 達新|台幣: letters of a sum of money are no name's. */
static int is_money_letter(const struct linker *linker, uint32_t start, uint32_t end)
{
    static const uint16_t scales[] = {0x767e, 0x5343, 0x842c, 0x5104, 0x5146}; /* 百千萬億兆 */
    const struct units *units = &linker->units;
    for (size_t i = 0; start && units->code[start] == 0x5143 && i < sizeof scales / sizeof *scales; i++) /* 元 */
        if (units->code[start - 1] == scales[i])
            return 1;
    return end + 1 < units->len && units->code[end - 1] == 0x65b0 && (units->code[end] == 0x53f0 || units->code[end] == 0x81fa) &&
           units->code[end + 1] == 0x5e63; /* 新, 台 臺, 幣 */
}

/* "AI概念股" in "買AI概念股", not in "OpenAI概念股": a letter or digit at an edge of the name has none beside it. */
static int has_free_edges(const struct linker *linker, uint32_t start, uint32_t end)
{
    const struct units *units = &linker->units;
    if (is_money_letter(linker, start, end))
        return 0;
    if (start && is_word_char(units->cls[start]) && is_word_char(units->cls[start - 1]) && !is_cut_off(linker, start))
        return 0;
    return end == units->len || !is_word_char(units->cls[end - 1]) || !is_word_char(units->cls[end]) || is_cut_off(linker, end);
}

/* ADI is no name in ADI-PEG; a code may have a market behind it, a name the suffix -KY. */
static int is_hyphenated(const struct linker *linker, uint32_t end)
{
    const struct units *units = &linker->units;
    if (end + 1 >= units->len || units->code[end] != '-' || !is_word_char(units->cls[end + 1]))
        return 0;
    return units->cls[end - 1] == UNIT_LATIN && (units->code[end + 1] | 32) != 'k';
}

/* 2330 is no code in 12,330, 2330.5 or 0.2330. */
static int is_part_of_number(const struct linker *linker, uint32_t start, uint32_t end)
{
    const struct units *units = &linker->units;
    const uint32_t *code = units->code;
    const int before = start >= 2 && units->cls[start - 2] == UNIT_DIGIT &&
                       (code[start - 1] == ',' || code[start - 1] == '.');
    const int after = end + 1 < units->len && units->cls[end + 1] == UNIT_DIGIT &&
                      (code[end] == ',' || code[end] == '.');
    return before || after;
}

/* Whether any link of the name allows it where it stands; the kinds of those that do, as bits. */
static uint32_t allowed_kinds(const struct linker *linker, uint32_t key, uint32_t start,
                              uint32_t end)
{
    const struct kb *kb = linker->kb;
    uint32_t kinds = 0;
    for (uint32_t i = kb->link_at[key]; i < kb->link_at[key + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (!jwi_kb_has_case(kb, link, linker->units.code + start))
            continue;
        if (link->kind == KB_CODE && is_part_of_number(linker, start, end))
            continue;
        if (link->kind < KB_CODE && is_hyphenated(linker, end))
            continue;
        kinds |= 1u << link->kind;
    }
    return kinds;
}

static void push_cue(struct found *found, uint32_t start, uint32_t end, uint32_t weights)
{
    const struct cue cue = {
        start, end, (uint8_t)weights, (uint8_t)(weights >> 8), (uint8_t)(weights >> 16), 0};
    if (found->cues)
        found->cues[found->cue_count] = cue;
    found->cue_count++;
}

static void push_role(struct found *found, uint32_t start, uint32_t end, uint32_t role)
{
    const struct role one = {start, end, role};
    if (found->roles)
        found->roles[found->role_count] = one;
    found->role_count++;
}

static void push_name(const struct linker *linker, struct found *found, uint32_t start,
                      uint32_t end, uint32_t key)
{
    const int is_aligned = linker->edge[start] && linker->edge[end];
    const struct name name = {start,         end, key, JW_NONE, 0, is_aligned ? NAME_ALIGNED : 0,
                              KB_KIND_COUNT, 0};
    if (found->names)
        found->names[found->name_count] = name;
    found->name_count++;
}

static void push_match(const struct linker *linker, struct found *found, uint32_t start,
                       uint32_t end, uint32_t key)
{
    enum {
        NAMES = 1 << KB_FULL | 1 << KB_SHORT | 1 << KB_ENGLISH | 1 << KB_NICK | 1 << KB_CODE |
                1 << KB_HIDE
    };
    const struct kb *kb = linker->kb;
    if (!has_free_edges(linker, start, end))
        return;
    const uint32_t kinds = allowed_kinds(linker, key, start, end);
    if (kinds & NAMES)
        push_name(linker, found, start, end, key);
    for (uint32_t i = kb->link_at[key];
         i < kb->link_at[key + 1] && kinds & (1u << KB_CUE | 1u << KB_ROLE); i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind == KB_CUE)
            push_cue(found, start, end, link->target);
        else if (link->kind == KB_ROLE && link->target != KB_ROLE_RANK && link->target != KB_ROLE_SAYS)
            push_role(found, start, end, link->target);
    }
}

/* Nothing reaches across the edge of a part. */
static void scan_part(const struct linker *linker, uint32_t start, uint32_t end,
                      struct found *found)
{
    for (uint32_t at = start; at < end; at++) {
        struct kb_walk walk = kb_walk_start(linker->kb, linker->symbols, at, end);
        while (kb_walk_next(&walk))
            push_match(linker, found, at, at + walk.len, walk.name);
    }
}

static void scan(const struct linker *linker, struct found *found)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < linker->doc->part_count; i++) {
        uint32_t end = at;
        while (end < linker->units.len && linker->units.at[end] < linker->doc->parts[i].text.end)
            end++;
        scan_part(linker, at, end, found);
        at = end;
    }
}

/* How much a name is worth to the choice among overlapping ones. */
static int32_t weight_of(const struct kb *kb, const struct name *name)
{
    int is_weak = 1;
    for (uint32_t i = kb->link_at[name->key]; i < kb->link_at[name->key + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind == KB_HIDE ||
            (link->kind < KB_CODE && !(link->flags & (KB_WORD | KB_CONTEXT))))
            is_weak = 0;
    }
    const int32_t weight = (int32_t)(name->end - name->start) * WEIGHT_UNIT + WEIGHT_EACH +
                           (is_weak ? WEIGHT_WEAK : 0) +
                           (name->flags & NAME_ALIGNED ? 0 : WEIGHT_UNALIGNED);
    return weight > 0 ? weight : 1;
}

/* First name from `low` on that starts at or after the unit. */
static uint32_t next_from(const struct linker *linker, uint32_t low, uint32_t unit)
{
    return low + SEARCH_FROM(linker->names + low, linker->name_count - low, start, unit);
}

/* 統一發票 names nothing; 聯合國 hides 聯合 and is a name itself; 大略 is a word first. */
static int is_hidden(const struct kb *kb, const struct name *name)
{
    int is_hidden = 0;
    for (uint32_t i = kb->link_at[name->key]; i < kb->link_at[name->key + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind < KB_CODE && !(link->flags & (KB_WORD | KB_CONTEXT | KB_NOUN)))
            return 0;
        is_hidden |= link->kind == KB_HIDE;
    }
    return is_hidden;
}

/* Weighted interval scheduling from the right; strict > keeps the leftmost of equals. */
static jw_status choose(struct linker *linker, jw_error *reterr)
{
    const uint32_t n = linker->name_count;
    int64_t *best = PUSH(linker->room->scratch, int64_t, (size_t)n + 1);
    uint32_t *next = PUSH(linker->room->scratch, uint32_t, n);
    if (!best || !next)
        return jwi_fail_memory(reterr);
    best[n] = 0;
    for (uint32_t i = n; i-- > 0;) {
        const uint32_t after = next_from(linker, i + 1, linker->names[i].end);
        const int64_t with = best[after] + weight_of(linker->kb, &linker->names[i]);
        next[i] = with >= best[i + 1] ? after : JW_NONE;
        best[i] = with >= best[i + 1] ? with : best[i + 1];
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n;) {
        const uint32_t after = next[i];
        if (after != JW_NONE && !is_hidden(linker->kb, &linker->names[i]))
            linker->names[kept++] = linker->names[i];
        i = after == JW_NONE ? i + 1 : after;
    }
    linker->name_count = kept;
    return JW_OK;
}

jw_status jwi_entity_scan(struct linker *linker, jw_error *reterr)
{
    struct found found = {0};
    struct arena *scratch = linker->room->scratch;
    TRY(fill_symbols(linker, reterr));
    scan(linker, &found);
    found.names = linker->names = PUSH(scratch, struct name, found.name_count);
    found.cues = linker->cues = PUSH(scratch, struct cue, found.cue_count);
    found.roles = linker->roles = PUSH(scratch, struct role, found.role_count);
    if (!found.names || !found.cues || !found.roles)
        return jwi_fail_memory(reterr);
    found.name_count = found.cue_count = found.role_count = 0;
    scan(linker, &found);
    linker->name_count = found.name_count;
    linker->cue_count = found.cue_count;
    linker->role_count = found.role_count;
    return choose(linker, reterr);
}
