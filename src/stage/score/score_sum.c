/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sums.  market: c = round(w p / (0.25 + sum of w)), the score is the sum of c.  credit: items sorted by size, the k-th counts 1 / 2^k; what
 * passes -3..3 is taken back by an item of rule `clip`.  So both scores are sums of their evidence, exactly.
 */
#include "base/error.h"
#include "base/sort.h"
#include "stage/score/score.h"

#include <string.h>

enum { PRIOR_WEIGHT = JW_WEIGHT_SCALE / 4, CREDIT_MOST = 3 * JW_SCALE, HALVINGS = 20 };

/* The items of one entity, and the evidence they become. */
struct bearer {
    struct item *items;
    uint32_t *by_credit, *spare; /* [count]: items by size of their credit */
    uint32_t count;
};

static int32_t size_of(int32_t value)
{
    return value < 0 ? -value : value;
}

static int is_credit_after(const void *context, uint32_t a, uint32_t b)
{
    const struct item *const items = context;
    const int32_t x = items[a].credit, y = items[b].credit;
    return size_of(x) != size_of(y) ? size_of(x) < size_of(y) : x > y;
}

static int32_t halved(int32_t value, uint32_t times)
{
    return times > HALVINGS ? 0 : (int32_t)round_half(value, (int64_t)1 << times);
}

static void weigh(struct bearer *bearer)
{
    int64_t sum = PRIOR_WEIGHT;
    for (uint32_t i = 0; i < bearer->count; i++)
        sum += bearer->items[i].weight;
    for (uint32_t i = 0; i < bearer->count; i++) {
        struct item *const item = &bearer->items[i];
        item->market_part = (int32_t)round_half((int64_t)item->weight * item->polarity, sum);
    }
    jwi_sort(bearer->by_credit, bearer->spare, bearer->count, is_credit_after, bearer->items);
    for (uint32_t k = 0; k < bearer->count; k++) {
        struct item *const item = &bearer->items[bearer->by_credit[k]];
        item->rank = (uint16_t)(k < UINT16_MAX ? k : UINT16_MAX);
        item->credit_part = halved(item->credit, k);
    }
}

/* What the credit items of an aspect would give alone. */
static int16_t aspect_credit(const struct bearer *bearer, uint16_t aspect)
{
    int64_t sum = 0;
    uint32_t rank = 0;
    for (uint32_t k = 0; k < bearer->count && bearer->items[bearer->by_credit[k]].credit; k++)
        if (bearer->items[bearer->by_credit[k]].aspect == aspect)
            sum += halved(bearer->items[bearer->by_credit[k]].credit, rank++);
    return (int16_t)round_half(sum > CREDIT_MOST ? CREDIT_MOST : sum < -CREDIT_MOST ? -CREDIT_MOST : sum, JW_SCALE);
}

static jw_evidence *add_evidence(jw_doc *doc, const struct item *item)
{
    jw_evidence *const evidence = &doc->evidence[doc->evidence_count++];
    memset(evidence, 0, sizeof *evidence);
    evidence->entity = item->entity;
    evidence->event = item->event;
    evidence->opinion = item->opinion;
    evidence->text = item->text;
    evidence->market = item->market_part;
    evidence->credit = item->credit_part;
    evidence->polarity = item->polarity;
    evidence->item = item->credit;
    evidence->weight = item->weight;
    evidence->aspect = item->aspect;
    evidence->rank = item->rank;
    evidence->rule = item->claim->rule;
    evidence->path = item->claim->path;
    return evidence;
}

/* Carries what raw credit has beyond -3..3; stands with its largest item. */
static void add_clip(jw_doc *doc, const struct item *largest, int32_t credit)
{
    jw_evidence *const clip = add_evidence(doc, largest);
    clip->event = clip->opinion = JW_NONE;
    clip->market = clip->polarity = clip->item = 0;
    clip->weight = 0;
    clip->rank = 0;
    clip->credit = credit;
    clip->rule = (jw_bytes){"clip", 4};
    clip->path = (jw_bytes){NULL, 0};
}

/* Confidence of statements by what they contribute; equal shares when none contributes. */
struct trust {
    int64_t sum, size, plain;
    uint32_t count;
};

static void trust_add(struct trust *trust, int32_t conf, int32_t size)
{
    trust->sum += (int64_t)conf * size;
    trust->size += size;
    trust->plain += conf;
    trust->count++;
}

static int32_t trust_mean(const struct trust *trust)
{
    if (trust->size)
        return (int32_t)round_half(trust->sum, trust->size);
    return trust->count ? (int32_t)round_half(trust->plain, trust->count) : 0;
}

static void add_aspect(jw_doc *doc, struct bearer *bearer, uint16_t aspect, int32_t clip)
{
    jw_aspect *const ret = &doc->aspects[doc->aspect_count++];
    const struct item *const largest = &bearer->items[bearer->by_credit[0]];
    struct trust trust = {0, 0, 0, 0};
    memset(ret, 0, sizeof *ret);
    ret->entity = largest->entity;
    ret->aspect = aspect;
    ret->credit = aspect_credit(bearer, aspect);
    ret->first_evidence = doc->evidence_count;
    for (uint32_t i = 0; i < bearer->count; i++) {
        const struct item *const item = &bearer->items[i];
        if (item->aspect != aspect)
            continue;
        add_evidence(doc, item);
        ret->market += item->market_part;
        ret->credit_raw += item->credit_part;
        trust_add(&trust, item->claim->conf, size_of(item->market_part) + size_of(item->credit_part));
    }
    if (clip && largest->aspect == aspect) {
        add_clip(doc, largest, clip);
        ret->credit_raw += clip;
    }
    ret->conf = trust_mean(&trust);
    ret->evidence_count = doc->evidence_count - ret->first_evidence;
}

/* Aspects in the order of their first words. */
static void add_aspects(jw_doc *doc, struct bearer *bearer, int32_t clip)
{
    const uint32_t first = doc->aspect_count;
    for (uint32_t i = 0; i < bearer->count; i++) {
        int is_done = 0;
        for (uint32_t a = first; a < doc->aspect_count && !is_done; a++)
            is_done = doc->aspects[a].aspect == bearer->items[i].aspect;
        if (!is_done)
            add_aspect(doc, bearer, bearer->items[i].aspect, clip);
    }
}

static void find_top(const struct bearer *bearer, jw_score *score)
{
    uint32_t weight = 0;
    for (uint32_t i = 0; i < bearer->count; i++) {
        const struct item *const item = &bearer->items[i];
        if (item->event == JW_NONE || (score->top_event != JW_NONE && item->weight <= weight))
            continue;
        score->top_event = item->event;
        weight = item->weight;
    }
}

static void sum_bearer(struct desk *desk, struct bearer *bearer, jw_score *score)
{
    struct trust credit_trust = {0, 0, 0, 0};
    int64_t raw = 0;
    int32_t classes[SCORE_CLASSES];
    for (uint32_t i = 0; i < bearer->count; i++) {
        const struct item *const item = &bearer->items[i];
        raw += item->credit_part;
        score->market += item->market_part;
        score->has_market |= item->weight != 0;
        score->has_credit |= item->credit != 0;
        if (item->credit)
            trust_add(&credit_trust, item->claim->conf, size_of(item->credit_part));
    }
    const int64_t kept = raw > CREDIT_MOST ? CREDIT_MOST : raw < -CREDIT_MOST ? -CREDIT_MOST : raw;
    score->is_scored = 1;
    score->credit_raw = (int32_t)kept;
    score->credit = (int16_t)round_half(kept, JW_SCALE);
    score->credit_conf = trust_mean(&credit_trust);
    jwi_score_classes(desk->table, score->market, classes);
    score->p_neg = classes[CLASS_NEGATIVE];
    score->p_neu = classes[CLASS_NEUTRAL];
    score->p_pos = classes[CLASS_POSITIVE];
    for (int i = 0; i < SCORE_CLASSES; i++)
        score->market_conf = classes[i] > score->market_conf ? classes[i] : score->market_conf;
    score->first_aspect = desk->doc->aspect_count;
    score->first_evidence = desk->doc->evidence_count;
    add_aspects(desk->doc, bearer, (int32_t)(kept - raw));
    score->aspect_count = desk->doc->aspect_count - score->first_aspect;
    score->evidence_count = desk->doc->evidence_count - score->first_evidence;
    find_top(bearer, score);
}

/* tone = (P - N) / (P + N + 2): words as they stand, whatever negates them. */
static jw_status add_tones(struct desk *desk, jw_error *reterr)
{
    const jw_doc *const doc = desk->doc;
    uint32_t *const good = PUSH_ZERO(desk->arena, uint32_t, 2 * (size_t)doc->entity_count);
    if (!good)
        return jwi_fail_memory(reterr);
    uint32_t *const bad = good + doc->entity_count;
    for (uint32_t i = 0; i < doc->opinion_count; i++) {
        const jw_opinion *const opinion = &doc->opinions[i];
        if (opinion->claim.entity >= doc->entity_count || !opinion->tone)
            continue;
        (opinion->tone > 0 ? good : bad)[opinion->claim.entity]++;
    }
    for (uint32_t i = 0; i < doc->entity_count; i++)
        doc->scores[i].tone = (int32_t)round_half(((int64_t)good[i] - bad[i]) * JW_SCALE, (int64_t)good[i] + bad[i] + 2);
    return JW_OK;
}

static void count_events(jw_doc *doc)
{
    for (uint32_t i = 0; i < doc->event_count; i++) {
        const jw_event *const event = &doc->events[i];
        if (event->same != i)
            continue;
        for (uint32_t a = 0; a < event->arg_count; a++) {
            const uint32_t entity = doc->event_args[event->first_arg + a].entity;
            int is_counted = entity >= doc->entity_count;
            for (uint32_t b = 0; b < a && !is_counted; b++)
                is_counted = doc->event_args[event->first_arg + b].entity == entity;
            if (!is_counted)
                doc->scores[entity].event_count++;
        }
    }
}

static int is_text_after(const void *context, uint32_t a, uint32_t b)
{
    const jw_evidence *const x = (const jw_evidence *)context + a, *const y = (const jw_evidence *)context + b;
    return x->text.start != y->text.start ? x->text.start > y->text.start : x->text.end < y->text.end;
}

/* For writers that walk along the text: by start, the longest first. */
static jw_status order_evidence(struct desk *desk, jw_error *reterr)
{
    jw_doc *const doc = desk->doc;
    doc->evidence_order = PUSH(&doc->arena, uint32_t, doc->evidence_count);
    uint32_t *const spare = PUSH(desk->arena, uint32_t, doc->evidence_count);
    if (!doc->evidence_order || !spare)
        return jwi_fail_memory(reterr);
    jwi_sort(doc->evidence_order, spare, doc->evidence_count, is_text_after, doc->evidence);
    return JW_OK;
}

jw_status jwi_score_sums(struct desk *desk, jw_error *reterr)
{
    jw_doc *const doc = desk->doc;
    const uint32_t most = desk->item_count + doc->entity_count; /* a clip each */
    uint32_t *const order = PUSH(desk->arena, uint32_t, 2 * (size_t)desk->item_count);
    doc->evidence = PUSH(&doc->arena, jw_evidence, most);
    doc->aspects = PUSH(&doc->arena, jw_aspect, desk->item_count);
    if (!order || !doc->evidence || !doc->aspects)
        return jwi_fail_memory(reterr);
    doc->evidence_count = doc->aspect_count = 0;
    for (uint32_t i = 0; i < doc->entity_count; i++) {
        const uint32_t start = desk->first[i], count = desk->first[i + 1] - start;
        struct bearer bearer = {desk->items + start, order, order + desk->item_count, count};
        doc->scores[i].top_event = JW_NONE;
        if (!count)
            continue;
        weigh(&bearer);
        sum_bearer(desk, &bearer, &doc->scores[i]);
    }
    count_events(doc);
    TRY(order_evidence(desk, reterr));
    return add_tones(desk, reterr);
}
