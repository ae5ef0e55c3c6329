/* SPDX-License-Identifier: Apache-2.0 */
/* Trainer of stage pos: gold words and tags to the bytes of section POSN. */
#ifndef JW_STAGE_POS_POS_TRAIN_H
#define JW_STAGE_POS_POS_TRAIN_H

#include "model/lexicon.h"
#include "stage/stage.h"

/* Words with vectors that were made from unlabelled text. */
struct pos_vectors {
    const struct units *words; /* [count], normalised */
    const float *at;           /* [count][width] */
    uint32_t count, width;
};

struct pos_lesson {
    const struct room *room; /* units and words */
    const jw_doc *doc;       /* sentences, upos, xpos */
    const struct lexicon *lexicon;
    struct pos_vectors vectors;
    uint32_t epochs;
    void (*report)(uint32_t epoch, uint32_t wrong, uint32_t total);
};

/* Status: EMEMORY. */
jw_status jwi_pos_train(const struct pos_lesson *lesson, struct arena *arena, jw_bytes *ret, jw_error *reterr);

#endif
