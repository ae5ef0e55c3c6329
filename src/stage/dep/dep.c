/* SPDX-License-Identifier: Apache-2.0 */
/* Stage dep: walks the sentences, hands each to the scorer, turns the best tree into arcs; see dep.h. */
#include "stage/dep/dep.h"

#include "base/error.h"
#include "ml/tree.h"
#include "stage/dep/dep_score.h"

static int is_person(const struct room_seen *seen, uint32_t word)
{
    return seen->name[word] == KB_PER + 1;
}

/* The token that stands for a word: the last one of a company's name, the first, mostly the surname, of a person's. */
static uint32_t top_of(const struct room_seen *seen, uint32_t word)
{
    return is_person(seen, word) ? seen->token[word] : seen->token[word + 1] - 1;
}

/* Nodes of words [start, start + count) behind the root. */
static int gather(const struct room *room, const jw_doc *doc, uint32_t start, uint32_t count,
                  struct dep_sentence *ret)
{
    struct arena *scratch = room->scratch;
    const struct room_seen *seen = &room->seen;
    struct dep_word *words = PUSH_ZERO(scratch, struct dep_word, count + 1);
    uint16_t *upos = PUSH_ZERO(scratch, uint16_t, count + 1),
             *xpos = PUSH_ZERO(scratch, uint16_t, count + 1);
    if (!words || !upos || !xpos)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct room_word *word = &seen->words[start + i];
        words[i + 1] = jwi_dep_word(units_slice(seen->units, word->start, word->end));
        upos[i + 1] = doc->upos[seen->token[start + i]];
        xpos[i + 1] = doc->xpos[seen->token[start + i]];
    }
    *ret = (struct dep_sentence){words, upos, xpos, room->second ? room->second + start : NULL, count + 1};
    return 1;
}

/* Heads count nodes from 1, 0 is the root; `above` is what the root's child hangs from.  The words of a name hang from one of them. */
static void write_arcs(const struct dep_view *view, const struct room_seen *seen, const uint32_t *heads, const uint16_t *labels, uint32_t start,
                       uint32_t count, jw_arc above, jw_arc *ret)
{
    for (uint32_t i = 1; i <= count; i++) {
        const uint32_t word = start + i - 1, top = top_of(seen, word);
        const jw_arc inner = {top, (uint16_t)(is_person(seen, word) ? view->label_person : view->label_name), 0};
        const jw_arc arc = {heads[i] ? top_of(seen, start + heads[i] - 1) : above.head,
                            heads[i] ? labels[i] : above.rel, 0};
        for (uint32_t token = seen->token[word]; token < seen->token[word + 1]; token++)
            ret[token] = inner;
        ret[top] = arc;
    }
}

/* A sentence, or a part of one that is too long. */
struct piece {
    jw_range words, sentence; /* as masked */
    int is_marks; /* alone, nothing that could be a word */
};

struct batch {
    struct piece pieces[DEP_BATCH_MAX];
    uint32_t count, words;
};

static int are_marks(const struct room_seen *seen, jw_range words)
{
    const uint32_t end = seen->words[words.end - 1].end;
    for (uint32_t unit = seen->words[words.start].start; unit < end; unit++) {
        const uint8_t cls = seen->units.cls[unit];
        if (cls != UNIT_PUNCT && cls != UNIT_SYMBOL && cls != UNIT_SPACE)
            return 0;
    }
    return 1;
}

/* Pieces from word `at` of sentence `i` on, as many as go together. */
static void fill(const struct dep_view *view, const struct room_seen *seen, uint32_t sentence_count,
                 uint32_t *i, uint32_t *at, struct batch *ret)
{
    ret->count = ret->words = 0;
    for (; *i < sentence_count; ++*i) {
        const jw_range sentence = seen->sentences[*i].tokens;
        *at = *at > sentence.start ? *at : sentence.start;
        while (*at < sentence.end) {
            const uint32_t left = sentence.end - *at;
            const uint32_t len = left < DEP_SENTENCE_MAX ? left : DEP_SENTENCE_MAX;
            if (ret->count == DEP_BATCH_MAX ||
                (ret->count && ret->words + len > DEP_SENTENCE_MAX))
                return;
            const jw_range words = {*at, *at + len};
            const int is_marks = view->label_punct != JW_NONE && are_marks(seen, words);
            ret->pieces[ret->count++] = (struct piece){words, sentence, is_marks};
            ret->words += len;
            *at += len;
        }
    }
}

static uint32_t root_of(const jw_arc *arcs, jw_range tokens)
{
    for (uint32_t i = tokens.start; i < tokens.end; i++)
        if (arcs[i].head == JW_NONE)
            return i;
    return tokens.start;
}

/* Sentences that a caller gave may be longer than the limit: their later pieces hang from the root of the first. */
static jw_arc above_of(const struct dep_view *view, const struct room_seen *seen, const struct piece *piece, const jw_arc *arcs)
{
    const jw_arc root = {JW_NONE, (uint16_t)view->dim.label_root, 0};
    if (piece->words.start == piece->sentence.start)
        return root;
    const jw_range before = {seen->token[piece->sentence.start], seen->token[piece->words.start]};
    const jw_arc ret = {root_of(arcs, before), (uint16_t)view->dim.label_piece, 0};
    return ret;
}

static jw_status make_tree(const struct dep_view *view, const struct room_seen *seen, struct arena *scratch,
                           const struct dep_scores *scores, const struct piece *piece, jw_arc *ret,
                           jw_error *reterr)
{
    const uint32_t count = piece->words.end - piece->words.start;
    const struct arena_mark mark = jwi_arena_mark(scratch);
    uint32_t *heads = PUSH(scratch, uint32_t, count + 1);
    uint16_t *labels = PUSH(scratch, uint16_t, count + 1);
    if (!heads || !labels)
        return jwi_fail_memory(reterr);
    TRY(jwi_tree_best(scores->arcs, count + 1, scratch, heads, reterr));
    TRY(jwi_dep_labels(view, scores, heads, count + 1, scratch, labels, reterr));
    write_arcs(view, seen, heads, labels, piece->words.start, count, above_of(view, seen, piece, ret), ret);
    jwi_arena_reset_to(scratch, mark);
    return JW_OK;
}

/* The network has the tagger's guesses before it and sees the whole sentence: its tags are better.  Names of companies keep theirs. */
static void write_tags(const struct dep_view *view, const struct room *room, const uint8_t *tags,
                       jw_range words, jw_doc *doc)
{
    for (uint32_t i = words.start; i < words.end; i++) {
        const uint8_t row = tags[i - words.start + 1];
        const uint32_t token = room->seen.token[i];
        if (!row || room->seen.name[i] || room->words[token].pos)
            continue;
        doc->upos[token] = view->tag_upos[row];
        doc->xpos[token] = view->tag_xpos[row];
    }
}

/* Marks have no syntax: all hang from the first. */
static void hang_marks(const struct dep_view *view, const struct room_seen *seen, const struct piece *piece, jw_arc *ret)
{
    const jw_range tokens = {seen->token[piece->words.start], seen->token[piece->words.end]};
    const jw_arc arc = {tokens.start, (uint16_t)view->label_punct, 0};
    const jw_arc above = above_of(view, seen, piece, ret);
    ret[tokens.start] = above;
    for (uint32_t i = tokens.start + 1; i < tokens.end; i++)
        ret[i] = arc;
}

static jw_status parse(const struct dep_view *view, struct room *room, jw_doc *doc,
                       const struct batch *batch, jw_arc *ret, jw_error *reterr)
{
    struct dep_sentence sentences[DEP_BATCH_MAX];
    struct dep_scores scores[DEP_BATCH_MAX] = {0};
    uint32_t count = 0;
    for (uint32_t i = 0; i < batch->count; i++) {
        const jw_range words = batch->pieces[i].words;
        if (!batch->pieces[i].is_marks &&
            !gather(room, doc, words.start, words.end - words.start, &sentences[count++]))
            return jwi_fail_memory(reterr);
    }
    if (count)
        TRY(jwi_dep_score(view, sentences, count, room->scratch, scores, reterr));
    const struct dep_scores *next = scores;
    for (uint32_t i = 0; i < batch->count; i++) {
        if (batch->pieces[i].is_marks)
            hang_marks(view, &room->seen, &batch->pieces[i], ret);
        else {
            if (!(room->given & JW_LAYER_POS))
                write_tags(view, room, next->tags, batch->pieces[i].words, doc);
            TRY(make_tree(view, &room->seen, room->scratch, next++, &batch->pieces[i], ret, reterr));
        }
    }
    return JW_OK;
}

static jw_status run(const void *opened, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct dep_view *view = opened;
    const struct arena_mark mark = jwi_arena_mark(room->scratch);
    struct batch batch;
    jw_arc *arcs = PUSH(&doc->arena, jw_arc, doc->token_count);
    if (!arcs)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0, at = 0; i < doc->sentence_count;) {
        fill(view, &room->seen, doc->sentence_count, &i, &at, &batch);
        if (batch.count)
            TRY(parse(view, room, doc, &batch, arcs, reterr));
        jwi_arena_reset_to(room->scratch, mark);
    }
    if (!(room->given & JW_LAYER_POS))
        jwi_dep_ties_apply(view->ties, room, arcs, doc);
    doc->arcs = arcs;
    return JW_OK;
}

const struct stage jwi_stage_dep = {"dep", JW_LAYER_TOKENS | JW_LAYER_POS | LAYER_MASK, JW_LAYER_ARCS,
                                    sizeof(struct dep_view), jwi_dep_view_open, run};
