/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates by numbers: 民國115年6月25日  115/06/25  1150625  2026-06-25  20日, and the choice among all readers of dates.
 * Method: each form is read left to right into a period and resolved at once against the clock; what turns out to be a length of time
 * (10年期, 連5日) is left to the reader of amounts.
 */
#include "stage/value/value_date.h"

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
        part[1] > 31 || after == '/' || (after == ':' && is_digit(code_at(line, i + 1)))) /* 9/13:30 */
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
    if (day < 1 || day > 31 || !is_digit(line->code[start]) || jwi_date_is_length_before(line, start) ||
        (next != 0x7684 && jwi_date_is_length_after(line, at + 1)) || next == 0x5747 || next == 0x7dda ||
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

/* Behind the 財年 or 會計年度 of 2026會計年度第三季; 0 for none. */
static uint32_t fiscal_year_end(const struct line *line, uint32_t at)
{
    static const char16_t *const words[] = {u"財年", u"會計年度", u"財務年度"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t n = 0;
        while (words[i][n] && code_at(line, at + n) == words[i][n])
            n++;
        if (!words[i][n])
            return at + n;
    }
    return 0;
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
        end = jwi_date_year_range(line, at, ret);
    if (!end)
        end = list_month(line, at, clock, ret);
    if (!end)
        end = jwi_date_list_year(line, at, ret);
    if (!end)
        end = jwi_date_bare_year(line, at, clock, ret);
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
    if (unit == 0x6708 && (line->code[at] == 0x5169 || jwi_date_is_length_before(line, at))) /* 連兩月 */
        return duration(ret);
    int32_t year = unit == 0x5e74 ? jwi_date_year_of(line, at, end, number, 0) : 0; /* 年 */
    if (unit == 0x5e74 && !year && clock->near.grain == JW_GRAIN_YEAR && number >= ROC_FIRST &&
        number + ROC > clock->near.year && number < ROC_LAST)
        year = number + ROC; /* the 95 of 89年至95年 */
    if (year)
        return jwi_date_after_year(line, end + 1, clock, year, ret);
    if (unit == 0x5b78 && code_at(line, end + 1) == 0x5e74)
        return jwi_date_school_year(end + 2, number, line, ret);
    if (unit == 0x5e74)
        return duration(ret);
    if (unit == 0x6708) /* 月 */
        return jwi_date_month(line, end, clock, 0, number, ret);
    if (unit == 0x65e5) /* 日 */
        return read_bare_day(line, at, end, clock, number, ret);
    if (number >= 1900 && number < 2100 && end - at == 4) {
        const struct value_term *word = jwi_value_find(line, end, TERM_DATE);
        const uint32_t fiscal = fiscal_year_end(line, end);
        if (fiscal)
            return jwi_date_after_year(line, fiscal, clock, number, ret);
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

/* 農曆七月: no month of ours. */
static int is_lunar(const struct line *line, uint32_t at)
{
    return at > 1 && line->code[at - 1] == 0x66c6 && code_is_one_of(line->code[at - 2], u"農陰舊夏"); /* 曆 */
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
        end = end ? end : read_number(line, at, clock, ret);
        if (end && is_lunar(line, at))
            ret->first = ret->last = no_period;
        return end;
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
