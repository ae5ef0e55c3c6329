/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scorer's seam: one score per possible boundary, higher = cut.  seg_linear.c implements it
 * from section SEGL; another scorer would bring its own section and leave the decoder as it is.
 */
#ifndef JW_STAGE_SEG_SEG_SCORE_H
#define JW_STAGE_SEG_SEG_SCORE_H

#include "stage/seg/seg_view.h"

/* Units scored at a time; what a window needs stays in the first cache. */
enum { SEG_STEP = 256 };

struct seg_scratch {
    struct seg_window window;
    int32_t *sums;
};

jw_status jwi_seg_scratch_new(struct arena *arena, struct seg_scratch *ret, jw_error *reterr);

/*
 * Scores of the boundaries of one sentence, ret[sentence.len + 1]; the two outer ones and those
 * that `boundary` decides stay 0. The result does not depend on SEG_STEP.
 */
void jwi_seg_score(const struct seg_view *view, struct seg_scratch *scratch, struct units sentence,
                   const uint8_t *boundary, int32_t *ret);

#endif
