/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact decimals: a mantissa and a power of ten without zeros at its end; what does not fit is unknown.
 */
#include "stage/value/value.h"

enum { MAX_DIGITS = 17 };

static const jw_decimal unknown = {0, 0, 0};

jw_decimal jwi_decimal(int64_t mantissa, int32_t power)
{
    jw_decimal ret = {mantissa, power, 1};
    while (ret.mantissa && ret.mantissa % 10 == 0) {
        ret.mantissa /= 10;
        ret.power++;
    }
    if (!ret.mantissa)
        ret.power = 0;
    return ret;
}

/* a x 10^n, or unknown. */
static jw_decimal widen(jw_decimal a, int32_t n)
{
    for (; n > 0; n--, a.power--) {
        if (a.mantissa > INT64_MAX / 10 || a.mantissa < -INT64_MAX / 10)
            return unknown;
        a.mantissa *= 10;
    }
    return a;
}

jw_decimal jwi_decimal_add(jw_decimal a, jw_decimal b)
{
    if (!a.known || !b.known)
        return unknown;
    if (!a.mantissa || !b.mantissa)
        return a.mantissa ? a : b;
    const jw_decimal high =
        a.power > b.power ? widen(a, a.power - b.power) : widen(b, b.power - a.power);
    const jw_decimal low = a.power > b.power ? b : a;
    if (!high.known || (high.mantissa > 0 ? low.mantissa > INT64_MAX - high.mantissa
                                          : low.mantissa < -INT64_MAX - high.mantissa))
        return unknown;
    return jwi_decimal(high.mantissa + low.mantissa, low.power);
}

jw_decimal jwi_decimal_times(jw_decimal a, int64_t mantissa, int32_t power)
{
    const int64_t size = a.mantissa < 0 ? -a.mantissa : a.mantissa;
    if (!a.known || (mantissa && size > INT64_MAX / mantissa))
        return unknown;
    return jwi_decimal(a.mantissa * mantissa, a.power + power);
}

jw_decimal jwi_decimal_minus(jw_decimal a)
{
    a.mantissa = -a.mantissa;
    return a;
}

jw_decimal jwi_decimal_over(jw_decimal a, jw_decimal b)
{
    if (!a.known || !b.known || b.mantissa <= 0)
        return unknown;
    a.power -= b.power;
    for (int i = 0; a.mantissa % b.mantissa; i++) {
        a = widen(a, 1);
        if (!a.known || i == MAX_DIGITS)
            return unknown;
    }
    return jwi_decimal(a.mantissa / b.mantissa, a.power);
}
