/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Years by numbers: 2025年  115年  2019-2023年  114及113年度  2025營收  89學年度.
 * Method: the size of the number and the words around it tell a year, of which era, from a length of time (10年期), a code and a level.
 */
#include "stage/value/value_date.h"

/* Words that make "115年" a length of time. */
int jwi_date_is_length_after(const struct line *line, uint32_t at)
{
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    if (cue && (cue->kind == CUE_OVER_AFTER || cue->kind == CUE_ABOUT_AFTER ||
                cue->kind == CUE_UNDER_AFTER))
        return 1;
    int32_t months;
    if (code_at(line, at) == 0x524d) /* 467年前, but 115年前11月 */
        return !jwi_number_small(line, at + 1, &months);
    return code_is_one_of(code_at(line, at), u"期來的歷後內間多餘半");
}

int jwi_date_is_length_before(const struct line *line, uint32_t at)
{
    const uint32_t code = at ? line->code[at - 1] : 0;
    if (at > 1 && (line->code[at - 2] == 0x9023 ||
                   (code == 0x904e && line->code[at - 2] == 0x8d85))) /* 連跌3日, 超過 */
        return 1;
    return code_is_one_of(code, u"近逾達約每長連續共滿時");
}

/* 89年至95年, `at` being at the first 年. */
static int is_year_range(const struct line *line, uint32_t at, int32_t from)
{
    int32_t to;
    const uint32_t end =
        is_range_link(code_at(line, at + 1)) ? jwi_number_small(line, at + 2, &to) : 0;
    return end && code_at(line, end) == 0x5e74 && to > from && to < ROC_LAST; /* 年 */
}

/* 99年9億元, 98年的時候: from the eighties on a bare year is more likely than so many years; a lease runs 99年. */
static int is_late_year(const struct line *line, uint32_t start, uint32_t at, int32_t number)
{
    const uint32_t next = code_at(line, at + 1), after = code_at(line, at + 2);
    if (number < 80 || !is_digit(line->code[start]) || jwi_date_is_length_before(line, start) ||
        (start && line->code[start - 1] == 0x671f) || next == 0x79df || next == 0x4ee3) /* 期 租 代 */
        return 0;
    return (next == 0x7684 && after == 0x6642) || !jwi_date_is_length_after(line, at + 1); /* 的時 */
}

/* A number before 年 as a year: four digits, or a year of the Republic; 0 when it counts years instead. */
int32_t jwi_date_year_of(const struct line *line, uint32_t start, uint32_t at, int32_t number,
                       int is_roc)
{
    const uint32_t next = code_at(line, at + 1);
    const int is_dated =
        (is_digit(next) && line->gap[at + 1 < line->len ? at + 1 : at] != GAP_BREAK) ||
        next == 0x7b2c || next == 0x5ea6;
    if (is_roc)
        return number >= 1 && number <= 999 ? number + ROC : 0;
    if (number >= 1900 && number < 2200)
        return number;
    if (number >= 1000 && number < 1900)
        return jwi_date_is_length_after(line, at + 1) || jwi_date_is_length_before(line, start) ? 0 : number;
    const uint32_t before = start ? line->code[start - 1] : 0;
    const int is_placed = before == 0x81ea || before == 0x5f9e || before == 0x65bc ||
                          before == 0x8fc4 || before == 0x5728; /* 自 從 於 迄 在 */
    if (number >= 100 && number < ROC_LAST)
        return (number > 100 || is_dated || is_placed || next == 0x5e95) && /* 底 */ !jwi_date_is_length_after(line, at + 1) &&
                       !jwi_date_is_length_before(line, start)
                   ? number + ROC
                   : 0;
    if (number >= ROC_FIRST && number < 100 &&
        (next == 0x5ea6 || next == 0x5e95 || is_year_range(line, at, number) || /* 度 底 */
         (is_placed && !jwi_date_is_length_after(line, at + 1)) || is_late_year(line, start, at, number)))
        return number + ROC;
    if (number >= ROC_LAST && number < ROC_LAST + 50 && is_range_link(before) && is_digit(next) && start > 1 &&
        (line->code[start - 2] == 0x65e5 || line->code[start - 2] == 0x6708)) /* 110年11月1日至160年10月31日; 日 月 */
        return number + ROC;
    if (number >= ROC_LAST && number < 1000 &&
        (before == 0x5728 || before == 0x65bc)) /* 在882年 於 */
        return jwi_date_is_length_after(line, at + 1) ? 0 : number;
    int32_t month;
    const uint32_t end = jwi_number_small(line, at + 1, &month);
    if (number < 20 || number >= 100 || !end || code_at(line, end) != 0x6708 || month < 1 ||
        month > 12)
        return 0;
    return number >= ROC_FIRST ? number + ROC : number + 2000;
}

/* 2019-2023年, 2020至2022年, 97至99年度. */
uint32_t jwi_date_year_range(const struct line *line, uint32_t at, struct date *ret)
{
    int32_t from, to;
    uint32_t i = jwi_number_small(line, at, &from);
    if (!i || from < ROC_FIRST || from > 2200 || !is_range_link(code_at(line, i)))
        return 0;
    i = jwi_number_small(line, i + 1, &to);
    if (!i || code_at(line, i) != 0x5e74 || to <= from || to > 2200) /* 年 */
        return 0;
    const int is_fiscal = code_at(line, i + 1) == 0x5ea6; /* 度 */
    if (from < ROC_LAST && (to >= ROC_LAST || (from < 80 && !is_fiscal)))
        return 0;
    const int32_t era = from < ROC_LAST ? ROC : 0;
    if (!era && from < 1900)
        return 0;
    ret->has_year = 1;
    return done(ret, i + 1 + (uint32_t)is_fiscal, period_of(from + era, JW_GRAIN_YEAR, 0, 0),
                period_of(to + era, JW_GRAIN_YEAR, 0, 0));
}

/* The 114 of 114及113年度: two years of one form. */
uint32_t jwi_date_list_year(const struct line *line, uint32_t at, struct date *ret)
{
    int32_t number, next;
    const uint32_t end = jwi_number_small(line, at, &number), link = code_at(line, end);
    if (!end || (link != 0x3001 && link != 0x8207 && link != 0x53ca && link != 0x548c)) /* 、與及和 */
        return 0;
    const uint32_t after = jwi_number_small(line, end + 1, &next);
    const int32_t apart = next > number ? next - number : number - next;
    if (!after || code_at(line, after) != 0x5e74 || !apart || apart > 10) /* 年 */
        return 0;
    const int is_roc = number >= ROC_FIRST && number < ROC_LAST && next >= ROC_FIRST &&
                       next < ROC_LAST &&
                       (code_at(line, after + 1) == 0x5ea6 || (number > 100 && next > 100)); /* 度 */
    if (!is_roc && (number < 1900 || number >= 2200 || next < 1900 || next >= 2200))
        return 0;
    ret->has_year = 1;
    return done(ret, end, period_of(is_roc ? number + ROC : number, JW_GRAIN_YEAR, 0, 0), no_period);
}

/* 在 alone, not the end of 收在, 站在, 買在. */
static int is_preposition(const struct line *line, uint32_t at)
{
    static const uint16_t verbs[] = {0x6536, 0x7ad9, 0x8cb7, 0x8ce3, 0x5957, 0x5b88, 0x843d, 0x7a7a, 0x7dad, 0x5361}; /* 收站買賣套守落空維卡 */
    for (size_t i = 0; at && i < sizeof verbs / sizeof *verbs; i++)
        if (line->code[at - 1] == verbs[i])
            return 0;
    return 1;
}

/* 2330收盤 is of a code. */
static int is_price_term(const struct line *line, const struct value_term *metric)
{
    static const char *const names[] = {"price", "index"};
    return is_one_of(value_name(line->lex, metric), names, 2);
}

/* Letters before a bare number of four digits that is no year: a code, a part of a longer number, a level. */
static int may_be_year(const struct line *line, uint32_t at)
{
    const uint32_t before = at && line->gap[at] == GAP_NONE ? line->code[at - 1] : 0;
    return !is_digit(before) && !is_latin(before) && before != '(' && before != '-' && before != '.' && before != '/' && before != '$' &&
           before != '#' && before != ':';
}

/* Four digits of a year from 1990 to 2060 and nothing more; 0 for none. */
static int32_t four_digits(const struct line *line, uint32_t at)
{
    int32_t year = 0;
    for (uint32_t i = at; i < at + 4; i++) {
        if (!is_digit(code_at(line, i)) || (i > at && !is_tight(line, i)))
            return 0;
        year = year * 10 + (int32_t)(line->code[i] - '0');
    }
    const uint32_t next = is_tight(line, at + 4) ? code_at(line, at + 4) : 0;
    return year >= 1990 && year < 2061 && !is_digit(next) && next != ',' && next != '.' ? year : 0;
}

/* 自2019起, 從2020開始, 從2018到現在, 從2018到2024: no 從2000起跌, 從2000到3000. */
static int begins_as_year(const struct line *line, uint32_t end)
{
    const uint32_t next = code_at(line, end), second = code_at(line, end + 1);
    if (code_is_one_of(next, u"到至"))
        return code_is_one_of(second, u"今現") || four_digits(line, end + 1);
    return (next == 0x8d77 && !code_is_one_of(second, u"漲跌噴拉殺")) || (next == 0x4ee5 && code_is_one_of(second, u"來後")) ||
           (next == 0x958b && second == 0x59cb); /* 起 以 開始 */
}

/* 自2019起, 2030前, 持續到2027, 排至2028: words that lead years. */
static int is_led_as_year(const struct line *line, uint32_t at)
{
    const uint32_t before = at ? line->code[at - 1] : 0, first = at > 1 ? line->code[at - 2] : 0, next = code_at(line, at + 4);
    if (next == 0x5e74) /* 年 */
        return 0;
    if (code_is_one_of(before, u"自從"))
        return begins_as_year(line, at + 4);
    if (code_is_one_of(before, u"到至"))
        return code_is_one_of(first, u"續延排直推拖") && (!next || line->cls[at + 4] != UNIT_HAN || code_is_one_of(next, u"才後前都仍"));
    return next == 0x524d && is_tight(line, at + 4) && line->cls[at + 5] == UNIT_HAN &&
           (!at || code_is_one_of(before, u"在於") || line->clause[at] == at); /* 前 */
}

/* 2026台北國際電腦展, 【2027展望】: at the head of what is said, a year not far from now. */
static int heads_as_year(const struct line *line, uint32_t at, const struct clock *clock, int32_t year)
{
    enum { FAR = 5 };
    const uint32_t before = at ? line->code[at - 1] : 0;
    if (clock->is_board && !code_is_one_of(before, u"【《「〈")) /* 2027可以買嗎: a code */
        return 0;
    return clock->has_base && year >= clock->base.year - FAR && year <= clock->base.year + FAR && line->cls[at + 4] == UNIT_HAN &&
           is_tight(line, at + 4) && (line->clause[at] == at || code_is_one_of(before, u"【《「〈") || line->gap[at]) &&
           !code_is_one_of(line->code[at + 4], u"點元買賣進空多停出張股口漲跌收開以左附會財");
}

/* 2025營收, 2024全年, 〈2023百貨周慶〉, 2025E, 2020-2022, 在2018股價: a year without its word. */
uint32_t jwi_date_bare_year(const struct line *line, uint32_t at, const struct clock *clock, struct date *ret)
{
    static const uint16_t words[][2] = {{0x5168, 0x5e74}, {0x5c55, 0x671b}, {0x8ca1, 0x5831}, {0x9810, 0x4f30}, {0x76ee, 0x6a19},
                                        {0x6295, 0x8cc7}, {0x71df, 0x904b}}; /* 全年 展望 財報 預估 目標 投資 營運 */
    const int32_t year = may_be_year(line, at) ? four_digits(line, at) : 0;
    const uint32_t end = at + 4, next = is_tight(line, end) ? code_at(line, end) : 0, before = at ? line->code[at - 1] : 0;
    struct date part;
    if (!year || next == NAME_LETTER || next == 0x5e74 || (next && jwi_date_part(line, end, clock, year, &part))) /* 年 */
        return 0;
    const int32_t to = next == '-' || next == '~' || next == '/' ? four_digits(line, end + 1) : 0;
    const uint32_t after_to = is_tight(line, end + 5) ? code_at(line, end + 5) : 0;
    ret->has_year = 1;
    if (to > year && to - year < 30 && after_to != '/' && after_to != '-' && !is_latin(after_to) && after_to != NAME_LETTER)
        return done(ret, end + 5, period_of(year, JW_GRAIN_YEAR, 0, 0), period_of(to, JW_GRAIN_YEAR, 0, 0));
    if ((next == 'E' || next == 'F') && !(is_tight(line, end + 1) && (is_latin(code_at(line, end + 1)) || is_digit(code_at(line, end + 1)))))
        return done(ret, end + 1, period_of(year, JW_GRAIN_YEAR, 0, 0), no_period);
    const struct value_term *metric = next ? jwi_value_find(line, end, TERM_METRIC) : NULL;
    int is_year = is_led_as_year(line, at) || heads_as_year(line, at, clock, year) ||
                  (before == 0x3008 && line->cls[end] == UNIT_HAN) || /* 〈 */
                  (before == 0x5728 && next && line->cls[end] == UNIT_HAN && is_preposition(line, at - 1)); /* 在 */
    is_year |= metric && metric->use > 1 && !is_price_term(line, metric) && (!at || line->gap[at] || !before || line->cls[at - 1] != UNIT_HAN);
    for (size_t i = 0; i < sizeof words / sizeof *words && next; i++)
        is_year |= next == words[i][0] && code_at(line, end + 1) == words[i][1];
    const struct value_term *unit = is_year ? jwi_value_find(line, end, TERM_UNIT) : NULL;
    return is_year && !(unit && unit->kind) ? done(ret, end, period_of(year, JW_GRAIN_YEAR, 0, 0), no_period) : 0;
}

/* 89學年度: from August to July. */
uint32_t jwi_date_school_year(uint32_t end, int32_t number, const struct line *line, struct date *ret)
{
    const int32_t year = number >= ROC_FIRST && number < ROC_LAST ? number + ROC : number;
    if (year < 1900 || year >= 2200)
        return 0;
    ret->has_year = 1;
    end += code_at(line, end) == 0x5ea6; /* 度 */
    return done(ret, end, period_of(year, JW_GRAIN_MONTH, 8, 0),
                period_of(year + 1, JW_GRAIN_MONTH, 7, 0));
}
