/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of stage senti: what its steps share. */
#ifndef JW_STAGE_SENTI_SENTI_WORK_H
#define JW_STAGE_SENTI_SENTI_WORK_H

#include "model/senses.h"
#include "stage/stage.h"

enum { BEARERS = 8 };

/* Names that matter to who bears an opinion; bits of senti_work.trait. */
enum name_trait {
    NAME_COMPANY = 1, /* a token of a company's, bank's or security's name */
    NAME_MARKET = 2,  /* of an index, a currency, a commodity, an industry: what is said there is not said of a company */
    NAME_OTHER = 4,   /* of a person, an authority, a place: at the head of a clause it is the subject */
    NAME_SOURCE = 8,  /* of a bank or broker */
    NAME_PERSON = 16,
    NAME_GOODS = 32   /* of a commodity or an industry, which are markets too */
};

struct senti_work {
    const struct senses *senses;
    const struct room *room;
    jw_doc *doc;
    uint8_t *trait;        /* [token_count] */
    uint32_t *mention;     /* [token_count] company that begins here, or JW_NONE */
    uint8_t *is_used;      /* [sense_count] */
    uint32_t cap;          /* room for opinions */
    uint32_t nouns, verbs; /* bits by id of JW_LABELS_UPOS; with the verbs prepositions */
    uint16_t other_aspect; /* of words without one */
};

/* The letter a token of one letter is, else 0. */
static inline uint32_t code_of(const struct senti_work *work, uint32_t token)
{
    const struct room_word *const word = &work->room->words[token];
    return word->end == word->start + 1 ? work->room->units.code[word->start] : 0;
}

/* The clause at work. */
struct place {
    struct senti_work *work;
    const struct clause *clause;
    uint32_t index;       /* of the clause */
    uint32_t first, end;  /* its senses */
};

/* Who bears what is said at a token. */
struct bearers {
    uint32_t mention[BEARERS], count;
    int32_t conf;       /* how sure that is, 1/JW_SCALE */
    uint32_t nearest;   /* mention, or JW_NONE */
};

/* Bearers of a statement whose words are `tokens`; none when it is said of something else.  `is_before`: not of what stands behind. */
struct bearers jwi_senti_bearers(const struct place *place, jw_range tokens, int is_before);

/* The companies behind a verb whose object bears the value: 看好 X、Y. */
struct bearers jwi_senti_objects(const struct place *place, jw_range verb);

/* The company the sentence names first: of the heading [標的] X 供應 Y 多 the one that is picked. */
struct bearers jwi_senti_first(const struct place *place);

/* The company another is measured by before the token, in its clause or the one before: 甲比乙強; 跟乙比 甲強. */
struct bearers jwi_senti_base(const struct place *place, uint32_t token);

/* A statement found; one opinion a bearer is made of it. */
struct finding {
    jw_range tokens;  /* all its words */
    jw_range core;    /* the word that decides: direction, evaluation */
    const struct scope *scope;
    int32_t market, credit; /* before status, degree and magnitude */
    int32_t magnitude, conf, tone;
    uint8_t direction, is_exempt;
    uint8_t aspect;
    uint32_t rule;
    const struct sense *about; /* concept, or NULL */
};

/* On a forum what is good for one is bad for whom it is measured by. */
jw_status jwi_senti_add(struct senti_work *work, const struct place *place, const struct finding *finding, const struct bearers *bearers,
                        jw_error *reterr);

/* Finds what a clause says. */
jw_status jwi_senti_clause(const struct place *place, jw_error *reterr);

#endif
