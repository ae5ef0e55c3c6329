/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prices without a unit as boards say them: 下看850  26.8上車  鴻海170就進場  漲到快400了  200多買的.
 * Method: a word of dict/values/hints.tsv right before or right behind the number, a verb of prices with a word between, or the name of a share.
 */
#include "stage/value/value_bind.h"

enum { LONGEST_LEAD = 4, MOST_BETWEEN = 2 }; /* letters */

/* 快400, 在185, 是350: a letter between the word and its number. */
static int may_stand_between(uint32_t code)
{
    return code_is_one_of(code, u"快了在是為還才約:");
}

/* A word for what comes before a price ends at the place. */
static int ends_lead(const struct line *line, uint32_t at)
{
    if (at && code_is_one_of(line->code[at - 1], u"看等變剩回掉抓碰線衝到"))
        return 1;
    for (uint32_t len = 2; len <= LONGEST_LEAD && len <= at; len++) {
        const struct value_term *const term = jwi_value_find(line, at - len, TERM_HINT);
        if (term && term->use == len && hints_of(term) & HINT_BOARD_LEAD)
            return 1;
    }
    return 0;
}

/* 漲到, 回: verbs of level. */
static int ends_level(const struct scan *scan, uint32_t at)
{
    for (uint32_t len = 2; len <= LONGEST_LEAD && len <= at; len++) {
        const struct value_term *const term = jwi_value_find(&scan->line, at - len, TERM_CUE);
        if (term && term->use == len && term->kind == CUE_LEVEL && term->arg)
            return 1;
    }
    return 0;
}

/* 看100遍, 推到100了, 留言破100: times, marks and answers. */
int jwi_value_counts_answers(const struct line *line, const struct item *item)
{
    enum { FAR = 8 };
    const uint32_t clause = line->clause[item->start], from = item->start - clause > FAR ? item->start - FAR : clause;
    if (is_tight(line, item->end) && code_is_one_of(code_at(line, item->end), u"遍次樓則推分歲"))
        return 1;
    if (line->code[clause] == 0x63a8 && code_is_one_of(code_at(line, clause + 1), u"到破過")) /* 推 */
        return 1;
    for (uint32_t i = from; i + 1 < item->start; i++)
        if ((code_is_one_of(line->code[i], u"推噓回") && line->code[i + 1] == 0x6587) || (line->code[i] == 0x7559 && line->code[i + 1] == 0x8a00))
            return 1; /* 推文 噓文 回文 留言 */
    return 0;
}

static int is_led(const struct scan *scan, const struct item *item)
{
    const struct line *const line = &scan->line;
    uint32_t at = item->start;
    if (line->gap[at] >= GAP_WIDE || jwi_value_counts_answers(line, item))
        return 0;
    for (int i = 0; i <= MOST_BETWEEN && at; i++, at--) {
        if (ends_lead(line, at) || (i && ends_level(scan, at)))
            return 1;
        if (!may_stand_between(line->code[at - 1]))
            break;
    }
    return 0;
}

/* 鴻海170就進場, 聯電45以下; in 聯發科9400晶片, 華航777機隊 another noun follows. */
static int ends_as_price(const struct line *line, uint32_t end)
{
    const uint32_t next = code_at(line, end);
    return !is_tight(line, end) || line->cls[end] != UNIT_HAN || next == NAME_LETTER || code_is_one_of(next, u"了嗎吧啊呢喔啦買賣接撿就才還敢我不沒以") ||
           has_hint(line, end, HINT_BOARD_TRAIL | HINT_LANDMARK);
}

/* 鴻海170, 聯電到45, 特斯拉 160: a number right behind the name of a share, outside tables. */
static int is_of_name(const struct line *line, const struct item *item)
{
    const uint32_t at = item->start - (item->start && line->code[item->start - 1] == 0x5230); /* 到 */
    return at && line->code[at - 1] == NAME_LETTER && line->cls[at - 1] == UNIT_HAN && line->gap[item->start] < GAP_WIDE &&
           line->gap[at] < GAP_WIDE && line->gap[item->end] != GAP_WIDE && ends_as_price(line, item->end);
}

/* 26.8上車, 200多買的, 56.1的高點, 98.5才賣. */
static int is_trailed(const struct line *line, const struct item *item)
{
    const uint32_t end = item->end;
    if (!is_tight(line, end) || jwi_value_counts_answers(line, item))
        return 0;
    const uint32_t next = end + (uint32_t)code_is_one_of(code_at(line, end), u"多的才想都");
    return code_is_one_of(code_at(line, end), u"買賣接撿就了") || has_hint(line, end, HINT_BOARD_TRAIL) ||
           (next > end && (code_is_one_of(code_at(line, next), u"買賣敢") || has_hint(line, next, HINT_BOARD_TRAIL)));
}

int jwi_value_is_board_level(const struct scan *scan, const struct item *item)
{
    const uint32_t before = item->start ? scan->line.code[item->start - 1] : 0;
    return scan->is_board && is_digit(scan->line.code[item->start]) && !code_is_one_of(before, u"高低") && is_led(scan, item); /* 最高800元 */
}

int jwi_value_is_board_price(const struct scan *scan, const struct item *item)
{
    const jw_decimal value = item->value.value.known ? item->value.value : item->value.low;
    if (!scan->is_board || !is_at_least(value, 0) || !(is_at_least(value, 1) || value.power < 0))
        return 0;
    return is_led(scan, item) || is_trailed(&scan->line, item) || (is_at_least(value, 1) && is_of_name(&scan->line, item));
}
