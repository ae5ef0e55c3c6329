/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates: 民國115年6月25日  115/06/25  1150625  2026-06-25  今(20)日  上月  去年同期  第三季  Q3  前11月  FY26  6月底  週五(7日).
 * Method: each form is read left to right into a period and resolved at once against the clock.  A date without a year takes the year
 * that the tense of its clause asks for; with no tense the nearest one, because Taiwan's news names months and quarters of the present.
 */
#include "stage/value/value.h"

enum { ROC = 1911, ROC_FIRST = 40, ROC_LAST = 150, FAR_DAYS = 270, NEAR_DAYS = 60 };

static jw_period period_of(int32_t year, jw_grain grain, int32_t number, int32_t day)
{
    const jw_period period = {(int16_t)year, (uint8_t)grain, (uint8_t)number, (uint8_t)day, 0, {0, 0}};
    return period;
}

static jw_period day_of(struct civil date)
{
    return period_of(date.year, JW_GRAIN_DAY, date.month, date.day);
}

static const jw_period nothing = {0, 0, 0, 0, 0, {0, 0}};

/* How far the period lies from today as the tense sees it; negative: ruled out. */
static int32_t distance(const struct clock *clock, jw_period period)
{
    int32_t first, last;
    jwi_period_span(period, &first, &last);
    if (clock->tense == TENSE_PAST || clock->tense == TENSE_SINCE)
        return clock->today - first;
    if (clock->tense == TENSE_FUTURE)
        return last - clock->today;
    return first > clock->today ? first - clock->today : last < clock->today ? clock->today - last : 0;
}

static int exists(jw_period period)
{
    const struct civil date = {period.year, period.number, period.day};
    return period.grain != JW_GRAIN_DAY || jwi_is_civil(date);
}

/* The period with its year chosen; nothing without a clock. */
static jw_period resolve(const struct clock *clock, jw_period period)
{
    jw_period best = nothing;
    int32_t nearest = INT32_MAX;
    if (clock->list_year) {
        period.year = (int16_t)clock->list_year;
        return exists(period) ? period : nothing;
    }
    if (!clock->has_base)
        return nothing;
    for (int32_t year = clock->base.year - 1; year <= clock->base.year + 1; year++) {
        period.year = (int16_t)year;
        if (!exists(period))
            continue;
        const int32_t away = distance(clock, period);
        if (away >= 0 && away < nearest) {
            nearest = away;
            best = period;
        }
    }
    if (clock->tense == TENSE_OPEN || clock->tense == TENSE_SINCE || nearest < FAR_DAYS)
        return best;
    struct clock open = *clock; /* nobody speaks of a date nearly a year away without its year when the same date is near */
    open.tense = TENSE_OPEN;
    const jw_period other = resolve(&open, period);
    return distance(&open, other) < NEAR_DAYS ? other : best;
}

/* The period of a year that was named (0: not), resolved. */
static jw_period in_year(const struct clock *clock, int32_t year, jw_grain grain, int32_t number, int32_t day)
{
    const jw_period period = period_of(year, grain, number, day);
    if (!year)
        return resolve(clock, period);
    return exists(period) ? period : nothing;
}

static jw_period month_from(struct civil base, int32_t offset)
{
    const int32_t months = base.year * 12 + base.month - 1 + offset;
    return period_of(months / 12, JW_GRAIN_MONTH, months % 12 + 1, 0);
}

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

static int is_known(jw_period period)
{
    return period.grain != JW_GRAIN_NONE;
}

static uint32_t done(struct date *ret, uint32_t end, jw_period first, jw_period last)
{
    ret->end = end;
    ret->first = first;
    ret->last = is_known(first) ? last : nothing;
    return end;
}

/* Days [from, to] of a month as a range; one day when they are equal. */
static uint32_t done_days(struct date *ret, uint32_t end, jw_period month, int32_t from, int32_t to)
{
    if (!is_known(month))
        return done(ret, end, nothing, nothing);
    const int32_t last = jwi_days_in_month(month.year, month.number);
    const jw_period first_day = period_of(month.year, JW_GRAIN_DAY, month.number, from < last ? from : last);
    const jw_period last_day = period_of(month.year, JW_GRAIN_DAY, month.number, to < last ? to : last);
    return done(ret, end, first_day, from == to ? nothing : last_day);
}

/* 底 末 初 上旬 中旬 下旬 after a month. */
static uint32_t month_part(const struct line *line, uint32_t at, jw_period month, struct date *ret)
{
    const uint32_t code = code_at(line, at), next = code_at(line, at + 1);
    if (code == 0x5e95 || (code == 0x672b && next != 0x7aef)) /* 底 末 */
        return done_days(ret, at + 1, month, 31, 31);
    if (code == 0x521d) /* 初 */
        return done_days(ret, at + 1, month, 1, 10);
    if (next != 0x65ec) /* 旬 */
        return code == 0x4e2d && next != 0x5fc3 ? done_days(ret, at + 1, month, 11, 20) : 0; /* 中 */
    if (code == 0x4e0a)
        return done_days(ret, at + 2, month, 1, 10);
    if (code == 0x4e2d)
        return done_days(ret, at + 2, month, 11, 20);
    return code == 0x4e0b ? done_days(ret, at + 2, month, 21, 31) : 0;
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
static void resolve_bracket(const struct clock *clock, int32_t month, int32_t day, int32_t word, int is_weekday, struct date *ret)
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
static uint32_t bracketed_day(const struct line *line, uint32_t at, const struct clock *clock, int32_t offset, struct date *ret)
{
    int32_t month, day;
    const uint32_t end = bracket_day(line, at, &month, &day);
    if (!end)
        return 0;
    const uint32_t unit = code_at(line, end);
    const int has_unit = unit == 0x65e5 || unit == 0x5929 || unit == 0x665a || unit == 0x65e9 || unit == 0x6668; /* 日天晚早晨 */
    done(ret, end + (uint32_t)has_unit, nothing, nothing);
    if (clock->has_base)
        resolve_bracket(clock, month, day, clock->today + offset, 0, ret);
    return ret->end;
}

/* 本(4)月, 今(2026)年, 上(3)季: the number in brackets wins here too. */
static uint32_t bracketed_period(const struct line *line, uint32_t at, const struct clock *clock, int32_t offset, struct date *ret,
                                 int32_t *year)
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
        jw_period period = nothing;
        for (int32_t i = 0; clock->has_base && i < 12; i++) {
            const jw_period one = month_from(clock->base, offset > 0 ? i : -i);
            if (one.number == number && !is_known(period))
                period = one;
        }
        done(ret, close + 2, period, nothing);
        ret->is_conflict = clock->has_base && month_from(clock->base, offset).number != number;
        return ret->end;
    }
    if (unit == 0x5b63 && number >= 1 && number <= 4) /* 季 */
        return done(ret, close + 2, resolve(clock, period_of(0, JW_GRAIN_QUARTER, number, 0)), nothing);
    return 0;
}

/* Quarter number before 季, or 0. */
static uint32_t quarter_read(const struct line *line, uint32_t at, int32_t *ret)
{
    const int is_ordinal = code_at(line, at) == 0x7b2c; /* 第 */
    const uint32_t end = jwi_number_small(line, at + (uint32_t)is_ordinal, ret);
    if (!end || *ret < 1 || *ret > 4 || code_at(line, end) != 0x5b63) /* 季 */
        return 0;
    return end + 1 + (code_at(line, end + 1) == 0x5ea6); /* 度 */
}

/* Q3, 3Q, H1, 1H, with a year of two or four digits before or after: 1Q26, Q1'26, 2026Q1, 2H25, FY26, FY2026Q1. */
static int32_t latin_year(const struct line *line, uint32_t at, uint32_t *end)
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

static int is_latin_at(const struct line *line, uint32_t at)
{
    return is_tight(line, at) && is_latin(code_at(line, at));
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
    if (!is_tight(line, at + 1) || (letter != 'Q' && letter != 'H') || digit < '1' || digit > (letter == 'Q' ? '4' : '2'))
        return 0;
    *grain = letter == 'Q' ? JW_GRAIN_QUARTER : JW_GRAIN_HALF;
    *number = (int32_t)(digit - '0');
    return at + 2;
}

static uint32_t read_latin(const struct line *line, uint32_t at, const struct clock *clock, int32_t year, struct date *ret)
{
    jw_grain grain;
    int32_t number;
    uint32_t i = at, end;
    if ((code_at(line, i) & ~0x20u) == 'F' && (code_at(line, i + 1) & ~0x20u) == 'Y' && is_tight(line, i + 1)) {
        year = latin_year(line, i + 2, &end);
        const uint32_t part = year ? latin_part(line, end, &grain, &number) : 0;
        if (!year || (!part && is_latin_at(line, end)))
            return 0;
        ret->has_year = 1;
        return part ? done(ret, part, in_year(clock, year, grain, number, 0), nothing)
                    : done(ret, end, period_of(year, JW_GRAIN_YEAR, 0, 0), nothing);
    }
    end = latin_part(line, i, &grain, &number);
    if (!end)
        return 0;
    if (!year && (code_at(line, end) == '\'' || code_at(line, end) == '/' || is_tight(line, end))) {
        uint32_t after;
        year = latin_year(line, end + !is_digit(code_at(line, end)), &after);
        ret->has_year = year != 0;
        if (year)
            end = after;
    }
    if (is_tight(line, end) && (is_latin(code_at(line, end)) || is_digit(code_at(line, end))))
        return 0;
    return done(ret, end, in_year(clock, year, grain, number, 0), nothing);
}

/* 前11月, 前三季: from January or the first quarter. */
static uint32_t first_months(const struct line *line, uint32_t at, const struct clock *clock, int32_t year, struct date *ret)
{
    int32_t n;
    if (code_at(line, at) != 0x524d) /* 前 */
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
        return done(ret, end, nothing, nothing);
    return done(ret, end, period_of(year, JW_GRAIN_MONTH, 1, 0), months == 1 ? nothing : period_of(year, JW_GRAIN_MONTH, months, 0));
}

/* M月 with what may follow: 份, 底, 25日, ~8月.  `number` was read, `at` is at 月. */
static uint32_t read_month(const struct line *line, uint32_t at, const struct clock *clock, int32_t year, int32_t number, struct date *ret)
{
    if (number < 1 || number > 12)
        return 0;
    uint32_t end = at + 1;
    int32_t day;
    const uint32_t after = line->gap[end < line->len ? end : at] == GAP_BREAK ? 0 : jwi_number_small(line, end, &day);
    if (after && (code_at(line, after) == 0x65e5 || code_at(line, after) == 0x865f)) { /* 日 號 */
        if (day < 1 || day > 31)
            return done(ret, after + 1, nothing, nothing);
        return done(ret, after + 1, in_year(clock, year, JW_GRAIN_DAY, number, day), nothing);
    }
    end += code_at(line, end) == 0x4efd; /* 份 */
    const jw_period month = in_year(clock, year, JW_GRAIN_MONTH, number, 0);
    const uint32_t part = month_part(line, end, month, ret);
    return part ? part : done(ret, end, month, nothing);
}

/* 1~2月, 1-10月, 1至4月: both ends of one year. */
static uint32_t month_range(const struct line *line, uint32_t at, const struct clock *clock, int32_t year, struct date *ret)
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
    const jw_period last = in_year(clock, year, JW_GRAIN_MONTH, to, 0);
    if (!is_known(last))
        return done(ret, i + 1, nothing, nothing);
    return done(ret, i + 1, period_of(last.year, JW_GRAIN_MONTH, from, 0), last);
}

static uint32_t same_period(uint32_t end, const struct clock *clock, int32_t back, struct date *ret)
{
    jw_period first = clock->first, last = clock->last;
    first.year = (int16_t)(first.year - back);
    last.year = (int16_t)(last.year - back);
    if (!is_known(first))
        return done(ret, end, nothing, nothing);
    return done(ret, end, first, is_known(last) ? last : nothing);
}

/* What may follow a year: 上半年, 第三季, Q3, 前11月, 3月, 同期, 底, 以來. */
static uint32_t read_in_year(const struct line *line, uint32_t at, const struct clock *clock, int32_t year, struct date *ret)
{
    int32_t number;
    uint32_t end;
    if (at >= line->len || line->gap[at] == GAP_BREAK)
        return 0;
    const struct value_term *word = jwi_value_find(line, at, TERM_DATE);
    if (word && year) {
        end = at + word->use;
        if (word->kind == DATE_HALF)
            return done(ret, end, period_of(year, JW_GRAIN_HALF, word->arg, 0), nothing);
        if (word->kind == DATE_QUARTER_NAME)
            return done(ret, end, period_of(year, JW_GRAIN_QUARTER, word->arg, 0), nothing);
        if (word->kind == DATE_MONTH_NAME)
            return done(ret, end, period_of(year, JW_GRAIN_MONTH, word->arg, 0), nothing);
        if (word->kind == DATE_FULL_YEAR)
            return done(ret, end, period_of(year, JW_GRAIN_YEAR, 0, 0), nothing);
    }
    end = first_months(line, at, clock, year, ret);
    if (!end)
        end = month_range(line, at, clock, year, ret);
    if (!end)
        end = read_latin(line, at, clock, year, ret);
    if (!end && quarter_read(line, at, &number) && (code_at(line, at) == 0x7b2c || year))
        end = done(ret, quarter_read(line, at, &number), in_year(clock, year, JW_GRAIN_QUARTER, number, 0), nothing);
    if (end)
        return end;
    end = jwi_number_small(line, at, &number);
    return end && code_at(line, end) == 0x6708 ? read_month(line, end, clock, year, number, ret) : 0; /* 月 */
}

/* 年底 月底 after 年: the last day; 年初: January. */
static uint32_t year_part(const struct line *line, uint32_t at, int32_t year, struct date *ret)
{
    const uint32_t code = code_at(line, at), next = code_at(line, at + 1);
    if (code == 0x5e95 || (code == 0x672b && next != 0x7aef)) /* 底 末 */
        return done(ret, at + 1, period_of(year, JW_GRAIN_DAY, 12, 31), nothing);
    if (code == 0x521d) /* 初 */
        return done(ret, at + 1, period_of(year, JW_GRAIN_MONTH, 1, 0), nothing);
    return 0;
}

static uint32_t finish_year(const struct line *line, uint32_t at, const struct clock *clock, int32_t year, struct date *ret)
{
    ret->has_year = 1;
    if (code_at(line, at) == 0x4ee3 && year % 10 == 0) /* 1970年代 */
        return done(ret, at + 1, period_of(year, JW_GRAIN_YEAR, 0, 0), period_of(year + 9, JW_GRAIN_YEAR, 0, 0));
    uint32_t i = at + (code_at(line, at) == 0x5ea6); /* 度 */
    if (i < line->len && line->gap[i] == GAP_BREAK)
        return done(ret, i, period_of(year, JW_GRAIN_YEAR, 0, 0), nothing);
    uint32_t end = year_part(line, i, year, ret);
    if (!end)
        end = read_in_year(line, i, clock, year, ret);
    return end ? end : done(ret, i, period_of(year, JW_GRAIN_YEAR, 0, 0), nothing);
}

/* Words that make "115年" a length of time. */
static int is_length_after(const struct line *line, uint32_t at)
{
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    if (cue && (cue->kind == CUE_OVER_AFTER || cue->kind == CUE_ABOUT_AFTER || cue->kind == CUE_UNDER_AFTER))
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
    if (at > 1 && (line->code[at - 2] == 0x9023 || (code == 0x904e && line->code[at - 2] == 0x8d85))) /* 連跌3日, 超過 */
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

/* A number before 年 as a year: four digits, or a year of the Republic; 0 when it counts years instead. */
static int32_t year_of(const struct line *line, uint32_t start, uint32_t at, int32_t number, int is_roc)
{
    const uint32_t next = code_at(line, at + 1);
    const int is_dated = (is_digit(next) && line->gap[at + 1 < line->len ? at + 1 : at] != GAP_BREAK) || next == 0x7b2c || next == 0x5ea6;
    if (is_roc)
        return number >= 1 && number <= 999 ? number + ROC : 0;
    if (number >= 1900 && number < 2200)
        return number;
    if (number >= 1000 && number < 1900)
        return is_length_after(line, at + 1) || is_length_before(line, start) ? 0 : number;
    if (number >= 100 && number < ROC_LAST)
        return (number > 100 || is_dated) && !is_length_after(line, at + 1) && !is_length_before(line, start) ? number + ROC : 0;
    const uint32_t before = start ? line->code[start - 1] : 0;
    if (number >= ROC_LAST && number < 1000 && (before == 0x5728 || before == 0x65bc)) /* 在882年 於 */
        return is_length_after(line, at + 1) ? 0 : number;
    int32_t month;
    const uint32_t end = jwi_number_small(line, at + 1, &month);
    if (number < 20 || number >= 100 || !end || code_at(line, end) != 0x6708 || month < 1 || month > 12)
        return 0;
    return number >= ROC_FIRST ? number + ROC : number + 2000;
}

/* YYYY/MM/DD with any of / - . between, two or three numbers; years of four digits or of the Republic. */
static uint32_t read_slashes(const struct line *line, uint32_t at, const struct clock *clock, int is_roc, struct date *ret)
{
    int32_t part[3] = {0, 0, 0};
    uint32_t digits[3] = {0, 0, 0}, n = 0, i = at, separator = 0;
    for (; n < 3; n++) {
        for (; is_digit(code_at(line, i)) && digits[n] < 5 && (digits[n] == 0 || is_tight(line, i)); i++, digits[n]++)
            part[n] = part[n] * 10 + (int32_t)(line->code[i] - '0');
        if (!digits[n] || digits[n] > 4)
            return 0;
        const uint32_t code = code_at(line, i);
        const int may_go_on = n < 2 && is_tight(line, i) && is_tight(line, i + 1) && is_digit(code_at(line, i + 1));
        if (!may_go_on || (separator ? code != separator : code != '/' && code != '-' && code != '.')) {
            n++;
            break;
        }
        separator = code;
        i++;
    }
    if (n < 2 || !separator)
        return 0;
    const uint32_t after = is_tight(line, i) ? code_at(line, i) : 0;
    if (is_digit(after) || (is_latin(after) && after != 'T') || after == '%' || after == 0x5f37 /* 強 */ || ((after == '/' || after == '-') && n == 3))
        return 0;
    const int is_year = digits[0] == 4 ? part[0] >= 1900 && part[0] < 2200 : is_roc || (digits[0] == 3 && part[0] >= 80 && part[0] < ROC_LAST);
    const int32_t year = digits[0] == 4 ? part[0] : part[0] + ROC;
    if (is_year && n == 3) {
        if (digits[1] > 2 || digits[2] > 2 || (separator == '.' && digits[0] == 3 && digits[1] != 2))
            return 0;
        ret->has_year = 1;
        return done(ret, i, in_year(clock, year, JW_GRAIN_DAY, part[1], part[2]), nothing);
    }
    if (separator != '/')
        return 0;
    if (is_year && n == 2 && (digits[1] == 2 || digits[0] == 4 || part[0] > 100) && part[1] >= 1 && part[1] <= 12) {
        ret->has_year = 1;
        return done(ret, i, period_of(year, JW_GRAIN_MONTH, part[1], 0), nothing);
    }
    if (n != 2 || digits[0] > 2 || digits[1] > 2 || part[0] < 1 || part[0] > 12 || part[1] < 1 || part[1] > 31 || after == '/')
        return 0;
    return done(ret, i, in_year(clock, 0, JW_GRAIN_DAY, part[0], part[1]), nothing);
}

/* 1150625 and 20260625 standing alone. */
static uint32_t read_packed(const struct line *line, uint32_t at, struct date *ret)
{
    uint32_t n = 0;
    int32_t all = 0;
    for (; n < 9 && is_digit(code_at(line, at + n)) && (n == 0 || is_tight(line, at + n)); n++)
        all = all * 10 + (int32_t)(line->code[at + n] - '0');
    const uint32_t before = at && line->gap[at] == GAP_NONE ? line->code[at - 1] : 0, after = code_at(line, at + n);
    if ((n != 7 && n != 8) || before == '-' || before == '.' || before == '$' || after == '.' || after == ',' || after == '-' ||
        jwi_value_find(line, at + n, TERM_UNIT) || jwi_small_scale(after) || jwi_big_scale(after))
        return 0;
    const int32_t year = all / 10000 + (n == 7 ? ROC : 0);
    const struct civil date = {year, all / 100 % 100, all % 100};
    if (!jwi_is_civil(date) || (n == 7 ? year < ROC + 80 || year >= ROC + ROC_LAST : year < 1900 || year >= 2100))
        return 0;
    ret->has_year = 1;
    return done(ret, at + n, day_of(date), nothing);
}

/* A weekday of week `offset`, its day in brackets if any. */
static uint32_t finish_weekday(const struct line *line, uint32_t at, const struct clock *clock, int32_t offset, int is_bound, int32_t weekday,
                               struct date *ret)
{
    int32_t month, day;
    done(ret, at, nothing, nothing);
    const uint32_t close = bracket_day(line, at, &month, &day);
    if (close)
        ret->end = close;
    if (!clock->has_base)
        return ret->end;
    const int32_t monday = clock->today - (clock->today + 3) % 7;
    int32_t days = monday + offset * 7 + weekday;
    if (!is_bound && clock->tense == TENSE_FUTURE)
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

/* What follows a year that may be unknown: the words belong together all the same, the value stays open. */
static uint32_t join_year(const struct line *line, uint32_t at, const struct clock *clock, int32_t year, struct date *ret)
{
    if (year)
        return finish_year(line, at, clock, year, ret);
    struct date part = {.end = 0};
    const uint32_t end = read_in_year(line, at, clock, 0, &part);
    return done(ret, end ? end : at, nothing, nothing);
}

/* 今年, 去年 ... with what follows. */
static uint32_t read_year_word(const struct line *line, uint32_t at, const struct clock *clock, int32_t offset, struct date *ret)
{
    const struct value_term *word = jwi_value_find(line, at, TERM_DATE);
    if (word && word->kind == DATE_SAME_PERIOD && !word->arg)
        return same_period(at + word->use, clock, -offset, ret);
    if (word && word->kind == DATE_SINCE_YEAR) {
        if (!clock->has_base)
            return done(ret, at + word->use, nothing, nothing);
        const struct civil from = {clock->base.year + offset, 1, 1};
        return done(ret, at + word->use, day_of(from), day_of(clock->base));
    }
    return join_year(line, at, clock, years_of(clock, offset), ret);
}

static uint32_t read_month_word(const struct line *line, uint32_t at, const struct clock *clock, int32_t offset, struct date *ret)
{
    const jw_period month = clock->has_base ? month_from(clock->base, offset) : nothing;
    int32_t day;
    uint32_t end = month_part(line, at, month, ret);
    if (end)
        return end;
    end = at < line->len && line->gap[at] != GAP_BREAK ? jwi_number_small(line, at, &day) : 0;
    if (end && code_at(line, end) == 0x65e5 && day >= 1 && day <= 31) /* 日 */
        return is_known(month) ? done(ret, end + 1, in_year(clock, month.year, JW_GRAIN_DAY, month.number, day), nothing)
                               : done(ret, end + 1, nothing, nothing);
    return done(ret, at, month, nothing);
}

static uint32_t read_part_word(const struct clock *clock, uint32_t end, const struct value_term *word, struct date *ret)
{
    if (!clock->has_base)
        return done(ret, end, nothing, nothing);
    const struct civil base = clock->base;
    const int32_t quarter = (base.month + 2) / 3;
    const struct civil quarter_end = {base.year, quarter * 3, jwi_days_in_month(base.year, quarter * 3)};
    const jw_period month = period_of(base.year, JW_GRAIN_MONTH, base.month, 0);
    switch (word->kind) {
    case DATE_MONTH_PART:
        return word->arg == PART_END ? done_days(ret, end, month, 31, 31) : done_days(ret, end, month, word->arg * 10 - 9, word->arg * 10);
    case DATE_YEAR_PART:
        if (word->arg == PART_MIDDLE)
            return done(ret, end, nothing, nothing);
        return done(ret, end, word->arg == PART_END ? period_of(base.year, JW_GRAIN_DAY, 12, 31) : period_of(base.year, JW_GRAIN_MONTH, 1, 0),
                    nothing);
    default:
        return done(ret, end, day_of(quarter_end), nothing);
    }
}

static uint32_t read_week_word(const struct line *line, uint32_t at, const struct clock *clock, const struct value_term *word, struct date *ret)
{
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    const int weekday = cue && cue->kind == CUE_SKIP && code_at(line, at) == 0x4e00 ? -1 : weekday_of(code_at(line, at)); /* 本周一度 */
    if (weekday >= 0 && is_tight(line, at))
        return finish_weekday(line, at + 1, clock, word->arg, word->use > 1 && word->bare == 0, weekday, ret);
    if (word->bare) /* 週 alone names no week */
        return 0;
    return done(ret, at, clock->has_base ? week_of(clock->today + word->arg * 7) : nothing, nothing);
}

/* A full year without a name: the last finished one until spring, unless the clause looks ahead. */
static jw_period full_year(const struct clock *clock)
{
    if (clock->list_year)
        return period_of(clock->list_year, JW_GRAIN_YEAR, 0, 0);
    if (!clock->has_base)
        return nothing;
    const int is_last = clock->base.month <= 3 && clock->tense != TENSE_FUTURE;
    return period_of(clock->base.year - is_last, JW_GRAIN_YEAR, 0, 0);
}

static uint32_t read_word(const struct line *line, uint32_t at, const struct clock *clock, const struct value_term *word, struct date *ret)
{
    const uint32_t end = at + word->use;
    int32_t year = 0;
    switch (word->kind) {
    case DATE_DAY: {
        const uint32_t close = bracketed_day(line, end, clock, word->arg, ret);
        if (close || !word->bare) {
            if (close)
                return close;
        } else {
            const uint32_t period = bracketed_period(line, end, clock, word->arg, ret, &year);
            return year ? finish_year(line, period, clock, year, ret) : period;
        }
        return done(ret, end, clock->has_base ? day_of(jwi_civil_of(clock->today + word->arg)) : nothing, nothing);
    }
    case DATE_WEEK:
        return read_week_word(line, end, clock, word, ret);
    case DATE_MONTH:
    case DATE_YEAR: {
        const uint32_t close = bracketed_period(line, end, clock, word->arg, ret, &year);
        if (close && !year)
            return close;
        if (close)
            return finish_year(line, close, clock, year, ret);
        if (word->bare)
            return bracketed_day(line, end, clock, word->arg, ret);
        return word->kind == DATE_MONTH ? read_month_word(line, end, clock, word->arg, ret)
                                        : read_year_word(line, end, clock, word->arg, ret);
    }
    case DATE_QUARTER:
        return done(ret, end, clock->has_base ? quarter_from(clock->base.year, (clock->base.month + 2) / 3, word->arg) : nothing, nothing);
    case DATE_HALF:
        return done(ret, end, resolve(clock, period_of(0, JW_GRAIN_HALF, word->arg, 0)), nothing);
    case DATE_QUARTER_NAME:
        return done(ret, end, resolve(clock, period_of(0, JW_GRAIN_QUARTER, word->arg, 0)), nothing);
    case DATE_MONTH_NAME:
        return read_month(line, end - 1, clock, 0, word->arg, ret);
    case DATE_FULL_YEAR:
        return done(ret, end, full_year(clock), nothing);
    case DATE_SAME_YEAR:
        return join_year(line, end, clock, clock->year ? clock->year : clock->first.year, ret);
    case DATE_SAME_PERIOD:
        return word->arg ? same_period(end, clock, word->arg, ret) : 0;
    case DATE_SINCE_YEAR:
        return 0;
    default:
        return read_part_word(clock, end, word, ret);
    }
}

/* 民國115年..., 民國115/6/25, 民國1150625. */
static uint32_t read_roc(const struct line *line, uint32_t at, const struct clock *clock, struct date *ret)
{
    int32_t number;
    if (code_at(line, at) != 0x6c11 || code_at(line, at + 1) != 0x570b) /* 民國 */
        return 0;
    const uint32_t end = jwi_number_small(line, at + 2, &number);
    if (end && code_at(line, end) == 0x5e74 && number >= 1) /* 年 */
        return finish_year(line, end + 1, clock, number + ROC, ret);
    const uint32_t slashes = read_slashes(line, at + 2, clock, 1, ret);
    return slashes ? slashes : read_packed(line, at + 2, ret);
}

static uint32_t duration(struct date *ret)
{
    ret->is_duration = 1;
    return 0;
}

/* 20日 with no month: not after 連, 近 ..., not before 線, 內 ... */
static uint32_t read_bare_day(const struct line *line, uint32_t start, uint32_t at, const struct clock *clock, int32_t day, struct date *ret)
{
    const uint32_t next = code_at(line, at + 1);
    if (day < 1 || day > 31 || !is_digit(line->code[start]) || is_length_before(line, start) || (next != 0x7684 && is_length_after(line, at + 1)) ||
        next == 0x5747 || next == 0x7dda || next == 0x6f32 || next == 0x8dcc || next == 0x672c || next == 0x5713) /* 均線漲跌本圓 */
        return duration(ret);
    jw_period best = nothing;
    int32_t nearest = INT32_MAX;
    if (clock->near.grain == JW_GRAIN_DAY)
        return done(ret, at + 1, in_year(clock, clock->near.year, JW_GRAIN_DAY, clock->near.number, day), nothing);
    for (int32_t offset = -1; clock->has_base && offset <= 1; offset++) {
        jw_period period = month_from(clock->base, offset);
        period = period_of(period.year, JW_GRAIN_DAY, period.number, day);
        if (!exists(period))
            continue;
        const int32_t away = distance(clock, period);
        if (away >= 0 && away < nearest) {
            nearest = away;
            best = period;
        }
    }
    return done(ret, at + 1, best, nothing);
}

/* 2019-2023年, 2020至2022年. */
static uint32_t year_range(const struct line *line, uint32_t at, struct date *ret)
{
    int32_t from, to;
    uint32_t i = jwi_number_small(line, at, &from);
    if (!i || from < 1900 || from > 2200 || !is_range_link(code_at(line, i)))
        return 0;
    i = jwi_number_small(line, i + 1, &to);
    if (!i || code_at(line, i) != 0x5e74 || to <= from || to > 2200) /* 年 */
        return 0;
    ret->has_year = 1;
    return done(ret, i + 1, period_of(from, JW_GRAIN_YEAR, 0, 0), period_of(to, JW_GRAIN_YEAR, 0, 0));
}

/* The 5 of 5、6月. */
static uint32_t list_month(const struct line *line, uint32_t at, const struct clock *clock, struct date *ret)
{
    int32_t number, next;
    const uint32_t end = jwi_number_small(line, at, &number);
    const uint32_t link = code_at(line, end);
    if (!end || number < 1 || number > 12 || (link != 0x3001 && link != 0x8207 && link != 0x53ca && link != 0x548c)) /* 、與及和 */
        return 0;
    const uint32_t after = jwi_number_small(line, end + 1, &next);
    if (!after || code_at(line, after) != 0x6708 || next <= number || next > 12) /* 月 */
        return 0;
    return done(ret, end, in_year(clock, 0, JW_GRAIN_MONTH, number, 0), nothing);
}

static uint32_t read_number(const struct line *line, uint32_t at, const struct clock *clock, struct date *ret)
{
    int32_t number;
    uint32_t end = read_packed(line, at, ret);
    if (!end)
        end = read_slashes(line, at, clock, 0, ret);
    if (!end)
        end = month_range(line, at, clock, 0, ret);
    if (!end)
        end = year_range(line, at, ret);
    if (!end)
        end = list_month(line, at, clock, ret);
    if (end)
        return end;
    end = clock->near.grain == JW_GRAIN_QUARTER ? quarter_read(line, at, &number) : 0;
    if (end)
        return done(ret, end, in_year(clock, clock->near.year, JW_GRAIN_QUARTER, number, 0), nothing);
    end = jwi_number_small(line, at, &number);
    if (!end || line->gap[end < line->len ? end : at] == GAP_BREAK)
        return 0;
    const uint32_t unit = code_at(line, end);
    if (unit == 0x6708 && (line->code[at] == 0x5169 || is_length_before(line, at))) /* 連兩月 */
        return duration(ret);
    const int32_t year = unit == 0x5e74 ? year_of(line, at, end, number, 0) : 0; /* 年 */
    if (year)
        return finish_year(line, end + 1, clock, year, ret);
    if (unit == 0x5e74)
        return duration(ret);
    if (unit == 0x6708) /* 月 */
        return read_month(line, end, clock, 0, number, ret);
    if (unit == 0x65e5) /* 日 */
        return read_bare_day(line, at, end, clock, number, ret);
    if (number >= 1900 && number < 2100 && end - at == 4) {
        const struct value_term *word = jwi_value_find(line, end, TERM_DATE);
        const int is_fiscal = (unit == 0x8ca1 && code_at(line, end + 1) == 0x5e74); /* 財年 */
        if (is_fiscal)
            return finish_year(line, end + 2, clock, number, ret);
        if ((word && (word->kind == DATE_HALF || word->kind == DATE_FULL_YEAR)) || unit == 0x7b2c || (is_latin(unit) && is_tight(line, end)))
            return read_in_year(line, end, clock, number, ret);
    }
    return 0;
}

/* 第三季, and 第 before 二 in 第二、三季. */
static uint32_t read_ordinal(const struct line *line, uint32_t at, const struct clock *clock, struct date *ret)
{
    int32_t number, other;
    uint32_t end = quarter_read(line, at, &number);
    if (end)
        return done(ret, end, in_year(clock, 0, JW_GRAIN_QUARTER, number, 0), nothing);
    end = jwi_number_small(line, at + 1, &number);
    const uint32_t link = code_at(line, end);
    if (!end || number < 1 || number > 4 || (link != 0x3001 && link != 0x81f3 && link != 0x5230 && link != '~' && link != '-'))
        return 0;
    const uint32_t close = quarter_read(line, end + 1, &other);
    if (!close || other <= number)
        return 0;
    const jw_period last = in_year(clock, 0, JW_GRAIN_QUARTER, other, 0);
    const jw_period first = is_known(last) ? period_of(last.year, JW_GRAIN_QUARTER, number, 0) : nothing;
    return link == 0x3001 ? done(ret, end, first, nothing) : done(ret, close, first, last); /* 、 */
}

uint32_t jwi_date_read(const struct line *line, uint32_t at, const struct clock *clock, struct date *ret)
{
    const struct date fresh = {.end = 0};
    *ret = fresh;
    const uint32_t code = code_at(line, at);
    uint32_t end = code == 0x6c11 ? read_roc(line, at, clock, ret) : 0;
    if (end)
        return end;
    if (is_digit(code) || jwi_han_digit(code) > 0 || jwi_small_scale(code)) {
        end = is_digit(code) ? read_latin(line, at, clock, 0, ret) : 0;
        if (!end && is_digit(code)) {
            uint32_t after;
            const int32_t year = latin_year(line, at, &after);
            end = year && is_latin_at(line, after) ? read_latin(line, after, clock, year, ret) : 0;
            ret->has_year = end != 0;
        }
        return end ? end : read_number(line, at, clock, ret);
    }
    if (is_latin(code))
        return read_latin(line, at, clock, 0, ret);
    if (code == 0x7b2c) /* 第 */
        return read_ordinal(line, at, clock, ret);
    const struct value_term *word = jwi_value_find(line, at, TERM_DATE);
    if (word)
        end = read_word(line, at, clock, word, ret);
    return end ? end : first_months(line, at, clock, 0, ret);
}

/* 13:30, 13:30:05, 17時30分, 上午10點半. */
uint32_t jwi_time_read(const struct line *line, uint32_t at, struct date *ret)
{
    const struct date fresh = {.end = 0};
    int32_t hour, minute = 0, second = 0;
    *ret = fresh;
    const uint32_t before = at ? line->code[at - 1] : 0, before2 = at > 1 ? line->code[at - 2] : 0;
    const int is_morning = (before == 0x5348 && before2 == 0x4e0a) || before == 0x6668; /* 上午 凌晨清晨 */
    const int is_evening = (before == 0x5348 && before2 == 0x4e0b) || (before == 0x4e0a && before2 == 0x665a); /* 下午 晚上 */
    uint32_t end = jwi_number_small(line, at, &hour);
    if (!end || hour > 24)
        return 0;
    const uint32_t mark = code_at(line, end);
    if (mark == ':' && is_digit(line->code[at]) && is_tight(line, end + 1) && is_digit(code_at(line, end + 2)) && is_tight(line, end + 2)) {
        end = jwi_number_small(line, end + 1, &minute);
        if (!end || minute > 59 || line->code[end - 2] == ':')
            return 0;
        if (code_at(line, end) == ':' && is_digit(code_at(line, end + 1)) && is_tight(line, end + 1)) {
            end = jwi_number_small(line, end + 1, &second);
            if (!end || second > 59)
                return 0;
        }
    } else if (mark == 0x6642 || (mark == 0x9ede && (is_morning || is_evening || before == 0x5348))) { /* 時 點 */
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
    return done(ret, end, time, nothing);
}
