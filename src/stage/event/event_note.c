/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Notes of a leaf (dict/events/leaf_notes.tsv): when it goes the other way, turns into another leaf, is worth something else; and the
 * conditions that notes and credit rows share.
 */
#include "stage/event/event_weigh.h"

#include "doc/scope.h"

enum { PLUNGE = -3000 };

int jwi_event_says_class(const struct event_scene *scene, jw_range clause, uint32_t cls)
{
    for (uint32_t i = 0; i < scene->hit_count; i++)
        if (scene->hit[i].tokens.start >= clause.start && scene->hit[i].tokens.start < clause.end &&
            jwi_event_has_class(scene->work->lex, &scene->hit[i], cls))
            return 1;
    return 0;
}

/* A sum of money among the arguments is below zero. */
static int is_minus(const struct event_work *work, const struct event_draft *draft)
{
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if (draft->arg[i].value == JW_NONE)
            continue;
        const jw_value *const value = &work->doc->values[draft->arg[i].value];
        if (value->kind == JW_VALUE_MONEY && value->value.known && value->value.mantissa < 0)
            return 1;
    }
    return 0;
}

int jwi_event_holds(const struct event_scene *scene, uint32_t kind, uint32_t arg, const struct event_draft *draft, const struct scope *scope,
                 jw_range clause)
{
    switch (kind) {
    case NOTE_WORD:
        return jwi_event_says_class(scene, arg & EVENT_FAR ? scene->tokens : clause, arg & ~(uint32_t)EVENT_FAR);
    case NOTE_PROGRESS:
        return draft->event.claim.progress == arg;
    case NOTE_DOWN:
        return draft->event.claim.direction == JW_DIRECTION_DOWN;
    case NOTE_UP:
        return draft->event.claim.direction == JW_DIRECTION_UP;
    case NOTE_REVERSED:
        return (scope->operators & OPERATOR_REVERSED) != 0;
    case NOTE_FORECAST:
        return scope->fact == JW_FORECAST || (scope->mood & JW_MOOD_FUTURE) != 0;
    case NOTE_FALLEN:
        return draft->event.claim.direction == JW_DIRECTION_DOWN && jwi_event_says_class(scene, clause, arg);
    case NOTE_MINUS:
        return is_minus(scene->work, draft);
    case NOTE_ALWAYS:
        return 1;
    case NOTE_PLUNGE:
        return draft->is_changed && draft->change < PLUNGE;
    case NOTE_LATER:
        return draft->event.claim.progress >= JW_ANNOUNCED && draft->event.claim.progress < JW_CANCELLED;
    case NOTE_NO_DIRECTION:
        return draft->event.claim.direction == JW_DIRECTION_NONE;
    default:
        return 0;
    }
}

static int32_t noted(int32_t value, uint8_t mode, int32_t number)
{
    return mode == NOTE_TIMES ? times(value, number) : mode == NOTE_VALUE ? number : value;
}

void jwi_event_turn(const struct event_scene *scene, struct event_draft *draft, const struct scope *scope, jw_range clause)
{
    const struct event_work *const work = scene->work;
    const uint32_t leaf = draft->event.type;
    for (uint32_t i = work->note_at[leaf]; i < work->note_at[leaf + 1]; i++) {
        const struct event_note *const note = &work->lex->note[i];
        if ((!note->direction && note->becomes == EVENT_NO_LEAF) || !jwi_event_holds(scene, note->kind, note->arg, draft, scope, clause))
            continue;
        if (note->direction)
            draft->event.claim.direction = note->direction == DIRECT_UP ? JW_DIRECTION_UP : JW_DIRECTION_DOWN;
        if (note->becomes != EVENT_NO_LEAF)
            draft->event.type = note->becomes;
    }
}

struct worth jwi_event_note(const struct event_scene *scene, const struct event_draft *draft, struct scope *scope, jw_range clause,
                                struct worth worth)
{
    const struct event_work *const work = scene->work;
    for (uint32_t i = work->note_at[draft->event.type]; i < work->note_at[draft->event.type + 1]; i++) {
        const struct event_note *const note = &work->lex->note[i];
        if (!jwi_event_holds(scene, note->kind, note->arg, draft, scope, clause))
            continue;
        worth.market = noted(worth.market, note->market_mode, note->market);
        worth.credit = noted(worth.credit, note->credit_mode, note->credit);
        if (note->kind == NOTE_REVERSED)
            scope->operators &= (uint16_t)~OPERATOR_REVERSED;
        if (note->kind == NOTE_PROGRESS && note->arg == JW_CANCELLED)
            scope->operators &= (uint16_t)~OPERATOR_CANCELLED;
    }
    return worth;
}
