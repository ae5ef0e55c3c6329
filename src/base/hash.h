/* SPDX-License-Identifier: Apache-2.0 */
/* Mixing of integers into table rows: feature ids are numbers from the start, no strings are built. */
#ifndef JW_BASE_HASH_H
#define JW_BASE_HASH_H

#include <stdint.h>

/* Finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection whose every output bit depends on every input bit. */
static inline uint64_t hash_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27;
    x *= UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static inline uint64_t hash_join(uint64_t a, uint64_t b)
{
    return hash_mix(a * UINT64_C(0x9e3779b97f4a7c15) + b);
}

#endif
