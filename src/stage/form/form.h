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
#include "doc/doc.h"
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

enum { FORM_VERSION = 1, FORM_CLAUSES = 51, FORM_KEY_MAX = 400 }; /* letters of a key; the longest of the feed has 250 */

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
    uint32_t code_at, first_term, term_count;
    uint8_t code_len, clause, direction, progress;
    uint8_t is_routine, spare[3];
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

/* What the classifier sees: letters of the subject without blanks, digits as '0', and the ids of the fields in order. */
struct form_sight {
    const uint32_t *letter, *field;
    uint32_t letter_count, field_count;
};
enum { SIGHT_LETTERS = 160, SIGHT_FIELDS = 96, SIGHT_ROWS = 3 * SIGHT_LETTERS + 2 * SIGHT_FIELDS + 2 };

/* Letters of units [start, end) as the classifier sees them; ret[SIGHT_LETTERS]. */
uint32_t jwi_form_letters(struct units units, uint32_t start, uint32_t end, uint32_t *ret);

/* Rows of the table of weights; ret[SIGHT_ROWS]. */
uint32_t jwi_form_rows(const struct form_sight *sight, uint32_t *ret);

enum { FORM_MODEL_VERSION = 1, FORM_ROW_BITS = 17, FORM_ROWS = 1 << FORM_ROW_BITS, FORM_BINS = 40 };

struct form_weight {
    int16_t value;
    uint8_t clause, spare; /* clause - 1 */
};

/* Layout of section FRMC: header, weight_at[FORM_ROWS + 1], confidence[FORM_BINS], weights. */
struct form_model_header {
    uint32_t version, weight_count, spare[2];
};

struct form_model {
    const uint32_t *weight_at;
    const uint32_t *confidence; /* 1/JW_SCALE by bin of the margin */
    const struct form_weight *weight;
};

/* Checks the section; the view borrows it. */
jw_status jwi_form_model_open(jw_bytes section, struct form_model *ret, jw_error *reterr);

struct form_guess {
    uint32_t clause; /* 1-51; 0: nothing was seen */
    uint32_t bin;    /* of the margin to the second */
};

/* The clause with the highest sum of weights; the lowest number of equals. */
struct form_guess jwi_form_guess(const struct form_model *model, const uint32_t *rows, uint32_t count);

/* The row of the table of events that fits, or NULL; subject is a range of units. */
const struct form_leaf *jwi_form_leaf(const struct form_table *table, struct units units, jw_range subject, const struct form_items *items,
                                      uint32_t clause);

/* Reads values of fields; mention types are ids of JW_LABELS_MENTION. */
struct form_reader {
    const struct form_table *table;
    struct units units;
    const jw_doc *doc;
    uint32_t person, company[4];
};

static inline int form_is_stop(uint32_t code)
{
    return code == 0x3002 || code == '.' || code == ',' || code == ';' || code == 0x3001;
}

static inline jw_range form_trim(struct units units, uint32_t start, uint32_t end)
{
    while (start < end && units.cls[start] == UNIT_SPACE)
        start++;
    while (start < end && units.cls[end - 1] == UNIT_SPACE)
        end--;
    const jw_range range = {start, end};
    return range;
}

static inline jw_range form_bytes(struct units units, jw_range range)
{
    const jw_range bytes = {units.at[range.start], units.at[range.end]};
    return bytes;
}

/* End of the first piece of a value: 不適用；受限情形：無 has 不適用. */
uint32_t jwi_form_piece_end(struct units units, uint32_t start, uint32_t end);

/* Fills the name of a person or a company; `value` is a range of units. */
void jwi_form_name(const struct form_reader *reader, jw_range value, jw_field *field);

/* Fills what the item says. */
void jwi_form_read(const struct form_reader *reader, const struct form_item *item, jw_field *field);

#endif
