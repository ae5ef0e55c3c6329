/* SPDX-License-Identifier: Apache-2.0 */
/* Character references of HTML, as announcements and feeds carry them: &amp; &nbsp; &#39; &#x3000; */
#ifndef JW_MODEL_NORM_ENTITY_H
#define JW_MODEL_NORM_ENTITY_H

#include <stdint.h>

/* Reads the reference that starts with the `&` at `at`; returns its bytes, semicolon included, and its code point, or 0. */
uint32_t jwi_norm_entity(const char *at, const char *end, uint32_t *code);

#endif
