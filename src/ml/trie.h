/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A static trie over small symbols in one array of cells (double array, Aoe 1989): the child of a
 * node by a symbol lies at the node's base + symbol and names its parent, so a step is one load.
 * Chosen over a sorted list (log n loads) and a hash of prefixes (twice the memory).  The array
 * comes from a model file: every index is checked at open or at use, a damaged one ends the walk.
 *   keys 金, 金融     root --金--> cell (entry 0) --融--> cell (entry 1)
 */
#ifndef JW_ML_TRIE_H
#define JW_ML_TRIE_H

#include <stddef.h>
#include <stdint.h>

#define TRIE_NO_ENTRY UINT32_MAX

enum { TRIE_ROOT = 0 };

struct trie_cell {
    uint32_t base;   /* 0: no children */
    uint32_t parent; /* node this cell belongs to; itself when free */
    uint32_t entry;  /* key that ends here or TRIE_NO_ENTRY */
};

struct trie {
    const struct trie_cell *cells;
    uint32_t len; /* at least 1 */
};

/* Child of a node by a symbol (symbols start at 1), or TRIE_ROOT when there is none. */
static inline uint32_t trie_step(const struct trie *trie, uint32_t node, uint32_t symbol)
{
    const uint32_t next = trie->cells[node].base + symbol;
    return next < trie->len && trie->cells[next].parent == node ? next : TRIE_ROOT;
}

static inline uint32_t trie_entry(const struct trie *trie, uint32_t node)
{
    return trie->cells[node].entry;
}

/*
 * Keys of a trie in the making: sorted, unique, none empty.
 * Key i is symbols[start[i] .. start[i + 1]) and becomes entry i.
 */
struct trie_keys {
    const uint16_t *symbols;
    const uint32_t *start; /* [len + 1] */
    uint32_t len;
};

/*
 * Builds the cells by first fit; *ret comes from malloc and is the caller's.  Returns the number of
 * cells, 0 when memory ends.  For packers; the library only reads.
 */
uint32_t jwi_trie_build(const struct trie_keys *keys, struct trie_cell **ret);

#endif
