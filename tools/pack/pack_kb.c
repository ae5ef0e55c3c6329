/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack-kb -o OUT NORM TABLE...: section KBAS from kb_entities, kb_names, name_cues, not_names and name_roles of dict/entities and the counts
 * of dict/lexicon/general.tsv, told apart by their names.  Names become units with the tables of section NORM, so that what is packed is what a
 * text is read as.
 * Everything is sorted: the same tables give the same bytes.
 */
#include "base/file.h"
#include "base/utf8.h"
#include "common/bytes.h"
#include "common/vec.h"
#include "model/company_name.h"
#include "model/kb.h"
#include "model/norm_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 0x110000, NAME_MAX = 255, CELLS = 16, SLOTS = 1 << 17 };

/* A name in the making. */
struct row {
    uint32_t at, len; /* of codes */
    struct kb_link link;
};

struct builder {
    struct norm_table norm;
    uint32_t *fold; /* [CODES] symbol of a folded code, in the second step */
    VEC(uint32_t) codes;
    VEC(struct row) rows;
    VEC(struct kb_entity) entities;
    VEC(uint32_t) term_at;
    VEC(struct kb_term) terms;
    VEC(struct kb_ubn) ubns;
    struct buffer pool;
    VEC(uint32_t) pool_at; /* offsets of strings, by hash; open addressing */
    uint8_t *common;       /* [pool.len], by string: bin of its count in the word list */
};

/* One line of a table, cut at tabs. */
struct cells {
    jw_bytes at[CELLS];
    int count;
};

typedef void take_row(struct builder *builder, const struct cells *cells);

static void die(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    exit(5);
}

static int is_word(jw_bytes cell, const char *word)
{
    return cell.len == strlen(word) && memcmp(cell.at, word, cell.len) == 0;
}

static uint32_t number(jw_bytes cell)
{
    uint32_t n = 0;
    for (size_t i = 0; i < cell.len; i++)
        n = n * 10 + (uint32_t)(cell.at[i] - '0');
    return n;
}

/* Slot of the string, empty when the pool has no such string. */
static uint32_t slot_of(const struct builder *builder, jw_bytes string)
{
    uint32_t slot = 5381;
    for (size_t i = 0; i < string.len; i++)
        slot = slot * 33 + (unsigned char)string.at[i];
    for (slot %= SLOTS; builder->pool_at.at[slot]; slot = (slot + 1) % SLOTS) {
        const char *known = builder->pool.at + builder->pool_at.at[slot];
        if ((unsigned char)known[0] == string.len && memcmp(known + 1, string.at, string.len) == 0)
            break;
    }
    return slot;
}

/* Offset of the string in the pool; equal strings are stored once. */
static uint32_t intern(struct builder *builder, jw_bytes string)
{
    if (!builder->pool_at.len)
        for (uint32_t i = 0; i < SLOTS; i++)
            VEC_PUSH(&builder->pool_at, 0);
    if (!string.len)
        return 0;
    if (string.len > NAME_MAX)
        die("string too long", string.len, string.at);
    const uint32_t slot = slot_of(builder, string);
    if (builder->pool_at.at[slot])
        return builder->pool_at.at[slot];
    const unsigned char len = (unsigned char)string.len;
    const uint32_t at = builder->pool_at.at[slot] = (uint32_t)builder->pool.len;
    jwi_buffer_add(&builder->pool, &len, 1);
    jwi_buffer_add(&builder->pool, string.at, string.len);
    return at;
}

static uint32_t fold_code(uint32_t code)
{
    return code >= 'A' && code <= 'Z' ? code + 32 : code == 0x81fa ? 0x53f0 : code; /* 臺 is 台 */
}

static void add_row(struct builder *builder, jw_bytes name, struct kb_link link)
{
    uint32_t code[NAME_MAX + 1], at[NAME_MAX + 1];
    uint8_t cls[NAME_MAX + 1];
    struct norm_units units = {code, cls, at, 0};
    if (!name.len || name.len > NAME_MAX)
        return;
    jwi_norm_scan(&builder->norm, name.at, 0, (uint32_t)name.len, &units);
    const struct row row = {(uint32_t)builder->codes.len, units.len, link};
    for (uint32_t i = 0; i < units.len; i++)
        VEC_PUSH(&builder->codes, fold_code(code[i]));
    VEC_PUSH(&builder->rows, row);
}

static uint32_t type_of(jw_bytes cell)
{
    static const char *const name[] = {
#define KB_TYPE(type) #type,
        KB_TYPES(KB_TYPE)
#undef KB_TYPE
    };
    for (uint32_t i = 0; i < KB_TYPE_COUNT; i++)
        if (is_word(cell, name[i]))
            return i;
    die("kb_entities.tsv: unknown type", 0, cell.at);
    return 0;
}

static int find_entity(const struct builder *builder, jw_bytes eid, uint32_t *ret)
{
    size_t low = 0, high = builder->entities.len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const char *other = builder->pool.at + builder->entities.at[middle].eid;
        const int order = memcmp(other + 1, eid.at, eid.len < 9 ? eid.len : 9);
        if (order == 0) {
            *ret = (uint32_t)middle;
            return 1;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static uint32_t symbol_string(struct builder *builder, jw_bytes code, jw_bytes mic)
{
    static const char *const suffix[][2] = {{"XTAI", ".TW"}, {"ROCO", ".TWO"}, {"XHKG", ".HK"}};
    char symbol[32];
    for (size_t i = 0; i < 3; i++)
        if (is_word(mic, suffix[i][0])) {
            const int len =
                snprintf(symbol, sizeof symbol, "%.*s%s", (int)code.len, code.at, suffix[i][1]);
            const jw_bytes string = {symbol, (size_t)len};
            return intern(builder, string);
        }
    return 0;
}

/* eid type name code mic isin ubn industry country since until parent; rows are sorted by eid, so parents are bound afterwards. */
static void take_entity(struct builder *builder, const struct cells *cells)
{
    const jw_bytes *cell = cells->at;
    const struct kb_entity entity = {.eid = intern(builder, cell[0]),
                                     .name = intern(builder, cell[2]),
                                     .code = intern(builder, cell[3]),
                                     .mic = intern(builder, cell[4]),
                                     .isin = intern(builder, cell[5]),
                                     .ubn = intern(builder, cell[6]),
                                     .industry = intern(builder, cell[7]),
                                     .country = intern(builder, cell[8]),
                                     .since = number(cell[9]),
                                     .until = number(cell[10]),
                                     .parent = intern(builder, cell[11]),
                                     .type = type_of(cell[1]),
                                     .symbol = symbol_string(builder, cell[3], cell[4])};
    if (cell[6].len) {
        const struct kb_ubn ubn = {number(cell[6]), (uint32_t)builder->entities.len};
        VEC_PUSH(&builder->ubns, ubn);
    }
    VEC_PUSH(&builder->entities, entity);
}

static int compare_ubns(const void *a, const void *b)
{
    const struct kb_ubn *one = a, *two = b;
    return one->number < two->number ? -1 : one->number > two->number;
}

static void bind_parents(struct builder *builder)
{
    for (size_t i = 0; i < builder->entities.len; i++) {
        struct kb_entity *entity = &builder->entities.at[i];
        const jw_bytes eid = {builder->pool.at + entity->parent + 1,
                              (unsigned char)builder->pool.at[entity->parent]};
        if (!eid.len)
            entity->parent = JW_NONE;
        else if (!find_entity(builder, eid, &entity->parent))
            die("kb_entities.tsv: unknown parent", i + 2, eid.at);
    }
}

static uint8_t kind_of(jw_bytes cell)
{
    static const char *const name[] = {"full", "short", "english", "nick", "code"};
    for (uint8_t i = 0; i < 5; i++)
        if (is_word(cell, name[i]))
            return i;
    die("kb_names.tsv: unknown kind", 0, cell.at);
    return 0;
}

static uint8_t flags_of(jw_bytes cell)
{
    static const char letter[] = "wxadnq";
    uint32_t flags = 0;
    for (size_t i = 0; i < cell.len; i++) {
        const char *at = memchr(letter, cell.at[i], sizeof letter - 1);
        if (!at)
            die("kb_names.tsv: unknown flag", 0, cell.at);
        flags |= 1u << (at - letter);
    }
    return (uint8_t)flags;
}

/* name eid kind flags rank since until */
static void take_name(struct builder *builder, const struct cells *cells)
{
    const jw_bytes *cell = cells->at;
    struct kb_link link = {.text = intern(builder, cell[0]),
                           .kind = kind_of(cell[2]),
                           .flags = flags_of(cell[3]),
                           .rank = (uint8_t)number(cell[4])};
    if (!find_entity(builder, cell[1], &link.target))
        die("kb_names.tsv: unknown entity", 0, cell[1].at);
    add_row(builder, cell[0], link);
    if (link.kind == KB_SHORT && (cell[5].len || cell[6].len)) {
        const struct kb_term term = {link.text, number(cell[5]), number(cell[6])};
        VEC_PUSH(&builder->terms, term);
        VEC_PUSH(&builder->term_at, link.target);
    }
}

static void take_cue(struct builder *builder, const struct cells *cells)
{
    const jw_bytes *cell = cells->at;
    const struct kb_link link = {
        .kind = KB_CUE, .target = number(cell[1]) | number(cell[2]) << 8 | number(cell[3]) << 16};
    add_row(builder, cell[0], link);
}

static void take_block(struct builder *builder, const struct cells *cells)
{
    const struct kb_link link = {.kind = KB_HIDE};
    add_row(builder, cells->at[0], link);
}

static void take_role(struct builder *builder, const struct cells *cells)
{
    static const char *const name[KB_ROLE_COUNT] = {
        "subject", "self", "company", "parent", "define", "ubn", "title", "legal", "word", "other",
        "crown",   "child", "trade", "given", "firm", "rank", "says"};
    struct kb_link link = {.kind = KB_ROLE};
    while (link.target < KB_ROLE_COUNT && !is_word(cells->at[1], name[link.target]))
        link.target++;
    if (link.target == KB_ROLE_COUNT)
        die("name_roles.tsv: unknown role", 0, cells->at[1].at);
    add_row(builder, cells->at[0], link);
}

static void take_title(struct builder *builder, const struct cells *cells)
{
    const struct kb_link link = {.kind = KB_ROLE, .target = KB_ROLE_RANK};
    add_row(builder, cells->at[0], link);
}

/* form count: how common a name is as a word. */
static void take_count(struct builder *builder, const struct cells *cells)
{
    if (!builder->common)
        builder->common = calloc(builder->pool.len, sizeof *builder->common);
    if (!builder->common)
        die("general.tsv", 0, "out of memory");
    const uint32_t at = builder->pool_at.at[slot_of(builder, cells->at[0])];
    for (uint32_t count = at ? number(cells->at[1]) : 0; count; count >>= 1)
        builder->common[at]++;
}

static const struct {
    const char *name;
    int columns;
    take_row *take;
} tables[] = {{"kb_entities", 12, take_entity},
              {"kb_names", 7, take_name},
              {"name_cues", 4, take_cue},
              {"not_names", 1, take_block},
              {"name_roles", 2, take_role},
              {"titles", 3, take_title},
              {"general", 2, take_count}};

static void cut_line(const char *line, size_t len, struct cells *ret)
{
    ret->count = 0;
    for (const char *end = line + len; ret->count < CELLS; line++) {
        const char *tab = memchr(line, '\t', (size_t)(end - line));
        const jw_bytes cell = {line, (size_t)((tab ? tab : end) - line)};
        ret->at[ret->count++] = cell;
        if (!tab)
            return;
        line = tab;
    }
}

static void read_table(struct builder *builder, const char *path, size_t which)
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, 0, error.message);
    size_t row = 1;
    for (size_t at = 0; at < data.len; row++) {
        const char *newline = memchr(data.at + at, '\n', data.len - at);
        const size_t len = newline ? (size_t)(newline - data.at) - at : data.len - at;
        struct cells cells;
        cut_line(data.at + at, len, &cells);
        if (cells.count != tables[which].columns)
            die(path, row, "wrong number of columns");
        if (row > 1)
            tables[which].take(builder, &cells);
        at += len + 1;
    }
    jwi_file_unmap(data);
}

/* Tables are read in the order of `tables`, whatever the order they are given in. */
static void read_tables(struct builder *builder, char **paths, int count)
{
    for (size_t which = 0; which < sizeof tables / sizeof *tables; which++) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            const char *slash = strrchr(paths[i], '/');
            const char *base = slash ? slash + 1 : paths[i];
            const size_t len = strlen(tables[which].name);
            if (strncmp(base, tables[which].name, len) == 0 && strcmp(base + len, ".tsv") == 0) {
                read_table(builder, paths[i], which);
                found = 1;
            }
        }
        if (!found)
            die(tables[which].name, 0, "table not given");
    }
    bind_parents(builder);
}

/* qsort has no context argument: rows are sorted through pointers to their codes. */
struct sorted {
    const uint32_t *codes;
    uint32_t len, row;
};

static int compare(const void *a, const void *b)
{
    const struct sorted *one = a, *two = b;
    for (uint32_t i = 0; i < one->len && i < two->len; i++)
        if (one->codes[i] != two->codes[i])
            return one->codes[i] < two->codes[i] ? -1 : 1;
    if (one->len != two->len)
        return one->len < two->len ? -1 : 1;
    return one->row < two->row ? -1 : one->row > two->row;
}

static int same_codes(const struct sorted *one, const struct sorted *two)
{
    return one->len == two->len &&
           memcmp(one->codes, two->codes, one->len * sizeof *one->codes) == 0;
}

/* Symbols in the order of the codes; returns how many, 0 being "in no name". */
static uint32_t number_symbols(struct builder *builder, const struct sorted *sorted, size_t n)
{
    uint32_t last = 0;
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < sorted[i].len; k++)
            builder->fold[sorted[i].codes[k]] = 1;
    for (uint32_t code = 0; code < CODES; code++)
        if (builder->fold[code])
            builder->fold[code] = ++last;
    for (uint32_t code = 0; code < CODES; code++)
        if (fold_code(code) != code)
            builder->fold[code] = builder->fold[fold_code(code)];
    if (last >= 0xffff)
        die("too many characters", last, "");
    return last + 1;
}

static void add(struct buffer *out, const void *data, size_t len)
{
    jwi_buffer_add(out, data, len);
    jwi_buffer_align(out, 4);
}

/* Stage and symbol tables: blocks without symbols share block 0. */
static uint32_t add_symbols(const struct builder *builder, struct buffer *out)
{
    VEC(uint16_t) blocks = {0};
    uint16_t stage[KB_STAGE];
    for (uint32_t i = 0; i < KB_BLOCK; i++)
        VEC_PUSH(&blocks, 0);
    for (uint32_t i = 0; i < KB_STAGE; i++) {
        int used = 0;
        for (uint32_t k = 0; k < KB_BLOCK; k++)
            used |= builder->fold[i * KB_BLOCK + k] != 0;
        stage[i] = used ? (uint16_t)(blocks.len / KB_BLOCK) : 0;
        for (uint32_t k = 0; used && k < KB_BLOCK; k++)
            VEC_PUSH(&blocks, (uint16_t)builder->fold[i * KB_BLOCK + k]);
    }
    add(out, stage, sizeof stage);
    add(out, blocks.at, blocks.len * sizeof *blocks.at);
    free(blocks.at);
    return (uint32_t)(blocks.len / KB_BLOCK);
}

/* Names valid for a time, by entity. */
static void add_terms(const struct builder *builder, struct buffer *out)
{
    const size_t n = builder->entities.len;
    struct buffer at = {0}, terms = {0};
    uint32_t count = 0;
    for (size_t entity = 0; entity <= n; entity++) {
        jwi_buffer_add(&at, &count, sizeof count);
        for (size_t i = 0; entity < n && i < builder->terms.len; i++)
            if (builder->term_at.at[i] == entity) {
                jwi_buffer_add(&terms, &builder->terms.at[i], sizeof *builder->terms.at);
                count++;
            }
    }
    add(out, at.at, at.len);
    add(out, terms.at, terms.len);
    jwi_buffer_free(&at);
    jwi_buffer_free(&terms);
}

static uint32_t add_trie(const struct builder *builder, const struct sorted *sorted, size_t n,
                         struct buffer *out)
{
    VEC(uint16_t) symbols = {0};
    VEC(uint32_t) start = {0};
    for (size_t i = 0; i < n; i++) {
        if (i && same_codes(&sorted[i - 1], &sorted[i]))
            continue;
        VEC_PUSH(&start, (uint32_t)symbols.len);
        for (uint32_t k = 0; k < sorted[i].len; k++)
            VEC_PUSH(&symbols, (uint16_t)builder->fold[sorted[i].codes[k]]);
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

static uint32_t add_links(const struct builder *builder, const struct sorted *sorted, size_t n,
                          struct buffer *out)
{
    struct buffer at = {0}, links = {0};
    uint32_t count = 0, names = 0;
    for (size_t i = 0; i < n; i++, count++) {
        if (!i || !same_codes(&sorted[i - 1], &sorted[i])) {
            jwi_buffer_add(&at, &count, sizeof count);
            names++;
        }
        struct kb_link link = builder->rows.at[sorted[i].row].link;
        link.common = link.flags & (KB_WORD | KB_NOUN) ? builder->common[link.text] : 0;
        jwi_buffer_add(&links, &link, sizeof link);
    }
    jwi_buffer_add(&at, &count, sizeof count);
    add(out, at.at, at.len);
    add(out, links.at, links.len);
    jwi_buffer_free(&at);
    jwi_buffer_free(&links);
    return names;
}

/* A name by which a company, a place or a person may be spoken of. */
static int is_masked(const struct builder *builder, const struct kb_link *link)
{
    const uint32_t type = link->kind <= KB_NICK ? builder->entities.at[link->target].type : KB_TYPE_COUNT;
    return company_is_link(link, type) || type == KB_LOC || type == KB_PER;
}

/* Whether the name has such a link; `i` is its first row. */
static int is_name(const struct builder *builder, const struct sorted *sorted, size_t n, size_t i)
{
    for (size_t k = i; k < n && same_codes(&sorted[i], &sorted[k]); k++)
        if (is_masked(builder, &builder->rows.at[sorted[k].row].link))
            return 1;
    return 0;
}

/* How names begin that jwi_company_at, jwi_place_end and jwi_person_end may find. */
static void add_pairs(const struct builder *builder, const struct sorted *sorted, size_t n, struct buffer *out)
{
    uint8_t pairs[KB_PAIRS] = {0};
    for (size_t i = 0; i < n; i++) {
        if ((i && same_codes(&sorted[i - 1], &sorted[i])) || sorted[i].len < 2 || !is_name(builder, sorted, n, i))
            continue;
        const uint32_t *codes = sorted[i].codes;
        const uint32_t pair = kb_pair((uint16_t)builder->fold[codes[0]], (uint16_t)builder->fold[codes[1]]);
        pairs[pair >> 3] |= (uint8_t)(1u << (pair & 7));
    }
    add(out, pairs, sizeof pairs);
}

static struct buffer write_section(struct builder *builder)
{
    const size_t n = builder->rows.len;
    struct sorted *sorted = malloc(n * sizeof *sorted);
    struct buffer out = {0};
    if (!sorted)
        die("rows", n, "out of memory");
    for (size_t i = 0; i < n; i++) {
        const struct sorted one = {builder->codes.at + builder->rows.at[i].at,
                                   builder->rows.at[i].len, (uint32_t)i};
        sorted[i] = one;
    }
    qsort(sorted, n, sizeof *sorted, compare);
    struct kb_header header = {.version = KB_VERSION,
                               .entity_count = (uint32_t)builder->entities.len,
                               .term_count = (uint32_t)builder->terms.len,
                               .link_count = (uint32_t)n,
                               .ubn_count = (uint32_t)builder->ubns.len,
                               .pool_len = (uint32_t)builder->pool.len};
    header.symbol_count = number_symbols(builder, sorted, n);
    add(&out, &header, sizeof header);
    header.block_count = add_symbols(builder, &out);
    add_pairs(builder, sorted, n, &out);
    header.cell_count = add_trie(builder, sorted, n, &out);
    header.name_count = add_links(builder, sorted, n, &out);
    add(&out, builder->entities.at, builder->entities.len * sizeof *builder->entities.at);
    add_terms(builder, &out);
    qsort(builder->ubns.at, builder->ubns.len, sizeof *builder->ubns.at, compare_ubns);
    add(&out, builder->ubns.at, builder->ubns.len * sizeof *builder->ubns.at);
    add(&out, builder->pool.at, builder->pool.len);
    memcpy(out.at, &header, sizeof header);
    free(sorted);
    return out;
}

int main(int argc, char **argv)
{
    static struct builder builder;
    const char empty = 0;
    jw_bytes norm;
    jw_error error;
    if (argc < 5 || strcmp(argv[1], "-o") != 0)
        die("usage: jinwen-pack-kb -o OUT NORM TABLE...", 0, "");
    if (jwi_file_map(argv[3], &norm, &error) != JW_OK ||
        jwi_norm_open(norm, &builder.norm, &error) != JW_OK)
        die(argv[3], 0, error.message);
    jwi_buffer_add(&builder.pool, &empty, 1);
    builder.fold = calloc(CODES, sizeof *builder.fold);
    if (!builder.fold)
        die("symbols", 0, "out of memory");
    read_tables(&builder, argv + 4, argc - 4);
    struct buffer out = write_section(&builder);
    if (jwi_file_replace(argv[2], jwi_buffer_bytes(&out), &error) != JW_OK)
        die(argv[2], 0, error.message);
    jwi_buffer_free(&out);
    return 0;
}
