/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the parser's trainer, shared by its vocabulary, its network and its packing. */
#ifndef JW_STAGE_DEP_DEP_TRAINER_H
#define JW_STAGE_DEP_DEP_TRAINER_H

#include "ml/dense_train.h"
#include "ml/key_map.h"
#include "stage/dep/dep_train.h"

enum { DEP_TRAIN_NODES = 256, DEP_TRAIN_LABELS = 64 };

/* A word as rows of the tensors. */
struct dep_rows {
    uint32_t word, vector; /* row 0: none of its own; JW_NONE: no vector */
    uint32_t first, last, inner[DEP_CHARS], count, shape;
    uint32_t tag, second_tag, count_seen;
    float second_share;
    uint32_t true_tags[DEP_LIKELY];
    float tag_shares[DEP_LIKELY]; /* all 0: not known */
};

struct dep_tensors {
    struct tensor words, chars[DEP_PLACES], shapes, tags, root;
    struct tensor vectors; /* vector -> width */
    struct tensor input[DEP_LAYERS_MAX][2], recurrent[DEP_LAYERS_MAX][2];
    struct tensor bias[DEP_LAYERS_MAX][2];
    struct tensor mix, mix_bias, pair, pair_bias, name, name_bias;
    struct tensor tagger[2], tagger_bias[2]; /* first layer -> tag row, which is not packed; last layer -> tag row */
    struct tensor *all[64];
    uint32_t count;
};

/* Values and slopes of one sentence. */
struct dep_pass {
    float *x[DEP_LAYERS_MAX + 1], *dropped[DEP_LAYERS_MAX + 1];
    float *d_x[DEP_LAYERS_MAX + 1], *mask[DEP_LAYERS_MAX + 1];
    float *gates[DEP_LAYERS_MAX][2], *cells[DEP_LAYERS_MAX][2], *squashed[DEP_LAYERS_MAX][2];
    float *before[DEP_LAYERS_MAX][2], *recurrent_mask[DEP_LAYERS_MAX][2];
    float *turned, *d_gates, *vectors;
    float *mix, *d_mix, *mix_mask, *pair, *d_pair, *heads, *arcs;
    float *joint, *joint_mask, *d_joint, *labels, *tags;
    uint8_t *word_dropped, *vector_dropped, *tag_dropped;
};

struct dep_trainer {
    const struct dep_lesson *lesson;
    struct dep_recipe recipe;
    struct dense_random random;
    struct key_map words, chars;
    uint32_t *word_seen; /* [words.count] */
    uint8_t *tag_row;    /* [DEP_UPOS_COUNT * xpos_count] */
    uint32_t tag_rows;
    struct key_map vectors; /* number: row of lesson->vectors */
    struct dep_tensors tensors;
    struct dep_pass pass;
};

/* Numbers words, characters and tags of the lesson.  Status: EMEMORY. */
jw_status jwi_dep_trainer_count(struct dep_trainer *trainer, jw_error *reterr);
void jwi_dep_trainer_rows(const struct dep_trainer *trainer, const struct dep_example *example,
                          struct dep_rows *ret);

void jwi_dep_trainer_make(struct dep_trainer *trainer);

/* Adds the slopes of one sentence; returns how much probability its true heads and labels lack, summed. */
double jwi_dep_trainer_learn(struct dep_trainer *trainer, const struct dep_example *example,
                             const struct dep_rows *rows);

jw_status jwi_dep_trainer_pack(const struct dep_trainer *trainer, struct arena *arena,
                               struct dep_sections *ret, jw_error *reterr);

#endif
