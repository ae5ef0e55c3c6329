/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions of a market as they were known at an instant. */
#ifndef JW_WRITE_CALENDAR_H
#define JW_WRITE_CALENDAR_H

#include <jinwen/write.h>

enum session { SESSION_NONE, SESSION_BEFORE, SESSION_OPEN, SESSION_AFTER };

/* Days count from 1970-01-01 in market time; JW_NO_DAY: none within a month. */
enum { JW_NO_DAY = INT32_MIN };
struct trade_time {
    enum session session;
    int32_t open_day, close_day; /* of the first session that opens, closes after the instant */
};

/* `calendar` NULL: Monday to Friday.  `available` is not JW_NO_TIME. */
struct trade_time jwi_trade_time(const jw_calendar *calendar, jw_region region, int64_t available);

/* The day of an instant in market time. */
int32_t jwi_market_day(int64_t instant);

/* Whether the calendar says nothing of the market in the year of the instant or of the session that follows. */
int jwi_calendar_lacks(const jw_calendar *calendar, jw_region region, int64_t available);

#endif
