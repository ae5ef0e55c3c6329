/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The change an event states, from the values among its arguments, and which way it goes: as its pattern says, its words, or the sign of the
 * change.
 */
#include "stage/event/event_weigh.h"

#include "doc/sense.h"

static const struct event_role *role_of_arg(const struct event_work *work, const struct event_draft *draft, const jw_arg *arg)
{
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    for (uint32_t i = work->role_at[draft->event.type]; i < work->role_at[draft->event.type + 1]; i++) {
        const struct event_role *const role = &work->lex->role[i];
        if (role->role < leaf->role_count && leaf->roles[role->role] == arg->role)
            return role;
    }
    return NULL;
}

static const jw_value *value_of_slot(const struct event_work *work, const struct event_draft *draft, uint32_t slot)
{
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        const struct event_role *const role = role_of_arg(work, draft, &draft->arg[i]);
        if (role && role->slot == slot && draft->arg[i].value != JW_NONE)
            return &work->doc->values[draft->arg[i].value];
    }
    return NULL;
}

/* In hundredths, clamped; unknown is 0. */
static int64_t hundredths(jw_decimal value)
{
    if (!value.known)
        return 0;
    int64_t number = value.mantissa;
    for (int32_t power = value.power + 2; power < 0 && number; power++)
        number /= 10;
    for (int32_t power = value.power + 2; power > 0; power--) {
        if (number > INT64_MAX / 100 || number < -(INT64_MAX / 100))
            return number;
        number *= 10;
    }
    return number;
}

int jwi_event_change(const struct event_work *work, const struct event_draft *draft, int64_t *ret)
{
    const jw_value *const old = value_of_slot(work, draft, SLOT_OLD), *const new = value_of_slot(work, draft, SLOT_NEW);
    if (old && new && old->kind == new->kind && old->value.known && new->value.known) {
        const int64_t from = hundredths(old->value), to = hundredths(new->value);
        *ret = old->kind == JW_VALUE_PERCENT ? to - from : from ? (to - from) * 100 / (from < 0 ? -from : from) * 100 : 0;
        return 1;
    }
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        const struct event_role *const role = role_of_arg(work, draft, &draft->arg[i]);
        if (!role || draft->arg[i].value == JW_NONE ||
            !((role->slot >= SLOT_YOY && role->slot <= SLOT_MOM) || (role->slot == SLOT_PERCENT && role->is_change)))
            continue;
        const jw_value *const value = &work->doc->values[draft->arg[i].value];
        const jw_decimal number = value->value.known ? value->value : value->low;
        if (value->kind == JW_VALUE_PERCENT && number.known) {
            *ret = hundredths(number);
            return 1;
        }
        if (value->kind == JW_VALUE_RATIO && number.known) { /* 年增4倍 is 400 % */
            const int64_t most = INT32_MAX, part = hundredths(number);
            *ret = 100 * (part > most ? most : part < -most ? -most : part);
            return 1;
        }
    }
    return 0;
}

/* Below 2, 5, 15, 30 percent, or more. */
uint32_t jwi_event_magnitude(int64_t change)
{
    static const int64_t limits[] = {200, 500, 1500, 3000};
    const int64_t size = change < 0 ? -change : change;
    uint32_t cls = 0;
    while (cls < 4 && size >= limits[cls])
        cls++;
    return cls;
}

static int sign_of(const jw_value *value)
{
    const jw_decimal number = !value ? (jw_decimal){0} : value->value.known ? value->value : value->low;
    return !number.known ? 0 : number.mantissa > 0 ? 1 : number.mantissa < 0 ? -1 : 0;
}

/* 營收月減兩成，但年增一成; 營收小幅回溫、仍年減兩成: the change on the year tells the direction, unless what was expected does. */
static int direction_of_words(const struct event_scene *scene, const struct event_match *match, const struct event_draft *draft, uint32_t kinds)
{
    const int on_year = sign_of(value_of_slot(scene->work, draft, SLOT_YOY)), on_quarter = sign_of(value_of_slot(scene->work, draft, SLOT_QOQ));
    const int since_last = on_quarter ? on_quarter : sign_of(value_of_slot(scene->work, draft, SLOT_MOM));
    if (!on_year && since_last < 0) /* 月增-5% */
        return since_last;
    if (!on_year || (since_last && since_last != (match->direction > 0 ? 1 : -1)) || kinds & SENSE_expect)
        return match->direction;
    return on_year;
}

uint8_t jwi_event_direction(const struct event_scene *scene, const struct event_match *match, const struct event_draft *draft, uint32_t kinds)
{
    int64_t change = 0;
    switch (match->pattern->direction) {
    case DIRECT_UP:
        return JW_DIRECTION_UP;
    case DIRECT_DOWN:
        return JW_DIRECTION_DOWN;
    case DIRECT_NONE:
        return JW_DIRECTION_NONE;
    case DIRECT_WORDS:
        if (match->direction)
            return direction_of_words(scene, match, draft, kinds) > 0 ? JW_DIRECTION_UP : JW_DIRECTION_DOWN;
        /* fall through */
    default:
        jwi_event_change(scene->work, draft, &change);
        return change > 0 ? JW_DIRECTION_UP : change < 0 ? JW_DIRECTION_DOWN : JW_DIRECTION_NONE;
    }
}
