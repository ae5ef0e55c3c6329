/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages of HTML.  The body is the whole page as it was received, so that every offset points into it; the library reads it without its
 * tags.  The title is what stands in <title>, the time what <meta property="article:published_time" content="..."> says.
 */
#include <string.h>

#include "cli/record.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* The text at or after `at`, of any case; the end of the page when it is not there. */
static size_t find(jw_bytes page, size_t at, const char *wanted)
{
    const size_t len = strlen(wanted);
    for (; at + len <= page.len; at++) {
        size_t i = 0;
        while (i < len && lower(page.at[at + i]) == wanted[i])
            i++;
        if (i == len)
            return at;
    }
    return page.len;
}

static jw_bytes title_of(jw_bytes page)
{
    size_t at = find(page, 0, "<title");
    at = find(page, at, ">");
    const size_t end = find(page, at, "</title");
    if (end == page.len)
        return bytes_from("", 0);
    jw_bytes title = bytes_from(page.at + at + 1, end - at - 1);
    while (title.len > 0 && strchr(" \t\r\n", title.at[0]))
        title = bytes_from(title.at + 1, title.len - 1);
    while (title.len > 0 && strchr(" \t\r\n", title.at[title.len - 1]))
        title.len--;
    return title;
}

/* The content of the tag around the name; empty when there is none. */
static jw_bytes published_of(jw_bytes page)
{
    const size_t name = find(page, 0, "article:published_time");
    size_t start = name;
    while (start > 0 && start < page.len && page.at[start] != '<')
        start--;
    const jw_bytes tag = bytes_from(page.at + start, find(page, name, ">") - start);
    const size_t at = find(tag, 0, "content=") + strlen("content=");
    if (at >= tag.len || (tag.at[at] != '"' && tag.at[at] != '\''))
        return bytes_from(NULL, 0);
    const char *const close = memchr(tag.at + at + 1, tag.at[at], tag.len - at - 1);
    return close ? bytes_from(tag.at + at + 1, (size_t)(close - tag.at) - at - 1) : bytes_from(NULL, 0);
}

void cli_read_html(struct record *record, jw_bytes text)
{
    record->is_markup = 1;
    cli_record_add_part(record, title_of(text), JW_PART_TITLE);
    cli_record_add_part(record, text, JW_PART_BODY);
    (void)cli_record_set_times(record, published_of(text), bytes_from(NULL, 0));
}
