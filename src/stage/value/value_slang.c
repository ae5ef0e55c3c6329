/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shorthand of boards and of rating agencies: 39K  2w6  5.2E  跌停*3  AA-  twA+  BBB(-)  Baa2  Tue Dec 17 14:03:22 2024.
 * Method: letters that scale a number become the Chinese scale they stand for, so that the grammar of numbers reads both; a rating is one of a
 * closed list of symbols and, unless no other word looks like it, needs a word of ratings in its sentence.
 */
#include "stage/value/value_amount.h"

enum { QIAN = 0x5343, WAN = 0x842c, YI = 0x5104 }; /* 千 萬 億 */

/* Where the digits before `at` begin, `at` itself when there are none. */
static uint32_t digits_start(const struct line *line, uint32_t at)
{
    uint32_t i = at;
    while (i && line->gap[i] == GAP_NONE &&
           (is_digit(line->code[i - 1]) || line->code[i - 1] == '.'))
        i--;
    return i < at && line->gap[i] == GAP_NONE && i && is_latin(line->code[i - 1]) ? at : i;
}

static int has_point(const struct line *line, uint32_t start, uint32_t end)
{
    while (start < end && line->code[start] != '.')
        start++;
    return start < end;
}

/* 4K and 8K are pictures, 24K金 is gold, 60K線 a chart, 65w快充 power. */
static int is_scale_letter(const struct line *line, uint32_t at)
{
    const uint32_t code = line->code[at], next = is_tight(line, at + 1) ? code_at(line, at + 1) : 0;
    const uint32_t start = digits_start(line, at);
    if (start == at || is_latin(next) || (start && line->code[start - 1] == '-'))
        return 0;
    if (code == 'w')
        return next != 0x5145 && next != 0x5feb && next != 0x71c8 && next != 0x74e6; /* 充快燈瓦 */
    if (code == 'E') /* 5.2E, 120E, no 2025E and no 25E */
        return !is_digit(next) && next != '+' && next != '-' && (at == start + 3 || has_point(line, start, at));
    if (code == 'W')
        return is_digit(next);
    const uint32_t first = line->code[start];
    if ((code != 'k' && code != 'K') || is_digit(next))
        return 0;
    const int is_picture = at == start + 1 && (first == '2' || first == '4' || first == '8');
    return !is_picture && next != 0x91d1 && next != 0x7d14 && next != 0x7dda &&
           next != 0x68d2; /* 金純線棒 */
}

void jwi_value_slang(struct line *line)
{
    for (uint32_t i = 1; i < line->len; i++) {
        const uint32_t code = line->code[i] | 0x20u;
        if ((code == 'k' || code == 'w' || line->code[i] == 'E') && line->cls[i] == UNIT_LATIN && is_tight(line, i) &&
            is_scale_letter(line, i))
            line->code[i] = code == 'k' ? QIAN : code == 'w' ? WAN : YI;
    }
}

uint32_t jwi_value_limit(const struct line *line, uint32_t at, struct item *item)
{
    struct number number;
    const uint32_t mark = code_at(line, at + 2);
    if ((mark != '*' && mark != 'x' && mark != 'X' && mark != 0xd7) ||
        code_at(line, at + 1) != 0x505c || !is_digit(code_at(line, at + 3))) /* 停 */
        return 0;
    const uint32_t end = jwi_number_read(line, at + 3, &number);
    static const jw_bytes unit = {"根", 3};
    memset(item, 0, sizeof *item);
    item->start = at;
    item->end = end;
    item->value.kind = JW_VALUE_QUANTITY;
    item->value.value = number.value;
    item->value.unit = unit;
    return end;
}

/* Signs of S&P, Fitch and Taiwan Ratings; those of Moody's; those of short terms. */
static const char *const ratings[] = {
    "A",     "A+",   "A-",     "A-1",    "A-1+",  "A-2",    "A-3",  "A1",    "A2",    "A3",
    "AA",    "AA+",  "AA-",    "AAA",    "Aa1",   "Aa2",    "Aa3",  "Aaa",   "B",     "B+",
    "B-",    "B1",   "B2",     "B3",     "BB",    "BB+",    "BB-",  "BBB",   "BBB+",  "BBB-",
    "Ba1",   "Ba2",  "Ba3",    "Baa1",   "Baa2",  "Baa3",   "CC",   "CCC",   "CCC+",  "CCC-",
    "Caa1",  "Caa2", "Caa3",   "F1",     "F1+",   "F2",     "F3",   "P-1",   "P-2",   "P-3",
    "twA",   "twA+", "twA-",   "twA-1",  "twA-1+", "twA-2", "twA-3", "twAA", "twAA+", "twAA-",
    "twAAA", "twB",  "twB+",   "twB-",   "twBB",  "twBB+",  "twBB-", "twBBB", "twBBB+", "twBBB-",
    "twCC",  "twCCC", "twCCC+", "twCCC-", "twD",  "twSD"};

static uint32_t symbol_end(const struct line *line, uint32_t at, const char *symbol)
{
    uint32_t i = at;
    for (; *symbol; symbol++) {
        if ((*symbol == '+' || *symbol == '-') && !symbol[1] && code_at(line, i) == '(' &&
            code_at(line, i + 1) == (uint32_t)*symbol && code_at(line, i + 2) == ')') {
            i += 3;
            continue;
        }
        if (code_at(line, i) != (uint32_t)(unsigned char)*symbol || (i > at && !is_tight(line, i)))
            return 0;
        i++;
    }
    const uint32_t next = is_tight(line, i) ? code_at(line, i) : 0;
    return is_digit(next) || is_latin(next) ? 0 : i;
}

/* twA+ and Baa2 are nothing else; A and BB are many things. */
static int is_telling(const char *symbol)
{
    return symbol[0] == 't' || (symbol[1] == 'a' && symbol[2] == 'a') ||
           (symbol[0] == 'A' && symbol[1] == 'a');
}

static int speaks_of_ratings(const struct scan *scan)
{
    for (uint32_t i = 0; i < scan->mark_count; i++)
        if (is_kind(&scan->mark[i], CUE_RATING))
            return 1;
    return 0;
}

uint32_t jwi_value_rating(struct scan *scan, uint32_t at, struct item *item)
{
    const struct line *line = &scan->line;
    const uint32_t code = code_at(line, at);
    static const jw_bytes of = {"credit_rating", 13};
    const char *best = NULL;
    uint32_t end = 0;
    if ((code != 't' && code != 'F' && code != 'P' && (code < 'A' || code > 'C')) ||
        (at && line->gap[at] == GAP_NONE &&
         (is_latin(line->code[at - 1]) || is_digit(line->code[at - 1]))))
        return 0;
    for (size_t i = 0; i < sizeof ratings / sizeof *ratings; i++) {
        const uint32_t close = symbol_end(line, at, ratings[i]);
        if (close > end) {
            end = close;
            best = ratings[i];
        }
    }
    if (!end)
        return 0;
    if (!is_telling(best)) {
        if (!scan->ratings)
            scan->ratings = speaks_of_ratings(scan) ? 1 : -1;
        if (scan->ratings < 0)
            return 0;
    }
    memset(item, 0, sizeof *item);
    item->start = at;
    item->end = end;
    item->flags = ITEM_RATING;
    item->value.kind = JW_VALUE_RATIO;
    item->value.unit.at = best;
    item->value.unit.len = strlen(best);
    item->value.of = of;
    item->value.compare = JW_COMPARE_ABS;
    return end;
}

/* Three letters as one number, upper case. */
static uint32_t triple(const struct line *line, uint32_t at)
{
    uint32_t all = 0;
    for (uint32_t i = at; i < at + 3; i++) {
        if (!is_latin(code_at(line, i)) || (i > at && !is_tight(line, i)))
            return 0;
        all = all << 8 | (line->code[i] & ~0x20u);
    }
    return is_tight(line, at + 3) && is_latin(code_at(line, at + 3)) ? 0 : all;
}

static int32_t month_of(const struct line *line, uint32_t at)
{
    static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    const uint32_t all = triple(line, at);
    for (int32_t i = 0; all && i < 12; i++) {
        const char *name = names + i * 3;
        if (all == ((uint32_t)name[0] << 16 | (uint32_t)name[1] << 8 | (uint32_t)name[2]))
            return i + 1;
    }
    return 0;
}

/* Up to four digits; 0 when there are none. */
static uint32_t plain_number(const struct line *line, uint32_t at, int32_t *ret)
{
    uint32_t i = at;
    for (*ret = 0; is_digit(code_at(line, i)) && i < at + 4 && (i == at || is_tight(line, i)); i++)
        *ret = *ret * 10 + (int32_t)(line->code[i] - '0');
    return i > at ? i : 0;
}

uint32_t jwi_date_english(const struct line *line, uint32_t at, struct civil *ret)
{
    uint32_t i = at;
    int32_t part;
    ret->month = month_of(line, i);
    if (!ret->month && triple(line, i) && code_at(line, i + 3) && line->gap[i + 3] == GAP_BLANK)
        ret->month = month_of(line, i += 3); /* Tue Dec */
    if (!ret->month)
        return 0;
    i = plain_number(line, i + 3, &ret->day);
    if (!i)
        return 0;
    i += code_at(line, i) == ',';
    uint32_t end = plain_number(line, i, &part);
    const int has_time = code_at(line, end) == ':'; /* 14:03:22 */
    for (int n = 0; n < 2 && end && code_at(line, end) == ':'; n++)
        end = plain_number(line, end + 1, &part);
    if (end && has_time)
        end = plain_number(line, end, &part);
    ret->year = part;
    return end && part >= 1900 && part < 2200 && jwi_is_civil(*ret) ? end : 0;
}
