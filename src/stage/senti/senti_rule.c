/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a clause says, from its senses:
 *   view        看好 X, X 獲看好: good or bad for its object
 *   comparison  財報優於預期; 虧損低於預期: for a loss less is better
 *   direction   成本下降, 調升財測: valence of the concept x direction; without a concept what a company does: X 大漲
 *   word        亮眼, 利空出盡, 垃圾: its own value
 */
#include "stage/senti/senti_work.h"

#include "base/search.h"

#include <stdlib.h>
#include <string.h>

enum {
    CONCEPT_CONF = 8000,
    EXPECT_CONF = 8500,
    VIEW_CONF = 7000,
    WORD_CONF = 6500,
    FORUM_CONF = 8500, /* of words that count on forums only: they tell what the writer thinks */
    DECLARED_CONF = 9500,
    BARE_CONF = 6000,
    BARE_VALUE = 3500, /* of a direction whose concept no list knows */
    EXPECT_VALUE = 5000,
    OBJECT_GAP = 8,    /* tokens between a verb and its concept: 調升 全年 每股 獲利 預估 */
    LEFT_GAP = 14
};

static const struct sense *sense_at(const struct place *place, uint32_t i)
{
    return &place->work->doc->senses[i];
}

static uint32_t kinds_at(const struct place *place, uint32_t i)
{
    return sense_at(place, i)->term->kinds;
}

static const struct scope *scope_at(const struct place *place, uint32_t token)
{
    return &place->work->doc->scopes[token];
}

static jw_range cover(jw_range a, jw_range b)
{
    const jw_range both = {a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
    return both;
}

static int is_forum(const struct place *place)
{
    const jw_doc *const doc = place->work->doc;
    return doc->meta.source_type == JW_FORUM || doc->parts[doc->sentences[place->clause->sentence].part].kind == JW_PART_REPLY;
}

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

/* 由季增5%下修至持平: what stands behind 由 is where a change comes from. */
static int is_origin(const struct place *place, uint32_t at)
{
    const struct senti_work *const work = place->work;
    const uint32_t start = sense_at(place, at)->tokens.start;
    if (start == place->clause->tokens.start)
        return 0;
    const struct room_word *const word = &work->room->words[start - 1];
    const uint32_t code = word->end == word->start + 1 ? work->room->units.code[word->start] : 0;
    return code == 0x7531 || code == 0x5f9e || code == 0x81ea; /* 由 從 自 */
}

/* 攀升至歷史新高: the second direction says how far the first has gone. */
static int is_level(const struct place *place, uint32_t first, uint32_t second)
{
    enum { GAP = 3 };
    return sense_at(place, first)->term->sign == sense_at(place, second)->term->sign &&
           sense_at(place, second)->tokens.start - sense_at(place, first)->tokens.end <= GAP;
}

/* The concept before sense `at`, up to another direction; JW_NONE when there is none. */
static uint32_t concept_before(const struct place *place, uint32_t at)
{
    for (uint32_t i = at; i > place->first; i--) {
        const uint32_t kinds = kinds_at(place, i - 1);
        if (kinds & SENSE_concept)
            return sense_at(place, at)->tokens.start - sense_at(place, i - 1)->tokens.end <= LEFT_GAP ? i - 1 : JW_NONE;
        if (kinds & SENSE_direction && !is_origin(place, i - 1) && !is_level(place, i - 1, at))
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

static uint32_t concept_behind(const struct place *place, uint32_t at)
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

/* 上修財測, 降低成本: the direction is a verb with its object behind it. */
static uint32_t concept_of(const struct place *place, uint32_t at)
{
    const uint32_t behind = concept_behind(place, at), before = concept_before(place, at);
    if (sense_at(place, at)->term->flags & SENSE_OBJECT && kinds_at(place, at) & (SENSE_concept | SENSE_word))
        return behind; /* 關稅衝擊 is no blow to the tariff */
    if (behind == JW_NONE || before == JW_NONE)
        return behind == JW_NONE ? before : behind;
    if (sense_at(place, at)->term->flags & SENSE_OBJECT)
        return behind;
    const uint32_t gap = sense_at(place, behind)->tokens.start - sense_at(place, at)->tokens.end;
    return gap <= 3 && sense_at(place, at)->tokens.start > sense_at(place, before)->tokens.end + 1 ? behind : before;
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
    const struct room_word *const word = &place->work->room->words[place->clause->tokens.start];
    const uint32_t code = place->work->room->units.code[word->start];
    return word->end == word->start + 1 && (code == 0x8f03 || code == 0x6bd4); /* 較 比 */
}

/* 營收月減兩成，但年增一成: a clause that begins with a direction, or with a comparison, speaks of what the last one spoke of. */
static uint32_t concept_carried(const struct place *place, uint32_t at)
{
    enum { HEAD = 2 };
    const struct sense *const sense = sense_at(place, at);
    if (sense->term->kinds & (SENSE_concept | SENSE_word | SENSE_reversed | SENSE_worsened) || sense->term->flags & SENSE_OBJECT ||
        (sense->tokens.start > place->clause->tokens.start + HEAD && !is_compared(place)) ||
        place->work->mention[place->clause->tokens.start] != JW_NONE)
        return JW_NONE;
    return concept_last(place);
}

/* Valence of the last concept of the clause before, for 幅度, 金額 and the like. */
static int32_t valence_before(const struct place *place)
{
    const uint32_t last = concept_last(place);
    return last == JW_NONE ? 0 : sense_at(place, last)->term->value;
}

static int32_t valence_of(const struct place *place, const struct sense *concept)
{
    return concept->term->value ? concept->term->value : valence_before(place);
}

static jw_status emit(const struct place *place, struct finding *finding, int is_before, jw_error *reterr)
{
    const jw_range anchor = finding->about ? finding->about->tokens : finding->core;
    const struct bearers bearers = jwi_senti_bearers(place, anchor, is_before);
    return jwi_senti_add(place->work, place, finding, &bearers, reterr);
}

/* 被看好, 獲青睞: who stands before is the object. */
static int is_viewed(const struct place *place, uint32_t at)
{
    return at > place->first && kinds_at(place, at - 1) & SENSE_passive && sense_at(place, at - 1)->tokens.end == sense_at(place, at)->tokens.start;
}

/* 銷售看旺, 後市看俏: the concept right before a verb without object, JW_NONE when there is none. */
static uint32_t concept_viewed(const struct place *place, uint32_t at)
{
    enum { NEAR = 1 };
    const uint32_t before = concept_before(place, at);
    return before != JW_NONE && sense_at(place, before)->term->value &&
                   sense_at(place, at)->tokens.start <= sense_at(place, before)->tokens.end + NEAR
               ? before
               : JW_NONE;
}

/* 某公司、某公司看旺: the names right before a view that ends the clause are what is viewed, unless a bank says it. */
static int ends_row(const struct place *place, jw_range tokens)
{
    return tokens.end == place->clause->tokens.end && tokens.start > place->clause->tokens.start &&
           (place->work->trait[tokens.start - 1] & (NAME_COMPANY | NAME_SOURCE)) == NAME_COMPANY;
}

static jw_status say_view(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start),
                              .market = sense->term->value, .magnitude = JW_SCALE, .conf = VIEW_CONF, .is_exempt = 1, .aspect = UINT8_MAX,
                              .tone = sense->term->value, .rule = sense->term->rule};
    struct bearers bearers = is_viewed(place, at) || ends_row(place, sense->tokens) ? jwi_senti_bearers(place, sense->tokens, 0)
                                                                                    : jwi_senti_objects(place, sense->tokens);
    if (!bearers.count && ((place->clause->is_passive && place->clause->subject != JW_NONE) || concept_behind(place, at) != JW_NONE))
        bearers = jwi_senti_bearers(place, sense->tokens, 1); /* X 看好明年需求 speaks of X */
    const uint32_t viewed = bearers.count ? JW_NONE : concept_viewed(place, at);
    if (viewed == JW_NONE)
        return jwi_senti_add(place->work, place, &finding, &bearers, reterr);
    finding.about = sense_at(place, viewed);
    finding.market = finding.about->term->value < 0 ? -finding.market : finding.market;
    finding.aspect = finding.about->term->aspect;
    finding.tokens = cover(sense->tokens, finding.about->tokens);
    place->work->is_used[viewed] = 1;
    return emit(place, &finding, 0, reterr);
}

/* 優於 and 不如 praise and blame; 低於 and 高於 are worth what their concept is worth. */
static jw_status say_comparison(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    if (!sense->term->sign)
        return JW_OK;
    uint32_t concept = concept_before(place, at);
    if (concept == JW_NONE)
        concept = concept_behind(place, at);
    int32_t value = sense->term->sign * EXPECT_VALUE;
    struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start), .magnitude = JW_SCALE,
                              .conf = EXPECT_CONF, .aspect = UINT8_MAX, .rule = sense->term->rule, .is_exempt = 1};
    if (concept != JW_NONE) {
        const struct sense *const about = sense_at(place, concept);
        place->work->is_used[concept] = 1;
        finding.about = about;
        finding.aspect = about->term->aspect;
        finding.tokens = cover(sense->tokens, about->tokens);
        if (sense->term->kinds & SENSE_direction && valence_of(place, about) < 0)
            value = -value;
    }
    finding.market = value;
    finding.direction = sense->term->sign > 0 ? JW_DIRECTION_UP : JW_DIRECTION_DOWN;
    return emit(place, &finding, 0, reterr);
}

/* 成長 of 成長趨緩 is what the next direction is about, 緩慢 of 緩慢成長 how it goes. */
static int is_theme(const struct place *place, uint32_t at)
{
    return kinds_at(place, at) & (SENSE_concept | SENSE_degree) && at + 1 < place->end && kinds_at(place, at + 1) & SENSE_direction &&
           sense_at(place, at + 1)->tokens.start <= sense_at(place, at)->tokens.end + 1;
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

/* 被岳霖精密超越 */
static int is_suffered(const struct place *place, uint32_t at)
{
    for (uint32_t i = at; i > place->first; i--)
        if (kinds_at(place, i - 1) & SENSE_passive)
            return 1;
    return 0;
}

/* 超越 X: X loses what the other gains. */
static jw_status say_loser(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    const struct bearers losers = jwi_senti_objects(place, sense->tokens);
    if (losers.nearest == JW_NONE || place->work->doc->mentions[losers.nearest].tokens.start > sense->tokens.end + 1)
        return JW_OK;
    const struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start),
                                    .market = -BARE_VALUE, .magnitude = JW_SCALE, .conf = BARE_CONF, .aspect = UINT8_MAX,
                                    .direction = JW_DIRECTION_DOWN, .rule = sense->term->rule};
    return jwi_senti_add(place->work, place, &finding, &losers, reterr);
}

static jw_status say_direction(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    int32_t factor = sense->term->kinds & (SENSE_concept | SENSE_word) ? sense->term->sign * JW_SCALE : sense->term->value;
    uint32_t concept = concept_of(place, at);
    if (concept == JW_NONE)
        concept = concept_carried(place, at);
    if (!factor || is_origin(place, at) || is_theme(place, at))
        return JW_OK;
    if (sense->term->flags & SENSE_CONTEST) {
        if (is_suffered(place, at))
            factor = -factor;
        else if (say_loser(place, at, reterr) != JW_OK)
            return JW_EMEMORY;
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
    return emit(place, &finding, 0, reterr);
}

static uint8_t aspect_near(const struct place *place, uint32_t at)
{
    const uint32_t before = concept_before(place, at);
    return before == JW_NONE ? UINT8_MAX : sense_at(place, before)->term->aspect;
}

/* 裁員計畫喊卡: the word turns something bad round and is no second bad thing. */
static int only_turns(const struct place *place, uint32_t at)
{
    if (!(kinds_at(place, at) & (SENSE_negation | SENSE_failed)))
        return 0;
    for (uint32_t i = at; i > place->first; i--)
        if (kinds_at(place, i - 1) & (SENSE_word | SENSE_concept) && sense_at(place, i - 1)->term->value < 0)
            return 1;
    return 0;
}

/* 春源、有益、燁輝: a name that nobody knows, in a row of names. */
static int is_listed(const struct place *place, uint32_t at)
{
    const struct senti_work *const work = place->work;
    const jw_range tokens = sense_at(place, at)->tokens;
    return tokens.start > place->clause->tokens.start + 1 && tokens.end < place->clause->tokens.end &&
           work->room->units.code[work->room->words[tokens.start - 1].start] == 0x3001 &&
           work->room->units.code[work->room->words[tokens.end].start] == 0x3001 && work->trait[tokens.start - 2] & NAME_COMPANY;
}

/* The sense stands in the clause at work or in the one before or behind it, in the same sentence. */
static int is_beside(const struct place *place, const struct sense *sense)
{
    const jw_doc *const doc = place->work->doc;
    const uint32_t clause = doc->scopes[sense->tokens.start].clause;
    return clause + 1 >= place->index && clause <= place->index + 1 && doc->clauses[clause].sentence == place->clause->sentence;
}

/* 空單全回補，今天賺爛: the word tells how a position ends, and the position named last before it is a short one. */
static int is_short(const struct place *place, uint32_t at)
{
    for (uint32_t i = at; i > 0 && is_beside(place, sense_at(place, i - 1)); i--)
        if (sense_at(place, i - 1)->term->flags & SENSE_POSITION)
            return sense_at(place, i - 1)->term->value < 0 || sense_at(place, i - 1)->term->flags & SENSE_OUTCOME;
    return 0;
}

/* 空單畢業, 套牢三年終於解套: of a position and what becomes of it the last word tells. */
static int is_outdone(const struct place *place, uint32_t at)
{
    const uint32_t flags = sense_at(place, at)->term->flags;
    if (!(flags & (SENSE_POSITION | SENSE_OUTCOME)))
        return 0;
    for (uint32_t i = at + 1; i < place->work->doc->sense_count && is_beside(place, sense_at(place, i)); i++)
        if (sense_at(place, i)->term->flags & SENSE_OUTCOME && (flags & SENSE_POSITION || i < place->end))
            return 1;
    return 0;
}

/* [標的] 穩懋 邊緣運算多: the heading under which a forum's writers declare a position. */
static int is_pick(const struct place *place, jw_range tokens)
{
    static const uint32_t heading[] = {'[', 0x6a19, 0x7684, ']'};
    const struct senti_work *const work = place->work;
    const jw_range sentence = work->doc->sentences[place->clause->sentence].tokens;
    const uint32_t first = work->room->words[sentence.start].start, last = work->room->words[sentence.end - 1].end;
    if (tokens.end != sentence.end || last - first < sizeof heading / sizeof *heading)
        return 0;
    return !memcmp(&work->room->units.code[first], heading, sizeof heading);
}

/* 穩懋 多, 6150-空: the letter is all the clause says of the name, number or mark before it.  Who writes so declares a position. */
static int is_last(const struct place *place, jw_range tokens)
{
    const struct senti_work *const work = place->work;
    if (tokens.end != place->clause->tokens.end || tokens.end - tokens.start > 1)
        return tokens.end - tokens.start > 1; /* 分類:多 */
    if (is_pick(place, tokens))
        return 1;
    if (tokens.start == place->clause->tokens.start || work->trait[tokens.start - 1] & NAME_COMPANY)
        return 1;
    const uint8_t before = work->room->units.cls[work->room->words[tokens.start - 1].start];
    return before == UNIT_PUNCT || before == UNIT_DIGIT;
}

static jw_status say_word(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    if ((sense->term->flags & SENSE_FORUM && !is_forum(place)) || is_origin(place, at) || only_turns(place, at) || is_listed(place, at) ||
        is_outdone(place, at) || (sense->term->flags & SENSE_LAST && !is_last(place, sense->tokens)))
        return JW_OK;
    struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start),
                              .market = sense->term->value, .credit = sense->term->credit * 100, .magnitude = JW_SCALE,
                              .conf = sense->term->flags & SENSE_FORUM ? FORUM_CONF : WORD_CONF, .tone = sense->term->value,
                              .aspect = sense->term->aspect, .rule = sense->term->rule};
    if (finding.aspect == UINT8_MAX)
        finding.aspect = aspect_near(place, at);
    if (sense->term->flags & SENSE_TONE)
        finding.market = finding.credit = 0;
    if (sense->term->flags & SENSE_OUTCOME && !(sense->term->flags & SENSE_POSITION) && is_short(place, at))
        finding.market = -finding.market;
    if (sense->term->flags & SENSE_LAST && is_pick(place, sense->tokens)) {
        const struct bearers picked = jwi_senti_first(place);
        finding.conf = DECLARED_CONF;
        return jwi_senti_add(place->work, place, &finding, &picked, reterr);
    }
    if (sense->term->flags & SENSE_LAST)
        finding.conf = DECLARED_CONF;
    else if (finding.scope->mood & JW_MOOD_IRONIC && finding.market > 0)
        finding.market = -finding.market / 2;
    return emit(place, &finding, (sense->term->flags & SENSE_SUBJECT) != 0, reterr);
}

static int has_tag(const struct place *place, uint32_t start, uint32_t end, uint32_t tags)
{
    const jw_doc *const doc = place->work->doc;
    for (uint32_t t = start; t < end; t++)
        if (doc->upos[t] < 32 && tags & 1u << doc->upos[t])
            return 1;
    return 0;
}

/* 沒有資金缺口, 缺乏訂單, 避開關稅衝擊, 解除禁令: a concept that is said not to be there. */
static jw_status say_absence(const struct place *place, uint32_t at, jw_error *reterr)
{
    enum { GAP = 2 };
    const struct sense *const sense = sense_at(place, at);
    const struct scope *const scope = scope_at(place, sense->tokens.start);
    uint32_t by = at;
    while (by > place->first && kinds_at(place, by - 1) & SENSE_concept && sense_at(place, by)->tokens.start <= sense_at(place, by - 1)->tokens.end)
        by--;
    if (!scope_flips(scope) || by == place->first || !(kinds_at(place, by - 1) & (SENSE_negation | SENSE_escaped | SENSE_cancelled)) ||
        sense_at(place, by)->tokens.start - sense_at(place, by - 1)->tokens.end > GAP ||
        has_tag(place, sense_at(place, by - 1)->tokens.end, sense_at(place, by)->tokens.start, place->work->verbs))
        return JW_OK; /* 不評論價格, 不會對營運: what is negated is the verb between, or behind */
    struct finding finding = {.tokens = cover(sense_at(place, by - 1)->tokens, sense->tokens), .core = sense->tokens, .scope = scope,
                              .market = sense->term->value, .credit = sense->term->credit * 100, .magnitude = JW_SCALE, .conf = BARE_CONF,
                              .aspect = sense->term->aspect, .rule = sense->term->rule + 1, .direction = JW_DIRECTION_DOWN};
    return emit(place, &finding, 0, reterr);
}

jw_status jwi_senti_clause(const struct place *place, jw_error *reterr)
{
    for (uint32_t i = place->first; i < place->end; i++) {
        const uint32_t kinds = kinds_at(place, i);
        jw_status status = JW_OK;
        if (kinds & SENSE_view)
            status = say_view(place, i, reterr);
        else if (kinds & SENSE_expect)
            status = say_comparison(place, i, reterr);
        else if (kinds & SENSE_direction)
            status = say_direction(place, i, reterr);
        if (status != JW_OK)
            return status;
    }
    for (uint32_t i = place->first; i < place->end; i++)
        if ((kinds_at(place, i) & (SENSE_word | SENSE_view)) == SENSE_word && !place->work->is_used[i]) {
            const jw_status status = say_word(place, i, reterr);
            if (status != JW_OK)
                return status;
        } else if ((kinds_at(place, i) & (SENSE_concept | SENSE_direction)) == SENSE_concept && !place->work->is_used[i]) {
            const jw_status status = say_absence(place, i, reterr);
            if (status != JW_OK)
                return status;
        }
    return JW_OK;
}
