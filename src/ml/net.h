/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integer kernels of small networks: numbers of 16 or 8 bits, 32-bit sums, squashing by a parabola instead of exp, so that results are the
 * same on every machine.  Numbers are fixed-point: an activation of 1.0 is NET_ONE where nothing else is said.
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

/*
 * Weights of 8 bits for activations of 8 bits without sign, by fours (`in` is a multiple of 4), otherwise as above:
 *   at[(o / NET_BLOCK * in / 4 + i / 4) * 4 * NET_BLOCK + o % NET_BLOCK * 4 + i % 4]
 * Every output has a scale of its own: y = (bias + x * w) * scale >> shift, rounded.  A product that leaves 32 bits wraps.
 */
struct net_bytes {
    const int8_t *at;
    const int32_t *bias, *scale; /* [out] */
    uint32_t in, out;
    uint32_t shift; /* 1..24 */
};

/* What an output is cut to: 8 bits without sign, 16 bits, 32 bits, or 32 bits that are added to what is there; sums wrap. */
enum net_form { NET_UINT8, NET_INT16, NET_INT32, NET_ADD32 };

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
 * All kernels give the same bits.  Rows of a product lie `x_step` and `ret_step` numbers apart; lengths of loops are multiples of NET_BLOCK.
 */
struct net_kernel {
    const char *name;

    /* x[rows][in] -> y[rows][out], packed: y = bias + x w, or y += x w where `is_sum` says that y has something in it already. */
    void (*product)(const struct net_matrix *matrix, const int16_t *x, size_t x_step, uint32_t rows,
                    int is_sum, int32_t *y);

    /* x[rows][in] -> ret[rows][out], cut to the form. */
    void (*bytes)(const struct net_bytes *matrix, const uint8_t *x, size_t x_step, uint32_t rows,
                  enum net_form form, void *ret, size_t ret_step);

    /* Sums back to activations, cut to 16 bits: sums >> shift; `relu`: negative ones become 0. */
    void (*round)(const int32_t *sums, size_t len, uint32_t shift, int16_t *ret);
    void (*relu)(const int32_t *sums, size_t len, uint32_t shift, int16_t *ret);

    /*
     * One step of a recurrent cell with one gate for what is kept and what is new (Greff et al. 2017), which bounds its memory to [-1, 1]:
     *   keep = gate(sums[0]), out = gate(sums[1]), new = squash(sums[2]);  cell = keep cell + (1 - keep) new;  ret = out squash(cell)
     * sums[3 * len] have NET_BITS + shift fraction bits; `ret` is in 8 bits, NET_STATE_BITS less fine, NET_STATE_ZERO on top, cut above.
     */
    void (*cell)(const int32_t *sums, uint32_t len, uint32_t shift, int16_t *cell, uint8_t *ret);

    /*
     * One step of a memory whose gate does not see it: cell += (1 - gate(gates)) (fresh - cell).  The unit of a cell is its own; `ret` is
     * the cell in 8 bits: NET_MEMORY_BITS less fine, NET_MEMORY_ZERO on top, cut at both ends.
     */
    void (*remember)(const int16_t *fresh, const int16_t *gates, uint32_t len, int16_t *cell,
                     uint8_t *ret);

    /* sums += row * factor; they wrap. */
    void (*add_times)(const int16_t *row, uint32_t len, int32_t factor, int32_t *sums);

    /* sums += row << shift. */
    void (*add_row)(const int8_t *row, uint32_t len, uint32_t shift, int16_t *sums);

    /* Place of the greatest number after each is cut to its bar, the first of equals. */
    uint32_t (*best)(const int32_t *at, const int32_t *bars, uint32_t len);

    /* ret = sums >> shift, rounded and cut to 8 bits without sign; shift >= 1. */
    void (*cut)(const int16_t *sums, uint32_t len, uint32_t shift, uint8_t *ret);
};

enum { NET_MEMORY_BITS = 6, NET_MEMORY_ZERO = 128, NET_STATE_BITS = 5, NET_STATE_ZERO = 128 };

/* Rank 0 is the best kernel that this machine has, 1 the next best, and so on; NULL: no more. */
const struct net_kernel *jwi_net_kernel(uint32_t rank);

#endif
