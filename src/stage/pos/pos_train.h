/* SPDX-License-Identifier: Apache-2.0 */
/* Trainer of stage pos: gold words and tags to the bytes of section POSN. */
#ifndef JW_STAGE_POS_POS_TRAIN_H
#define JW_STAGE_POS_POS_TRAIN_H

#include "model/lesson_train.h"

/* What is learned, and how long. */
struct pos_course {
    struct lesson lesson; /* as the caller of jwi_lesson_start fills it */
    uint32_t epochs;
    void (*report)(uint32_t epoch, uint32_t wrong, uint32_t total);
};

/* Section POSN.  Status: EMEMORY, also for a start of another shape. */
jw_status jwi_pos_train(struct pos_course *course, jw_bytes *ret, jw_error *reterr);

/* A start for such trainings (ml/tagnet_start_train.h) with the features seen `least` times or more.  Status: EMEMORY. */
jw_status jwi_pos_train_start(struct pos_course *course, uint32_t least, jw_bytes *ret, jw_error *reterr);

#endif
