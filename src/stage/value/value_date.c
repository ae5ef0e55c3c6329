/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates by numbers: 民國115年6月25日  115/06/25  1150625  2026-06-25  20日, times of day, and the choice among all readers of dates.
 * Method: each form is read left to right into a period and resolved at once against the clock; what turns out to be a length of time
 * (10年期, 連5日) is left to the reader of amounts.
 */
#include "stage/value/value_date.h"

#include <string.h>

enum { ROC_FIRST = 40 };

/* Words that make "115年" a length of time. */
static int is_length_after(const struct line *line, uint32_t at)
{
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    if (cue && (cue->kind == CUE_OVER_AFTER || cue->kind == CUE_ABOUT_AFTER ||
                cue->kind == CUE_UNDER_AFTER))
        return 1;
    int32_t months;
    if (code_at(line, at) == 0x524d) /* 467年前, but 115年前11月 */
        return !jwi_number_small(line, at + 1, &months);
    switch (code_at(line, at)) {
    case 0x671f: /* 期 */
    case 0x4f86: /* 來 */
    case 0x7684: /* 的 */
    case 0x6b77: /* 歷 */
    case 0x5f8c: /* 後 */
    case 0x5167: /* 內 */
    case 0x9593: /* 間 */
    case 0x591a: /* 多 */
    case 0x9918: /* 餘 */
    case 0x534a: /* 半 */
        return 1;
    default:
        return 0;
    }
}

static int is_length_before(const struct line *line, uint32_t at)
{
    const uint32_t code = at ? line->code[at - 1] : 0;
    if (at > 1 && (line->code[at - 2] == 0x9023 ||
                   (code == 0x904e && line->code[at - 2] == 0x8d85))) /* 連跌3日, 超過 */
        return 1;
    switch (code) {
    case 0x8fd1: /* 近 */
    case 0x903e: /* 逾 */
    case 0x9054: /* 達 */
    case 0x7d04: /* 約 */
    case 0x6bcf: /* 每 */
    case 0x9577: /* 長 */
    case 0x9023: /* 連 */
    case 0x7e8c: /* 續 */
    case 0x5171: /* 共 */
    case 0x6eff: /* 滿 */
    case 0x6642: /* 時 */
        return 1;
    default:
        return 0;
    }
}

/* 89年至95年, `at` being at the first 年. */
static int is_year_range(const struct line *line, uint32_t at, int32_t from)
{
    int32_t to;
    const uint32_t end =
        is_range_link(code_at(line, at + 1)) ? jwi_number_small(line, at + 2, &to) : 0;
    return end && code_at(line, end) == 0x5e74 && to > from && to < ROC_LAST; /* 年 */
}

/* 99年9億元, 98年的時候: from the eighties on a bare year is more likely than so many years; a lease runs 99年. */
static int is_late_year(const struct line *line, uint32_t start, uint32_t at, int32_t number)
{
    const uint32_t next = code_at(line, at + 1), after = code_at(line, at + 2);
    if (number < 80 || !is_digit(line->code[start]) || is_length_before(line, start) ||
        (start && line->code[start - 1] == 0x671f) || next == 0x79df || next == 0x4ee3) /* 期 租 代 */
        return 0;
    return (next == 0x7684 && after == 0x6642) || !is_length_after(line, at + 1); /* 的時 */
}

/* A number before 年 as a year: four digits, or a year of the Republic; 0 when it counts years instead. */
static int32_t year_of(const struct line *line, uint32_t start, uint32_t at, int32_t number,
                       int is_roc)
{
    const uint32_t next = code_at(line, at + 1);
    const int is_dated =
        (is_digit(next) && line->gap[at + 1 < line->len ? at + 1 : at] != GAP_BREAK) ||
        next == 0x7b2c || next == 0x5ea6;
    if (is_roc)
        return number >= 1 && number <= 999 ? number + ROC : 0;
    if (number >= 1900 && number < 2200)
        return number;
    if (number >= 1000 && number < 1900)
        return is_length_after(line, at + 1) || is_length_before(line, start) ? 0 : number;
    const uint32_t before = start ? line->code[start - 1] : 0;
    const int is_placed = before == 0x81ea || before == 0x5f9e || before == 0x65bc ||
                          before == 0x8fc4 || before == 0x5728; /* 自 從 於 迄 在 */
    if (number >= 100 && number < ROC_LAST)
        return (number > 100 || is_dated || is_placed || next == 0x5e95) && /* 底 */ !is_length_after(line, at + 1) &&
                       !is_length_before(line, start)
                   ? number + ROC
                   : 0;
    if (number >= ROC_FIRST && number < 100 &&
        (next == 0x5ea6 || next == 0x5e95 || is_year_range(line, at, number) || /* 度 底 */
         (is_placed && !is_length_after(line, at + 1)) || is_late_year(line, start, at, number)))
        return number + ROC;
    if (number >= ROC_LAST && number < ROC_LAST + 50 && is_range_link(before) && is_digit(next) && start > 1 &&
        (line->code[start - 2] == 0x65e5 || line->code[start - 2] == 0x6708)) /* 110年11月1日至160年10月31日; 日 月 */
        return number + ROC;
    if (number >= ROC_LAST && number < 1000 &&
        (before == 0x5728 || before == 0x65bc)) /* 在882年 於 */
        return is_length_after(line, at + 1) ? 0 : number;
    int32_t month;
    const uint32_t end = jwi_number_small(line, at + 1, &month);
    if (number < 20 || number >= 100 || !end || code_at(line, end) != 0x6708 || month < 1 ||
        month > 12)
        return 0;
    return number >= ROC_FIRST ? number + ROC : number + 2000;
}

/* The 115/05/31 of 114/12/01-115/05/31. */
static int is_dated_after(const struct line *line, uint32_t at, uint32_t separator)
{
    uint32_t parts = 0;
    for (; separator != '-' && is_digit(code_at(line, at)); at++) {
        while (is_digit(code_at(line, at)))
            at++;
        parts++;
        if (code_at(line, at) != separator)
            break;
    }
    return parts > 1;
}

/* YYYY/MM/DD with any of / - . between, two or three numbers; years of four digits or of the Republic. */
static uint32_t read_slashes(const struct line *line, uint32_t at, const struct clock *clock,
                             int is_roc, struct date *ret)
{
    int32_t part[3] = {0, 0, 0};
    uint32_t digits[3] = {0, 0, 0}, n = 0, i = at, separator = 0;
    for (; n < 3; n++) {
        for (; is_digit(code_at(line, i)) && digits[n] < 5 && (digits[n] == 0 || is_tight(line, i));
             i++, digits[n]++)
            part[n] = part[n] * 10 + (int32_t)(line->code[i] - '0');
        if (!digits[n] || digits[n] > 4)
            return 0;
        const uint32_t code = code_at(line, i);
        const int may_go_on =
            n < 2 && is_tight(line, i) && is_tight(line, i + 1) && is_digit(code_at(line, i + 1));
        if (!may_go_on ||
            (separator ? code != separator : code != '/' && code != '-' && code != '.')) {
            n++;
            break;
        }
        separator = code;
        i++;
    }
    if (n < 2 || !separator)
        return 0;
    if (n == 3 && digits[2] == 4 && separator == '/' && part[2] >= 1900 && part[2] < 2200 &&
        !(is_tight(line, i) && is_digit(code_at(line, i)))) { /* 12/18/2024, as boards of the net write it */
        ret->has_year = 1;
        return done(ret, i, jwi_date_in_year(clock, part[2], JW_GRAIN_DAY, part[0], part[1]),
                    no_period);
    }
    const uint32_t after = is_tight(line, i) ? code_at(line, i) : 0;
    const int is_cut = after == '-' && is_digit(code_at(line, i + 1)) && !is_dated_after(line, i + 1, separator);
    if (is_digit(after) || (is_latin(after) && after != 'T') || after == '%' || after == 0x5f37 /* 強 */ || (n == 3 && (after == '/' || is_cut)))
        return 0;
    const int is_year = digits[0] == 4
                            ? part[0] >= 1900 && part[0] < 2200
                            : is_roc || (digits[0] == 3 && part[0] >= 80 && part[0] < ROC_LAST);
    const int32_t year = digits[0] == 4 ? part[0] : part[0] + ROC;
    if (is_year && n == 3) {
        if (digits[1] > 2 || digits[2] > 2 ||
            (separator == '.' && digits[0] == 3 && digits[1] != 2))
            return 0;
        ret->has_year = 1;
        return done(ret, i, jwi_date_in_year(clock, year, JW_GRAIN_DAY, part[1], part[2]),
                    no_period);
    }
    if (separator != '/')
        return 0;
    if (is_year && n == 2 && (digits[1] == 2 || digits[0] == 4 || part[0] > 100) && part[1] >= 1 &&
        part[1] <= 12) {
        ret->has_year = 1;
        return done(ret, i, period_of(year, JW_GRAIN_MONTH, part[1], 0), no_period);
    }
    if (n != 2 || digits[0] > 2 || digits[1] > 2 || part[0] < 1 || part[0] > 12 || part[1] < 1 ||
        part[1] > 31 || after == '/')
        return 0;
    i += code_at(line, i) == 0x65e5; /* 5/5日 */
    return done(ret, i, jwi_date_in_year(clock, 0, JW_GRAIN_DAY, part[0], part[1]), no_period);
}

/* 1150625 and 20260625 standing alone. */
static uint32_t read_packed(const struct line *line, uint32_t at, struct date *ret)
{
    uint32_t n = 0;
    int32_t all = 0;
    for (; n < 9 && is_digit(code_at(line, at + n)) && (n == 0 || is_tight(line, at + n)); n++)
        all = all * 10 + (int32_t)(line->code[at + n] - '0');
    const uint32_t before = at && line->gap[at] == GAP_NONE ? line->code[at - 1] : 0,
                   after = code_at(line, at + n);
    if ((n != 7 && n != 8) || before == '-' || before == '.' || before == '$' || after == '.' ||
        after == ',' || after == '-' || jwi_value_find(line, at + n, TERM_UNIT) ||
        jwi_small_scale(after) || jwi_big_scale(after))
        return 0;
    const int32_t year = all / 10000 + (n == 7 ? ROC : 0);
    const struct civil date = {year, all / 100 % 100, all % 100};
    if (!jwi_is_civil(date) ||
        (n == 7 ? year < ROC + 80 || year >= ROC + ROC_LAST : year < 1900 || year >= 2100))
        return 0;
    ret->has_year = 1;
    return done(ret, at + n, day_of(date), no_period);
}

/* 民國115年..., 民國115/6/25, 民國1150625. */
static uint32_t read_roc(const struct line *line, uint32_t at, const struct clock *clock,
                         struct date *ret)
{
    int32_t number;
    if (code_at(line, at) != 0x6c11 || code_at(line, at + 1) != 0x570b) /* 民國 */
        return 0;
    const uint32_t end = jwi_number_small(line, at + 2, &number);
    if (end && code_at(line, end) == 0x5e74 && number >= 1) /* 年 */
        return jwi_date_after_year(line, end + 1, clock, number + ROC, ret);
    const uint32_t slashes = read_slashes(line, at + 2, clock, 1, ret);
    return slashes ? slashes : read_packed(line, at + 2, ret);
}

static uint32_t duration(struct date *ret)
{
    ret->is_duration = 1;
    return 0;
}

/* 20日 with no month: not after 連, 近 ..., not before 線, 內 ... */
static uint32_t read_bare_day(const struct line *line, uint32_t start, uint32_t at,
                              const struct clock *clock, int32_t day, struct date *ret)
{
    const uint32_t next = code_at(line, at + 1);
    if (day < 1 || day > 31 || !is_digit(line->code[start]) || is_length_before(line, start) ||
        (next != 0x7684 && is_length_after(line, at + 1)) || next == 0x5747 || next == 0x7dda ||
        next == 0x79fb || next == 0x6f32 || next == 0x8dcc || next == 0x672c || next == 0x5713) /* 均線移漲跌本圓 */
        return duration(ret);
    jw_period best = no_period;
    int32_t nearest = INT32_MAX;
    if (clock->near.grain == JW_GRAIN_DAY)
        return done(
            ret, at + 1,
            jwi_date_in_year(clock, clock->near.year, JW_GRAIN_DAY, clock->near.number, day),
            no_period);
    for (int32_t offset = -1; clock->has_base && offset <= 1; offset++) {
        jw_period period = jwi_date_month_from(clock->base, offset);
        period = period_of(period.year, JW_GRAIN_DAY, period.number, day);
        if (!jwi_date_exists(period))
            continue;
        const int32_t away = jwi_date_distance(clock, period);
        if (away >= 0 && away < nearest) {
            nearest = away;
            best = period;
        }
    }
    return done(ret, at + 1, best, no_period);
}

/* 2019-2023年, 2020至2022年, 97至99年度. */
static uint32_t year_range(const struct line *line, uint32_t at, struct date *ret)
{
    int32_t from, to;
    uint32_t i = jwi_number_small(line, at, &from);
    if (!i || from < ROC_FIRST || from > 2200 || !is_range_link(code_at(line, i)))
        return 0;
    i = jwi_number_small(line, i + 1, &to);
    if (!i || code_at(line, i) != 0x5e74 || to <= from || to > 2200) /* 年 */
        return 0;
    const int is_fiscal = code_at(line, i + 1) == 0x5ea6; /* 度 */
    if (from < ROC_LAST && (to >= ROC_LAST || (from < 80 && !is_fiscal)))
        return 0;
    const int32_t era = from < ROC_LAST ? ROC : 0;
    if (!era && from < 1900)
        return 0;
    ret->has_year = 1;
    return done(ret, i + 1 + (uint32_t)is_fiscal, period_of(from + era, JW_GRAIN_YEAR, 0, 0),
                period_of(to + era, JW_GRAIN_YEAR, 0, 0));
}

/* The 5 of 5、6月. */
static uint32_t list_month(const struct line *line, uint32_t at, const struct clock *clock,
                           struct date *ret)
{
    int32_t number, next;
    const uint32_t end = jwi_number_small(line, at, &number);
    const uint32_t link = code_at(line, end);
    if (!end || number < 1 || number > 12 ||
        (link != 0x3001 && link != 0x8207 && link != 0x53ca && link != 0x548c)) /* 、與及和 */
        return 0;
    const uint32_t after = jwi_number_small(line, end + 1, &next);
    if (!after || code_at(line, after) != 0x6708 || next <= number || next > 12) /* 月 */
        return 0;
    return done(ret, end, jwi_date_in_year(clock, 0, JW_GRAIN_MONTH, number, 0), no_period);
}

/* The 114 of 114及113年度: two years of one form. */
static uint32_t list_year(const struct line *line, uint32_t at, struct date *ret)
{
    int32_t number, next;
    const uint32_t end = jwi_number_small(line, at, &number), link = code_at(line, end);
    if (!end || (link != 0x3001 && link != 0x8207 && link != 0x53ca && link != 0x548c)) /* 、與及和 */
        return 0;
    const uint32_t after = jwi_number_small(line, end + 1, &next);
    const int32_t apart = next > number ? next - number : number - next;
    if (!after || code_at(line, after) != 0x5e74 || !apart || apart > 10) /* 年 */
        return 0;
    const int is_roc = number >= ROC_FIRST && number < ROC_LAST && next >= ROC_FIRST &&
                       next < ROC_LAST &&
                       (code_at(line, after + 1) == 0x5ea6 || (number > 100 && next > 100)); /* 度 */
    if (!is_roc && (number < 1900 || number >= 2200 || next < 1900 || next >= 2200))
        return 0;
    ret->has_year = 1;
    return done(ret, end, period_of(is_roc ? number + ROC : number, JW_GRAIN_YEAR, 0, 0), no_period);
}

/* 在 alone, not the end of 收在, 站在, 買在. */
static int is_preposition(const struct line *line, uint32_t at)
{
    static const uint16_t verbs[] = {0x6536, 0x7ad9, 0x8cb7, 0x8ce3, 0x5957, 0x5b88, 0x843d, 0x7a7a, 0x7dad, 0x5361}; /* 收站買賣套守落空維卡 */
    for (size_t i = 0; at && i < sizeof verbs / sizeof *verbs; i++)
        if (line->code[at - 1] == verbs[i])
            return 0;
    return 1;
}

/* 2330收盤 is of a code. */
static int is_price_term(const struct line *line, const struct value_term *metric)
{
    static const char price[] = "price", index[] = "index";
    const jw_bytes name = value_name(line->lex, metric);
    return name.len == 5 && (!memcmp(name.at, price, 5) || !memcmp(name.at, index, 5));
}

/* Letters before a bare number of four digits that is no year: a code, a part of a longer number, a level. */
static int may_be_year(const struct line *line, uint32_t at)
{
    const uint32_t before = at && line->gap[at] == GAP_NONE ? line->code[at - 1] : 0;
    return !is_digit(before) && !is_latin(before) && before != '(' && before != '-' && before != '.' && before != '/' && before != '$' &&
           before != '#' && before != ':';
}

/* Four digits of a year from 1990 to 2039 and nothing more; 0 for none. */
static int32_t four_digits(const struct line *line, uint32_t at)
{
    int32_t year = 0;
    for (uint32_t i = at; i < at + 4; i++) {
        if (!is_digit(code_at(line, i)) || (i > at && !is_tight(line, i)))
            return 0;
        year = year * 10 + (int32_t)(line->code[i] - '0');
    }
    const uint32_t next = is_tight(line, at + 4) ? code_at(line, at + 4) : 0;
    return year >= 1990 && year < 2040 && !is_digit(next) && next != ',' && next != '.' ? year : 0;
}

/* 2025營收, 2024全年, 〈2023百貨周慶〉, 2025E, 2020-2022, 在2018股價: a year without its word. */
static uint32_t bare_year(const struct line *line, uint32_t at, const struct clock *clock, struct date *ret)
{
    static const uint16_t words[][2] = {{0x5168, 0x5e74}, {0x5c55, 0x671b}, {0x8ca1, 0x5831}, {0x9810, 0x4f30}, {0x76ee, 0x6a19},
                                        {0x6295, 0x8cc7}, {0x71df, 0x904b}}; /* 全年 展望 財報 預估 目標 投資 營運 */
    const int32_t year = may_be_year(line, at) ? four_digits(line, at) : 0;
    const uint32_t end = at + 4, next = is_tight(line, end) ? code_at(line, end) : 0, before = at ? line->code[at - 1] : 0;
    struct date part;
    if (!year || next == NAME_LETTER || next == 0x5e74 || (next && jwi_date_part(line, end, clock, year, &part))) /* 年 */
        return 0;
    const int32_t to = next == '-' || next == '~' || next == '/' ? four_digits(line, end + 1) : 0;
    const uint32_t after_to = is_tight(line, end + 5) ? code_at(line, end + 5) : 0;
    ret->has_year = 1;
    if (to > year && to - year < 30 && after_to != '/' && after_to != '-' && !is_latin(after_to) && after_to != NAME_LETTER)
        return done(ret, end + 5, period_of(year, JW_GRAIN_YEAR, 0, 0), period_of(to, JW_GRAIN_YEAR, 0, 0));
    if ((next == 'E' || next == 'F') && !(is_tight(line, end + 1) && (is_latin(code_at(line, end + 1)) || is_digit(code_at(line, end + 1)))))
        return done(ret, end + 1, period_of(year, JW_GRAIN_YEAR, 0, 0), no_period);
    const struct value_term *metric = next ? jwi_value_find(line, end, TERM_METRIC) : NULL;
    int is_year = (before == 0x3008 && line->cls[end] == UNIT_HAN) || /* 〈 */
                  (before == 0x5728 && next && line->cls[end] == UNIT_HAN && is_preposition(line, at - 1)); /* 在 */
    is_year |= metric && metric->use > 1 && !is_price_term(line, metric) && (!at || line->gap[at] || !before || line->cls[at - 1] != UNIT_HAN);
    for (size_t i = 0; i < sizeof words / sizeof *words && next; i++)
        is_year |= next == words[i][0] && code_at(line, end + 1) == words[i][1];
    const struct value_term *unit = is_year ? jwi_value_find(line, end, TERM_UNIT) : NULL;
    return is_year && !(unit && unit->kind) ? done(ret, end, period_of(year, JW_GRAIN_YEAR, 0, 0), no_period) : 0;
}

/* 89學年度: from August to July. */
static uint32_t school_year(uint32_t end, int32_t number, const struct line *line, struct date *ret)
{
    const int32_t year = number >= ROC_FIRST && number < ROC_LAST ? number + ROC : number;
    if (year < 1900 || year >= 2200)
        return 0;
    ret->has_year = 1;
    end += code_at(line, end) == 0x5ea6; /* 度 */
    return done(ret, end, period_of(year, JW_GRAIN_MONTH, 8, 0),
                period_of(year + 1, JW_GRAIN_MONTH, 7, 0));
}

static uint32_t read_number(const struct line *line, uint32_t at, const struct clock *clock,
                            struct date *ret)
{
    int32_t number;
    uint32_t end = read_packed(line, at, ret);
    if (!end)
        end = read_slashes(line, at, clock, 0, ret);
    if (!end)
        end = jwi_date_month_range(line, at, clock, 0, ret);
    if (!end)
        end = year_range(line, at, ret);
    if (!end)
        end = list_month(line, at, clock, ret);
    if (!end)
        end = list_year(line, at, ret);
    if (!end)
        end = bare_year(line, at, clock, ret);
    if (end)
        return end;
    end = clock->near.grain == JW_GRAIN_QUARTER ? jwi_date_quarter(line, at, &number) : 0;
    if (end)
        return done(ret, end,
                    jwi_date_in_year(clock, clock->near.year, JW_GRAIN_QUARTER, number, 0),
                    no_period);
    end = jwi_number_small(line, at, &number);
    if (!end || line->gap[end < line->len ? end : at] == GAP_BREAK)
        return 0;
    const uint32_t unit = code_at(line, end);
    if (unit == 0x6708 && (line->code[at] == 0x5169 || is_length_before(line, at))) /* 連兩月 */
        return duration(ret);
    int32_t year = unit == 0x5e74 ? year_of(line, at, end, number, 0) : 0; /* 年 */
    if (unit == 0x5e74 && !year && clock->near.grain == JW_GRAIN_YEAR && number >= ROC_FIRST &&
        number + ROC > clock->near.year && number < ROC_LAST)
        year = number + ROC; /* the 95 of 89年至95年 */
    if (year)
        return jwi_date_after_year(line, end + 1, clock, year, ret);
    if (unit == 0x5b78 && code_at(line, end + 1) == 0x5e74)
        return school_year(end + 2, number, line, ret);
    if (unit == 0x5e74)
        return duration(ret);
    if (unit == 0x6708) /* 月 */
        return jwi_date_month(line, end, clock, 0, number, ret);
    if (unit == 0x65e5) /* 日 */
        return read_bare_day(line, at, end, clock, number, ret);
    if (number >= 1900 && number < 2100 && end - at == 4) {
        const struct value_term *word = jwi_value_find(line, end, TERM_DATE);
        const int is_fiscal = (unit == 0x8ca1 && code_at(line, end + 1) == 0x5e74); /* 財年 */
        if (is_fiscal)
            return jwi_date_after_year(line, end + 2, clock, number, ret);
        if ((word && (word->kind == DATE_HALF || word->kind == DATE_FULL_YEAR)) || unit == 0x7b2c ||
            (is_latin(unit) && is_tight(line, end)))
            return jwi_date_part(line, end, clock, number, ret);
    }
    return 0;
}

/* 第三季, and 第 before 二 in 第二、三季. */
static uint32_t read_ordinal(const struct line *line, uint32_t at, const struct clock *clock,
                             struct date *ret)
{
    int32_t number, other;
    uint32_t end = jwi_date_quarter(line, at, &number);
    if (end)
        return done(ret, end, jwi_date_in_year(clock, 0, JW_GRAIN_QUARTER, number, 0), no_period);
    end = jwi_number_small(line, at + 1, &number);
    const uint32_t link = code_at(line, end);
    if (!end || number < 1 || number > 4 ||
        (link != 0x3001 && link != 0x81f3 && link != 0x5230 && link != '~' && link != '-'))
        return 0;
    const uint32_t close = jwi_date_quarter(line, end + 1, &other);
    if (!close || other <= number)
        return 0;
    const jw_period last = jwi_date_in_year(clock, 0, JW_GRAIN_QUARTER, other, 0);
    const jw_period first =
        is_known(last) ? period_of(last.year, JW_GRAIN_QUARTER, number, 0) : no_period;
    return link == 0x3001 ? done(ret, end, first, no_period)
                          : done(ret, close, first, last); /* 、 */
}

/* 成本年增, 說明年底 hold no 本年 and no 明年. */
static int begins_word(const struct line *line, uint32_t at)
{
    const uint32_t code = line->code[at], before = at ? line->code[at - 1] : 0;
    if (code == 0x672c) /* 本 */
        return before != 0x6210 && before != 0x57fa && before != 0x8cc7 &&
               before != 0x80a1;                                         /* 成基資股 */
    if (code == 0x660e)                                                  /* 明 */
        return before != 0x8aaa && before != 0x8072 && before != 0x8b49; /* 說聲證 */
    return 1;
}

uint32_t jwi_date_read(const struct line *line, uint32_t at, const struct clock *clock,
                       struct date *ret)
{
    const struct date fresh = {.end = 0};
    *ret = fresh;
    const uint32_t code = code_at(line, at);
    uint32_t end = code == 0x6c11 ? read_roc(line, at, clock, ret) : 0;
    if (end)
        return end;
    if (is_digit(code) || jwi_han_digit(code) > 0 || jwi_small_scale(code)) {
        end = is_digit(code) ? jwi_date_latin(line, at, clock, 0, ret) : 0;
        if (!end && is_digit(code)) {
            uint32_t after;
            const int32_t year = jwi_date_latin_year(line, at, &after);
            end = year && is_latin_at(line, after) ? jwi_date_latin(line, after, clock, year, ret)
                                                   : 0;
            ret->has_year = end != 0;
        }
        return end ? end : read_number(line, at, clock, ret);
    }
    if (is_latin(code)) {
        struct civil day;
        end = jwi_date_english(line, at, &day);
        ret->has_year = end != 0;
        return end ? done(ret, end, day_of(day), no_period)
                   : jwi_date_latin(line, at, clock, 0, ret);
    }
    if (code == 0x7b2c) /* 第 */
        return read_ordinal(line, at, clock, ret);
    const struct value_term *word = jwi_value_find(line, at, TERM_DATE);
    if (word && begins_word(line, at) && code_at(line, at + word->use) != 0x5316) /* 算下來|年化配息率 */
        end = jwi_date_word(line, at, clock, word, ret);
    return end ? end : jwi_date_first_months(line, at, clock, 0, ret);
}

/* 13:30, 13:30:05, 17時30分, 上午10點半. */
/* 9點半, 9點開盤: behind 點 stands a word of the clock, and no rise before the number. */
static int is_clock_after(const struct line *line, uint32_t start, uint32_t at)
{
    const uint32_t before = start ? line->code[start - 1] : 0, next = code_at(line, at), after = code_at(line, at + 1);
    const int is_move = before == 0x6f32 || before == 0x8dcc || before == 0x5347 || before == 0x964d || before == 0x65bc; /* 漲跌升降於 */
    return !is_move && !is_digit(before) && before != '.' &&
           (next == 0x534a || next == 0x9418 || next == 0x6574 || (next == 0x958b && (after == 0x76e4 || after == 0x59cb))); /* 半鐘整 開盤 開始 */
}

uint32_t jwi_time_read(const struct line *line, uint32_t at, struct date *ret)
{
    const struct date fresh = {.end = 0};
    int32_t hour, minute = 0, second = 0;
    *ret = fresh;
    const uint32_t before = at ? line->code[at - 1] : 0, before2 = at > 1 ? line->code[at - 2] : 0;
    const int is_morning = (before == 0x5348 && before2 == 0x4e0a) || before == 0x6668 ||
                           (before == 0x4e0a && before2 == 0x65e9); /* 上午 凌晨清晨 早上 */
    const int is_evening = (before == 0x5348 && before2 == 0x4e0b) ||
                           (before == 0x4e0a && before2 == 0x665a) ||
                           (before == 0x9593 && (before2 == 0x665a || before2 == 0x591c)) ||
                           (before == 0x665a && before2 == 0x508d); /* 下午 晚上 晚間 夜間 傍晚 */
    uint32_t end = jwi_number_small(line, at, &hour);
    if (!end || hour > 24)
        return 0;
    const uint32_t mark = code_at(line, end);
    if (mark == ':' && is_digit(line->code[at]) && is_tight(line, end + 1) &&
        is_digit(code_at(line, end + 2)) && is_tight(line, end + 2)) {
        end = jwi_number_small(line, end + 1, &minute);
        if (!end || minute > 59 || line->code[end - 2] == ':')
            return 0;
        if (code_at(line, end) == ':' && is_digit(code_at(line, end + 1)) &&
            is_tight(line, end + 1)) {
            end = jwi_number_small(line, end + 1, &second);
            if (!end || second > 59)
                return 0;
        }
    } else if (mark == 0x6642 ||
               (mark == 0x9ede && (is_morning || is_evening || before == 0x5348 || is_clock_after(line, at, end + 1)))) { /* 時 點 */
        uint32_t after = jwi_number_small(line, ++end, &minute);
        if (after && code_at(line, after) == 0x5206 && minute < 60) { /* 分 */
            end = after + 1;
            after = jwi_number_small(line, end, &second);
            end = after && code_at(line, after) == 0x79d2 && second < 60 ? after + 1 : end; /* 秒 */
        } else {
            const int is_half = code_at(line, end) == 0x534a; /* 半 */
            minute = is_half ? 30 : 0;
            end += (uint32_t)(is_half || code_at(line, end) == 0x6574); /* 整 */
        }
    } else
        return 0;
    if (is_evening && hour < 12)
        hour += 12;
    jw_period time = period_of(0, JW_GRAIN_TIME, hour % 24, minute);
    time.second = (uint8_t)second;
    return done(ret, end, time, no_period);
}
