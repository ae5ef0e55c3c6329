/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing, doubled when two thirds full; keys are mixed already. */
#include "ml/key_map.h"

#include <string.h>

static uint32_t *slot_of(const struct key_map *map, uint64_t key)
{
    uint32_t at = (uint32_t)key & (map->slot_count - 1);
    while (map->slots[at] && map->keys[map->slots[at] - 1] != key)
        at = (at + 1) & (map->slot_count - 1);
    return &map->slots[at];
}

uint32_t jwi_key_map_find(const struct key_map *map, uint64_t key)
{
    return map->slot_count ? *slot_of(map, key) - 1 : JW_NONE;
}

static int grow(struct key_map *map)
{
    const uint32_t slots = map->slot_count ? map->slot_count * 2 : 1024;
    uint64_t *keys = PUSH(map->arena, uint64_t, slots);
    map->slots = PUSH_ZERO(map->arena, uint32_t, slots);
    if (!keys || !map->slots)
        return 0;
    if (map->count)
        memcpy(keys, map->keys, map->count * sizeof *keys);
    map->keys = keys;
    map->slot_count = slots;
    for (uint32_t i = 0; i < map->count; i++)
        *slot_of(map, keys[i]) = i + 1;
    return 1;
}

uint32_t jwi_key_map_add(struct key_map *map, uint64_t key)
{
    const uint32_t known = jwi_key_map_find(map, key);
    if (known != JW_NONE)
        return known;
    if (map->count + 1 > map->slot_count / 3 * 2 && !grow(map))
        return JW_NONE;
    map->keys[map->count] = key;
    *slot_of(map, key) = ++map->count;
    return map->count - 1;
}
