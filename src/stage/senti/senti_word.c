/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words with a value of their own: 亮眼, 利空出盡, 垃圾, what a forum's writers say of their positions; and concepts that are said not to be
 * there: 沒有資金缺口.
 */
#include "stage/senti/senti_rule.h"

#include "base/error.h"
#include "base/search.h"

#include <string.h>

static uint8_t aspect_near(const struct place *place, uint32_t at)
{
    const uint32_t before = jwi_senti_concept_before(place, at);
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

/* A verb that counts only with its object. */
static int is_verb(const struct sense_term *term)
{
    return term->flags & SENSE_OBJECT && !(term->kinds & (SENSE_view | SENSE_direction));
}

/* 套在山頂 何時才能解套: what has not come to pass. */
static int is_open(const struct place *place, const struct sense *sense)
{
    const struct scope *const scope = scope_at(place, sense->tokens.start);
    return scope_flips(scope) || scope->mood & (JW_MOOD_HYPOTHETICAL | JW_MOOD_QUESTION);
}

/* 空單畢業, 套牢三年終於解套: of a position and what becomes of it the last word tells. */
static int is_outdone(const struct place *place, uint32_t at)
{
    const uint32_t flags = sense_at(place, at)->term->flags;
    if (!(flags & (SENSE_POSITION | SENSE_OUTCOME)))
        return 0;
    for (uint32_t i = at + 1; flags & SENSE_POSITION && i < place->end; i++)
        if (is_verb(sense_at(place, i)->term) && sense_at(place, i)->term->flags & SENSE_CONTEST)
            return 1; /* 買甲不如買乙 */
    for (uint32_t i = at + 1; i < place->work->doc->sense_count && is_beside(place, sense_at(place, i)); i++)
        if (sense_at(place, i)->term->flags & SENSE_OUTCOME && (flags & SENSE_POSITION || i < place->end) && !is_open(place, sense_at(place, i)))
            return 1;
    return 0;
}

/* Only marks stand between the token and the end: 穩懋 谷底多！, 青雲(空) */
static int closes(const struct senti_work *work, uint32_t token, uint32_t end)
{
    while (token < end && work->room->units.cls[work->room->words[token].start] == UNIT_PUNCT)
        token++;
    return token == end;
}

/* [標的] 穩懋 邊緣運算多: the heading under which a forum's writers declare a position. */
static int is_pick(const struct place *place, jw_range tokens)
{
    static const uint32_t heading[] = {'[', 0x6a19, 0x7684, ']'};
    const struct senti_work *const work = place->work;
    const jw_range sentence = work->doc->sentences[place->clause->sentence].tokens;
    const uint32_t first = work->room->words[sentence.start].start, last = work->room->words[sentence.end - 1].end;
    if (!closes(work, tokens.end, sentence.end) || last - first < sizeof heading / sizeof *heading)
        return 0;
    return !memcmp(&work->room->units.code[first], heading, sizeof heading);
}

/* The value that begins with the token, of the kind asked for. */
static int begins_value(const jw_doc *doc, uint32_t token, jw_value_kind kind)
{
    const uint32_t at = SEARCH_FROM(doc->values, doc->value_count, tokens.start, token);
    return at < doc->value_count && doc->values[at].tokens.start == token && doc->values[at].kind == kind;
}

/*
 * 穩懋 多, 6150-空, 長榮180空兩口: the letter is all the clause says of the name, number or mark before it, but for how much.  Who writes so
 * declares a position.
 */
static int is_last(const struct place *place, jw_range tokens)
{
    const struct senti_work *const work = place->work;
    if (tokens.end - tokens.start > 1)
        return 1; /* 分類:多 */
    if (!closes(work, tokens.end, place->clause->tokens.end) && !begins_value(work->doc, tokens.end, JW_VALUE_QUANTITY))
        return 0;
    if (is_pick(place, tokens))
        return 1;
    if (tokens.start == place->clause->tokens.start || work->trait[tokens.start - 1] & NAME_COMPANY)
        return 1;
    const uint8_t before = work->room->units.cls[work->room->words[tokens.start - 1].start];
    return before == UNIT_PUNCT || before == UNIT_DIGIT;
}

static int is_value(const jw_doc *doc, uint32_t token)
{
    const uint32_t at = SEARCH_FROM(doc->values, doc->value_count, tokens.end, token + 1);
    return at < doc->value_count && doc->values[at].tokens.start <= token;
}

/* 甲打造, 甲明年導入, but not 甲董事長推薦書, 選舉行情啟動: a verb whose subject is the firm, and no noun between them. */
static int is_act(const struct place *place, jw_range tokens)
{
    enum { REACH = 48 };
    const struct senti_work *const work = place->work;
    const jw_doc *const doc = work->doc;
    const uint32_t upos = doc->upos[tokens.end - 1];
    if (upos >= 32 || !(work->verbs & 1u << upos))
        return 0;
    const uint32_t start = place->clause->tokens.start, first = tokens.start > start + REACH ? tokens.start - REACH : start;
    for (uint32_t t = tokens.start; t > first && !(work->trait[t - 1] & NAME_COMPANY); t--)
        if (doc->upos[t - 1] < 32 && work->nouns & 1u << doc->upos[t - 1] && !is_value(doc, t - 1))
            return 0;
    return 1;
}

static int has_object(const struct place *place, jw_range verb)
{
    return verb.end < place->clause->tokens.end && place->work->mention[verb.end] != JW_NONE;
}

/* 買聯電的都是韭菜: others are spoken of. */
static int is_of_others(const struct place *place, const struct sense *sense)
{
    const struct senti_work *const work = place->work;
    if (!(sense->term->flags & (SENSE_POSITION | SENSE_OBJECT)) || !has_object(place, sense->tokens))
        return 0;
    const uint32_t behind = work->doc->mentions[work->mention[sense->tokens.end]].tokens.end, end = place->clause->tokens.end;
    return behind < end && code_of(work, behind) == 0x7684 && !(behind + 1 < end && code_is_one_of(code_of(work, behind + 1), u"嗎吧"));
}

static int is_silent(const struct place *place, uint32_t at)
{
    const struct sense *const sense = sense_at(place, at);
    const uint32_t flags = sense->term->flags;
    if (flags & SENSE_FORUM && !doc_is_forum(place->work->doc, place->clause->sentence))
        return 1;
    if (jwi_senti_is_origin(place, at) || only_turns(place, at) || is_listed(place, at) || is_outdone(place, at) || is_of_others(place, sense) ||
        (flags & SENSE_ACT && !is_act(place, sense->tokens)))
        return 1;
    if (is_verb(sense->term) && has_object(place, sense->tokens))
        return 0;
    return flags & SENSE_LAST ? !is_last(place, sense->tokens) : is_verb(sense->term);
}

/* 賣聯電, 押台積電: what stands right behind a verb; else whoever bears other words. */
static struct bearers bearers_of(const struct place *place, const struct sense *sense)
{
    const uint32_t flags = sense->term->flags;
    if (is_verb(sense->term) && has_object(place, sense->tokens))
        return jwi_senti_objects(place, sense->tokens);
    if (flags & SENSE_LAST && is_pick(place, sense->tokens))
        return jwi_senti_first(place);
    return jwi_senti_bearers(place, sense->tokens, (flags & (SENSE_SUBJECT | SENSE_ACT)) != 0);
}

static struct finding say_word(const struct place *place, uint32_t at)
{
    const struct sense *const sense = sense_at(place, at);
    const uint32_t flags = sense->term->flags;
    struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start),
                              .market = sense->term->value, .credit = sense->term->credit * 100, .magnitude = JW_SCALE,
                              .conf = flags & SENSE_LAST    ? DECLARED_CONF
                                      : flags & SENSE_FORUM ? FORUM_CONF
                                      : flags & SENSE_ACT   ? ACT_CONF
                                                            : WORD_CONF,
                              .tone = flags & SENSE_ACT ? 0 : sense->term->value, .aspect = sense->term->aspect, .rule = sense->term->rule};
    if (finding.aspect == UINT8_MAX)
        finding.aspect = aspect_near(place, at);
    if (flags & SENSE_TONE)
        finding.market = finding.credit = 0;
    if (flags & SENSE_OUTCOME && !(flags & SENSE_POSITION) && is_short(place, at))
        finding.market = -finding.market;
    if (!(flags & SENSE_LAST) && finding.scope->mood & JW_MOOD_IRONIC && finding.market > 0)
        finding.market = -finding.market / 2;
    return finding;
}

jw_status jwi_senti_word(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    const uint32_t flags = sense->term->flags;
    if (is_silent(place, at))
        return JW_OK;
    struct finding finding = say_word(place, at);
    const struct bearers bearers = bearers_of(place, sense);
    if (flags & SENSE_ACT && bearers.count && place->work->doc->mentions[bearers.nearest].tokens.start > sense->tokens.start)
        return JW_OK; /* 搶甲的客戶 */
    if (!(flags & SENSE_CONTEST) || !has_object(place, sense->tokens))
        return jwi_senti_add(place->work, place, &finding, &bearers, reterr);
    const struct bearers objects = jwi_senti_objects(place, sense->tokens), others = jwi_senti_bearers(place, sense->tokens, 1);
    finding.market = is_verb(sense->term) ? finding.market : -finding.market; /* 甲換乙, 甲輸給乙 */
    TRY(jwi_senti_add(place->work, place, &finding, &objects, reterr));
    finding.market = -finding.market;
    return others.nearest == objects.nearest ? JW_OK : jwi_senti_add(place->work, place, &finding, &others, reterr);
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
jw_status jwi_senti_absence(const struct place *place, uint32_t at, jw_error *reterr)
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
    return jwi_senti_say(place, &finding, 0, reterr);
}
