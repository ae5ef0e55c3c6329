/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage norm: text becomes units, and the boundary array starts.
 * Method: the table of section NORM (model/norm_table.h) over stretches of text that no unit may cross: parts, and sentences and tokens
 * that were given.  Writes room->units and room->boundary.  Cost: linear; 6 ns a unit without script conversion.
 */
#include "base/error.h"
#include "model/norm_table.h"
#include "stage/stage.h"

#include <string.h>

static jw_status norm_open(void *view, const struct model_file *file, const void *lexicon,
                           jw_error *reterr)
{
    (void)lexicon;
    jw_bytes section;
    TRY(jwi_model_file_section(file, "NORM", &section, reterr));
    return jwi_norm_open(section, view, reterr);
}

static uint32_t count_codes(jw_bytes text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += (text.at[i] & 0xc0) != 0x80;
    return n;
}

static jw_status make_room(struct room *room, uint32_t cap, struct norm_units *ret,
                           jw_error *reterr)
{
    ret->len = 0;
    ret->code = PUSH(room->lasting, uint32_t, cap);
    ret->at = PUSH(room->lasting, uint32_t, (size_t)cap + 1);
    ret->cls = PUSH(room->lasting, uint8_t, cap);
    room->boundary = PUSH_ZERO(room->lasting, uint8_t, (size_t)cap + 1);
    return ret->code && ret->at && ret->cls && room->boundary ? JW_OK : jwi_fail_memory(reterr);
}

/* Walks the edges of given items, in text order. */
struct edges {
    const jw_doc *doc;
    uint32_t token, sentence;
};

static uint32_t nearest(uint32_t best, jw_range range, uint32_t at)
{
    const uint32_t edge = range.start > at ? range.start : range.end;
    return edge > at && edge < best ? edge : best;
}

/* The first edge after `at`, at most `end`. */
static uint32_t next_edge(struct edges *edges, uint32_t at, uint32_t end)
{
    const jw_doc *doc = edges->doc;
    if (doc->layers & JW_LAYER_TOKENS) {
        while (edges->token < doc->token_count && doc->tokens[edges->token].text.end <= at)
            edges->token++;
        if (edges->token < doc->token_count)
            end = nearest(end, doc->tokens[edges->token].text, at);
    }
    if (doc->layers & JW_LAYER_SENTENCES) {
        while (edges->sentence < doc->sentence_count &&
               doc->sentences[edges->sentence].text.end <= at)
            edges->sentence++;
        if (edges->sentence < doc->sentence_count)
            end = nearest(end, doc->sentences[edges->sentence].text, at);
    }
    return end;
}

static void cut_blanks(const struct norm_units *units, uint32_t from, uint8_t *boundary)
{
    for (uint32_t i = from; i < units->len; i++)
        if (units->cls[i] == UNIT_SPACE)
            boundary[i] = boundary[i + 1] = BOUNDARY_CUT;
}

static void scan_part(const struct norm_table *table, struct room *room, const jw_doc *doc,
                      jw_range part, struct edges *edges, struct norm_units *units)
{
    const uint32_t first = units->len;
    room->boundary[first] = BOUNDARY_CUT;
    for (uint32_t at = part.start; at < part.end;) {
        const uint32_t end = next_edge(edges, at, part.end);
        jwi_norm_scan(table, doc->text.at, at, end, units);
        at = end;
    }
    if (room->options->flags & JW_SCRIPT_HANS)
        jwi_norm_hans(table, units->code + first, units->len - first);
    cut_blanks(units, first, room->boundary);
    room->boundary[units->len] = BOUNDARY_CUT;
}

static jw_status norm_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    struct norm_units units;
    struct edges edges = {doc, 0, 0};
    TRY(make_room(room, count_codes(doc->text), &units, reterr));
    for (uint32_t i = 0; i < doc->part_count; i++)
        scan_part(view, room, doc, doc->parts[i].text, &edges, &units);
    units.at[units.len] = (uint32_t)doc->text.len;
    const struct units done = {units.code, units.cls, units.at, units.len};
    room->units = done;
    return JW_OK;
}

const struct stage jwi_stage_norm = {"norm",    JW_LAYER_TEXT, 0, sizeof(struct norm_table),
                                     norm_open, norm_run};
