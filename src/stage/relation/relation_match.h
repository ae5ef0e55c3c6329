/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on pairs of names of one sentence. */
#ifndef JW_STAGE_RELATION_RELATION_MATCH_H
#define JW_STAGE_RELATION_RELATION_MATCH_H

#include "model/taxonomy.h"
#include "stage/relation/relation_rule.h"
#include "stage/stage.h"

enum { NAMES_MAX = 96, HITS_MAX = 256, FOUND_MAX = 8 };

/* A mention that may be head or tail. */
struct relation_name {
    struct unit_span units;
    uint32_t mention, entity;
    uint32_t type_bit; /* by the label of its entity */
};

/* One sentence, ready for rules. */
struct relation_sentence {
    const struct relation_rules *rules;
    const struct taxonomy *taxonomy;
    const uint32_t *type_ids; /* of rules->types, ids of JW_LABELS_RELATION or JW_NONE */
    struct units units;
    struct unit_span span;
    struct relation_name names[NAMES_MAX];
    struct rule_hit hits[HITS_MAX];
    uint32_t name_count, hit_count;
};

/* What a rule found. */
struct relation_found {
    const struct relation_rule *rule;
    uint32_t head, tail;    /* indexes of names */
    struct unit_span text;  /* from the first name's start to the end of what was read */
    struct unit_span word;  /* the word that says it */
    struct unit_span title; /* of the zone that fulfilled the rule: a title for officers */
    struct unit_span scope; /* the clause around, where operators are looked for */
    int32_t cost;           /* of confidence: what stands between */
    int is_position;        /* an office */
};

/* Behind the bracket that begins at `at`, or `at`. */
uint32_t jwi_relation_note_end(struct units units, uint32_t at, uint32_t end);

/* The best rule of every type for names a and b (a stands first); ret[FOUND_MAX]; returns how many. */
uint32_t jwi_relation_match(const struct relation_sentence *sentence, uint32_t a, uint32_t b, struct relation_found *ret);

/* Lists of all words in the span. */
struct list_set jwi_relation_lists(const struct relation_sentence *sentence, struct unit_span span);

#endif
