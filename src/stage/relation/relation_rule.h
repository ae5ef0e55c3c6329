/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section RELC: rules for relations, and the words they look for.  Lines of cells:
 *   cue   LIST WORD                                a word belongs to one or more lists
 *   rule  TYPE ORDER BETWEEN BEHIND GAP CONF ATTRS  which words must stand between two names and behind the second
 * ORDER is HT when the head comes first, TH when the tail does.  A zone is lists joined by `;`, `^` before them when the word must stand at the
 * start of the zone, `$` when at its end, `-` for no condition.  GAP: most units between the names.  CONF: percent.  ATTRS: roles joined by `;`
 *   rule  HOLDS HT hold$ share 12 90 pct;amount          A 持有$ B ... 股權
 */
#ifndef JW_STAGE_RELATION_RELATION_RULE_H
#define JW_STAGE_RELATION_RELATION_RULE_H

#include "doc/units.h"

enum {
    RULES_MAX = 160,
    RULE_CUES_MAX = 1536,
    RULE_CUE_LEN = 8,
    RULE_LISTS_MAX = 128,
    RULE_TYPES_MAX = 32,
    RULE_BLOOM = 1024
};

/* Attributes a relation may have, as bits; HELD: it stands whatever is planned (處分, 出售). */
enum { ATTR_PCT = 1, ATTR_AMOUNT = 2, ATTR_POSITION = 4, ATTR_PRODUCT = 8, ATTR_HELD = 16 };

/* Lists the code knows by name; the others come as they are read. */
enum rule_list { LIST_RUMOUR, LIST_PLAN, LIST_DONE, LIST_CANCEL, LIST_DENY, LIST_FORMER, LIST_NOT, LIST_SUB, LIST_LEAVE, LIST_IS, LIST_JOINT,
                 LIST_TITLE, LIST_KNOWN };

struct list_set {
    uint64_t bits[RULE_LISTS_MAX / 64];
};

static inline void list_add(struct list_set *set, uint32_t list)
{
    set->bits[list / 64] |= UINT64_C(1) << list % 64;
}

static inline int list_has(const struct list_set *set, uint32_t list)
{
    return (int)(set->bits[list / 64] >> list % 64 & 1);
}

static inline int list_meets(const struct list_set *a, const struct list_set *b)
{
    return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1])) != 0;
}

static inline void list_join(struct list_set *a, const struct list_set *b)
{
    a->bits[0] |= b->bits[0];
    a->bits[1] |= b->bits[1];
}

struct rule_cue {
    uint32_t code[RULE_CUE_LEN];
    uint32_t len;
    struct list_set lists;
};

struct rule_zone {
    struct list_set lists;
    uint8_t is_used, at_start, at_end;
};

struct relation_rule {
    struct rule_zone between, behind;
    uint32_t type; /* index into rules.types */
    uint32_t gap;
    int32_t conf; /* 1/JW_SCALE */
    uint8_t is_tail_first, attrs;
};

struct relation_rules {
    struct rule_cue cues[RULE_CUES_MAX]; /* by codes */
    struct relation_rule rules[RULES_MAX];
    jw_bytes types[RULE_TYPES_MAX], lists[RULE_LISTS_MAX];
    uint32_t cue_count, rule_count, type_count, list_count;
    uint64_t bloom[RULE_BLOOM / 64]; /* first codes of cues, by their low bits */
};

/* A word of the lists in the text. */
struct rule_hit {
    uint32_t start, end; /* units */
    struct list_set lists;
};

/* The section's bytes outlive the rules.  Status: EMODEL_CORRUPT (reterr->at = byte of the line). */
jw_status jwi_relation_rules_open(jw_bytes section, struct relation_rules *ret, jw_error *reterr);

/* Words of the lists in units [start, end), the longest at each place, apart from each other; hits[max]; returns how many. */
uint32_t jwi_relation_hits(const struct relation_rules *rules, struct units units, uint32_t start, uint32_t end, struct rule_hit *hits,
                           uint32_t max);

#endif
