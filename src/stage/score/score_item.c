/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items: every statement about a bearer, with its weight: position x conceded x confidence x future.  An opinion inside the words of an event
 * that says something is the same statement and not an item.
 */
#include "base/error.h"
#include "base/search.h"
#include "base/sort.h"
#include "stage/score/score.h"

#include <string.h>

/* Tenths. */
enum { TITLE_WEIGHT = 10, LEAD_WEIGHT = 8, BODY_WEIGHT = 5, REPLY_WEIGHT = 3, LISTED_WEIGHT = 1, CONCEDED_WEIGHT = 3, LEAD_SENTENCES = 2 };

static uint32_t position(const struct desk *desk, const jw_claim *claim)
{
    if (claim->mood & JW_MOOD_LISTED)
        return LISTED_WEIGHT;
    if (claim->sentence < desk->title_end)
        return TITLE_WEIGHT;
    if (claim->sentence >= desk->body_end)
        return REPLY_WEIGHT;
    return claim->sentence < desk->title_end + LEAD_SENTENCES ? LEAD_WEIGHT : BODY_WEIGHT;
}

static uint32_t weight_of(const struct desk *desk, const jw_claim *claim)
{
    const uint32_t conceded = claim->mood & JW_MOOD_CONCEDED ? CONCEDED_WEIGHT : 10;
    const uint32_t future = claim->mood & JW_MOOD_FUTURE || claim->fact == JW_FORECAST ? 3 : 2;
    const uint32_t conf = claim->conf < 0 ? 0 : claim->conf > JW_SCALE ? JW_SCALE : (uint32_t)claim->conf;
    return position(desk, claim) * conceded * conf * future;
}

static int32_t clamp(int64_t value, int32_t most)
{
    return value > most ? most : value < -most ? -most : (int32_t)value;
}

static struct item *add_item(struct desk *desk, const jw_claim *claim, uint32_t entity, int32_t share)
{
    if (entity >= desk->doc->entity_count)
        return NULL;
    struct item *const item = &desk->items[desk->item_count++];
    memset(item, 0, sizeof *item);
    item->claim = claim;
    item->entity = entity;
    item->event = item->opinion = JW_NONE;
    item->polarity = clamp(round_half((int64_t)claim->market * share, JW_SCALE), JW_SCALE);
    item->credit = clamp(round_half((int64_t)claim->credit * share, JW_SCALE), 3 * JW_SCALE);
    item->weight = weight_of(desk, claim);
    item->aspect = claim->aspect;
    item->text = claim->why.end > claim->why.start ? claim->why : claim->text;
    return item;
}

static void add_events(struct desk *desk)
{
    const jw_doc *const doc = desk->doc;
    for (uint32_t i = 0; i < doc->event_count; i++) {
        const jw_event *const event = &doc->events[i];
        if (event->same != i)
            continue;
        struct item *item = add_item(desk, &event->claim, event->claim.entity, JW_SCALE);
        if (item)
            item->event = i;
        item = event->second == event->claim.entity ? NULL : add_item(desk, &event->claim, event->second, event->second_share);
        if (item)
            item->event = i;
    }
}

enum { SAID_OF_NOBODY = 1, SAID };

/* Marks the tokens of events that say something. */
static void mark_events(const jw_doc *doc, uint8_t *said)
{
    for (uint32_t i = 0; i < doc->event_count; i++) {
        const jw_claim *const claim = &doc->events[i].claim;
        const uint8_t mark = claim->entity == JW_NONE && doc->events[i].second == JW_NONE ? SAID_OF_NOBODY : SAID;
        for (uint32_t t = claim->tokens.start; (claim->market || claim->credit) && t < claim->tokens.end && t < doc->token_count; t++)
            said[t] = said[t] > mark ? said[t] : mark;
    }
}

/* The clause of the claim names its bearer. */
static int is_named(const jw_doc *doc, const jw_claim *claim)
{
    const uint32_t clause = claim->tokens.start < doc->token_count ? doc->scopes[claim->tokens.start].clause : JW_NONE;
    if (clause >= doc->clause_count)
        return 0;
    const jw_range tokens = doc->clauses[clause].tokens;
    for (uint32_t m = SEARCH_FROM(doc->mentions, doc->mention_count, tokens.start, tokens.start);
         m < doc->mention_count && doc->mentions[m].tokens.start < tokens.end; m++)
        if (doc->links[m].entity == claim->entity)
            return 1;
    return 0;
}

/* An event says the same; of one without a bearer what its clause says of the company it names still counts: 難抵關稅衝擊. */
static int is_repeated(const jw_doc *doc, const jw_claim *claim, const uint8_t *said)
{
    uint8_t mark = 0;
    for (uint32_t t = claim->tokens.start; t < claim->tokens.end && t < doc->token_count; t++)
        mark = said[t] > mark ? said[t] : mark;
    return mark == SAID || (mark == SAID_OF_NOBODY && !is_named(doc, claim));
}

static void add_opinions(struct desk *desk, const uint8_t *said)
{
    const jw_doc *const doc = desk->doc;
    for (uint32_t i = 0; i < doc->opinion_count; i++) {
        const jw_claim *const claim = &doc->opinions[i].claim;
        if ((!claim->market && !claim->credit) || is_repeated(doc, claim, said))
            continue;
        struct item *const item = add_item(desk, claim, claim->entity, JW_SCALE);
        if (!item)
            continue;
        item->opinion = i;
        item->weight = claim->market ? item->weight : 0;
    }
}

static int is_after(const void *context, uint32_t a, uint32_t b)
{
    const struct item *const x = (const struct item *)context + a, *const y = (const struct item *)context + b;
    if (x->entity != y->entity)
        return x->entity > y->entity;
    return x->text.start != y->text.start ? x->text.start > y->text.start : x->text.end > y->text.end;
}

static jw_status sort_items(struct desk *desk, jw_error *reterr)
{
    const uint32_t n = desk->item_count;
    uint32_t *const order = PUSH(desk->arena, uint32_t, 2 * (size_t)n);
    struct item *const sorted = PUSH(desk->arena, struct item, n);
    if (!order || !sorted)
        return jwi_fail_memory(reterr);
    jwi_sort(order, order + n, n, is_after, desk->items);
    for (uint32_t i = 0; i < n; i++) {
        sorted[i] = desk->items[order[i]];
        desk->first[sorted[i].entity + 1]++;
    }
    for (uint32_t i = 0; i < desk->doc->entity_count; i++)
        desk->first[i + 1] += desk->first[i];
    desk->items = sorted;
    return JW_OK;
}

jw_status jwi_score_items(struct desk *desk, jw_error *reterr)
{
    const jw_doc *const doc = desk->doc;
    const uint32_t marks = jwi_score_marks(doc);
    desk->items = PUSH(desk->arena, struct item, 2 * (size_t)doc->event_count + doc->opinion_count + marks);
    desk->first = PUSH_ZERO(desk->arena, uint32_t, (size_t)doc->entity_count + 1);
    uint8_t *const said = PUSH_ZERO(desk->arena, uint8_t, doc->token_count);
    if (!desk->items || !desk->first || !said)
        return jwi_fail_memory(reterr);
    add_events(desk);
    mark_events(doc, said);
    add_opinions(desk, said);
    TRY(jwi_score_pushes(desk, marks, reterr));
    return sort_items(desk, reterr);
}
