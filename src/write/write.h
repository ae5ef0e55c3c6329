/* SPDX-License-Identifier: Apache-2.0 */
/* The writers: one file a format, one signature. */
#ifndef JW_WRITE_WRITE_H
#define JW_WRITE_WRITE_H

#include <jinwen/score.h>

#include "write/out.h"

typedef void jwi_writer(struct out *out, const jw_doc *doc, const jw_write_options *options);

jwi_writer jwi_write_conllu, jwi_write_jsonl, jwi_write_brat, jwi_write_html, jwi_write_csv, jwi_write_tsv, jwi_write_explain,
    jwi_write_explain_json, jwi_write_summary, jwi_write_candidates;

/* Layers that are both in the document and to be shown. */
static inline uint32_t layers_shown(const jw_doc *doc, const jw_write_options *options)
{
    return jw_doc_layers(doc) & options->layers;
}

/* Codes of the output contract. */
const char *jwi_source_type(jw_meta meta);
const char *jwi_channel(jw_meta meta);
const char *jwi_mention_kind(const jw_link *link);

/* When the caller could know the document, or JW_NO_TIME. */
int64_t jwi_available_at(const jw_doc *doc, const jw_write_options *options);

/* The column names of options->table and a line feed. */
void jwi_write_table_head(struct out *out, const jw_write_options *options, char separator);

/* Dispatch by format.  Requires: `options` complete.  Status: EARGUMENT (format, table), ESINK. */
jw_status jwi_write_header(jw_format format, const jw_write_options *options, jw_sink sink,
                           jw_error *reterr);
jw_status jwi_write(const jw_doc *doc, jw_format format, const jw_write_options *options,
                    jw_sink sink, jw_error *reterr);

#endif
