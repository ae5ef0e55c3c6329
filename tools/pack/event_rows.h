/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of dict/events as rows of section EVNT, in the order of the files. */
#ifndef JW_TOOLS_EVENT_ROWS_H
#define JW_TOOLS_EVENT_ROWS_H

#include "common/vec.h"
#include "model/norm_table.h"
#include "stage/event/event.h"

enum { EVENT_NAME = 1024 };

struct word_row {
    uint32_t code[EVENT_WORD_MAX];
    uint32_t len;
    struct event_tag tag;
};

struct class_row {
    char name[EVENT_NAME];
};

struct leaf_row {
    char code[32], roles[160];
};

struct event_rows {
    struct norm_table norm;
    VEC(struct word_row) words;
    VEC(struct class_row) classes;
    VEC(struct leaf_row) leaves;
    VEC(struct event_pattern) patterns;
    VEC(struct event_role) roles;
    VEC(struct event_note) notes;
    VEC(struct event_credit) credits;
    VEC(struct leaf_row) codes;
    VEC(uint16_t) list;
    uint16_t conf[EVENT_CONF_STEPS + 1];
    int conf_count;
};

/* Reads LEAVES WORDS TRIGGERS ROLES NOTES CREDIT RULES CONFIDENCE; a bad file ends the program. */
void jwi_event_rows_read(struct event_rows *rows, char **paths);

/* The class of that name, which a table has. */
uint16_t jwi_event_rows_class(struct event_rows *rows, const char *name);

#endif
