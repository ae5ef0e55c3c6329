/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether 張 counts lots of shares or sheets of paper.
 */
#include "stage/value/value_amount.h"

/* 買, 賣, 持, 股 and their kin in the line: sheets are lots of shares. */
static int speaks_of_trade(const struct line *line)
{
    static const uint16_t words[] = {0x8cb7, 0x8ce3, 0x80a1, 0x6301, 0x878d, 0x5238, 0x50f9, 0x640d, 0x91cf,  0x5eab, 0x55ae,
                                     0x8cc7, 0x6f32, 0x8dcc, 0x5834, 0x5009, 0x5957, 0x51fa, 0x9032, 0x6295, 0x7c4c}; /* 買賣股持融券價損量庫單資漲跌場倉套出進投籌 */
    for (uint32_t i = 0; i < line->len; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (line->code[i] == words[k])
                return 1;
    return 0;
}

/* 一張圖, 兩張照片: few sheets in a line that is not of trade. */
static int is_few_sheets(const struct line *line, const struct amount *amount)
{
    const struct number *number = &amount->number;
    return (number->style & NUMBER_HAN) && !(number->style & NUMBER_SCALED) && number->value.power == 0 && number->value.mantissa < 10 &&
           !speaks_of_trade(line);
}

/* 2張神卡, 50萬張信用卡, 3張保單: what is counted stands a few letters behind. */
static int counts_papers(const struct line *line, uint32_t at)
{
    enum { FAR = 4 };
    for (uint32_t i = at; i < at + FAR && is_tight(line, i) && line->cls[i] == UNIT_HAN; i++)
        if (code_is_one_of(line->code[i], u"卡罩床") || (code_is_one_of(code_at(line, i + 1), u"單票") && code_is_one_of(line->code[i], u"保罰訂門機車選傳")))
            return 1;
    return 0;
}

/* 開卡的有94萬張, 口罩5萬張, 發票開出16張: of cards, masks and tickets, a sheet is a sheet. */
int jwi_amount_is_sheet(const struct line *line, uint32_t start, const struct amount *amount)
{
    enum { REACH = 20 };
    if (code_at(line, amount->number.end) != 0x5f35) /* 張 */
        return 0;
    if (is_few_sheets(line, amount) || counts_papers(line, amount->end))
        return 1;
    const uint32_t clause = line->clause[start];
    for (uint32_t i = start; i > clause && start - i < REACH; i--) {
        const uint32_t code = line->code[i - 1], before = i > 1 ? line->code[i - 2] : 0;
        if (code == 0x5361 || code == 0x7f69 || code == 0x9214 || (code == 0x7968 && (before == 0x767c || before == 0x9078 ||
                                                  before == 0x9580 || before == 0x8eca)))
            return 1; /* 卡 罩 鈔 票 after 發選門車 */
    }
    return 0;
}
