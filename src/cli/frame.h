/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Framing: where one record ends and the next begins, found on the bytes as they come, without decoding.  That is safe because no encoding
 * the command takes uses the bytes of line feed, comma, tab or quote inside a character (UTF-16 is converted before).  What a record says
 * is the business of the lanes, which run in parallel.
 */
#ifndef JW_CLI_FRAME_H
#define JW_CLI_FRAME_H

#include "cli/stream_in.h"

enum input_format {
    INPUT_BY_NAME,
    INPUT_TEXT,
    INPUT_PARA,
    INPUT_WHOLE,
    INPUT_JSONL,
    INPUT_CSV,
    INPUT_TSV,
    INPUT_CONLLU,
    INPUT_PTT,
    INPUT_MOPS,
    INPUT_REVIEW,
    INPUT_HTML
};

/* Header row of a table as it stands in the file; lives as long as the framer. */
struct table_head {
    struct table_head *older;
    struct buffer row;
};

enum raw_kind {
    RAW_RECORD,
    RAW_BLANK,
    RAW_OVERSIZE,
    RAW_FOREIGN /* no record of the format: `code` and `fault` say why */
};

struct raw {
    enum raw_kind kind;
    enum input_format format;
    size_t at, len; /* in the batch's bytes; no final line break */
    const char *file;
    uint32_t file_index;
    uint64_t ordinal;   /* number of the record, from 1; of a blank line, of the record before it */
    uint64_t byte, end; /* decompressed bytes of the file: first of the record, first of what follows */
    uint64_t line;      /* of the file, on which the record begins, from 1 */
    const struct table_head *head;
    const char *code, *fault; /* of RAW_FOREIGN */
};

/* Records on their way: filled by the framer. */
struct raw_list {
    struct buffer bytes;
    struct raw *at;
    size_t len, cap;
};

struct framer {
    /* set by the caller */
    const char *const *files;
    uint32_t file_count;
    enum input_format format; /* of every file; INPUT_BY_NAME: each by its name */
    const char *encoding;
    size_t max_record;
    /* own */
    struct stream stream;
    uint32_t file_at; /* next file to open */
    int is_open;
    enum input_format format_here;
    uint64_t ordinal;
    size_t searched;      /* bytes of the window known to hold no line break */
    int is_skipping;      /* inside a line that is too long */
    struct buffer record; /* of several lines, in the making */
    int has_record, is_oversize;
    uint64_t record_byte, record_line;
    size_t seam; /* where the next record may have begun inside `record`; SIZE_MAX: nowhere */
    uint64_t seam_byte, seam_line;
    int in_newdoc, in_block; /* conllu */
    int is_quoted;           /* csv: a quote is open */
    int array_state, depth, in_string, is_escaped, is_trail; /* mops */
    int has_rows;          /* the file has given a record */
    uint64_t resumed_byte; /* where reading of the file began; 0: at its start */
    struct table_head *head, *head_here; /* newest of all; of this file */
};

enum frame_got {
    FRAME_ADDED,
    FRAME_END,
    FRAME_LATER, /* waiting was not allowed */
    FRAME_STOPPED,
    FRAME_FAILED /* stream.failure says why */
};

void cli_framer_init(struct framer *framer);
void cli_framer_free(struct framer *framer);

/* Adds the next record or blank line to the list. */
enum frame_got cli_frame_next(struct framer *framer, struct raw_list *list, int may_wait);

void cli_raw_list_clear(struct raw_list *list);
void cli_raw_list_free(struct raw_list *list);

/* By the ending of the name, .gz and .zst aside. */
enum input_format cli_format_by_name(const char *name);

/* Starts at a stored place instead of the beginning: file, byte in it, records before it. */
enum frame_got cli_framer_seek(struct framer *framer, uint32_t file, uint64_t byte,
                               uint64_t ordinal);

#endif
