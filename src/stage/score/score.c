/* SPDX-License-Identifier: Apache-2.0 */
/* Stage score: scores of the entities and the evidence that sums to them. */
#include "base/error.h"
#include "stage/stage.h"

static jw_status score_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    (void)view;
    (void)room;
    doc->scores = PUSH_ZERO(&doc->arena, jw_score, doc->entity_count);
    if (!doc->scores)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->entity_count; i++)
        doc->scores[i].top_event = JW_NONE;
    doc->evidence_count = doc->aspect_count = 0;
    return JW_OK;
}

const struct stage jwi_stage_score = {
    .name = "score",
    .reads = JW_LAYER_OPINIONS | JW_LAYER_EVENTS,
    .writes = JW_LAYER_SCORES,
    .run = score_run,
};
