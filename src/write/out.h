/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Output of the writers: a small buffer before the caller's sink, numbers and JSON strings printed by our own code, and the ruler that
 * turns ascending byte offsets into the caller's unit in one pass over the text.  Nothing here allocates.
 */
#ifndef JW_WRITE_OUT_H
#define JW_WRITE_OUT_H

#include <jinwen/write.h>

#include <string.h>

struct out {
    jw_sink sink;
    int stopped; /* the sink refused: everything later is dropped */
    uint32_t len;
    char buffer[2048];
};

void jwi_out_init(struct out *out, jw_sink sink);

/* What does not fit: the buffer goes to the sink first. */
void jwi_out_spill(struct out *out, const char *at, size_t len);

static inline void out_put(struct out *out, const char *at, size_t len)
{
    if (len == 0)
        return;
    if (len > sizeof out->buffer - out->len) {
        jwi_out_spill(out, at, len);
        return;
    }
    memcpy(out->buffer + out->len, at, len);
    out->len += (uint32_t)len;
}

static inline void out_text(struct out *out, const char *text)
{
    out_put(out, text, strlen(text));
}

void jwi_out_uint(struct out *out, uint64_t value);

/* 2026-04-10, of days since 1970. */
void jwi_out_day(struct out *out, int64_t days);

/* A quoted JSON string; only `"`, `\` and U+0000-001F are escaped.  The text is valid UTF-8. */
void jwi_out_json(struct out *out, jw_bytes text);

/* Text that must stay on its line: tab, line feed and carriage return become a blank. */
void jwi_out_line(struct out *out, jw_bytes text);

/* Text of an element or attribute of HTML and SVG. */
void jwi_out_markup(struct out *out, jw_bytes text);

/* A value in 1/JW_SCALE with four places, as in 0.9900. */
void jwi_out_scaled(struct out *out, int32_t value);

/* The same with a sign before zero and more. */
void jwi_out_signed(struct out *out, int32_t value);

/* Milliseconds since 1970 UTC as YYYY-MM-DDThh:mm:ss.mmmZ; as JSON a string, or null. */
void jwi_out_time(struct out *out, int64_t time);
void jwi_out_instant(struct out *out, int64_t time);

/* Hands the rest to the sink.  Status: ESINK. */
jw_status jwi_out_flush(struct out *out, jw_error *reterr);

struct ruler {
    const jw_doc *doc; /* NULL: over the text itself */
    uint32_t part;
    const char *text;
    uint32_t start; /* byte where the part begins */
    uint32_t at;    /* byte reached */
    uint32_t count; /* units from `start` to `at` */
    jw_unit unit;
};

/* Over the text itself. */
static inline struct ruler ruler_on(const char *text, uint32_t start, jw_unit unit)
{
    const struct ruler ruler = {NULL, 0, text, start, start, 0, unit};
    return ruler;
}

/* Units of the tags before a byte of a part; of those that touch the byte when it is a start. */
uint32_t jwi_gap_units(const jw_doc *doc, uint32_t part, uint32_t byte, jw_unit unit, int is_end);

/* Over a part as it was received, tags included. */
struct ruler jwi_ruler_in(const jw_doc *doc, uint32_t part, jw_unit unit);

/* Units from the start of the part to `byte`.  Requires: on a character edge, not before the last byte asked for. */
uint32_t jwi_ruler_at(struct ruler *ruler, uint32_t byte);

/* The same for the end of a range: tags behind it do not count. */
uint32_t jwi_ruler_end(struct ruler *ruler, uint32_t byte);

static inline jw_bytes bytes_of(jw_bytes text, jw_range range)
{
    const jw_bytes bytes = {text.at + range.start, range.end - range.start};
    return bytes;
}

#endif
