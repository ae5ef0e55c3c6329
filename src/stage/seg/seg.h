/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage seg: words.
 * Method: every boundary between two units gets a score from a linear model over character
 * n-grams, character types, the word lists that match around it and what characters tell about
 * names; where scores are unsure, a search over whole words decides (seg_word.h).  What norm and
 * pin decided is not asked again; a preferred form of a user dictionary moves the scores of its
 * edges and its inside by SEG_PREFER.
 * Reads units, boundaries, pins and sentences; writes tokens.  Cost: linear in time, a window of
 * memory; no limit of length.
 */
#ifndef JW_STAGE_SEG_SEG_H
#define JW_STAGE_SEG_SEG_H

#include "stage/stage.h"

/* Score of a boundary in 1/SEG_SCALE of a logit. */
enum { SEG_SCALE = 1024, SEG_PREFER = 5 * SEG_SCALE };

#endif
