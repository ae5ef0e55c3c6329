/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers 64-bit keys in the order they come; for trainers. */
#ifndef JW_ML_KEY_MAP_H
#define JW_ML_KEY_MAP_H

#include <jinwen/base.h>

#include "base/arena.h"

struct key_map {
    struct arena *arena;
    uint64_t *keys;  /* [count], by number */
    uint32_t *slots; /* number + 1, 0: empty */
    uint32_t count, slot_count;
};

/* Number of the key, JW_NONE when it has none. */
uint32_t jwi_key_map_find(const struct key_map *map, uint64_t key);

/* The same, a new key gets the next number; JW_NONE: out of memory. */
uint32_t jwi_key_map_add(struct key_map *map, uint64_t key);

#endif
