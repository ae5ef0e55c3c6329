/* SPDX-License-Identifier: Apache-2.0 */
/* How alike two texts are: the pairs of characters they share. */
#ifndef JW_WRITE_LIKENESS_H
#define JW_WRITE_LIKENESS_H

#include <jinwen/base.h>

enum { SIGN_WORDS = 16 }; /* 1024 bits: a sentence of 60 characters fills one in eighteen */

struct sign {
    uint64_t bits[SIGN_WORDS];
};

struct sign jwi_sign(jw_bytes text);

/* Jaccard coefficient, 0..JW_SCALE. */
int32_t jwi_likeness(const struct sign *a, const struct sign *b);

#endif
