/* SPDX-License-Identifier: Apache-2.0 */
/* Stage relation: relations between the entities of a sentence. */
#include "base/error.h"
#include "stage/stage.h"

static jw_status relation_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    (void)view;
    (void)room;
    (void)reterr;
    doc->relation_count = doc->relation_arg_count = 0;
    return JW_OK;
}

const struct stage jwi_stage_relation = {
    .name = "relation",
    .reads = LAYER_SCOPES,
    .writes = JW_LAYER_RELATIONS,
    .run = relation_run,
};
