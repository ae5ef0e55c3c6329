/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What kernels share: their loops, by blocks of known length without a branch, which compilers turn into vector code of whatever machine the
 * function that they are pulled into is for.
 */
#ifndef JW_ML_NET_KERNEL_H
#define JW_ML_NET_KERNEL_H

#include "ml/net.h"

#define PULLED_IN static inline __attribute__((always_inline))

PULLED_IN int32_t net_cut(int32_t x, int32_t low, int32_t high)
{
    return x < low ? low : x > high ? high : x;
}

PULLED_IN void net_round_loop(const int32_t *restrict sums, size_t len, uint32_t shift,
                              int16_t *restrict ret)
{
    for (; len >= NET_BLOCK; len -= NET_BLOCK, sums += NET_BLOCK, ret += NET_BLOCK)
        for (uint32_t i = 0; i < NET_BLOCK; i++)
            ret[i] = (int16_t)net_cut(sums[i] >> shift, INT16_MIN, INT16_MAX);
}

PULLED_IN void net_relu_loop(const int32_t *restrict sums, size_t len, uint32_t shift,
                             int16_t *restrict ret)
{
    for (; len >= NET_BLOCK; len -= NET_BLOCK, sums += NET_BLOCK, ret += NET_BLOCK)
        for (uint32_t i = 0; i < NET_BLOCK; i++)
            ret[i] = (int16_t)net_cut(sums[i] >> shift, 0, INT16_MAX);
}

PULLED_IN void net_add_times_loop(const int16_t *restrict row, uint32_t len, int32_t factor,
                                  int32_t *restrict sums)
{
    for (; len >= NET_BLOCK; len -= NET_BLOCK, row += NET_BLOCK, sums += NET_BLOCK)
        for (uint32_t i = 0; i < NET_BLOCK; i++)
            sums[i] = (int32_t)((uint32_t)sums[i] + (uint32_t)row[i] * (uint32_t)factor);
}

PULLED_IN void net_add_row_loop(const int8_t *restrict row, uint32_t len, uint32_t shift,
                                int16_t *restrict sums)
{
    for (; len >= NET_BLOCK; len -= NET_BLOCK, row += NET_BLOCK, sums += NET_BLOCK)
        for (uint32_t i = 0; i < NET_BLOCK; i++)
            sums[i] = (int16_t)(sums[i] + row[i] * (1 << shift));
}

PULLED_IN uint32_t net_best_loop(const int32_t *restrict at, const int32_t *restrict bars,
                                 uint32_t len)
{
    int32_t most[NET_BLOCK], best = INT32_MIN;
    for (uint32_t i = 0; i < NET_BLOCK; i++)
        most[i] = INT32_MIN;
    for (uint32_t from = 0; from < len; from += NET_BLOCK)
        for (uint32_t i = 0; i < NET_BLOCK; i++) {
            const int32_t cut = net_cut(at[from + i], INT32_MIN, bars[from + i]);
            most[i] = cut > most[i] ? cut : most[i];
        }
    for (uint32_t i = 0; i < NET_BLOCK; i++)
        best = most[i] > best ? most[i] : best;
    uint32_t ret = 0;
    while (net_cut(at[ret], INT32_MIN, bars[ret]) != best)
        ret++;
    return ret;
}

/* Kernels of x86 that this machine has, best first; returns how many. */
enum { NET_X86_KERNELS = 2 };

uint32_t jwi_net_x86(const struct net_kernel *ret[NET_X86_KERNELS]);

#endif
