/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tags read off the tree.  In the treebank the tag of some function words follows from what they do: 的 is SCONJ behind a clause (mark:rel) and
 * PART behind a noun (case).  The tree sees the clause, the tagger a window; so the tree's relation decides the tag.
 */
#ifndef JW_STAGE_DEP_DEP_TIE_H
#define JW_STAGE_DEP_DEP_TIE_H

#include "model/labels.h"
#include "stage/stage.h"

enum {
    DEP_TIE_COUNT = 0
#define DEP_TIE(code, relation, upos, xpos) +1
#include "stage/dep/dep_tie.def"
};

struct dep_tie {
    uint32_t code;                 /* of the word, one unit */
    uint32_t relation, upos, xpos; /* ids, JW_NONE: no such label */
};

void jwi_dep_ties_open(const struct labels *labels, struct dep_tie ret[DEP_TIE_COUNT]);

/* Sets tags of tokens whose arcs are there, but for tags that a user dictionary fixed. */
void jwi_dep_ties_apply(const struct dep_tie ties[DEP_TIE_COUNT], const struct room *room, const jw_arc *arcs, jw_doc *doc);

#endif
