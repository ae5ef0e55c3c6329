/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates by words of dict/values/dates.tsv: 今(20)日  昨日  上月  去年第四季  下週一  週五(7日)  月底.  A number in brackets wins over its word.
 */
#include "stage/value/value_date.h"

static jw_period quarter_from(int32_t year, int32_t quarter, int32_t offset)
{
    const int32_t quarters = year * 4 + quarter - 1 + offset;
    return period_of(quarters / 4, JW_GRAIN_QUARTER, quarters % 4 + 1, 0);
}

static jw_period week_of(int32_t days)
{
    const int32_t thursday = days - (days + 3) % 7 + 3;
    const int32_t year = jwi_civil_of(thursday).year;
    const struct civil new_year = {year, 1, 1};
    return period_of(year, JW_GRAIN_WEEK, (thursday - jwi_days_of(new_year)) / 7 + 1, 0);
}

/* "(20)", "(20日)", "(10/2)", "(5月3日)": day, and month when given; end past the bracket. */
static uint32_t bracket_day(const struct line *line, uint32_t at, int32_t *month, int32_t *day)
{
    *month = 0;
    if (code_at(line, at) != '(')
        return 0;
    uint32_t i = jwi_number_small(line, at + 1, day);
    if (!i)
        return 0;
    if (code_at(line, i) == '/' || code_at(line, i) == 0x6708 || code_at(line, i) == '.') {
        *month = *day;
        i = jwi_number_small(line, i + 1, day);
        if (!i)
            return 0;
    }
    if (code_at(line, i) == 0x65e5 || code_at(line, i) == 0x5929) /* 日 天 */
        i++;
    return code_at(line, i) == ')' && *day >= 1 && *day <= 31 ? i + 1 : 0;
}

/* The day in brackets wins: the nearest such day, not after today unless the word says so. */
static void resolve_bracket(const struct clock *clock, int32_t month, int32_t day, int32_t word,
                            int is_weekday, struct date *ret)
{
    const int step = word > clock->today ? 1 : -1;
    int32_t found = INT32_MIN;
    for (int32_t i = 0; i <= 31 && found == INT32_MIN; i++) {
        const struct civil date = jwi_civil_of(clock->today + i * step);
        if (date.day == day && (!month || date.month == month))
            found = clock->today + i * step;
    }
    if (found == INT32_MIN)
        return;
    ret->first = day_of(jwi_civil_of(found));
    ret->is_conflict = is_weekday ? (found - word) % 7 != 0 : found != word;
}

/* 今(20)日, 昨(9)日, 明(11)天. */
static uint32_t bracketed_day(const struct line *line, uint32_t at, const struct clock *clock,
                              int32_t offset, struct date *ret)
{
    int32_t month, day;
    const uint32_t end = bracket_day(line, at, &month, &day);
    if (!end)
        return 0;
    const uint32_t unit = code_at(line, end);
    const int has_unit = unit == 0x65e5 || unit == 0x5929 || unit == 0x665a || unit == 0x65e9 ||
                         unit == 0x6668; /* 日天晚早晨 */
    done(ret, end + (uint32_t)has_unit, no_period, no_period);
    if (clock->has_base)
        resolve_bracket(clock, month, day, clock->today + offset, 0, ret);
    return ret->end;
}

/* 本(4)月, 今(2026)年, 上(3)季: the number in brackets wins here too. */
static uint32_t bracketed_period(const struct line *line, uint32_t at, const struct clock *clock,
                                 int32_t offset, struct date *ret, int32_t *year)
{
    int32_t number;
    if (code_at(line, at) != '(')
        return 0;
    const uint32_t is_ordinal = code_at(line, at + 1) == 0x7b2c; /* 第 */
    const uint32_t close = jwi_number_small(line, at + 1 + is_ordinal, &number);
    if (!close || code_at(line, close) != ')')
        return 0;
    const uint32_t unit = code_at(line, close + 1);
    if (unit == 0x5e74) { /* 年 */
        *year = number < ROC_LAST ? number + ROC : number;
        ret->is_conflict = clock->has_base && *year != clock->base.year + offset;
        return close + 2;
    }
    if (unit == 0x6708 && number >= 1 && number <= 12) { /* 月 */
        jw_period period = no_period;
        for (int32_t i = 0; clock->has_base && i < 12; i++) {
            const jw_period one = jwi_date_month_from(clock->base, offset > 0 ? i : -i);
            if (one.number == number && !is_known(period))
                period = one;
        }
        done(ret, close + 2, period, no_period);
        ret->is_conflict =
            clock->has_base && jwi_date_month_from(clock->base, offset).number != number;
        return ret->end;
    }
    if (unit == 0x5b63 && number >= 1 && number <= 4) /* 季 */
        return done(ret, close + 2,
                    jwi_date_resolve(clock, period_of(0, JW_GRAIN_QUARTER, number, 0)), no_period);
    return 0;
}

/* A weekday of week `offset`, its day in brackets if any. */
static uint32_t finish_weekday(const struct line *line, uint32_t at, const struct clock *clock,
                               int32_t offset, int is_bound, int32_t weekday, struct date *ret)
{
    enum { TUESDAY = 1, SATURDAY = 5 }; /* on a weekend a Monday is the coming one, a Friday the last */
    int32_t month, day;
    done(ret, at, no_period, no_period);
    const int has_hour = (code_is_one_of(code_at(line, at), u"盤") && code_is_one_of(code_at(line, at + 1), u"前中後")) ||
                         (code_is_one_of(code_at(line, at), u"早晚午") && code_is_one_of(code_at(line, at + 1), u"盤間上後")); /* 周四盤後(6日) */
    const uint32_t close = bracket_day(line, at + (has_hour ? 2 : 0), &month, &day);
    if (close)
        ret->end = close;
    if (!clock->has_base)
        return ret->end;
    const int32_t monday = clock->today - (clock->today + 3) % 7;
    int32_t days = monday + offset * 7 + weekday;
    const int is_coming = clock->today - monday >= SATURDAY && weekday <= TUESDAY && clock->tense == TENSE_OPEN;
    if (!is_bound && (clock->tense == TENSE_FUTURE || is_coming))
        days += days < clock->today ? 7 : 0;
    else if (!is_bound)
        days -= days > clock->today ? 7 : 0;
    ret->first = day_of(jwi_civil_of(days));
    if (close)
        resolve_bracket(clock, month, day, days, 1, ret);
    return ret->end;
}

static int weekday_of(uint32_t code)
{
    if (code == 0x65e5 || code == 0x5929) /* 日 天 */
        return 6;
    const int digit = jwi_han_digit(code);
    return digit >= 1 && digit <= 6 && code != 0x5169 ? digit - 1 : -1;
}

static int32_t years_of(const struct clock *clock, int32_t offset)
{
    return clock->has_base ? clock->base.year + offset : 0;
}

const struct value_term *jwi_date_since(const struct line *line, uint32_t at)
{
    const struct value_term *const word = jwi_value_find(line, at, TERM_DATE);
    const int cuts = code_at(line, at + 1) == 0x964d && code_is_one_of(code_at(line, at + 2), u"息低價溫本準級載壓噪"); /* 以降 */
    return word && word->kind == DATE_SINCE_YEAR && !cuts ? word : NULL;
}

/* 今年, 去年 ... with what follows. */
static uint32_t read_year_word(const struct line *line, uint32_t at, const struct clock *clock,
                               int32_t offset, struct date *ret)
{
    const struct value_term *word = jwi_value_find(line, at, TERM_DATE);
    if (word && word->kind == DATE_SAME_PERIOD && !word->arg)
        return jwi_date_same_period(at + word->use, clock, -offset, ret);
    const struct value_term *const since = jwi_date_since(line, at);
    if (since) {
        if (!clock->has_base)
            return done(ret, at + since->use, no_period, no_period);
        const struct civil from = {clock->base.year + offset, 1, 1};
        return done(ret, at + since->use, day_of(from), day_of(clock->base));
    }
    return jwi_date_join_year(line, at, clock, years_of(clock, offset), ret);
}

static uint32_t read_month_word(const struct line *line, uint32_t at, const struct clock *clock,
                                int32_t offset, struct date *ret)
{
    const jw_period month = clock->has_base ? jwi_date_month_from(clock->base, offset) : no_period;
    int32_t day;
    uint32_t end = jwi_date_month_part(line, at, month, ret);
    if (end)
        return end;
    end = at < line->len && line->gap[at] != GAP_BREAK ? jwi_number_small(line, at, &day) : 0;
    if (end && code_at(line, end) == 0x65e5 && day >= 1 && day <= 31) /* 日 */
        return is_known(month)
                   ? done(ret, end + 1,
                          jwi_date_in_year(clock, month.year, JW_GRAIN_DAY, month.number, day),
                          no_period)
                   : done(ret, end + 1, no_period, no_period);
    return done(ret, at, month, no_period);
}

static uint32_t read_part_word(const struct clock *clock, uint32_t end,
                               const struct value_term *word, struct date *ret)
{
    if (!clock->has_base)
        return done(ret, end, no_period, no_period);
    const struct civil base = clock->base;
    const int32_t quarter = (base.month + 2) / 3;
    const struct civil quarter_end = {base.year, quarter * 3,
                                      jwi_days_in_month(base.year, quarter * 3)};
    const jw_period month = period_of(base.year, JW_GRAIN_MONTH, base.month, 0);
    switch (word->kind) {
    case DATE_MONTH_PART:
        return word->arg == PART_END
                   ? jwi_date_done_days(ret, end, month, 31, 31)
                   : jwi_date_done_days(ret, end, month, word->arg * 10 - 9, word->arg * 10);
    case DATE_YEAR_PART:
        if (word->arg == PART_MIDDLE)
            return done(ret, end, no_period, no_period);
        return done(ret, end,
                    word->arg == PART_END ? period_of(base.year, JW_GRAIN_DAY, 12, 31)
                                          : period_of(base.year, JW_GRAIN_MONTH, 1, 0),
                    no_period);
    default:
        return done(ret, end, day_of(quarter_end), no_period);
    }
}

static uint32_t read_week_word(const struct line *line, uint32_t at, const struct clock *clock,
                               const struct value_term *word, struct date *ret)
{
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    const int weekday = cue && cue->kind == CUE_SKIP && code_at(line, at) == 0x4e00
                            ? -1
                            : weekday_of(code_at(line, at)); /* 本周一度 */
    if (weekday >= 0 && is_tight(line, at))
        return finish_weekday(line, at + 1, clock, word->arg, word->use > 1 && word->bare == 0,
                              weekday, ret);
    if (word->bare) /* 週 alone names no week */
        return 0;
    return done(ret, at, clock->has_base ? week_of(clock->today + word->arg * 7) : no_period,
                no_period);
}

/* December or the last quarter of the year before was spoken of. */
static int closes_last_year(const struct clock *clock)
{
    const jw_period said = clock->first;
    return said.year == clock->base.year - 1 &&
           ((said.grain == JW_GRAIN_MONTH && said.number == 12) || (said.grain == JW_GRAIN_QUARTER && said.number == 4));
}

/* A full year without a name: the last finished one until spring, unless the clause looks ahead. */
static jw_period full_year(const struct clock *clock)
{
    if (clock->list_year)
        return period_of(clock->list_year, JW_GRAIN_YEAR, 0, 0);
    if (!clock->has_base)
        return no_period;
    if (clock->named.grain && clock->named.year < clock->base.year && clock->tense != TENSE_FUTURE)
        return period_of(clock->named.year, JW_GRAIN_YEAR, 0, 0);
    const int is_last = clock->base.month <= 3 && (clock->tense != TENSE_FUTURE || closes_last_year(clock)) && clock->year != clock->base.year;
    return period_of(clock->base.year - is_last, JW_GRAIN_YEAR, 0, 0);
}

/* 下半年 is this year's, in a word of the past at the head of the year the last one's, 上半年 in a word of the future at its end the next one's. */
static jw_period half_of(const struct clock *clock, int32_t half)
{
    const jw_period period = period_of(clock->base.year, JW_GRAIN_HALF, half, 0);
    if (clock->list_year || !clock->has_base)
        return jwi_date_resolve(clock, period);
    const int is_last = half == 2 && clock->base.month <= 4 && (clock->tense == TENSE_PAST || clock->tense == TENSE_SINCE);
    const int is_next = half == 1 && clock->base.month >= 9 && clock->tense == TENSE_FUTURE;
    return period_of(clock->base.year - is_last + is_next, JW_GRAIN_HALF, half, 0);
}

/* The year that 同年, 當年8月 and 隔年 speak of; 0 when none was named. */
static int32_t said_year(const struct clock *clock, int32_t offset)
{
    const int32_t year = clock->year ? clock->year : clock->first.year;
    return year ? year + offset : 0;
}

/* 當年 alone is no date. */
static uint32_t same_year(const struct line *line, uint32_t at, const struct clock *clock, const struct value_term *word, struct date *ret)
{
    const uint32_t end = jwi_date_join_year(line, at, clock, said_year(clock, word->arg), ret);
    return word->bare && end == at ? 0 : end;
}

/* 今明兩年, 明後年. */
static uint32_t two_years(const struct clock *clock, uint32_t end, int32_t offset, struct date *ret)
{
    if (!clock->has_base)
        return done(ret, end, no_period, no_period);
    const jw_period first = period_of(clock->base.year + offset, JW_GRAIN_YEAR, 0, 0);
    return done(ret, end, first, period_of(first.year + 1, JW_GRAIN_YEAR, 0, 0));
}

/* The letter stands within a few of the place, in its clause. */
static int is_near_before(const struct line *line, uint32_t at, const char16_t *letters)
{
    enum { FAR = 9 };
    for (uint32_t i = at; i < line->len && i - at < FAR && line->cls[i] == UNIT_HAN && line->gap[i] == GAP_NONE; i++)
        if (code_is_one_of(line->code[i], letters))
            return 1;
    return 0;
}

/* 較第一季, 比首季, 優於Q3, 持平前月, 與上月相當, 跌幅為前月近兩倍: what is measured against the period. */
int jwi_date_is_compared(const struct line *line, uint32_t at)
{
    const uint32_t last = at ? line->code[at - 1] : 0, first = at > 1 ? line->code[at - 2] : 0;
    if (code_is_one_of(last, u"較比贏") || (first == 0x8d85 && last == 0x8d8a)) /* 超越 */
        return 1;
    if (last == 0x904e) /* 過 */
        return code_is_one_of(first, u"超贏勝");
    if (last == 0x65bc) /* 於 */
        return code_is_one_of(first, u"優高低遜勝平");
    if (first == 0x6301 && last == 0x5e73) /* 持平 */
        return 1;
    return (last == 0x8207 && is_near_before(line, at, u"同當平若比")) || (last == 0x70ba && is_near_before(line, at, u"倍")); /* 與 為 */
}

/* 站上季線 is no 上季, 去年線上銷售 is of last year. */
static int is_line_of_prices(const struct line *line, uint32_t at, const struct value_term *word)
{
    const uint32_t end = at + word->use;
    if (word->use != 2 || code_at(line, end) != 0x7dda) /* 線 */
        return 0;
    return !code_is_one_of(code_at(line, end + 1), u"上下") || (at && code_is_one_of(line->code[at - 1], u"站守破收跌"));
}

/* 目前月產10萬片, 目前年產. */
static int is_now(const struct line *line, uint32_t at)
{
    return at && line->code[at - 1] == 0x76ee && line->code[at] == 0x524d; /* 目 前 */
}

uint32_t jwi_date_word(const struct line *line, uint32_t at, const struct clock *clock,
                       const struct value_term *word, struct date *ret)
{
    const uint32_t end = at + word->use;
    int32_t year = 0;
    if (is_line_of_prices(line, at, word) || is_now(line, at))
        return 0;
    switch (word->kind) {
    case DATE_DAY: {
        const uint32_t close = bracketed_day(line, end, clock, word->arg, ret);
        if (close || !word->bare) {
            if (close)
                return close;
        } else {
            const uint32_t period = bracketed_period(line, end, clock, word->arg, ret, &year);
            return year ? jwi_date_after_year(line, period, clock, year, ret) : period;
        }
        return done(ret, end,
                    clock->has_base ? day_of(jwi_civil_of(clock->today + word->arg)) : no_period,
                    no_period);
    }
    case DATE_WEEK:
        return read_week_word(line, end, clock, word, ret);
    case DATE_MONTH:
    case DATE_YEAR: {
        const uint32_t close = bracketed_period(line, end, clock, word->arg, ret, &year);
        if (close && !year)
            return close;
        if (close)
            return jwi_date_after_year(line, close, clock, year, ret);
        if (word->bare)
            return bracketed_day(line, end, clock, word->arg, ret);
        if (word->kind == DATE_MONTH && word->arg && jwi_date_is_compared(line, at) && clock->first.grain == JW_GRAIN_MONTH && !clock->last.grain) {
            struct clock then = *clock;
            then.base = (struct civil){clock->first.year, clock->first.number, 1};
            return read_month_word(line, end, &then, word->arg, ret);
        }
        return word->kind == DATE_MONTH ? read_month_word(line, end, clock, word->arg, ret)
                                        : read_year_word(line, end, clock, word->arg, ret);
    }
    case DATE_QUARTER:
        if (word->arg && jwi_date_is_compared(line, at) && clock->first.grain == JW_GRAIN_QUARTER && !clock->last.grain)
            return done(ret, end, quarter_from(clock->first.year, clock->first.number, word->arg), no_period);
        return done(ret, end,
                    clock->has_base
                        ? quarter_from(clock->base.year, (clock->base.month + 2) / 3, word->arg)
                        : no_period,
                    no_period);
    case DATE_HALF:
        return done(ret, end, half_of(clock, word->arg), no_period);
    case DATE_QUARTER_NAME:
        return done(ret, end, jwi_date_resolve(clock, period_of(0, JW_GRAIN_QUARTER, word->arg, 0)),
                    no_period);
    case DATE_MONTH_NAME:
        return jwi_date_month(line, end - 1, clock, 0, word->arg, ret);
    case DATE_FULL_YEAR:
        return done(ret, end, full_year(clock), no_period);
    case DATE_SAME_YEAR:
        return same_year(line, end, clock, word, ret);
    case DATE_SAME_PERIOD:
        return word->arg ? jwi_date_same_period(end, clock, word->arg, ret) : 0;
    case DATE_SINCE_YEAR:
        return 0;
    case DATE_TWO_YEARS:
        return two_years(clock, end, word->arg, ret);
    default:
        return read_part_word(clock, end, word, ret);
    }
}
