/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a value is said: about or over, compared with what, and the sign of its change.
 * Method: the cue of each kind that stands right before or behind it, or the nearest in its clause with no other value between.
 */
#include "stage/value/value_bind.h"

enum { NEAR_SIGN = 8, NEAR_AMOUNT = 3 };

/* 約 in 綁約48個月, 合約5年: a contract. */
static int is_contract(const struct line *line, const struct mark *mark)
{
    static const uint16_t before[] = {0x5408, 0x7c3d, 0x5951, 0x689d, 0x79df, 0x9810, 0x7e8c, 0x89e3, 0x9055, 0x5c65, 0x6bc0, 0x7d10, 0x7d81};
    const uint32_t code = mark->start ? line->code[mark->start - 1] : 0; /* 合簽契條租預續解違履毀紐綁 */
    if (code == 0x5408 && mark->start > 1 && line->code[mark->start - 2] == 0x6298) /* 折合 */
        return 0;
    for (size_t i = 0; mark->end - mark->start == 1 && line->code[mark->start] == 0x7d04 && i < sizeof before / sizeof *before; i++)
        if (code == before[i])
            return 1;
    return 0;
}

/* 停損:破10塊: who sells there waits for a fall. */
static int breaks_down(const struct line *line, uint32_t at)
{
    at -= at && line->code[at - 1] == ':';
    return at > 1 && line->code[at] != 0 && line->code[at - 2] == 0x505c && line->code[at - 1] == 0x640d; /* 停 損 */
}

void jwi_value_approx(const struct scan *scan, struct item *item, uint32_t next_mark)
{
    const struct line *line = &scan->line;
    const struct mark *before = next_mark ? &scan->mark[next_mark - 1] : NULL;
    const uint32_t is_quoted = before && item->start == before->end + 1 && line->code[before->end] == 0x300c; /* 突破「3 兆」 */
    const int has_bracket = code_at(line, item->end) == '(' && code_at(line, item->end + 1) == 0x542b && code_at(line, item->end + 2) == ')';
    const uint32_t is_included = has_bracket ? 3 : 0; /* 200萬元(含)以上 */
    const struct mark *after = next_mark < scan->mark_count ? &scan->mark[next_mark] : NULL;
    for (uint32_t i = next_mark; i < scan->mark_count && scan->mark[i].start < item->end + is_included; i++)
        after = i + 1 < scan->mark_count ? &scan->mark[i + 1] : NULL;
    if (before && before->end + is_quoted == item->start && before->term->cls == TERM_CUE &&
        before->term->kind <= CUE_UNDER && !is_contract(line, before) &&
        !((before->term->kind == CUE_NEAR || before->term->arg) && item->value.kind == JW_VALUE_DURATION)) /* 跌破60日均線 */
        item->value.approx = breaks_down(line, before->start) ? JW_APPROX_UNDER : before->term->kind;
    else if (before && before->end + 1 == item->start && is_kind(before, CUE_ABOUT) && code_is_one_of(line->code[before->end], u"有是為")) /* 大概有5% */
        item->value.approx = JW_APPROX_ABOUT;
    else if (item->start && line->code[item->start - 1] == 0x4e0a &&
             jwi_small_scale(line->code[item->start])) /* 上百 */
        item->value.approx = JW_APPROX_OVER;
    if (after && after->start == item->end + is_included && after->term->cls == TERM_CUE &&
        after->term->kind >= CUE_ABOUT_AFTER && after->term->kind <= CUE_UNDER_AFTER) {
        static const uint8_t approx[] = {JW_APPROX_ABOUT, JW_APPROX_OVER, JW_APPROX_UNDER};
        item->value.approx = approx[after->term->kind - CUE_ABOUT_AFTER];
    }
    const uint32_t next = code_at(line, item->end);
    const int counts = item->value.kind == JW_VALUE_PERCENT || item->value.kind == JW_VALUE_RATIO ||
                       item->value.kind == JW_VALUE_DURATION || item->flags & ITEM_BARE;
    if (counts && !item->value.approx && ((next == 0x591a && !code_is_one_of(code_at(line, item->end + 1), u"出單空")) || next == 0x9918)) /* 多 (多出) 餘 */
        item->value.approx = JW_APPROX_OVER;
}

static uint8_t compare_of(const struct mark *mark)
{
    return (uint8_t)(mark->term->kind - CUE_YOY + JW_COMPARE_YOY);
}

/* 較上年同期的915億元, 較上年同期93億元: 的 or nothing between a comparison and a sum, the value is the base itself. */
static int is_base(const struct scan *scan, const struct mark *mark, const struct item *item)
{
    const int is_sum_itself = item->start == mark->end && item->value.kind == JW_VALUE_MONEY && (!mark->term->arg || is_kind(mark, CUE_CONSENSUS));
    return is_sum_itself || (item->start == mark->end + 1 && scan->line.code[mark->end] == 0x7684);
}

/* 2025年增約16%: the 年 of the date is that of 年增. */
static int is_of_year(const struct scan *scan, uint32_t index, const struct mark *change)
{
    const struct item *date = index ? &scan->item[index - 1] : NULL;
    if (!change || !date || date->value.kind != JW_VALUE_DATE || date->value.first.grain != JW_GRAIN_YEAR || date->end != change->start)
        return 0;
    const uint32_t first = scan->line.code[change->start];
    return scan->line.code[date->end - 1] == 0x5e74 && change->term->use == 1 && (first == 0x589e || first == 0x6e1b); /* 年 增 減 */
}

void jwi_value_compare(const struct scan *scan, struct item *item, uint32_t index,
                         const struct found *found)
{
    const struct mark *compare = found->compare;
    if (!compare && is_change_kind(item) && is_of_year(scan, index, found->change)) {
        item->value.compare = JW_COMPARE_YOY;
        return;
    }
    if (!compare || is_base(scan, compare, item))
        return;
    const struct item *before = item_before(scan, index);
    const int follows_base = before && is_change_kind(item) && is_base(scan, compare, before); /* 較上年同期的915億元成長9% */
    if (has_value_between(scan, index, compare->end) && !follows_base)
        return;
    const int is_direct = item->start - compare->end <= 2 && compare->term->arg != 0;
    const int has_change = found->change && found->change->start >= compare->end;
    const int is_new_level = found->level && found->level->start > compare->end &&
                             found->level->term->arg && !is_change_kind(item);
    if ((is_change_kind(item) || is_direct || has_change) && !is_new_level)
        item->value.compare = compare_of(compare);
}

void jwi_value_flip(struct item *item)
{
    item->value.value = jwi_decimal_minus(item->value.value);
    const jw_decimal low = jwi_decimal_minus(item->value.low);
    item->value.low = jwi_decimal_minus(item->value.high);
    item->value.high = low;
}

static int is_adjacent(const struct scan *scan, const struct mark *mark, const struct item *item,
                       uint32_t index, uint32_t reach)
{
    if (!mark || item->start - mark->end > reach)
        return 0;
    return !has_value_between(scan, index, mark->end);
}

/* 小跌失守15600點: what was crossed is a level. */
static int crosses(const struct scan *scan, const struct item *item, uint32_t from)
{
    for (uint32_t i = from; i < item->start; i++) {
        const struct value_term *cue = jwi_value_find(&scan->line, i, TERM_CUE);
        const uint32_t end = i + (cue ? cue->use : 0);
        const int is_each = code_at(&scan->line, end) == 0x6bcf && item->start - end <= 3; /* 每桶 */
        if (cue && cue->kind <= CUE_UNDER && cue->arg && (end == item->start || is_each))
            return 1;
    }
    return 0;
}

/* 年減12%, 下跌281點: the change has a sign.  跌至5元: that is a level. */
void jwi_value_sign(const struct scan *scan, struct item *item, uint32_t index,
                      const struct found *found)
{
    const struct mark *cue = found->compare;
    if (!cue || (found->change && found->change->start > cue->start))
        cue = found->change;
    if (cue && is_kind(cue, CUE_CONSENSUS) && is_base(scan, cue, item)) /* 低於市場預期 1.6 億美元 */
        return;
    const uint32_t reach =
        is_change_kind(item) || (cue && is_compare(cue)) ? NEAR_SIGN : NEAR_AMOUNT;
    if (!is_adjacent(scan, cue, item, index, reach) || cue->term->arg == 0 || (is_price_cue(cue) && is_sum(&item->value)))
        return;
    if (scan->line.code[cue->end] == 0x7684 && found->metric && found->metric->start >= cue->end) /* 衰退的機率為11% */
        return;
    const int to_level =
        (found->level && found->level->start >= cue->end && found->level->term->arg) ||
        crosses(scan, item, cue->end);
    const struct item *before = index ? &scan->item[index - 1] : NULL;
    const int has_base = before && (before->flags & ITEM_BASE) && before->end <= cue->start;
    const int has_subject = has_base || (found->metric && found->metric->end <= cue->start);
    if (to_level || !(is_compare(cue) || has_subject || is_points(item) || is_change_kind(item) ||
                     (!found->metric && jwi_value_is_small(scan, item))))
        return;
    item->flags |= ITEM_CHANGE;
    if (cue->term->arg < 0 && !(item->flags & ITEM_SIGNED))
        jwi_value_flip(item);
}

void jwi_value_percent(const struct scan *scan, struct item *item, uint32_t next_mark)
{
    static const jw_bytes percent = {"%", 1};
    const struct mark *cue = next_mark ? &scan->mark[next_mark - 1] : NULL;
    const uint32_t first = cue ? scan->line.code[cue->start] : 0, next = code_at(&scan->line, item->end);
    const int is_rounded = scan->is_board && cue && cue->term->cls == TERM_CUE && cue->term->kind >= CUE_YOY && cue->term->kind <= CUE_QOQ &&
                           !is_at_least(item->value.value, 3); /* 年減17, as boards lose the sign */
    if (!(item->flags & ITEM_BARE) || !cue || (item->value.value.power >= 0 && !is_rounded) || cue->end != item->start ||
        cue->term->cls != TERM_CUE || !cue->term->arg || scan->line.cls[item->end] == UNIT_HAN || is_digit(next) || is_latin(next))
        return;
    const int is_compare = cue->term->kind >= CUE_YOY && cue->term->kind <= CUE_QOQ;
    const int is_growth = is_kind(cue, CUE_CHANGE) && cue->term->use == 2 && (first == 0x6210 || first == 0x8870); /* 成長 衰退 */
    if (!is_compare && !is_growth)
        return;
    item->value.kind = JW_VALUE_PERCENT;
    item->value.unit = percent;
    item->flags &= ~(uint32_t)ITEM_BARE;
}
