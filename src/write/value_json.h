/* SPDX-License-Identifier: Apache-2.0 */
/* values[] of the document record. */
#ifndef JW_WRITE_VALUE_JSON_H
#define JW_WRITE_VALUE_JSON_H

#include "write/out.h"

/* The array, "[]" when there is none; codes are no values of the record and take no number.  Uses offsets and JW_WRITE_ECHO of the options. */
/* Id of the entity a value is of, the issuer of the record where the text names none; empty: unknown. */
jw_bytes jwi_value_eid(const jw_doc *doc, const jw_value *value);

void jwi_write_values(struct out *out, const jw_doc *doc, const jw_write_options *options);

#endif
