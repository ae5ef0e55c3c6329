/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a value says: sign, approximation, comparison base, metric, period.
 * Method: the nearest cue of each kind before the value in its clause, with the rules of Taiwan's business prose on what stands between;
 * here the order of the steps, and what joined, listed and reached values take over from the one before them.
 */
#include "stage/value/value_bind.h"

/* Letters that may stand between two values of one statement: 、 與 及 和 或 / ( */
static int is_joint(const struct scan *scan, uint32_t start, uint32_t end)
{
    if (end - start > 2)
        return 0;
    for (uint32_t i = start; i < end; i++) {
        const uint32_t code = scan->line.code[i];
        if (code != 0x3001 && code != 0x8207 && code != 0x53ca && code != 0x548c &&
            code != 0x6216 && code != '/' && code != '(')
            return 0;
    }
    return 1;
}

/* Copies what a joined value shares with the one before it: 下跌281點或1.6%. */
static void join(const struct scan *scan, struct item *item, const struct item *before)
{
    item->flags |= before->flags & ITEM_CHANGE;
    if (!item->value.compare && before->value.compare != JW_COMPARE_ABS)
        item->value.compare = before->value.compare;
    if (!item->value.of.len)
        item->value.of = before->value.of;
    if (before->value.value.mantissa < 0 && !(before->flags & ITEM_SIGNED) &&
        item->value.value.mantissa > 0 && !(item->flags & (ITEM_SIGNED | ITEM_FLAT)) &&
        scan->line.len)
        jwi_value_flip(item);
}

/* Prices, moves of nothing named that nothing compares, and things counted are of the day: no quarter of another clause is theirs. */
static enum period_reach reach_of(const struct scan *scan, const struct item *item, const struct value_term *metric)
{
    static const char *const of_day[] = {"price", "index", "exchange_rate", "target_price"};
    static const char *const deeds[] = {"investment", "funding", "buyback", "fine", "donation"};
    static const char *const of_report[] = {"revenue", "eps", "net_profit", "pretax_profit", "operating_profit", "gross_profit",
                                            "gross_margin", "operating_margin", "net_margin", "salary"};
    if (!metric)
        return item->value.compare || !(item->flags & ITEM_CHANGE || item->value.kind == JW_VALUE_QUANTITY) ? PERIOD_SENTENCE : PERIOD_CLAUSE;
    if (is_one_of_names(scan, metric, of_day, sizeof of_day / sizeof *of_day))
        return PERIOD_CLAUSE;
    if (item->value.kind == JW_VALUE_MONEY && !item->value.compare && is_one_of_names(scan, metric, deeds, sizeof deeds / sizeof *deeds))
        return PERIOD_CLAUSE; /* 去年EPS 1.63元 斥8億元增資 */
    return is_one_of_names(scan, metric, of_report, sizeof of_report / sizeof *of_report) ? PERIOD_PARAGRAPH : PERIOD_SENTENCE;
}

/* 年增3.7%達近1.07兆元: what the change has led to. */
static int reaches(const struct scan *scan, const struct item *before, const struct item *item)
{
    const uint32_t code = scan->line.code[before->end];
    return item->start > before->end && item->start - before->end <= 3 &&
           (code == 0x9054 || code == 0x81f3 || code == 0x5230 || code == 0x70ba); /* 達至到為 */
}

/* 外資大買中信金 1.5 萬張、永豐金 1.3 萬張: one more of the same, of another name. */
static int is_listed(const struct scan *scan, const struct item *before, const struct item *item)
{
    const jw_bytes unit = before->value.unit;
    if (before->value.kind != item->value.kind || unit.len != item->value.unit.len || (unit.len && memcmp(unit.at, item->value.unit.at, unit.len)) ||
        item->start < before->end + 3 || (scan->line.code[before->end] != 0x3001 && scan->line.code[before->end] != WIDE_COMMA) ||
        scan->line.code[before->end + 1] != NAME_LETTER)
        return 0;
    for (uint32_t i = before->end + 1; i < item->start; i++) {
        const uint32_t code = scan->line.code[i];
        if (code != NAME_LETTER && code != '(' && code != ')' && code != '-' && !is_digit(code) && !is_latin(code) && code != 0x8fd1) /* 近 */
            return 0;
    }
    return 1;
}

/* 3840億美元（約12.44兆台幣）, 57億美元，相當於1.8兆元: the same sum in another currency. */
static int is_converted(const struct scan *scan, const struct item *before, const struct item *item)
{
    uint32_t at = before->end;
    if (before->value.kind != JW_VALUE_MONEY || item->value.kind != JW_VALUE_MONEY || !before->value.of.len ||
        !memcmp(before->value.currency, item->value.currency, sizeof item->value.currency) || scan->line.code[at] != '(')
        return 0;
    for (at++; at < item->start && (scan->line.code[at] == 0x7d04 || scan->line.code[at] == 0x5408 || scan->line.code[at] == 0x6298);) /* 約 合 折 */
        at++;
    return at == item->start;
}

static struct tie tie_of(const struct scan *scan, uint32_t index, const struct found *found)
{
    const struct item *item = &scan->item[index], *before = item_before(scan, index);
    struct tie tie = {.before = before};
    tie.is_same_clause = before && scan->line.clause[before->start] == scan->line.clause[item->start];
    if (!tie.is_same_clause)
        return tie;
    tie.is_second = (before->flags & ITEM_FROM) && found->level && found->level->start >= before->end;
    tie.is_joined = is_joint(scan, before->end, item->start);
    tie.is_reached = before->value.of.len && reaches(scan, before, item);
    return tie;
}

/* 74.1%民眾肯定會、17.3%不會: one more part of a group. */
static int goes_on_group(const struct item *item, const struct item *before)
{
    static const char *const share[] = {"share_of"};
    return item->value.kind == JW_VALUE_PERCENT && before->value.kind == JW_VALUE_PERCENT && !item->value.compare &&
           !(item->flags & (ITEM_CHANGE | ITEM_PLUS_MINUS)) && is_one_of(before->value.of, share, 1);
}

/* A percentage that says again how far a price has moved. */
static int is_same_move(const struct item *item, const struct item *before)
{
    static const char *const price[] = {"price"};
    return item->value.kind == JW_VALUE_PERCENT && before->value.kind == JW_VALUE_MONEY && before->flags & ITEM_CHANGE &&
           is_one_of(before->value.of, price, 1);
}

/* 累計營收114億元 behind 4月: of the months since January. */
static int is_cumulated(const struct scan *scan, const struct found *found)
{
    const uint32_t start = found->metric ? found->metric->start : 0;
    const uint32_t at = start > 1 && found->metric->end - start < 3 ? start - 2 : start;
    return found->metric && scan->line.code[at] == 0x7d2f && code_is_one_of(scan->line.code[at + 1], u"計積"); /* 累 */
}

static void since_january(jw_value *value)
{
    if (value->first.grain != JW_GRAIN_MONTH || value->last.grain || value->first.number < 2)
        return;
    value->last = value->first;
    value->first.number = 1;
}

/* Names what the value measures: by its metric, by what stands around it, or as the value before it. */
static void name_item(struct scan *scan, struct state *state, uint32_t index, const struct found *found, const struct tie *tie,
                      const struct value_term *metric)
{
    struct item *item = &scan->item[index];
    const struct item *before = tie->before;
    int is_level = 0;
    const int may_guess = !metric || item->flags & ITEM_RATE;
    const jw_bytes guess = may_guess ? jwi_value_guess(scan, index, found, state->next_mark, &is_level) : (jw_bytes){NULL, 0};
    const enum period_reach reach = guess.len && !metric ? PERIOD_CLAUSE : reach_of(scan, item, metric);
    jwi_value_period(scan, state, index, reach);
    if (reach == PERIOD_PARAGRAPH && is_cumulated(scan, found))
        since_january(&item->value);
    if (reach == PERIOD_PARAGRAPH) {
        scan->told_metric = metric;
        scan->told_lines = 0;
    } else if (metric && scan->told_lines) /* a paragraph of something else */
        scan->told_metric = NULL;
    jwi_value_name_bare(scan, item, metric);
    if (metric && !guess.len)
        jwi_value_name(scan, item, found, metric, tie->is_same_clause ? before : NULL);
    else if (guess.len) {
        item->value.of = guess;
        if (state->metric && is_named(scan, state->metric, "index")) /* 國巨站穩500元, 大漲6%: the index is left */
            state->metric = NULL;
        if (is_level)
            item->value.compare = JW_COMPARE_ABS;
    } else if (tie->is_same_clause && goes_on_group(item, before)) {
        item->value.of = before->value.of;
    } else if (tie->is_reached || (before && (is_listed(scan, before, item) || is_converted(scan, before, item)))) {
        item->value.of = before->value.of;
        item->value.compare = item->value.compare ? item->value.compare : before->value.compare;
    }
}

static void bind_one(struct scan *scan, struct state *state, uint32_t index)
{
    struct item *item = &scan->item[index];
    const struct found found = jwi_value_look_back(scan, index, state->next_mark);
    const struct tie tie = tie_of(scan, index, &found);
    jwi_value_percent(scan, item, state->next_mark);
    jwi_value_compare(scan, item, index, &found);
    if (!tie.is_second)
        jwi_value_sign(scan, item, index, &found);
    const struct value_term *metric = jwi_value_metric(scan, state, index, &found, &tie);
    if (jwi_value_settle_bare(scan, index, &found, state->next_mark))
        return;
    if ((item->flags & ITEM_PLUS_MINUS) && is_change_kind(item) && !(metric && metric->bare == JW_VALUE_PERCENT))
        item->flags |= ITEM_CHANGE; /* 收盤+4.5%, but 毛利率-5% */
    name_item(scan, state, index, &found, &tie, metric);
    if (tie.is_joined && is_same_move(item, tie.before)) /* 強漲375元或13% */
        item->value.of = tie.before->value.of;
    if (tie.is_second || (tie.is_joined && is_change_kind(item)))
        join(scan, item, tie.before);
    if (!item->value.compare && metric && !(item->flags & ITEM_CHANGE))
        item->value.compare = JW_COMPARE_ABS;
}

/* The last metric before the item stays in mind for the clauses that follow; 報 and 收 alone are none. */
static void learn_metric(const struct scan *scan, struct state *state, uint32_t index,
                         uint32_t from)
{
    for (uint32_t i = from; i < state->next_mark; i++)
        if (scan->mark[i].term->cls == TERM_METRIC && !(scan->mark[i].term->use == 1 && is_named(scan, scan->mark[i].term, "price")) &&
            !jwi_value_overlaps(scan, index + 1, &scan->mark[i]))
            state->metric = scan->mark[i].term;
}

/* 114年度:台幣225,454仟元: one more line of the list that a key leads. */
static int is_dated_line(const struct scan *scan)
{
    const struct item *const date = scan->item_count ? scan->item : NULL;
    return date && date->value.kind == JW_VALUE_DATE && !date->start && code_at(&scan->line, date->end) == ':';
}

/* 權利金金額: at the end of a line says what the number of the next line measures. */
static const struct value_term *key_of(const struct scan *scan, const struct state *state)
{
    if (scan->key && is_dated_line(scan))
        return scan->key;
    if (!scan->line.len || scan->line.code[scan->line.len - 1] != ':')
        return NULL;
    for (uint32_t i = scan->mark_count; i > state->next_mark; i--)
        if (scan->mark[i - 1].term->cls == TERM_METRIC)
            return scan->mark[i - 1].term;
    return state->metric;
}

static int is_dropped(const struct item *item)
{
    return (item->flags & ITEM_BARE) != 0;
}

void jwi_value_bind(struct scan *scan)
{
    struct state state = {.metric = scan->key};
    for (uint32_t i = 0; i < scan->item_count; i++) {
        struct item *item = &scan->item[i];
        const uint32_t from = state.next_mark;
        while (state.next_mark < scan->mark_count && scan->mark[state.next_mark].end <= item->start)
            state.next_mark++;
        learn_metric(scan, &state, i, from);
        if (item->value.kind == JW_VALUE_DATE || item->value.kind == JW_VALUE_CODE || item->flags & ITEM_TOLD)
            continue;
        jwi_value_approx(scan, item, state.next_mark);
        if (is_measured(item))
            bind_one(scan, &state, i);
    }
    scan->key = key_of(scan, &state);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < scan->item_count; i++)
        if (!is_dropped(&scan->item[i]))
            scan->item[kept++] = scan->item[i];
    scan->item_count = kept;
}
