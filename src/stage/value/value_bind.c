/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a value says: sign, approximation, comparison base, metric, period.
 * Method: the nearest cue of each kind before the value in its clause, with the rules of Taiwan's business prose on what stands between;
 * a clause that begins with a comparison or a verb of level goes on speaking of the metric before it (營收488億元，年增12%).
 */
#include "stage/value/value_bind.h"

enum { WINDOW = 60, NEAR_SIGN = 8, NEAR_AMOUNT = 3, NEAR_BARE = 4, MAX_MARKS = 16, FAR_INDEX = 3, NEAR_NOUN = 4 };

struct state {
    const struct value_term *metric; /* last one spoken of */
    jw_period first, last;           /* last period spoken of */
    uint32_t clause;                 /* where that was */
    uint32_t next_mark;              /* first mark not before the item */
    uint32_t next_item;
};

static int is_compare(const struct mark *mark)
{
    return mark->term->cls == TERM_CUE && mark->term->kind >= CUE_YOY &&
           mark->term->kind <= CUE_CONSENSUS;
}

static int is_measured(const struct item *item)
{
    return item->value.kind != JW_VALUE_DATE && item->value.kind != JW_VALUE_DURATION &&
           item->value.kind != JW_VALUE_CODE && !(item->flags & ITEM_RATING);
}

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

static const struct item *item_before(const struct scan *scan, uint32_t index)
{
    while (index-- > 0)
        if (is_measured(&scan->item[index]))
            return &scan->item[index];
    return NULL;
}

/* A value between the two places of the line, other than dates. */
static int has_value_between(const struct scan *scan, uint32_t index, uint32_t start)
{
    const struct item *before = item_before(scan, index);
    return before && before->start >= start;
}

static int overlaps_item(const struct scan *scan, uint32_t index, const struct mark *mark)
{
    for (uint32_t i = index; i > 0 && scan->item[i - 1].end > mark->start; i--)
        if (scan->item[i - 1].start < mark->end && scan->item[i - 1].start <= mark->start)
            return 1;
    return 0;
}

static int is_named(const struct scan *scan, const struct value_term *metric, const char *name)
{
    const jw_bytes own = value_name(scan->line.lex, metric);
    return own.len == strlen(name) && !memcmp(own.at, name, own.len);
}

static int is_one_of_names(const struct scan *scan, const struct value_term *metric, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_named(scan, metric, names[i]))
            return 1;
    return 0;
}

static int counts_heads(const jw_value *value)
{
    static const char *const heads[] = {"人", "名", "位", "員"};
    return is_unit(value, heads, sizeof heads / sizeof *heads);
}

/* 10檔, 3家, 26萬股: things counted are no volume, and shares no staff; heads are people's. */
static int fits_count(const struct scan *scan, const struct value_term *metric, const jw_value *value)
{
    static const char *const of_people[] = {"headcount", "count", "cases", "employment", "jobless_claims"};
    static const char *const of_things[] = {"count", "cases"};
    static const char *const things[] = {"檔", "家", "項", "個", "種", "款", "例", "次", "歲"};
    if (value->kind != JW_VALUE_QUANTITY || !value->unit.len)
        return 1;
    if (counts_heads(value))
        return is_one_of_names(scan, metric, of_people, sizeof of_people / sizeof *of_people);
    if (is_unit(value, things, sizeof things / sizeof *things))
        return is_one_of_names(scan, metric, of_things, sizeof of_things / sizeof *of_things);
    return !is_named(scan, metric, "headcount");
}

/* Measures of one share: never in hundreds of millions. */
static int is_per_unit(const struct scan *scan, const struct value_term *metric)
{
    static const char *const names[] = {"price", "eps", "target_price", "book_value", "par_value", "exchange_rate"};
    return is_one_of_names(scan, metric, names, sizeof names / sizeof *names);
}

/* What a metric can be counted in: no margin in dollars, no revenue in heads. */
static int fits(const struct scan *scan, const struct value_term *metric, const jw_value *value)
{
    const int bare = metric->bare;
    if (metric->use == 1 && metric->arg < 0 && !is_at_least(value->value, 6)) /* 每股仍虧0.56元 */
        return 0;
    if (is_pure(value) && value->unit.len && bare != JW_VALUE_QUANTITY && !is_named(scan, metric, "price"))
        return 0;
    if ((metric->nature == METRIC_COUNT && value->kind == JW_VALUE_MONEY) || !fits_count(scan, metric, value) ||
        (is_sum(value) && is_per_unit(scan, metric)))
        return 0;
    if (!bare || value->kind == JW_VALUE_PERCENT || value->kind == JW_VALUE_RATIO || metric->nature == METRIC_COUNT)
        return 1;
    if (value->kind == JW_VALUE_MONEY)
        return bare == JW_VALUE_MONEY;
    return is_pure(value) && (bare != JW_VALUE_QUANTITY || !is_at_least(value->value, 6));
}

/* 較去年 in 較去年12月: the date goes on, and says itself what it compares. */
static int is_overrun(const struct scan *scan, uint32_t index, const struct mark *mark)
{
    for (uint32_t i = index; i > 0 && scan->item[i - 1].end > mark->start; i--) {
        const struct item *item = &scan->item[i - 1];
        if (item->value.kind == JW_VALUE_DATE && item->start > mark->start &&
            item->start < mark->end && item->end > mark->end)
            return 1;
    }
    return 0;
}

/* 稅前淨利(淨損): what stands in the brackets is the same column read the other way. */
static int is_bracketed(const struct scan *scan, uint32_t i)
{
    const struct mark *mark = &scan->mark[i];
    return i && mark->start && scan->line.code[mark->start - 1] == '(' &&
           scan->mark[i - 1].end + 1 == mark->start && scan->mark[i - 1].term->cls == TERM_METRIC;
}

/* 股利每股1元: 每股 says of what, not what. */
static int is_per_share(const struct scan *scan, const struct mark *mark)
{
    return mark->term->use == 2 && scan->line.code[mark->start] == 0x6bcf &&
           scan->line.code[mark->start + 1] == 0x80a1; /* 每 股 */
}

/* 23.58出場 8905: the measure belongs to the number before it. */
static int is_taken(const struct scan *scan, const struct mark *mark, const struct item *item)
{
    return mark->start && is_digit(scan->line.code[mark->start - 1]) && is_tight(&scan->line, mark->start) && !is_tight(&scan->line, item->start);
}

/* Nearest mark of each kind before the item in its clause. */
static struct found look_back(const struct scan *scan, uint32_t index, uint32_t next_mark)
{
    struct found found = {NULL, NULL, NULL, NULL, NULL};
    const struct item *item = &scan->item[index];
    const uint32_t clause = scan->line.clause[item->start];
    for (uint32_t i = next_mark, n = 0; i > 0 && n < MAX_MARKS; i--, n++) {
        const struct mark *mark = &scan->mark[i - 1];
        if (mark->start < clause || item->start - mark->start > WINDOW)
            break;
        if (overlaps_item(scan, index, mark))
            continue;
        if (mark->term->cls == TERM_METRIC) {
            const int is_better =
                !found.metric || (is_per_share(scan, found.metric) &&
                                  found.metric->start - mark->end <= NEAR_BARE &&
                                  mark->term->bare == JW_VALUE_MONEY);
            if (is_better && !is_taken(scan, mark, item) && fits(scan, mark->term, &item->value) && !is_bracketed(scan, i - 1) &&
                (mark->term->use > 1 || (item->start - mark->end <= 2 && !found.compare && !found.change)))
                found.metric = mark;
        } else if (is_compare(mark)) {
            if (!found.compare && !is_overrun(scan, index, mark))
                found.compare = mark;
        } else if (is_kind(mark, CUE_CHANGE)) {
            if (!found.change)
                found.change = mark;
        } else if (is_kind(mark, CUE_LEVEL)) {
            if (!found.level)
                found.level = mark;
        } else if (is_kind(mark, CUE_FROM) && !found.from)
            found.from = mark;
    }
    return found;
}

static int is_adjacent(const struct scan *scan, const struct mark *mark, const struct item *item,
                       uint32_t index, uint32_t reach)
{
    if (!mark || item->start - mark->end > reach)
        return 0;
    return !has_value_between(scan, index, mark->end);
}

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

static void bind_approx(const struct scan *scan, struct item *item, uint32_t next_mark)
{
    const struct line *line = &scan->line;
    const struct mark *before = next_mark ? &scan->mark[next_mark - 1] : NULL;
    const struct mark *after = next_mark < scan->mark_count ? &scan->mark[next_mark] : NULL;
    for (uint32_t i = next_mark; i < scan->mark_count && scan->mark[i].start < item->end; i++)
        after = i + 1 < scan->mark_count ? &scan->mark[i + 1] : NULL;
    if (before && before->end == item->start && before->term->cls == TERM_CUE &&
        before->term->kind <= CUE_UNDER && !is_contract(line, before) &&
        !((before->term->kind == CUE_NEAR || before->term->arg) && item->value.kind == JW_VALUE_DURATION)) /* 跌破60日均線 */
        item->value.approx = before->term->kind;
    else if (item->start && line->code[item->start - 1] == 0x4e0a &&
             jwi_small_scale(line->code[item->start])) /* 上百 */
        item->value.approx = JW_APPROX_OVER;
    if (after && after->start == item->end && after->term->cls == TERM_CUE &&
        after->term->kind >= CUE_ABOUT_AFTER && after->term->kind <= CUE_UNDER_AFTER) {
        static const uint8_t approx[] = {JW_APPROX_ABOUT, JW_APPROX_OVER, JW_APPROX_UNDER};
        item->value.approx = approx[after->term->kind - CUE_ABOUT_AFTER];
    }
    const uint32_t next = code_at(line, item->end);
    const int counts = item->value.kind == JW_VALUE_PERCENT || item->value.kind == JW_VALUE_RATIO ||
                       item->value.kind == JW_VALUE_DURATION;
    if (counts && !item->value.approx && (next == 0x591a || next == 0x9918)) /* 多 餘 */
        item->value.approx = JW_APPROX_OVER;
}

static int is_change_kind(const struct item *item)
{
    return item->value.kind == JW_VALUE_PERCENT || item->value.kind == JW_VALUE_RATIO;
}

static uint8_t compare_of(const struct mark *mark)
{
    return (uint8_t)(mark->term->kind - CUE_YOY + JW_COMPARE_YOY);
}

/* 的 alone between a comparison and a value: the value is the base itself. */
static int is_base(const struct scan *scan, const struct mark *mark, const struct item *item)
{
    return item->start == mark->end + 1 && scan->line.code[mark->end] == 0x7684;
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

static void bind_compare(const struct scan *scan, struct item *item, uint32_t index,
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

static void flip(struct item *item)
{
    item->value.value = jwi_decimal_minus(item->value.value);
    const jw_decimal low = jwi_decimal_minus(item->value.low);
    item->value.low = jwi_decimal_minus(item->value.high);
    item->value.high = low;
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
static void bind_sign(const struct scan *scan, struct item *item, uint32_t index,
                      const struct found *found)
{
    const struct mark *cue = found->compare;
    if (!cue || (found->change && found->change->start > cue->start))
        cue = found->change;
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
        flip(item);
}

/* 投資的公司提供5%高利率: a share that nothing changes and nothing compares is none of a sum or of an index. */
static int is_share_of_sum(const struct scan *scan, const struct item *item, const struct value_term *metric)
{
    static const char *const sums[] = {"investment", "amount", "index", "funding", "net_buy", "net_sell", "count", "cases"};
    if (!metric || item->value.kind != JW_VALUE_PERCENT || item->value.compare || item->flags & ITEM_CHANGE)
        return 0;
    return metric->nature == METRIC_SUM || is_one_of_names(scan, metric, sums, sizeof sums / sizeof *sums);
}

/* 240萬活躍用戶, 100億美元股票回購: what is counted stands a few letters behind the value, without a blank or a mark between. */
static const struct value_term *metric_after(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    for (uint32_t i = next_mark; i < scan->mark_count && scan->mark[i].start <= item->end + NEAR_NOUN; i++) {
        const struct mark *mark = &scan->mark[i];
        uint32_t at = item->end;
        if (mark->start < item->end)
            continue;
        while (at <= mark->start && is_tight(&scan->line, at) && scan->line.cls[at] == UNIT_HAN)
            at++;
        if (mark->term->cls == TERM_CUE && mark->term->kind == CUE_SKIP)
            continue;
        const int is_fit = mark->term->nature == METRIC_SUM ||
                           (mark->term->nature == METRIC_COUNT && (!item->value.unit.len || counts_heads(&item->value)));
        return at > mark->start && mark->term->cls == TERM_METRIC && is_fit && fits(scan, mark->term, &item->value) ? mark->term : NULL;
    }
    return NULL;
}

/* The metric before the value, or right after it. */
static const struct value_term *metric_of(const struct scan *scan, uint32_t index,
                                          const struct found *found, uint32_t next_mark)
{
    const struct item *item = &scan->item[index];
    const int is_part = found->metric && is_share_of_sum(scan, item, found->metric->term); /* 入股某公司2成股權 */
    const int is_second =
        found->metric && !item->value.compare && has_value_between(scan, index, found->metric->end);
    const int is_bare_share = found->metric && is_per_share(scan, found->metric);
    if (found->metric && !is_second && !is_bare_share && item->value.kind != JW_VALUE_PERCENT)
        return found->metric->term;
    const int is_near = found->metric && item->start - found->metric->end <= NEAR_BARE;
    if (found->metric && !is_second && !is_bare_share && !is_part && is_near)
        return found->metric->term;
    for (uint32_t i = next_mark; i < scan->mark_count && scan->mark[i].start < item->end + 3; i++) {
        const struct mark *mark = &scan->mark[i];
        const uint32_t between = mark->start - item->end;
        if (mark->start < item->end || mark->term->cls != TERM_METRIC || (is_bare_share && mark->term->nature == METRIC_SUM) ||
            !fits(scan, mark->term, &item->value))
            continue;
        if (scan->line.clause[mark->start] == scan->line.clause[item->start] &&
            ((between == 0 && is_tight(&scan->line, item->end)) ||
             scan->line.code[item->end] == 0x7684 ||
             scan->line.code[mark->start - 1] == 0x7684)) /* 的 */
            return mark->term;
    }
    return found->metric ? found->metric->term : metric_after(scan, item, next_mark);
}

/* 全年 in 全年挑戰300億元: a date at the head of a clause is no subject. */
static uint32_t after_date(const struct scan *scan, uint32_t index, uint32_t clause)
{
    const struct item *date = index ? &scan->item[index - 1] : NULL;
    return date && date->value.kind == JW_VALUE_DATE && date->start == clause ? date->end : clause;
}

/* Behind the masked name of a company that begins at `at`. */
static uint32_t after_name(const struct scan *scan, uint32_t at, uint32_t end)
{
    while (at < end && scan->line.code[at] == NAME_LETTER)
        at++;
    return at;
}

/* 較3月份提高1.3個百分點, 前值4.2%: of what was spoken of before. */
static int opens_as_figure(const struct line *line, uint32_t at)
{
    static const uint16_t words[][2] = {{0x524d, 0x503c}, {0x524d, 0x671f}, {0x524d, 0x6b21}, {0x9810, 0x671f}}; /* 前值 前期 前次 預期 */
    const uint32_t first = code_at(line, at), second = code_at(line, at + 1);
    if (first == 0x8f03 || first == 0x6bd4) /* 較 比 */
        return is_digit(second) || second == 0x524d || second == 0x4e0a || second == 0x53bb || second == 0x540c || second == 0x4eca; /* 前上去同今 */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (first == words[i][0] && second == words[i][1])
            return 1;
    return 0;
}

/* A clause that opens with a comparison, a change or 達 has no subject of its own. */
static int carries(const struct scan *scan, uint32_t index, uint32_t next_mark)
{
    const struct item *item = &scan->item[index];
    const uint32_t clause = scan->line.clause[item->start];
    if (item->start == clause || opens_as_figure(&scan->line, clause))
        return 1;
    const uint32_t head = after_date(scan, index, clause);
    if (after_name(scan, head, item->start) == item->start) /* EPS 3.97元 上半年7.18元, 董事平均酬勞 穩懋1756萬元 */
        return 1;
    for (uint32_t i = next_mark; i > 0; i--) {
        const struct mark *mark = &scan->mark[i - 1];
        if (mark->start < clause)
            break;
        if (mark->start <= head + 1 && mark->term->cls == TERM_CUE &&
            (is_compare(mark) || mark->term->kind == CUE_CARRY || mark->term->kind == CUE_LEVEL ||
             (mark->term->kind == CUE_CHANGE && mark->term->arg * mark->term->arg == 1) ||
             mark->term->kind == CUE_FROM || mark->term->kind <= CUE_UNDER))
            return 1;
    }
    return 0;
}

static int is_period(const struct item *item)
{
    const int grain = item->value.first.grain;
    return item->value.kind == JW_VALUE_DATE && grain >= JW_GRAIN_YEAR &&
           (grain <= JW_GRAIN_MONTH || (grain == JW_GRAIN_DAY && item->value.last.grain));
}

/* 2021年的3000億美元: the date belongs to this value alone. */
static const struct item *own_period(const struct scan *scan, uint32_t index)
{
    const struct item *date = index ? &scan->item[index - 1] : NULL;
    if (!date || !is_period(date) || date->end + 1 != scan->item[index].start ||
        scan->line.code[date->end] != 0x7684) /* 的 */
        return NULL;
    return date;
}

/* A base of comparison is the period of what follows it in its clause only if it leads it: 去年同期虧損5億元, not 較去年同期增5%. */
static int is_led(const struct scan *scan, const struct item *date, const struct item *item)
{
    const uint32_t before = date->start ? scan->line.code[date->start - 1] : 0;
    return scan->line.clause[date->start] == scan->line.clause[item->start] && before != 0x8f03 &&
           before != 0x6bd4 && before != 0x65bc && before != 0x8207 && before != 0x8d8a && before != 0x904e &&
           !item->value.compare; /* 較 比 於 與 越 過 */
}

/* The period spoken of: the last date before the item that is no day and no base of comparison. */
static void bind_period(const struct scan *scan, struct state *state, uint32_t index,
                        int is_of_the_day)
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
    if (!own && is_of_the_day && state->clause != scan->line.clause[item->start])
        return;
    item->value.first = own ? own->value.first : state->first;
    item->value.last = own ? own->value.last : state->last;
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
        !(base->flags & ITEM_BASE) ||
        scan->line.clause[base->start] != scan->line.clause[item->start])
        return;
    item->value.compare = compare_periods(state->first, base->value.first);
}

/* 占最近期財務報表淨值6.35%: a part of a sum. */
static int is_share(const struct scan *scan, const struct item *item, const struct value_term *metric)
{
    if (item->value.kind != JW_VALUE_PERCENT || item->value.compare || item->flags & ITEM_CHANGE ||
        (metric->bare != JW_VALUE_MONEY && metric->nature != METRIC_COUNT))
        return 0;
    for (uint32_t at = scan->line.clause[item->start]; at < item->start; at++)
        if (scan->line.code[at] == 0x5360 || scan->line.code[at] == 0x4f54) /* 占 佔 */
            return 1;
    return 0;
}

static void set_metric(const struct scan *scan, struct item *item, const struct value_term *metric)
{
    static const jw_bytes index_name = {"index", 5};
    static const jw_bytes share_name = {"share_of", 8}, book_name = {"book_value", 10};
    const int is_index = is_points(item) && is_named(scan, metric, "price"); /* 收17096點 */
    item->value.of = is_index ? index_name : is_share(scan, item, metric) ? share_name : value_name(scan->line.lex, metric);
    if (is_named(scan, metric, "equity") && jwi_value_is_small(scan, item) && !is_at_least(item->value.value, 4)) /* 淨值43 */
        item->value.of = book_name;
    if (metric->arg < 0 && !(item->flags & ITEM_SIGNED) && item->value.kind == JW_VALUE_MONEY &&
        item->value.compare == JW_COMPARE_NONE)
        flip(item); /* 虧損5億元 is a profit of -5億 */
}

/* 賺了15%出場, 賠三成: a share of what was put in. */
static void name_return(const struct scan *scan, struct item *item, const struct found *found)
{
    static const jw_bytes gain = {"return", 6};
    const uint32_t first = found->metric ? scan->line.code[found->metric->start] : 0;
    if (item->value.kind == JW_VALUE_PERCENT && !item->value.compare && found->metric && is_named(scan, found->metric->term, "net_profit") &&
        found->metric->term->use <= 2 && (first == 0x8cfa || first == 0x8ce0) && scan->line.code[found->metric->end - 1] != 0x9322) /* 賺 賠 錢 */
        item->value.of = gain;
}

/* 每股2.31美元的虧損 is EPS; the 每股 in brackets behind a dividend is of that. */
static void name_per_share(const struct scan *scan, struct item *item, const struct found *found, const struct value_term *metric,
                           const struct item *before)
{
    static const char *const profits[] = {"net_profit", "operating_profit"};
    static const jw_bytes eps = {"eps", 3};
    if (!found->metric || !is_per_share(scan, found->metric) || item->value.kind != JW_VALUE_MONEY)
        return;
    if (metric != found->metric->term && is_one_of_names(scan, metric, profits, 2))
        item->value.of = eps;
    else if (metric == found->metric->term && before && found->metric->start && scan->line.code[found->metric->start - 1] == '(' &&
             before->end + 1 == found->metric->start && before->value.kind == JW_VALUE_MONEY && before->value.of.len)
        item->value.of = before->value.of;
}

/* A number without a unit takes the kind of its metric: EPS 1.83, 本益比15, PMI 52.3. */
static void name_bare(const struct scan *scan, struct item *item, const struct value_term *metric)
{
    static const char own[][4] = {"TWD", "HKD"};
    static const jw_bytes points = {"points", 6};
    if (item->value.unit.len || item->value.kind != JW_VALUE_QUANTITY || !metric || !metric->bare || metric->nature == METRIC_SUM)
        return;
    if (metric->bare == JW_VALUE_PERCENT && is_at_least(item->value.value, 4)) /* 利率下調惠及1.5億人口 */
        return;
    item->value.kind = metric->bare;
    if (metric->bare == JW_VALUE_MONEY)
        for (int i = 0; i < 4; i++)
            item->value.currency[i] = own[scan->region != 0][i];
    else if (is_named(scan, metric, "index") && is_at_least(item->value.value, 3))
        item->value.unit = points;
    else if (metric->bare == JW_VALUE_PERCENT) {
        const jw_bytes percent = {"%", 1};
        item->value.unit = percent;
    }
    item->flags &= ~(uint32_t)ITEM_BARE;
}

/* 收益率(年度化)6.99, 收盤價(1589):12.40: what the brackets behind a measure add. */
static uint32_t after_bracket(const struct scan *scan, uint32_t at, uint32_t end)
{
    enum { LONGEST = 9 };
    if (at >= end || scan->line.code[at] != '(')
        return at;
    for (uint32_t i = at + 1; i < end && i - at <= LONGEST; i++)
        if (scan->line.code[i] == ')')
            return i + 1;
    return at;
}

static int stands_by(const struct scan *scan, const struct item *item, const struct found *found)
{
    const struct mark *metric = found->metric;
    if (!metric || metric->term->nature == METRIC_SUM || item->start - after_bracket(scan, metric->end, item->start) > NEAR_BARE + 2 ||
        (scan->line.gap[item->start] >= GAP_WIDE && scan->line.code[item->start - 1] != ':'))
        return 0;
    for (uint32_t i = after_bracket(scan, metric->end, item->start); i < item->start; i++) {
        const struct value_term *cue = jwi_value_find(&scan->line, i, TERM_CUE);
        const uint32_t code = scan->line.code[i];
        if (cue && (cue->kind <= CUE_UNDER || cue->kind == CUE_LEVEL || cue->kind == CUE_CARRY ||
                    cue->kind == CUE_CHANGE))
            i += cue->use - 1u;
        else if (code != ':' && code != '(' && code != ')' && code != 0x70ba && code != 0x662f &&
                 code != 0x7684 && code != 0x5143 && code != 0x4ecd) /* 為是的元仍 */
            return 0;
    }
    return 1;
}

/* 23.58出場: the number with a point right before the word of its price. */
static int leads_price(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    const struct mark *mark = next_mark < scan->mark_count ? &scan->mark[next_mark] : NULL;
    return mark && mark->start == item->end && is_tight(&scan->line, mark->start) && item->value.value.power < 0 &&
           mark->term->cls == TERM_METRIC && is_named(scan, mark->term, "price");
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
        flip(item);
}

/* 這3點, no level of an index. */
static int is_few_points(const struct item *item)
{
    return is_points(item) && item->value.value.known && item->value.value.power == 0 &&
           item->value.value.mantissa < 30;
}

/* Prices, and rises of nothing named, are of the day: no quarter of another clause is theirs. */
static int is_of_the_day(const struct scan *scan, const struct item *item,
                         const struct value_term *metric)
{
    if (!metric)
        return item->flags & ITEM_CHANGE;
    return is_named(scan, metric, "price") || is_named(scan, metric, "index") ||
           is_named(scan, metric, "exchange_rate") || is_named(scan, metric, "target_price");
}

/* The 100 of 那斯達克100. */
static int is_name_number(const struct scan *scan, const struct item *item,
                          const struct found *found)
{
    return found->metric && found->metric->end == item->start &&
           is_tight(&scan->line, item->start) && (item->flags & ITEM_BARE) &&
           found->metric->term->bare == JW_VALUE_QUANTITY && found->metric->term->nature != METRIC_COUNT && item->value.value.power >= 0 &&
           item->end - item->start <= 3;
}

/* 年增3.7%達近1.07兆元: what the change has led to. */
static int reaches(const struct scan *scan, const struct item *before, const struct item *item)
{
    const uint32_t code = scan->line.code[before->end];
    return item->start > before->end && item->start - before->end <= 3 &&
           (code == 0x9054 || code == 0x81f3 || code == 0x5230 || code == 0x70ba); /* 達至到為 */
}

static int is_same_measure(const struct scan *scan, const struct value_term *metric, const struct item *item)
{
    const jw_bytes name = metric ? value_name(scan->line.lex, metric) : item->value.of;
    return name.len == item->value.of.len && !memcmp(name.at, item->value.of.at, name.len);
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

/* 前三季7.18元 behind 營收: a few dollars are no revenue. */
static int is_of_size(const struct scan *scan, const struct value_term *metric, const struct item *item)
{
    return item->value.compare || metric->bare != JW_VALUE_MONEY || is_per_unit(scan, metric) || is_named(scan, metric, "dividend") ||
           !jwi_value_is_small(scan, item) ||
           is_at_least(item->value.value, 4);
}

/* 非農就業優於預期 黃金跌逾2%: prices fall by themselves, whatever the clause before spoke of. */
static int is_move_of_another(const struct scan *scan, const struct value_term *metric, const struct item *item, const struct found *found)
{
    return (item->flags & ITEM_CHANGE) && !item->value.compare && found->change && is_price_cue(found->change) &&
           !is_per_unit(scan, metric) && !is_named(scan, metric, "index");
}

/* 虧損擴大崩跌28%, 財報亮眼飆漲: what was said of the measure is done, and the price answers. */
static int has_verdict(const struct scan *scan, uint32_t start, uint32_t end)
{
    static const uint16_t verdicts[] = {0x64f4, 0x6582, 0x905c, 0x4f73, 0x512a, 0x6158, 0x4eae, 0x75b2, 0x6de1, 0x65fa}; /* 擴斂遜佳優慘亮疲淡旺 */
    for (uint32_t i = start; i < end; i++)
        for (size_t k = 0; k < sizeof verdicts / sizeof *verdicts; k++)
            if (scan->line.code[i] == verdicts[k])
                return 1;
    return 0;
}

/* 獲利現隱憂跌10%, 獲補助大漲36%: a bare 漲 or 跌 apart from the measure before it, or behind a sum, moves the price. */
static int moves_price(const struct scan *scan, const struct item *item, const struct found *found)
{
    if (item->value.kind != JW_VALUE_PERCENT || !found->metric || !found->change || found->compare || !is_price_cue(found->change) ||
        found->change->start < found->metric->end || item->start - found->change->end > 2)
        return 0;
    const uint32_t between = found->change->start - found->metric->end;
    return found->metric->term->nature == METRIC_SUM || (found->change->term->use == 1 && between >= 2) ||
           (is_named(scan, found->metric->term, "index") && between >= FAR_INDEX) || is_named(scan, found->metric->term, "outlook") ||
           has_verdict(scan, found->metric->end, found->change->start);
}

static void bind_one(struct scan *scan, struct state *state, uint32_t index)
{
    struct item *item = &scan->item[index];
    const struct found found = look_back(scan, index, state->next_mark);
    const struct item *before = item_before(scan, index);
    const int is_same_clause =
        before && scan->line.clause[before->start] == scan->line.clause[item->start];
    const int is_second = is_same_clause && (before->flags & ITEM_FROM) && found.level &&
                          found.level->start >= before->end;
    const int is_joined = is_same_clause && is_joint(scan, before->end, item->start);
    const int is_reached = is_same_clause && before->value.of.len && reaches(scan, before, item);
    jwi_value_percent(scan, item, state->next_mark);
    bind_compare(scan, item, index, &found);
    if (!is_second)
        bind_sign(scan, item, index, &found);
    const struct value_term *metric = metric_of(scan, index, &found, state->next_mark);
    if (!metric && (item->value.compare || is_points(item) || is_second || is_reached ||
                    (is_joined && before->value.of.len) ||
                    (carries(scan, index, state->next_mark) && !jwi_value_is_group(scan, item, state->next_mark))))
        metric = state->metric && fits(scan, state->metric, &item->value) && is_of_size(scan, state->metric, item) &&
                         !is_move_of_another(scan, state->metric, item, &found)
                     ? state->metric
                     : NULL;
    const int is_left = is_reached && !found.metric && !is_same_measure(scan, metric, before);
    if (is_share_of_sum(scan, item, metric) || moves_price(scan, item, &found) || is_left)
        metric = NULL;
    if (item->flags & ITEM_BARE && !stands_by(scan, item, &found) && !leads_price(scan, item, state->next_mark) &&
        jwi_value_bare(scan, index, &found, state->next_mark) != BARE_METRIC)
        return;
    if (is_few_points(item) && !found.metric && !found.change && !found.compare) {
        item->flags |= ITEM_BARE;
        return;
    }
    if (is_name_number(scan, item, &found))
        return;
    const int is_of_index = found.metric && is_named(scan, found.metric->term, "index");
    if (item->flags & ITEM_BARE && is_of_index && jwi_value_is_year(scan, item)) /* 台股2023封關 */
        return;
    if ((item->flags & ITEM_PLUS_MINUS) && is_change_kind(item) &&
        !(metric && metric->bare == JW_VALUE_PERCENT))
        item->flags |= ITEM_CHANGE; /* 收盤+4.5%, but 毛利率-5% */
    int is_level = 0;
    const int may_guess = !metric || item->flags & ITEM_RATE;
    const jw_bytes guess = may_guess ? jwi_value_guess(scan, index, &found, state->next_mark, &is_level) : (jw_bytes){NULL, 0};
    bind_period(scan, state, index, (guess.len && !metric) || is_of_the_day(scan, item, metric));
    compare_dates(scan, state, index);
    name_bare(scan, item, metric);
    if (metric && !guess.len) {
        set_metric(scan, item, metric);
        name_per_share(scan, item, &found, metric, is_same_clause ? before : NULL);
        name_return(scan, item, &found);
    }
    else if (guess.len) {
        item->value.of = guess;
        if (state->metric && is_named(scan, state->metric, "index")) /* 國巨站穩500元, 大漲6%: the index is left */
            state->metric = NULL;
        if (is_level)
            item->value.compare = JW_COMPARE_ABS;
    } else if (is_reached || (before && (is_listed(scan, before, item) || is_converted(scan, before, item)))) {
        item->value.of = before->value.of;
        item->value.compare = item->value.compare ? item->value.compare : before->value.compare;
    }
    if (is_second || (is_joined && is_change_kind(item)))
        join(scan, item, before);
    if (!item->value.compare && metric && !(item->flags & ITEM_CHANGE))
        item->value.compare = JW_COMPARE_ABS;
}

/* The last metric before the item stays in mind for the clauses that follow; 報 and 收 alone are none. */
static void learn_metric(const struct scan *scan, struct state *state, uint32_t index,
                         uint32_t from)
{
    for (uint32_t i = from; i < state->next_mark; i++)
        if (scan->mark[i].term->cls == TERM_METRIC && !(scan->mark[i].term->use == 1 && is_named(scan, scan->mark[i].term, "price")) &&
            !overlaps_item(scan, index + 1, &scan->mark[i]))
            state->metric = scan->mark[i].term;
}

/* 權利金金額: at the end of a line says what the number of the next line measures. */
static const struct value_term *key_of(const struct scan *scan, const struct state *state)
{
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
        if (item->value.kind == JW_VALUE_DATE || item->value.kind == JW_VALUE_CODE)
            continue;
        bind_approx(scan, item, state.next_mark);
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
