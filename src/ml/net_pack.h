/* SPDX-License-Identifier: Apache-2.0 */
/* Trained weights in floats to those of struct net_bytes. */
#ifndef JW_ML_NET_PACK_H
#define JW_ML_NET_PACK_H

#include "ml/net.h"

/* Numbers to the unit of each input, the number that stands for its zero, and what the number less that is on average in training. */
struct net_source {
    const float *unit;
    const int32_t *zero;
    const float *mean;
};

/* Arrays of a struct net_bytes. */
struct net_packed {
    int8_t *at;
    int32_t *bias, *scale;
};

/* Half away from zero, cut to +-limit. */
int32_t jwi_net_fixed(float x, uint32_t bits, int32_t limit);

/*
 * w[in][out], bias[out] or NULL; the product shall make y times units[out].  The scale of an output is the least whole number that keeps its
 * greatest weight within 8 bits, and the weights are rounded for just this number.  What rounding takes from the sum on average goes to the
 * bias (Nagel et al. 2019).
 */
void jwi_net_pack(const float *w, const float *bias, uint32_t in, uint32_t out,
                  const struct net_source *from, const float *units, uint32_t shift,
                  const struct net_packed *ret);

#endif
