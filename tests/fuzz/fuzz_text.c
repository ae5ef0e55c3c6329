/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes in any encoding: tokens are sorted, separate, not empty, on character edges; the text survives UTF-8 input byte for byte. */
#include "fuzz/fuzz.h"

#include <jinwen/jinwen.h>
#include <stdlib.h>
#include <string.h>

static jw_model *model;
static jw_worker *worker;
static jw_doc *doc;

static const char *const encodings[] = {NULL, NULL, NULL, "CP950", "BIG5-HKSCS", "UTF-16", "GB18030", "BIG5"};

static void need(int holds)
{
    if (!holds)
        abort();
}

void jwi_fuzz_open(const char *model_path)
{
    jw_options options = JW_OPTIONS_INIT;
    options.want = 0x3f;
    need(jw_model_open(model_path, NULL, &model, NULL) == JW_OK);
    if (jw_worker_new(model, &options, &worker, NULL) != JW_OK)
        need(jw_worker_new(model, NULL, &worker, NULL) == JW_OK);
    need(jw_doc_new(NULL, &doc) == JW_OK);
}

void jwi_fuzz_close(void)
{
    jw_doc_free(doc);
    jw_worker_free(worker);
    jw_model_unref(model);
}

static int is_edge(jw_bytes text, uint32_t at)
{
    return at == text.len || ((unsigned char)text.at[at] & 0xc0) != 0x80;
}

static void check_tokens(void)
{
    const jw_bytes text = jw_doc_text(doc);
    const jw_tokens tokens = jw_doc_tokens(doc);
    const jw_sentences sentences = jw_doc_sentences(doc);
    uint32_t at = 0, covered = 0;
    for (uint32_t i = 0; i < tokens.len; i++) {
        const jw_range range = tokens.at[i].text;
        need(range.start >= at && range.end > range.start && range.end <= text.len);
        need(is_edge(text, range.start) && is_edge(text, range.end));
        at = range.end;
    }
    for (uint32_t i = 0; i < sentences.len; i++) {
        need(sentences.at[i].tokens.start == covered);
        covered = sentences.at[i].tokens.end;
    }
    need(covered == tokens.len);
}

void jwi_fuzz_one(const uint8_t *data, size_t len)
{
    if (!len)
        return;
    const jw_part part = {{(const char *)data + 1, len - 1}, JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    input.parts = &part;
    input.part_count = 1;
    input.encoding = encodings[data[0] % 8];
    need(jw_worker_load(worker, &input, doc, NULL) == JW_OK);
    need(jw_worker_resume(worker, doc, NULL) == JW_OK);
    check_tokens();
}
