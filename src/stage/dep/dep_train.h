/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trainer of the parser: sections DEPN and DEPW from trees.
 * Method: cross-entropy of the head and the label of every word, and, from the first layer and the last, of its true tag, since the tags it
 * is given are guesses; Adam on small batches, dropout, a rate that falls to 0.  Trees of other parsers may be learned before the true ones, and
 * in place of a word's head and tag how likely they hold each (Hinton et al. 2015).
 */
#ifndef JW_STAGE_DEP_DEP_TRAIN_H
#define JW_STAGE_DEP_DEP_TRAIN_H

#include "base/arena.h"
#include "stage/dep/dep_view.h"
#include "stage/stage.h"

enum { DEP_LIKELY = 4 };

/* What other parsers hold likely of a word: weights of 65535, 0 where there is no more. */
struct dep_likely {
    uint16_t heads[DEP_LIKELY], head_weights[DEP_LIKELY];
    uint8_t upos[DEP_LIKELY], xpos[DEP_LIKELY];
    uint16_t tag_weights[DEP_LIKELY];
};

/* A sentence; arrays are [nodes], node 0 is the root and not looked at. */
struct dep_example {
    const struct dep_word *words;
    const uint16_t *upos, *xpos; /* as a tagger gives them that has not learned this sentence */
    const struct room_second *second; /* NULL: the tags above alone count */
    const uint16_t *true_upos, *true_xpos; /* NULL: not known */
    const uint16_t *labels;
    const uint32_t *heads;
    const struct dep_likely *likely; /* NULL: the heads and tags above are certain */
    uint32_t nodes;
};

struct dep_examples {
    const struct dep_example *at;
    uint32_t len;
};

struct dep_recipe {
    uint32_t width, hidden, layers, arc, label;
    uint32_t first_epochs, epochs; /* over `others` and the true trees; over the true ones alone */
    uint32_t batch;                /* words */
    float rate, drop, drop_recurrent;
    float certain; /* share of the true trees that come with their true tags, for texts whose tags are given */
    uint64_t seed;
};

/* All that is learned, as floats in an order of the trainer's own. */
struct dep_numbers {
    const float *at;
    size_t len;
};

struct dep_lesson {
    struct dep_examples trees, others;
    const struct dep_word *vector_words; /* [vector_count], no form twice */
    const float *vectors;                /* [vector_count][vector_width], a multiple of 16 */
    uint32_t vector_count, vector_width;
    uint32_t label_count, label_root, label_piece, xpos_count;
    uint64_t label_names;
    struct dep_recipe recipe;
    struct dep_numbers start; /* of an earlier course over the same sentences and vectors; none: made up */
    void (*report)(uint32_t epoch, uint32_t epochs,
                   double lack); /* of probability of true heads and labels, a word */
};

struct dep_sections {
    jw_bytes network, words;
    struct dep_numbers first; /* after the first epochs */
};

/* The sections live in `arena`.  Status: EMEMORY, EARGUMENT when the lesson starts from numbers of another one. */
jw_status jwi_dep_train(const struct dep_lesson *lesson, struct arena *arena,
                        struct dep_sections *ret, jw_error *reterr);

#endif
