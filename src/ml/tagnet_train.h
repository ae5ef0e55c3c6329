/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Training of a tagging network (ml/tagnet.h) in single precision, and rounding to the integers
 * that run. Method: cross-entropy over labels, one sentence a step, Adam with a rate that falls to
 * zero; features, activations and rare words are dropped at random.  Equal on every machine: sums
 * run in a fixed order, exp is our own, the random numbers are ours.
 */
#ifndef JW_ML_TAGNET_TRAIN_H
#define JW_ML_TAGNET_TRAIN_H

#include "ml/tagnet.h"
#include "ml/tagnet_start_train.h"

struct tagnet_shape {
    uint32_t width, hidden, memory, labels; /* multiples of TAGNET_PAD */
    uint32_t features;                      /* rows */
    uint32_t vector_width;                  /* of given word vectors; a multiple of four */
    const float *vectors;                   /* [..][vector_width] */
    uint32_t layers;                        /* 1 or 2; 0 is 1 */
};

/* A token: its features, of which the first is the word itself, and a given vector (JW_NONE: none).
 */
struct tagnet_token {
    const uint32_t *features;
    uint32_t feature_count, vector;
    uint32_t count; /* occurrences of the word */
    uint32_t label;
};

struct tagnet_corpus {
    const struct tagnet_token *tokens;
    const uint32_t *sentences; /* [sentence_count + 1], first token of each */
    uint32_t sentence_count;
    uint32_t gold_count; /* of the sentences, those by hand, which come first; 0: all */
};

struct tagnet_recipe {
    uint32_t epochs;
    uint64_t seed;
    float rate;
    float drop_word;    /* a word seen n times is dropped with drop_word / (drop_word + n) */
    float drop_feature; /* likewise each other feature, at this rate */
    float drop_token, drop_state;
    const struct tagnet_start *start; /* NULL: random weights; else the first features are its keys */
    uint32_t silver_epochs; /* the first ones, which read the sentences that are not by hand as well */
};

struct tagnet_trainer;

/* Trains; `report` is called after each epoch with the labels it got wrong.  NULL: out of memory, or
 * a start of another shape.
 */
struct tagnet_trainer *
jwi_tagnet_train(const struct tagnet_shape *shape, const struct tagnet_corpus *corpus,
                 const struct tagnet_recipe *recipe, struct arena *arena,
                 void (*report)(uint32_t epoch, uint32_t wrong, uint32_t total));

/* What is packed: keys by row of the features, and whole words as tokens with their keys. */
struct tagnet_words {
    const uint64_t *keys;
    const struct tagnet_token *tokens;
    uint32_t count;
};

/*
 * The section's bytes; len 0: out of memory.  Rows of features without a number beyond `quiet`, as stored, are left out: rare features hardly
 * move from where they start, within 2.  -1 keeps all.
 */
jw_bytes jwi_tagnet_pack(const struct tagnet_trainer *trainer, const uint64_t *feature_keys,
                         const struct tagnet_words *words, int32_t quiet, struct arena *arena);

#endif
