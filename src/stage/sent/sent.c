/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Full stops, long stretches, and the sentence layer; line breaks are sent_line.c's.  Method: sent.h.
 * Treebank: 。！？ end a sentence even inside quotation marks; ； … and ： do not; a comma after a closing mark goes on.
 */
#include "stage/sent/sent.h"

#include "base/error.h"

enum { SENTENCE_MAX = 4096 }; /* units; later stages keep tables by sentence */

static uint32_t code_at(const struct units *units, uint32_t at)
{
    return at < units->len ? units->code[at] : '\n';
}

static uint32_t class_at(const struct units *units, uint32_t at)
{
    return at < units->len ? units->cls[at] : UNIT_SPACE;
}

static int is_narrow(const struct units *units, uint32_t at)
{
    return units->at[at + 1] - units->at[at] == 1;
}

static int is_closing(uint32_t code)
{
    switch (code) {
    case ')':
    case ']':
    case '}':
    case 0x201d: /* ” */
    case 0x2019: /* ’ */
    case 0x3009: /* 〉 */
    case 0x300b: /* 》 */
    case 0x300d: /* 」 */
    case 0x300f: /* 』 */
    case 0x3011: /* 】 */
    case 0x3015: /* 〕 */
        return 1;
    default:
        return 0;
    }
}

/* A full stop in ASCII: "it. He", "謝謝." but not 史蒂芬.金, "1.", "A. 甲", nor a dot that its word holds: "Inc.", "...". */
static int ends_with_dot(const struct breaker *breaker, uint32_t at)
{
    const struct units *units = breaker->units;
    if (!at || breaker->boundary[at] == BOUNDARY_JOIN || class_at(units, at + 1) != UNIT_SPACE)
        return 0;
    const uint32_t before = class_at(units, at - 1), after = class_at(units, at + 2),
                   next = code_at(units, at + 2);
    if (before == UNIT_HAN || is_closing(code_at(units, at - 1)))
        return 1;
    const int is_word = at > 1 && before == UNIT_LATIN && units->cls[at - 2] == UNIT_LATIN;
    return is_word &&
           (code_at(units, at + 1) == '\n' || after == UNIT_HAN || (next >= 'A' && next <= 'Z'));
}

/* Does the unit end a sentence?  Yahoo!奇摩 goes on: an ASCII mark between a Latin word and a Han character. */
static int is_stop(const struct breaker *breaker, uint32_t at)
{
    const struct units *units = breaker->units;
    switch (units->code[at]) {
    case 0x203c: /* ‼ */
    case 0x2047: /* ⁇ */
    case 0x2048: /* ⁈ */
    case 0x2049: /* ⁉ */
    case 0x3002: /* 。 */
        return 1;
    case '!':
    case '?':
        return !(is_narrow(units, at) && at && units->cls[at - 1] == UNIT_LATIN &&
                 class_at(units, at + 1) == UNIT_HAN);
    case '.':
        return ends_with_dot(breaker, at);
    default:
        return 0;
    }
}

static int follows_stop(const struct breaker *breaker, uint32_t at)
{
    const struct units *units = breaker->units;
    const uint32_t code = units->code[at];
    const int is_emoji = units->cls[at] == UNIT_SYMBOL && (code >= 0x1f000 || code == 0x200d);
    return is_emoji || is_closing(code) || code == '~' || code == 0x2026 || is_stop(breaker, at);
}

/* Behind the stop: more stops, closing marks, a straight quotation mark that was open, emoji. */
static uint32_t tail_end(const struct breaker *breaker, uint32_t at, int *is_quoted)
{
    const struct units *units = breaker->units;
    for (; at < units->len && !breaker->edge[at]; at++) {
        if (units->code[at] == '"' && *is_quoted)
            *is_quoted = 0;
        else if (!follows_stop(breaker, at))
            break;
    }
    return at;
}

static int is_comma(uint32_t code)
{
    return code == ',' || code == ';' || code == ':' || code == 0x3001;
}

static void mark_stops(struct breaker *breaker)
{
    const struct units *units = breaker->units;
    int is_quoted = 0;
    for (uint32_t at = 0; at < units->len;) {
        if (breaker->edge[at])
            is_quoted = 0;
        if (units->cls[at] != UNIT_PUNCT) {
            at++;
            continue;
        }
        is_quoted ^= units->code[at] == '"';
        if (breaker->boundary[at + 1] == BOUNDARY_JOIN || !is_stop(breaker, at)) {
            at++;
            continue;
        }
        at = tail_end(breaker, at + 1, &is_quoted);
        if (!is_comma(code_at(units, at)))
            set_edge(breaker, at, EDGE_SENTENCE);
    }
}

/* Best place to cut [start, limit): after a mark or before a blank of the second half, else at the last boundary that is free. */
static uint32_t best_cut(const struct breaker *breaker, uint32_t start, uint32_t limit)
{
    const struct units *units = breaker->units;
    for (uint32_t at = limit; at > start + SENTENCE_MAX / 2; at--)
        if (breaker->boundary[at] != BOUNDARY_JOIN &&
            (is_comma(units->code[at - 1]) || units->cls[at] == UNIT_SPACE))
            return at;
    for (uint32_t at = limit; at > start; at--)
        if (breaker->boundary[at] != BOUNDARY_JOIN)
            return at;
    return start;
}

/* A pin longer than the limit stays whole. */
static void split_long(struct breaker *breaker)
{
    const uint32_t len = breaker->units->len;
    uint32_t start = 0;
    for (uint32_t at = 1; at < len; at++) {
        if (breaker->edge[at])
            start = at;
        else if (at - start > SENTENCE_MAX && breaker->boundary[at] != BOUNDARY_JOIN) {
            const uint32_t cut = best_cut(breaker, start, start + SENTENCE_MAX);
            start = at = cut > start ? cut : at;
            set_edge(breaker, at, EDGE_SENTENCE | EDGE_SPLIT);
        }
    }
}

static void mark_parts(struct breaker *breaker, const jw_doc *doc)
{
    uint32_t unit = 0;
    for (uint32_t i = 0; i < doc->part_count; i++) {
        while (unit < breaker->units->len && breaker->units->at[unit] < doc->parts[i].text.start)
            unit++;
        breaker->edge[unit] |= EDGE_SENTENCE | EDGE_PARAGRAPH;
    }
}

/* Units [*start, *end) without the blanks at both ends; false when nothing is left. */
static int trim(const struct units *units, uint32_t *start, uint32_t *end)
{
    while (*start < *end && units->cls[*start] == UNIT_SPACE)
        ++*start;
    while (*start < *end && units->cls[*end - 1] == UNIT_SPACE)
        --*end;
    return *start < *end;
}

/* Writes the sentences; returns how many.  A paragraph mark waits for the next sentence that is not empty. */
static uint32_t write_sentences(const struct breaker *breaker, const jw_doc *doc,
                                jw_sentence *sentences, struct unit_span *spans)
{
    const struct units *units = breaker->units;
    uint32_t n = 0, part = 0, flags = 0;
    for (uint32_t from = 0, to; from < units->len; from = to) {
        flags |= breaker->edge[from] & EDGE_PARAGRAPH ? JW_SENTENCE_PARAGRAPH : 0;
        for (to = from + 1; to < units->len && !breaker->edge[to];)
            to++;
        struct unit_span span = {from, to};
        if (!trim(units, &span.start, &span.end))
            continue;
        while (part + 1 < doc->part_count &&
               doc->parts[part + 1].text.start <= units->at[span.start])
            part++;
        const uint32_t split = breaker->edge[to] & EDGE_SPLIT ? JW_SENTENCE_SPLIT : 0;
        const jw_sentence sentence = {
            {units->at[span.start], units->at[span.end]}, {0, 0}, part, flags | split};
        sentences[n] = sentence;
        spans[n++] = span;
        flags = 0;
    }
    return n;
}

static uint32_t count_edges(const struct breaker *breaker)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i <= breaker->units->len; i++)
        n += breaker->edge[i] != 0;
    return n;
}

static jw_status publish(const struct breaker *breaker, struct room *room, jw_doc *doc,
                         jw_error *reterr)
{
    const uint32_t cap = count_edges(breaker) + 1;
    doc->sentences = PUSH(&doc->arena, jw_sentence, cap);
    room->sentences = PUSH(room->lasting, struct unit_span, cap);
    if (!doc->sentences || !room->sentences)
        return jwi_fail_memory(reterr);
    doc->sentence_count = write_sentences(breaker, doc, doc->sentences, room->sentences);
    doc->layers |= JW_LAYER_SENTENCES;
    return JW_OK;
}

/* Units of sentences that were given; norm made their edges unit edges. */
static jw_status bind_given(struct room *room, const jw_doc *doc, jw_error *reterr)
{
    const struct units *units = &room->units;
    uint32_t unit = 0;
    room->sentences = PUSH(room->lasting, struct unit_span, doc->sentence_count);
    if (!room->sentences)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        while (unit < units->len && units->at[unit] < doc->sentences[i].text.start)
            unit++;
        room->sentences[i].start = unit;
        while (unit < units->len && units->at[unit] < doc->sentences[i].text.end)
            unit++;
        room->sentences[i].end = unit;
    }
    return JW_OK;
}

static jw_status sent_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    (void)view;
    if (doc->layers & JW_LAYER_SENTENCES)
        return bind_given(room, doc, reterr);
    uint8_t *edge = PUSH_ZERO(room->scratch, uint8_t, (size_t)room->units.len + 1);
    struct breaker breaker = {.units = &room->units,
                              .boundary = room->boundary,
                              .edge = edge,
                              .every_line = (room->options->flags & JW_LINES) != 0,
                              .is_announcement = doc->meta.source_type == JW_ANNOUNCEMENT};
    if (!edge)
        return jwi_fail_memory(reterr);
    mark_parts(&breaker, doc);
    jwi_sent_lines(&breaker);
    mark_stops(&breaker);
    split_long(&breaker);
    return publish(&breaker, room, doc, reterr);
}

const struct stage jwi_stage_sent = {"sent", JW_LAYER_TEXT, JW_LAYER_SENTENCES, 0, NULL, sent_run};
