/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text: one line, paragraphs with a headline. */
#include <string.h>

#include "cli/record.h"

enum { TITLE_CHARS = 60 }; /* a first line up to this length without a full stop is a headline */

/* The text with every CRLF as LF, copied only when there is one. */
static jw_bytes with_plain_breaks(struct record *record, jw_bytes text)
{
    if (text.len == 0 || !memchr(text.at, '\r', text.len))
        return text;
    char *const to = record->text.at + record->text.len;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != '\r' || i + 1 == text.len || text.at[i + 1] != '\n')
            to[len++] = text.at[i];
    record->text.len += len;
    return bytes_from(to, len);
}

void cli_read_text(struct record *record, jw_bytes text)
{
    cli_record_add_part(record, bytes_from(NULL, 0), JW_PART_TITLE);
    cli_record_add_part(record, text, JW_PART_BODY);
}

static size_t count_chars(jw_bytes text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}

void cli_read_para(struct record *record, jw_bytes text)
{
    jw_bytes body = with_plain_breaks(record, text);
    jw_bytes rest = body;
    jw_bytes title = cli_next_line(&rest);
    if (title.len > 0 && count_chars(title) <= TITLE_CHARS && !bytes_have(title, "。"))
        body = rest;
    else
        title.len = 0;
    cli_record_add_part(record, title, JW_PART_TITLE);
    cli_record_add_part(record, body, JW_PART_BODY);
}
