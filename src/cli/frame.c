/* SPDX-License-Identifier: Apache-2.0 */
/* See frame.h.  Files one after the other, and the records that lines (frame_line.c) or an array (frame_array.c) make of each. */
#include "cli/frame_part.h"

#include <stdlib.h>
#include <string.h>

void cli_framer_init(struct framer *framer)
{
    const char *const name = framer->encoding;
    const enum stream_units units = strcmp(name, "UTF-16") == 0     ? UNITS_UTF16
                                    : strcmp(name, "UTF-16LE") == 0 ? UNITS_UTF16LE
                                    : strcmp(name, "UTF-16BE") == 0 ? UNITS_UTF16BE
                                                                    : UNITS_BYTES;
    cli_stream_init(&framer->stream, units, strcmp(name, "UTF-8") == 0);
    framer->seam = NO_SEAM;
}

void cli_framer_free(struct framer *framer)
{
    cli_stream_free(&framer->stream);
    cli_buffer_free(&framer->record);
    while (framer->head) {
        struct table_head *older = framer->head->older;
        cli_buffer_free(&framer->head->row);
        free(framer->head);
        framer->head = older;
    }
}

void cli_raw_list_clear(struct raw_list *list)
{
    list->bytes.len = 0;
    list->len = 0;
}

void cli_raw_list_free(struct raw_list *list)
{
    cli_buffer_free(&list->bytes);
    free(list->at);
    memset(list, 0, sizeof *list);
}

static int has_ending(const char *name, size_t len, const char *ending)
{
    const size_t ending_len = strlen(ending);
    return len > ending_len && memcmp(name + len - ending_len, ending, ending_len) == 0;
}

enum input_format cli_format_by_name(const char *name)
{
    static const struct {
        const char *ending;
        enum input_format format;
    } known[] = {{".jsonl", INPUT_JSONL},
                 {".json", INPUT_JSONL},
                 {".csv", INPUT_CSV},
                 {".tsv", INPUT_TSV},
                 {".conllu", INPUT_CONLLU},
                 {".html", INPUT_HTML},
                 {".htm", INPUT_HTML}};
    size_t len = strlen(name);
    if (has_ending(name, len, ".gz"))
        len -= 3;
    else if (has_ending(name, len, ".zst"))
        len -= 4;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (has_ending(name, len, known[i].ending))
            return known[i].format;
    return INPUT_TEXT;
}

struct raw *cli_frame_add_raw(struct framer *framer, struct raw_list *list, enum raw_kind kind)
{
    if (list->len == list->cap) {
        list->cap = list->cap ? 2 * list->cap : 64;
        list->at = realloc(list->at, list->cap * sizeof *list->at);
        if (!list->at)
            cli_die(EXIT_LIMIT, "out of memory");
    }
    struct raw *const raw = &list->at[list->len++];
    memset(raw, 0, sizeof *raw);
    raw->kind = kind;
    raw->format = framer->format_here;
    raw->at = list->bytes.len;
    raw->file = framer->stream.name;
    raw->file_index = framer->file_at - 1;
    raw->ordinal = kind == RAW_BLANK ? framer->ordinal : ++framer->ordinal;
    raw->head = framer->head_here;
    return raw;
}

void cli_frame_set_text(struct raw *raw, struct raw_list *list, jw_bytes text)
{
    raw->len = text.len;
    cli_buffer_put(&list->bytes, text.at, text.len);
}

/* Hands out the first `len` bytes of the record in the making. */
void cli_frame_add_record(struct framer *framer, struct raw_list *list, size_t len, uint64_t end)
{
    struct raw *const raw = cli_frame_add_raw(framer, list, framer->is_oversize ? RAW_OVERSIZE : RAW_RECORD);
    jw_bytes text = bytes_from(framer->record.at, len);
    raw->byte = framer->record_byte;
    raw->line = framer->record_line;
    raw->end = end;
    const int is_file = framer->format_here == INPUT_WHOLE || framer->format_here == INPUT_HTML;
    if (!is_file && text.len > 0 && text.at[text.len - 1] == '\n')
        text.len--;
    cli_frame_set_text(raw, list, is_file ? text : without_return(text));
    framer->has_record = 0;
    framer->has_rows = 1;
}

void cli_frame_add_foreign(struct framer *framer, struct raw_list *list, const char *code, const char *fault)
{
    cli_frame_add_record(framer, list, framer->is_oversize ? 0 : framer->record.len, framer->stream.offset);
    struct raw *const raw = &list->at[list->len - 1];
    raw->kind = raw->kind == RAW_OVERSIZE ? RAW_OVERSIZE : RAW_FOREIGN;
    raw->code = code;
    raw->fault = fault;
}

enum frame_got cli_frame_got_of(enum stream_got got)
{
    switch (got) {
    case STREAM_LATER:
        return FRAME_LATER;
    case STREAM_STOPPED:
        return FRAME_STOPPED;
    case STREAM_FAILED:
        return FRAME_FAILED;
    default:
        return FRAME_END;
    }
}

static int open_next(struct framer *framer)
{
    const char *const name = framer->files[framer->file_at++];
    framer->format_here =
        framer->format == INPUT_BY_NAME ? cli_format_by_name(name) : framer->format;
    framer->searched = 0;
    framer->is_skipping = framer->has_record = framer->in_newdoc = framer->in_block =
        framer->is_quoted = 0;
    framer->seam = NO_SEAM;
    framer->array_state = ARRAY_UNKNOWN;
    framer->is_open = 1;
    framer->has_rows = 0;
    framer->resumed_byte = 0;
    framer->head_here = NULL;
    return cli_stream_open(&framer->stream, name);
}

enum frame_got cli_frame_next(struct framer *framer, struct raw_list *list, int may_wait)
{
    for (;;) {
        if (!framer->is_open && framer->file_at == framer->file_count)
            return FRAME_END;
        if (!framer->is_open && open_next(framer) != 0)
            return FRAME_FAILED;
        const enum frame_got got = framer->format_here == INPUT_MOPS || framer->array_state == ARRAY_NO
                                       ? cli_frame_next_of_mops(framer, list, may_wait)
                                       : cli_frame_next_of_lines(framer, list, may_wait);
        if (got != FRAME_END)
            return got;
        framer->is_open = 0;
    }
}

/* The header of a table stands at the start of its file, wherever reading goes on. */
static enum stream_got read_start(struct framer *framer)
{
    const enum stream_got got = framer->format_here == INPUT_MOPS ? cli_frame_open_mops(framer, 1) : STREAM_MORE;
    return got == STREAM_MORE ? cli_frame_read_head(framer) : got;
}

enum frame_got cli_framer_seek(struct framer *framer, uint32_t file, uint64_t byte,
                               uint64_t ordinal)
{
    framer->file_at = file;
    framer->ordinal = ordinal;
    if (open_next(framer) != 0)
        return FRAME_FAILED;
    enum stream_got got = read_start(framer);
    while (got == STREAM_MORE && framer->stream.offset < byte) {
        const jw_bytes window = stream_window(&framer->stream);
        const uint64_t want = byte - framer->stream.offset;
        const size_t len = want < window.len ? (size_t)want : window.len;
        if (len && framer->array_state != ARRAY_NO && framer->array_state != ARRAY_UNKNOWN) /* behind an element, or behind commas of none */
            framer->array_state = window.at[len - 1] == ',' ? ARRAY_OUTSIDE : ARRAY_BETWEEN;
        cli_stream_take(&framer->stream, len);
        if (framer->stream.offset < byte)
            got = cli_stream_fill(&framer->stream, 1);
    }
    framer->searched = 0;
    framer->resumed_byte = byte;
    return got == STREAM_MORE ? FRAME_ADDED : cli_frame_got_of(got);
}
