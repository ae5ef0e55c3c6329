/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack-senses -o OUT NORM ASPECTS OPERATORS CONCEPTS LEXICON: section SCOP from the lists of dict/senti (docs/FINANCE.md has their
 * columns).  Words become units with the tables of section NORM, so that what is packed is what a text is read as.  A word on two lists is one
 * term of both kinds.  Everything is sorted: the same lists give the same bytes.
 */
#include "base/file.h"
#include "base/utf8.h"
#include "common/bytes.h"
#include "common/vec.h"
#include "model/norm_table.h"
#include "model/senses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 8, WORD_MAX = 64, NAME_MAX = 48 };

struct row {
    uint32_t code[WORD_MAX], len;
    struct sense_term term;
};

struct name {
    char text[NAME_MAX];
};

struct builder {
    struct norm_table norm;
    VEC(struct row) rows;
    VEC(struct name) rules, aspects;
};

struct cells {
    char *at[CELLS];
    int count;
    const char *path;
    size_t line;
};

static void die(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    exit(5);
}

/* Decimal with up to four places in 1/JW_SCALE. */
static int scaled(const struct cells *cells, int cell)
{
    const char *text = cells->at[cell];
    const int sign = *text == '-' ? -1 : 1;
    int value = 0, unit = JW_SCALE;
    for (text += *text == '-' || *text == '+'; *text; text++) {
        if (*text == '.' && unit == JW_SCALE)
            unit = -JW_SCALE;
        else if (*text < '0' || *text > '9' || unit == -1 || value > 10 * JW_SCALE)
            die(cells->path, cells->line, "not a number");
        else if (unit < 0)
            value -= (*text - '0') * (unit /= 10);
        else
            value = value * 10 + (*text - '0') * JW_SCALE;
    }
    return sign * value;
}

static uint32_t kinds_of(const struct cells *cells, int cell)
{
    static const char *const names[] = {
#define SENSE(name) #name,
        SENSE_KINDS(SENSE)
#undef SENSE
    };
    uint32_t kinds = 0;
    for (char *part = strtok(cells->at[cell], ";"); part; part = strtok(NULL, ";")) {
        uint32_t rank = 0;
        while (rank < SENSE_RANKS && strcmp(names[rank], part) != 0)
            rank++;
        if (rank == SENSE_RANKS)
            die(cells->path, cells->line, "unknown operator");
        kinds |= 1u << rank;
    }
    return kinds;
}

static uint16_t flags_of(const struct cells *cells, int cell)
{
    static const char letters[] = "lrhbfoctspvmkgew";
    uint32_t flags = 0;
    for (const char *at = cells->at[cell]; *at; at++) {
        const char *letter = *at == ' ' ? NULL : strchr(letters, *at);
        if (!letter)
            die(cells->path, cells->line, "unknown context");
        flags |= 1u << (letter - letters);
    }
    return (uint16_t)flags;
}

static uint8_t aspect_of(const struct builder *builder, const struct cells *cells, int cell)
{
    if (!*cells->at[cell])
        return UINT8_MAX;
    for (size_t i = 0; i < builder->aspects.len; i++)
        if (!strcmp(builder->aspects.at[i].text, cells->at[cell]))
            return (uint8_t)i;
    die(cells->path, cells->line, "unknown aspect");
    return 0;
}

/* Rank of the rule name made of two pieces; equal names are stored once. */
static uint32_t rule_of(struct builder *builder, const char *first, const char *second)
{
    struct name name;
    memset(&name, 0, sizeof name);
    snprintf(name.text, sizeof name.text, "%.30s%.15s", first, second);
    for (size_t i = 0; i < builder->rules.len; i++)
        if (!strcmp(builder->rules.at[i].text, name.text))
            return (uint32_t)i;
    VEC_PUSH(&builder->rules, name);
    return (uint32_t)builder->rules.len - 1;
}

static void add_row(struct builder *builder, const struct cells *cells, const struct sense_term *term)
{
    uint32_t code[WORD_MAX + 1], at[WORD_MAX + 1];
    uint8_t cls[WORD_MAX + 1];
    struct norm_units units = {code, cls, at, 0};
    const size_t len = strlen(cells->at[0]);
    if (!len || len > WORD_MAX)
        die(cells->path, cells->line, "word empty or too long");
    jwi_norm_scan(&builder->norm, cells->at[0], 0, (uint32_t)len, &units);
    struct row row;
    memset(&row, 0, sizeof row);
    memcpy(row.code, code, units.len * sizeof *code);
    row.len = units.len;
    row.term = *term;
    VEC_PUSH(&builder->rows, row);
}

/* cue operator value context source */
static void take_operator(struct builder *builder, const struct cells *cells)
{
    struct sense_term term = {.kinds = kinds_of(cells, 1), .aspect = UINT8_MAX, .flags = flags_of(cells, 3)};
    const int value = *cells->at[2] ? scaled(cells, 2) : 0;
    term.value = (int16_t)value;
    term.sign = (int8_t)((value > 0) - (value < 0));
    if (term.kinds & SENSE_expect)
        term.rule = rule_of(builder, "expect", value > 0 ? ".beat" : value < 0 ? ".missed" : ".met");
    else
        term.rule = rule_of(builder, term.kinds & SENSE_view ? "view" : "change", value > 0 ? ".up" : value < 0 ? ".down" : ".flat");
    add_row(builder, cells, &term);
}

/* concept name aspect valence credit source */
static void take_concept(struct builder *builder, const struct cells *cells)
{
    struct sense_term term = {.kinds = SENSE_concept, .aspect = aspect_of(builder, cells, 2)};
    term.value = (int16_t)scaled(cells, 3);
    term.credit = (int16_t)(scaled(cells, 4) / 100);
    term.rule = rule_of(builder, cells->at[1], ".up");
    rule_of(builder, cells->at[1], ".down");
    rule_of(builder, cells->at[1], ".flat");
    add_row(builder, cells, &term);
}

/* word polarity aspect credit kind context source */
static void take_word(struct builder *builder, const struct cells *cells)
{
    struct sense_term term = {.kinds = SENSE_word, .aspect = aspect_of(builder, cells, 2), .flags = flags_of(cells, 5)};
    term.value = (int16_t)scaled(cells, 1);
    term.credit = (int16_t)(scaled(cells, 3) / 100);
    term.rule = rule_of(builder, cells->at[4], term.value > 0 ? ".good" : term.value < 0 ? ".bad" : ".none");
    add_row(builder, cells, &term);
}

static void take_aspect(struct builder *builder, const struct cells *cells)
{
    struct name name;
    memset(&name, 0, sizeof name);
    snprintf(name.text, sizeof name.text, "%s", cells->at[0]);
    VEC_PUSH(&builder->aspects, name);
}

static void read_table(struct builder *builder, const char *path, int columns, void (*take)(struct builder *, const struct cells *))
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, 0, error.message);
    struct cells cells = {.path = path};
    for (size_t at = 0; at < data.len;) {
        const char *newline = memchr(data.at + at, '\n', data.len - at);
        const size_t len = newline ? (size_t)(newline - data.at) - at : data.len - at;
        char line[512];
        if (len >= sizeof line)
            die(path, cells.line, "line too long");
        memcpy(line, data.at + at, len);
        line[len] = '\0';
        at += len + 1;
        if (!cells.line++)
            continue;
        cells.at[0] = line;
        cells.count = 1;
        for (char *tab = line; (tab = strchr(tab, '\t')) != NULL && cells.count < CELLS; cells.at[cells.count++] = ++tab)
            *tab = '\0';
        if (cells.count != columns)
            die(path, cells.line, "wrong number of columns");
        take(builder, &cells);
    }
    jwi_file_unmap(data);
}

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    for (uint32_t i = 0; i < a->len && i < b->len; i++)
        if (a->code[i] != b->code[i])
            return a->code[i] < b->code[i] ? -1 : 1;
    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    return a->term.kinds < b->term.kinds ? -1 : a->term.kinds > b->term.kinds;
}

static int same_word(const struct row *a, const struct row *b)
{
    return a->len == b->len && !memcmp(a->code, b->code, a->len * sizeof *a->code);
}

/* Of a word that is on several lists the concept's value counts, else the word's, else the operator's; kinds and flags join. */
static void merge_rows(struct builder *builder)
{
    size_t n = 0;
    for (size_t i = 0; i < builder->rows.len; i++) {
        const struct row *const row = &builder->rows.at[i];
        if (!n || !same_word(&builder->rows.at[n - 1], row)) {
            builder->rows.at[n++] = *row;
            continue;
        }
        struct row *const last = &builder->rows.at[n - 1];
        struct sense_term merged = last->term.kinds & SENSE_concept ? last->term : row->term;
        merged.kinds = last->term.kinds | row->term.kinds;
        merged.flags = last->term.flags | row->term.flags;
        merged.sign = (int8_t)(last->term.sign ? last->term.sign : row->term.sign);
        last->term = merged;
    }
    builder->rows.len = n;
}

static void add(struct buffer *out, const void *data, size_t len)
{
    jwi_buffer_add(out, data, len);
    jwi_buffer_align(out, 4);
}

/* Symbols in the order of the codes, in blocks; blocks without symbols share block 0. */
static uint32_t add_symbols(const struct builder *builder, uint16_t *symbol, struct buffer *out)
{
    static uint16_t stage[SENSES_STAGE];
    struct buffer blocks = {0};
    uint16_t last = 0;
    for (size_t i = 0; i < builder->rows.len; i++)
        for (uint32_t k = 0; k < builder->rows.at[i].len; k++) {
            if (builder->rows.at[i].code[k] >= SENSES_STAGE * SENSES_BLOCK)
                die("symbols", builder->rows.at[i].code[k], "character beyond the table");
            symbol[builder->rows.at[i].code[k]] = 1;
        }
    for (uint32_t code = 0; code < SENSES_STAGE * SENSES_BLOCK; code++)
        symbol[code] = symbol[code] ? ++last : 0;
    const uint16_t none[SENSES_BLOCK] = {0};
    jwi_buffer_add(&blocks, none, sizeof none);
    for (uint32_t i = 0; i < SENSES_STAGE; i++) {
        const uint16_t *const block = symbol + (size_t)i * SENSES_BLOCK;
        if (!memcmp(block, none, sizeof none))
            continue;
        stage[i] = (uint16_t)(blocks.len / sizeof none);
        jwi_buffer_add(&blocks, block, sizeof none);
    }
    const uint32_t count = (uint32_t)(blocks.len / sizeof none);
    add(out, stage, sizeof stage);
    add(out, blocks.at, blocks.len);
    jwi_buffer_free(&blocks);
    return count;
}

static uint32_t add_trie(const struct builder *builder, const uint16_t *symbol, struct buffer *out)
{
    VEC(uint16_t) symbols = {0};
    VEC(uint32_t) start = {0};
    for (size_t i = 0; i < builder->rows.len; i++) {
        VEC_PUSH(&start, (uint32_t)symbols.len);
        for (uint32_t k = 0; k < builder->rows.at[i].len; k++)
            VEC_PUSH(&symbols, symbol[builder->rows.at[i].code[k]]);
    }
    VEC_PUSH(&start, (uint32_t)symbols.len);
    const struct trie_keys keys = {symbols.at, start.at, (uint32_t)start.len - 1};
    struct trie_cell *cells;
    const uint32_t count = jwi_trie_build(&keys, &cells);
    if (!count)
        die("trie", 0, "out of memory");
    add(out, cells, count * sizeof *cells);
    free(cells);
    free(symbols.at);
    free(start.at);
    return count;
}

static uint32_t add_rules(const struct builder *builder, struct buffer *out)
{
    struct buffer names = {0};
    uint32_t at = 0;
    for (size_t i = 0; i < builder->rules.len; i++) {
        jwi_buffer_add(out, &at, sizeof at);
        jwi_buffer_add(&names, builder->rules.at[i].text, strlen(builder->rules.at[i].text));
        at = (uint32_t)names.len;
    }
    jwi_buffer_add(out, &at, sizeof at);
    add(out, names.at, names.len);
    jwi_buffer_free(&names);
    return at;
}

static struct buffer write_section(const struct builder *builder)
{
    static uint16_t symbol[SENSES_STAGE * SENSES_BLOCK];
    struct senses_header header = {.version = SENSES_VERSION, .term_count = (uint32_t)builder->rows.len,
                                   .rule_count = (uint32_t)builder->rules.len};
    struct buffer out = {0};
    add(&out, &header, sizeof header);
    header.block_count = add_symbols(builder, symbol, &out);
    header.cell_count = add_trie(builder, symbol, &out);
    for (size_t i = 0; i < builder->rows.len; i++)
        jwi_buffer_add(&out, &builder->rows.at[i].term, sizeof(struct sense_term));
    header.name_size = add_rules(builder, &out);
    memcpy(out.at, &header, sizeof header);
    return out;
}

int main(int argc, char **argv)
{
    static struct builder builder;
    jw_bytes norm;
    jw_error error;
    if (argc != 8 || strcmp(argv[1], "-o") != 0)
        die("usage: jinwen-pack-senses -o OUT NORM ASPECTS OPERATORS CONCEPTS LEXICON", 0, "");
    if (jwi_file_map(argv[3], &norm, &error) != JW_OK || jwi_norm_open(norm, &builder.norm, &error) != JW_OK)
        die(argv[3], 0, error.message);
    read_table(&builder, argv[4], 3, take_aspect);
    read_table(&builder, argv[5], 5, take_operator);
    read_table(&builder, argv[6], 6, take_concept);
    read_table(&builder, argv[7], 7, take_word);
    qsort(builder.rows.at, builder.rows.len, sizeof *builder.rows.at, compare_rows);
    merge_rows(&builder);
    struct buffer out = write_section(&builder);
    if (jwi_file_replace(argv[2], jwi_buffer_bytes(&out), &error) != JW_OK)
        die(argv[2], 0, error.message);
    jwi_buffer_free(&out);
    return 0;
}
