/* SPDX-License-Identifier: Apache-2.0 */
/* See sort.h. */
#include "base/sort.h"

#include <string.h>

/* Merges from[run[0], run[1]) and from[run[1], run[2]) into the same places of `to`. */
static void merge(const uint32_t *from, uint32_t *to, const uint32_t run[3], jwi_sort_after *is_after, const void *context)
{
    uint32_t left = run[0], right = run[1];
    for (uint32_t i = run[0]; i < run[2]; i++) {
        const int takes_right = left == run[1] || (right < run[2] && is_after(context, from[left], from[right]));
        to[i] = takes_right ? from[right++] : from[left++];
    }
}

void jwi_sort(uint32_t *order, uint32_t *spare, uint32_t n, jwi_sort_after *is_after, const void *context)
{
    uint32_t *from = order, *to = spare;
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (uint32_t width = 1; width < n; width = width > n / 2 ? n : 2 * width) {
        for (uint32_t start = 0; start < n;) {
            const uint32_t middle = n - start > width ? start + width : n;
            const uint32_t end = n - middle > width ? middle + width : n;
            const uint32_t run[3] = {start, middle, end};
            merge(from, to, run, is_after, context);
            start = end;
        }
        uint32_t *const last = from;
        from = to;
        to = last;
    }
    if (from != order)
        memcpy(order, from, n * sizeof *order);
}
