/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arena: memory by lifetime.  Push allocates, reset takes everything back and keeps the memory: after a warm-up that saw the largest
 * document an arena allocates nothing.  Method: a chain of chunks; a reset of the whole arena merges them into one.
 */
#ifndef JW_BASE_ARENA_H
#define JW_BASE_ARENA_H

#include <jinwen/base.h>

struct arena_chunk;

struct arena {
    jw_alloc alloc;
    struct arena_chunk *last; /* newest first; NULL: nothing allocated yet */
    size_t used;              /* bytes in use in `last` */
    size_t total;             /* bytes of all chunks */
};

struct arena_mark {
    struct arena_chunk *last;
    size_t used;
};

void jwi_arena_init(struct arena *arena, const jw_alloc *alloc);
void jwi_arena_free(struct arena *arena);

/* `n` items of `size` bytes, not zeroed, aligned to `align` (a power of two up to 64); NULL when memory or size_t ends. */
void *jwi_arena_push(struct arena *arena, size_t n, size_t size, size_t align);

/* The same, zeroed. */
void *jwi_arena_push_zero(struct arena *arena, size_t n, size_t size, size_t align);

/* Everything pushed after the mark is taken back. */
struct arena_mark jwi_arena_mark(const struct arena *arena);
void jwi_arena_reset_to(struct arena *arena, struct arena_mark mark);

/* Everything is taken back; several chunks become one of their joint size. */
void jwi_arena_reset(struct arena *arena);

#define PUSH(arena, type, n) ((type *)jwi_arena_push((arena), (n), sizeof(type), _Alignof(type)))
#define PUSH_ZERO(arena, type, n) ((type *)jwi_arena_push_zero((arena), (n), sizeof(type), _Alignof(type)))

#endif
