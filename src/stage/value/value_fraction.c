/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of a whole: 百分之三  三分之一  半年  一半  3:1  6比4.
 */
#include "stage/value/value_amount.h"

/* 百分之三, 千分之五, 三分之一. */
uint32_t jwi_amount_share(struct scan *scan, uint32_t at, struct item *item)
{
    const struct line *line = &scan->line;
    const int per = code_at(line, at + 1) == 0x5206 && code_at(line, at + 2) == 0x4e4b; /* 分之 */
    const int scale =
        per ? jwi_small_scale(code_at(line, at)) + jwi_big_scale(code_at(line, at)) : 0;
    struct number part, whole;
    if (scale > 1) {
        item->end = jwi_number_read(line, at + 3, &part);
        if (!item->end)
            return 0;
        item->value.kind = JW_VALUE_PERCENT;
        item->value.value = jwi_decimal_times(part.value, 1, 2 - scale);
        const jw_bytes percent = {"%", 1};
        item->value.unit = percent;
        set_approx(item, part.style);
        return item->end;
    }
    uint32_t end = jwi_number_read(line, at, &whole);
    if (!end || code_at(line, end) != 0x5206 || code_at(line, end + 1) != 0x4e4b ||
        !(end = jwi_number_read(line, end + 2, &part)))
        return 0;
    item->value.kind = JW_VALUE_RATIO;
    item->value.value = jwi_decimal_over(part.value, whole.value);
    item->end = end;
    return end;
}

/* 半年, 半個月, 一半, 半數. */
uint32_t jwi_amount_half(struct scan *scan, uint32_t at, struct item *item)
{
    const struct line *line = &scan->line;
    const struct value_term *unit;
    const int is_one = code_at(line, at) == 0x4e00; /* 一 */
    if (code_at(line, at + (uint32_t)is_one) != 0x534a || (at && line->code[at - 1] == 0x4e0a) ||
        (at && line->code[at - 1] == 0x4e0b)) /* 上 下 */
        return 0;
    uint32_t end = at + (uint32_t)is_one + 1;
    if (is_one || code_at(line, end) == 0x6578) { /* 數 */
        const jw_bytes percent = {"%", 1};
        item->value.kind = JW_VALUE_PERCENT;
        item->value.value = jwi_decimal(50, 0);
        item->value.unit = percent;
        item->end = end + !is_one;
        return item->end;
    }
    end = jwi_unit_of(line, end, &unit);
    const int is_rate = unit && unit->kind == JW_VALUE_PERCENT && unit->mantissa == 25; /* 半碼 */
    if (!unit || (unit->kind != JW_VALUE_DURATION && !is_rate))
        return 0;
    item->value.value = jwi_amount_times(jwi_decimal(5, -1), unit);
    jwi_amount_name(scan, unit, NULL, item);
    item->end = end;
    return end;
}

/* 3:1, 6比4, 1/3. */
uint32_t jwi_amount_ratio(const struct scan *scan, uint32_t at, const struct amount *left, struct item *item)
{
    const struct line *line = &scan->line;
    struct number right;
    const uint32_t link = code_at(line, left->end);
    if (left->unit || (link != ':' && link != '/' && link != 0x6bd4) || !(left->number.style & NUMBER_ASCII) ||
        !is_digit(code_at(line, left->end + 1)) || !is_tight(line, left->end) ||
        !is_tight(line, left->end + 1) || (at && line->code[at - 1] == '.'))
        return 0;
    const uint32_t end = jwi_number_read(line, left->end + 1, &right);
    if (!end || (right.style & NUMBER_DOTTED) || (link != 0x6bd4 && (right.style & NUMBER_POINT)) ||
        code_at(line, end) == ':' || left->number.digits > 4 || (link == ':' && right.digits > 4) ||
        (link == '/' && !jwi_value_is_part(scan, at)))
        return 0;
    item->value.kind = JW_VALUE_RATIO;
    item->value.value = jwi_decimal_over(left->number.value, right.value);
    item->end = end;
    return end;
}
