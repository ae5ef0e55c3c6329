/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Latin words, numbers, codes and addresses.
 * What the treebank does, counted over its train and dev files, and what follows from it here:
 *   12.3  1,085  4:00         one word, always (175, 89, 4 times)          joined
 *   12.3%  37%-44%  30°  °C   one word, always (65, 2, 2, 3)               joined
 *   A321  RhCl3  1134A  5G    one word, always (46, 26)                    joined
 *   AK-47  A-AVG  F-16A       one word (21 of 22)                          joined
 *   t.qq.com  Navy's  n=1     one word, always (13, 2, 2)                  joined but n=1
 *   600-1100  2-3             two numbers and a mark 14 times, one word 9  free
 *   1/3  2004/05  A/B         both ways                                    free; km/h is one word
 *   25~30  $5                 apart 4 of 4, 5 of 7                         free
 *   20萬  第18  500多         one word with what is around it              free at the edges
 * Dates and telephone numbers (2021-08-25, 02-2345-6789) do not occur there and stay whole, as do S&P, TSLA-US, 2330-TW, U.S. and Inc.
 */
#include "stage/pin/pin.h"

#include <string.h>

struct word {
    const struct pin_stretch *stretch;
    uint32_t start;
    int has_letter;
};

static int is_digit(const struct pin_stretch *stretch, uint32_t at)
{
    return at < stretch->end && stretch->units.cls[at] == UNIT_DIGIT;
}

static int is_letter(const struct pin_stretch *stretch, uint32_t at)
{
    return at < stretch->end && stretch->units.cls[at] == UNIT_LATIN;
}

static int is_alnum(const struct pin_stretch *stretch, uint32_t at)
{
    return is_digit(stretch, at) || is_letter(stretch, at);
}

static uint32_t code_at(const struct pin_stretch *stretch, uint32_t at)
{
    return at < stretch->end ? stretch->units.code[at] : 0;
}

static uint32_t width_at(const struct pin_stretch *stretch, uint32_t at)
{
    return stretch->units.at[at + 1] - stretch->units.at[at];
}

static uint32_t lower(uint32_t code)
{
    return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

/* Compares units from `at` with lower-case ASCII text. */
static int starts_with(const struct pin_stretch *stretch, uint32_t at, const char *text)
{
    for (; *text; text++, at++)
        if (lower(code_at(stretch, at)) != (unsigned char)*text)
            return 0;
    return 1;
}

static uint32_t digits_end(const struct pin_stretch *stretch, uint32_t at)
{
    while (is_digit(stretch, at))
        at++;
    return at;
}

/* Is [start, end) one of the words, separated by blanks? */
static int is_listed(const struct pin_stretch *stretch, uint32_t start, uint32_t end,
                     const char *list)
{
    while (*list) {
        const size_t len = strcspn(list, " ");
        size_t same = 0;
        while (same < len && same < end - start &&
               stretch->units.code[start + same] == (unsigned char)list[same])
            same++;
        if (same == len && len == end - start)
            return 1;
        list += len + (list[len] == ' ');
    }
    return 0;
}

/* Terms that are written against their value, "EPS1.25", and are words of their own. */
static int is_term(const struct pin_stretch *stretch, uint32_t start, uint32_t end)
{
    return is_listed(stretch, start, end,
                     "EPS PE PER PB PBR ROE ROA RSI KD MACD CPI PPI PMI GDP NAV NT NTD TWD USD US "
                     "HKD HK RMB CNY JPY EUR");
}

static int is_abbreviation(const struct pin_stretch *stretch, uint32_t start, uint32_t end)
{
    return is_listed(stretch, start, end, "Inc Co Ltd Corp Mr Mrs Ms Dr Jr Sr St vs No Vol");
}

/* 1,085 and 12,345,678: one to three digits before the first comma, three after each; the marks are as wide as the digits. */
static int is_thousands(const struct word *word, uint32_t comma)
{
    const struct pin_stretch *stretch = word->stretch;
    uint32_t first = comma;
    while (first > word->start && is_digit(stretch, first - 1))
        first--;
    const uint32_t before = comma - first;
    const int follows_comma = first > word->start && code_at(stretch, first - 1) == ',';
    const int is_head = first == word->start && before >= 1 && before <= 3;
    return (is_head || (follows_comma && before == 3)) &&
           digits_end(stretch, comma + 1) == comma + 4 &&
           width_at(stretch, comma) == width_at(stretch, comma - 1);
}

/* 4:00 and 15:42:07; 3:1 may be a score and stays free. */
static int is_time(const struct word *word, uint32_t colon)
{
    const struct pin_stretch *stretch = word->stretch;
    uint32_t first = colon;
    while (first > word->start && is_digit(stretch, first - 1))
        first--;
    return colon - first >= 1 && colon - first <= 2 &&
           digits_end(stretch, colon + 1) == colon + 3 && stretch->units.code[colon + 1] < '6';
}

/*
 * Digits with two or more equal separators, a date or a telephone number, from `start` on: 2021/08/25, 115-6-25, 02-2345-6789; also an area
 * code with one hyphen, 02-23456789.  Returns the end, or `start`.
 */
static uint32_t number_chain_end(const struct pin_stretch *stretch, uint32_t start)
{
    uint32_t end = digits_end(stretch, start), separators = 0;
    const uint32_t first = end, mark = code_at(stretch, end);
    if (mark != '-' && mark != '/')
        return start;
    while (code_at(stretch, end) == mark && is_digit(stretch, end + 1)) {
        end = digits_end(stretch, end + 1);
        separators++;
    }
    const int is_area_code = mark == '-' && separators == 1 && stretch->units.code[start] == '0' &&
                             first - start >= 2 && end - start >= 10;
    return separators >= 2 || is_area_code ? end : start;
}

/* Domain after the @ of an address: it needs a dot with a letter after it. */
static int is_domain(const struct pin_stretch *stretch, uint32_t at)
{
    if (!is_alnum(stretch, at))
        return 0;
    for (; is_alnum(stretch, at) || code_at(stretch, at) == '-' || code_at(stretch, at) == '.';
         at++)
        if (code_at(stretch, at) == '.' && is_letter(stretch, at + 1))
            return 1;
    return 0;
}

/* A date behind the number of a list item: 4.1月1日, 2.115年度, 3.114/01/01. */
static int starts_date(const struct pin_stretch *stretch, uint32_t at)
{
    const uint32_t end = digits_end(stretch, at), mark = code_at(stretch, end);
    return mark == 0x6708 ||
           (end - at >= 3 && (mark == 0x5e74 || (mark == '/' && is_digit(stretch, end + 1))));
}

static int joins_slash(const struct pin_stretch *stretch, uint32_t at)
{
    const uint32_t before = code_at(stretch, at - 1), after = code_at(stretch, at + 1);
    return before >= 'a' && before <= 'z' && after >= 'a' && after <= 'z';
}

/* May the word go on through the mark at `at`, which has a letter or digit before it and after it? */
static int joins(const struct word *word, uint32_t at)
{
    const struct pin_stretch *stretch = word->stretch;
    const int digit_before = is_digit(stretch, at - 1), digit_after = is_digit(stretch, at + 1);
    const int letters = !digit_before && !digit_after;
    switch (stretch->units.code[at]) {
    case '.':
        return (digit_before == digit_after || word->has_letter) &&
               !(digit_after && starts_date(stretch, at + 1));
    case ',':
        return digit_before && digit_after && !word->has_letter && is_thousands(word, at);
    case ':':
        return digit_before && digit_after && is_time(word, at);
    case '-':
        return word->has_letter || !digit_after;
    case '/':
        return letters && joins_slash(stretch, at);
    case '&':
    case '\'':
    case 0x2019:
        return letters;
    case '_':
        return 1;
    case '@':
        return is_domain(stretch, at + 1);
    default:
        return 0;
    }
}

/* "%", "°" and "°C" behind a number, "²" and "³" behind a unit. */
static uint32_t suffix_end(const struct pin_stretch *stretch, uint32_t at)
{
    const uint32_t code = code_at(stretch, at);
    if (is_digit(stretch, at - 1) && (code == '%' || code == 0x2030))
        return at + 1;
    if (is_digit(stretch, at - 1) && code == 0xb0)
        return at + 1 + (code_at(stretch, at + 1) == 'C' || code_at(stretch, at + 1) == 'F');
    if (is_letter(stretch, at - 1) && (code == 0xb2 || code == 0xb3))
        return at + 1;
    return at;
}

/* "37%-44%": from the hyphen on; returns `at` when it is not one. */
static uint32_t percent_range_end(const struct pin_stretch *stretch, uint32_t at)
{
    if (code_at(stretch, at) != '-' || code_at(stretch, at - 1) != '%' ||
        !is_digit(stretch, at + 1))
        return at;
    uint32_t end = digits_end(stretch, at + 1);
    if (code_at(stretch, end) == '.')
        end = digits_end(stretch, end + 1);
    return code_at(stretch, end) == '%' ? end + 1 : at;
}

/* Are [start, end) single letters with dots between, "U.S"? */
static int is_dotted(const struct pin_stretch *stretch, uint32_t start, uint32_t end)
{
    if (end - start < 3)
        return 0;
    for (uint32_t at = start; at < end; at++)
        if ((at - start) % 2 ? code_at(stretch, at) != '.' : !is_letter(stretch, at))
            return 0;
    return 1;
}

/* "J. Smith": a capital, a dot and, after one blank, a letter. */
static int is_initial(const struct pin_stretch *stretch, uint32_t start, uint32_t end)
{
    const struct units *units = &stretch->units;
    return end - start == 1 && units->code[start] >= 'A' && units->code[start] <= 'Z' &&
           end + 1 == stretch->end && end + 2 < units->len && units->code[end + 1] == ' ' &&
           units->cls[end + 2] == UNIT_LATIN;
}

/* The dot that belongs to the word before it. */
static uint32_t dot_end(const struct pin_stretch *stretch, uint32_t start, uint32_t end)
{
    const int is_single = code_at(stretch, end) == '.' && code_at(stretch, end + 1) != '.';
    return end + (is_single && (is_dotted(stretch, start, end) || is_initial(stretch, start, end) ||
                                is_abbreviation(stretch, start, end)));
}

/* Yahoo!, which is written with its mark in Taiwan: Yahoo!奇摩. */
static uint32_t mark_end(const struct pin_stretch *stretch, uint32_t start, uint32_t end)
{
    return end + (code_at(stretch, end) == '!' && width_at(stretch, end) == 1 &&
                  is_listed(stretch, start, end, "Yahoo YAHOO"));
}

static int is_url_unit(const struct pin_stretch *stretch, uint32_t at)
{
    const uint32_t code = code_at(stretch, at);
    return code > ' ' && code < 0x7f && !strchr("\"<>\\^`{|}", (int)code) &&
           (width_at(stretch, at) == 1 || code == '&');
}

/* Rest of a URL; closing marks at its end belong to the sentence. */
static uint32_t url_end(const struct pin_stretch *stretch, uint32_t start)
{
    uint32_t end = start, open = 0;
    for (; is_url_unit(stretch, end); end++) {
        open += code_at(stretch, end) == '(';
        if (code_at(stretch, end) == ')' && open-- == 0)
            break;
    }
    while (end > start && strchr(".,;:!?'(", (int)stretch->units.code[end - 1]))
        end--;
    return end;
}

static int is_url(const struct pin_stretch *stretch, uint32_t at)
{
    return starts_with(stretch, at, "http://") || starts_with(stretch, at, "https://") ||
           starts_with(stretch, at, "ftp://") || starts_with(stretch, at, "www.");
}

/* "reurl.cc/abc": the word ends in a dot and two or more small letters, and a path follows. */
static int has_path(const struct pin_stretch *stretch, uint32_t start, uint32_t end)
{
    uint32_t dot = end;
    while (dot > start && stretch->units.code[dot - 1] >= 'a' &&
           stretch->units.code[dot - 1] <= 'z')
        dot--;
    return end - dot >= 2 && dot > start && stretch->units.code[dot - 1] == '.' &&
           code_at(stretch, end) == '/' && is_alnum(stretch, end + 1);
}

static uint32_t alnum_end(struct word *word, uint32_t at, int *cut)
{
    const struct pin_stretch *stretch = word->stretch;
    for (; is_alnum(stretch, at); at++) {
        if (is_digit(stretch, at) && at > word->start && is_letter(stretch, at - 1) &&
            is_term(stretch, word->start, at)) {
            *cut = 1;
            return at;
        }
        word->has_letter |= is_letter(stretch, at);
    }
    return at;
}

uint32_t jwi_pin_word(const struct pin_stretch *stretch, uint32_t at, int *cut)
{
    struct word word = {stretch, at, 0};
    if (is_url(stretch, at))
        return url_end(stretch, at);
    uint32_t end = is_digit(stretch, at) ? number_chain_end(stretch, at) : at;
    if (end > at)
        return end;
    end = alnum_end(&word, at, cut);
    while (!*cut && is_alnum(stretch, end + 1) && end < stretch->end && joins(&word, end))
        end = alnum_end(&word, end + 1, cut);
    if (*cut)
        return end;
    if (has_path(stretch, at, end))
        return url_end(stretch, at);
    end = mark_end(stretch, at, suffix_end(stretch, end));
    return dot_end(stretch, at, percent_range_end(stretch, end));
}
