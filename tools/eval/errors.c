/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of the most frequent errors.  An error is a pair of pool ids: what went wrong ("NOUN -> VERB") and where (the word).  Pairs are
 * sorted, equal kinds are counted, and each kind shows its most frequent places.
 */
#include "tally.h"

#include <stdlib.h>

#include "base/error.h"
#include "eval.h"

struct compared {
    const struct eval_file *gold, *system;
    const struct eval_match *match;
    struct eval_pool *pool;
};

/* Writes tokens from..to of the file with blanks between them. */
static jw_status write_tokens(struct eval_text *text, const struct eval_file *file, uint32_t from, uint32_t to, jw_error *reterr)
{
    for (uint32_t i = from; i < to; i++) {
        if (i > from)
            TRY(jwi_eval_text_add(text, " ", 1, reterr));
        TRY(jwi_eval_text_codes(text, file->code + file->token[i].start, file->token[i].end - file->token[i].start, reterr));
    }
    return JW_OK;
}

/*
 * Stretches between two common boundaries that the files cut differently:
 *   gold 半導體 市場   system 半 導 體 市場   ->   "半導體 -> 半 導 體"
 */
static jw_status tally_cuts(const struct compared *c, struct eval_tally *tally, struct eval_text *text, jw_error *reterr)
{
    const struct eval_token *gold = c->gold->token, *system = c->system->token;
    for (uint32_t g = 0, s = 0; g < c->gold->n_token;) {
        uint32_t g_from = g, s_from = s, id;
        uint32_t g_end = gold[g++].end, s_end = system[s++].end;
        while (g_end != s_end) {
            if (g_end < s_end)
                g_end = gold[g++].end;
            else
                s_end = system[s++].end;
        }
        if (g == g_from + 1 && s == s_from + 1)
            continue;
        text->len = 0;
        TRY(write_tokens(text, c->gold, g_from, g, reterr));
        TRY(jwi_eval_text_add(text, " -> ", 4, reterr));
        TRY(write_tokens(text, c->system, s_from, s, reterr));
        TRY(jwi_eval_intern(c->pool, text->at, text->len, &id, reterr));
        TRY(jwi_eval_tally_add(tally, id, EVAL_EMPTY, reterr));
    }
    return JW_OK;
}

enum column { UPOS, XPOS, RELATION };

static uint32_t column_of(const struct eval_word *word, enum column column)
{
    return column == UPOS ? word->upos : column == XPOS ? word->xpos : word->rel;
}

static jw_status tally_labels(const struct compared *c, enum column column, struct eval_tally *tally, struct eval_text *text,
                              jw_error *reterr)
{
    for (uint32_t i = 0; i < c->gold->n_word; i++) {
        uint32_t found = c->match->system_of[i];
        if (found == JW_NONE || (column == RELATION && c->gold->word[i].parent == EVAL_NO_TREE))
            continue;
        uint32_t gold = column_of(&c->gold->word[i], column), system = column_of(&c->system->word[found], column);
        if (gold != system)
            TRY(jwi_eval_tally_change(tally, c->pool, text, gold, system, c->gold->word[i].form, reterr));
    }
    return JW_OK;
}

/* Words whose head is wrong, by gold relation. */
static jw_status tally_heads(const struct compared *c, struct eval_tally *tally, jw_error *reterr)
{
    for (uint32_t i = 0; i < c->gold->n_word; i++) {
        const struct eval_word *word = &c->gold->word[i];
        uint32_t found = c->match->system_of[i];
        if (found == JW_NONE || word->parent == EVAL_NO_TREE)
            continue;
        uint32_t parent = c->system->word[found].parent;
        uint32_t head = parent < c->system->n_word ? c->match->gold_of[parent] : parent;
        if (head != word->parent)
            TRY(jwi_eval_tally_add(tally, word->rel, word->form, reterr));
    }
    return JW_OK;
}

static jw_status print_all(FILE *out, uint32_t top, const struct compared *c, struct eval_tally *tally, struct eval_text *text,
                           jw_error *reterr)
{
    TRY(tally_cuts(c, tally, text, reterr));
    TRY(jwi_eval_tally_print(out, "Cuts: gold -> system", top, tally, c->pool, reterr));
    TRY(tally_labels(c, UPOS, tally, text, reterr));
    TRY(jwi_eval_tally_print(out, "UPOS: gold -> system", top, tally, c->pool, reterr));
    TRY(tally_labels(c, XPOS, tally, text, reterr));
    TRY(jwi_eval_tally_print(out, "XPOS: gold -> system", top, tally, c->pool, reterr));
    if (!c->gold->has_tree || !c->system->has_tree)
        return JW_OK;
    TRY(tally_heads(c, tally, reterr));
    TRY(jwi_eval_tally_print(out, "Wrong head, by gold relation", top, tally, c->pool, reterr));
    TRY(tally_labels(c, RELATION, tally, text, reterr));
    return jwi_eval_tally_print(out, "Relation: gold -> system", top, tally, c->pool, reterr);
}

jw_status jwi_eval_print_errors(FILE *out, uint32_t top, const struct eval_file *gold, const struct eval_file *system,
                                const struct eval_match *match, struct eval_pool *pool, jw_error *reterr)
{
    struct compared compared = {gold, system, match, pool};
    struct eval_tally tally = {0};
    struct eval_text text = {0};
    jw_status status = print_all(out, top, &compared, &tally, &text, reterr);
    free(tally.at);
    free(text.at);
    return status;
}
