/* SPDX-License-Identifier: Apache-2.0 */
/* Words and parts of speech of one headline: cc headline.c $(pkg-config --cflags --libs jinwen) */
#include <jinwen/jinwen.h>
#include <stdio.h>
#include <string.h>

static int fail(const jw_error *error)
{
    fprintf(stderr, "%s: %s\n", jw_status_text(error->status), error->message);
    return 1;
}

int main(int argc, char **argv)
{
    const char *headline = "聯發科9月營收年增12.3% 下修第四季展望";
    const jw_bytes text = {headline, strlen(headline)};
    jw_model *model;
    jw_worker *worker;
    jw_doc *doc;
    jw_error error = {JW_EARGUMENT, 0, "usage: headline MODEL"};

    if (argc != 2 || jw_model_open(argv[1], NULL, &model, &error) != JW_OK)
        return fail(&error);
    if (jw_worker_new(model, NULL, &worker, &error) != JW_OK || jw_doc_new(NULL, &doc) != JW_OK)
        return fail(&error);
    if (jw_worker_run(worker, text, doc, &error) != JW_OK)
        return fail(&error);

    const jw_tokens tokens = jw_doc_tokens(doc);
    const jw_tags upos = jw_doc_upos(doc);
    for (uint32_t i = 0; i < tokens.len; i++) {
        const jw_range range = tokens.at[i].text;
        printf("%.*s\t%s\n", (int)(range.end - range.start), jw_doc_text(doc).at + range.start,
               jw_model_label(model, JW_LABELS_UPOS, upos.at[i]));
    }
    jw_doc_free(doc);
    jw_worker_free(worker);
    jw_model_unref(model);
    return 0;
}
