// SPDX-License-Identifier: Apache-2.0
// The library from C++98: every header, every init macro, one call.
#include <jinwen/jinwen.h>

#include <cstdio>
#include <cstring>

int main(int argc, char **argv)
{
    jw_error error;
    jw_model *model;
    jw_worker *worker;
    jw_doc *doc;
    jw_options options = JW_OPTIONS_INIT;
    jw_input input = JW_INPUT_INIT;
    jw_write_options write = JW_WRITE_INIT;
    const char *text = "央行升息半碼。";
    const jw_bytes bytes = {text, std::strlen(text)};
    (void)input;
    (void)write;
    if (argc != 2 || jw_model_open(argv[1], NULL, &model, &error) != JW_OK)
        return 1;
    if (jw_worker_new(model, &options, &worker, &error) != JW_OK || jw_doc_new(NULL, &doc) != JW_OK)
        return 1;
    if (jw_worker_run(worker, bytes, doc, &error) != JW_OK)
        return 1;
    const bool is_good = jw_doc_tokens(doc).len > 2;
    jw_doc_free(doc);
    jw_worker_free(worker);
    jw_model_unref(model);
    return is_good ? 0 : 1;
}
