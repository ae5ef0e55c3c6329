/* SPDX-License-Identifier: Apache-2.0 */
/* Words and tags of a sentence of gold data as the parser takes them. */
#ifndef JW_TOOLS_COMMON_DEP_WORDS_H
#define JW_TOOLS_COMMON_DEP_WORDS_H

#include "common/gold.h"
#include "stage/dep/dep_feat.h"

/* Fills words, upos and xpos from 1 on; each has room for one more than there are tokens, and 0 is the root's. */
static inline void dep_words_fill(const struct gold *gold, jw_range tokens, struct dep_word *words, uint16_t *upos, uint16_t *xpos)
{
    for (uint32_t i = 0; i < tokens.end - tokens.start; i++) {
        const struct room_word *word = &gold->room.words[tokens.start + i];
        words[i + 1] = jwi_dep_word(units_slice(gold->room.units, word->start, word->end));
        upos[i + 1] = gold->doc->upos[tokens.start + i];
        xpos[i + 1] = gold->doc->xpos[tokens.start + i];
    }
}

#endif
