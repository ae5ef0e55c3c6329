/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of the things a name may mean what stands beside it leaves: a line or the company that runs it, an index or the newspaper of its
 * name, Taiwan's central bank or those of all the world.
 */
#include "stage/entity/entity.h"

/* 台灣高鐵 is a line and the company that runs it: the company. */
static int is_works_of_company(const struct linker *linker, const struct name *name, const struct kb_link *link)
{
    const struct kb_entity *entities = linker->kb->entities;
    if (entities[link->target].type != KB_FAC)
        return 0;
    for (uint32_t i = linker->kb->link_at[name->key]; i < linker->kb->link_at[name->key + 1]; i++)
        if (linker->kb->links[i].kind < KB_CODE && entities[linker->kb->links[i].target].type == KB_COM)
            return 1;
    return 0;
}

/* 日經報導, 日經：, 日經亞洲: who tells something is the newspaper, not the index. */
static int tells(const struct linker *linker, uint32_t end)
{
    static const uint32_t words[][2] = {{0x5831, 0x5c0e}, {0x5831, 0x9053}, {0x4e9e, 0x6d32}, {0x65b0, 0x805e}, {0x793e, 0x8ad6},
                                        {0x6307, 0x51fa}, {0x8abf, 0x67e5}, {0x4e2d, 0x6587}, {0x5f15, 0x8ff0}, {0x8a18, 0x8005},
                                        {0x7368, 0x5bb6}, {0x5c08, 0x8a2a}}; /* 報導 報道 亞洲 新聞 社論 指出 調查 中文 引述 記者 獨家 專訪 */
    const struct units *units = &linker->units;
    const uint32_t first = end < units->len ? units->code[end] : 0, next = end + 1 < units->len ? units->code[end + 1] : 0;
    if (first == ':')
        return 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (first == words[i][0] && next == words[i][1])
            return 1;
    return 0;
}

/* An index that shares its name with a medium. */
static int is_told_index(const struct linker *linker, const struct name *name, const struct kb_link *link)
{
    const struct kb_entity *entities = linker->kb->entities;
    if (entities[link->target].type != KB_IDX || !tells(linker, name->end))
        return 0;
    for (uint32_t i = 0; i < link_count(linker, name); i++)
        if (is_name_link(&first_link(linker, name)[i]) && entities[first_link(linker, name)[i].target].type == KB_ORG)
            return 1;
    return 0;
}

int jwi_entity_may_mean(const struct linker *linker, const struct name *name, const struct kb_link *link)
{
    return !is_works_of_company(linker, name, link) && !is_told_index(linker, name, link);
}

static int is_in_taiwan(const struct linker *linker, uint32_t entity)
{
    const jw_bytes country = kb_string(linker->kb, linker->kb->entities[entity].country);
    return country.len == 2 && country.at[0] == 'T' && country.at[1] == 'W';
}

/* 亞洲央行, 全球央行, 各國央行: of no country, or of many; not 我國央行. */
static int is_of_many(const struct linker *linker, uint32_t at)
{
    const uint32_t last = at ? linker->units.code[at - 1] : 0, first = at > 1 ? linker->units.code[at - 2] : 0;
    return last == 0x6d32 || last == 0x7403 || (last == 0x8981 && first == 0x4e3b) || /* 洲 球 主要 */
           (last == 0x570b && (first == 0x5404 || first == 0x591a || first == 0x4ed6 || first == 0x5916)); /* 國 after 各多他外 */
}

/* 亞洲央行, 韓國央行, 美國|財政部: an office of Taiwan's name right behind a place that is not Taiwan is another country's. */
int jwi_entity_is_abroad(const struct linker *linker, uint32_t i)
{
    const struct name *name = &linker->names[i];
    if (name->entity == JW_NONE || linker->kb->entities[name->entity].type != KB_GOV || !is_in_taiwan(linker, name->entity))
        return 0;
    if (is_of_many(linker, name->start))
        return 1;
    const struct name *before = i ? &linker->names[i - 1] : NULL;
    const struct kb_link *link = before && before->end == name->start ? first_link(linker, before) : NULL;
    return link && is_name_link(link) && linker->kb->entities[link->target].type == KB_LOC && !is_in_taiwan(linker, link->target);
}
