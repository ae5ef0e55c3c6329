/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-eval-relation -m MODEL PAIRS: how well section RELN tells the relations of given pairs of names (corpora/finre/valid.tsv).
 * pairs: every label of a pair is one item, the system's labels are those with a chance of at least THRESHOLD; both directions of a pair say
 * the same and count once.  rows: the corpus lists a pair with two labels twice and a system gives one answer a row, as classifiers of one
 * label are scored.  `unknown` is no relation and counts nowhere.
 */
#include "common/gold.h"
#include "common/pairs.h"
#include "stage/relation/relation_view.h"

#include <stdio.h>
#include <string.h>

enum { THRESHOLD = 1800 }; /* 1/JW_SCALE; best for pairs and rows alike in five-fold trials on the training pairs */

struct count {
    uint32_t gold, system, right;
};

struct scorer {
    struct relation_view view;
    struct count by_label[RELATION_LABELS_MAX], pairs, rows;
};

static uint32_t label_of(const struct relation_view *view, jw_bytes name)
{
    int is_turned;
    const jw_bytes active = jwi_pairs_active(name, &is_turned);
    for (uint32_t i = 0; i < view->base_count; i++)
        if (strlen(view->bases[i].name) == active.len && !memcmp(view->bases[i].name, active.at, active.len))
            return i * 2 + (uint32_t)is_turned;
    return JW_NONE;
}

static void count_pair(struct scorer *scorer, const struct pair_row *row, const struct relation_scores *scores)
{
    for (uint32_t i = 0; i < row->label_count; i++) {
        const uint32_t label = label_of(&scorer->view, row->labels[i]);
        if (label < RELATION_LABELS_MAX && label > 1)
            scorer->by_label[label].gold++;
    }
    for (uint32_t k = 0; k < scores->label_count; k++) {
        if (scores->label[k] < 2 || scores->chance[k] < THRESHOLD)
            continue;
        struct count *count = &scorer->by_label[scores->label[k]];
        count->system++;
        for (uint32_t i = 0; i < row->label_count; i++)
            count->right += (uint32_t)(label_of(&scorer->view, row->labels[i]) == scores->label[k]);
    }
}

static void count_rows(struct scorer *scorer, const struct pair_row *row, const struct relation_scores *scores)
{
    uint32_t best = 0;
    for (uint32_t k = 1; k < scores->label_count; k++)
        if (scores->label[k] > 1 && (!best || scores->chance[k] > scores->chance[best]))
            best = k;
    const int is_any = scores->chance[best] >= THRESHOLD;
    for (uint32_t i = 0; i < row->label_count; i++) {
        const uint32_t label = label_of(&scorer->view, row->labels[i]);
        scorer->rows.gold += label > 1;
        scorer->rows.system += (uint32_t)is_any;
        scorer->rows.right += is_any && label > 1 && label == scores->label[best];
    }
}

static void take(void *ctx, const struct pair_row *row)
{
    struct scorer *scorer = ctx;
    struct relation_scores scores;
    jwi_relation_score(&scorer->view, &row->text, &row->pair, &scores);
    count_pair(scorer, row, &scores);
    count_rows(scorer, row, &scores);
}

static double percent(uint32_t part, uint32_t whole)
{
    return whole ? 100.0 * part / whole : 0;
}

static void print(const char *name, const struct count *count)
{
    printf("%-12s| %6.2f | %6.2f | %6.2f | %5u\n", name, percent(count->right, count->system), percent(count->right, count->gold),
           percent(2 * count->right, count->system + count->gold), count->gold);
}

/* Both directions of a relation in one line: a pair is listed with either name first. */
static void print_all(struct scorer *scorer)
{
    printf("Relation    | Precis | Recall | F1     | Gold\n");
    for (uint32_t base = 1; base < scorer->view.base_count; base++) {
        struct count sum = scorer->by_label[base * 2];
        const struct count *turned = &scorer->by_label[base * 2 + 1];
        sum.gold += turned->gold;
        sum.system += turned->system;
        sum.right += turned->right;
        scorer->pairs.gold += sum.gold;
        scorer->pairs.system += sum.system;
        scorer->pairs.right += sum.right;
        print(scorer->view.bases[base].name, &sum);
    }
    print("pairs", &scorer->pairs);
    print("rows", &scorer->rows);
}

int main(int argc, char **argv)
{
    if (argc != 4 || strcmp(argv[1], "-m") != 0) {
        fprintf(stderr, "usage: jinwen-eval-relation -m MODEL PAIRS\n");
        return 2;
    }
    struct scorer scorer = {.pairs = {0, 0, 0}};
    jw_model *model;
    jw_error error;
    jw_bytes section;
    jwi_check(jw_model_open(argv[2], NULL, &model, &error), &error, argv[2], TOOL_MODEL);
    jwi_check(jwi_model_file_section(&model->file, "RELN", &section, &error), &error, argv[2], TOOL_MODEL);
    jwi_check(jwi_relation_view_open(section, &scorer.view, &error), &error, argv[2], TOOL_MODEL);
    jwi_pairs_read(model, argv[3], take, &scorer);
    print_all(&scorer);
    jw_model_unref(model);
    return 0;
}
