/* SPDX-License-Identifier: Apache-2.0 */
/* Eight workers on one model give the bytes one worker gives, while other threads take and give references. */
#include <jinwen/jinwen.h>

#include "common/suite.h"

#include <pthread.h>
#include <string.h>

enum { THREADS = 8, ROUNDS = 50 };

static const char *model_path;
static const char *const texts[] = {
    "台積電(2330)9月營收年增12.3%。",
    "法人指出，公司並未否認客戶砍單，第四季展望由季增5%下修至持平。",
    "[新聞] 外資連三賣\n推: 歐印了\n噓: 又套牢",
    "本公司董事會決議發放現金股利每股新台幣3.5元",
};
enum { TEXTS = sizeof texts / sizeof *texts };

struct result {
    jw_token tokens[64];
    uint16_t xpos[64];
    uint32_t len;
};

static int annotate(jw_worker *worker, jw_doc *doc, const char *text, struct result *ret)
{
    const jw_bytes bytes = {text, strlen(text)};
    if (jw_worker_run(worker, bytes, doc, NULL) != JW_OK || jw_doc_tokens(doc).len > 64)
        return 0;
    memset(ret, 0, sizeof *ret);
    ret->len = jw_doc_tokens(doc).len;
    memcpy(ret->tokens, jw_doc_tokens(doc).at, ret->len * sizeof(jw_token));
    memcpy(ret->xpos, jw_doc_xpos(doc).at, ret->len * sizeof(uint16_t));
    return 1;
}

struct job {
    jw_model *model;
    const struct result *expected;
    int failures;
};

static void *work(void *arg)
{
    struct job *job = arg;
    jw_worker *worker;
    jw_doc *doc;
    struct result result;
    job->failures = 1;
    if (jw_worker_new(jw_model_ref(job->model), NULL, &worker, NULL) != JW_OK || jw_doc_new(NULL, &doc) != JW_OK)
        return NULL;
    job->failures = 0;
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < TEXTS; i++)
            job->failures += !annotate(worker, doc, texts[i], &result) || memcmp(&result, &job->expected[i], sizeof result) != 0;
    jw_doc_free(doc);
    jw_worker_free(worker);
    jw_model_unref(job->model);
    return NULL;
}

START_TEST(workers_share_a_model)
{
    struct result expected[TEXTS];
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    jw_model *model;
    jw_worker *worker;
    jw_doc *doc;
    ck_assert(jw_model_open(model_path, NULL, &model, NULL) == JW_OK);
    ck_assert(jw_worker_new(model, NULL, &worker, NULL) == JW_OK && jw_doc_new(NULL, &doc) == JW_OK);
    for (int i = 0; i < TEXTS; i++)
        ck_assert(annotate(worker, doc, texts[i], &expected[i]));
    jw_doc_free(doc);
    jw_worker_free(worker);
    for (int i = 0; i < THREADS; i++) {
        jobs[i].model = model;
        jobs[i].expected = expected;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_int_eq(jobs[i].failures, 0);
    }
    jw_model_unref(model);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("thread");
    suite_add(suite, workers_share_a_model);
    return suite_run(suite);
}
