/* SPDX-License-Identifier: Apache-2.0 */
/* Float matrices for trainers; see dense_train.h. */
#include "ml/dense_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BODY static inline __attribute__((always_inline))

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_X86_BUILD 1
#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f")))
#else
#define HAS_X86_BUILD 0
#endif

enum { ROWS = 6, LANES = 8 }; /* of a block: sums that fill the registers of AVX2; of a single row, sums that do not wait for each other */

static const float keep_mean = 0.9f, keep_square = 0.95f, longest = 5;

uint64_t jwi_dense_random(struct dense_random *random)
{
    uint64_t x = random->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    random->state = x;
    return x * UINT64_C(0x2545f4914f6cdd1d);
}

float *jwi_dense_floats(struct arena *arena, size_t n)
{
    float *at = jwi_arena_push_zero(arena, n + DENSE_STEP, sizeof *at, 64);
    if (!at) {
        fprintf(stderr, "out of memory: %zu floats\n", n);
        exit(1);
    }
    return at;
}

/* Sum of twelve uniform numbers: nearly normal, and no libm. */
static float near_normal(struct dense_random *random)
{
    float sum = -6;
    for (int i = 0; i < 12; i++)
        sum += dense_uniform(random);
    return sum;
}

static void turn(struct tensor *tensor)
{
    if (!tensor->turned)
        return;
    for (uint32_t i = 0; i < tensor->rows; i++)
        for (uint32_t j = 0; j < tensor->cols; j++)
            tensor->turned[(size_t)j * tensor->rows + i] =
                tensor->value[(size_t)i * tensor->cols + j];
}

void jwi_tensor_make(struct tensor *ret, uint32_t rows, uint32_t cols, int is_looked_up,
                     struct arena *arena)
{
    const size_t n = (size_t)rows * cols;
    memset(ret, 0, sizeof *ret);
    ret->rows = rows;
    ret->cols = cols;
    ret->value = jwi_dense_floats(arena, n);
    ret->slope = jwi_dense_floats(arena, n);
    ret->mean = jwi_dense_floats(arena, n);
    ret->square = jwi_dense_floats(arena, n);
    if (is_looked_up) {
        ret->touched = (uint32_t *)(void *)jwi_dense_floats(arena, rows);
        ret->is_touched = (uint8_t *)jwi_dense_floats(arena, rows);
    } else {
        ret->turned = jwi_dense_floats(arena, n);
    }
}

void jwi_tensor_spread(struct tensor *tensor, float deviation, struct dense_random *random)
{
    for (size_t i = 0; i < (size_t)tensor->rows * tensor->cols; i++)
        tensor->value[i] = deviation * near_normal(random);
    turn(tensor);
}

void jwi_tensor_set(struct tensor *tensor, const float *values)
{
    memcpy(tensor->value, values, (size_t)tensor->rows * tensor->cols * sizeof *values);
    turn(tensor);
}

float *jwi_tensor_slope(struct tensor *tensor, uint32_t row)
{
    if (!tensor->is_touched[row]) {
        tensor->is_touched[row] = 1;
        tensor->touched[tensor->touched_count++] = row;
    }
    return tensor->slope + (size_t)row * tensor->cols;
}

/* A stretch of a tensor. */
struct span {
    float *restrict value, *restrict slope, *restrict mean, *restrict square;
};

BODY void adam_body(struct span span, size_t n, float rate, float scale)
{
    for (size_t i = 0; i < n; i++) {
        const float g = span.slope[i] * scale;
        span.mean[i] = keep_mean * span.mean[i] + (1 - keep_mean) * g;
        span.square[i] = keep_square * span.square[i] + (1 - keep_square) * g * g;
        span.value[i] -= rate * span.mean[i] / (sqrtf(span.square[i]) + 1e-8f);
        span.slope[i] = 0;
    }
}

#if HAS_X86_BUILD
static AVX512 void adam_avx512(struct span span, size_t n, float rate, float scale)
{
    adam_body(span, n, rate, scale);
}

static AVX2 void adam_avx2(struct span span, size_t n, float rate, float scale)
{
    adam_body(span, n, rate, scale);
}
#endif

/* Rows [from, from + rows) of the tensor. */
static void adam(const struct tensor *tensor, size_t from, size_t rows, float rate, float scale)
{
    const size_t at = from * tensor->cols, n = rows * tensor->cols;
    const struct span span = {tensor->value + at, tensor->slope + at, tensor->mean + at,
                              tensor->square + at};
#if HAS_X86_BUILD
    if (__builtin_cpu_supports("avx512f")) {
        adam_avx512(span, n, rate, scale);
        return;
    }
    if (__builtin_cpu_supports("avx2")) {
        adam_avx2(span, n, rate, scale);
        return;
    }
#endif
    adam_body(span, n, rate, scale);
}

static double length_of(struct tensor *const *tensors, uint32_t count)
{
    double sum = 0;
    for (uint32_t t = 0; t < count; t++)
        for (size_t i = 0; !tensors[t]->touched && i < (size_t)tensors[t]->rows * tensors[t]->cols;
             i++)
            sum += (double)tensors[t]->slope[i] * (double)tensors[t]->slope[i];
    return sqrt(sum);
}

static double power(double base, uint32_t exponent)
{
    double ret = 1;
    for (uint32_t i = 0; i < exponent && ret > 1e-12; i++)
        ret *= base;
    return ret;
}

void jwi_tensors_step(struct tensor *const *tensors, uint32_t count, float rate, float scale,
                      uint32_t step)
{
    const double length = length_of(tensors, count) * (double)scale;
    const float cut = length > (double)longest ? scale * (float)((double)longest / length) : scale;
    const float start =
        (float)(sqrt(1 - power((double)keep_square, step)) / (1 - power((double)keep_mean, step)));
    for (uint32_t t = 0; t < count; t++) {
        struct tensor *tensor = tensors[t];
        if (!tensor->touched)
            adam(tensor, 0, tensor->rows, rate * start, cut);
        for (uint32_t i = 0; i < tensor->touched_count; i++) {
            adam(tensor, tensor->touched[i], 1, rate * start, scale);
            tensor->is_touched[tensor->touched[i]] = 0;
        }
        tensor->touched_count = 0;
        turn(tensor);
    }
}

typedef float lanes __attribute__((vector_size(DENSE_STEP * sizeof(float)), aligned(4), may_alias));

/* Sums of a block of ROWS rows, or of LANES lanes of one row, stay in registers while w is read once; gcc would keep an array of them in memory,
   so every one is written out. */
#define EACH_ROW(what) what(0) what(1) what(2) what(3) what(4) what(5)
#define EACH_LANE(what) EACH_ROW(what) what(6) what(7)
#define AT(base, i, step, j) (*(lanes *)((base) + (i) * (step) + (j)))
#define LOAD_ROW(r) lanes sum##r = AT(y, i + (r), y_step, j);
#define ADD_ROW(r) sum##r += x.at[(i + (r)) * x.row_step + k * x.col_step] * row;
#define KEEP_ROW(r) AT(y, i + (r), y_step, j) = sum##r;
#define LOAD_LANE(c) lanes sum##c = AT(y, i, y_step, j + (c) * DENSE_STEP);
#define ADD_LANE(c) sum##c += value * *(const lanes *)(w + k * w_step + j + (c) * DENSE_STEP);
#define KEEP_LANE(c) AT(y, i, y_step, j + (c) * DENSE_STEP) = sum##c;

/* What a product is of; see jwi_dense_product. */
struct product {
    uint32_t rows, inner, cols;
    struct dense_view x;
    const float *w;
    size_t w_step;
    float *y;
    size_t y_step;
};

BODY void product_body(const struct product *p)
{
    const uint32_t inner = p->inner;
    const size_t w_step = p->w_step, y_step = p->y_step;
    const struct dense_view x = p->x;
    const float *w = p->w;
    float *y = p->y;
    uint32_t i = 0;
    for (; i + ROWS <= p->rows; i += ROWS) {
        for (uint32_t j = 0; j < p->cols; j += DENSE_STEP) {
            EACH_ROW(LOAD_ROW)
            for (uint32_t k = 0; k < inner; k++) {
                const lanes row = *(const lanes *)(w + k * w_step + j);
                EACH_ROW(ADD_ROW)
            }
            EACH_ROW(KEEP_ROW)
        }
    }
    for (; i < p->rows; i++) {
        uint32_t j = 0;
        for (; j + LANES * DENSE_STEP <= p->cols; j += LANES * DENSE_STEP) {
            EACH_LANE(LOAD_LANE)
            for (uint32_t k = 0; k < inner; k++) {
                const float value = x.at[i * x.row_step + k * x.col_step];
                EACH_LANE(ADD_LANE)
            }
            EACH_LANE(KEEP_LANE)
        }
        for (; j < p->cols; j += DENSE_STEP) {
            LOAD_LANE(0)
            for (uint32_t k = 0; k < inner; k++) {
                const float value = x.at[i * x.row_step + k * x.col_step];
                ADD_LANE(0)
            }
            KEEP_LANE(0)
        }
    }
}

#if HAS_X86_BUILD
static AVX512 void product_avx512(const struct product *p)
{
    product_body(p);
}

static AVX2 void product_avx2(const struct product *p)
{
    product_body(p);
}
#endif

void jwi_dense_product(uint32_t rows, uint32_t inner, uint32_t cols, struct dense_view x,
                       const float *w, size_t w_step, float *y, size_t y_step)
{
    const struct product product = {rows, inner, cols, x, w, w_step, y, y_step};
#if HAS_X86_BUILD
    if (__builtin_cpu_supports("avx512f")) {
        product_avx512(&product);
        return;
    }
    if (__builtin_cpu_supports("avx2")) {
        product_avx2(&product);
        return;
    }
#endif
    product_body(&product);
}

float jwi_dense_exp(float x)
{
    if (x < -80)
        return 0;
    const float t = x * 1.44269504f;
    const int32_t whole = (int32_t)(t - 0.5f);
    const float f = (t - (float)whole) * 0.693147181f;
    const float even =
        1 +
        f * (1 + f * (0.5f + f * (0.166666667f + f * (0.0416666667f +
                                                      f * (0.00833333333f + f * 0.00138888889f)))));
    const uint32_t bits = (uint32_t)(whole + 127) << 23;
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return even * scale;
}

float jwi_dense_softmax(float *scores, uint32_t count, uint32_t skip, uint32_t gold)
{
    float best = -INFINITY, sum = 0;
    for (uint32_t i = 0; i < count; i++)
        if (i != skip && scores[i] > best)
            best = scores[i];
    for (uint32_t i = 0; i < count; i++) {
        scores[i] = i == skip ? 0 : jwi_dense_exp(scores[i] - best);
        sum += scores[i];
    }
    for (uint32_t i = 0; i < count; i++)
        scores[i] /= sum;
    return 1 - scores[gold];
}
