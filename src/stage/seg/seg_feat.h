/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Features of boundaries, the one place, used by the scorer and the trainer.
 *   rows   an n-gram of units has one row of weights, one for each boundary it tells something about
 *   cells  everything with few values: one cell in each table of seg_tables.def
 */
#ifndef JW_STAGE_SEG_SEG_FEAT_H
#define JW_STAGE_SEG_SEG_FEAT_H

#include "base/arena.h"
#include "base/hash.h"
#include "doc/units.h"
#include "model/lexicon.h"

enum {
    SEG_WORD_MAX = 8, /* longest word looked up; longer lengths count as this */
    SEG_PAD = 4,      /* units that exist on both sides of a window */
    SEG_REACH = 12,   /* no feature of a boundary sees a unit farther away */
    SEG_CHARS = 4096, /* characters with their own cells */
    SEG_ROW_WIDTH = 6
};

/* Kinds of n-grams, by their first unit j; weight s of the row is for boundary j +
 * seg_row_first[kind] + s. */
enum seg_row { SEG_UNI, SEG_BI, SEG_SKIP, SEG_TRI, SEG_ROW_KINDS };

static const int8_t seg_row_first[SEG_ROW_KINDS] = {-2, -1, 1, 0};
static const uint8_t seg_row_len[SEG_ROW_KINDS] = {6, 5, 2, 4};

enum seg_table {
#define SEG_TABLE(name, bits) SEG_##name,
#include "stage/seg/seg_tables.def"
    SEG_TABLE_COUNT,
    SEG_FIRST_BIG = SEG_TYPES
};

/* Where a table's cells begin, and how many there are in all. */
enum seg_cell {
#define SEG_TABLE(name, bits) \
    SEG_FIRST_##name, SEG_LAST_##name = SEG_FIRST_##name + (1 << (bits)) - 1,
#include "stage/seg/seg_tables.def"
    SEG_CELL_COUNT
};

/* Sixteen small numbers about the words at a boundary; lane numbers below. */
typedef int8_t seg_lanes __attribute__((vector_size(16)));

enum seg_lane {
    SEG_LANE_GENERAL, /* lanes of the groups: length of the longest word */
    SEG_LANE_DICTIONARY,
    SEG_LANE_NAME,
    SEG_LANE_TITLE,
    SEG_LANE_TERM,
    SEG_LANE_COMPANY,
    SEG_LANE_COLLOQUIAL,
    SEG_LANE_ANY,
    SEG_LANE_FREQUENCY, /* highest frequency */
    SEG_LANE_COUNT = 16
};

/* Words that begin at, end at or cover a boundary, as maxima over them. */
struct seg_place {
    seg_lanes begin, end, inside;
};

/* Units of a sentence with what is known about each; arrays reach SEG_PAD beyond both ends. */
struct seg_window {
    uint32_t *atom; /* code with letters and digits made alike */
    uint16_t *symbol;
    uint8_t *type; /* 3 bits */
    struct lexicon_char *name;
    struct seg_place *place; /* [len + 1] */
    struct lexicon_match *matches;
    uint32_t len;
};

/* Room for windows of up to `len` units. */
jw_status jwi_seg_window_new(struct arena *arena, uint32_t len, struct seg_window *ret,
                             jw_error *reterr);

/* Fills the window with units [start, end) of the sentence and their neighbours in it. */
void jwi_seg_window_fill(struct seg_window *window, const struct lexicon *lexicon,
                         struct units sentence, uint32_t start, uint32_t end);

/* Cells of boundary k of the window, 0 <= k <= len: ret[SEG_TABLE_COUNT], one in each table. */
void jwi_seg_cells(const struct seg_window *window, uint32_t k, uint32_t *ret);

/* Seven bits: the groups of lists a word is on, by lane. */
uint32_t jwi_seg_groups(uint16_t classes);

/* Powers of two to powers of 2.5, of which sixteen are enough. */
uint32_t jwi_seg_coarse(uint8_t bin);

/* Type of a character, 3 bits. */
uint8_t jwi_seg_type(uint32_t code, uint8_t cls);

/* Key of the n-gram of a kind that starts at unit j; j may lie in the padding. */
static inline uint64_t seg_row_key(const struct seg_window *window, enum seg_row kind, int64_t j)
{
    const uint32_t *atom = window->atom + j;
    switch (kind) {
    case SEG_UNI:
        return hash_join(SEG_UNI, atom[0]);
    case SEG_BI:
        return hash_join(SEG_BI, (uint64_t)atom[0] << 21 | atom[1]);
    case SEG_SKIP:
        return hash_join(SEG_SKIP, (uint64_t)atom[0] << 21 | atom[2]);
    default:
        return hash_join(SEG_TRI, (uint64_t)atom[0] << 42 | (uint64_t)atom[1] << 21 | atom[2]);
    }
}

#endif
