/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage value: numbers, money, percentages, quantities, dates, durations, ratios and codes, with what they measure.
 * Method: a hand-written grammar over the letters of a sentence, not over words, because segmenters cut 年增, 488.6億 and 去年同期 in more
 * than one way; words only give the token range of what was found.  Linear; integers only; base time is the record's, in market time.
 */
#include "stage/value/value.h"

#include "base/error.h"

enum {
    DAY_MS = 86400000,
    MARKET_MS = 8 * 3600000
}; /* Taipei and Hong Kong: UTC+8, no summer time */

static jw_status value_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr)
{
    (void)lexicon;
    jw_bytes section;
    TRY(jwi_model_file_section(file, "VALU", &section, reterr));
    return jwi_value_lex_open(section, view, reterr);
}

static struct clock make_clock(const jw_meta *meta)
{
    struct clock clock;
    memset(&clock, 0, sizeof clock);
    clock.is_board = meta->source_type == JW_FORUM;
    const int64_t base = meta->published_at != JW_NO_TIME ? meta->published_at : meta->received_at;
    const int64_t limit = (int64_t)100000 * DAY_MS;
    if (base == JW_NO_TIME || base < -limit || base > limit)
        return clock;
    const int64_t local = base + MARKET_MS;
    clock.has_base = 1;
    clock.today = (int32_t)(local / DAY_MS - (local % DAY_MS < 0));
    clock.base = jwi_civil_of(clock.today);
    return clock;
}

static jw_status make_line(struct scan *scan, uint32_t cap, int has_words, jw_error *reterr)
{
    struct line *line = &scan->line;
    line->len = 0;
    line->code = PUSH(scan->arena, uint32_t, (size_t)cap + 1);
    line->unit = PUSH(scan->arena, uint32_t, (size_t)cap + 1);
    line->clause = PUSH(scan->arena, uint32_t, (size_t)cap + 1);
    line->cls = PUSH(scan->arena, uint8_t, (size_t)cap + 1);
    line->gap = PUSH(scan->arena, uint8_t, (size_t)cap + 1);
    line->edge = has_words ? PUSH_ZERO(scan->arena, uint8_t, (size_t)cap + 1) : NULL;
    return (!has_words || line->edge) && line->code && line->unit && line->clause && line->cls &&
                   line->gap
               ? JW_OK
               : jwi_fail_memory(reterr);
}

static int is_wide(struct units units, uint32_t unit)
{
    return units.at[unit + 1] - units.at[unit] == 3;
}

/* "１，２３４" groups digits; "2020，500人" ends a clause. */
static uint32_t letter_of(struct units units, uint32_t unit, struct unit_span span)
{
    if (units.code[unit] != ',' || !is_wide(units, unit))
        return units.code[unit];
    const int groups = unit > span.start && unit + 1 < span.end && is_digit(units.code[unit - 1]) &&
                       is_wide(units, unit - 1) && is_digit(units.code[unit + 1]) &&
                       is_wide(units, unit + 1);
    return groups ? ',' : WIDE_COMMA;
}

static int ends_clause(const struct line *line, uint32_t at)
{
    switch (line->code[at]) {
    case WIDE_COMMA:
    case 0x3002: /* 。 */
    case ';':
    case '!':
    case '?':
    case 0x2026: /* … */
        return 1;
    case ',':
        return !is_digit(code_at(line, at + 1)) || !at || !is_digit(line->code[at - 1]);
    default:
        return 0;
    }
}

static void find_clauses(struct line *line)
{
    uint32_t clause = 0;
    for (uint32_t i = 0; i < line->len; i++) {
        const int is_title_blank =
            line->gap[i] && i && line->cls[i] == UNIT_HAN && line->cls[i - 1] == UNIT_HAN;
        const int is_break = line->gap[i] == GAP_BREAK && !(i && line->code[i - 1] == ':'); /* the value below its key */
        if (is_break || is_title_blank || (i && ends_clause(line, i - 1)))
            clause = i;
        line->clause[i] = clause;
    }
}

/* 每股盈餘稀釋情\n形, 80.535\n元: a long line that only its width has ended. */
static int is_wrapped(const struct line *line, uint32_t since, uint32_t code, int cls)
{
    enum { NARROWEST = 24 };
    static const uint16_t units[] = {0x5143, 0x4edf, 0x5343, 0x842c, 0x5104, 0x80a1, 0x5f35, '%'}; /* 元仟千萬億股張 */
    const uint32_t at = line->len;
    if (at - since < NARROWEST)
        return 0;
    if (line->cls[at - 1] == UNIT_HAN)
        return cls == UNIT_HAN;
    for (size_t i = 0; is_digit(line->code[at - 1]) && i < sizeof units / sizeof *units; i++)
        if (code == units[i])
            return 1;
    return 0;
}

static void fill_line(struct line *line, struct units units, struct unit_span span)
{
    uint32_t since = 0; /* letter that begins the line of the text */
    uint8_t gap = GAP_NONE;
    for (uint32_t i = span.start; i < span.end; i++) {
        if (units.cls[i] == UNIT_SPACE) {
            const int is_break = units.code[i] == '\n' || units.code[i] == '\r';
            gap = is_break || gap == GAP_BREAK ? GAP_BREAK : gap == GAP_NONE ? GAP_BLANK : GAP_WIDE;
            continue;
        }
        if (gap == GAP_BREAK) {
            gap = is_wrapped(line, since, units.code[i], units.cls[i]) ? GAP_NONE : GAP_BREAK;
            since = line->len;
        }
        line->code[line->len] = letter_of(units, i, span);
        line->cls[line->len] = units.cls[i];
        line->unit[line->len] = i;
        line->gap[line->len++] = gap;
        gap = GAP_NONE;
    }
    line->code[line->len] = 0;
    line->gap[line->len] = GAP_BREAK;
    line->cls[line->len] = UNIT_SPACE;
    jwi_value_slang(line);
    find_clauses(line);
}

/* Values found so far, in the arena of the document's working layers. */
struct list {
    jw_value *at;
    uint32_t len, cap;
};

static jw_status reserve(struct list *list, uint32_t more, struct arena *arena, jw_error *reterr)
{
    if (list->cap - list->len >= more)
        return JW_OK;
    const uint32_t cap = (list->len + more) * 2;
    jw_value *wider = PUSH(arena, jw_value, cap);
    if (!wider)
        return jwi_fail_memory(reterr);
    if (list->len)
        memcpy(wider, list->at, list->len * sizeof *wider);
    list->at = wider;
    list->cap = cap;
    return JW_OK;
}

/* What a sentence is read from. */
struct source {
    struct units units;
    struct unit_span span;
    const struct room_word *words; /* NULL: none */
    jw_range tokens;
    const jw_doc *doc;
    uint32_t *mention; /* first one not before the sentence */
    uint32_t key;      /* unit where what is read begins, before the sentence when that is the value of a key */
};

/* Of a number alone on its line below 背書保證餘額(仟元): where that line begins, else where the sentence does. */
static uint32_t key_before(const struct room *room, const jw_doc *doc, uint32_t sentence)
{
    const struct unit_span span = room->sentences[sentence];
    const struct unit_span *const before = sentence ? &room->sentences[sentence - 1] : NULL;
    uint32_t end = before ? before->end : 0;
    if (!before || doc->sentences[sentence - 1].part != doc->sentences[sentence].part)
        return span.start;
    while (end > before->start && room->units.cls[end - 1] == UNIT_SPACE)
        end--;
    if (end == before->start || room->units.code[end - 1] != ':')
        return span.start;
    for (uint32_t i = span.start; i < span.end; i++)
        if (room->units.cls[i] != UNIT_SPACE && !is_digit(room->units.code[i]) && room->units.code[i] != ',' && room->units.code[i] != '.' &&
            room->units.code[i] != '-' && room->units.code[i] != '(' && room->units.code[i] != ')')
            return span.start;
    return before->start;
}

static jw_status collect(const struct scan *scan, const struct source *source, struct list *list,
                         struct arena *arena, jw_error *reterr)
{
    const struct units units = source->units;
    TRY(reserve(list, scan->item_count, arena, reterr));
    for (uint32_t i = 0; i < scan->item_count; i++) {
        const struct item *item = &scan->item[i];
        if (scan->line.unit[item->start] < source->span.start)
            continue;
        jw_value *value = &list->at[list->len++];
        *value = item->value;
        value->text.start = units.at[scan->line.unit[item->start]];
        value->text.end = units.at[scan->line.unit[item->end - 1] + 1];
        value->mention = JW_NONE;
    }
    return JW_OK;
}

/* Marks the letters where the words of the sentence begin. */
static void fill_edges(struct line *line, const struct room_word *words, jw_range tokens)
{
    uint32_t letter = 0;
    for (uint32_t i = tokens.start; i < tokens.end; i++) {
        while (letter < line->len && line->unit[letter] < words[i].start)
            letter++;
        line->edge[letter] = 1;
    }
    line->edge[line->len] = 1;
}

/* A line ends, or a part of the document, before the sentence. */
static int starts_paragraph(const struct room *room, const jw_doc *doc, uint32_t sentence)
{
    const uint32_t end = room->sentences[sentence].start;
    if (!sentence || doc->sentences[sentence - 1].part != doc->sentences[sentence].part)
        return 1;
    if (doc->meta.source_type == JW_ANNOUNCEMENT && room->units.code[end] == '(') /* (1)董事酬勞: a part of the field */
        return 0;
    for (uint32_t i = end; i > room->sentences[sentence - 1].start && room->units.cls[i - 1] == UNIT_SPACE; i--)
        if (room->units.code[i - 1] == '\n')
            return 1;
    return 0;
}

static int is_title(const struct source *source)
{
    const jw_doc *const doc = source->doc;
    return doc->part_count && doc->parts[0].kind == JW_PART_TITLE && source->units.at[source->span.start] < doc->parts[0].text.end;
}

static void keep_title_metric(struct scan *scan)
{
    for (uint32_t i = 0; i < scan->mark_count; i++)
        if (scan->mark[i].term->cls == TERM_METRIC)
            scan->title_metric = scan->mark[i].term;
}

static jw_status run_sentence(struct scan *scan, const struct source *source, struct list *list,
                              struct arena *lasting, jw_error *reterr)
{
    const struct arena_mark start = jwi_arena_mark(scan->arena);
    const struct unit_span span = {source->key, source->span.end};
    TRY(make_line(scan, span.end - span.start, source->words != NULL, reterr));
    fill_line(&scan->line, source->units, span);
    if (source->words) {
        fill_edges(&scan->line, source->words, source->tokens);
        jwi_value_mask(source->doc, &scan->line, source->tokens, source->words, source->mention);
    }
    scan->item_count = scan->item_cap = scan->mark_count = scan->mark_cap = 0;
    scan->ratings = 0;
    jwi_value_scan(scan);
    jwi_value_bind(scan);
    if (scan->is_board && is_title(source))
        keep_title_metric(scan);
    if (scan->is_out_of_memory)
        return jwi_fail_memory(reterr);
    TRY(collect(scan, source, list, lasting, reterr));
    jwi_arena_reset_to(scan->arena, start);
    return JW_OK;
}

/* Tokens that overlap each value. */
static void bind_tokens(const jw_doc *doc, struct list *list)
{
    uint32_t token = 0;
    for (uint32_t i = 0; i < list->len; i++) {
        jw_value *value = &list->at[i];
        while (token < doc->token_count && doc->tokens[token].text.end <= value->text.start)
            token++;
        value->tokens.start = value->tokens.end = token;
        while (value->tokens.end < doc->token_count &&
               doc->tokens[value->tokens.end].text.start < value->text.end)
            value->tokens.end++;
    }
}

/* Numbers of the values of the record; codes are none. */
static void number_values(struct list *list)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < list->len; i++)
        list->at[i].number = list->at[i].kind == JW_VALUE_CODE ? 0 : ++number;
}

static jw_status publish(jw_doc *doc, const struct list *list, jw_error *reterr)
{
    doc->values = PUSH(&doc->arena, jw_value, list->len);
    if (!doc->values)
        return jwi_fail_memory(reterr);
    if (list->len)
        memcpy(doc->values, list->at, list->len * sizeof *doc->values);
    doc->value_count = list->len;
    return JW_OK;
}

static int says(const jw_doc *doc, uint32_t end, const char *word)
{
    const size_t len = strlen(word);
    for (uint32_t at = 0; at + len <= end; at++)
        if (!memcmp(doc->text.at + at, word, len))
            return 1;
    return 0;
}

/* End of the title of a post; 0 for none. */
static uint32_t title_end(const jw_doc *doc)
{
    return doc->meta.source_type == JW_FORUM && doc->part_count && doc->parts[0].kind == JW_PART_TITLE ? doc->parts[0].text.end : 0;
}

static int is_titled(const jw_doc *doc, const char *word)
{
    return says(doc, title_end(doc), word);
}

/* A post copies the report of a month's revenue: under a title that speaks of something else, 本月 12,345 alone is none. */
static int is_report(const jw_doc *doc)
{
    const uint32_t end = (uint32_t)doc->text.len;
    return !title_end(doc) || is_titled(doc, "營收") || (says(doc, end, "去年同期") && says(doc, end, "增減百分比"));
}

static jw_status value_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    struct clock clock = make_clock(&doc->meta);
    struct list list = {NULL, 0, 0};
    struct scan scan;
    memset(&scan, 0, sizeof scan);
    scan.line.lex = view;
    scan.clock = &clock;
    scan.arena = room->scratch;
    scan.region = doc->meta.region;
    scan.is_board = clock.is_board;
    scan.lists_revenue = clock.is_board && is_report(doc);
    scan.lists_lots = is_titled(doc, "買賣超排行");
    scan.lists_sums = is_titled(doc, "法人");
    uint32_t mention = 0;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const struct source source = {room->units, room->sentences[i],       room->words,
                                      doc->sentences[i].tokens, doc, &mention, key_before(room, doc, i)};
        if (starts_paragraph(room, doc, i)) {
            scan.told.grain = JW_GRAIN_NONE;
            scan.told_lines++;
        }
        TRY(run_sentence(&scan, &source, &list, room->lasting, reterr));
    }
    bind_tokens(doc, &list);
    number_values(&list);
    jwi_value_own(doc, list.at, list.len);
    return publish(doc, &list, reterr);
}

const struct stage jwi_stage_value = {
    "value", JW_LAYER_TOKENS, JW_LAYER_VALUES, sizeof(struct value_lex), value_open, value_run};
