/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-eval-clauses [--floors WHOLE SUBJECT FIELDS] MODEL FORMS TABLE...: how well clauses of announcements are told from subject and
 * fields (whole), from the subject alone and from the fields alone.  Macro-F1 counts clauses with at least 50 announcements in the tables;
 * below it, F1 by clause and the most frequent errors of the whole form.  Exit code 1: a macro-F1 is under its floor.
 */
#include "common/clauses.h"
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENOUGH = 50, VIEWS = 3, ERRORS = 15 };

struct counts {
    uint32_t pair[FORM_CLAUSES + 1][FORM_CLAUSES + 1]; /* [gold][guess] */
    uint32_t gold[FORM_CLAUSES + 1], guess[FORM_CLAUSES + 1];
    uint32_t right, all;
};

static void die(const jw_error *error)
{
    fprintf(stderr, "%s\n", error->message);
    exit(3);
}

static void count(const struct clauses *clauses, const struct form_model *model, uint32_t view, struct counts *ret)
{
    uint32_t rows[SIGHT_ROWS];
    for (size_t i = 0; i < clauses->examples.len; i++) {
        const struct form_example *example = &clauses->examples.at[i];
        struct form_sight sight = example->sight;
        sight.field_count = view == 1 ? 0 : sight.field_count;
        sight.letter_count = view == 2 ? 0 : sight.letter_count;
        const uint32_t guess = jwi_form_guess(model, rows, jwi_form_rows(&sight, rows)).clause;
        ret->pair[example->clause][guess] += example->times;
        ret->gold[example->clause] += example->times;
        ret->guess[guess] += example->times;
        ret->right += guess == example->clause ? example->times : 0;
        ret->all += example->times;
    }
}

static double f1_of(const struct counts *counts, uint32_t clause)
{
    const uint32_t both = counts->gold[clause] + counts->guess[clause];
    return both ? 200.0 * counts->pair[clause][clause] / both : 0;
}

static double macro_of(const struct counts *counts, uint32_t least, uint32_t *groups)
{
    double sum = 0;
    *groups = 0;
    for (uint32_t i = 1; i <= FORM_CLAUSES; i++) {
        if (counts->gold[i] < least)
            continue;
        sum += f1_of(counts, i);
        (*groups)++;
    }
    return *groups ? sum / *groups : 0;
}

static void print_clauses(const struct counts *counts)
{
    printf("\nclause | gold | precision | recall | F1\n");
    for (uint32_t i = 1; i <= FORM_CLAUSES; i++)
        if (counts->gold[i])
            printf("%6u | %4u | %9.2f | %6.2f | %.2f\n", i, counts->gold[i],
                   counts->guess[i] ? 100.0 * counts->pair[i][i] / counts->guess[i] : 0.0, 100.0 * counts->pair[i][i] / counts->gold[i],
                   f1_of(counts, i));
}

static void print_errors(const struct counts *counts)
{
    printf("\nclause | taken for | times\n");
    uint32_t before = UINT32_MAX;
    for (uint32_t shown = 0; shown < ERRORS && before > 1;) {
        uint32_t most = 0;
        for (uint32_t i = 1; i <= FORM_CLAUSES; i++)
            for (uint32_t k = 1; k <= FORM_CLAUSES; k++)
                if (i != k && counts->pair[i][k] < before && counts->pair[i][k] > most)
                    most = counts->pair[i][k];
        for (uint32_t i = 1; i <= FORM_CLAUSES && most; i++)
            for (uint32_t k = 1; k <= FORM_CLAUSES; k++)
                if (i != k && counts->pair[i][k] == most && shown++ < ERRORS)
                    printf("%6u | %9u | %u\n", i, k, most);
        before = most;
    }
}

int main(int argc, char **argv)
{
    static const char *const views[VIEWS] = {"whole", "subject", "fields"};
    static struct clauses clauses;
    static struct counts counts[VIEWS];
    struct form_model model;
    jw_model *opened;
    jw_bytes section;
    jw_error error;
    double floors[VIEWS] = {0, 0, 0};
    int is_low = 0;
    const int has_floors = argc > 1 + VIEWS && strcmp(argv[1], "--floors") == 0;
    for (int i = 0; has_floors && i < VIEWS; i++)
        floors[i] = atof(argv[2 + i]);
    argc -= has_floors ? 1 + VIEWS : 0;
    argv += has_floors ? 1 + VIEWS : 0;
    if (argc < 4) {
        fprintf(stderr, "usage: jinwen-eval-clauses [--floors WHOLE SUBJECT FIELDS] MODEL FORMS TABLE...\n");
        return 2;
    }
    if (jw_model_open(argv[1], NULL, &opened, &error) != JW_OK || jwi_model_file_section(&opened->file, "FRMC", &section, &error) != JW_OK ||
        jwi_form_model_open(section, &model, &error) != JW_OK || jwi_model_file_section(&opened->file, "NORM", &section, &error) != JW_OK)
        die(&error);
    jwi_clauses_open(&clauses, section, argv[2]);
    for (int i = 3; i < argc; i++)
        jwi_clauses_read(&clauses, argv[i]);
    printf("seen | announcements | accuracy | groups | macro-F1 | macro-F1, every clause\n");
    for (uint32_t view = 0; view < VIEWS; view++) {
        uint32_t groups, every;
        count(&clauses, &model, view, &counts[view]);
        const double macro = macro_of(&counts[view], ENOUGH, &groups), rare = macro_of(&counts[view], 1, &every);
        is_low |= macro < floors[view];
        printf("%s | %u | %.2f | %u | %.2f | %.2f of %u\n", views[view], counts[view].all, 100.0 * counts[view].right / counts[view].all,
               groups, macro, rare, every);
    }
    print_clauses(&counts[0]);
    print_errors(&counts[0]);
    jwi_clauses_free(&clauses);
    jw_model_unref(opened);
    return is_low;
}
