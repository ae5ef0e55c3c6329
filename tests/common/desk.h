/* SPDX-License-Identifier: Apache-2.0 */
/* A worker that runs the text stages, its room in view, and a generator of hostile text; for tests inside the library. */
#ifndef JW_TESTS_DESK_H
#define JW_TESTS_DESK_H

#include <string.h>

#include "api/worker.h"
#include "common/suite.h"
#include "doc/doc.h"

/* For loops over units, where Check's own assertions would take most of the time. */
#define REQUIRE(condition) \
    do { \
        if (!(condition)) \
            ck_abort_msg("%s", #condition); \
    } while (0)

struct desk {
    jw_model *model;
    jw_worker *worker;
    jw_doc *doc;
    jw_error error;
};

static inline jw_bytes bytes_of(const char *text)
{
    const jw_bytes bytes = {text, strlen(text)};
    return bytes;
}

/* `options` NULL: sentences only. */
static inline struct desk open_desk(const char *model_path, const jw_options *options)
{
    struct desk desk;
    jw_options fallback = JW_OPTIONS_INIT;
    fallback.want = JW_LAYER_SENTENCES;
    memset(&desk, 0, sizeof desk);
    ck_assert_msg(jw_model_open(model_path, NULL, &desk.model, &desk.error) == JW_OK, "%s",
                  desk.error.message);
    options = options ? options : &fallback;
    ck_assert_msg(jw_worker_new(desk.model, options, &desk.worker, &desk.error) == JW_OK, "%s",
                  desk.error.message);
    ck_assert(jw_doc_new(NULL, &desk.doc) == JW_OK);
    return desk;
}

static inline void close_desk(struct desk *desk)
{
    jw_doc_free(desk->doc);
    jw_worker_free(desk->worker);
    jw_model_unref(desk->model);
}

static inline const struct room *run_text(struct desk *desk, jw_bytes text)
{
    ck_assert_msg(jw_worker_run(desk->worker, text, desk->doc, &desk->error) == JW_OK, "%s",
                  desk->error.message);
    return &desk->worker->room;
}

/* SplitMix64: the same numbers everywhere. */
static inline uint32_t next_random(uint64_t *state)
{
    uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)(x >> 32);
}

/* Text of pieces that every rule of the text stages looks at, in random order; returns its length. */
static inline size_t random_text(uint64_t *state, char *ret, size_t cap)
{
    static const char *const pieces[] = {
        "台", "積電", "。", "！", "？", "」", "「", "，", "、", "\n", "\n\n", "\r\n", " ", "　", "12", "3",
        ".", ",", ":", "/", "-", "%", "A", "bc", "EPS", "http://a.tw/b", "&amp;", "&", "@", "(",
        ")", "…", "--", "😂", "\xe2\x80\x8d", "\xcc\x84", "\xef\xbb\xbf", "１", "Ａ", "~", "\"",
        "月", "年", "推 ", "1.", "一、", "\xf0\x9f\x87\xb9", "\x01", "爲", "发", "T_T", "Yahoo!",
        "U.S.", "°C"};
    const size_t count = sizeof pieces / sizeof pieces[0];
    size_t len = 0;
    for (;;) {
        const char *piece = pieces[next_random(state) % count];
        if (len + strlen(piece) > cap)
            return len;
        memcpy(ret + len, piece, strlen(piece));
        len += strlen(piece);
    }
}

#endif
