/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Products by blocks of 16 columns and up to 4 rows, held in registers.  AVX2 multiplies and adds 16 pairs in one instruction; other
 * machines run the plain loop, which gives the same bits since integer sums do not depend on their order.
 */
#include "ml/net.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_AVX2_BUILD 1
#include <immintrin.h>
#else
#define HAS_AVX2_BUILD 0
#endif

enum { ROWS = 4 }; /* 4 rows and 2 registers a row leave room for weights among 16 registers */

/* sums[rows][16] += x[rows][pairs * 2] * w; sums wrap, so that damaged weights are wrong but harmless. */
static void block_plain(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step, uint32_t rows, uint32_t *sums)
{
    for (uint32_t r = 0; r < rows; r++) {
        for (uint32_t k = 0; k < pairs; k++) {
            const int32_t a = x[r * x_step + 2 * k], b = x[r * x_step + 2 * k + 1];
            const int16_t *pair = w + (size_t)k * 2 * NET_BLOCK;
            for (uint32_t o = 0; o < NET_BLOCK; o++)
                sums[r * NET_BLOCK + o] += (uint32_t)(a * pair[2 * o]) + (uint32_t)(b * pair[2 * o + 1]);
        }
    }
}

#if HAS_AVX2_BUILD
#define AVX2 __attribute__((target("avx2")))

static inline AVX2 __m256i pair_of(const int16_t *x)
{
    int32_t both;
    memcpy(&both, x, sizeof both);
    return _mm256_set1_epi32(both);
}

static AVX2 void row_avx2(const int16_t *w, uint32_t pairs, const int16_t *x, __m256i *sums)
{
    __m256i low = sums[0], high = sums[1];
    for (uint32_t k = 0; k < pairs; k++, w += 2 * NET_BLOCK) {
        const __m256i a = pair_of(x + 2 * k);
        low = _mm256_add_epi32(low, _mm256_madd_epi16(a, _mm256_loadu_si256((const __m256i *)w)));
        high = _mm256_add_epi32(high, _mm256_madd_epi16(a, _mm256_loadu_si256((const __m256i *)(w + NET_BLOCK))));
    }
    sums[0] = low;
    sums[1] = high;
}

static AVX2 void rows_avx2(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step, __m256i *sums)
{
    __m256i s[2 * ROWS];
    memcpy(s, sums, sizeof s);
    for (uint32_t k = 0; k < pairs; k++, w += 2 * NET_BLOCK) {
        const __m256i low = _mm256_loadu_si256((const __m256i *)w);
        const __m256i high = _mm256_loadu_si256((const __m256i *)(w + NET_BLOCK));
        for (uint32_t r = 0; r < ROWS; r++) {
            const __m256i a = pair_of(x + r * x_step + 2 * k);
            s[2 * r] = _mm256_add_epi32(s[2 * r], _mm256_madd_epi16(a, low));
            s[2 * r + 1] = _mm256_add_epi32(s[2 * r + 1], _mm256_madd_epi16(a, high));
        }
    }
    memcpy(sums, s, sizeof s);
}

static AVX2 void block_avx2(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step, uint32_t rows, uint32_t *sums)
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
#endif

static void block(const int16_t *w, uint32_t pairs, const int16_t *x, size_t x_step, uint32_t rows, uint32_t *sums)
{
#if HAS_AVX2_BUILD
    if (__builtin_cpu_supports("avx2")) {
        block_avx2(w, pairs, x, x_step, rows, sums);
        return;
    }
#endif
    block_plain(w, pairs, x, x_step, rows, sums);
}

/* At most ROWS rows; their sums start from what y holds. */
static void add_rows(const struct net_matrix *matrix, const int16_t *x, size_t x_step, uint32_t rows, int32_t *y)
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

void jwi_net_product(const struct net_matrix *matrix, const int16_t *x, size_t x_step, uint32_t rows, int32_t *y)
{
    for (uint32_t r = 0; r < rows; r++) {
        if (matrix->bias)
            memcpy(y + (size_t)r * matrix->out, matrix->bias, matrix->out * sizeof *y);
        else
            memset(y + (size_t)r * matrix->out, 0, matrix->out * sizeof *y);
    }
    for (uint32_t r = 0; r < rows; r += ROWS)
        add_rows(matrix, x + r * x_step, x_step, rows - r < ROWS ? rows - r : ROWS, y + (size_t)r * matrix->out);
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
    for (size_t i = 0; i < len; i++)
        ret[i] = narrow(sums[i] >> shift);
}

void jwi_net_relu(const int32_t *restrict sums, size_t len, uint32_t shift, int16_t *restrict ret)
{
    for (size_t i = 0; i < len; i++)
        ret[i] = narrow(sums[i] < 0 ? 0 : sums[i] >> shift);
}

/* NET_BLOCK cells at once: a loop of known length without a branch, which compilers turn into vector code. */
static inline __attribute__((always_inline)) void cells(const int32_t *restrict sums, uint32_t width, uint32_t shift,
                                                       int16_t *restrict cell, int16_t *restrict ret)
{
    for (uint32_t i = 0; i < NET_BLOCK; i++) {
        const int32_t keep = net_gate(sums[i] >> shift), out = net_gate(sums[width + i] >> shift);
        const int32_t fresh = net_squash(sums[2 * width + i] >> shift);
        const int32_t now = (keep * cell[i] + (NET_ONE - keep) * fresh) >> NET_BITS;
        cell[i] = (int16_t)now;
        ret[i] = (int16_t)(out * net_squash(now) >> NET_BITS);
    }
}

#if HAS_AVX2_BUILD
static AVX2 void cells_avx2(const int32_t *sums, uint32_t width, uint32_t shift, int16_t *cell, int16_t *ret)
{
    for (uint32_t i = 0; i < width; i += NET_BLOCK)
        cells(sums + i, width, shift, cell + i, ret + i);
}
#endif

void jwi_net_cell(const int32_t *sums, uint32_t width, uint32_t shift, int16_t *cell, int16_t *ret)
{
#if HAS_AVX2_BUILD
    if (__builtin_cpu_supports("avx2")) {
        cells_avx2(sums, width, shift, cell, ret);
        return;
    }
#endif
    for (uint32_t i = 0; i < width; i += NET_BLOCK)
        cells(sums + i, width, shift, cell + i, ret + i);
}
