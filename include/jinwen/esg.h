/* SPDX-License-Identifier: Apache-2.0 */
/* Opportunity or risk: what the lead of a document says of a company's environment, staff and conduct, with the words that say it. */
#ifndef JINWEN_ESG_H
#define JINWEN_ESG_H

#include <jinwen/score.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum jw_esg_source { JW_ESG_WORD, JW_ESG_OPINION, JW_ESG_EVENT } jw_esg_source;

/* One addend of the log-odds of risk, 1/JW_SCALE: above 0 it speaks for a risk. */
typedef struct jw_esg_evidence {
    jw_range text;
    jw_bytes rule; /* of an opinion or event, of the model; empty for a word */
    int32_t logit;
    uint32_t source; /* jw_esg_source */
} jw_esg_evidence;

/*
 * The reading.  logit = prior + the sum of the evidence, exactly; p_risk is its logistic function, calibrated.  Without evidence there is no
 * reading: `is_read` 0, and nothing else is told.
 */
typedef struct jw_esg {
    int32_t logit, prior, p_risk; /* 1/JW_SCALE */
    uint8_t is_read, is_risk;     /* is_risk 0: opportunity */
    uint8_t spare[2];
    const jw_esg_evidence *evidence; /* in the order of the text, events and opinions behind the words */
    uint32_t evidence_count;
} jw_esg;

/* Without a reading until the layer is there.  Valid as long as the document's layers.  Thread: any reader.  Since: 0.1 */
JW_API jw_esg jw_doc_esg(const jw_doc *doc);

#ifdef __cplusplus
}
#endif
#endif
