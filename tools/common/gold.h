/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gold data for trainers: CoNLL-U files read by the library's own reader, with the working layers (units, boundaries, pins, lexicon) made by
 * the same stages that run on raw text, so that training sees what running sees.
 */
#ifndef JW_TOOLS_GOLD_H
#define JW_TOOLS_GOLD_H

#include "model/model.h"
#include "stage/pipeline.h"

struct gold {
    jw_model *model; /* NORM, LEXI, LABL at least */
    jw_doc *doc;     /* gold layers; sentences as in the files */
    jw_options options;
    struct arena lasting, scratch;
    struct room room; /* units, boundary, pins: as on raw text, without knowledge of the gold words; words: the gold ones */
};

/* Exit codes of the trainers, as of the command: input, model. */
enum { TOOL_INPUT = 3, TOOL_MODEL = 5 };

/* Ends the program with "what: message" unless the status is OK. */
void jwi_check(jw_status status, const jw_error *error, const char *what, int exit_code);

/* Ends the program with a message when a file cannot be read. */
void jwi_gold_read(struct gold *ret, const char *model_path, const char *const *paths, int path_count);

/* The same from text in hand. */
void jwi_gold_read_text(struct gold *ret, const char *model_path, jw_bytes conllu);
void jwi_gold_free(struct gold *gold);

#endif
