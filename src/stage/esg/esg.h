/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage esg: opportunity or risk for a company, as log-odds that are a sum over what the lead of the document says: its words, and the opinions
 * and events that the stages before it found.  Section ESGR: linear weights learned from labelled headlines (esg_train).
 *   words     a row holds how good or bad the word is (learned from the lists of sentiment: letters and word vector) and what its vector
 *             weighs; negation turns the first, not the second.  Words of dict/senti count besides
 *   opinions, events   their market and credit priors, and a weight of the rule or leaf
 * Names, persons, places and numbers are never read, so that another name in the same place has the same reading.
 */
#ifndef JW_STAGE_ESG_ESG_H
#define JW_STAGE_ESG_ESG_H

#include <jinwen/esg.h>

#include "base/hash.h"
#include "stage/stage.h"

enum {
    ESG_VERSION = 1,
    ESG_WEIGHT_MAX = 20 * JW_SCALE, /* of a coefficient or a prior */
    ESG_KEYS = 2,
    ESG_AMOUNTS = 2,
    ESG_EVIDENCE_MAX = 4096, /* what a long lead has beyond is left out */
    ESG_ITEMS_FULL = 18      /* most headlines have fewer; of more each counts by its share, or a lead of three sentences were sure */
};

/* What an amount is of; each has a coefficient for good and, next to it, for bad. */
enum esg_coefficient { ESG_OF_WORD, ESG_OF_SENSE = 2, ESG_OF_OPINION = 4, ESG_OF_EVENT = 6, ESG_OF_CREDIT = 8, ESG_COEFFICIENTS = 10 };

/* Kinds of keys. */
enum esg_key { ESG_KEY_WORD = 1, ESG_KEY_PIECE, ESG_KEY_RULE, ESG_KEY_LEAF, ESG_KEY_GROUP };

struct esg_header {
    uint32_t version, slot_count;
    int32_t prior, threshold; /* log-odds; p_risk from which it is a risk; 1/JW_SCALE */
    int32_t coefficient[ESG_COEFFICIENTS]; /* log-odds of an amount of 1, 1/JW_SCALE */
};

/* A row by key: slots are a power of two, probed one after another, at least one is empty. */
struct esg_slot {
    uint32_t tag;
    int16_t polarity; /* of a word, 1/JW_SCALE; ESG_EMPTY: no row */
    int16_t weight;   /* log-odds, 1/JW_SCALE */
};
enum { ESG_EMPTY = -32768 };

struct esg_view {
    struct esg_header header;
    const struct esg_slot *slots;
};

/* An amount in 1/JW_SCALE and the coefficient it is of. */
struct esg_amount {
    int32_t value;
    uint32_t of;
};

/* What one word, opinion or event brings. */
struct esg_item {
    jw_range text;
    jw_bytes rule;
    uint64_t keys[ESG_KEYS]; /* whose weights count; 0: none */
    struct esg_amount amounts[ESG_AMOUNTS];
    uint32_t source; /* jw_esg_source */
};

struct esg_items {
    struct esg_item *at;
    uint32_t len;
};

/* Status: EMODEL_CORRUPT, EMODEL_VERSION.  The section's bytes outlive the view. */
jw_status jwi_esg_view_open(jw_bytes section, struct esg_view *ret, jw_error *reterr);

/* Row of the key, NULL when there is none. */
const struct esg_slot *jwi_esg_find(const struct esg_view *view, uint64_t key);

/* Items of the document, in the arena.  Requires: opinions and events.  Status: EMEMORY. */
jw_status jwi_esg_items(const struct esg_view *view, const struct room *room, const jw_doc *doc, struct arena *arena,
                        struct esg_items *ret, jw_error *reterr);

static inline uint64_t esg_key(enum esg_key kind, uint64_t value)
{
    return hash_join((uint64_t)kind, value);
}

#endif
