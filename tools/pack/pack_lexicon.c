/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack-lexicon -o OUT NORM TABLE...: section LEXI from tables of dict/, told apart by their
 * names. Forms are normalised as text is.  Method: rows of all tables, sorted by symbols, equal
 * forms merged; then the trie.  Symbols are given by falling use, so that frequent characters have
 * small ones and the trie packs well.
 */
#include "base/file.h"
#include "common/bytes.h"
#include "common/vec.h"
#include "model/lexicon.h"
#include "model/lexicon_format.h"
#include "model/norm_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which column of which table holds forms of which class; `kind`, when given, is what column "kind"
 * or "type" must hold. */
struct source {
    const char *table, *column, *kind;
    unsigned classes;
};

static const struct source sources[] = {
    {"general", "form", NULL, LEXICON_GENERAL},
    {"input", "form", NULL, LEXICON_INPUT},
    {"dictionary", "form", "name", LEXICON_NAME},
    {"dictionary", "form", "word", LEXICON_DICTIONARY},
    {"title", "form", NULL, LEXICON_TITLE},
    {"foreign", "form", NULL, LEXICON_FOREIGN},
    {"term", "form", "idiom", LEXICON_IDIOM},
    {"term", "form", "law", LEXICON_TERM},
    {"term", "form", "finance", LEXICON_TERM},
    {"cantonese", "form", NULL, LEXICON_CANTONESE},
    {"places", "name", NULL, LEXICON_PLACE},
    {"cities", "name", NULL, LEXICON_PLACE},
    {"territories", "name", NULL, LEXICON_PLACE},
    {"counties", "name", NULL, LEXICON_PLACE},
    {"counties", "aliases", NULL, LEXICON_PLACE},
    {"districts", "district", NULL, LEXICON_PLACE},
    {"companies", "plain", NULL, LEXICON_COMPANY},
    {"emerging", "plain", NULL, LEXICON_COMPANY},
    {"renames", "short", NULL, LEXICON_COMPANY},
    {"foreign_companies", "name", NULL, LEXICON_COMPANY},
    {"foreign_companies", "aliases", NULL, LEXICON_COMPANY},
    {"aliases", "alias", "ORG", LEXICON_COMPANY},
    {"aliases", "alias", "INDEX", LEXICON_INSTITUTION},
    {"institutions", "name", NULL, LEXICON_INSTITUTION},
    {"institutions", "aliases", NULL, LEXICON_INSTITUTION},
    {"indices", "name", NULL, LEXICON_INSTITUTION},
    {"indices", "aliases", NULL, LEXICON_INSTITUTION},
    {"securities", "name", "etf", LEXICON_SECURITY},
    {"account_items", "name", NULL, LEXICON_TERM},
    {"commodities", "name", NULL, LEXICON_TERM},
    {"commodities", "aliases", NULL, LEXICON_TERM},
    {"currency_names", "name", NULL, LEXICON_TERM},
    {"event_terms", "term", NULL, LEXICON_TERM},
    {"forum_slang", "term", NULL, LEXICON_SLANG},
    {"remi", "word", NULL, LEXICON_SENTIMENT},
};

static const char *const upos_names[] = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                         "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                         "PUNCT", "SCONJ", "SYM", "VERB", "X"};

enum { MAX_COLUMNS = 16, MAX_CELL = 4096 };

struct cell {
    const char *at, *end;
};

struct table {
    const char *path;
    char name[64]; /* of the file, without folder, part number and extension */
    jw_bytes data;
    struct cell header[MAX_COLUMNS];
    uint32_t columns;
};

/* A form under way: codes[start .. start + len). */
struct row {
    uint32_t start, len;
    struct lexicon_entry entry;
};

struct builder {
    struct norm_table norm;
    VEC(uint32_t) codes;
    VEC(struct row) rows;
    struct lexicon_char chars[0x20000]; /* by code */
    uint32_t uses[0x110000];
    uint16_t symbol[0x110000];
    uint32_t symbol_count;
};

static void die(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(5);
}

static jw_bytes map(const char *path)
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, error.message);
    return data;
}

static uint32_t split(const char *at, const char *end, char separator, struct cell *ret,
                      uint32_t cap)
{
    uint32_t n = 0;
    while (n < cap) {
        const char *stop = memchr(at, separator, (size_t)(end - at));
        ret[n].at = at;
        ret[n++].end = stop ? stop : end;
        if (!stop)
            break;
        at = stop + 1;
    }
    return n;
}

static int is_text(struct cell cell, const char *text)
{
    const size_t len = strlen(text);
    return (size_t)(cell.end - cell.at) == len && memcmp(cell.at, text, len) == 0;
}

/* True when one of the parts between semicolons is the text. */
static int has_part(struct cell cell, const char *text)
{
    struct cell parts[32];
    const uint32_t n = split(cell.at, cell.end, ';', parts, 32);
    for (uint32_t i = 0; i < n; i++)
        if (is_text(parts[i], text))
            return 1;
    return 0;
}

static uint32_t column(const struct table *table, const char *name)
{
    for (uint32_t i = 0; i < table->columns; i++)
        if (is_text(table->header[i], name))
            return i;
    return JW_NONE;
}

static unsigned long number(const struct table *table, const struct cell *cells, const char *name)
{
    const uint32_t at = column(table, name);
    return at == JW_NONE ? 0 : strtoul(cells[at].at, NULL, 10);
}

static uint8_t log2_bin(unsigned long count)
{
    uint8_t bin = 0;
    for (; count; count >>= 1)
        bin++;
    return bin;
}

/* 0 never, 1 below 6, 2 below 36, 3 below 216, 4 more. */
static uint8_t char_bin(unsigned long count)
{
    uint8_t bin = 0;
    for (; count && bin < LEXICON_BIN_MAX; count /= 6)
        bin++;
    return bin;
}

static void open_table(struct table *ret, const char *path)
{
    const char *slash = strrchr(path, '/');
    ret->path = path;
    snprintf(ret->name, sizeof ret->name, "%s", slash ? slash + 1 : path);
    ret->name[strcspn(ret->name, ".-")] = '\0';
    ret->data = map(path);
    const char *end = memchr(ret->data.at, '\n', ret->data.len);
    if (!end)
        die(path, "no header line");
    ret->columns = split(ret->data.at, end, '\t', ret->header, MAX_COLUMNS);
}

static uint32_t upos_bits(const struct table *table, const struct cell *cells)
{
    const uint32_t at = column(table, "upos");
    uint32_t bits = 0;
    for (uint32_t i = 0; at != JW_NONE && i < sizeof upos_names / sizeof upos_names[0]; i++)
        bits |= (uint32_t)has_part(cells[at], upos_names[i]) << i;
    return bits;
}

/* Appends a form unless it has blanks, no Chinese character, or is too long. */
static void add_form(struct builder *builder, struct cell cell, const struct lexicon_entry *entry)
{
    const uint32_t len = (uint32_t)(cell.end - cell.at);
    if (!len || len > 4 * LEXICON_FORM_MAX)
        return;
    uint32_t code[4 * LEXICON_FORM_MAX], at[4 * LEXICON_FORM_MAX + 1], han = 0;
    uint8_t cls[4 * LEXICON_FORM_MAX];
    struct norm_units units = {code, cls, at, 0};
    jwi_norm_scan(&builder->norm, cell.at, 0, len, &units);
    for (uint32_t i = 0; i < units.len; i++) {
        if (cls[i] == UNIT_SPACE)
            return;
        han += cls[i] == UNIT_HAN;
    }
    if (!han || units.len > LEXICON_FORM_MAX)
        return;
    const struct row row = {(uint32_t)builder->codes.len, units.len, *entry};
    for (uint32_t i = 0; i < units.len; i++)
        VEC_PUSH(&builder->codes, code[i]);
    VEC_PUSH(&builder->rows, row);
}

static int is_kind(const struct table *table, const struct cell *cells, const char *kind)
{
    const uint32_t at = column(table, "kind"), other = column(table, "type");
    if (!kind)
        return 1;
    return (at != JW_NONE && has_part(cells[at], kind)) ||
           (other != JW_NONE && is_text(cells[other], kind));
}

static void add_row(struct builder *builder, const struct table *table, const struct cell *cells)
{
    const uint8_t bin = log2_bin(number(table, cells, "count"));
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        const struct source *source = &sources[i];
        if (strcmp(source->table, table->name) != 0 || !is_kind(table, cells, source->kind))
            continue;
        const int is_counted = source->classes == LEXICON_GENERAL;
        const struct lexicon_entry entry = {(uint16_t)source->classes, is_counted ? bin : 0, 0,
                                            upos_bits(table, cells)};
        struct cell parts[64];
        const uint32_t at = column(table, source->column);
        if (at == JW_NONE)
            die(table->path, "a column is missing");
        const uint32_t n = split(cells[at].at, cells[at].end, ';', parts, 64);
        for (uint32_t part = 0; part < n; part++)
            add_form(builder, parts[part], &entry);
    }
}

static struct lexicon_char *char_at(struct builder *builder, struct cell cell)
{
    struct norm_units units = {(uint32_t[8]){0}, (uint8_t[8]){0}, (uint32_t[9]){0}, 0};
    if (cell.end - cell.at > 4)
        return NULL;
    jwi_norm_scan(&builder->norm, cell.at, 0, (uint32_t)(cell.end - cell.at), &units);
    return units.len == 1 && units.code[0] < 0x20000 ? &builder->chars[units.code[0]] : NULL;
}

static uint8_t larger(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

/* Tables of characters: surnames, given names, transliterations. */
static void add_char(struct builder *builder, const struct table *table, const struct cell *cells)
{
    struct lexicon_char *found = char_at(builder, cells[0]);
    if (!found)
        return;
    const uint8_t bin = char_bin(number(table, cells, "count"));
    if (strcmp(table->name, "surnames") == 0)
        found->surname = larger(found->surname, bin);
    else if (strcmp(table->name, "surname_shares") == 0)
        found->surname = larger(found->surname, 1);
    else if (strncmp(table->name, "translit", 8) == 0)
        found->foreign = larger(found->foreign, bin);
    else if (strcmp(table->name, "given_chars") == 0) {
        found->given_first = char_bin(number(table, cells, "first"));
        found->given_second = char_bin(number(table, cells, "second"));
    }
}

static void read_table(struct builder *builder, const char *path)
{
    struct table table;
    open_table(&table, path);
    const char *end = table.data.at + table.data.len,
               *at = memchr(table.data.at, '\n', table.data.len);
    while (at && ++at < end) {
        struct cell cells[MAX_COLUMNS] = {{0}};
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop || split(at, stop, '\t', cells, MAX_COLUMNS) != table.columns)
            die(path, "a row has not the columns of the header");
        add_row(builder, &table, cells);
        add_char(builder, &table, cells);
        at = stop;
    }
    jwi_file_unmap(table.data);
}

struct use {
    uint32_t count, code;
};

/* By falling count, then by code. */
static int by_use(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->code < y->code ? -1 : x->code > y->code;
}

static void give_symbols(struct builder *builder)
{
    VEC(struct use) used = {NULL, 0, 0};
    for (size_t i = 0; i < builder->codes.len; i++)
        builder->uses[builder->codes.at[i]]++;
    for (uint32_t code = 0; code < 0x110000; code++) {
        const struct use use = {builder->uses[code], code};
        if (use.count)
            VEC_PUSH(&used, use);
    }
    if (used.len >= UINT16_MAX)
        die("lexicon", "too many characters");
    qsort(used.at, used.len, sizeof *used.at, by_use);
    for (uint32_t i = 0; i < used.len; i++)
        builder->symbol[used.at[i].code] = (uint16_t)(i + 1);
    builder->symbol_count = (uint32_t)used.len + 1;
    free(used.at);
}

/* A row as the trie sees it. */
struct form {
    const uint16_t *symbols;
    uint32_t len;
    struct lexicon_entry entry;
};

static int by_symbols(const void *a, const void *b)
{
    const struct form *x = a, *y = b;
    const uint32_t shorter = x->len < y->len ? x->len : y->len;
    for (uint32_t i = 0; i < shorter; i++)
        if (x->symbols[i] != y->symbols[i])
            return x->symbols[i] < y->symbols[i] ? -1 : 1;
    return x->len < y->len ? -1 : x->len > y->len;
}

static void merge(struct lexicon_entry *into, const struct lexicon_entry *from)
{
    into->classes |= from->classes;
    into->frequency = larger(into->frequency, from->frequency);
    into->upos |= from->upos;
}

struct forms {
    uint16_t *symbols;
    struct form *at;
    uint32_t len;
};

/* Sorted forms, equal ones merged. */
static struct forms sort_forms(const struct builder *builder)
{
    struct forms forms = {malloc(builder->codes.len * sizeof(uint16_t) + 1),
                          malloc(builder->rows.len * sizeof(struct form) + 1), 0};
    if (!forms.symbols || !forms.at)
        die("lexicon", "out of memory");
    for (size_t i = 0; i < builder->codes.len; i++)
        forms.symbols[i] = builder->symbol[builder->codes.at[i]];
    for (size_t i = 0; i < builder->rows.len; i++) {
        const struct row *row = &builder->rows.at[i];
        const struct form form = {forms.symbols + row->start, row->len, row->entry};
        forms.at[i] = form;
    }
    qsort(forms.at, builder->rows.len, sizeof *forms.at, by_symbols);
    for (size_t i = 0; i < builder->rows.len; i++)
        if (forms.len && by_symbols(&forms.at[forms.len - 1], &forms.at[i]) == 0)
            merge(&forms.at[forms.len - 1].entry, &forms.at[i].entry);
        else
            forms.at[forms.len++] = forms.at[i];
    return forms;
}

static uint32_t build_trie(const struct forms *forms, struct trie_cell **ret)
{
    VEC(uint16_t) symbols = {NULL, 0, 0};
    VEC(uint32_t) start = {NULL, 0, 0};
    for (uint32_t i = 0; i < forms->len; i++) {
        VEC_PUSH(&start, (uint32_t)symbols.len);
        for (uint32_t j = 0; j < forms->at[i].len; j++)
            VEC_PUSH(&symbols, forms->at[i].symbols[j]);
    }
    VEC_PUSH(&start, (uint32_t)symbols.len);
    const struct trie_keys keys = {symbols.at, start.at, forms->len};
    const uint32_t cells = jwi_trie_build(&keys, ret);
    if (!cells)
        die("lexicon", "out of memory");
    free(symbols.at);
    free(start.at);
    return cells;
}

static void add_array(struct buffer *out, const void *data, size_t len)
{
    jwi_buffer_add(out, data, len);
    jwi_buffer_align(out, 8);
}

/* Two-stage table of symbols: block 0 is all zero. */
static uint32_t add_symbols(const struct builder *builder, struct buffer *out)
{
    static const uint16_t none[LEXICON_BLOCK];
    uint16_t stage[LEXICON_STAGE];
    struct buffer blocks = {0};
    uint32_t count = 1;
    jwi_buffer_add(&blocks, none, sizeof none);
    for (uint32_t i = 0; i < LEXICON_STAGE; i++) {
        const uint16_t *block = builder->symbol + (size_t)i * LEXICON_BLOCK;
        const int is_empty = memcmp(block, none, sizeof none) == 0;
        stage[i] = is_empty ? 0 : (uint16_t)count++;
        if (!is_empty)
            jwi_buffer_add(&blocks, block, sizeof none);
    }
    add_array(out, stage, sizeof stage);
    add_array(out, blocks.at, blocks.len);
    jwi_buffer_free(&blocks);
    return count;
}

static void add_chars(const struct builder *builder, struct buffer *out)
{
    struct lexicon_char *chars = calloc(builder->symbol_count, sizeof *chars);
    if (!chars)
        die("lexicon", "out of memory");
    for (uint32_t code = 0; code < 0x20000; code++)
        if (builder->symbol[code])
            chars[builder->symbol[code]] = builder->chars[code];
    add_array(out, chars, builder->symbol_count * sizeof *chars);
    free(chars);
}

static void write_section(const struct builder *builder, const char *path)
{
    const struct forms forms = sort_forms(builder);
    struct trie_cell *cells;
    struct buffer out = {0};
    struct lexicon_header header = {
        LEXICON_VERSION, 0, builder->symbol_count, forms.len, build_trie(&forms, &cells), {0}};
    jwi_buffer_add(&out, &header, sizeof header);
    header.block_count = add_symbols(builder, &out);
    add_chars(builder, &out);
    for (uint32_t i = 0; i < forms.len; i++)
        jwi_buffer_add(&out, &forms.at[i].entry, sizeof forms.at[i].entry);
    jwi_buffer_align(&out, 8);
    add_array(&out, cells, header.cell_count * sizeof *cells);
    memcpy(out.at, &header, sizeof header);
    jw_error error;
    if (jwi_file_replace(path, jwi_buffer_bytes(&out), &error) != JW_OK)
        die(path, error.message);
    printf("lexicon: %u forms, %u characters, %u trie cells, %zu bytes\n", forms.len,
           builder->symbol_count - 1, header.cell_count, out.len);
    free(forms.symbols);
    free(forms.at);
    free(cells);
    jwi_buffer_free(&out);
}

int main(int argc, char **argv)
{
    if (argc < 5 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: jinwen-pack-lexicon -o OUT NORM TABLE...\n");
        return 2;
    }
    struct builder *builder = calloc(1, sizeof *builder);
    if (!builder)
        die("lexicon", "out of memory");
    const jw_bytes norm = map(argv[3]);
    jw_error error;
    if (jwi_norm_open(norm, &builder->norm, &error) != JW_OK)
        die(argv[3], error.message);
    for (int i = 4; i < argc; i++)
        read_table(builder, argv[i]);
    give_symbols(builder);
    write_section(builder, argv[2]);
    free(builder->codes.at);
    free(builder->rows.at);
    free(builder);
    jwi_file_unmap(norm);
    return 0;
}
