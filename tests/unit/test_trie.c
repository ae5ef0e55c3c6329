/* SPDX-License-Identifier: Apache-2.0 */
/* Every key of a built trie is found with its entry, nothing else is, and damaged cells end a walk.
 */
#include "ml/trie.h"

#include <stdlib.h>
#include <string.h>

#include "common/desk.h"

enum { KEYS = 20000, KEY_MAX = 6 };

struct key {
    uint16_t symbols[KEY_MAX];
    uint32_t len;
};

static int by_symbols(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    for (uint32_t i = 0; i < x->len && i < y->len; i++)
        if (x->symbols[i] != y->symbols[i])
            return x->symbols[i] < y->symbols[i] ? -1 : 1;
    return x->len < y->len ? -1 : x->len > y->len;
}

static struct key random_key(uint64_t *state, uint32_t alphabet)
{
    struct key key = {{0}, 1 + next_random(state) % KEY_MAX};
    for (uint32_t i = 0; i < key.len; i++)
        key.symbols[i] = (uint16_t)(1 + next_random(state) % alphabet);
    return key;
}

static uint32_t find(const struct trie *trie, const struct key *key)
{
    uint32_t node = TRIE_ROOT;
    for (uint32_t i = 0; i < key->len; i++) {
        node = trie_step(trie, node, key->symbols[i]);
        if (node == TRIE_ROOT)
            return TRIE_NO_ENTRY;
    }
    return trie_entry(trie, node);
}

static struct key keys[KEYS];
static uint16_t symbols[KEYS * KEY_MAX];
static uint32_t starts[KEYS + 1];

static const uint32_t alphabets[] = {2, 40, 9000, 65535};

/* Sorted unique random keys; returns how many. */
static uint32_t make_keys(uint64_t *state, uint32_t alphabet)
{
    uint32_t n = 0, at = 0;
    for (uint32_t i = 0; i < KEYS; i++)
        keys[i] = random_key(state, alphabet);
    qsort(keys, KEYS, sizeof keys[0], by_symbols);
    for (uint32_t i = 0; i < KEYS; i++)
        if (!n || by_symbols(&keys[n - 1], &keys[i]) != 0)
            keys[n++] = keys[i];
    for (uint32_t i = 0; i < n; i++) {
        starts[i] = at;
        memcpy(symbols + at, keys[i].symbols, keys[i].len * sizeof symbols[0]);
        at += keys[i].len;
    }
    starts[n] = at;
    return n;
}

START_TEST(finds_its_keys_and_no_others)
{
    uint64_t state = 7;
    const uint32_t n = make_keys(&state, alphabets[_i]);
    const struct trie_keys all = {symbols, starts, n};
    struct trie_cell *cells;
    const struct trie trie = {NULL, jwi_trie_build(&all, &cells)};
    const struct trie built = {cells, trie.len};
    ck_assert_uint_gt(built.len, 0);
    for (uint32_t i = 0; i < n; i++)
        REQUIRE(find(&built, &keys[i]) == i);
    for (uint32_t i = 0; i < KEYS; i++) {
        const struct key other = random_key(&state, alphabets[_i]);
        const struct key *same = bsearch(&other, keys, n, sizeof keys[0], by_symbols);
        REQUIRE(find(&built, &other) == (same ? (uint32_t)(same - keys) : TRIE_NO_ENTRY));
    }
    free(cells);
}
END_TEST

START_TEST(no_keys_make_a_trie_that_finds_nothing)
{
    const struct trie_keys none = {symbols, starts, 0};
    struct trie_cell *cells;
    const uint32_t len = jwi_trie_build(&none, &cells);
    const struct trie trie = {cells, len};
    ck_assert_uint_eq(len, 1);
    ck_assert_uint_eq(trie_step(&trie, TRIE_ROOT, 1), TRIE_ROOT);
    free(cells);
}
END_TEST

START_TEST(damaged_cells_are_never_left)
{
    uint64_t state = 11;
    struct trie_cell cells[64];
    const struct trie trie = {cells, 64};
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < 64; i++) {
            cells[i].base = next_random(&state);
            cells[i].parent = next_random(&state) % 64;
        }
        const struct key key = random_key(&state, 65535);
        find(&trie, &key);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trie");
    suite_add_loop(suite, finds_its_keys_and_no_others,
                   (int)(sizeof alphabets / sizeof alphabets[0]));
    suite_add(suite, no_keys_make_a_trie_that_finds_nothing);
    suite_add(suite, damaged_cells_are_never_left);
    return suite_run(suite);
}
