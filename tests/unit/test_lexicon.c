/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of the packed lexicon, the scan against single look-ups, and damaged sections. */
#include "model/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "common/desk.h"
#include "model/lexicon_format.h"
#include "model/model.h"

static const char *model_path;

enum { LONGEST = 8 };

static const struct lexicon_entry *entry_of(struct desk *desk, const char *form)
{
    const struct lexicon *lexicon = desk->model->lexicon;
    const struct units units = run_text(desk, bytes_of(form))->units;
    const uint32_t entry = jwi_lexicon_find(lexicon, units.code, units.len);
    return entry == JW_NONE ? NULL : lexicon_entry_at(lexicon, entry);
}

static const struct {
    const char *form;
    unsigned classes;
} known[] = {{"公司", LEXICON_GENERAL | LEXICON_DICTIONARY},
             {"臺北市", LEXICON_PLACE},
             {"台積電", LEXICON_COMPANY},
             {"世界", LEXICON_COMPANY | LEXICON_GENERAL},
             {"金管會", LEXICON_INSTITUTION},
             {"布蘭登", LEXICON_FOREIGN},
             {"畫蛇添足", LEXICON_IDIOM},
             {"違約", LEXICON_TERM},
             {"唔該", LEXICON_CANTONESE}};

START_TEST(words_know_their_lists)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct lexicon_entry *entry = entry_of(&desk, known[_i].form);
    ck_assert_ptr_nonnull(entry);
    ck_assert_uint_eq(entry->classes & known[_i].classes, known[_i].classes);
    close_desk(&desk);
}
END_TEST

START_TEST(width_and_variants_do_not_matter)
{
    struct desk desk = open_desk(model_path, NULL);
    ck_assert_ptr_eq(entry_of(&desk, "卡拉OK"), entry_of(&desk, "卡拉ＯＫ"));
    ck_assert_ptr_eq(entry_of(&desk, "爲止"), entry_of(&desk, "為止"));
    ck_assert_ptr_null(entry_of(&desk, "沒有這詞彙呀"));
    close_desk(&desk);
}
END_TEST

START_TEST(characters_know_names)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct lexicon *lexicon = desk.model->lexicon;
    const struct lexicon_char chen = lexicon->chars[lexicon_symbol(lexicon, 0x9673)]; /* 陳 */
    const struct lexicon_char of = lexicon->chars[lexicon_symbol(lexicon, 0x7684)];   /* 的 */
    ck_assert_uint_gt(chen.surname, 2);
    ck_assert_uint_eq(of.surname, 0);
    ck_assert_uint_eq(lexicon_symbol(lexicon, 0x10ffff), 0);
    close_desk(&desk);
}
END_TEST

static uint32_t count_found(const struct lexicon *lexicon, struct units units)
{
    uint32_t n = 0;
    for (uint32_t start = 0; start < units.len; start++)
        for (uint32_t len = 1; len <= LONGEST && start + len <= units.len; len++)
            n += jwi_lexicon_find(lexicon, units.code + start, len) != JW_NONE;
    return n;
}

START_TEST(scan_finds_what_single_look_ups_find)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct lexicon *lexicon = desk.model->lexicon;
    const char *text = "中央銀行總裁表示，臺灣的金融業今年獲利可望創下新高，布蘭登·李在卡拉OK唱歌，"
                       "世界先進與台積電股價上漲。";
    const struct units units = run_text(&desk, bytes_of(text))->units;
    for (uint32_t len = 0; len <= units.len; len++) {
        uint16_t symbols[128];
        struct lexicon_match matches[128 * LONGEST];
        for (uint32_t i = 0; i < len; i++)
            symbols[i] = lexicon_symbol(lexicon, units.code[i]);
        const uint32_t n = jwi_lexicon_scan(lexicon, symbols, len, LONGEST, matches);
        ck_assert_uint_eq(n, count_found(lexicon, units_slice(units, 0, len)));
        for (uint32_t i = 0; i < n; i++)
            ck_assert_uint_eq(
                matches[i].entry,
                jwi_lexicon_find(lexicon, units.code + matches[i].start, matches[i].len));
    }
    close_desk(&desk);
}
END_TEST

/* The section in a file of its own, with `size` bytes of it and one byte changed. */
static jw_status open_damaged(jw_bytes section, size_t size, size_t at, char byte)
{
    char *copy = malloc(section.len);
    struct model_entry entry = {"LEX", 1, 0, size, 0};
    struct model_file file = {{copy, section.len}, &entry, 1};
    struct lexicon lexicon;
    entry.tag[3] = 'I';
    memcpy(copy, section.at, section.len);
    copy[at] = byte;
    const jw_status status = jwi_lexicon_open(&file, &lexicon, NULL);
    free(copy);
    return status;
}

START_TEST(damaged_sections_are_refused)
{
    struct desk desk = open_desk(model_path, NULL);
    jw_bytes section;
    ck_assert(jwi_model_file_section(&desk.model->file, "LEXI", &section, NULL) == JW_OK);
    const size_t chars = sizeof(struct lexicon_header) + LEXICON_STAGE * sizeof(uint16_t);
    ck_assert_int_eq(open_damaged(section, section.len, 0, 9), JW_EMODEL_VERSION);
    ck_assert_int_eq(open_damaged(section, 16, 0, section.at[0]), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_damaged(section, section.len / 2, 0, section.at[0]), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_damaged(section, section.len, sizeof(struct lexicon_header) + 1, '\x7f'),
                     JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_damaged(section, section.len, chars + 1, '\x7f'), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_damaged(section, section.len, 0, section.at[0]), JW_OK);
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    model_path = argc > 1 ? argv[1] : NULL;
    Suite *suite = suite_create("lexicon");
    suite_add_loop(suite, words_know_their_lists, (int)(sizeof known / sizeof known[0]));
    suite_add(suite, width_and_variants_do_not_matter);
    suite_add(suite, characters_know_names);
    suite_add(suite, scan_finds_what_single_look_ups_find);
    suite_add(suite, damaged_sections_are_refused);
    return suite_run(suite);
}
