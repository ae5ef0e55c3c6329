/* SPDX-License-Identifier: Apache-2.0 */
/* Strict UTF-8 decoder and encoder. */
#include "base/utf8.h"

/* Bytes after the first, and the legal range of the second, by lead byte (Unicode 15, table 3-7). */
static uint32_t tail_of(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 1;
    if (lead >= 0xe0 && lead <= 0xef) {
        if (lead == 0xe0)
            *low = 0xa0;
        if (lead == 0xed)
            *high = 0x9f;
        return 2;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (lead == 0xf0)
            *low = 0x90;
        if (lead == 0xf4)
            *high = 0x8f;
        return 3;
    }
    return 0;
}

uint32_t jwi_utf8_decode(const char *at, const char *end, uint32_t *len)
{
    const unsigned char *p = (const unsigned char *)at;
    const size_t left = (size_t)(end - at);
    *len = 1;
    if (p[0] < 0x80)
        return p[0];
    unsigned char low, high;
    const uint32_t tail = tail_of(p[0], &low, &high);
    if (!tail)
        return UTF8_INVALID;
    uint32_t code = p[0] & (0x3fu >> tail);
    for (uint32_t i = 1; i <= tail; i++) {
        if (i >= left || p[i] < low || p[i] > high)
            return UTF8_INVALID;
        code = code << 6 | (p[i] & 0x3fu);
        *len = i + 1;
        low = 0x80;
        high = 0xbf;
    }
    return code;
}

uint32_t jwi_utf8_encode(uint32_t code, char *ret)
{
    if (code < 0x80) {
        ret[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        ret[0] = (char)(0xc0 | code >> 6);
        ret[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        ret[0] = (char)(0xe0 | code >> 12);
        ret[1] = (char)(0x80 | (code >> 6 & 0x3f));
        ret[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    ret[0] = (char)(0xf0 | code >> 18);
    ret[1] = (char)(0x80 | (code >> 12 & 0x3f));
    ret[2] = (char)(0x80 | (code >> 6 & 0x3f));
    ret[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}
