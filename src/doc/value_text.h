/* SPDX-License-Identifier: Apache-2.0 */
/* Values as the text of the output contract: "48860000000", "-0.35", "2026-Q3", "2026-01/2026-09". */
#ifndef JW_DOC_VALUE_TEXT_H
#define JW_DOC_VALUE_TEXT_H

#include <jinwen/value.h>

enum { DECIMAL_TEXT = 64, PERIOD_TEXT = 32 };

/* Without exponent and without needless zeros, NUL-terminated; returns the length, 0 when unknown. */
uint32_t jwi_decimal_text(jw_decimal value, char ret[DECIMAL_TEXT]);

/* A period or, when `last` is one too, the range; 0 when there is none. */
uint32_t jwi_period_text(jw_period first, jw_period last, char ret[PERIOD_TEXT]);

/* "MNY" ..; "yoy" ..; "about" ..; empty for none. */
const char *jwi_value_kind_name(uint32_t kind);
const char *jwi_compare_name(uint32_t compare);
const char *jwi_approx_name(uint32_t approx);

#endif
