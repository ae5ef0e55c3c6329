/* SPDX-License-Identifier: Apache-2.0 */
/* Scores of the entities of a document, with the evidence that sums to them exactly. */
#ifndef JINWEN_SCORE_H
#define JINWEN_SCORE_H

#include <jinwen/finance.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum jw_bearing { JW_BEARING_OTHER, JW_BEARING_SUBJECT, JW_BEARING_OBJECT, JW_BEARING_PASSIVE } jw_bearing;

/* Which row of the anchors of relevance decided; docs/FINANCE.md. */
typedef enum jw_anchor {
    JW_ANCHOR_NONE,       /* only as the employer of a quoted person or as source of the text */
    JW_ANCHOR_LISTED,     /* only in lists, strips, footers, replies */
    JW_ANCHOR_BODY,
    JW_ANCHOR_FREQUENT,   /* three mentions in two sentences, or the subject of a paragraph */
    JW_ANCHOR_LEAD,       /* a role of an event in the first two sentences of the body */
    JW_ANCHOR_TITLE,
    JW_ANCHOR_TITLE_ROLE  /* and a role of an event there */
} jw_anchor;

/* Weights of statements: 2 x 10 x 10 x JW_SCALE, so that position, concession, future and confidence multiply without rounding. */
#define JW_WEIGHT_SCALE 2000000

/*
 * One contribution to the scores of one entity; `event` and `opinion` are indexes, one of them JW_NONE, both for a clip, which holds raw credit
 * inside -3..3.  market = weight x polarity / (0.25 + sum of the entity's weights), credit = item / 2^rank, both rounded half away from zero.
 */
typedef struct jw_evidence {
    uint32_t entity, event, opinion;
    jw_range text;
    int32_t market, credit;   /* addends, 1/JW_SCALE */
    int32_t polarity, item;   /* of this bearer, 1/JW_SCALE, before weights */
    uint32_t weight;          /* 1/JW_WEIGHT_SCALE */
    uint16_t aspect;          /* id of JW_LABELS_ASPECT */
    uint16_t rank;            /* among the credit items of the entity, 0 the largest */
    jw_bytes rule, path;
} jw_evidence;

/* Sums of an entity's evidence by aspect; `credit` is what the credit items of the aspect would give alone. */
typedef struct jw_aspect {
    uint32_t entity;
    uint16_t aspect;
    int16_t credit; /* -3..3 */
    int32_t market, credit_raw, conf;
    uint32_t first_evidence, evidence_count; /* contiguous in jw_doc_evidence */
} jw_aspect;

/*
 * Scores of one entity, parallel to jw_doc_entities.  Market: the sum of the market of its evidence; credit_raw: the sum of their credit; both exact.
 * An entity nothing is said of has no evidence and `is_scored` 0: its scores are missing, not 0; likewise an axis nothing is said of.
 */
typedef struct jw_score {
    int32_t market, p_neg, p_neu, p_pos, market_conf;
    int32_t credit_raw, credit_conf, tone;
    int16_t credit;     /* -3..3 */
    uint8_t relevance;  /* 0..100 */
    uint8_t bearing;    /* jw_bearing */
    uint8_t is_scored, has_market, has_credit;
    uint8_t anchor;     /* jw_anchor */
    uint32_t first_sentence, tokens_about;
    uint32_t first_evidence, evidence_count, first_aspect, aspect_count;
    uint32_t event_count, top_event; /* event with the largest weight, or JW_NONE */
    uint32_t ranked;    /* the entity whose place in the order of relevance is this one's index */
    uint32_t uncapped;  /* relevance before the cap of a round-up */
} jw_score;

/* Scores of the document; shares in 1/JW_SCALE. */
typedef struct jw_doc_score {
    int32_t market, tone;
    int32_t uncertainty, litigious, forward_share, forecast_share, rumor_share;
    int16_t credit;
    uint8_t has_market, has_credit, has_tone, is_roundup, has_forecast, has_rumour;
    uint32_t company_count;
} jw_doc_score;

typedef enum jw_sentence_type {
    JW_SENTENCE_STATEMENT,
    JW_SENTENCE_QUESTION,
    JW_SENTENCE_QUOTE,
    JW_SENTENCE_TITLE,
    JW_SENTENCE_LIST,
    JW_SENTENCE_PUSH
} jw_sentence_type;
typedef enum jw_stance { JW_STANCE_NONE, JW_STANCE_HAWK, JW_STANCE_DOVE } jw_stance;

/* Of one sentence, parallel to jw_doc_sentences. */
typedef struct jw_sentence_score {
    int32_t market, uncertainty, litigious; /* 1/JW_SCALE; market of all that is said there, by the formula of an entity's */
    uint8_t type, stance;                   /* jw_sentence_type, jw_stance: of a central bank */
    uint8_t has_market, is_forward;
} jw_sentence_score;

typedef struct jw_scores {
    const jw_score *at;
    uint32_t len;
} jw_scores;
typedef struct jw_evidences {
    const jw_evidence *at;
    uint32_t len;
} jw_evidences;
typedef struct jw_aspects {
    const jw_aspect *at;
    uint32_t len;
} jw_aspects;
typedef struct jw_sentence_scores {
    const jw_sentence_score *at;
    uint32_t len;
} jw_sentence_scores;

/* Empty until the layer is there.  Valid as long as the document's layers.  Thread: any reader.  Since: 0.1 */
JW_API jw_scores jw_doc_scores(const jw_doc *doc);
JW_API jw_evidences jw_doc_evidence(const jw_doc *doc); /* grouped by entity, then aspect, then text */
JW_API jw_aspects jw_doc_aspects(const jw_doc *doc);
JW_API jw_sentence_scores jw_doc_sentence_scores(const jw_doc *doc);
JW_API jw_doc_score jw_doc_whole_score(const jw_doc *doc);

#ifdef __cplusplus
}
#endif
#endif
