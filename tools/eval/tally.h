/* SPDX-License-Identifier: Apache-2.0 */
/* Counting of errors: what went wrong, and the words it happened to. */
#ifndef JW_TOOLS_EVAL_TALLY_H
#define JW_TOOLS_EVAL_TALLY_H

#include <stdio.h>

#include "pool.h"

/* Both are pool ids; `place` is EVAL_EMPTY when there is nothing to show. */
struct eval_case {
    uint32_t what, place;
};
struct eval_tally {
    struct eval_case *at;
    uint32_t len, cap;
};

/* A line being put together. */
struct eval_text {
    char *at;
    size_t len;
    uint32_t cap;
};

jw_status jwi_eval_text_add(struct eval_text *text, const char *at, size_t len, jw_error *reterr);
jw_status jwi_eval_text_codes(struct eval_text *text, const uint32_t *code, uint32_t len, jw_error *reterr);

jw_status jwi_eval_tally_add(struct eval_tally *tally, uint32_t what, uint32_t place, jw_error *reterr);

/* Adds "from -> to" at `place`. */
jw_status jwi_eval_tally_change(struct eval_tally *tally, struct eval_pool *pool, struct eval_text *text, uint32_t from, uint32_t to,
                                uint32_t place, jw_error *reterr);

/* Prints the `top` most frequent kinds, most frequent first, equals by name, and empties the tally. */
jw_status jwi_eval_tally_print(FILE *out, const char *title, uint32_t top, struct eval_tally *tally, const struct eval_pool *pool,
                               jw_error *reterr);

#endif
