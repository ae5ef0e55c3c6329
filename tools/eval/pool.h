/* SPDX-License-Identifier: Apache-2.0 */
/* Strings as small integers: equal strings have equal ids, ids count from 0 in order of first sight. */
#ifndef JW_TOOLS_EVAL_POOL_H
#define JW_TOOLS_EVAL_POOL_H

#include <jinwen/base.h>

#include <stdbool.h>

/* Strings every pool begins with: "", "_", "O". */
enum { EVAL_EMPTY, EVAL_UNDERSCORE, EVAL_OUTSIDE };

struct eval_pool {
    char *text; /* every string, each with a NUL behind it */
    size_t n_text, cap_text;
    size_t *at; /* id -> offset in text */
    uint32_t n, cap;
    uint32_t *slot; /* open addressing, id + 1, 0 is free */
    uint32_t n_slot;
};

jw_status jwi_eval_pool_new(struct eval_pool *ret, jw_error *reterr);
void jwi_eval_pool_free(struct eval_pool *pool);

/* Id of the string, added when new.  Status: EMEMORY. */
jw_status jwi_eval_intern(struct eval_pool *pool, const char *at, size_t len, uint32_t *ret,
                          jw_error *reterr);

/* NUL-terminated; valid until the next jwi_eval_intern. */
const char *jwi_eval_string(const struct eval_pool *pool, uint32_t id);

/* Makes room for one more item of an array that doubles: TRY(jwi_eval_grow(&a.at, a.len, &a.cap, sizeof(*a.at), reterr)). */
jw_status jwi_eval_grow(void *array, size_t len, uint32_t *cap, size_t size, jw_error *reterr);

/* The whole file with a NUL behind it; the caller frees.  "-" is standard input.  Status: EIO, EMEMORY. */
jw_status jwi_eval_slurp(const char *path, char **ret, size_t *retlen, jw_error *reterr);

#endif
