/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a user dictionary: refused with a byte inside the input, or compiled and used on a text that holds its first form. */
#include "fuzz/fuzz.h"

#include <jinwen/jinwen.h>
#include <stdlib.h>

static jw_model *model;
static jw_doc *doc;

static void need(int holds)
{
    if (!holds)
        abort();
}

void jwi_fuzz_open(const char *model_path)
{
    need(jw_model_open(model_path, NULL, &model, NULL) == JW_OK);
    need(jw_doc_new(NULL, &doc) == JW_OK);
}

void jwi_fuzz_close(void)
{
    jw_doc_free(doc);
    jw_model_unref(model);
}

void jwi_fuzz_one(const uint8_t *data, size_t len)
{
    const jw_bytes text = {(const char *)data, len};
    jw_options options = JW_OPTIONS_INIT;
    jw_userdict *dict;
    jw_worker *worker;
    jw_error error;
    const jw_status status = jw_userdict_read(model, text, JW_FORCE, &dict, &error);
    if (status != JW_OK) {
        need(status == JW_EUSERDICT && error.at <= len);
        return;
    }
    const jw_userdict *dicts[1] = {dict};
    options.userdicts = dicts;
    options.userdict_count = 1;
    need(jw_worker_new(model, &options, &worker, &error) == JW_OK);
    need(jw_worker_run(worker, text, doc, &error) == JW_OK);
    jw_worker_free(worker);
    jw_userdict_unref(dict);
}
