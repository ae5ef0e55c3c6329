/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of stage form: the table of wordings, the parser of numbered lines, typed values, the classifier's features and the table of
 * events.
 *   1.事實發生日:115/06/25                 field fact_date, date 2026-06-25
 *   2.被背書保證之:                        field guaranteed_group
 *   (1)公司名稱:中租迪和股份有限公司           part company, of field 2
 */
#ifndef JW_STAGE_FORM_FORM_H
#define JW_STAGE_FORM_FORM_H

#include <jinwen/form.h>

#include "base/arena.h"
#include "doc/units.h"

/* Where a wording may stand: a bit mask. */
enum form_place {
    PLACE_LINE = 1, /* after a number: 1.事實發生日: */
    PLACE_PART = 2, /* inside a value */
    PLACE_HEAD = 4, /* before the first number */
    PLACE_TAIL = 8, /* a whole last line that belongs to no field */
    PLACE_ANSWER = 16
};

/* Which of several values of the type is the field's. */
enum form_pick { PICK_FIRST, PICK_LARGEST };

enum { FORM_VERSION = 1, FORM_CLAUSES = 51, FORM_KEY_MAX = 400 };

/*
 * A wording: letters in normal form without blanks and without what stands in round brackets, hashed.  An answer has only `type`, which
 * is a jw_answer.
 */
struct form_wording {
    uint64_t hash;
    uint32_t id; /* hash of the field's name */
    uint32_t name_at, role_at, unit_at;
    uint32_t under_at, under_count; /* ids of the fields a part may stand in, among the letters; 0: any */
    uint8_t name_len, role_len, unit_len;
    uint8_t place, type, pick;
    uint8_t power; /* of ten: 仟元 is 3 */
    uint8_t spare;
    char currency[4];
};

/*
 * A row of the table of events: the first of a clause whose conditions all hold decides.  A condition holds when the subject, or the value
 * of a field, has one of its cues; one without cues when the field is there.
 */
struct form_leaf {
    uint32_t code_at, first_term;
    uint8_t code_len, clause, direction, progress;
    uint32_t term_count;
};
struct form_term {
    uint32_t field; /* hash of a field's name; 0: the subject */
    uint32_t is_negated;
    uint32_t first_cue, cue_count;
};
struct form_cue {
    uint32_t at, len; /* letters */
};

/* Layout of section FORM: header, wordings sorted by hash, leaves by clause, terms, cues, letters, names. */
struct form_header {
    uint32_t version, wording_count, leaf_count, term_count, cue_count, letter_count, name_size, spare;
};

struct form_table {
    const struct form_wording *wording;
    const struct form_leaf *leaf;
    const struct form_term *term;
    const struct form_cue *cue;
    const uint32_t *letter;
    const char *name;
    uint32_t wording_count, leaf_count;
};

/* Checks the section; the view borrows it. */
jw_status jwi_form_table_open(jw_bytes section, struct form_table *ret, jw_error *reterr);

/* The wording with the hash that may stand in one of the places, or NULL. */
const struct form_wording *jwi_form_find(const struct form_table *table, uint64_t hash, unsigned places);

/* Hash of the letters of [start, end) as wordings have it. */
uint64_t jwi_form_hash(struct units units, uint32_t start, uint32_t end);

/* Hash of a field's name. */
uint32_t jwi_form_id(const char *name, size_t len);

/* A field in units. */
struct form_item {
    uint32_t start, key, key_end, value, end;
    uint32_t number, parent;            /* parent: index of an item, or JW_NONE */
    const struct form_wording *wording; /* NULL: unknown */
};

struct form_items {
    struct form_item *at;
    uint32_t len, known; /* known: with a wording, parts not counted */
};

/*
 * The fields of units [start, end), a part after its parent.  Method: places that look like the beginning of a field are candidates; the
 * chain of rising numbers with the most known wordings is the form.  Linear.  Returns 0 when memory ends.
 */
int jwi_form_scan(const struct form_table *table, struct units units, uint32_t start, uint32_t end, struct arena *arena,
                  struct form_items *ret);

/* The classifier sees the letters of the subject and the names of the fields. */
struct form_view {
    const int32_t *weight_at; /* [FORM_ROWS + 1] */
    const struct form_weight *weight;
    const uint16_t *confidence; /* [FORM_BINS], 1/JW_SCALE by margin */
};
enum { FORM_ROW_BITS = 16, FORM_ROWS = 1 << FORM_ROW_BITS, FORM_BINS = 32, FORM_MODEL_VERSION = 1 };
struct form_weight {
    int16_t value;
    uint8_t clause, spare;
};

/* Layout of section FRMC: header, weight_at, confidence, weights. */
struct form_model_header {
    uint32_t version, weight_count, spare[2];
};

#endif
