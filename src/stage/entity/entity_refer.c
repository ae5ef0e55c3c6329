/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that refer to a company without naming it.
 *   本公司          whoever speaks: the issuer of the record, else the first company named
 *   該公司, 公司    the company spoken of; 公司 at the head of a clause of an announcement is its issuer
 *   母公司, 子公司  by the group links of the list
 *   股王            the company the text gave the title to: 股王大立光, 股王由信驊拿下
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "base/search.h"

enum {
    NAMES_OF_GROUP = 64,   /* names looked at for a subsidiary */
    CROWN_REACH = 12,      /* units from a company to the title it has */
    REFERENCE_REACH = 400, /* units back to the company that 該公司 speaks of */
    POINTS_OWN = 60,       /* 本公司 of a known issuer */
    POINTS_THE_COMPANY = 33,
    POINTS_COMPANY = 30
};

static int is_company(const struct linker *linker, const struct name *name)
{
    if (!(name->flags & NAME_TAKEN))
        return 0;
    if (name->entity >= linker->kb->entity_count) {
        const uint32_t own = linker->locals[name->entity - linker->kb->entity_count].type;
        return own == linker->kb->label[KB_COM] || own == linker->kb->label[KB_FIN];
    }
    const uint32_t type = linker->kb->entities[name->entity].type;
    return type == KB_COM || type == KB_FIN;
}

struct unit_span jwi_entity_sentence(const struct linker *linker, uint32_t at)
{
    const struct unit_span none = {0, 0};
    uint32_t low = 0, high = linker->doc->sentence_count;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (linker->room->sentences[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return high ? linker->room->sentences[low] : none;
}

/* The company spoken of: the first one of the nearest sentence back that names any. */
static uint32_t topic_at(const struct linker *linker, uint32_t at)
{
    uint32_t i = jwi_entity_before(linker, at), best = JW_NONE, from = 0;
    for (; i != JW_NONE && linker->names[i].end + REFERENCE_REACH > at; i--) {
        const struct name *name = &linker->names[i];
        if (is_company(linker, name)) {
            if (best != JW_NONE && name->start < from)
                return best;
            if (best == JW_NONE)
                from = jwi_entity_sentence(linker, name->start).start;
            best = name->entity;
        }
        if (!i)
            break;
    }
    return best;
}

static uint32_t first_company(const struct linker *linker)
{
    for (uint32_t i = 0; i < linker->name_count; i++)
        if (is_company(linker, &linker->names[i]))
            return linker->names[i].entity;
    return JW_NONE;
}

static int starts_clause(const struct linker *linker, uint32_t at)
{
    return !at || is_mark(linker, at - 1);
}

/* The first name accepted that starts at the unit or behind one mark. */
static uint32_t name_after(const struct linker *linker, uint32_t at)
{
    const uint32_t low = SEARCH_FROM(linker->names, linker->name_count, start, at);
    return low < linker->name_count && linker->names[low].flags & NAME_TAKEN &&
                   only_marks(linker, at, linker->names[low].start, 1)
               ? low
               : JW_NONE;
}

/* 是為由 and the like join a title to its bearer: 股王是信驊, 股王寶座由信驊拿下. */
static int joins_bearer(uint32_t code)
{
    return code == 0x662f || code == 0x70ba || code == 0x7531 || code == 0x5373; /* 是為由即 */
}

/* The company named behind the title: 股王大立光, 股王「大立光」, 股王是大立光. */
static uint32_t bearer_after(const struct linker *linker, const struct role *role)
{
    uint32_t at = role->end;
    if (at + 1 < linker->units.len && linker->units.code[at] == 0x5bf6 && linker->units.code[at + 1] == 0x5ea7) /* 寶座 */
        at += 2;
    at += at < linker->units.len && joins_bearer(linker->units.code[at]);
    const uint32_t after = name_after(linker, at);
    return after != JW_NONE && is_company(linker, &linker->names[after]) ? linker->names[after].entity : JW_NONE;
}

/* Whether the units say that who stands before them has the title, and not that it lost, nears or wants it. */
static int takes_title(const struct linker *linker, uint32_t start, uint32_t end)
{
    static const uint32_t has[] = {0x662f, 0x70ba, 0x767b, 0x5750, 0x596a, 0x8749, 0x5347, 0x8e8d, 0x5c45, 0x4e0b}; /* 是為登坐奪蟬升躍居下 */
    static const uint32_t not_yet[] = {0x5931, 0x8b93, 0x8dcc, 0x9000, 0x8f38, 0x4e0d, 0x6230, 0x903c, 0x671b, 0x5c07, 0x8ffd,
                                       0x975e, 0x672a, 0x82e5, 0x60f3, 0x524d, 0x66fe}; /* 失讓跌退輸不戰逼望將追非未若想前曾 */
    int takes = 0;
    for (uint32_t i = start; i < end; i++) {
        for (size_t k = 0; k < sizeof has / sizeof *has; k++)
            takes |= linker->units.code[i] == has[k];
        for (size_t k = 0; k < sizeof not_yet / sizeof *not_yet; k++)
            if (linker->units.code[i] == not_yet[k] || is_mark(linker, i))
                return 0;
    }
    return takes;
}

/* The company named before the title: 大立光(股王), 信驊是台股股王, 信驊重登股王. */
static uint32_t bearer_before(const struct linker *linker, const struct role *role)
{
    const int is_bracket = role->start && linker->units.code[role->start - 1] == '(';
    const uint32_t i = jwi_entity_before(linker, role->start - (uint32_t)is_bracket);
    if (i == JW_NONE)
        return JW_NONE;
    uint32_t at = i;
    while (at && !is_company(linker, &linker->names[at]) && linker->names[at].start + CROWN_REACH > role->start)
        at--;
    const struct name *const name = &linker->names[at];
    if (!is_company(linker, name) || name->end + CROWN_REACH < role->start)
        return JW_NONE;
    return (is_bracket && name->end + 1 == role->start) || takes_title(linker, name->end, role->start) ? name->entity : JW_NONE;
}

/* Who bears the title here, JW_NONE when the words beside it do not say. */
static uint32_t bearer_of(const struct linker *linker, const struct role *role)
{
    const uint32_t after = bearer_after(linker, role);
    return after != JW_NONE ? after : bearer_before(linker, role);
}

/* 重登股王, 新股王, 股王寶座 speak of the title, not of the company that has it. */
static int is_title_itself(const struct linker *linker, const struct role *role)
{
    static const uint32_t before[] = {0x767b, 0x65b0, 0x524d, 0x6210, 0x70ba, 0x5c01, 0x7576, 0x5750,
                                      0x6b21}; /* 登新前成為封當坐次 */
    static const uint32_t after[] = {0x5bf6, 0x5730, 0x982d, 0x722d, 0x4e4b, 0x63db, 0x5019,
                                     0x4f4d}; /* 寶地頭爭之換候位 */
    const uint32_t *code = linker->units.code;
    for (size_t i = 0; role->start && i < sizeof before / sizeof *before; i++)
        if (code[role->start - 1] == before[i])
            return 1;
    for (size_t i = 0; role->end < linker->units.len && i < sizeof after / sizeof *after; i++)
        if (code[role->end] == after[i])
            return 1;
    return 0;
}

/* A title and its last bearer so far. */
struct crown {
    uint32_t code, entity; /* last letter of the title */
};
enum { CROWNS = 4 };

/* The company a title without a name beside it stands for; remembers who bears which. */
static uint32_t entity_of_crown(const struct linker *linker, const struct role *role,
                                struct crown crowns[CROWNS])
{
    const uint32_t code = linker->units.code[role->end - 1], bearer = bearer_of(linker, role);
    for (int i = 0; i < CROWNS; i++) {
        if (crowns[i].code && crowns[i].code != code)
            continue;
        if (bearer != JW_NONE) {
            crowns[i].code = code;
            crowns[i].entity = bearer;
            return JW_NONE;
        }
        return crowns[i].code && !is_title_itself(linker, role) ? crowns[i].entity : JW_NONE;
    }
    return JW_NONE;
}

/* The subsidiary of the company spoken of that the document has named, if it is the only one. */
static uint32_t child_of(const struct linker *linker, const struct role *role)
{
    const uint32_t topic = topic_at(linker, role->start);
    uint32_t child = JW_NONE;
    if (topic >= linker->kb->entity_count || name_after(linker, role->end) != JW_NONE)
        return JW_NONE;
    uint32_t i = jwi_entity_before(linker, role->start);
    for (uint32_t n = 0; i != JW_NONE && n < NAMES_OF_GROUP; n++, i--) {
        const struct name *name = &linker->names[i];
        if (name->flags & NAME_TAKEN && name->entity < linker->kb->entity_count &&
            linker->kb->entities[name->entity].parent == topic) {
            if (child != JW_NONE && child != name->entity)
                return JW_NONE;
            child = name->entity;
        }
        if (!i)
            break;
    }
    return child;
}

/* 公司名稱, 公司代號, 公司債: the word is part of another. */
static int is_label(const struct linker *linker, uint32_t at)
{
    static const uint32_t after[] = {0x540d, 0x7c21, 0x4ee3, 0x5730, 0x7db2, 0x7d71, 0x50b5, 0x6cd5, 0x8207}; /* 名簡代地網統債法與 */
    for (size_t i = 0; at < linker->units.len && i < sizeof after / sizeof *after; i++)
        if (linker->units.code[at] == after[i])
            return 1;
    return 0;
}

static uint32_t entity_of_role(const struct linker *linker, const struct role *role,
                               struct crown crowns[CROWNS])
{
    uint32_t entity;
    switch (role->role) {
    case KB_ROLE_SUBJECT:
        entity = topic_at(linker, role->start);
        return entity == JW_NONE ? linker->issuer : entity;
    case KB_ROLE_SELF:
        return linker->issuer == JW_NONE ? first_company(linker) : linker->issuer;
    case KB_ROLE_COMPANY:
        if (!starts_clause(linker, role->start) || is_label(linker, role->end))
            return JW_NONE;
        return linker->issuer == JW_NONE ? topic_at(linker, role->start) : linker->issuer;
    case KB_ROLE_PARENT:
        entity = name_after(linker, role->end) == JW_NONE ? topic_at(linker, role->start) : JW_NONE;
        return entity < linker->kb->entity_count ? linker->kb->entities[entity].parent : JW_NONE;
    case KB_ROLE_CHILD:
        return child_of(linker, role);
    case KB_ROLE_CROWN:
        return entity_of_crown(linker, role, crowns);
    default:
        return JW_NONE;
    }
}

jw_status jwi_entity_refer(struct linker *linker, jw_error *reterr)
{
    struct crown crowns[CROWNS] = {{0, 0}};
    const int is_from_record = linker->doc->meta.issuer.len || linker->doc->meta.issuer_name.len;
    struct list list = {PUSH(linker->room->scratch, struct name, linker->role_count), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < linker->role_count; i++) {
        const struct role *role = &linker->roles[i];
        const int is_word = linker->edge[role->start] && linker->edge[role->end];
        const uint32_t entity = is_word ? entity_of_role(linker, role, crowns) : JW_NONE;
        if (entity == JW_NONE || (list.len && list.at[list.len - 1].end > role->start))
            continue;
        const int is_own = role->role == KB_ROLE_SELF && linker->issuer != JW_NONE;
        const int32_t points = is_own                              ? POINTS_OWN
                               : role->role == KB_ROLE_COMPANY ? POINTS_COMPANY
                                                               : POINTS_THE_COMPANY;
        list.at[list.len] = jwi_entity_name(role->start, role->end, entity, KB_SHORT, points);
        list.at[list.len++].flags |= (uint16_t)(NAME_ROLE | (is_from_record && entity == linker->issuer ? NAME_RECORD : 0));
    }
    return jwi_entity_add(linker, list.at, list.len, reterr);
}

