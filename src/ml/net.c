/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel of every machine, and the choice among kernels. */
#include "ml/net_kernel.h"

#include <string.h>

/* sums[NET_BLOCK] += x * w; sums wrap, so that damaged weights are wrong but harmless. */
static void add_pairs(const int16_t *w, uint32_t in, const int16_t *x, uint32_t *sums)
{
    for (uint32_t i = 0; i < in; i += 2, w += 2 * NET_BLOCK)
        for (uint32_t o = 0; o < NET_BLOCK; o++)
            sums[o] += (uint32_t)(x[i] * w[2 * o]) + (uint32_t)(x[i + 1] * w[2 * o + 1]);
}

static void product(const struct net_matrix *matrix, const int16_t *x, size_t x_step, uint32_t rows,
                    int is_sum, int32_t *y)
{
    uint32_t sums[NET_BLOCK];
    for (uint32_t r = 0; r < rows; r++, x += x_step, y += matrix->out) {
        for (uint32_t o = 0; o < matrix->out; o += NET_BLOCK) {
            memset(sums, 0, sizeof sums);
            if (is_sum)
                memcpy(sums, y + o, sizeof sums);
            else if (matrix->bias)
                memcpy(sums, matrix->bias + o, sizeof sums);
            add_pairs(matrix->at + (size_t)o * matrix->in, matrix->in, x, sums);
            memcpy(y + o, sums, sizeof sums);
        }
    }
}

/* Bytes go by rows and inputs of these many: their weights are widened once for all rows, so that compilers can make vector code. */
enum { BYTES_ROWS = 16, BYTES_IN = 64 };

static void widen(const int8_t *w, uint32_t in, int16_t ret[BYTES_IN][NET_BLOCK])
{
    for (uint32_t i = 0; i < in; i += 4, w += 4 * NET_BLOCK)
        for (uint32_t k = 0; k < 4; k++)
            for (uint32_t o = 0; o < NET_BLOCK; o++)
                ret[i + k][o] = w[4 * o + k];
}

static void add_wide(int16_t w[BYTES_IN][NET_BLOCK], uint32_t in, const uint8_t *x,
                     uint32_t *restrict sums)
{
    for (uint32_t i = 0; i < in; i++) {
        const int16_t by = x[i];
        for (uint32_t o = 0; o < NET_BLOCK; o++)
            sums[o] += (uint32_t)(by * w[i][o]);
    }
}

/* Sums of a block of columns from `o` on for up to BYTES_ROWS rows. */
static void add_block(const struct net_bytes *matrix, const uint8_t *x, size_t x_step,
                      uint32_t rows, uint32_t o, uint32_t sums[BYTES_ROWS][NET_BLOCK])
{
    int16_t w[BYTES_IN][NET_BLOCK];
    for (uint32_t r = 0; r < rows; r++)
        memcpy(sums[r], matrix->bias + o, sizeof sums[r]);
    for (uint32_t i = 0; i < matrix->in; i += BYTES_IN) {
        const uint32_t in = matrix->in - i < BYTES_IN ? matrix->in - i : BYTES_IN;
        widen(matrix->at + (size_t)o * matrix->in + (size_t)i * NET_BLOCK, in, w);
        for (uint32_t r = 0; r < rows; r++)
            add_wide(w, in, x + r * x_step + i, sums[r]);
    }
}

static void put(int32_t y, enum net_form form, void *ret, size_t at)
{
    if (form == NET_UINT8)
        ((uint8_t *)ret)[at] = (uint8_t)net_cut(y, 0, UINT8_MAX);
    else if (form == NET_INT16)
        ((int16_t *)ret)[at] = (int16_t)net_cut(y, INT16_MIN, INT16_MAX);
    else if (form == NET_INT32)
        ((int32_t *)ret)[at] = y;
    else
        ((int32_t *)ret)[at] = (int32_t)((uint32_t)((int32_t *)ret)[at] + (uint32_t)y);
}

static void bytes(const struct net_bytes *matrix, const uint8_t *x, size_t x_step, uint32_t rows,
                  enum net_form form, void *ret, size_t ret_step)
{
    const uint32_t half = UINT32_C(1) << (matrix->shift - 1);
    uint32_t sums[BYTES_ROWS][NET_BLOCK];
    for (uint32_t o = 0; o < matrix->out; o += NET_BLOCK) {
        for (uint32_t first = 0; first < rows; first += BYTES_ROWS) {
            const uint32_t n = rows - first < BYTES_ROWS ? rows - first : BYTES_ROWS;
            add_block(matrix, x + first * x_step, x_step, n, o, sums);
            for (uint32_t r = 0; r < n; r++)
                for (uint32_t i = 0; i < NET_BLOCK; i++)
                    put((int32_t)(sums[r][i] * (uint32_t)matrix->scale[o + i] + half) >>
                            matrix->shift,
                        form, ret, (first + r) * ret_step + o + i);
        }
    }
}

static void round_sums(const int32_t *sums, size_t len, uint32_t shift, int16_t *ret)
{
    net_round_loop(sums, len, shift, ret);
}

static void relu(const int32_t *sums, size_t len, uint32_t shift, int16_t *ret)
{
    net_relu_loop(sums, len, shift, ret);
}

static void cell(const int32_t *sums, uint32_t len, uint32_t shift, int16_t *at, uint8_t *ret)
{
    for (uint32_t i = 0; i < len; i++) {
        const int32_t keep = net_gate(sums[i] >> shift), out = net_gate(sums[len + i] >> shift);
        const int32_t fresh = net_squash(sums[2 * len + i] >> shift);
        const int32_t now = (keep * at[i] + (NET_ONE - keep) * fresh) >> NET_BITS;
        at[i] = (int16_t)now;
        const int32_t fine = out * net_squash(now) >> NET_BITS;
        const int32_t coarse = (fine + (1 << (NET_STATE_BITS - 1))) >> NET_STATE_BITS;
        ret[i] = (uint8_t)net_cut(NET_STATE_ZERO + coarse, 0, UINT8_MAX);
    }
}

/* No gate is quite open, and the way to what is new is cut to 16 bits, so that short vectors can hold both. */
static void remember(const int16_t *fresh, const int16_t *gates, uint32_t len, int16_t *at,
                     uint8_t *ret)
{
    for (uint32_t i = 0; i < len; i++) {
        const int32_t share = net_cut(NET_ONE - net_gate(gates[i]), 0, NET_ONE - 1);
        const int32_t way = net_cut(fresh[i] - at[i], INT16_MIN, INT16_MAX);
        at[i] = (int16_t)(at[i] + ((way * share + NET_ONE / 2) >> NET_BITS));
        const int32_t coarse = (at[i] + (1 << (NET_MEMORY_BITS - 1))) >> NET_MEMORY_BITS;
        ret[i] = (uint8_t)net_cut(NET_MEMORY_ZERO + coarse, 0, UINT8_MAX);
    }
}

static void add_times(const int16_t *row, uint32_t len, int32_t factor, int32_t *sums)
{
    net_add_times_loop(row, len, factor, sums);
}

static void add_row(const int8_t *row, uint32_t len, uint32_t shift, int16_t *sums)
{
    net_add_row_loop(row, len, shift, sums);
}

static uint32_t best(const int32_t *at, const int32_t *bars, uint32_t len)
{
    return net_best_loop(at, bars, len);
}

static void cut(const int16_t *sums, uint32_t len, uint32_t shift, uint8_t *ret)
{
    for (uint32_t i = 0; i < len; i++)
        ret[i] = (uint8_t)net_cut((sums[i] + (1 << (shift - 1))) >> shift, 0, UINT8_MAX);
}

const struct net_kernel *jwi_net_kernel(uint32_t rank)
{
    static const struct net_kernel plain = {"plain",  product,   bytes,   round_sums, relu, cell,
                                            remember, add_times, add_row, best,       cut};
    const struct net_kernel *x86[NET_X86_KERNELS];
    const uint32_t count = jwi_net_x86(x86);
    return rank < count ? x86[rank] : rank == count ? &plain : NULL;
}
