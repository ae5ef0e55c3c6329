/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON array of the exchange's open data: an element is a record, found by counting brackets outside strings, byte by byte. */
#include "cli/frame_array.h"

#include <string.h>

/* One byte of an element; true when it was the last.  The second byte of a double-byte character may look like a bracket. */
static int element_ends(struct framer *framer, unsigned char byte, int is_double)
{
    if (framer->is_trail) {
        framer->is_trail = 0;
        return 0;
    }
    if (is_double && byte >= 0x81) {
        framer->is_trail = 1;
        return 0;
    }
    if (framer->is_escaped || (framer->in_string && byte == '\\')) {
        framer->is_escaped = !framer->is_escaped;
        return 0;
    }
    if (byte == '"')
        framer->in_string = !framer->in_string;
    if (framer->in_string)
        return 0;
    framer->depth += (byte == '{' || byte == '[') - (byte == '}' || byte == ']');
    return framer->depth <= 0 && (byte == '}' || byte == ',' || byte == ']');
}

static int is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static void skip_between(struct framer *framer)
{
    const jw_bytes window = stream_window(&framer->stream);
    size_t n = 0;
    while (n < window.len && (is_space(window.at[n]) || window.at[n] == ','))
        n++;
    cli_stream_take(&framer->stream, n);
    if (n == window.len)
        return;
    if (window.at[n] == ']') {
        framer->array_state = ARRAY_DONE;
        return;
    }
    framer->array_state = ARRAY_INSIDE;
    framer->has_record = 1;
    framer->is_oversize = framer->depth = framer->in_string = framer->is_escaped =
        framer->is_trail = 0;
    framer->record.len = 0;
    framer->record_byte = framer->stream.offset;
}

static int read_element(struct framer *framer, struct raw_list *list)
{
    const int is_double = strncmp(framer->encoding, "UTF-", 4) != 0;
    const jw_bytes window = stream_window(&framer->stream);
    size_t n = 0;
    int is_last = 0;
    while (n < window.len && !is_last)
        is_last = element_ends(framer, (unsigned char)window.at[n++], is_double);
    const size_t len = is_last && window.at[n - 1] != '}' ? n - 1 : n; /* not an object: up to the comma or bracket */
    if (framer->record.len + len > framer->max_record)
        framer->is_oversize = 1;
    if (!framer->is_oversize)
        cli_buffer_put(&framer->record, window.at, len);
    cli_stream_take(&framer->stream, len);
    if (!is_last)
        return 0;
    cli_frame_add_record(framer, list, framer->is_oversize ? 0 : framer->record.len,
                         framer->stream.offset);
    framer->array_state = ARRAY_OUTSIDE;
    return 1;
}

static enum frame_got next_of_array(struct framer *framer, struct raw_list *list, int may_wait)
{
    for (;;) {
        const size_t len = stream_window(&framer->stream).len;
        if (len > 0 && framer->array_state == ARRAY_DONE)
            cli_stream_take(&framer->stream, len);
        else if (len > 0 && framer->array_state == ARRAY_OUTSIDE)
            skip_between(framer);
        else if (len > 0 && read_element(framer, list))
            return FRAME_ADDED;
        if (stream_window(&framer->stream).len > 0)
            continue;
        const enum stream_got got = cli_stream_fill(&framer->stream, may_wait);
        if (got == STREAM_END && framer->has_record) {
            cli_frame_add_record(framer, list, framer->is_oversize ? 0 : framer->record.len,
                                 framer->stream.offset);
            return FRAME_ADDED;
        }
        if (got != STREAM_MORE)
            return cli_frame_got_of(got);
    }
}

/* One array, an object a line, or a table: the first byte that is not blank tells. */
enum stream_got cli_frame_open_mops(struct framer *framer, int may_wait)
{
    while (framer->array_state == ARRAY_UNKNOWN) {
        const jw_bytes window = stream_window(&framer->stream);
        size_t n = 0;
        while (n < window.len && is_space(window.at[n]))
            n++;
        if (n < window.len) {
            framer->array_state = window.at[n] == '[' ? ARRAY_OUTSIDE : ARRAY_NO;
            if (window.at[n] != '[' && window.at[n] != '{')
                framer->format_here = INPUT_CSV;
            cli_stream_take(&framer->stream, window.at[n] == '[' ? n + 1 : 0);
            break;
        }
        const enum stream_got got = cli_stream_fill(&framer->stream, may_wait);
        if (got != STREAM_MORE)
            return got;
    }
    return STREAM_MORE;
}

enum frame_got cli_frame_next_of_mops(struct framer *framer, struct raw_list *list, int may_wait)
{
    const enum stream_got got = cli_frame_open_mops(framer, may_wait);
    if (got != STREAM_MORE)
        return cli_frame_got_of(got);
    return framer->array_state == ARRAY_NO ? cli_frame_next_of_lines(framer, list, may_wait)
                                           : next_of_array(framer, list, may_wait);
}
