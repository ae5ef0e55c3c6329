/* SPDX-License-Identifier: Apache-2.0 */
/* Between the two halves of framing: lines (frame.c) and one JSON array (frame_array.c). */
#ifndef JW_CLI_FRAME_ARRAY_H
#define JW_CLI_FRAME_ARRAY_H

#include "cli/frame.h"

/*
 * framer->array_state.  Outside: an element or the end may come, next: an element, between: a comma or the end; loose: in an element that has
 * no comma before it.
 */
enum { ARRAY_UNKNOWN, ARRAY_NO, ARRAY_OUTSIDE, ARRAY_NEXT, ARRAY_BETWEEN, ARRAY_INSIDE, ARRAY_LOOSE, ARRAY_DONE, ARRAY_BEHIND };

enum frame_got cli_frame_next_of_lines(struct framer *framer, struct raw_list *list, int may_wait);

/* Whether the file is an array, lines or, then read as csv, a table. */
enum stream_got cli_frame_open_mops(struct framer *framer, int may_wait);

enum frame_got cli_frame_next_of_mops(struct framer *framer, struct raw_list *list, int may_wait);

/* Hands out the first `len` bytes of the record in the making; `end` is the byte after it in the file. */
void cli_frame_add_record(struct framer *framer, struct raw_list *list, size_t len, uint64_t end);

/* Hands out what is no record of the format, as it stands in `record`. */
void cli_frame_add_foreign(struct framer *framer, struct raw_list *list, const char *code, const char *fault);

enum frame_got cli_frame_got_of(enum stream_got got);

#endif
