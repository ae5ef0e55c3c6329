/* SPDX-License-Identifier: Apache-2.0 */
/* The runner: opens the stages' views, runs the stages a document still needs, in the order of stages.def. */
#ifndef JW_STAGE_PIPELINE_H
#define JW_STAGE_PIPELINE_H

#include "stage/stage.h"

enum stage_id {
#define STAGE(name) STAGE_##name,
#include "stage/stages.def"
#undef STAGE
    STAGE_COUNT
};

/* Layers and the layers they are made from. */
uint32_t jwi_layers_closure(uint32_t want);

/* Opens every stage's view; a stage whose section is missing gets NULL.  ret[STAGE_COUNT] comes from the arena. */
jw_status jwi_stages_open(const struct model_file *file, const void *lexicon, struct arena *arena, const void ***ret, jw_error *reterr);

/* EMODEL_MISSING naming the first wanted layer whose stage has no view. */
jw_status jwi_stages_check(const void *const *views, uint32_t want, jw_error *reterr);

/*
 * Runs the stages for wanted and absent layers.  `room` needs options, views, lexicon, kb and the arenas.
 * On failure the document's layers are as before.
 */
jw_status jwi_pipeline_run(struct room *room, jw_doc *doc, jw_error *reterr);

/*
 * For trainers and evaluators: fills the working layers (units, boundaries, pins, sentences, and words when tokens are present) and computes
 * no learned layer.
 */
jw_status jwi_pipeline_prepare(struct room *room, jw_doc *doc, jw_error *reterr);

/* Fills room->words from the document's tokens; requires room->units. */
jw_status jwi_room_bind_words(struct room *room, const jw_doc *doc, jw_error *reterr);

/* Runs one stage, for trainers; what it reads must be there. */
jw_status jwi_room_run(int stage, struct room *room, jw_doc *doc, jw_error *reterr);

#endif
