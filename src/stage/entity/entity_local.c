/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the document itself says about its names.
 *   legal forms    晨曜科技股份有限公司: a company, known or not (entity_legal)
 *   short forms    （以下簡稱「晨曜」）: 晨曜 is that company from here on
 *   numbers        統一編號：22099131 behind a name: a known company, or U22099131 when the check digit holds
 *   references     該公司, 本公司, 公司 at the head of a clause, 母公司
 * Each step adds names to the sorted list; a short form of the document wins over a name of the base it overlaps.
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "base/search.h"

#include <string.h>

enum {
    SHORT_MIN = 2,
    SHORT_MAX = 12,
    SHORT_FORMS = 32, /* of one document; with more the search would not be linear */
    UBN_LEN = 8,
    NAMES_BACK = 16,       /* candidates looked at for the last one accepted */
    NUMBERS = 64,          /* companies whose number goes to their other mentions */
    NAMES_OF_GROUP = 64,   /* names looked at for a subsidiary */
    REFERENCE_REACH = 400, /* units back to the company that 該公司 speaks of */
    POINTS_SHORT = 90,
    POINTS_UBN = 140,
    POINTS_FIXED = 150, /* forced by the user */
    POINTS_THE_COMPANY = 33,
    POINTS_COMPANY = 30
};

struct short_form {
    uint32_t start, end, entity;
};

static int overlaps(const struct name *one, const struct name *two)
{
    return one->start < two->end && two->start < one->end;
}

/* Whether `added` takes the place of `old`: it does unless the old one is a name and longer, or as long and not from a short form. */
static int wins(const struct name *added, const struct name *old)
{
    if (!(old->flags & NAME_TAKEN) || added->score >= POINTS_FIXED)
        return 1;
    const uint32_t new_len = added->end - added->start, old_len = old->end - old->start;
    return new_len > old_len || (new_len == old_len && added->score >= POINTS_SHORT);
}

/* No name of the list that the new one overlaps is better; `at` is the first that may. */
static int beats_all(const struct linker *linker, const struct name *name, uint32_t at)
{
    for (; at < linker->name_count && overlaps(name, &linker->names[at]); at++)
        if (!wins(name, &linker->names[at]))
            return 0;
    return 1;
}

jw_status jwi_entity_add(struct linker *linker, const struct name *names, uint32_t count,
                         jw_error *reterr)
{
    struct name *merged =
        PUSH(linker->room->scratch, struct name, (size_t)linker->name_count + count);
    if (!merged)
        return jwi_fail_memory(reterr);
    uint32_t n = 0, i = 0;
    for (uint32_t k = 0; k < count; k++) {
        const struct name *name = &names[k];
        while (i < linker->name_count && linker->names[i].end <= name->start)
            merged[n++] = linker->names[i++];
        if ((n && overlaps(name, &merged[n - 1])) || !beats_all(linker, name, i))
            continue;
        while (i < linker->name_count && overlaps(name, &linker->names[i]))
            i++;
        merged[n++] = *name;
    }
    while (i < linker->name_count)
        merged[n++] = linker->names[i++];
    linker->names = merged;
    linker->name_count = n;
    return JW_OK;
}

/* Last name accepted that ends at or before the unit; JW_NONE when there is none. */
static uint32_t name_before(const struct linker *linker, uint32_t at)
{
    uint32_t low = SEARCH_FROM(linker->names, linker->name_count, end, at + 1);
    for (uint32_t i = 0; i < NAMES_BACK && low-- > 0; i++)
        if (linker->names[low].flags & NAME_TAKEN)
            return low;
    return JW_NONE;
}

static int is_mark(const struct linker *linker, uint32_t at)
{
    return linker->units.cls[at] == UNIT_PUNCT || linker->units.cls[at] == UNIT_SPACE ||
           linker->units.cls[at] == UNIT_SYMBOL;
}

static int only_marks(const struct linker *linker, uint32_t start, uint32_t end, uint32_t most)
{
    if (start > end || end - start > most)
        return 0;
    for (uint32_t i = start; i < end; i++)
        if (!is_mark(linker, i))
            return 0;
    return 1;
}

/* 以下簡稱「子公司」 names nothing; 「本公司」 does. */
static int is_common(const struct linker *linker, const struct short_form *form)
{
    for (uint32_t i = jwi_entity_role_from(linker, form->start); i < linker->role_count; i++) {
        if (linker->roles[i].start != form->start)
            break;
        if (linker->roles[i].end == form->end && linker->roles[i].role != KB_ROLE_SELF)
            return 1;
    }
    for (uint32_t i = jwi_entity_cue_from(linker, form->start); i < linker->cue_count; i++) {
        if (linker->cues[i].start != form->start)
            break;
        if (linker->cues[i].end == form->end)
            return 1;
    }
    return 0;
}

/* The form between 簡稱 and the next mark. */
static int read_short(const struct linker *linker, const struct role *role, struct short_form *ret)
{
    uint32_t at = role->end;
    while (at < linker->units.len && at - role->end < 3 &&
           (is_mark(linker, at) || linker->units.code[at] == 0x70ba))
        at++;
    ret->start = at;
    while (at < linker->units.len && is_name_char(linker->units.cls[at]))
        at++;
    ret->end = at;
    return ret->end - ret->start >= SHORT_MIN && ret->end - ret->start <= SHORT_MAX &&
           !is_common(linker, ret);
}

static int stands_at(const struct linker *linker, const struct short_form *form, uint32_t at)
{
    const uint32_t len = form->end - form->start;
    const uint32_t *code = linker->units.code;
    if (at + len > linker->units.len || code[at] != code[form->start] ||
        memcmp(code + at, code + form->start, len * sizeof *code) != 0)
        return 0;
    const uint8_t *cls = linker->units.cls;
    return !(at && is_word_char(cls[at]) && is_word_char(cls[at - 1])) &&
           !(at + len < linker->units.len && is_word_char(cls[at + len]) &&
             is_word_char(cls[at + len - 1]));
}

/* Every place of a short form from its definition on. */
static jw_status add_places(struct linker *linker, const struct short_form *form, jw_error *reterr)
{
    uint32_t n = 0;
    for (uint32_t at = form->start; at < linker->units.len; at++)
        n += (uint32_t)stands_at(linker, form, at);
    struct list list = {PUSH(linker->room->scratch, struct name, n), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t at = form->start; at < linker->units.len; at++)
        if (stands_at(linker, form, at)) {
            list.at[list.len++] = jwi_entity_name(at, at + form->end - form->start, form->entity,
                                                  KB_SHORT, POINTS_SHORT);
            at = list.at[list.len - 1].end - 1;
        }
    return jwi_entity_add(linker, list.at, list.len, reterr);
}

static jw_status add_short_forms(struct linker *linker, jw_error *reterr)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < linker->role_count && found < SHORT_FORMS; i++) {
        const struct role *role = &linker->roles[i];
        struct short_form form;
        if (role->role != KB_ROLE_DEFINE || !read_short(linker, role, &form))
            continue;
        const uint32_t name = name_before(linker, role->start);
        if (name == JW_NONE || !only_marks(linker, linker->names[name].end, role->start, 2))
            continue;
        form.entity = linker->names[name].entity;
        found++;
        TRY(add_places(linker, &form, reterr));
    }
    return JW_OK;
}

static int read_ubn(const struct linker *linker, uint32_t at, char ret[UBN_LEN], uint32_t *start)
{
    while (at < linker->units.len && is_mark(linker, at))
        at++;
    *start = at;
    for (uint32_t i = 0; i < UBN_LEN; i++) {
        if (at + i >= linker->units.len || linker->units.cls[at + i] != UNIT_DIGIT ||
            linker->units.code[at + i] > '9')
            return 0;
        ret[i] = (char)linker->units.code[at + i];
    }
    if (at + UBN_LEN < linker->units.len && linker->units.cls[at + UBN_LEN] == UNIT_DIGIT)
        return 0;
    return jwi_kb_is_ubn(ret);
}

/* Entity of a number: the list's, or the unknown company named just before it, or one that has only its number. */
static uint32_t entity_of_ubn(struct linker *linker, const struct role *role, uint32_t number,
                              const char ubn[UBN_LEN])
{
    const uint32_t known = jwi_kb_find_ubn(linker->kb, ubn);
    if (known != JW_NONE)
        return known;
    for (uint32_t i = 0; i < linker->local_count; i++)
        if (linker->locals[i].has_ubn && memcmp(linker->locals[i].ubn, ubn, UBN_LEN) == 0)
            return linker->kb->entity_count + i;
    const uint32_t name = name_before(linker, role->start);
    const int is_of_name = name != JW_NONE &&
                           linker->names[name].entity >= linker->kb->entity_count &&
                           only_marks(linker, linker->names[name].end, role->start, 3);
    const uint32_t entity = is_of_name ? linker->names[name].entity
                                       : jwi_entity_new_local(linker, number, number + UBN_LEN);
    struct local *local = &linker->locals[entity - linker->kb->entity_count];
    local->has_ubn = 1;
    memcpy(local->ubn, ubn, UBN_LEN);
    return entity;
}

static int has_same_name(const struct linker *linker, const struct local *one,
                         const struct local *two)
{
    const uint32_t len = one->end - one->start;
    return len == two->end - two->start &&
           memcmp(linker->units.code + one->start, linker->units.code + two->start,
                  len * sizeof *linker->units.code) == 0;
}

/* A number said once holds wherever the same legal name stands. */
static void share_numbers(struct linker *linker)
{
    uint32_t shared = 0;
    for (uint32_t i = 0; i < linker->local_count && shared < NUMBERS; i++) {
        const struct local *known = &linker->locals[i];
        if (!known->has_ubn || known->eid.len)
            continue;
        shared++;
        for (uint32_t k = 0; k < linker->local_count; k++) {
            struct local *local = &linker->locals[k];
            if (local->has_ubn || local->eid.len || !has_same_name(linker, known, local))
                continue;
            local->has_ubn = 1;
            memcpy(local->ubn, known->ubn, UBN_LEN);
        }
    }
}

static jw_status add_ubns(struct linker *linker, jw_error *reterr)
{
    struct list list = {
        PUSH(linker->room->scratch, struct name, jwi_entity_count_roles(linker, KB_ROLE_UBN)), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < linker->role_count; i++) {
        char ubn[UBN_LEN];
        uint32_t start;
        if (linker->roles[i].role != KB_ROLE_UBN ||
            !read_ubn(linker, linker->roles[i].end, ubn, &start) ||
            (list.len && list.at[list.len - 1].end > start))
            continue;
        list.at[list.len] =
            jwi_entity_name(start, start + UBN_LEN, entity_of_ubn(linker, &linker->roles[i], start, ubn),
                            KB_CODE, POINTS_UBN);
        list.at[list.len++].flags |= NAME_NUMBER;
    }
    share_numbers(linker);
    return jwi_entity_add(linker, list.at, list.len, reterr);
}

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

/* Start of the sentence that holds the unit. */
static uint32_t sentence_start(const struct linker *linker, uint32_t at)
{
    uint32_t low = 0, high = linker->doc->sentence_count;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (linker->room->sentences[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return high ? linker->room->sentences[low].start : 0;
}

/* The company spoken of: the first one of the nearest sentence back that names any. */
static uint32_t topic_at(const struct linker *linker, uint32_t at)
{
    uint32_t i = name_before(linker, at), best = JW_NONE, from = 0;
    for (; i != JW_NONE && linker->names[i].end + REFERENCE_REACH > at; i--) {
        const struct name *name = &linker->names[i];
        if (is_company(linker, name)) {
            if (best != JW_NONE && name->start < from)
                return best;
            if (best == JW_NONE)
                from = sentence_start(linker, name->start);
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

/* 股王大立光, 大立光(股王): who bears the title here, JW_NONE when nobody beside it does. */
static uint32_t bearer_of(const struct linker *linker, const struct role *role)
{
    const uint32_t after = name_after(linker, role->end);
    if (after != JW_NONE && is_company(linker, &linker->names[after]))
        return linker->names[after].entity;
    const uint32_t before = role->start && linker->units.code[role->start - 1] == '('
                                ? name_before(linker, role->start - 1)
                                : JW_NONE;
    return before != JW_NONE && linker->names[before].end + 1 == role->start &&
                   is_company(linker, &linker->names[before])
               ? linker->names[before].entity
               : JW_NONE;
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
    uint32_t i = name_before(linker, role->start);
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

static uint32_t entity_of_role(const struct linker *linker, const struct role *role,
                               struct crown crowns[CROWNS])
{
    uint32_t entity;
    switch (role->role) {
    case KB_ROLE_SUBJECT:
        return topic_at(linker, role->start);
    case KB_ROLE_SELF:
        return first_company(linker);
    case KB_ROLE_COMPANY:
        return starts_clause(linker, role->start) ? topic_at(linker, role->start) : JW_NONE;
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

static jw_status add_references(struct linker *linker, jw_error *reterr)
{
    struct crown crowns[CROWNS] = {{0, 0}};
    struct list list = {PUSH(linker->room->scratch, struct name, linker->role_count), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < linker->role_count; i++) {
        const struct role *role = &linker->roles[i];
        const int is_word = linker->edge[role->start] && linker->edge[role->end];
        const uint32_t entity = is_word ? entity_of_role(linker, role, crowns) : JW_NONE;
        if (entity == JW_NONE || (list.len && list.at[list.len - 1].end > role->start))
            continue;
        const int32_t points = role->role == KB_ROLE_COMPANY ? POINTS_COMPANY : POINTS_THE_COMPANY;
        list.at[list.len] = jwi_entity_name(role->start, role->end, entity, KB_SHORT, points);
        list.at[list.len++].flags |= NAME_ROLE;
    }
    return jwi_entity_add(linker, list.at, list.len, reterr);
}

jw_status jwi_entity_local(struct linker *linker, jw_error *reterr)
{
    TRY(jwi_entity_legal(linker, reterr));
    TRY(jwi_entity_trade(linker, reterr));
    TRY(add_short_forms(linker, reterr));
    TRY(add_ubns(linker, reterr));
    return add_references(linker, reterr);
}
