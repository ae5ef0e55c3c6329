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

/* Tags the gold words by the model's tagger: the document keeps its first choices, the room the second ones. */
static inline void dep_words_guess(struct gold *gold, const char *model)
{
    jw_error error = {.message = "no tagger"};
    const jw_status status =
        gold->model->views[STAGE_pos] ? jwi_room_run(STAGE_pos, &gold->room, gold->doc, &error) : JW_EMODEL_MISSING;
    jwi_check(status, &error, model, TOOL_MODEL);
}

/* What dep_words_guess found of a sentence, from 1 on, as dep_words_fill. */
static inline void dep_words_guessed(const struct gold *gold, uint32_t sentence, uint16_t *upos, uint16_t *xpos, struct room_second *second)
{
    const struct room_seen *seen = &gold->room.seen;
    const jw_range tokens = gold->doc->sentences[sentence].tokens, words = seen->sentences[sentence].tokens;
    for (uint32_t word = words.start; word < words.end; word++) {
        for (uint32_t token = seen->token[word]; token < seen->token[word + 1]; token++) {
            const uint32_t node = token - tokens.start + 1;
            upos[node] = gold->doc->upos[token];
            xpos[node] = gold->doc->xpos[token];
            second[node] = gold->room.second[word + 1];
        }
    }
}

#endif
