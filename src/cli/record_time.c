/* SPDX-License-Identifier: Apache-2.0 */
/* See record_time.h.  A cursor over the text: every reader takes what it knows or leaves the cursor where it was. */
#include "cli/record_time.h"

#include <string.h>

struct cursor {
    const char *at, *end;
};

struct moment {
    int64_t year;
    uint32_t month, day, hour, minute, second, milli;
    int32_t zone; /* minutes east of UTC */
};

enum { MARKET_ZONE = 8 * 60, ROC_EPOCH = 1911 };

static int take(struct cursor *cursor, char byte)
{
    if (cursor->at == cursor->end || *cursor->at != byte)
        return 0;
    cursor->at++;
    return 1;
}

/* Digits as a number; returns how many there were. */
static int take_digits(struct cursor *cursor, int most, uint32_t *ret)
{
    int n = 0;
    *ret = 0;
    while (n < most && cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9') {
        *ret = *ret * 10 + (uint32_t)(*cursor->at++ - '0');
        n++;
    }
    return n;
}

static uint32_t days_in(int64_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && is_leap ? 29 : days[month - 1];
}

static int is_date(const struct moment *moment)
{
    return moment->year >= 1900 && moment->year <= 2199 && moment->month >= 1 &&
           moment->month <= 12 && moment->day >= 1 &&
           moment->day <= days_in(moment->year, moment->month);
}

/* Days since 1970-01-01 of the proleptic Gregorian calendar, by 400-year eras that start on 1 March. */
static int64_t days_of(const struct moment *moment)
{
    const int64_t year = moment->year - (moment->month <= 2);
    const int64_t era = year / 400, of_era = year - era * 400;
    const int64_t month = moment->month > 2 ? moment->month - 3 : moment->month + 9;
    const int64_t of_year = (153 * month + 2) / 5 + moment->day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int finish(const struct moment *moment, int64_t *ret)
{
    if (!is_date(moment) || moment->hour > 23 || moment->minute > 59 || moment->second > 59)
        return -1;
    const int64_t minutes =
        (days_of(moment) * 24 + moment->hour) * 60 + moment->minute - moment->zone;
    *ret = (minutes * 60 + moment->second) * 1000 + moment->milli;
    return 0;
}

static int64_t full_year(uint32_t year, int digits)
{
    return digits == 4 ? (int64_t)year : (int64_t)year + ROC_EPOCH;
}

/* Eight digits are a Gregorian date, seven and six one of the Republic. */
static int split_digits(uint32_t number, int digits, struct moment *moment)
{
    if (digits < 6 || digits > 8)
        return -1;
    moment->year = full_year(number / 10000, digits - 4);
    moment->month = number / 100 % 100;
    moment->day = number % 100;
    return 0;
}

static int read_date(struct cursor *cursor, struct moment *moment)
{
    uint32_t number;
    const int digits = take_digits(cursor, 8, &number);
    if (digits >= 6)
        return split_digits(number, digits, moment);
    const char joint = cursor->at < cursor->end ? *cursor->at : '\0';
    if (digits < 2 || (joint != '-' && joint != '/' && joint != '.'))
        return -1;
    moment->year = full_year(number, digits);
    if (!take(cursor, joint) || !take_digits(cursor, 2, &moment->month))
        return -1;
    return take(cursor, joint) && take_digits(cursor, 2, &moment->day) ? 0 : -1;
}

/* Fractions beyond the millisecond are cut. */
static int read_fraction(struct cursor *cursor, struct moment *moment)
{
    uint32_t rest;
    const int digits = take_digits(cursor, 3, &moment->milli);
    for (int i = digits; i < 3; i++)
        moment->milli *= 10;
    while (take_digits(cursor, 9, &rest) > 0) {
    }
    return digits > 0 ? 0 : -1;
}

static int read_clock(struct cursor *cursor, struct moment *moment)
{
    if (take_digits(cursor, 2, &moment->hour) == 0 || !take(cursor, ':') ||
        take_digits(cursor, 2, &moment->minute) != 2)
        return -1;
    if (!take(cursor, ':'))
        return 0;
    if (take_digits(cursor, 2, &moment->second) != 2)
        return -1;
    return take(cursor, '.') || take(cursor, ',') ? read_fraction(cursor, moment) : 0;
}

static int read_zone(struct cursor *cursor, struct moment *moment)
{
    uint32_t hours, minutes = 0;
    moment->zone = 0;
    if (take(cursor, 'Z') || take(cursor, 'z'))
        return 0;
    const int is_west = take(cursor, '-');
    if (!is_west && !take(cursor, '+'))
        return -1;
    if (take_digits(cursor, 2, &hours) != 2 || hours > 14)
        return -1;
    take(cursor, ':');
    if (take_digits(cursor, 2, &minutes) == 1 || minutes > 59)
        return -1;
    moment->zone = (int32_t)(hours * 60 + minutes) * (is_west ? -1 : 1);
    return 0;
}

/* `Wed Aug 25 16:04:20 2021` */
static int read_forum(struct cursor cursor, int64_t *ret)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct moment moment = {0, 0, 0, 0, 0, 0, 0, MARKET_ZONE};
    uint32_t year;
    if (cursor.end - cursor.at < 20 || cursor.at[3] != ' ')
        return -1;
    for (uint32_t i = 0; i < 12; i++)
        if (memcmp(cursor.at + 4, months + 3 * i, 3) == 0)
            moment.month = i + 1;
    cursor.at += 7;
    while (take(&cursor, ' ')) {
    }
    if (moment.month == 0 || take_digits(&cursor, 2, &moment.day) == 0 || !take(&cursor, ' '))
        return -1;
    if (read_clock(&cursor, &moment) != 0 || !take(&cursor, ' ') ||
        take_digits(&cursor, 4, &year) != 4)
        return -1;
    moment.year = (int64_t)year;
    return cursor.at == cursor.end ? finish(&moment, ret) : -1;
}

static struct cursor trimmed(jw_bytes text)
{
    const char *const at = text.len ? text.at : ""; /* a field that is missing has no address */
    struct cursor cursor = {at, at + text.len};
    while (cursor.at < cursor.end && *cursor.at == ' ')
        cursor.at++;
    while (cursor.at < cursor.end && cursor.end[-1] == ' ')
        cursor.end--;
    return cursor;
}

int cli_time_read(jw_bytes text, int64_t *ret)
{
    struct moment moment = {0, 0, 0, 0, 0, 0, 0, MARKET_ZONE};
    struct cursor cursor = trimmed(text);
    if (cursor.at < cursor.end && *cursor.at >= 'A' && *cursor.at <= 'Z')
        return read_forum(cursor, ret);
    if (read_date(&cursor, &moment) != 0)
        return -1;
    if (cursor.at < cursor.end) {
        if (!take(&cursor, 'T') && !take(&cursor, 't') && !take(&cursor, ' '))
            return -1;
        if (read_clock(&cursor, &moment) != 0)
            return -1;
        take(&cursor, ' ');
        if (cursor.at < cursor.end && read_zone(&cursor, &moment) != 0)
            return -1;
    }
    return cursor.at == cursor.end ? finish(&moment, ret) : -1;
}

int cli_time_read_feed(jw_bytes date, jw_bytes time, int64_t *ret)
{
    struct moment moment = {0, 0, 0, 0, 0, 0, 0, MARKET_ZONE};
    struct cursor cursor = trimmed(date);
    uint32_t number;
    if (read_date(&cursor, &moment) != 0 || cursor.at != cursor.end)
        return -1;
    cursor = trimmed(time);
    const char *const from = cursor.at;
    if (cursor.at < cursor.end) {
        if (memchr(from, ':', (size_t)(cursor.end - from))) {
            if (read_clock(&cursor, &moment) != 0)
                return -1;
        } else if (take_digits(&cursor, 6, &number) > 0) { /* 1-6 digits, zeros on the left are lost */
            moment.hour = number / 10000;
            moment.minute = number / 100 % 100;
            moment.second = number % 100;
        }
    }
    return cursor.at == cursor.end ? finish(&moment, ret) : -1;
}
