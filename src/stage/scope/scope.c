/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage scope: clauses, and the operators that reach each token: negation, degree, doubt, denial, concession, question, report.
 * Three steps: the words of dict/senti in the text (scope_find), the clauses with their subjects (scope_clause), the reach of every
 * operator (scope_apply). 
 */
#include "base/error.h"
#include "stage/scope/scope_work.h"

static jw_status scope_open(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    (void)lexicon;
    return jwi_senses_open(file, view, reterr);
}

static jw_status scope_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    static const jw_bytes verb = {"VERB", 4};
    struct scope_work work = {.senses = view, .room = room, .doc = doc};
    work.verb = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_UPOS, verb);
    doc->scopes = PUSH_ZERO(&doc->arena, struct scope, doc->token_count);
    if (!doc->scopes)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->token_count; i++)
        doc->scopes[i].degree = JW_SCALE;
    TRY(jwi_scope_find(&work, reterr));
    TRY(jwi_scope_clauses(&work, reterr));
    jwi_scope_apply(&work);
    return JW_OK;
}

const struct stage jwi_stage_scope = {
    .name = "scope",
    .reads = JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_ENTITIES | JW_LAYER_VALUES,
    .writes = LAYER_SCOPES,
    .view_size = sizeof(struct senses),
    .open = scope_open,
    .run = scope_run,
};
