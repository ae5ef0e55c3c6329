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
                                               "population", "market_size"};
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
                                        "調查", "經濟調查", "大宗商品研究", "研究主管", "研究團隊", "研究部", "主辦", "承銷", "包銷", "輔導", "警告", "示警"};
    static const char of[] = "將";
    uint32_t at = doc->tokens[mention->tokens.end - 1].text.end;
    at += at < doc->text.len && doc->text.at[at] == ' ';
    const jw_mention *const next = mention + 1 < doc->mentions + doc->mention_count ? mention + 1 : NULL;
    if (next && doc->tokens[next->tokens.start].text.start == at + sizeof of - 1 && memcmp(doc->text.at + at, of, sizeof of - 1) == 0)
        return 1; /* 大摩將世芯營收上調 */
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (at + strlen(after[i]) <= doc->text.len && memcmp(doc->text.at + at, after[i], strlen(after[i])) == 0)
            return 1;
    return 0;
}

static int is_listed(const jw_doc *doc, const jw_mention *mention)
{
    return (doc->layers & JW_LAYER_ENTITIES) && mention->entity != JW_NONE && doc->entities[mention->entity].code.len;
}

/* 研調機構集邦指出, Refinitiv 調查分析師預期, 集邦數據顯示: a house of research measures others; 台達電數據中心 does not. */
static int is_research(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const before[] = {"研調機構", "調研機構", "市調機構", "研究機構", "調查機構", "市場研究公司", "市調", "研調", "研調公司"};
    static const char *const after[] = {"調查", "統計", "訪調"}, *const shown[] = {"數據顯示", "數據指出", "數據，", "數據：", "數據:"};
    enum { WORD = 6, SHOWN = 12 };
    uint32_t at = doc->tokens[mention->tokens.end - 1].text.end;
    at += at < doc->text.len && doc->text.at[at] == ' ';
    return is_behind(doc, mention, before, sizeof before / sizeof *before) ||
           (!is_listed(doc, mention) && at + WORD <= doc->text.len && has_any(doc, (jw_range){at, at + WORD}, after, sizeof after / sizeof *after)) ||
           (at + SHOWN <= doc->text.len && has_any(doc, (jw_range){at, at + SHOWN}, shown, sizeof shown / sizeof *shown));
}

/* 美國存託股票(ADS), 三端保險絲 (CLM): capitals in brackets behind a noun that is no name are short for it. */
static int is_abbreviation(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const opens[] = {"(", "（"};
    const jw_range text = {doc->tokens[mention->tokens.start].text.start, doc->tokens[mention->tokens.end - 1].text.end};
    for (uint32_t at = text.start; at < text.end; at++)
        if (doc->text.at[at] < 'A' || doc->text.at[at] > 'Z')
            return 0;
    if (!is_behind(doc, mention, opens, 2))
        return 0;
    const jw_mention *const before = mention > doc->mentions ? mention - 1 : NULL;
    enum { BRACKET = 4 }; /* bytes of a blank and a bracket */
    return !before || text.start - doc->tokens[before->tokens.end - 1].text.end > BRACKET;
}

/* 台塑四寶: the firms of a group together. */
static int is_group(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const groups[] = {"四寶", "三寶", "雙寶", "雙雄", "雙虎", "三雄", "四雄"};
    const uint32_t at = doc->tokens[mention->tokens.end - 1].text.end;
    return at + 6 <= doc->text.len && has_any(doc, (jw_range){at, at + 6}, groups, sizeof groups / sizeof *groups);
}

/* 日產10萬桶: what is made in a day, and no maker of cars. */
static int is_daily_output(const struct owner *owner, const jw_mention *mention)
{
    static const char daily[] = "日產";
    static const char *const cars[] = {"輛", "台", "部"}, *const whole[] = {"能", "量"};
    const jw_range text = {owner->doc->tokens[mention->tokens.start].text.start, owner->doc->tokens[mention->tokens.end - 1].text.end};
    if (text.end - text.start != sizeof daily - 1 || memcmp(owner->doc->text.at + text.start, daily, sizeof daily - 1) != 0)
        return 0;
    const uint32_t next = SEARCH_FROM(owner->values, owner->count, text.start, text.end);
    const jw_value *const value = next < owner->count ? &owner->values[next] : NULL;
    return has_any(owner->doc, (jw_range){text.end, text.end + 3 <= owner->doc->text.len ? text.end + 3 : text.end}, whole, 2) ||
           (value && value->text.start <= text.end + 1 && value->kind == JW_VALUE_QUANTITY && value->unit.len &&
            !is_one_of(value->unit, cars, sizeof cars / sizeof *cars));
}

/* 中信關鍵半導體 ETF 經理人表示: who runs a fund speaks; 富邦金經理人調薪 is the firm's. */
static int is_managed(const jw_doc *doc, const jw_mention *mention)
{
    enum { FAR = 16 };
    static const char *const words[] = {"經理人", "基金經理"}, *const funds[] = {"ETF", "基金"};
    const uint32_t at = doc->tokens[mention->tokens.end - 1].text.end, left = (uint32_t)doc->text.len - at;
    const jw_range next = {at, at + (left < FAR ? left : FAR)}, whole = {doc->tokens[mention->tokens.start].text.start, next.end};
    return has_any(doc, next, words, 2) && has_any(doc, whole, funds, 2);
}

/* What is named and yet no owner of anything that is said. */
static int is_no_owner(const struct owner *owner, const jw_mention *mention)
{
    static const char *const without[] = {"無"};
    const jw_doc *const doc = owner->doc;
    if (is_year_said(doc, mention))
        return 1;
    if (mention->type == owner->type[OWNER_COMMODITY])
        return is_behind(doc, mention, without, 1); /* 95無鉛汽油 */
    if (is_managed(doc, mention))
        return 1;
    const int is_firm = mention->type == owner->type[OWNER_FIN] || mention->type == owner->type[OWNER_COM];
    return is_firm &&
           (is_research(doc, mention) || is_abbreviation(doc, mention) || is_group(doc, mention) || is_daily_output(owner, mention));
}

/* A currency owns its rate and no sum that is counted in it. */
int jwi_owner_may_own(const struct owner *owner, const jw_mention *mention)
{
    if (!owner->is_form && is_no_owner(owner, mention))
        return 0;
    for (int i = 0; i < OWNER_TYPES; i++)
        if (owner->type[i] == mention->type)
            return !jwi_owner_is_in_value(owner, mention) && (i != OWNER_CURRENCY || owner->has_rate) &&
                   (i != OWNER_FIN || (owner->is_form ? !owner->is_firm : !is_source(owner->doc, mention)));
    return 0;
}
