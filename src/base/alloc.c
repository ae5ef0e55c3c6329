/* SPDX-License-Identifier: Apache-2.0 */
/* The default allocator and two wrappers. */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static void *resize_default(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    (void)ctx;
    (void)old_size;
    if (new_size)
        return realloc(ptr, new_size);
    free(ptr);
    return NULL;
}

jw_alloc jwi_alloc_or_default(const jw_alloc *alloc)
{
    const jw_alloc fallback = {resize_default, NULL};
    return alloc && alloc->resize ? *alloc : fallback;
}

void *jwi_new(const jw_alloc *alloc, size_t size)
{
    void *ptr = alloc->resize(alloc->ctx, NULL, 0, size);
    if (ptr)
        memset(ptr, 0, size);
    return ptr;
}

void jwi_free(const jw_alloc *alloc, void *ptr, size_t size)
{
    if (ptr)
        alloc->resize(alloc->ctx, ptr, size, 0);
}
