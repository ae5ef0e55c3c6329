/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Float matrices for trainers: products, gradients, Adam (Kingma and Ba 2015).  Sums run in a fixed order over columns that never meet, without
 * contraction and without libm, so a training gives the same bits whatever vector width the machine has.
 */
#ifndef JW_ML_DENSE_TRAIN_H
#define JW_ML_DENSE_TRAIN_H

#include <math.h>

#include "base/arena.h"

enum { DENSE_STEP = 16 }; /* columns come in multiples of this */

/* xorshift64* (Marsaglia 2003, Vigna 2016); never 0. */
struct dense_random {
    uint64_t state;
};

uint64_t jwi_dense_random(struct dense_random *random);

/* `n` zeroed floats of the arena, aligned for vectors; memory running out ends the program. */
float *jwi_dense_floats(struct arena *arena, size_t n);

/* In [0, 1). */
static inline float dense_uniform(struct dense_random *random)
{
    return (float)(jwi_dense_random(random) >> 40) / 16777216.0f;
}

struct tensor {
    uint32_t rows, cols;
    float *value, *slope; /* [rows][cols] */
    float *mean, *square; /* Adam's moments */
    float *turned;        /* [cols][rows]; NULL when rows are looked up one by one */
    uint32_t *touched;    /* rows with a slope; NULL when all have one */
    uint8_t *is_touched;
    uint32_t touched_count;
};

/* Zeroes in the arena.  A looked-up tensor updates the rows it was asked for alone. */
void jwi_tensor_make(struct tensor *ret, uint32_t rows, uint32_t cols, int is_looked_up,
                     struct arena *arena);

/* Values around 0 with about this deviation. */
void jwi_tensor_spread(struct tensor *tensor, float deviation, struct dense_random *random);

/* Its numbers from elsewhere, [rows][cols]. */
void jwi_tensor_set(struct tensor *tensor, const float *values);

/* Slope of a row of a looked-up tensor. */
float *jwi_tensor_slope(struct tensor *tensor, uint32_t row);

/* One step of Adam on slopes times `scale`, cut to a joint length of 5 for the dense ones; clears slopes. */
void jwi_tensors_step(struct tensor *const *tensors, uint32_t count, float rate, float scale,
                      uint32_t step);

/* A matrix in memory: element (i, k) is at[i * row_step + k * col_step]. */
struct dense_view {
    const float *at;
    size_t row_step, col_step;
};

/* y[rows][cols] += x[rows][inner] * w[inner][cols]; w and y have the given row steps. */
void jwi_dense_product(uint32_t rows, uint32_t inner, uint32_t cols, struct dense_view x,
                       const float *w, size_t w_step, float *y, size_t y_step);

static inline struct dense_view dense_rows(const float *at, size_t step)
{
    const struct dense_view view = {at, step, 1};
    return view;
}

static inline struct dense_view dense_columns(const float *at, size_t step)
{
    const struct dense_view view = {at, 1, step};
    return view;
}

/* e^x for x <= 0, relative error below 1e-6. */
float jwi_dense_exp(float x);

/*
 * Probabilities of scores[count], which they replace; `skip` gets none (count: nobody is skipped).
 * Returns the probability of any other than `gold`.
 */
float jwi_dense_softmax(float *scores, uint32_t count, uint32_t skip, uint32_t gold);

/* The squashing functions of net.h and their slopes, told from their results. */
static inline float dense_squash(float x)
{
    const float c = x < -2 ? -2 : x > 2 ? 2 : x;
    return c * (1 - fabsf(c) * 0.25f);
}

static inline float dense_gate(float x)
{
    return 0.5f + 0.5f * dense_squash(x * 0.5f);
}

static inline float dense_squash_slope(float y)
{
    const float rest = 1 - fabsf(y);
    return rest > 0 ? sqrtf(rest) : 0;
}

static inline float dense_gate_slope(float y)
{
    return 0.25f * dense_squash_slope(2 * y - 1);
}

#endif
