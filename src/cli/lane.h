/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A lane: one thread's worker, documents and scratch.  It turns a batch of raw records into output bytes and touches nothing else, so that
 * any number of lanes gives the same bytes.
 */
#ifndef JW_CLI_LANE_H
#define JW_CLI_LANE_H

#include "cli/fair.h"
#include "cli/record.h"
#include "cli/run_id.h"

enum { TABLE_FILES = JW_TABLE_ESG + 1 }; /* --tables: those of the library and errors */

enum result_kind { RESULT_RECORD, RESULT_BLANK, RESULT_REJECT, RESULT_DROPPED };

struct result {
    enum result_kind kind;
    const char *code; /* of a reject */
    size_t out_end;   /* where its bytes end in `out`; they begin where those of the result before end */
    size_t dead_end;  /* likewise in `dead` */
    uint64_t micros, chars, private_use, tokens;
    uint32_t differences;
};

struct batch {
    struct raw_list raws;
    struct result *results; /* [raws.len] */
    size_t result_cap;
    struct buffer out, dead;
    struct buffer tables[TABLE_FILES];
};

/* What all lanes share, read-only. */
struct plant {
    const struct options *options;
    jw_model *model;
    jw_userdict **dicts;
    struct buffer *dict_bytes;
    jw_calendar *calendar;
    struct buffer calendar_bytes;
    struct run_id run_id;
    jw_format to;
    uint32_t want; /* layers the worker computes */
};

struct lane {
    const struct plant *plant;
    jw_worker *decoder, *worker;
    jw_doc *line, *doc;
    struct record record;
    struct buffer scratch;
    jw_worker *twin_worker; /* fairness: of the record with other names */
    jw_doc *twin;
    struct swap swap;
    jw_bytes stored; /* explain: the record of annotate that the line is; lends from `line` */
};

/* Status and *reterr as jw_worker_new. */
jw_status cli_lane_open(struct lane *lane, const struct plant *plant, jw_error *reterr);
void cli_lane_close(struct lane *lane);

void cli_lane_run(struct lane *lane, struct batch *batch);

/* What stands before the first record of the output: column names, a byte order mark. */
void cli_plant_head(const struct plant *plant, struct buffer *out);
/* Rows of the finished document in table `table` (jw_table - 1), and the names of its columns. */
void cli_lane_table(struct lane *lane, uint32_t table, struct buffer *out);
void cli_table_head(const struct plant *plant, uint32_t table, struct buffer *out);
void cli_batch_free(struct batch *batch);

#endif
