/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack-value -o OUT UNITS METRICS CUES DATES HINTS: section VALU from the tables of dict/values (docs/VALUES.md has their columns).
 * A term is letters; `|` divides what counts from the context that must follow: 元|大關.  Letters are in normal form (half-width).
 */
#include "base/file.h"
#include "base/utf8.h"
#include "common/bytes.h"
#include "common/vec.h"
#include "stage/value/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
    struct value_term term;
    uint32_t code[VALUE_TERM_MAX];
};

struct builder {
    VEC(struct row) rows;
    struct buffer names;
};

struct cells {
    char *at[6];
    int count;
};

static void die(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    exit(5);
}

static struct cells split(char *line)
{
    struct cells cells = {{line}, 1};
    for (char *at = line; *at && cells.count < 6; at++)
        if (*at == '\t') {
            *at = '\0';
            cells.at[cells.count++] = at + 1;
        }
    return cells;
}

static void set_letters(struct row *row, const char *text, const char *path, size_t line)
{
    for (size_t at = 0; text[at];) {
        const uint32_t code = utf8_next(text, &at);
        if (code == '|') {
            row->term.use = row->term.len;
            continue;
        }
        if (row->term.len == VALUE_TERM_MAX || (code >= 0xff01 && code <= 0xff5e))
            die(path, line, "term too long or not in normal form");
        row->code[row->term.len++] = code;
    }
    if (!row->term.len)
        die(path, line, "empty term");
    if (!row->term.use)
        row->term.use = row->term.len;
}

static void set_name(struct builder *builder, struct row *row, const char *name)
{
    row->term.name_at = (uint32_t)builder->names.len;
    row->term.name_len = (uint16_t)strlen(name);
    for (size_t i = 0; i < builder->rows.len; i++) {
        const struct value_term *other = &builder->rows.at[i].term;
        if (other->name_len == row->term.name_len &&
            !memcmp(builder->names.at + other->name_at, name, row->term.name_len)) {
            row->term.name_at = other->name_at;
            return;
        }
    }
    jwi_buffer_add(&builder->names, name, row->term.name_len);
}

/* "0.25" becomes 25 x 10^-2. */
static void set_factor(struct row *row, const char *text)
{
    row->term.mantissa = 0;
    for (int after = 0; *text; text++) {
        if (*text == '.') {
            after = 1;
            continue;
        }
        row->term.mantissa = row->term.mantissa * 10 + (*text - '0');
        row->term.power -= after;
    }
    while (row->term.mantissa && row->term.mantissa % 10 == 0) {
        row->term.mantissa /= 10;
        row->term.power++;
    }
}

struct word {
    const char *name;
    int id;
};

static const struct word kinds[] = {{"-", 0},
                                    {"MNY", JW_VALUE_MONEY},
                                    {"PCT", JW_VALUE_PERCENT},
                                    {"QTY", JW_VALUE_QUANTITY},
                                    {"DUR", JW_VALUE_DURATION},
                                    {"RAT", JW_VALUE_RATIO},
                                    {NULL, 0}};
static const struct word cues[] = {{"about", CUE_ABOUT},
                                   {"over", CUE_OVER},
                                   {"near", CUE_NEAR},
                                   {"upto", CUE_UPTO},
                                   {"under", CUE_UNDER},
                                   {"about_after", CUE_ABOUT_AFTER},
                                   {"over_after", CUE_OVER_AFTER},
                                   {"under_after", CUE_UNDER_AFTER},
                                   {"yoy", CUE_YOY},
                                   {"mom", CUE_MOM},
                                   {"qoq", CUE_QOQ},
                                   {"consensus", CUE_CONSENSUS},
                                   {"rating", CUE_RATING},
                                   {"change", CUE_CHANGE},
                                   {"level", CUE_LEVEL},
                                   {"from", CUE_FROM},
                                   {"future", CUE_FUTURE},
                                   {"past", CUE_PAST},
                                   {"carry", CUE_CARRY},
                                   {"currency", CUE_CURRENCY},
                                   {"skip", CUE_SKIP},
                                   {"flat", CUE_FLAT},
                                   {"code", CUE_CODE},
                                   {NULL, 0}};
static const struct word dates[] = {{"day", DATE_DAY},
                                    {"week", DATE_WEEK},
                                    {"month", DATE_MONTH},
                                    {"quarter", DATE_QUARTER},
                                    {"year", DATE_YEAR},
                                    {"half", DATE_HALF},
                                    {"quarter_name", DATE_QUARTER_NAME},
                                    {"month_name", DATE_MONTH_NAME},
                                    {"full_year", DATE_FULL_YEAR},
                                    {"same_year", DATE_SAME_YEAR},
                                    {"same_period", DATE_SAME_PERIOD},
                                    {"month_part", DATE_MONTH_PART},
                                    {"year_part", DATE_YEAR_PART},
                                    {"quarter_part", DATE_QUARTER_PART},
                                    {"since_year", DATE_SINCE_YEAR},
                                    {"two_years", DATE_TWO_YEARS},
                                    {NULL, 0}};

static int id_of(const struct word *words, const char *name, const char *path, size_t line)
{
    for (; words->name; words++)
        if (!strcmp(words->name, name))
            return words->id;
    die(path, line, "unknown class");
    return 0;
}

/* term kind unit factor: a currency code, * for the region's, is the unit of MNY. */
static void take_unit(struct builder *builder, const struct cells *cells, struct row *row,
                      const char *path, size_t line)
{
    if (cells->count != 4)
        die(path, line, "four cells wanted");
    row->term.cls = TERM_UNIT;
    row->term.kind = (uint8_t)id_of(kinds, cells->at[1], path, line);
    set_factor(row, cells->at[3]);
    if (row->term.kind == JW_VALUE_MONEY)
        snprintf(row->term.currency, sizeof row->term.currency, "%.3s", cells->at[2]);
    row->term.bare = row->term.kind == JW_VALUE_QUANTITY && !strcmp(cells->at[0], cells->at[2]);
    row->term.arg = !strcmp(cells->at[0], "折");
    set_name(builder, row, row->term.kind == JW_VALUE_MONEY ? "" : cells->at[2]);
}

/* term metric bare sign: sign is - for losses, n for counts that are no money, s for sums. */
static void take_metric(struct builder *builder, const struct cells *cells, struct row *row,
                        const char *path, size_t line)
{
    if (cells->count != 4)
        die(path, line, "four cells wanted");
    row->term.cls = TERM_METRIC;
    row->term.kind = 1;
    row->term.bare = (uint8_t)id_of(kinds, cells->at[2], path, line);
    row->term.arg = cells->at[3][0] == '-' ? -1 : 1;
    row->term.nature = cells->at[3][0] == 'n' ? METRIC_COUNT : cells->at[3][0] == 's' ? METRIC_SUM : METRIC_PLAIN;
    set_name(builder, row, cells->at[1]);
}

/* term class arg */
static void take_cue(struct builder *builder, const struct cells *cells, struct row *row,
                     const char *path, size_t line)
{
    (void)builder;
    if (cells->count != 3)
        die(path, line, "three cells wanted");
    row->term.cls = TERM_CUE;
    row->term.kind = (uint8_t)id_of(cues, cells->at[1], path, line);
    if (row->term.kind == CUE_CURRENCY)
        snprintf(row->term.currency, sizeof row->term.currency, "%.3s", cells->at[2]);
    else
        row->term.arg = atoi(cells->at[2]);
}

/* term class arg alone: alone is "no" for a word that is a date only with what follows. */
static void take_date(struct builder *builder, const struct cells *cells, struct row *row,
                      const char *path, size_t line)
{
    (void)builder;
    if (cells->count != 4)
        die(path, line, "four cells wanted");
    row->term.cls = TERM_DATE;
    row->term.kind = (uint8_t)id_of(dates, cells->at[1], path, line);
    row->term.arg = atoi(cells->at[2]);
    row->term.bare = !strcmp(cells->at[3], "no");
}

static const struct word hints[] = {{"price", HINT_PRICE},
                                    {"landmark", HINT_LANDMARK},
                                    {"club", HINT_CLUB},
                                    {"group_lead", HINT_GROUP_LEAD},
                                    {"not_group", HINT_NOT_GROUP},
                                    {"move", HINT_MOVE},
                                    {"verdict", HINT_VERDICT},
                                    {"board_lead", HINT_BOARD_LEAD},
                                    {"board_trail", HINT_BOARD_TRAIL},
                                    {NULL, 0}};

/* term hints: one or more, with commas between */
static void take_hint(struct builder *builder, const struct cells *cells, struct row *row, const char *path, size_t line)
{
    (void)builder;
    if (cells->count != 2)
        die(path, line, "two cells wanted");
    row->term.cls = TERM_HINT;
    int all = 0;
    for (char *name = strtok(cells->at[1], ","); name; name = strtok(NULL, ","))
        all |= id_of(hints, name, path, line);
    row->term.kind = (uint8_t)all;
    row->term.bare = (uint8_t)(all >> 8);
}

typedef void take_row(struct builder *builder, const struct cells *cells, struct row *row,
                      const char *path, size_t line);

static void read_table(struct builder *builder, const char *path, take_row *take)
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, 0, error.message);
    size_t number = 0;
    for (size_t at = 0; at < data.len;) {
        const char *newline = memchr(data.at + at, '\n', data.len - at);
        const size_t len = newline ? (size_t)(newline - data.at) - at : data.len - at;
        char line[512];
        if (len >= sizeof line)
            die(path, number, "line too long");
        memcpy(line, data.at + at, len);
        line[len] = '\0';
        at += len + 1;
        if (!number++)
            continue;
        struct row row;
        memset(&row, 0, sizeof row);
        const struct cells cells = split(line);
        set_letters(&row, cells.at[0], path, number);
        take(builder, &cells, &row, path, number);
        VEC_PUSH(&builder->rows, row);
    }
    jwi_file_unmap(data);
}

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    for (uint8_t i = 0; i < a->term.len && i < b->term.len; i++)
        if (a->code[i] != b->code[i])
            return a->code[i] < b->code[i] ? -1 : 1;
    if (a->term.len != b->term.len)
        return a->term.len < b->term.len ? -1 : 1;
    return (a->term.cls > b->term.cls) - (a->term.cls < b->term.cls);
}

static void fill_slots(const struct builder *builder, struct value_slot *slot)
{
    for (uint32_t i = 0; i < builder->rows.len;) {
        const uint32_t code = builder->rows.at[i].code[0], low = i;
        uint32_t classes = 0;
        for (; i < builder->rows.len && builder->rows.at[i].code[0] == code; i++)
            classes |= builder->rows.at[i].term.cls;
        uint32_t at = jwi_value_slot(code);
        while (slot[at].code)
            at = (at + 1) & (VALUE_SLOTS - 1);
        const struct value_slot filled = {code, low, i, classes};
        slot[at] = filled;
    }
}

static void write_section(struct builder *builder, const char *path)
{
    static struct value_slot slot[VALUE_SLOTS];
    struct buffer out = {0}, codes = {0};
    qsort(builder->rows.at, builder->rows.len, sizeof *builder->rows.at, compare_rows);
    fill_slots(builder, slot);
    for (size_t i = 0; i < builder->rows.len; i++) {
        struct row *row = &builder->rows.at[i];
        row->term.code_at = (uint32_t)(codes.len / sizeof *row->code);
        jwi_buffer_add(&codes, row->code, row->term.len * sizeof *row->code);
    }
    const struct value_header header = {VALUE_VERSION, (uint32_t)builder->rows.len,
                                        (uint32_t)(codes.len / sizeof(uint32_t)),
                                        (uint32_t)builder->names.len};
    jwi_buffer_add(&out, &header, sizeof header);
    jwi_buffer_add(&out, slot, sizeof slot);
    for (size_t i = 0; i < builder->rows.len; i++)
        jwi_buffer_add(&out, &builder->rows.at[i].term, sizeof builder->rows.at[i].term);
    jwi_buffer_add(&out, codes.at, codes.len);
    jwi_buffer_add(&out, builder->names.at, builder->names.len);
    jw_error error;
    if (jwi_file_replace(path, jwi_buffer_bytes(&out), &error) != JW_OK)
        die(path, 0, error.message);
    jwi_buffer_free(&out);
    jwi_buffer_free(&codes);
}

int main(int argc, char **argv)
{
    static struct builder builder;
    if (argc != 8 || strcmp(argv[1], "-o") != 0)
        die("jinwen-pack-value", 0, "usage: -o OUT UNITS METRICS CUES DATES HINTS");
    read_table(&builder, argv[3], take_unit);
    read_table(&builder, argv[4], take_metric);
    read_table(&builder, argv[5], take_cue);
    read_table(&builder, argv[6], take_date);
    read_table(&builder, argv[7], take_hint);
    write_section(&builder, argv[2]);
    return 0;
}
