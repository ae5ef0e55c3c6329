/* SPDX-License-Identifier: Apache-2.0 */
/* The finance layers: opinions, events with their arguments, relations.  Scores are in score.h.  Codes: docs/FINANCE.md. */
#ifndef JINWEN_FINANCE_H
#define JINWEN_FINANCE_H

#include <jinwen/entity.h>
#include <jinwen/value.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum jw_direction { JW_DIRECTION_NONE, JW_DIRECTION_UP, JW_DIRECTION_DOWN } jw_direction;

/* How far a matter has come. */
typedef enum jw_progress {
    JW_PROGRESS_NONE,
    JW_RUMOURED,
    JW_PLANNED,
    JW_ANNOUNCED,
    JW_IN_PROGRESS,
    JW_REPORTED,
    JW_COMPLETED,
    JW_CANCELLED,
    JW_DENIED
} jw_progress;

/* On what ground it is said. */
typedef enum jw_fact { JW_FACT, JW_FORECAST, JW_OPINION, JW_RUMOUR } jw_fact;

typedef enum jw_negation { JW_NEGATION_NONE, JW_NEGATED, JW_NEGATED_TWICE } jw_negation;

/* What a statement says of itself beside its fact level; bits. */
#define JW_MOOD_HYPOTHETICAL 1u /* if, should, may */
#define JW_MOOD_QUESTION 2u
#define JW_MOOD_QUOTED 4u     /* in quotation marks or reported speech */
#define JW_MOOD_CONCEDED 8u   /* the weaker half of `A but B` */
#define JW_MOOD_FUTURE 16u
#define JW_MOOD_IRONIC 32u
#define JW_MOOD_LISTED 64u    /* in a strip or a list of names */

/*
 * What opinions and events share: where it is said, what it is worth, and why.  `market` and `credit` are the polarity p and the credit
 * item v of the bearer, 1/JW_SCALE, all factors applied: -JW_SCALE..JW_SCALE and -3..3 times JW_SCALE.
 */
typedef struct jw_claim {
    jw_range text, tokens; /* the words that say it */
    uint32_t sentence;
    uint32_t entity; /* bearer: index of jw_doc_entities, or JW_NONE */
    int32_t market, credit;
    int32_t magnitude, degree; /* factors, 1/JW_SCALE; 1 when nothing is said */
    int32_t conf;              /* 1/JW_SCALE */
    uint16_t aspect;           /* id of JW_LABELS_ASPECT */
    uint8_t direction;         /* jw_direction */
    uint8_t fact;              /* jw_fact */
    uint8_t negation;          /* jw_negation */
    uint8_t mood;              /* JW_MOOD_* */
    uint8_t progress;          /* jw_progress */
    uint8_t spare;
    jw_bytes rule; /* name of the rule, of the model: "revenue.up" */
    jw_bytes path; /* dependency path or rule window, of the document */
    jw_range why;  /* all the words it rests on, the bearer aside; empty: `text` alone */
} jw_claim;

/* A statement with a polarity that is no event of the taxonomy. */
typedef struct jw_opinion {
    jw_claim claim;
    int32_t tone; /* of the words alone, negation ignored */
    uint32_t spare;
} jw_opinion;

/* Who or what plays a role; indexes are JW_NONE when there is none. */
typedef struct jw_arg {
    jw_range text;
    uint32_t mention, entity, value;
    uint16_t role; /* id of JW_LABELS_ROLE */
    uint16_t spare;
} jw_arg;

/*
 * One event.  Events that say the same thing are merged: `same` is the index of the first of them, its own index for that one; arguments,
 * key and claim of the first speak for all.  `second` is the other bearer, with its share of both priors (1/JW_SCALE), or JW_NONE.
 */
typedef struct jw_event {
    jw_claim claim;        /* claim.text is the trigger */
    uint64_t key;          /* schema.md section 10; 0 until the layer is complete */
    uint32_t type;         /* id of JW_LABELS_EVENT */
    uint32_t first_arg, arg_count;
    uint32_t same;
    uint32_t second;
    int32_t second_share;
    uint32_t relevance; /* 0..100 */
    uint32_t number;    /* from 1, among the first of those merged; merged ones have their first's */
    uint16_t credit_code; /* id of JW_LABELS_CREDIT + 1, or 0 */
    uint8_t flags;      /* JW_EVENT_* */
    uint8_t spare;
    jw_period period, date; /* what it speaks of; when it happens: grain 0 when unknown */
} jw_event;
#define JW_EVENT_SCHEDULED 1u
#define JW_EVENT_TITLE 2u /* trigger or argument in the title */

typedef struct jw_relation {
    uint32_t type; /* id of JW_LABELS_RELATION */
    uint32_t sentence;
    uint32_t head, tail;             /* entities */
    uint32_t head_mention, tail_mention;
    jw_range text;                   /* the words that say it */
    uint32_t first_arg, arg_count;   /* attributes, among jw_doc_args */
    int32_t conf;
    uint8_t fact, progress, negation, mood;
    jw_bytes rule;
} jw_relation;

typedef struct jw_opinions {
    const jw_opinion *at;
    uint32_t len;
} jw_opinions;
typedef struct jw_events {
    const jw_event *at;
    uint32_t len;
} jw_events;
typedef struct jw_args {
    const jw_arg *at;
    uint32_t len;
} jw_args;
typedef struct jw_relations {
    const jw_relation *at;
    uint32_t len;
} jw_relations;

/* In the order of the text.  Valid as long as the document's layers.  Thread: any reader.  Since: 0.1 */
JW_API jw_opinions jw_doc_opinions(const jw_doc *doc);
JW_API jw_events jw_doc_events(const jw_doc *doc);
JW_API jw_relations jw_doc_relations(const jw_doc *doc);

/* Arguments of all events; attributes of all relations.  Thread: any reader.  Since: 0.1 */
JW_API jw_args jw_doc_event_args(const jw_doc *doc);
JW_API jw_args jw_doc_relation_args(const jw_doc *doc);

#ifdef __cplusplus
}
#endif
#endif
