/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scores of the CoNLL-18 shared task.  Every layer is scored on matched words, so a wrong boundary costs in all of them.  UAS to BLEX
 * are scored on gold sentences that have a tree, with the system words that start in them; a file with trees throughout gives the
 * numbers of the shared-task script.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "eval.h"

/* What a layer compares, one bit each. */
enum {
    BY_UPOS = 1,
    BY_XPOS = 2,
    BY_FEATS = 4,
    BY_LEMMA = 8,
    BY_HEAD = 16,
    BY_RELATION = 32,
    BY_CHILDREN = 64,
    CONTENT_ONLY = 128,
    PARSED_ONLY = 256
};

struct score {
    uint32_t gold, system, correct, aligned;
};

struct compared {
    const struct eval_file *gold, *system;
    const struct eval_match *match;
    uint32_t rules; /* BY_... */
};

static const struct layer {
    const char *name;
    uint32_t rules;
} layers[] = {
    {"UPOS", BY_UPOS},
    {"XPOS", BY_XPOS},
    {"UFeats", BY_FEATS},
    {"AllTags", BY_UPOS | BY_XPOS | BY_FEATS},
    {"Lemmas", BY_LEMMA},
    {"UAS", PARSED_ONLY | BY_HEAD},
    {"LAS", PARSED_ONLY | BY_HEAD | BY_RELATION},
    {"CLAS", PARSED_ONLY | CONTENT_ONLY | BY_HEAD | BY_RELATION},
    {"MLAS", PARSED_ONLY | CONTENT_ONLY | BY_HEAD | BY_RELATION | BY_UPOS | BY_FEATS | BY_CHILDREN},
    {"BLEX", PARSED_ONLY | CONTENT_ONLY | BY_HEAD | BY_RELATION | BY_LEMMA},
};

/* The gold word a system word's head stands for; EVAL_ROOT stays, JW_NONE is "no gold word". */
static uint32_t gold_parent(const struct compared *c, uint32_t parent)
{
    if (parent == EVAL_ROOT)
        return EVAL_ROOT;
    return parent < c->system->n_word ? c->match->gold_of[parent] : JW_NONE;
}

static bool has_same_children(const struct compared *c, const struct eval_word *gold,
                              const struct eval_word *system)
{
    if (gold->child_len != system->child_len)
        return false;
    for (uint32_t i = 0; i < gold->child_len; i++) {
        uint32_t a = c->gold->child[gold->child_at + i], b = c->system->child[system->child_at + i];
        const struct eval_word *x = &c->gold->word[a], *y = &c->system->word[b];
        if (c->match->gold_of[b] != a || x->rel != y->rel || x->upos != y->upos ||
            x->feats != y->feats)
            return false;
    }
    return true;
}

/* A gold lemma `_` is right whatever the system says. */
static bool has_same_lemma(const struct eval_word *gold, const struct eval_word *system)
{
    return gold->lemma == system->lemma || gold->lemma == EVAL_UNDERSCORE;
}

static bool is_correct(const struct compared *c, const struct eval_word *gold,
                       const struct eval_word *system)
{
    uint32_t rules = c->rules;
    if ((rules & BY_UPOS && gold->upos != system->upos) ||
        (rules & BY_XPOS && gold->xpos != system->xpos) ||
        (rules & BY_FEATS && gold->feats != system->feats) ||
        (rules & BY_LEMMA && !has_same_lemma(gold, system)))
        return false;
    if (rules & BY_HEAD && gold->parent != gold_parent(c, system->parent))
        return false;
    if (rules & BY_RELATION && gold->rel != system->rel)
        return false;
    return !(rules & BY_CHILDREN) || has_same_children(c, gold, system);
}

/* Words of `file` that count for the layer; whether a word is parsed is the gold file's to say. */
static uint32_t count_words(const struct compared *c, const struct eval_file *file)
{
    uint32_t total = 0, at = 0;
    for (uint32_t i = 0; i < file->n_word; i++) {
        const struct eval_word *word = &file->word[i];
        while (at + 1 < c->gold->n_sentence && c->gold->sentence[at].end <= word->start)
            at++;
        bool counts = !(c->rules & CONTENT_ONLY) || word->is_content;
        if (c->rules & PARSED_ONLY && !c->gold->sentence[at].has_tree)
            counts = false;
        total += counts;
    }
    return total;
}

static struct score score_layer(const struct compared *c)
{
    struct score score = {count_words(c, c->gold), count_words(c, c->system), 0, 0};
    for (uint32_t i = 0; i < c->gold->n_word; i++) {
        const struct eval_word *word = &c->gold->word[i];
        if (c->match->system_of[i] == JW_NONE || (c->rules & CONTENT_ONLY && !word->is_content) ||
            (c->rules & PARSED_ONLY && word->parent == EVAL_NO_TREE))
            continue;
        score.aligned++;
        score.correct += is_correct(c, word, &c->system->word[c->match->system_of[i]]);
    }
    return score;
}

static double percent(double part, double whole)
{
    return whole > 0 ? 100 * (part / whole) : 0;
}

static void print_row(FILE *out, bool counts, const char *name, const struct score *score,
                      bool has_aligned)
{
    if (counts) {
        fprintf(out, "%-11s|%10u |%10u |%10u |", name, score->correct, score->gold, score->system);
        if (has_aligned || strcmp(name, "Words") == 0)
            fprintf(out, "%10u", has_aligned ? score->aligned : score->correct);
        else
            fprintf(out, "%10s", "");
    } else {
        fprintf(out, "%-11s|%10.2f |%10.2f |%10.2f |", name, percent(score->correct, score->system),
                percent(score->correct, score->gold),
                percent(2.0 * score->correct, (double)score->gold + score->system));
        if (has_aligned)
            fprintf(out, "%10.2f", percent(score->correct, score->aligned));
    }
    fputc('\n', out);
}

static void print_absent_row(FILE *out, const char *name)
{
    fprintf(out, "%-11s|%10s |%10s |%10s |%10s\n", name, "-", "-", "-", "-");
}

static jw_range span_at(const struct eval_file *file, bool sentences, uint32_t i)
{
    return sentences ? (jw_range){file->sentence[i].start, file->sentence[i].end}
                     : (jw_range){file->token[i].start, file->token[i].end};
}

static struct score score_spans(const struct eval_file *gold, const struct eval_file *system,
                                bool sentences)
{
    struct score score = {sentences ? gold->n_sentence : gold->n_token,
                          sentences ? system->n_sentence : system->n_token, 0, 0};
    for (uint32_t g = 0, s = 0; g < score.gold && s < score.system;) {
        jw_range a = span_at(gold, sentences, g), b = span_at(system, sentences, s);
        score.correct += a.start == b.start && a.end == b.end;
        g += a.start <= b.start;
        s += b.start <= a.start;
    }
    return score;
}

void jwi_eval_print_scores(FILE *out, bool counts, const struct eval_pair *pair)
{
    const struct eval_file *gold = &pair->gold, *system = &pair->system;
    struct score tokens = score_spans(gold, system, false),
                 sentences = score_spans(gold, system, true);
    struct score words = {gold->n_word, system->n_word, pair->match.len, 0};
    fputs(counts ? "Metric     | Correct   |      Gold | Predicted | Aligned\n"
                 : "Metric     | Precision |    Recall |  F1 Score | AligndAcc\n",
          out);
    fputs("-----------+-----------+-----------+-----------+-----------\n", out);
    print_row(out, counts, "Tokens", &tokens, false);
    print_row(out, counts, "Sentences", &sentences, false);
    print_row(out, counts, "Words", &words, false);
    for (size_t i = 0; i < sizeof(layers) / sizeof(layers[0]); i++) {
        struct compared compared = {gold, system, &pair->match, layers[i].rules};
        struct score score = score_layer(&compared);
        if (layers[i].rules & PARSED_ONLY && !(gold->has_tree && system->has_tree))
            print_absent_row(out, layers[i].name);
        else
            print_row(out, counts, layers[i].name, &score, true);
    }
}

struct recall {
    uint32_t gold, found, tagged;
};

static void print_recall(FILE *out, const char *name, const struct recall *recall)
{
    fprintf(out, "%-11s|%10u |%10u |%10.2f |%10.2f\n", name, recall->gold, recall->found,
            percent(recall->found, recall->gold), percent(recall->tagged, recall->found));
}

jw_status jwi_eval_print_unseen(FILE *out, const struct eval_file *train,
                                const struct eval_pair *pair, jw_error *reterr)
{
    struct recall recall[2] = {{0, 0, 0}, {0, 0, 0}};
    bool *is_known = calloc(pair->pool.n, sizeof(*is_known));
    if (!is_known)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < train->n_word; i++)
        is_known[train->word[i].form] = true;
    for (uint32_t i = 0; i < pair->gold.n_word; i++) {
        const struct eval_word *word = &pair->gold.word[i];
        struct recall *one = &recall[is_known[word->form]];
        uint32_t found = pair->match.system_of[i];
        one->gold++;
        one->found += found != JW_NONE;
        one->tagged += found != JW_NONE && pair->system.word[found].upos == word->upos;
    }
    free(is_known);
    fputs("\nGold words |     Count |     Found |    Recall | UPOS of found\n", out);
    fputs("-----------+-----------+-----------+-----------+--------------\n", out);
    print_recall(out, "in train", &recall[1]);
    print_recall(out, "not in it", &recall[0]);
    return JW_OK;
}
