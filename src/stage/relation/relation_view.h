/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section RELN: a linear scorer of relations between two names, learned from FinRE.
 * A base is a relation of the corpus in its active form; one that has a direction is scored both ways: A holds B by the features of (A, B),
 * A is held by B by those of (B, A) with the same weights.  Rows of weights are found by 64-bit keys
 * through a hash of 32-bit tags.
 */
#ifndef JW_STAGE_RELATION_RELATION_VIEW_H
#define JW_STAGE_RELATION_RELATION_VIEW_H

#include "stage/relation/relation_feat.h"

enum {
    RELATION_VERSION = 2,
    RELATION_BASES_MAX = 32,
    RELATION_LABELS_MAX = 2 * RELATION_BASES_MAX,
    RELATION_NAME_MAX = 23,
    RELATION_WEIGHT_BITS = 11, /* weights are 16 bits: -16 .. 16 */
    RELATION_GAIN = 10        /* a score is the sum of weights times this over the root of the sum of the squares of what its features weigh */
};

struct relation_header {
    uint32_t version, base_count, row_count, slot_count;
};

/* Base 0 is "no relation".  Layout: header, bases[base_count], slots, rows[row_count][RELATION_BASES_MAX], each padded to 64 bytes. */
struct relation_base {
    char name[RELATION_NAME_MAX + 1]; /* as the corpus has it */
    uint32_t type;                    /* id of JW_LABELS_RELATION or JW_NONE */
    uint16_t is_symmetric, is_turned; /* turned: its head is the tail of the type */
};

/* A row by key: slots are a power of two, probed one after another; row UINT32_MAX is empty. */
struct relation_slot {
    uint32_t tag, row;
};

struct relation_view {
    const struct relation_slot *slots;
    const int16_t *rows;
    const struct relation_base *bases;
    uint32_t base_count, row_count, slot_mask;
};

/* A label is base * 2 + turned: 0 the first name is its head, 1 the second. */
struct relation_scores {
    uint32_t label_count;
    uint16_t label[RELATION_LABELS_MAX];
    int32_t chance[RELATION_LABELS_MAX]; /* 1/JW_SCALE; they sum to about JW_SCALE */
};

/* The section's bytes outlive the view.  Status: EMODEL_CORRUPT, EMODEL_VERSION. */
jw_status jwi_relation_view_open(jw_bytes section, struct relation_view *ret, jw_error *reterr);

/* Chances of every label of the pair. */
void jwi_relation_score(const struct relation_view *view, const struct relation_text *text, const struct relation_pair *pair,
                        struct relation_scores *ret);

#endif
