/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Word vectors made from unlabelled text: tables with columns form and vector, one character of '0' .. 'o' a dimension.
 *   公司 TAB DZ5k..   ->   (20 - 31.5) / 10, (42 - 31.5) / 10, ...
 */
#ifndef JW_TOOLS_VECTORS_H
#define JW_TOOLS_VECTORS_H

#include "common/vec.h"
#include "doc/units.h"
#include "model/model.h"

struct vectors {
    VEC(struct units) words; /* normalised */
    VEC(float) at;           /* [words.len][width] */
    uint32_t width;
};

/* Appends a table; ends the program with a message when it is damaged.  Forms that normalisation empties are left out. */
void jwi_vectors_read(struct vectors *vectors, const jw_model *model, const char *path);

/* Letters of a text, normalised; they live until the program ends. */
struct units jwi_units_of(const jw_model *model, jw_bytes form);

/* Whether an argument names a table of vectors, by its ending. */
int jwi_vectors_is_table(const char *path);

#endif
