/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, strict (Unicode 15, table 3-7): overlong forms, surrogates and values above U+10FFFF are invalid. */
#ifndef JW_BASE_UTF8_H
#define JW_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID UINT32_MAX

/*
 * Decodes one code point at `at` (at < end).  *len is set to the bytes taken: for an invalid sequence the maximal subpart (1-3 bytes), and
 * the result is UTF8_INVALID.
 */
uint32_t jwi_utf8_decode(const char *at, const char *end, uint32_t *len);

/* Writes 1-4 bytes; returns how many. */
uint32_t jwi_utf8_encode(uint32_t code, char *ret);

/* Decoding of text known to be valid. */
static inline uint32_t utf8_next(const char *text, size_t *at)
{
    const unsigned char *p = (const unsigned char *)text + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xe0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3fu);
    }
    if (p[0] < 0xf0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3fu);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3fu);
}

#endif
