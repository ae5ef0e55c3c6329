/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a line to items: marks (metrics and cues) first, then left to right codes, times, dates and amounts, the first reading that fits.
 * Every reader looks a bounded way ahead, so the whole is linear.
 */
#include "stage/value/value.h"

#include <string.h>

enum { MAX_LIST = 6 };

/* Room for one more of `size` bytes; the arrays double, so the arena holds at most twice what is used. */
static void *grow(struct scan *scan, void *at, uint32_t count, uint32_t *cap, size_t size, size_t align)
{
    if (count < *cap)
        return at;
    const uint32_t more = *cap ? *cap * 2 : 64;
    void *wider = jwi_arena_push(scan->arena, more, size, align);
    if (!wider) {
        scan->is_out_of_memory = 1;
        return NULL;
    }
    if (count)
        memcpy(wider, at, count * size);
    *cap = more;
    return wider;
}

static void add_mark(struct scan *scan, uint32_t start, const struct value_term *term)
{
    const struct mark mark = {start, start + term->use, term};
    struct mark *wider = grow(scan, scan->mark, scan->mark_count, &scan->mark_cap, sizeof mark, _Alignof(struct mark));
    if (!wider)
        return;
    scan->mark = wider;
    scan->mark[scan->mark_count++] = mark;
}

static void find_marks(struct scan *scan)
{
    const struct line *line = &scan->line;
    for (uint32_t i = 0; i < line->len;) {
        const struct value_term *term = jwi_value_find(line, i, TERM_METRIC | TERM_CUE);
        if (!term) {
            i++;
            continue;
        }
        add_mark(scan, i, term);
        i += term->use;
    }
}

static int is_cue(const struct mark *mark, enum cue kind)
{
    return mark->term->cls == TERM_CUE && mark->term->kind == kind;
}

/* First mark that ends after `at`. */
static uint32_t mark_from(const struct scan *scan, uint32_t at)
{
    uint32_t low = 0, high = scan->mark_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (scan->mark[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The mark that ends right at `at`, or NULL. */
static const struct mark *mark_before(const struct scan *scan, uint32_t at)
{
    const uint32_t i = mark_from(scan, at);
    return i && scan->mark[i - 1].end == at ? &scan->mark[i - 1] : NULL;
}

static const struct mark *mark_at(const struct scan *scan, uint32_t at)
{
    const uint32_t i = mark_from(scan, at);
    return i < scan->mark_count && scan->mark[i].start == at ? &scan->mark[i] : NULL;
}

/* Letters within which a word of time governs a date. */
enum { TENSE_REACH = 14 };

/* What the nearest word of time around the date in its clause says: 預估第四季, 第四季可望, 12月營收創新高. */
static enum tense tense_near(const struct scan *scan, uint32_t at)
{
    uint32_t nearest = TENSE_REACH + 1, clause = scan->line.clause[at];
    enum tense tense = TENSE_OPEN;
    const uint32_t middle = mark_from(scan, at);
    for (uint32_t i = middle > 6 ? middle - 6 : 0; i < scan->mark_count && i < middle + 6; i++) {
        const struct mark *mark = &scan->mark[i];
        const uint32_t away = mark->start >= at ? mark->start - at : mark->end <= at ? at - mark->end : 0;
        const int is_future = is_cue(mark, CUE_FUTURE);
        if (scan->line.clause[mark->start] != clause || (!is_future && !is_cue(mark, CUE_PAST)) || away > nearest ||
            (away == nearest && !is_future))
            continue;
        nearest = away;
        tense = is_future ? TENSE_FUTURE : TENSE_PAST;
    }
    return tense;
}

static int is_list_link(uint32_t code)
{
    return code == 0x3001 || code == 0x8207 || code == 0x548c || code == 0x53ca || code == 0x6216 || code == 0x8ddf; /* 、與和及或跟 */
}

static void add_item(struct scan *scan, const struct item *item)
{
    struct item *wider = grow(scan, scan->item, scan->item_count, &scan->item_cap, sizeof *item, _Alignof(struct item));
    if (!wider)
        return;
    scan->item = wider;
    scan->item[scan->item_count++] = *item;
}

static void add_code(struct scan *scan, uint32_t start, uint32_t end)
{
    struct item item = {.start = start, .end = end};
    item.value.kind = JW_VALUE_CODE;
    add_item(scan, &item);
}

/* The date just before, when only `link` letters of a list or a range stand between. */
static struct item *linked_date(const struct scan *scan, uint32_t at)
{
    struct item *last = scan->item_count ? &scan->item[scan->item_count - 1] : NULL;
    if (!last || last->value.kind != JW_VALUE_DATE || last->end + 1 != at || last->value.first.grain == JW_GRAIN_TIME)
        return NULL;
    return is_range_link(scan->line.code[last->end]) || is_list_link(scan->line.code[last->end]) ? last : NULL;
}

static int orders(jw_period a, jw_period b)
{
    int32_t first, last, after, end;
    if (a.grain != b.grain || a.grain == JW_GRAIN_NONE)
        return 0;
    jwi_period_span(a, &first, &last);
    jwi_period_span(b, &after, &end);
    return first < after;
}

/* 6月25日至30日: the range is one value. */
static int extend_range(struct scan *scan, struct item *last, const struct date *date)
{
    if (!last || !is_range_link(scan->line.code[last->end]) || last->value.last.grain || date->last.grain ||
        !orders(last->value.first, date->first))
        return 0;
    last->value.last = date->first;
    last->end = date->end;
    return 1;
}

static void remember(struct clock *clock, const struct date *date)
{
    const int grain = date->first.grain;
    if (date->has_year & 1)
        clock->year = date->first.year;
    if (grain >= JW_GRAIN_YEAR && grain <= JW_GRAIN_MONTH) {
        clock->first = date->first;
        clock->last = date->last;
    }
}

/* 去年同期, 2月以來, 較第一季: what others are measured against. */
static int is_base_date(const struct scan *scan, uint32_t start, const struct date *date)
{
    const uint32_t last = scan->line.code[date->end - 1], before = start ? scan->line.code[start - 1] : 0;
    const int is_same = date->end > start + 1 && last == 0x671f && scan->line.code[date->end - 2] == 0x540c; /* 同期 */
    return is_same || (date->has_year & 2) || before == 0x8f03 || before == 0x6bd4; /* 較 比 */
}

static void add_date(struct scan *scan, uint32_t start, const struct date *date, struct item *linked)
{
    struct item item = {.start = start, .end = date->end};
    if (!extend_range(scan, linked, date)) {
        item.value.kind = JW_VALUE_DATE;
        item.value.first = date->first;
        item.value.last = date->last;
        item.value.flags = date->is_conflict ? JW_VALUE_CONFLICT : 0;
        item.flags = (date->has_year & 1 ? (uint32_t)ITEM_SIGNED : 0) | (is_base_date(scan, start, date) ? (uint32_t)ITEM_BASE : 0);
        add_item(scan, &item);
    }
    const struct value_term *word = jwi_value_find(&scan->line, start, TERM_DATE);
    const struct mark *before = mark_before(scan, start);
    const int is_base = before && before->term->cls == TERM_CUE && before->term->kind >= CUE_YOY && before->term->kind <= CUE_CONSENSUS;
    if (!(word && word->kind == DATE_SAME_PERIOD) && !is_base)
        remember(scan->clock, date);
}

/* 2月28日（周一）: the weekday only repeats the date. */
static uint32_t repeated_weekday(const struct scan *scan, uint32_t at)
{
    const struct item *last = scan->item_count ? &scan->item[scan->item_count - 1] : NULL;
    struct date date;
    if (!last || last->value.kind != JW_VALUE_DATE || last->end + 1 != at || scan->line.code[last->end] != '(')
        return 0;
    const struct value_term *word = jwi_value_find(&scan->line, at, TERM_DATE);
    const uint32_t end = word && word->kind == DATE_WEEK ? jwi_date_read(&scan->line, at, scan->clock, &date) : 0;
    return end && code_at(&scan->line, end) == ')' ? end : 0;
}

static uint32_t read_date(struct scan *scan, uint32_t at)
{
    const uint32_t repeated = repeated_weekday(scan, at);
    if (repeated)
        return repeated;
    struct date date;
    struct item *linked = linked_date(scan, at);
    const jw_period none = {0, 0, 0, 0, 0, {0, 0}};
    scan->clock->near = linked ? linked->value.first : none;
    scan->clock->list_year = linked && (linked->flags & ITEM_SIGNED) ? linked->value.first.year : 0;
    scan->clock->tense = tense_near(scan, at);
    uint32_t end = jwi_time_read(&scan->line, at, &date);
    if (end)
        linked = NULL;
    else
        end = jwi_date_read(&scan->line, at, scan->clock, &date);
    const struct value_term *since = end ? jwi_value_find(&scan->line, end, TERM_DATE) : NULL;
    if (since && since->kind == DATE_SINCE_YEAR && date.first.grain != JW_GRAIN_TIME) {
        scan->clock->tense = TENSE_SINCE;
        end = jwi_date_read(&scan->line, at, scan->clock, &date);
        date.has_year |= 2;
    }
    if (!end || end <= at)
        return 0;
    if (linked && (linked->flags & ITEM_SIGNED))
        date.has_year |= 1;
    add_date(scan, at, &date, linked);
    return end;
}

/* A number with its unit; `end` past the unit. */
struct amount {
    struct number number;
    const struct value_term *unit;
    uint32_t end;
};

static uint32_t unit_of(const struct line *line, uint32_t at, const struct value_term **ret)
{
    *ret = at < line->len && line->gap[at] != GAP_BREAK ? jwi_value_find(line, at, TERM_UNIT) : NULL;
    if (*ret && (!(*ret)->kind || ((*ret)->bare && line->edge && !line->edge[at + (*ret)->use]))) /* 成長, 1737台鹽: no unit */
        *ret = NULL;
    return *ret ? at + (*ret)->use : at;
}

static uint32_t read_amount(const struct line *line, uint32_t at, struct amount *ret)
{
    const uint32_t end = jwi_number_read(line, at, &ret->number);
    if (!end || (ret->number.style & NUMBER_DOTTED))
        return 0;
    ret->end = unit_of(line, end, &ret->unit);
    return ret->end;
}

static int is_han_letter(const struct line *line, uint32_t at)
{
    return at < line->len && line->cls[at] == UNIT_HAN;
}

/* 3成2, 兩成五: a last digit that belongs to no other number. */
static uint32_t add_tenths(const struct line *line, struct amount *amount, jw_decimal *value)
{
    const uint32_t at = amount->end, code = code_at(line, at), next = code_at(line, at + 1);
    const int digit = is_digit(code) && is_tight(line, at) ? (int)(code - '0') : jwi_han_digit(code);
    const struct value_term *unit;
    if (digit < 1 || is_digit(next) || next == '.' || jwi_han_digit(next) >= 0 || jwi_small_scale(next) || jwi_big_scale(next))
        return at;
    unit_of(line, at + 1, &unit);
    if (unit)
        return at;
    *value = jwi_decimal_add(*value, jwi_decimal(digit, 0));
    return at + 1;
}

static int is_discount(const struct value_term *unit)
{
    return unit->kind == JW_VALUE_PERCENT && unit->arg == 1;
}

static jw_decimal times_unit(jw_decimal value, const struct value_term *unit)
{
    if (!unit)
        return value;
    if (is_discount(unit)) { /* 8折 is 80 %, 85折 is 85 % */
        const jw_decimal less = jwi_decimal_add(value, jwi_decimal(-10, 0));
        return less.known && less.mantissa >= 0 ? value : jwi_decimal_times(value, 1, 1);
    }
    return jwi_decimal_times(value, unit->mantissa, unit->power);
}

/* Half a unit more: 一年半, 兩個半月 . */
static uint32_t add_half(const struct line *line, const struct value_term *unit, uint32_t at, jw_decimal *value)
{
    if (!unit || code_at(line, at) != 0x534a || (unit->kind != JW_VALUE_DURATION && unit->kind != JW_VALUE_RATIO)) /* 半 */
        return at;
    *value = jwi_decimal_add(*value, times_unit(jwi_decimal(5, -1), unit));
    return at + 1;
}

static const char *own_currency(const struct scan *scan)
{
    return scan->region ? "HKD" : "TWD";
}

/* From a hundred million on, a number of business news that counts nothing is money: 買超151.47億. */
static int is_large(const jw_decimal *value)
{
    const jw_decimal rest = jwi_decimal_add(*value, jwi_decimal(-1, 8));
    return rest.known && rest.mantissa >= 0;
}

static void set_unit(const struct scan *scan, const struct value_term *unit, const struct value_term *currency, struct item *item)
{
    jw_value *value = &item->value;
    if (currency || (unit && unit->kind == JW_VALUE_MONEY)) {
        const char *code = unit && unit->kind == JW_VALUE_MONEY ? unit->currency : "";
        if (currency && (!code[0] || code[0] == '*'))
            code = currency->currency;
        memcpy(value->currency, code[0] && code[0] != '*' ? code : own_currency(scan), 3);
        value->kind = JW_VALUE_MONEY;
        return;
    }
    value->kind = unit ? unit->kind : JW_VALUE_QUANTITY;
    if (unit && unit->kind == JW_VALUE_PERCENT && unit->mantissa == 25) /* 碼 counts nothing but interest */
        item->flags |= ITEM_RATE;
    if (unit)
        value->unit = value_name(scan->line.lex, unit);
}

static void set_approx(struct item *item, uint32_t style)
{
    if (style & NUMBER_MORE)
        item->value.approx = JW_APPROX_OVER;
    if (style & NUMBER_VAGUE)
        item->flags |= ITEM_VAGUE;
}

static int same_unit(const struct value_term *a, const struct value_term *b)
{
    return a->kind == b->kind && (a->name_at == b->name_at || a->kind == JW_VALUE_MONEY);
}

static int follows_from(const struct scan *scan, uint32_t at)
{
    const struct mark *before = mark_before(scan, at);
    if (before && !is_cue(before, CUE_FROM) && before->term->cls == TERM_CUE && before->term->kind <= CUE_UNDER)
        before = mark_before(scan, before->start);
    return before && (is_cue(before, CUE_FROM) || (before->term->cls == TERM_CUE && before->term->kind >= CUE_YOY &&
                                                   before->term->kind <= CUE_CONSENSUS && before->start &&
                                                   mark_before(scan, before->start) && is_cue(mark_before(scan, before->start), CUE_FROM)));
}

static int is_far_apart(jw_decimal low, jw_decimal high)
{
    const jw_decimal rest = jwi_decimal_add(high, jwi_decimal_minus(jwi_decimal_times(low, 5, 0)));
    return rest.known && rest.mantissa > 0;
}

/* 10~12億元, 5%至10%, 兩三百億元. */
static uint32_t read_range(struct scan *scan, uint32_t start, const struct amount *low, const struct value_term *currency, struct item *item)
{
    const struct line *line = &scan->line;
    struct amount high;
    const uint32_t link = low->end;
    if (!is_range_link(code_at(line, link)) || line->gap[link] == GAP_BREAK || follows_from(scan, start))
        return 0;
    uint32_t at = link + 1;
    const struct value_term *again = jwi_value_find(line, at, TERM_CUE);
    if (again && again->kind == CUE_CURRENCY)
        at += again->use;
    if (!read_amount(line, at, &high) || (!high.unit && !currency) || (low->unit && high.unit && !same_unit(low->unit, high.unit)))
        return 0;
    if (!low->number.value.known || !high.number.value.known || (line->gap[link] && !line->gap[link + 1] && line->code[link] == '-'))
        return 0;
    const struct mark *before = mark_before(scan, start);
    if (before && is_cue(before, CUE_CHANGE) && low->unit && is_far_apart(low->number.value, high.number.value))
        return 0; /* 下跌0.075%到2.104%: to a level */
    jw_decimal first = low->number.value;
    if (!low->unit && !(low->number.style & NUMBER_SCALED) && high.number.scale.known)
        first = jwi_decimal_times(first, high.number.scale.mantissa, high.number.scale.power);
    item->value.low = times_unit(first, low->unit ? low->unit : high.unit);
    item->value.high = times_unit(high.number.value, high.unit ? high.unit : low->unit);
    set_approx(item, high.number.style);
    set_unit(scan, high.unit ? high.unit : low->unit, currency, item);
    item->end = high.end;
    return item->end;
}

/* The unit at the end of a list: 5、4張 gives it to both. */
static const struct value_term *list_unit(const struct line *line, uint32_t at, jw_decimal *scale)
{
    struct amount next;
    for (int i = 0; i < MAX_LIST && is_list_link(code_at(line, at)) && line->gap[at] != GAP_BREAK; i++) {
        if ((!is_digit(code_at(line, at + 1)) && jwi_han_digit(code_at(line, at + 1)) < 1) || !read_amount(line, at + 1, &next))
            return NULL;
        if (next.unit) {
            *scale = next.number.scale;
            return next.unit->kind == JW_VALUE_DURATION || next.unit->kind == JW_VALUE_QUANTITY ||
                           next.unit->kind == JW_VALUE_PERCENT || next.unit->kind == JW_VALUE_MONEY || next.unit->kind == JW_VALUE_RATIO
                       ? next.unit
                       : NULL;
        }
        at = next.end;
    }
    return NULL;
}

/* 百分之三, 千分之五, 三分之一. */
static uint32_t read_share(struct scan *scan, uint32_t at, struct item *item)
{
    const struct line *line = &scan->line;
    const int per = code_at(line, at + 1) == 0x5206 && code_at(line, at + 2) == 0x4e4b; /* 分之 */
    const int scale = per ? jwi_small_scale(code_at(line, at)) + jwi_big_scale(code_at(line, at)) : 0;
    struct number part, whole;
    if (scale > 1) {
        item->end = jwi_number_read(line, at + 3, &part);
        if (!item->end)
            return 0;
        item->value.kind = JW_VALUE_PERCENT;
        item->value.value = jwi_decimal_times(part.value, 1, 2 - scale);
        const jw_bytes percent = {"%", 1};
        item->value.unit = percent;
        set_approx(item, part.style);
        return item->end;
    }
    uint32_t end = jwi_number_read(line, at, &whole);
    if (!end || code_at(line, end) != 0x5206 || code_at(line, end + 1) != 0x4e4b || !(end = jwi_number_read(line, end + 2, &part)))
        return 0;
    item->value.kind = JW_VALUE_RATIO;
    item->value.value = jwi_decimal_over(part.value, whole.value);
    item->end = end;
    return end;
}

/* 半年, 半個月, 一半, 半數. */
static uint32_t read_half(struct scan *scan, uint32_t at, struct item *item)
{
    const struct line *line = &scan->line;
    const struct value_term *unit;
    const int is_one = code_at(line, at) == 0x4e00; /* 一 */
    if (code_at(line, at + (uint32_t)is_one) != 0x534a || (at && line->code[at - 1] == 0x4e0a) || (at && line->code[at - 1] == 0x4e0b)) /* 上 下 */
        return 0;
    uint32_t end = at + (uint32_t)is_one + 1;
    if (is_one || code_at(line, end) == 0x6578) { /* 數 */
        const jw_bytes percent = {"%", 1};
        item->value.kind = JW_VALUE_PERCENT;
        item->value.value = jwi_decimal(50, 0);
        item->value.unit = percent;
        item->end = end + !is_one;
        return item->end;
    }
    end = unit_of(line, end, &unit);
    if (!unit || unit->kind != JW_VALUE_DURATION)
        return 0;
    item->value.value = times_unit(jwi_decimal(5, -1), unit);
    set_unit(scan, unit, NULL, item);
    item->end = end;
    return end;
}

/* 3:1, 6比4. */
static uint32_t read_ratio(const struct line *line, uint32_t at, const struct amount *left, struct item *item)
{
    struct number right;
    const uint32_t link = code_at(line, left->end);
    if (left->unit || (link != ':' && link != 0x6bd4) || !(left->number.style & NUMBER_ASCII) || !is_digit(code_at(line, left->end + 1)) ||
        !is_tight(line, left->end) || !is_tight(line, left->end + 1) || (at && line->code[at - 1] == '.' ))
        return 0;
    const uint32_t end = jwi_number_read(line, left->end + 1, &right);
    if (!end || (right.style & NUMBER_DOTTED) || code_at(line, end) == ':' || left->number.digits > 4 || (link == ':' && right.digits > 4))
        return 0;
    item->value.kind = JW_VALUE_RATIO;
    item->value.value = jwi_decimal_over(left->number.value, right.value);
    item->end = end;
    return end;
}

/* A minus is one when no number, letter or bracket stands before it. */
static int sign_at(const struct line *line, uint32_t at)
{
    const uint32_t code = code_at(line, at), before = at && line->gap[at] == GAP_NONE ? line->code[at - 1] : 0;
    if (code == 0x8ca0) /* 負 */
        return is_digit(code_at(line, at + 1)) || jwi_han_digit(code_at(line, at + 1)) > 0 ? -1 : 0;
    if ((code != '-' && code != '+') || !is_tight(line, at + 1) || is_digit(before) || is_latin(before) || before == ')' || before == code)
        return 0;
    const uint32_t next = code_at(line, at + 1);
    return !is_digit(next) && next != '$' ? 0 : code == '-' ? -1 : 1;
}

/* 一家, 那一年: no count but an article. */
static int is_article(const struct line *line, uint32_t start, const struct amount *amount)
{
    const struct number *number = &amount->number;
    const uint32_t before = start ? line->code[start - 1] : 0;
    if (!(number->style & NUMBER_HAN) || (number->style & (NUMBER_SCALED | NUMBER_POINT)) || !number->value.known)
        return 0;
    if (number->value.mantissa == 0) /* 零件 */
        return 1;
    if (number->value.mantissa != 1 || number->value.power)
        return 0;
    return amount->unit->bare || before == 0x90a3 || before == 0x9019 || before == 0x67d0; /* 那 這 某 */
}

static int has_cue_for_scale(const struct scan *scan, uint32_t at)
{
    const struct mark *before = mark_before(scan, at);
    return (before && before->term->cls == TERM_CUE && before->term->kind <= CUE_UNDER) || (at && scan->line.code[at - 1] == 0x4e0a); /* 上 */
}

static void negate(struct item *item, int sign)
{
    item->flags |= sign < 0 ? ITEM_SIGNED : 0;
    if (sign >= 0)
        return;
    item->value.value = jwi_decimal_minus(item->value.value);
    item->value.low = jwi_decimal_minus(item->value.low);
    item->value.high = jwi_decimal_minus(item->value.high);
}

/*
 * The unit that a form states before the colon: 金額(仟元):4,492,772  比率(%):2.52  價格（新台幣元）: 45.00~90.00.
 * *scale and *currency are set when the brackets name them.
 */
static const struct value_term *header_unit(const struct line *line, uint32_t at, jw_decimal *scale, const struct value_term **currency)
{
    enum { LONGEST = 12 };
    struct number number;
    const struct value_term *unit = NULL;
    uint32_t end = at;
    if (end && line->code[end - 1] == ':')
        end--;
    if (end < 3 || line->code[--end] != ')')
        return NULL;
    uint32_t i = end;
    while (i && line->code[i - 1] != '(' && end - i < LONGEST)
        i--;
    if (!i || line->code[i - 1] != '(')
        return NULL;
    const struct value_term *cue = jwi_value_find(line, i, TERM_CUE);
    if (cue && cue->kind == CUE_CURRENCY && i + cue->use < end) {
        *currency = cue;
        i += cue->use;
    }
    const uint32_t after = jwi_number_read(line, i, &number);
    if (after && after < end && !(number.style & (NUMBER_ASCII | NUMBER_HAN))) {
        *scale = number.value;
        i = after;
    }
    i = unit_of(line, i, &unit);
    i += code_at(line, i) == '/' ? 2 : 0; /* 元/股 */
    return i == end ? unit : NULL;
}

static void apply_header(struct scan *scan, uint32_t at, struct item *item)
{
    const struct value_term *currency = NULL;
    jw_decimal scale = jwi_decimal(1, 0);
    const struct value_term *unit = header_unit(&scan->line, at, &scale, &currency);
    jw_value *value = &item->value;
    if (!unit || value->unit.len || value->currency[0])
        return;
    value->value = times_unit(jwi_decimal_times(value->value, scale.mantissa, scale.power), unit);
    value->low = times_unit(jwi_decimal_times(value->low, scale.mantissa, scale.power), unit);
    value->high = times_unit(jwi_decimal_times(value->high, scale.mantissa, scale.power), unit);
    set_unit(scan, unit, currency, item);
    item->flags &= ~(uint32_t)ITEM_BARE;
}

/* 45.00~90.00 where the form or the metric gives the unit. */
static uint32_t read_bare_range(const struct line *line, const struct amount *low, struct item *item)
{
    struct amount high;
    const uint32_t link = low->end;
    if (low->unit || !is_range_link(code_at(line, link)) || !is_tight(line, link) || !is_tight(line, link + 1) ||
        !is_digit(code_at(line, link + 1)) || !read_amount(line, link + 1, &high) || high.unit)
        return 0;
    item->value.kind = JW_VALUE_QUANTITY;
    item->value.low = low->number.value;
    item->value.high = high.number.value;
    item->flags |= ITEM_BARE;
    item->end = high.end;
    return item->end;
}

/* The number alone, to be kept if a metric stands by it, or with the unit of its list. */
static uint32_t read_alone(struct scan *scan, struct amount *amount, const struct value_term *currency, struct item *item)
{
    const struct line *line = &scan->line;
    jw_decimal scale = {0, 0, 0};
    const struct value_term *unit = list_unit(line, amount->end, &scale);
    item->end = amount->end;
    item->value.value = amount->number.value;
    if (unit && !(amount->number.style & (NUMBER_BARE | NUMBER_VAGUE)) && (amount->number.style & (NUMBER_ASCII | NUMBER_HAN))) {
        if (scale.known && !(amount->number.style & NUMBER_SCALED))
            item->value.value = jwi_decimal_times(item->value.value, scale.mantissa, scale.power);
        item->value.value = times_unit(item->value.value, unit);
        set_unit(scan, unit, currency, item);
        return item->end;
    }
    if ((amount->number.style & NUMBER_BARE) || (!(amount->number.style & (NUMBER_ASCII | NUMBER_BIG))))
        return 0;
    if ((amount->number.style & NUMBER_SCALED) && !(amount->number.style & (NUMBER_ASCII | NUMBER_HAN)))
        return 0;
    if (is_tight(line, amount->end) && is_latin(code_at(line, amount->end)) && !(amount->number.style & NUMBER_BIG))
        return 0;
    set_unit(scan, NULL, currency, item);
    const struct value_term *name = jwi_value_find(line, amount->end, TERM_METRIC);
    const uint32_t next = code_at(line, amount->end);
    if (!currency && !(amount->number.style & NUMBER_SCALED) && (next == ':' || (next == '.' && !is_digit(code_at(line, amount->end + 1)))))
        return 0; /* 1: 31.4, 2. */
    if ((name || next == 0x514c) && !currency && !(amount->number.style & NUMBER_SCALED)) /* S&P 500 指數, 119兌一美元 */
        return 0;
    if (!currency && !(amount->number.style & NUMBER_BIG))
        item->flags |= ITEM_BARE;
    if (!currency && (amount->number.style & NUMBER_BIG) && is_large(&item->value.value) &&
        (!is_han_letter(line, amount->end) || line->gap[amount->end])) {
        memcpy(item->value.currency, own_currency(scan), 3);
        item->value.kind = JW_VALUE_MONEY;
    }
    return item->end;
}

static uint32_t read_whole(struct scan *scan, uint32_t start, struct amount *amount, const struct value_term *currency, struct item *item)
{
    const struct line *line = &scan->line;
    const uint32_t digits = amount->number.style & (NUMBER_ASCII | NUMBER_HAN), before = start ? line->code[start - 1] : 0;
    const uint32_t first = code_at(line, start);
    if (!digits && (before == '(' || before == ':' || first == 0x4edf || first == 0x4f70 || currency)) /* 仟 佰: (仟元) is the unit of a form */
        return 0;
    if (!amount->unit || ((amount->number.style & NUMBER_BARE) && !has_cue_for_scale(scan, start)) || is_article(line, start, amount))
        return 0;
    const int is_per_tenth = amount->unit->kind == JW_VALUE_PERCENT && amount->unit->mantissa == 1 && amount->unit->power == 1;
    if (amount->number.style & NUMBER_RANGE) {
        item->value.low = times_unit(amount->number.low, amount->unit);
        item->value.high = times_unit(amount->number.high, amount->unit);
    } else {
        item->value.value = times_unit(amount->number.value, amount->unit);
        if (is_per_tenth && !is_discount(amount->unit))
            amount->end = add_tenths(line, amount, &item->value.value);
        amount->end = add_half(line, amount->unit, amount->end, &item->value.value);
        if (code_at(line, amount->number.end) == 0x500b && code_at(line, amount->number.end + 1) == 0x534a) /* 兩個半月 */
            item->value.value = jwi_decimal_add(item->value.value, times_unit(jwi_decimal(5, -1), amount->unit));
    }
    set_approx(item, amount->number.style);
    if (code_at(line, amount->number.end) == 0x500b && code_at(line, amount->number.end + 1) == 0x591a) /* 7個多月 */
        item->value.approx = JW_APPROX_OVER;
    set_unit(scan, amount->unit, currency, item);
    item->end = amount->end;
    return item->end;
}

static uint32_t read_quantity(struct scan *scan, uint32_t at, struct item *item)
{
    const struct line *line = &scan->line;
    struct amount amount;
    memset(item, 0, sizeof *item);
    item->start = at;
    uint32_t end = read_share(scan, at, item);
    if (!end)
        end = read_half(scan, at, item);
    if (end)
        return end;
    int sign = sign_at(line, at);
    uint32_t i = at + (sign != 0);
    const struct value_term *currency = jwi_value_find(line, i, TERM_CUE);
    currency = currency && currency->kind == CUE_CURRENCY ? currency : NULL;
    if (currency) {
        i += currency->use;
        i += code_at(line, i) == ':';
        if (i < line->len && line->gap[i] == GAP_BREAK)
            return 0;
        const int inner = sign_at(line, i);
        i += inner != 0;
        sign = inner ? inner : sign;
    }
    if (!read_amount(line, i, &amount))
        return 0;
    end = read_range(scan, at, &amount, currency, item);
    if (!end)
        end = read_whole(scan, at, &amount, currency, item);
    if (!end && !amount.unit)
        end = read_ratio(line, at, &amount, item);
    if (!end && (amount.number.style & NUMBER_ASCII))
        end = read_bare_range(line, &amount, item);
    if (!end && !amount.unit)
        end = read_alone(scan, &amount, currency, item);
    if (end && (amount.number.style & NUMBER_ASCII))
        apply_header(scan, at, item);
    negate(item, sign);
    return end;
}

/* Latin letters are passed over with the digits that belong to the name, unless they are a metric: EPS5.2元. */
static uint32_t skip_name(const struct scan *scan, uint32_t at)
{
    const struct line *line = &scan->line;
    uint32_t i = at;
    while (i < line->len && is_latin(line->code[i]) && (i == at || is_tight(line, i)))
        i++;
    if (mark_before(scan, i) || !is_tight(line, i))
        return i;
    while (i < line->len && is_tight(line, i) &&
           (is_digit(line->code[i]) || is_latin(line->code[i]) || (line->code[i] == '-' && is_digit(code_at(line, i + 1)))))
        i++;
    return i;
}

/* Past a number that is no value: 5G, 3D, 1.2.3 whole. */
static uint32_t skip_number(const struct line *line, uint32_t at)
{
    uint32_t i = at;
    while (i < line->len && (i == at || is_tight(line, i)) &&
           (is_digit(line->code[i]) || is_latin(line->code[i]) ||
            ((line->code[i] == '.' || line->code[i] == ',') && is_digit(code_at(line, i + 1)))))
        i++;
    return i > at ? i : at + 1;
}

static int may_begin(const struct scan *scan, uint32_t at)
{
    const uint32_t code = scan->line.code[at];
    if (is_digit(code) || jwi_han_digit(code) >= 0 || jwi_small_scale(code) || jwi_big_scale(code) || code == '-' || code == '+' || code == '$')
        return 1;
    return code == 0x8ca0 || code == 0x534a || code == 0x6578 || code == 0x5e7e; /* 負 半 數 幾 */
}

/* 持平 after "由5%下修至", or after a comparison. */
static uint32_t read_flat(struct scan *scan, uint32_t at)
{
    const struct mark *mark = mark_at(scan, at);
    const struct item *last = scan->item_count ? &scan->item[scan->item_count - 1] : NULL;
    if (!mark || !is_cue(mark, CUE_FLAT) || !last || last->value.kind != JW_VALUE_PERCENT ||
        scan->line.clause[last->start] != scan->line.clause[at] || !follows_from(scan, last->start))
        return 0;
    struct item item = {.start = at, .end = mark->end, .flags = ITEM_FLAT | ITEM_JOINED};
    const jw_bytes percent = {"%", 1};
    item.value.kind = JW_VALUE_PERCENT;
    item.value.value = jwi_decimal(0, 0);
    item.value.unit = percent;
    add_item(scan, &item);
    return mark->end;
}

static uint32_t read_code(struct scan *scan, uint32_t at)
{
    uint32_t start;
    int is_code;
    const uint32_t end = jwi_code_read(&scan->line, at, &start, &is_code);
    if (end && is_code)
        add_code(scan, start, end);
    return end;
}

/* A mark that begins inside an item and ends after it is read anew from there: 2023年營收, 9月增加. */
static void trim_mark(struct scan *scan, uint32_t start, uint32_t end)
{
    const uint32_t i = mark_from(scan, end);
    if (i == scan->mark_count || scan->mark[i].start >= end || scan->mark[i].start < start)
        return;
    const struct value_term *term = jwi_value_find(&scan->line, end, TERM_METRIC | TERM_CUE);
    const int has_room = term && (i + 1 == scan->mark_count || end + term->use <= scan->mark[i + 1].start);
    if (has_room) {
        const struct mark mark = {end, end + term->use, term};
        scan->mark[i] = mark;
        return;
    }
    memmove(scan->mark + i, scan->mark + i + 1, (scan->mark_count - i - 1) * sizeof *scan->mark);
    scan->mark_count--;
}

/* Nine letters in ten begin nothing; they are told by one look into the vocabulary. */
static int begins_nothing(const struct scan *scan, uint32_t at)
{
    const struct line *line = &scan->line;
    const uint32_t code = line->code[at];
    if (line->cls[at] != UNIT_HAN)
        return line->cls[at] == UNIT_PUNCT && code != '(' && code != '-' && code != '+' && code != '$' && code != 0x25cb; /* ○ */
    if (may_begin(scan, at) || code == 0x7b2c || code == 0x524d || code == 0x6c11 || code == 0x5b57) /* 第 前 民 字 */
        return 0;
    return jwi_value_find(line, at, TERM_CUE | TERM_DATE) == NULL;
}

static uint32_t step(struct scan *scan, uint32_t at)
{
    const struct line *line = &scan->line;
    struct item item;
    if (begins_nothing(scan, at))
        return at + 1;
    const int is_ordinal = line->code[at] == 0x7b2c; /* 第 */
    uint32_t end = is_ordinal ? read_date(scan, at) : read_code(scan, at);
    if (!end)
        end = is_ordinal ? read_code(scan, at) : read_date(scan, at);
    if (!end)
        end = read_flat(scan, at);
    if (end)
        return end;
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    if (may_begin(scan, at) || (cue && cue->kind == CUE_CURRENCY)) {
        end = read_quantity(scan, at, &item);
        if (end) {
            item.flags |= follows_from(scan, at) ? ITEM_FROM : 0;
            add_item(scan, &item);
            return end;
        }
    }
    if (is_latin(line->code[at]))
        return skip_name(scan, at);
    if (is_digit(line->code[at]))
        return skip_number(line, at);
    struct number number;
    end = is_han_letter(line, at) && jwi_han_digit(line->code[at]) >= 0 ? jwi_number_read(line, at, &number) : 0;
    return end ? end : at + 1;
}

void jwi_value_scan(struct scan *scan)
{
    find_marks(scan);
    for (uint32_t at = 0; at < scan->line.len;) {
        const uint32_t items = scan->item_count;
        at = step(scan, at);
        if (scan->item_count > items)
            trim_mark(scan, scan->item[items].start, at);
    }
}
