/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the record says beside its text: the company that issued it, by code or name, which 本公司 then stands for, and entities it is said to
 * be about.  Their names need fewer points, no more: a hint forces no link.
 */
#include "stage/entity/entity.h"

static uint32_t entity_of_hint(const struct kb *kb, jw_bytes hint)
{
    uint32_t entity = jwi_kb_find_eid(kb, hint);
    if (entity == JW_NONE)
        entity = jwi_kb_find_code(kb, hint);
    if (entity == JW_NONE && hint.len == 8)
        entity = jwi_kb_find_ubn(kb, hint.at);
    return entity;
}

static void read_hints(struct linker *linker, jw_bytes hints)
{
    for (size_t at = 0; at < hints.len;) {
        size_t end = at;
        while (end < hints.len && hints.at[end] != ' ' && hints.at[end] != ';')
            end++;
        const jw_bytes hint = {hints.at + at, end - at};
        const uint32_t entity = hint.len ? entity_of_hint(linker->kb, hint) : JW_NONE;
        if (entity != JW_NONE)
            linker->seen[entity] |= SEEN_HINTED;
        at = end + 1;
    }
}

void jwi_entity_record(struct linker *linker)
{
    const jw_meta *const meta = &linker->doc->meta;
    linker->issuer = jwi_kb_find_code(linker->kb, meta->issuer);
    if (linker->issuer == JW_NONE && meta->issuer_name.len)
        linker->issuer = jwi_kb_find_company(linker->kb, meta->issuer_name);
    if (linker->issuer != JW_NONE)
        linker->seen[linker->issuer] |= SEEN_HINTED;
    read_hints(linker, meta->hints);
}
