/* SPDX-License-Identifier: Apache-2.0 */
/* See frame.h.  All formats but the JSON array of `mops` are made of lines; a format is a judgement on each line. */
#include "cli/frame_part.h"

#include <string.h>

struct line {
    jw_bytes text; /* without its line break */
    size_t used;   /* with it */
    int is_long;   /* longer than a record may be: the text was thrown away */
    uint64_t byte, number; /* of the file; the number from 1 */
};

enum verdict {
    VERDICT_SINGLE, /* a record of its own */
    VERDICT_BLANK,  /* a blank line to hand through */
    VERDICT_SKIP,   /* belongs to nothing */
    VERDICT_ADD,    /* part of the record in the making */
    VERDICT_LAST,   /* its last line */
    VERDICT_CLOSE,  /* ends the record and belongs to nothing */
    VERDICT_SEAM,   /* part of the next record, which began at the seam */
    VERDICT_HEAD    /* header of a table */
};

static void count_quotes(struct framer *framer, jw_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        framer->is_quoted ^= text.at[i] == '"';
}

/* Throws the window away up to its last byte: the line is longer than a record may be. */
static void skip_window(struct framer *framer, size_t len)
{
    if (framer->format_here == INPUT_CSV)
        count_quotes(framer, bytes_from(stream_window(&framer->stream).at, len));
    cli_stream_take(&framer->stream, len);
    framer->searched = 0;
}

static enum stream_got next_line(struct framer *framer, int may_wait, struct line *ret)
{
    for (;;) {
        const jw_bytes window = stream_window(&framer->stream);
        const size_t from = framer->searched < window.len ? framer->searched : window.len;
        const char *end =
            window.len > from ? memchr(window.at + from, '\n', window.len - from) : NULL;
        enum stream_got got = STREAM_MORE;
        if (!end) {
            framer->searched = window.len;
            if (window.len > framer->max_record) {
                framer->is_skipping = 1;
                skip_window(framer, window.len);
            }
            got = cli_stream_fill(&framer->stream, may_wait);
        }
        if (!end && got == STREAM_MORE)
            continue;
        const jw_bytes rest = stream_window(&framer->stream);
        if (!end && (got != STREAM_END || (rest.len == 0 && !framer->is_skipping)))
            return got;
        const size_t len = end ? (size_t)(end - window.at) : rest.len;
        ret->text = bytes_from(rest.at, len);
        ret->used = len + (end != NULL);
        ret->byte = framer->stream.offset;
        ret->number = framer->stream.line;
        ret->is_long = framer->is_skipping || len > framer->max_record + 1;
        return STREAM_MORE;
    }
}

static void take_line(struct framer *framer, const struct line *line)
{
    cli_stream_take(&framer->stream, line->used);
    framer->searched = 0;
    framer->is_skipping = 0;
}

static int is_blank(jw_bytes text)
{
    return without_return(text).len == 0;
}

static int starts_with(jw_bytes text, const char *prefix)
{
    const size_t len = strlen(prefix);
    return text.len >= len && memcmp(text.at, prefix, len) == 0;
}

static void set_seam(struct framer *framer, const struct line *line)
{
    framer->seam = framer->has_record ? framer->record.len : 0;
    framer->seam_byte = line->byte;
    framer->seam_line = line->number;
}

/*
 * A document runs from `# newdoc` to the next one; sentences outside any document are records of their own, so that a treebank without
 * documents streams.  The seam is the start of the block whose comments may still bring a `# newdoc`.
 */
static enum verdict judge_conllu(struct framer *framer, const struct line *line)
{
    if (is_blank(line->text)) {
        framer->in_block = 0;
        if (!framer->has_record)
            return VERDICT_SKIP;
        return framer->in_newdoc ? VERDICT_ADD : VERDICT_CLOSE;
    }
    if (!framer->in_block)
        set_seam(framer, line);
    framer->in_block = 1;
    if (!starts_with(line->text, "# newdoc"))
        return VERDICT_ADD;
    framer->in_newdoc = 1;
    return framer->has_record && framer->seam > 0 ? VERDICT_SEAM : VERDICT_ADD;
}

/* The words that open a thread, in the bytes of the encoding: author, board, title. */
struct ptt_words {
    const char *encoding, *author, *board, *title;
};

static const struct ptt_words *ptt_words_of(const char *encoding)
{
    static const struct ptt_words words[] = {
        {"UTF-8", "\xe4\xbd\x9c\xe8\x80\x85", "\xe7\x9c\x8b\xe6\x9d\xbf",
         "\xe6\xa8\x99\xe9\xa1\x8c"},
        {"GB18030", "\xd7\xf7\xd5\xdf", "\xbf\xb4\xb0\xe5", "\x98\xcb\xee}"},
        {"BIG5", "\xa7@\xaa\xcc", "\xac\xdd\xaaO",
         "\xbc\xd0\xc3"
         "D"},
    };
    if (strncmp(encoding, "UTF-", 4) == 0)
        return &words[0];
    return strcmp(encoding, "GB18030") == 0 ? &words[1] : &words[2];
}

/* A thread opens with an author line followed by its title, the board between them or on the author's line; quotes name authors alone. */
static enum verdict judge_ptt(struct framer *framer, const struct line *line)
{
    const struct ptt_words *const words = ptt_words_of(framer->encoding);
    if (!framer->has_record && is_blank(line->text))
        return VERDICT_SKIP;
    if (starts_with(line->text, words->author)) {
        set_seam(framer, line);
        return VERDICT_ADD;
    }
    const int is_open = framer->seam != NO_SEAM;
    if (is_open && starts_with(line->text, words->title) && framer->seam > 0)
        return VERDICT_SEAM;
    if (!starts_with(line->text, words->board))
        framer->seam = NO_SEAM;
    return VERDICT_ADD;
}

static enum verdict judge_csv(struct framer *framer, const struct line *line)
{
    if (!framer->has_record && !framer->is_quoted && !line->is_long && is_blank(line->text))
        return VERDICT_BLANK;
    count_quotes(framer, line->text);
    if (framer->is_quoted)
        return VERDICT_ADD;
    return framer->head_here ? VERDICT_LAST : VERDICT_HEAD;
}

static enum verdict judge(struct framer *framer, const struct line *line)
{
    const int blank = !line->is_long && is_blank(line->text);
    switch (framer->format_here) {
    case INPUT_PARA:
        if (blank)
            return framer->has_record ? VERDICT_CLOSE : VERDICT_SKIP;
        return VERDICT_ADD;
    case INPUT_WHOLE:
    case INPUT_HTML:
        return VERDICT_ADD;
    case INPUT_CONLLU:
        return judge_conllu(framer, line);
    case INPUT_PTT:
        return judge_ptt(framer, line);
    case INPUT_CSV:
        return judge_csv(framer, line);
    case INPUT_TSV:
        if (blank)
            return VERDICT_BLANK;
        return framer->head_here ? VERDICT_SINGLE : VERDICT_HEAD;
    default:
        return blank ? VERDICT_BLANK : VERDICT_SINGLE;
    }
}

static void set_start(struct framer *framer, const struct line *line)
{
    framer->record_byte = line->byte;
    framer->record_line = line->number;
}

static void add_line(struct framer *framer, const struct line *line)
{
    if (!framer->has_record) {
        framer->has_record = 1;
        framer->is_oversize = 0;
        framer->record.len = 0;
        set_start(framer, line);
    }
    if (line->is_long || framer->record.len + line->used > framer->max_record + 2) {
        framer->is_oversize = 1;
        framer->record.len = 0;
    }
    if (!framer->is_oversize)
        cli_buffer_put(&framer->record, line->text.at, line->used);
}

static void split_at_seam(struct framer *framer, struct raw_list *list, const struct line *line)
{
    const size_t seam = framer->is_oversize ? 0 : framer->seam;
    const size_t rest = framer->record.len - seam;
    cli_frame_add_record(framer, list, seam, framer->seam_byte);
    memmove(framer->record.at, framer->record.at + seam, rest);
    framer->record.len = rest;
    framer->record_byte = framer->seam_byte;
    framer->record_line = framer->seam_line;
    framer->has_record = 1;
    framer->is_oversize = 0;
    framer->seam = 0;
    add_line(framer, line);
}

static void add_head(struct framer *framer, const struct line *line)
{
    struct table_head *head = cli_new(1, sizeof *head);
    if (framer->has_record)
        cli_buffer_put(&head->row, framer->record.at, framer->record.len);
    else
        set_start(framer, line);
    const jw_bytes text = without_return(line->text);
    cli_buffer_put(&head->row, text.at, line->is_long ? 0 : text.len);
    framer->has_record = 0;
    head->older = framer->head;
    framer->head = framer->head_here = head;
}

static int use_line(struct framer *framer, struct raw_list *list, const struct line *line)
{
    const uint64_t end = line->byte + line->used;
    struct raw *raw;
    switch (judge(framer, line)) {
    case VERDICT_SINGLE:
        raw = cli_frame_add_raw(framer, list, line->is_long ? RAW_OVERSIZE : RAW_RECORD);
        raw->byte = line->byte;
        raw->line = line->number;
        raw->end = end;
        if (!line->is_long)
            cli_frame_set_text(raw, list, without_return(line->text));
        return 1;
    case VERDICT_BLANK:
        raw = cli_frame_add_raw(framer, list, RAW_BLANK);
        raw->byte = line->byte;
        raw->end = end;
        return 1;
    case VERDICT_SKIP:
        return 0;
    case VERDICT_ADD:
        add_line(framer, line);
        return 0;
    case VERDICT_LAST:
        add_line(framer, line);
        cli_frame_add_record(framer, list, framer->record.len, end);
        return 1;
    case VERDICT_CLOSE:
        cli_frame_add_record(framer, list, framer->record.len, end);
        return 1;
    case VERDICT_SEAM:
        split_at_seam(framer, list, line);
        return 1;
    case VERDICT_HEAD:
        add_head(framer, line);
        return 0;
    }
    return 0;
}

enum frame_got cli_frame_next_of_lines(struct framer *framer, struct raw_list *list, int may_wait)
{
    for (;;) {
        struct line line;
        const enum stream_got got = next_line(framer, may_wait, &line);
        if (got == STREAM_END && framer->has_record) {
            cli_frame_add_record(framer, list, framer->record.len, framer->stream.offset);
            return FRAME_ADDED;
        }
        if (got != STREAM_MORE)
            return cli_frame_got_of(got);
        const int is_added = use_line(framer, list, &line);
        take_line(framer, &line);
        if (is_added)
            return FRAME_ADDED;
    }
}

enum stream_got cli_frame_read_head(struct framer *framer)
{
    while ((framer->format_here == INPUT_CSV || framer->format_here == INPUT_TSV) && !framer->head_here) {
        struct line line;
        const enum stream_got got = next_line(framer, 1, &line);
        if (got != STREAM_MORE)
            return got;
        use_line(framer, NULL, &line);
        take_line(framer, &line);
    }
    return STREAM_MORE;
}
