/* SPDX-License-Identifier: Apache-2.0 */
/* Trainer of section RELN: logistic regression over the labels of pairs, by stochastic descent. */
#ifndef JW_STAGE_RELATION_RELATION_TRAIN_H
#define JW_STAGE_RELATION_RELATION_TRAIN_H

#include "base/arena.h"
#include "stage/relation/relation_view.h"

/* A pair of the corpus: its features with either name as head and its labels (base * 2 + turned). */
struct relation_example {
    const uint64_t *keys[2];
    uint32_t key_count[2];
    uint16_t label[4];
    uint32_t label_count;
};

struct relation_lesson {
    const struct relation_example *examples;
    uint32_t count;
    const struct relation_base *bases; /* the first is "no relation" */
    uint32_t base_count;
    struct arena *arena;
    void (*report)(uint32_t pass, uint32_t passes, double loss);
};

/* Bytes of the section, in the arena.  Status: EMEMORY. */
jw_status jwi_relation_train(const struct relation_lesson *lesson, jw_bytes *ret, jw_error *reterr);

#endif
