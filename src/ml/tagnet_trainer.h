/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the tagging network's trainer, shared by its training and its packing. */
#ifndef JW_ML_TAGNET_TRAINER_H
#define JW_ML_TAGNET_TRAINER_H

#include "base/hash.h"
#include "ml/tagnet_train.h"

enum { TAGNET_FEATURES_MAX = 96 }; /* of a token */

/* Eight numbers; machines with shorter vectors take them in parts, with the same sums. */
typedef float wide __attribute__((vector_size(32), may_alias));
typedef uint32_t wide_bits __attribute__((vector_size(32), may_alias));

/* Weights with what Adam keeps about them. */
struct params {
    float *value, *gradient, *mean, *square;
    size_t count;
};

/* Working arrays of one sentence; names with d_ hold gradients. */
struct pass {
    float *tokens, *d_tokens; /* [n + 2][width] */
    float *states, *d_states; /* [n][step]: of each layer hidden, memory from the left, memory from
                                 the right */
    float *gates, *d_gates;   /* [layers][n][4 memory] */
    float *inputs;            /* [n][layer]: what the second layer sees of the first */
    float *scores, *view, *d_view, *zeros;
    uint8_t *dropped;  /* [n][TAGNET_FEATURES_MAX] */
    uint32_t *touched; /* rows used by the sentence */
    uint32_t longest;  /* n of the longest sentence */
    uint32_t layer;    /* hidden + 2 memory */
    uint32_t step;     /* of all layers */
};

struct tagnet_trainer {
    struct tagnet_shape shape;
    const struct tagnet_recipe *recipe;
    uint64_t seed;
    float rate, mean_power, square_power, mean_part, square_part;
    struct params rows, token_bias, vector, output, output_bias;
    struct params window[TAGNET_LAYERS_MAX], window_bias[TAGNET_LAYERS_MAX],
        gates[TAGNET_LAYERS_MAX], gates_bias[TAGNET_LAYERS_MAX];
    struct pass pass;
    uint8_t *is_touched; /* [features] */
    float *peaks;        /* [step], greatest size of each state in training */
    float *means;        /* [step], of the same */
    float *token_means;  /* [width] */
};

/* States of a sentence. */
void jwi_tagnet_forward(struct tagnet_trainer *t, const struct tagnet_token *tokens,
                        uint32_t count);

#endif
