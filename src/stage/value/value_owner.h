/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of ownership: who may own a value, where its owner is looked for, and what an owner says of its value. */
#ifndef JW_STAGE_VALUE_VALUE_OWNER_H
#define JW_STAGE_VALUE_VALUE_OWNER_H

#include "stage/value/value.h"

enum { OWNER_TYPES = 6, OWNER_COM = 0, OWNER_FIN = 1, OWNER_INDEX = 3, OWNER_CURRENCY = 4, OWNER_COMMODITY = 5, FOREIGN_TYPES = 4 };
enum { CLIMB = 8, RATE_REACH = 36 }; /* words up the tree; bytes between a currency and its rate */

struct owner {
    const jw_doc *doc;
    const jw_value *values; /* sorted, `count` of them */
    uint32_t count;
    uint32_t type[OWNER_TYPES];
    uint32_t authority;                /* mention of a government or a central bank */
    uint32_t foreign[FOREIGN_TYPES];   /* mentions that own nothing here and yet are what a sentence is of */
    uint32_t ownable;                  /* mentions of all that may own */
    uint32_t subject, modifier, topic; /* relations */
    int is_form;                       /* an announcement: fields begin with a number */
    int is_firm;                       /* of a firm that is no bank: banks named in it lend and hold and own no value */
    int has_rate;                      /* the sentence speaks of exchange rates */
    uint32_t line, read;               /* start of the last line that begins before the sentence; how far it was looked for */
};

/* Where the reading of a document stands: mentions and values go by once. */
struct reading {
    uint32_t value, mention, before; /* before: owner of the sentence before */
    uint32_t other;                  /* who borrows from or is backed by the company of an announcement; JW_NONE: not said */
    uint32_t speaker;                /* owner the subject line of an announcement names; of other texts the only one of the title */
    jw_period first, last;           /* of the report */
    int counts_holdings;             /* the field lists what persons hold */
    int names_report, is_of_report;  /* the sentence gives the period of the report, is of it */
};

static inline uint32_t label_of(const jw_doc *doc, jw_labels set, const char *name)
{
    const jw_bytes label = {name, strlen(name)};
    return jw_model_label_id(doc->model, set, label);
}

/* Less than ten to the `power`, whatever its sign. */
static inline int is_below(jw_decimal value, int power)
{
    const jw_decimal size = value.mantissa < 0 ? jwi_decimal_minus(value) : value;
    const jw_decimal rest = jwi_decimal_add(size, jwi_decimal(-1, power));
    return rest.known && rest.mantissa < 0;
}

/* Does one of the words stand right before the mention? */
static inline int is_behind(const jw_doc *doc, const jw_mention *mention, const char *const *words, size_t count)
{
    const uint32_t start = doc->tokens[mention->tokens.start].text.start;
    for (size_t i = 0; i < count; i++) {
        const uint32_t len = (uint32_t)strlen(words[i]);
        if (len <= start && !memcmp(doc->text.at + start - len, words[i], len))
            return 1;
    }
    return 0;
}

static inline int has_text(const jw_doc *doc, jw_range range, const char *word)
{
    const uint32_t len = (uint32_t)strlen(word);
    for (uint32_t at = range.start; at + len <= range.end; at++)
        if (memcmp(doc->text.at + at, word, len) == 0)
            return 1;
    return 0;
}

static inline int has_any(const jw_doc *doc, jw_range range, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (has_text(doc, range, words[i]))
            return 1;
    return 0;
}

static inline jw_range between(const jw_doc *doc, const jw_mention *mention, uint32_t end)
{
    return (jw_range){doc->tokens[mention->tokens.end - 1].text.end, end};
}

/* 3個, 5人: things counted belong to no company of the sentence before. */
static inline int is_mere_count(const jw_value *value)
{
    const unsigned char first = value->unit.len ? (unsigned char)value->unit.at[0] : 0;
    return value->kind == JW_VALUE_QUANTITY && !value->of.len && (!first || first >= 0x80 || is_size(value));
}

/* The 2017 of 營收比2017大增, 2017第一季: a year, whatever share has that code. */
static inline int is_year_said(const jw_doc *doc, const jw_mention *mention)
{
    enum { DIGITS = 4, WIDTH = 3 };
    static const char *const before[] = {"比", "較", "從", "至", "到", "自"}, *const after[] = {"第", "年", "Q", "H", "營", "大", "上", "下"};
    const jw_range text = {doc->tokens[mention->tokens.start].text.start, doc->tokens[mention->tokens.end - 1].text.end};
    const char *const at = doc->text.at + text.start;
    if (text.end - text.start != DIGITS || at[0] != '2' || at[1] != '0' || at[2] < '1' || at[2] > '2')
        return 0;
    return is_behind(doc, mention, before, sizeof before / sizeof *before) ||
           (text.end + WIDTH <= doc->text.len && has_any(doc, (jw_range){text.end, text.end + WIDTH}, after, sizeof after / sizeof *after));
}

/* The 美元 of 2億美元 is its unit and owns nothing. */
int jwi_owner_is_in_value(const struct owner *owner, const jw_mention *mention);

/* Whether the mention owns anything; whether one of the type can own the value. */
int jwi_owner_may_own(const struct owner *owner, const jw_mention *mention);
int jwi_owner_may_measure(const struct owner *owner, uint32_t type, const jw_value *value);

/* Whether the mention is subject, modifier or topic of the word `to`. */
int jwi_owner_is_attached(const struct owner *owner, const jw_mention *mention, uint32_t to);

/* Owners among the mentions [first, end) before the value; JW_NONE for none. */
uint32_t jwi_owner_by_tree(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end);
uint32_t jwi_owner_nearest(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end);
uint32_t jwi_owner_of_list(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end);
uint32_t jwi_owner_of_element(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end);
uint32_t jwi_owner_of_target(const struct owner *owner, const jw_value *value, uint32_t found, uint32_t first, uint32_t end);
uint32_t jwi_owner_of_rate(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end);
uint32_t jwi_owner_index(const struct owner *owner, uint32_t first, uint32_t end, uint32_t before);
uint32_t jwi_owner_last(const struct owner *owner, uint32_t first, uint32_t end);

/* Whether another subject stands behind the owner found; whether the one spoken of before may own the value. */
int jwi_owner_is_cut_off(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t end);
int jwi_owner_may_borrow(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t first, uint32_t end,
                         uint32_t before, uint32_t at_title);

int jwi_owner_may_await(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t only);

/* 本公司 of an announcement for a subsidiary is the subsidiary. */
uint32_t jwi_owner_of_child(const struct owner *owner, const jw_sentence *sentence, const struct reading *at, const jw_value *value);

/* The only one of the title; the company an announcement is for. */
uint32_t jwi_owner_of_title(const struct owner *owner);
uint32_t jwi_owner_speaker(const struct owner *owner);

/* Fields and periods of announcements. */
void jwi_owner_enter_field(const struct owner *owner, const jw_sentence *sentence, struct reading *at, jw_range named);
void jwi_owner_read_report(jw_value *value, struct reading *at);
void jwi_owner_fill_report(const struct reading *at, jw_value *value);

/* Rates of exchange: whether the sentence is of them, and the names and currencies that values take from their owner. */
int jwi_owner_speaks_of_rate(const struct owner *owner, jw_range text, uint32_t first, uint32_t end);
void jwi_owner_name_rate(const struct owner *owner, jw_value *value);
void jwi_owner_name_price(const struct owner *owner, jw_value *value);
/* What shares of the company are quoted in where it is listed; TWD too when that is not known. */
const char *jwi_owner_currency(const struct owner *owner, const jw_mention *mention);
void jwi_owner_name_currency(const struct owner *owner, jw_value *value);

#endif
