/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a clause says, from its senses:
 *   view        看好 X, X 獲看好: good or bad for its object
 *   comparison  財報優於預期; 虧損低於預期: for a loss less is better
 *   direction   senti_direction.c
 *   word        senti_word.c
 */
#include "stage/senti/senti_rule.h"

enum { EXPECT_VALUE = 5000 };

jw_status jwi_senti_say(const struct place *place, struct finding *finding, int is_before, jw_error *reterr)
{
    const jw_doc *const doc = place->work->doc;
    const jw_range anchor = finding->about ? finding->about->tokens : finding->core;
    struct place there = *place; /* where the concept stands: 市占率攀升 再拉大差距 */
    there.clause = &doc->clauses[doc->scopes[anchor.start].clause];
    const struct bearers bearers = jwi_senti_bearers(&there, anchor, is_before);
    return jwi_senti_add(place->work, place, finding, &bearers, reterr);
}

/* Where the name right before the token begins; the token itself when none stands there. */
static uint32_t name_start(const struct place *place, uint32_t token)
{
    uint32_t start = token;
    if (start > place->clause->tokens.start && place->work->trait[start - 1] & NAME_COMPANY)
        do
            start--;
        while (start > place->clause->tokens.start && place->work->mention[start] == JW_NONE);
    return start;
}

/* 被看好, 獲青睞, 獲某公司採用: the passive word left of which the object stands, NULL when there is none. */
static const struct sense *passive_of(const struct place *place, uint32_t at)
{
    const uint32_t start = name_start(place, sense_at(place, at)->tokens.start);
    if (at == place->first || !(kinds_at(place, at - 1) & SENSE_passive) || sense_at(place, at - 1)->tokens.end != start)
        return NULL;
    return sense_at(place, at - 1);
}

/* 銷售看旺, 後市看俏: the concept right before a verb without object, JW_NONE when there is none. */
static uint32_t concept_viewed(const struct place *place, uint32_t at)
{
    enum { NEAR = 1 };
    const uint32_t before = jwi_senti_concept_before(place, at);
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

/* X 我不看好; X 人潮少 看衰: on forums a view without object at the end of its clause is of what the clause begins with, or the one before. */
static int is_topic(const struct place *place, jw_range tokens)
{
    const jw_range clause = place->clause->tokens;
    return tokens.end == clause.end && doc_is_forum(place->work->doc, place->clause->sentence) &&
           (tokens.start == clause.start ? place->clause->subject != JW_NONE : place->work->trait[clause.start] & NAME_COMPANY);
}

static jw_status say_view(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start),
                              .market = sense->term->value, .magnitude = JW_SCALE, .conf = VIEW_CONF, .is_exempt = 1, .aspect = UINT8_MAX,
                              .tone = sense->term->value, .rule = sense->term->rule};
    const struct sense *const passive = passive_of(place, at);
    struct bearers bearers = passive                          ? jwi_senti_bearers(place, passive->tokens, 0)
                             : ends_row(place, sense->tokens) ? jwi_senti_bearers(place, sense->tokens, 0)
                                                              : jwi_senti_objects(place, sense->tokens);
    if (!bearers.count && ((place->clause->is_passive && place->clause->subject != JW_NONE) || jwi_senti_concept_behind(place, at) != JW_NONE ||
                           is_topic(place, sense->tokens)))
        bearers = jwi_senti_bearers(place, sense->tokens, 1); /* X 看好明年需求 speaks of X */
    place->work->is_used[at] = bearers.count != 0;
    const uint32_t viewed = bearers.count ? JW_NONE : concept_viewed(place, at);
    if (viewed == JW_NONE)
        return jwi_senti_add(place->work, place, &finding, &bearers, reterr);
    finding.about = sense_at(place, viewed);
    finding.market = finding.about->term->value < 0 ? -finding.market : finding.market;
    finding.aspect = finding.about->term->aspect;
    finding.tokens = cover(sense->tokens, finding.about->tokens);
    place->work->is_used[viewed] = place->work->is_used[at] = 1;
    return jwi_senti_say(place, &finding, 0, reterr);
}

/* 亮眼; 買 X 之後出清: where the writer tells of a position, a view without an object is a word like others. */
static int is_word(const struct place *place, uint32_t at)
{
    const uint32_t kinds = kinds_at(place, at);
    return kinds & SENSE_word && !place->work->is_used[at] && (!(kinds & SENSE_view) || sense_at(place, at)->term->flags & SENSE_FORUM);
}

/* 優於 and 不如 praise and blame; 低於 and 高於 are worth what their concept is worth. */
static jw_status say_comparison(const struct place *place, uint32_t at, jw_error *reterr)
{
    const struct sense *const sense = sense_at(place, at);
    if (!sense->term->sign)
        return JW_OK;
    uint32_t concept = jwi_senti_concept_before(place, at);
    if (concept == JW_NONE)
        concept = jwi_senti_concept_behind(place, at);
    int32_t value = sense->term->sign * EXPECT_VALUE;
    struct finding finding = {.tokens = sense->tokens, .core = sense->tokens, .scope = scope_at(place, sense->tokens.start), .magnitude = JW_SCALE,
                              .conf = EXPECT_CONF, .aspect = UINT8_MAX, .rule = sense->term->rule, .is_exempt = 1};
    if (concept != JW_NONE) {
        const struct sense *const about = sense_at(place, concept);
        place->work->is_used[concept] = 1;
        finding.about = about;
        finding.aspect = about->term->aspect;
        finding.tokens = cover(sense->tokens, about->tokens);
        if (sense->term->kinds & SENSE_direction && jwi_senti_valence(place, about) < 0)
            value = -value;
    }
    finding.market = value;
    finding.direction = sense->term->sign > 0 ? JW_DIRECTION_UP : JW_DIRECTION_DOWN;
    return jwi_senti_say(place, &finding, 0, reterr);
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
            status = jwi_senti_direction(place, i, reterr);
        if (status != JW_OK)
            return status;
    }
    for (uint32_t i = place->first; i < place->end; i++)
        if (is_word(place, i)) {
            const jw_status status = jwi_senti_word(place, i, reterr);
            if (status != JW_OK)
                return status;
        } else if ((kinds_at(place, i) & (SENSE_concept | SENSE_direction)) == SENSE_concept && !place->work->is_used[i]) {
            const jw_status status = jwi_senti_absence(place, i, reterr);
            if (status != JW_OK)
                return status;
        }
    return JW_OK;
}
