/* SPDX-License-Identifier: Apache-2.0 */
/* See company_name.h. */
#include "model/company_name.h"

#include "base/utf8.h"

#include <string.h>

const uint32_t jwi_company_mask[COMPANY_MASK_LEN] = {0x5b8f, 0x7881}; /* 宏碁 */

/* Points as the linker counts them, but for tags, which come later (docs/LINKING.md): 30 make a name. */
enum {
    ENOUGH = 30,
    OF_TWO = 4,
    OF_MORE = 14,
    AT_START = 6,
    NEAR_EACH = 5,
    NEAR_MAX = 4,
    NEAR_REACH = 16, /* units */
    BEFORE_EACH = 7,
    AFTER_EACH = 9,
    CUE_MAX = 8,     /* units of a cue */
    CODE_MAX = 12    /* units of what stands in brackets behind a name */
};

/* Flags of names that stand for a company only where something else says so. */
enum { NEVER_ALONE = KB_CONTEXT | KB_NOUN | KB_QUIET };

/* KB_TYPE_COUNT unless the name is a company's and nothing else of the list, and has none of the flags. */
static enum kb_type type_of(const struct kb *kb, uint32_t name, uint32_t barred)
{
    enum kb_type ret = KB_TYPE_COUNT;
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind > KB_SHORT || link->flags & barred)
            return KB_TYPE_COUNT;
        const uint32_t type = kb->entities[link->target].type;
        if (type != KB_COM && type != KB_FIN)
            return KB_TYPE_COUNT;
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
    if (at == sentence.len || sentence.code[at] != '(')
        return at;
    uint32_t close = at + 1;
    while (close < sentence.len && close - at < CODE_MAX && sentence.code[close] != ')')
        close++;
    return close < sentence.len && sentence.code[close] == ')' ? skip_blanks(sentence, close + 1) : at;
}

/* What the cues say that stand around [start, end). */
struct cues {
    uint32_t start, end, behind;
    uint32_t near, before, after;
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

static int is_clause_start(struct units sentence, uint32_t at)
{
    return !at || sentence.cls[at - 1] == UNIT_PUNCT || sentence.cls[at - 1] == UNIT_SPACE;
}

enum kb_type jwi_company_at(const struct kb *kb, uint32_t name, struct units sentence, uint32_t start, uint32_t end)
{
    const enum kb_type ret = type_of(kb, name, NEVER_ALONE);
    if (ret == KB_TYPE_COUNT || type_of(kb, name, NEVER_ALONE | KB_WORD) != KB_TYPE_COUNT)
        return ret;
    struct cues cues = {start, end, unit_behind(sentence, end), 0, 0, 0};
    find_cues(kb, sentence, &cues);
    uint32_t points = end - start > 2 ? OF_MORE : OF_TWO;
    points += is_clause_start(sentence, start) ? AT_START : 0;
    points += cues.before * BEFORE_EACH + cues.after * AFTER_EACH + (cues.near < NEAR_MAX ? cues.near : NEAR_MAX) * NEAR_EACH;
    return points < ENOUGH ? KB_TYPE_COUNT : ret;
}

enum kb_type jwi_company_of_label(const struct kb *kb, uint32_t label)
{
    return label && kb->label[KB_COM] == label - 1 ? KB_COM : label && kb->label[KB_FIN] == label - 1 ? KB_FIN : KB_TYPE_COUNT;
}

/* The first two symbols of a name; false when it has fewer. */
static int begins_with(const struct kb *kb, uint32_t name, uint16_t ret[2])
{
    const jw_bytes text = kb_string(kb, kb->links[kb->link_at[name]].text);
    size_t at = 0;
    for (int i = 0; i < 2; i++) {
        uint32_t len;
        const uint32_t code = at < text.len ? jwi_utf8_decode(text.at + at, text.at + text.len, &len) : UTF8_INVALID;
        if (code == UTF8_INVALID)
            return 0;
        ret[i] = kb_symbol(kb, code);
        at += len;
    }
    return 1;
}

void jwi_company_names_open(const struct kb *kb, struct company_names *ret)
{
    memset(ret, 0, sizeof *ret);
    ret->kb = kb;
    for (uint32_t name = 0; name < kb->name_count; name++) {
        uint16_t symbols[2];
        if (type_of(kb, name, NEVER_ALONE) == KB_TYPE_COUNT || !begins_with(kb, name, symbols))
            continue;
        const uint32_t pair = company_pair(symbols[0], symbols[1]);
        ret->pairs[pair >> 3] |= (uint8_t)(1u << (pair & 7));
    }
}

int jwi_company_is_form(struct units name)
{
    uint32_t len = name.len;
    if (len > 3 && name.code[len - 3] == '-' && (name.code[len - 2] | 32) == 'k' && (name.code[len - 1] | 32) == 'y')
        return 1;
    len -= len > 2 && name.code[len - 1] == '*';
    for (uint32_t i = 0; i < len; i++)
        if (name.cls[i] != UNIT_HAN)
            return 0;
    return len > 1;
}
