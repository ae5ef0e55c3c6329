/* SPDX-License-Identifier: Apache-2.0 */
/* Public worker.h: option checks, lifetimes, and calls into input and pipeline. */
#include "api/worker.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/model.h"
#include "stage/input/input_conllu.h"
#include "stage/pipeline.h"

#include <string.h>

enum { MAX_SENTENCE_MIN = 16, MAX_SENTENCE_MAX = 4096, MAX_CANDIDATES = 3};
#define MAX_BYTES_CAP ((size_t)1 << 30)

static jw_status check_options(const jw_options *options, jw_error *reterr)
{
    if (options->size != sizeof *options)
        return jwi_fail(reterr, JW_EOPTION, 0, "options of %zu bytes, this library has %zu", options->size, sizeof *options);
    if (options->flags & ~(JW_STRICT | JW_SCRIPT_HANS | JW_LINES))
        return jwi_fail(reterr, JW_EOPTION, 0, "unknown flag in %#x", options->flags);
    if (!options->max_bytes || options->max_bytes > MAX_BYTES_CAP)
        return jwi_fail(reterr, JW_EOPTION, 0, "max_bytes %zu is not in 1..%zu", options->max_bytes, MAX_BYTES_CAP);
    if (options->candidates > MAX_CANDIDATES)
        return jwi_fail(reterr, JW_EOPTION, 0, "candidates %u is not in 0..%d", options->candidates, MAX_CANDIDATES);
    if (options->max_sentence < MAX_SENTENCE_MIN || options->max_sentence > MAX_SENTENCE_MAX)
        return jwi_fail(reterr, JW_EOPTION, 0, "max_sentence %u is not in %d..%d", options->max_sentence, MAX_SENTENCE_MIN,
                        MAX_SENTENCE_MAX);
    return JW_OK;
}

static jw_status hold_userdicts(jw_worker *worker, jw_error *reterr)
{
    const uint32_t n = worker->options.userdict_count;
    worker->options.userdict_count = 0;
    worker->userdicts = PUSH(&worker->own, const jw_userdict *, n);
    if (!worker->userdicts)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < n; i++)
        worker->userdicts[i] = jw_userdict_ref((jw_userdict *)(uintptr_t)worker->options.userdicts[i]);
    worker->options.userdicts = worker->userdicts;
    worker->options.userdict_count = n;
    return JW_OK;
}

jw_status jw_worker_new(jw_model *model, const jw_options *options, jw_worker **ret, jw_error *reterr)
{
    const jw_options fallback = JW_OPTIONS_INIT;
    if (!options)
        options = &fallback;
    TRY(check_options(options, reterr));
    TRY(jwi_stages_check(model->views, jwi_layers_closure(options->want), reterr));
    jw_worker *worker = jwi_new(&model->alloc, sizeof *worker);
    if (!worker)
        return jwi_fail_memory(reterr);
    worker->alloc = model->alloc;
    worker->model = jw_model_ref(model);
    worker->options = *options;
    jwi_arena_init(&worker->own, &worker->alloc);
    jwi_arena_init(&worker->lasting, &worker->alloc);
    jwi_arena_init(&worker->scratch, &worker->alloc);
    worker->room.options = &worker->options;
    worker->room.views = model->views;
    worker->room.lexicon = model->lexicon;
    worker->room.kb = model->kb;
    worker->room.lasting = &worker->lasting;
    worker->room.scratch = &worker->scratch;
    const jw_status status = hold_userdicts(worker, reterr);
    if (status != JW_OK) {
        jw_worker_free(worker);
        return status;
    }
    *ret = worker;
    return JW_OK;
}

void jw_worker_free(jw_worker *worker)
{
    if (!worker)
        return;
    for (uint32_t i = 0; i < worker->options.userdict_count; i++)
        jw_userdict_unref((jw_userdict *)(uintptr_t)worker->userdicts[i]);
    jwi_codec_close(&worker->codec);
    jwi_arena_free(&worker->own);
    jwi_arena_free(&worker->lasting);
    jwi_arena_free(&worker->scratch);
    jw_model_unref(worker->model);
    const jw_alloc alloc = worker->alloc;
    jwi_free(&alloc, worker, sizeof *worker);
}

void jw_worker_set_budget(jw_worker *worker, jw_budget budget)
{
    worker->options.budget = budget;
}

jw_status jw_worker_load(jw_worker *worker, const jw_input *input, jw_doc *doc, jw_error *reterr)
{
    jw_doc_clear(doc);
    if (input->size != sizeof *input)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "input of %zu bytes, this library has %zu", input->size, sizeof *input);
    doc->model = jw_model_ref(worker->model);
    jwi_arena_reset(&worker->scratch);
    const jw_status status = jwi_input_load(&worker->codec, &worker->options, &worker->scratch, input, doc, reterr);
    if (status != JW_OK)
        jw_doc_clear(doc);
    return status;
}

jw_status jw_worker_load_conllu(jw_worker *worker, jw_bytes conllu, jw_doc *doc, jw_error *reterr)
{
    jw_doc_clear(doc);
    doc->model = jw_model_ref(worker->model);
    jwi_arena_reset(&worker->scratch);
    const jw_status status = jwi_input_load_conllu(&worker->options, &worker->scratch, conllu, doc, reterr);
    if (status != JW_OK)
        jw_doc_clear(doc);
    return status;
}

jw_status jw_worker_resume(jw_worker *worker, jw_doc *doc, jw_error *reterr)
{
    if (!(doc->layers & JW_LAYER_TEXT))
        return jwi_fail(reterr, JW_ESTATE, 0, "the document has no text");
    if (doc->model != worker->model)
        return jwi_fail(reterr, JW_ESTATE, 0, "the document was loaded with another model");
    return jwi_pipeline_run(&worker->room, doc, reterr);
}

static jw_status load_and_resume(jw_worker *worker, const jw_input *input, jw_doc *doc, jw_error *reterr)
{
    TRY(jw_worker_load(worker, input, doc, reterr));
    const jw_status status = jw_worker_resume(worker, doc, reterr);
    if (status != JW_OK)
        jw_doc_clear(doc);
    return status;
}

jw_status jw_worker_run(jw_worker *worker, jw_bytes utf8, jw_doc *doc, jw_error *reterr)
{
    const jw_part body = {utf8, JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    input.parts = &body;
    input.part_count = 1;
    return load_and_resume(worker, &input, doc, reterr);
}

jw_status jw_worker_run_many(jw_worker *worker, const jw_input *inputs, size_t n, jw_doc *const *docs, jw_status *each,
                             jw_error *reterr)
{
    jw_status first = JW_OK;
    for (size_t i = 0; i < n; i++) {
        jw_error error;
        const jw_status status = load_and_resume(worker, &inputs[i], docs[i], &error);
        if (each)
            each[i] = status;
        if (status != JW_OK && first == JW_OK)
            first = jwi_fail(reterr, status, i, "%s", error.message);
    }
    return first;
}
