/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas: alignment, overflow, marks, and no allocation after warm-up. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "common/suite.h"

struct counter {
    size_t calls, bytes;
};

static void *resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    struct counter *counter = ctx;
    counter->calls++;
    counter->bytes += new_size - old_size;
    if (new_size)
        return realloc(ptr, new_size);
    free(ptr);
    return NULL;
}

START_TEST(blocks_are_aligned_and_disjoint)
{
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    char *last = NULL;
    for (size_t i = 1; i < 3000; i++) {
        const size_t align = (size_t)1 << i % 7;
        char *block = jwi_arena_push(&arena, i, 1, align);
        ck_assert_ptr_nonnull(block);
        ck_assert_uint_eq((uintptr_t)block % align, 0);
        memset(block, (int)i, i);
        if (last)
            ck_assert_int_eq(last[0], (char)(i - 1));
        last = block;
    }
    jwi_arena_free(&arena);
}
END_TEST

START_TEST(products_that_overflow_are_refused)
{
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    ck_assert_ptr_null(jwi_arena_push(&arena, SIZE_MAX / 2, 3, 1));
    ck_assert_ptr_null(jwi_arena_push(&arena, SIZE_MAX, 1, 1));
    ck_assert_ptr_nonnull(jwi_arena_push(&arena, 0, 8, 8));
    jwi_arena_free(&arena);
}
END_TEST

START_TEST(zeroed_blocks_are_zero_after_reuse)
{
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    memset(PUSH(&arena, char, 5000), 0xff, 5000);
    jwi_arena_reset(&arena);
    const char *block = PUSH_ZERO(&arena, char, 5000);
    for (int i = 0; i < 5000; i++)
        ck_assert_int_eq(block[i], 0);
    jwi_arena_free(&arena);
}
END_TEST

static void use(struct arena *arena)
{
    for (size_t i = 0; i < 50; i++) {
        const struct arena_mark mark = jwi_arena_mark(arena);
        ck_assert_ptr_nonnull(jwi_arena_push(arena, 1000 * i, 7, 8));
        if (i % 3 == 0)
            jwi_arena_reset_to(arena, mark);
    }
    jwi_arena_reset(arena);
}

START_TEST(a_warm_arena_allocates_nothing)
{
    struct counter counter = {0, 0};
    const jw_alloc alloc = {resize, &counter};
    struct arena arena;
    jwi_arena_init(&arena, &alloc);
    use(&arena);
    use(&arena);
    const size_t warm = counter.calls;
    use(&arena);
    ck_assert_uint_eq(counter.calls, warm);
    jwi_arena_free(&arena);
    ck_assert_uint_eq(counter.bytes, 0);
}
END_TEST

START_TEST(a_mark_keeps_what_came_before_it)
{
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    char *kept = PUSH(&arena, char, 100);
    memset(kept, 'k', 100);
    const struct arena_mark mark = jwi_arena_mark(&arena);
    for (int i = 0; i < 20; i++) {
        memset(PUSH(&arena, char, 200000), 'x', 200000);
        jwi_arena_reset_to(&arena, mark);
        memset(PUSH(&arena, char, 64), 'y', 64);
    }
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(kept[i], 'k');
    jwi_arena_free(&arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arena");
    suite_add(suite, blocks_are_aligned_and_disjoint);
    suite_add(suite, products_that_overflow_are_refused);
    suite_add(suite, zeroed_blocks_are_zero_after_reuse);
    suite_add(suite, a_warm_arena_allocates_nothing);
    suite_add(suite, a_mark_keeps_what_came_before_it);
    return suite_run(suite);
}
