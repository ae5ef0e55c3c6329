/* SPDX-License-Identifier: Apache-2.0 */
/* From a format to its writer, and what several writers share. */
#include "write/write.h"

#include "base/error.h"

const jw_mention *jwi_mention_over(struct mention_cursor *cursor, uint32_t token)
{
    const jw_mentions all = cursor->mentions;
    while (cursor->at < all.len && all.at[cursor->at].tokens.end <= token)
        cursor->at++;
    if (cursor->at == all.len || all.at[cursor->at].tokens.start > token)
        return NULL;
    return &all.at[cursor->at];
}

char jwi_mention_place(const jw_mention *mention, uint32_t token)
{
    const int is_first = token == mention->tokens.start, is_last = token + 1 == mention->tokens.end;
    if (is_first)
        return is_last ? 'S' : 'B';
    return is_last ? 'E' : 'I';
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
    default:
        return NULL;
    }
}

jw_status jwi_write(const jw_doc *doc, jw_format format, const jw_write_options *options, jw_sink sink, jw_error *reterr)
{
    jwi_writer *const writer = writer_of(format);
    if (!writer)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "no writer for format %d", (int)format);
    struct out out;
    jwi_out_init(&out, sink);
    writer(&out, doc, options);
    return jwi_out_flush(&out, reterr);
}
