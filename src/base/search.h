/* SPDX-License-Identifier: Apache-2.0 */
/* Binary search in arrays of structs whose member rises. */
#ifndef JW_BASE_SEARCH_H
#define JW_BASE_SEARCH_H

#include <stddef.h>
#include <stdint.h>

/* First of `count` keys, `stride` bytes apart, that is `value` or more; `count` when none is. */
static inline uint32_t search_from(const uint32_t *key, size_t stride, uint32_t count, uint32_t value)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (*(const uint32_t *)(const void *)((const char *)key + middle * stride) < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The same for a uint32_t member of an array of structs, which may be NULL when `count` is 0. */
#define SEARCH_FROM(array, count, member, value) \
    ((count) ? search_from(&(array)[0].member, sizeof *(array), (count), (value)) : 0)

#endif
