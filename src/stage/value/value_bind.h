/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of binding: the words found before a value, what they make of it, and what a value measures that no word names. */
#ifndef JW_STAGE_VALUE_VALUE_BIND_H
#define JW_STAGE_VALUE_VALUE_BIND_H

#include "stage/value/value.h"

/* Nearest mark of each kind before a value in its clause. */
struct found {
    const struct mark *metric, *compare, *change, *level, *from;
};

/* How a value hangs on the one before it. */
struct tie {
    const struct item *before; /* the last that is measured, of whatever clause; NULL for none */
    int is_same_clause;
    int is_second, is_joined, is_reached; /* 由3元升至5元; 下跌281點或1.6%; 年增3.7%達近1.07兆元 */
};

/* What has been spoken of before the value. */
struct state {
    const struct value_term *metric; /* last one spoken of */
    jw_period first, last;           /* last period spoken of */
    uint32_t clause;                 /* where that was */
    uint32_t next_mark;              /* first mark not before the item */
    uint32_t next_item;
};

enum { NEAR_BARE = 4 }; /* letters between a metric and a number that needs it */

/* A number of an index: points or nothing. */
static inline int is_pure(const jw_value *value)
{
    static const char *const points[] = {"points"};
    return value->kind == JW_VALUE_QUANTITY && (!value->unit.len || is_one_of(value->unit, points, 1));
}

/* Points of an index. */
static inline int is_points(const struct item *item)
{
    return is_pure(&item->value) && item->value.unit.len > 0;
}

/* Money in hundreds of millions, or more: no price of a share. */
static inline int is_sum(const jw_value *value)
{
    return value->kind == JW_VALUE_MONEY && is_at_least(value->value, 8);
}

/* 以 45% 稅率: blanks on both sides only set the number apart. */
static inline int is_set_apart(const struct scan *scan, const struct item *item)
{
    const struct line *line = &scan->line;
    return item->start && line->gap[item->start] == GAP_BLANK && line->cls[item->start - 1] == UNIT_HAN && line->gap[item->end] == GAP_BLANK &&
           line->cls[item->end] == UNIT_HAN && (line->cls[item->end - 1] != UNIT_HAN || item->value.kind == JW_VALUE_MONEY);
}

/* 3600 points, no 3 points: an index. */
static inline int is_index_points(const jw_value *value)
{
    const jw_decimal size = value->value.mantissa < 0 ? jwi_decimal_minus(value->value) : value->value;
    return is_pure(value) && value->unit.len && value->value.known && is_at_least(size, 2);
}

/* 漲, 重挫: moves of a price. */
static inline int is_price_cue(const struct mark *cue)
{
    return is_kind(cue, CUE_CHANGE) && (cue->term->arg == 2 || cue->term->arg == -2);
}

static inline int is_compare(const struct mark *mark)
{
    return mark->term->cls == TERM_CUE && mark->term->kind >= CUE_YOY &&
           mark->term->kind <= CUE_CONSENSUS;
}

static inline int is_measured(const struct item *item)
{
    return item->value.kind != JW_VALUE_DATE && item->value.kind != JW_VALUE_DURATION &&
           item->value.kind != JW_VALUE_CODE && !(item->flags & ITEM_RATING);
}

static inline int is_change_kind(const struct item *item)
{
    return item->value.kind == JW_VALUE_PERCENT || item->value.kind == JW_VALUE_RATIO;
}

static inline const struct item *item_before(const struct scan *scan, uint32_t index)
{
    while (index-- > 0)
        if (is_measured(&scan->item[index]))
            return &scan->item[index];
    return NULL;
}

/* A value between the two places of the line, other than dates. */
static inline int has_value_between(const struct scan *scan, uint32_t index, uint32_t start)
{
    const struct item *before = item_before(scan, index);
    return before && before->start >= start;
}

static inline int counts_heads(const jw_value *value)
{
    static const char *const heads[] = {"人", "名", "位", "員"};
    return is_one_of(value->unit, heads, sizeof heads / sizeof *heads);
}

static inline int is_one_of_names(const struct scan *scan, const struct value_term *metric, const char *const *names, size_t count)
{
    return is_one_of(value_name(scan->line.lex, metric), names, count);
}

static inline int is_named(const struct scan *scan, const struct value_term *metric, const char *name)
{
    return is_one_of_names(scan, metric, &name, 1);
}

/* Nearest mark of each kind before the item, in its clause. */
struct found jwi_value_look_back(const struct scan *scan, uint32_t index, uint32_t next_mark);

/* A value before item `index` holds the place where the mark begins. */
int jwi_value_overlaps(const struct scan *scan, uint32_t index, const struct mark *mark);

/* 股利每股1元: 每股 says of what, not what. */
int jwi_value_is_per_share(const struct scan *scan, const struct mark *mark);

/* Whether the metric can be counted in what the value is; whether it is of one share, one dollar. */
int jwi_value_fits(const struct scan *scan, const struct value_term *metric, const jw_value *value);
int jwi_value_is_per_unit(const struct scan *scan, const struct value_term *metric);

/* 約, 逾, 左右; 年增, 較上季; the sign of a change: 年減12%. */
void jwi_value_approx(const struct scan *scan, struct item *item, uint32_t next_mark);
void jwi_value_compare(const struct scan *scan, struct item *item, uint32_t index, const struct found *found);
void jwi_value_sign(const struct scan *scan, struct item *item, uint32_t index, const struct found *found);
void jwi_value_flip(struct item *item);

/* The metric that the value is of; NULL for none. */
const struct value_term *jwi_value_metric(const struct scan *scan, const struct state *state, uint32_t index, const struct found *found,
                                          const struct tie *tie);

/* Names the value after its metric; `before` is the value before it in its clause, or NULL. */
void jwi_value_name(const struct scan *scan, struct item *item, const struct found *found, const struct value_term *metric,
                    const struct item *before);

/* Where the period of a value may be said. */
enum period_reach { PERIOD_CLAUSE, PERIOD_SENTENCE, PERIOD_PARAGRAPH };

/* Its period, and the comparison that follows from it. */
void jwi_value_period(struct scan *scan, struct state *state, uint32_t index, enum period_reach reach);

/* 5元, 1.2角, no 5萬 and no 3億. */
int jwi_value_is_small(const struct scan *scan, const struct item *item);

/* Where the value with what approximates it begins: 逾 of 逾7成民眾. */
uint32_t jwi_value_lead(const struct scan *scan, const struct item *item, uint32_t next_mark);

/* A part of those named behind it: 近六成民眾. */
int jwi_value_is_group(const struct scan *scan, const struct item *item, uint32_t next_mark);

/* What a value without a metric measures by what stands around it; empty for nothing.  *is_level: it is no change. */
jw_bytes jwi_value_guess(const struct scan *scan, uint32_t index, const struct found *found, uint32_t next_mark, int *is_level);

/* 前高33.75, 歷史高點1,100元: a noun of prices stands right before the value. */
int jwi_value_follows_price(const struct scan *scan, const struct item *item, uint32_t next_mark);

/* 下看850, 26.8上車, 鴻海170就進場: whether the number without a unit is a price as boards say it. */
int jwi_value_is_board_price(const struct scan *scan, const struct item *item);

/* 現在150元, 下看27塊: whether a small sum is one. */
int jwi_value_is_board_level(const struct scan *scan, const struct item *item);

/* Whether the number counts answers to a post, or how often: 推到100, 看100遍. */
int jwi_value_counts_answers(const struct line *line, const struct item *item);

/* 年減93.95, 成長10.92: makes a number with a point, right behind a growth and at the end of what is said, the percentage that it is. */
void jwi_value_percent(const struct scan *scan, struct item *item, uint32_t next_mark);

/*
 * A number without a unit: 1 when nothing more is to be bound, since it is no value, or what stands around it has named it;
 * 0 when it is of the metric found before it, or has a unit.
 */
int jwi_value_settle_bare(const struct scan *scan, uint32_t index, const struct found *found, uint32_t next_mark);

/* A number without a unit takes the kind of its metric: EPS 1.83, 本益比15, PMI 52.3. */
void jwi_value_name_bare(const struct scan *scan, struct item *item, const struct value_term *metric);

#endif
