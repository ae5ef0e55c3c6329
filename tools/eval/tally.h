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

/* Cases, and a line of text that is put together to name one. */
struct eval_tally {
    struct eval_pool *pool;
    struct eval_case *at;
    uint32_t len, cap;
    char *line;
    size_t line_len;
    uint32_t line_cap;
};

/* Append to the line. */
jw_status jwi_eval_line_add(struct eval_tally *tally, const char *text, jw_error *reterr);
jw_status jwi_eval_line_codes(struct eval_tally *tally, const uint32_t *code, uint32_t len,
                              jw_error *reterr);

/* Interns the line and empties it. */
jw_status jwi_eval_line_end(struct eval_tally *tally, uint32_t *ret, jw_error *reterr);

jw_status jwi_eval_tally_add(struct eval_tally *tally, uint32_t what, uint32_t place,
                             jw_error *reterr);

/* Appends "from -> to", or only "from" when both are the same. */
jw_status jwi_eval_line_change(struct eval_tally *tally, uint32_t from, uint32_t to,
                               jw_error *reterr);

/* Prints the `top` most frequent kinds, most frequent first, equals by name, and empties the tally. */
jw_status jwi_eval_tally_print(FILE *out, const char *title, uint32_t top, struct eval_tally *tally,
                               jw_error *reterr);
void jwi_eval_tally_free(struct eval_tally *tally);

#endif
