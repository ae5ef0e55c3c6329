/* SPDX-License-Identifier: Apache-2.0 */
/* See place_name.h. */
#include "model/place_name.h"

const uint32_t jwi_place_mask[NAME_MASK_LEN] = {0x53f0, 0x7063}; /* 台灣 */

enum { PLACE_MAX = 5 };

/* Whether places alone have the name; *ret_is_name: whether anything has it. */
static int is_place(const struct kb *kb, uint32_t name, int *ret_is_name)
{
    *ret_is_name = 0;
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind == KB_CUE || link->kind == KB_ROLE)
            continue;
        *ret_is_name = 1;
        if (link->kind > KB_SHORT || kb->entities[link->target].type != KB_LOC || link->flags & (KB_WORD | KB_CONTEXT | KB_NOUN))
            return 0;
    }
    return *ret_is_name;
}

static int is_plain(struct units name)
{
    if (code_is_one_of(name.code[name.len - 1], u"市縣區鄉鎮州省"))
        return 0;
    for (uint32_t i = 0; i < name.len; i++)
        if (name.cls[i] != UNIT_HAN)
            return 0;
    return name.len > 1 && name.len <= PLACE_MAX;
}

uint32_t jwi_place_end(const struct kb *kb, struct units sentence, const uint16_t *symbols, uint32_t at)
{
    struct kb_walk walk = kb_walk_start(kb, symbols, at, sentence.len);
    uint32_t ret = at;
    while (kb_walk_next(&walk)) {
        int is_name = 0;
        const int is_one = is_place(kb, walk.name, &is_name) && is_plain(units_slice(sentence, at, at + walk.len));
        if (is_name)
            ret = is_one ? at + walk.len : at;
    }
    return ret;
}
