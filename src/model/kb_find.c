/* SPDX-License-Identifier: Apache-2.0 */
/* Names looked up whole, and their capitals; see kb.h. */
#include "model/kb.h"

uint32_t jwi_kb_find_name(const struct kb *kb, const uint32_t *code, uint32_t len)
{
    uint16_t symbols[KB_NAME_MAX];
    if (len == 0 || len > KB_NAME_MAX)
        return JW_NONE;
    for (uint32_t i = 0; i < len; i++)
        symbols[i] = kb_symbol(kb, code[i]);
    struct kb_walk walk = kb_walk_start(kb, symbols, 0, len);
    while (kb_walk_next(&walk))
        if (walk.len == len)
            return walk.name;
    return JW_NONE;
}

int jwi_kb_has_link(const struct kb *kb, uint32_t name, enum kb_kind kind, uint32_t target)
{
    for (uint32_t i = name == JW_NONE ? 0 : kb->link_at[name]; name != JW_NONE && i < kb->link_at[name + 1]; i++)
        if (kb->links[i].kind == kind && (target == JW_NONE || kb->links[i].target == target))
            return 1;
    return 0;
}

int jwi_kb_has_case(const struct kb *kb, const struct kb_link *link, const uint32_t *code)
{
    enum { TITLE_LEN = 6 }; /* letters of a name whose inner capitals may differ: DeepSeek, Deepseek */
    const jw_bytes text = kb_string(kb, link->text);
    int is_same = 1, is_upper = text.len > 2;
    if (!(link->flags & KB_EXACT))
        return 1;
    for (size_t i = 0; i < text.len && (unsigned char)text.at[i] < 0x80; i++) {
        is_same &= code[i] == (unsigned char)text.at[i];
        is_upper &= !(code[i] >= 'a' && code[i] <= 'z');
    }
    return is_same || is_upper || (text.len >= TITLE_LEN && code[0] == (unsigned char)text.at[0]);
}
