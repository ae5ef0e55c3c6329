/* SPDX-License-Identifier: Apache-2.0 */
/* CoNLL-U as input: the text rebuilt from forms, and the layers the file holds. */
#ifndef JW_STAGE_INPUT_INPUT_CONLLU_H
#define JW_STAGE_INPUT_INPUT_CONLLU_H

#include <jinwen/worker.h>

#include "base/arena.h"

/*
 * Requires: `doc` is cleared and holds its model.  Multi-word tokens give their words' surface; empty nodes are skipped.  A layer is set only
 * when every word has it: tags other than `_`, heads that form trees, NER= spans.  Part edges are at `# newdoc` and where Part= changes.
 * Status: EFORMAT (reterr->at = byte of the line), ELIMIT, EMEMORY.
 */
jw_status jwi_input_load_conllu(const jw_options *options, struct arena *scratch, jw_bytes conllu, jw_doc *doc, jw_error *reterr);

#endif
