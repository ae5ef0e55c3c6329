/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a line to items: marks (metrics and cues) first, then left to right codes, times, dates and amounts, the first reading that fits.
 * Every reader looks a bounded way ahead, so the whole is linear.
 */
#include "stage/value/value_amount.h"
#include "stage/value/value_date.h"

#include "base/search.h"

/* Room for one more of `size` bytes; the arrays double, so the arena holds at most twice what is used. */
static void *grow(struct scan *scan, void *at, uint32_t count, uint32_t *cap, size_t size,
                  size_t align)
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
    struct mark *wider = grow(scan, scan->mark, scan->mark_count, &scan->mark_cap, sizeof mark,
                              _Alignof(struct mark));
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

/* First mark that ends after `at`. */
uint32_t jwi_mark_from(const struct scan *scan, uint32_t at)
{
    return SEARCH_FROM(scan->mark, scan->mark_count, end, at + 1);
}

/* The mark that ends right at `at`, or NULL. */
const struct mark *jwi_mark_before(const struct scan *scan, uint32_t at)
{
    const uint32_t i = jwi_mark_from(scan, at);
    return i && scan->mark[i - 1].end == at ? &scan->mark[i - 1] : NULL;
}

static const struct mark *mark_at(const struct scan *scan, uint32_t at)
{
    const uint32_t i = jwi_mark_from(scan, at);
    return i < scan->mark_count && scan->mark[i].start == at ? &scan->mark[i] : NULL;
}

/* 第四季展望 lies ahead. */
static int is_outlook(const struct scan *scan, const struct mark *mark)
{
    const jw_bytes name = value_name(scan->line.lex, mark->term);
    return mark->term->cls == TERM_METRIC && name.len == 7 && !memcmp(name.at, "outlook", 7);
}

/* Letters within which a word of time governs a date. */
enum { TENSE_REACH = 14 };

/* What the nearest word of time around the date in its clause says: 預估第四季, 第四季可望, 12月營收創新高. */
static enum tense tense_near(const struct scan *scan, uint32_t at)
{
    uint32_t nearest = TENSE_REACH + 1, clause = scan->line.clause[at];
    enum tense tense = TENSE_OPEN;
    const uint32_t middle = jwi_mark_from(scan, at);
    for (uint32_t i = middle > 6 ? middle - 6 : 0; i < scan->mark_count && i < middle + 6; i++) {
        const struct mark *mark = &scan->mark[i];
        const uint32_t away = mark->start >= at ? mark->start - at
                              : mark->end <= at ? at - mark->end
                                                : 0;
        const int is_future = is_kind(mark, CUE_FUTURE) || is_outlook(scan, mark);
        if (scan->line.clause[mark->start] != clause || (!is_future && !is_kind(mark, CUE_PAST)) ||
            away > nearest || (away == nearest && !is_future))
            continue;
        nearest = away;
        tense = is_future ? TENSE_FUTURE : TENSE_PAST;
    }
    return tense;
}

static void add_item(struct scan *scan, const struct item *item)
{
    struct item *wider = grow(scan, scan->item, scan->item_count, &scan->item_cap, sizeof *item,
                              _Alignof(struct item));
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
    if (!last || last->value.kind != JW_VALUE_DATE || last->end + 1 != at ||
        last->value.first.grain == JW_GRAIN_TIME)
        return NULL;
    return is_range_link(scan->line.code[last->end]) || is_list_link(scan->line.code[last->end])
               ? last
               : NULL;
}

static int orders(jw_period a, jw_period b)
{
    int32_t first, last, after, end;
    if (a.grain != b.grain || a.grain == JW_GRAIN_NONE)
        return 0;
    jwi_period_span(a, &first, &last);
    jwi_period_span(b, &after, &end);
    return first <= after;
}

static int is_same_period(jw_period a, jw_period b)
{
    return a.year == b.year && a.grain == b.grain && a.number == b.number && a.day == b.day;
}

/* 6月25日至30日: the range is one value, 6月25日~6月25日 the day. */
static int extend_range(struct scan *scan, struct item *last, const struct date *date)
{
    if (!last || !is_range_link(scan->line.code[last->end]) || last->value.last.grain ||
        date->last.grain || !orders(last->value.first, date->first))
        return 0;
    const jw_period none = {0, 0, 0, 0, 0, {0, 0}};
    last->value.last = is_same_period(last->value.first, date->first) ? none : date->first;
    last->end = date->end;
    return 1;
}

static void remember(struct clock *clock, const struct date *date)
{
    const int grain = date->first.grain;
    if (date->has_year & 1)
        clock->year = date->first.year;
    if (date->has_year & 1 || (clock->named.grain && date->first.year == clock->named.year))
        clock->named = date->first;
    if (grain >= JW_GRAIN_YEAR && grain <= JW_GRAIN_MONTH) {
        clock->first = date->first;
        clock->last = date->last;
    }
}

/* 去年同期, 2月以來, 較第一季: what others are measured against. */
static int is_base_date(const struct scan *scan, uint32_t start, const struct date *date)
{
    const uint32_t last = scan->line.code[date->end - 1];
    const int is_same = date->end > start + 1 && last == 0x671f &&
                        scan->line.code[date->end - 2] == 0x540c; /* 同期 */
    return is_same || (date->has_year & 2) || jwi_date_is_compared(&scan->line, start);
}

static void add_date(struct scan *scan, uint32_t start, const struct date *date,
                     struct item *linked)
{
    struct item item = {.start = start, .end = date->end};
    if (!extend_range(scan, linked, date)) {
        item.value.kind = JW_VALUE_DATE;
        item.value.first = date->first;
        item.value.last = date->last;
        item.value.flags = date->is_conflict ? JW_VALUE_CONFLICT : 0;
        item.flags = (date->has_year & 1 ? (uint32_t)ITEM_SIGNED : 0) |
                     (is_base_date(scan, start, date) ? (uint32_t)ITEM_BASE : 0);
        add_item(scan, &item);
    }
    const struct value_term *word = jwi_value_find(&scan->line, start, TERM_DATE);
    const struct mark *before = jwi_mark_before(scan, start);
    const int is_base = before && before->term->cls == TERM_CUE && before->term->kind >= CUE_YOY &&
                        before->term->kind <= CUE_CONSENSUS;
    if (!(word && word->kind == DATE_SAME_PERIOD) && !is_base && !jwi_date_is_compared(&scan->line, start))
        remember(scan->clock, date);
}

/* 2月28日（周一）: the weekday only repeats the date. */
static uint32_t repeated_weekday(const struct scan *scan, uint32_t at)
{
    const struct item *last = scan->item_count ? &scan->item[scan->item_count - 1] : NULL;
    struct date date;
    if (!last || last->value.kind != JW_VALUE_DATE || last->end + 1 != at ||
        scan->line.code[last->end] != '(')
        return 0;
    const struct value_term *word = jwi_value_find(&scan->line, at, TERM_DATE);
    const uint32_t end =
        word && word->kind == DATE_WEEK ? jwi_date_read(&scan->line, at, scan->clock, &date) : 0;
    return end && code_at(&scan->line, end) == ')' ? end : 0;
}

/* 大減1/3, 變動比率:2/7: a part, where a change, a measure or an estimate leads and no month and day can. */
int jwi_value_is_part(const struct scan *scan, uint32_t at)
{
    const struct line *line = &scan->line;
    int32_t part, whole;
    const uint32_t slash = is_digit(code_at(line, at)) ? jwi_number_small(line, at, &part) : 0;
    const uint32_t end = slash && code_at(line, slash) == '/' && is_digit(code_at(line, slash + 1)) ? jwi_number_small(line, slash + 1, &whole) : 0;
    if (!end || part < 1 || part >= whole || whole > 20 || code_at(line, end) == '/' || code_at(line, end) == 0x65e5) /* 日 */
        return 0;
    enum { PLAIN = 5 };
    if (whole <= PLAIN && (code_is_one_of(code_at(line, end), u"的是") || (code_at(line, end) == 0x4ee5 && code_at(line, end + 1) == 0x4e0a)))
        return 1; /* 1/3的機率, 2/3以上 */
    const uint32_t from = at && line->code[at - 1] == ':' ? at - 1 : at, last = from ? line->code[from - 1] : 0;
    const struct mark *before = jwi_mark_before(scan, from);
    if (before && (is_kind(before, CUE_CHANGE) || scan->line.code[from - 1] == 0x5269 || /* 剩 */
                    (before->term->cls == TERM_METRIC && before->term->bare == JW_VALUE_PERCENT)))
        return 1;
    return (from > 1 && last == 0x7387 && line->code[from - 2] == 0x6bd4) || /* 比率 */
           (before && before->term->cls == TERM_CUE && before->term->kind <= CUE_UNDER && code_at(line, end) == 0x7684); /* 的 */
}

/* The 至今 of 1月至今年5月. */
static int is_cut_by_year(const struct line *line, uint32_t end)
{
    return line->code[end - 1] == 0x4eca && code_at(line, end) == 0x5e74; /* 今 年 */
}

/* The 以來 of 3月實施封鎖以來, a few letters behind the date in its clause. */
static int leads_to_since(const struct line *line, uint32_t end)
{
    enum { FAR = 8 };
    for (uint32_t i = end; i + 1 < line->len && i - end < FAR && line->cls[i] == UNIT_HAN && !line->gap[i]; i++)
        if (line->code[i] == 0x4ee5 && jwi_date_since(line, i)) /* 以 */
            return i > end;
    return 0;
}

static uint32_t read_date(struct scan *scan, uint32_t at)
{
    if (jwi_value_is_part(scan, at))
        return 0;
    const uint32_t repeated = repeated_weekday(scan, at);
    if (repeated)
        return repeated;
    struct date date;
    struct item *linked = linked_date(scan, at);
    const jw_period none = {0, 0, 0, 0, 0, {0, 0}};
    scan->clock->near = linked ? linked->value.first : none;
    scan->clock->list_year = linked && (linked->flags & ITEM_SIGNED) ? linked->value.first.year : 0;
    scan->clock->tense = jwi_date_is_compared(&scan->line, at) ? TENSE_OPEN : tense_near(scan, at);
    uint32_t end = jwi_time_read(&scan->line, at, &date);
    if (end)
        linked = NULL;
    else
        end = jwi_date_read(&scan->line, at, scan->clock, &date);
    const struct value_term *since = end ? jwi_date_since(&scan->line, end) : NULL;
    if (since && !is_cut_by_year(&scan->line, end + since->use) && date.first.grain != JW_GRAIN_TIME) {
        scan->clock->tense = TENSE_SINCE;
        end = jwi_date_read(&scan->line, at, scan->clock, &date);
        date.has_year |= 2;
    }
    if (end && !(date.has_year & 1) && leads_to_since(&scan->line, end)) {
        scan->clock->tense = TENSE_SINCE;
        end = jwi_date_read(&scan->line, at, scan->clock, &date);
    }
    if (!end || end <= at)
        return 0;
    if (linked && (linked->flags & ITEM_SIGNED))
        date.has_year |= 1;
    add_date(scan, at, &date, linked);
    return end;
}

int jwi_value_follows_from(const struct scan *scan, uint32_t at)
{
    const struct mark *before = jwi_mark_before(scan, at);
    if (before && !is_kind(before, CUE_FROM) && before->term->cls == TERM_CUE &&
        before->term->kind <= CUE_UNDER)
        before = jwi_mark_before(scan, before->start);
    return before && (is_kind(before, CUE_FROM) ||
                      (before->term->cls == TERM_CUE && before->term->kind >= CUE_YOY &&
                       before->term->kind <= CUE_CONSENSUS && before->start &&
                       jwi_mark_before(scan, before->start) &&
                       is_kind(jwi_mark_before(scan, before->start), CUE_FROM)));
}

static int is_word_start(const struct line *line, uint32_t at)
{
    return line->edge && line->edge[at];
}

/* The 11 of FDA11月 is a month, the 12 of iPhone12月租 none: behind capitals alone. */
static int is_month_after(const struct line *line, uint32_t start, uint32_t at)
{
    int32_t month;
    const uint32_t end = is_digit(code_at(line, at)) ? jwi_number_small(line, at, &month) : 0;
    for (uint32_t i = start; i < at; i++)
        if (line->code[i] > 'Z')
            return 0;
    return end && at - start > 1 && month >= 1 && month <= 12 && code_at(line, end) == 0x6708 && code_at(line, end + 1) != 0x79df; /* 月 租 */
}

/* Latin letters are passed over with the digits that belong to the name, unless they are a metric or a word: EPS5.2元, 貿聯-KY|9月. */
static uint32_t skip_name(const struct scan *scan, uint32_t at)
{
    const struct line *line = &scan->line;
    uint32_t i = at;
    while (i < line->len && is_latin(line->code[i]) && (i == at || (is_tight(line, i) && !is_word_start(line, i))))
        i++;
    if (jwi_mark_before(scan, i) || !is_tight(line, i) || is_word_start(line, i) || is_month_after(line, at, i))
        return i;
    while (i < line->len && is_tight(line, i) &&
           (is_digit(line->code[i]) || is_latin(line->code[i]) ||
            (line->code[i] == '-' && is_digit(code_at(line, i + 1)))))
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
    if (is_digit(code) || jwi_han_digit(code) >= 0 || jwi_small_scale(code) ||
        jwi_big_scale(code) || code == '-' || code == '+' || code == '$' || is_arrow(code))
        return 1;
    return code == 0x8ca0 || code == 0x534a || code == 0x6578 || code == 0x5e7e; /* 負 半 數 幾 */
}

/* 持平 after "由5%下修至", or after a comparison. */
static uint32_t read_flat(struct scan *scan, uint32_t at)
{
    const struct mark *mark = mark_at(scan, at);
    const struct item *last = scan->item_count ? &scan->item[scan->item_count - 1] : NULL;
    if (!mark || !is_kind(mark, CUE_FLAT) || !last || last->value.kind != JW_VALUE_PERCENT ||
        scan->line.clause[last->start] != scan->line.clause[at] ||
        !jwi_value_follows_from(scan, last->start))
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
    const uint32_t i = jwi_mark_from(scan, end);
    if (i == scan->mark_count || scan->mark[i].start >= end || scan->mark[i].start < start)
        return;
    const struct value_term *term = jwi_value_find(&scan->line, end, TERM_METRIC | TERM_CUE);
    const int has_room =
        term && (i + 1 == scan->mark_count || end + term->use <= scan->mark[i + 1].start);
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
        return line->cls[at] == UNIT_PUNCT && code != '(' && code != '-' && code != '+' &&
               code != '$' && code != '#' && code != 0x25cb && !is_arrow(code); /* ○ */
    if (may_begin(scan, at) || code == 0x7b2c || code == 0x524d || code == 0x6c11 ||
        code == 0x5b57 || code == 0x6f32 || code == 0x8dcc) /* 第 前 民 字 漲 跌 */
        return 0;
    return jwi_value_find(line, at, TERM_CUE | TERM_DATE) == NULL;
}

static uint32_t step(struct scan *scan, uint32_t at)
{
    const struct line *line = &scan->line;
    struct item item, date;
    const uint32_t row = scan->lists_revenue ? jwi_table_revenue(scan, at, &date, &item) : 0;
    if (row) {
        if (date.end > date.start)
            add_item(scan, &date);
        add_item(scan, &item);
        return row;
    }
    if (begins_nothing(scan, at))
        return at + 1;
    struct item sums[TABLE_SUMS];
    const uint32_t table = scan->lists_sums ? jwi_table_sums(scan, at, sums) : 0;
    if (table) {
        for (int i = 0; i < TABLE_SUMS; i++)
            add_item(scan, &sums[i]);
        return table;
    }
    const uint32_t lots = scan->lists_lots ? jwi_table_lots(scan, at, &item) : 0;
    if (lots) {
        add_item(scan, &item);
        return lots;
    }
    const uint32_t code = line->code[at];
    const uint32_t special = code == 0x6f32 || code == 0x8dcc ? jwi_value_limit(line, at, &item)
                             : is_latin(code)                ? jwi_value_rating(scan, at, &item)
                             : code == '('                   ? jwi_amount_loss(scan, at, &item)
                                                             : 0; /* 漲 跌 */
    if (special) {
        add_item(scan, &item);
        return special;
    }
    const int is_ordinal = code == 0x7b2c; /* 第 */
    uint32_t end = is_ordinal ? read_date(scan, at) : read_code(scan, at);
    if (!end)
        end = is_ordinal ? read_code(scan, at) : read_date(scan, at);
    if (!end)
        end = read_flat(scan, at);
    if (end)
        return end;
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    if (may_begin(scan, at) || (cue && cue->kind == CUE_CURRENCY)) {
        end = jwi_value_amount(scan, at, &item);
        if (end) {
            item.flags |= jwi_value_follows_from(scan, at) ? ITEM_FROM : 0;
            add_item(scan, &item);
            return end;
        }
    }
    if (is_latin(line->code[at]))
        return skip_name(scan, at);
    if (is_digit(line->code[at]))
        return skip_number(line, at);
    struct number number;
    end = is_han_letter(line, at) && jwi_han_digit(line->code[at]) >= 0
              ? jwi_number_read(line, at, &number)
              : 0;
    return end ? end : at + 1;
}

void jwi_value_scan(struct scan *scan)
{
    const jw_period none = {0, 0, 0, 0, 0, {0, 0}};
    scan->clock->named = none;
    find_marks(scan);
    for (uint32_t at = 0; at < scan->line.len;) {
        const uint32_t items = scan->item_count;
        at = step(scan, at);
        if (scan->item_count > items)
            trim_mark(scan, scan->item[items].start, at);
    }
}
