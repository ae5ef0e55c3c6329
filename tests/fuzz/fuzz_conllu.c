/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as CoNLL-U: refused with a byte inside the input, or loaded, completed and written. */
#include "fuzz/fuzz.h"

#include <jinwen/jinwen.h>
#include <stdlib.h>

static jw_model *model;
static jw_worker *worker;
static jw_doc *doc;

static void need(int holds)
{
    if (!holds)
        abort();
}

static int drop(void *ctx, const char *at, size_t len)
{
    (void)ctx;
    (void)at;
    (void)len;
    return 0;
}

void jwi_fuzz_open(const char *model_path)
{
    need(jw_model_open(model_path, NULL, &model, NULL) == JW_OK);
    need(jw_worker_new(model, NULL, &worker, NULL) == JW_OK);
    need(jw_doc_new(NULL, &doc) == JW_OK);
}

void jwi_fuzz_close(void)
{
    jw_doc_free(doc);
    jw_worker_free(worker);
    jw_model_unref(model);
}

void jwi_fuzz_one(const uint8_t *data, size_t len)
{
    const jw_bytes text = {(const char *)data, len};
    const jw_sink sink = {drop, NULL};
    jw_error error;
    const jw_status status = jw_worker_load_conllu(worker, text, doc, &error);
    if (status != JW_OK) {
        need(status == JW_EFORMAT && error.at <= len);
        return;
    }
    need(jw_worker_resume(worker, doc, &error) == JW_OK);
    need(jw_write(doc, JW_CONLLU, NULL, sink, &error) == JW_OK);
    need(jw_write(doc, JW_JSONL, NULL, sink, &error) == JW_OK);
}
