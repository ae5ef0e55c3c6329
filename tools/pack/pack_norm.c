/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack-norm -o OUT TABLE...: section NORM from the tables of dict/norm, told apart by their names, and utf8proc.
 * Folded: width, font, vertical and small forms, Kangxi radicals, compatibility ideographs, shapes of one character that no Taiwan writer
 * tells apart.  Not folded: 台 臺 and other pairs that lexicons hold side by side (folding these two moved words F1 by 0.00 on the
 * treebank's dev file and on finance lines), numerals such as ① and ², anything that would become
 * longer.  The installed utf8proc is asked here only, so the library depends on no Unicode version but the model's.
 */
#include "base/file.h"
#include "base/utf8.h"
#include "common/bytes.h"
#include "common/vec.h"
#include "model/norm_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { CODES = 0x110000, WORD = 64 };

struct phrase {
    uint32_t from[WORD], to[WORD], len;
};

struct builder {
    uint32_t fold[CODES];    /* safe variants, applied to every text */
    uint32_t variant[CODES]; /* Taiwan's forms, applied to what Simplified text becomes */
    uint32_t entry[CODES];
    VEC(struct norm_pair) pairs;
    VEC(struct phrase) phrases;
};

struct paths {
    char **at;
    int count;
};

/* Pairs of tw_variants that are different words or names for some Taiwan writers. */
static const char *const kept_apart = "喫幺棱樑泄癡纔蔘覈鍼檐祕";

/* Hong Kong shapes that are another word, or the usual shape, in Taiwan. */
static const char *const kept_hong_kong = "台煙濕叁枴";

/* Punctuation that Unicode has several times and typists choose by chance. */
static const uint32_t same_mark[][2] = {
    {0x2010, '-'},    {0x2011, '-'},    {0x2212, '-'},    {0xfe63, '-'},    {0x2027, 0xb7},
    {0x2022, 0x2022}, {0x2219, 0xb7},   {0x22c5, 0xb7},   {0x30fb, 0xb7},   {0xff65, 0xb7},
    {0xfe30, ':'},    {0xfe31, 0x2014}, {0xfe32, 0x2013}, {0x2015, 0x2014}, {0x2500, 0x2014},
    {0x2501, 0x2014}, {0x22ef, 0x2026}, {0x223c, '~'},    {0x301c, '~'},    {0x02bc, '\''},
};

static void die(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    exit(5);
}

static int contains(const char *list, uint32_t code)
{
    for (size_t at = 0; list[at];)
        if (utf8_next(list, &at) == code)
            return 1;
    return 0;
}

/* Code points of one field. */
static uint32_t decode(const char *at, const char *end, uint32_t *ret)
{
    uint32_t n = 0, len;
    for (; at < end && n < WORD; at += len)
        ret[n++] = jwi_utf8_decode(at, end, &len);
    return at < end ? WORD : n;
}

typedef void take_row(struct builder *builder, const uint32_t *from, uint32_t from_len,
                      const uint32_t *to, uint32_t to_len);

static const char *find_path(const struct paths *paths, const char *name)
{
    for (int i = 0; i < paths->count; i++) {
        const char *slash = strrchr(paths->at[i], '/');
        const char *base = slash ? slash + 1 : paths->at[i];
        if (strncmp(base, name, strlen(name)) == 0 && strcmp(base + strlen(name), ".tsv") == 0)
            return paths->at[i];
    }
    die(name, 0, "table not given");
    return NULL;
}

/* Calls `take` for every row of a two-column table; `is_hex`: the first column is a code point in hexadecimal. */
static void read_table(struct builder *builder, const struct paths *paths, const char *name,
                       int is_hex, take_row *take)
{
    const char *path = find_path(paths, name);
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, 0, error.message);
    size_t line = 1;
    const char *end = data.at + data.len, *at = memchr(data.at, '\n', data.len);
    while (at && ++at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const char *tab = memchr(at, '\t', (size_t)((stop ? stop : end) - at));
        line++;
        if (!tab || !stop)
            die(path, line, "wanted two columns and a newline");
        uint32_t from[WORD], to[WORD], from_len = 1;
        if (is_hex)
            from[0] = (uint32_t)strtoul(at, NULL, 16);
        else
            from_len = decode(at, tab, from);
        take(builder, from, from_len, to, decode(tab + 1, stop, to));
        at = stop;
    }
    jwi_file_unmap(data);
}

static void take_fold(struct builder *builder, const uint32_t *from, uint32_t from_len,
                      const uint32_t *to, uint32_t to_len)
{
    if (from_len == 1 && to_len == 1)
        builder->fold[from[0]] = to[0];
}

static void take_variant(struct builder *builder, const uint32_t *from, uint32_t from_len,
                         const uint32_t *to, uint32_t to_len)
{
    if (from_len != 1 || to_len != 1)
        return;
    builder->variant[from[0]] = to[0];
    if (!contains(kept_apart, from[0]))
        builder->fold[from[0]] = to[0];
}

/* Rows go from the common standard to Hong Kong's shape; the way back to Taiwan's is what is wanted. */
static void take_hong_kong(struct builder *builder, const uint32_t *from, uint32_t from_len,
                           const uint32_t *to, uint32_t to_len)
{
    if (from_len != 1 || to_len != 1 || contains(kept_hong_kong, to[0]))
        return;
    const uint32_t target = builder->variant[from[0]];
    if (target != to[0] && builder->variant[to[0]] == to[0])
        builder->fold[to[0]] = target;
}

static int category(uint32_t code)
{
    return (int)utf8proc_category((utf8proc_int32_t)code);
}

static int is_mark(uint32_t code)
{
    const int is_joiner = code == 0x200d; /* emoji sequences are the pins' business */
    const int kind = category(code);
    return kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_MC ||
           kind == UTF8PROC_CATEGORY_ME || (kind == UTF8PROC_CATEGORY_CF && !is_joiner);
}

static int is_han(uint32_t code)
{
    return (code >= 0x2e80 && code <= 0x2fdf) || (code >= 0x3005 && code <= 0x3007) ||
           (code >= 0x3021 && code <= 0x3029) || (code >= 0x3038 && code <= 0x303b) ||
           (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x4e00 && code <= 0x9fff) ||
           (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x323af);
}

static int is_kana(uint32_t code)
{
    return (code >= 0x3041 && code <= 0x30ff) || (code >= 0x3105 && code <= 0x318e) ||
           (code >= 0x31a0 && code <= 0x31bf) || (code >= 0x31f0 && code <= 0x31ff) ||
           (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x1100 && code <= 0x11ff) ||
           (code >= 0x2c7 && code <= 0x2cb) || code == 0x2d9;
}

static uint32_t class_of(uint32_t code)
{
    if (is_han(code))
        return UNIT_HAN;
    if (code < 0x80 && strchr("%&@#*/\\_", (int)code) && code)
        return UNIT_SYMBOL;
    switch (category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
        return UNIT_LATIN;
    case UTF8PROC_CATEGORY_LM:
        return is_kana(code) ? UNIT_KANA : UNIT_LATIN;
    case UTF8PROC_CATEGORY_LO:
        return is_kana(code) ? UNIT_KANA : code == 0xaa || code == 0xba ? UNIT_LATIN : UNIT_OTHER;
    case UTF8PROC_CATEGORY_ND:
        return UNIT_DIGIT;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        return code == 0x2030 ? UNIT_SYMBOL : UNIT_PUNCT;
    case UTF8PROC_CATEGORY_SK:
        return is_kana(code) ? UNIT_KANA : UNIT_SYMBOL;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        return UNIT_SPACE;
    case UTF8PROC_CATEGORY_CF:
        return code == 0x200d ? UNIT_SYMBOL : UNIT_SPACE;
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
        return UNIT_OTHER;
    default:
        return UNIT_SYMBOL;
    }
}

static int folds_form(uint32_t code)
{
    switch (utf8proc_get_property((utf8proc_int32_t)code)->decomp_type) {
    case UTF8PROC_DECOMP_TYPE_WIDE:
    case UTF8PROC_DECOMP_TYPE_NARROW:
    case UTF8PROC_DECOMP_TYPE_FONT:
    case UTF8PROC_DECOMP_TYPE_VERTICAL:
    case UTF8PROC_DECOMP_TYPE_SMALL:
    case UTF8PROC_DECOMP_TYPE_NOBREAK:
        return 1;
    case UTF8PROC_DECOMP_TYPE_COMPAT:
        return code >= 0x2e80 && code <= 0x2fdf;
    default:
        return 0;
    }
}

/* Composes codes in place; returns how many are left. */
static uint32_t compose(utf8proc_int32_t *codes, uint32_t n, int is_compat)
{
    utf8proc_int32_t all[WORD];
    uint32_t len = 0;
    const utf8proc_option_t options =
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | (is_compat ? UTF8PROC_COMPAT : 0);
    for (uint32_t i = 0; i < n; i++)
        len += (uint32_t)utf8proc_decompose_char(codes[i], all + len,
                                                 (utf8proc_ssize_t)(WORD - len), options, NULL);
    memcpy(codes, all, len * sizeof *codes);
    return (uint32_t)utf8proc_normalize_utf32(codes, (utf8proc_ssize_t)len,
                                              UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

static uint32_t space_of(uint32_t code)
{
    const int is_break =
        (code >= '\n' && code <= '\r') || code == 0x85 || code == 0x2028 || code == 0x2029;
    if (is_break)
        return '\n';
    return code == '\t' || category(code) == UTF8PROC_CATEGORY_ZS ? ' ' : code;
}

static uint32_t fold(const struct builder *builder, uint32_t code)
{
    for (size_t i = 0; i < sizeof same_mark / sizeof same_mark[0]; i++)
        if (same_mark[i][0] == code)
            return same_mark[i][1];
    utf8proc_int32_t form[WORD] = {(utf8proc_int32_t)code};
    const int is_surrogate = code >= 0xd800 && code <= 0xdfff;
    if (!is_surrogate && compose(form, 1, folds_form(code)) == 1)
        code = (uint32_t)form[0];
    return builder->fold[space_of(code)];
}

static void make_entries(struct builder *builder)
{
    for (uint32_t code = 0; code < CODES; code++) {
        const uint32_t to = fold(builder, code);
        const uint32_t delta = (to - code) & NORM_CODE_MASK;
        const uint32_t flags = class_of(to) | (is_mark(to) ? NORM_MARK : 0);
        builder->entry[code] = delta << NORM_DELTA_SHIFT | flags;
    }
}

static uint32_t folded(const struct builder *builder, uint32_t code)
{
    return norm_code(builder->entry[code], code);
}

/* A pair for every code point that is a shorter composed form and one more mark. */
static void make_pairs(struct builder *builder)
{
    for (uint32_t code = 0; code < CODES; code++) {
        utf8proc_int32_t parts[WORD];
        if (code >= 0xd800 && code <= 0xdfff)
            continue;
        const utf8proc_ssize_t n = utf8proc_decompose_char(
            (utf8proc_int32_t)code, parts, WORD, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, NULL);
        if (n < 2 || !is_mark((uint32_t)parts[n - 1]))
            continue;
        const uint32_t mark = (uint32_t)parts[n - 1];
        if (compose(parts, (uint32_t)n - 1, 0) != 1)
            continue;
        const uint32_t base = (uint32_t)parts[0];
        parts[1] = (utf8proc_int32_t)mark;
        if (compose(parts, 2, 0) != 1 || (uint32_t)parts[0] != code)
            continue;
        const struct norm_pair pair = {folded(builder, base), folded(builder, mark),
                                       folded(builder, code)};
        VEC_PUSH(&builder->pairs, pair);
    }
}

static int compare_pairs(const void *a, const void *b)
{
    const struct norm_pair *x = a, *y = b;
    if (x->base != y->base)
        return x->base < y->base ? -1 : 1;
    return x->mark < y->mark ? -1 : x->mark > y->mark;
}

static void take_phrase(struct builder *builder, const uint32_t *from, uint32_t from_len,
                        const uint32_t *to, uint32_t to_len)
{
    struct phrase phrase = {.len = from_len};
    if (from_len != to_len || from_len > NORM_PHRASE_MAX)
        return;
    for (uint32_t i = 0; i < from_len; i++) {
        phrase.from[i] = folded(builder, from[i]);
        phrase.to[i] = folded(builder, builder->variant[to[i]]);
    }
    if (from_len > 1 || phrase.from[0] != phrase.to[0])
        VEC_PUSH(&builder->phrases, phrase);
}

/* By codes, then by target, so that the order of the files does not matter. */
static int compare_phrases(const void *a, const void *b)
{
    const struct phrase *x = a, *y = b;
    for (uint32_t i = 0; i < x->len && i < y->len; i++)
        if (x->from[i] != y->from[i])
            return x->from[i] < y->from[i] ? -1 : 1;
    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    return memcmp(x->to, y->to, x->len * sizeof *x->to);
}

static void drop_doubles(struct builder *builder)
{
    size_t kept = 0;
    for (size_t i = 0; i < builder->phrases.len; i++) {
        const struct phrase *phrase = &builder->phrases.at[i],
                            *last = kept ? &builder->phrases.at[kept - 1] : NULL;
        if (!last || last->len != phrase->len ||
            memcmp(last->from, phrase->from, phrase->len * sizeof *phrase->from) != 0)
            builder->phrases.at[kept++] = *phrase;
    }
    builder->phrases.len = kept;
}

/* Equal blocks are stored once. */
static uint32_t put_stages(struct buffer *out, const struct builder *builder, struct buffer *blocks)
{
    uint32_t count = 0;
    const size_t size = NORM_BLOCK * sizeof builder->entry[0];
    for (uint32_t i = 0; i < NORM_STAGE; i++) {
        const char *block = (const char *)&builder->entry[(size_t)i * NORM_BLOCK];
        uint16_t id = 0;
        while (id < count && memcmp(jwi_buffer_bytes(blocks).at + id * size, block, size) != 0)
            id++;
        if (id == count) {
            jwi_buffer_add(blocks, block, size);
            count++;
        }
        jwi_buffer_add(out, &id, sizeof id);
    }
    return count;
}

static void put_buckets(struct buffer *out, const struct builder *builder)
{
    uint32_t phrase = 0;
    for (uint32_t i = 0; i <= NORM_BUCKETS; i++) {
        while (phrase < builder->phrases.len &&
               builder->phrases.at[phrase].from[0] >> NORM_BUCKET_BITS < i)
            phrase++;
        const uint32_t at = i == NORM_BUCKETS ? (uint32_t)builder->phrases.len : phrase;
        jwi_buffer_add(out, &at, sizeof at);
    }
}

static uint32_t put_phrases(struct buffer *out, const struct builder *builder)
{
    uint32_t at = 0;
    jwi_buffer_add(out, &at, sizeof at);
    for (size_t i = 0; i < builder->phrases.len; i++) {
        at += builder->phrases.at[i].len;
        jwi_buffer_add(out, &at, sizeof at);
    }
    for (size_t i = 0; i < builder->phrases.len; i++)
        jwi_buffer_add(out, builder->phrases.at[i].from,
                       builder->phrases.at[i].len * sizeof(uint32_t));
    for (size_t i = 0; i < builder->phrases.len; i++)
        jwi_buffer_add(out, builder->phrases.at[i].to,
                       builder->phrases.at[i].len * sizeof(uint32_t));
    return at;
}

static struct buffer make_section(const struct builder *builder)
{
    struct buffer stages = {0}, blocks = {0}, rest = {0}, out = {0};
    struct norm_header header = {.version = NORM_VERSION};
    header.block_count = put_stages(&stages, builder, &blocks);
    header.pair_count = (uint32_t)builder->pairs.len;
    header.phrase_count = (uint32_t)builder->phrases.len;
    put_buckets(&rest, builder);
    header.phrase_codes = put_phrases(&rest, builder);
    jwi_buffer_add(&out, &header, sizeof header);
    jwi_buffer_add(&out, jwi_buffer_bytes(&stages).at, jwi_buffer_bytes(&stages).len);
    jwi_buffer_add(&out, jwi_buffer_bytes(&blocks).at, jwi_buffer_bytes(&blocks).len);
    jwi_buffer_add(&out, builder->pairs.at, builder->pairs.len * sizeof *builder->pairs.at);
    jwi_buffer_add(&out, jwi_buffer_bytes(&rest).at, jwi_buffer_bytes(&rest).len);
    jwi_buffer_free(&stages);
    jwi_buffer_free(&blocks);
    jwi_buffer_free(&rest);
    return out;
}

static void prepare(struct builder *builder, const struct paths *paths)
{
    for (uint32_t code = 0; code < CODES; code++)
        builder->fold[code] = builder->variant[code] = code;
    read_table(builder, paths, "compat", 1, take_fold);
    read_table(builder, paths, "zvariants", 0, take_fold);
    read_table(builder, paths, "tw_variants", 0, take_variant);
    read_table(builder, paths, "hk_variants", 0, take_hong_kong);
    make_entries(builder);
    make_pairs(builder);
    qsort(builder->pairs.at, builder->pairs.len, sizeof *builder->pairs.at, compare_pairs);
    read_table(builder, paths, "st_chars", 0, take_phrase);
    read_table(builder, paths, "st_phrases", 0, take_phrase);
    qsort(builder->phrases.at, builder->phrases.len, sizeof *builder->phrases.at, compare_phrases);
    drop_doubles(builder);
}

int main(int argc, char **argv)
{
    if (argc < 4 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: jinwen-pack-norm -o OUT TABLE...\n");
        return 2;
    }
    const struct paths paths = {argv + 3, argc - 3};
    struct builder *builder = calloc(1, sizeof *builder);
    if (!builder)
        jwi_vec_die("out of memory");
    prepare(builder, &paths);
    struct buffer section = make_section(builder);
    jw_error error;
    const jw_status status = jwi_file_replace(argv[2], jwi_buffer_bytes(&section), &error);
    if (status != JW_OK)
        fprintf(stderr, "%s\n", error.message);
    jwi_buffer_free(&section);
    free(builder->pairs.at);
    free(builder->phrases.at);
    free(builder);
    return status == JW_OK ? 0 : 3;
}
