/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scorer's seam: what any scorer of trees must say of a sentence.  Nodes are the root, 0, and the words, 1 and on.
 */
#ifndef JW_STAGE_DEP_DEP_SCORE_H
#define JW_STAGE_DEP_DEP_SCORE_H

#include "base/arena.h"
#include "stage/dep/dep_view.h"
#include "stage/stage.h"

struct dep_sentence {
    const struct dep_word *words;  /* [nodes], the first is not looked at */
    const uint16_t *upos, *xpos;   /* [nodes], likewise */
    const struct room_second *second; /* [nodes], likewise; NULL: the tags above alone count */
    uint32_t nodes;
};

struct dep_scores {
    int32_t *arcs;     /* [dependent * nodes + head] */
    int32_t *as_label; /* [nodes][2 label]: half sums as dependent and as head */
    uint8_t *tags;     /* [nodes]: row of the best pair of tags, 0: the model has none; that of node 0 is not set */
    int32_t *tag_scores; /* [nodes][DEP_TAGS_MAX] of the caller, to fill; NULL: not wanted */
};

enum { DEP_BATCH_MAX = 16 }; /* sentences that are scored at once */

/*
 * ret[count], count of 1 to DEP_BATCH_MAX; a sentence's scores do not depend on those it is scored with.  The other arrays of `ret` are pushed to
 * `scratch`.  Status: EMEMORY.
 */
jw_status jwi_dep_score(const struct dep_view *view, const struct dep_sentence *sentences,
                        uint32_t count, struct arena *scratch, struct dep_scores *ret,
                        jw_error *reterr);

/* Best label of every arc; only the arc of the root is `root`.  heads and ret: [nodes].  Status: EMEMORY. */
jw_status jwi_dep_labels(const struct dep_view *view, const struct dep_scores *scores,
                         const uint32_t *heads, uint32_t nodes, struct arena *scratch,
                         uint16_t *ret, jw_error *reterr);

#endif
