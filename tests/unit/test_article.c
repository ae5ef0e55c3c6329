/* SPDX-License-Identifier: Apache-2.0 */
/* Section ARTI: what it holds, what it does not, damaged sections, and buckets that point beyond the end. */
#include "model/article_set.h"

#include <stdlib.h>
#include <string.h>

#include "common/desk.h"
#include "model/model.h"

enum { RANDOM_STRINGS = 20000, RANDOM_FOUND = 100 };

static const char *model_path;

static struct article_set set_of(const jw_model *model)
{
    struct article_set set;
    jw_error error;
    ck_assert_msg(jwi_article_open(&model->file, &set, &error) == JW_OK, "%s", error.message);
    return set;
}

static int has(const struct article_set *set, struct units units)
{
    uint64_t hash = article_start();
    for (uint32_t i = 0; i < units.len; i++)
        hash = article_next(hash, units.code[i]);
    return jwi_article_has(set, hash);
}

static const struct {
    const char *form;
    int is_there;
} forms[] = {{"國立中央大學", 1}, {"西點軍校", 1}, {"婁底", 1}, {"柯尼斯堡", 1}, {"臺灣大學", 1}, {"台灣大學", 1}, {"噶爾丹策零", 1},
             {"營收年增百分", 0}, {"的公司表示", 0}, {"台灣大學的學", 0}};

START_TEST(names_are_there_and_other_strings_are_not)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct article_set set = set_of(desk.model);
    ck_assert_int_eq(has(&set, run_text(&desk, bytes_of(forms[_i].form))->units), forms[_i].is_there);
    close_desk(&desk);
}
END_TEST

START_TEST(few_random_strings_seem_to_be_there)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct article_set set = set_of(desk.model);
    uint64_t state = 5;
    int found = 0;
    for (int i = 0; i < RANDOM_STRINGS; i++)
        found += jwi_article_has(&set, (uint64_t)next_random(&state) << 32 | next_random(&state));
    ck_assert_int_lt(found, RANDOM_FOUND);
    close_desk(&desk);
}
END_TEST

/* The section in a file of its own, with `size` bytes of it and one byte changed. */
static jw_status open_damaged(jw_bytes section, size_t size, size_t at, char byte, int *ret_found)
{
    char *copy = malloc(section.len);
    struct model_entry entry = {"ART", 1, 0, size, 0};
    struct model_file file = {{copy, section.len}, &entry, 1};
    struct article_set set;
    entry.tag[3] = 'I';
    memcpy(copy, section.at, section.len);
    copy[at] = byte;
    const jw_status status = jwi_article_open(&file, &set, NULL);
    *ret_found = 0;
    for (uint64_t bucket = 0; status == JW_OK && bucket < 1 << ARTICLE_BITS; bucket++)
        *ret_found += jwi_article_has(&set, bucket << (64 - ARTICLE_BITS) | 0xffff);
    free(copy);
    return status;
}

START_TEST(damaged_sections_are_refused_or_harmless)
{
    struct desk desk = open_desk(model_path, NULL);
    jw_bytes section;
    int found;
    ck_assert(jwi_model_file_section(&desk.model->file, "ARTI", &section, NULL) == JW_OK);
    ck_assert_int_eq(open_damaged(section, section.len, 0, 9, &found), JW_EMODEL_VERSION);
    ck_assert_int_eq(open_damaged(section, 8, 0, section.at[0], &found), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_damaged(section, section.len / 2, 0, section.at[0], &found), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_damaged(section, section.len, sizeof(struct article_header) + 4 * 1000 + 3, '\x7f', &found), JW_OK);
    ck_assert_int_eq(open_damaged(section, section.len, 0, section.at[0], &found), JW_OK);
    ck_assert_int_lt(found, 1 << ARTICLE_BITS);
    close_desk(&desk);
}
END_TEST

START_TEST(a_model_without_the_section_has_an_empty_set)
{
    const struct model_file file = {{NULL, 0}, NULL, 0};
    struct article_set set;
    ck_assert_int_eq(jwi_article_open(&file, &set, NULL), JW_OK);
    ck_assert_int_eq(jwi_article_has(&set, 0), 0);
}
END_TEST

int main(int argc, char **argv)
{
    model_path = argc > 1 ? argv[1] : NULL;
    Suite *suite = suite_create("article");
    suite_add_loop(suite, names_are_there_and_other_strings_are_not, (int)(sizeof forms / sizeof forms[0]));
    suite_add(suite, few_random_strings_seem_to_be_there);
    suite_add(suite, damaged_sections_are_refused_or_harmless);
    suite_add(suite, a_model_without_the_section_has_an_empty_set);
    return suite_run(suite);
}
