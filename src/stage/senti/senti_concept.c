/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a direction is about: the concept before it (成本下降) or behind it (調升財測) in the clause, else the last one of the clause before
 * (營收月減兩成，但年增一成); and what that concept is worth.
 */
#include "stage/senti/senti_rule.h"

enum {
    OBJECT_GAP = 8, /* tokens between a verb and its concept: 調升 全年 每股 獲利 預估 */
    LEFT_GAP = 14
};

int jwi_senti_is_origin(const struct place *place, uint32_t at)
{
    const struct senti_work *const work = place->work;
    const uint32_t start = sense_at(place, at)->tokens.start;
    if (start == place->clause->tokens.start)
        return 0;
    const uint32_t code = code_of(work, start - 1);
    return code == 0x7531 || code == 0x5f9e || code == 0x81ea; /* 由 從 自 */
}

/* 攀升至歷史新高: the second direction says how far the first has gone. */
static int is_level(const struct place *place, uint32_t first, uint32_t second)
{
    enum { GAP = 3 };
    return sense_at(place, first)->term->sign == sense_at(place, second)->term->sign &&
           sense_at(place, second)->tokens.start - sense_at(place, first)->tokens.end <= GAP;
}

uint32_t jwi_senti_concept_before(const struct place *place, uint32_t at)
{
    for (uint32_t i = at; i > place->first; i--) {
        const uint32_t kinds = kinds_at(place, i - 1);
        if (kinds & SENSE_concept)
            return sense_at(place, at)->tokens.start - sense_at(place, i - 1)->tokens.end <= LEFT_GAP ? i - 1 : JW_NONE;
        if (kinds & SENSE_direction && !jwi_senti_is_origin(place, i - 1) && !is_level(place, i - 1, at))
            return JW_NONE;
    }
    return JW_NONE;
}

/* A company is named between the two: 續旺、國票金娶親、中鋼盤價 are three matters. */
static int has_company(const struct place *place, uint32_t start, uint32_t end)
{
    for (uint32_t t = start; t < end; t++)
        if (place->work->mention[t] != JW_NONE)
            return 1;
    return 0;
}

uint32_t jwi_senti_concept_behind(const struct place *place, uint32_t at)
{
    const uint32_t start = sense_at(place, at)->tokens.end;
    const int is_verb = (sense_at(place, at)->term->flags & SENSE_OBJECT) != 0; /* 調升某公司目標價 */
    for (uint32_t i = at + 1; i < place->end; i++) {
        const uint32_t kinds = kinds_at(place, i);
        if (sense_at(place, i)->tokens.start - start > OBJECT_GAP || (!is_verb && has_company(place, start, sense_at(place, i)->tokens.start)))
            return JW_NONE;
        if (kinds & SENSE_concept)
            return i;
        if (kinds & (SENSE_direction | SENSE_contrast | SENSE_passive))
            return JW_NONE;
    }
    return JW_NONE;
}

/* The last concept of the clause before in the sentence that has a valence, or JW_NONE. */
static uint32_t concept_last(const struct place *place)
{
    const jw_doc *const doc = place->work->doc;
    if (!place->index || doc->clauses[place->index - 1].sentence != place->clause->sentence)
        return JW_NONE;
    for (uint32_t i = place->first; i > 0 && doc->senses[i - 1].tokens.start >= doc->clauses[place->index - 1].tokens.start; i--)
        if (doc->senses[i - 1].term->kinds & SENSE_concept && doc->senses[i - 1].term->value)
            return i - 1;
    return JW_NONE;
}

/* 較去年同期的5.1元縮水: the clause begins with what is compared. */
static int is_compared(const struct place *place)
{
    const uint32_t code = code_of(place->work, place->clause->tokens.start);
    return code == 0x8f03 || code == 0x6bd4; /* 較 比 */
}

/* 財報登場 美股高點回落: the clause has a market of its own before the token. */
static int names_market(const struct place *place, uint32_t token)
{
    for (uint32_t t = place->clause->tokens.start; t < token; t++)
        if (place->work->trait[t] & NAME_MARKET)
            return 1;
    return 0;
}

/* 營收月減兩成，但年增一成: a clause that begins with a direction, or with a comparison, speaks of what the last one spoke of. */
static uint32_t concept_carried(const struct place *place, uint32_t at)
{
    enum { HEAD = 2 };
    const struct sense *const sense = sense_at(place, at);
    if (sense->term->kinds & (SENSE_concept | SENSE_word | SENSE_reversed | SENSE_worsened) || sense->term->flags & SENSE_OBJECT ||
        (sense->tokens.start > place->clause->tokens.start + HEAD && !is_compared(place)) ||
        place->work->mention[place->clause->tokens.start] != JW_NONE || names_market(place, sense->tokens.start))
        return JW_NONE;
    return concept_last(place);
}

/* 上修財測, 降低成本: the direction is a verb with its object behind it. */
static uint32_t concept_beside(const struct place *place, uint32_t at)
{
    const uint32_t behind = jwi_senti_concept_behind(place, at), before = jwi_senti_concept_before(place, at);
    if (sense_at(place, at)->term->flags & SENSE_OBJECT && kinds_at(place, at) & (SENSE_concept | SENSE_word))
        return behind; /* 關稅衝擊 is no blow to the tariff */
    if (behind == JW_NONE || before == JW_NONE)
        return behind == JW_NONE ? before : behind;
    if (sense_at(place, at)->term->flags & SENSE_OBJECT)
        return behind;
    const uint32_t gap = sense_at(place, behind)->tokens.start - sense_at(place, at)->tokens.end;
    return gap <= 3 && sense_at(place, at)->tokens.start > sense_at(place, before)->tokens.end + 1 ? behind : before;
}

uint32_t jwi_senti_concept_of(const struct place *place, uint32_t at)
{
    const uint32_t beside = concept_beside(place, at);
    return beside == JW_NONE ? concept_carried(place, at) : beside;
}

int32_t jwi_senti_valence(const struct place *place, const struct sense *concept)
{
    const uint32_t last = concept->term->value ? JW_NONE : concept_last(place);
    return last == JW_NONE ? concept->term->value : sense_at(place, last)->term->value;
}
