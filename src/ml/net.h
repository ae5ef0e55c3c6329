/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integer kernels of small networks: 16-bit numbers, 32-bit sums, squashing by a parabola instead of exp, so that results are the same on
 * every machine.  Numbers are fixed-point: an activation of 1.0 is NET_ONE.
 */
#ifndef JW_ML_NET_H
#define JW_ML_NET_H

#include <stddef.h>
#include <stdint.h>

enum {
    NET_BITS = 12,
    NET_ONE = 1 << NET_BITS,
    NET_BLOCK = 16 /* the number of columns is a multiple of this, so that no kernel has a tail */
};

/*
 * Weights of a layer: input i (an even number of them) to output o.  Two inputs of one output lie side by side, as the machine multiplies
 * and adds 16-bit numbers by pairs, and the columns go by blocks of NET_BLOCK, so that a product reads the weights once, in order:
 *   at[(o / NET_BLOCK * in / 2 + i / 2) * 2 * NET_BLOCK + o % NET_BLOCK * 2 + i % 2]
 * A sum of activation times weight has NET_BITS + shift fraction bits.
 */
struct net_matrix {
    const int16_t *at;
    const int32_t *bias; /* [out], NET_BITS + shift fraction bits; NULL: none */
    uint32_t in, out;
    uint32_t shift; /* fraction bits of the weights, 0..16 */
};

/* x[rows][in], rows `x_step` apart -> y[rows][out], packed: y = bias + x * w. */
void jwi_net_product(const struct net_matrix *matrix, const int16_t *x, size_t x_step,
                     uint32_t rows, int32_t *y);

/* One row on top of what is in y: y += x * w, no bias. */
void jwi_net_add_product(const struct net_matrix *matrix, const int16_t *x, int32_t *y);

/* Sums back to activations, cut to 16 bits: y >> shift; `len` is a multiple of NET_BLOCK. */
void jwi_net_round(const int32_t *sums, size_t len, uint32_t shift, int16_t *ret);

/* The same, negative ones become 0. */
void jwi_net_relu(const int32_t *sums, size_t len, uint32_t shift, int16_t *ret);

/*
 * Odd parabola in the place of tanh: x (4 - |x|) / 4 within [-2, 2], then flat; slope 1 at 0.  The logistic function is half of it at x / 2,
 * plus one half.
 */
static inline int32_t net_squash(int32_t x)
{
    const int32_t two = 2 * NET_ONE;
    x = x < -two ? -two : x > two ? two : x;
    return x * (4 * NET_ONE - (x < 0 ? -x : x)) >> (NET_BITS + 2);
}

static inline int32_t net_gate(int32_t x)
{
    const int32_t four = 4 * NET_ONE;
    x = x < -four ? -four : x > four ? four : x;
    return (net_squash(x >> 1) + NET_ONE) >> 1;
}

/*
 * One step of a recurrent cell with one gate for what is kept and what is new (Greff et al. 2017), which bounds its memory to [-1, 1]:
 *   keep = gate(sums[0]), out = gate(sums[1]), new = squash(sums[2]);  cell = keep cell + (1 - keep) new;  ret = out squash(cell)
 * sums[3 * width] have NET_BITS + shift fraction bits; width is a multiple of 16.
 */
void jwi_net_cell(const int32_t *sums, uint32_t width, uint32_t shift, int16_t *cell, int16_t *ret);

#endif
