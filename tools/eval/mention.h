/* SPDX-License-Identifier: Apache-2.0 */
/* Named spans of two files, compared by position and type. */
#ifndef JW_TOOLS_EVAL_MENTION_H
#define JW_TOOLS_EVAL_MENTION_H

#include "eval.h"

/* Characters start..end; `type` is a pool id. */
struct eval_mention {
    uint32_t start, end, type;
};

/* Sorted by position. */
struct eval_mentions {
    struct eval_mention *at;
    uint32_t len, cap;
};

/* Renames by options->map; *ret is EVAL_OUTSIDE for a type that options->types leaves out. */
jw_status jwi_eval_type(const struct eval_ner_options *options, struct eval_pool *pool,
                        const char *name, uint32_t *ret, jw_error *reterr);

/* The first mention of the list that shares a character with `wanted`; NULL: none.  Requires: sorted, none inside another. */
const struct eval_mention *jwi_eval_overlap(const struct eval_mentions *list,
                                            const struct eval_mention *wanted);

/* Prints the table and, if asked, the errors; pair->gold.code holds the characters. */
jw_status jwi_eval_score_mentions(FILE *out, const struct eval_ner_options *options,
                                  struct eval_pair *pair,
                                  const struct eval_mentions *const sides[2], jw_error *reterr);

#endif
