/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that counts and can be made to fail; jw_alloc{metered, &meter}. */
#ifndef JW_TESTS_METER_H
#define JW_TESTS_METER_H

#include <stdint.h>
#include <stdlib.h>

/* Counts calls and live bytes; fails from call `fail_at` on when that is not 0. */
struct meter {
    uint64_t calls, fail_at, live;
};

static inline void *metered(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    struct meter *meter = ctx;
    if (!new_size) {
        free(ptr);
        meter->live -= old_size;
        return NULL;
    }
    meter->calls++;
    if (meter->fail_at && meter->calls >= meter->fail_at)
        return NULL;
    void *moved = realloc(ptr, new_size);
    if (moved)
        meter->live += new_size - old_size;
    return moved;
}

#endif
