/* SPDX-License-Identifier: Apache-2.0 */
/* Coordinates: bytes of the text to code points, UTF-16 units, bytes of the part, bytes of the source, and back. */
#include "doc/doc.h"

/* Characters seen so far from the start of a part; the five counts of one place. */
struct place {
    uint32_t text, count[5]; /* count by jw_unit; SOURCE is taken from the runs */
};

static uint32_t width_of(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

static void step(const jw_doc *doc, struct place *place)
{
    const uint32_t width = width_of((unsigned char)doc->text.at[place->text]);
    place->text += width;
    place->count[JW_UNIT_TEXT] += width;
    place->count[JW_UNIT_BYTE] += width;
    place->count[JW_UNIT_CODEPOINT]++;
    place->count[JW_UNIT_UTF16] += width == 4 ? 2 : 1;
}

/* Last run that starts at or before the text byte (requires one). */
static const struct source_run *run_at(const jw_doc *doc, uint32_t text)
{
    uint32_t low = 0, high = doc->run_count;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (doc->runs[middle].text_at <= text)
            low = middle;
        else
            high = middle;
    }
    return &doc->runs[low];
}

/* Source offset of a text byte; `is_end` takes the end of the character before it. */
static uint32_t source_of(const jw_doc *doc, const jw_part_info *part, uint32_t text, int is_end)
{
    if (!doc->run_count || (is_end && text == part->text.start) || part->text.start == part->text.end)
        return 0;
    if (!is_end && text == part->text.end)
        is_end = 1;
    const uint32_t inside = is_end ? text - 1 : text;
    const struct source_run *run = run_at(doc, inside);
    const uint32_t k = (inside - run->text_at) / run->text_width;
    return run->source_at + (k + (is_end ? 1 : 0)) * run->source_width;
}

static const jw_part_info *part_at(const jw_doc *doc, uint32_t text)
{
    uint32_t i = 0;
    while (i + 1 < doc->part_count && doc->parts[i].text.end <= text)
        i++;
    return &doc->parts[i];
}

/* Moves forward until `unit` has counted `target`, at most to the end of the part; stops before a character that would pass it. */
static struct place walk(const jw_doc *doc, const jw_part_info *part, jw_unit unit, uint32_t target)
{
    struct place place = {part->text.start, {0}};
    while (place.text < part->text.end) {
        struct place next = place;
        step(doc, &next);
        const uint32_t count = unit == JW_UNIT_SOURCE ? source_of(doc, part, next.text, 1) : next.count[unit];
        if (count > target)
            break;
        place = next;
    }
    return place;
}

static uint32_t count_at(const jw_doc *doc, const jw_part_info *part, struct place place, jw_unit unit, int is_end)
{
    if (unit == JW_UNIT_SOURCE)
        return source_of(doc, part, place.text, is_end);
    return unit == JW_UNIT_TEXT ? place.text : place.count[unit];
}

/* One end of a range; an end inside a character moves past it. */
static uint32_t map_one(const jw_doc *doc, const jw_part_info *part, uint32_t offset, jw_unit from, jw_unit to, int is_end)
{
    const uint32_t target = from == JW_UNIT_TEXT ? offset - part->text.start : offset;
    struct place place = walk(doc, part, from, target);
    const uint32_t reached = from == JW_UNIT_SOURCE ? source_of(doc, part, place.text, 1) : place.count[from];
    if (is_end && reached < target && place.text < part->text.end)
        step(doc, &place);
    return count_at(doc, part, place, to, is_end);
}

jw_range jw_doc_map(const jw_doc *doc, uint32_t part_index, jw_range range, jw_unit from, jw_unit to)
{
    const jw_range none = {0, 0};
    if (!doc->part_count)
        return none;
    if (from != JW_UNIT_TEXT && part_index >= doc->part_count)
        part_index = doc->part_count - 1;
    const jw_part_info *part = from == JW_UNIT_TEXT ? part_at(doc, range.start) : &doc->parts[part_index];
    if (from == JW_UNIT_TEXT && range.start < part->text.start)
        range.start = part->text.start;
    if (range.end < range.start)
        range.end = range.start;
    const jw_range mapped = {map_one(doc, part, range.start, from, to, 0), map_one(doc, part, range.end, from, to, 1)};
    return mapped;
}

void jw_doc_map_tokens(const jw_doc *doc, jw_unit to, jw_range *ret, uint32_t cap)
{
    const jw_tokens tokens = jw_doc_tokens(doc);
    const jw_part_info *part = doc->parts;
    struct place place = {0, {0}};
    for (uint32_t i = 0; i < tokens.len && i < cap; i++) {
        const jw_range range = tokens.at[i].text;
        if (range.start >= part->text.end) {
            const struct place start = {(part = part_at(doc, range.start))->text.start, {0}};
            place = start;
        }
        while (place.text < range.start)
            step(doc, &place);
        ret[i].start = count_at(doc, part, place, to, 0);
        while (place.text < range.end)
            step(doc, &place);
        ret[i].end = count_at(doc, part, place, to, 1);
    }
}
