/* SPDX-License-Identifier: Apache-2.0 */
/* See company_name.h. */
#include "model/company_name.h"

const uint32_t jwi_company_mask[NAME_MASK_LEN] = {0x5b8f, 0x7881}; /* 宏碁 */

/* Points as the linker counts them, but for tags, which come later (docs/LINKING.md): 30 make a name. */
enum {
    ENOUGH = 30,
    NEVER = -1000,
    /* form, by how common the word is; 3 units and more are as the rarest */
    OF_RARE = 14,
    OF_SELDOM = 12,
    OF_KNOWN = 10,
    OF_COMMON = 8,
    OF_EVERYDAY = 4,
    NOUN = -4,
    NOUN_UNKNOWN = -12, /* to the word list: often a word of late, 綠電 */
    NOUN_EVERYDAY = -16,
    /* place */
    AT_START = 6,
    AT_HEAD = 18,     /* of a headline or of a clause of one */
    WITH_NUMBER = 4,  /* in it; not for everyday words: 世界100強 */
    BEFORE_COLON = 9, /* there */
    BEFORE_NUMBER = 8, /* likewise */
    BEFORE_OF = -12,  /* 精湛的, 卓越級 */
    HEADLINE = 48,    /* units */
    /* surroundings */
    NEAR_EACH = 5,
    NEAR_MAX = 4,
    NEAR_REACH = 16, /* units */
    BEFORE_EACH = 7,
    AFTER_EACH = 9,
    CUE_MAX = 8,     /* units of a cue */
    LISTED = 20,     /* beside a company in a list */
    LISTED_MAX = 6,  /* units of that company's name */
    LATIN_LEAST = 3, /* letters of a name in letters */
    CODE_MAX = 12    /* units of what stands in brackets behind a name */
};

/* How common a word is from which it costs points: struct kb_link. */
enum { SELDOM = 6, KNOWN, COMMON, EVERYDAY = 10 };

/* KB_TYPE_COUNT unless the name may be a company's, as written at `code`, and is nothing else of the list; *ret_flags are those of all its links. */
static enum kb_type type_of(const struct kb *kb, uint32_t name, const uint32_t *code, uint32_t *ret_flags)
{
    enum kb_type ret = KB_TYPE_COUNT;
    *ret_flags = 0;
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind == KB_CUE || link->kind == KB_ROLE)
            continue;
        const uint32_t type = link->kind <= KB_ENGLISH ? kb->entities[link->target].type : KB_TYPE_COUNT;
        if (!company_is_link(link, type) || !jwi_kb_has_case(kb, link, code))
            return KB_TYPE_COUNT;
        *ret_flags |= link->flags;
        if (ret == KB_TYPE_COUNT)
            ret = (enum kb_type)type;
    }
    return ret;
}

static uint32_t skip_blanks(struct units sentence, uint32_t at)
{
    while (at < sentence.len && sentence.cls[at] == UNIT_SPACE)
        at++;
    return at;
}

/* Unit behind the name and its code in brackets. */
static uint32_t unit_behind(struct units sentence, uint32_t end)
{
    const uint32_t at = skip_blanks(sentence, end);
    const uint32_t limit = sentence.len - at < CODE_MAX + 1 ? sentence.len : at + CODE_MAX + 1;
    return skip_blanks(sentence, units_note_end(sentence, at, limit));
}

/* What the cues say that stand around [start, end). */
struct cues {
    uint32_t start, end, behind;
    uint32_t near, before, after;
    uint32_t time; /* where words of time behind the name end: 幸福|去年Q4 */
    uint32_t firm; /* the greatest `after` of a cue behind the name or those words that tells of companies, 股東會 */
};

static void take_cue(const struct kb_link *link, uint32_t start, uint32_t end, struct cues *cues)
{
    const uint32_t near = link->target & 255, before = link->target >> 8 & 255, after = link->target >> 16 & 255;
    if (end > cues->start && start < cues->end)
        return;
    if (end == cues->start && before > cues->before)
        cues->before = before;
    else if ((start == cues->end || start == cues->behind) && after > cues->after)
        cues->after = after;
    else
        cues->near += near;
    if (start != cues->end && start != cues->behind && start != cues->time)
        return;
    if (!near && after)
        cues->time = end;
    else if (after > cues->firm)
        cues->firm = after;
}

static void find_cues(const struct kb *kb, struct units sentence, struct cues *cues)
{
    uint16_t symbols[CUE_MAX];
    const uint32_t from = cues->start > NEAR_REACH + CUE_MAX ? cues->start - NEAR_REACH - CUE_MAX : 0;
    for (uint32_t at = from; at < sentence.len && at < cues->end + NEAR_REACH; at++) {
        const uint32_t left = sentence.len - at, len = left < CUE_MAX ? left : CUE_MAX;
        for (uint32_t i = 0; i < len; i++)
            symbols[i] = kb_symbol(kb, sentence.code[at + i]);
        struct kb_walk walk = kb_walk_start(kb, symbols, 0, len);
        while (kb_walk_next(&walk))
            for (uint32_t i = kb->link_at[walk.name]; i < kb->link_at[walk.name + 1]; i++)
                if (kb->links[i].kind == KB_CUE)
                    take_cue(&kb->links[i], at, at + walk.len, cues);
    }
}

/* Headlines have blanks between their clauses, and no comma or full stop. */
static int is_headline(struct units sentence, int *ret_has_number)
{
    *ret_has_number = 0;
    if (sentence.len > HEADLINE)
        return 0;
    for (uint32_t i = 0; i < sentence.len; i++) {
        if (sentence.code[i] == ',' || sentence.code[i] == ';' || sentence.code[i] == 0x3002)
            return 0;
        *ret_has_number |= sentence.cls[i] == UNIT_DIGIT;
    }
    return 1;
}

/* 」』】〉》] and what opens like them, or a blank. */
static int is_before_clause(uint32_t code)
{
    return code == ' ' || code == '[' || code == ']' || (code >= 0x3008 && code <= 0x3011);
}

/* 的之地性化級型式區: what makes an attribute or a part of the word before it. */
static int is_of(uint32_t code)
{
    static const uint16_t of[] = {0x7684, 0x4e4b, 0x5730, 0x6027, 0x5316, 0x7d1a, 0x578b, 0x5f0f, 0x5340};
    for (uint32_t i = 0; i < sizeof of / sizeof *of; i++)
        if (code == of[i])
            return 1;
    return 0;
}

static int is_clause_start(struct units sentence, uint32_t at)
{
    return !at || sentence.cls[at - 1] == UNIT_PUNCT || sentence.cls[at - 1] == UNIT_SPACE;
}

/* Where a name stands: at the head of a headline or of a clause of one, at the head of another clause, or within one. */
enum place { WITHIN, AT_CLAUSE, AT_HEADLINE };

static enum place place_of(struct units sentence, uint32_t start, int *ret_has_number)
{
    if (!is_clause_start(sentence, start))
        return WITHIN;
    return (start && !is_before_clause(sentence.code[start - 1])) || !is_headline(sentence, ret_has_number) ? AT_CLAUSE : AT_HEADLINE;
}

static int32_t points_of_form(const struct kb_link *link, enum place place, uint32_t len)
{
    const uint32_t common = link->common;
    if (len > 2)
        return OF_RARE;
    if (place == AT_CLAUSE)
        return common < SELDOM ? OF_COMMON : OF_EVERYDAY;
    if (place == WITHIN || common >= EVERYDAY)
        return OF_EVERYDAY;
    return common < SELDOM ? OF_RARE : common < KNOWN ? OF_SELDOM : common < COMMON ? OF_KNOWN : OF_COMMON;
}

/* What is behind the name, and the number somewhere in a headline that has one. */
static int32_t points_of_headline(const struct kb_link *link, uint32_t flags, struct units sentence, uint32_t end, int has_number)
{
    const uint8_t cls = end < sentence.len ? sentence.cls[end] : UNIT_PUNCT;
    const int is_everyday = link->common >= EVERYDAY;
    int32_t ret = AT_HEAD + (end < sentence.len && sentence.code[end] == ':' ? BEFORE_COLON : 0);
    if (flags & KB_NOUN)
        ret += is_everyday ? NOUN_EVERYDAY : link->common ? NOUN : NOUN_UNKNOWN;
    if (!is_everyday)
        ret += (has_number ? WITH_NUMBER : 0) + (cls == UNIT_DIGIT || cls == UNIT_LATIN ? BEFORE_NUMBER : 0);
    return ret;
}

/* Without cues; nouns are names in headlines alone. */
static int32_t points_of_name(const struct kb_link *link, uint32_t flags, struct units sentence, uint32_t start, uint32_t end, enum place place,
                              int has_number)
{
    const int32_t ret = points_of_form(link, place, end - start) + (end < sentence.len && is_of(sentence.code[end]) ? BEFORE_OF : 0);
    if (place == AT_HEADLINE)
        return ret + points_of_headline(link, flags, sentence, end, has_number);
    return flags & KB_NOUN ? NEVER : ret + (place == AT_CLAUSE ? AT_START : 0);
}

/* The name of a company, and nothing else, starts at a unit or, with `end`, fills [start, end). */
static int is_company(const struct kb *kb, struct units sentence, uint32_t start, uint32_t end)
{
    uint16_t symbols[LISTED_MAX];
    const uint32_t left = sentence.len - start, len = left < LISTED_MAX ? left : LISTED_MAX;
    uint32_t flags;
    for (uint32_t i = 0; i < len; i++)
        symbols[i] = kb_symbol(kb, sentence.code[start + i]);
    struct kb_walk walk = kb_walk_start(kb, symbols, 0, len);
    while (kb_walk_next(&walk))
        if ((!end || start + walk.len == end) && walk.len > 1 && type_of(kb, walk.name, sentence.code + start, &flags) != KB_TYPE_COUNT &&
            !(flags & (KB_WORD | KB_NOUN)))
            return 1;
    return 0;
}

static int is_list_mark(struct units sentence, uint32_t at)
{
    return at < sentence.len && sentence.code[at] == 0x3001; /* 、 */
}

/* A company stands beside it, with only the mark of a list between. */
static int is_listed(const struct kb *kb, struct units sentence, uint32_t start, uint32_t behind)
{
    if (is_list_mark(sentence, behind) && is_company(kb, sentence, behind + 1, 0))
        return 1;
    if (!start || !is_list_mark(sentence, start - 1))
        return 0;
    for (uint32_t len = 2; len <= LISTED_MAX && len < start; len++)
        if (is_company(kb, sentence, start - 1 - len, start - 1))
            return 1;
    return 0;
}

/* The letters of a code stand at the unit. */
static int is_text(jw_bytes text, struct units sentence, uint32_t start)
{
    if (!text.len || start > sentence.len || sentence.len - start < text.len)
        return 0;
    for (uint32_t i = 0; i < text.len; i++)
        if (sentence.code[start + i] != (unsigned char)text.at[i])
            return 0;
    return 1;
}

static int is_digit(struct units sentence, uint32_t at)
{
    return at < sentence.len && sentence.cls[at] == UNIT_DIGIT;
}

/* The company's code is beside its name: 統一(1216), 1216 統一. */
static int has_code(const struct kb *kb, uint32_t name, struct units sentence, uint32_t start, uint32_t end)
{
    uint32_t before = start, behind = skip_blanks(sentence, end);
    while (before && (sentence.cls[before - 1] == UNIT_SPACE || sentence.code[before - 1] == ')'))
        before--;
    behind += behind < sentence.len && sentence.code[behind] == '(';
    if (!is_digit(sentence, behind) && (!before || !is_digit(sentence, before - 1)))
        return 0;
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++) {
        const jw_bytes code = kb_string(kb, kb->entities[kb->links[i].target].code);
        const uint32_t len = (uint32_t)code.len;
        if (is_text(code, sentence, behind) && !is_digit(sentence, behind + len))
            return 1;
        if (before >= len && is_text(code, sentence, before - len) && (before == len || !is_digit(sentence, before - len - 1)))
            return 1;
    }
    return 0;
}

enum kb_type jwi_company_at(const struct kb *kb, uint32_t name, struct units sentence, uint32_t start, uint32_t end, int is_word)
{
    uint32_t flags;
    const enum kb_type ret = type_of(kb, name, sentence.code + start, &flags);
    if (ret == KB_TYPE_COUNT || !(flags & (KB_WORD | KB_NOUN)) || has_code(kb, name, sentence, start, end))
        return ret;
    struct cues cues = {start, end, unit_behind(sentence, end), 0, 0, 0, 0, 0};
    find_cues(kb, sentence, &cues);
    int has_number = 0;
    const enum place place = place_of(sentence, start, &has_number);
    if (!is_word && place != AT_HEADLINE && !cues.after && end < sentence.len && sentence.cls[end] == UNIT_HAN)
        return KB_TYPE_COUNT;
    int32_t points = points_of_name(&kb->links[kb->link_at[name]], flags, sentence, start, end, place, has_number);
    points += is_listed(kb, sentence, start, cues.behind) ? LISTED : 0;
    if (flags & KB_NOUN && kb->links[kb->link_at[name]].common >= EVERYDAY)
        cues.after = cues.firm;
    points += (int32_t)(cues.before * BEFORE_EACH + cues.after * AFTER_EACH + (cues.near < NEAR_MAX ? cues.near : NEAR_MAX) * NEAR_EACH);
    return points < ENOUGH ? KB_TYPE_COUNT : ret;
}

enum kb_type jwi_masked_of_label(const struct kb *kb, uint32_t label)
{
    static const enum kb_type types[] = {KB_COM, KB_FIN, KB_PER};
    for (size_t i = 0; label && i < sizeof types / sizeof *types; i++)
        if (kb->label[types[i]] == label - 1)
            return types[i];
    return KB_TYPE_COUNT;
}

int jwi_company_has_suffix(struct units name)
{
    const uint32_t *end = name.code + name.len;
    return name.len > 3 && end[-3] == '-' && (end[-2] | 32) == 'k' && (end[-1] | 32) == 'y';
}

/* Zoom, AT&T: letters, the first of them a capital, blanks and marks. */
static int is_latin(struct units name)
{
    if (name.len < LATIN_LEAST || name.code[0] < 'A' || name.code[0] > 'Z')
        return 0;
    for (uint32_t i = 0; i < name.len; i++)
        if (name.cls[i] == UNIT_HAN)
            return 0;
    return 1;
}

int jwi_company_is_form(struct units name)
{
    uint32_t len = name.len;
    if (jwi_company_has_suffix(name) || is_latin(name))
        return 1;
    len -= len > 2 && name.code[len - 1] == '*';
    for (uint32_t i = 0; i < len; i++)
        if (name.cls[i] != UNIT_HAN)
            return 0;
    return len > 1;
}
