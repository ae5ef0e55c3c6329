/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs of marks, emoticons, emoji and words of other scripts; letters and digits are pin_word.c's.
 * Treebank: ---- -- …… '' #A are one word each; ！！ is two.
 */
#include "stage/pin/pin.h"

#include <string.h>

enum { ZERO_WIDTH_JOINER = 0x200d };

static int is_repeatable(uint32_t code)
{
    switch (code) {
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x2026: /* … */
    case 0x3002: /* 。 three of them are a forum's ellipsis */
        return 1;
    default:
        return code && code < 0x80 && strchr("-.~*=_+'`^><#", (int)code) != NULL;
    }
}

static uint32_t run_end(const struct pin_stretch *stretch, uint32_t at)
{
    const uint32_t *code = stretch->units.code;
    uint32_t end = at + 1;
    if (!is_repeatable(code[at]))
        return at;
    while (end < stretch->end && code[end] == code[at])
        end++;
    return end - at > 1 ? end : at;
}

/* Faces of more than one unit that no other rule would leave whole; longest first. */
static const char *const faces[] = {
    ">///<", "^_^", "^o^", "^.^", ">_<", ">.<", "=_=", "=.=", "-_-", "-.-", "@_@",
    "T_T",   "T.T", ":-)", ":-(", "^^",  ":)",  ";)",  "=)",  "@@",  "<3"};

/* "(see below:)" holds no smile: a bracket is open. */
static int closes_bracket(const struct pin_stretch *stretch, uint32_t at)
{
    enum { BACK = 32 };
    const uint32_t first = at - stretch->start > BACK ? at - BACK : stretch->start;
    while (at-- > first)
        if (stretch->units.code[at] == '(')
            return 1;
    return 0;
}

static uint32_t face_end(const struct pin_stretch *stretch, uint32_t at)
{
    const struct units *units = &stretch->units;
    if (units->at[at + 1] - units->at[at] != 1 || !strchr(">^=-@T:;<", (int)units->code[at]))
        return at;
    for (size_t i = 0; i < sizeof faces / sizeof faces[0]; i++) {
        uint32_t same = 0;
        while (faces[i][same] && at + same < stretch->end &&
               units->code[at + same] == (unsigned char)faces[i][same] &&
               units->at[at + same + 1] - units->at[at + same] == 1)
            same++;
        if (!faces[i][same])
            return faces[i][same - 1] == ')' && closes_bracket(stretch, at) ? at : at + same;
    }
    return at;
}

static int is_region(uint32_t code)
{
    return code >= 0x1f1e6 && code <= 0x1f1ff;
}

static int is_skin_tone(uint32_t code)
{
    return code >= 0x1f3fb && code <= 0x1f3ff;
}

/* Flags, skin tones, and pictures glued by zero-width joiners. */
static uint32_t emoji_end(const struct pin_stretch *stretch, uint32_t at)
{
    const uint32_t *code = stretch->units.code;
    uint32_t end = at + 1;
    if (is_region(code[at]) && end < stretch->end && is_region(code[end]))
        return at + 2;
    while (end < stretch->end) {
        if (is_skin_tone(code[end]))
            end++;
        else if (code[end] == ZERO_WIDTH_JOINER && end + 1 < stretch->end &&
                 stretch->units.cls[end + 1] == UNIT_SYMBOL)
            end += 2;
        else
            break;
    }
    return end - at > 1 ? end : at;
}

/* Letters of scripts without a class of their own, Armenian to Khmer and beyond. */
static int is_other_letter(const struct units *units, uint32_t at)
{
    return units->cls[at] == UNIT_OTHER && units->code[at] >= 0x530 && units->code[at] < 0x2000;
}

static uint32_t other_end(const struct pin_stretch *stretch, uint32_t at)
{
    while (at < stretch->end && is_other_letter(&stretch->units, at))
        at++;
    return at;
}

/* "°C", and "#A", a note or the name of a list's item; "#AI" is a mark before a word. */
static uint32_t signed_letter_end(const struct pin_stretch *stretch, uint32_t at)
{
    const uint32_t *code = stretch->units.code;
    if (at + 1 >= stretch->end)
        return at;
    if (code[at] == 0xb0)
        return code[at + 1] == 'C' || code[at + 1] == 'F' ? at + 2 : at;
    const uint32_t next = at + 2 < stretch->end ? stretch->units.cls[at + 2] : UNIT_PUNCT;
    const int is_alone = next != UNIT_LATIN && next != UNIT_DIGIT;
    return code[at] == '#' && code[at + 1] >= 'A' && code[at + 1] <= 'Z' && is_alone ? at + 2 : at;
}

uint32_t jwi_pin_rule(const struct pin_stretch *stretch, uint32_t at, int *cut)
{
    const struct units *units = &stretch->units;
    const uint32_t code = units->code[at];
    *cut = 0;
    switch (units->cls[at]) {
    case UNIT_LATIN:
    case UNIT_DIGIT:
        return face_end(stretch, at) > at ? face_end(stretch, at) : jwi_pin_word(stretch, at, cut);
    case UNIT_OTHER:
        return other_end(stretch, at);
    case UNIT_PUNCT:
    case UNIT_SYMBOL: {
        const uint32_t face = face_end(stretch, at);
        if (face > at)
            return face;
        const uint32_t letter = signed_letter_end(stretch, at);
        if (letter > at)
            return letter;
        const uint32_t run = run_end(stretch, at);
        return run > at || code < 0x2600 ? run : emoji_end(stretch, at);
    }
    default:
        return at;
    }
}
