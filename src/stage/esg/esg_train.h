/* SPDX-License-Identifier: Apache-2.0 */
/* Trainer of section ESGR: first how good or bad words are, then what words, opinions and events say of risk. */
#ifndef JW_STAGE_ESG_ESG_TRAIN_H
#define JW_STAGE_ESG_ESG_TRAIN_H

#include "ml/key_map.h"
#include "stage/esg/esg.h"

enum { ESG_VECTOR = 64, ESG_FOLDS = 10 };

/* A word of a list of sentiment. */
struct esg_word {
    struct units letters;
    int is_good;
};

struct esg_words {
    const struct esg_word *at;
    uint32_t count;
    const struct units *vector_words; /* words with vectors[][ESG_VECTOR] */
    const float *vectors;
    uint32_t vector_count;
    const struct units *masked; /* words that say nothing, whatever they are like */
    uint32_t masked_count;
};

/* Items of a headline. */
struct esg_example {
    const struct esg_item *items;
    uint32_t item_count;
    int is_risk;
};

/* What is learned so far. */
struct esg_trainer {
    struct arena *arena;
    struct key_map map;   /* keys of rows */
    float *polarity;      /* by number, -1..1 */
    float *weight;        /* log-odds */
    const float **vector; /* NULL: none */
    uint8_t *is_masked;
    uint32_t room, word_count, piece_end; /* rows the arrays have room for; those of words, then those of pieces */
    float coefficient[ESG_COEFFICIENTS], prior, threshold;
};

/* How the reading does on headlines it did not learn from, ten-fold. */
struct esg_report {
    double accuracy, mean_recall, macro, most; /* macro: F1, the mean of both classes; most: the share of the larger class */
};

/* keys[ESG_PIECES_MAX] of the letters of a word and of its letter pairs, edges included; returns how many. */
enum { ESG_PIECE_LETTERS = 8, ESG_PIECES_MAX = 2 * ESG_PIECE_LETTERS + 1 };
uint32_t jwi_esg_pieces(struct units word, uint64_t *keys);

/* Polarity of words.  Requires: arena set, the rest zero.  Status: EMEMORY. */
jw_status jwi_esg_train_words(struct esg_trainer *trainer, const struct esg_words *words, jw_error *reterr);

/*
 * Weights of everything; examples by the section packed after train_words.  The first `scored` are headlines as they are found, by which the
 * log-odds are calibrated and the report is made; those behind are written lessons and only teach.  Status: EARGUMENT (one class), EMEMORY.
 */
jw_status jwi_esg_train_reading(struct esg_trainer *trainer, const struct esg_example *examples, uint32_t count, uint32_t scored,
                                struct esg_report *report, jw_error *reterr);

/* The section, in the arena.  Status: EMEMORY. */
jw_status jwi_esg_pack(const struct esg_trainer *trainer, jw_bytes *ret, jw_error *reterr);

#endif
