/* SPDX-License-Identifier: Apache-2.0 */
/* The readers of amounts among themselves, and the marks they ask. */
#ifndef JW_STAGE_VALUE_VALUE_AMOUNT_H
#define JW_STAGE_VALUE_VALUE_AMOUNT_H

#include "stage/value/value.h"

/* A number with its unit; `end` past the unit. */
struct amount {
    struct number number;
    const struct value_term *unit;
    uint32_t end;
};

static inline int is_list_link(uint32_t code)
{
    return code == 0x3001 || code == 0x8207 || code == 0x548c || code == 0x53ca || code == 0x6216 ||
           code == 0x8ddf; /* 、與和及或跟 */
}

static inline int is_han_letter(const struct line *line, uint32_t at)
{
    return at < line->len && line->cls[at] == UNIT_HAN;
}

static inline const char *own_currency(const struct scan *scan)
{
    return scan->region ? "HKD" : "TWD";
}

/* From a hundred million on, a number of business news that counts nothing is money: 買超151.47億. */
static inline int is_large(const jw_decimal *value)
{
    return is_at_least(*value, 8);
}

/* Half-off and the like: 8折. */
static inline int is_discount(const struct value_term *unit)
{
    return unit->kind == JW_VALUE_PERCENT && unit->arg == 1;
}

static inline void set_approx(struct item *item, uint32_t style)
{
    if (style & NUMBER_MORE)
        item->value.approx = JW_APPROX_OVER;
    if (style & NUMBER_VAGUE)
        item->flags |= ITEM_VAGUE;
}

/* First mark that ends after `at`. */
uint32_t jwi_mark_from(const struct scan *scan, uint32_t at);
/* The mark that ends right at `at`, or NULL. */
const struct mark *jwi_mark_before(const struct scan *scan, uint32_t at);
/* 由5%: the amount at `at` is what a change starts from. */
int jwi_value_follows_from(const struct scan *scan, uint32_t at);
/* End of the unit at `at`, `at` itself when there is none. */
uint32_t jwi_unit_of(const struct line *line, uint32_t at, const struct value_term **ret);
/* A number and its unit; 0 when there is no number. */
uint32_t jwi_amount_read(const struct line *line, uint32_t at, struct amount *ret);
/* The value in the unit's measure. */
jw_decimal jwi_amount_times(jw_decimal value, const struct value_term *unit);
/* Kind, unit and currency of the item. */
void jwi_amount_name(const struct scan *scan, const struct value_term *unit,
                     const struct value_term *currency, struct item *item);
/* 45.00~90.00 where the form or the metric gives the unit. */
uint32_t jwi_amount_bare_range(const struct line *line, const struct amount *low,
                               struct item *item);
/* 大減1/3: the number at `at` is the part of a whole. */
int jwi_value_is_part(const struct scan *scan, uint32_t at);
/* 百分之三, 三分之一; 半年, 一半; 3:1, 6比4: the end, 0 for none. */
uint32_t jwi_amount_share(struct scan *scan, uint32_t at, struct item *item);
uint32_t jwi_amount_half(struct scan *scan, uint32_t at, struct item *item);
uint32_t jwi_amount_ratio(const struct scan *scan, uint32_t at, const struct amount *left, struct item *item);
/* The 張 of the amount is a sheet, no lot of shares. */
int jwi_amount_is_sheet(const struct line *line, uint32_t start, const struct amount *amount);
/* The 分 behind the number are marks of a test; its 萬 are money that is paid. */
int jwi_amount_is_score(const struct line *line, uint32_t start, const struct amount *amount);
int jwi_amount_is_spent(const struct line *line, uint32_t start, const struct amount *amount);
/* Gives an item without a unit that of its form. */
void jwi_amount_form(struct scan *scan, uint32_t at, struct item *item);
/* (76,601) in a form, a loss: its end, 0 for none. */
uint32_t jwi_amount_loss(struct scan *scan, uint32_t at, struct item *item);
/* The amount that begins at `at`: its end, 0 for none. */
uint32_t jwi_value_amount(struct scan *scan, uint32_t at, struct item *item);

#endif
