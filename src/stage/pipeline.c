/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runner.  norm, pin and sent always run, because the learned stages read what they leave in the room; a learned stage runs when its
 * layer is wanted and absent.
 */
#include "stage/pipeline.h"

#include "base/error.h"

#include <string.h>
#include <time.h>

/* What is made of words as room->seen has them. */
#define SEES (JW_LAYER_POS | JW_LAYER_MENTIONS | JW_LAYER_ARCS)

#define STAGE(name) extern const struct stage jwi_stage_##name;
#include "stage/stages.def"
#undef STAGE

static const struct stage *const stages[STAGE_COUNT] = {
#define STAGE(name) &jwi_stage_##name,
#include "stage/stages.def"
#undef STAGE
};

uint32_t jwi_layers_closure(uint32_t want)
{
    want |= JW_LAYER_TEXT;
    if (want & (JW_LAYER_SCORES | JW_LAYER_EVIDENCE))
        want |= JW_LAYER_SCORES | JW_LAYER_EVIDENCE | JW_LAYER_OPINIONS | JW_LAYER_EVENTS;
    if (want & JW_LAYER_ESG)
        want |= JW_LAYER_OPINIONS | JW_LAYER_EVENTS;
    if (want & JW_LAYER_EVENTS)
        want |= JW_LAYER_FORM;
    if (want & JW_LAYER_FORM)
        want |= JW_LAYER_VALUES | JW_LAYER_ENTITIES;
    if (want & (JW_LAYER_OPINIONS | JW_LAYER_EVENTS | JW_LAYER_RELATIONS))
        want |= LAYER_SCOPES | JW_LAYER_VALUES | JW_LAYER_ENTITIES | JW_LAYER_ARCS;
    if (want & JW_LAYER_VALUES)
        want |= JW_LAYER_TOKENS;
    if (want & JW_LAYER_ENTITIES)
        want |= JW_LAYER_MENTIONS;
#ifndef JW_LEARNING
    if (want & JW_LAYER_MENTIONS)
        want |= LAYER_TERMS;
#endif
    if (want & (JW_LAYER_ARCS | JW_LAYER_MENTIONS))
        want |= JW_LAYER_POS;
    if (want & JW_LAYER_POS)
        want |= JW_LAYER_TOKENS;
    if (want & JW_LAYER_TOKENS)
        want |= JW_LAYER_SENTENCES;
    return want;
}

static jw_status open_one(const struct stage *stage, const struct model_file *file, const void *lexicon, struct arena *arena,
                          const void **ret, jw_error *reterr)
{
    *ret = NULL;
    if (!stage->view_size)
        return JW_OK;
    void *view = jwi_arena_push_zero(arena, 1, stage->view_size, 64);
    if (!view)
        return jwi_fail_memory(reterr);
    const jw_status status = stage->open(view, file, lexicon, reterr);
    if (status == JW_EMODEL_MISSING)
        return JW_OK;
    *ret = view;
    return status;
}

jw_status jwi_stages_open(const struct model_file *file, const void *lexicon, struct arena *arena, const void ***ret, jw_error *reterr)
{
    const void **views = PUSH_ZERO(arena, const void *, STAGE_COUNT);
    if (!views)
        return jwi_fail_memory(reterr);
    for (int i = 0; i < STAGE_COUNT; i++)
        TRY(open_one(stages[i], file, lexicon, arena, &views[i], reterr));
    *ret = views;
    return JW_OK;
}

jw_status jwi_stages_check(const void *const *views, uint32_t want, jw_error *reterr)
{
    uint32_t made = JW_LAYER_TEXT;
    for (int i = 0; i < STAGE_COUNT; i++) {
        const int is_wanted = stages[i]->writes & want || !stages[i]->writes;
        if (stages[i]->view_size && !views[i] && is_wanted)
            return jwi_fail(reterr, JW_EMODEL_MISSING, 0, "the model has no section for stage %s", stages[i]->name);
        made |= stages[i]->writes;
    }
    if (want & ~made)
        return jwi_fail(reterr, JW_EMODEL_MISSING, 0, "no stage makes layer %#x", want & ~made);
    return JW_OK;
}

static uint64_t now_micros(const jw_options *options)
{
    if (options->clock)
        return options->clock(options->clock_ctx);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

/* Words always finish; a later stage is left out, whole, once the budget is spent. */
static int is_spent(const struct room *room, const jw_doc *doc, uint64_t started)
{
    const jw_budget *budget = &room->options->budget;
    if (!(doc->layers & JW_LAYER_TOKENS))
        return 0;
    if (budget->work && room->words_done >= budget->work)
        return 1;
    return budget->micros && now_micros(room->options) - started >= budget->micros;
}

/* Unit that holds the text byte, searched from `unit` on. */
static uint32_t unit_at(struct units units, uint32_t unit, uint32_t text)
{
    while (unit < units.len && units.at[unit + 1] <= text)
        unit++;
    return unit;
}

/* Words of tokens that were given, in units; a token that starts inside a unit starts with it. */
jw_status jwi_room_bind_words(struct room *room, const jw_doc *doc, jw_error *reterr)
{
    struct room_word *words = PUSH_ZERO(room->lasting, struct room_word, doc->token_count);
    if (!words)
        return jwi_fail_memory(reterr);
    uint32_t unit = 0;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        const jw_token *token = &doc->tokens[i];
        words[i].start = unit = unit_at(room->units, unit, token->text.start);
        words[i].end = unit_at(room->units, unit, token->text.end - 1) + 1;
        words[i].word = token->word;
        words[i].flags = token->flags;
    }
    room->words = words;
    return JW_OK;
}

/* Best place to cut before token `limit` of a long sentence: after the last comma-like mark in its second half, else at the limit. */
static uint32_t best_cut(const struct room *room, uint32_t start, uint32_t limit)
{
    for (uint32_t i = limit; i > start + (limit - start) / 2; i--) {
        const struct room_word *word = &room->words[i - 1];
        if (word->end == word->start + 1 && room->units.cls[word->start] == UNIT_PUNCT)
            return i;
    }
    return limit;
}

static uint32_t count_pieces(const struct room *room, jw_range tokens, uint32_t max)
{
    uint32_t pieces = 1;
    for (uint32_t at = tokens.start; tokens.end - at > max; pieces++)
        at = best_cut(room, at, at + max);
    return pieces;
}

/* Writes the pieces of one sentence; returns how many. */
static uint32_t split_one(const struct room *room, const jw_doc *doc, jw_sentence whole, uint32_t max, jw_sentence *ret)
{
    uint32_t n = 0;
    jw_sentence piece = whole;
    while (piece.tokens.end - piece.tokens.start > max) {
        const uint32_t cut = best_cut(room, piece.tokens.start, piece.tokens.start + max);
        piece.flags |= JW_SENTENCE_SPLIT;
        ret[n] = piece;
        ret[n].tokens.end = cut;
        ret[n++].text.end = doc->tokens[cut - 1].text.end;
        piece.tokens.start = cut;
        piece.text.start = doc->tokens[cut].text.start;
        piece.flags &= ~JW_SENTENCE_PARAGRAPH;
    }
    ret[n++] = piece;
    return n;
}

/* Units of the pieces of a sentence; blanks at a cut stay with the piece before it. */
static void split_units(const struct room *room, const jw_sentence *pieces, uint32_t n, struct unit_span whole, struct unit_span *ret)
{
    for (uint32_t i = 0; i < n; i++) {
        ret[i].start = i ? room->words[pieces[i].tokens.start].start : whole.start;
        ret[i].end = i + 1 < n ? room->words[pieces[i + 1].tokens.start].start : whole.end;
    }
}

/* Sentences beyond the limit become several, flagged, before anything reads them as a unit of syntax. */
static jw_status split_long_sentences(struct room *room, jw_doc *doc, jw_error *reterr)
{
    const uint32_t max = room->options->max_sentence;
    uint32_t total = 0;
    for (uint32_t i = 0; i < doc->sentence_count; i++)
        total += count_pieces(room, doc->sentences[i].tokens, max);
    if (total == doc->sentence_count)
        return JW_OK;
    jw_sentence *sentences = PUSH(&doc->arena, jw_sentence, total);
    struct unit_span *spans = PUSH(room->lasting, struct unit_span, total);
    if (!sentences || !spans)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0, n = 0; i < doc->sentence_count; i++) {
        const uint32_t pieces = split_one(room, doc, doc->sentences[i], max, sentences + n);
        split_units(room, sentences + n, pieces, room->sentences[i], spans + n);
        n += pieces;
    }
    doc->sentences = sentences;
    room->sentences = spans;
    doc->sentence_count = total;
    return JW_OK;
}

static jw_status run_stage(int id, struct room *room, jw_doc *doc, jw_error *reterr)
{
    jwi_arena_reset(room->scratch);
    TRY(stages[id]->run(room->views[id], room, doc, reterr));
    doc->layers |= stages[id]->writes;
    if (id != STAGE_seg)
        return JW_OK;
    jwi_doc_bind_tokens(doc);
    return split_long_sentences(room, doc, reterr);
}

jw_status jwi_room_run(int stage, struct room *room, jw_doc *doc, jw_error *reterr)
{
    jwi_arena_reset(room->scratch);
    return stages[stage]->run(room->views[stage], room, doc, reterr);
}

static jw_status prepare(struct room *room, jw_doc *doc, jw_error *reterr)
{
    jwi_arena_reset(room->lasting);
    room->pins = NULL;
    room->words = NULL;
    room->second = NULL;
    room->pin_count = 0;
    room->words_done = 0;
    for (int id = STAGE_norm; id <= STAGE_sent; id++)
        TRY(run_stage(id, room, doc, reterr));
    if (!(doc->layers & JW_LAYER_TOKENS))
        return JW_OK;
    jwi_doc_bind_tokens(doc);
    return jwi_room_bind_words(room, doc, reterr);
}

static jw_status run_learned(struct room *room, jw_doc *doc, uint32_t want, jw_error *reterr)
{
    const uint64_t started = room->options->budget.micros ? now_micros(room->options) : 0;
    for (int id = STAGE_seg; id < STAGE_COUNT; id++) {
        const uint32_t missing = stages[id]->writes & want & ~doc->layers;
        if (!missing)
            continue;
        if ((stages[id]->reads & ~doc->layers) || is_spent(room, doc, started)) {
            doc->degraded |= missing;
            continue;
        }
        TRY(run_stage(id, room, doc, reterr));
        room->words_done += doc->token_count;
    }
    return JW_OK;
}

jw_status jwi_pipeline_run(struct room *room, jw_doc *doc, jw_error *reterr)
{
    const uint32_t before = doc->layers;
    const uint32_t want = jwi_layers_closure(room->options->want);
    if (!(want & ~before))
        return JW_OK;
    room->given = before;
    jw_status status = prepare(room, doc, reterr);
    if (status == JW_OK)
        status = run_learned(room, doc, want | (want & ~before & SEES ? LAYER_MASK : 0), reterr);
    doc->layers = status == JW_OK ? doc->layers & ~LAYER_MASK : before;
    return status;
}

jw_status jwi_pipeline_prepare(struct room *room, jw_doc *doc, jw_error *reterr)
{
    return prepare(room, doc, reterr);
}
