/* SPDX-License-Identifier: Apache-2.0 */
/* See company_word.h. */
#include "model/company_word.h"

enum { WORD_MIN = 2, WORD_MAX = 12, PROTOTYPE_LEN = 2 };

/* Every entity the name may stand for is a company, and nothing says that the name is a word. */
static int is_plain_name(const struct kb *kb, uint32_t name)
{
    int is_company = 0;
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind > KB_SHORT || link->flags & (KB_WORD | KB_CONTEXT | KB_NOUN))
            return 0;
        const uint32_t type = kb->entities[link->target].type;
        if (type != KB_COM && type != KB_FIN)
            return 0;
        is_company = 1;
    }
    return is_company;
}

static int is_company(const struct kb *kb, struct units word)
{
    uint16_t symbols[WORD_MAX];
    if (word.len < WORD_MIN || word.len > WORD_MAX)
        return 0;
    for (uint32_t i = 0; i < word.len; i++) {
        if (word.cls[i] != UNIT_HAN)
            return 0;
        symbols[i] = kb_symbol(kb, word.code[i]);
    }
    struct kb_walk walk = kb_walk_start(kb, symbols, 0, word.len);
    while (kb_walk_next(&walk))
        if (walk.len == word.len)
            return is_plain_name(kb, walk.name);
    return 0;
}

struct units jwi_company_word(const struct kb *kb, struct units word)
{
    static const uint32_t code[PROTOTYPE_LEN] = {0x4e2d, 0x92fc}; /* 中鋼 */
    static const uint8_t cls[PROTOTYPE_LEN] = {UNIT_HAN, UNIT_HAN};
    const struct units prototype = {code, cls, word.at, PROTOTYPE_LEN};
    return kb && is_company(kb, word) ? prototype : word;
}
