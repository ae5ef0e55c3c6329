/* SPDX-License-Identifier: Apache-2.0 */
/* The allocator seam: everything the library allocates goes through the caller's jw_alloc. */
#ifndef JW_BASE_ALLOC_H
#define JW_BASE_ALLOC_H

#include <jinwen/base.h>

/* The C library's allocator, used where the caller passes none. */
jw_alloc jwi_alloc_or_default(const jw_alloc *alloc);

/* Zeroed memory or NULL; jwi_free needs the size back. */
void *jwi_new(const jw_alloc *alloc, size_t size);
void jwi_free(const jw_alloc *alloc, void *ptr, size_t size);

#endif
