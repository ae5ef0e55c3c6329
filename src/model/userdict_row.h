/* SPDX-License-Identifier: Apache-2.0 */
/* What a user dictionary is inside: userdict.c makes it, userdict_match.c searches it. */
#ifndef JW_MODEL_USERDICT_ROW_H
#define JW_MODEL_USERDICT_ROW_H

#include "model/userdict.h"

#include <stdatomic.h>

#include "base/hash.h"
#include "base/pattern.h"

enum userdict_flag { USERDICT_EXACT = 1, USERDICT_INSIDE = 2, USERDICT_PATTERN = 4 };
enum userdict_root { ROOT_PLAIN, ROOT_HANS, ROOT_COUNT };

struct userdict_row {
    jw_bytes form, entity;
    struct pattern *pattern;   /* of a pattern row, which is in no list of a node */
    uint32_t next[ROOT_COUNT]; /* a later row of the same node, or JW_NONE; [ROOT_PLAIN] of a pattern: the pattern before */
    uint16_t level, pos;
    uint8_t flags, len, piece_count;
    uint8_t piece_end[USERDICT_PIECES_MAX];
    uint16_t type; /* mention label + 1, or 0 */
};

struct userdict_edge {
    uint64_t key; /* node << 21 | code, plus 1; 0: empty */
    uint32_t child;
};

struct jw_userdict {
    jw_alloc alloc;
    atomic_uint refs;
    jw_model *model;
    struct arena arena;
    struct userdict_row *rows;
    struct userdict_edge *edges; /* [mask + 1], open addressing */
    uint32_t *first;    /* [node_count], first row of the form that ends at the node, or JW_NONE */
    uint32_t row_count, node_count, mask;
    uint32_t last_pattern; /* row, or JW_NONE */
    int has_names;         /* a row has a type */
};

/* Slot of an edge: the one that holds it, or the empty one where it belongs. */
static inline uint32_t userdict_slot(const jw_userdict *dict, uint32_t node, uint32_t code)
{
    const uint64_t key = ((uint64_t)node << 21 | code) + 1;
    uint32_t slot = (uint32_t)hash_mix(key) & dict->mask;
    while (dict->edges[slot].key && dict->edges[slot].key != key)
        slot = (slot + 1) & dict->mask;
    return slot;
}

#endif
