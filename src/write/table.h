/* SPDX-License-Identifier: Apache-2.0 */
/* Between the rows of the flat tables (table.c) and their columns (table_column.c). */
#ifndef JW_WRITE_TABLE_H
#define JW_WRITE_TABLE_H

#include "write/name.h"
#include "write/place.h"
#include "write/scale.h"

struct row {
    struct out *out;
    const jw_doc *doc;
    const jw_write_options *options;
    uint32_t layers;
    char separator;
    uint32_t index;      /* sentence, token, mention, entity, value, event, relation or evidence */
    uint32_t inner;      /* argument of the event */
    uint32_t number;     /* of the row in its document, from 1 */
    jw_range text;       /* its bytes; empty: a document or an entity */
    uint32_t start, end; /* the same in the unit asked for */
    struct place place;
    struct scale scale; /* of tables that are not in the order of the text */
    struct name_cursor names;
};

struct column {
    const char *name;
    void (*put)(struct row *row);
};

struct table {
    const struct column *columns;
    int has_text; /* a row is a range of the text */
};

struct table jwi_table_of(uint32_t table);

/* A cell, quoted or flattened as the format asks. */
void jwi_table_bytes(struct row *row, jw_bytes text);

/* Text inside a cell that holds more than it: what separates there becomes a blank. */
void jwi_table_plain(struct row *row, jw_bytes text);

/* Cells of every table. */
typedef void jwi_cell(struct row *row);
jwi_cell jwi_table_id, jwi_table_run, jwi_table_number, jwi_table_part, jwi_table_start, jwi_table_end, jwi_table_available;

/* table_finance.c */
extern const struct column jwi_event_columns[], jwi_relation_columns[], jwi_evidence_columns[];

/* esg_write.c */
extern const struct column jwi_esg_columns[];
jwi_cell jwi_table_n_company, jwi_table_roundup, jwi_table_doc_market, jwi_table_doc_tone, jwi_table_doc_credit, jwi_table_doc_uncertainty,
    jwi_table_doc_litigious, jwi_table_forward_share, jwi_table_forecast_share, jwi_table_rumor_share;
jwi_cell jwi_table_sentence_type, jwi_table_sentence_market, jwi_table_stance, jwi_table_forward, jwi_table_uncertainty, jwi_table_litigious;
jwi_cell jwi_table_relevance, jwi_table_first_sent, jwi_table_tok_about, jwi_table_bearing, jwi_table_p_neg, jwi_table_p_neu, jwi_table_p_pos,
    jwi_table_market_conf, jwi_table_market, jwi_table_tone, jwi_table_credit, jwi_table_credit_raw, jwi_table_credit_conf, jwi_table_aspect_max,
    jwi_table_n_event, jwi_table_top_event, jwi_table_event_relevance, jwi_table_fact;

/* Whether the event and argument the row stands at make a row: the first of those merged, a holder who is known, once a role. */
int jwi_table_is_event_row(const struct row *row);

#endif
