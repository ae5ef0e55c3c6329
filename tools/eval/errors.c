/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of the most frequent errors.  An error is a pair of pool ids: what went wrong ("NOUN -> VERB") and where (the word).  Pairs are
 * sorted, equal kinds are counted, and each kind shows its most frequent places.
 */
#include "base/error.h"
#include "eval.h"
#include "tally.h"

/* Writes tokens from..to of the file with blanks between them. */
static jw_status write_tokens(struct eval_tally *tally, const struct eval_file *file, uint32_t from,
                              uint32_t to, jw_error *reterr)
{
    for (uint32_t i = from; i < to; i++) {
        if (i > from)
            TRY(jwi_eval_line_add(tally, " ", reterr));
        TRY(jwi_eval_line_codes(tally, file->code + file->token[i].start,
                                file->token[i].end - file->token[i].start, reterr));
    }
    return JW_OK;
}

/*
 * Stretches between two common boundaries that the files cut differently:
 *   gold 半導體 市場   system 半 導 體 市場   ->   "半導體 -> 半 導 體"
 */
static jw_status tally_cuts(const struct eval_pair *pair, struct eval_tally *tally,
                            jw_error *reterr)
{
    const struct eval_token *gold = pair->gold.token, *system = pair->system.token;
    for (uint32_t g = 0, s = 0; g < pair->gold.n_token;) {
        uint32_t g_from = g, s_from = s, what;
        uint32_t g_end = gold[g++].end, s_end = system[s++].end;
        while (g_end != s_end) {
            if (g_end < s_end)
                g_end = gold[g++].end;
            else
                s_end = system[s++].end;
        }
        if (g == g_from + 1 && s == s_from + 1)
            continue;
        TRY(write_tokens(tally, &pair->gold, g_from, g, reterr));
        TRY(jwi_eval_line_add(tally, " -> ", reterr));
        TRY(write_tokens(tally, &pair->system, s_from, s, reterr));
        TRY(jwi_eval_line_end(tally, &what, reterr));
        TRY(jwi_eval_tally_add(tally, what, EVAL_EMPTY, reterr));
    }
    return JW_OK;
}

enum column { UPOS, XPOS, RELATION };

static uint32_t column_of(const struct eval_word *word, enum column column)
{
    return column == UPOS ? word->upos : column == XPOS ? word->xpos : word->rel;
}

static jw_status tally_labels(const struct eval_pair *pair, enum column column,
                              struct eval_tally *tally, jw_error *reterr)
{
    for (uint32_t i = 0; i < pair->gold.n_word; i++) {
        const struct eval_word *word = &pair->gold.word[i];
        uint32_t found = pair->match.system_of[i], what;
        if (found == JW_NONE || (column == RELATION && word->parent == EVAL_NO_TREE))
            continue;
        uint32_t gold = column_of(word, column),
                 system = column_of(&pair->system.word[found], column);
        if (gold == system)
            continue;
        TRY(jwi_eval_line_change(tally, gold, system, reterr));
        TRY(jwi_eval_line_end(tally, &what, reterr));
        TRY(jwi_eval_tally_add(tally, what, word->form, reterr));
    }
    return JW_OK;
}

/* Words whose head is wrong, by gold relation. */
static jw_status tally_heads(const struct eval_pair *pair, struct eval_tally *tally,
                             jw_error *reterr)
{
    for (uint32_t i = 0; i < pair->gold.n_word; i++) {
        const struct eval_word *word = &pair->gold.word[i];
        uint32_t found = pair->match.system_of[i];
        if (found == JW_NONE || word->parent == EVAL_NO_TREE)
            continue;
        uint32_t parent = pair->system.word[found].parent;
        uint32_t head = parent < pair->system.n_word ? pair->match.gold_of[parent] : parent;
        if (head != word->parent)
            TRY(jwi_eval_tally_add(tally, word->rel, word->form, reterr));
    }
    return JW_OK;
}

static jw_status print_all(FILE *out, uint32_t top, const struct eval_pair *pair,
                           struct eval_tally *tally, jw_error *reterr)
{
    TRY(tally_cuts(pair, tally, reterr));
    TRY(jwi_eval_tally_print(out, "Cuts: gold -> system", top, tally, reterr));
    TRY(tally_labels(pair, UPOS, tally, reterr));
    TRY(jwi_eval_tally_print(out, "UPOS: gold -> system", top, tally, reterr));
    TRY(tally_labels(pair, XPOS, tally, reterr));
    TRY(jwi_eval_tally_print(out, "XPOS: gold -> system", top, tally, reterr));
    if (!pair->gold.has_tree || !pair->system.has_tree)
        return JW_OK;
    TRY(tally_heads(pair, tally, reterr));
    TRY(jwi_eval_tally_print(out, "Wrong head, by gold relation", top, tally, reterr));
    TRY(tally_labels(pair, RELATION, tally, reterr));
    return jwi_eval_tally_print(out, "Relation: gold -> system", top, tally, reterr);
}

jw_status jwi_eval_print_errors(FILE *out, uint32_t top, struct eval_pair *pair, jw_error *reterr)
{
    struct eval_tally tally = {.pool = &pair->pool};
    jw_status status = print_all(out, top, pair, &tally, reterr);
    jwi_eval_tally_free(&tally);
    return status;
}
