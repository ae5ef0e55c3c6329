/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of weighing: what the words, the values and the notes of an event say, each found in a file of its own. */
#ifndef JW_STAGE_EVENT_EVENT_WEIGH_H
#define JW_STAGE_EVENT_EVENT_WEIGH_H

#include "stage/event/event.h"

#include "doc/scope.h"

/* Product of two factors in 1/JW_SCALE. */
static inline int32_t times(int32_t a, int32_t b)
{
    const int64_t product = (int64_t)a * b;
    return (int32_t)((product + (product < 0 ? -JW_SCALE / 2 : JW_SCALE / 2)) / JW_SCALE);
}

/* Operators that are words of the match. */
struct own {
    uint32_t negations, operators;
    uint32_t kinds; /* enum sense_kind */
};
struct own jwi_event_own(const struct event_scene *scene, const struct event_match *match);

/*
 * What the scopes of the match's words say together; operators that are words of the match are left out: 未如期償還 is a default, not the
 * negation of one, and 調降 of a price is no forecast.
 */
struct scope jwi_event_scope(const struct event_scene *scene, const struct event_match *match, const struct own *own);

/* The change that the arguments state, in hundredths of a percent or of a point; false when they state none. */
int jwi_event_change(const struct event_work *work, const struct event_draft *draft, int64_t *ret);

/* Which way the event goes, jw_direction; `kinds` are those of the match's own words. */
uint8_t jwi_event_direction(const struct event_scene *scene, const struct event_match *match, const struct event_draft *draft, uint32_t kinds);

/* Priors with the sign of the direction; a leaf whose sign is that of its bearer has it as given. */
struct worth {
    int32_t market, credit;
};

/* A word of the class stands in the range; a condition of a note or credit row (enum event_note_kind) holds. */
int jwi_event_says_class(const struct event_scene *scene, jw_range tokens, uint32_t cls);
int jwi_event_holds(const struct event_scene *scene, uint32_t kind, uint32_t arg, const struct event_draft *draft, const struct scope *scope,
                    jw_range clause);

/* Notes that turn the direction or the leaf come first, then those of worth; these use up the operators they speak of. */
void jwi_event_turn(const struct event_scene *scene, struct event_draft *draft, const struct scope *scope, jw_range clause);
struct worth jwi_event_note(const struct event_scene *scene, const struct event_draft *draft, struct scope *scope, jw_range clause,
                            struct worth worth);

/* Rank of the indicator + 1; an event that is turned round raises none, nor does a channel the indicator does not count. */
uint16_t jwi_event_credit(const struct event_scene *scene, const struct event_draft *draft, const struct scope *scope);

/* Text and tokens of the match. */
void jwi_event_fill_range(const struct event_scene *scene, const struct event_match *match, jw_claim *claim);

/*
 * Words the event rests on: those of the match and the value of its change; and, when something turns it round, all from the bearer on:
 * 並未否認客戶砍單.
 */
void jwi_event_fill_why(const struct event_scene *scene, const struct event_draft *draft, const struct scope *scope, jw_range clause,
                        int by_value, jw_claim *claim);

#endif
