/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an event is worth: base, notes, magnitude, degree and what its scope leaves of them (docs/FINANCE.md has the formula); its progress and
 * relevance.  All factors are integers in 1/JW_SCALE, multiplied in a fixed order and rounded half away from zero.
 */
#include "stage/event/event_weigh.h"

#include "base/error.h"
#include "doc/scope.h"

#include <string.h>
enum { AMPLIFIED = 12000, DIMINISHED = 6000, TURNED = -5000, OFFICIAL = 11000, BARE = 7000, ASKED = 5000 };

static int32_t clamped(int32_t value, int32_t limit)
{
    return value > limit ? limit : value < -limit ? -limit : value;
}

static struct worth base_worth(const struct leaf *leaf, uint8_t direction)
{
    const int32_t sign = direction == JW_DIRECTION_UP ? 1 : direction == JW_DIRECTION_DOWN ? -1 : 0;
    return (struct worth){leaf->sign == SIGN_DIRECTION ? sign * leaf->market_prior : leaf->market_prior,
                          leaf->credit_sign == SIGN_DIRECTION ? sign * leaf->credit_prior : leaf->credit_prior};
}

static uint8_t find_progress(const struct event_match *match, const struct scope *scope, const struct leaf *leaf)
{
    if (scope->operators & OPERATOR_DENIED && !scope_flips(scope))
        return JW_DENIED;
    if (scope->operators & OPERATOR_CANCELLED)
        return JW_CANCELLED;
    if (match->pattern->progress == JW_COMPLETED || match->pattern->progress == JW_CANCELLED)
        return match->pattern->progress;
    if (scope->progress)
        return scope->progress;
    if (scope->mood & JW_MOOD_FUTURE && !leaf->is_exempt)
        return JW_PLANNED;
    if (scope->fact == JW_RUMOUR || (scope->fact == JW_OPINION && !leaf->is_exempt))
        return JW_RUMOURED;
    if (match->pattern->progress)
        return match->pattern->progress;
    return leaf->is_report ? JW_REPORTED : JW_ANNOUNCED;
}

static uint32_t body_rank(const jw_doc *doc, uint32_t sentence)
{
    uint32_t rank = 0;
    while (rank < 2 && sentence > rank && doc->sentences[sentence - rank - 1].part == doc->sentences[sentence].part)
        rank++;
    return rank;
}

static uint32_t find_relevance(const jw_doc *doc, const jw_claim *claim)
{
    const uint32_t kind = doc->parts[doc->sentences[claim->sentence].part].kind;
    if (kind == JW_PART_REPLY || claim->mood & JW_MOOD_LISTED)
        return 20;
    return kind == JW_PART_TITLE ? 100 : body_rank(doc, claim->sentence) < 2 ? 80 : 50;
}

/* What leaf and place in the text say: aspect, flags, relevance. */
static void fill_place(const jw_doc *doc, const struct leaf *leaf, jw_event *event)
{
    event->claim.aspect = leaf->aspect;
    event->relevance = find_relevance(doc, &event->claim);
    event->flags = (uint8_t)((leaf->is_scheduled ? JW_EVENT_SCHEDULED : 0) | (event->relevance == 100 ? JW_EVENT_TITLE : 0));
}

int32_t jwi_event_market(int32_t base, const jw_claim *claim)
{
    return clamped(times(times(base, claim->magnitude), claim->degree), JW_SCALE);
}

jw_status jwi_event_weigh_plainly(struct event_work *work, struct event_draft *draft, int is_routine, jw_error *reterr)
{
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    jw_claim *const claim = &draft->event.claim;
    struct worth worth = base_worth(leaf, claim->direction);
    if (leaf->sign == SIGN_FIXED && claim->direction == JW_DIRECTION_UP && worth.market < 0) /* 復工, 恢復交易 */
        worth = (struct worth){times(worth.market, TURNED), times(worth.credit, TURNED)};
    draft->base_market = is_routine ? 0 : worth.market;
    claim->market = jwi_event_market(draft->base_market, claim);
    claim->credit = is_routine ? 0 : clamped(worth.credit, 3 * JW_SCALE);
    fill_place(work->doc, leaf, &draft->event);
    return jwi_event_write_rule(work, draft, reterr);
}

jw_status jwi_event_weigh(const struct event_scene *scene, const struct event_match *match, struct event_draft *draft, jw_error *reterr)
{
    static const int32_t magnitudes[] = {5000, 7500, 10000, 12500, 15000};
    const struct event_work *const work = scene->work;
    jw_claim *const claim = &draft->event.claim;
    const jw_range clause = jwi_event_clause(scene, scene->hit[match->trigger].tokens.start);
    const struct own own = jwi_event_own(scene, match);
    struct scope scope = jwi_event_scope(scene, match, &own);
    if (match->pattern->fact)
        scope.fact = (uint8_t)(match->pattern->fact - 1);
    jwi_event_fill_range(scene, match, claim);
    claim->sentence = scene->sentence;
    claim->direction = jwi_event_direction(scene, match, draft, own.kinds);
    claim->fact = scope.fact;
    claim->mood = scope.mood;
    draft->is_changed = (uint8_t)jwi_event_change(work, draft, &draft->change);
    jwi_event_turn(scene, draft, &scope, clause);
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    claim->progress = find_progress(match, &scope, leaf);
    const uint32_t flips = scope_flips(&scope) + (scope.operators & OPERATOR_DENIED ? 1 : 0);
    claim->negation = (uint8_t)(claim->progress == JW_DENIED || claim->progress == JW_CANCELLED || !flips ? JW_NEGATION_NONE
                                : flips % 2                                                               ? JW_NEGATED
                                                                                                          : JW_NEGATED_TWICE);
    struct worth worth = base_worth(leaf, claim->direction);
    worth = jwi_event_note(scene, draft, &scope, clause, worth);
    claim->magnitude = draft->is_changed ? magnitudes[jwi_event_magnitude(draft->change)] : JW_SCALE;
    claim->degree = times(scope.degree, match->flags & TAG_STRONG ? AMPLIFIED : match->flags & TAG_WEAK ? DIMINISHED : JW_SCALE);
    const int32_t factor = scope_factor(&scope, leaf->is_exempt);
    draft->base_market = times(worth.market, factor);
    claim->market = jwi_event_market(draft->base_market, claim);
    claim->credit = clamped(times(worth.credit, factor), 3 * JW_SCALE);
    if (work->doc->meta.source_type == JW_OFFICIAL)
        claim->credit = clamped(times(claim->credit, OFFICIAL), 3 * JW_SCALE);
    draft->event.credit_code = jwi_event_credit(scene, draft, &scope);
    jwi_event_fill_why(scene, draft, &scope, clause, match->pattern->direction == DIRECT_VALUE && claim->direction, claim);
    claim->conf = leaf->bears != JW_NONE && claim->entity == JW_NONE ? times(match->pattern->conf, BARE) : match->pattern->conf;
    if (scope.mood & JW_MOOD_QUESTION)
        claim->conf = times(claim->conf, ASKED);
    claim->conf = jwi_event_confidence(work->lex, claim->conf);
    fill_place(work->doc, leaf, &draft->event);
    TRY(jwi_event_write_rule(scene->work, draft, reterr));
    return jwi_event_write_path(scene, match, draft, reterr);
}
