/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers without a unit that are values all the same: 跌破185  40停損  前高33.75  兌美元升0.2%至1.2089  預期54.2，前期54.3  43828.06 ▼86.06.
 * Method: the verb of prices right before the number, the word of trade right behind it, or the value that stands before it in its sentence;
 * of what, an index, a rate of exchange or a share, the words and the size of the number tell.
 */
#include "stage/value/value_amount.h"
#include "stage/value/value_bind.h"

enum { LEAST_PRICE = 1, LEAST_INDEX = 4, LEAST_TABLE = 3, REACH = 8, MOST_WORD = 3, LEAST_YEAR = 1990, MOST_YEAR = 2035 };

static const jw_bytes price_name = {"price", 5}, index_name = {"index", 5}, exchange_name = {"exchange_rate", 13}, points_unit = {"points", 6};

/* Words of two or three letters, 0 where a word ends early. */
typedef const uint16_t word_list[][MOST_WORD];

static int is_at(const struct line *line, uint32_t at, const uint16_t *word)
{
    uint32_t i = 0;
    for (; i < MOST_WORD && word[i]; i++)
        if (code_at(line, at + i) != word[i] || (i && line->gap[at + i] == GAP_BREAK))
            return 0;
    return i > 0;
}

static uint32_t length_of(const uint16_t *word)
{
    return word[1] ? word[2] ? 3 : 2 : 1;
}

static int stands_at(const struct line *line, uint32_t at, word_list words, size_t count)
{
    for (size_t i = 0; i < count && at < line->len; i++)
        if (is_at(line, at, words[i]))
            return 1;
    return 0;
}

static int stands_before(const struct line *line, uint32_t at, word_list words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (at >= length_of(words[i]) && is_at(line, at - length_of(words[i]), words[i]))
            return 1;
    return 0;
}

static jw_decimal size_of(const jw_value *value)
{
    const jw_decimal one = value->value.known ? value->value : value->low;
    return one.known && one.mantissa < 0 ? jwi_decimal_minus(one) : one;
}

static int is_year_like(const jw_value *value)
{
    const jw_decimal size = size_of(value);
    int64_t whole = size.mantissa;
    for (int32_t i = 0; i < size.power && whole <= MOST_YEAR; i++)
        whole *= 10;
    return size.known && size.power >= 0 && whole >= LEAST_YEAR && whole <= MOST_YEAR;
}

/* A number such as 2023 with a word right behind it. */
static int is_year(const struct scan *scan, const struct item *item)
{
    return is_year_like(&item->value) && is_tight(&scan->line, item->end) && scan->line.cls[item->end] == UNIT_HAN;
}

/* 0050, 007 are codes and names. */
static int has_price_shape(const struct scan *scan, const struct item *item)
{
    static const uint16_t counts[] = {0x5927, 0x500b, 0x9053, 0x540d, 0x5b57, 0x4f4d, 0x6a94, 0x5bb6, 0x5e74, 0x6708, 0x865f, 0x5c64,
                                      0x6a13, 0x6b21, 0x689d, 0x6b3e, 0x9805, 0x5c46, 0x4ee3, 0x6210, 0x6b63, 0x53cd, 0x65e5};
    /* 大個道名字位檔家年月號層樓次條款項屆代成正反日 */
    const struct line *line = &scan->line;
    const uint32_t first = line->code[item->start], next = is_tight(line, item->end) ? code_at(line, item->end) : 0;
    const jw_decimal size = size_of(&item->value);
    if (!size.known || (first == '0' && is_digit(code_at(line, item->start + 1))) || is_latin(next) || next == '/' || next == '%' || next == ':' ||
        next == '-' || next == ')')
        return 0;
    if (next == 0x5927 && code_at(line, item->end + 1) == 0x95dc && code_at(line, item->end + 2) != 0x9375) /* 大關, no 大關鍵 */
        return 1;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (next == counts[i])
            return 0;
    return is_at_least(size, LEAST_PRICE) || size.power < 0;
}

/* Four digits without a point may be the code of a share. */
static int may_be_code(const struct scan *scan, const struct item *item)
{
    return item->end - item->start == 4 && item->value.value.power >= 0 && is_digit(scan->line.code[item->start]) &&
           is_digit(scan->line.code[item->start + 1]);
}

static int is_metric_named(const struct scan *scan, const struct value_term *term, const char *name)
{
    return term->cls == TERM_METRIC && is_named(scan, term, name);
}

/* The last mark before the item that names an index, a price or a currency. */
static const struct mark *topic_before(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    enum { TOPIC_REACH = 160 };
    for (uint32_t i = next_mark; i > 0 && item->start - scan->mark[i - 1].end < TOPIC_REACH; i--) {
        const struct mark *mark = &scan->mark[i - 1];
        if (is_metric_named(scan, mark->term, "index") || is_kind(mark, CUE_CURRENCY) ||
            (mark->term->use > 1 && is_metric_named(scan, mark->term, "price")))
            return mark;
    }
    return NULL;
}

/* A name of a company stands between: 台股重挫或磐儀跌破38.8. */
static int is_of_another(const struct scan *scan, const struct mark *topic, const struct item *item)
{
    for (uint32_t i = topic->end; i < item->start; i++)
        if (scan->line.code[i] == NAME_LETTER)
            return 1;
    return 0;
}

/* 日圓升破155, 人民幣中間價報7.1: by its size what a currency is counted in; NULL for the money of the region. */
static const char *rate_currency(const struct value_term *currency, jw_decimal size)
{
    static const struct {
        const char *currency, *in;
        int least, most, scale; /* most 0: no end; of the `scale`th of the size */
    } rates[] = {{"JPY", "JPY", 50, 0, 1},
                 {"KRW", "KRW", 500, 0, 1},
                 {"CNY", "CNY", 60, 85, 10},
                 {"EUR", "USD", 8, 16, 10},
                 {"GBP", "USD", 10, 20, 10}};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        const jw_decimal scaled = jwi_decimal_times(size, rates[i].scale, 0);
        const jw_decimal above = jwi_decimal_add(scaled, jwi_decimal(-rates[i].least, 0));
        const jw_decimal over = jwi_decimal_add(scaled, jwi_decimal(-rates[i].most, 0));
        if (!memcmp(currency->currency, rates[i].currency, 3) && above.known && above.mantissa >= 0 && (!rates[i].most || over.mantissa < 0))
            return rates[i].in;
    }
    return NULL;
}

/* A level without a unit: of an index, of a currency, else of a share. */
static void name_level(const struct scan *scan, struct item *item, uint32_t next_mark)
{
    static const char own[][4] = {"TWD", "HKD"};
    const struct mark *topic = topic_before(scan, item, next_mark);
    const int is_table = is_arrow(code_at(&scan->line, item->end)) && is_at_least(size_of(&item->value), LEAST_TABLE);
    const int is_of_index = is_table || (topic && is_metric_named(scan, topic->term, "index") && !is_of_another(scan, topic, item));
    const int is_currency = topic && is_kind(topic, CUE_CURRENCY) && !is_at_least(size_of(&item->value), LEAST_INDEX);
    const int is_pair = is_currency && topic->start && (scan->line.code[topic->start - 1] == 0x514c || scan->line.code[topic->start - 1] == 0x5c0d);
    if (item->flags & ITEM_CHANGE && !(item->flags & ITEM_SIGNED) && item->value.value.mantissa < 0)
        item->value.value = jwi_decimal_minus(item->value.value);
    item->flags &= ~(uint32_t)(ITEM_BARE | ITEM_CHANGE); /* 兌 對 */
    item->value.compare = item->flags & ITEM_PLUS_MINUS ? JW_COMPARE_NONE : JW_COMPARE_ABS;
    if (is_of_index || (is_at_least(size_of(&item->value), LEAST_INDEX) && !(topic && is_metric_named(scan, topic->term, "price")))) {
        item->value.kind = JW_VALUE_QUANTITY;
        item->value.of = index_name;
        item->value.unit = points_unit;
        return;
    }
    item->value.kind = JW_VALUE_MONEY;
    item->value.of = is_currency ? exchange_name : price_name;
    const char *const in = is_pair ? topic->term->currency : is_currency ? rate_currency(topic->term, size_of(&item->value)) : NULL;
    memcpy(item->value.currency, in ? in : own[scan->region != 0], 3);
}

/* 跌破, 站上, 噴到: verbs of prices. */
static int is_price_verb(const struct scan *scan, const struct mark *mark)
{
    static const uint16_t heads[] = {0x6f32, 0x8dcc, 0x7ad9, 0x5931, 0x6536, 0x8cb6, 0x5347, 0x7834, 0x7a81, 0x885d, 0x5b88, 0x653b, 0x56de,
                                     0x4f86, 0x91cd, 0x8fd4, 0x89f8, 0x5d29, 0x5674, 0x62c9, 0x6bba, 0x6478, 0x6389, 0x63a2, 0x903c, 0x66b4,
                                     0x98c6, 0x4e0a, 0x4e0b, 0x6311, 0x9000, 0x5f48};
    /* 漲跌站失收貶升破突衝守攻回來重返觸崩噴拉殺摸掉探逼暴飆上下挑退彈 */
    const struct value_term *term = mark->term;
    const int is_level = term->cls == TERM_CUE && ((term->kind == CUE_LEVEL && term->arg) || (term->kind <= CUE_UNDER && term->arg) ||
                                                   term->kind == CUE_UPTO);
    const uint32_t last = scan->line.code[mark->end - 1];
    if (!is_level || (term->use < 2 && last != 0x7834) || last == 0x9ad4) /* 破 */
        return 0;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (scan->line.code[mark->start] == heads[i])
            return 1;
    return 0;
}

/* 有機會過1100, 能過500嗎: 過 alone, no part of 超過, 經過. */
static int is_passed(const struct scan *scan, const struct item *item)
{
    static const uint16_t leads[] = {0x80fd, 0x6703, 0x5feb, 0x8981, 0x5df2, 0x6c92, 0x5148, 0x518d, 0x76f4, 0x4e0d, 0x6a5f}; /* 能會快要已沒先再直不機 */
    const struct line *line = &scan->line;
    const uint32_t before = item->start > 1 ? line->code[item->start - 2] : 0;
    if (!item->start || line->code[item->start - 1] != 0x904e || item->value.value.known == 0)
        return 0;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (before == leads[i])
            return 1;
    return before == NAME_LETTER;
}

/* The mark that ends at the number, a word that approximates it aside. */
static const struct mark *verb_before(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    const struct mark *last = next_mark ? &scan->mark[next_mark - 1] : NULL;
    if (last && next_mark > 1 && last->end == item->start && last->term->cls == TERM_CUE && last->term->kind <= CUE_UNDER && !last->term->arg &&
        scan->mark[next_mark - 2].end == last->start)
        last = &scan->mark[next_mark - 2];
    else if (last && last->end != item->start)
        last = NULL;
    return last && scan->line.gap[item->start] < GAP_WIDE ? last : NULL;
}

/* 攻600關, no 600關鍵. */
static int is_gate(const struct line *line, uint32_t at)
{
    return is_tight(line, at) && code_at(line, at) == 0x95dc && (line->gap[at + 1] || !line->cls[at + 1] || line->cls[at + 1] == UNIT_PUNCT); /* 關 */
}

/* 停損, 進場 and their kin right behind the number: 40停損, 185開始入場. */
static int is_traded_at(const struct scan *scan, const struct item *item)
{
    static word_list sure = {{0x505c, 0x640d}, {0x505c, 0x5229}, {0x5927, 0x95dc}, {0x95dc, 0x5361}, {0x95dc, 0x53e3}, {0x50f9, 0x4f4d}};
    /* 停損 停利 大關 關卡 關口 價位 */
    static word_list trade = {{0x9032, 0x5834}, {0x51fa, 0x5834}, {0x5165, 0x5834}, {0x8cb7, 0x9032}, {0x8cb7, 0x56de}, {0x8ce3, 0x51fa},
                              {0x8ce3, 0x6389}, {0x88dc, 0x5009}, {0x52a0, 0x78bc}, {0x6e1b, 0x78bc}, {0x6284, 0x5e95}, {0x51fa, 0x6e05},
                              {0x9ad8, 0x9ede}, {0x4f4e, 0x9ede}, {0x958b, 0x59cb}, {0x5957, 0x7262}};
    /* 進場 出場 入場 買進 買回 賣出 賣掉 補倉 加碼 減碼 抄底 出清 高點 低點 開始 套牢 */
    static word_list around = {{0x5de6, 0x53f3}, {0x9644, 0x8fd1}, {0x4ee5, 0x4e0b}, {0x4ee5, 0x4e0a}, {0x4e0a, 0x4e0b}, {0x4e4b, 0x9593}};
    /* 左右 附近 以下 以上 上下 之間 */
    static word_list deed = {{0x9032}, {0x8cb7}, {0x8ce3}, {0x88dc}, {0x505c}, {0x63a5}, {0x64bf}, {0x4f48}, {0x62b1}, {0x6284}, {0x50f9},
                             {0x7a7a}, {0x5e95}, {0x6f32}, {0x8dcc}, {0x8d77}}; /* 進買賣補停接撿佈抱抄價空底漲跌起 */
    const struct line *line = &scan->line;
    if (stands_at(line, item->end, sure, sizeof sure / sizeof *sure) || is_gate(line, item->end))
        return 1;
    if (may_be_code(scan, item))
        return 0;
    if (is_tight(line, item->end) && stands_at(line, item->end, trade, sizeof trade / sizeof *trade))
        return 1;
    if (!stands_at(line, item->end, around, sizeof around / sizeof *around))
        return 0;
    const uint32_t clause = line->clause[item->start], from = item->start - clause > REACH ? item->start - REACH : clause;
    for (uint32_t at = from; at < item->end + REACH && at < line->len; at++)
        if ((at < item->start || at >= item->end) && stands_at(line, at, deed, sizeof deed / sizeof *deed))
            return 1;
    return 0;
}

/* 前高33.75, 支撐在28: a noun of prices right before the number. */
int jwi_value_follows_price(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    static word_list nouns = {{0x524d, 0x9ad8}, {0x524d, 0x4f4e}, {0x9ad8, 0x9ede}, {0x4f4e, 0x9ede}, {0x652f, 0x6490}, {0x58d3, 0x529b},
                              {0x9838, 0x7dda}, {0x50f9, 0x4f4d}, {0x76ee, 0x6a19}, {0x4f4d, 0x65bc}, {0x5957, 0x5728}, {0x7a7a, 0x5728}};
    /* 前高 前低 高點 低點 支撐 壓力 頸線 價位 目標 位於 套在 空在 */
    const struct line *line = &scan->line;
    uint32_t at = jwi_value_lead(scan, item, next_mark);
    if (at && (line->code[at - 1] == ':' || line->code[at - 1] == 0x5728 || line->code[at - 1] == 0x662f || line->code[at - 1] == 0x770b ||
               line->code[at - 1] == 0x70ba || line->code[at - 1] == 0x7684)) /* 在是看為的 */
        at--;
    return stands_before(line, at, nouns, sizeof nouns / sizeof *nouns) && line->gap[item->start] < GAP_WIDE;
}

static void copy_measure(struct item *item, const struct item *from)
{
    item->value.kind = from->value.kind;
    item->value.unit = from->value.unit;
    item->value.of = from->value.of;
    memcpy(item->value.currency, from->value.currency, sizeof item->value.currency);
}

/* 預期54.2, 前期54.3: what the value before it is compared with; copied from that. */
static int follows_figure(const struct scan *scan, uint32_t index)
{
    static word_list words = {{0x9810, 0x671f}, {0x524d, 0x671f}, {0x524d, 0x503c}, {0x524d, 0x6b21}, {0x9810, 0x4f30}, {0x4e0a, 0x6708},
                              {0x4e0a, 0x671f}, {0x521d, 0x503c}, {0x7d42, 0x503c}}; /* 預期 前期 前值 前次 預估 上月 上期 初值 終值 */
    struct item *item = &scan->item[index];
    const struct item *before = index ? &scan->item[index - 1] : NULL;
    uint32_t at = item->start;
    if (at && (scan->line.code[at - 1] == ':' || scan->line.code[at - 1] == 0x70ba || scan->line.code[at - 1] == 0x7684)) /* 為的 */
        at--;
    if (!before || !before->value.of.len || (before->value.kind != JW_VALUE_QUANTITY && before->value.kind != JW_VALUE_PERCENT) ||
        before->flags & ITEM_CHANGE || item->start - before->end > REACH || !stands_before(&scan->line, at, words, sizeof words / sizeof *words))
        return 0;
    copy_measure(item, before);
    item->value.compare = JW_COMPARE_ABS;
    item->flags &= ~(uint32_t)ITEM_BARE;
    return 1;
}

/* 歐元兌美元升0.2%，至1.2089; 道瓊跌0.4%收38,852.27: the level a change led to. */
static int is_reached_level(const struct scan *scan, uint32_t index, const struct mark *verb)
{
    const struct item *item = &scan->item[index], *before = index ? &scan->item[index - 1] : NULL;
    const jw_bytes of = before ? before->value.of : (jw_bytes){NULL, 0};
    const int is_level = (of.len == index_name.len && !memcmp(of.at, index_name.at, of.len)) ||
                         (of.len == exchange_name.len && !memcmp(of.at, exchange_name.at, of.len));
    return is_level && verb && is_kind(verb, CUE_LEVEL) && item->start - before->end <= REACH && before->flags & ITEM_CHANGE;
}

/* 43828.06 ▼86.06: the level and the change of a table of indices and shares. */
static int stands_by_arrow(const struct scan *scan, uint32_t index)
{
    const struct item *item = &scan->item[index], *before = index ? &scan->item[index - 1] : NULL;
    if (is_arrow(scan->line.code[item->start]))
        return before && before->end == item->start;
    return is_arrow(code_at(&scan->line, item->end)) && is_digit(code_at(&scan->line, item->end + 1));
}

/* 從100跌到70: where a price came from, a verb of prices a few letters behind it. */
static int starts_move(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    enum { MOVE_REACH = 6 };
    if (!(item->flags & ITEM_FROM))
        return 0;
    for (uint32_t i = next_mark; i < scan->mark_count && scan->mark[i].start < item->end + MOVE_REACH; i++)
        if (scan->mark[i].start >= item->end && is_price_verb(scan, &scan->mark[i]))
            return is_digit(code_at(&scan->line, scan->mark[i].end));
    return 0;
}

/* 買在969 1035 1075, 100甚至110: one more of the prices before it. */
static int continues_prices(const struct scan *scan, uint32_t index)
{
    const struct item *item = &scan->item[index], *before = index ? &scan->item[index - 1] : NULL;
    const uint32_t between = before ? item->start - before->end : 0, link = between ? scan->line.code[before->end] : 0;
    const int is_next = between == 2 ? link == 0x751a && scan->line.code[before->end + 1] == 0x81f3 /* 甚至 */
                        : between    ? between == 1 && code_is_one_of(link, u"、或跟和/")
                                     : scan->line.gap[item->start] == GAP_BLANK;
    return before && is_next && before->value.kind == JW_VALUE_MONEY &&
           before->value.of.len == price_name.len && !memcmp(before->value.of.at, price_name.at, price_name.len) &&
           is_digit(scan->line.code[before->end - 1]) && !(before->flags & ITEM_CHANGE);
}

/* Measures whose numbers stand without a unit: PMI, 殖利率, EPS; no 營收. */
static int is_number_of(const struct scan *scan, const struct value_term *metric)
{
    static const char *const names[] = {"price", "eps", "target_price", "exchange_rate", "cost"};
    if (metric->nature != METRIC_PLAIN || !metric->bare)
        return 0;
    return metric->bare != JW_VALUE_MONEY || is_one_of_names(scan, metric, names, sizeof names / sizeof *names);
}

enum bare { BARE_NONE, BARE_METRIC, BARE_TOLD };

/* A number beside no metric: none of a value, one of the metric before it, or told by what stands around it and then named. */
static enum bare told_by_place(const struct scan *scan, uint32_t index, const struct found *found, uint32_t next_mark)
{
    static const char *const prices[] = {"price", "cost", "target_price"};
    struct item *item = &scan->item[index];
    const struct mark *verb = verb_before(scan, item, next_mark);
    if (stands_by_arrow(scan, index)) {
        name_level(scan, item, next_mark);
        if (is_arrow(scan->line.code[item->start]))
            copy_measure(item, &scan->item[index - 1]);
        return BARE_TOLD;
    }
    if (!has_price_shape(scan, item) || item->flags & ITEM_PLUS_MINUS || (scan->is_board && jwi_value_counts_answers(&scan->line, item)))
        return BARE_NONE;
    const struct mark *metric = found->metric;
    if (verb && is_kind(verb, CUE_LEVEL) && verb->term->arg && metric && is_number_of(scan, metric->term) && !is_year_like(&item->value))
        return BARE_METRIC;
    if (follows_figure(scan, index))
        return BARE_TOLD;
    if (metric && !is_number_of(scan, metric->term))
        return BARE_NONE;
    const int is_of_price = !metric || is_one_of_names(scan, metric->term, prices, sizeof prices / sizeof *prices);
    const int is_price = (verb && is_price_verb(scan, verb)) || is_passed(scan, item) || is_traded_at(scan, item) ||
                         jwi_value_follows_price(scan, item, next_mark) || continues_prices(scan, index) || starts_move(scan, item, next_mark) ||
                         (is_of_price && jwi_value_is_board_price(scan, item));
    if (!is_reached_level(scan, index, verb) && (is_year_like(&item->value) || !is_price))
        return BARE_NONE;
    name_level(scan, item, next_mark);
    return BARE_TOLD;
}

/* 祭3千萬罰單: of a sum of money, said in 萬. */
static int is_round_sum(const struct scan *scan, const struct item *item, const struct value_term *metric)
{
    return metric->bare == JW_VALUE_MONEY && (scan->line.cls[item->end - 1] == UNIT_HAN || code_is_one_of(scan->line.code[item->end - 1], u"千萬")) &&
           is_at_least(item->value.value, 4);
}

/* 期貨停損22700: on a board from ten thousand on of no share. */
static int is_index_price(const struct scan *scan, const struct item *item, const struct value_term *metric)
{
    static const char *const names[] = {"price", "cost"};
    if (!scan->is_board || !is_at_least(size_of(&item->value), LEAST_INDEX) || !is_one_of_names(scan, metric, names, 2) ||
        !code_is_one_of(scan->line.lex->code[metric->code_at], u"停進出空買賣成"))
        return 0;
    for (uint32_t i = 0; i < item->start; i++)
        if (scan->line.code[i] == NAME_LETTER)
            return 0;
    return 1;
}

/* A number without a unit takes the kind of its metric: EPS 1.83, 本益比15, PMI 52.3. */
void jwi_value_name_bare(const struct scan *scan, struct item *item, const struct value_term *metric)
{
    static const char own[][4] = {"TWD", "HKD"};
    if (item->value.unit.len || item->value.kind != JW_VALUE_QUANTITY || !metric || !metric->bare ||
        (metric->nature == METRIC_SUM && !is_round_sum(scan, item, metric)))
        return;
    if (metric->bare == JW_VALUE_PERCENT && is_at_least(item->value.value, 4)) /* 利率下調惠及1.5億人口 */
        return;
    const int is_index = metric->bare == JW_VALUE_MONEY && is_index_price(scan, item, metric);
    item->value.kind = is_index ? JW_VALUE_QUANTITY : metric->bare;
    if (is_index)
        item->value.unit = points_unit;
    else if (metric->bare == JW_VALUE_MONEY) {
        const struct mark *const topic = is_named(scan, metric, "exchange_rate") ? topic_before(scan, item, jwi_mark_from(scan, item->start)) : NULL;
        const char *const in = topic && is_kind(topic, CUE_CURRENCY) ? rate_currency(topic->term, size_of(&item->value)) : NULL;
        memcpy(item->value.currency, in ? in : own[scan->region != 0], 3);
    }
    else if (is_named(scan, metric, "index") && is_at_least(item->value.value, 3))
        item->value.unit = points_unit;
    else if (metric->bare == JW_VALUE_PERCENT)
        item->value.unit = (jw_bytes){"%", 1};
    item->flags &= ~(uint32_t)ITEM_BARE;
}

/* 收益率(年度化)6.99, 收盤價(1589):12.40: what the brackets behind a measure add. */
static uint32_t after_bracket(const struct scan *scan, uint32_t at, uint32_t end)
{
    enum { LONGEST = 9 };
    if (at >= end || scan->line.code[at] != '(')
        return at;
    for (uint32_t i = at + 1; i < end && i - at <= LONGEST; i++)
        if (scan->line.code[i] == ')')
            return i + 1;
    return at;
}

static int stands_by(const struct scan *scan, const struct item *item, const struct found *found)
{
    const struct mark *metric = found->metric;
    if (!metric || metric->term->nature == METRIC_SUM || item->start - after_bracket(scan, metric->end, item->start) > NEAR_BARE + 2 ||
        (scan->line.gap[item->start] >= GAP_WIDE && scan->line.code[item->start - 1] != ':'))
        return 0;
    for (uint32_t i = after_bracket(scan, metric->end, item->start); i < item->start; i++) {
        const struct value_term *cue = jwi_value_find(&scan->line, i, TERM_CUE);
        const uint32_t code = scan->line.code[i];
        if (cue && (cue->kind <= CUE_UNDER || cue->kind == CUE_LEVEL || cue->kind == CUE_CARRY || cue->kind == CUE_FROM ||
                    cue->kind == CUE_CHANGE))
            i += cue->use - 1u;
        else if (!code_is_one_of(code, metric->term->bare == JW_VALUE_PERCENT ? u":()=為是的元仍在初終值報可保" : u":()=為是的元仍在初終值報"))
            return 0;
    }
    return 1;
}

/* 23.58出場: the number with a point right before the word of its price. */
static int leads_price(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    const struct mark *mark = next_mark < scan->mark_count ? &scan->mark[next_mark] : NULL;
    return mark && mark->start == item->end && is_tight(&scan->line, mark->start) && item->value.value.power < 0 &&
           mark->term->cls == TERM_METRIC && is_named(scan, mark->term, "price");
}

/* 這3點, no level of an index. */
static int is_few_points(const struct item *item)
{
    return is_points(item) && item->value.value.known && item->value.value.power == 0 &&
           item->value.value.mantissa < 30;
}

/* The 100 of 那斯達克100. */
static int is_name_number(const struct scan *scan, const struct item *item,
                          const struct found *found)
{
    return found->metric && found->metric->end == item->start &&
           is_tight(&scan->line, item->start) && (item->flags & ITEM_BARE) &&
           found->metric->term->bare == JW_VALUE_QUANTITY && found->metric->term->nature != METRIC_COUNT && item->value.value.power >= 0 &&
           item->end - item->start <= 3;
}

int jwi_value_settle_bare(const struct scan *scan, uint32_t index, const struct found *found, uint32_t next_mark)
{
    struct item *item = &scan->item[index];
    const int is_counted = item->flags & ITEM_BARE && found->metric && found->metric->term->use == 1 && !has_price_shape(scan, item);
    if (item->flags & ITEM_BARE && (is_counted || !stands_by(scan, item, found)) && !leads_price(scan, item, next_mark) &&
        told_by_place(scan, index, found, next_mark) != BARE_METRIC)
        return 1;
    if (is_few_points(item) && !found->metric && !found->change && !found->compare) {
        item->flags |= ITEM_BARE;
        return 1;
    }
    if (is_name_number(scan, item, found))
        return 1;
    const int is_of_index = found->metric && is_named(scan, found->metric->term, "index");
    return item->flags & ITEM_BARE && is_of_index && is_year(scan, item); /* 台股2023封關 */
}
