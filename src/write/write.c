/* SPDX-License-Identifier: Apache-2.0 */
/* From a format to its writer, and what several writers share. */
#include "write/write.h"

#include "base/error.h"

static uint32_t source_index(jw_meta meta)
{
    return meta.source_type <= JW_REVIEW ? meta.source_type : JW_NEWS;
}

const char *jwi_source_type(jw_meta meta)
{
    static const char *const names[] = {"news", "announcement", "official", "forum", "review"};
    return names[source_index(meta)];
}

const char *jwi_channel(jw_meta meta)
{
    static const char *const names[] = {"N", "P", "G", "F", "R"};
    return names[source_index(meta)];
}

const char *jwi_mention_kind(const jw_link *link)
{
    static const char *const names[] = {"full", "short", "code", "nick", "pronoun", "role"};
    return names[link->kind];
}

/* JW_NO_TIME is smaller than any time. */
int64_t jwi_available_at(const jw_doc *doc, const jw_write_options *options)
{
    const jw_meta meta = jw_doc_meta(doc);
    const int is_published = (options->flags & JW_WRITE_PUBLISHED) != 0;
    const int64_t time = !is_published && meta.received_at > meta.published_at ? meta.received_at
                                                                               : meta.published_at;
    return time == JW_NO_TIME ? time : time + options->delay;
}

static jwi_writer *writer_of(jw_format format)
{
    switch (format) {
    case JW_CONLLU:
        return jwi_write_conllu;
    case JW_JSONL:
        return jwi_write_jsonl;
    case JW_BRAT:
        return jwi_write_brat;
    case JW_HTML:
        return jwi_write_html;
    case JW_CSV:
        return jwi_write_csv;
    case JW_TSV:
        return jwi_write_tsv;
    case JW_EXPLAIN:
        return jwi_write_explain;
    case JW_EXPLAIN_JSON:
        return jwi_write_explain_json;
    case JW_SUMMARY:
        return jwi_write_summary;
    case JW_CANDIDATES:
        return jwi_write_candidates;
    default:
        return NULL;
    }
}

static int is_table(jw_format format)
{
    return format == JW_CSV || format == JW_TSV;
}

static jw_status check(jw_format format, const jw_write_options *options, jw_error *reterr)
{
    if (!writer_of(format))
        return jwi_fail(reterr, JW_EARGUMENT, 0, "no writer for format %d", (int)format);
    if (is_table(format) &&
        (options->table < JW_TABLE_DOCUMENTS || options->table > JW_TABLE_ESG))
        return jwi_fail(reterr, JW_EARGUMENT, 0, "no table %u", options->table);
    return JW_OK;
}

jw_status jwi_write(const jw_doc *doc, jw_format format, const jw_write_options *options,
                    jw_sink sink, jw_error *reterr)
{
    struct out out;
    TRY(check(format, options, reterr));
    jwi_out_init(&out, sink);
    writer_of(format)(&out, doc, options);
    return jwi_out_flush(&out, reterr);
}

jw_status jwi_write_header(jw_format format, const jw_write_options *options, jw_sink sink,
                           jw_error *reterr)
{
    struct out out;
    TRY(check(format, options, reterr));
    jwi_out_init(&out, sink);
    if (is_table(format))
        jwi_write_table_head(&out, options, format == JW_CSV ? ',' : '\t');
    return jwi_out_flush(&out, reterr);
}
