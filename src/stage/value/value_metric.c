/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which metric a value is of.
 * Method: the one named before it in its clause or right behind it; a clause that begins with a comparison or a verb of level goes on speaking
 * of the metric before it (營收488億元，年增12%); prices that move by themselves, and shares of a sum, leave what was spoken of.
 */
#include "stage/value/value_bind.h"

enum { FAR_INDEX = 3, NEAR_NOUN = 4 };

/* 投資的公司提供5%高利率: a share that nothing changes and nothing compares is none of a sum or of an index. */
static int is_share_of_sum(const struct scan *scan, const struct item *item, const struct value_term *metric)
{
    static const char *const sums[] = {"investment", "amount", "index", "funding", "net_buy", "net_sell", "count", "cases", "shares_issued"};
    if (!metric || item->value.kind != JW_VALUE_PERCENT || item->value.compare || item->flags & ITEM_CHANGE)
        return 0;
    const uint32_t *const letters = scan->line.lex->code + metric->code_at;
    const int is_deed = metric->use == 2 && letters[0] == 0x751f && letters[1] == 0x7522; /* 生產75%酒精 */
    return is_deed || metric->nature == METRIC_SUM || is_one_of_names(scan, metric, sums, sizeof sums / sizeof *sums);
}

/* 240萬活躍用戶, 100億美元股票回購: what is counted stands a few letters behind the value, without a blank or a mark between. */
static const struct value_term *metric_after(const struct scan *scan, const struct item *item, uint32_t next_mark)
{
    for (uint32_t i = next_mark; i < scan->mark_count && scan->mark[i].start <= item->end + NEAR_NOUN; i++) {
        const struct mark *mark = &scan->mark[i];
        uint32_t at = item->end;
        if (mark->start < item->end)
            continue;
        while (at <= mark->start && (is_tight(&scan->line, at) || (at == item->end && is_set_apart(scan, item))) && scan->line.cls[at] == UNIT_HAN)
            at++;
        if (mark->term->cls == TERM_CUE && mark->term->kind == CUE_SKIP)
            continue;
        const int is_fit = mark->term->nature == METRIC_SUM ||
                           (mark->term->nature == METRIC_COUNT && (!item->value.unit.len || counts_heads(&item->value)));
        return at > mark->start && mark->term->cls == TERM_METRIC && is_fit && jwi_value_fits(scan, mark->term, &item->value) ? mark->term : NULL;
    }
    return NULL;
}

/* The metric before the value, or right after it. */
static const struct value_term *own_metric(const struct scan *scan, uint32_t index,
                                          const struct found *found, uint32_t next_mark)
{
    static const char *const rates[] = {"tax_rate", "interest_rate", "rate"};
    const struct item *item = &scan->item[index];
    const int is_part = found->metric && is_share_of_sum(scan, item, found->metric->term); /* 入股某公司2成股權 */
    const int is_second =
        found->metric && !item->value.compare && has_value_between(scan, index, found->metric->end);
    const int is_bare_share = found->metric && jwi_value_is_per_share(scan, found->metric);
    const struct mark *const next = next_mark < scan->mark_count ? &scan->mark[next_mark] : NULL;
    if (item->value.kind == JW_VALUE_RATIO && next && next->start == item->end && next->term->cls == TERM_METRIC &&
        next->term->bare == JW_VALUE_RATIO) /* 12倍本益比 */
        return next->term;
    if (item->value.kind == JW_VALUE_PERCENT && !item->value.compare && !(item->flags & ITEM_CHANGE) && next && next->start == item->end &&
        is_tight(&scan->line, item->end) && next->term->cls == TERM_METRIC &&
        is_one_of_names(scan, next->term, rates, sizeof rates / sizeof *rates) &&
        !(found->metric && found->metric->end == item->start)) /* 商品加徵10%關稅 */
        return next->term;
    if (found->metric && !is_second && !is_bare_share && item->value.kind != JW_VALUE_PERCENT)
        return found->metric->term;
    const int is_near = found->metric && item->start - found->metric->end <= NEAR_BARE;
    if (found->metric && !is_second && !is_bare_share && !is_part && is_near)
        return found->metric->term;
    for (uint32_t i = next_mark; i < scan->mark_count && scan->mark[i].start < item->end + 3; i++) {
        const struct mark *mark = &scan->mark[i];
        const uint32_t between = mark->start - item->end;
        if (mark->start < item->end || mark->term->cls != TERM_METRIC || (is_bare_share && mark->term->nature == METRIC_SUM) ||
            !jwi_value_fits(scan, mark->term, &item->value) ||
            (item->flags & ITEM_CHANGE && is_named(scan, mark->term, "probability"))) /* 暴跌20%的可能性 */
            continue;
        if (scan->line.clause[mark->start] == scan->line.clause[item->start] &&
            ((between == 0 && (is_tight(&scan->line, item->end) || is_set_apart(scan, item))) ||
             scan->line.code[item->end] == 0x7684 || scan->line.code[item->end] == 0x4e4b ||
             scan->line.code[mark->start - 1] == 0x7684)) /* 的 之 */
            return mark->term;
    }
    return found->metric ? found->metric->term : metric_after(scan, item, next_mark);
}

static int is_list_letter(const struct scan *scan, uint32_t start, uint32_t end)
{
    return end == start + 1 && code_is_one_of(scan->line.code[start], u"、與及和");
}

static int is_in_list(const struct scan *scan, uint32_t left, uint32_t right)
{
    const struct item *const a = &scan->item[left], *const b = &scan->item[right];
    return a->value.kind == b->value.kind && is_list_letter(scan, a->end, b->start);
}

/* 毛利率、營益率、淨利率分別為32%、18%、15%: as many measures as values in two lists, one each; NULL for no such lists. */
static const struct value_term *listed_metric(const struct scan *scan, uint32_t index, uint32_t next_mark)
{
    enum { MOST = 8 };
    uint32_t first = index, last = index, mark = next_mark;
    while (first && index - first < MOST && is_in_list(scan, first - 1, first))
        first--;
    while (last + 1 < scan->item_count && last - index < MOST && is_in_list(scan, last, last + 1))
        last++;
    while (first < last && mark && (scan->mark[mark - 1].start >= scan->item[first].start || scan->mark[mark - 1].term->cls != TERM_METRIC))
        mark--;
    if (first == last || !mark || scan->line.clause[scan->mark[mark - 1].start] != scan->line.clause[scan->item[first].start])
        return NULL;
    uint32_t head = mark - 1;
    while (head && mark - head < MOST && scan->mark[head - 1].term->cls == TERM_METRIC &&
           is_list_letter(scan, scan->mark[head - 1].end, scan->mark[head].start))
        head--;
    return mark - head == last - first + 1 ? scan->mark[head + index - first].term : NULL;
}

/* 全年 in 全年挑戰300億元, 可望 in 可望突破40%: dates and words of what lies ahead at the head of a clause are no subject. */
static uint32_t after_date(const struct scan *scan, uint32_t index, uint32_t clause)
{
    const struct item *const date = index ? &scan->item[index - 1] : NULL;
    uint32_t head = clause;
    for (int i = 0; i < 2; i++) {
        const struct value_term *const cue = head < scan->item[index].start ? jwi_value_find(&scan->line, head, TERM_CUE) : NULL;
        if (date && date->value.kind == JW_VALUE_DATE && date->start == head)
            head = date->end;
        else if (cue && cue->kind == CUE_FUTURE && cue->use > 1)
            head += cue->use;
    }
    return head;
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
    static const uint16_t words[][2] = {{0x524d, 0x503c}, {0x524d, 0x671f}, {0x524d, 0x6b21}, {0x9810, 0x671f}, {0x5be6, 0x969b}};
    /* 前值 前期 前次 預期 實際 */
    at += (uint32_t)code_is_one_of(code_at(line, at), u"而但");
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
    const int is_told = item->start == clause + 1 && code_is_one_of(scan->line.code[clause], u"報收");
    if (item->start == clause || is_told || opens_as_figure(&scan->line, clause))
        return 1;
    uint32_t head = after_date(scan, index, clause);
    head += head > clause && scan->line.code[head] == ':'; /* 114年度:台幣225,454仟元 */
    head = after_name(scan, head, item->start);
    if (head == item->start) /* EPS 3.97元 上半年7.18元, 董事平均酬勞 穩懋1756萬元 */
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

/* 前三季7.18元 behind 營收: a few dollars are no revenue. */
static int is_of_size(const struct scan *scan, const struct value_term *metric, const struct item *item)
{
    return item->value.compare || metric->bare != JW_VALUE_MONEY || jwi_value_is_per_unit(scan, metric) || is_named(scan, metric, "dividend") ||
           !jwi_value_is_small(scan, item) ||
           is_at_least(item->value.value, 4);
}

/* 非農就業優於預期 黃金跌逾2%: prices fall by themselves, whatever the clause before spoke of. */
static int is_move_of_another(const struct scan *scan, const struct value_term *metric, const struct item *item, const struct found *found)
{
    return (item->flags & ITEM_CHANGE) && !item->value.compare && found->change && is_price_cue(found->change) &&
           !jwi_value_is_per_unit(scan, metric) && !is_named(scan, metric, "index");
}

/* 虧損擴大崩跌28%, 財報亮眼飆漲: what was said of the measure is done, and the price answers. */
static int has_verdict(const struct scan *scan, uint32_t start, uint32_t end)
{
    while (start < end && !has_hint(&scan->line, start, HINT_VERDICT))
        start++;
    return start < end;
}

/* 獲利現隱憂跌10%, 獲補助大漲36%: a bare 漲 or 跌 apart from the measure before it, or behind a sum, moves the price. */
static int moves_price(const struct scan *scan, const struct item *item, const struct found *found)
{
    if (item->value.kind != JW_VALUE_PERCENT || !found->metric || !found->change || found->compare || !is_price_cue(found->change) ||
        found->change->start < found->metric->end || item->start - found->change->end > 2)
        return 0;
    const uint32_t between = found->change->start - found->metric->end;
    for (uint32_t i = found->metric->end; i < found->change->end && found->metric->term->bare == JW_VALUE_MONEY; i++)
        if (code_is_one_of(scan->line.code[i], u"價盤") && !jwi_value_is_per_unit(scan, found->metric->term)) /* 營收下修 ADR早盤跌5%, 漲價20% */
            return 1;
    static const char *const trades[] = {"volume", "net_buy", "net_sell"};
    if (is_one_of_names(scan, found->metric->term, trades, 3) && scan->line.code[found->metric->end - 1] != 0x91cf) /* 加碼周漲18%; 量 */
        return 1;
    return found->metric->term->nature == METRIC_SUM || (found->change->term->use == 1 && between >= 2) ||
           (is_named(scan, found->metric->term, "index") && between >= FAR_INDEX) || is_named(scan, found->metric->term, "outlook") ||
           has_verdict(scan, found->metric->end, found->change->start);
}

static int is_same_measure(const struct scan *scan, const struct value_term *metric, const struct item *item)
{
    const jw_bytes name = metric ? value_name(scan->line.lex, metric) : item->value.of;
    return name.len == item->value.of.len && !memcmp(name.at, item->value.of.at, name.len);
}

/* Whether the value may be of the metric last spoken of. */
static int goes_on(const struct scan *scan, const struct state *state, uint32_t index, const struct tie *tie)
{
    const struct item *item = &scan->item[index];
    if (item->value.compare || is_points(item) || tie->is_second || tie->is_reached || (tie->is_joined && tie->before->value.of.len))
        return 1;
    return carries(scan, index, state->next_mark) && !jwi_value_is_group(scan, item, state->next_mark);
}

/* 月減4.77%；年增4.30%: below the lines that told a month's revenue. */
static int goes_on_told(const struct scan *scan, const struct state *state, uint32_t index, const struct tie *tie)
{
    const struct jw_value *const value = &scan->item[index].value;
    return value->compare && value->compare <= JW_COMPARE_QOQ && (!tie->before || tie->before->value.of.len) &&
           carries(scan, index, state->next_mark);
}

/* 前值 0.2% 公布 0.3%, 預測：22.1萬, 月增8.15%: of what the title of a post is about. */
static int is_of_title(const struct scan *scan, const struct item *item)
{
    static const char16_t *const words[] = {u"前值", u"預期", u"公布", u"預測", u"實際", u"預估", u"市場預期"};
    uint32_t head = item->start;
    if (item->value.compare && item->value.compare <= JW_COMPARE_QOQ && scan->title_metric && is_named(scan, scan->title_metric, "revenue"))
        return 1;
    head -= head && scan->line.code[head - 1] == ':';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t len = 0, n = 0;
        while (words[i][len])
            len++;
        while (n < len && head >= len && scan->line.code[head - len + n] == words[i][n])
            n++;
        if (n == len)
            return 1;
    }
    return 0;
}

static int takes_last(const struct scan *scan, const struct value_term *last, const struct item *item, const struct found *found)
{
    static const char *const of_one[] = {"index", "target_price"};
    if (last && scan->line.code[scan->line.clause[item->start]] == NAME_LETTER && is_one_of_names(scan, last, of_one, 2)) /* 那指反彈 臉書彈逾1% */
        return 0;
    return last && jwi_value_fits(scan, last, &item->value) && is_of_size(scan, last, item) && !is_move_of_another(scan, last, item, found);
}

const struct value_term *jwi_value_metric(const struct scan *scan, const struct state *state, uint32_t index, const struct found *found,
                                          const struct tie *tie)
{
    const struct item *item = &scan->item[index];
    const struct value_term *const listed = listed_metric(scan, index, state->next_mark);
    if (listed)
        return listed;
    const struct value_term *metric = own_metric(scan, index, found, state->next_mark);
    if (!metric && goes_on(scan, state, index, tie) && takes_last(scan, state->metric, item, found))
        metric = state->metric;
    if (!metric && goes_on_told(scan, state, index, tie) && takes_last(scan, scan->told_metric, item, found))
        metric = scan->told_metric;
    if (!metric && scan->title_metric && is_of_title(scan, item) && takes_last(scan, scan->title_metric, item, found))
        metric = scan->title_metric;
    const int is_left = tie->is_reached && !found->metric && !is_same_measure(scan, metric, tie->before);
    return is_share_of_sum(scan, item, metric) || moves_price(scan, item, found) || is_left ? NULL : metric;
}
