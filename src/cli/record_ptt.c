/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads of a forum in the layout of PTT.  The title, the author's own lines and every push are parts; quoted lines, signatures and notes of
 * the board are not.  --keep shows what stands beside them: author, board, tag ([標的] of the title), quote, signature, and replies, one
 * object a push with its part, mark, author and time.
 */
#include <string.h>

#include "cli/record.h"
#include "cli/record_time.h"

struct push {
    jw_bytes author, text, at;
};

struct thread {
    struct record *record;
    jw_bytes title, time, author, board;
    char *body; /* grows in the record's reserved room */
    size_t body_len;
    struct buffer quote, signature, replies; /* replies: JSON objects; each only when it is kept */
    int in_header, is_signed, keeps_quote, keeps_signature, keeps_replies;
};

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

/* `推 user: text  08/25 16:05`; without a name and colon it is a push only after the signature. */
static int read_push(jw_bytes line, int is_after_body, struct push *ret)
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
    const int is_named = name > 0 && colon < rest.len && rest.at[colon] == ':';
    ret->author = bytes_from(rest.at, is_named ? name : 0);
    ret->text = is_named ? bytes_trimmed(bytes_from(rest.at + colon + 1, rest.len - colon - 1)) : rest;
    return is_named || is_after_body;
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
static void take_stamp(struct push *push)
{
    static const char *const shapes[] = {"00/00 00:00", "00/00"};
    push->at = bytes_from(push->text.at, 0);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        const size_t len = strlen(shapes[i]);
        if (!ends_with_shape(push->text, shapes[i]))
            continue;
        push->at = bytes_from(push->text.at + push->text.len - len, len);
        push->text = bytes_trimmed(bytes_from(push->text.at, push->text.len - len));
        size_t n = push->text.len;
        int dots = 0;
        while (n > 0 && (push->text.at[n - 1] == '.' || (push->text.at[n - 1] >= '0' && push->text.at[n - 1] <= '9')))
            dots += push->text.at[--n] == '.';
        if (dots == 3)
            push->text = bytes_trimmed(bytes_from(push->text.at, n));
        return;
    }
}

static void put_member(struct buffer *out, const char *name, jw_bytes value)
{
    cli_buffer_text(out, name);
    cli_buffer_json(out, value.at, value.len);
}

static void add_push(struct thread *thread, const struct push *push, jw_mark mark)
{
    static const char *const names[] = {"null", "\"push\"", "\"boo\"", "\"arrow\""};
    struct buffer *const out = &thread->replies;
    if (thread->keeps_replies) {
        cli_buffer_text(out, out->len > 0 ? ",{\"part\":" : "{\"part\":");
        cli_buffer_uint(out, thread->record->part_count);
        cli_buffer_text(out, ",\"mark\":");
        cli_buffer_text(out, names[mark]);
        put_member(out, ",\"author\":", push->author);
        put_member(out, ",\"at\":", push->at);
        cli_buffer_text(out, "}");
    }
    cli_record_add_reply(thread->record, push->text, mark);
}

/* `作者  abc (阿明)    看板  Stock` is one line or two. */
static void read_header_line(struct thread *thread, jw_bytes line)
{
    if (header_value(line, "標題", &thread->title) || header_value(line, "時間", &thread->time) || header_value(line, "看板", &thread->board))
        return;
    if (!header_value(line, "作者", &thread->author)) {
        thread->in_header = 0;
        return;
    }
    for (size_t i = 0; i < thread->author.len; i++) {
        const jw_bytes rest = bytes_from(thread->author.at + i, thread->author.len - i);
        if (header_value(rest, "看板", &thread->board)) {
            thread->author = bytes_trimmed(bytes_from(thread->author.at, i));
            return;
        }
    }
}

static void add_body_line(struct thread *thread, jw_bytes line)
{
    memcpy(thread->body + thread->body_len, line.at, line.len);
    thread->body_len += line.len;
    thread->body[thread->body_len++] = '\n';
}

static void add_line(struct buffer *lines, jw_bytes line, int is_kept)
{
    if (!is_kept)
        return;
    cli_buffer_put(lines, line.at, line.len);
    cli_buffer_text(lines, "\n");
}

/* Lines of an earlier post: `: text` or `> text`. */
static int is_quoted(jw_bytes line, jw_bytes *ret)
{
    if (line.len == 0 || (line.at[0] != ':' && line.at[0] != '>') || (line.len > 1 && line.at[1] != ' '))
        return 0;
    *ret = bytes_trimmed(bytes_from(line.at + 1, line.len - 1));
    return 1;
}

/* The rule that some programs draw below the header. */
static int is_rule(jw_bytes line)
{
    size_t at = 0;
    while (at + 3 <= line.len && memcmp(line.at + at, "─", 3) == 0)
        at += 3;
    return line.len > 0 && at == line.len;
}

static void read_body_line(struct thread *thread, jw_bytes line)
{
    jw_bytes quoted;
    if (thread->is_signed)
        add_line(&thread->signature, line, thread->keeps_signature);
    else if (is_quoted(line, &quoted))
        add_line(&thread->quote, quoted, thread->keeps_quote);
    else if (thread->body_len > 0 || !is_rule(line))
        add_body_line(thread, line);
}

/* Without empty lines around it. */
static jw_bytes inner_lines(const char *at, size_t len)
{
    for (; len && at[len - 1] == '\n'; len--)
        ;
    for (; len && *at == '\n'; at++, len--)
        ;
    return bytes_from(at, len);
}

/* 標的 of `Re: [標的] 2330`. */
static jw_bytes tag_of(jw_bytes title)
{
    const char *const open = title.len > 0 ? memchr(title.at, '[', title.len) : NULL;
    const char *const close = open ? memchr(open, ']', title.len - (size_t)(open - title.at)) : NULL;
    return close ? bytes_trimmed(bytes_from(open + 1, (size_t)(close - open) - 1)) : bytes_from(title.at, 0);
}

static void keep_fields(const struct thread *thread)
{
    struct buffer *const keep = &thread->record->keep;
    const struct name_list *const names = &thread->record->options->keep;
    const struct {
        const char *name;
        jw_bytes value;
    } known[] = {{"author", thread->author}, {"board", thread->board},
                 {"tag", tag_of(thread->title)},
                 {"quote", inner_lines(thread->quote.at, thread->quote.len)},
                 {"signature", inner_lines(thread->signature.at, thread->signature.len)}};
    for (uint32_t i = 0; i < names->len; i++) {
        size_t field = 0;
        while (field < sizeof known / sizeof *known && strcmp(known[field].name, names->at[i]) != 0)
            field++;
        cli_buffer_text(keep, i == 0 ? "{" : ",");
        cli_buffer_json(keep, names->at[i], strlen(names->at[i]));
        cli_buffer_text(keep, ":");
        if (strcmp(names->at[i], "replies") == 0) {
            cli_buffer_text(keep, "[");
            cli_buffer_put(keep, thread->replies.at, thread->replies.len);
            cli_buffer_text(keep, "]");
        } else if (field < sizeof known / sizeof *known && known[field].value.len > 0) {
            cli_buffer_json(keep, known[field].value.at, known[field].value.len);
        } else {
            cli_buffer_text(keep, "null");
        }
    }
    if (names->len > 0)
        cli_buffer_text(keep, "}");
}

static void end_thread(struct thread *thread)
{
    struct record *const record = thread->record;
    record->parts[0].text = thread->title;
    record->parts[1].text = inner_lines(thread->body, thread->body_len);
    record->meta.source_type = JW_FORUM;
    keep_fields(thread);
    cli_buffer_free(&thread->quote);
    cli_buffer_free(&thread->signature);
    cli_buffer_free(&thread->replies);
    (void)cli_record_set_times(record, thread->time, bytes_from(NULL, 0));
}

static int keeps(const struct record *record, const char *name)
{
    const struct name_list *const names = &record->options->keep;
    uint32_t i = 0;
    while (i < names->len && strcmp(names->at[i], name) != 0)
        i++;
    return i < names->len;
}

void cli_read_ptt(struct record *record, jw_bytes text)
{
    const jw_bytes none = bytes_from("", 0);
    struct thread thread = {.record = record, .title = none, .time = none, .author = none, .board = none,
                            .body = record->text.at + record->text.len, .in_header = 1, .keeps_quote = keeps(record, "quote"),
                            .keeps_signature = keeps(record, "signature"), .keeps_replies = keeps(record, "replies")};
    cli_record_add_part(record, none, JW_PART_TITLE);
    cli_record_add_part(record, none, JW_PART_BODY);
    while (text.len > 0) {
        struct push push;
        const jw_bytes line = cli_next_line(&text);
        if (thread.in_header)
            read_header_line(&thread, line);
        if (thread.in_header || starts_with(line, "※"))
            continue;
        if (read_push(line, thread.is_signed, &push)) {
            take_stamp(&push);
            add_push(&thread, &push, line_mark(line));
        } else if (bytes_equal(line, "--") || bytes_equal(line, "-- ")) {
            thread.is_signed = 1;
        } else {
            read_body_line(&thread, line);
        }
    }
    end_thread(&thread);
}
