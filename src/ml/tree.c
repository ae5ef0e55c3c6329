/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the method by length; see tree.h. */
#include "ml/tree.h"

jw_status jwi_tree_best(const int32_t *score, uint32_t n, struct arena *scratch, uint32_t *ret,
                        jw_error *reterr)
{
    if (n <= TREE_PROJECTIVE_MAX)
        return jwi_tree_projective(score, n, scratch, ret, reterr);
    return jwi_tree_free(score, n, scratch, ret, reterr);
}
