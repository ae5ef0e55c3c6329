/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a metric can be counted in: no margin in dollars, no revenue in heads, no price of a share in hundreds of millions.
 */
#include "stage/value/value_bind.h"

/* 10檔, 3家, 26萬股: things counted are no volume, and shares no staff; heads are people's. */
static int fits_count(const struct scan *scan, const struct value_term *metric, const jw_value *value)
{
    static const char *const of_people[] = {"headcount", "count", "cases", "employment", "jobless_claims"};
    static const char *const of_things[] = {"count", "cases"};
    static const char *const things[] = {"檔", "家", "項", "個", "種", "款", "例", "次", "歲", "國"};
    static const char *const patients[] = {"個", "例"};
    if (value->kind != JW_VALUE_QUANTITY || !value->unit.len)
        return 1;
    if (counts_heads(value))
        return is_one_of_names(scan, metric, of_people, sizeof of_people / sizeof *of_people);
    if (is_one_of(value->unit, things, sizeof things / sizeof *things))
        return is_one_of_names(scan, metric, of_things, is_one_of(value->unit, patients, sizeof patients / sizeof *patients) ? 2 : 1);
    return !is_named(scan, metric, "headcount");
}

/* Measures of one share: never in hundreds of millions. */
int jwi_value_is_per_unit(const struct scan *scan, const struct value_term *metric)
{
    static const char *const names[] = {"price", "eps", "target_price", "book_value", "par_value", "exchange_rate"};
    return is_one_of_names(scan, metric, names, sizeof names / sizeof *names);
}

/* What a metric can be counted in: no margin in dollars, no revenue in heads. */
int jwi_value_fits(const struct scan *scan, const struct value_term *metric, const jw_value *value)
{
    static const char *const volumes[] = {"volume", "turnover", "inventory", "output"}, *const rates[] = {"rate", "tax_rate", "interest_rate"};
    const int bare = metric->bare;
    if (is_size(value) || (metric->use == 1 && value->kind == JW_VALUE_PERCENT && code_is_one_of(scan->line.lex->code[metric->code_at], u"收報")))
        /* 8吋; 手續費只收萬分之一, 殖利率…報1.8% */
        return 0;
    if (value->kind == JW_VALUE_MONEY && !is_at_least(value->value, 5) &&
        is_one_of_names(scan, metric, volumes, sizeof volumes / sizeof *volumes)) /* 成交量超過前高78元, 庫存去化 股價重返500元 */
        return 0;
    if (value->kind == JW_VALUE_MONEY && is_one_of_names(scan, metric, rates, sizeof rates / sizeof *rates)) /* 降增稅幅度 力拚3.5兆美元法案 */
        return 0;
    if (metric->use == 1 && metric->arg < 0 && !is_at_least(value->value, 6)) /* 每股仍虧0.56元 */
        return 0;
    if (is_pure(value) && value->unit.len && bare != JW_VALUE_QUANTITY && !is_named(scan, metric, "price"))
        return 0;
    if ((metric->nature == METRIC_COUNT && value->kind == JW_VALUE_MONEY) || !fits_count(scan, metric, value) ||
        (is_sum(value) && jwi_value_is_per_unit(scan, metric)))
        return 0;
    if (!bare || value->kind == JW_VALUE_PERCENT || value->kind == JW_VALUE_RATIO || metric->nature == METRIC_COUNT)
        return 1;
    if (value->kind == JW_VALUE_MONEY)
        return bare == JW_VALUE_MONEY;
    return is_pure(value) && (bare != JW_VALUE_QUANTITY || !is_at_least(value->value, 6));
}
