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

/* One of the pairs of characters stands behind the name. */
static int is_before(const struct linker *linker, uint32_t end, const char16_t (*words)[3])
{
    const struct units *units = &linker->units;
    for (; end + 1 < units->len && **words; words++)
        if (units->code[end] == (*words)[0] && units->code[end + 1] == (*words)[1])
            return 1;
    return 0;
}

/* 日經報導, 日經：, 日經亞洲: who tells something is the newspaper, not the index. */
static int tells(const struct linker *linker, uint32_t end)
{
    static const char16_t words[][3] = {u"報導", u"報道", u"亞洲", u"新聞", u"社論", u"指出", u"調查", u"中文", u"引述", u"記者", u"獨家", u"專訪", u""};
    return (end < linker->units.len && linker->units.code[end] == ':') || is_before(linker, end, words);
}

/* 標普調降台塑評等, 標普全球: who rates is the agency. */
static int rates(const struct linker *linker, uint32_t end)
{
    static const char16_t words[][3] = {u"調降", u"調升", u"下調", u"上調", u"降評", u"升評", u"確認", u"授予", u"給予", u"警告", u"示警", u"評等", u"信評", u"評級",
                                        u"全球", u"首予", u"將列", u"列入", u"展望", u"宣布", u"表示", u"指出", u"撤銷", u"報告", u"分析", u""};
    return (end < linker->units.len && linker->units.code[end] == ':') || is_before(linker, end, words);
}

/* An index that shares its name with a medium or a rating agency, where those are spoken of. */
static int is_told_index(const struct linker *linker, const struct name *name, const struct kb_link *link)
{
    const struct kb_entity *entities = linker->kb->entities;
    if (entities[link->target].type != KB_IDX)
        return 0;
    for (uint32_t i = 0; i < link_count(linker, name); i++) {
        const struct kb_link *const other = &first_link(linker, name)[i];
        const uint32_t type = is_name_link(other) ? entities[other->target].type : KB_TYPE_COUNT;
        if ((type == KB_ORG && tells(linker, name->end)) || (type == KB_FIN && rates(linker, name->end)))
            return 1;
    }
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
