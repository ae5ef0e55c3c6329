/* SPDX-License-Identifier: Apache-2.0 */
/* Rounding of weights; see net_pack.h. */
#include "ml/net_pack.h"

enum { SCALE_MAX = 1 << 20 };

int32_t jwi_net_fixed(float x, uint32_t bits, int32_t limit)
{
    const float scaled = x * (float)(UINT32_C(1) << bits);
    const float top = (float)limit;
    if (scaled >= top)
        return limit;
    if (scaled <= -top)
        return -limit;
    return (int32_t)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
}

static float peak_of(const float *w, uint32_t in, uint32_t out, const struct net_source *from)
{
    float ret = 0;
    for (uint32_t i = 0; i < in; i++) {
        const float size = w[(size_t)i * out] / from->unit[i];
        ret = size > ret ? size : -size > ret ? -size : ret;
    }
    return ret;
}

/* `w` starts at the column of the output. */
static void pack_output(const float *w, float bias, uint32_t in, uint32_t out, uint32_t o,
                        const struct net_source *from, float whole, const struct net_packed *ret)
{
    const float least = whole * peak_of(w, in, out, from) / (float)INT8_MAX;
    ret->scale[o] = least < (float)SCALE_MAX ? (int32_t)least + 1 : SCALE_MAX;
    const float steps = whole / (float)ret->scale[o];
    float sum = bias * steps;
    int32_t zeros = 0;
    for (uint32_t i = 0; i < in; i++) {
        const float exact = w[(size_t)i * out] / from->unit[i] * steps;
        const int32_t weight = jwi_net_fixed(exact, 0, INT8_MAX);
        ret->at[((size_t)o / NET_BLOCK * in / 4 + i / 4) * 4 * NET_BLOCK + o % NET_BLOCK * 4 +
                i % 4] = (int8_t)weight;
        sum += (exact - (float)weight) * from->mean[i];
        zeros += from->zero[i] * weight;
    }
    ret->bias[o] = jwi_net_fixed(sum, 0, INT32_C(1) << 30) - zeros;
}

void jwi_net_pack(const float *w, const float *bias, uint32_t in, uint32_t out,
                  const struct net_source *from, const float *units, uint32_t shift,
                  const struct net_packed *ret)
{
    for (uint32_t o = 0; o < out; o++)
        pack_output(w + o, bias ? bias[o] : 0, in, out, o, from,
                    units[o] * (float)(UINT32_C(1) << shift), ret);
}
