/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One input record, read from its decoded bytes into parts and times.  A bad record is a value, not a failure: `reject.code` names the cause.
 * Readers: record_in.c (JSON), record_text.c (plain text), record_ptt.c (forum), record_html.c, record_table.c (CSV, TSV).
 */
#ifndef JW_CLI_RECORD_H
#define JW_CLI_RECORD_H

#include "cli/options.h"

struct reject {
    const char *code; /* NULL: the record is good */
    const char *field;
    int64_t offset; /* byte in the record; -1: none */
    char message[160];
};

/* Fields of the exchanges' announcements. */
enum feed_field { FEED_TITLE, FEED_BODY, FEED_DATE, FEED_TIME, FEED_CLAUSE, FEED_CODE, FEED_NAME, FEED_COUNT };

/* Columns of a table: what each cell means. */
struct table_columns {
    const struct table_head *head;
    uint32_t *field;     /* enum table_field, from FIELD_COUNT on enum feed_field; by column */
    uint32_t *keep;      /* column of the keep list's item, JW_NONE */
    uint32_t len;
};

struct record {
    const struct options *options;
    struct reject reject;
    jw_part *parts;
    uint32_t part_count, part_cap;
    int is_markup; /* the parts are HTML */
    jw_meta meta;
    jw_bytes lang;
    char made_id[17];
    struct buffer text; /* strings built for this record; its room is reserved first, so it never moves */
    struct buffer keep; /* JSON object, or empty */
    void *json;         /* tree that lends strings */
    struct table_columns columns;
};

void cli_record_init(struct record *record, const struct options *options);
void cli_record_free(struct record *record);

/* Reads one record; `text` is valid UTF-8 and outlives the use of the record.  `name` is the file's. */
void cli_record_read(struct record *record, enum input_format format, jw_bytes text,
                     const char *name);

/* Columns from the header row, decoded; called when `head` changes. */
void cli_record_set_head(struct record *record, const struct table_head *head, jw_bytes row,
                         char separator);

/* Below: for the readers. */
int cli_reject(struct record *record, const char *code, const char *field, int64_t offset,
               const char *format, ...) __attribute__((format(printf, 5, 6)));
void cli_record_add_part(struct record *record, jw_bytes text, jw_part_kind kind);
void cli_record_add_reply(struct record *record, jw_bytes text, jw_mark mark);

/* Checked values of the contract; each returns 0 or rejects and returns -1. */
int cli_record_set_id(struct record *record, jw_bytes id);
int cli_record_set_times(struct record *record, jw_bytes published, jw_bytes received);
int cli_record_set_source_type(struct record *record, jw_bytes value);
int cli_record_set_region(struct record *record, jw_bytes value);
int cli_record_check_text(struct record *record, const char *field, jw_bytes text); /* no U+0000 */

/* FEED_COUNT: the key names none. */
enum feed_field cli_feed_field(jw_bytes key);
const char *cli_feed_name(enum feed_field field);

/* Subject and text as parts; whose announcement it is, its clause, its time when the record has none. */
int cli_record_add_feed_parts(struct record *record, const jw_bytes cell[FEED_COUNT]);
int cli_record_use_feed(struct record *record, const jw_bytes cell[FEED_COUNT]);

/* Takes the first line off `rest`, without its break. */
jw_bytes cli_next_line(jw_bytes *rest);

void cli_read_text(struct record *record, jw_bytes text);
void cli_read_para(struct record *record, jw_bytes text);
void cli_read_ptt(struct record *record, jw_bytes text);
void cli_read_jsonl(struct record *record, jw_bytes text);
void cli_read_html(struct record *record, jw_bytes text);
void cli_read_review(struct record *record, jw_bytes text);
void cli_read_mops(struct record *record, jw_bytes text);
void cli_read_row(struct record *record, jw_bytes text, char separator);
void cli_json_drop(struct record *record);

/* Without blanks and tabs around it. */
static inline jw_bytes bytes_trimmed(jw_bytes text)
{
    while (text.len > 0 && (text.at[0] == ' ' || text.at[0] == '\t'))
        text = bytes_from(text.at + 1, text.len - 1);
    while (text.len > 0 && (text.at[text.len - 1] == ' ' || text.at[text.len - 1] == '\t'))
        text.len--;
    return text;
}

static inline int bytes_equal(jw_bytes bytes, const char *text)
{
    size_t i = 0;
    while (i < bytes.len && text[i] != '\0' && bytes.at[i] == text[i])
        i++;
    return i == bytes.len && text[i] == '\0';
}

#endif
