/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels of x86: AVX2 multiplies and adds 8 pairs of 16-bit numbers in one instruction, AVX-512 VNNI 16 pairs, or 16 fours of 8-bit numbers,
 * and sums them up as well.  A product goes by tiles of up to 4 rows and 1 or 2 blocks of columns, whose sums stay in registers.
 * One core of 2023, 192 inputs, 288 columns, 10^9 products a second of 16 and of 8 bits: plain 8 and 5, AVX2 90 and 70, VNNI 110 and 210;
 * one row alone, which waits for weights: VNNI 40 and 90.
 */
#include "ml/net_kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define VNNI __attribute__((target("avx512f,avx512vnni")))

/* Loops over the rows and blocks of a tile: sums are registers only when no loop is left. */
#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 4")
#endif

enum { ROWS = 4, BLOCKS = 4, HALF = NET_BLOCK / 2 /* columns of a register of AVX2 */ };

/*
 * A product whatever its numbers: a group is 4 bytes, two inputs of 16 bits or four of 8.  The weights of a block's group fill 64 bytes.
 * Sums start at `start`, rows `start_step` apart, or at zero where it is NULL.
 */
struct task {
    const char *w, *x;
    size_t x_step; /* bytes */
    uint32_t groups, rows, out;
    const int32_t *start;
    size_t start_step;
};

/* What becomes of the sums of bytes. */
struct finish {
    const int32_t *scale;
    uint32_t shift;
    enum net_form form;
    void *ret;
    size_t step;
};

static struct task task_of(const struct net_matrix *matrix, const int16_t *x, size_t x_step,
                           uint32_t rows, int is_sum, const int32_t *y)
{
    const struct task ret = {(const char *)matrix->at,
                             (const char *)x,
                             x_step * sizeof *x,
                             matrix->in / 2,
                             rows,
                             matrix->out,
                             is_sum ? y : matrix->bias,
                             is_sum ? matrix->out : 0};
    return ret;
}

static struct task task_of_bytes(const struct net_bytes *matrix, const uint8_t *x, size_t x_step,
                                 uint32_t rows)
{
    const struct task ret = {
        (const char *)matrix->at, (const char *)x, x_step, matrix->in / 4, rows,
        matrix->out,              matrix->bias,    0};
    return ret;
}

PULLED_IN const char *weights_at(const struct task *task, uint32_t o)
{
    return task->w + (size_t)o * task->groups * 4;
}

PULLED_IN int32_t group_at(const char *x)
{
    int32_t ret;
    memcpy(&ret, x, sizeof ret);
    return ret;
}

PULLED_IN size_t place(const struct finish *finish, uint32_t r, uint32_t o)
{
    return r * finish->step + o;
}

/* ---- AVX2: tiles of one block ---- */

PULLED_IN AVX2 __m256i load(const void *at)
{
    return _mm256_loadu_si256(at);
}

PULLED_IN AVX2 void store_bytes(__m256i shorts, uint8_t *ret)
{
    _mm_storeu_si128((void *)ret, _mm_packus_epi16(_mm256_castsi256_si128(shorts),
                                                   _mm256_extracti128_si256(shorts, 1)));
}

PULLED_IN AVX2 __m256i madd(__m256i sum, __m256i a, __m256i b)
{
    return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
}

PULLED_IN AVX2 void start_avx2(const struct task *task, uint32_t row, const uint32_t rows,
                               uint32_t o, __m256i sums[ROWS][2])
{
    UNROLL
    for (uint32_t r = 0; r < rows; r++) {
        const int32_t *from = task->start ? task->start + (row + r) * task->start_step + o : NULL;
        sums[r][0] = from ? load(from) : _mm256_setzero_si256();
        sums[r][1] = from ? load(from + HALF) : _mm256_setzero_si256();
    }
}

PULLED_IN AVX2 void add_pairs_avx2(const struct task *task, uint32_t row, const uint32_t rows,
                                   uint32_t o, __m256i sums[ROWS][2])
{
    const char *w = weights_at(task, o), *x = task->x + row * task->x_step;
    for (uint32_t k = 0; k < task->groups; k++, w += 4 * NET_BLOCK, x += 4) {
        const __m256i low = load(w), high = load(w + 4 * HALF);
        UNROLL
        for (uint32_t r = 0; r < rows; r++) {
            const __m256i a = _mm256_set1_epi32(group_at(x + r * task->x_step));
            sums[r][0] = madd(sums[r][0], a, low);
            sums[r][1] = madd(sums[r][1], a, high);
        }
    }
}

/* Widened to 16 bits, odd bytes apart from even ones: the machine's own product of bytes would cut its sums. */
PULLED_IN AVX2 void add_fours_avx2(const struct task *task, uint32_t row, const uint32_t rows,
                                   uint32_t o, __m256i sums[ROWS][2])
{
    const char *w = weights_at(task, o), *x = task->x + row * task->x_step;
    const __m256i low_byte = _mm256_set1_epi16(UINT8_MAX);
    for (uint32_t k = 0; k < task->groups; k++, w += 4 * NET_BLOCK, x += 4) {
        const __m256i low = load(w), high = load(w + 4 * HALF);
        const __m256i low_odd = _mm256_srai_epi16(low, 8), high_odd = _mm256_srai_epi16(high, 8);
        const __m256i low_even = _mm256_srai_epi16(_mm256_slli_epi16(low, 8), 8);
        const __m256i high_even = _mm256_srai_epi16(_mm256_slli_epi16(high, 8), 8);
        UNROLL
        for (uint32_t r = 0; r < rows; r++) {
            const __m256i a = _mm256_set1_epi32(group_at(x + r * task->x_step));
            const __m256i even = _mm256_and_si256(a, low_byte), odd = _mm256_srli_epi16(a, 8);
            sums[r][0] = madd(madd(sums[r][0], even, low_even), odd, low_odd);
            sums[r][1] = madd(madd(sums[r][1], even, high_even), odd, high_odd);
        }
    }
}

PULLED_IN AVX2 void sums_tile_avx2(const struct task *task, uint32_t row, const uint32_t rows,
                                   uint32_t o, int32_t *y)
{
    __m256i sums[ROWS][2];
    start_avx2(task, row, rows, o, sums);
    add_pairs_avx2(task, row, rows, o, sums);
    UNROLL
    for (uint32_t r = 0; r < rows; r++) {
        int32_t *to = y + (size_t)(row + r) * task->out + o;
        _mm256_storeu_si256((void *)to, sums[r][0]);
        _mm256_storeu_si256((void *)(to + HALF), sums[r][1]);
    }
}

static AVX2 void product_avx2(const struct net_matrix *matrix, const int16_t *x, size_t x_step,
                              uint32_t rows, int is_sum, int32_t *y)
{
    const struct task task = task_of(matrix, x, x_step, rows, is_sum, y);
    for (uint32_t o = 0; o < task.out; o += NET_BLOCK) {
        uint32_t r = 0;
        for (; r + ROWS <= rows; r += ROWS)
            sums_tile_avx2(&task, r, ROWS, o, y);
        if (r + 2 <= rows) {
            sums_tile_avx2(&task, r, 2, o, y);
            r += 2;
        }
        if (r < rows)
            sums_tile_avx2(&task, r, 1, o, y);
    }
}

PULLED_IN AVX2 __m256i scale_avx2(const struct finish *finish, uint32_t o, __m256i sums)
{
    const __m256i half = _mm256_set1_epi32(1 << (finish->shift - 1));
    const __m256i y = _mm256_add_epi32(_mm256_mullo_epi32(sums, load(finish->scale + o)), half);
    return _mm256_sra_epi32(y, _mm_cvtsi32_si128((int)finish->shift));
}

PULLED_IN AVX2 void finish_avx2(const struct finish *finish, uint32_t r, uint32_t o,
                                const __m256i sums[2])
{
    const __m256i low = scale_avx2(finish, o, sums[0]),
                  high = scale_avx2(finish, o + HALF, sums[1]);
    const size_t at = place(finish, r, o);
    if (finish->form >= NET_INT32) {
        int32_t *to = (int32_t *)finish->ret + at;
        const int is_sum = finish->form == NET_ADD32;
        _mm256_storeu_si256((void *)to, is_sum ? _mm256_add_epi32(load(to), low) : low);
        _mm256_storeu_si256((void *)(to + HALF),
                            is_sum ? _mm256_add_epi32(load(to + HALF), high) : high);
        return;
    }
    const __m256i shorts = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xd8);
    if (finish->form == NET_INT16)
        _mm256_storeu_si256((void *)((int16_t *)finish->ret + at), shorts);
    else
        store_bytes(shorts, (uint8_t *)finish->ret + at);
}

PULLED_IN AVX2 void bytes_tile_avx2(const struct task *task, uint32_t row, const uint32_t rows,
                                    uint32_t o, const struct finish *finish)
{
    __m256i sums[ROWS][2];
    start_avx2(task, row, rows, o, sums);
    add_fours_avx2(task, row, rows, o, sums);
    UNROLL
    for (uint32_t r = 0; r < rows; r++)
        finish_avx2(finish, row + r, o, sums[r]);
}

static AVX2 void bytes_avx2(const struct net_bytes *matrix, const uint8_t *x, size_t x_step,
                            uint32_t rows, enum net_form form, void *ret, size_t ret_step)
{
    const struct task task = task_of_bytes(matrix, x, x_step, rows);
    const struct finish finish = {matrix->scale, matrix->shift, form, ret, ret_step};
    for (uint32_t o = 0; o < task.out; o += NET_BLOCK) {
        uint32_t r = 0;
        for (; r + ROWS <= rows; r += ROWS)
            bytes_tile_avx2(&task, r, ROWS, o, &finish);
        for (; r < rows; r++)
            bytes_tile_avx2(&task, r, 1, o, &finish);
    }
}

/* ---- AVX-512 VNNI: tiles of up to four rows and four blocks, as a sum takes four cycles to take the next ---- */

PULLED_IN VNNI void start_vnni(const struct task *task, uint32_t row, const uint32_t rows,
                               uint32_t o, const uint32_t blocks, __m512i sums[ROWS][BLOCKS])
{
    UNROLL
    for (uint32_t r = 0; r < rows; r++) {
        const int32_t *from = task->start ? task->start + (row + r) * task->start_step + o : NULL;
        UNROLL
        for (uint32_t b = 0; b < blocks; b++)
            sums[r][b] = from ? _mm512_loadu_si512(from + b * NET_BLOCK) : _mm512_setzero_si512();
    }
}

PULLED_IN VNNI void add_vnni(const struct task *task, uint32_t row, const uint32_t rows, uint32_t o,
                             const uint32_t blocks, const int is_bytes,
                             __m512i sums[ROWS][BLOCKS])
{
    const char *w = weights_at(task, o), *x = task->x + row * task->x_step;
    const size_t block = (size_t)task->groups * 4 * NET_BLOCK;
    for (uint32_t k = 0; k < task->groups; k++, w += 4 * NET_BLOCK, x += 4) {
        __m512i weights[BLOCKS];
        UNROLL
        for (uint32_t b = 0; b < blocks; b++)
            weights[b] = _mm512_loadu_si512(w + b * block);
        UNROLL
        for (uint32_t r = 0; r < rows; r++) {
            const __m512i a = _mm512_set1_epi32(group_at(x + r * task->x_step));
            UNROLL
            for (uint32_t b = 0; b < blocks; b++)
                sums[r][b] = is_bytes ? _mm512_dpbusd_epi32(sums[r][b], a, weights[b])
                                      : _mm512_dpwssd_epi32(sums[r][b], a, weights[b]);
        }
    }
}

PULLED_IN VNNI void sums_tile_vnni(const struct task *task, uint32_t row, const uint32_t rows,
                                   uint32_t o, const uint32_t blocks, int32_t *y)
{
    __m512i sums[ROWS][BLOCKS];
    start_vnni(task, row, rows, o, blocks, sums);
    add_vnni(task, row, rows, o, blocks, 0, sums);
    UNROLL
    for (uint32_t r = 0; r < rows; r++) {
        UNROLL
        for (uint32_t b = 0; b < blocks; b++)
            _mm512_storeu_si512(y + (size_t)(row + r) * task->out + o + b * NET_BLOCK, sums[r][b]);
    }
}

PULLED_IN VNNI void sums_columns_vnni(const struct task *task, uint32_t o, const uint32_t blocks,
                                      int32_t *y)
{
    uint32_t r = 0;
    for (; r + ROWS <= task->rows; r += ROWS)
        sums_tile_vnni(task, r, ROWS, o, blocks, y);
    if (r + 2 <= task->rows) {
        sums_tile_vnni(task, r, 2, o, blocks, y);
        r += 2;
    }
    if (r < task->rows)
        sums_tile_vnni(task, r, 1, o, blocks, y);
}

static VNNI void product_vnni(const struct net_matrix *matrix, const int16_t *x, size_t x_step,
                              uint32_t rows, int is_sum, int32_t *y)
{
    const struct task task = task_of(matrix, x, x_step, rows, is_sum, y);
    uint32_t o = 0;
    for (; o + BLOCKS * NET_BLOCK <= task.out; o += BLOCKS * NET_BLOCK)
        sums_columns_vnni(&task, o, BLOCKS, y);
    for (; o < task.out; o += NET_BLOCK)
        sums_columns_vnni(&task, o, 1, y);
}

PULLED_IN VNNI void finish_vnni(const struct finish *finish, uint32_t r, uint32_t o, __m512i sums)
{
    const __m512i half = _mm512_set1_epi32(1 << (finish->shift - 1));
    const __m512i scaled = _mm512_mullo_epi32(sums, _mm512_loadu_si512(finish->scale + o));
    const __m512i y = _mm512_sra_epi32(_mm512_add_epi32(scaled, half),
                                       _mm_cvtsi32_si128((int)finish->shift));
    const size_t at = place(finish, r, o);
    if (finish->form >= NET_INT32) {
        int32_t *to = (int32_t *)finish->ret + at;
        _mm512_storeu_si512(to, finish->form == NET_ADD32
                                    ? _mm512_add_epi32(_mm512_loadu_si512(to), y)
                                    : y);
    } else if (finish->form == NET_INT16)
        _mm256_storeu_si256((void *)((int16_t *)finish->ret + at), _mm512_cvtsepi32_epi16(y));
    else
        _mm_storeu_si128(
            (void *)((uint8_t *)finish->ret + at),
            _mm512_cvtusepi32_epi8(_mm512_max_epi32(y, _mm512_setzero_si512())));
}

PULLED_IN VNNI void bytes_tile_vnni(const struct task *task, uint32_t row, const uint32_t rows,
                                    uint32_t o, const uint32_t blocks, const struct finish *finish)
{
    __m512i sums[ROWS][BLOCKS];
    start_vnni(task, row, rows, o, blocks, sums);
    add_vnni(task, row, rows, o, blocks, 1, sums);
    UNROLL
    for (uint32_t r = 0; r < rows; r++) {
        UNROLL
        for (uint32_t b = 0; b < blocks; b++)
            finish_vnni(finish, row + r, o + b * NET_BLOCK, sums[r][b]);
    }
}

PULLED_IN VNNI void bytes_columns_vnni(const struct task *task, uint32_t o, const uint32_t blocks,
                                       const struct finish *finish)
{
    uint32_t r = 0;
    for (; r + ROWS <= task->rows; r += ROWS)
        bytes_tile_vnni(task, r, ROWS, o, blocks, finish);
    if (r + 2 <= task->rows) {
        bytes_tile_vnni(task, r, 2, o, blocks, finish);
        r += 2;
    }
    if (r < task->rows)
        bytes_tile_vnni(task, r, 1, o, blocks, finish);
}

static VNNI void bytes_vnni(const struct net_bytes *matrix, const uint8_t *x, size_t x_step,
                            uint32_t rows, enum net_form form, void *ret, size_t ret_step)
{
    const struct task task = task_of_bytes(matrix, x, x_step, rows);
    const struct finish finish = {matrix->scale, matrix->shift, form, ret, ret_step};
    uint32_t o = 0;
    for (; o + BLOCKS * NET_BLOCK <= task.out; o += BLOCKS * NET_BLOCK)
        bytes_columns_vnni(&task, o, BLOCKS, &finish);
    for (; o < task.out; o += NET_BLOCK)
        bytes_columns_vnni(&task, o, 1, &finish);
}

/* ---- loops ---- */

static AVX2 void round_avx2(const int32_t *sums, size_t len, uint32_t shift, int16_t *ret)
{
    net_round_loop(sums, len, shift, ret);
}

static AVX2 void relu_avx2(const int32_t *sums, size_t len, uint32_t shift, int16_t *ret)
{
    net_relu_loop(sums, len, shift, ret);
}

/* net_squash of 16 numbers, which are cut already; twice a number that is cut fits, but for 4 at 0, which nothing is multiplied with. */
PULLED_IN AVX2 __m256i squash_cut(__m256i x)
{
    const __m256i rest = _mm256_sub_epi16(_mm256_set1_epi16(4 * NET_ONE), _mm256_abs_epi16(x));
    return _mm256_mulhi_epi16(_mm256_slli_epi16(x, 1), _mm256_slli_epi16(rest, 1));
}

PULLED_IN AVX2 __m256i cut_to(__m256i x, int16_t limit)
{
    return _mm256_max_epi16(_mm256_min_epi16(x, _mm256_set1_epi16(limit)),
                            _mm256_set1_epi16((int16_t)-limit));
}

PULLED_IN AVX2 __m256i squash_avx2(__m256i x)
{
    return squash_cut(cut_to(x, 2 * NET_ONE));
}

PULLED_IN AVX2 __m256i gate_avx2(__m256i x)
{
    const __m256i half = squash_cut(_mm256_srai_epi16(cut_to(x, 4 * NET_ONE), 1));
    return _mm256_srai_epi16(_mm256_add_epi16(half, _mm256_set1_epi16(NET_ONE)), 1);
}

PULLED_IN AVX2 __m256i shorts_avx2(const int32_t *sums, uint32_t shift)
{
    const __m128i by = _mm_cvtsi32_si128((int)shift);
    const __m256i low = _mm256_sra_epi32(load(sums), by);
    const __m256i high = _mm256_sra_epi32(load(sums + HALF), by);
    return _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xd8);
}

/* a * x + b * y >> NET_BITS */
PULLED_IN AVX2 __m256i mix_avx2(__m256i a, __m256i x, __m256i b, __m256i y)
{
    const __m256i low =
        _mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), _mm256_unpacklo_epi16(x, y));
    const __m256i high =
        _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), _mm256_unpackhi_epi16(x, y));
    return _mm256_packs_epi32(_mm256_srai_epi32(low, NET_BITS), _mm256_srai_epi32(high, NET_BITS));
}

static AVX2 void cell_avx2(const int32_t *sums, uint32_t len, uint32_t shift, int16_t *cell,
                           uint8_t *ret)
{
    const __m256i one = _mm256_set1_epi16(NET_ONE);
    for (uint32_t i = 0; i < len; i += NET_BLOCK) {
        const __m256i keep = gate_avx2(shorts_avx2(sums + i, shift));
        const __m256i out = gate_avx2(shorts_avx2(sums + len + i, shift));
        const __m256i fresh = squash_avx2(shorts_avx2(sums + 2 * len + i, shift));
        const __m256i now =
            mix_avx2(keep, load(cell + i), _mm256_sub_epi16(one, keep), fresh);
        _mm256_storeu_si256((void *)(cell + i), now);
        const __m256i y = _mm256_mulhi_epi16(_mm256_slli_epi16(out, 2),
                                             _mm256_slli_epi16(squash_avx2(now), 2));
        const __m256i coarse = _mm256_srai_epi16(
            _mm256_add_epi16(y, _mm256_set1_epi16(1 << (NET_STATE_BITS - 1))), NET_STATE_BITS);
        store_bytes(_mm256_add_epi16(coarse, _mm256_set1_epi16(NET_STATE_ZERO)), ret + i);
    }
}

static AVX2 void remember_avx2(const int16_t *fresh, const int16_t *gates, uint32_t len,
                               int16_t *cell, uint8_t *ret)
{
    const __m256i one = _mm256_set1_epi16(NET_ONE), most = _mm256_set1_epi16(NET_ONE - 1);
    for (uint32_t i = 0; i < len; i += NET_BLOCK) {
        const __m256i open = _mm256_sub_epi16(one, gate_avx2(load(gates + i)));
        const __m256i share = _mm256_slli_epi16(_mm256_min_epi16(open, most), 15 - NET_BITS);
        const __m256i before = load(cell + i), way = _mm256_subs_epi16(load(fresh + i), before);
        const __m256i now = _mm256_add_epi16(before, _mm256_mulhrs_epi16(way, share));
        _mm256_storeu_si256((void *)(cell + i), now);
        const __m256i coarse = _mm256_srai_epi16(now, NET_MEMORY_BITS - 1);
        const __m256i rounded =
            _mm256_srai_epi16(_mm256_add_epi16(coarse, _mm256_set1_epi16(1)), 1);
        store_bytes(_mm256_add_epi16(rounded, _mm256_set1_epi16(NET_MEMORY_ZERO)), ret + i);
    }
}

static AVX2 void add_times_avx2(const int16_t *row, uint32_t len, int32_t factor, int32_t *sums)
{
    net_add_times_loop(row, len, factor, sums);
}

static AVX2 void add_row_avx2(const int8_t *row, uint32_t len, uint32_t shift, int16_t *sums)
{
    net_add_row_loop(row, len, shift, sums);
}

static AVX2 uint32_t best_avx2(const int32_t *at, const int32_t *bars, uint32_t len)
{
    return net_best_loop(at, bars, len);
}

static AVX2 void cut_avx2(const int16_t *sums, uint32_t len, uint32_t shift, uint8_t *ret)
{
    const __m256i half = _mm256_set1_epi16((int16_t)(1 << (shift - 1)));
    for (uint32_t i = 0; i < len; i += NET_BLOCK)
        store_bytes(_mm256_sra_epi16(_mm256_adds_epi16(load(sums + i), half),
                                     _mm_cvtsi32_si128((int)shift)),
                    ret + i);
}

uint32_t jwi_net_x86(const struct net_kernel *ret[NET_X86_KERNELS])
{
    static const struct net_kernel vnni = {"AVX-512 VNNI", product_vnni,  bytes_vnni,
                                           round_avx2,     relu_avx2,     cell_avx2,
                                           remember_avx2,  add_times_avx2, add_row_avx2,
                                           best_avx2,      cut_avx2};
    static const struct net_kernel avx2 = {"AVX2",        product_avx2, bytes_avx2,
                                           round_avx2,    relu_avx2,    cell_avx2,
                                           remember_avx2, add_times_avx2, add_row_avx2,
                                           best_avx2,     cut_avx2};
    uint32_t count = 0;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512vnni"))
        ret[count++] = &vnni;
    if (__builtin_cpu_supports("avx2"))
        ret[count++] = &avx2;
    return count;
}
#else
uint32_t jwi_net_x86(const struct net_kernel *ret[NET_X86_KERNELS])
{
    (void)ret;
    return 0;
}
#endif
