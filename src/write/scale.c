/* SPDX-License-Identifier: Apache-2.0 */
/* See scale.h. */
#include "write/scale.h"

/* Units of the characters that begin in [start, end). */
static uint32_t count_units(const struct scale *scale, uint32_t start, uint32_t end)
{
    const char *const text = jw_doc_text(scale->doc).at;
    uint32_t count = 0;
    if (scale->unit == JW_UNIT_BYTE)
        return end - start;
    for (uint32_t i = start; i < end; i++) {
        const unsigned char byte = (unsigned char)text[i];
        count += (byte & 0xc0) != 0x80;
        count += scale->unit == JW_UNIT_UTF16 && byte >= 0xf0;
    }
    return count;
}

static uint32_t part_of(const jw_doc *doc, uint32_t byte)
{
    const jw_parts parts = jw_doc_parts(doc);
    uint32_t low = 0, high = parts.len;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (parts.at[middle].text.start <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static uint32_t move(struct scale *scale, uint32_t byte)
{
    const uint32_t start = jw_doc_parts(scale->doc).at[scale->part].text.start;
    if (byte < scale->byte && byte - start < scale->byte - byte) {
        scale->byte = start;
        scale->count = 0;
    }
    if (byte >= scale->byte)
        scale->count += count_units(scale, scale->byte, byte);
    else
        scale->count -= count_units(scale, byte, scale->byte);
    scale->byte = byte;
    return scale->count;
}

struct offsets jwi_scale_range(struct scale *scale, jw_range range)
{
    const uint32_t part = part_of(scale->doc, range.start);
    if (part != scale->part) {
        scale->part = part;
        scale->byte = jw_doc_parts(scale->doc).at[part].text.start;
        scale->count = 0;
    }
    struct offsets ret = {part, 0, 0};
    ret.start = move(scale, range.start) + jwi_gap_units(scale->doc, part, range.start, scale->unit, 0);
    ret.end = move(scale, range.end) + jwi_gap_units(scale->doc, part, range.end, scale->unit, 1);
    return ret;
}
