/* SPDX-License-Identifier: Apache-2.0 */
/* What all formats share: the checks of the contract, the id of a record without one, the choice of the reader. */
#include "cli/record.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/digest.h"
#include "cli/record_time.h"

void cli_record_init(struct record *record, const struct options *options)
{
    memset(record, 0, sizeof *record);
    record->options = options;
}

void cli_record_free(struct record *record)
{
    cli_json_drop(record);
    free(record->parts);
    cli_buffer_free(&record->text);
    cli_buffer_free(&record->keep);
    free(record->columns.field);
    free(record->columns.keep);
}

int cli_reject(struct record *record, const char *code, const char *field, int64_t offset,
               const char *format, ...)
{
    va_list arguments;
    record->reject.code = code;
    record->reject.field = field;
    record->reject.offset = offset;
    va_start(arguments, format);
    vsnprintf(record->reject.message, sizeof record->reject.message, format, arguments);
    va_end(arguments);
    return -1;
}

static void add_part(struct record *record, jw_bytes text, jw_part_kind kind, jw_mark mark)
{
    if (record->part_count == record->part_cap) {
        record->part_cap = record->part_cap ? 2 * record->part_cap : 8;
        record->parts = realloc(record->parts, record->part_cap * sizeof *record->parts);
        if (!record->parts)
            cli_die(EXIT_LIMIT, "out of memory");
    }
    const jw_part part = {{text.at ? text.at : "", text.len}, kind, mark};
    record->parts[record->part_count++] = part;
}

void cli_record_add_part(struct record *record, jw_bytes text, jw_part_kind kind)
{
    add_part(record, text, kind, JW_MARK_NONE);
}

void cli_record_add_reply(struct record *record, jw_bytes text, jw_mark mark)
{
    add_part(record, text, JW_PART_REPLY, mark);
}

int cli_record_set_id(struct record *record, jw_bytes id)
{
    int is_plain = id.len >= 1 && id.len <= 256;
    for (size_t i = 0; i < id.len && is_plain; i++)
        is_plain = (unsigned char)id.at[i] >= 0x20 && id.at[i] != 0x7f;
    if (!is_plain)
        return cli_reject(record, "E_FIELD", "id", -1,
                          "id needs 1 to 256 bytes without control characters");
    record->meta.id = id;
    return 0;
}

static int set_time(struct record *record, const char *field, jw_bytes text, int64_t *ret)
{
    if (text.len == 0)
        return 0;
    if (cli_time_read(text, ret) != 0)
        return cli_reject(record, "E_TIME", field, -1, "time not understood or outside 1900..2199");
    return 0;
}

int cli_record_set_times(struct record *record, jw_bytes published, jw_bytes received)
{
    if (set_time(record, "published_at", published, &record->meta.published_at) != 0)
        return -1;
    return set_time(record, "received_at", received, &record->meta.received_at);
}

int cli_record_set_source_type(struct record *record, jw_bytes value)
{
    static const char *const names[] = {"news", "announcement", "official", "forum", "review"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!bytes_equal(value, names[i]))
            continue;
        record->meta.source_type = i;
        return 0;
    }
    return cli_reject(record, "E_FIELD", "source_type", -1,
                      "source_type is announcement, official, news, forum or review");
}

int cli_record_set_region(struct record *record, jw_bytes value)
{
    if (!bytes_equal(value, "TW") && !bytes_equal(value, "HK"))
        return cli_reject(record, "E_FIELD", "region", -1, "region is TW or HK");
    record->meta.region = value.at[0] == 'H' ? JW_HK : JW_TW;
    return 0;
}

int cli_record_check_text(struct record *record, const char *field, jw_bytes text)
{
    const char *nul = text.len > 0 ? memchr(text.at, '\0', text.len) : NULL;
    return nul ? cli_reject(record, "E_NUL", field, -1, "U+0000 in a text field") : 0;
}

/* `h` and the hash of title, body and time: the same text at the same time has the same id wherever it stands. */
jw_bytes cli_next_line(jw_bytes *rest)
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

static void make_id(struct record *record)
{
    struct buffer joined = {NULL, 0, 0};
    for (uint32_t i = 0; i < 2; i++) {
        cli_buffer_put(&joined, record->parts[i].text.at, record->parts[i].text.len);
        cli_buffer_text(&joined, DIGEST_JOINT);
    }
    if (record->meta.published_at != JW_NO_TIME) {
        const int is_early = record->meta.published_at < 0;
        cli_buffer_text(&joined, is_early ? "-" : "");
        cli_buffer_uint(
            &joined, (uint64_t)(is_early ? -record->meta.published_at : record->meta.published_at));
    }
    record->made_id[0] = 'h';
    cli_digest_hex(cli_digest(buffer_bytes(&joined)), record->made_id + 1);
    record->meta.id = bytes_from(record->made_id, sizeof record->made_id);
    cli_buffer_free(&joined);
}

static void clear(struct record *record, size_t room)
{
    static const jw_input blank = JW_INPUT_INIT;
    cli_json_drop(record);
    memset(&record->reject, 0, sizeof record->reject);
    record->reject.offset = -1;
    record->part_count = 0;
    record->is_markup = 0;
    record->meta = blank.meta;
    record->lang = bytes_from(NULL, 0);
    record->text.len = record->keep.len = 0;
    cli_buffer_room(&record->text, room);
}

static jw_bytes base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    return bytes_from(name, strlen(name));
}

static void read_by_format(struct record *record, enum input_format format, jw_bytes text,
                           const char *name)
{
    switch (format) {
    case INPUT_JSONL:
        cli_read_jsonl(record, text);
        return;
    case INPUT_REVIEW:
        cli_read_review(record, text);
        return;
    case INPUT_MOPS:
        cli_read_mops(record, text);
        return;
    case INPUT_PARA:
        cli_read_para(record, text);
        return;
    case INPUT_WHOLE:
        cli_read_para(record, text);
        if (strcmp(name, "-") != 0)
            (void)cli_record_set_id(record, base_name(name));
        return;
    case INPUT_HTML:
        cli_read_html(record, text);
        if (strcmp(name, "-") != 0)
            (void)cli_record_set_id(record, base_name(name));
        return;
    case INPUT_PTT:
        cli_read_ptt(record, text);
        return;
    case INPUT_CSV:
        cli_read_row(record, text, ',');
        return;
    case INPUT_TSV:
        cli_read_row(record, text, '\t');
        return;
    default:
        cli_read_text(record, text);
    }
}

void cli_record_read(struct record *record, enum input_format format, jw_bytes text,
                     const char *name)
{
    clear(record, text.len + 64);
    read_by_format(record, format, text, name);
    if (record->reject.code)
        return;
    if (record->parts[0].text.len == 0 && record->parts[1].text.len == 0)
        cli_reject(record, "E_EMPTY", NULL, -1, "neither title nor body has a character");
    else if (record->meta.id.len == 0)
        make_id(record);
}
