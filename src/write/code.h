/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of the finance layers as the output contract writes them, and what is told from a claim. */
#ifndef JW_WRITE_CODE_H
#define JW_WRITE_CODE_H

#include <jinwen/score.h>

const char *jwi_code_direction(uint32_t direction);
const char *jwi_code_progress(uint32_t progress); /* NULL: none is told */
const char *jwi_code_fact(uint32_t fact);
const char *jwi_code_negation(uint32_t negation);
const char *jwi_code_bearing(uint32_t bearing);
const char *jwi_code_sentence_type(uint32_t type);
const char *jwi_code_stance(uint32_t stance);

/* current, former, planned or denied. */
const char *jwi_code_relation_status(const jw_relation *relation);

/* What a piece of evidence rests on; NULL: on no event or opinion (a mark of a reader, a limit). */
const jw_claim *jwi_code_claim(const jw_doc *doc, const jw_evidence *evidence);

/* What it is called: 營收公布, 評價, 推噓, 上下限. */
jw_bytes jwi_code_evidence(const jw_doc *doc, const jw_evidence *evidence);

/* A credit item or sum in 1/JW_SCALE as a whole number, half away from zero. */
int32_t jwi_code_credit(int32_t credit);

/* True when the role is played by a person, company or body, so that it has an `eid` even where nobody is known. */
int jwi_code_is_party(const char *role);

/* Fills ret with 16 hexadecimal digits. */
void jwi_code_hash(uint64_t hash, char ret[16]);

#endif
