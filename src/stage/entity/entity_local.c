/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the document itself says about its names.
 *   legal forms    晨曜科技股份有限公司: a company, known or not (entity_legal)
 *   short forms    （以下簡稱「晨曜」）: 晨曜 is that company from here on
 *   their stems    晨曜科技, 晨曜: the company of that legal name (entity_stem)
 *   numbers        統一編號：22099131 behind a name: a known company, or U22099131 when the check digit holds
 *   the issuer     of the record, where the text names it and no list knows it
 *   references     該公司, 本公司 (entity_refer)
 * Each step adds names to the sorted list; a short form of the document wins over a name of the base it overlaps.
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "base/search.h"
#include "base/utf8.h"

#include <string.h>

enum {
    SHORT_MIN = 2,
    SHORT_MAX = 12,
    SHORT_FORMS = 32, /* of one document; with more the search would not be linear */
    UBN_LEN = 8,
    OWN_REACH = 8, /* units from 本公司 to the definition */
    NAMES_BACK = 16,       /* candidates looked at for the last one accepted */
    NUMBERS = 64,          /* companies whose number goes to their other mentions */
    POINTS_SHORT = 90,
    POINTS_UBN = 140,
    POINTS_FIXED = 150 /* forced by the user */
};

/* A form that stands for an entity from unit `from` on. */
struct short_form {
    const uint32_t *codes;
    uint32_t len, from, entity;
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

uint32_t jwi_entity_before(const struct linker *linker, uint32_t at)
{
    uint32_t low = SEARCH_FROM(linker->names, linker->name_count, end, at + 1);
    for (uint32_t i = 0; i < NAMES_BACK && low-- > 0; i++)
        if (linker->names[low].flags & NAME_TAKEN)
            return low;
    return JW_NONE;
}

/* 以下簡稱「子公司」 names nothing; 「本公司」 does. */
static int is_common(const struct linker *linker, const struct short_form *form)
{
    const uint32_t end = form->from + form->len;
    for (uint32_t i = jwi_entity_role_from(linker, form->from); i < linker->role_count; i++) {
        if (linker->roles[i].start != form->from)
            break;
        if (linker->roles[i].end == end && linker->roles[i].role != KB_ROLE_SELF)
            return 1;
    }
    for (uint32_t i = jwi_entity_cue_from(linker, form->from); i < linker->cue_count; i++) {
        if (linker->cues[i].start != form->from)
            break;
        if (linker->cues[i].end == end)
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
    ret->from = at;
    ret->codes = linker->units.code + at;
    while (at < linker->units.len && is_name_char(linker->units.cls[at]))
        at++;
    ret->len = at - ret->from;
    return ret->len >= SHORT_MIN && ret->len <= SHORT_MAX && !is_common(linker, ret);
}

static int stands_at(const struct linker *linker, const struct short_form *form, uint32_t at)
{
    const uint32_t len = form->len;
    const uint32_t *code = linker->units.code;
    if (at + len > linker->units.len || code[at] != form->codes[0] ||
        memcmp(code + at, form->codes, len * sizeof *code) != 0)
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
    for (uint32_t at = form->from; at < linker->units.len; at++)
        n += (uint32_t)stands_at(linker, form, at);
    struct list list = {PUSH(linker->room->scratch, struct name, n), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t at = form->from; at < linker->units.len; at++)
        if (stands_at(linker, form, at)) {
            list.at[list.len++] = jwi_entity_name(at, at + form->len, form->entity, KB_SHORT, POINTS_SHORT);
            at = list.at[list.len - 1].end - 1;
        }
    return jwi_entity_add(linker, list.at, list.len, reterr);
}

/* Whether 本公司 or the like ends where the definition begins. */
static int is_own(const struct linker *linker, const struct role *define)
{
    for (uint32_t i = jwi_entity_role_from(linker, define->start < OWN_REACH ? 0 : define->start - OWN_REACH);
         i < linker->role_count && linker->roles[i].start < define->start; i++)
        if (linker->roles[i].role == KB_ROLE_SELF && linker->roles[i].end <= define->start &&
            only_marks(linker, linker->roles[i].end, define->start, 2))
            return 1;
    return 0;
}

/* Whom a short form is of: the name before its definition, or the company that speaks: 本公司（以下簡稱「晨曜」）. */
static uint32_t defined_by(struct linker *linker, const struct role *define, const struct short_form *form)
{
    const uint32_t name = jwi_entity_before(linker, define->start);
    if (name != JW_NONE && only_marks(linker, linker->names[name].end, define->start, 2))
        return linker->names[name].entity;
    if (!is_own(linker, define))
        return JW_NONE;
    if (linker->issuer == JW_NONE)
        linker->issuer = jwi_entity_new_local(linker, form->from, form->from + form->len);
    return linker->issuer;
}

static jw_status add_short_forms(struct linker *linker, jw_error *reterr)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < linker->role_count && found < SHORT_FORMS; i++) {
        const struct role *role = &linker->roles[i];
        struct short_form form;
        if (role->role != KB_ROLE_DEFINE || !read_short(linker, role, &form))
            continue;
        form.entity = defined_by(linker, role, &form);
        if (form.entity == JW_NONE)
            continue;
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
    const uint32_t name = jwi_entity_before(linker, role->start);
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

/* The name under which the record files, where the text writes it. */
static jw_status add_issuer(struct linker *linker, jw_error *reterr)
{
    const jw_bytes name = linker->doc->meta.issuer_name;
    uint32_t codes[KB_NAME_MAX];
    struct short_form form = {codes, 0, 0, linker->issuer};
    for (size_t at = 0; at < name.len && form.len < KB_NAME_MAX; form.len++) {
        uint32_t len;
        codes[form.len] = jwi_utf8_decode(name.at + at, name.at + name.len, &len);
        at += len;
    }
    if (linker->issuer != JW_NONE || form.len < SHORT_MIN || form.len > SHORT_MAX)
        return JW_OK;
    linker->issuer = form.entity = jwi_entity_new_local(linker, 0, 0);
    linker->locals[form.entity - linker->kb->entity_count].name = name;
    return add_places(linker, &form, reterr);
}

jw_status jwi_entity_local(struct linker *linker, jw_error *reterr)
{
    TRY(add_issuer(linker, reterr));
    TRY(jwi_entity_legal(linker, reterr));
    TRY(jwi_entity_english(linker, reterr));
    TRY(jwi_entity_trade(linker, reterr));
    TRY(jwi_entity_security(linker, reterr));
    TRY(add_short_forms(linker, reterr));
    TRY(jwi_entity_stem(linker, reterr));
    TRY(add_ubns(linker, reterr));
    return jwi_entity_refer(linker, reterr);
}
