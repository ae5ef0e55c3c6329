/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers: 1,234.5  三千五百萬  1兆2,300億  二○二六  三點五  兩三百  數十億.
 * Method: one pass over digits and scales.  `part` collects what stands before a scale, 十 百 千 add to `section`, 萬 億 兆 close it.
 */
#include "stage/value/value.h"

enum { MAX_DIGITS = 17 };

static const jw_decimal unknown = {0, 0, 0};

int jwi_han_digit(uint32_t code)
{
    switch (code) {
    case 0x3007: /* 〇 */
    case 0x25cb: /* ○ */
    case 0x96f6: /* 零 */
        return 0;
    case 0x4e00: /* 一 */
    case 0x58f9: /* 壹 */
        return 1;
    case 0x4e8c: /* 二 */
    case 0x5169: /* 兩 */
    case 0x8cb3: /* 貳 */
        return 2;
    case 0x4e09: /* 三 */
    case 0x53c3: /* 參 */
    case 0x53c1: /* 叁 */
        return 3;
    case 0x56db: /* 四 */
    case 0x8086: /* 肆 */
        return 4;
    case 0x4e94: /* 五 */
    case 0x4f0d: /* 伍 */
        return 5;
    case 0x516d: /* 六 */
    case 0x9678: /* 陸 */
        return 6;
    case 0x4e03: /* 七 */
    case 0x67d2: /* 柒 */
        return 7;
    case 0x516b: /* 八 */
    case 0x634c: /* 捌 */
        return 8;
    case 0x4e5d: /* 九 */
    case 0x7396: /* 玖 */
        return 9;
    default:
        return -1;
    }
}

int jwi_small_scale(uint32_t code)
{
    switch (code) {
    case 0x5341: /* 十 */
    case 0x62fe: /* 拾 */
    case 0x5eff: /* 廿 */
    case 0x5345: /* 卅 */
        return 1;
    case 0x767e: /* 百 */
    case 0x4f70: /* 佰 */
        return 2;
    case 0x5343: /* 千 */
    case 0x4edf: /* 仟 */
        return 3;
    default:
        return 0;
    }
}

int jwi_big_scale(uint32_t code)
{
    switch (code) {
    case 0x842c: /* 萬 */
    case 0x4e07: /* 万 */
        return 4;
    case 0x5104: /* 億 */
        return 8;
    case 0x5146: /* 兆 */
        return 12;
    default:
        return 0;
    }
}

static int is_scale(uint32_t code)
{
    return jwi_small_scale(code) || jwi_big_scale(code);
}

static int three_digits(const struct line *line, uint32_t at)
{
    for (uint32_t i = at; i < at + 3; i++)
        if (!is_digit(code_at(line, i)) || !is_tight(line, i))
            return 0;
    return !(is_digit(code_at(line, at + 3)) && is_tight(line, at + 3));
}

static jw_decimal append(jw_decimal value, uint32_t digit, uint32_t *count)
{
    if (value.mantissa || digit)
        ++*count;
    if (*count > MAX_DIGITS)
        return unknown;
    value.mantissa = value.mantissa * 10 + (int64_t)digit;
    return value;
}

/* ASCII digits with groups and a point; the mantissa is not reduced until the end, so 0.50 keeps its places while it is read. */
static uint32_t read_ascii(const struct line *line, uint32_t at, struct number *ret)
{
    uint32_t i = at, count = 0;
    jw_decimal value = {0, 0, 1};
    for (; i == at || is_tight(line, i); i++) {
        if (is_digit(code_at(line, i)))
            value = append(value, line->code[i] - '0', &count);
        else if (code_at(line, i) == ',' && i - at <= 3 + 4 * 4 && is_tight(line, i + 1) &&
                 three_digits(line, i + 1))
            ret->style |= NUMBER_COMMA;
        else
            break;
    }
    ret->digits = ret->style & NUMBER_COMMA ? 0 : i - at;
    if (code_at(line, i) == '.' && is_tight(line, i) && is_tight(line, i + 1) &&
        is_digit(code_at(line, i + 1))) {
        ret->style |= NUMBER_POINT;
        ret->digits = 0;
        for (i++; is_tight(line, i) && is_digit(code_at(line, i)); i++) {
            value = append(value, line->code[i] - '0', &count);
            value.power -= (int32_t)value.known;
        }
        if (code_at(line, i) == '.' && is_tight(line, i) && is_tight(line, i + 1) &&
            is_digit(code_at(line, i + 1)))
            ret->style |= NUMBER_DOTTED;
    }
    ret->value = value.known ? jwi_decimal(value.mantissa, value.power) : unknown;
    ret->style |= NUMBER_ASCII;
    return i;
}

enum last { LAST_NONE, LAST_ASCII, LAST_HAN, LAST_SMALL, LAST_BIG };

struct tally {
    jw_decimal total, section, part;
    int has_part, han_digits, small, big, is_zero; /* powers of the last scales */
    enum last last;
    uint32_t style;
};

/* After 萬 and its kin: "5萬3千張", "10萬5000元", "3萬5可", but not "6.74億 3月", "4萬5萬", "5萬3%". */
static int continues(const struct line *line, uint32_t at, int big)
{
    struct number next = {.style = 0};
    const uint32_t end = read_ascii(line, at, &next);
    const uint32_t code = code_at(line, end);
    if (is_scale(code))
        return !big || !jwi_big_scale(code) || jwi_big_scale(code) < big;
    if (line->gap[at] == GAP_BREAK || !next.value.known)
        return 0;
    const struct value_term *unit = jwi_value_find(line, end, TERM_UNIT);
    if (unit && (unit->kind == JW_VALUE_DURATION || unit->kind == JW_VALUE_PERCENT))
        return 0;
    if (line->gap[at])
        return unit && (unit->kind == JW_VALUE_MONEY || /* 3 萬 181 戶 */
                        (unit->kind == JW_VALUE_QUANTITY && line->gap[at] == GAP_BLANK && end > at + 2));
    const int is_short = end == at + 1 && (line->cls[end] == UNIT_HAN || line->gap[end]) && code != 0x6708; /* 月 */
    return unit || !code || is_short || line->cls[end] == UNIT_PUNCT;
}

static void close_small(struct tally *tally, int power)
{
    const jw_decimal part = tally->has_part ? tally->part : jwi_decimal(1, 0);
    tally->section = jwi_decimal_add(tally->section, jwi_decimal_times(part, 1, power));
    tally->has_part = tally->han_digits = tally->is_zero = 0;
    tally->small = power;
    tally->last = LAST_SMALL;
    tally->style |= NUMBER_SCALED;
}

static void close_big(struct tally *tally, int power)
{
    if (tally->has_part)
        tally->section = jwi_decimal_add(tally->section, tally->part);
    if (power > tally->big && tally->big)
        tally->total = jwi_decimal_times(jwi_decimal_add(tally->total, tally->section), 1, power);
    else
        tally->total = jwi_decimal_add(tally->total, jwi_decimal_times(tally->section, 1, power));
    tally->section = jwi_decimal(0, 0);
    tally->has_part = tally->han_digits = tally->is_zero = 0;
    tally->small = 0;
    tally->big = power;
    tally->last = LAST_BIG;
    tally->style |= NUMBER_SCALED | NUMBER_BIG;
}

/* 百分之, 百分點, 千分之 are words of percentages. */
static int is_per(const struct line *line, uint32_t at)
{
    const uint32_t next = code_at(line, at + 1), after = code_at(line, at + 2);
    return next == 0x5206 /* 分 */ && (after == 0x4e4b /* 之 */ || after == 0x9ede /* 點 */);
}

static int take_small(const struct line *line, struct tally *tally, uint32_t at, uint32_t start)
{
    const int power = jwi_small_scale(line->code[at]);
    if (is_per(line, at) || (tally->small && power >= tally->small))
        return 0;
    if (!tally->has_part && at != start && power > 1 && tally->last != LAST_BIG &&
        !(tally->style & NUMBER_VAGUE))
        return 0;
    if (line->code[at] == 0x5eff || line->code[at] == 0x5345) { /* 廿 卅 */
        if (tally->has_part)
            return 0;
        tally->part = jwi_decimal(line->code[at] == 0x5eff ? 2 : 3, 0);
        tally->has_part = 1;
    }
    close_small(tally, power);
    return 1;
}

/* 兆豐, 億光, 萬海 begin a name. */
static int is_name(const struct line *line, uint32_t at)
{
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    return cue && cue->kind == CUE_SKIP;
}

static int take_big(const struct line *line, struct tally *tally, uint32_t at, uint32_t start)
{
    const int power = jwi_big_scale(line->code[at]);
    if (is_per(line, at) || ((line->gap[at] || !tally->has_part) && is_name(line, at)))
        return 0;
    if (!tally->has_part && !tally->section.mantissa && tally->last != LAST_BIG) {
        if (at != start && !(tally->style & NUMBER_VAGUE))
            return 0;
        if (at == start && !(tally->style & NUMBER_VAGUE))
            tally->style |= NUMBER_BARE;
        tally->part = jwi_decimal(1, 0);
        tally->has_part = 1;
    }
    if (tally->last == LAST_BIG && power <= tally->big)
        return 0;
    close_big(tally, power);
    return 1;
}

/* `pick` chooses the digit of a pair such as 兩三: 0 none, 1 the first, 2 the second. */
static int take_han(struct tally *tally, int digit)
{
    if (tally->has_part && tally->last != LAST_HAN)
        return 0;
    if (!tally->has_part)
        tally->part = jwi_decimal(0, 0);
    if (tally->han_digits >= MAX_DIGITS)
        return 0;
    tally->part = jwi_decimal_add(jwi_decimal_times(tally->part, 1, 1), jwi_decimal(digit, 0));
    if (digit == 0 && !tally->han_digits)
        tally->is_zero = 1;
    tally->has_part = 1;
    tally->han_digits++;
    tally->last = LAST_HAN;
    tally->style |= NUMBER_HAN;
    return 1;
}

/* 三點五: digits after the point. */
static uint32_t take_point(const struct line *line, struct tally *tally, uint32_t at)
{
    int32_t power = -1;
    for (at++; jwi_han_digit(code_at(line, at)) >= 0 && is_tight(line, at); at++, power--) {
        if (power < -9)
            return at;
        tally->part =
            jwi_decimal_add(tally->part, jwi_decimal(jwi_han_digit(line->code[at]), power));
    }
    tally->style |= NUMBER_POINT;
    tally->last = LAST_ASCII; /* no digit may follow */
    return at;
}

/* 十多億, 3萬餘人, not 多頭. */
static int is_more(const struct line *line, uint32_t at, const struct tally *tally)
{
    const uint32_t code = code_at(line, at), next = code_at(line, at + 1);
    if (tally->last == LAST_NONE || tally->last == LAST_HAN)
        return 0;
    if (code == 0x591a) /* 多 */
        return is_scale(next) || jwi_value_find(line, at + 1, TERM_UNIT) ||
               (tally->last == LAST_BIG && (!next || line->cls[at + 1] == UNIT_PUNCT));
    if (code == 0x5e7e) /* 幾 */
        return is_scale(next) ||
               ((tally->last == LAST_SMALL || (tally->last == LAST_ASCII && tally->part.power > 0)) &&
                jwi_value_find(line, at + 1, TERM_UNIT));
    return code == 0x9918; /* 餘 */
}

/* Groups of old accounts: 一四一億一、九三六萬元 holds 1,936萬. */
static int is_group(const struct line *line, uint32_t at, const struct tally *tally)
{
    const uint32_t code = line->code[at];
    if ((code != 0x3001 && code != WIDE_COMMA) || tally->last != LAST_HAN || !tally->has_part ||
        tally->han_digits > 3) /* 、 */
        return 0;
    for (uint32_t i = at + 1; i <= at + 3; i++)
        if (jwi_han_digit(code_at(line, i)) < 0)
            return 0;
    const uint32_t next = code_at(line, at + 4);
    return next == 0x5143 || is_scale(next); /* 元 */
}

/* 三點五, 〇．六二. */
static int is_point(const struct line *line, uint32_t at, const struct tally *tally)
{
    const uint32_t code = line->code[at];
    return (code == 0x9ede || code == '.' || code == 0x2027 || code == 0xb7) &&
           tally->last == LAST_HAN && jwi_han_digit(code_at(line, at + 1)) >= 0; /* 點 ‧ · */
}

static int gap_ends(const struct line *line, uint32_t at, enum last last)
{
    if (line->gap[at] == GAP_NONE)
        return 0;
    if (line->gap[at] == GAP_BREAK)
        return 1;
    const int is_number = is_digit(line->code[at]);
    if (line->code[at] == 0x591a && last == LAST_ASCII && line->gap[at] == GAP_BLANK && is_tight(line, at + 1)) /* 20 多家 */
        return 0;
    return !((is_scale(line->code[at]) &&
              (last == LAST_ASCII || last == LAST_SMALL || last == LAST_BIG)) ||
             (is_number && (last == LAST_BIG || last == LAST_SMALL)));
}

static int is_pair(const struct line *line, uint32_t at)
{
    const int a = jwi_han_digit(code_at(line, at)), b = jwi_han_digit(code_at(line, at + 1));
    const uint32_t next = code_at(line, at + 2);
    if (a < 1 || b < 1 || (b != a + 1 && !(a == 3 && b == 5)) || jwi_han_digit(next) >= 0)
        return 0;
    return is_scale(next) || jwi_value_find(line, at + 2, TERM_UNIT) != NULL;
}

static uint32_t run(const struct line *line, uint32_t start, int pick, struct tally *tally,
                    struct number *ret)
{
    uint32_t at = start;
    for (; at < line->len; at++) {
        const uint32_t code = line->code[at];
        if (at != start && gap_ends(line, at, tally->last))
            break;
        if (is_digit(code)) {
            if (tally->has_part || (tally->last != LAST_NONE && !continues(line, at, tally->big)))
                break;
            ret->style = 0;
            at = read_ascii(line, at, ret) - 1;
            if (ret->digits > 3 && line->code[at - ret->digits + 1] == '0')
                return at + 1; /* 0056百萬股民: a code, no number of millions */
            tally->part = ret->value;
            tally->has_part = 1;
            tally->last = LAST_ASCII;
            tally->style |= ret->style;
        } else if (jwi_han_digit(code) >= 0) {
            if (at == start && pick) {
                take_han(tally, jwi_han_digit(line->code[at + (pick == 2)]));
                at++;
            } else if (!take_han(tally, jwi_han_digit(code)))
                break;
        } else if (jwi_small_scale(code)) {
            if (!take_small(line, tally, at, start))
                break;
        } else if (jwi_big_scale(code)) {
            if (!take_big(line, tally, at, start))
                break;
        } else if (is_point(line, at, tally))
            at = take_point(line, tally, at) - 1;
        else if (is_group(line, at, tally))
            tally->han_digits = 0;
        else if (is_more(line, at, tally)) {
            tally->style |= NUMBER_MORE;
            if (!is_scale(code_at(line, at + 1)))
                return at + 1;
        } else
            break;
    }
    return at;
}

/* 三萬五 is 35000, 一百零五 is 105; 2萬2 is 22000. */
static jw_decimal last_part(const struct tally *tally, const struct number *last)
{
    const int unit = tally->small ? tally->small : tally->big;
    const int is_short = tally->last == LAST_HAN ? tally->han_digits == 1 && !tally->is_zero
                                                 : tally->last == LAST_ASCII && last->digits == 1 &&
                                                       tally->big && !tally->small;
    if (unit < 2 || !is_short)
        return tally->part;
    return jwi_decimal_times(tally->part, 1, unit - 1);
}

static uint32_t read_once(const struct line *line, uint32_t at, int pick, struct number *ret,
                          jw_decimal *value)
{
    struct tally tally = {.total = {0, 0, 1}, .section = {0, 0, 1}, .part = {0, 0, 1}};
    uint32_t start = at;
    const uint32_t code = code_at(line, at);
    if ((code == 0x6578 || code == 0x5e7e) && is_scale(code_at(line, at + 1))) { /* 數 幾 */
        tally.style = NUMBER_VAGUE;
        start = at + 1;
    }
    const uint32_t end = run(line, start, pick, &tally, ret);
    if (tally.has_part)
        tally.section = jwi_decimal_add(tally.section, last_part(&tally, ret));
    *value = jwi_decimal_add(tally.total, tally.section);
    const int is_single = tally.big && !tally.section.mantissa;
    ret->scale = is_single                        ? jwi_decimal(1, tally.big)
                 : tally.small && !tally.has_part ? jwi_decimal(1, tally.small)
                                                  : unknown;
    ret->style = tally.style;
    ret->digits = tally.style & NUMBER_SCALED ? 0 : ret->digits;
    return tally.last == LAST_NONE ? 0 : end;
}

static int may_begin(const struct line *line, uint32_t at)
{
    const uint32_t code = code_at(line, at);
    return is_digit(code) || jwi_han_digit(code) >= 0 || is_scale(code) || code == 0x6578 ||
           code == 0x5e7e;
}

/* 陸股, 伍佰: a digit of cheques stands before a scale or 元, or it is a word. */
static int is_formal_word(const struct line *line, uint32_t at)
{
    static const uint32_t formal[] = {0x58f9, 0x8cb3, 0x53c3, 0x53c1, 0x8086, 0x4f0d,
                                      0x9678, 0x67d2, 0x634c, 0x7396}; /* 壹貳參叁肆伍陸柒捌玖 */
    const uint32_t next = code_at(line, at + 1);
    for (size_t i = 0; i < sizeof formal / sizeof *formal; i++)
        if (line->code[at] == formal[i])
            return !is_scale(next) && next != 0x5143; /* 元 */
    return 0;
}

uint32_t jwi_number_read(const struct line *line, uint32_t at, struct number *ret)
{
    memset(ret, 0, sizeof *ret);
    if (!may_begin(line, at) || is_formal_word(line, at))
        return 0;
    if (!is_pair(line, at)) {
        ret->end = read_once(line, at, 0, ret, &ret->value);
    } else {
        ret->end = read_once(line, at, 1, ret, &ret->low);
        read_once(line, at, 2, ret, &ret->high);
        ret->style |= NUMBER_RANGE;
        ret->value = unknown;
    }
    if (ret->style & NUMBER_VAGUE)
        ret->value = unknown;
    return ret->end;
}

uint32_t jwi_number_small(const struct line *line, uint32_t at, int32_t *ret)
{
    struct number number;
    const uint32_t end = jwi_number_read(line, at, &number);
    const uint32_t refused = NUMBER_BIG | NUMBER_RANGE | NUMBER_VAGUE | NUMBER_MORE | NUMBER_POINT |
                             NUMBER_COMMA | NUMBER_BARE;
    if (!end || (number.style & refused) || !number.value.known || number.digits > 4)
        return 0;
    jw_decimal value = number.value;
    for (; value.power > 0 && value.mantissa <= 9999; value.power--)
        value.mantissa *= 10;
    if (value.power || value.mantissa > 9999)
        return 0;
    *ret = (int32_t)value.mantissa;
    return end;
}
