/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A number and its unit: which letters are one, what it multiplies by, and the kind and currency it gives.
 */
#include "stage/value/value_amount.h"
#include "stage/value/value_date.h"

/* The 以上 of 1成以上, whatever words were made of it. */
static int is_bound_after(const struct line *line, uint32_t at)
{
    const struct value_term *cue = jwi_value_find(line, at, TERM_CUE);
    return cue && cue->kind >= CUE_ABOUT_AFTER && cue->kind <= CUE_UNDER_AFTER && cue->use > 1;
}

/* 台股失守萬八 台幣貶破28: a currency behind a blank that does something of its own. */
static int is_subject(const struct line *line, uint32_t at, const struct value_term *unit)
{
    return unit->kind == JW_VALUE_MONEY && !is_tight(line, at) && code_is_one_of(code_at(line, at + unit->use), u"升貶兌匯走");
}

uint32_t jwi_unit_of(const struct line *line, uint32_t at, const struct value_term **ret)
{
    *ret =
        at < line->len && line->gap[at] != GAP_BREAK ? jwi_value_find(line, at, TERM_UNIT) : NULL;
    if (*ret && (!(*ret)->kind || ((*ret)->bare && line->edge && !line->edge[at + (*ret)->use] &&
                                   !is_bound_after(line, at + (*ret)->use)))) /* 成長, 1737台鹽: no unit */
        *ret = NULL;
    if (*ret && is_subject(line, at, *ret))
        *ret = NULL;
    return *ret ? at + (*ret)->use : at;
}

/* 3 million, 1.5 Billion: behind the word, or `at`. */
static uint32_t english_scale(const struct line *line, uint32_t at, int *power)
{
    static const struct {
        const char *word;
        int power;
    } scales[] = {{"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12}};
    for (size_t i = 0; i < sizeof scales / sizeof *scales && at < line->len && line->gap[at] != GAP_BREAK; i++) {
        uint32_t n = 0;
        while (scales[i].word[n] && (code_at(line, at + n) | 32) == (uint32_t)scales[i].word[n] && (!n || is_tight(line, at + n)))
            n++;
        if (scales[i].word[n] || (is_tight(line, at + n) && is_latin(code_at(line, at + n))))
            continue;
        *power = scales[i].power;
        return at + n;
    }
    return at;
}

/* 連續11年成長, 連8天下挫: behind a word of length years, quarters, weeks and days are counted, whatever word they begin. */
static const struct value_term *counted_period(const struct line *line, uint32_t start, const struct amount *amount, uint32_t end)
{
    const uint32_t code = code_at(line, end);
    return code_is_one_of(code, u"年季天周週") && code_at(line, end + 1) != 0x7dda && line->gap[end] != GAP_BREAK &&
                   !(amount->number.style & (NUMBER_BIG | NUMBER_POINT)) && jwi_date_is_length_before(line, start) /* no 年線 */
               ? jwi_value_find_letter(line, end, TERM_UNIT)
               : NULL;
}

uint32_t jwi_amount_read(const struct line *line, uint32_t at, struct amount *ret)
{
    int power = 0;
    uint32_t end = jwi_number_read(line, at, &ret->number);
    if (!end || (ret->number.style & NUMBER_DOTTED))
        return 0;
    end = english_scale(line, end, &power);
    if (power && ret->number.value.known)
        ret->number.value = jwi_decimal_times(ret->number.value, 1, power);
    ret->end = jwi_unit_of(line, end, &ret->unit);
    if (!ret->unit && (ret->unit = counted_period(line, at, ret, end)) != NULL)
        ret->end = end + 1 + (code_at(line, end + 1) == 0x5ea6); /* 季度 */
    return ret->end;
}

jw_decimal jwi_amount_times(jw_decimal value, const struct value_term *unit)
{
    if (!unit)
        return value;
    if (is_discount(unit)) { /* 8折 is 80 %, 85折 is 85 % */
        const jw_decimal less = jwi_decimal_add(value, jwi_decimal(-10, 0));
        return less.known && less.mantissa >= 0 ? value : jwi_decimal_times(value, 1, 1);
    }
    return jwi_decimal_times(value, unit->mantissa, unit->power);
}

void jwi_amount_name(const struct scan *scan, const struct value_term *unit,
                     const struct value_term *currency, struct item *item)
{
    jw_value *value = &item->value;
    if (currency || (unit && unit->kind == JW_VALUE_MONEY)) {
        const char *code = unit && unit->kind == JW_VALUE_MONEY ? unit->currency : "";
        if (currency && (!code[0] || code[0] == '*'))
            code = currency->currency;
        memcpy(value->currency, code[0] && code[0] != '*' ? code : own_currency(scan), 3);
        value->kind = JW_VALUE_MONEY;
        return;
    }
    value->kind = unit ? unit->kind : JW_VALUE_QUANTITY;
    if (unit && unit->kind == JW_VALUE_PERCENT &&
        unit->mantissa == 25) /* 碼 counts nothing but interest */
        item->flags |= ITEM_RATE;
    if (unit)
        value->unit = value_name(scan->line.lex, unit);
}

/* 景氣對策信號38分, 分數達40分: marks of a test. */
int jwi_amount_is_score(const struct line *line, uint32_t start, const struct amount *amount)
{
    if (code_at(line, amount->end) != 0x5206 || !is_tight(line, amount->end) || /* 分 */
        code_is_one_of(code_at(line, amount->end + 1), u"鐘之點級析行別為店局公K"))
        return 0;
    for (uint32_t i = line->clause[start]; i + 1 < start; i++)
        if ((line->code[i] == 0x5206 && line->code[i + 1] == 0x6578) || (code_is_one_of(line->code[i], u"燈信訊") && line->code[i + 1] == 0x865f) ||
            (code_is_one_of(line->code[i], u"評得總均") && line->code[i + 1] == 0x5206) ||
            (code_is_one_of(line->code[i], u"紅綠藍") && line->code[i + 1] == 0x71c8))
            return 1; /* 分數 燈號 信號 評分 得分 紅燈 */
    return 0;
}

/* 投資 100萬, 花了30萬, 買1000萬的公寓: ten thousands of what is paid are money. */
int jwi_amount_is_spent(const struct line *line, uint32_t start, const struct amount *amount)
{
    static const char16_t *const deeds[] = {u"投資", u"花了", u"本金", u"存款", u"貸款", u"薪水", u"月薪", u"年薪", u"繳了", u"投入", u"獎金", u"存了", u"賠了",
                                            u"賺了"};
    const uint32_t last = line->code[amount->end - 1], of = code_at(line, amount->end), next = code_at(line, amount->end + 1);
    if (last != 0x842c || !(amount->number.style & NUMBER_ASCII) || (of && line->cls[amount->end] == UNIT_HAN && of != 0x7684) || !start)
        return 0; /* 萬 的 */
    if (code_is_one_of(line->code[start - 1], u"買花") && of == 0x7684 && code_is_one_of(next, u"房公車豪透"))
        return 1;
    for (size_t i = 0; start > 1 && i < sizeof deeds / sizeof *deeds; i++)
        if (line->code[start - 2] == deeds[i][0] && line->code[start - 1] == deeds[i][1])
            return of != 0x7684;
    return 0;
}
