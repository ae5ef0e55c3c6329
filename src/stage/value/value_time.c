/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times of day: 13:30  13:30:05  17時30分  上午10點半  9點開盤.
 */
#include "stage/value/value_date.h"

/* 9點半, 9點開盤: behind 點 stands a word of the clock, and no rise before the number. */
static int is_clock_after(const struct line *line, uint32_t start, uint32_t at)
{
    const uint32_t before = start ? line->code[start - 1] : 0, next = code_at(line, at), after = code_at(line, at + 1);
    const int is_move = before == 0x6f32 || before == 0x8dcc || before == 0x5347 || before == 0x964d || before == 0x65bc; /* 漲跌升降於 */
    return !is_move && !is_digit(before) && before != '.' &&
           ((code_is_one_of(before, u"天日早晚") && code_is_one_of(next, u"前後多")) || /* 隔天10點前 */
            next == 0x534a || next == 0x9418 || next == 0x6574 || (next == 0x958b && (after == 0x76e4 || after == 0x59cb))); /* 半鐘整 開盤 開始 */
}

/* 13:30, 13:30:05, 17時30分, 上午10點半. */
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
