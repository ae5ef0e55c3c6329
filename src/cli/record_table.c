/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of CSV (RFC 4180) and TSV.  A header cell names a field of the contract, after `--map`; other columns are ignored unless kept. */
#include "cli/record.h"

#include <stdlib.h>
#include <string.h>

enum table_field {
    FIELD_OTHER,
    FIELD_ID,
    FIELD_TITLE,
    FIELD_BODY,
    FIELD_PUBLISHED,
    FIELD_RECEIVED,
    FIELD_SOURCE,
    FIELD_SOURCE_TYPE,
    FIELD_REGION,
    FIELD_LANG,
    FIELD_ISSUER,
    FIELD_ISSUER_NAME,
    FIELD_HINT,
    FIELD_COUNT
};

struct row {
    struct record *record;
    jw_bytes cell[FIELD_COUNT]; /* at NULL: no such column */
    jw_bytes feed[FEED_COUNT];  /* likewise */
};

/* Next cell of the row; quotes are taken off into `to` (advanced).  *rest is behind its separator; at NULL after the last cell. */
static jw_bytes next_cell(jw_bytes *rest, char separator, char **to)
{
    const char *at = rest->at, *const end = rest->at + rest->len;
    jw_bytes cell;
    if (separator == ',' && at < end && *at == '"') {
        char *const from = *to;
        for (at++; at < end && (*at != '"' || (at + 1 < end && at[1] == '"')); at++) {
            at += *at == '"';
            *(*to)++ = *at;
        }
        at += at < end;
        while (at < end && *at != separator) /* bytes after the closing quote belong to the cell */
            *(*to)++ = *at++;
        cell = bytes_from(from, (size_t)(*to - from));
    } else {
        const char *const stop = rest->len > 0 ? memchr(at, separator, rest->len) : NULL;
        cell = bytes_from(at, (size_t)((stop ? stop : end) - at));
        at = stop ? stop : end;
    }
    if (at < end)
        *rest = bytes_from(at + 1, (size_t)(end - at) - 1);
    else
        *rest = bytes_from(NULL, 0);
    return cell;
}

static uint32_t field_of(const struct options *options, jw_bytes name)
{
    static const char *const fields[FIELD_COUNT] = {
        NULL,          "id",     "title",       "body",   "published_at",
        "received_at", "source", "source_type", "region", "lang",
        "issuer",      "issuer_name", "entity_hint"};
    for (uint32_t i = FIELD_ID; i < FIELD_COUNT; i++)
        if (bytes_equal(name, cli_input_name(options, fields[i])))
            return i;
    const enum feed_field feed = cli_feed_field(name);
    return feed == FEED_COUNT ? FIELD_OTHER : FIELD_COUNT + (uint32_t)feed;
}

static uint32_t kept_as(const struct options *options, jw_bytes name)
{
    for (uint32_t i = 0; i < options->keep.len; i++)
        if (bytes_equal(name, options->keep.at[i]))
            return i;
    return JW_NONE;
}

void cli_record_set_head(struct record *record, const struct table_head *head, jw_bytes row,
                         char separator)
{
    struct table_columns *const columns = &record->columns;
    struct buffer scratch = {NULL, 0, 0};
    char *to = cli_buffer_room(&scratch, row.len + 1);
    const uint32_t most = (uint32_t)row.len + 1;
    free(columns->field);
    free(columns->keep);
    columns->field = cli_new(most, sizeof *columns->field);
    columns->keep = cli_new(most, sizeof *columns->keep);
    columns->len = 0;
    columns->head = head;
    while (row.at) {
        const jw_bytes name = next_cell(&row, separator, &to);
        columns->field[columns->len] = field_of(record->options, name);
        columns->keep[columns->len++] = kept_as(record->options, name);
    }
    cli_buffer_free(&scratch);
}

static int add_parts(struct record *record, const jw_bytes *cell)
{
    if (cli_record_check_text(record, "title", cell[FIELD_TITLE]) != 0 ||
        cli_record_check_text(record, "body", cell[FIELD_BODY]) != 0)
        return -1;
    cli_record_add_part(record, cell[FIELD_TITLE], JW_PART_TITLE);
    cli_record_add_part(record, cell[FIELD_BODY], JW_PART_BODY);
    return 0;
}

static int use_row(struct row *row)
{
    struct record *const record = row->record;
    const jw_bytes *const cell = row->cell;
    const int is_announcement = row->feed[FEED_TITLE].at || row->feed[FEED_BODY].at;
    if (!cell[FIELD_TITLE].at && !cell[FIELD_BODY].at && !is_announcement)
        return cli_reject(record, "E_FIELD", "body", -1, "no column title or body");
    if (cell[FIELD_ID].len > 0 && cli_record_set_id(record, cell[FIELD_ID]) != 0)
        return -1;
    if (!cell[FIELD_TITLE].at && !cell[FIELD_BODY].at ? cli_record_add_feed_parts(record, row->feed) != 0
                                                      : add_parts(record, cell) != 0)
        return -1;
    record->meta.issuer = cell[FIELD_ISSUER];
    record->meta.issuer_name = cell[FIELD_ISSUER_NAME];
    record->meta.hints = cell[FIELD_HINT];
    if (cli_record_set_times(record, cell[FIELD_PUBLISHED], cell[FIELD_RECEIVED]) != 0 ||
        (is_announcement && cli_record_use_feed(record, row->feed) != 0))
        return -1;
    record->meta.source = cell[FIELD_SOURCE];
    record->lang = cell[FIELD_LANG];
    if (cell[FIELD_SOURCE_TYPE].len > 0 &&
        cli_record_set_source_type(record, cell[FIELD_SOURCE_TYPE]) != 0)
        return -1;
    return cell[FIELD_REGION].len > 0 ? cli_record_set_region(record, cell[FIELD_REGION]) : 0;
}

static void keep_cells(struct record *record, const jw_bytes *cells)
{
    const struct name_list *const names = &record->options->keep;
    for (uint32_t i = 0; i < names->len; i++) {
        cli_buffer_text(&record->keep, i == 0 ? "{" : ",");
        cli_buffer_json(&record->keep, names->at[i], strlen(names->at[i]));
        cli_buffer_text(&record->keep, ":");
        cli_buffer_json(&record->keep, cells[i].at, cells[i].len);
    }
    if (names->len > 0)
        cli_buffer_text(&record->keep, "}");
}

void cli_read_row(struct record *record, jw_bytes text, char separator)
{
    const struct table_columns *const columns = &record->columns;
    struct row row = {record, {{NULL, 0}}, {{NULL, 0}}};
    jw_bytes *const kept = cli_new(record->options->keep.len + 1, sizeof *kept);
    char *to = record->text.at;
    uint32_t count = 0;
    for (jw_bytes rest = text; rest.at; count++) {
        const jw_bytes cell = next_cell(&rest, separator, &to);
        if (count >= columns->len)
            continue;
        const uint32_t field = columns->field[count];
        if (field >= FIELD_COUNT)
            row.feed[field - FIELD_COUNT] = cell;
        else if (field != FIELD_OTHER)
            row.cell[field] = cell;
        if (columns->keep[count] != JW_NONE)
            kept[columns->keep[count]] = cell;
    }
    if (count != columns->len)
        cli_reject(record, "E_COLUMNS", NULL, -1, "%u cells where the header has %u", count,
                   columns->len);
    else if (use_row(&row) == 0)
        keep_cells(record, kept);
    free(kept);
}
