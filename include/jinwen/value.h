/* SPDX-License-Identifier: Apache-2.0 */
/* Values: amounts, percentages, quantities, dates, durations, ratios and codes found in the text, exact and bound to what they measure. */
#ifndef JINWEN_VALUE_H
#define JINWEN_VALUE_H

#include <jinwen/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* mantissa x 10^power, exactly; `known` is 0 when the text states no number. */
typedef struct jw_decimal {
    int64_t mantissa;
    int32_t power;
    uint32_t known;
} jw_decimal;

/* What a period names; fields it does not use are 0.  Dates are market time. */
typedef enum jw_grain {
    JW_GRAIN_NONE,
    JW_GRAIN_YEAR,
    JW_GRAIN_HALF,    /* number 1-2 */
    JW_GRAIN_QUARTER, /* number 1-4 */
    JW_GRAIN_MONTH,   /* number 1-12 */
    JW_GRAIN_WEEK,    /* number 1-53, ISO 8601 */
    JW_GRAIN_DAY,     /* number is the month, day the day */
    JW_GRAIN_TIME     /* a time of day: number is the hour, day the minute, second the second */
} jw_grain;
typedef struct jw_period {
    int16_t year;
    uint8_t grain; /* jw_grain */
    uint8_t number, day, second, spare[2];
} jw_period;

typedef enum jw_value_kind {
    JW_VALUE_MONEY = 1,
    JW_VALUE_PERCENT,
    JW_VALUE_QUANTITY,
    JW_VALUE_DATE,
    JW_VALUE_DURATION,
    JW_VALUE_RATIO,
    JW_VALUE_CODE
} jw_value_kind;

/* What a number is compared with. */
typedef enum jw_compare {
    JW_COMPARE_NONE,
    JW_COMPARE_YOY,
    JW_COMPARE_MOM,
    JW_COMPARE_QOQ,
    JW_COMPARE_CONSENSUS,
    JW_COMPARE_ABS /* a level, not a change */
} jw_compare;

typedef enum jw_approx { JW_APPROX_NONE, JW_APPROX_ABOUT, JW_APPROX_OVER, JW_APPROX_NEAR, JW_APPROX_UPTO, JW_APPROX_UNDER } jw_approx;

/*
 * One value.  A range fills `low` and `high` and leaves `value` unknown.  Of a date `first` is the value and `last` the end of a range; of
 * the others `first` and `last` are the period they speak of.  `unit` and `of` are borrowed from the model.  docs/VALUES.md lists the codes.
 */
typedef struct jw_value {
    jw_range text, tokens;
    jw_decimal value, low, high;
    jw_period first, last;
    jw_bytes unit, of;
    uint32_t mention; /* whose value it is: index of jw_doc_mentions, or JW_NONE */
    char currency[4]; /* ISO 4217, NUL-terminated, of money */
    uint8_t kind, compare, approx, flags;
    uint32_t number; /* from 1, among the values of the record; 0: a code, which is none */
} jw_value;
#define JW_VALUE_CONFLICT 1u /* the day in brackets contradicts the word before it */

typedef struct jw_values {
    const jw_value *at;
    uint32_t len;
} jw_values;

#ifdef __cplusplus
}
#endif
#endif
