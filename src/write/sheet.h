/* SPDX-License-Identifier: Apache-2.0 */
/* A record being written as JSON: which keys are wanted, commas, labels, spans. */
#ifndef JW_WRITE_SHEET_H
#define JW_WRITE_SHEET_H

#include "write/scale.h"
#include "write/write.h"

struct sheet {
    struct out *out;
    const jw_doc *doc;
    const jw_write_options *options;
    uint32_t layers;
    jw_bytes text;
    jw_parts parts;
    jw_sentences sentences;
    jw_tokens tokens;
    const char *comma; /* before the next key */
    struct scale scale;
};

/* The key of the record and its colon, if it is wanted. */
int jwi_sheet_key(struct sheet *sheet, const char *key);

/* The same inside an item of `group`; *comma stands before the next key there. */
int jwi_sheet_inner(struct sheet *sheet, const char *group, const char *key, const char **comma);

void jwi_sheet_label(struct sheet *sheet, jw_labels set, uint32_t id);
void jwi_sheet_string(struct sheet *sheet, const char *text);
void jwi_sheet_or_null(struct sheet *sheet, jw_bytes bytes);
void jwi_sheet_span(struct sheet *sheet, jw_range range);

/* `key` with all its marks and a number in 1/JW_SCALE: keys inside an object that --fields cannot name one by one. */
void jwi_sheet_scaled(struct sheet *sheet, const char *key, int32_t value);
void jwi_sheet_scaled_or_null(struct sheet *sheet, const char *key, int is_there, int32_t value);

/* `text` of a span, under JW_WRITE_ECHO. */
void jwi_sheet_echo(struct sheet *sheet, const char *group, jw_range range, const char **comma);

/* jsonl_finance.c: arrays of the finance layers, and what scores add to entities and sentences. */
void jwi_sheet_score(struct sheet *sheet, uint32_t entity, const char **comma);
void jwi_sheet_sentence(struct sheet *sheet, uint32_t sentence, const char **comma);
void jwi_sheet_events(struct sheet *sheet);
void jwi_sheet_relations(struct sheet *sheet);
void jwi_sheet_evidence(struct sheet *sheet);

/* esg_write.c */
void jwi_sheet_esg(struct sheet *sheet);

#endif
