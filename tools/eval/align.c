/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds the words of one file in the other.  Words are the same when their character ranges are.  Where a multi-word token is involved
 * ranges say too little: the smallest stretch is taken that no multi-word token of either file sticks out of, and inside it the words
 * are matched by the longest common subsequence of their lower-cased forms.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "eval.h"

enum { CONTEXT = 10, MAX_CELLS = 1 << 26 };

struct pair {
    const struct eval_file *gold, *system;
    const struct eval_pool *pool;
    struct eval_match *match;
    uint32_t g, s;
};

/* The characters from `at` on, as UTF-8. */
static void print_context(const struct eval_file *file, uint32_t at, char *ret)
{
    for (uint32_t i = at; i < file->n_code && i < at + CONTEXT; i++)
        ret += jwi_utf8_encode(file->code[i], ret);
    *ret = '\0';
}

static uint32_t line_of(const struct eval_file *file, uint32_t at)
{
    uint32_t low = 0, high = file->n_token;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->token[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < file->n_token)
        return file->token[low].line;
    return file->n_token ? file->token[file->n_token - 1].line : 1;
}

jw_status jwi_eval_same_text(const struct eval_file *gold, const struct eval_file *system, jw_error *reterr)
{
    uint32_t n = gold->n_code < system->n_code ? gold->n_code : system->n_code, at = 0;
    while (at < n && gold->code[at] == system->code[at])
        at++;
    if (at == gold->n_code && at == system->n_code)
        return JW_OK;
    char left[CONTEXT * 4 + 1], right[CONTEXT * 4 + 1];
    print_context(gold, at, left);
    print_context(system, at, right);
    return jwi_fail(reterr, JW_EFORMAT, at, "%s:%u: %s:%u: texts differ at character %u: gold '%s', system '%s'", gold->path,
                    line_of(gold, at), system->path, line_of(system, at), at, left, right);
}

static void match_words(struct eval_match *match, uint32_t gold, uint32_t system)
{
    match->gold_of[system] = gold;
    match->system_of[gold] = system;
    match->len++;
}

/* Lower case of Latin, Greek and Cyrillic letters; other scripts with case do not occur in the languages served. */
static uint32_t lower(uint32_t code)
{
    if ((code >= 'A' && code <= 'Z') || (code >= 0xc0 && code <= 0xde && code != 0xd7) || (code >= 0x391 && code <= 0x3a9) ||
        (code >= 0x410 && code <= 0x42f) || (code >= 0xff21 && code <= 0xff3a))
        return code + 0x20;
    if (code >= 0x400 && code <= 0x40f)
        return code + 0x50;
    return code >= 0x100 && code <= 0x137 ? code | 1 : code;
}

static bool is_same_form(const struct pair *p, uint32_t gold, uint32_t system)
{
    uint32_t a = p->gold->word[gold].form, b = p->system->word[system].form;
    const char *x = jwi_eval_string(p->pool, a), *y = jwi_eval_string(p->pool, b);
    size_t i = 0, j = 0;
    if (a == b)
        return true;
    while (x[i] && y[j])
        if (lower(utf8_next(x, &i)) != lower(utf8_next(y, &j)))
            return false;
    return !x[i] && !y[j];
}

static bool is_beyond(const struct eval_file *file, uint32_t i, uint32_t end)
{
    if (i >= file->n_word)
        return true;
    return file->word[i].is_multi ? file->word[i].start >= end : file->word[i].end > end;
}

static uint32_t extended_end(const struct eval_word *word, uint32_t end)
{
    return word->is_multi && word->end > end ? word->end : end;
}

/* Moves p->g and p->s behind the stretch that begins at the returned words. */
static void take_stretch(struct pair *p, uint32_t *gold_from, uint32_t *system_from)
{
    const struct eval_word *gold = p->gold->word, *system = p->system->word;
    uint32_t end;
    if (gold[p->g].is_multi) {
        end = gold[p->g].end;
        if (!system[p->s].is_multi && system[p->s].start < gold[p->g].start)
            p->s++;
    } else {
        end = system[p->s].end;
        if (!gold[p->g].is_multi && gold[p->g].start < system[p->s].start)
            p->g++;
    }
    *gold_from = p->g;
    *system_from = p->s;
    while (!is_beyond(p->gold, p->g, end) || !is_beyond(p->system, p->s, end)) {
        if (p->g < p->gold->n_word && (p->s >= p->system->n_word || gold[p->g].start <= system[p->s].start))
            end = extended_end(&gold[p->g++], end);
        else
            end = extended_end(&system[p->s++], end);
    }
}

/* lcs[g][s]: matches of the words from g and from s on; one row and column more than words, both 0. */
static void fill_lcs(const struct pair *p, uint32_t gold_from, uint32_t system_from, uint32_t rows, uint32_t columns, uint32_t *lcs)
{
    uint32_t wide = columns + 1;
    for (uint32_t g = rows; g-- > 0;)
        for (uint32_t s = columns; s-- > 0;) {
            uint32_t best = is_same_form(p, gold_from + g, system_from + s) ? lcs[(g + 1) * wide + s + 1] + 1 : 0;
            uint32_t down = lcs[(g + 1) * wide + s], right = lcs[g * wide + s + 1];
            best = down > best ? down : best;
            lcs[g * wide + s] = right > best ? right : best;
        }
}

static jw_status match_stretch(struct pair *p, uint32_t gold_from, uint32_t system_from, jw_error *reterr)
{
    uint32_t rows = p->g - gold_from, columns = p->s - system_from, wide = columns + 1;
    if ((uint64_t)(rows + 1) * wide > MAX_CELLS)
        return jwi_fail(reterr, JW_ELIMIT, 0, "%s:%u: multi-word tokens overlap over %u words", p->gold->path,
                        p->gold->word[gold_from].line, rows);
    uint32_t *lcs = calloc((size_t)(rows + 1) * wide, sizeof(*lcs));
    if (!lcs)
        return jwi_fail_memory(reterr);
    fill_lcs(p, gold_from, system_from, rows, columns, lcs);
    for (uint32_t g = 0, s = 0; g < rows && s < columns;) {
        if (is_same_form(p, gold_from + g, system_from + s))
            match_words(p->match, gold_from + g++, system_from + s++);
        else if (lcs[g * wide + s] == lcs[(g + 1) * wide + s])
            g++;
        else
            s++;
    }
    free(lcs);
    return JW_OK;
}

static void match_position(struct pair *p)
{
    const struct eval_word *gold = &p->gold->word[p->g], *system = &p->system->word[p->s];
    if (gold->start == system->start && gold->end == system->end)
        match_words(p->match, p->g++, p->s++);
    else if (gold->start <= system->start)
        p->g++;
    else
        p->s++;
}

static jw_status match_all(struct pair *p, jw_error *reterr)
{
    while (p->g < p->gold->n_word && p->s < p->system->n_word) {
        if (!p->gold->word[p->g].is_multi && !p->system->word[p->s].is_multi) {
            match_position(p);
            continue;
        }
        uint32_t gold_from, system_from;
        take_stretch(p, &gold_from, &system_from);
        if (p->g > gold_from && p->s > system_from)
            TRY(match_stretch(p, gold_from, system_from, reterr));
    }
    return JW_OK;
}

static uint32_t *new_none(uint32_t n)
{
    uint32_t *at = malloc((n ? n : 1) * sizeof(*at));
    if (at)
        memset(at, 0xff, n * sizeof(*at));
    return at;
}

void jwi_eval_match_free(struct eval_match *match)
{
    free(match->gold_of);
    free(match->system_of);
    *match = (struct eval_match){0};
}

jw_status jwi_eval_align(const struct eval_file *gold, const struct eval_file *system, const struct eval_pool *pool, struct eval_match *ret,
                         jw_error *reterr)
{
    struct eval_match match = {new_none(system->n_word), new_none(gold->n_word), 0};
    struct pair p = {gold, system, pool, &match, 0, 0};
    jw_status status = match.gold_of && match.system_of ? match_all(&p, reterr) : jwi_fail_memory(reterr);
    if (status != JW_OK) {
        jwi_eval_match_free(&match);
        return status;
    }
    *ret = match;
    return JW_OK;
}
