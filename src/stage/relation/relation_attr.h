/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes of a relation: office, share, amount and product that its words state. */
#ifndef JW_STAGE_RELATION_RELATION_ATTR_H
#define JW_STAGE_RELATION_RELATION_ATTR_H

#include "stage/relation/relation_feat.h"

enum { RELATION_ARGS_MAX = 4 };

/* A relation as it is found; spans are units. */
struct relation_draft {
    jw_relation relation;
    struct unit_span title, near; /* near: where its numbers may stand */
    uint8_t attrs;                /* bits of ATTR_* that its rule allows */
};

/* args[RELATION_ARGS_MAX]; returns how many. */
uint32_t jwi_relation_attributes(const struct relation_text *text, const jw_doc *doc, const struct relation_draft *draft, jw_arg *args);

#endif
