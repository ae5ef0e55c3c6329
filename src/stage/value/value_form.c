/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts of filled-in forms, whose unit stands before the colon: 金額(仟元):4,492,772  比率(%):2.52  價格（新台幣元）: 45.00~90.00.
 */
#include "stage/value/value_amount.h"

/*
 * The unit that a form states before the colon: 金額(仟元):4,492,772  比率(%):2.52  價格（新台幣元）: 45.00~90.00.
 * *scale and *currency are set when the brackets name them.
 */
static const struct value_term *header_unit(const struct line *line, uint32_t at, jw_decimal *scale,
                                            const struct value_term **currency)
{
    enum { LONGEST = 12 };
    struct number number;
    const struct value_term *unit = NULL;
    uint32_t end = at;
    if (end && line->code[end - 1] == ':')
        end--;
    if (end < 3 || line->code[--end] != ')')
        return NULL;
    uint32_t i = end;
    while (i && line->code[i - 1] != '(' && end - i < LONGEST)
        i--;
    if (!i || line->code[i - 1] != '(')
        return NULL;
    const struct value_term *cue = jwi_value_find(line, i, TERM_CUE);
    if (cue && cue->kind == CUE_CURRENCY && i + cue->use < end) {
        *currency = cue;
        i += cue->use;
    }
    const uint32_t after = jwi_number_read(line, i, &number);
    if (after && after < end && !(number.style & (NUMBER_ASCII | NUMBER_HAN))) {
        *scale = number.value;
        i = after;
    }
    i = jwi_unit_of(line, i, &unit);
    i += code_at(line, i) == '/' ? 2 : 0; /* 元/股 */
    return i == end ? unit : NULL;
}

void jwi_amount_form(struct scan *scan, uint32_t at, struct item *item)
{
    const struct value_term *currency = NULL;
    jw_decimal scale = jwi_decimal(1, 0);
    const struct value_term *unit = header_unit(&scan->line, at, &scale, &currency);
    jw_value *value = &item->value;
    if (!unit || value->unit.len || value->currency[0])
        return;
    value->value =
        jwi_amount_times(jwi_decimal_times(value->value, scale.mantissa, scale.power), unit);
    value->low = jwi_amount_times(jwi_decimal_times(value->low, scale.mantissa, scale.power), unit);
    value->high =
        jwi_amount_times(jwi_decimal_times(value->high, scale.mantissa, scale.power), unit);
    jwi_amount_name(scan, unit, currency, item);
    item->flags &= ~(uint32_t)ITEM_BARE;
}

uint32_t jwi_amount_loss(struct scan *scan, uint32_t at, struct item *item)
{
    const struct line *line = &scan->line;
    const struct value_term *currency = NULL;
    jw_decimal scale = jwi_decimal(1, 0);
    struct number number;
    if (code_at(line, at) != '(' || !is_digit(code_at(line, at + 1)) || !at ||
        line->code[at - 1] != ':' || !header_unit(line, at, &scale, &currency))
        return 0;
    const uint32_t end = jwi_number_read(line, at + 1, &number);
    if (!end || code_at(line, end) != ')')
        return 0;
    memset(item, 0, sizeof *item);
    item->start = at;
    item->end = end + 1;
    item->flags = ITEM_SIGNED;
    item->value.kind = JW_VALUE_QUANTITY;
    item->value.value = jwi_decimal_minus(number.value);
    jwi_amount_form(scan, at, item);
    return item->end;
}

/* 45.00~90.00 where the form or the metric gives the unit. */
uint32_t jwi_amount_bare_range(const struct line *line, const struct amount *low, struct item *item)
{
    struct amount high;
    const uint32_t link = low->end;
    if (low->unit || !is_range_link(code_at(line, link)) || !is_tight(line, link) ||
        !is_tight(line, link + 1) || !is_digit(code_at(line, link + 1)) ||
        !jwi_amount_read(line, link + 1, &high) || high.unit)
        return 0;
    item->value.kind = JW_VALUE_QUANTITY;
    item->value.low = low->number.value;
    item->value.high = high.number.value;
    item->flags |= ITEM_BARE;
    item->end = high.end;
    return item->end;
}
