/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JSON array of the exchange's open data: an element is a record, found by counting brackets outside strings, byte by byte.  An array
 * that does not end, bytes behind it, and a file that is neither JSON nor a table of announcements are handed out as faults.
 */
#include "cli/frame_part.h"

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

static void begin_record(struct framer *framer)
{
    framer->has_record = 1;
    framer->is_oversize = framer->depth = framer->in_string = framer->is_escaped =
        framer->is_trail = 0;
    framer->record.len = 0;
    framer->record_byte = framer->stream.offset;
    framer->record_line = framer->stream.line;
}

static void take_bytes(struct framer *framer, size_t len)
{
    if (framer->record.len + len > framer->max_record)
        framer->is_oversize = 1;
    if (!framer->is_oversize)
        cli_buffer_put(&framer->record, stream_window(&framer->stream).at, len);
    cli_stream_take(&framer->stream, len);
}

static size_t spaces_of(jw_bytes window)
{
    size_t n = 0;
    while (n < window.len && is_space(window.at[n]))
        n++;
    return n;
}

/* [,,,]: commas with nothing before them, handed out together; true when there were any. */
static int refuse_commas(struct framer *framer, struct raw_list *list)
{
    const jw_bytes window = stream_window(&framer->stream);
    size_t end = 0;
    for (size_t n = 0; n < window.len && (is_space(window.at[n]) || window.at[n] == ','); n++)
        end = window.at[n] == ',' ? n + 1 : end;
    if (!end)
        return 0;
    begin_record(framer);
    take_bytes(framer, end);
    cli_frame_add_foreign(framer, list, "E_JSON", "a comma with no element before it");
    framer->array_state = ARRAY_OUTSIDE;
    return 1;
}

/* [{},]: the bracket stays to be read. */
static int refuse_end(struct framer *framer, struct raw_list *list)
{
    begin_record(framer);
    cli_frame_add_foreign(framer, list, "E_JSON", "a comma with no element behind it");
    framer->array_state = ARRAY_BETWEEN;
    return 1;
}

/* Between elements: a comma behind one, then the next or the end; true when something else was handed out. */
static int skip_between(struct framer *framer, struct raw_list *list)
{
    cli_stream_take(&framer->stream, spaces_of(stream_window(&framer->stream)));
    const jw_bytes window = stream_window(&framer->stream);
    if (!window.len)
        return 0;
    if (window.at[0] == ',' && framer->array_state != ARRAY_BETWEEN)
        return refuse_commas(framer, list);
    if (window.at[0] == ']' && framer->array_state == ARRAY_NEXT)
        return refuse_end(framer, list);
    if (window.at[0] == ',' || window.at[0] == ']') {
        framer->array_state = window.at[0] == ',' ? ARRAY_NEXT : ARRAY_DONE;
        cli_stream_take(&framer->stream, 1);
        return 0;
    }
    framer->array_state = framer->array_state == ARRAY_BETWEEN ? ARRAY_LOOSE : ARRAY_INSIDE;
    begin_record(framer);
    return 0;
}

/* What stands behind the array: blanks, or what belongs to nothing. */
static void read_behind(struct framer *framer)
{
    const jw_bytes window = stream_window(&framer->stream);
    const size_t n = framer->array_state == ARRAY_DONE ? spaces_of(window) : 0;
    cli_stream_take(&framer->stream, n);
    if (n == window.len)
        return;
    if (framer->array_state == ARRAY_DONE)
        begin_record(framer);
    framer->array_state = ARRAY_BEHIND;
    take_bytes(framer, window.len - n);
}

static int read_element(struct framer *framer, struct raw_list *list)
{
    const int is_double = strncmp(framer->encoding, "UTF-", 4) != 0;
    const jw_bytes window = stream_window(&framer->stream);
    size_t n = 0;
    int is_last = 0;
    while (n < window.len && !is_last)
        is_last = element_ends(framer, (unsigned char)window.at[n++], is_double);
    const int is_behind = is_last && (window.at[n - 1] == ',' || (window.at[n - 1] == ']' && framer->depth < 0));
    const size_t len = is_behind ? n - 1 : n; /* a bare value: up to the comma or the bracket of the array */
    take_bytes(framer, len);
    if (!is_last)
        return 0;
    if (framer->array_state == ARRAY_LOOSE)
        cli_frame_add_foreign(framer, list, "E_JSON", "no comma before the element");
    else
        cli_frame_add_record(framer, list, framer->is_oversize ? 0 : framer->record.len, framer->stream.offset);
    framer->array_state = ARRAY_BETWEEN;
    return 1;
}

static int is_outside(const struct framer *framer)
{
    return framer->array_state == ARRAY_OUTSIDE || framer->array_state == ARRAY_NEXT || framer->array_state == ARRAY_BETWEEN;
}

/* The file is at its end: hands out what it leaves open; false when nothing is. */
static int close_array(struct framer *framer, struct raw_list *list)
{
    if (framer->array_state == ARRAY_BEHIND && framer->has_record) {
        cli_frame_add_foreign(framer, list, "E_JSON", "bytes behind the end of the array");
    } else if (framer->has_record) {
        cli_frame_add_record(framer, list, framer->is_oversize ? 0 : framer->record.len,
                             framer->stream.offset);
    } else if (is_outside(framer) && framer->stream.offset > framer->resumed_byte) {
        begin_record(framer);
        cli_frame_add_foreign(framer, list, "E_JSON", "the array does not end");
        framer->array_state = ARRAY_DONE;
    } else {
        return 0;
    }
    return 1;
}

static enum frame_got next_of_array(struct framer *framer, struct raw_list *list, int may_wait)
{
    for (;;) {
        const size_t len = stream_window(&framer->stream).len;
        if (len > 0 && framer->array_state >= ARRAY_DONE)
            read_behind(framer);
        else if (len > 0 && (is_outside(framer) ? skip_between(framer, list) : read_element(framer, list)))
            return FRAME_ADDED;
        if (stream_window(&framer->stream).len > 0)
            continue;
        const enum stream_got got = cli_stream_fill(&framer->stream, may_wait);
        if (got == STREAM_END && close_array(framer, list))
            return FRAME_ADDED;
        if (got != STREAM_MORE)
            return cli_frame_got_of(got);
    }
}

/* One array, an object a line, or a table: the first byte that is not blank tells. */
enum stream_got cli_frame_open_mops(struct framer *framer, int may_wait)
{
    while (framer->array_state == ARRAY_UNKNOWN) {
        const jw_bytes window = stream_window(&framer->stream);
        const size_t n = spaces_of(window);
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

/* The header names a subject or an explanation, in the bytes of the encoding. */
static int is_table_of_announcements(const struct framer *framer)
{
    static const struct {
        const char *encoding, *subject, *text;
    } words[] = {{"UTF-8", "\xe4\xb8\xbb\xe6\x97\xa8", "\xe8\xaa\xaa\xe6\x98\x8e"},
                 {"GB18030", "\xd6\xf7\xd6\xbc", "\xd5" "f\xc3\xf7"},
                 {"BIG5", "\xa5" "D\xa6\xae", "\xbb\xa1\xa9\xfa"}}; /* 主旨 說明 */
    const int which = strncmp(framer->encoding, "UTF-", 4) == 0 ? 0 : strcmp(framer->encoding, "GB18030") == 0 ? 1 : 2;
    const jw_bytes row = buffer_bytes(&framer->head_here->row);
    return bytes_have(row, words[which].subject) || bytes_have(row, words[which].text) || bytes_have(row, "title") || bytes_have(row, "body");
}

/* A table that has ended without a row says by its header alone whether it is one of announcements. */
static enum frame_got next_of_table(struct framer *framer, struct raw_list *list, int may_wait)
{
    const enum frame_got got = cli_frame_next_of_lines(framer, list, may_wait);
    if (got != FRAME_END || framer->has_rows || framer->resumed_byte || !framer->head_here || is_table_of_announcements(framer))
        return got;
    const jw_bytes row = buffer_bytes(&framer->head_here->row);
    framer->is_oversize = 0;
    framer->record.len = 0;
    cli_buffer_put(&framer->record, row.at, row.len);
    cli_frame_add_foreign(framer, list, "E_FIELD", "neither JSON nor a table with a column 主旨 or 說明");
    return FRAME_ADDED;
}

enum frame_got cli_frame_next_of_mops(struct framer *framer, struct raw_list *list, int may_wait)
{
    const enum stream_got got = cli_frame_open_mops(framer, may_wait);
    if (got != STREAM_MORE)
        return cli_frame_got_of(got);
    return framer->array_state == ARRAY_NO ? next_of_table(framer, list, may_wait)
                                           : next_of_array(framer, list, may_wait);
}
