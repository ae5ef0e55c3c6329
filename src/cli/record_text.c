/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text: one line, paragraphs with a headline, forum threads. */
#include <string.h>

#include "cli/record.h"
#include "cli/record_time.h"

enum { TITLE_CHARS = 60 }; /* a first line up to this length without a full stop is a headline */

static jw_bytes next_line(jw_bytes *rest)
{
    const char *end = rest->len > 0 ? memchr(rest->at, '\n', rest->len) : NULL;
    const size_t used = end ? (size_t)(end - rest->at) + 1 : rest->len;
    jw_bytes line = bytes_from(rest->at, end ? used - 1 : used);
    rest->at += used;
    rest->len -= used;
    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    return line;
}

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

static int find_text(jw_bytes text, const char *wanted)
{
    const size_t len = strlen(wanted);
    for (size_t i = 0; i + len <= text.len; i++)
        if (memcmp(text.at + i, wanted, len) == 0)
            return 1;
    return 0;
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
    jw_bytes title = next_line(&rest);
    if (title.len > 0 && count_chars(title) <= TITLE_CHARS && !find_text(title, "。"))
        body = rest;
    else
        title.len = 0;
    cli_record_add_part(record, title, JW_PART_TITLE);
    cli_record_add_part(record, body, JW_PART_BODY);
}

static int starts_with(jw_bytes text, const char *prefix)
{
    const size_t len = strlen(prefix);
    return text.len >= len && memcmp(text.at, prefix, len) == 0;
}

/* The value of a header line such as `標題: [新聞] ...`, with any of blank, colon and full-width colon between. */
static int header_value(jw_bytes line, const char *name, jw_bytes *ret)
{
    if (!starts_with(line, name))
        return 0;
    jw_bytes value = bytes_trimmed(bytes_from(line.at + strlen(name), line.len - strlen(name)));
    const size_t colon = starts_with(value, ":") ? 1 : starts_with(value, "：") ? 3 : 0;
    *ret = bytes_trimmed(bytes_from(value.at + colon, value.len - colon));
    return 1;
}

static int is_name_byte(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

/* The mark a line starts with; all three have three bytes. */
static jw_mark line_mark(jw_bytes line)
{
    if (starts_with(line, "推"))
        return JW_MARK_PUSH;
    if (starts_with(line, "噓"))
        return JW_MARK_BOO;
    return starts_with(line, "→") ? JW_MARK_ARROW : JW_MARK_NONE;
}

/* `推 user: text  08/25 16:05` gives the text; without a name and colon it is a reply only after the signature. */
static int reply_text(jw_bytes line, int is_after_body, jw_bytes *ret)
{
    if (line_mark(line) == JW_MARK_NONE)
        return 0;
    const jw_bytes rest = bytes_trimmed(bytes_from(line.at + 3, line.len - 3));
    size_t name = 0;
    while (name < rest.len && is_name_byte(rest.at[name]))
        name++;
    size_t colon = name;
    while (colon < rest.len && rest.at[colon] == ' ')
        colon++;
    if (name > 0 && colon < rest.len && rest.at[colon] == ':')
        *ret = bytes_trimmed(bytes_from(rest.at + colon + 1, rest.len - colon - 1));
    else if (is_after_body)
        *ret = rest;
    else
        return 0;
    return 1;
}

/* Whether the text ends with digits in the shape given: `00/00 00:00`. */
static int ends_with_shape(jw_bytes text, const char *shape)
{
    const size_t len = strlen(shape);
    if (text.len < len)
        return 0;
    const char *const at = text.at + text.len - len;
    for (size_t i = 0; i < len; i++)
        if (shape[i] == '0' ? at[i] < '0' || at[i] > '9' : at[i] != shape[i])
            return 0;
    return 1;
}

/* Date, hour and the address some boards add stand at the end of a push. */
static jw_bytes without_stamp(jw_bytes text)
{
    static const char *const shapes[] = {"00/00 00:00", "00/00"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (!ends_with_shape(text, shapes[i]))
            continue;
        text = bytes_trimmed(bytes_from(text.at, text.len - strlen(shapes[i])));
        size_t n = text.len;
        int dots = 0;
        while (n > 0 && (text.at[n - 1] == '.' || (text.at[n - 1] >= '0' && text.at[n - 1] <= '9')))
            dots += text.at[--n] == '.';
        return dots == 3 ? bytes_trimmed(bytes_from(text.at, n)) : text;
    }
    return text;
}

struct thread {
    jw_bytes title, time;
    char *body; /* grows in the record's reserved room */
    size_t body_len;
    int in_header, is_signed;
};

static void read_header_line(struct thread *thread, jw_bytes line)
{
    jw_bytes ignored;
    if (header_value(line, "標題", &thread->title) || header_value(line, "時間", &thread->time))
        return;
    if (!header_value(line, "作者", &ignored) && !header_value(line, "看板", &ignored))
        thread->in_header = 0;
}

static void add_body_line(struct thread *thread, jw_bytes line)
{
    memcpy(thread->body + thread->body_len, line.at, line.len);
    thread->body_len += line.len;
    thread->body[thread->body_len++] = '\n';
}

static void end_thread(struct record *record, struct thread *thread)
{
    size_t from = 0;
    while (thread->body_len > from && thread->body[thread->body_len - 1] == '\n')
        thread->body_len--;
    while (from < thread->body_len && thread->body[from] == '\n')
        from++;
    record->parts[0].text = thread->title;
    record->parts[1].text = bytes_from(thread->body + from, thread->body_len - from);
    record->meta.source_type = JW_FORUM;
    (void)cli_record_set_times(record, thread->time, bytes_from(NULL, 0));
}

void cli_read_ptt(struct record *record, jw_bytes text)
{
    struct thread thread = {{"", 0}, {"", 0}, record->text.at + record->text.len, 0, 1, 0};
    cli_record_add_part(record, thread.title, JW_PART_TITLE);
    cli_record_add_part(record, thread.title, JW_PART_BODY);
    while (text.len > 0) {
        jw_bytes reply;
        const jw_bytes line = next_line(&text);
        if (thread.in_header)
            read_header_line(&thread, line);
        if (thread.in_header || starts_with(line, "※"))
            continue;
        if (reply_text(line, thread.is_signed, &reply))
            cli_record_add_reply(record, without_stamp(reply), line_mark(line));
        else if (bytes_equal(line, "--") || bytes_equal(line, "-- "))
            thread.is_signed = 1;
        else if (!thread.is_signed)
            add_body_line(&thread, line);
    }
    end_thread(record, &thread);
}
