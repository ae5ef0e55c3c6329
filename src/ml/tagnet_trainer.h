/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the tagging network's trainer, shared by its training and its packing. */
#ifndef JW_ML_TAGNET_TRAINER_H
#define JW_ML_TAGNET_TRAINER_H

#include "base/hash.h"
#include "ml/tagnet_train.h"

enum { TAGNET_FEATURES_MAX = 96 }; /* of a token */

typedef float quad __attribute__((vector_size(16), may_alias));

/* Weights with what Adam keeps about them. */
struct params {
    float *value, *gradient, *mean, *square;
    size_t count;
};

/* Working arrays of one sentence; names with d_ hold gradients. */
struct pass {
    float *tokens, *d_tokens; /* [n + 2][width] */
    float *states, *d_states; /* [n][step]: hidden, memory from the left, memory from the right */
    float *gates, *d_gates;   /* [n][4 memory] */
    float *scores, *view, *zeros;
    uint8_t *dropped;  /* [n][TAGNET_FEATURES_MAX] */
    uint32_t *touched; /* rows used by the sentence */
    uint32_t step;
};

struct tagnet_trainer {
    struct tagnet_shape shape;
    const struct tagnet_recipe *recipe;
    uint64_t seed;
    float rate, mean_power, square_power, mean_part, square_part;
    struct params rows, token_bias, vector, window, window_bias, gates, gates_bias, output, output_bias;
    struct pass pass;
    uint8_t *is_touched; /* [features] */
};

#endif
