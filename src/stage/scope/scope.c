/* SPDX-License-Identifier: Apache-2.0 */
/* Stage scope: clauses and the operators that reach each token: negation, degree, doubt, denial, concession, question, report. */
#include "base/error.h"
#include "stage/stage.h"

static jw_status scope_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    (void)view;
    (void)room;
    doc->scopes = PUSH_ZERO(&doc->arena, struct scope, doc->token_count);
    doc->clauses = PUSH_ZERO(&doc->arena, struct clause, doc->sentence_count);
    if (!doc->scopes || !doc->clauses)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->token_count; i++)
        doc->scopes[i].degree = JW_SCALE;
    doc->clause_count = doc->sentence_count;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        struct clause *const clause = &doc->clauses[i];
        clause->tokens = doc->sentences[i].tokens;
        clause->sentence = i;
        clause->subject = clause->topic = JW_NONE;
        for (uint32_t t = clause->tokens.start; t < clause->tokens.end; t++)
            doc->scopes[t].clause = i;
    }
    return JW_OK;
}

const struct stage jwi_stage_scope = {
    .name = "scope",
    .reads = JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_ENTITIES | JW_LAYER_VALUES,
    .writes = LAYER_SCOPES,
    .run = scope_run,
};
