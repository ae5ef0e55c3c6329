/* SPDX-License-Identifier: Apache-2.0 */
/* Stage dep: walks the sentences, hands each to the scorer, turns the best tree into arcs; see dep.h. */
#include "stage/dep/dep.h"

#include "base/error.h"
#include "ml/tree.h"
#include "stage/dep/dep_score.h"

/* Nodes of tokens [start, start + count) behind the root. */
static int gather(const struct room *room, const jw_doc *doc, uint32_t start, uint32_t count,
                  struct arena *scratch, struct dep_sentence *ret)
{
    struct dep_word *words = PUSH_ZERO(scratch, struct dep_word, count + 1);
    uint16_t *upos = PUSH_ZERO(scratch, uint16_t, count + 1),
             *xpos = PUSH_ZERO(scratch, uint16_t, count + 1);
    if (!words || !upos || !xpos)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct room_word *word = &room->words[start + i];
        words[i + 1] = jwi_dep_word(units_slice(room->units, word->start, word->end));
        upos[i + 1] = doc->upos[start + i];
        xpos[i + 1] = doc->xpos[start + i];
    }
    *ret = (struct dep_sentence){words, upos, xpos, count + 1};
    return 1;
}

/* Heads count nodes from 1, 0 is the root; `above` is what the root's child hangs from. */
static void write_arcs(const uint32_t *heads, const uint16_t *labels, uint32_t start,
                       uint32_t count, jw_arc above, jw_arc *ret)
{
    for (uint32_t i = 1; i <= count; i++) {
        const jw_arc arc = {heads[i] ? start + heads[i] - 1 : above.head,
                            heads[i] ? labels[i] : above.rel, 0};
        ret[start + i - 1] = arc;
    }
}

static jw_status parse(const struct dep_view *view, struct room *room, const jw_doc *doc,
                       jw_range tokens, jw_arc above, jw_arc *ret, jw_error *reterr)
{
    const uint32_t count = tokens.end - tokens.start;
    struct dep_sentence sentence;
    struct dep_scores scores;
    uint32_t *heads = PUSH(room->scratch, uint32_t, count + 1);
    uint16_t *labels = PUSH(room->scratch, uint16_t, count + 1);
    if (!heads || !labels || !gather(room, doc, tokens.start, count, room->scratch, &sentence))
        return jwi_fail_memory(reterr);
    TRY(jwi_dep_score(view, &sentence, room->scratch, &scores, reterr));
    TRY(jwi_tree_best(scores.arcs, count + 1, room->scratch, heads, reterr));
    TRY(jwi_dep_labels(view, &scores, heads, count + 1, room->scratch, labels, reterr));
    write_arcs(heads, labels, tokens.start, count, above, ret);
    return JW_OK;
}

static uint32_t root_of(const jw_arc *arcs, jw_range tokens)
{
    for (uint32_t i = tokens.start; i < tokens.end; i++)
        if (arcs[i].head == JW_NONE)
            return i;
    return tokens.start;
}

/* Sentences that a caller gave may be longer than the limit: their later pieces hang from the root of the first. */
static jw_status parse_sentence(const struct dep_view *view, struct room *room, const jw_doc *doc,
                                jw_range tokens, jw_arc *ret, jw_error *reterr)
{
    jw_arc above = {JW_NONE, (uint16_t)view->dim.label_root, 0};
    for (uint32_t at = tokens.start; at < tokens.end; at += DEP_SENTENCE_MAX) {
        const jw_range piece = {at, tokens.end - at > DEP_SENTENCE_MAX ? at + DEP_SENTENCE_MAX
                                                                       : tokens.end};
        const struct arena_mark mark = jwi_arena_mark(room->scratch);
        TRY(parse(view, room, doc, piece, above, ret, reterr));
        jwi_arena_reset_to(room->scratch, mark);
        above.head = root_of(ret, tokens);
        above.rel = (uint16_t)view->dim.label_piece;
    }
    return JW_OK;
}

static jw_status run(const void *opened, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct dep_view *view = opened;
    jw_arc *arcs = PUSH(&doc->arena, jw_arc, doc->token_count);
    if (!arcs)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->sentence_count; i++)
        TRY(parse_sentence(view, room, doc, doc->sentences[i].tokens, arcs, reterr));
    doc->arcs = arcs;
    return JW_OK;
}

const struct stage jwi_stage_dep = {"dep", JW_LAYER_TOKENS | JW_LAYER_POS, JW_LAYER_ARCS,
                                    sizeof(struct dep_view), jwi_dep_view_open, run};
