/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names masked before values are read: no letter of a name is a word of a value.
 */
#include "stage/value/value_amount.h"
#include "stage/value/value_owner.h"

/* The 3040 of 停損 3040 遠見: a code beside its name, out of brackets. */
static int is_bare_code(const jw_doc *doc, const jw_mention *name)
{
    const jw_range text = {doc->tokens[name->tokens.start].text.start, doc->tokens[name->tokens.end - 1].text.end};
    for (uint32_t at = text.start; at < text.end; at++)
        if (doc->text.at[at] < '0' || doc->text.at[at] > '9')
            return 0;
    return text.end - text.start >= 4 && text.start && doc->text.at[text.start - 1] != '(';
}

/* 2萬元大紅包, 五張全中: the unit of a number begins no name. */
static int is_in_sum(const struct line *line, uint32_t at)
{
    const uint32_t before = at && is_tight(line, at) ? line->code[at - 1] : 0;
    return code_is_one_of(line->code[at], u"元張") &&
           (is_digit(before) || jwi_han_digit(before) > 0 || jwi_big_scale(before) || jwi_small_scale(before));
}

/* 日產10萬桶, 日產能: what is made in a day. */
static int is_output(const struct line *line, uint32_t at)
{
    struct amount amount;
    if (line->code[at] != 0x65e5 || code_at(line, at + 1) != 0x7522) /* 日 產 */
        return 0;
    return code_is_one_of(code_at(line, at + 2), u"能量") ||
           (jwi_amount_read(line, at + 2, &amount) && amount.unit && amount.unit->kind == JW_VALUE_QUANTITY &&
            !code_is_one_of(line->code[amount.end - 1], u"輛台部車"));
}

/* 達 in 廣達9月 says nothing of the month, 創 in 緯創 nothing of the tense: a value must not depend on who it is of. */
void jwi_value_mask(const jw_doc *doc, struct line *line, jw_range tokens,
                    const struct room_word *words, uint32_t *mention)
{
    static const char *const names[] = {"COM", "FIN", "PER", "SEC"};
    enum { SURE = 8000, NAMES = 4 };
    if (!(doc->layers & JW_LAYER_MENTIONS) || !doc->model)
        return;
    uint32_t type[NAMES], letter = 0;
    for (int i = 0; i < NAMES; i++)
        type[i] = label_of(doc, JW_LABELS_MENTION, names[i]);
    for (; *mention < doc->mention_count && doc->mentions[*mention].tokens.start < tokens.end;
         ++*mention) {
        const jw_mention *name = &doc->mentions[*mention];
        const int is_linked = doc->layers & JW_LAYER_ENTITIES && name->entity != JW_NONE &&
                              doc->entities[name->entity].flags & JW_ENTITY_LISTED;
        const int is_fund = name->type == type[3];
        if ((name->type != type[0] && name->type != type[1] && name->type != type[2] && !is_fund) ||
            (!is_linked && name->score < SURE) || name->tokens.end > tokens.end || is_year_said(doc, name))
            continue;
        const int is_code = is_linked && is_bare_code(doc, name);
        const uint32_t from = words[name->tokens.start].start,
                       end = words[name->tokens.end - 1].end;
        while (letter < line->len && line->unit[letter] < from)
            letter++;
        if (letter < line->len && (is_in_sum(line, letter) || is_output(line, letter)))
            continue;
        for (; letter < line->len && line->unit[letter] < end; letter++)
            if (line->cls[letter] == UNIT_HAN || is_code || is_fund) /* 元大台灣50, 永豐20年美公債 */
                line->code[letter] = NAME_LETTER;
    }
}
