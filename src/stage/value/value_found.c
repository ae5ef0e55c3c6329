/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that may speak of a value: the nearest mark of each kind before it in its clause.
 */
#include "stage/value/value_bind.h"

enum { WINDOW = 60, MAX_MARKS = 16 };

int jwi_value_overlaps(const struct scan *scan, uint32_t index, const struct mark *mark)
{
    for (uint32_t i = index; i > 0 && scan->item[i - 1].end > mark->start; i--)
        if (scan->item[i - 1].start < mark->end && scan->item[i - 1].start <= mark->start)
            return 1;
    return 0;
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
int jwi_value_is_per_share(const struct scan *scan, const struct mark *mark)
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
struct found jwi_value_look_back(const struct scan *scan, uint32_t index, uint32_t next_mark)
{
    struct found found = {NULL, NULL, NULL, NULL, NULL};
    const struct item *item = &scan->item[index];
    const uint32_t clause = scan->line.clause[item->start];
    for (uint32_t i = next_mark, n = 0; i > 0 && n < MAX_MARKS; i--, n++) {
        const struct mark *mark = &scan->mark[i - 1];
        if (mark->start < clause || item->start - mark->start > WINDOW)
            break;
        if (jwi_value_overlaps(scan, index, mark))
            continue;
        if (mark->term->cls == TERM_METRIC) {
            const int is_better =
                !found.metric || (jwi_value_is_per_share(scan, found.metric) &&
                                  found.metric->start - mark->end <= NEAR_BARE &&
                                  mark->term->bare == JW_VALUE_MONEY);
            const int is_verb = found.metric && found.metric->term->use == 1 && mark->end == found.metric->start && /* 中間價報 */
                                is_named(scan, found.metric->term, "price") && jwi_value_is_per_unit(scan, mark->term);
            if ((is_better || is_verb) && !is_taken(scan, mark, item) && jwi_value_fits(scan, mark->term, &item->value) &&
                !is_bracketed(scan, i - 1) &&
                (mark->term->use > 1 || scan->line.code[mark->start] == 0x7387 || (item->start - mark->end <= 2 && !found.compare && !found.change)))
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
