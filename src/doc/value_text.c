/* SPDX-License-Identifier: Apache-2.0 */
/* Values as text, by our own digits: no locale, no exponent, no rounding. */
#include "doc/value_text.h"

#include <string.h>

struct text {
    char *at;
    uint32_t len;
};

static void put(struct text *text, char letter)
{
    text->at[text->len++] = letter;
}

/* Decimal digits of `value`, at least `width` of them. */
static void put_number(struct text *text, uint64_t value, uint32_t width)
{
    char digits[24];
    uint32_t n = 0;
    for (; value || n < width; value /= 10)
        digits[n++] = (char)('0' + value % 10);
    while (n)
        put(text, digits[--n]);
}

uint32_t jwi_decimal_text(jw_decimal value, char ret[DECIMAL_TEXT])
{
    struct text text = {ret, 0};
    char digits[DECIMAL_TEXT];
    struct text all = {digits, 0};
    ret[0] = '\0';
    if (!value.known || value.power > 30 || value.power < -30)
        return 0;
    put_number(
        &all,
        value.mantissa < 0 ? (uint64_t)0 - (uint64_t)value.mantissa : (uint64_t)value.mantissa, 1);
    if (value.mantissa < 0)
        put(&text, '-');
    const int32_t point = (int32_t)all.len + value.power; /* digits before the point */
    for (int32_t i = point < 1 ? point - 1 : 0; i < (int32_t)all.len || i < point; i++) {
        if (i == point && i < (int32_t)all.len)
            put(&text, '.');
        put(&text, i >= 0 && i < (int32_t)all.len ? digits[i] : '0');
    }
    ret[text.len] = '\0';
    return text.len;
}

static void put_time(struct text *text, jw_period period)
{
    put(text, 'T');
    put_number(text, period.number, 2);
    put(text, ':');
    put_number(text, period.day, 2);
    if (!period.second)
        return;
    put(text, ':');
    put_number(text, period.second, 2);
}

static void put_period(struct text *text, jw_period period)
{
    if (period.grain == JW_GRAIN_TIME) {
        put_time(text, period);
        return;
    }
    put_number(text, (uint64_t)(period.year < 0 ? 0 : period.year), 4);
    if (period.grain == JW_GRAIN_YEAR)
        return;
    put(text, '-');
    if (period.grain == JW_GRAIN_HALF || period.grain == JW_GRAIN_QUARTER ||
        period.grain == JW_GRAIN_WEEK)
        put(text, period.grain == JW_GRAIN_HALF      ? 'H'
                  : period.grain == JW_GRAIN_QUARTER ? 'Q'
                                                     : 'W');
    put_number(text, period.number,
               period.grain == JW_GRAIN_HALF || period.grain == JW_GRAIN_QUARTER ? 1 : 2);
    if (period.grain != JW_GRAIN_DAY)
        return;
    put(text, '-');
    put_number(text, period.day, 2);
}

uint32_t jwi_period_text(jw_period first, jw_period last, char ret[PERIOD_TEXT])
{
    struct text text = {ret, 0};
    if (first.grain != JW_GRAIN_NONE)
        put_period(&text, first);
    if (first.grain != JW_GRAIN_NONE && last.grain != JW_GRAIN_NONE) {
        put(&text, '/');
        put_period(&text, last);
    }
    ret[text.len] = '\0';
    return text.len;
}

const char *jwi_value_kind_name(uint32_t kind)
{
    static const char *const name[] = {"", "MNY", "PCT", "QTY", "DAT", "DUR", "RAT", "COD"};
    return name[kind <= JW_VALUE_CODE ? kind : 0];
}

const char *jwi_compare_name(uint32_t compare)
{
    static const char *const name[] = {"", "yoy", "mom", "qoq", "vs_consensus", "abs"};
    return name[compare <= JW_COMPARE_ABS ? compare : 0];
}

const char *jwi_approx_name(uint32_t approx)
{
    static const char *const name[] = {"", "about", "over", "near", "upto", "under"};
    return name[approx <= JW_APPROX_UNDER ? approx : 0];
}
