/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section SCOR: lines of cells, the first names the table.
 *   class  neg 03 7311       a step of the calibration: how likely the class is at market score -1 + 0.05 x 03, 1/JW_SCALE
 *   word   可能 uncertain    a word that counts for a share or a rule; sorted by bytes
 */
#ifndef JW_STAGE_SCORE_SCORE_TABLE_H
#define JW_STAGE_SCORE_SCORE_TABLE_H

#include "model/file.h"

enum { SCORE_STEPS = 41, SCORE_WORDS_MAX = 768, SCORE_WORD_TOKENS = 3 };
enum { CLASS_NEGATIVE, CLASS_NEUTRAL, CLASS_POSITIVE, SCORE_CLASSES };

/* Classes of words, bits. */
enum {
    WORD_UNCERTAIN = 1,
    WORD_LITIGIOUS = 2,
    WORD_HAWK = 4,
    WORD_DOVE = 8,
    WORD_CENTRAL_BANK = 16,
    WORD_FUTURE = 32,
    WORD_QUOTING = 64,
    WORD_ANALYST = 128,
    WORD_SOURCE = 256,
    WORD_ROUNDUP = 512
};

struct score_word {
    const char *at;
    uint16_t len, bits;
};

struct score_table {
    int32_t class_at[SCORE_CLASSES][SCORE_STEPS];
    uint32_t word_count;
    struct score_word words[SCORE_WORDS_MAX]; /* sorted by bytes, unique */
};

/* Status: EMODEL_CORRUPT (reterr->at = byte in the section). */
jw_status jwi_score_table_open(jw_bytes section, struct score_table *ret, jw_error *reterr);

/* WORD_* of the word, 0 when it is none. */
uint32_t jwi_score_word(const struct score_table *table, jw_bytes word);

/* Probability of each class at a market score: on the line between two steps, together exactly JW_SCALE. */
void jwi_score_classes(const struct score_table *table, int32_t market, int32_t ret[SCORE_CLASSES]);

#endif
