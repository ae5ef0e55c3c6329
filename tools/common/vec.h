/* SPDX-License-Identifier: Apache-2.0 */
/* Growable array for tools and trainers, where running out of memory ends the program; the library uses arenas. */
#ifndef JW_TOOLS_VEC_H
#define JW_TOOLS_VEC_H

#include <stddef.h>

/* struct { T *at; size_t len, cap; } */
#define VEC(type) \
    struct { \
        type *at; \
        size_t len, cap; \
    }

void *jwi_vec_grow(void *at, size_t len, size_t *cap, size_t size);
void jwi_vec_die(const char *what);

#define VEC_PUSH(vec, item) \
    do { \
        if ((vec)->len == (vec)->cap) \
            (vec)->at = jwi_vec_grow((vec)->at, (vec)->len, &(vec)->cap, sizeof *(vec)->at); \
        (vec)->at[(vec)->len++] = (item); \
    } while (0)

#endif
