/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of the summary of a document. */
#ifndef JW_WRITE_SUMMARY_H
#define JW_WRITE_SUMMARY_H

#include "doc/doc.h"
#include "write/out.h"

/* The line of an event (see summary_line.c) as a JSON string; empty when its type has no template. */
void jwi_summary_line(struct out *out, const jw_doc *doc, const jw_event *event);

#endif
