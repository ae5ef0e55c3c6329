/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns: what they find, what is refused, and that no pattern makes a search long, large or different in another thread. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/pattern.h"
#include "common/meter.h"
#include "common/suite.h"

enum { THREADS = 8, ROUNDS = 200, LONG = 100000 };

static jw_alloc plain;

static struct pattern *compile(const char *source)
{
    const jw_bytes bytes = {source, strlen(source)};
    struct pattern *pattern;
    jw_error error;
    ck_assert_msg(jwi_pattern_new(bytes, &plain, &pattern, &error) == JW_OK, "%s: %s", source,
                  error.message);
    return pattern;
}

/* All matches, each followed by `|`; a match ends before the next begins.  Returns the failures. */
static uint32_t find_all(const struct pattern *pattern, jw_bytes text, int is_slow, char *ret)
{
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    struct pattern_room *room = jwi_pattern_room(&arena);
    struct pattern_walk walk = {pattern, text, 0, is_slow ? text.len : 0, 0};
    for (*ret = '\0';;) {
        jw_range found;
        ck_assert_int_eq(jwi_pattern_next(room, &walk, &found, NULL), JW_OK);
        if (found.start == found.end)
            break;
        ck_assert_uint_le(found.end, text.len);
        strcat(strncat(ret, text.at + found.start, found.end - found.start), "|");
        if (found.end > walk.at)
            walk.at = found.end;
    }
    jwi_arena_free(&arena);
    return walk.failures;
}

static const struct {
    const char *pattern, *text, *found;
} finds[] = {
    {"[A-Z]{2}-\\d{4}", "買AB-1234與CD-56789", "AB-1234|CD-5678|"},
    {"第\\d+號函", "依第1020號函及第7號函", "第1020號函|第7號函|"},
    {"力晶.{2}廠", "力晶銅鑼廠、力晶新竹一廠", "力晶銅鑼廠|"},
    {"etf", "ETF與etf", "etf|"},
    {"(?i)etf", "ETF與etf", "ETF|etf|"},
    {"a*", "baab", "aa|"},
    {"a.b", "a\nb a\rb a-b", "a-b|"},
    {"a\\nb", "a\nb", "a\nb|"},
    {"^台", "台\n台", "台|"},
    {"(?m)^台.", "台一\n台二\r\n台三", "台一|台二|台三|"},
    {"積$", "台積\n積", "積|"},
    {"(?<=台)積(?=電)", "台積電積電台積", "積|"},
    {"台\\K積", "台積電", "積|"},
    {"\\w+", "AI_1台積電", "AI_1|"},
    {"\\p{Han}{2}", "A台積電B", "台積|"},
    {"(.)\\1", "天天向上上", "天天|上上|"},
    {"[^台]", "台\xf0\x9f\x98\x82", "\xf0\x9f\x98\x82|"},
    {"台", "", ""},
};

START_TEST(matches_are_those_of_the_expression)
{
    char found[100];
    const jw_bytes text = {finds[_i].text, strlen(finds[_i].text)};
    struct pattern *pattern = compile(finds[_i].pattern);
    for (int is_slow = 0; is_slow < 2; is_slow++) {
        ck_assert_uint_eq(find_all(pattern, text, is_slow, found), 0);
        ck_assert_str_eq(found, finds[_i].found);
    }
    jwi_pattern_free(pattern);
}
END_TEST

/* Words of PCRE2's messages, whose wording differs between its versions. */
static const struct {
    const char *pattern, *word;
    size_t min_at;
} bad[] = {
    {"(台", "parenthesis", 4}, {"[台", "class", 4},           {"ab{2,1}", "out of order", 5},
    {"*a", "quantifier", 0},   {"a\\C", "disabled", 2}, {"\xe5\x8f", "UTF-8", 0},
};

START_TEST(a_bad_pattern_is_refused_with_its_place)
{
    const jw_bytes source = {bad[_i].pattern, strlen(bad[_i].pattern)};
    struct pattern *pattern = NULL;
    jw_error error;
    ck_assert_int_eq(jwi_pattern_new(source, &plain, &pattern, &error), JW_EARGUMENT);
    ck_assert_msg(strstr(error.message, bad[_i].word), "%s", error.message);
    ck_assert_uint_ge(error.at, bad[_i].min_at);
    ck_assert_uint_le(error.at, source.len);
    ck_assert_ptr_null(pattern);
}
END_TEST

START_TEST(patterns_have_a_length_and_a_nesting)
{
    static char source[PATTERN_BYTES_MAX + 1];
    jw_bytes bytes = {source, PATTERN_BYTES_MAX};
    struct pattern *pattern;
    memset(source, 'a', sizeof source);
    ck_assert_int_eq(jwi_pattern_new(bytes, &plain, &pattern, NULL), JW_OK);
    jwi_pattern_free(pattern);
    bytes.len++;
    ck_assert_int_eq(jwi_pattern_new(bytes, &plain, &pattern, NULL), JW_EARGUMENT);
    memset(source, '(', 500);
    memset(source + 500, ')', 500);
    bytes.len = 1000;
    ck_assert_int_eq(jwi_pattern_new(bytes, &plain, &pattern, NULL), JW_EARGUMENT);
}
END_TEST

/* A code at every place around the edges of blocks. */
START_TEST(no_match_is_lost_between_blocks)
{
    struct pattern *pattern = compile("(?<=股)[A-Z]{2}-\\d{6}(?=股)");
    static char text[3000], found[100];
    const jw_bytes bytes = {text, sizeof text};
    for (size_t at = 3; at < sizeof text - 9; at += 3) {
        for (size_t i = 0; i < sizeof text; i += 3)
            memcpy(text + i, "股", 3);
        memcpy(text + at, "AB-123456", 9);
        find_all(pattern, bytes, at % 2, found);
        ck_assert_str_eq(found, at + 9 < sizeof text ? "AB-123456|" : "");
    }
    jwi_pattern_free(pattern);
}
END_TEST

static jw_bytes repeat(const char *piece, size_t len)
{
    char *text = malloc(len);
    const size_t step = strlen(piece);
    size_t at = 0;
    ck_assert_ptr_nonnull(text);
    for (; at + step <= len; at += step)
        memcpy(text + at, piece, step);
    const jw_bytes ret = {text, at};
    return ret;
}

/* From any place 512 bytes are seen either way, and where sight ends the text does not. */
START_TEST(sight_is_as_documented)
{
    struct pattern *near = compile("(?<=cb{510})a(?=b{510}c)");
    struct pattern *last = compile("a(?=b*$)");
    const jw_bytes text = repeat("b", 4000);
    char *bytes = (char *)(uintptr_t)text.at, found[100];
    for (size_t at = 511; at < 3000; at += 37) {
        memset(bytes, 'b', text.len);
        bytes[at] = 'a';
        bytes[at - 511] = bytes[at + 511] = 'c';
        find_all(near, text, 0, found);
        ck_assert_str_eq(found, "a|");
        bytes[at + 511] = 'b';
        find_all(last, text, 0, found);
        ck_assert_str_eq(found, "");
    }
    memset(bytes, 'b', text.len);
    bytes[text.len - 400] = 'a';
    find_all(last, text, 0, found);
    ck_assert_str_eq(found, "a|");
    jwi_pattern_free(last);
    jwi_pattern_free(near);
    free(bytes);
}
END_TEST

/* Each would take hours if it were followed to its end. */
static const struct {
    const char *pattern, *piece;
} endless[] = {
    {"(a+)+$", "a"},
    {"(a|aa)+b?$", "a"},
    {"(?:.+)*,", "台積電"},
    {"(.*)(.*)(.*)(.*)(.*)X", "台X積電"},
    {"(?R)?a(?R)?b", "aa"},
    {"(a(?1)?){3}c", "ab"},
    {"(?<=(?=(a+)+$)a)a", "a"},
    {"((((a+)*)*)*)*b{3}", "aab"},
};

START_TEST(no_pattern_makes_a_long_search)
{
    struct meter meter = {0, 0, 0};
    const jw_alloc alloc = {metered, &meter};
    struct pattern *pattern = compile(endless[_i].pattern);
    const jw_bytes text = repeat(endless[_i].piece, LONG);
    struct arena arena;
    jwi_arena_init(&arena, &alloc);
    struct pattern_room *room = jwi_pattern_room(&arena);
    struct pattern_walk walk = {pattern, text, 0, 0, 0};
    jw_range found;
    do
        ck_assert_int_eq(jwi_pattern_next(room, &walk, &found, NULL), JW_OK);
    while (found.start < found.end);
    ck_assert(walk.at == text.len || walk.failures == PATTERN_FAILURES);
    ck_assert_uint_lt(meter.live, 1 << 20);
    jwi_arena_free(&arena);
    jwi_pattern_free(pattern);
    free((void *)(uintptr_t)text.at);
}
END_TEST

/* The starts in the long run meet the limit and have no match; what comes after them is found nevertheless. */
START_TEST(a_start_that_meets_a_limit_hides_no_other)
{
    struct pattern *pattern = compile("(a+)+b");
    static const char text[] = "ab aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa台aab aab";
    const jw_bytes bytes = {text, sizeof text - 1};
    char found[100];
    ck_assert_uint_gt(find_all(pattern, bytes, 0, found), 10);
    ck_assert_str_eq(found, "ab|aab|aab|");
    jwi_pattern_free(pattern);
}
END_TEST

START_TEST(failing_allocations_are_reported_and_leak_nothing)
{
    static const char source[] = "(?:(?<a>台|積)+[\\p{Han}股-電]{2,5}|(b(?1)?)*){3}";
    const jw_bytes bytes = {source, sizeof source - 1};
    jw_status status = JW_EMEMORY;
    uint64_t fail_at = 1;
    for (; status != JW_OK && fail_at < 100; fail_at++) {
        struct meter meter = {0, fail_at, 0};
        const jw_alloc alloc = {metered, &meter};
        struct pattern *pattern = NULL;
        status = jwi_pattern_new(bytes, &alloc, &pattern, NULL);
        ck_assert(status == JW_OK || status == JW_EMEMORY);
        jwi_pattern_free(pattern);
        ck_assert_uint_eq(meter.live, 0);
    }
    ck_assert_int_eq(status, JW_OK);
    ck_assert_uint_gt(fail_at, 3);
}
END_TEST

/* Each chunk of the arena fails in turn, in a search that needs more than one. */
START_TEST(an_arena_without_memory_is_reported)
{
    struct pattern *pattern = compile("(?:(a)|(b)|(c)|(d)|(e)|(f)|(g)|(h)|(i)|(j))+$");
    const jw_bytes text = repeat("abcdefghij", 500);
    uint64_t fail_at = 1;
    jw_status status = JW_EMEMORY;
    for (; status != JW_OK; fail_at++) {
        struct meter meter = {0, fail_at, 0};
        const jw_alloc alloc = {metered, &meter};
        struct arena arena;
        jwi_arena_init(&arena, &alloc);
        struct pattern_room *room = jwi_pattern_room(&arena);
        struct pattern_walk walk = {pattern, text, 0, 0, 0};
        jw_range found;
        status = room ? jwi_pattern_next(room, &walk, &found, NULL) : JW_EMEMORY;
        ck_assert(status == JW_OK || status == JW_EMEMORY);
        jwi_arena_free(&arena);
        ck_assert_uint_eq(meter.live, 0);
    }
    ck_assert_uint_gt(fail_at, 3);
    jwi_pattern_free(pattern);
    free((void *)(uintptr_t)text.at);
}
END_TEST

START_TEST(a_warm_arena_is_enough_for_every_search)
{
    struct meter meter = {0, 0, 0};
    const jw_alloc alloc = {metered, &meter};
    const jw_bytes text = repeat("abcdefghij台", 5000);
    struct pattern *patterns[] = {compile("(?:(a)|(b)|(c)|(d)|(e)|(f)|(g)|(h)|(i)|(j))+X?"),
                                  compile("(?:.)+"), compile("台a")};
    struct arena arena;
    uint64_t warm = 0;
    jwi_arena_init(&arena, &alloc);
    for (int round = 0; round < 6; round++) {
        jwi_arena_reset(&arena);
        struct pattern_room *room = jwi_pattern_room(&arena);
        for (int i = 0; i < 3; i++) {
            struct pattern_walk walk = {patterns[i], text, 0, 0, 0};
            jw_range found;
            do
                ck_assert_int_eq(jwi_pattern_next(room, &walk, &found, NULL), JW_OK);
            while (found.start < found.end);
        }
        if (round == 1)
            warm = meter.calls;
    }
    ck_assert_uint_eq(meter.calls, warm);
    jwi_arena_free(&arena);
    for (int i = 0; i < 3; i++)
        jwi_pattern_free(patterns[i]);
    free((void *)(uintptr_t)text.at);
}
END_TEST

struct job {
    const struct pattern *pattern;
    jw_bytes text;
    const char *expected;
    int failures;
};

static void *work(void *arg)
{
    struct job *job = arg;
    for (int i = 0; i < ROUNDS; i++) {
        char found[2000];
        find_all(job->pattern, job->text, i % 2, found);
        job->failures += strcmp(found, job->expected) != 0;
    }
    return NULL;
}

START_TEST(threads_share_a_pattern)
{
    struct pattern *pattern = compile("([台積]+電|(\\d)\\2)(?!X)");
    const jw_bytes text = repeat("台積電11X22積積電X", 700);
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    char expected[2000];
    ck_assert_uint_eq(find_all(pattern, text, 0, expected), 0);
    ck_assert_uint_gt(strlen(expected), 100);
    for (int i = 0; i < THREADS; i++) {
        const struct job job = {pattern, text, expected, 0};
        jobs[i] = job;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_int_eq(jobs[i].failures, 0);
    }
    jwi_pattern_free(pattern);
    free((void *)(uintptr_t)text.at);
}
END_TEST

int main(void)
{
    plain = jwi_alloc_or_default(NULL);
    Suite *suite = suite_create("pattern");
    suite_add_loop(suite, matches_are_those_of_the_expression, sizeof finds / sizeof *finds);
    suite_add_loop(suite, a_bad_pattern_is_refused_with_its_place, sizeof bad / sizeof *bad);
    suite_add(suite, patterns_have_a_length_and_a_nesting);
    suite_add(suite, no_match_is_lost_between_blocks);
    suite_add(suite, sight_is_as_documented);
    suite_add_loop(suite, no_pattern_makes_a_long_search, sizeof endless / sizeof *endless);
    suite_add(suite, a_start_that_meets_a_limit_hides_no_other);
    suite_add(suite, failing_allocations_are_reported_and_leak_nothing);
    suite_add(suite, an_arena_without_memory_is_reported);
    suite_add(suite, a_warm_arena_is_enough_for_every_search);
    suite_add(suite, threads_share_a_pattern);
    return suite_run(suite);
}
