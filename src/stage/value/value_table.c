/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of tables that posts copy: the exchange's report of a month's revenue in thousands (本月 1,948,395  增減百分比 31.86), lists of what
 * institutions bought and sold in lots (2303聯電  43,866), and what each of them bought and sold in hundreds of millions (外資 244.77 202.37 +42.39).
 * Method: the key at the head of a line, the number at its end; a name and a number apart from it by blanks.
 */
#include "stage/value/value_amount.h"
#include "stage/value/value_date.h"

/* What a row of the report says of the month it is of. */
struct row {
    const char16_t *key;
    int16_t years;           /* back */
    uint8_t is_sum, is_base; /* since January; the key is a date of its own */
    uint8_t compare, kind;
};

static const struct row rows[] = {
    {u"本月", 0, 0, 1, JW_COMPARE_ABS, JW_VALUE_MONEY},          {u"去年同期", 1, 0, 1, JW_COMPARE_ABS, JW_VALUE_MONEY},
    {u"增減金額", 0, 0, 0, JW_COMPARE_YOY, JW_VALUE_MONEY},      {u"增減百分比", 0, 0, 0, JW_COMPARE_YOY, JW_VALUE_PERCENT},
    {u"本年累計", 0, 1, 0, JW_COMPARE_ABS, JW_VALUE_MONEY},      {u"去年累計", 1, 1, 0, JW_COMPARE_ABS, JW_VALUE_MONEY},
};

static uint32_t key_end(const struct line *line, uint32_t at, const char16_t *key)
{
    for (; *key; key++, at++)
        if (code_at(line, at) != *key)
            return 0;
    return at;
}

static int ends_line(const struct line *line, uint32_t at)
{
    return at >= line->len || line->gap[at] == GAP_BREAK;
}

static const struct row *row_at(const struct line *line, uint32_t at, uint32_t *end)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if ((*end = key_end(line, at, rows[i].key)) != 0)
            return &rows[i];
    return NULL;
}

/* The month of the report: the one last spoken of, else the one before today's. */
static jw_period month_of(const struct clock *clock)
{
    if (clock->first.grain == JW_GRAIN_MONTH && !clock->last.grain)
        return clock->first;
    return clock->has_base ? jwi_date_month_from(clock->base, -1) : no_period;
}

static void name_row(struct jw_value *value, const struct row *row, jw_period month, int is_sum, jw_decimal number)
{
    static const jw_bytes revenue = {"revenue", 7}, percent = {"%", 1};
    enum { THOUSAND = 3 };
    value->kind = row->kind;
    value->of = revenue;
    value->compare = row->compare;
    value->value = row->kind == JW_VALUE_MONEY ? jwi_decimal_times(number, 1, THOUSAND) : number;
    if (row->kind == JW_VALUE_MONEY)
        memcpy(value->currency, "TWD", 3);
    else
        value->unit = percent;
    month.year = (int16_t)(month.year - row->years);
    if (!month.grain)
        return;
    value->first = is_sum ? period_of(month.year, JW_GRAIN_MONTH, 1, 0) : month;
    if (is_sum && month.number > 1)
        value->last = month;
}

uint32_t jwi_table_revenue(struct scan *scan, uint32_t at, struct item *date, struct item *item)
{
    const struct line *const line = &scan->line;
    struct number number;
    uint32_t start;
    const struct row *const row = !at || line->gap[at] == GAP_BREAK ? row_at(line, at, &start) : NULL;
    if (!row)
        return 0;
    const int is_minus = code_at(line, start) == '-';
    const uint32_t end = line->gap[start] != GAP_BREAK ? jwi_number_read(line, start + (uint32_t)is_minus, &number) : 0;
    const uint32_t shape = row->kind == JW_VALUE_MONEY ? NUMBER_COMMA : NUMBER_POINT;
    if (!end || !ends_line(line, end) || !(number.style & shape))
        return 0;
    const jw_period month = month_of(scan->clock);
    *date = (struct item){.start = at, .end = row->is_base ? start : at};
    date->value.kind = JW_VALUE_DATE;
    date->value.first = month;
    date->value.first.year = (int16_t)(month.year - (month.grain ? row->years : 0));
    *item = (struct item){.start = start, .end = end, .flags = ITEM_TOLD};
    scan->is_since_january = row->is_sum || (scan->is_since_january && !row->is_base);
    name_row(&item->value, row, month, scan->is_since_january, is_minus ? jwi_decimal_minus(number.value) : number.value);
    return end;
}

/* The sums of a row: what was bought, what was sold, and the first less the second, which is written with its sign. */
enum { BOUGHT, SOLD, NET };

static int is_balance(const struct number *sum, int net_is_minus)
{
    const jw_decimal net = net_is_minus ? jwi_decimal_minus(sum[NET].value) : sum[NET].value;
    const jw_decimal rest = jwi_decimal_add(jwi_decimal_add(sum[BOUGHT].value, jwi_decimal_minus(sum[SOLD].value)), jwi_decimal_minus(net));
    const jw_decimal off = rest.mantissa < 0 ? jwi_decimal_minus(rest) : rest;
    return rest.known && !is_at_least(jwi_decimal_add(off, jwi_decimal(-2, -2)), -2); /* 0.02 by rounding */
}

uint32_t jwi_table_sums(const struct scan *scan, uint32_t at, struct item *items)
{
    static const jw_bytes of[TABLE_SUMS] = {{"amount", 6}, {"amount", 6}, {"net_buy", 7}}, sold = {"net_sell", 8};
    enum { HUNDRED_MILLION = 8 };
    const struct line *const line = &scan->line;
    struct number sum[TABLE_SUMS];
    uint32_t i = at, sign = 0;
    if (!scan->lists_sums || !at || line->gap[at] != GAP_WIDE || !is_digit(line->code[at]))
        return 0;
    for (int k = 0; k < TABLE_SUMS; k++) {
        sign = k == NET && (code_at(line, i) == '+' || code_at(line, i) == '-') ? code_at(line, i) : 0;
        if (line->gap[i] == GAP_BREAK || line->gap[i] == GAP_NONE || (k == NET && !sign))
            return 0;
        items[k] = (struct item){.start = i, .flags = ITEM_TOLD};
        i = jwi_number_read(line, i + (sign != 0), &sum[k]);
        if (!i || !(sum[k].style & NUMBER_POINT) || !sum[k].value.known)
            return 0;
        items[k].end = i;
        items[k].value.kind = JW_VALUE_MONEY;
        items[k].value.compare = JW_COMPARE_ABS;
        items[k].value.of = k == NET && sign == '-' ? sold : of[k];
        memcpy(items[k].value.currency, "TWD", 3);
        items[k].value.value = jwi_decimal_times(sum[k].value, 1, HUNDRED_MILLION);
    }
    return ends_line(line, i) && is_balance(sum, sign == '-') ? i : 0;
}

uint32_t jwi_table_lots(const struct scan *scan, uint32_t at, struct item *item)
{
    static const jw_bytes bought = {"net_buy", 7}, sold = {"net_sell", 8}, shares = {"shares", 6};
    enum { THOUSAND = 3, DIGITS = 3 };
    const struct line *const line = &scan->line;
    struct number number;
    const int is_minus = code_at(line, at) == '-';
    if (!scan->lists_lots || !at || line->gap[at] == GAP_NONE || line->gap[at] == GAP_BREAK)
        return 0;
    const uint32_t end = jwi_number_read(line, at + (uint32_t)is_minus, &number);
    if (!end || !(number.style & NUMBER_ASCII) || number.style & NUMBER_POINT || (!ends_line(line, end) && line->gap[end] == GAP_NONE))
        return 0;
    const int is_count = is_minus || number.style & NUMBER_COMMA;
    if (line->code[at - 1] == NAME_LETTER ? !is_count && number.digits < DIGITS : !is_count || line->gap[at] != GAP_WIDE) /* 3  2303聯電: a rank */
        return 0;
    *item = (struct item){.start = at, .end = end, .flags = ITEM_TOLD};
    item->value.kind = JW_VALUE_QUANTITY;
    item->value.unit = shares;
    item->value.of = is_minus ? sold : bought;
    item->value.compare = JW_COMPARE_ABS;
    item->value.value = jwi_decimal_times(number.value, 1, THOUSAND);
    return end;
}
