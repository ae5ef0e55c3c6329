/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Only references that stand for one code point, closed by a semicolon, are read; a bare `&` stays what it is (AT&T).  The names are those
 * that occur in exchange announcements and news feeds, not the 2,231 of HTML 5.
 */
#include "model/norm_entity.h"

#include <string.h>

struct name {
    char text[8];
    uint16_t code;
};

static const struct name names[] = {
    {"amp", '&'},       {"apos", '\''},    {"bull", 0x2022},  {"cent", 0xa2},    {"copy", 0xa9},
    {"deg", 0xb0},      {"emsp", 0x2003},  {"ensp", 0x2002},  {"euro", 0x20ac},  {"gt", '>'},
    {"hellip", 0x2026}, {"laquo", 0xab},   {"ldquo", 0x201c}, {"lsquo", 0x2018}, {"lt", '<'},
    {"mdash", 0x2014},  {"middot", 0xb7},  {"minus", 0x2212}, {"nbsp", 0xa0},    {"ndash", 0x2013},
    {"permil", 0x2030}, {"plusmn", 0xb1},  {"pound", 0xa3},   {"quot", '"'},     {"raquo", 0xbb},
    {"rdquo", 0x201d},  {"reg", 0xae},     {"rsquo", 0x2019}, {"sect", 0xa7},    {"thinsp", 0x2009},
    {"times", 0xd7},    {"trade", 0x2122}, {"yen", 0xa5},
};

enum { MAX_BODY = 8 }; /* #x10FFFF, permil */

static int digit_of(char c, int base)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const int letter = (c | 32) - 'a';
    return base == 16 && letter >= 0 && letter < 6 ? letter + 10 : -1;
}

/* Text after "&#", without the semicolon; 0 when it is no printable scalar value. */
static uint32_t numeric(const char *at, size_t len)
{
    const int base = len && (at[0] | 32) == 'x' ? 16 : 10;
    uint32_t code = 0;
    for (size_t i = base == 16; i < len; i++) {
        const int digit = digit_of(at[i], base);
        if (digit < 0)
            return 0;
        code = code * (uint32_t)base + (uint32_t)digit;
    }
    const int is_scalar = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return is_scalar && (code >= 0x20 || code == '\t' || code == '\n') ? code : 0;
}

static uint32_t named(const char *at, size_t len)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i].text) == len && memcmp(names[i].text, at, len) == 0)
            return names[i].code;
    return 0;
}

uint32_t jwi_norm_entity(const char *at, const char *end, uint32_t *code)
{
    const char *body = at + 1;
    const size_t left = (size_t)(end - body);
    const char *stop = memchr(body, ';', left < MAX_BODY + 1 ? left : MAX_BODY + 1);
    if (!stop || stop == body)
        return 0;
    const size_t len = (size_t)(stop - body);
    const uint32_t found = body[0] == '#' ? numeric(body + 1, len - 1) : named(body, len);
    if (!found)
        return 0;
    *code = found;
    return (uint32_t)(len + 2);
}
