/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers that measure nothing: tickers, ISIN, telephone and registration numbers (values of kind COD), and names such as iPhone15, 5G,
 * 第165條 or an address on the net, which are passed over whole.
 */
#include "stage/value/value.h"

static int is_word(uint32_t code)
{
    return is_digit(code) || is_latin(code);
}

static uint32_t word_end(const struct line *line, uint32_t at)
{
    uint32_t i = at;
    while (i < line->len && is_word(line->code[i]) && (i == at || is_tight(line, i)))
        i++;
    return i;
}

static uint32_t digits_end(const struct line *line, uint32_t at)
{
    uint32_t i = at;
    while (i < line->len && is_digit(line->code[i]) && (i == at || is_tight(line, i)))
        i++;
    return i;
}

/* Two capital letters of a market: 2330-TW, 0700.HK, AAPL-US. */
static uint32_t market_end(const struct line *line, uint32_t at)
{
    const uint32_t end = word_end(line, at);
    if (end - at != 2 && end - at != 3)
        return 0;
    for (uint32_t i = at; i < end; i++)
        if (line->code[i] < 'A' || line->code[i] > 'Z')
            return 0;
    return end;
}

static uint32_t ticker_end(const struct line *line, uint32_t at)
{
    const uint32_t end = word_end(line, at);
    const uint32_t link = is_tight(line, end) ? code_at(line, end) : 0;
    if (end == at || end - at > 6 || (link != '-' && link != '.'))
        return 0;
    const uint32_t close = market_end(line, end + 1);
    const int is_bracketed = at && line->code[at - 1] == '(';
    return close && ((link == '-' && is_bracketed) || digits_end(line, at) - at >= 4) ? close : 0;
}

/* (2330): four to six digits and perhaps a letter after a name; years stay out. */
static uint32_t bracketed_ticker(const struct line *line, uint32_t at)
{
    const uint32_t digits = digits_end(line, at), end = word_end(line, at);
    if (digits - at < 4 || digits - at > 6 || end - digits > 1 || code_at(line, end) != ')' ||
        at < 2 || line->cls[at - 2] != UNIT_HAN)
        return 0;
    const int may_be_year =
        digits - at == 4 && ((line->code[at] == '2' && line->code[at + 1] == '0') ||
                             (line->code[at] == '1' && line->code[at + 1] == '9'));
    return may_be_year ? 0 : end;
}

/* (02)2345-6789, 02-2345-6789, 0912-345-678, 0800-000-123, +886-2-2345-6789. */
static uint32_t phone_end(const struct line *line, uint32_t at)
{
    uint32_t i = at, digits = 0, links = 0;
    const int has_plus = code_at(line, i) == '+', has_bracket = code_at(line, i) == '(';
    i += (uint32_t)(has_plus || has_bracket);
    if (!has_plus && code_at(line, i) != '0')
        return 0;
    while (i < line->len && i - at < 24) {
        const uint32_t end = digits_end(line, i);
        digits += end - i;
        i = end;
        const uint32_t link = code_at(line, i);
        if ((link != '-' && link != ')') || !is_digit(code_at(line, i + 1)) ||
            (link == ')' && !has_bracket))
            break;
        links++;
        i++;
    }
    return links && digits >= 8 && digits <= 13 ? i : 0;
}

/* What follows 統編, 股票代號, 電話: letters, digits and the marks inside them. */
static uint32_t cued_end(const struct line *line, uint32_t at)
{
    uint32_t i = at, digits = 0;
    while (i < line->len && (i == at || line->gap[i] != GAP_BREAK)) {
        const uint32_t code = line->code[i];
        if (!is_word(code) &&
            !(i > at && (code == '-' || code == '#' || code == ')' || code == '/') &&
              is_word(code_at(line, i + 1))) &&
            !(i == at && (code == '(' || code == '+')))
            break;
        digits += (uint32_t)is_digit(code);
        i++;
    }
    return digits >= 3 ? i : 0;
}

/* An address on the net reaches to the next blank or Chinese character. */
static uint32_t address_end(const struct line *line, uint32_t at)
{
    uint32_t end = word_end(line, at);
    const uint32_t link = code_at(line, end);
    const int is_http = end - at >= 4 && line->code[at] == 'h' && line->code[at + 1] == 't' &&
                        line->code[at + 2] == 't' && link == ':';
    const int is_www =
        end - at == 3 && line->code[at] == 'w' && line->code[at + 1] == 'w' && link == '.';
    if (!is_http && !is_www && link != '@')
        return 0;
    while (end < line->len && is_tight(line, end) && line->code[end] < 0x80)
        end++;
    return end;
}

/* 第165條, 第2大: the number is a place in a row. */
static uint32_t ordinal_end(const struct line *line, uint32_t at)
{
    int32_t number;
    struct number any;
    if (code_at(line, at) != 0x7b2c) /* 第 */
        return 0;
    uint32_t end = jwi_number_small(line, at + 1, &number);
    if (!end)
        return jwi_number_read(line, at + 1, &any);
    for (uint32_t next = end; next; end = next) { /* 第三至四款, 第4、7、10年 */
        const uint32_t link = code_at(line, end);
        next = is_range_link(link) || link == 0x3001 ? jwi_number_small(line, end + 1, &number) : 0;
        if (!next)
            break;
    }
    return end + 1;
}

static uint32_t found(uint32_t start, uint32_t end, int code, uint32_t *ret, int *is_code)
{
    *ret = start;
    *is_code = code;
    return end;
}

static int has_letter(const struct line *line, uint32_t at, uint32_t end)
{
    while (at < end && !is_latin(line->code[at]))
        at++;
    return at < end;
}

/* The 1. of "1.115年股東常會", "1.115/06/18", "7.1月1日累計". */
static uint32_t list_number_end(const struct line *line, uint32_t at)
{
    int32_t day;
    const uint32_t point = digits_end(line, at);
    if (point - at > 2 || code_at(line, point) != '.' || (at && line->gap[at] == GAP_NONE))
        return 0;
    const uint32_t end = digits_end(line, point + 1), unit = code_at(line, end);
    if (end - point == 4 && line->code[point + 1] == '1')
        return unit == 0x5e74 || unit == '/' ? point + 1 : 0; /* 年 */
    if (unit != 0x6708 || end == point + 1 || end - point > 3) /* 月 */
        return 0;
    const uint32_t after = jwi_number_small(line, end + 1, &day);
    return after && code_at(line, after) == 0x65e5 ? point + 1 : 0; /* 日 */
}

/* 字第1150001號: the number of a document. */
static uint32_t document_end(const struct line *line, uint32_t at)
{
    const uint32_t end = code_at(line, at) == 0x5b57 && code_at(line, at + 1) == 0x7b2c
                             ? word_end(line, at + 2)
                             : 0;                                  /* 字 第 */
    return end > at + 2 && code_at(line, end) == 0x865f ? end : 0; /* 號 */
}

/* #1X2yTaCi: how boards number their articles. */
static uint32_t article_end(const struct line *line, uint32_t at)
{
    enum { LETTERS = 8 };
    const uint32_t end = code_at(line, at) == '#' ? word_end(line, at + 1) : 0;
    return end == at + 1 + LETTERS && has_letter(line, at + 1, end) ? end : 0;
}

uint32_t jwi_code_read(const struct line *line, uint32_t at, uint32_t *start, int *is_code)
{
    const uint32_t code = code_at(line, at);
    uint32_t end;
    if (code == '(' && (end = ticker_end(line, at + 1)) != 0)
        return found(at + 1, end, 1, start, is_code);
    if (code == '(' && (end = bracketed_ticker(line, at + 1)) != 0)
        return found(at + 1, end, 1, start, is_code);
    if ((code == '(' || code == '0' || code == '+') && (end = phone_end(line, at)) != 0)
        return found(at, end, 1, start, is_code);
    if ((end = article_end(line, at)) != 0)
        return found(at, end, 0, start, is_code);
    if ((end = document_end(line, at)) != 0)
        return found(at + 2, end, 1, start, is_code);
    if ((end = ordinal_end(line, at)) != 0)
        return found(at, end, 0, start, is_code);
    const struct value_term *cue =
        line->cls[at] == UNIT_HAN || is_latin(code) ? jwi_value_find(line, at, TERM_CUE) : NULL;
    const uint32_t next = cue ? code_at(line, at + cue->use) : 0;
    if (cue && cue->kind == CUE_SKIP && jwi_han_digit(next) < 0 &&
        next != 0x4e4b) /* 一點二, 十分之一 */
        return found(at, at + cue->use, 0, start, is_code);
    if (cue && cue->kind == CUE_CODE) {
        uint32_t i = at + cue->use;
        while (code_at(line, i) == ':' || code_at(line, i) == 0x70ba) /* 為 */
            i++;
        end = cued_end(line, i);
        return end ? found(i, end, 1, start, is_code) : 0;
    }
    if (!is_word(code))
        return 0;
    if ((end = list_number_end(line, at)) != 0)
        return found(at, end, 0, start, is_code);
    if ((end = ticker_end(line, at)) != 0)
        return found(at, end, 1, start, is_code);
    if ((end = address_end(line, at)) != 0)
        return found(at, end, 0, start, is_code);
    end = word_end(line, at);
    if (end - at == 12 && is_latin(code) && is_latin(line->code[at + 1]) &&
        is_digit(line->code[end - 1]) && has_letter(line, at, end))
        return found(at, end, 1, start, is_code);
    if (digits_end(line, at) - at > 13)
        return found(at, digits_end(line, at), 1, start, is_code);
    return 0;
}
