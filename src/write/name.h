/* SPDX-License-Identifier: Apache-2.0 */
/* Names, values and terms along ascending tokens, as BIOES labels need them. */
#ifndef JW_WRITE_NAME_H
#define JW_WRITE_NAME_H

#include "write/write.h"

struct name_cursor {
    const jw_doc *doc;
    uint32_t layers;         /* shown */
    uint32_t mention, value, term; /* first that ends behind the token */
    int shows_value;               /* no mention touches the value the cursor is in */
    int shows_term;                /* nothing touches the term the cursor is in */
};

struct name {
    jw_range tokens;
    const char *label;
    uint32_t mention;      /* its number, or JW_NONE: a value or a term */
    const jw_value *value; /* NULL: a mention or a term that is no value */
};

struct name_cursor jwi_names_before(const jw_doc *doc, uint32_t layers);

/*
 * What covers the token: a mention (of nested ones the outer), else a value that no mention touches, else a term that neither touches.
 * False: nothing.
 * Requires: tokens asked for in ascending order.
 */
int jwi_name_at(struct name_cursor *cursor, uint32_t token, struct name *ret);

/* B, I, E or S. */
char jwi_name_place(const struct name *name, uint32_t token);

/* The entity a name is linked to, or NULL. */
const jw_entity *jwi_name_entity(const struct name_cursor *cursor, const struct name *name);

#endif
