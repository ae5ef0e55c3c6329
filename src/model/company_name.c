/* SPDX-License-Identifier: Apache-2.0 */
/* See company_name.h. */
#include "model/company_name.h"

#include "base/utf8.h"

#include <string.h>

const uint32_t jwi_company_mask[COMPANY_MASK_LEN] = {0x5b8f, 0x7881}; /* 宏碁 */

enum kb_type jwi_company_type(const struct kb *kb, uint32_t name)
{
    enum kb_type ret = KB_TYPE_COUNT;
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind > KB_SHORT || link->flags & (KB_WORD | KB_CONTEXT | KB_NOUN | KB_QUIET))
            return KB_TYPE_COUNT;
        const uint32_t type = kb->entities[link->target].type;
        if (type != KB_COM && type != KB_FIN)
            return KB_TYPE_COUNT;
        if (ret == KB_TYPE_COUNT)
            ret = (enum kb_type)type;
    }
    return ret;
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
        if (jwi_company_type(kb, name) == KB_TYPE_COUNT || !begins_with(kb, name, symbols))
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
