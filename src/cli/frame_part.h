/* SPDX-License-Identifier: Apache-2.0 */
/* Between the parts of framing: files and records (frame.c), lines (frame_line.c), one JSON array (frame_array.c). */
#ifndef JW_CLI_FRAME_PART_H
#define JW_CLI_FRAME_PART_H

#include "cli/frame.h"

/*
 * framer->array_state.  Outside: an element or the end may come, next: an element, between: a comma or the end; loose: in an element that has
 * no comma before it.
 */
enum { ARRAY_UNKNOWN, ARRAY_NO, ARRAY_OUTSIDE, ARRAY_NEXT, ARRAY_BETWEEN, ARRAY_INSIDE, ARRAY_LOOSE, ARRAY_DONE, ARRAY_BEHIND };

#define NO_SEAM SIZE_MAX

static inline jw_bytes without_return(jw_bytes text)
{
    if (text.len > 0 && text.at[text.len - 1] == '\r')
        text.len--;
    return text;
}

enum frame_got cli_frame_next_of_lines(struct framer *framer, struct raw_list *list, int may_wait);

/* Reads the header of a table, if there is one to read, from the start of its file. */
enum stream_got cli_frame_read_head(struct framer *framer);

/* Whether the file is an array, lines or, then read as csv, a table. */
enum stream_got cli_frame_open_mops(struct framer *framer, int may_wait);

enum frame_got cli_frame_next_of_mops(struct framer *framer, struct raw_list *list, int may_wait);

/* A new entry of the list; without text as yet. */
struct raw *cli_frame_add_raw(struct framer *framer, struct raw_list *list, enum raw_kind kind);

void cli_frame_set_text(struct raw *raw, struct raw_list *list, jw_bytes text);

/* Hands out the first `len` bytes of the record in the making; `end` is the byte after it in the file. */
void cli_frame_add_record(struct framer *framer, struct raw_list *list, size_t len, uint64_t end);

/* Hands out what is no record of the format, as it stands in `record`. */
void cli_frame_add_foreign(struct framer *framer, struct raw_list *list, const char *code, const char *fault);

enum frame_got cli_frame_got_of(enum stream_got got);

#endif
