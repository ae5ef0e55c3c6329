/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates without a year: the year that the tense of the clause asks for; with no tense the nearest one, because Taiwan's news names months and
 * quarters of the present.
 */
#include "stage/value/value_date.h"

enum { FAR_DAYS = 270, NEAR_DAYS = 60 };

/* How far the period lies from today as the tense sees it; negative: ruled out. */
int32_t jwi_date_distance(const struct clock *clock, jw_period period)
{
    int32_t first, last;
    jwi_period_span(period, &first, &last);
    if (clock->tense == TENSE_PAST || clock->tense == TENSE_SINCE)
        return clock->today - first;
    if (clock->tense == TENSE_FUTURE)
        return last - clock->today;
    return first > clock->today  ? first - clock->today
           : last < clock->today ? clock->today - last
                                 : 0;
}

int jwi_date_exists(jw_period period)
{
    const struct civil date = {period.year, period.number, period.day};
    return period.grain != JW_GRAIN_DAY || jwi_is_civil(date);
}

/* 2024年第三季5億元，第四季6億元: a later one of the same year. */
static int goes_on(const jw_period *named, const jw_period *period)
{
    return named->grain && named->grain == period->grain &&
           (period->number > named->number || (period->number == named->number && period->day > named->day));
}

/* The period with its year chosen; no_period without a clock. */
jw_period jwi_date_resolve(const struct clock *clock, jw_period period)
{
    jw_period best = no_period;
    int32_t nearest = INT32_MAX;
    if (clock->list_year) {
        period.year = (int16_t)clock->list_year;
        return jwi_date_exists(period) ? period : no_period;
    }
    if (goes_on(&clock->named, &period)) {
        period.year = clock->named.year;
        return jwi_date_exists(period) ? period : no_period;
    }
    if (!clock->has_base)
        return no_period;
    for (int32_t year = clock->base.year - 1; year <= clock->base.year + 1; year++) {
        period.year = (int16_t)year;
        if (!jwi_date_exists(period))
            continue;
        const int32_t away = jwi_date_distance(clock, period);
        if (away >= 0 && away < nearest) {
            nearest = away;
            best = period;
        }
    }
    if (clock->tense == TENSE_OPEN || clock->tense == TENSE_SINCE || nearest < FAR_DAYS)
        return best;
    struct clock open =
        *clock; /* nobody speaks of a date nearly a year away without its year when the same date is near */
    open.tense = TENSE_OPEN;
    const jw_period other = jwi_date_resolve(&open, period);
    return jwi_date_distance(&open, other) < NEAR_DAYS ? other : best;
}

/* The period of a year that was named (0: not), resolved. */
jw_period jwi_date_in_year(const struct clock *clock, int32_t year, jw_grain grain, int32_t number,
                           int32_t day)
{
    const jw_period period = period_of(year, grain, number, day);
    if (!year)
        return jwi_date_resolve(clock, period);
    return jwi_date_exists(period) ? period : no_period;
}

jw_period jwi_date_month_from(struct civil base, int32_t offset)
{
    const int32_t months = base.year * 12 + base.month - 1 + offset;
    return period_of(months / 12, JW_GRAIN_MONTH, months % 12 + 1, 0);
}
