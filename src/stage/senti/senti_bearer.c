/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who bears an opinion: the company named last before its words in the clause, unless a preposition governs it and another stands before;
 * else one behind the words, else the subject carried over, else the first the sentence names later.  What is said of an index, a currency
 * or an industry is said of no company.  Names in a row bear together.
 */
#include "stage/senti/senti_work.h"

#include "base/search.h"

enum { OWN_CONF = 10000, BEHIND_CONF = 7500, CARRIED_CONF = 9000, LATER_CONF = 7000, FAR_CONF = 5500 };

/* First sense that begins at or behind the token. */
static uint32_t sense_from(const jw_doc *doc, uint32_t token)
{
    return SEARCH_FROM(doc->senses, doc->sense_count, tokens.start, token);
}

/* 與 和 跟 向 給 替 為 從 由 比 較 於 before the name; 無畏, 入股 and the like. */
static int is_governed(const struct senti_work *work, uint32_t start, uint32_t token)
{
    const uint32_t at = sense_from(work->doc, token);
    if (token == start)
        return 0;
    return code_is_one_of(code_of(work, token - 1), u"與和跟向給替為從由比較於") ||
           work->room->units.code[work->room->words[token - 1].end - 1] == 0x81ea || /* 來自 */
           (at && work->doc->senses[at - 1].tokens.end == token && work->doc->senses[at - 1].tokens.start >= start &&
            work->doc->senses[at - 1].term->flags & SENSE_SUBJECT && work->doc->senses[at - 1].term->kinds & SENSE_plain);
}

/* Where the row of names begins in which one begins at the token: 與|甲、乙. */
static uint32_t row_start(const struct senti_work *work, uint32_t start, uint32_t token)
{
    while (token > start + 1 && code_of(work, token - 1) == 0x3001 && work->trait[token - 2] & NAME_COMPANY) {
        token--;
        do
            token--;
        while (token > start && work->mention[token] == JW_NONE);
    }
    return token;
}

/* 被某公司打臉, 獲某公司力挺: who does it, not to whom it is done. */
static int is_agent(const struct senti_work *work, uint32_t start, uint32_t token)
{
    return token > start && code_is_one_of(code_of(work, token - 1), u"被遭獲受");
}

/* 、 與 和 及 跟 & between two names of a row. */
static int is_link(const struct senti_work *work, uint32_t token)
{
    return code_is_one_of(code_of(work, token), u"、與和及跟&/");
}

static uint32_t mention_before(const struct senti_work *work, uint32_t start, uint32_t token)
{
    while (token > start && work->mention[token - 1] == JW_NONE)
        token--;
    return token > start ? work->mention[token - 1] : JW_NONE;
}

static uint32_t mention_from(const struct senti_work *work, uint32_t token, uint32_t end)
{
    while (token < end && work->mention[token] == JW_NONE)
        token++;
    return token < end ? work->mention[token] : JW_NONE;
}

/* What is said beside the name is not said of it. */
static int is_apart(const struct place *place, uint32_t mention)
{
    const jw_doc *const doc = place->work->doc;
    return doc->scopes[doc->mentions[mention].tokens.start].role != 0;
}

/* 超越某公司 拿下冠軍: what follows is told of who has beaten it. */
static int is_beaten(const struct place *place, uint32_t mention)
{
    const jw_doc *const doc = place->work->doc;
    const uint32_t start = doc->mentions[mention].tokens.start, at = sense_from(doc, start);
    return at > place->first && doc->senses[at - 1].term->flags & SENSE_CONTEST && doc->senses[at - 1].tokens.end + 1 >= start;
}

static struct bearers alone(uint32_t mention, int32_t conf)
{
    struct bearers bearers = {.conf = conf, .nearest = mention};
    if (mention != JW_NONE)
        bearers.mention[bearers.count++] = mention;
    return bearers;
}

/* The name that stands before token `at`, joined to it by one mark of a row or by nothing: 特斯拉、蘋果; 特斯拉蘋果. */
static uint32_t joined_before(const struct place *place, uint32_t at)
{
    const struct senti_work *const work = place->work;
    const uint32_t start = place->clause->tokens.start, before = mention_before(work, start, at);
    if (before == JW_NONE)
        return JW_NONE;
    const uint32_t end = work->doc->mentions[before].tokens.end;
    return end == at || (end + 1 == at && is_link(work, end)) ? before : JW_NONE;
}

static uint32_t joined_behind(const struct place *place, uint32_t at)
{
    const struct senti_work *const work = place->work;
    if (at < place->clause->tokens.end && work->mention[at] != JW_NONE)
        return work->mention[at];
    return at + 1 < place->clause->tokens.end && is_link(work, at) ? work->mention[at + 1] : JW_NONE;
}

/* 陽明2609 names one firm twice. */
static void add_joined(const struct senti_work *work, struct bearers *bearers, uint32_t mention)
{
    const uint32_t entity = work->doc->links[mention].entity;
    for (uint32_t i = 0; i < bearers->count && entity != JW_NONE; i++)
        if (work->doc->links[bearers->mention[i]].entity == entity)
            return;
    bearers->mention[bearers->count++] = mention;
}

/* The row of names the mention stands in. */
static struct bearers row_of(const struct place *place, uint32_t mention, int32_t conf)
{
    const struct senti_work *const work = place->work;
    const jw_mention *const all = work->doc->mentions;
    struct bearers bearers = alone(mention, conf);
    for (uint32_t at = mention; bearers.count < BEARERS && (at = joined_before(place, all[at].tokens.start)) != JW_NONE;)
        add_joined(work, &bearers, at);
    for (uint32_t at = mention; bearers.count < BEARERS && (at = joined_behind(place, all[at].tokens.end)) != JW_NONE;)
        add_joined(work, &bearers, at);
    return bearers;
}

/* 超眾法說：|與日本電產合作綜效浮現: the clause takes its subject over from one before it in the sentence. */
static int has_subject_before(const struct place *place)
{
    const jw_doc *const doc = place->work->doc;
    const uint32_t subject = place->clause->subject;
    return subject != JW_NONE && doc->mentions[subject].tokens.start < place->clause->tokens.start &&
           doc->mentions[subject].tokens.start >= doc->sentences[place->clause->sentence].tokens.start;
}

/* The name that counts left of the words: the nearest that is governed by nothing, else the nearest, unless the clause has a subject before it. */
static uint32_t left_of(const struct place *place, uint32_t token)
{
    const struct senti_work *const work = place->work;
    const uint32_t start = place->clause->tokens.start;
    uint32_t nearest = JW_NONE;
    for (uint32_t mention; (mention = mention_before(work, start, token)) != JW_NONE; token = work->doc->mentions[mention].tokens.start) {
        if (is_apart(place, mention) || is_agent(work, start, work->doc->mentions[mention].tokens.start) || is_beaten(place, mention))
            continue;
        nearest = nearest == JW_NONE ? mention : nearest;
        if (!is_governed(work, start, row_start(work, start, work->doc->mentions[mention].tokens.start)))
            return mention;
    }
    return has_subject_before(place) ? JW_NONE : nearest;
}

/* 高鎳電池需求, 面板供需: a good or an industry before another noun only says what kind of thing that is. */
static int is_kind_of(const struct place *place, uint32_t token)
{
    const struct senti_work *const work = place->work;
    const uint32_t upos = work->doc->upos[token];
    const uint32_t sense = sense_from(work->doc, token);
    return work->trait[token - 1] & NAME_GOODS && !work->trait[token] && upos < 32 && work->nouns & 1u << upos &&
           (sense == work->doc->sense_count || work->doc->senses[sense].tokens.start > token);
}

/* Where the market that words could be about may begin: behind the company and the line of business right behind its name, 某公司面板業務. */
static uint32_t market_start(const struct place *place, uint32_t company)
{
    const struct senti_work *const work = place->work;
    if (company == JW_NONE)
        return place->clause->tokens.start;
    uint32_t start = work->doc->mentions[company].tokens.end;
    while (start < place->clause->tokens.end && work->trait[start] & NAME_GOODS)
        start++;
    return start;
}

/* 台股重挫: the nearest name is that of a market. */
static int is_of_market(const struct place *place, jw_range tokens, uint32_t company)
{
    const uint32_t start = market_start(place, company);
    for (uint32_t t = tokens.start; t > start; t--)
        if (place->work->trait[t - 1] & NAME_MARKET && !(t < tokens.start && is_kind_of(place, t)))
            return 1;
    return 0;
}

/* The first name behind the clause in the sentence; of a headline without names, in the next one too. */
static struct bearers later(const struct place *place)
{
    const struct senti_work *const work = place->work;
    const jw_doc *const doc = work->doc;
    const uint32_t sentence = place->clause->sentence;
    uint32_t mention = mention_from(work, place->clause->tokens.end, doc->sentences[sentence].tokens.end);
    if (mention == JW_NONE && sentence + 1 < doc->sentence_count && doc->parts[doc->sentences[sentence].part].kind == JW_PART_TITLE &&
        doc->sentences[sentence + 1].part == doc->sentences[sentence].part)
        mention = mention_from(work, doc->sentences[sentence].tokens.end, doc->sentences[sentence + 1].tokens.end);
    if (mention == JW_NONE || is_apart(place, mention))
        return alone(JW_NONE, 0);
    struct place there = *place;
    there.clause = &doc->clauses[doc->scopes[doc->mentions[mention].tokens.start].clause];
    return row_of(&there, mention, LATER_CONF);
}

/* A person, an authority or a country is what the clause is about. */
static int has_other_subject(const struct place *place)
{
    return place->work->trait[place->clause->tokens.start] & NAME_OTHER;
}

struct bearers jwi_senti_bearers(const struct place *place, jw_range tokens, int is_before)
{
    const uint32_t left = left_of(place, tokens.end);
    if (is_of_market(place, tokens, left))
        return alone(JW_NONE, 0);
    if (left != JW_NONE)
        return row_of(place, left, OWN_CONF);
    const uint32_t behind = mention_from(place->work, tokens.end, place->clause->tokens.end);
    if (behind != JW_NONE && !is_before && !is_apart(place, behind) &&
        !is_agent(place->work, place->clause->tokens.start, place->work->doc->mentions[behind].tokens.start))
        return row_of(place, behind, BEHIND_CONF);
    if (has_other_subject(place))
        return alone(JW_NONE, 0);
    if (place->clause->subject != JW_NONE) {
        const int is_near = place->work->doc->mentions[place->clause->subject].tokens.start >=
                            place->work->doc->sentences[place->clause->sentence].tokens.start;
        struct place there = *place; /* 特斯拉、輝達股價衝太快 近期恐回落: the whole row is carried over */
        there.clause = &place->work->doc->clauses[place->work->doc->scopes[place->work->doc->mentions[place->clause->subject].tokens.start].clause];
        return is_near ? row_of(&there, place->clause->subject, CARRIED_CONF) : alone(place->clause->subject, FAR_CONF);
    }
    return later(place);
}

struct bearers jwi_senti_objects(const struct place *place, jw_range verb)
{
    const uint32_t object = mention_from(place->work, verb.end, place->clause->tokens.end);
    if (object != JW_NONE)
        return row_of(place, object, OWN_CONF);
    return alone(JW_NONE, 0);
}

struct bearers jwi_senti_first(const struct place *place)
{
    const jw_range sentence = place->work->doc->sentences[place->clause->sentence].tokens;
    return alone(mention_from(place->work, sentence.start, sentence.end), OWN_CONF);
}

struct bearers jwi_senti_base(const struct place *place, uint32_t token)
{
    enum { REACH = 32 };
    const jw_doc *const doc = place->work->doc;
    const struct clause *const before = place->clause - (place->index && place->clause[-1].sentence == place->clause->sentence);
    for (uint32_t t = token; t > before->tokens.start && token - t < REACH; t--)
        if (doc->scopes[t - 1].role & ROLE_BASE)
            return alone(place->work->mention[t - 1], FAR_CONF);
    return alone(JW_NONE, 0);
}
