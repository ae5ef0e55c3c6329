/* SPDX-License-Identifier: Apache-2.0 */
/* The caller's allocator: every failure is survived, every byte comes back, and a warm worker asks for nothing. */
#include <jinwen/jinwen.h>

#include "common/meter.h"
#include "common/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *model_path, *text_path;

static const char *const story =
    "台積電(2330)昨日公布9月營收2,518億元，年增39.6%。法人指出，第四季展望優於預期！\n\n外資「調升」目標價。";

static jw_status run_story(jw_model *model, const jw_alloc *alloc, const char *encoding, jw_bytes text)
{
    const jw_part part = {text, JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    jw_worker *worker = NULL;
    jw_doc *doc = NULL;
    jw_error error;
    input.parts = &part;
    input.part_count = 1;
    input.encoding = encoding;
    jw_status status = jw_worker_new(model, NULL, &worker, &error);
    if (status == JW_OK)
        status = jw_doc_new(alloc, &doc);
    if (status == JW_OK)
        status = jw_worker_load(worker, &input, doc, &error);
    if (status == JW_OK)
        status = jw_worker_resume(worker, doc, &error);
    jw_doc_free(doc);
    jw_worker_free(worker);
    return status;
}

START_TEST(each_failing_allocation_is_reported_and_leaks_nothing)
{
    const jw_bytes text = {story, strlen(story)};
    uint64_t fail_at = 1;
    jw_status status = JW_EMEMORY;
    for (; status != JW_OK && fail_at < 1000; fail_at++) {
        struct meter meter = {0, fail_at, 0};
        const jw_alloc alloc = {metered, &meter};
        jw_model *model = NULL;
        jw_error error;
        status = jw_model_open(model_path, &alloc, &model, &error);
        if (status == JW_OK)
            status = run_story(model, &alloc, _i ? "UTF-8" : NULL, text);
        jw_model_unref(model);
        ck_assert_msg(status == JW_OK || status == JW_EMEMORY, "allocation %llu: status %d", (unsigned long long)fail_at, status);
        ck_assert_uint_eq(meter.live, 0);
    }
    ck_assert_int_eq(status, JW_OK);
    ck_assert_uint_gt(fail_at, 5);
}
END_TEST

static jw_bytes read_text(void)
{
    FILE *file = fopen(text_path, "rb");
    ck_assert_ptr_nonnull(file);
    char *at = malloc(1 << 22);
    const jw_bytes text = {at, fread(at, 1, 1 << 22, file)};
    fclose(file);
    ck_assert_uint_gt(text.len, 1000);
    return text;
}

/* One document a line, as `annotate` reads plain text. */
static void run_lines(jw_worker *worker, jw_doc *doc, jw_bytes text)
{
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        const jw_bytes line = {text.at + at, end ? (size_t)(end - text.at) - at : text.len - at};
        ck_assert(jw_worker_run(worker, line, doc, NULL) == JW_OK);
        at += line.len + 1;
    }
}

START_TEST(a_warm_worker_allocates_nothing)
{
    struct meter meter = {0, 0, 0};
    const jw_alloc alloc = {metered, &meter};
    const jw_bytes text = read_text();
    jw_model *model;
    jw_worker *worker;
    jw_doc *doc;
    ck_assert(jw_model_open(model_path, &alloc, &model, NULL) == JW_OK);
    ck_assert(jw_worker_new(model, NULL, &worker, NULL) == JW_OK);
    ck_assert(jw_doc_new(&alloc, &doc) == JW_OK);
    run_lines(worker, doc, text);
    run_lines(worker, doc, text);
    const uint64_t warm = meter.calls;
    run_lines(worker, doc, text);
    ck_assert_uint_eq(meter.calls, warm);
    jw_doc_free(doc);
    jw_worker_free(worker);
    jw_model_unref(model);
    ck_assert_uint_eq(meter.live, 0);
    free((void *)(uintptr_t)text.at);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    model_path = argv[1];
    text_path = argv[2];
    Suite *suite = suite_create("memory");
    suite_add_loop(suite, each_failing_allocation_is_reported_and_leaks_nothing, 2);
    suite_add(suite, a_warm_worker_allocates_nothing);
    return suite_run(suite);
}
