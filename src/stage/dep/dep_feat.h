/* SPDX-License-Identifier: Apache-2.0 */
/* What the parser knows of one word by itself: used by the run and by the trainer, so that both see the same. */
#ifndef JW_STAGE_DEP_DEP_FEAT_H
#define JW_STAGE_DEP_DEP_FEAT_H

#include "doc/units.h"

enum {
    DEP_CHARS = 6,                               /* characters of a longer word beyond these are not looked at */
    DEP_LENGTHS = 5,                             /* 0..4 and more */
    DEP_SHAPES = DEP_LENGTHS * UNIT_CLASS_COUNT, /* length and class of the first character */
    DEP_PLACES = 3                               /* a character has a row as first, as last and as any of a word */
};

struct dep_word {
    uint64_t key; /* of the form, digits of a number as 0: 1,085 -> 0,000 */
    uint32_t codes[DEP_CHARS];
    uint32_t count; /* of codes, at least 1 */
    uint32_t last;  /* code of the last character */
    uint32_t shape; /* below DEP_SHAPES */
};

/* Requires: at least one unit. */
struct dep_word jwi_dep_word(struct units word);

#endif
