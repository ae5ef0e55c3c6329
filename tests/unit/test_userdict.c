/* SPDX-License-Identifier: Apache-2.0 */
/* User dictionaries against a plain restatement of the rule of choice; every sentence of docs/USERDICT.md is in golden/userdict. */
#include <stdlib.h>

#include "common/desk.h"
#include "common/meter.h"
#include "model/userdict.h"

static const char *model_path;

enum { DICTS = 3, ROWS = 6, FORM = 5, TEXT = 40, CHARACTERS = 3 };

/* Forms and text over three characters of three bytes, so that everything overlaps. */
static const char alphabet[CHARACTERS][4] = {"台", "積", "電"};

struct plain_row {
    char form[FORM * 3 + 1];
    uint32_t len, level;
};

struct span {
    uint32_t start, len, level, dict;
};

static uint32_t random_form(uint64_t *state, char *ret, uint32_t max)
{
    const uint32_t len = 1 + next_random(state) % max;
    for (uint32_t i = 0; i < len; i++)
        memcpy(ret + 3 * i, alphabet[next_random(state) % CHARACTERS], 3);
    ret[3 * len] = '\0';
    return len;
}

static jw_userdict *random_dict(uint64_t *state, jw_model *model, struct plain_row *rows)
{
    char tsv[2000] = "form\tlevel\n";
    for (int i = 0; i < ROWS; i++) {
        rows[i].len = random_form(state, rows[i].form, FORM);
        rows[i].level = next_random(state) % 2 ? JW_FORCE : JW_PREFER;
        strcat(
            strcat(strcat(tsv, rows[i].form), rows[i].level == JW_FORCE ? "\tforce" : "\tprefer"),
            "\n");
    }
    jw_userdict *dict;
    ck_assert_int_eq(jw_userdict_read(model, bytes_of(tsv), JW_FORCE, &dict, NULL), JW_OK);
    return dict;
}

/* Forced before preferred, stronger dictionary, longer, further left. */
static int is_stronger(const struct span *a, const struct span *b)
{
    if (a->level != b->level)
        return a->level == JW_FORCE;
    if (a->dict != b->dict)
        return a->dict < b->dict;
    return a->len != b->len ? a->len > b->len : a->start < b->start;
}

/* Accepts the strongest match that overlaps nothing accepted, again and again; kind of the span that starts at each character. */
static void choose_plainly(const char *text, uint32_t len, struct plain_row rows[DICTS][ROWS],
                           uint32_t *kind, uint32_t *length)
{
    uint8_t taken[TEXT] = {0};
    memset(kind, 0, TEXT * sizeof *kind);
    for (;;) {
        struct span best = {0, 0, JW_PREFER, DICTS};
        for (uint32_t dict = 0; dict < DICTS; dict++)
            for (int row = 0; row < ROWS; row++)
                for (uint32_t at = 0; at + rows[dict][row].len <= len; at++) {
                    const struct span span = {at, rows[dict][row].len, rows[dict][row].level, dict};
                    int is_free = memcmp(text + 3 * at, rows[dict][row].form, 3 * span.len) == 0;
                    for (uint32_t k = at; k < at + span.len; k++)
                        is_free &= !taken[k];
                    if (is_free && (!best.len || is_stronger(&span, &best)))
                        best = span;
                }
        if (!best.len)
            return;
        memset(taken + best.start, 1, best.len);
        kind[best.start] = best.level == JW_FORCE ? JW_TOKEN_FORCED : JW_TOKEN_PREFERRED;
        length[best.start] = best.len;
    }
}

START_TEST(choice_is_as_documented)
{
    uint64_t state = (uint64_t)_i;
    jw_model *model;
    ck_assert_int_eq(jw_model_open(model_path, NULL, &model, NULL), JW_OK);
    struct plain_row rows[DICTS][ROWS];
    const jw_userdict *dicts[DICTS];
    for (int i = 0; i < DICTS; i++)
        dicts[i] = random_dict(&state, model, rows[i]);
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_SENTENCES;
    options.userdicts = dicts;
    options.userdict_count = DICTS;
    struct desk desk = open_desk(model_path, NULL);
    jw_worker_free(desk.worker);
    ck_assert_int_eq(jw_worker_new(desk.model, &options, &desk.worker, NULL), JW_OK);
    for (int round = 0; round < 50; round++) {
        char text[TEXT * 3 + 1];
        uint32_t kind[TEXT], length[TEXT], n = 0;
        const uint32_t len = random_form(&state, text, TEXT);
        choose_plainly(text, len, rows, kind, length);
        const struct room *room = run_text(&desk, bytes_of(text));
        for (uint32_t at = 0; at < len; at++) {
            if (!kind[at])
                continue;
            REQUIRE(n < room->pin_count);
            REQUIRE(room->pins[n].start == at && room->pins[n].end == at + length[at] &&
                    room->pins[n].kind == kind[at]);
            n++;
        }
        REQUIRE(n == room->pin_count);
    }
    close_desk(&desk);
    for (int i = 0; i < DICTS; i++)
        jw_userdict_unref((jw_userdict *)(uintptr_t)dicts[i]);
    jw_model_unref(model);
}
END_TEST

START_TEST(any_bytes_are_a_dictionary_or_an_error)
{
    uint64_t state = (uint64_t)_i + 77;
    struct desk desk = open_desk(model_path, NULL);
    for (int round = 0; round < 300; round++) {
        char tsv[400];
        const uint32_t len = next_random(&state) % sizeof tsv;
        for (uint32_t i = 0; i < len; i++)
            tsv[i] = next_random(&state) % 4
                         ? "form\tlevel\nforce|exact A1"[next_random(&state) % 25]
                         : (char)next_random(&state);
        const jw_bytes bytes = {tsv, len};
        jw_userdict *dict = NULL;
        desk.error.at = 0;
        const jw_status status = jw_userdict_read(desk.model, bytes, JW_PREFER, &dict, &desk.error);
        ck_assert(status == JW_OK || status == JW_EUSERDICT);
        ck_assert(status == JW_OK ||
                  (desk.error.at < len && (!desk.error.at || tsv[desk.error.at - 1] == '\n')));
        ck_assert((status == JW_OK) == (dict != NULL));
        jw_userdict_unref(dict);
    }
    close_desk(&desk);
}
END_TEST

START_TEST(forms_of_64_characters_are_the_limit)
{
    struct desk desk = open_desk(model_path, NULL);
    char tsv[66 * 3] = "";
    jw_userdict *dict;
    for (int i = 0; i < 64; i++)
        strcat(tsv, "台");
    ck_assert_int_eq(jw_userdict_read(desk.model, bytes_of(tsv), JW_FORCE, &dict, NULL), JW_OK);
    jw_userdict_unref(dict);
    strcat(tsv, "台");
    ck_assert_int_eq(jw_userdict_read(desk.model, bytes_of(tsv), JW_FORCE, &dict, &desk.error),
                     JW_EUSERDICT);
    close_desk(&desk);
}
END_TEST

START_TEST(a_dictionary_outlives_its_model)
{
    jw_model *model;
    jw_userdict *dict;
    ck_assert_int_eq(jw_model_open(model_path, NULL, &model, NULL), JW_OK);
    ck_assert_int_eq(jw_userdict_read(model, bytes_of("台積電"), JW_FORCE, &dict, NULL), JW_OK);
    jw_model_unref(model);
    ck_assert_ptr_eq(jw_userdict_ref(dict), dict);
    jw_userdict_unref(dict);
    jw_userdict_unref(dict);
    jw_userdict_unref(NULL);
}
END_TEST

/* A hundred thousand rows and a text that nests matches of every length at every place. */
START_TEST(nested_forms_cost_linear_time)
{
    struct desk desk = open_desk(model_path, NULL);
    const size_t cap = 64 * 65 * 3 + 100;
    char *tsv = calloc(1, cap);
    char *at = tsv;
    for (int len = 1; len <= 64; len++) {
        for (int i = 0; i < len; i++, at += 3)
            memcpy(at, "台", 3);
        *at++ = '\n';
    }
    jw_userdict *dict;
    ck_assert_int_eq(jw_userdict_read(desk.model, bytes_of(tsv), JW_FORCE, &dict, NULL), JW_OK);
    const jw_userdict *dicts[1] = {dict};
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_SENTENCES;
    options.userdicts = dicts;
    options.userdict_count = 1;
    jw_worker_free(desk.worker);
    ck_assert_int_eq(jw_worker_new(desk.model, &options, &desk.worker, NULL), JW_OK);
    static char text[300000];
    for (size_t i = 0; i < sizeof text; i += 3)
        memcpy(text + i, "台", 3);
    const jw_bytes bytes = {text, sizeof text};
    const struct room *room = run_text(&desk, bytes);
    ck_assert_uint_eq(room->pins[0].end, 64);
    close_desk(&desk);
    jw_userdict_unref(dict);
    free(tsv);
}
END_TEST

START_TEST(a_pattern_fixes_its_tag)
{
    struct desk desk = open_desk(model_path, NULL);
    jw_userdict *dict;
    const uint32_t tag = jw_model_label_id(desk.model, JW_LABELS_XPOS, bytes_of("NNP"));
    ck_assert_int_eq(jw_userdict_read(desk.model,
                                      bytes_of("form\tpos\tflags\n台.電\tNNP\tpattern\n"),
                                      JW_PREFER, &dict, NULL),
                     JW_OK);
    const jw_userdict *dicts[1] = {dict};
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_SENTENCES;
    options.userdicts = dicts;
    options.userdict_count = 1;
    jw_worker_free(desk.worker);
    ck_assert_int_eq(jw_worker_new(desk.model, &options, &desk.worker, NULL), JW_OK);
    const struct room *room = run_text(&desk, bytes_of("買台積電"));
    ck_assert_uint_eq(room->pin_count, 1);
    ck_assert_uint_eq(room->pins[0].start, 1);
    ck_assert_uint_eq(room->pins[0].end, 4);
    ck_assert_uint_eq(room->pins[0].kind, JW_TOKEN_PREFERRED);
    ck_assert_uint_eq(room->pins[0].pos, tag + 1);
    close_desk(&desk);
    jw_userdict_unref(dict);
}
END_TEST

static const char patterns[] = "form\tflags\n台積\t\n(?:(?<a>台)|[積-電]\\d?)+\tpattern\n"
                               "[A-Z]{2}-\\d{4}\tpattern\n";
static const char pattern_text[] = "台積電法說，買AB-1234與台電1積電2。";

/* Dictionary, worker and document; rounds of one text. */
static jw_status use_patterns(jw_model *model, struct meter *meter, uint64_t *warm)
{
    const jw_alloc alloc = {metered, meter};
    jw_userdict *dict = NULL;
    jw_worker *worker = NULL;
    jw_doc *doc = NULL;
    jw_options options = JW_OPTIONS_INIT;
    jw_status status = jw_userdict_read(model, bytes_of(patterns), JW_FORCE, &dict, NULL);
    const jw_userdict *dicts[1] = {dict};
    options.want = JW_LAYER_SENTENCES;
    options.userdicts = dicts;
    options.userdict_count = 1;
    if (status == JW_OK)
        status = jw_worker_new(model, &options, &worker, NULL);
    if (status == JW_OK)
        status = jw_doc_new(&alloc, &doc);
    for (int round = 0; round < 4 && status == JW_OK; round++) {
        status = jw_worker_run(worker, bytes_of(pattern_text), doc, NULL);
        if (round == 1)
            *warm = meter->calls;
    }
    jw_doc_free(doc);
    jw_worker_free(worker);
    jw_userdict_unref(dict);
    return status;
}

START_TEST(patterns_survive_failing_allocations_and_need_none_when_warm)
{
    jw_status status = JW_EMEMORY;
    uint64_t fail_at = 1, warm = 0;
    for (; status != JW_OK && fail_at < 1000; fail_at++) {
        struct meter meter = {0, 0, 0};
        const jw_alloc alloc = {metered, &meter};
        jw_model *model;
        ck_assert_int_eq(jw_model_open(model_path, &alloc, &model, NULL), JW_OK);
        const uint64_t live = meter.live, opened = meter.calls;
        meter.fail_at = opened + fail_at;
        status = use_patterns(model, &meter, &warm);
        ck_assert(status == JW_OK || status == JW_EMEMORY);
        ck_assert_uint_eq(meter.live, live);
        ck_assert(status != JW_OK || meter.calls == warm);
        jw_model_unref(model);
    }
    ck_assert_int_eq(status, JW_OK);
    ck_assert_uint_gt(fail_at, 10);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("userdict");
    suite_add_loop(suite, choice_is_as_documented, 20);
    suite_add_loop(suite, any_bytes_are_a_dictionary_or_an_error, 5);
    suite_add(suite, forms_of_64_characters_are_the_limit);
    suite_add(suite, a_dictionary_outlives_its_model);
    suite_add(suite, nested_forms_cost_linear_time);
    suite_add(suite, a_pattern_fixes_its_tag);
    suite_add(suite, patterns_survive_failing_allocations_and_need_none_when_warm);
    return suite_run(suite);
}
