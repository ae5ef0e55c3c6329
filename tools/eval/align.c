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

/* Where the walk through both files is. */
struct walk {
    struct eval_pair *pair;
    const struct eval_file *gold, *system;
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

jw_status jwi_eval_same_text(const struct eval_pair *pair, jw_error *reterr)
{
    const struct eval_file *gold = &pair->gold, *system = &pair->system;
    uint32_t n = gold->n_code < system->n_code ? gold->n_code : system->n_code, at = 0;
    while (at < n && gold->code[at] == system->code[at])
        at++;
    if (at == gold->n_code && at == system->n_code)
        return JW_OK;
    char left[CONTEXT * 4 + 1], right[CONTEXT * 4 + 1];
    print_context(gold, at, left);
    print_context(system, at, right);
    return jwi_fail(reterr, JW_EFORMAT, at,
                    "%s:%u: %s:%u: texts differ at character %u: gold '%s', system '%s'",
                    gold->path, line_of(gold, at), system->path, line_of(system, at), at, left,
                    right);
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
    if ((code >= 'A' && code <= 'Z') || (code >= 0xc0 && code <= 0xde && code != 0xd7) ||
        (code >= 0x391 && code <= 0x3a9) || (code >= 0x410 && code <= 0x42f) ||
        (code >= 0xff21 && code <= 0xff3a))
        return code + 0x20;
    if (code >= 0x400 && code <= 0x40f)
        return code + 0x50;
    return code >= 0x100 && code <= 0x137 ? code | 1 : code;
}

static bool is_same_form(const struct walk *w, uint32_t gold, uint32_t system)
{
    uint32_t a = w->gold->word[gold].form, b = w->system->word[system].form;
    const char *x = jwi_eval_string(&w->pair->pool, a), *y = jwi_eval_string(&w->pair->pool, b);
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

/* Words `g` of gold and `s` of the system from which a stretch of rows x columns words begins. */
struct stretch {
    uint32_t g, s, rows, columns;
};

/* Moves w->g and w->s behind the stretch. */
static struct stretch take_stretch(struct walk *w)
{
    const struct eval_word *gold = w->gold->word, *system = w->system->word;
    uint32_t end;
    if (gold[w->g].is_multi) {
        end = gold[w->g].end;
        if (!system[w->s].is_multi && system[w->s].start < gold[w->g].start)
            w->s++;
    } else {
        end = system[w->s].end;
        if (!gold[w->g].is_multi && gold[w->g].start < system[w->s].start)
            w->g++;
    }
    struct stretch stretch = {w->g, w->s, 0, 0};
    while (!is_beyond(w->gold, w->g, end) || !is_beyond(w->system, w->s, end)) {
        if (w->g < w->gold->n_word &&
            (w->s >= w->system->n_word || gold[w->g].start <= system[w->s].start))
            end = extended_end(&gold[w->g++], end);
        else
            end = extended_end(&system[w->s++], end);
    }
    stretch.rows = w->g - stretch.g;
    stretch.columns = w->s - stretch.s;
    return stretch;
}

/* lcs[g][s]: matches of the words from g and from s on; one row and column more than words, both 0. */
static void fill_lcs(const struct walk *w, const struct stretch *at, uint32_t *lcs)
{
    uint32_t wide = at->columns + 1;
    for (uint32_t g = at->rows; g-- > 0;)
        for (uint32_t s = at->columns; s-- > 0;) {
            uint32_t best =
                is_same_form(w, at->g + g, at->s + s) ? lcs[(g + 1) * wide + s + 1] + 1 : 0;
            uint32_t down = lcs[(g + 1) * wide + s], right = lcs[g * wide + s + 1];
            best = down > best ? down : best;
            lcs[g * wide + s] = right > best ? right : best;
        }
}

static jw_status match_stretch(struct walk *w, const struct stretch *at, jw_error *reterr)
{
    uint32_t wide = at->columns + 1;
    if ((uint64_t)(at->rows + 1) * wide > MAX_CELLS)
        return jwi_fail(reterr, JW_ELIMIT, 0, "%s:%u: multi-word tokens overlap over %u words",
                        w->gold->path, w->gold->word[at->g].line, at->rows);
    uint32_t *lcs = calloc((size_t)(at->rows + 1) * wide, sizeof(*lcs));
    if (!lcs)
        return jwi_fail_memory(reterr);
    fill_lcs(w, at, lcs);
    for (uint32_t g = 0, s = 0; g < at->rows && s < at->columns;) {
        if (is_same_form(w, at->g + g, at->s + s))
            match_words(&w->pair->match, at->g + g++, at->s + s++);
        else if (lcs[g * wide + s] == lcs[(g + 1) * wide + s])
            g++;
        else
            s++;
    }
    free(lcs);
    return JW_OK;
}

static void match_position(struct walk *w)
{
    const struct eval_word *gold = &w->gold->word[w->g], *system = &w->system->word[w->s];
    if (gold->start == system->start && gold->end == system->end)
        match_words(&w->pair->match, w->g++, w->s++);
    else if (gold->start <= system->start)
        w->g++;
    else
        w->s++;
}

static jw_status match_all(struct walk *w, jw_error *reterr)
{
    while (w->g < w->gold->n_word && w->s < w->system->n_word) {
        if (!w->gold->word[w->g].is_multi && !w->system->word[w->s].is_multi) {
            match_position(w);
            continue;
        }
        struct stretch stretch = take_stretch(w);
        if (stretch.rows > 0 && stretch.columns > 0)
            TRY(match_stretch(w, &stretch, reterr));
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

jw_status jwi_eval_align(struct eval_pair *pair, jw_error *reterr)
{
    struct walk walk = {pair, &pair->gold, &pair->system, 0, 0};
    pair->match =
        (struct eval_match){new_none(pair->system.n_word), new_none(pair->gold.n_word), 0};
    if (!pair->match.gold_of || !pair->match.system_of)
        return jwi_fail_memory(reterr);
    return match_all(&walk, reterr);
}
