/* SPDX-License-Identifier: Apache-2.0 */
/* Announcements with their clause: the tables of corpora/announcements as examples of the classifier. */
#ifndef JW_TOOLS_CLAUSES_H
#define JW_TOOLS_CLAUSES_H

#include "common/vec.h"
#include "model/norm_table.h"
#include "stage/form/form_train.h"

struct clauses {
    struct norm_table norm;
    struct arena arena;
    VEC(struct form_sight) forms; /* by number of the table of forms */
    VEC(struct form_example) examples;
};

/* Takes section NORM, which it borrows, and reads forms.tsv (form, fields); a bad file ends the program, here and below. */
void jwi_clauses_open(struct clauses *clauses, jw_bytes norm, const char *forms);

/* Appends the rows of a table: date, clause, form, subject, times. */
void jwi_clauses_read(struct clauses *clauses, const char *path);
void jwi_clauses_free(struct clauses *clauses);

#endif
