/* SPDX-License-Identifier: Apache-2.0 */
/* Trainer of stage pos: gold words and tags to the bytes of section POSN. */
#ifndef JW_STAGE_POS_POS_TRAIN_H
#define JW_STAGE_POS_POS_TRAIN_H

#include "model/lesson_train.h"

/* `lesson` as the caller of jwi_lesson_start fills it.  Status: EMEMORY. */
jw_status jwi_pos_train(struct lesson *lesson, uint32_t epochs,
                        void (*report)(uint32_t epoch, uint32_t wrong, uint32_t total),
                        jw_bytes *ret, jw_error *reterr);

#endif
