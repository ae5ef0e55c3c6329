/* SPDX-License-Identifier: Apache-2.0 */
/* Civil calendar in whole days since 1970-01-01; no locale, no zone tables: market time is a fixed distance from UTC. */
#include "stage/value/value.h"

/* Days before March 1 of the year, counted from 0000-03-01; every operand is positive for the years that text names. */
int32_t jwi_days_of(struct civil date)
{
    const int32_t year = date.year - (date.month <= 2), month = (date.month + 9) % 12;
    const int32_t era = year / 400, of_era = year - era * 400;
    const int32_t of_year = (153 * month + 2) / 5 + date.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil jwi_civil_of(int32_t days)
{
    const int32_t from = days + 719468, era = from / 146097, of_era = from - era * 146097;
    const int32_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int32_t of_year = of_era - (365 * years + years / 4 - years / 100),
                  month = (5 * of_year + 2) / 153;
    struct civil date = {years + era * 400, month < 10 ? month + 3 : month - 9,
                         of_year - (153 * month + 2) / 5 + 1};
    date.year += date.month <= 2;
    return date;
}

int32_t jwi_days_in_month(int32_t year, int32_t month)
{
    if (month == 2)
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

int jwi_is_civil(struct civil date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= jwi_days_in_month(date.year, date.month);
}

/* Monday of ISO week 1 holds January 4. */
static int32_t week_start(int32_t year, int32_t week)
{
    const struct civil fourth = {year, 1, 4};
    const int32_t days = jwi_days_of(fourth);
    return days - (days + 3) % 7 + (week - 1) * 7;
}

void jwi_period_span(jw_period period, int32_t *first, int32_t *last)
{
    struct civil from = {period.year, 1, 1}, to = {period.year, 12, 31};
    switch (period.grain) {
    case JW_GRAIN_HALF:
        from.month = period.number * 6 - 5;
        to.month = period.number * 6;
        break;
    case JW_GRAIN_QUARTER:
        from.month = period.number * 3 - 2;
        to.month = period.number * 3;
        break;
    case JW_GRAIN_MONTH:
    case JW_GRAIN_DAY:
        from.month = to.month = period.number;
        break;
    case JW_GRAIN_WEEK:
        *first = week_start(period.year, period.number);
        *last = *first + 6;
        return;
    default:
        break;
    }
    to.day = jwi_days_in_month(to.year, to.month);
    if (period.grain == JW_GRAIN_DAY)
        from.day = to.day = period.day;
    *first = jwi_days_of(from);
    *last = jwi_days_of(to);
}
