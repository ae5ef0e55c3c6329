/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of the summary of a document. */
#ifndef JW_WRITE_SUMMARY_H
#define JW_WRITE_SUMMARY_H

#include "doc/doc.h"
#include "write/sheet.h"

/* A walk over sentences in order; what is inside each. */
struct walk {
    uint32_t mention, event;
};

/* How much a sentence of title or body says, 0..JW_SCALE; `nth`: how many stand before it.  The sentences of a walk come in order. */
int32_t jwi_salience(const jw_doc *doc, uint32_t sentence, uint32_t nth, struct walk *walk);

/* One sentence, one event as a JSON object; `has_id`: with the id of the record. */
void jwi_summary_sentence(struct sheet *sheet, uint32_t sentence, int32_t salience, int has_id);
void jwi_summary_event(struct sheet *sheet, const jw_event *event, int has_id);

/* The line of an event (see summary_line.c) as a JSON string, and whether it has one: its template has all it needs. */
int jwi_summary_has_line(const jw_doc *doc, const jw_event *event);
void jwi_summary_line(struct out *out, const jw_doc *doc, const jw_event *event);

#endif
