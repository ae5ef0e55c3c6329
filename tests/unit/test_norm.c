/* SPDX-License-Identifier: Apache-2.0 */
/* Units tile the text, conversion moves nothing, given edges are unit edges, damaged sections are refused. */
#include <stdlib.h>

#include "common/desk.h"
#include "model/model.h"
#include "model/norm_table.h"

static const char *model_path;

static void check_tiles(const struct room *room, jw_bytes text)
{
    const struct units *units = &room->units;
    REQUIRE(units->at[units->len] == text.len);
    REQUIRE(!units->len || units->at[0] == 0);
    for (uint32_t i = 0; i < units->len; i++) {
        REQUIRE(units->at[i] < units->at[i + 1]);
        REQUIRE(((unsigned char)text.at[units->at[i]] & 0xc0) != 0x80);
        REQUIRE(units->cls[i] < UNIT_CLASS_COUNT);
        REQUIRE(units->code[i] <= NORM_CODE_MASK);
    }
}

START_TEST(units_tile_any_text)
{
    struct desk desk = open_desk(model_path, NULL);
    uint64_t state = 1;
    char text[600];
    for (int round = 0; round < 3000; round++) {
        const jw_bytes bytes = {text,
                                random_text(&state, text, 1 + next_random(&state) % sizeof text)};
        run_text(&desk, bytes);
        check_tiles(&desk.worker->room, jw_doc_text(desk.doc));
    }
    close_desk(&desk);
}
END_TEST

START_TEST(script_conversion_changes_codes_only)
{
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_SENTENCES;
    options.flags = JW_SCRIPT_HANS;
    struct desk plain = open_desk(model_path, NULL), hans = open_desk(model_path, &options);
    const jw_bytes text = bytes_of("头发发展干杯，ABC 面条一目了然&amp;后来。");
    const struct units a = run_text(&plain, text)->units, b = run_text(&hans, text)->units;
    ck_assert_uint_eq(a.len, b.len);
    ck_assert_mem_eq(a.at, b.at, (a.len + 1) * sizeof *a.at);
    ck_assert_mem_eq(a.cls, b.cls, a.len);
    ck_assert_uint_eq(a.code[0], 0x5934);
    ck_assert_uint_eq(b.code[0], 0x982d);
    ck_assert_uint_eq(b.code[1], 0x9aee); /* 頭髮, but 發展 */
    ck_assert_uint_eq(b.code[2], 0x767c);
    close_desk(&plain);
    close_desk(&hans);
}
END_TEST

static const struct {
    const char *text;
    enum unit_class cls;
} classes[] = {
    {"台", UNIT_HAN},       {"々", UNIT_HAN},   {"〇", UNIT_HAN},     {"𠮷", UNIT_HAN},
    {"ア", UNIT_KANA},      {"ㄅ", UNIT_KANA},  {"한", UNIT_KANA},    {"ー", UNIT_KANA},
    {"Ａ", UNIT_LATIN},     {"é", UNIT_LATIN},  {"Ω", UNIT_LATIN},    {"Я", UNIT_LATIN},
    {"５", UNIT_DIGIT},     {"。", UNIT_PUNCT}, {"，", UNIT_PUNCT},   {"-", UNIT_PUNCT},
    {"「", UNIT_PUNCT},     {"…", UNIT_PUNCT},  {"%", UNIT_SYMBOL},   {"＄", UNIT_SYMBOL},
    {"&", UNIT_SYMBOL},     {"😂", UNIT_SYMBOL}, {"①", UNIT_SYMBOL},   {"²", UNIT_SYMBOL},
    {"　", UNIT_SPACE},     {"\t", UNIT_SPACE}, {"\x01", UNIT_SPACE}, {"ש", UNIT_OTHER},
    {"&nbsp;", UNIT_SPACE},
};

START_TEST(characters_have_their_class)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct room *room = run_text(&desk, bytes_of(classes[_i].text));
    ck_assert_uint_eq(room->units.len, 1);
    ck_assert_uint_eq(room->units.cls[0], classes[_i].cls);
    close_desk(&desk);
}
END_TEST

/* Tokens inside what would be one unit: a reference, a base and its mark, CRLF. */
START_TEST(given_edges_are_unit_edges)
{
    struct desk desk = open_desk(model_path, NULL);
    const jw_part part = {bytes_of("A&amp;e\xcc\x81\r\nB"), JW_PART_BODY, JW_MARK_NONE};
    const jw_range tokens[] = {{0, 1}, {1, 2}, {2, 5}, {5, 6}, {6, 7}, {7, 9}, {11, 12}};
    jw_input input = JW_INPUT_INIT;
    input.parts = &part;
    input.part_count = 1;
    ck_assert_int_eq(jw_worker_load(desk.worker, &input, desk.doc, &desk.error), JW_OK);
    ck_assert_msg(jw_doc_set_tokens(desk.doc, tokens, 7, &desk.error) == JW_OK, "%s",
                  desk.error.message);
    ck_assert_int_eq(jw_worker_resume(desk.worker, desk.doc, &desk.error), JW_OK);
    const struct units *units = &desk.worker->room.units;
    for (size_t i = 0; i < 7; i++) {
        uint32_t unit = 0;
        while (unit < units->len && units->at[unit] != tokens[i].start)
            unit++;
        ck_assert_uint_lt(unit, units->len);
    }
    close_desk(&desk);
}
END_TEST

static jw_bytes norm_section(const jw_model *model)
{
    jw_bytes section;
    ck_assert_int_eq(jwi_model_file_section(&model->file, "NORM", &section, NULL), JW_OK);
    return section;
}

START_TEST(damaged_sections_are_refused_or_harmless)
{
    struct desk desk = open_desk(model_path, NULL);
    const jw_bytes section = norm_section(desk.model);
    uint32_t *copy = malloc(section.len);
    const jw_bytes damaged = {(const char *)copy, section.len};
    struct norm_table table;
    uint64_t state = 5;
    for (int round = 0; round < 60; round++) {
        memcpy(copy, section.at, section.len);
        const uint32_t place =
            round < 30 ? (uint32_t)round % 5 : next_random(&state) % (uint32_t)(section.len / 4);
        copy[place] ^= 1u << next_random(&state) % 32;
        if (jwi_norm_open(damaged, &table, NULL) != JW_OK)
            continue;
        uint32_t code[] = {0x5934, 0x53d1, 0x53d1, 0x5c55, 0x10ffff, 0x1fffff, 0};
        jwi_norm_hans(&table, code, 7);
        for (uint32_t c = 0; c < 0x110000; c += 97)
            ck_assert_uint_le(norm_code(norm_entry(&table, c), c), NORM_CODE_MASK);
    }
    const jw_bytes cut = {section.at, section.len - 4}, empty = {section.at, 3};
    ck_assert_int_eq(jwi_norm_open(cut, &table, NULL), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(jwi_norm_open(empty, &table, NULL), JW_EMODEL_CORRUPT);
    free(copy);
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("norm");
    suite_add(suite, units_tile_any_text);
    suite_add(suite, script_conversion_changes_codes_only);
    suite_add_loop(suite, characters_have_their_class, sizeof classes / sizeof classes[0]);
    suite_add(suite, given_edges_are_unit_edges);
    suite_add(suite, damaged_sections_are_refused_or_harmless);
    return suite_run(suite);
}
