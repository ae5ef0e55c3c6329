/* SPDX-License-Identifier: Apache-2.0 */
/* Powers of e in integers, for chances from sums of weights: the same bits on every machine. */
#ifndef JW_ML_DECAY_H
#define JW_ML_DECAY_H

#include <stdint.h>

enum {
    DECAY_BITS = 10,    /* of the argument */
    DECAY_ONE = 1 << 16 /* e^0 */
};

/* e^(-x) in 1/DECAY_ONE, x >= 0 in 1/2^DECAY_BITS: 2^-f is 1 - 0.693 f + 0.2416 f^2 - 0.0520 f^3 for f below 1. */
static inline int64_t decay(int64_t x)
{
    enum { LOG2_E = 1477 }; /* of 2^DECAY_BITS */
    const int64_t one = DECAY_ONE, t = x * LOG2_E >> DECAY_BITS, f = (t & ((1 << DECAY_BITS) - 1)) << (16 - DECAY_BITS);
    if (t >> DECAY_BITS >= 24)
        return 0;
    const int64_t part = one - (f * (45416 - (f * (15834 - (f * 3408 >> 16)) >> 16)) >> 16);
    return part >> (t >> DECAY_BITS);
}

#endif
