/* SPDX-License-Identifier: Apache-2.0 */
/* Reading gold data; see gold.h. */
#include "common/gold.h"

#include "base/file.h"
#include "common/bytes.h"
#include "stage/input/input_conllu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void jwi_check(jw_status status, const jw_error *error, const char *what, int exit_code)
{
    if (status == JW_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, error->message);
    exit(exit_code);
}

/* All files as one text; a blank line keeps their sentences apart. */
static struct buffer join_files(const char *const *paths, int path_count)
{
    struct buffer text = {0};
    for (int i = 0; i < path_count; i++) {
        jw_bytes data;
        jw_error error;
        jwi_check(jwi_file_map(paths[i], &data, &error), &error, paths[i], TOOL_INPUT);
        jwi_buffer_add(&text, data.at, data.len);
        jwi_buffer_add(&text, "\n", 1);
        jwi_file_unmap(data);
    }
    return text;
}

/* The stages run on text and gold sentences only; then the other gold layers are put back. */
static jw_status prepare(struct gold *gold, jw_error *reterr)
{
    const uint32_t layers = gold->doc->layers;
    jwi_doc_drop(gold->doc, JW_LAYER_TOKENS | JW_LAYER_MENTIONS);
    jw_status status = jwi_pipeline_prepare(&gold->room, gold->doc, reterr);
    if (status != JW_OK)
        return status;
    gold->doc->layers = layers;
    jwi_doc_bind_tokens(gold->doc);
    status = jwi_room_bind_words(&gold->room, gold->doc, reterr);
    return status == JW_OK ? jwi_room_run(STAGE_mask, &gold->room, gold->doc, reterr) : status;
}

void jwi_gold_read_text(struct gold *ret, const char *model_path, jw_bytes conllu)
{
    const jw_options options = JW_OPTIONS_INIT;
    jw_error error;
    memset(ret, 0, sizeof *ret);
    ret->options = options;
    ret->options.max_bytes = (size_t)1 << 30;
    jwi_check(jw_model_open(model_path, NULL, &ret->model, &error), &error, model_path, TOOL_INPUT);
    jwi_check(jw_doc_new(NULL, &ret->doc), &error, "document", TOOL_INPUT);
    jwi_arena_init(&ret->lasting, NULL);
    jwi_arena_init(&ret->scratch, NULL);
    ret->room.options = &ret->options;
    ret->room.views = ret->model->views;
    ret->room.lexicon = ret->model->lexicon;
    ret->room.kb = ret->model->kb;
    ret->room.lasting = &ret->lasting;
    ret->room.scratch = &ret->scratch;
    ret->doc->model = jw_model_ref(ret->model);
    jwi_check(jwi_input_load_conllu(&ret->options, &ret->scratch, conllu, ret->doc, &error), &error, "gold data", TOOL_INPUT);
    jwi_check(prepare(ret, &error), &error, "gold data", TOOL_INPUT);
}

void jwi_gold_read(struct gold *ret, const char *model_path, const char *const *paths, int path_count)
{
    struct buffer text = join_files(paths, path_count);
    jwi_gold_read_text(ret, model_path, jwi_buffer_bytes(&text));
    jwi_buffer_free(&text);
}

void jwi_gold_free(struct gold *gold)
{
    jw_doc_free(gold->doc);
    jwi_arena_free(&gold->lasting);
    jwi_arena_free(&gold->scratch);
    jw_model_unref(gold->model);
}
