/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Products by blocks of 16 columns and up to 4 rows, held in registers.  AVX2 multiplies and adds 8 pairs in one instruction, AVX-512 VNNI
 * 16 and sums them up as well; other machines run the plain loop.  All give the same bits, since integer sums do not depend on their order.
 * One core of 2023, 192 inputs, 288 columns, 10^9 products a second: plain 3, AVX2 70, VNNI 93; one row alone, bound by memory: 33.
 */
#include "ml/net.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_X86_BUILD 1
#include <immintrin.h>
#else
#define HAS_X86_BUILD 0
#endif

enum { ROWS = 4 }; /* 4 rows and 2 registers a row leave room for weights among 16 registers */

/* sums[rows][16] += x[rows][pairs * 2] * w; sums wrap, so that damaged weights are wrong but harmless. */
static void block_plain(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step,
                        uint32_t rows, uint32_t *sums)
{
    for (uint32_t r = 0; r < rows; r++) {
        for (uint32_t k = 0; k < pairs; k++) {
            const int32_t a = x[r * x_step + 2 * k], b = x[r * x_step + 2 * k + 1];
            const int16_t *pair = w + (size_t)k * 2 * NET_BLOCK;
            for (uint32_t o = 0; o < NET_BLOCK; o++)
                sums[r * NET_BLOCK + o] +=
                    (uint32_t)(a * pair[2 * o]) + (uint32_t)(b * pair[2 * o + 1]);
        }
    }
}

#if HAS_X86_BUILD
#define AVX2 __attribute__((target("avx2")))
#define VNNI __attribute__((target("avx512f,avx512vnni")))

static inline AVX2 __m256i pair_of(const int16_t *x)
{
    int32_t both;
    memcpy(&both, x, sizeof both);
    return _mm256_set1_epi32(both);
}

static inline AVX2 __m256i madd(__m256i sum, __m256i a, __m256i b)
{
    return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
}

static inline AVX2 __m256i load(const int16_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

/* Two pairs at a time into sums of their own: a chain of additions waits half as long. */
static AVX2 void row_avx2(const int16_t *w, uint32_t pairs, const int16_t *x, __m256i *sums)
{
    __m256i low = sums[0], high = sums[1], low_odd = _mm256_setzero_si256(), high_odd = low_odd;
    uint32_t k = 0;
    for (; k + 1 < pairs; k += 2, w += 4 * NET_BLOCK) {
        const __m256i a = pair_of(x + 2 * k), b = pair_of(x + 2 * k + 2);
        low = madd(low, a, load(w));
        high = madd(high, a, load(w + NET_BLOCK));
        low_odd = madd(low_odd, b, load(w + 2 * NET_BLOCK));
        high_odd = madd(high_odd, b, load(w + 3 * NET_BLOCK));
    }
    if (k < pairs) {
        low = madd(low, pair_of(x + 2 * k), load(w));
        high = madd(high, pair_of(x + 2 * k), load(w + NET_BLOCK));
    }
    sums[0] = _mm256_add_epi32(low, low_odd);
    sums[1] = _mm256_add_epi32(high, high_odd);
}

/* Written out, since an array of sums would live in memory. */
static AVX2 void rows_avx2(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step,
                           __m256i *sums)
{
    __m256i low_0 = sums[0], high_0 = sums[1], low_1 = sums[2], high_1 = sums[3];
    __m256i low_2 = sums[4], high_2 = sums[5], low_3 = sums[6], high_3 = sums[7];
    const int16_t *x_1 = x + x_step, *x_2 = x_1 + x_step, *x_3 = x_2 + x_step;
    for (uint32_t k = 0; k < 2 * pairs; k += 2, w += 2 * NET_BLOCK) {
        const __m256i low = load(w), high = load(w + NET_BLOCK);
        const __m256i a_0 = pair_of(x + k), a_1 = pair_of(x_1 + k), a_2 = pair_of(x_2 + k),
                      a_3 = pair_of(x_3 + k);
        low_0 = madd(low_0, a_0, low);
        high_0 = madd(high_0, a_0, high);
        low_1 = madd(low_1, a_1, low);
        high_1 = madd(high_1, a_1, high);
        low_2 = madd(low_2, a_2, low);
        high_2 = madd(high_2, a_2, high);
        low_3 = madd(low_3, a_3, low);
        high_3 = madd(high_3, a_3, high);
    }
    const __m256i done[2 * ROWS] = {low_0, high_0, low_1, high_1, low_2, high_2, low_3, high_3};
    memcpy(sums, done, sizeof done);
}

static AVX2 void block_avx2(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step,
                            uint32_t rows, uint32_t *sums)
{
    __m256i s[2 * ROWS];
    memcpy(s, sums, rows * NET_BLOCK * sizeof *sums);
    if (rows == ROWS)
        rows_avx2(w, pairs, x, x_step, s);
    else
        for (uint32_t r = 0; r < rows; r++)
            row_avx2(w, pairs, x + r * x_step, s + 2 * r);
    memcpy(sums, s, rows * NET_BLOCK * sizeof *sums);
}

static inline VNNI __m512i wide_pair(const int16_t *x)
{
    int32_t both;
    memcpy(&both, x, sizeof both);
    return _mm512_set1_epi32(both);
}

static VNNI void row_vnni(const int16_t *w, uint32_t pairs, const int16_t *x, uint32_t *sums)
{
    __m512i even = _mm512_loadu_si512(sums), odd = _mm512_setzero_si512();
    uint32_t k = 0;
    for (; k + 1 < pairs; k += 2, w += 4 * NET_BLOCK) {
        even = _mm512_dpwssd_epi32(even, wide_pair(x + 2 * k), _mm512_loadu_si512(w));
        odd = _mm512_dpwssd_epi32(odd, wide_pair(x + 2 * k + 2),
                                  _mm512_loadu_si512(w + 2 * NET_BLOCK));
    }
    if (k < pairs)
        even = _mm512_dpwssd_epi32(even, wide_pair(x + 2 * k), _mm512_loadu_si512(w));
    _mm512_storeu_si512(sums, _mm512_add_epi32(even, odd));
}

static VNNI void rows_vnni(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step,
                           uint32_t *sums)
{
    __m512i sum_0 = _mm512_loadu_si512(sums), sum_1 = _mm512_loadu_si512(sums + NET_BLOCK);
    __m512i sum_2 = _mm512_loadu_si512(sums + 2 * NET_BLOCK),
            sum_3 = _mm512_loadu_si512(sums + 3 * NET_BLOCK);
    const int16_t *x_1 = x + x_step, *x_2 = x_1 + x_step, *x_3 = x_2 + x_step;
    for (uint32_t k = 0; k < 2 * pairs; k += 2, w += 2 * NET_BLOCK) {
        const __m512i both = _mm512_loadu_si512(w);
        sum_0 = _mm512_dpwssd_epi32(sum_0, wide_pair(x + k), both);
        sum_1 = _mm512_dpwssd_epi32(sum_1, wide_pair(x_1 + k), both);
        sum_2 = _mm512_dpwssd_epi32(sum_2, wide_pair(x_2 + k), both);
        sum_3 = _mm512_dpwssd_epi32(sum_3, wide_pair(x_3 + k), both);
    }
    _mm512_storeu_si512(sums, sum_0);
    _mm512_storeu_si512(sums + NET_BLOCK, sum_1);
    _mm512_storeu_si512(sums + 2 * NET_BLOCK, sum_2);
    _mm512_storeu_si512(sums + 3 * NET_BLOCK, sum_3);
}

static void block_vnni(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step,
                       uint32_t rows, uint32_t *sums)
{
    if (rows == ROWS)
        rows_vnni(w, pairs, x, x_step, sums);
    else
        for (uint32_t r = 0; r < rows; r++)
            row_vnni(w, pairs, x + r * x_step, sums + r * NET_BLOCK);
}
#endif

static void block(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step, uint32_t rows,
                  uint32_t *sums)
{
#if HAS_X86_BUILD
    if (__builtin_cpu_supports("avx512vnni")) {
        block_vnni(w, pairs, x, x_step, rows, sums);
        return;
    }
    if (__builtin_cpu_supports("avx2")) {
        block_avx2(w, pairs, x, x_step, rows, sums);
        return;
    }
#endif
    block_plain(w, pairs, x, x_step, rows, sums);
}

/* At most ROWS rows; their sums start from what y holds. */
static void add_rows(const struct net_matrix *matrix, const int16_t *x, size_t x_step,
                     uint32_t rows, int32_t *y)
{
    const uint32_t pairs = matrix->in / 2;
    uint32_t sums[ROWS * NET_BLOCK];
    for (uint32_t o = 0; o < matrix->out; o += NET_BLOCK) {
        for (uint32_t r = 0; r < rows; r++)
            memcpy(sums + r * NET_BLOCK, y + (size_t)r * matrix->out + o, NET_BLOCK * sizeof *y);
        block(matrix->at + (size_t)o * matrix->in, pairs, x, x_step, rows, sums);
        for (uint32_t r = 0; r < rows; r++)
            memcpy(y + (size_t)r * matrix->out + o, sums + r * NET_BLOCK, NET_BLOCK * sizeof *y);
    }
}

void jwi_net_product(const struct net_matrix *matrix, const int16_t *x, size_t x_step,
                     uint32_t rows, int32_t *y)
{
    for (uint32_t r = 0; r < rows; r++) {
        if (matrix->bias)
            memcpy(y + (size_t)r * matrix->out, matrix->bias, matrix->out * sizeof *y);
        else
            memset(y + (size_t)r * matrix->out, 0, matrix->out * sizeof *y);
    }
    for (uint32_t r = 0; r < rows; r += ROWS)
        add_rows(matrix, x + r * x_step, x_step, rows - r < ROWS ? rows - r : ROWS,
                 y + (size_t)r * matrix->out);
}

void jwi_net_add_product(const struct net_matrix *matrix, const int16_t *x, int32_t *y)
{
    add_rows(matrix, x, 0, 1, y);
}

static inline int16_t narrow(int32_t x)
{
    return (int16_t)(x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x);
}

void jwi_net_round(const int32_t *restrict sums, size_t len, uint32_t shift, int16_t *restrict ret)
{
    for (; len >= NET_BLOCK; len -= NET_BLOCK, sums += NET_BLOCK, ret += NET_BLOCK)
        for (uint32_t i = 0; i < NET_BLOCK; i++)
            ret[i] = narrow(sums[i] >> shift);
}

void jwi_net_relu(const int32_t *restrict sums, size_t len, uint32_t shift, int16_t *restrict ret)
{
    for (; len >= NET_BLOCK; len -= NET_BLOCK, sums += NET_BLOCK, ret += NET_BLOCK)
        for (uint32_t i = 0; i < NET_BLOCK; i++)
            ret[i] = narrow(sums[i] < 0 ? 0 : sums[i] >> shift);
}

/* NET_BLOCK cells at once: a loop of known length without a branch, which compilers turn into vector code. */
static inline __attribute__((always_inline)) void cells(const int32_t *restrict sums,
                                                        uint32_t width, uint32_t shift,
                                                        int16_t *restrict cell,
                                                        int16_t *restrict ret)
{
    for (uint32_t i = 0; i < NET_BLOCK; i++) {
        const int32_t keep = net_gate(sums[i] >> shift), out = net_gate(sums[width + i] >> shift);
        const int32_t fresh = net_squash(sums[2 * width + i] >> shift);
        const int32_t now = (keep * cell[i] + (NET_ONE - keep) * fresh) >> NET_BITS;
        cell[i] = (int16_t)now;
        ret[i] = (int16_t)(out * net_squash(now) >> NET_BITS);
    }
}

#if HAS_X86_BUILD
static AVX2 void cells_avx2(const int32_t *sums, uint32_t width, uint32_t shift, int16_t *cell,
                            int16_t *ret)
{
    for (uint32_t i = 0; i < width; i += NET_BLOCK)
        cells(sums + i, width, shift, cell + i, ret + i);
}
#endif

void jwi_net_cell(const int32_t *sums, uint32_t width, uint32_t shift, int16_t *cell, int16_t *ret)
{
#if HAS_X86_BUILD
    if (__builtin_cpu_supports("avx2")) {
        cells_avx2(sums, width, shift, cell, ret);
        return;
    }
#endif
    for (uint32_t i = 0; i < width; i += NET_BLOCK)
        cells(sums + i, width, shift, cell + i, ret + i);
}
