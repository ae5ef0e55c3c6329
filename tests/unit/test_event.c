/* SPDX-License-Identifier: Apache-2.0 */
/* Section EVNT: what its reader finds, what it refuses, and the arithmetic of an event's worth.  Events of sentences: tests/golden/event. */
#include "base/file.h"
#include "base/utf8.h"
#include "common/suite.h"
#include "stage/event/event.h"

#include <stdlib.h>
#include <string.h>

enum { LETTERS = 64 };

static const char *section_path;

static jw_bytes map_section(void)
{
    jw_bytes section;
    jw_error error;
    ck_assert_msg(jwi_file_map(section_path, &section, &error) == JW_OK, "%s", error.message);
    return section;
}

static struct event_lex open_lex(jw_bytes section)
{
    struct event_lex lex;
    jw_error error;
    ck_assert_msg(jwi_event_lex_open(section, &lex, &error) == JW_OK, "%s", error.message);
    return lex;
}

static uint32_t decode(const char *text, uint32_t *codes)
{
    uint32_t n = 0;
    for (size_t at = 0; text[at] && n < LETTERS;)
        codes[n++] = utf8_next(text, &at);
    return n;
}

/* Length of the longest word at the head of the text, 0 when there is none. */
static uint32_t longest(const struct event_lex *lex, const char *text)
{
    uint32_t codes[LETTERS], found[EVENT_WORD_MAX];
    const uint32_t n = jwi_event_words_at(lex, codes, decode(text, codes), found);
    return n ? lex->word[found[n - 1]].len : 0;
}

static const struct {
    const char *text;
    uint32_t len;
} words[] = {{"營收年增三成", 2}, {"合併營收", 4}, {"eps 3元", 3}, {"EPS 3元", 3}, {"由虧轉盈。", 4}, {"小貓", 0}, {"砍單", 2}};

START_TEST(the_longest_word_is_found)
{
    const jw_bytes section = map_section();
    const struct event_lex lex = open_lex(section);
    ck_assert_uint_eq(longest(&lex, words[_i].text), words[_i].len);
    jwi_file_unmap(section);
}
END_TEST

START_TEST(every_leaf_has_a_pattern_and_a_role)
{
    const jw_bytes section = map_section();
    const struct event_lex lex = open_lex(section);
    for (uint32_t leaf = 0; leaf < lex.header->leaf_count; leaf++) {
        uint32_t patterns = 0, roles = 0;
        for (uint32_t i = 0; i < lex.header->pattern_count; i++)
            patterns += lex.pattern[i].leaf == leaf;
        for (uint32_t i = 0; i < lex.header->role_count; i++)
            roles += lex.role[i].leaf == leaf;
        ck_assert_msg(patterns > 0 && roles > 0, "leaf of rank %u: %u patterns, %u roles", leaf, patterns, roles);
    }
    ck_assert_uint_eq(lex.header->leaf_count, 60);
    jwi_file_unmap(section);
}
END_TEST

START_TEST(a_shorter_section_is_refused)
{
    const jw_bytes section = map_section();
    struct event_lex lex;
    jw_error error;
    for (size_t len = 0; len < section.len; len += 1 + section.len / 97) {
        const jw_bytes part = {section.at, len};
        ck_assert_int_eq(jwi_event_lex_open(part, &lex, &error), JW_EMODEL_CORRUPT);
    }
    jwi_file_unmap(section);
}
END_TEST

START_TEST(another_version_is_refused)
{
    const jw_bytes section = map_section();
    char *const copy = malloc(section.len);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, section.at, section.len);
    ((struct event_header *)(void *)copy)->version++;
    struct event_lex lex;
    jw_error error;
    ck_assert_int_eq(jwi_event_lex_open((jw_bytes){copy, section.len}, &lex, &error), JW_EMODEL_VERSION);
    free(copy);
    jwi_file_unmap(section);
}
END_TEST

/* What open lets pass can be walked without reading outside; run under the sanitizers. */
START_TEST(damage_is_refused_or_harmless)
{
    const jw_bytes section = map_section();
    char *const copy = malloc(section.len);
    ck_assert_ptr_nonnull(copy);
    uint32_t refused = 0;
    for (size_t at = sizeof(uint32_t); at < section.len; at += 1 + section.len / 2003) {
        memcpy(copy, section.at, section.len);
        copy[at] = (char)(copy[at] ^ 0xff);
        struct event_lex lex;
        jw_error error;
        if (jwi_event_lex_open((jw_bytes){copy, section.len}, &lex, &error) != JW_OK) {
            refused++;
            continue;
        }
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            ck_assert_uint_le(longest(&lex, words[i].text), EVENT_WORD_MAX);
    }
    ck_assert_uint_gt(refused, 100);
    free(copy);
    jwi_file_unmap(section);
}
END_TEST

static const struct {
    int64_t change;
    uint32_t cls;
} changes[] = {{0, 0}, {199, 0}, {200, 1}, {-499, 1}, {500, 2}, {1230, 2}, {1500, 3}, {-2999, 3}, {3000, 4}, {-100000, 4}};

START_TEST(a_change_has_its_class)
{
    ck_assert_uint_eq(jwi_event_magnitude(changes[_i].change), changes[_i].cls);
}
END_TEST

START_TEST(worth_is_rounded_and_clamped)
{
    jw_claim claim;
    memset(&claim, 0, sizeof claim);
    claim.magnitude = 7500;
    claim.degree = 12000;
    ck_assert_int_eq(jwi_event_market(6000, &claim), 5400);
    ck_assert_int_eq(jwi_event_market(-3333, &claim), -3000);
    claim.magnitude = 15000;
    ck_assert_int_eq(jwi_event_market(9000, &claim), JW_SCALE);
    ck_assert_int_eq(jwi_event_market(-9000, &claim), -JW_SCALE);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    section_path = argv[1];
    Suite *const suite = suite_create("event");
    suite_add_loop(suite, the_longest_word_is_found, sizeof words / sizeof *words);
    suite_add(suite, every_leaf_has_a_pattern_and_a_role);
    suite_add(suite, a_shorter_section_is_refused);
    suite_add(suite, another_version_is_refused);
    suite_add(suite, damage_is_refused_or_harmless);
    suite_add_loop(suite, a_change_has_its_class, sizeof changes / sizeof *changes);
    suite_add(suite, worth_is_rounded_and_clamped);
    return suite_run(suite);
}
