/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Directions: 成本下降, 調升財測: valence of the concept x direction; without a concept what a company does: X 大漲.
 */
#include "stage/senti/senti_rule.h"

#include "base/error.h"
#include "base/search.h"

#include <stdlib.h>

enum { BARE_VALUE = 3500 /* of a direction whose concept no list knows */ };

/* Schema of the scores: percentages below 2, 5, 15, 30 and above. */
static int32_t magnitude_of(jw_decimal value)
{
    static const int32_t below[] = {2, 5, 15, 30}, factor[] = {5000, 7500, 10000, 12500, 15000};
    int64_t mantissa = llabs(value.mantissa), unit = 1;
    int32_t power = value.power;
    if (!value.known)
        return JW_SCALE;
    for (; power > 0 && mantissa < 1000; power--)
        mantissa *= 10;
    for (; power < 0 && unit < 1000000000; power++)
        unit *= 10;
    size_t i = 0;
    while (i < 4 && mantissa >= below[i] * unit)
        i++;
    return factor[i];
}

/* The percentage said behind the words, in the clause. */
static int32_t magnitude_behind(const struct place *place, uint32_t token)
{
    const jw_doc *const doc = place->work->doc;
    const uint32_t low = SEARCH_FROM(doc->values, doc->value_count, tokens.start, token);
    if (low < doc->value_count && doc->values[low].kind == JW_VALUE_PERCENT && doc->values[low].tokens.start <= token + 3 &&
        doc->values[low].tokens.end <= place->clause->tokens.end)
        return magnitude_of(doc->values[low].value.known ? doc->values[low].value : doc->values[low].low);
    return JW_SCALE;
}

/* 成長 of 成長趨緩 is what the next direction is about, 緩慢 of 緩慢成長 how it goes. */
static int is_theme(const struct place *place, uint32_t at)
{
    return kinds_at(place, at) & (SENSE_concept | SENSE_degree) && at + 1 < place->end && kinds_at(place, at + 1) & SENSE_direction &&
           sense_at(place, at + 1)->tokens.start <= sense_at(place, at)->tokens.end + 1;
}

/* 衰退壓力, 下滑的風險: what threatens, not a risk that falls; 降低風險 has an object. */
static int is_threat(const struct place *place, const struct sense *direction, const struct sense *concept)
{
    const struct room_word *const words = place->work->room->words;
    const struct sense_term *const term = direction->term;
    const uint32_t end = direction->tokens.end;
    return term->value < 0 && concept->term->value < 0 && !(term->kinds & SENSE_reversed) && !(term->flags & SENSE_OBJECT) &&
           words[end - 1].end > words[direction->tokens.start].start + 1 &&
           concept->tokens.start == end + (code_of(place->work, end) == 0x7684);
}

/* A noun stands between the company and the direction: what rises is not the company itself. */
static int has_noun(const struct place *place, uint32_t start, uint32_t end)
{
    const jw_doc *const doc = place->work->doc;
    for (uint32_t t = start; t < end; t++)
        if (doc->upos[t] < 32 && place->work->nouns & 1u << doc->upos[t] && !(place->work->trait[t] & NAME_COMPANY))
            return 1;
    return 0;
}

/* 再增3名員工確診, 增一例: the number behind the words counts heads, not growth. */
static int counts_heads(const struct place *place, uint32_t token)
{
    enum { NEAR = 2 };
    static const uint32_t heads[] = {0x540d, 0x4eba, 0x4f8b}; /* 名 人 例 */
    const struct senti_work *const work = place->work;
    const jw_doc *const doc = work->doc;
    const uint32_t low = SEARCH_FROM(doc->values, doc->value_count, tokens.start, token);
    if (low < doc->value_count && doc->values[low].kind == JW_VALUE_QUANTITY && doc->values[low].tokens.start == token)
        return 1;
    for (uint32_t t = token; t < token + NEAR && t < place->clause->tokens.end; t++) {
        const uint32_t last = work->room->units.code[work->room->words[t].end - 1];
        if (last == heads[0] || last == heads[1] || last == heads[2])
            return work->room->words[t].end - work->room->words[t].start <= 2;
    }
    return 0;
}

/* 〈某公司展望〉代工服務明年成長: what a headline tells behind the heading of a meeting or an outlook is told of the name in it. */
static int is_heading(const struct place *place, jw_range name)
{
    enum { OPENS = 0x3008, CLOSES = 0x3009 };
    static const uint32_t ends[] = {0x8aaa, 0x671b, 0x6703}; /* 法說 展望 股東會 */
    const struct senti_work *const work = place->work;
    const uint32_t *const code = work->room->units.code;
    const jw_range sentence = work->doc->sentences[place->clause->sentence].tokens;
    if (name.start != sentence.start + 1 || code[work->room->words[sentence.start].start] != OPENS)
        return 0;
    uint32_t last = name.end;
    while (last + 1 < sentence.end && code[work->room->words[last].start] != CLOSES)
        last++;
    const uint32_t end = code[work->room->words[last].start - 1];
    return end == ends[0] || end == ends[1] || end == ends[2];
}

/* X 大漲; X 車用產品成長. */
static jw_status say_bare(const struct place *place, uint32_t at, int32_t factor, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    if (sense->term->kinds & (SENSE_reversed | SENSE_worsened) || sense->term->flags & SENSE_OBJECT || counts_heads(place, sense->tokens.end))
        return JW_OK;
    struct bearers bearers = jwi_senti_bearers(place, sense->tokens, 0);
    if (!bearers.count || bearers.nearest == JW_NONE)
        return JW_OK;
    const jw_range name = place->work->doc->mentions[bearers.nearest].tokens;
    if ((name.start < place->clause->tokens.start && !is_heading(place, name)) || name.start > sense->tokens.start)
        return JW_OK;
    struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start),
                              .market = (int32_t)((int64_t)BARE_VALUE * factor / JW_SCALE), .conf = BARE_CONF, .aspect = sense->term->aspect,
                              .rule = sense->term->rule};
    if (has_noun(place, name.end, sense->tokens.start))
        finding.conf -= 2000;
    finding.magnitude = magnitude_behind(place, sense->tokens.end);
    finding.tone = factor;
    finding.direction = factor > 0 ? JW_DIRECTION_UP : JW_DIRECTION_DOWN;
    return jwi_senti_add(place->work, place, &finding, &bearers, reterr);
}

/* 被岳霖精密超越: the passive word before the sense, NULL when there is none. */
static const struct sense *passive_before(const struct place *place, uint32_t at)
{
    for (uint32_t i = at; i > place->first; i--)
        if (kinds_at(place, i - 1) & SENSE_passive)
            return sense_at(place, i - 1);
    return NULL;
}

/* 超越 X: X loses what the other gains; 被 X 超越: X gains it. */
static jw_status say_other(const struct place *place, uint32_t at, const struct sense *passive, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    const jw_range verb = passive ? passive->tokens : sense->tokens;
    const struct bearers others = jwi_senti_objects(place, verb);
    if (others.nearest == JW_NONE)
        return JW_OK;
    const uint32_t start = place->work->doc->mentions[others.nearest].tokens.start;
    if (start > verb.end + 1 || (passive && start > sense->tokens.start))
        return JW_OK;
    const struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start),
                                    .market = passive ? BARE_VALUE : -BARE_VALUE, .magnitude = JW_SCALE, .conf = BARE_CONF,
                                    .aspect = UINT8_MAX, .direction = passive ? JW_DIRECTION_UP : JW_DIRECTION_DOWN,
                                    .rule = sense->term->rule};
    return jwi_senti_add(place->work, place, &finding, &others, reterr);
}

jw_status jwi_senti_direction(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    int32_t factor = sense->term->kinds & (SENSE_concept | SENSE_word) ? sense->term->sign * JW_SCALE : sense->term->value;
    const uint32_t concept = jwi_senti_concept_of(place, at);
    if (concept != JW_NONE && is_threat(place, sense, sense_at(place, concept)))
        factor = -factor;
    if (!factor || jwi_senti_is_origin(place, at) || is_theme(place, at))
        return JW_OK;
    if (sense->term->flags & SENSE_CONTEST) {
        const struct sense *const passive = passive_before(place, at);
        factor = passive ? -factor : factor;
        TRY(say_other(place, at, passive, reterr));
    }
    if (concept != JW_NONE && !sense_at(place, concept)->term->value)
        return JW_OK; /* 比率上升: of what, nobody knows */
    if (concept == JW_NONE)
        return sense->term->kinds & SENSE_word ? JW_OK : say_bare(place, at, factor, reterr);
    const struct sense *const about = sense_at(place, concept);
    const int32_t valence = sense->term->flags & SENSE_JUDGES ? abs(about->term->value) : about->term->value;
    const uint32_t way = (factor > 0) == (valence == about->term->value) ? 0 : 1; /* a risk that gets worse is up */
    struct finding finding = {.tokens = cover(sense->tokens, about->tokens), .core = sense->tokens, .about = about,
                              .scope = scope_at(place, sense->tokens.start), .market = (int32_t)((int64_t)valence * factor / JW_SCALE),
                              .credit = (int32_t)((int64_t)about->term->credit * 100 * factor / JW_SCALE), .conf = CONCEPT_CONF,
                              .aspect = about->term->aspect, .rule = about->term->rule + way};
    finding.tone = sense->term->kinds & SENSE_word ? sense->term->value : 0;
    finding.magnitude = magnitude_behind(place, sense->tokens.end);
    finding.direction = factor > 0 ? JW_DIRECTION_UP : JW_DIRECTION_DOWN;
    place->work->is_used[concept] = place->work->is_used[at] = 1;
    return jwi_senti_say(place, &finding, 0, reterr);
}
