/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of a year, named or not: 第三季  Q3  1Q26  FY26  上半年  前11月  1~2月  6月25日  6月底  同期, and what may follow a year.
 */
#include "stage/value/value_date.h"

/* Days [from, to] of a month as a range; one day when they are equal. */
uint32_t jwi_date_done_days(struct date *ret, uint32_t end, jw_period month, int32_t from,
                            int32_t to)
{
    if (!is_known(month))
        return done(ret, end, no_period, no_period);
    const int32_t last = jwi_days_in_month(month.year, month.number);
    const jw_period first_day =
        period_of(month.year, JW_GRAIN_DAY, month.number, from < last ? from : last);
    const jw_period last_day =
        period_of(month.year, JW_GRAIN_DAY, month.number, to < last ? to : last);
    return done(ret, end, first_day, from == to ? no_period : last_day);
}

/* 底 末 初 上旬 中旬 下旬 前20天 after a month. */
uint32_t jwi_date_month_part(const struct line *line, uint32_t at, jw_period month,
                             struct date *ret)
{
    const uint32_t code = code_at(line, at), next = code_at(line, at + 1);
    int32_t days;
    const uint32_t first = code == 0x524d ? jwi_number_small(line, at + 1, &days) : 0; /* 前 */
    if (first && code_is_one_of(code_at(line, first), u"日天") && days > 1 && days <= 31)
        return jwi_date_done_days(ret, first + 1, month, 1, days);
    if (code == 0x5e95 || (code == 0x672b && next != 0x7aef)) /* 底 末 */
        return jwi_date_done_days(ret, at + 1, month, 31, 31);
    if (code == 0x521d) /* 初 */
        return jwi_date_done_days(ret, at + 1, month, 1, 10);
    if (next != 0x65ec) /* 旬 */
        return code == 0x4e2d && !code_is_one_of(next, u"心國華央東南美日共油鋼信") ? jwi_date_done_days(ret, at + 1, month, 11, 20)
                                                : 0; /* 中 */
    if (code == 0x4e0a)
        return jwi_date_done_days(ret, at + 2, month, 1, 10);
    if (code == 0x4e2d)
        return jwi_date_done_days(ret, at + 2, month, 11, 20);
    return code == 0x4e0b ? jwi_date_done_days(ret, at + 2, month, 21, 31) : 0;
}

/* Quarter number before 季 or 財季, or 0. */
uint32_t jwi_date_quarter(const struct line *line, uint32_t at, int32_t *ret)
{
    const int is_ordinal = code_at(line, at) == 0x7b2c; /* 第 */
    uint32_t end = jwi_number_small(line, at + (uint32_t)is_ordinal, ret);
    end += end && code_at(line, end) == 0x8ca1; /* 財 */
    if (!end || *ret < 1 || *ret > 4 || code_at(line, end) != 0x5b63) /* 季 */
        return 0;
    return end + 1 + (code_at(line, end + 1) == 0x5ea6); /* 度 */
}

/* Q3, 3Q, H1, 1H, with a year of two or four digits before or after: 1Q26, Q1'26, 2026Q1, 2H25, FY26, FY2026Q1. */
int32_t jwi_date_latin_year(const struct line *line, uint32_t at, uint32_t *end)
{
    uint32_t i = at;
    int32_t year = 0;
    while (is_digit(code_at(line, i)) && i - at < 5 && (i == at || is_tight(line, i)))
        year = year * 10 + (int32_t)(line->code[i++] - '0');
    if (i - at != 2 && i - at != 4)
        return 0;
    *end = i;
    return i - at == 2 ? 2000 + year : year >= 1900 && year < 2100 ? year : 0;
}

static uint32_t latin_part(const struct line *line, uint32_t at, jw_grain *grain, int32_t *number)
{
    uint32_t letter = code_at(line, at), digit = code_at(line, at + 1);
    if (is_digit(letter)) {
        const uint32_t swap = letter;
        letter = digit;
        digit = swap;
    }
    letter &= ~0x20u;
    if (!is_tight(line, at + 1) || (letter != 'Q' && letter != 'H') || digit < '1' ||
        digit > (letter == 'Q' ? '4' : '2'))
        return 0;
    *grain = letter == 'Q' ? JW_GRAIN_QUARTER : JW_GRAIN_HALF;
    *number = (int32_t)(digit - '0');
    return at + 2;
}

uint32_t jwi_date_latin(const struct line *line, uint32_t at, const struct clock *clock,
                        int32_t year, struct date *ret)
{
    jw_grain grain;
    int32_t number;
    uint32_t i = at, end;
    if ((code_at(line, i) & ~0x20u) == 'F' && (code_at(line, i + 1) & ~0x20u) == 'Y' &&
        is_tight(line, i + 1)) {
        year = jwi_date_latin_year(line, i + 2, &end);
        const uint32_t part = year ? latin_part(line, end, &grain, &number) : 0;
        if (!year || (!part && is_latin_at(line, end)))
            return 0;
        ret->has_year = 1;
        return part ? done(ret, part, jwi_date_in_year(clock, year, grain, number, 0), no_period)
                    : done(ret, end, period_of(year, JW_GRAIN_YEAR, 0, 0), no_period);
    }
    end = latin_part(line, i, &grain, &number);
    if (!end)
        return 0;
    const int has_mark = code_at(line, end) == '\'' || code_at(line, end) == '/';
    if (!year && (has_mark || (is_tight(line, end) && is_digit(code_at(line, end))))) { /* Q1'14, no Q1虧14億元 */
        uint32_t after;
        year = jwi_date_latin_year(line, end + (uint32_t)has_mark, &after);
        ret->has_year = year != 0;
        if (year)
            end = after;
    }
    if (is_tight(line, end) && (is_latin(code_at(line, end)) || is_digit(code_at(line, end))))
        return 0;
    return done(ret, end, jwi_date_in_year(clock, year, grain, number, 0), no_period);
}

/* 前11月, 前三季: from January or the first quarter. */
uint32_t jwi_date_first_months(const struct line *line, uint32_t at, const struct clock *clock,
                               int32_t year, struct date *ret)
{
    int32_t n;
    if (code_at(line, at) != 0x524d || (at && line->code[at - 1] == 0x63d0)) /* 前, no 提前 */
        return 0;
    uint32_t end = jwi_number_small(line, at + 1, &n);
    if (!end || n < 1)
        return 0;
    end += code_at(line, end) == 0x500b; /* 個 */
    const uint32_t unit = code_at(line, end);
    const int32_t months = unit == 0x5b63 ? n * 3 : unit == 0x6708 ? n : 0;
    if (!months || months > 12 || (n == 1 && unit == 0x5b63 && !year))
        return 0;
    if (!year && clock->list_year)
        year = clock->list_year;
    if (!year && clock->has_base)
        year = clock->base.year - (clock->tense != TENSE_FUTURE && months > clock->base.month);
    end++;
    if (!year)
        return done(ret, end, no_period, no_period);
    return done(ret, end, period_of(year, JW_GRAIN_MONTH, 1, 0),
                months == 1 ? no_period : period_of(year, JW_GRAIN_MONTH, months, 0));
}

/* The 20 of 2月20及3月5日: a day whose word comes with the last of the list. */
static int is_listed_day(const struct line *line, uint32_t at)
{
    int32_t number;
    const uint32_t link = code_at(line, at);
    if (link != 0x3001 && link != 0x8207 && link != 0x53ca && link != 0x548c) /* 、與及和 */
        return 0;
    uint32_t end = jwi_number_small(line, at + 1, &number);
    if (end && code_at(line, end) == 0x5e74) /* 年 */
        end = jwi_number_small(line, end + 1, &number);
    if (end && code_at(line, end) == 0x6708) /* 月 */
        end = jwi_number_small(line, end + 1, &number);
    return end && code_at(line, end) == 0x65e5; /* 日 */
}

/* The 至12日 of 11至12日; 0 for none. */
static uint32_t day_range_end(const struct line *line, uint32_t at, int32_t *to)
{
    const uint32_t end = is_range_link(code_at(line, at)) ? jwi_number_small(line, at + 1, to) : 0;
    return end && code_at(line, end) == 0x65e5 ? end + 1 : 0; /* 日 */
}

/* M月 with what may follow: 份, 底, 25日, ~8月.  `number` was read, `at` is at 月. */
uint32_t jwi_date_month(const struct line *line, uint32_t at, const struct clock *clock,
                        int32_t year, int32_t number, struct date *ret)
{
    if (number < 1 || number > 12)
        return 0;
    uint32_t end = at + 1;
    int32_t day, to;
    const uint32_t after =
        line->gap[end < line->len ? end : at] == GAP_BREAK ? 0 : jwi_number_small(line, end, &day);
    const uint32_t last = after ? day_range_end(line, after, &to) : 0;
    if (last && day >= 1 && day < to && to <= 31) /* 12月11至12日 */
        return jwi_date_done_days(ret, last, jwi_date_in_year(clock, year, JW_GRAIN_MONTH, number, 0), day, to);
    if (after && is_listed_day(line, after))
        return done(ret, after, jwi_date_in_year(clock, year, JW_GRAIN_DAY, number, day),
                    no_period);
    if (after && (code_at(line, after) == 0x65e5 || code_at(line, after) == 0x865f)) { /* 日 號 */
        if (day < 1 || day > 31)
            return done(ret, after + 1, no_period, no_period);
        return done(ret, after + 1, jwi_date_in_year(clock, year, JW_GRAIN_DAY, number, day),
                    no_period);
    }
    end += code_at(line, end) == 0x4efd; /* 份 */
    const jw_period month = jwi_date_in_year(clock, year, JW_GRAIN_MONTH, number, 0);
    const uint32_t part = jwi_date_month_part(line, end, month, ret);
    return part ? part : done(ret, end, month, no_period);
}

/* 1~2月, 1-10月, 1至4月: both ends of one year. */
uint32_t jwi_date_month_range(const struct line *line, uint32_t at, const struct clock *clock,
                              int32_t year, struct date *ret)
{
    int32_t from, to;
    uint32_t i = jwi_number_small(line, at, &from);
    if (!i)
        return 0;
    const uint32_t link = code_at(line, i);
    if (!is_range_link(link))
        return 0;
    i = jwi_number_small(line, i + 1, &to);
    if (!i || code_at(line, i) != 0x6708 || from < 1 || from >= to || to > 12)
        return 0;
    const jw_period last = jwi_date_in_year(clock, year, JW_GRAIN_MONTH, to, 0);
    if (!is_known(last))
        return done(ret, i + 1, no_period, no_period);
    return done(ret, i + 1, period_of(last.year, JW_GRAIN_MONTH, from, 0), last);
}

uint32_t jwi_date_same_period(uint32_t end, const struct clock *clock, int32_t back,
                              struct date *ret)
{
    jw_period first = clock->first, last = clock->last;
    first.year = (int16_t)(first.year - back);
    last.year = (int16_t)(last.year - back);
    if (!is_known(first))
        return done(ret, end, no_period, no_period);
    return done(ret, end, first, is_known(last) ? last : no_period);
}

/* What may follow a year: 上半年, 第三季, Q3, 前11月, 3月, 同期, 底, 以來. */
uint32_t jwi_date_part(const struct line *line, uint32_t at, const struct clock *clock,
                       int32_t year, struct date *ret)
{
    int32_t number;
    uint32_t end;
    if (at >= line->len || line->gap[at] == GAP_BREAK)
        return 0;
    const struct value_term *word = jwi_value_find(line, at, TERM_DATE);
    if (word && year) {
        end = at + word->use;
        if (word->kind == DATE_HALF)
            return done(ret, end, period_of(year, JW_GRAIN_HALF, word->arg, 0), no_period);
        if (word->kind == DATE_QUARTER_NAME)
            return done(ret, end, period_of(year, JW_GRAIN_QUARTER, word->arg, 0), no_period);
        if (word->kind == DATE_MONTH_NAME)
            return done(ret, end, period_of(year, JW_GRAIN_MONTH, word->arg, 0), no_period);
        if (word->kind == DATE_FULL_YEAR)
            return done(ret, end, period_of(year, JW_GRAIN_YEAR, 0, 0), no_period);
    }
    end = jwi_date_first_months(line, at, clock, year, ret);
    if (!end)
        end = jwi_date_month_range(line, at, clock, year, ret);
    if (!end)
        end = jwi_date_latin(line, at, clock, year, ret);
    if (!end && jwi_date_quarter(line, at, &number) && (code_at(line, at) == 0x7b2c || year))
        end = done(ret, jwi_date_quarter(line, at, &number),
                   jwi_date_in_year(clock, year, JW_GRAIN_QUARTER, number, 0), no_period);
    if (end)
        return end;
    end = jwi_number_small(line, at, &number);
    return end && code_at(line, end) == 0x6708 ? jwi_date_month(line, end, clock, year, number, ret)
                                               : 0; /* 月 */
}

/* 年底 月底 after 年: the last day; 年初: January. */
static uint32_t year_part(const struct line *line, uint32_t at, int32_t year, struct date *ret)
{
    const uint32_t code = code_at(line, at), next = code_at(line, at + 1);
    if (code == 0x5e95 || (code == 0x672b && next != 0x7aef)) /* 底 末 */
        return done(ret, at + 1, period_of(year, JW_GRAIN_DAY, 12, 31), no_period);
    if (code == 0x521d) /* 初 */
        return done(ret, at + 1, period_of(year, JW_GRAIN_MONTH, 1, 0), no_period);
    return 0;
}

uint32_t jwi_date_after_year(const struct line *line, uint32_t at, const struct clock *clock,
                             int32_t year, struct date *ret)
{
    ret->has_year = 1;
    if (code_at(line, at) == 0x4ee3 && year % 10 == 0) /* 1970年代 */
        return done(ret, at + 1, period_of(year, JW_GRAIN_YEAR, 0, 0),
                    period_of(year + 9, JW_GRAIN_YEAR, 0, 0));
    uint32_t i = at + (code_at(line, at) == 0x5ea6); /* 度 */
    if (i < line->len && line->gap[i] == GAP_BREAK)
        return done(ret, i, period_of(year, JW_GRAIN_YEAR, 0, 0), no_period);
    int32_t month;
    const uint32_t of = code_at(line, i) == 0x7684 ? jwi_number_small(line, i + 1, &month) : 0;
    if (of && code_at(line, of) == 0x6708) /* 2009年的11月底 */
        i++;
    uint32_t end = year_part(line, i, year, ret);
    if (!end)
        end = jwi_date_part(line, i, clock, year, ret);
    return end ? end : done(ret, i, period_of(year, JW_GRAIN_YEAR, 0, 0), no_period);
}

/* What follows a year that may be unknown: the words belong together all the same, the value stays open. */
uint32_t jwi_date_join_year(const struct line *line, uint32_t at, const struct clock *clock,
                            int32_t year, struct date *ret)
{
    if (year)
        return jwi_date_after_year(line, at, clock, year, ret);
    struct date part = {.end = 0};
    uint32_t end = year_part(line, at, 2000, &part);
    if (!end)
        end = jwi_date_part(line, at, clock, 0, &part);
    return done(ret, end ? end : at, no_period, no_period);
}
