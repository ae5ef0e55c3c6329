/* SPDX-License-Identifier: Apache-2.0 */
/* Stage esg: sums what the items bring; see esg.h. */
#include "stage/esg/esg.h"

#include "base/error.h"
#include "ml/decay.h"

static jw_status esg_open(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    jw_bytes section;
    (void)lexicon;
    TRY(jwi_model_file_section(file, "ESGR", &section, reterr));
    return jwi_esg_view_open(section, view, reterr);
}

/* Log-odds that an item adds; a remainder is cut towards 0. */
static int32_t logit_of(const struct esg_view *view, const struct esg_item *item)
{
    int64_t sum = 0;
    for (int i = 0; i < ESG_AMOUNTS; i++)
        sum += (int64_t)item->amounts[i].value * view->header.coefficient[item->amounts[i].of] / JW_SCALE;
    for (int i = 0; i < ESG_KEYS; i++) {
        const struct esg_slot *const slot = item->keys[i] ? jwi_esg_find(view, item->keys[i]) : NULL;
        sum += slot ? slot->weight : 0;
    }
    return sum < -ESG_WEIGHT_MAX ? -ESG_WEIGHT_MAX : sum > ESG_WEIGHT_MAX ? ESG_WEIGHT_MAX : (int32_t)sum;
}

static int32_t logistic(int64_t logit)
{
    const int64_t odds = decay((logit < 0 ? -logit : logit) * (1 << DECAY_BITS) / JW_SCALE);
    const int64_t small = odds * JW_SCALE / (DECAY_ONE + odds);
    return (int32_t)(logit < 0 ? small : JW_SCALE - small);
}

/* Items that say something, at most ESG_EVIDENCE_MAX. */
static uint32_t count_items(const struct esg_view *view, const struct esg_items *items)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < items->len && n < ESG_EVIDENCE_MAX; i++)
        n += logit_of(view, &items->at[i]) != 0;
    return n;
}

static jw_status esg_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct esg_view *const esg = view;
    struct esg_items items;
    jw_esg reading = {.prior = esg->header.prior};
    TRY(jwi_esg_items(esg, room, doc, room->scratch, &items, reterr));
    jw_esg_evidence *const evidence = PUSH(&doc->arena, jw_esg_evidence, items.len);
    if (!evidence)
        return jwi_fail_memory(reterr);
    int64_t sum = reading.prior;
    const uint32_t said = count_items(esg, &items);
    for (uint32_t i = 0; i < items.len; i++) {
        const struct esg_item *const item = &items.at[i];
        const int32_t whole = logit_of(esg, item), logit = said <= ESG_ITEMS_FULL ? whole : (int32_t)((int64_t)whole * ESG_ITEMS_FULL / said);
        if (!logit || reading.evidence_count == ESG_EVIDENCE_MAX)
            continue;
        evidence[reading.evidence_count++] = (jw_esg_evidence){item->text, item->rule, logit, item->source};
        sum += logit;
    }
    reading.evidence = evidence;
    reading.logit = (int32_t)sum;
    reading.p_risk = logistic(sum);
    reading.is_read = reading.evidence_count != 0;
    reading.is_risk = reading.p_risk >= esg->header.threshold;
    doc->esg = reading;
    return JW_OK;
}

const struct stage jwi_stage_esg = {
    .name = "esg",
    .reads = JW_LAYER_OPINIONS | JW_LAYER_EVENTS,
    .writes = JW_LAYER_ESG,
    .view_size = sizeof(struct esg_view),
    .open = esg_open,
    .run = esg_run,
};
