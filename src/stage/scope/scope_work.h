/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of stage scope: what its steps share. */
#ifndef JW_STAGE_SCOPE_SCOPE_WORK_H
#define JW_STAGE_SCOPE_SCOPE_WORK_H

#include "model/senses.h"
#include "stage/stage.h"

/* What a token is to this stage; bits of scope_work.token. */
enum token_trait {
    TOKEN_NAME = 1,    /* part of a name */
    TOKEN_COMPANY = 2, /* part of a company's name */
    TOKEN_VALUE = 4,   /* part of a number, amount, date */
    TOKEN_BREAK = 8,   /* punctuation that ends a clause */
    TOKEN_PUNCT = 16,
    TOKEN_OF = 32,     /* 的 */
    TOKEN_GAP = 64,    /* a blank stands before it that ends a clause, as in headlines */
    TOKEN_BANK = 128,  /* part of a bank's or broker's name */
    TOKEN_DATE = 256,  /* part of a date */
    TOKEN_MARKET = 512, /* part of the name of an index, a currency, a commodity */
    TOKEN_PERSON = 1024 /* part of a person's name */
};

struct scope_work {
    const struct senses *senses;
    const struct room *room;
    jw_doc *doc;
    uint16_t *token;        /* [token_count] */
    uint32_t *mention;      /* [token_count] company-like mention that begins here, or JW_NONE */
    uint32_t *sense_at;     /* [token_count] sense that begins here, or JW_NONE */
    uint16_t verb;          /* UPOS */
    int is_forum;           /* the sentence at work is of a forum */
};

/* First normalised code of a token. */
static inline uint32_t token_code(const struct scope_work *work, uint32_t token)
{
    return work->room->units.code[work->room->words[token].start];
}

static inline uint32_t token_units(const struct scope_work *work, uint32_t token)
{
    return work->room->words[token].end - work->room->words[token].start;
}

/* Fills the traits, then the senses of the document. */
jw_status jwi_scope_find(struct scope_work *work, jw_error *reterr);

/* Clauses with subjects and topics. */
jw_status jwi_scope_clauses(struct scope_work *work, jw_error *reterr);

/* Lets every operator reach its tokens. */
void jwi_scope_apply(struct scope_work *work);

#endif
