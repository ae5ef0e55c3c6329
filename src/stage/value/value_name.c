/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The name of what a value measures, once its metric is known: the metric's own, or that of a share, a return, a profit per share.
 */
#include "stage/value/value_bind.h"

/* 占最近期財務報表淨值6.35%: a part of a sum. */
static int is_share(const struct scan *scan, const struct item *item, const struct value_term *metric)
{
    if (item->value.kind != JW_VALUE_PERCENT || item->value.compare || item->flags & ITEM_CHANGE ||
        (metric->bare != JW_VALUE_MONEY && metric->nature != METRIC_COUNT))
        return 0;
    for (uint32_t at = scan->line.clause[item->start]; at < item->start; at++)
        if (scan->line.code[at] == 0x5360 || scan->line.code[at] == 0x4f54) /* 占 佔 */
            return 1;
    return 0;
}

static void set_metric(const struct scan *scan, struct item *item, const struct value_term *metric)
{
    static const jw_bytes index_name = {"index", 5};
    static const jw_bytes share_name = {"share_of", 8}, book_name = {"book_value", 10};
    const int is_index = is_points(item) && is_named(scan, metric, "price"); /* 收17096點 */
    item->value.of = is_index ? index_name : is_share(scan, item, metric) ? share_name : value_name(scan->line.lex, metric);
    if (is_named(scan, metric, "equity") && jwi_value_is_small(scan, item) && !is_at_least(item->value.value, 4)) /* 淨值43 */
        item->value.of = book_name;
    if (metric->arg < 0 && !(item->flags & ITEM_SIGNED) && item->value.kind == JW_VALUE_MONEY &&
        item->value.compare == JW_COMPARE_NONE)
        jwi_value_flip(item); /* 虧損5億元 is a profit of -5億 */
}

/* 賺了15%出場, 賠三成: a share of what was put in. */
static void name_return(const struct scan *scan, struct item *item, const struct found *found)
{
    static const jw_bytes gain = {"return", 6};
    const uint32_t first = found->metric ? scan->line.code[found->metric->start] : 0;
    if (item->value.kind == JW_VALUE_PERCENT && !item->value.compare && found->metric && is_named(scan, found->metric->term, "net_profit") &&
        found->metric->term->use <= 2 && (first == 0x8cfa || first == 0x8ce0) && scan->line.code[found->metric->end - 1] != 0x9322) /* 賺 賠 錢 */
        item->value.of = gain;
}

/* 每股2.31美元的虧損 is EPS; the 每股 in brackets behind a dividend is of that. */
static void name_per_share(const struct scan *scan, struct item *item, const struct found *found, const struct value_term *metric,
                           const struct item *before)
{
    static const char *const profits[] = {"net_profit", "operating_profit"};
    static const jw_bytes eps = {"eps", 3};
    if (!found->metric || !jwi_value_is_per_share(scan, found->metric) || item->value.kind != JW_VALUE_MONEY)
        return;
    if (metric != found->metric->term && is_one_of_names(scan, metric, profits, 2))
        item->value.of = eps;
    else if (metric == found->metric->term && before && found->metric->start && scan->line.code[found->metric->start - 1] == '(' &&
             before->end + 1 == found->metric->start && before->value.kind == JW_VALUE_MONEY && before->value.of.len)
        item->value.of = before->value.of;
}

void jwi_value_name(const struct scan *scan, struct item *item, const struct found *found, const struct value_term *metric,
                    const struct item *before)
{
    set_metric(scan, item, metric);
    name_per_share(scan, item, found, metric, before);
    name_return(scan, item, found);
}
