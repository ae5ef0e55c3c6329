/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The readers of dates among themselves.  A reader takes the place where its form may begin and returns its end, 0 when it does not; `year`
 * is a year that was named before it, 0 for none.
 */
#ifndef JW_STAGE_VALUE_VALUE_DATE_H
#define JW_STAGE_VALUE_VALUE_DATE_H

#include "stage/value/value.h"

/* Years of the Republic count from 1912. */
enum { ROC = 1911, ROC_FIRST = 40, ROC_LAST = 150 };

static const jw_period no_period = {0, 0, 0, 0, 0, {0, 0}};

static inline jw_period period_of(int32_t year, jw_grain grain, int32_t number, int32_t day)
{
    const jw_period period = {(int16_t)year, (uint8_t)grain, (uint8_t)number, (uint8_t)day, 0,
                              {0, 0}};
    return period;
}

static inline jw_period day_of(struct civil date)
{
    return period_of(date.year, JW_GRAIN_DAY, date.month, date.day);
}

static inline int is_known(jw_period period)
{
    return period.grain != JW_GRAIN_NONE;
}

static inline uint32_t done(struct date *ret, uint32_t end, jw_period first, jw_period last)
{
    ret->end = end;
    ret->first = first;
    ret->last = is_known(first) ? last : no_period;
    return end;
}

static inline int is_latin_at(const struct line *line, uint32_t at)
{
    return is_tight(line, at) && is_latin(code_at(line, at));
}

/* Days from today to the period as the tense sees it; negative: ruled out. */
int32_t jwi_date_distance(const struct clock *clock, jw_period period);
/* Whether the day is in the calendar; other periods always are. */
int jwi_date_exists(jw_period period);
/* The period with its year chosen; none without a clock. */
jw_period jwi_date_resolve(const struct clock *clock, jw_period period);
/* The period of a year that was named, or resolved. */
jw_period jwi_date_in_year(const struct clock *clock, int32_t year, jw_grain grain, int32_t number,
                           int32_t day);
/* The month `offset` months from the base. */
jw_period jwi_date_month_from(struct civil base, int32_t offset);
/* Days of a month as a range; one day when they are equal. */
uint32_t jwi_date_done_days(struct date *ret, uint32_t end, jw_period month, int32_t from,
                            int32_t to);
/* 底 末 初 上旬 中旬 下旬 after a month. */
uint32_t jwi_date_month_part(const struct line *line, uint32_t at, jw_period month,
                             struct date *ret);
/* 第三季 or 三季: its number. */
uint32_t jwi_date_quarter(const struct line *line, uint32_t at, int32_t *ret);
/* 26 or 2026: the year, 0 for none. */
int32_t jwi_date_latin_year(const struct line *line, uint32_t at, uint32_t *end);
/* Q3, 3Q, H1, 1Q26, FY26. */
uint32_t jwi_date_latin(const struct line *line, uint32_t at, const struct clock *clock,
                        int32_t year, struct date *ret);
/* 前11月, 前三季. */
uint32_t jwi_date_first_months(const struct line *line, uint32_t at, const struct clock *clock,
                               int32_t year, struct date *ret);
/* M月, `at` being at 月, with what may follow. */
uint32_t jwi_date_month(const struct line *line, uint32_t at, const struct clock *clock,
                        int32_t year, int32_t number, struct date *ret);
/* 1~2月. */
uint32_t jwi_date_month_range(const struct line *line, uint32_t at, const struct clock *clock,
                              int32_t year, struct date *ret);
/* The period spoken of, `back` years earlier. */
uint32_t jwi_date_same_period(uint32_t end, const struct clock *clock, int32_t back,
                              struct date *ret);
/* What may follow a year: 上半年, 第三季, 3月. */
uint32_t jwi_date_part(const struct line *line, uint32_t at, const struct clock *clock,
                       int32_t year, struct date *ret);
/* The year and what follows it. */
uint32_t jwi_date_after_year(const struct line *line, uint32_t at, const struct clock *clock,
                             int32_t year, struct date *ret);
/* The same, of a year that may be unknown. */
uint32_t jwi_date_join_year(const struct line *line, uint32_t at, const struct clock *clock,
                            int32_t year, struct date *ret);
/* Words around a number before `at` or from `at` on that make "115年" a length of time. */
int jwi_date_is_length_before(const struct line *line, uint32_t at);
int jwi_date_is_length_after(const struct line *line, uint32_t at);
/* A number before 年, `at`, as a year; 0 when it counts years instead. */
int32_t jwi_date_year_of(const struct line *line, uint32_t start, uint32_t at, int32_t number, int is_roc);
/* 2019-2023年; the 114 of 114及113年度; 2025營收; 89學年度, `end` being behind 年. */
uint32_t jwi_date_year_range(const struct line *line, uint32_t at, struct date *ret);
uint32_t jwi_date_list_year(const struct line *line, uint32_t at, struct date *ret);
uint32_t jwi_date_bare_year(const struct line *line, uint32_t at, const struct clock *clock, struct date *ret);
uint32_t jwi_date_school_year(uint32_t end, int32_t number, const struct line *line, struct date *ret);
/* Whether something is measured against the period that begins there: 較第一季, 持平前月. */
int jwi_date_is_compared(const struct line *line, uint32_t at);
/* 以來, 以降, 至今 behind a date, but no 以降息; NULL for none. */
const struct value_term *jwi_date_since(const struct line *line, uint32_t at);
/* A date that begins with a word. */
uint32_t jwi_date_word(const struct line *line, uint32_t at, const struct clock *clock,
                       const struct value_term *word, struct date *ret);

#endif
