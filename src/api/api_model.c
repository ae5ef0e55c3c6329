/* SPDX-License-Identifier: Apache-2.0 */
/* Public model.h: opening, which joins the container, the lexicon and the stages' views. */
#include <jinwen/model.h>

#include "base/error.h"
#include "base/file.h"
#include "model/model.h"
#include "stage/pipeline.h"

static jw_status open_bytes(jw_bytes data, const jw_alloc *alloc, int is_mapped, jw_model **ret, jw_error *reterr)
{
    jw_model *model;
    TRY(jwi_model_open_bytes(data, alloc, is_mapped, &model, reterr));
    const jw_status status = jwi_stages_open(&model->file, model->lexicon, &model->arena, &model->views, reterr);
    if (status != JW_OK) {
        model->is_mapped = 0;
        jw_model_unref(model);
        return status;
    }
    *ret = model;
    return JW_OK;
}

jw_status jw_model_open(const char *path, const jw_alloc *alloc, jw_model **ret, jw_error *reterr)
{
    jw_bytes data;
    TRY(jwi_file_map(path, &data, reterr));
    const jw_status status = open_bytes(data, alloc, 1, ret, reterr);
    if (status != JW_OK)
        jwi_file_unmap(data);
    return status;
}

jw_status jw_model_open_memory(jw_bytes data, const jw_alloc *alloc, jw_model **ret, jw_error *reterr)
{
    return open_bytes(data, alloc, 0, ret, reterr);
}
