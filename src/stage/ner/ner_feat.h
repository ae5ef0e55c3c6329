/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands around a word, used by the stage and the trainer: names of the knowledge base on the words of the sentence, titles of articles
 * of an encyclopedia, and job titles.  Names are taken from left to right, the longest first, and only where both ends are ends of words; so
 * are articles, apart from the names.
 */
#ifndef JW_STAGE_NER_NER_FEAT_H
#define JW_STAGE_NER_NER_FEAT_H

#include "base/arena.h"
#include "stage/ner/ner.h"

enum { NER_CONTEXT_MAX = 24 };

/* Words [0, count) of a sentence and what the base says about them. */
struct ner_sentence {
    const struct room_word *words;
    struct units units; /* of the document */
    uint32_t count;
    struct ner_match *matches; /* [match_count], in order, not overlapping */
    uint32_t match_count;
    uint32_t *match_of; /* [count], match that covers the word or JW_NONE */
    uint8_t *is_title;  /* [count] */
    jw_range *article_of; /* [count], words of the title of an article that covers the word, or empty */
};

/* What the model knows of names. */
struct ner_lists {
    const struct kb *kb;
    const struct article_set *articles;
};

/* False: out of memory. */
int jwi_ner_match(const struct ner_lists *lists, struct units units, const struct room_word *words,
                  uint32_t count, struct arena *scratch, struct ner_sentence *ret);

/* keys[NER_CONTEXT_MAX] of word i; returns how many. */
uint32_t jwi_ner_context(const struct ner_sentence *sentence, uint32_t i, uint64_t *keys);

#endif
