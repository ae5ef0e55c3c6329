/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a value measures that no word names: prices, rates of exchange, levels of an index and shares of a group of people.
 * Method: the verb before it and the word behind it.
 */
#include "stage/value/value_bind.h"

enum { NEAR_RATE = 8, LEAST_LEVEL = 2, MOST_LEAD = 2 };
enum { TEN_THOUSAND = 0x842c, HUNDRED_MILLION = 0x5104, TRILLION = 0x5146 }; /* 萬億兆 */

static int has_letter(const struct scan *scan, uint32_t start, uint32_t end, uint32_t code)
{
    while (start < end && scan->line.code[start] != code)
        start++;
    return start < end;
}

int jwi_value_is_small(const struct scan *scan, const struct item *item)
{
    return item->value.kind == JW_VALUE_MONEY && item->value.value.known && !has_letter(scan, item->start, item->end, TEN_THOUSAND) &&
           !has_letter(scan, item->start, item->end, HUNDRED_MILLION) && !has_letter(scan, item->start, item->end, TRILLION);
}

/* 升息2個百分點, 降息25個基點: points behind 息. */
static int is_rate_move(const struct scan *scan, const struct item *item)
{
    static const char *const points[] = {"points"};
    uint32_t at = item->start;
    if (item->value.kind != JW_VALUE_PERCENT || !is_one_of(item->value.unit, points, 1))
        return 0;
    while (at > scan->line.clause[item->start] && item->start - at < NEAR_RATE && scan->line.code[at - 1] != 0x606f)
        at--;
    return at && scan->line.code[at - 1] == 0x606f; /* 息 */
}

/* A currency is spoken of in the clause of the value before it; the 美元 of 40美元 is none. */
static int has_currency(const struct scan *scan, uint32_t index, uint32_t next_mark)
{
    const uint32_t clause = scan->line.clause[scan->item[index].start];
    for (uint32_t i = next_mark; i > 0 && scan->mark[i - 1].start >= clause; i--) {
        uint32_t k = index;
        while (k > 0 && scan->item[k - 1].start > scan->mark[i - 1].start)
            k--;
        if (is_kind(&scan->mark[i - 1], CUE_CURRENCY) && (!k || scan->item[k - 1].end <= scan->mark[i - 1].start))
            return 1;
    }
    return 0;
}

/* 人民幣升近3%, 中間價調貶逾200基點: a currency rises and falls by its rate. */
static int is_rate_of_exchange(const struct scan *scan, uint32_t index, const struct found *found, uint32_t next_mark)
{
    const struct item *item = &scan->item[index];
    const struct mark *cue = found->change;
    if (!(item->flags & ITEM_CHANGE) || item->value.kind != JW_VALUE_PERCENT || found->compare || !cue)
        return 0;
    return has_letter(scan, cue->start, cue->end, 0x8cb6) ||
           (has_letter(scan, cue->start, cue->end, 0x5347) && has_currency(scan, index, next_mark)); /* 貶升 */
}

/* 小米(1810)升逾3%: of a company itself. */
static int follows_name(const struct scan *scan, const struct mark *cue)
{
    const uint32_t before = cue->start ? scan->line.code[cue->start - 1] : 0, code = cue->start > 1 ? scan->line.code[cue->start - 2] : 0;
    return before == NAME_LETTER || (before == ')' && is_digit(code));
}

/* 大漲95%, 周跌一成, 柴油調降0.1元: what rises and falls by itself is a price. */
static int is_price_move(const struct scan *scan, const struct item *item, const struct found *found)
{
    if (!(item->flags & ITEM_CHANGE) || item->value.compare || !found->change)
        return 0;
    if (item->value.kind == JW_VALUE_PERCENT || item->value.kind == JW_VALUE_RATIO)
        return is_price_cue(found->change) || ((scan->region || follows_name(scan, found->change)) &&
                                               has_letter(scan, found->change->start, found->change->end, 0x5347)); /* 升 */
    return jwi_value_is_small(scan, item);
}

/* The mark of a level right before the item: 衝破, 站上. */
static const struct mark *level_before(const struct scan *scan, const struct item *item, const struct found *found, uint32_t next_mark)
{
    const struct mark *last = next_mark ? &scan->mark[next_mark - 1] : NULL;
    if (last && last->end == item->start && last->term->cls == TERM_CUE && last->term->kind <= CUE_UNDER &&
        (last->term->arg || last->term->kind == CUE_UPTO))
        return last;
    const struct mark *level = found->level;
    return level && level->term->arg && level->end + 1 >= item->start && (level->term->use >= LEAST_LEVEL || level == last) ? level : NULL;
}

/* 衝破900元, 漲至5萬美元: a sum that a level verb of two letters leads; with a 萬 only behind verbs of prices. */
static int is_price_level(const struct scan *scan, const struct item *item, const struct found *found, uint32_t next_mark)
{
    const struct mark *level = level_before(scan, item, found, next_mark);
    if (item->value.kind != JW_VALUE_MONEY || !item->value.value.known || !level || found->compare || is_sum(&item->value) ||
        has_letter(scan, item->start, item->end, HUNDRED_MILLION))
        return 0;
    if (has_letter(scan, scan->line.clause[item->start], level->start, 0x50f9)) /* 銅價重登1萬美元 */
        return 1;
    return !has_letter(scan, item->start, item->end, TEN_THOUSAND) || has_hint(&scan->line, level->start, HINT_PRICE);
}

/* 30元關卡, 百元俱樂部, 5萬美元大關: what is crossed and kept. */
static int is_landmark(const struct scan *scan, const struct item *item)
{
    static const char home[][4] = {"TWD", "HKD"};
    return has_hint(&scan->line, item->end, HINT_LANDMARK) && item->value.value.known &&
           !has_letter(scan, item->start, item->end, HUNDRED_MILLION) && !is_sum(&item->value) &&
           (!has_letter(scan, item->start, item->end, TEN_THOUSAND) || memcmp(item->value.currency, home[scan->region != 0], 3));
}

/* 發行新股總數之75%, 股份總額百分之十: of the whole right before it. */
static int is_of_total(const struct scan *scan, const struct item *item)
{
    const struct line *line = &scan->line;
    uint32_t at = item->start;
    at -= at && (line->code[at - 1] == 0x4e4b || line->code[at - 1] == 0x7684); /* 之的 */
    return at > 1 && (line->code[at - 1] == 0x6578 || line->code[at - 1] == 0x984d) && /* 數額 */
           has_letter(scan, at > 3 ? at - 4 : 0, at - 1, 0x7e3d); /* 總 */
}

/* 佔報告病例總數的64.3%: a part of what is said behind 佔. */
static int is_part(const struct scan *scan, const struct item *item)
{
    const uint32_t clause = scan->line.clause[item->start];
    return item->value.kind == JW_VALUE_PERCENT && !item->value.compare && !(item->flags & ITEM_CHANGE) &&
           (is_of_total(scan, item) || has_letter(scan, clause, item->start, 0x4f54) ||
            has_letter(scan, clause, item->start, 0x5360)); /* 佔 占 */
}

uint32_t jwi_value_lead(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    uint32_t at = item->start;
    for (uint32_t i = next_mark; i > 0 && next_mark - i < MOST_LEAD; i--) {
        const struct mark *mark = &scan->mark[i - 1];
        if (mark->end != at || mark->term->cls != TERM_CUE || mark->term->kind > CUE_UNDER)
            break;
        at = mark->start;
    }
    return at;
}

/* 近六成民眾, 有51.3%受訪者, 調查：84%的媽媽: a part of those named behind it. */
int jwi_value_is_group(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    const struct line *line = &scan->line;
    const uint32_t lead = jwi_value_lead(scan, item, next_mark);
    uint32_t end = item->end;
    if (item->value.kind != JW_VALUE_PERCENT || item->value.compare || item->flags & (ITEM_CHANGE | ITEM_PLUS_MINUS) ||
        line->code[end - 1] == 0x6298) /* 7折 */
        return 0;
    if (lead != line->clause[item->start] && !has_hint(line, lead - 1, HINT_GROUP_LEAD))
        return 0;
    if (code_at(line, end) == 0x4ee5 && code_at(line, end + 1) == 0x4e0a) /* 以上 */
        end += 2;
    end += code_at(line, end) == 0x7684; /* 的 */
    const uint32_t next = end < line->len && (is_tight(line, end) || line->code[end - 1] == 0x7684 || is_set_apart(scan, item)) ? line->code[end] : 0;
    return next && line->cls[end] == UNIT_HAN && !has_hint(line, end, HINT_NOT_GROUP);
}

/* 持有九百張, 擁有約3萬股: shares that somebody has. */
static int is_held(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    static const char *const shares[] = {"shares"};
    if (item->value.kind == JW_VALUE_PERCENT) /* 100%持有的子公司 */
        return code_at(&scan->line, item->end) == 0x6301 && code_at(&scan->line, item->end + 1) == 0x6709 && !(item->flags & ITEM_CHANGE);
    const uint32_t at = jwi_value_lead(scan, item, next_mark), first = at > 1 ? scan->line.code[at - 2] : 0, last = at ? scan->line.code[at - 1] : 0;
    return item->value.kind == JW_VALUE_QUANTITY && is_one_of(item->value.unit, shares, 1) &&
           ((last == 0x6709 && (first == 0x6301 || first == 0x64c1 || first == 0x63e1)) || (first == 0x6301 && last == 0x80a1)); /* 持有 擁有 握有 持股 */
}

/* 1張配30元, 每季配0.5: what a share pays. */
static int is_paid_out(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    const uint32_t at = jwi_value_lead(scan, item, next_mark), before = at > 1 ? scan->line.code[at - 2] : 0;
    return at && scan->line.code[at - 1] == 0x914d && jwi_value_is_small(scan, item) && !code_is_one_of(before, u"分支搭匹適調裝標"); /* 配 */
}

/* 外資, 主力, the name of a share: somebody trades, and no tickets or masks. */
static int is_of_trade(const struct scan *scan, uint32_t at)
{
    static const uint16_t actors[][2] = {{0x5916, 0x8cc7}, {0x6295, 0x4fe1}, {0x81ea, 0x71df}, {0x6cd5, 0x4eba}, {0x4e3b, 0x529b},
                                         {0x5927, 0x6236}, {0x6563, 0x6236}, {0x5b98, 0x80a1}}; /* 外資 投信 自營 法人 主力 大戶 散戶 官股 */
    const struct line *const line = &scan->line;
    int found = 0;
    for (uint32_t i = 0; i < at; i++) {
        if (i >= line->clause[at] && code_is_one_of(line->code[i], u"票券罩卡") && !(i && code_is_one_of(line->code[i - 1], u"股證")))
            return 0;
        found |= line->code[i] == NAME_LETTER;
        for (size_t k = 0; k < sizeof actors / sizeof *actors; k++)
            found |= line->code[i] == actors[k][0] && line->code[i + 1] == actors[k][1];
    }
    return found;
}

/* 連4買逾2.6萬張, 狂倒3萬張: thousands of lots right behind the deed; *buys tells which. */
static int is_traded_lot(const struct scan *scan, const struct item *item, uint32_t next_mark, int *buys)
{
    static const char *const shares[] = {"shares"};
    const uint32_t at = jwi_value_lead(scan, item, next_mark), before = at ? scan->line.code[at - 1] : 0;
    if (at > 1 && code_is_one_of(scan->line.code[at - 2], u"委掛")) /* orders */
        return 0;
    *buys = code_is_one_of(before, u"買掃吸");
    return item->value.kind == JW_VALUE_QUANTITY && is_one_of(item->value.unit, shares, 1) && is_at_least(item->value.value, 6) &&
           (*buys || code_is_one_of(before, u"賣倒砍")) && is_of_trade(scan, at);
}

/* 面臨14%修正, 本月仍有6%漲幅: how far a price goes, said behind the value. */
static int is_move_behind(const struct scan *scan, const struct item *item)
{
    const int is_bounded = code_at(&scan->line, item->end) == 0x4ee5 && code_at(&scan->line, item->end + 1) == 0x4e0a; /* 以上 */
    const uint32_t end = item->end + (is_bounded ? 2 : 0), at = end + (code_at(&scan->line, end) == 0x7684); /* 的 */
    return item->value.kind == JW_VALUE_PERCENT && !item->value.compare && has_hint(&scan->line, at, HINT_MOVE);
}

/* 破新低17.15元: a small sum right behind the word for the lowest or the highest. */
static int is_extreme(const struct scan *scan, const struct item *item)
{
    const uint32_t before = item->start > 1 ? scan->line.code[item->start - 2] : 0, last = item->start ? scan->line.code[item->start - 1] : 0;
    return before == 0x65b0 && (last == 0x4f4e || last == 0x9ad8); /* 新 低高 */
}

/* 2兆美元俱樂部: what a company is worth. */
static int is_club(const struct scan *scan, const struct item *item)
{
    return is_sum(&item->value) && has_hint(&scan->line, item->end, HINT_CLUB);
}

jw_bytes jwi_value_guess(const struct scan *scan, uint32_t index, const struct found *found, uint32_t next_mark, int *is_level)
{
    const struct item *item = &scan->item[index];
    static const jw_bytes rate = {"interest_rate", 13}, exchange = {"exchange_rate", 13}, price = {"price", 5}, points = {"index", 5},
                          share = {"share_of", 8}, holding = {"shareholding", 12},
                          worth = {"market_cap", 10}, cases = {"cases", 5}, bought = {"net_buy", 7}, sold = {"net_sell", 8},
                          dividend = {"dividend", 8}, area = {"area", 4};
    static const char *const patients[] = {"例"}, *const areas[] = {"坪", "m2", "ha"};
    static const jw_bytes none = {NULL, 0};
    *is_level = 0;
    if (item->flags & ITEM_RATE || is_rate_move(scan, item))
        return rate;
    if (is_rate_of_exchange(scan, index, found, next_mark))
        return exchange;
    if (is_price_move(scan, item, found) || is_move_behind(scan, item))
        return price;
    *is_level = !(item->flags & ITEM_CHANGE);
    if (is_index_points(&item->value))
        return points;
    if (item->value.kind == JW_VALUE_MONEY && (is_price_level(scan, item, found, next_mark) || is_landmark(scan, item)))
        return price;
    if (jwi_value_is_small(scan, item) &&
        (jwi_value_follows_price(scan, item, next_mark) || is_extreme(scan, item) || jwi_value_is_board_level(scan, item)))
        return price;
    if (is_club(scan, item))
        return worth;
    if (item->value.kind == JW_VALUE_QUANTITY && is_one_of(item->value.unit, patients, 1))
        return cases;
    if (item->value.kind == JW_VALUE_QUANTITY && is_one_of(item->value.unit, areas, sizeof areas / sizeof *areas))
        return area;
    if (is_held(scan, item, next_mark))
        return holding;
    if (is_paid_out(scan, item, next_mark))
        return dividend;
    int buys;
    if (is_traded_lot(scan, item, next_mark, &buys))
        return buys ? bought : sold;
    *is_level = 0;
    return is_part(scan, item) || jwi_value_is_group(scan, item, next_mark) ? share : none;
}
