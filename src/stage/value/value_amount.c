/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts: a number with its unit, currency and sign, as a range, in a list: 新台幣1,500仟元  10~12億元  3成2  5、4張
 * 由5%下修至3%.  Each form is tried in turn; the first that fits the letters wins.
 */
#include "stage/value/value_amount.h"

enum { MAX_LIST = 6 };

/* 3成2, 兩成五: a last digit that belongs to no other number. */
static uint32_t add_tenths(const struct line *line, struct amount *amount, jw_decimal *value)
{
    const uint32_t at = amount->end, code = code_at(line, at), next = code_at(line, at + 1);
    const int digit =
        is_digit(code) && is_tight(line, at) ? (int)(code - '0') : jwi_han_digit(code);
    const struct value_term *unit;
    if (digit < 1 || is_digit(next) || next == '.' || jwi_han_digit(next) >= 0 ||
        jwi_small_scale(next) || jwi_big_scale(next))
        return at;
    jwi_unit_of(line, at + 1, &unit);
    if (unit)
        return at;
    *value = jwi_decimal_add(*value, jwi_decimal(digit, 0));
    return at + 1;
}

/* Half a unit more: 一年半, 兩個半月 . */
static uint32_t add_half(const struct line *line, const struct value_term *unit, uint32_t at,
                         jw_decimal *value)
{
    if (!unit || code_at(line, at) != 0x534a ||
        (unit->kind != JW_VALUE_DURATION && unit->kind != JW_VALUE_RATIO)) /* 半 */
        return at;
    *value = jwi_decimal_add(*value, jwi_amount_times(jwi_decimal(5, -1), unit));
    return at + 1;
}

static int same_unit(const struct value_term *a, const struct value_term *b)
{
    return a->kind == b->kind && (a->name_at == b->name_at || a->kind == JW_VALUE_MONEY);
}

static int is_far_apart(jw_decimal low, jw_decimal high)
{
    const jw_decimal rest = jwi_decimal_add(high, jwi_decimal_minus(jwi_decimal_times(low, 5, 0)));
    return rest.known && rest.mantissa > 0;
}

/* 10~12億元, 5%至10%, 兩三百億元. */
static uint32_t read_range(struct scan *scan, uint32_t start, const struct amount *low,
                           const struct value_term *currency, struct item *item)
{
    const struct line *line = &scan->line;
    struct amount high;
    const uint32_t link = low->end;
    if (!is_range_link(code_at(line, link)) || line->gap[link] == GAP_BREAK ||
        jwi_value_follows_from(scan, start))
        return 0;
    uint32_t at = link + 1;
    const struct value_term *again = jwi_value_find(line, at, TERM_CUE);
    if (again && again->kind == CUE_CURRENCY)
        at += again->use;
    if (!jwi_amount_read(line, at, &high) || (!high.unit && !currency && (low->unit || !(high.number.style & NUMBER_BIG))) || /* 150-200萬 */
        (low->unit && high.unit && !same_unit(low->unit, high.unit)))
        return 0;
    if (!low->number.value.known || !high.number.value.known ||
        (line->gap[link] && !line->gap[link + 1] && line->code[link] == '-'))
        return 0;
    const struct mark *before = jwi_mark_before(scan, start);
    if (before && is_kind(before, CUE_CHANGE) && low->unit &&
        is_far_apart(low->number.value, high.number.value))
        return 0; /* 下跌0.075%到2.104%: to a level */
    jw_decimal first = low->number.value;
    if (!low->unit && !(low->number.style & NUMBER_SCALED) && high.number.scale.known)
        first = jwi_decimal_times(first, high.number.scale.mantissa, high.number.scale.power);
    item->value.low = jwi_amount_times(first, low->unit ? low->unit : high.unit);
    item->value.high = jwi_amount_times(high.number.value, high.unit ? high.unit : low->unit);
    set_approx(item, high.number.style);
    jwi_amount_name(scan, high.unit ? high.unit : low->unit, currency, item);
    if (!high.unit && !low->unit && !currency && is_large(&item->value.high)) { /* 4至5億 */
        memcpy(item->value.currency, own_currency(scan), 3);
        item->value.kind = JW_VALUE_MONEY;
    }
    item->end = high.end;
    return item->end;
}

/* The unit at the end of a list: 5、4張 gives it to both. */
static const struct value_term *list_unit(const struct line *line, uint32_t at, jw_decimal *scale)
{
    struct amount next;
    for (int i = 0; i < MAX_LIST && is_list_link(code_at(line, at)) && line->gap[at] != GAP_BREAK;
         i++) {
        if ((!is_digit(code_at(line, at + 1)) && jwi_han_digit(code_at(line, at + 1)) < 1) ||
            !jwi_amount_read(line, at + 1, &next))
            return NULL;
        if (next.unit) {
            *scale = next.number.scale;
            return next.unit->kind == JW_VALUE_DURATION || next.unit->kind == JW_VALUE_QUANTITY ||
                           next.unit->kind == JW_VALUE_PERCENT ||
                           next.unit->kind == JW_VALUE_MONEY || next.unit->kind == JW_VALUE_RATIO
                       ? next.unit
                       : NULL;
        }
        at = next.end;
    }
    return NULL;
}

/* The unit of what a change leads to: 由900上調至1050元 gives it to both. */
static const struct value_term *reached_unit(const struct scan *scan, const struct amount *from, jw_decimal *scale)
{
    enum { VERB_REACH = 3 };
    struct amount to;
    for (uint32_t i = jwi_mark_from(scan, from->end); i < scan->mark_count && scan->mark[i].start <= from->end + VERB_REACH; i++) {
        const struct mark *const mark = &scan->mark[i];
        if (!is_kind(mark, CUE_LEVEL) || !mark->term->arg || !jwi_amount_read(&scan->line, mark->end, &to))
            continue;
        *scale = to.number.scale;
        return to.unit;
    }
    return NULL;
}

/* 郭台強-100,535,228股: the dash parts a name from what the person holds. */
static int is_dash(const struct line *line, uint32_t at, const struct item *item)
{
    return code_at(line, at) == '-' && at && line->gap[at] == GAP_NONE &&
           line->cls[at - 1] == UNIT_HAN && item->value.kind == JW_VALUE_QUANTITY &&
           line->code[item->end - 1] == 0x80a1; /* 股 */
}

/* YoY, MoM, QoQ end before the byte. */
static int ends_rate_word(const struct line *line, uint32_t at)
{
    const uint32_t last = at > 1 ? line->code[at - 1] | 0x20 : 0;
    return (last == 'y' || last == 'm' || last == 'q') && (line->code[at - 2] | 0x20) == 'o';
}

/* A minus is one when no number, letter or bracket stands before it: YoY-5% has one. */
static int sign_at(const struct line *line, uint32_t at)
{
    const uint32_t code = code_at(line, at),
                   before = at && line->gap[at] == GAP_NONE ? line->code[at - 1] : 0;
    if (is_arrow(code))
        return !is_digit(code_at(line, at + 1)) || line->gap[at + 1] == GAP_BREAK ? 0 : code == DOWN_MARK || code == DOWN_HOLLOW ? -1 : 1;
    if (code == 0x8ca0) /* 負 */
        return is_digit(code_at(line, at + 1)) || jwi_han_digit(code_at(line, at + 1)) > 0 ? -1 : 0;
    if ((code != '-' && code != '+') || !is_tight(line, at + 1) || is_digit(before) ||
        (is_latin(before) && !ends_rate_word(line, at)) || before == ')' || before == code)
        return 0;
    const uint32_t next = code_at(line, at + 1);
    return !is_digit(next) && next != '$' ? 0 : code == '-' ? -1 : 1;
}

/* 營益率 - 1.7%: the sign stands apart from its number, right behind the measure. */
static int is_minus_apart(const struct scan *scan, uint32_t at)
{
    const struct line *line = &scan->line;
    const struct mark *before = code_at(line, at) == '-' ? jwi_mark_before(scan, at) : NULL;
    if (code_at(line, at) == '-' && at && code_is_one_of(line->code[at - 1], u"為是約") && line->gap[at] == GAP_BLANK && line->gap[at + 1] == GAP_BLANK)
        return is_digit(code_at(line, at + 1)); /* 影響約為 - 0.5 個百分點 */
    return before && (before->term->cls == TERM_METRIC || is_kind(before, CUE_FUTURE)) && before->term->use > 1 && line->gap[at] == GAP_BLANK &&
           line->gap[at + 1] == GAP_BLANK && is_digit(code_at(line, at + 1));
}

/* 一家, 那一年: no count but an article. */
static int is_article(const struct line *line, uint32_t start, const struct amount *amount)
{
    const struct number *number = &amount->number;
    const uint32_t before = start ? line->code[start - 1] : 0;
    if (!(number->style & NUMBER_HAN) || (number->style & (NUMBER_SCALED | NUMBER_POINT)) ||
        !number->value.known)
        return 0;
    if (number->value.mantissa == 0) /* 零件 */
        return 1;
    if (number->value.mantissa != 1 || number->value.power)
        return 0;
    return amount->unit->bare || before == 0x90a3 || before == 0x9019 ||
           before == 0x67d0; /* 那 這 某 */
}

static int has_cue_for_scale(const struct scan *scan, uint32_t at)
{
    const struct mark *before = jwi_mark_before(scan, at);
    return (before && before->term->cls == TERM_CUE && before->term->kind <= CUE_UNDER) ||
           (at && scan->line.code[at - 1] == 0x4e0a); /* 上 */
}

static void negate(struct item *item, int sign)
{
    item->flags |= (sign < 0 ? ITEM_SIGNED : 0) | (sign ? ITEM_PLUS_MINUS : 0);
    if (sign >= 0)
        return;
    item->value.value = jwi_decimal_minus(item->value.value);
    item->value.low = jwi_decimal_minus(item->value.low);
    item->value.high = jwi_decimal_minus(item->value.high);
}

/* 人口約9億: heads, no money. */
static int counts_people(const struct line *line, uint32_t at)
{
    static const uint16_t between[] = {0x7d04, 0x903e, 0x8d85, 0x8fd1, 0x9054, 0x904e, 0x7a81, 0x7834, 0x6709, 0x70ba}; /* 約逾超近達過突破有為 */
    for (size_t i = 0, most = 4; at > 1 && most && i < sizeof between / sizeof *between;) {
        if (line->code[at - 1] != between[i++])
            continue;
        at--;
        most--;
        i = 0;
    }
    return at > 1 && line->code[at - 2] == 0x4eba && (line->code[at - 1] == 0x53e3 || line->code[at - 1] == 0x6578); /* 人口 人數 */
}

/* 14億人口, but 2.38兆年減 and 10億成立: the letters behind a sum count no years and no tenths. */
static int counts_things(const struct line *line, uint32_t at)
{
    const struct value_term *const unit = jwi_value_find(line, at, TERM_UNIT);
    return (unit && unit->kind == JW_VALUE_QUANTITY) || code_at(line, at) == 0x4eba; /* 人 */
}

/* 重返萬七, 崩到萬二, 萬6山頂: an index as boards say it; no 萬1 for 萬一, and 獎金萬6 is money. */
static int is_ten_thousand_and(const struct line *line, uint32_t start, const struct amount *amount)
{
    const uint32_t next = code_at(line, start + 2), before = start ? line->code[start - 1] : 0;
    return code_at(line, start) == 0x842c && amount->end == start + 2 &&
           (jwi_han_digit(line->code[start + 1]) > 1 || (is_digit(line->code[start + 1]) && line->code[start + 1] > '1')) &&
           line->code[start + 1] != 0x5169 && !code_is_one_of(before, u"薪水領金本資費租款花賺賠付繳") &&
           !is_digit(before) && jwi_han_digit(before) < 0 && !jwi_small_scale(before) && !is_digit(next) && !is_latin(next) &&
           next != NAME_LETTER; /* 萬 兩 */
}

/* 貶8.9分, 升4.2分: hundredths of a currency. */
static int is_cents(const struct line *line, uint32_t start, const struct amount *amount)
{
    const uint32_t next = code_at(line, amount->end + 1), verb = start - (start > 1 && code_is_one_of(line->code[start - 1], u"值逾近約破")),
                   before = verb ? line->code[verb - 1] : 0;
    return (before == 0x8cb6 || before == 0x5347) && code_at(line, amount->end) == 0x5206 && is_tight(line, amount->end) &&
           (amount->number.style & NUMBER_ASCII) &&
           next != 0x9418 && next != 0x4e4b && next != 0x9ede && next != 0x7d1a; /* 貶升 分 after them no 鐘之點級 */
}

/* 銷量破1億, 用戶破億: behind a measure of things a number counts them. */
static int follows_count(const struct scan *scan, uint32_t start)
{
    const struct mark *const cue = jwi_mark_before(scan, start);
    const struct mark *const metric = cue && cue->term->cls == TERM_CUE ? jwi_mark_before(scan, cue->start) : cue;
    return metric && metric->term->cls == TERM_METRIC && metric->term->nature == METRIC_COUNT;
}

/* 年減近千億, 總價破億: a scale alone, behind a word for about how much; 用戶破億 counts heads. */
static int is_round(const struct scan *scan, uint32_t start, const struct amount *amount)
{
    const struct mark *const cue = jwi_mark_before(scan, start);
    return is_large(&amount->number.value) && cue && cue->term->cls == TERM_CUE && cue->term->kind <= CUE_UNDER && !follows_count(scan, start);
}

/* The number alone, to be kept if a metric stands by it, or with the unit of its list. */
static uint32_t read_alone(struct scan *scan, struct amount *amount,
                           const struct value_term *currency, struct item *item)
{
    const struct line *line = &scan->line;
    jw_decimal scale = {0, 0, 0};
    const struct value_term *unit =
        jwi_value_follows_from(scan, item->start) ? reached_unit(scan, amount, &scale) : list_unit(line, amount->end, &scale);
    if (unit && currency && unit->kind == JW_VALUE_MONEY && unit->currency[0] != '*') /* 日圓150、1美元 */
        unit = NULL;
    item->end = amount->end;
    item->value.value = amount->number.value;
    set_approx(item, amount->number.style);
    if (unit && !(amount->number.style & (NUMBER_BARE | NUMBER_VAGUE)) &&
        (amount->number.style & (NUMBER_ASCII | NUMBER_HAN))) {
        if (scale.known && !(amount->number.style & NUMBER_SCALED))
            item->value.value = jwi_decimal_times(item->value.value, scale.mantissa, scale.power);
        item->value.value = jwi_amount_times(item->value.value, unit);
        jwi_amount_name(scan, unit, currency, item);
        return item->end;
    }
    if (is_ten_thousand_and(line, item->start, amount)) {
        static const jw_bytes points = {"points", 6};
        item->value.kind = JW_VALUE_QUANTITY;
        item->value.unit = points;
        return item->end;
    }
    if (is_cents(line, item->start, amount) && !currency) {
        item->value.value = jwi_decimal_times(item->value.value, 1, -2);
        item->value.kind = JW_VALUE_MONEY;
        memcpy(item->value.currency, own_currency(scan), 3);
        return item->end = amount->end + 1;
    }
    if (jwi_amount_is_spent(line, item->start, amount) && !currency) {
        memcpy(item->value.currency, own_currency(scan), 3);
        item->value.kind = JW_VALUE_MONEY;
        return item->end;
    }
    if (jwi_amount_is_score(line, item->start, amount) && !currency) {
        static const jw_bytes marks = {"分", 3};
        item->value.kind = JW_VALUE_QUANTITY;
        item->value.unit = marks;
        return item->end = amount->end + 1;
    }
    const int has_digits = (amount->number.style & (NUMBER_ASCII | NUMBER_HAN)) && !(amount->number.style & NUMBER_BARE);
    if (!(amount->number.style & (NUMBER_ASCII | NUMBER_BIG)) || (!has_digits && !is_round(scan, item->start, amount)))
        return 0;
    if (is_tight(line, amount->end) && is_latin(code_at(line, amount->end)) &&
        !(amount->number.style & NUMBER_BIG))
        return 0;
    jwi_amount_name(scan, NULL, currency, item);
    const struct value_term *name = jwi_value_find(line, amount->end, TERM_METRIC);
    const uint32_t next = code_at(line, amount->end);
    if (!(amount->number.style & NUMBER_SCALED) &&
        ((next == ':' && !(amount->number.style & NUMBER_POINT)) || next == 0x500b ||
         (next == '.' && !currency && !(amount->number.style & (NUMBER_COMMA | NUMBER_POINT)) && !is_digit(code_at(line, amount->end + 1)))))
        return 0; /* 1: 31.4, 2., 2個股本 */
    if (((name && is_tight(line, amount->end) && !has_hint(line, amount->end, HINT_BOARD_TRAIL)) || next == 0x514c) && !currency &&
        !(amount->number.style & (NUMBER_SCALED | NUMBER_POINT))) /* S&P 500 指數, 119兌一美元, but 40停損 */
        return 0;
    const int is_slang = line->cls[amount->end - 1] == UNIT_LATIN; /* 39K */
    if (!currency && !(amount->number.style & NUMBER_BIG) && !is_slang)
        item->flags |= ITEM_BARE;
    if (!currency && (amount->number.style & NUMBER_BIG) && is_large(&item->value.value) && !counts_people(line, item->start) &&
        !follows_count(scan, item->start) && !counts_things(line, amount->end)) {
        memcpy(item->value.currency, own_currency(scan), 3);
        item->value.kind = JW_VALUE_MONEY;
    }
    return item->end;
}

static uint32_t read_whole(struct scan *scan, uint32_t start, struct amount *amount,
                           const struct value_term *currency, struct item *item)
{
    const struct line *line = &scan->line;
    const uint32_t digits = amount->number.style & (NUMBER_ASCII | NUMBER_HAN),
                   before = start ? line->code[start - 1] : 0;
    const uint32_t first = code_at(line, start);
    if (!digits && (before == '(' || before == ':' || first == 0x4edf || first == 0x4f70 ||
                    currency)) /* 仟 佰: (仟元) is the unit of a form */
        return 0;
    if (!amount->unit ||
        ((amount->number.style & NUMBER_BARE) && !has_cue_for_scale(scan, start)) ||
        is_article(line, start, amount))
        return 0;
    const int is_per_tenth = amount->unit->kind == JW_VALUE_PERCENT &&
                             amount->unit->mantissa == 1 && amount->unit->power == 1;
    if (amount->number.style & NUMBER_RANGE) {
        item->value.low = jwi_amount_times(amount->number.low, amount->unit);
        item->value.high = jwi_amount_times(amount->number.high, amount->unit);
    } else {
        const int is_paper = jwi_amount_is_sheet(line, start, amount);
        item->value.value = is_paper ? amount->number.value
                                     : jwi_amount_times(amount->number.value, amount->unit);
        if (is_per_tenth && !is_discount(amount->unit))
            amount->end = add_tenths(line, amount, &item->value.value);
        amount->end = add_half(line, amount->unit, amount->end, &item->value.value);
        if (code_at(line, amount->number.end) == 0x500b &&
            code_at(line, amount->number.end + 1) == 0x534a) /* 兩個半月 */
            item->value.value = jwi_decimal_add(item->value.value,
                                                jwi_amount_times(jwi_decimal(5, -1), amount->unit));
    }
    set_approx(item, amount->number.style);
    if (code_at(line, amount->number.end) == 0x500b &&
        code_at(line, amount->number.end + 1) == 0x591a) /* 7個多月 */
        item->value.approx = JW_APPROX_OVER;
    jwi_amount_name(scan, amount->unit, currency, item);
    static const jw_bytes sheet = {"張", 3};
    if (jwi_amount_is_sheet(line, start, amount))
        item->value.unit = sheet;
    item->end = amount->end;
    return item->end;
}

/* 20塊錢(人民幣), 3萬rmb: the currency said behind the amount. */
static uint32_t named_after(const struct line *line, uint32_t end, struct item *item)
{
    if (code_at(line, end) != '(')
        return end;
    const struct value_term *name = jwi_value_find(line, end + 1, TERM_CUE);
    if (!name || name->kind != CUE_CURRENCY || code_at(line, end + 1 + name->use) != ')')
        return end;
    memcpy(item->value.currency, name->currency, 3);
    return end + 2 + name->use;
}

/* 7年4個月: years and the months behind them are one length of time, 連漲一年 5月 is none. */
static uint32_t add_months(const struct scan *scan, struct item *item)
{
    static const char *const years[] = {"years"}, *const months[] = {"months"};
    struct amount more;
    if (item->value.kind != JW_VALUE_DURATION || !is_one_of(item->value.unit, years, 1) || !item->value.value.known ||
        !is_tight(&scan->line, item->end) || !jwi_amount_read(&scan->line, item->end, &more) || !more.unit ||
        code_at(&scan->line, more.number.end) != 0x500b || /* 個 */
        more.unit->kind != JW_VALUE_DURATION || !is_one_of(value_name(scan->line.lex, more.unit), months, 1) || !more.number.value.known)
        return item->end;
    item->value.value = jwi_decimal_add(jwi_decimal_times(item->value.value, 12, 0), more.number.value);
    item->value.unit = value_name(scan->line.lex, more.unit);
    return item->end = more.end;
}

/* 人民幣總額100,000,000元, 人民幣約30億元: the currency before the word for the whole or for about how much; NULL for none. */
static const struct value_term *currency_of_total(const struct scan *scan, uint32_t at)
{
    const struct line *line = &scan->line;
    const struct mark *const about = jwi_mark_before(scan, at), *const told = about ? jwi_mark_before(scan, about->start) : NULL;
    if (told && about->term->cls == TERM_CUE && about->term->kind <= CUE_UNDER && is_kind(told, CUE_CURRENCY))
        return told->term;
    if (at < 3 || !is_digit(line->code[at]) || !code_is_one_of(line->code[at - 2], u"總共合") || !code_is_one_of(line->code[at - 1], u"額計"))
        return NULL;
    const struct mark *const before = jwi_mark_before(scan, at - 2);
    return before && is_kind(before, CUE_CURRENCY) ? before->term : NULL;
}

static int is_year_first(const struct line *line, const struct amount *amount, uint32_t at)
{
    const uint32_t end = amount->end, next = code_at(line, end + 1);
    return amount->number.digits == 4 && code_at(line, at) == '2' && code_at(line, at + 1) == '0' && is_tight(line, end) &&
           (code_is_one_of(code_at(line, end), u"首第前全開") || (code_is_one_of(code_at(line, end), u"上下") && code_is_one_of(next, u"半季"))); /* 上半年 */
}

uint32_t jwi_value_amount(struct scan *scan, uint32_t at, struct item *item)
{
    const struct line *line = &scan->line;
    struct amount amount;
    memset(item, 0, sizeof *item);
    item->start = at;
    uint32_t end = jwi_amount_share(scan, at, item);
    if (!end)
        end = jwi_amount_half(scan, at, item);
    if (end)
        return end;
    int sign = is_minus_apart(scan, at) ? -1 : sign_at(line, at);
    uint32_t i = at + (sign != 0);
    const struct value_term *currency = jwi_value_find(line, i, TERM_CUE);
    currency = currency && currency->kind == CUE_CURRENCY ? currency : NULL;
    if (currency) {
        i += currency->use;
        i += code_at(line, i) == ':';
        const struct value_term *word = jwi_value_find(line, i, TERM_CUE);
        if (word && word->kind == CUE_SKIP) /* 日圓一度走揚 */
            return 0;
        if (i < line->len && line->gap[i] == GAP_BREAK)
            return 0;
        const int inner = sign_at(line, i);
        i += inner != 0;
        sign = inner ? inner : sign;
    }
    if (!jwi_amount_read(line, i, &amount) ||
        (sign < 0 && amount.unit && amount.unit->kind == JW_VALUE_DURATION)) /* -101年9月7日 */
        return 0;
    const uint32_t next = code_at(line, amount.number.end);
    if (currency && (next == 0x6708 || next == 0x5e74 || next == 0x5b63)) /* 歐元8月 is no sum; 月 年 季 */
        return 0;
    if (currency && !amount.unit && is_year_first(line, &amount, i)) /* 美元2021首交易日 */
        return 0;
    end = read_range(scan, at, &amount, currency, item);
    if (!end)
        end = read_whole(scan, at, &amount, currency, item);
    if (!end && !amount.unit && !currency)
        end = jwi_amount_ratio(scan, at, &amount, item);
    if (!end && (amount.number.style & NUMBER_ASCII))
        end = jwi_amount_bare_range(line, &amount, item);
    if (!end && !amount.unit)
        end = read_alone(scan, &amount, currency, item);
    if (end && (amount.number.style & NUMBER_ASCII))
        jwi_amount_form(scan, at, item);
    if (end && is_dash(line, at, item)) {
        item->start++;
        sign = 0;
    }
    const struct value_term *const total = end && item->value.kind == JW_VALUE_MONEY && !currency ? currency_of_total(scan, at) : NULL;
    if (total)
        memcpy(item->value.currency, total->currency, 3);
    if (end && item->value.kind == JW_VALUE_MONEY)
        end = item->end = named_after(line, end, item);
    if (end)
        end = add_months(scan, item);
    negate(item, sign);
    return end;
}
