/* SPDX-License-Identifier: Apache-2.0 */
/* Stage event: events of the taxonomy with their arguments. */
#include "base/error.h"
#include "stage/stage.h"

static jw_status event_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    (void)view;
    (void)room;
    (void)reterr;
    doc->event_count = doc->event_arg_count = 0;
    return JW_OK;
}

const struct stage jwi_stage_event = {
    .name = "event",
    .reads = LAYER_SCOPES,
    .writes = JW_LAYER_EVENTS,
    .run = event_run,
};
