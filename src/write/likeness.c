/* SPDX-License-Identifier: Apache-2.0 */
/* See likeness.h.  Pairs of characters are hashed into a fixed set of bits, so that comparing costs the same whatever the length. */
#include "write/likeness.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

struct sign jwi_sign(jw_bytes text)
{
    struct sign sign;
    uint32_t before = 0;
    memset(&sign, 0, sizeof sign);
    for (size_t at = 0; at < text.len;) {
        const uint32_t code = utf8_next(text.at, &at);
        const uint64_t hash = hash_join(before, code);
        if (before)
            sign.bits[hash >> 6 & (SIGN_WORDS - 1)] |= UINT64_C(1) << (hash & 63);
        before = code;
    }
    return sign;
}

static uint32_t count_bits(uint64_t x)
{
    uint32_t n = 0;
    for (; x; x &= x - 1)
        n++;
    return n;
}

int32_t jwi_likeness(const struct sign *a, const struct sign *b)
{
    uint32_t both = 0, any = 0;
    for (int i = 0; i < SIGN_WORDS; i++) {
        both += count_bits(a->bits[i] & b->bits[i]);
        any += count_bits(a->bits[i] | b->bits[i]);
    }
    return any ? (int32_t)(both * JW_SCALE / any) : 0;
}
