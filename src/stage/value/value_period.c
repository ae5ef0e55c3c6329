/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The period a value is of, and the comparison that follows from two periods.
 * Method: the date that belongs to it alone, else the last one spoken of that is no day and no base of comparison.
 */
#include "stage/value/value_bind.h"

static int is_period(const struct item *item)
{
    const int grain = item->value.first.grain;
    return item->value.kind == JW_VALUE_DATE && grain >= JW_GRAIN_YEAR &&
           (grain <= JW_GRAIN_MONTH || (grain == JW_GRAIN_DAY && item->value.last.grain));
}

/* 2021年的3000億美元, 較上年同期93億美元: the date belongs to this value alone. */
static const struct item *own_period(const struct scan *scan, uint32_t index)
{
    const struct item *date = index ? &scan->item[index - 1] : NULL;
    if (!date || !is_period(date))
        return NULL;
    const int is_of = date->end + 1 == scan->item[index].start && scan->line.code[date->end] == 0x7684; /* 的 */
    return is_of || (date->flags & ITEM_BASE && date->end == scan->item[index].start) ? date : NULL;
}

/* A base of comparison is the period of what follows it in its clause only if it leads it: 去年同期虧損5億元, not 較去年同期增5%. */
static int is_led(const struct scan *scan, const struct item *date, const struct item *item)
{
    const uint32_t before = date->start ? scan->line.code[date->start - 1] : 0;
    return scan->line.clause[date->start] == scan->line.clause[item->start] && before != 0x8f03 &&
           before != 0x6bd4 && before != 0x65bc && before != 0x8207 && before != 0x8d8a && before != 0x904e &&
           before != 0x8d0f && !item->value.compare; /* 較 比 於 與 越 過 贏 */
}

/* The period spoken of: the last date before the item that is no day and no base of comparison; what a report tells is of the one told before. */
static void bind_period(struct scan *scan, struct state *state, uint32_t index, enum period_reach reach)
{
    const struct item *base = NULL;
    struct item *item = &scan->item[index];
    for (; state->next_item < index; state->next_item++) {
        const struct item *date = &scan->item[state->next_item];
        if (!is_period(date))
            continue;
        if (date->flags & ITEM_BASE) {
            base = date;
            continue;
        }
        const uint32_t before = date->start ? scan->line.code[date->start - 1] : 0;
        base = NULL;
        if (before == 0x65bc || before == 0x8207 || before == 0x9054) /* 於 與 達 */
            continue;
        state->first = date->value.first;
        state->last = date->value.last;
        state->clause = scan->line.clause[date->start];
    }
    const struct item *own = own_period(scan, index);
    if (!own && base && is_led(scan, base, item))
        own = base;
    if (!own && reach == PERIOD_CLAUSE && state->clause != scan->line.clause[item->start])
        return;
    item->value.first = own ? own->value.first : state->first;
    item->value.last = own ? own->value.last : state->last;
    if (reach == PERIOD_PARAGRAPH && !own && state->first.grain) {
        scan->told = state->first;
        scan->told_last = state->last;
    } else if (reach == PERIOD_PARAGRAPH && !own) {
        item->value.first = scan->told;
        item->value.last = scan->told_last;
    }
}

/* 較第一季減少9%: which comparison it is follows from the two periods. */
static uint8_t compare_periods(jw_period now, jw_period base)
{
    if (now.grain != base.grain)
        return JW_COMPARE_NONE;
    const int years = now.year - base.year, steps = now.number - base.number;
    if (years == 1 && steps == 0)
        return JW_COMPARE_YOY;
    if (now.grain == JW_GRAIN_QUARTER && years * 4 + steps == 1)
        return JW_COMPARE_QOQ;
    return now.grain == JW_GRAIN_MONTH && years * 12 + steps == 1 ? JW_COMPARE_MOM
                                                                  : JW_COMPARE_NONE;
}

static void compare_dates(const struct scan *scan, const struct state *state, uint32_t index)
{
    struct item *item = &scan->item[index];
    const struct item *base = index ? &scan->item[index - 1] : NULL;
    if (item->value.compare || !is_change_kind(item) || !base || !is_period(base) ||
        !(base->flags & ITEM_BASE) || scan->line.code[base->end] == 0x7684 || /* 去年同期的5.2% */
        scan->line.clause[base->start] != scan->line.clause[item->start])
        return;
    item->value.compare = compare_periods(state->first, base->value.first);
}

void jwi_value_period(struct scan *scan, struct state *state, uint32_t index, enum period_reach reach)
{
    bind_period(scan, state, index, reach);
    compare_dates(scan, state, index);
}
