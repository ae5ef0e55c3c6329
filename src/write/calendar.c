/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calendars of markets: a table of days that differ from the rule, Monday to Friday at the usual hours, each with the instant it became known.
 * What is not known yet does not count, so the trade date of a document never changes afterwards: a closure for a typhoon, announced in the
 * evening, does not exist at noon.  Rows are sorted once; a look-up is a bisection.
 */
#include "write/calendar.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/model.h"

#include <string.h>

enum {
    DAY_MS = 86400000,
    MINUTE_MS = 60000,
    ZONE_MS = 8 * 3600000, /* Taipei and Hong Kong: UTC+8, no summer time */
    CLOSED = -1,
    DAYS_AHEAD = 31,
    CELLS = 5,
    MIC = 4
};

/* One day of one market. */
struct day_row {
    int64_t known_at;
    int32_t day, open, close; /* minutes of the day; CLOSED */
    char mic[MIC];
};

struct jw_calendar {
    jw_alloc alloc;
    size_t size;
    uint32_t count;
    struct day_row row[];
};

static int order_of(const struct day_row *one, const struct day_row *two)
{
    const int mic = memcmp(one->mic, two->mic, MIC);
    if (mic)
        return mic;
    if (one->day != two->day)
        return one->day < two->day ? -1 : 1;
    return one->known_at < two->known_at ? -1 : one->known_at > two->known_at;
}

/* Days since 1970 of a Gregorian date, by 400-year eras that start on 1 March. */
static int32_t days_of(int32_t year, int32_t month, int32_t day)
{
    year -= month <= 2;
    const int32_t era = year / 400, of_era = year - era * 400;
    const int32_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Digits of a fixed width; -1 when one is none. */
static int32_t number(jw_bytes cell, size_t at, size_t width)
{
    int32_t ret = 0;
    for (size_t i = at; i < at + width; i++) {
        if (i >= cell.len || cell.at[i] < '0' || cell.at[i] > '9')
            return -1;
        ret = ret * 10 + (cell.at[i] - '0');
    }
    return ret;
}

/* 2026-07-17. */
static int read_day(jw_bytes cell, int32_t *ret)
{
    const int32_t year = number(cell, 0, 4), month = number(cell, 5, 2), day = number(cell, 8, 2);
    if (cell.len < 10 || cell.at[4] != '-' || cell.at[7] != '-' || year < 1900 || year >= 2200 ||
        month < 1 || month > 12 || day < 1 || day > 31)
        return 0;
    *ret = days_of(year, month, day);
    return 1;
}

/* 09:00; empty: closed. */
static int read_minute(jw_bytes cell, size_t at, int32_t *ret)
{
    const int32_t hour = number(cell, at, 2), minute = number(cell, at + 3, 2);
    if (cell.len < at + 5 || cell.at[at + 2] != ':' || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59)
        return 0;
    *ret = hour * 60 + minute;
    return 1;
}

/* 2026-07-16 20:00 in market time, or with Z in UTC; empty: always known. */
static int read_instant(jw_bytes cell, int64_t *ret)
{
    int32_t day, minute;
    *ret = INT64_MIN;
    if (!cell.len)
        return 1;
    const int is_utc = cell.at[cell.len - 1] == 'Z';
    if (!read_day(cell, &day) || cell.len < 16 || (cell.at[10] != ' ' && cell.at[10] != 'T') ||
        !read_minute(cell, 11, &minute))
        return 0;
    *ret = (int64_t)day * DAY_MS + (int64_t)minute * MINUTE_MS - (is_utc ? 0 : ZONE_MS);
    return 1;
}

static int read_row(const jw_bytes cell[CELLS], struct day_row *ret)
{
    const int is_closed = cell[2].len == 0 && cell[3].len == 0;
    ret->open = ret->close = CLOSED;
    if (cell[0].len != MIC || !read_day(cell[1], &ret->day) ||
        !read_instant(cell[4], &ret->known_at))
        return 0;
    memcpy(ret->mic, cell[0].at, MIC);
    return is_closed || (read_minute(cell[2], 0, &ret->open) &&
                         read_minute(cell[3], 0, &ret->close) && ret->open < ret->close);
}

/* The cells of a line; how many there are, at most one more than fit. */
static int split(jw_bytes line, jw_bytes ret[CELLS])
{
    int n = 0;
    const char *at = line.at, *const end = line.at + line.len;
    for (const jw_bytes none = {at, 0}; n < CELLS; n++)
        ret[n] = none;
    for (n = 0; n <= CELLS; n++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if (n < CELLS) {
            ret[n].at = at;
            ret[n].len = (size_t)((tab ? tab : end) - at);
        }
        if (!tab)
            return n + 1;
        at = tab + 1;
    }
    return n;
}

static int is_head(jw_bytes line)
{
    static const char head[] = "mic\tdate\topen\tclose\tknown_at";
    return line.len == sizeof head - 1 && !memcmp(line.at, head, line.len);
}

/* Keeps the rows sorted; calendars come sorted, so this is one look a row. */
static void insert(jw_calendar *calendar, struct day_row row)
{
    uint32_t at = calendar->count++;
    for (; at && order_of(&row, &calendar->row[at - 1]) < 0; at--)
        calendar->row[at] = calendar->row[at - 1];
    calendar->row[at] = row;
}

static jw_status fill(jw_calendar *calendar, jw_bytes tsv, jw_error *reterr)
{
    uint32_t number_of = 0;
    for (size_t at = 0; at < tsv.len; number_of++) {
        const char *newline = memchr(tsv.at + at, '\n', tsv.len - at);
        jw_bytes cell[CELLS],
            line = {tsv.at + at, newline ? (size_t)(newline - tsv.at) - at : tsv.len - at};
        const size_t next = at + line.len + 1;
        line.len -= line.len && line.at[line.len - 1] == '\r';
        struct day_row row;
        if (!number_of ? !is_head(line)
                       : line.len && (split(line, cell) != CELLS || !read_row(cell, &row)))
            return jwi_fail(reterr, JW_EFORMAT, at,
                            number_of ? "no row of a calendar: mic, date, open, close, known_at"
                                      : "a calendar begins with the line mic date open close "
                                        "known_at, parted by tabs");
        if (number_of && line.len)
            insert(calendar, row);
        at = next;
    }
    return JW_OK;
}

jw_status jw_calendar_read(jw_bytes tsv, const jw_alloc *alloc, jw_calendar **ret, jw_error *reterr)
{
    const jw_alloc use = jwi_alloc_or_default(alloc);
    size_t lines = 1;
    for (size_t i = 0; i < tsv.len; i++)
        lines += tsv.at[i] == '\n';
    const size_t size = sizeof **ret + lines * sizeof(struct day_row);
    jw_calendar *calendar = jwi_new(&use, size);
    if (!calendar)
        return jwi_fail_memory(reterr);
    calendar->alloc = use;
    calendar->size = size;
    const jw_status status = fill(calendar, tsv, reterr);
    if (status == JW_OK)
        *ret = calendar;
    else
        jw_calendar_free(calendar);
    return status;
}

jw_status jw_calendar_of_model(const jw_model *model, const jw_alloc *alloc, jw_calendar **ret, jw_error *reterr)
{
    jw_bytes tsv;
    *ret = NULL;
    if (!jwi_model_file_has(&model->file, "CALN"))
        return JW_OK;
    TRY(jwi_model_file_section(&model->file, "CALN", &tsv, reterr));
    return jw_calendar_read(tsv, alloc, ret, reterr);
}

void jw_calendar_free(jw_calendar *calendar)
{
    if (!calendar)
        return;
    const jw_alloc alloc = calendar->alloc;
    jwi_free(&alloc, calendar, calendar->size);
}

static const char *mic_of(jw_region region)
{
    return region == JW_HK ? "XHKG" : "XTAI";
}

/* First row not before the key. */
static uint32_t lower_bound(const jw_calendar *calendar, const struct day_row *key)
{
    uint32_t low = 0, high = calendar ? calendar->count : 0;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (order_of(&calendar->row[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Hours of a day as they were known at the instant. */
static struct day_row hours_of(const jw_calendar *calendar, jw_region region, int32_t day,
                               int64_t known)
{
    const int weekday = ((day + 3) % 7 + 7) % 7; /* 0 is Monday */
    struct day_row ret = {INT64_MIN, day, CLOSED, CLOSED, {0}};
    memcpy(ret.mic, mic_of(region), MIC);
    for (uint32_t i = lower_bound(calendar, &ret), end = calendar ? calendar->count : 0;
         i < end && calendar->row[i].day == day && !memcmp(calendar->row[i].mic, ret.mic, MIC) &&
         calendar->row[i].known_at <= known;
         i++)
        if (i + 1 == end || calendar->row[i + 1].day != day ||
            memcmp(calendar->row[i + 1].mic, ret.mic, MIC) != 0 ||
            calendar->row[i + 1].known_at > known)
            return calendar->row[i];
    if (weekday < 5) {
        ret.open = region == JW_HK ? 9 * 60 + 30 : 9 * 60;
        ret.close = region == JW_HK ? 16 * 60 : 13 * 60 + 30;
    }
    return ret;
}

int32_t jwi_market_day(int64_t instant)
{
    const int64_t local = instant + ZONE_MS;
    return (int32_t)(local / DAY_MS - (local % DAY_MS < 0));
}

struct trade_time jwi_trade_time(const jw_calendar *calendar, jw_region region, int64_t available)
{
    const int32_t today = jwi_market_day(available);
    const int64_t of_day = available + ZONE_MS - (int64_t)today * DAY_MS;
    const struct day_row now = hours_of(calendar, region, today, available);
    struct trade_time ret = {SESSION_NONE, JW_NO_DAY, JW_NO_DAY};
    if (now.open != CLOSED)
        ret.session = of_day < (int64_t)now.open * MINUTE_MS    ? SESSION_BEFORE
                      : of_day < (int64_t)now.close * MINUTE_MS ? SESSION_OPEN
                                                                : SESSION_AFTER;
    for (int32_t day = today; day <= today + DAYS_AHEAD; day++) {
        const struct day_row hours = hours_of(calendar, region, day, available);
        if (hours.open == CLOSED)
            continue;
        const int is_later = day > today;
        if (ret.open_day == JW_NO_DAY && (is_later || of_day < (int64_t)hours.open * MINUTE_MS))
            ret.open_day = day;
        if (ret.close_day == JW_NO_DAY && (is_later || of_day < (int64_t)hours.close * MINUTE_MS))
            ret.close_day = day;
        if (ret.open_day != JW_NO_DAY)
            break;
    }
    return ret;
}

/* 1 January of the year of the day. */
static int32_t year_start(int32_t day)
{
    int32_t year = 1970 + day / 365 - 2; /* not after the day's for a millennium either way */
    while (days_of(year + 1, 1, 1) <= day)
        year++;
    return days_of(year, 1, 1);
}

static int covers(const jw_calendar *calendar, jw_region region, int32_t day)
{
    struct day_row key = {INT64_MIN, year_start(day), CLOSED, CLOSED, {0}};
    memcpy(key.mic, mic_of(region), MIC);
    const uint32_t at = lower_bound(calendar, &key);
    return calendar && at < calendar->count && !memcmp(calendar->row[at].mic, key.mic, MIC) &&
           year_start(calendar->row[at].day) == key.day;
}

int jwi_calendar_lacks(const jw_calendar *calendar, jw_region region, int64_t available)
{
    const int32_t today = jwi_market_day(available);
    const int32_t next = jwi_trade_time(calendar, region, available).open_day;
    return !covers(calendar, region, today) || (next != JW_NO_DAY && !covers(calendar, region, next));
}
