/* SPDX-License-Identifier: Apache-2.0 */
/* Stage pos: words to vectors, scores to tags; see pos.h. */
#include "stage/pos/pos.h"

#include "base/error.h"
#include "model/word_feature.h"
#include "stage/pos/pos_view.h"

#include <string.h>

static void word_vector(const struct pos_view *view, struct units word, int32_t *sums, int16_t *ret)
{
    memset(sums, 0, view->net.header.width * sizeof *sums);
    if (!jwi_tagnet_add_word(&view->net, jwi_word_key(word), sums)) {
        uint64_t keys[WORD_FEATURES_MAX];
        jwi_tagnet_add_features(&view->net, keys, jwi_word_features(view->lexicon, word, keys),
                                sums);
    }
    jwi_tagnet_token(&view->net, sums, ret);
}

/* What a word's characters allow: marks alone are punctuation or symbols, and no letter, digit or
 * ideograph is punctuation. */
enum sort { SORT_ANY, SORT_MARK, SORT_WORD };

static enum sort sort_of(struct units word)
{
    uint32_t marks = 0;
    for (uint32_t i = 0; i < word.len; i++) {
        if (word.cls[i] >= UNIT_HAN && word.cls[i] <= UNIT_DIGIT)
            return SORT_WORD;
        marks += word.cls[i] == UNIT_PUNCT;
    }
    return marks == word.len ? SORT_MARK : SORT_ANY;
}

static int is_allowed(const struct pos_view *view, uint32_t upos, enum sort sort)
{
    if (sort == SORT_MARK)
        return upos == view->punct || upos == view->sym;
    return sort == SORT_ANY || upos != view->punct;
}

/*
 * Best pair; strict > keeps the first of equals.  `fixed` is a tag + 1 that only pairs with it may
 * win, or 0; when no pair fits, all may win.
 */
static uint32_t best_pair(const struct pos_view *view, const int32_t *scores, uint32_t fixed,
                          enum sort sort)
{
    uint32_t best = JW_NONE;
    for (uint32_t i = 0; i < view->pair_count; i++) {
        const struct pos_pair pair = view->pairs[i];
        if (fixed ? pair.xpos != fixed - 1 : !is_allowed(view, pair.upos, sort))
            continue;
        if (best == JW_NONE || scores[i] > scores[best])
            best = i;
    }
    return best == JW_NONE ? best_pair(view, scores, 0, SORT_ANY) : best;
}

static jw_status tag_sentence(const struct pos_view *view, struct room *room, jw_range tokens,
                              jw_doc *doc, jw_error *reterr)
{
    const uint32_t width = view->net.header.width, count = tokens.end - tokens.start;
    int16_t *vectors = jwi_tagnet_tokens(&view->net, room->scratch, count);
    int32_t *sums = PUSH(room->scratch, int32_t, width);
    if (!vectors || !sums)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < count; i++) {
        const struct room_word *word = &room->words[tokens.start + i];
        word_vector(view, units_slice(room->units, word->start, word->end), sums,
                    vectors + (size_t)i * width);
    }
    const int32_t *scores = jwi_tagnet_run(&view->net, vectors, count, room->scratch);
    if (!scores)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < count; i++) {
        const struct room_word *word = &room->words[tokens.start + i];
        const enum sort sort = sort_of(units_slice(room->units, word->start, word->end));
        const uint32_t best =
            best_pair(view, scores + (size_t)i * view->net.header.labels, word->pos, sort);
        doc->upos[tokens.start + i] = view->pairs[best].upos;
        doc->xpos[tokens.start + i] = view->pairs[best].xpos;
    }
    return JW_OK;
}

static jw_status pos_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct arena_mark mark = jwi_arena_mark(room->scratch);
    doc->upos = PUSH_ZERO(&doc->arena, uint16_t, doc->token_count);
    doc->xpos = PUSH_ZERO(&doc->arena, uint16_t, doc->token_count);
    if (!doc->upos || !doc->xpos)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        if (doc->sentences[i].tokens.end > doc->sentences[i].tokens.start)
            TRY(tag_sentence(view, room, doc->sentences[i].tokens, doc, reterr));
        jwi_arena_reset_to(room->scratch, mark);
    }
    return JW_OK;
}

const struct stage jwi_stage_pos = {
    "pos", JW_LAYER_TOKENS, JW_LAYER_POS, sizeof(struct pos_view), jwi_pos_view_open, pos_run};
