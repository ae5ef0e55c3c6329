/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values of announcements: fields that begin with a number, the period of a report, and the company that speaks.
 */
#include "stage/value/value_owner.h"

/* "9." or "10." at the head of a line: another field. */
static int starts_field(const jw_doc *doc, jw_range text)
{
    uint32_t at = text.start;
    while (at < text.end && doc->text.at[at] >= '0' && doc->text.at[at] <= '9')
        at++;
    return at > text.start && at - text.start <= 2 && at < text.end && doc->text.at[at] == '.';
}

/* (1)公司名稱:X, of a loan or a guarantee: whom it is for. */
static void learn_other(const struct owner *owner, const jw_sentence *sentence, struct reading *at, jw_range named)
{
    static const char *const keys[] = {"公司名稱", "對象"};
    if (!has_any(owner->doc, sentence->text, keys, sizeof keys / sizeof *keys))
        return;
    const uint32_t last = jwi_owner_last(owner, named.start, named.end);
    at->other = last == JW_NONE ? at->other : last;
}

/* A field speaks of the company the announcement is for, until it names another; 接受資金貸與公司之財務報表 is the other's. */
void jwi_owner_enter_field(const struct owner *owner, const jw_sentence *sentence, struct reading *at, jw_range named)
{
    static const char *const of_other[] = {"接受資金貸與公司", "被背書保證公司"};
    at->names_report = has_text(owner->doc, sentence->text, "起訖日") || (at->names_report && !starts_field(owner->doc, sentence->text));
    at->is_of_report = has_text(owner->doc, sentence->text, "本期") || has_text(owner->doc, sentence->text, "期末");
    learn_other(owner, sentence, at, named);
    if (!starts_field(owner->doc, sentence->text))
        return;
    at->before = has_any(owner->doc, sentence->text, of_other, sizeof of_other / sizeof *of_other) ? at->other : at->speaker;
    at->counts_holdings = has_text(owner->doc, sentence->text, "持股數") || has_text(owner->doc, sentence->text, "持有本交易證券");
}

/* 財務報告報導期間起訖日期:115/01/01~115/03/31 is the period of 累計至本期止 and 期末, and gives 1月1日累計至本期止 its year. */
void jwi_owner_read_report(jw_value *value, struct reading *at)
{
    if (value->kind != JW_VALUE_DATE)
        return;
    if (at->is_of_report && at->first.grain && value->first.grain == JW_GRAIN_DAY && !value->last.grain && value->first.number == 1 &&
        value->first.day == 1)
        value->first.year = at->first.year;
    if (!at->names_report || value->last.grain != JW_GRAIN_DAY)
        return;
    at->first = value->first;
    at->last = value->last;
}

void jwi_owner_fill_report(const struct reading *at, jw_value *value)
{
    static const char *const shares[] = {"shares"};
    if (at->counts_holdings && !value->of.len && is_one_of(value->unit, shares, 1)) {
        value->of = (jw_bytes){"shareholding", 12};
        value->compare = JW_COMPARE_ABS;
    }
    if (value->of.len && !value->first.grain && at->first.grain && at->is_of_report) {
        value->first = at->first;
        value->last = at->last;
    }
}

/* Where the subject line says 代子公司.. or 代晨曜科技公告, JW_NONE for nowhere; no 代理, 代表, 代工, 世代. */
static uint32_t speaks_instead(const jw_doc *doc, uint32_t end)
{
    static const char instead[] = "代", *const goal[] = {"子公司", "孫公司", "公告"}, *const other[] = {"代理", "代表", "代工", "代碼", "代號"},
                      *const whole[] = {"世代", "現代", "年代", "時代", "替代", "取代"};
    enum { LETTER = sizeof instead - 1 };
    uint32_t found = JW_NONE;
    for (uint32_t at = 0; at + 2 * LETTER <= end; at++) {
        const jw_range two = {at, at + 2 * LETTER}, around = {at < LETTER ? at : at - LETTER, at + LETTER};
        if (found != JW_NONE && has_any(doc, (jw_range){at, at + 3 * LETTER < end ? at + 3 * LETTER : end}, goal, sizeof goal / sizeof *goal))
            return found;
        if (found == JW_NONE && !memcmp(doc->text.at + at, instead, LETTER) && !has_any(doc, two, other, sizeof other / sizeof *other) &&
            !has_any(doc, around, whole, sizeof whole / sizeof *whole))
            found = at;
    }
    return JW_NONE;
}

/* The subsidiary the subject line names, 代子公司晨曜科技公告.., else, where the record tells no issuer, the first company of the line. */
uint32_t jwi_owner_speaker(const struct owner *owner)
{
    static const char child[] = "子公司";
    const jw_doc *const doc = owner->doc;
    uint32_t found = JW_NONE;
    const uint32_t end = doc->part_count ? doc->parts[0].text.end : 0;
    const uint32_t instead = speaks_instead(doc, end);
    const int has_child = has_text(doc, (jw_range){0, end}, child);
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const uint32_t start = doc->tokens[doc->mentions[i].tokens.start].text.start;
        if (start >= end)
            break;
        if (!jwi_owner_may_own(owner, &doc->mentions[i]) || (doc->meta.issuer.len && (instead == JW_NONE || start < instead)))
            continue;
        found = found == JW_NONE ? i : found;
        if (!has_child || has_text(doc, (jw_range){0, start}, child))
            return i;
    }
    return found;
}

/* But 為本公司100%持有之子公司 speaks of the parent. */
uint32_t jwi_owner_of_child(const struct owner *owner, const jw_sentence *sentence, const struct reading *at, const jw_value *value)
{
    static const char self[] = "本公司", child[] = "子公司";
    static const char *const holding[] = {"shareholding"};
    const jw_doc *const doc = owner->doc;
    const uint32_t found = value->mention;
    if (found == JW_NONE || at->speaker == JW_NONE || is_one_of(value->of, holding, 1) || speaks_instead(doc, doc->parts[0].text.end) == JW_NONE ||
        has_text(doc, sentence->text, child))
        return found;
    const jw_range tokens = doc->mentions[found].tokens;
    const jw_bytes text = {doc->text.at + doc->tokens[tokens.start].text.start,
                           doc->tokens[tokens.end - 1].text.end - doc->tokens[tokens.start].text.start};
    return text.len == sizeof self - 1 && !memcmp(text.at, self, text.len) ? at->speaker : found;
}
