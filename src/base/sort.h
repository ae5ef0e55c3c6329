/* SPDX-License-Identifier: Apache-2.0 */
/* A stable sort of indexes: merges from the bottom up, so that equal items keep their order on every machine, which qsort does not promise. */
#ifndef JW_BASE_SORT_H
#define JW_BASE_SORT_H

#include <stdint.h>

/* True when item `a` must stand after item `b`. */
typedef int jwi_sort_after(const void *context, uint32_t a, uint32_t b);

/* Fills order[n] with 0 .. n - 1 sorted; `spare` has room for n more. */
void jwi_sort(uint32_t *order, uint32_t *spare, uint32_t n, jwi_sort_after *is_after, const void *context);

#endif
