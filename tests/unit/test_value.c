/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The grammar of values against tables a linguist can read: text, base time, values.
 *   text      聯發科9月營收488.6億元
 *   base      2026-10-11, or 2026-10-11T06:31 (market time), or - for none
 *   values    9月=DAT 2026-09 ; 488.6億元=MNY 48860000000 TWD
 * A file whose third column is `bound` also states approximation, comparison, metric and period: MNY 48860000000 TWD abs revenue 2026-09.
 * One whose third column is `board` is read as posts are.
 * Usage: test-value SECTION TABLE...
 */
#include "stage/value/value.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/utf8.h"
#include "common/suite.h"
#include "doc/value_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct stage jwi_stage_value;

enum { MAX_ROWS = 2000, MAX_TEXT = 1000 };

struct row {
    const char *file;
    size_t line;
    char text[MAX_TEXT], base[32], values[MAX_TEXT];
    int is_bound, is_board;
};

static struct row rows[MAX_ROWS];
static int row_count;
static struct value_lex lex;
static jw_bytes lex_section;

static int is_han(uint32_t code)
{
    return (code >= 0x3400 && code < 0xa000) || (code >= 0x20000 && code < 0x30000) ||
           code == 0x3007;
}

static uint8_t class_of(uint32_t code)
{
    if (is_digit(code))
        return UNIT_DIGIT;
    if (is_latin(code))
        return UNIT_LATIN;
    if (code == ' ' || code == '\n')
        return UNIT_SPACE;
    return is_han(code) ? UNIT_HAN : UNIT_PUNCT;
}

/* Stage norm in small: width folding only. */
static void make_units(const char *text, uint32_t *code, uint8_t *cls, uint32_t *at, uint32_t *len)
{
    *len = 0;
    for (size_t i = 0; text[i];) {
        at[*len] = (uint32_t)i;
        uint32_t one = utf8_next(text, &i);
        one = one >= 0xff01 && one <= 0xff5e ? one - 0xfee0 : one == 0x3000 ? ' ' : one;
        code[*len] = one;
        cls[(*len)++] = class_of(one);
    }
    at[*len] = (uint32_t)strlen(text);
}

/* Milliseconds of a market time; none for "-". */
static int64_t base_of(const char *text)
{
    struct civil date;
    int hour = 18, minute = 0;
    if (sscanf(text, "%d-%d-%dT%d:%d", &date.year, &date.month, &date.day, &hour, &minute) < 3)
        return JW_NO_TIME;
    return ((int64_t)jwi_days_of(date) * 24 + hour - 8) * 3600000 + minute * 60000;
}

static void add_text(char *all, const char *text)
{
    if (!*text)
        return;
    if (*all)
        strcat(all, " ");
    strcat(all, text);
}

static void add_decimal(char *all, const jw_value *value)
{
    char one[DECIMAL_TEXT], two[DECIMAL_TEXT], range[2 * DECIMAL_TEXT + 2];
    if (value->low.known) {
        jwi_decimal_text(value->low, one);
        jwi_decimal_text(value->high, two);
        snprintf(range, sizeof range, "%s..%s", one, two);
        add_text(all, range);
        return;
    }
    add_text(all, jwi_decimal_text(value->value, one) ? one : "?");
}

static void add_bytes(char *all, jw_bytes bytes)
{
    char text[64];
    snprintf(text, sizeof text, "%.*s", (int)bytes.len, bytes.len ? bytes.at : "");
    add_text(all, text);
}

static void add_value(char *all, const char *text, const jw_value *value, int with_text,
                      int is_bound)
{
    char period[PERIOD_TEXT], surface[MAX_TEXT];
    if (*all)
        strcat(all, " ; ");
    if (with_text) {
        snprintf(surface, sizeof surface, "%.*s=", (int)(value->text.end - value->text.start),
                 text + value->text.start);
        strcat(all, surface);
        strcat(all, jwi_value_kind_name(value->kind));
    } else
        strcat(all, jwi_value_kind_name(value->kind));
    jwi_period_text(value->first, value->last, period);
    if (value->kind == JW_VALUE_DATE) {
        add_text(all, *period ? period : "?");
        if (value->flags & JW_VALUE_CONFLICT)
            add_text(all, "conflict");
        return;
    }
    if (value->kind == JW_VALUE_CODE)
        return;
    add_decimal(all, value);
    add_bytes(all, value->unit);
    add_text(all, value->currency);
    add_text(all, jwi_approx_name(value->approx));
    if (!is_bound || value->kind == JW_VALUE_DURATION)
        return;
    add_text(all, jwi_compare_name(value->compare));
    add_bytes(all, value->of);
    add_text(all, period);
}

static void run_row(const struct value_lex *view, const struct row *row, char *found)
{
    static uint32_t code[MAX_TEXT], at[MAX_TEXT + 1];
    static uint8_t cls[MAX_TEXT];
    uint32_t len;
    make_units(row->text, code, cls, at, &len);
    const struct units units = {code, cls, at, len};
    struct unit_span span = {0, len};
    struct arena lasting, scratch;
    jw_sentence sentence = {{0, 0}, {0, 0}, 0, 0};
    jw_doc doc;
    struct room room;
    jw_error error;
    memset(&doc, 0, sizeof doc);
    memset(&room, 0, sizeof room);
    const jw_alloc alloc = jwi_alloc_or_default(NULL);
    jwi_arena_init(&lasting, &alloc);
    jwi_arena_init(&scratch, &alloc);
    jwi_arena_init(&doc.arena, &alloc);
    room.units = units;
    room.sentences = &span;
    room.lasting = &lasting;
    room.scratch = &scratch;
    doc.sentences = &sentence;
    doc.sentence_count = 1;
    doc.meta.published_at = JW_NO_TIME;
    doc.meta.received_at = base_of(row->base);
    doc.meta.source_type = row->is_board ? JW_FORUM : JW_NEWS;
    ck_assert_int_eq(jwi_stage_value.run(view, &room, &doc, &error), JW_OK);
    const int with_text = strchr(row->values, '=') != NULL;
    *found = '\0';
    for (uint32_t i = 0; i < doc.value_count; i++)
        add_value(found, row->text, &doc.values[i], with_text, row->is_bound);
    jwi_arena_free(&lasting);
    jwi_arena_free(&scratch);
    jwi_arena_free(&doc.arena);
}

START_TEST(table_row)
{
    char found[4 * MAX_TEXT];
    const struct row *row = &rows[_i];
    run_row(&lex, row, found);
    ck_assert_msg(strcmp(found, row->values) == 0, "%s:%zu: %s [%s]\n  wanted %s\n  found  %s",
                  row->file, row->line, row->text, row->base, row->values, found);
}
END_TEST

static void read_table(const char *path)
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        exit(2);
    int is_bound = 0, is_board = 0;
    size_t number = 0;
    for (size_t at = 0; at < data.len;) {
        char line[3 * MAX_TEXT];
        const char *newline = memchr(data.at + at, '\n', data.len - at);
        const size_t len = newline ? (size_t)(newline - data.at) - at : data.len - at;
        if (len >= sizeof line || row_count == MAX_ROWS)
            exit(2);
        memcpy(line, data.at + at, len);
        line[len] = '\0';
        at += len + 1;
        char *base = strchr(line, '\t');
        char *values = base ? strchr(base + 1, '\t') : NULL;
        if (!number++) {
            is_bound = strstr(line, "\tbound") != NULL;
            is_board = strstr(line, "\tboard") != NULL;
            continue;
        }
        if (!values)
            exit(2);
        *base++ = *values++ = '\0';
        struct row *row = &rows[row_count++];
        snprintf(row->text, sizeof row->text, "%.*s", MAX_TEXT - 1, line);
        snprintf(row->base, sizeof row->base, "%.31s", base);
        snprintf(row->values, sizeof row->values, "%.*s", MAX_TEXT - 1, values);
        row->file = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
        row->line = number;
        row->is_bound = is_bound;
        row->is_board = is_board;
    }
    jwi_file_unmap(data);
}

START_TEST(calendar_knows_leap_years)
{
    for (int32_t days = -200000; days < 200000; days += 1) {
        const struct civil date = jwi_civil_of(days);
        ck_assert_int_eq(jwi_days_of(date), days);
        ck_assert(jwi_is_civil(date));
    }
    const struct civil leap = {2024, 2, 29}, none = {2011, 2, 29};
    ck_assert(jwi_is_civil(leap));
    ck_assert(!jwi_is_civil(none));
}
END_TEST

START_TEST(decimals_print_exactly)
{
    static const struct {
        int64_t mantissa;
        int32_t power;
        const char *text;
    } cases[] = {{4886, 7, "48860000000"},
                 {-35, -2, "-0.35"},
                 {0, 0, "0"},
                 {5, -5, "0.00005"},
                 {1234, -2, "12.34"},
                 {123, 18, "123000000000000000000"},
                 {INT64_MAX, 0, "9223372036854775807"}};
    char text[DECIMAL_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        jwi_decimal_text(jwi_decimal(cases[i].mantissa, cases[i].power), text);
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

/* A damaged section is refused, whatever byte of its header or index changes. */
START_TEST(damaged_section_is_refused)
{
    char bad[sizeof(struct value_header)];
    struct value_header header = {VALUE_VERSION, 1000000, 0, 0};
    struct value_lex view;
    memcpy(bad, &header, sizeof bad);
    const jw_bytes section = {bad, sizeof bad}, cut = {bad, 3};
    ck_assert_int_eq(jwi_value_lex_open(section, &view, NULL), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(jwi_value_lex_open(cut, &view, NULL), JW_EMODEL_CORRUPT);
}
END_TEST

/* One wrong byte anywhere: the section is refused, or read without harm. */
START_TEST(flipped_bytes_do_no_harm)
{
    static char found[4 * MAX_TEXT];
    const size_t start = sizeof(struct value_header);
    char *copy = aligned_alloc(64, (lex_section.len + 63) / 64 * 64);
    memcpy(copy, lex_section.at, lex_section.len);
    const jw_bytes section = {copy, lex_section.len};
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 3000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        const size_t at = i < 200 ? seed % start : start + seed % (section.len - start);
        struct value_lex view;
        const char kept = copy[at];
        copy[at] = (char)(kept ^ (char)(1u << (seed >> 60 & 7)));
        if (jwi_value_lex_open(section, &view, NULL) == JW_OK)
            run_row(&view, &rows[(size_t)i % (size_t)row_count], found);
        copy[at] = kept;
    }
    free(copy);
}
END_TEST

int main(int argc, char **argv)
{
    jw_error error;
    if (argc < 3 || jwi_file_map(argv[1], &lex_section, &error) != JW_OK ||
        jwi_value_lex_open(lex_section, &lex, &error) != JW_OK)
        return 2;
    for (int i = 2; i < argc; i++)
        read_table(argv[i]);
    Suite *suite = suite_create("value");
    suite_add(suite, calendar_knows_leap_years);
    suite_add(suite, decimals_print_exactly);
    suite_add(suite, damaged_section_is_refused);
    suite_add(suite, flipped_bytes_do_no_harm);
    suite_add_loop(suite, table_row, row_count);
    return suite_run(suite);
}
