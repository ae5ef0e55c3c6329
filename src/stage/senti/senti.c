/* SPDX-License-Identifier: Apache-2.0 */
/* Stage senti: opinions: what is said well or ill of an entity without being an event. */
#include "base/error.h"
#include "stage/stage.h"

static jw_status senti_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    (void)view;
    (void)room;
    (void)reterr;
    doc->opinion_count = 0;
    return JW_OK;
}

const struct stage jwi_stage_senti = {
    .name = "senti",
    .reads = LAYER_SCOPES,
    .writes = JW_LAYER_OPINIONS,
    .run = senti_run,
};
