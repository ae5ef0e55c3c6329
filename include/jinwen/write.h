/* SPDX-License-Identifier: Apache-2.0 */
/* Writers: a document as text in a standard format. */
#ifndef JINWEN_WRITE_H
#define JINWEN_WRITE_H

#include <jinwen/doc.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum jw_format {
    JW_CONLLU = 1,
    JW_JSONL,
    JW_BRAT,
    JW_HTML,
    JW_CSV,
    JW_TSV,
    JW_EXPLAIN,      /* the derivation of every score, in words */
    JW_EXPLAIN_JSON, /* the same as one JSON object a line */
    JW_SUMMARY,      /* JSON: the sentences that say most, and a line for each event */
    JW_CANDIDATES    /* JSON: what a summary over several records chooses from: all of them, and whom each is about */
} jw_format;

/* Flat tables of JW_CSV (RFC 4180 with line feeds) and JW_TSV (tabs and line breaks in a cell become blanks). */
typedef enum jw_table {
    JW_TABLE_DOCUMENTS = 1,
    JW_TABLE_SENTENCES,
    JW_TABLE_TOKENS,
    JW_TABLE_MENTIONS,
    JW_TABLE_ENTITIES,
    JW_TABLE_VALUES,
    JW_TABLE_EVENTS, /* an event and who plays a role in it */
    JW_TABLE_RELATIONS,
    JW_TABLE_EVIDENCE,
    JW_TABLE_ESG
} jw_table;

/* Receives output in order; any value but 0 stops the writer with ESINK. */
typedef struct jw_sink {
    int (*put)(void *ctx, const char *at, size_t len);
    void *ctx;
} jw_sink;

/* Days on which a market does not keep its usual hours, Monday to Friday; immutable.  A year without a row is not covered. */
typedef struct jw_calendar jw_calendar;

/*
 * Reads a table parted by tabs whose first line is `mic date open close known_at`: XTAI or XHKG, 2026-07-17, 09:00 and 13:30 in market time or both
 * empty for a closed day, and when that became known (2026-07-16 20:00, market time unless it ends with Z; empty: always).
 * Thread: any.  Status: EFORMAT (reterr->at = byte of the bad line), EMEMORY.  Since: 0.1
 */
JW_API jw_status jw_calendar_read(jw_bytes tsv, const jw_alloc *alloc, jw_calendar **ret, jw_error *reterr);

/*
 * The calendar the model ships: the days TWSE was closed in the years it covers.
 * Ensures: *ret is NULL when the model has none.  Thread: any.  Status: EFORMAT, EMEMORY.  Since: 0.1
 */
JW_API jw_status jw_calendar_of_model(const jw_model *model, const jw_alloc *alloc, jw_calendar **ret, jw_error *reterr);

/* NULL is fine.  Since: 0.1 */
JW_API void jw_calendar_free(jw_calendar *calendar);

/* Start from JW_WRITE_INIT: every layer present, code-point offsets. */
typedef struct jw_write_options {
    size_t size;
    uint32_t layers; /* JW_LAYER_* to show */
    uint32_t flags;
    jw_unit offsets; /* JW_UNIT_CODEPOINT, _BYTE or _UTF16 */
    /* For JSONL, borrowed; an empty one is left out. */
    jw_bytes run;    /* identity of the run: 8 hex digits */
    jw_bytes lang;   /* BCP 47 tag; empty: zh-Hant */
    jw_bytes keep;   /* one JSON object, printed under `keep` */
    jw_bytes fields; /* keys to print, as "id,n_tok,toks.upos"; empty: all */
    int64_t delay;   /* milliseconds from the clocks of the record to its available_at */
    uint32_t table;  /* jw_table, for JW_CSV and JW_TSV */
    uint32_t sentences; /* most sentences of JW_SUMMARY; 0: three */
    const jw_calendar *calendar; /* for sessions and trade dates, borrowed; NULL: Monday to Friday.  Where it does not cover the year: flag
                                  * `calendar_missing` */
} jw_write_options;
#define JW_WRITE_ECHO 0x01u      /* JSONL: the text of every span */
#define JW_WRITE_REPAIRED 0x02u  /* the caller replaced invalid bytes before loading: flag `repaired` */
#define JW_WRITE_PUBLISHED 0x04u /* available_at follows the source's clock alone, else the later of the two */
#define JW_WRITE_INIT \
    {sizeof(jw_write_options), 0xffffffffu, 0, JW_UNIT_CODEPOINT, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, 0, 0, 0, NULL}

/*
 * Writes one document; `options` NULL is JW_WRITE_INIT.
 * Thread: any reader of the document.  Status: EARGUMENT (format, table), ESINK, EMEMORY.  Since: 0.1
 */
JW_API jw_status jw_write(const jw_doc *doc, jw_format format, const jw_write_options *options, jw_sink sink, jw_error *reterr);

/*
 * Writes what stands once before the documents of a stream: the column names of a table; nothing for the other formats.
 * Status: EARGUMENT (format, table), ESINK.  Since: 0.1
 */
JW_API jw_status jw_write_header(jw_format format, const jw_write_options *options, jw_sink sink, jw_error *reterr);

/*
 * How alike two texts of valid UTF-8 are, 0..10000: the share of pairs of characters they have in common, as summaries measure it.
 * Thread: any.  Since: 0.1
 */
JW_API int32_t jw_likeness(jw_bytes a, jw_bytes b);

#ifdef __cplusplus
}
#endif
#endif
