/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What owners say of their values: rates of currencies, levels of indices, the money of shares abroad.
 */
#include "stage/value/value_owner.h"

#include "model/model.h"

/* Whether the sentence names a currency, among the mentions [first, end), and speaks of its rate. */
int jwi_owner_speaks_of_rate(const struct owner *owner, jw_range text, uint32_t first, uint32_t end)
{
    static const char *const words[] = {"兌", "匯", "升", "貶", "反彈", "字頭", "角至", "角收", "分收"};
    while (first < end && owner->doc->mentions[first].type != owner->type[OWNER_CURRENCY])
        first++;
    static const char *const heading[] = {"〈"}; /* 〈台幣〉強彈逾1角 */
    if (first < end && is_behind(owner->doc, &owner->doc->mentions[first], heading, 1))
        return 1;
    for (size_t i = 0; first < end && i < sizeof words / sizeof *words; i++)
        if (has_text(owner->doc, text, words[i]))
            return 1;
    return 0;
}

/* 〈台幣〉美元登高 熱錢落跑下探27.9元, 台幣連破關卡 狂飆逾2角: dollars of Taiwan up to a hundred are its own rate where it heads the line. */
static uint32_t home_currency(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    static const char name[] = "台幣";
    enum { HUNDRED = 2 };
    const jw_doc *const doc = owner->doc;
    const jw_mention *const head = &doc->mentions[first];
    if (first == end || head->type != owner->type[OWNER_CURRENCY] || memcmp(value->currency, "TWD", 3) != 0 || !is_below(value->value, HUNDRED) ||
        doc->tokens[head->tokens.start].text.start > owner->line + sizeof name)
        return JW_NONE;
    const jw_range text = {doc->tokens[head->tokens.start].text.start, doc->tokens[head->tokens.end - 1].text.end};
    return has_text(doc, text, name) ? first : JW_NONE;
}

/* 台幣收27.691元, 新台幣兌美元升破28元: the currency whose rate the value is, of two the first; JW_NONE for none. */
uint32_t jwi_owner_of_rate(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    static const char *const moves[] = {"升", "貶", "收", "報", "兌", "匯", "價", "挫至", "彈至"}, *const pair[] = {"兌", "對"}, *const stops[] = {"，", "；"};
    const jw_doc *const doc = owner->doc;
    if (!owner->has_rate || value->kind != JW_VALUE_MONEY || end == first || doc->mentions[end - 1].type != owner->type[OWNER_CURRENCY] ||
        !value->value.known || !is_below(value->value, 5) || jwi_owner_is_in_value(owner, &doc->mentions[end - 1]))
        return JW_NONE;
    const uint32_t home = home_currency(owner, value, first, end);
    if (home != JW_NONE)
        return home;
    const jw_range gap = between(doc, &doc->mentions[end - 1], value->text.start);
    if (gap.end - gap.start > RATE_REACH || !has_any(doc, gap, moves, sizeof moves / sizeof *moves) ||
        has_any(doc, gap, stops, sizeof stops / sizeof *stops))
        return JW_NONE;
    if (end - 1 > first && doc->mentions[end - 2].type == owner->type[OWNER_CURRENCY] &&
        has_any(doc, between(doc, &doc->mentions[end - 2], doc->tokens[doc->mentions[end - 1].tokens.start].text.start), pair, 2))
        return end - 2;
    return end - 1;
}

/* 重貶1.2角 is a change of the rate, 貶至30元 the rate. */
void jwi_owner_name_rate(const struct owner *owner, jw_value *value)
{
    static const char *const fall[] = {"貶", "挫", "跌"}, *const rise[] = {"升", "漲", "彈"};
    static const char *const level[] = {"至", "到", "破", "收", "報"}, *const parts[] = {"角", "分"};
    const jw_doc *const doc = owner->doc;
    const jw_range gap = between(doc, &doc->mentions[value->mention], value->text.start);
    const int falls = has_any(doc, gap, fall, sizeof fall / sizeof *fall), is_level = has_any(doc, gap, level, sizeof level / sizeof *level);
    value->of = (jw_bytes){"exchange_rate", 13};
    value->compare = JW_COMPARE_ABS;
    if (is_level || !(falls || has_any(doc, gap, rise, sizeof rise / sizeof *rise)) || !has_any(doc, value->text, parts, 2))
        return;
    value->compare = JW_COMPARE_NONE;
    if (falls && value->value.mantissa > 0)
        value->value = jwi_decimal_minus(value->value);
}

/* 比特幣摜破2.7萬美元: money of one of them is the price of a commodity. */
static int is_price_of_goods(const struct owner *owner, const jw_value *value)
{
    enum { DEAREST = 6 };
    return value->mention != JW_NONE && !value->of.len && value->kind == JW_VALUE_MONEY && value->value.known && value->value.mantissa > 0 &&
           owner->doc->mentions[value->mention].type == owner->type[OWNER_COMMODITY] && is_below(value->value, DEAREST) &&
           memcmp(value->currency, "TWD", 3) != 0 &&
           !(value->compare && value->compare != JW_COMPARE_ABS);
}

static uint32_t doc_end(const struct owner *owner, const jw_mention *mention)
{
    return owner->doc->tokens[mention->tokens.end - 1].text.end;
}

/* AMD領漲費半升近2%, but no 聯發科打敗大盤漲7%: the index named between the owner and the value, right before that; JW_NONE for none. */
static uint32_t index_before(const struct owner *owner, const jw_value *value)
{
    enum { NEAR = 18 };
    static const char *const against[] = {"不畏", "打敗", "優於", "勝", "勝過", "贏", "贏過", "抗", "逆", "較", "比", "無視"}, *const stops[] = {" ", "，", "、"};
    const jw_doc *const doc = owner->doc;
    uint32_t found = JW_NONE;
    for (uint32_t k = value->mention + 1; k < doc->mention_count && doc_end(owner, &doc->mentions[k]) <= value->text.start; k++)
        found = k;
    if (found == JW_NONE || doc->mentions[found].type != owner->type[OWNER_INDEX] ||
        is_behind(doc, &doc->mentions[found], against, sizeof against / sizeof *against))
        return JW_NONE;
    const jw_range gap = between(doc, &doc->mentions[found], value->text.start);
    return gap.end - gap.start <= NEAR && !has_any(doc, gap, stops, sizeof stops / sizeof *stops) ? found : JW_NONE;
}

/* The price of a currency is its rate, of an index its level. */
void jwi_owner_name_price(const struct owner *owner, jw_value *value)
{
    static const char *const price[] = {"price"};
    if (is_price_of_goods(owner, value)) {
        value->of = (jw_bytes){"price", 5};
        value->compare = JW_COMPARE_ABS;
    }
    static const char *const index[] = {"index"};
    if (value->mention != JW_NONE && value->kind == JW_VALUE_PERCENT && is_one_of(value->of, index, 1) &&
        owner->doc->mentions[value->mention].type == owner->type[OWNER_COM]) {
        const jw_mention *const mention = &owner->doc->mentions[value->mention];
        const uint32_t between_them = index_before(owner, value);
        if (between_them != JW_NONE) {
            value->mention = between_them;
            return;
        }
        if (doc_end(owner, mention) <= value->text.start && has_text(owner->doc, between(owner->doc, mention, value->text.start), "指數")) {
            value->mention = JW_NONE; /* 新興雲端指數大漲7成 */
            return;
        }
        value->of = (jw_bytes){"price", 5}; /* 不畏大盤走弱 某股勁揚7成 */
    }
    const uint32_t type = value->mention != JW_NONE && is_one_of(value->of, price, 1) ? owner->doc->mentions[value->mention].type : JW_NONE;
    if (type == owner->type[OWNER_CURRENCY])
        value->of = (jw_bytes){"exchange_rate", 13};
    else if (type == owner->type[OWNER_INDEX])
        value->of = (jw_bytes){"index", 5};
}

/* 160, 400元: no letter of the value says which currency it is in. */
static int is_currency_implied(const struct owner *owner, const jw_value *value)
{
    static const char unit[] = "元";
    const char *const text = owner->doc->text.at;
    uint32_t end = value->text.end;
    if (value->kind != JW_VALUE_MONEY || memcmp(value->currency, "TWD", 3) != 0)
        return 0;
    if (end - value->text.start > 3 && memcmp(text + end - 3, unit, 3) == 0)
        end -= 3;
    for (uint32_t at = value->text.start; at < end; at++)
        if ((text[at] < '0' || text[at] > '9') && text[at] != '.' && text[at] != ',' && text[at] != ' ' && text[at] != '$')
            return 0;
    return 1;
}

const char *jwi_owner_currency(const struct owner *owner, const jw_mention *mention)
{
    static const char *const homes[][2] = {{"US", "USD"}, {"HK", "HKD"}, {"JP", "JPY"}, {"CN", "CNY"}, {"KR", "KRW"}};
    const jw_doc *const doc = owner->doc;
    const struct kb *const kb = doc->model->kb;
    if (!kb || !(doc->layers & JW_LAYER_ENTITIES) || mention->entity == JW_NONE || mention->type != owner->type[OWNER_COM])
        return "TWD";
    const uint32_t entity = jwi_kb_find_eid(kb, doc->entities[mention->entity].eid);
    const jw_bytes country = entity != JW_NONE ? kb_string(kb, kb->entities[entity].country) : (jw_bytes){NULL, 0};
    for (size_t i = 0; doc->entities[mention->entity].code.len && i < sizeof homes / sizeof *homes; i++)
        if (is_one_of(country, homes[i], 1))
            return homes[i][1];
    return "TWD";
}

/* 特斯拉 160: the number right behind the name. */
static int is_blank(const jw_doc *doc, jw_range gap)
{
    return gap.start == gap.end || (gap.end - gap.start == 1 && doc->text.at[gap.start] == ' ');
}

/* 台積電ADR收201.5元, 特斯拉目標價400元, 騰訊跌破350元: shares are quoted in the money of their market; what such a firm sells here is not. */
void jwi_owner_name_currency(const struct owner *owner, jw_value *value)
{
    static const char *const per_share[] = {"target_price", "eps", "book_value"}, *const price[] = {"price"}, *const receipt[] = {"ADR"};
    static const char *const of_goods[] = {"售", "賣", "訂", "定", "起", "資費", "月租", "車", "機", "票", "台幣"};
    static const char *const of_shares[] = {"股", "收", "盤", "漲", "跌", "破", "報", "從", "停損", "停利", "進場", "出場", "買在", "成本", "均價", "現價"};
    const jw_doc *const doc = owner->doc;
    if (value->mention == JW_NONE || !is_currency_implied(owner, value))
        return;
    const jw_mention *const mention = &doc->mentions[value->mention];
    const uint32_t stop = doc->tokens[mention->tokens.end - 1].text.end;
    const uint32_t end = stop < value->text.start ? value->text.start : stop;
    const jw_range gap = {end - stop > RATE_REACH ? end - RATE_REACH : stop, end};
    const int is_price = is_one_of(value->of, price, 1);
    if (is_price && gap.start == stop && has_any(doc, gap, receipt, 1) && !has_text(doc, gap, "%")) {
        memcpy(value->currency, "USD", 3);
        return;
    }
    const char *const currency = jwi_owner_currency(owner, mention);
    if (is_one_of(value->of, per_share, sizeof per_share / sizeof *per_share) ||
        (is_price && (is_blank(doc, gap) || has_any(doc, gap, of_shares, sizeof of_shares / sizeof *of_shares)) &&
         !has_any(doc, gap, of_goods, sizeof of_goods / sizeof *of_goods)))
        memcpy(value->currency, currency, 3);
}
