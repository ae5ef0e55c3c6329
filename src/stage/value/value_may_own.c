/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may own a value: the types of mentions that do, what each can measure, and those that only say something of others.
 */
#include "stage/value/value_owner.h"

#include "base/search.h"

/* The 美元 of 2億美元 is its unit and owns nothing. */
int jwi_owner_is_in_value(const struct owner *owner, const jw_mention *mention)
{
    const uint32_t start = owner->doc->tokens[mention->tokens.start].text.start;
    const uint32_t low = SEARCH_FROM(owner->values, owner->count, text.end, start + 1);
    return low < owner->count && owner->values[low].text.start <= start;
}

/* A currency owns its rate and how it moved, a commodity its price and what is dug, sold and moved of it. */
static int may_measure_goods(const struct owner *owner, uint32_t type, const jw_value *value)
{
    static const char *const of_goods[] = {"price", "volume", "output", "exports", "imports", "inventory", "shipments", "return", "share_of",
                                           "exchange_rate", "target_price", "index"};
    if (value->of.len && !is_one_of(value->of, of_goods, sizeof of_goods / sizeof *of_goods))
        return 0;
    if (value->kind == JW_VALUE_MONEY)
        return is_below(value->value, 6);
    return value->kind == JW_VALUE_PERCENT || (type == owner->type[OWNER_COMMODITY] && value->of.len);
}

/* What a mention of the type can own: no index has a revenue, no sum of money is an index's but its turnover and what flows in. */
int jwi_owner_may_measure(const struct owner *owner, uint32_t type, const jw_value *value)
{
    static const char *const of_firms[] = {"revenue", "eps", "net_profit", "operating_profit", "pretax_profit", "gross_profit", "gross_margin",
                                           "operating_margin", "net_margin", "capex", "headcount", "investment", "salary",
                                           "interest_rate", "cases", "population"};
    static const char *const of_market[] = {"amount", "turnover", "volume", "market_cap", "net_buy", "net_sell", "index"};
    static const char *const of_index[] = {"amount", "turnover", "volume", "market_cap", "net_buy", "net_sell", "index", "price", "return", "pe",
                                           "pb", "yield", "dividend_yield", "amplitude", "count", "share_of", "target_price", "cpi", "pmi", "eps",
                                           "market_share", "inflow", "outflow", "rate", "probability", "order"};
    static const char *const of_economies[] = {"gdp", "cpi", "pmi", "unemployment", "employment", "jobless_claims", "trade_balance", "cases",
                                               "population"};
    static const char *const moves[] = {"interest_rate"}, *const points[] = {"points"};
    if (type == owner->type[OWNER_COM] || type == owner->type[OWNER_FIN])
        return !(is_one_of(value->of, moves, 1) && is_one_of(value->unit, points, 1)) &&
               !is_one_of(value->of, of_economies, sizeof of_economies / sizeof *of_economies);
    if (type == owner->type[OWNER_CURRENCY] || type == owner->type[OWNER_COMMODITY])
        return may_measure_goods(owner, type, value);
    if (is_one_of(value->of, of_firms, sizeof of_firms / sizeof *of_firms))
        return 0;
    if (type != owner->type[OWNER_INDEX])
        return 1;
    return value->kind == JW_VALUE_MONEY ? is_one_of(value->of, of_market, sizeof of_market / sizeof *of_market)
                                         : !value->of.len || is_one_of(value->of, of_index, sizeof of_index / sizeof *of_index);
}

/* 瑞銀估計, 小摩策略師：, 惠譽稱: the bank says something, mostly of others. */
static int is_source(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const after[] = {"策略師", "分析師", "經濟學家", "估計", "預估", "預測", "認為", "稱", "：", "調升", "調降", "喊", "看好",
                                        "調查", "經濟調查", "主辦", "承銷", "包銷", "輔導", "警告", "示警"};
    static const char of[] = "將";
    const uint32_t at = doc->tokens[mention->tokens.end - 1].text.end;
    const jw_mention *const next = mention + 1 < doc->mentions + doc->mention_count ? mention + 1 : NULL;
    if (next && doc->tokens[next->tokens.start].text.start == at + sizeof of - 1 && memcmp(doc->text.at + at, of, sizeof of - 1) == 0)
        return 1; /* 大摩將世芯營收上調 */
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (at + strlen(after[i]) <= doc->text.len && memcmp(doc->text.at + at, after[i], strlen(after[i])) == 0)
            return 1;
    return 0;
}

/* A currency owns its rate and no sum that is counted in it. */
int jwi_owner_may_own(const struct owner *owner, const jw_mention *mention)
{
    for (int i = 0; i < OWNER_TYPES; i++)
        if (owner->type[i] == mention->type)
            return !jwi_owner_is_in_value(owner, mention) && (i != OWNER_CURRENCY || owner->has_rate) &&
                   (i != OWNER_FIN || (owner->is_form ? !owner->is_firm : !is_source(owner->doc, mention)));
    return 0;
}
