/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Units: the characters as the stages see them.  A unit is one code point with its combining marks; it has a normalised code (width
 * folded, compatibility forms and variants mapped, Simplified mapped when asked), a class, and the byte offset where it starts in the
 * text, so that nothing a stage finds ever moves.
 *   text   Ａ I 晶 片 3 ％         code  'A' 'I' 晶 片 '3' '%'      at  0 3 4 7 10 11 14
 */
#ifndef JW_DOC_UNITS_H
#define JW_DOC_UNITS_H

#include <jinwen/base.h>

#include <uchar.h>

/* Eight classes, three bits. */
enum unit_class {
    UNIT_OTHER,
    UNIT_HAN,
    UNIT_KANA, /* kana, bopomofo, hangul */
    UNIT_LATIN,
    UNIT_DIGIT,
    UNIT_PUNCT,
    UNIT_SYMBOL,
    UNIT_SPACE, /* blanks, line breaks, controls */
    UNIT_CLASS_COUNT
};

struct units {
    const uint32_t *code; /* [len] */
    const uint8_t *cls;   /* [len], enum unit_class */
    const uint32_t *at;   /* [len + 1], bytes of the text; at[len] is the end */
    uint32_t len;
};

/* A view of units [start, end). */
static inline struct units units_slice(struct units units, uint32_t start, uint32_t end)
{
    const struct units slice = {units.code + start, units.cls + start, units.at + start, end - start};
    return slice;
}

/* Whether an edge lies inside of [start, end). */
static inline int units_cross(uint32_t start, uint32_t end, uint32_t edge)
{
    return start < edge && edge < end;
}

/* Whether a string has the code. */
static inline int code_is_one_of(uint32_t code, const char16_t *codes)
{
    for (; *codes; codes++)
        if (code == *codes)
            return 1;
    return 0;
}

/* Behind the bracket that opens at the unit and closes before `end`, 仁寶|(2324-TW); else `at`. */
static inline uint32_t units_note_end(struct units units, uint32_t at, uint32_t end)
{
    for (uint32_t i = at; i < end && units.code[at] == '('; i++)
        if (units.code[i] == ')')
            return i + 1;
    return at;
}

/* Powers of ten in Chinese numbers, as norm writes them. */
static inline int code_is_scale(uint32_t code)
{
    switch (code) {
    case 0x5341: /* 十 */
    case 0x767e: /* 百 */
    case 0x5343: /* 千 */
    case 0x842c: /* 萬 */
    case 0x5104: /* 億 */
    case 0x5146: /* 兆 */
        return 1;
    default:
        return 0;
    }
}

/* Boundary k lies before unit k; [len + 1] of them. */
enum boundary {
    BOUNDARY_FREE, /* the segmenter decides */
    BOUNDARY_CUT,  /* always an edge of a word: part edge, blank, edge of a forced word */
    BOUNDARY_JOIN  /* never: inside a number, a date, a URL, a Latin or a forced word */
};

#endif
