/* SPDX-License-Identifier: Apache-2.0 */
/* Stage seg: scores, preferred forms and pins become words; see seg.h. */
#include "stage/seg/seg.h"

#include "base/error.h"
#include "stage/seg/seg_mask.h"

#include <string.h>

/* What is left of the pins while sentences go by. */
struct pin_cursor {
    const struct room_pin *at, *end;
};

/* A preferred form wants its edges cut and its inside whole. */
static void prefer(const struct room_pin *pin, struct unit_span span, int32_t *scores)
{
    if (pin->start < span.start || pin->end > span.end)
        return;
    scores[pin->start - span.start] += SEG_PREFER;
    scores[pin->end - span.start] += SEG_PREFER;
    for (uint32_t k = pin->start + 1; k < pin->end; k++)
        scores[k - span.start] -= SEG_PREFER;
}

static void prefer_all(struct pin_cursor pins, struct unit_span span, int32_t *scores)
{
    for (; pins.at < pins.end && pins.at->start < span.end; pins.at++)
        if (pins.at->kind == JW_TOKEN_PREFERRED)
            prefer(pins.at, span, scores);
}

/* Blanks are cut off but are no words. */
static uint32_t count_words(const struct room *room, struct unit_span span, const uint8_t *starts)
{
    uint32_t n = 0;
    for (uint32_t k = span.start; k < span.end; k++)
        n += starts[k] && room->units.cls[k] != UNIT_SPACE;
    return n;
}

static struct pin_cursor pins_from(struct pin_cursor pins, uint32_t start)
{
    while (pins.at < pins.end && pins.at->start < start)
        pins.at++;
    return pins;
}

/* What cuts sentences of up to a length. */
struct cutter {
    const struct seg_view *view;
    struct seg_scratch scratch;
    struct seg_path path;
    struct seg_masked masked;
    int32_t *scores;
};

static jw_status make_cutter(const struct seg_view *view, uint32_t longest, struct arena *arena, struct cutter *ret, jw_error *reterr)
{
    ret->view = view;
    TRY(jwi_seg_scratch_new(arena, &ret->scratch, reterr));
    TRY(jwi_seg_path_new(arena, longest, &ret->path, reterr));
    TRY(jwi_seg_masked_new(arena, longest, &ret->masked, reterr));
    ret->scores = PUSH(arena, int32_t, (size_t)longest + 1);
    return ret->scores ? JW_OK : jwi_fail_memory(reterr);
}

static void cut(struct cutter *cutter, struct units units, const uint8_t *boundary, uint8_t *starts)
{
    jwi_seg_score(cutter->view, &cutter->scratch, units, boundary, cutter->scores);
    jwi_seg_decode(&cutter->view->words, &cutter->path, units, boundary, cutter->scores, starts);
}

static void cut_alone(struct cutter *cutter, struct units name, uint8_t *starts)
{
    memset(cutter->masked.boundary, BOUNDARY_FREE, (size_t)name.len + 1);
    cut(cutter, name, cutter->masked.boundary, starts);
    starts[0] = 1;
}

/* A surname and what is behind it are words of their own, 葉|國華, where the name by itself is cut at all: not 葉倫, 巴菲特. */
static void cut_person(struct cutter *cutter, struct units name, uint8_t *starts)
{
    cut_alone(cutter, name, starts);
    if (name.len == 3 && (starts[1] || starts[2])) {
        starts[1] = 1;
        starts[2] = 0;
    }
}

/* Short names are one word, longer ones are cut like any text, and a suffix is a word: 台積電, 台灣|水泥, 貿聯|-KY. */
static void cut_name(struct cutter *cutter, struct units name, uint8_t *starts)
{
    enum { SHORT = 3 };
    uint32_t len = 0;
    while (len < name.len && name.cls[len] == UNIT_HAN)
        len++;
    memset(cutter->masked.boundary, BOUNDARY_FREE, (size_t)len + 1);
    if (len > SHORT)
        cut(cutter, units_slice(name, 0, len), cutter->masked.boundary, starts);
    if (len && len < name.len)
        starts[len] = 1;
    starts[0] = 1;
}

/* A user dictionary keeps the name, or a part of it, in one piece. */
static int is_joined(const struct seg_name *name, const uint8_t *boundary)
{
    for (uint32_t i = name->start + 1; i < name->end; i++)
        if (boundary[i] == BOUNDARY_JOIN)
            return 1;
    return 0;
}

/* Cuts a sentence with its names masked. */
static void cut_masked(struct cutter *cutter, struct units sentence, const uint8_t *boundary, uint8_t *starts)
{
    struct seg_masked *masked = &cutter->masked;
    jwi_seg_mask(sentence, boundary, masked);
    cut(cutter, masked->units, masked->boundary, masked->starts);
    if (jwi_seg_settle_names(cutter->scores, masked)) {
        jwi_seg_mask(sentence, boundary, masked);
        cut(cutter, masked->units, masked->boundary, masked->starts);
    }
    jwi_seg_unmask(masked, sentence.len, starts);
    for (uint32_t i = 0; i < masked->name_count; i++) {
        const struct seg_name *name = &masked->names[i];
        const struct units units = units_slice(sentence, name->start, name->end);
        if (is_joined(name, boundary))
            continue;
        if (name->mask == jwi_person_mask)
            cut_person(cutter, units, starts + name->start);
        else if (name->mask == jwi_place_mask && units.len > 2)
            cut_alone(cutter, units, starts + name->start);
        else if (name->mask == jwi_company_mask)
            cut_name(cutter, units, starts + name->start);
    }
}

static int has_preferred(struct pin_cursor pins, struct unit_span span)
{
    for (; pins.at < pins.end && pins.at->start < span.end; pins.at++)
        if (pins.at->kind == JW_TOKEN_PREFERRED)
            return 1;
    return 0;
}

/* Names of the list, and those that a user dictionary forces. */
static uint32_t find_names(struct cutter *cutter, const struct kb *kb, struct units sentence, const uint8_t *boundary, struct unit_span span,
                           struct pin_cursor pins)
{
    struct seg_masked *masked = &cutter->masked;
    masked->own_count = 0;
    for (; pins.at < pins.end && pins.at->start < span.end; pins.at++) {
        const enum kb_type type = pins.at->kind == JW_TOKEN_FORCED ? jwi_masked_of_label(kb, pins.at->name) : KB_TYPE_COUNT;
        const uint32_t *const mask = type == KB_PER ? jwi_person_mask : jwi_company_mask;
        if (type != KB_TYPE_COUNT)
            masked->own[masked->own_count++] = (struct seg_name){pins.at->start - span.start, pins.at->end - span.start, mask, 0};
    }
    return jwi_seg_find_names(kb, cutter->view->words.lexicon, sentence, boundary, masked);
}

/* A sentence with preferred forms is cut as it stands. */
static void cut_sentence(struct cutter *cutter, const struct room *room, struct unit_span span, struct pin_cursor pins, uint8_t *starts)
{
    const struct seg_view *view = cutter->view;
    const struct units sentence = units_slice(room->units, span.start, span.end);
    const uint8_t *boundary = room->boundary + span.start;
    if (has_preferred(pins, span)) {
        jwi_seg_score(view, &cutter->scratch, sentence, boundary, cutter->scores);
        prefer_all(pins, span, cutter->scores);
        jwi_seg_decode(&view->words, &cutter->path, sentence, boundary, cutter->scores, starts);
    } else if (room->kb && find_names(cutter, room->kb, sentence, boundary, span, pins))
        cut_masked(cutter, sentence, boundary, starts);
    else
        cut(cutter, sentence, boundary, starts);
}

/* Cuts every sentence; *ret is the number of words. */
static jw_status cut_all(const struct seg_view *view, const struct room *room, const jw_doc *doc,
                         uint8_t *starts, uint32_t *ret, jw_error *reterr)
{
    struct pin_cursor pins = {room->pins, room->pins + room->pin_count};
    struct cutter cutter;
    uint32_t longest = 0, words = 0;
    for (uint32_t i = 0; i < doc->sentence_count; i++)
        if (room->sentences[i].end - room->sentences[i].start > longest)
            longest = room->sentences[i].end - room->sentences[i].start;
    TRY(make_cutter(view, longest, room->scratch, &cutter, reterr));
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const struct unit_span span = room->sentences[i];
        pins = pins_from(pins, span.start);
        cut_sentence(&cutter, room, span, pins, starts + span.start);
        words += count_words(room, span, starts);
    }
    *ret = words;
    return JW_OK;
}

/* Flags and tag of the pin that is exactly this word; preferred forms overlap, the first that fits
 * counts. */
static void bind_pin(struct pin_cursor pins, struct room_word *word)
{
    for (; pins.at < pins.end && pins.at->start == word->start; pins.at++)
        if (pins.at->end == word->end) {
            word->flags = pins.at->kind;
            word->pos = pins.at->pos;
            word->name = pins.at->name;
            return;
        }
}

static void write_words(const struct seg_view *view, const struct room *room, jw_doc *doc,
                        const uint8_t *starts)
{
    struct pin_cursor pins = {room->pins, room->pins + room->pin_count};
    uint32_t n = 0;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const struct unit_span span = room->sentences[i];
        for (uint32_t start = span.start, end; start < span.end; start = end) {
            for (end = start + 1; end < span.end && !starts[end];)
                end++;
            if (room->units.cls[start] == UNIT_SPACE)
                continue;
            struct room_word word = {
                start, end,
                jwi_lexicon_find(view->words.lexicon, room->units.code + start, end - start), 0, 0, 0};
            pins = pins_from(pins, start);
            bind_pin(pins, &word);
            const jw_token token = {
                {room->units.at[start], room->units.at[end]}, word.word, word.flags, 0};
            room->words[n] = word;
            doc->tokens[n++] = token;
        }
    }
    doc->token_count = n;
}

static jw_status seg_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    uint32_t words = 0;
    uint8_t *starts = PUSH(room->scratch, uint8_t, room->units.len);
    if (!starts)
        return jwi_fail_memory(reterr);
    TRY(cut_all(view, room, doc, starts, &words, reterr));
    doc->tokens = PUSH(&doc->arena, jw_token, words);
    room->words = PUSH(room->lasting, struct room_word, words);
    if (!doc->tokens || !room->words)
        return jwi_fail_memory(reterr);
    write_words(view, room, doc, starts);
    return JW_OK;
}

const struct stage jwi_stage_seg = {
    "seg",  JW_LAYER_SENTENCES, JW_LAYER_TOKENS, sizeof(struct seg_view), jwi_seg_view_open,
    seg_run};
