/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of binding: the words found before a value, and what a value measures that no word names. */
#ifndef JW_STAGE_VALUE_VALUE_BIND_H
#define JW_STAGE_VALUE_VALUE_BIND_H

#include "stage/value/value.h"

#include <string.h>

/* Nearest mark of each kind before a value in its clause. */
struct found {
    const struct mark *metric, *compare, *change, *level, *from;
};

static inline int is_kind(const struct mark *mark, enum cue kind)
{
    return mark->term->cls == TERM_CUE && mark->term->kind == kind;
}

static inline int is_unit(const jw_value *value, const char *const *units, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (value->unit.len == strlen(units[i]) && !memcmp(value->unit.at, units[i], value->unit.len))
            return 1;
    return 0;
}

static inline int is_at_least(jw_decimal value, int power)
{
    const jw_decimal rest = jwi_decimal_add(value, jwi_decimal(-1, power));
    return rest.known && rest.mantissa >= 0;
}

/* A number of an index: points or nothing. */
static inline int is_pure(const jw_value *value)
{
    static const char *const points[] = {"points"};
    return value->kind == JW_VALUE_QUANTITY && (!value->unit.len || is_unit(value, points, 1));
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

/* 5元, 1.2角, no 5萬 and no 3億. */
int jwi_value_is_small(const struct scan *scan, const struct item *item);

/* A part of those named behind it: 近六成民眾. */
int jwi_value_is_group(const struct scan *scan, const struct item *item, uint32_t next_mark);

/* What a value without a metric measures by what stands around it; empty for nothing.  *is_level: it is no change. */
jw_bytes jwi_value_guess(const struct scan *scan, uint32_t index, const struct found *found, uint32_t next_mark, int *is_level);

/* 前高33.75, 歷史高點1,100元: a noun of prices stands right before the value. */
int jwi_value_follows_price(const struct scan *scan, const struct item *item);

/* 年減93.95, 成長10.92: makes a number with a point, right behind a growth and at the end of what is said, the percentage that it is. */
void jwi_value_percent(const struct scan *scan, struct item *item, uint32_t next_mark);

/* A number such as 2023 with a word right behind it. */
int jwi_value_is_year(const struct scan *scan, const struct item *item);

enum bare { BARE_NONE, BARE_METRIC, BARE_TOLD };

/* A number without a unit beside no metric: none of a value, one of the metric before it, or told by what stands around it and then named. */
enum bare jwi_value_bare(const struct scan *scan, uint32_t index, const struct found *found, uint32_t next_mark);

#endif
