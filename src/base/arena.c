/* SPDX-License-Identifier: Apache-2.0 */
/* Chunked arena; see arena.h. */
#include "base/arena.h"

#include "base/alloc.h"

#include <string.h>

enum { CHUNK_MIN = 64 * 1024, CHUNK_ALIGN = 64 };

struct arena_chunk {
    struct arena_chunk *before;
    size_t size; /* of the whole block, this header included */
};

void jwi_arena_init(struct arena *arena, const jw_alloc *alloc)
{
    memset(arena, 0, sizeof *arena);
    arena->alloc = jwi_alloc_or_default(alloc);
}

static void pop_chunk(struct arena *arena)
{
    struct arena_chunk *chunk = arena->last;
    arena->last = chunk->before;
    arena->total -= chunk->size;
    jwi_free(&arena->alloc, chunk, chunk->size);
}

void jwi_arena_free(struct arena *arena)
{
    while (arena->last)
        pop_chunk(arena);
    arena->used = 0;
}

static int add_chunk(struct arena *arena, size_t need)
{
    size_t size = arena->total > CHUNK_MIN ? arena->total : CHUNK_MIN;
    if (need > SIZE_MAX / 2 - CHUNK_ALIGN)
        return 0;
    if (size < need + sizeof(struct arena_chunk) + CHUNK_ALIGN)
        size = need + sizeof(struct arena_chunk) + CHUNK_ALIGN;
    struct arena_chunk *chunk = arena->alloc.resize(arena->alloc.ctx, NULL, 0, size);
    if (!chunk)
        return 0;
    chunk->before = arena->last;
    chunk->size = size;
    arena->last = chunk;
    arena->used = sizeof *chunk;
    arena->total += size;
    return 1;
}

static size_t aligned_start(const struct arena *arena, size_t align)
{
    const uintptr_t at = (uintptr_t)arena->last + arena->used;
    return (size_t)(((at + align - 1) & ~(uintptr_t)(align - 1)) - (uintptr_t)arena->last);
}

static int fits(const struct arena *arena, size_t bytes, size_t align)
{
    if (!arena->last)
        return 0;
    const size_t start = aligned_start(arena, align);
    return start <= arena->last->size && bytes <= arena->last->size - start;
}

void *jwi_arena_push(struct arena *arena, size_t n, size_t size, size_t align)
{
    if (size && n > SIZE_MAX / size)
        return NULL;
    const size_t bytes = n * size;
    if (!fits(arena, bytes, align) && !add_chunk(arena, bytes))
        return NULL;
    const size_t start = aligned_start(arena, align);
    arena->used = start + bytes;
    return (char *)arena->last + start;
}

void *jwi_arena_push_zero(struct arena *arena, size_t n, size_t size, size_t align)
{
    void *ptr = jwi_arena_push(arena, n, size, align);
    if (ptr)
        memset(ptr, 0, n * size);
    return ptr;
}

struct arena_mark jwi_arena_mark(const struct arena *arena)
{
    const struct arena_mark mark = {arena->last, arena->used};
    return mark;
}

/*
 * Chunks newer than the mark would be freed and allocated again for the next sentence; instead the newest (largest) one is kept in
 * front of the marked one, empty, and only the ones between go.
 */
void jwi_arena_reset_to(struct arena *arena, struct arena_mark mark)
{
    if (arena->last == mark.last) {
        arena->used = mark.used;
        return;
    }
    while (arena->last->before != mark.last) {
        struct arena_chunk *between = arena->last->before;
        arena->last->before = between->before;
        arena->total -= between->size;
        jwi_free(&arena->alloc, between, between->size);
    }
    arena->used = sizeof(struct arena_chunk);
}

void jwi_arena_reset(struct arena *arena)
{
    if (!arena->last)
        return;
    if (arena->last->before) {
        const size_t total = arena->total;
        jwi_arena_free(arena);
        if (!add_chunk(arena, total))
            return;
    }
    arena->used = sizeof(struct arena_chunk);
}
