/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The caller's own words, the library's tags: the text layer is loaded, tokens are set, and resume computes what is wanted and absent.
 * Words are given as one line with blanks; the blanks become gaps between tokens.
 */
#include <jinwen/jinwen.h>
#include <stdio.h>
#include <string.h>

enum { MAX_WORDS = 64 };

static uint32_t split(const char *line, jw_range *ret)
{
    uint32_t n = 0, start = 0;
    for (uint32_t i = 0;; i++) {
        if (line[i] && line[i] != ' ')
            continue;
        if (i > start && n < MAX_WORDS) {
            ret[n].start = start;
            ret[n++].end = i;
        }
        start = i + 1;
        if (!line[i])
            return n;
    }
}

int main(int argc, char **argv)
{
    const char *line = "統一 與 大成 上半年 獲利 創 新高 。";
    jw_range words[MAX_WORDS];
    jw_part body = {{line, strlen(line)}, JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    jw_model *model;
    jw_worker *worker;
    jw_doc *doc;
    jw_error error;

    if (argc != 2 || jw_model_open(argv[1], NULL, &model, &error) != JW_OK)
        return 1;
    if (jw_worker_new(model, NULL, &worker, &error) != JW_OK || jw_doc_new(NULL, &doc) != JW_OK)
        return 1;
    input.parts = &body;
    input.part_count = 1;
    if (jw_worker_load(worker, &input, doc, &error) != JW_OK || jw_doc_set_tokens(doc, words, split(line, words), &error) != JW_OK ||
        jw_worker_resume(worker, doc, &error) != JW_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    const jw_tokens tokens = jw_doc_tokens(doc);
    for (uint32_t i = 0; i < tokens.len; i++)
        printf("%.*s/%s ", (int)(tokens.at[i].text.end - tokens.at[i].text.start), line + tokens.at[i].text.start,
               jw_model_label(model, JW_LABELS_UPOS, jw_doc_upos(doc).at[i]));
    putchar('\n');
    jw_doc_free(doc);
    jw_worker_free(worker);
    jw_model_unref(model);
    return 0;
}
