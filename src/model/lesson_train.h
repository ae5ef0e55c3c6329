/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What trainers of label networks (ml/tagnet.h) share: features, words and vectors get numbers, words become tokens of the network, and
 * the words that will have rows of their own are gathered.
 */
#ifndef JW_MODEL_LESSON_TRAIN_H
#define JW_MODEL_LESSON_TRAIN_H

#include "ml/key_map.h"
#include "ml/tagnet_train.h"
#include "model/lexicon.h"
#include "stage/stage.h"

enum { LESSON_CONTEXT_MAX = 24 }; /* features of a word's surroundings */

/* Words with vectors that were made from unlabelled text. */
struct lesson_vectors {
    const struct units *words; /* [count], normalised */
    const float *at;           /* [count][width] */
    uint32_t count, width;
};

struct lesson {
    const struct room *room; /* units and words */
    const jw_doc *doc;       /* sentences and gold layers */
    const struct lexicon *lexicon;
    struct lesson_vectors vectors;
    const struct tagnet_start *start; /* NULL: none; else its keys are the first features */
    struct arena *arena;
    struct key_map features, words, vector_words;
    uint32_t *vector_rows; /* by number: normalised forms may repeat, the first counts */
    uint32_t *counts;      /* by word */
};

/* Numbers vectors and words; the fields above `features` are the caller's.  False: out of memory, here and below. */
int jwi_lesson_start(struct lesson *lesson);

struct units jwi_lesson_word(const struct lesson *lesson, uint32_t token);

/* Token of the document as the network sees it, with `count` features of its surroundings; label and the rest are the caller's. */
int jwi_lesson_token(struct lesson *lesson, uint32_t token, const uint64_t *context, uint32_t count,
                     struct tagnet_token *ret);

/* How many tokens of the document have each feature: [features.count]; NULL: out of memory. */
uint32_t *jwi_lesson_seen(const struct lesson *lesson, const struct tagnet_token *tokens);

/* First token of every sentence and the end: [sentence_count + 1]; NULL: out of memory. */
uint32_t *jwi_lesson_sentences(const struct lesson *lesson);

/* Rows for whole words: those of the document, then those with vectors that are not among them. */
int jwi_lesson_rows(struct lesson *lesson, struct tagnet_words *ret);

/* Labels of a network: a multiple of TAGNET_PAD. */
static inline uint32_t lesson_pad(uint32_t labels)
{
    return (labels + TAGNET_PAD - 1) / TAGNET_PAD * TAGNET_PAD;
}

#endif
