/* SPDX-License-Identifier: Apache-2.0 */
/* What a finished layer of events gets before it is published: numbers, and the index by place that writers go through. */
#ifndef JW_DOC_FINISH_H
#define JW_DOC_FINISH_H

#include "doc/doc.h"

/* A trigger (`role` is JW_NONE) or an argument, sorted by start, then end, number, role. */
struct event_mark {
    jw_range text;
    uint32_t number; /* of the event, from 1 */
    uint32_t role;
};

/*
 * Fills jw_event.number and doc->event_marks; the last thing of stage event.
 * Requires: every `same` is an index not after its own, and the first of its group.  Status: EMEMORY.
 */
jw_status jwi_doc_finish_events(jw_doc *doc, jw_error *reterr);

#endif
