/* SPDX-License-Identifier: Apache-2.0 */
/* Text layer: every part is decoded twice, first to count, then into arrays of the exact size. */
#include "stage/input/input.h"

#include "base/error.h"
#include "stage/input/input_codec.h"
#include "stage/input/input_markup.h"

#include <string.h>

static jw_status check(const jw_options *options, const jw_input *input, jw_error *reterr)
{
    if (input->flags & ~JW_MARKUP)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "unknown flag in %#x", input->flags);
    size_t left = options->max_bytes;
    for (uint32_t i = 0; i < input->part_count; i++) {
        if (input->parts[i].kind > JW_PART_REPLY)
            return jwi_fail(reterr, JW_EARGUMENT, i, "part %u has the unknown kind %u", i,
                            input->parts[i].kind);
        if (input->parts[i].mark > JW_MARK_ARROW)
            return jwi_fail(reterr, JW_EARGUMENT, i, "part %u has the unknown mark %u", i, input->parts[i].mark);
        if (input->parts[i].text.len > left)
            return jwi_fail(reterr, JW_ELIMIT, i, "more than %zu bytes", options->max_bytes);
        left -= input->parts[i].text.len;
    }
    return JW_OK;
}

/* Decodes all parts one after another; a run never reaches from one part into the next, because source offsets start again. */
static jw_status decode(struct codec *codec, const jw_input *input, jw_part_info *parts,
                        struct decoded *out)
{
    out->source_base = 0;
    for (uint32_t i = 0; i < input->part_count; i++) {
        const size_t start = out->text_len;
        out->next_text = SIZE_MAX;
        TRY(jwi_codec_decode(codec, input->encoding, input->parts[i].text, out));
        out->source_base += input->parts[i].text.len;
        if (parts) {
            const jw_part_info info = {
                {(uint32_t)start, (uint32_t)out->text_len}, input->parts[i].kind, input->parts[i].mark};
            parts[i] = info;
        }
    }
    return JW_OK;
}

static jw_status copy_bytes(struct arena *arena, jw_bytes *bytes, jw_error *reterr)
{
    char *copy = PUSH(arena, char, bytes->len);
    if (!copy)
        return jwi_fail_memory(reterr);
    if (bytes->len)
        memcpy(copy, bytes->at, bytes->len);
    bytes->at = copy;
    return JW_OK;
}

static jw_status copy_meta(jw_doc *doc, const jw_meta *meta, jw_error *reterr)
{
    doc->meta = *meta;
    TRY(copy_bytes(&doc->arena, &doc->meta.id, reterr));
    TRY(copy_bytes(&doc->arena, &doc->meta.source, reterr));
    TRY(copy_bytes(&doc->arena, &doc->meta.issuer, reterr));
    TRY(copy_bytes(&doc->arena, &doc->meta.issuer_name, reterr));
    return copy_bytes(&doc->arena, &doc->meta.hints, reterr);
}

jw_status jwi_input_load(struct codec *codec, const jw_options *options, struct arena *scratch,
                         const jw_input *input, jw_doc *doc, jw_error *reterr)
{
    (void)scratch;
    TRY(check(options, input, reterr));
    TRY(jwi_codec_open(codec, input->encoding, reterr));
    struct decoded size = {.is_strict = (options->flags & JW_STRICT) != 0, .reterr = reterr};
    TRY(decode(codec, input, NULL, &size));
    if (size.text_len > options->max_bytes)
        return jwi_fail(reterr, JW_ELIMIT, 0, "%zu bytes of text, more than %zu", size.text_len,
                        options->max_bytes);
    struct decoded out = {.text = PUSH(&doc->arena, char, size.text_len),
                          .runs = PUSH(&doc->arena, struct source_run, size.run_count)};
    doc->parts = PUSH(&doc->arena, jw_part_info, input->part_count);
    if (!out.text || !out.runs || !doc->parts)
        return jwi_fail_memory(reterr);
    TRY(decode(codec, input, doc->parts, &out));
    TRY(copy_meta(doc, &input->meta, reterr));
    doc->text.at = out.text;
    doc->text.len = out.text_len;
    doc->runs = out.runs;
    doc->run_count = (uint32_t)out.run_count;
    doc->part_count = input->part_count;
    doc->repaired = out.repaired;
    if (input->flags & JW_MARKUP)
        TRY(jwi_markup_strip(doc, out.text, reterr));
    doc->layers = JW_LAYER_TEXT;
    return JW_OK;
}
