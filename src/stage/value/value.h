/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of stage value: the line (a sentence without its blanks), the vocabulary, numbers, dates, codes and the items they make.
 *   text   4 月營收 33.9 億元          line   4 月 營 收 3 3 . 9 億 元, blank before 月, 3 and 億
 */
#ifndef JW_STAGE_VALUE_VALUE_H
#define JW_STAGE_VALUE_VALUE_H

#include "stage/stage.h"

#include <string.h>

/* Classes of a term, also bits of a search mask. */
enum term_class { TERM_UNIT = 1, TERM_METRIC = 2, TERM_CUE = 4, TERM_DATE = 8, TERM_HINT = 16 };

/* What letters around a value say of what it measures; bits of the kind of a hint, the higher ones of its `bare`. */
enum hint {
    HINT_PRICE = 1,      /* begins a verb of prices: 漲至 */
    HINT_LANDMARK = 2,   /* behind a sum: 大關 */
    HINT_CLUB = 4,       /* 俱樂部 */
    HINT_GROUP_LEAD = 8, /* before a part of a group: 有六成民眾 */
    HINT_NOT_GROUP = 16, /* behind a percentage: what follows is no group */
    HINT_MOVE = 32,      /* behind a percentage: 修正 */
    HINT_VERDICT = 64,   /* what was said of a measure is done: 亮眼 */
    HINT_BOARD_LEAD = 128, /* on a board, before a price that has no unit: 下看 */
    HINT_BOARD_TRAIL = 256 /* behind one: 上車 */
};

/* Kinds of a cue. */
enum cue {
    CUE_ABOUT = 1, /* 約; the first five are jw_approx */
    CUE_OVER,
    CUE_NEAR,
    CUE_UPTO,
    CUE_UNDER,
    CUE_ABOUT_AFTER, /* 左右 */
    CUE_OVER_AFTER,
    CUE_UNDER_AFTER,
    CUE_YOY, /* arg is the sign of the change: 年增 1, 年減 -1, 年增率 0 */
    CUE_MOM,
    CUE_QOQ,
    CUE_CONSENSUS,
    CUE_CHANGE, /* 成長 1, 下滑 -1 */
    CUE_LEVEL,  /* 至: what follows is a level, not a change */
    CUE_FROM,   /* 由: a change from the next value to the one after it */
    CUE_FUTURE,
    CUE_PAST,
    CUE_CARRY,    /* 達: at the head of a clause it speaks of the metric before */
    CUE_CURRENCY, /* 新台幣 before an amount */
    CUE_SKIP,     /* 十分: letters of numbers that are a word */
    CUE_FLAT,     /* 持平 */
    CUE_CODE,     /* 統編: what follows is a code */
    CUE_SPAN,     /* 連續: the days after it are a duration */
    CUE_RATING    /* 評等: AA- may be a rating */
};

/* Kinds of a date word; arg is an offset, a number or both. */
enum date_word {
    DATE_DAY = 1,
    DATE_WEEK,
    DATE_MONTH,
    DATE_QUARTER,
    DATE_YEAR,
    DATE_HALF,         /* arg is 1 or 2 */
    DATE_QUARTER_NAME, /* 首季 */
    DATE_MONTH_NAME,   /* 元月 */
    DATE_FULL_YEAR,
    DATE_SAME_YEAR,
    DATE_SAME_PERIOD, /* 同期: arg years from the period before */
    DATE_MONTH_PART,  /* 月底, arg as in enum part */
    DATE_YEAR_PART,
    DATE_QUARTER_PART,
    DATE_SINCE_YEAR, /* 今年以來 */
    DATE_WEEKDAY,    /* 週一: arg 0-6 from Monday */
    DATE_TWO_YEARS   /* 今明兩年: arg the first */
};

enum part { PART_NONE, PART_START, PART_MIDDLE, PART_END };

/* What a metric counts besides its kind: things and never money; a sum, no number alone and no percent of which says what it is. */
enum metric_nature { METRIC_PLAIN, METRIC_COUNT, METRIC_SUM };

/* One row of dict/values as the model stores it. */
struct value_term {
    int64_t mantissa; /* factor of a unit */
    uint32_t code_at, name_at;
    int32_t power, arg;
    uint16_t name_len;
    uint8_t len, use; /* letters; those that count, the rest is context: 元|大關 */
    uint8_t cls, kind, bare, nature; /* nature of a metric: enum metric_nature */
    char currency[4];
};

enum { VALUE_VERSION = 3, VALUE_SLOTS = 2048, VALUE_TERM_MAX = 24 };

/* Layout of section VALU: header, slot[VALUE_SLOTS], term, code, name. */
struct value_header {
    uint32_t version, term_count, code_count, name_size;
};

/* Terms that begin with `code`, [low, high), and the classes among them; open addressing from jwi_value_slot. */
struct value_slot {
    uint32_t code, low, high, classes;
};

struct value_lex {
    const struct value_slot *slot;
    const struct value_term *term;
    const uint32_t *code;
    const char *name;
    uint32_t term_count;
};

/* A sentence without blanks; one more letter, 0, closes it. */
struct line {
    const struct value_lex *lex;
    uint32_t *code, *unit; /* letter, unit it came from */
    uint32_t *clause;      /* where the letter's clause begins */
    uint8_t *cls, *gap;    /* class; GAP_* before the letter */
    uint8_t *edge;         /* a word begins at the letter; NULL: words are not known */
    uint32_t len;
};
enum {
    GAP_NONE,
    GAP_BLANK,
    GAP_WIDE,
    GAP_BREAK
}; /* wide: two blanks or more, a column of a table */

/* Arrows of price tables. */
enum { UP_MARK = 0x25b2, UP_HOLLOW = 0x25b3, DOWN_MARK = 0x25bc, DOWN_HOLLOW = 0x25bd }; /* ▲△▼▽ */

static inline int is_arrow(uint32_t code)
{
    return code == UP_MARK || code == UP_HOLLOW || code == DOWN_MARK || code == DOWN_HOLLOW;
}

/* Put for each letter of a name; a private character, no term holds it. */
enum { NAME_LETTER = 0xe000 };

/* A full-width comma stays apart from the one inside 1,234. */
enum { WIDE_COMMA = 0xff0c };

/* Checks the section; the view borrows it. */
jw_status jwi_value_lex_open(jw_bytes section, struct value_lex *ret, jw_error *reterr);
uint32_t jwi_value_slot(uint32_t code);

static inline int is_one_of(jw_bytes word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == word.len && !memcmp(word.at, list[i], word.len))
            return 1;
    return 0;
}

/* 8吋, 2奈米: a size says which thing is meant and measures nothing of a firm. */
static inline int is_size(const jw_value *value)
{
    static const char *const units[] = {"in", "nm"};
    return value->kind == JW_VALUE_QUANTITY && is_one_of(value->unit, units, 2);
}

/* The longest term of the wanted classes that begins at `at`, or NULL. */
const struct value_term *jwi_value_find(const struct line *line, uint32_t at, unsigned classes);

static inline unsigned hints_of(const struct value_term *term)
{
    return term->kind | (unsigned)term->bare << 8;
}

/* The term of one letter there, whatever longer ones begin with it. */
const struct value_term *jwi_value_find_letter(const struct line *line, uint32_t at, unsigned classes);

/* Whether the letters at the place give one of the hints. */
static inline int has_hint(const struct line *line, uint32_t at, unsigned hints)
{
    const struct value_term *const term = jwi_value_find(line, at, TERM_HINT);
    return term && hints_of(term) & hints;
}

static inline jw_bytes value_name(const struct value_lex *lex, const struct value_term *term)
{
    const jw_bytes name = {lex->name + term->name_at, term->name_len};
    return name;
}

static inline int is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static inline int is_latin(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

static inline uint32_t code_at(const struct line *line, uint32_t at)
{
    return at < line->len ? line->code[at] : 0;
}

static inline int is_range_link(uint32_t code)
{
    return code == '~' || code == '-' || code == 0xff5e || code == 0x2013 || code == 0x2014 ||
           code == 0x81f3 || code == 0x5230; /* 至 到 */
}

/* No blank before the letter. */
static inline int is_tight(const struct line *line, uint32_t at)
{
    return at < line->len && line->gap[at] == GAP_NONE;
}

/* Exact decimals; a result that does not fit is unknown. */
jw_decimal jwi_decimal(int64_t mantissa, int32_t power);
jw_decimal jwi_decimal_add(jw_decimal a, jw_decimal b);
jw_decimal jwi_decimal_times(jw_decimal a, int64_t mantissa, int32_t power);
jw_decimal jwi_decimal_minus(jw_decimal a);

/* Quotient by a whole number when it ends, else unknown. */
jw_decimal jwi_decimal_over(jw_decimal a, jw_decimal b);

/* Ten to the `power`, or more. */
static inline int is_at_least(jw_decimal value, int power)
{
    const jw_decimal rest = jwi_decimal_add(value, jwi_decimal(-1, power));
    return rest.known && rest.mantissa >= 0;
}

enum {
    NUMBER_ASCII = 1,
    NUMBER_HAN = 2,
    NUMBER_SCALED = 4,  /* has 十 or more as a word */
    NUMBER_BIG = 8,     /* has 萬 or more */
    NUMBER_RANGE = 16,  /* 兩三 */
    NUMBER_VAGUE = 32,  /* 數十 */
    NUMBER_MORE = 64,   /* 十多 */
    NUMBER_POINT = 128, /* has a decimal point */
    NUMBER_COMMA = 256,
    NUMBER_BARE = 512,   /* a scale alone: 億元 */
    NUMBER_DOTTED = 1024 /* 1.2.3: no number */
};

struct number {
    jw_decimal value, low, high;
    jw_decimal scale; /* what a single scale multiplied by, for 10~12億 */
    uint32_t end, style;
    uint32_t digits; /* of a plain run of ASCII digits */
};

/* Reads the number that begins at `at`; 0 when none does, else its end. */
uint32_t jwi_number_read(const struct line *line, uint32_t at, struct number *ret);

/* A whole number of at most four digits, without big scales, for dates. */
uint32_t jwi_number_small(const struct line *line, uint32_t at, int32_t *ret);

/* Value of a Chinese digit, -1 otherwise; power of ten of 十 百 千 and of 萬 億 兆, 0 otherwise. */
int jwi_han_digit(uint32_t code);
int jwi_small_scale(uint32_t code);
int jwi_big_scale(uint32_t code);

struct civil {
    int32_t year, month, day;
};

int32_t jwi_days_of(struct civil date); /* since 1970-01-01 */
struct civil jwi_civil_of(int32_t days);
int32_t jwi_days_in_month(int32_t year, int32_t month);
int jwi_is_civil(struct civil date);

/* First and last day of a period. */
void jwi_period_span(jw_period period, int32_t *first, int32_t *last);

enum tense {
    TENSE_OPEN,
    TENSE_PAST,
    TENSE_FUTURE,
    TENSE_SINCE
}; /* since: past for sure, 2月以來 */

/* What dates are resolved against. */
struct clock {
    int has_base, is_board; /* is_board: in posts the four digits at the head are a code */
    int32_t today; /* days since 1970-01-01, market time */
    struct civil base;
    jw_period first,
        last; /* the last month, quarter, half or year spoken of, and its end when it is a range */
    int32_t year; /* of the last date that named one */
    int32_t
        list_year; /* year of the date just before, when it was said and this one continues its list; else 0 */
    jw_period named; /* the last period of the sentence that named its year, or took it from one that did */
    jw_period near; /* the date just before, when this one continues its list */
    enum tense tense;
};

struct date {
    jw_period first, last;
    uint32_t end;
    int is_conflict, is_duration; /* is_duration: 10年, 5日: no date after all */
    int has_year;                 /* the year was said, not inferred */
};

/* Reads the date that begins at `at`; 0 when none does, else its end. */
uint32_t jwi_date_read(const struct line *line, uint32_t at, const struct clock *clock,
                       struct date *ret);

/* A time of day. */
uint32_t jwi_time_read(const struct line *line, uint32_t at, struct date *ret);

/* A code, a telephone number, a part of a name: end, 0 when none.  *is_code tells codes from what is merely skipped. */
uint32_t jwi_code_read(const struct line *line, uint32_t at, uint32_t *start, int *is_code);

enum {
    ITEM_FROM = 1,
    ITEM_BARE = 2,
    ITEM_JOINED = 4,
    ITEM_FLAT = 8,
    ITEM_VAGUE = 16,
    ITEM_SIGNED = 32,
    ITEM_BASE = 64,
    ITEM_RATE = 128,
    ITEM_CHANGE = 256,
    ITEM_PLUS_MINUS = 512, /* written with + or - */
    ITEM_RATING = 1024,
    ITEM_TOLD = 2048 /* a row of a table said all of it */
};

/* A value in letters of the line. */
struct item {
    jw_value value;
    uint32_t start, end, flags;
};

struct mark {
    uint32_t start, end;
    const struct value_term *term;
};

static inline int is_kind(const struct mark *mark, enum cue kind)
{
    return mark->term->cls == TERM_CUE && mark->term->kind == kind;
}

/* One sentence at work. */
struct scan {
    struct line line;
    struct clock *clock;
    struct arena *arena;
    struct item *item;
    struct mark *mark;
    uint32_t item_count, item_cap, mark_count, mark_cap, region;
    int is_board; /* a post: prices without a unit */
    int is_since_january; /* the rows of a report of revenue have come to its sums */
    int lists_revenue; /* a post that copies the report of a month's revenue */
    int lists_sums; /* a post whose title announces what institutions bought and sold */
    int lists_lots; /* a post whose title announces lists of what was bought and sold */
    const struct value_term *key; /* metric of the line before when that ended with a colon; NULL for none */
    const struct value_term *told_metric; /* the last metric of a report; NULL for none */
    const struct value_term *title_metric; /* the last of the title of a post; NULL for none */
    int told_lines;                       /* paragraphs begun since */
    jw_period told, told_last; /* the period of what a report tells, said earlier in the paragraph; none at its start */
    int ratings;          /* whether the sentence speaks of ratings: 1, -1; 0 not looked yet */
    int is_out_of_memory; /* later items are lost */
};

/* Puts 千 and 萬 for the letters of 39K and 2w6. */
void jwi_value_slang(struct line *line);

/* 跌停*3, `at` being at 漲 or 跌: its end, 0 when it is none. */
uint32_t jwi_value_limit(const struct line *line, uint32_t at, struct item *item);

/* The symbol of a rating that begins at `at`: its end, 0 for none. */
uint32_t jwi_value_rating(struct scan *scan, uint32_t at, struct item *item);

/* Tue Dec 17 14:03:22 2024, Dec 17, 2024: the end, 0 for none. */
uint32_t jwi_date_english(const struct line *line, uint32_t at, struct civil *ret);

/* 本月 1,948,395 of a report of revenue: its end, 0 for none; date->end is date->start when the key is no date. */
uint32_t jwi_table_revenue(struct scan *scan, uint32_t at, struct item *date, struct item *item);

/* 外資 244.77 202.37 +42.39, `at` being at the first number: the end of the three, 0 for none. */
enum { TABLE_SUMS = 3 };
uint32_t jwi_table_sums(const struct scan *scan, uint32_t at, struct item *items);

/* 2303聯電 43,866 in a list of lots, `at` being at the number: its end, 0 for none. */
uint32_t jwi_table_lots(const struct scan *scan, uint32_t at, struct item *item);

/* Finds marks and items of the line. */
void jwi_value_scan(struct scan *scan);

/* Gives each item its sign, approximation, comparison, metric and period. */
void jwi_value_bind(struct scan *scan);

/* Puts a letter that is no word in the place of those of companies' and persons' names in the sentences; needs the layer of mentions. */
void jwi_value_mask(const jw_doc *doc, struct line *line, jw_range tokens, const struct room_word *words,
                    uint32_t *mention);

/* Fills the mention of each value; does nothing without the layer of mentions. */
void jwi_value_own(const jw_doc *doc, jw_value *values, uint32_t count);

#endif
