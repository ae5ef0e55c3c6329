/* SPDX-License-Identifier: Apache-2.0 */
/* Between the rows of the flat tables (table.c) and their columns (table_column.c). */
#ifndef JW_WRITE_TABLE_H
#define JW_WRITE_TABLE_H

#include "write/name.h"
#include "write/place.h"

struct row {
    struct out *out;
    const jw_doc *doc;
    const jw_write_options *options;
    uint32_t layers;
    char separator;
    uint32_t index;      /* sentence, token, mention, entity or value */
    uint32_t number;     /* of the row in its document, from 1 */
    jw_range text;       /* its bytes; empty: a document or an entity */
    uint32_t start, end; /* the same in the unit asked for */
    struct place place;
    struct name_cursor names;
};

struct column {
    const char *name;
    void (*put)(struct row *row);
};

struct table {
    const struct column *columns;
    int has_text; /* a row is a range of the text */
};

struct table jwi_table_of(uint32_t table);

/* A cell, quoted or flattened as the format asks. */
void jwi_table_bytes(struct row *row, jw_bytes text);

#endif
