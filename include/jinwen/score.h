/* SPDX-License-Identifier: Apache-2.0 */
/* Scores of the entities of a document, with the evidence that sums to them exactly. */
#ifndef JINWEN_SCORE_H
#define JINWEN_SCORE_H

#include <jinwen/finance.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum jw_bearing { JW_BEARING_OTHER, JW_BEARING_SUBJECT, JW_BEARING_OBJECT, JW_BEARING_PASSIVE } jw_bearing;

/* One contribution to the scores of one entity; `event` and `opinion` are indexes, one of them JW_NONE, both for a clip. */
typedef struct jw_evidence {
    uint32_t entity, event, opinion;
    jw_range text;
    int32_t market, credit; /* addends, 1/JW_SCALE */
    uint16_t aspect;        /* id of JW_LABELS_ASPECT */
    uint16_t spare;
    jw_bytes rule, path;
} jw_evidence;

/* Sums of an entity's evidence by aspect. */
typedef struct jw_aspect {
    uint32_t entity;
    uint16_t aspect;
    int16_t credit; /* -3..3 */
    int32_t market, credit_raw, conf;
    uint32_t first_evidence, evidence_count; /* contiguous in jw_doc_evidence */
} jw_aspect;

/*
 * Scores of one entity, parallel to jw_doc_entities.  Market: the sum of the market of its evidence; credit_raw: the sum of their credit; both exact.
 * An entity nothing is said of has no evidence and `is_scored` 0: its scores are missing, not 0.
 */
typedef struct jw_score {
    int32_t market, p_neg, p_neu, p_pos, market_conf;
    int32_t credit_raw, credit_conf, tone;
    int16_t credit;    /* -3..3 */
    uint8_t relevance; /* 0..100 */
    uint8_t bearing;   /* jw_bearing */
    uint8_t is_scored, spare[3];
    uint32_t first_sentence, tokens_about;
    uint32_t first_evidence, evidence_count, first_aspect, aspect_count;
    uint32_t event_count, top_event; /* event with the largest weight, or JW_NONE */
} jw_score;

/* Scores of the document. */
typedef struct jw_doc_score {
    int32_t market, tone;
    int32_t uncertainty, litigious, forward_share, forecast_share, rumor_share; /* 1/JW_SCALE */
    int16_t credit;
    uint8_t has_market, has_credit, is_roundup, spare[3];
    uint32_t company_count;
} jw_doc_score;

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

/* Empty until the layer is there.  Valid as long as the document's layers.  Thread: any reader.  Since: 0.1 */
JW_API jw_scores jw_doc_scores(const jw_doc *doc);
JW_API jw_evidences jw_doc_evidence(const jw_doc *doc); /* grouped by entity, then aspect, then text */
JW_API jw_aspects jw_doc_aspects(const jw_doc *doc);
JW_API jw_doc_score jw_doc_whole_score(const jw_doc *doc);

#ifdef __cplusplus
}
#endif
#endif
