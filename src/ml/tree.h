/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The best tree over words from a score of every arc.  Node 0 is the root and has exactly one child.
 *   up to TREE_PROJECTIVE_MAX nodes   projective, Eisner 1996: cubic with a small constant, and more often right than the free tree
 *   beyond                            any tree, Chu and Liu 1965, Edmonds 1967, contracted in place: quadratic
 */
#ifndef JW_ML_TREE_H
#define JW_ML_TREE_H

#include "base/arena.h"

enum {
    TREE_PROJECTIVE_MAX = 128, /* above, the cubic part would cost more than scoring the arcs */
    TREE_SCORE_MAX = 1 << 20   /* arcs within [-max, max], so that the sum over 1023 arcs fits 32 bits */
};

/*
 * score[dependent * n + head], dependents 1..n-1, heads 0..n-1.  ret[n]: heads; ret[0] = 0.  Ties go to the left.
 * Requires: 2 <= n <= 1023.  Status: EMEMORY.
 */
jw_status jwi_tree_best(const int32_t *score, uint32_t n, struct arena *scratch, uint32_t *ret,
                        jw_error *reterr);

/* The two methods alone. */
jw_status jwi_tree_projective(const int32_t *score, uint32_t n, struct arena *scratch,
                              uint32_t *ret, jw_error *reterr);
jw_status jwi_tree_free(const int32_t *score, uint32_t n, struct arena *scratch, uint32_t *ret,
                        jw_error *reterr);

#endif
