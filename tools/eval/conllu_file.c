/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads CoNLL-U as the CoNLL-18 shared-task script does: empty nodes are skipped, every Zs character is dropped from forms, only universal
 * features count, relations lose their subtype, and a sentence must be a tree with one root.  Two differences: a sentence whose heads are
 * all `_` is a sentence without a tree, and word ids inside a multi-word token are checked.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "eval.h"

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };
enum { MAX_FEATS = 64, MAX_NUMBER = 1 << 24 };

/* HEAD of a word before its sentence is complete. */
#define NO_HEAD UINT32_MAX

/* Bytes of the file, which the reader owns and may change. */
struct cell {
    char *at;
    size_t len;
};

struct reader {
    char *at, *end;
    uint32_t line;
    uint32_t multi_end; /* words up to this id belong to the open multi-word token */
    bool in_sentence, names;
    struct eval_pool *pool;
    struct eval_file *file;
    jw_error *reterr;
};

static const char *const content_relations[] = {
    "acl",       "advcl",      "advmod",    "amod",       "appos",  "ccomp", "compound", "conj",
    "csubj",     "dep",        "discourse", "dislocated", "expl",   "fixed", "flat",     "goeswith",
    "iobj",      "list",       "nmod",      "nsubj",      "nummod", "obj",   "obl",      "orphan",
    "parataxis", "reparandum", "root",      "vocative",   "xcomp",
};
static const char *const functional_relations[] = {"aux", "case", "cc",  "clf",
                                                   "cop", "det",  "mark"};
static const char *const universal_features[] = {
    "Abbr",    "Animacy", "Aspect",   "Case",    "Definite", "Degree",   "Evident",
    "Foreign", "Gender",  "Mood",     "NumType", "Number",   "Person",   "Polarity",
    "Polite",  "Poss",    "PronType", "Reflex",  "Tense",    "VerbForm", "Voice",
};
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static bool is_one_of(const char *const *list, size_t n, const char *at, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(list[i]) == len && memcmp(list[i], at, len) == 0)
            return true;
    return false;
}

/* Unicode category Zs. */
static bool is_blank(uint32_t code)
{
    return code == 0x20 || code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
           code == 0x202f || code == 0x205f || code == 0x3000;
}

static jw_status bad_line(const struct reader *r, const char *reason)
{
    return jwi_fail(r->reterr, JW_EFORMAT, r->line, "%s:%u: %s", r->file->path, r->line, reason);
}

static jw_status bad_cell(const struct reader *r, const char *reason, struct cell cell)
{
    int len = cell.len > 40 ? 40 : (int)cell.len;
    return jwi_fail(r->reterr, JW_EFORMAT, r->line, "%s:%u: %s '%.*s'", r->file->path, r->line,
                    reason, len, cell.at);
}

static bool next_line(struct reader *r, struct cell *ret)
{
    if (r->at == r->end)
        return false;
    char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
    char *next = stop ? stop + 1 : r->end;
    char *line_end = stop ? stop : r->end;
    while (line_end > r->at && line_end[-1] == '\r')
        line_end--;
    *ret = (struct cell){r->at, (size_t)(line_end - r->at)};
    r->at = next;
    r->line++;
    return true;
}

/* Returns how many columns there are, also beyond those kept. */
static uint32_t split_columns(struct cell line, struct cell ret[COLUMNS])
{
    char *at = line.at, *end = line.at + line.len;
    for (uint32_t n = 0;; n++) {
        char *stop = memchr(at, '\t', (size_t)(end - at));
        if (n < COLUMNS)
            ret[n] = (struct cell){at, (size_t)((stop ? stop : end) - at)};
        if (!stop)
            return n + 1;
        at = stop + 1;
    }
}

/* Decimal digits only; false for anything else. */
static bool read_number(struct cell cell, uint32_t *ret)
{
    uint32_t value = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9' || value > MAX_NUMBER)
            return false;
        value = value * 10 + (uint32_t)(cell.at[i] - '0');
    }
    *ret = value;
    return cell.len > 0;
}

static bool is_underscore(struct cell cell)
{
    return cell.len == 1 && cell.at[0] == '_';
}

static jw_status intern(struct reader *r, struct cell cell, uint32_t *ret)
{
    return jwi_eval_intern(r->pool, cell.at, cell.len, ret, r->reterr);
}

static int compare_cells(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    int order = memcmp(x->at, y->at, x->len < y->len ? x->len : y->len);
    return order ? order : (x->len > y->len) - (x->len < y->len);
}

/* Universal features only, sorted: "Foo=1|Case=Gen|Abbr=Yes" -> "Abbr=Yes|Case=Gen". */
static jw_status intern_feats(struct reader *r, struct cell cell, uint32_t *ret)
{
    struct cell feat[MAX_FEATS];
    char joined[1024];
    size_t n = 0, len = 0;
    char *end = cell.at + cell.len;
    for (char *at = cell.at; at <= end;) {
        char *stop = memchr(at, '|', (size_t)(end - at));
        struct cell one = {at, (size_t)((stop ? stop : end) - at)};
        const char *equals = memchr(one.at, '=', one.len);
        size_t name_len = equals ? (size_t)(equals - one.at) : one.len;
        if (is_one_of(universal_features, COUNT_OF(universal_features), one.at, name_len)) {
            if (n == MAX_FEATS)
                return bad_line(r, "more than 64 features");
            feat[n++] = one;
        }
        at += one.len + 1;
    }
    qsort(feat, n, sizeof(feat[0]), compare_cells);
    for (size_t i = 0; i < n; i++) {
        if (len + feat[i].len + 1 > sizeof(joined))
            return bad_line(r, "features longer than 1024 bytes");
        if (i > 0)
            joined[len++] = '|';
        memcpy(joined + len, feat[i].at, feat[i].len);
        len += feat[i].len;
    }
    return intern(r, (struct cell){joined, len}, ret);
}

/* Value of NER= in MISC, "O" when there is none. */
static jw_status intern_name(struct reader *r, struct cell misc, uint32_t *ret)
{
    char *end = misc.at + misc.len;
    *ret = EVAL_OUTSIDE;
    for (char *at = misc.at; at < end;) {
        char *stop = memchr(at, '|', (size_t)(end - at));
        if (!stop)
            stop = end;
        if (stop - at > 4 && memcmp(at, "NER=", 4) == 0)
            return intern(r, (struct cell){at + 4, (size_t)(stop - at - 4)}, ret);
        at = stop + 1;
    }
    return JW_OK;
}

/* Adds a token and takes the blanks out of its form. */
static jw_status push_token(struct reader *r, struct cell *form)
{
    struct eval_file *file = r->file;
    uint32_t start = file->n_code, len = 0;
    char *kept = form->at;
    for (const char *at = form->at, *end = form->at + form->len; at < end; at += len) {
        uint32_t code = jwi_utf8_decode(at, end, &len);
        if (code == UTF8_INVALID)
            return bad_line(r, "invalid UTF-8");
        if (is_blank(code))
            continue;
        memmove(kept, at, len);
        kept += len;
        TRY(jwi_eval_grow(&file->code, file->n_code, &file->cap_code, sizeof(*file->code),
                          r->reterr));
        file->code[file->n_code++] = code;
    }
    if (file->n_code == start)
        return bad_line(r, "empty FORM");
    form->len = (size_t)(kept - form->at);
    TRY(jwi_eval_grow(&file->token, file->n_token, &file->cap_token, sizeof(*file->token),
                      r->reterr));
    file->token[file->n_token++] = (struct eval_token){start, file->n_code, r->line};
    return JW_OK;
}

static jw_status read_head(struct reader *r, struct cell cell, uint32_t *ret)
{
    if (is_underscore(cell)) {
        *ret = NO_HEAD;
        return JW_OK;
    }
    return read_number(cell, ret) ? JW_OK : bad_cell(r, "HEAD is no number:", cell);
}

/* Adds a word of the token read last. */
static jw_status push_word(struct reader *r, const struct cell cell[COLUMNS], bool is_multi)
{
    struct eval_file *file = r->file;
    const struct eval_token *token = &file->token[file->n_token - 1];
    struct eval_word word = {
        .start = token->start, .end = token->end, .line = r->line, .is_multi = is_multi};
    const char *colon = memchr(cell[DEPREL].at, ':', cell[DEPREL].len);
    struct cell rel = {cell[DEPREL].at,
                       colon ? (size_t)(colon - cell[DEPREL].at) : cell[DEPREL].len};
    word.is_content = is_one_of(content_relations, COUNT_OF(content_relations), rel.at, rel.len);
    word.is_functional =
        is_one_of(functional_relations, COUNT_OF(functional_relations), rel.at, rel.len);
    TRY(intern(r, cell[FORM], &word.form));
    TRY(intern(r, cell[LEMMA], &word.lemma));
    TRY(intern(r, cell[UPOS], &word.upos));
    TRY(intern(r, cell[XPOS], &word.xpos));
    TRY(intern_feats(r, cell[FEATS], &word.feats));
    TRY(intern(r, rel, &word.rel));
    TRY(intern_name(r, cell[MISC], &word.ner));
    TRY(read_head(r, cell[HEAD], &word.head));
    TRY(jwi_eval_grow(&file->word, file->n_word, &file->cap_word, sizeof(*file->word), r->reterr));
    file->word[file->n_word++] = word;
    return JW_OK;
}

static uint32_t next_id(const struct reader *r)
{
    const struct eval_file *file = r->file;
    return file->n_word - file->sentence[file->n_sentence - 1].word_at + 1;
}

/* "3-4": the token; its words follow on the next lines. */
static jw_status read_multi(struct reader *r, struct cell cell[COLUMNS], char *dash)
{
    struct cell first = {cell[ID].at, (size_t)(dash - cell[ID].at)};
    struct cell last = {dash + 1, cell[ID].len - first.len - 1};
    uint32_t from, to;
    if (!read_number(first, &from) || !read_number(last, &to) || from != next_id(r) || to < from)
        return bad_cell(r, "bad multi-word token ID", cell[ID]);
    if (r->multi_end >= next_id(r))
        return bad_line(r, "a multi-word token inside another");
    r->multi_end = to;
    return push_token(r, &cell[FORM]);
}

static jw_status read_word(struct reader *r, struct cell cell[COLUMNS])
{
    uint32_t id;
    if (!read_number(cell[ID], &id) || id != next_id(r))
        return jwi_fail(r->reterr, JW_EFORMAT, r->line, "%s:%u: word ID '%.*s', wanted %u",
                        r->file->path, r->line, cell[ID].len > 20 ? 20 : (int)cell[ID].len,
                        cell[ID].at, next_id(r));
    if (id > r->multi_end)
        TRY(push_token(r, &cell[FORM]));
    return push_word(r, cell, id <= r->multi_end);
}

/* A line of a name file: form, tag or id, form, tag, ... */
static jw_status read_name(struct reader *r, struct cell cell[COLUMNS], uint32_t n_column)
{
    struct cell form = cell[n_column > 2], tag = cell[n_column > 2 ? 2 : 1];
    struct eval_file *file = r->file;
    struct eval_word word = {.parent = EVAL_NO_TREE, .head = NO_HEAD, .line = r->line};
    TRY(push_token(r, &form));
    word.start = file->token[file->n_token - 1].start;
    word.end = file->token[file->n_token - 1].end;
    TRY(intern(r, form, &word.form));
    TRY(intern(r, tag, &word.ner));
    TRY(jwi_eval_grow(&file->word, file->n_word, &file->cap_word, sizeof(*file->word), r->reterr));
    file->word[file->n_word++] = word;
    return JW_OK;
}

static jw_status start_sentence(struct reader *r)
{
    struct eval_file *file = r->file;
    TRY(jwi_eval_grow(&file->sentence, file->n_sentence, &file->cap_sentence,
                      sizeof(*file->sentence), r->reterr));
    file->sentence[file->n_sentence++] =
        (struct eval_sentence){.start = file->n_code, .word_at = file->n_word, .line = r->line};
    r->in_sentence = true;
    r->multi_end = 0;
    return JW_OK;
}

/* Turns heads into word indexes.  Fails on a head outside the sentence and on a sentence where only some words have one. */
static jw_status link_heads(struct reader *r, struct eval_sentence *sentence)
{
    uint32_t n = sentence->word_end - sentence->word_at, roots = 0, headless = 0;
    struct eval_word *word = r->file->word + sentence->word_at;
    for (uint32_t i = 0; i < n; i++) {
        if (word[i].head != NO_HEAD && word[i].head > n)
            return jwi_fail(r->reterr, JW_EFORMAT, word[i].line,
                            "%s:%u: HEAD %u points outside the sentence", r->file->path,
                            word[i].line, word[i].head);
        headless += word[i].head == NO_HEAD;
        roots += word[i].head == 0;
        word[i].parent = word[i].head == NO_HEAD ? EVAL_NO_TREE
                         : word[i].head == 0     ? EVAL_ROOT
                                                 : sentence->word_at + word[i].head - 1;
    }
    sentence->has_tree = n > 0 && headless == 0;
    if (headless == n)
        return JW_OK;
    if (headless == 0 && roots == 1)
        return JW_OK;
    return jwi_fail(r->reterr, JW_EFORMAT, sentence->line, "%s:%u: %s", r->file->path,
                    sentence->line,
                    headless ? "some words of the sentence have no HEAD"
                    : roots  ? "the sentence has more than one root"
                             : "the sentence has a cycle");
}

/*
 * Walks up from every word until a word known to reach the root.  `seen` marks words of this walk with its number, words of earlier
 * walks with a smaller one; meeting one's own mark is a cycle.
 */
static jw_status check_cycles(struct reader *r, const struct eval_sentence *sentence)
{
    uint32_t n = sentence->word_end - sentence->word_at;
    const struct eval_word *word = r->file->word;
    uint32_t *seen = calloc(n ? n : 1, sizeof(*seen));
    if (!seen)
        return jwi_fail_memory(r->reterr);
    uint32_t bad_line_number = 0;
    for (uint32_t walk = 1; walk <= n && !bad_line_number; walk++) {
        uint32_t at = sentence->word_at + walk - 1;
        while (at != EVAL_ROOT && !seen[at - sentence->word_at]) {
            seen[at - sentence->word_at] = walk;
            at = word[at].parent;
        }
        if (at != EVAL_ROOT && seen[at - sentence->word_at] == walk)
            bad_line_number = word[at].line;
    }
    free(seen);
    return bad_line_number
               ? jwi_fail(r->reterr, JW_EFORMAT, bad_line_number, "%s:%u: the sentence has a cycle",
                          r->file->path, bad_line_number)
               : JW_OK;
}

static jw_status end_sentence(struct reader *r)
{
    struct eval_file *file = r->file;
    struct eval_sentence *sentence = &file->sentence[file->n_sentence - 1];
    sentence->end = file->n_code;
    sentence->word_end = file->n_word;
    if (r->multi_end >= next_id(r))
        return bad_line(r, "the sentence ends inside a multi-word token");
    r->in_sentence = false;
    TRY(link_heads(r, sentence));
    if (!sentence->has_tree)
        return JW_OK;
    file->has_tree = true;
    return check_cycles(r, sentence);
}

static jw_status read_line(struct reader *r, struct cell line)
{
    struct cell cell[COLUMNS];
    if (memchr(line.at, '\0', line.len))
        return bad_line(r, "NUL byte");
    if (!r->in_sentence) {
        if (line.len > 0 && line.at[0] == '#')
            return JW_OK;
        TRY(start_sentence(r));
    }
    if (line.len == 0)
        return end_sentence(r);
    uint32_t n = split_columns(line, cell);
    if (r->names && n >= 2 && n != COLUMNS)
        return read_name(r, cell, n);
    if (n != COLUMNS)
        return jwi_fail(r->reterr, JW_EFORMAT, r->line,
                        "%s:%u: %u tab-separated columns, wanted %d", r->file->path, r->line, n,
                        COLUMNS);
    if (memchr(cell[ID].at, '.', cell[ID].len))
        return JW_OK;
    char *dash = memchr(cell[ID].at, '-', cell[ID].len);
    return dash ? read_multi(r, cell, dash) : read_word(r, cell);
}

/* Lists every word's functional children, in order: counts first, then places. */
static jw_status list_children(struct eval_file *file, jw_error *reterr)
{
    uint32_t at = 0;
    file->child = malloc((file->n_word ? file->n_word : 1) * sizeof(*file->child));
    if (!file->child)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < file->n_word; i++)
        if (file->word[i].is_functional && file->word[i].parent < file->n_word)
            file->word[file->word[i].parent].child_len++;
    for (uint32_t i = 0; i < file->n_word; i++) {
        file->word[i].child_at = at;
        at += file->word[i].child_len;
        file->word[i].child_len = 0;
    }
    for (uint32_t i = 0; i < file->n_word; i++) {
        if (!file->word[i].is_functional || file->word[i].parent >= file->n_word)
            continue;
        struct eval_word *parent = &file->word[file->word[i].parent];
        file->child[parent->child_at + parent->child_len++] = i;
    }
    return JW_OK;
}

static jw_status read_lines(struct reader *r)
{
    struct cell line;
    if (r->end - r->at >= 3 && memcmp(r->at, "\xef\xbb\xbf", 3) == 0)
        r->at += 3;
    while (next_line(r, &line))
        TRY(read_line(r, line));
    if (r->in_sentence && !r->names)
        return bad_line(r, "the file does not end with an empty line");
    if (r->in_sentence)
        TRY(end_sentence(r));
    return list_children(r->file, r->reterr);
}

void jwi_eval_file_free(struct eval_file *file)
{
    free(file->code);
    free(file->token);
    free(file->sentence);
    free(file->word);
    free(file->child);
    *file = (struct eval_file){0};
}

static jw_status read_file(const char *path, bool names, struct eval_pool *pool,
                           struct eval_file *ret, jw_error *reterr)
{
    struct eval_file file = {.path = path};
    struct reader r = {.names = names, .pool = pool, .file = &file, .reterr = reterr};
    char *bytes;
    size_t len;
    TRY(jwi_eval_slurp(path, &bytes, &len, reterr));
    r.at = bytes;
    r.end = bytes + len;
    jw_status status = read_lines(&r);
    free(bytes);
    if (status != JW_OK) {
        jwi_eval_file_free(&file);
        return status;
    }
    *ret = file;
    return JW_OK;
}

jw_status jwi_eval_read(const char *path, struct eval_pool *pool, struct eval_file *ret,
                        jw_error *reterr)
{
    return read_file(path, false, pool, ret, reterr);
}

jw_status jwi_eval_read_names(const char *path, struct eval_pool *pool, struct eval_file *ret,
                              jw_error *reterr)
{
    return read_file(path, true, pool, ret, reterr);
}
