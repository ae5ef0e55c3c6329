/* SPDX-License-Identifier: Apache-2.0 */
/* Forms: the numbered `1.key:value` lines of an announcement as typed fields, its clause and the event it reports. */
#ifndef JINWEN_FORM_H
#define JINWEN_FORM_H

#include <jinwen/finance.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum jw_field_type {
    JW_FIELD_TEXT,
    JW_FIELD_DATE,    /* a day or a period, or a range of them */
    JW_FIELD_MONEY,
    JW_FIELD_NUMBER,
    JW_FIELD_PERCENT,
    JW_FIELD_SHARES,
    JW_FIELD_PERSON,
    JW_FIELD_COMPANY,
    JW_FIELD_YESNO
} jw_field_type;

/* What a value says as a whole. */
typedef enum jw_answer {
    JW_ANSWER_TEXT,  /* something of its own */
    JW_ANSWER_EMPTY, /* nothing was written */
    JW_ANSWER_NONE,  /* 無, 不適用: explicitly nothing */
    JW_ANSWER_YES,
    JW_ANSWER_NO
} jw_answer;

/*
 * One field.  `text` runs from its number to the next field; `key` and `value` lie in it, without outer blanks, either may be empty.  A
 * part, `(1)公司名稱:` or `交易總金額:` inside a value, is a field whose `parent` is the index of the field it lies in.  Fields without
 * parent and the gaps before the first and after the last are the body, byte for byte.
 */
typedef struct jw_field {
    jw_range text, key, value;
    jw_bytes name, role; /* of the model: "fact_date", "date"; empty when unknown or none.  docs/ANNOUNCEMENTS.md lists them */
    jw_decimal amount;   /* money, number, percent, shares; unit applied; of a range the low end */
    jw_decimal high;     /* of a range */
    jw_period first, last; /* dates; `last` of a range */
    jw_bytes unit;         /* of numbers that are no money: "shares", "%" */
    char currency[4];      /* ISO 4217, NUL-terminated, of money */
    uint32_t parent;       /* index of a field, or JW_NONE */
    uint32_t number;       /* as written; 0: none */
    jw_range who;          /* person or company: the name, empty when there is none */
    uint32_t mention;      /* its mention: index of jw_doc_mentions, or JW_NONE */
    uint32_t entity;       /* its entity: index of jw_doc_entities, or JW_NONE */
    uint32_t first_value, value_count; /* values of jw_doc_values inside the value */
    uint8_t type;          /* jw_field_type */
    uint8_t answer;        /* jw_answer */
    uint16_t flags;
} jw_field;

/*
 * A document read as an announcement.  `clause` is the number in the exchange's rule, 0 when there is none; `leaf` the event it
 * reports, empty when the table has none.  Everything is empty for a document without a form.
 */
typedef struct jw_form {
    const jw_field *fields; /* in the order of the text, a part after its parent */
    uint32_t field_count;
    uint32_t clause;      /* 1-51 */
    int32_t clause_score; /* 1/JW_SCALE; JW_SCALE when given */
    uint32_t leaf;        /* id of JW_LABELS_EVENT, or JW_NONE */
    jw_bytes leaf_code;   /* "EARN.PROFIT" */
    uint8_t direction;    /* jw_direction */
    uint8_t progress;     /* jw_progress */
    uint16_t flags;       /* JW_FORM_* */
} jw_form;
#define JW_FORM_GIVEN 1u     /* the record named the clause */
#define JW_FORM_PREDICTED 2u /* the clause was told from subject and fields */
#define JW_FORM_ROUTINE 4u   /* a matter of course, as an auditor's rotation: no news for holders or creditors */

/* Valid as long as the document's layers.  Thread: any reader.  Since: 0.1 */
JW_API jw_form jw_doc_form(const jw_doc *doc);

#ifdef __cplusplus
}
#endif
#endif
