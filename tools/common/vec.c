/* SPDX-License-Identifier: Apache-2.0 */
/* Growth by doubling; linked into tools only. */
#include "common/vec.h"

#include <stdio.h>
#include <stdlib.h>

void jwi_vec_die(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(6);
}

void *jwi_vec_grow(void *at, size_t len, size_t *cap, size_t size)
{
    *cap = len ? 2 * len : 64;
    at = realloc(at, *cap * size);
    if (!at)
        jwi_vec_die("out of memory");
    return at;
}
