/* SPDX-License-Identifier: Apache-2.0 */
/* form of the document record. */
#ifndef JW_WRITE_FORM_JSON_H
#define JW_WRITE_FORM_JSON_H

#include "write/out.h"

/* The object, "null" for a document without a form.  Uses offsets and JW_WRITE_ECHO of the options. */
void jwi_write_form(struct out *out, const jw_doc *doc, const jw_write_options *options);

#endif
