/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Relevance by the anchors of docs/FINANCE.md, the first that holds.  Mentions in strips, lists and replies do not count as mentions in the
 * body; nor does a name that only says for whom a quoted person works ("晨曜證券分析師指出") or who reports.
 */
#include "base/error.h"
#include "base/sort.h"
#include "stage/score/score.h"

#include <string.h>

enum { LEAD_SENTENCES = 2, QUOTE_WINDOW = 8, ROUNDUP_COMPANIES = 8, ROUNDUP_TITLED = 5, ROUNDUP_CAP = 50, CITED = 20 };

/* What is counted of one entity. */
struct place {
    uint32_t mentions, body_mentions, body_sentences, title_mentions, listed;
    uint32_t last_sentence, last_about; /* + 1: the newest counted */
    uint32_t tokens_about, first_sentence;
    uint32_t part_subjects, last_subject; /* sentences of the paragraph that it is subject of */
    uint8_t has_title_role, has_lead_role, is_subject, is_passive, is_object, leads_paragraph;
};

struct survey {
    struct desk *desk;
    struct place *places; /* [entity_count] */
    uint32_t paragraph, paragraph_end; /* sentences of the paragraph it stands in */
};

static struct place *place_of(const struct survey *survey, uint32_t entity)
{
    return entity < survey->desk->doc->entity_count ? &survey->places[entity] : NULL;
}

/* "晨曜證券 研究部 主管 王大明 指出": nouns, an analyst or a person among them, then a verb of saying; or a name that reports. */
static int is_source(const struct survey *survey, jw_range tokens, uint32_t end)
{
    const struct desk *const desk = survey->desk;
    const jw_doc *const doc = desk->doc;
    uint32_t seen = 0;
    for (uint32_t t = tokens.end; t < end && t < tokens.end + QUOTE_WINDOW; t++) {
        const uint32_t bits = desk->word_bits[t];
        if (bits & WORD_SOURCE)
            return 1;
        if (bits & WORD_QUOTING)
            return (seen & WORD_ANALYST) != 0;
        seen |= bits;
        if (bits & WORD_ANALYST)
            continue;
        if (doc->upos[t] >= 32 || !(desk->noun_tags >> doc->upos[t] & 1))
            return 0;
    }
    return 0;
}

static void count_body(struct place *place, uint32_t sentence)
{
    place->body_mentions++;
    if (place->last_sentence != sentence + 1)
        place->body_sentences++;
    place->last_sentence = sentence + 1;
}

static void count_about(const struct desk *desk, struct place *place, uint32_t sentence)
{
    if (place->last_about > sentence)
        return;
    const jw_range tokens = desk->doc->sentences[sentence].tokens;
    if (!place->last_about)
        place->first_sentence = sentence < desk->title_end ? 1 : sentence - desk->title_end + 2;
    place->last_about = sentence + 1;
    place->tokens_about += tokens.end - tokens.start;
}

/* Sentences of the paragraph that starts at `start`. */
static uint32_t paragraph_end(const jw_doc *doc, uint32_t start)
{
    uint32_t end = start + 1;
    while (end < doc->sentence_count && !(doc->sentences[end].flags & JW_SENTENCE_PARAGRAPH) &&
           doc->sentences[end].part == doc->sentences[start].part)
        end++;
    return end;
}

/* A sentence of the body has the entity as a subject; half the sentences of a paragraph of several make it the paragraph's. */
static void count_subject(struct survey *survey, struct place *place, uint32_t sentence)
{
    const jw_doc *const doc = survey->desk->doc;
    if (sentence < survey->desk->title_end || sentence >= survey->desk->body_end || place->last_subject == sentence + 1)
        return;
    while (sentence >= survey->paragraph_end) {
        survey->paragraph = survey->paragraph_end;
        survey->paragraph_end = paragraph_end(doc, survey->paragraph);
    }
    const uint32_t sentences = survey->paragraph_end - survey->paragraph;
    if (place->last_subject < survey->paragraph + 1)
        place->part_subjects = 0;
    place->last_subject = sentence + 1;
    place->part_subjects++;
    place->leads_paragraph |= sentences > 1 && 2 * place->part_subjects >= sentences;
}

/* Whether a verb stands between; those of saying and supposing do not count: "傳晨曜科技砍單". */
static int has_verb(const struct desk *desk, uint32_t start, uint32_t end)
{
    for (uint32_t t = start; t < end; t++)
        if (desk->doc->upos[t] == desk->verb_tag && !(desk->word_bits[t] & (WORD_QUOTING | WORD_UNCERTAIN)))
            return 1;
    return 0;
}

static int is_possessive(const jw_doc *doc, uint32_t token)
{
    static const char mark[] = "的";
    const jw_range text = token < doc->token_count ? doc->tokens[token].text : (jw_range){0, 0};
    return text.end - text.start == sizeof mark - 1 && memcmp(doc->text.at + text.start, mark, sizeof mark - 1) == 0;
}

/*
 * The subject of a clause is a name that no verb stands before and no 的 behind.  Trees are not asked: another name may change a tree, and who
 * is named must not change a score.
 */
static void read_bearing(struct survey *survey, struct place *place, uint32_t mention, uint32_t sentence, uint32_t *at)
{
    const struct desk *const desk = survey->desk;
    const jw_doc *const doc = desk->doc;
    const jw_range tokens = doc->mentions[mention].tokens;
    while (*at < doc->clause_count && doc->clauses[*at].tokens.end <= tokens.start)
        ++*at;
    if (*at == doc->clause_count)
        return;
    const struct clause *const clause = &doc->clauses[*at];
    const int is_after = has_verb(desk, clause->tokens.start, tokens.start);
    const int is_subject = clause->subject == mention && !is_after && !is_possessive(doc, tokens.end);
    place->is_subject |= is_subject && !clause->is_passive;
    place->is_passive |= is_subject && clause->is_passive;
    place->is_object |= is_after && !is_possessive(doc, tokens.end);
    if (is_subject)
        count_subject(survey, place, sentence);
}

static void survey_mentions(struct survey *survey)
{
    const struct desk *const desk = survey->desk;
    const jw_doc *const doc = desk->doc;
    uint32_t sentence = 0, clause = 0;
    for (uint32_t m = 0; m < doc->mention_count; m++) {
        const jw_range tokens = doc->mentions[m].tokens;
        struct place *const place = place_of(survey, doc->links[m].entity);
        while (sentence + 1 < doc->sentence_count && doc->sentences[sentence].tokens.end <= tokens.start)
            sentence++;
        if (!place)
            continue;
        place->mentions++;
        count_about(desk, place, sentence);
        const int is_listed = (doc->scopes[tokens.start].mood & JW_MOOD_LISTED) || sentence >= desk->body_end;
        if (!is_listed && is_source(survey, tokens, doc->sentences[sentence].tokens.end))
            continue;
        read_bearing(survey, place, m, sentence, &clause);
        if (sentence < desk->title_end)
            place->title_mentions++;
        else if (is_listed)
            place->listed++;
        else
            count_body(place, sentence);
    }
}

static void give_role(struct survey *survey, uint32_t entity, int is_title, int is_lead)
{
    struct place *const place = place_of(survey, entity);
    if (!place)
        return;
    place->has_title_role |= (uint8_t)is_title;
    place->has_lead_role |= (uint8_t)is_lead;
}

/* Merged events stand where they are said; who plays a role is told by the first. */
static void survey_events(struct survey *survey)
{
    const struct desk *const desk = survey->desk;
    const jw_doc *const doc = desk->doc;
    for (uint32_t i = 0; i < doc->event_count; i++) {
        const jw_event *const at = &doc->events[i], *const first = &doc->events[at->same];
        const int is_title = ((at->flags | first->flags) & JW_EVENT_TITLE) != 0;
        const int is_lead = at->claim.sentence >= desk->title_end && at->claim.sentence < desk->body_end &&
                            at->claim.sentence < desk->title_end + LEAD_SENTENCES && !(at->claim.mood & JW_MOOD_LISTED);
        give_role(survey, first->claim.entity, is_title, is_lead);
        for (uint32_t a = 0; a < first->arg_count; a++)
            give_role(survey, doc->event_args[first->first_arg + a].entity, is_title, is_lead);
    }
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t anchor(const struct place *place, uint8_t *ret)
{
    const uint32_t n = place->mentions;
    if (place->title_mentions && place->has_title_role) {
        *ret = JW_ANCHOR_TITLE_ROLE;
        return 100;
    }
    if (place->title_mentions) {
        *ret = JW_ANCHOR_TITLE;
        return 90 + smaller(9, n - 1);
    }
    if (place->has_lead_role && place->body_mentions) {
        *ret = JW_ANCHOR_LEAD;
        return 76 + smaller(13, 3 * (n - 1));
    }
    if ((place->body_mentions >= 3 && place->body_sentences >= 2) || (place->leads_paragraph && place->body_mentions)) {
        *ret = JW_ANCHOR_FREQUENT;
        return 51 + smaller(24, 4 * (n > 3 ? n - 3 : 0));
    }
    if (place->body_mentions) {
        *ret = JW_ANCHOR_BODY;
        return 21 + smaller(29, 10 * (n - 1) + (place->is_subject || place->is_passive ? 9 : 0));
    }
    *ret = place->listed ? JW_ANCHOR_LISTED : JW_ANCHOR_NONE;
    return place->listed ? smaller(20, n) : 0;
}

/* The head of the record names its issuer, so the title does. */
static void count_issuer(struct place *place)
{
    place->title_mentions += !place->title_mentions;
    place->mentions += !place->mentions;
}

static int has_roundup_title(const struct desk *desk)
{
    const jw_doc *const doc = desk->doc;
    for (uint32_t i = 0; i < desk->title_end; i++)
        for (uint32_t t = doc->sentences[i].tokens.start; t < doc->sentences[i].tokens.end; t++)
            if (desk->word_bits[t] & WORD_ROUNDUP)
                return 1;
    return 0;
}

static int is_company(const jw_doc *doc, uint32_t entity, const uint32_t types[2])
{
    return doc->entities[entity].type == types[0] || doc->entities[entity].type == types[1];
}

static void find_roundup(struct desk *desk)
{
    jw_doc *const doc = desk->doc;
    const uint32_t types[2] = {jw_model_label_id(doc->model, JW_LABELS_MENTION, (jw_bytes){"COM", 3}),
                               jw_model_label_id(doc->model, JW_LABELS_MENTION, (jw_bytes){"FIN", 3})};
    jw_doc_score *const whole = &doc->whole_score;
    for (uint32_t i = 0; i < doc->entity_count; i++)
        whole->company_count += is_company(doc, i, types) && doc->scores[i].uncapped > CITED;
    whole->is_roundup =
        whole->company_count >= ROUNDUP_COMPANIES || (whole->company_count >= ROUNDUP_TITLED && has_roundup_title(desk));
    if (!whole->is_roundup)
        return;
    for (uint32_t i = 0; i < doc->entity_count; i++)
        doc->scores[i].relevance = (uint8_t)smaller(doc->scores[i].relevance, ROUNDUP_CAP);
}

static int bytes_after(jw_bytes a, jw_bytes b)
{
    const int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
    return order ? order > 0 : a.len > b.len;
}

/* Relevance descending, then the first span, then the id. */
static int is_after(const void *context, uint32_t a, uint32_t b)
{
    const jw_doc *const doc = context;
    const jw_entity *const x = &doc->entities[a], *const y = &doc->entities[b];
    if (doc->scores[a].relevance != doc->scores[b].relevance)
        return doc->scores[a].relevance < doc->scores[b].relevance;
    if (x->first_mention != y->first_mention)
        return x->first_mention > y->first_mention;
    return bytes_after(x->eid, y->eid);
}

static jw_status rank(struct desk *desk, jw_error *reterr)
{
    jw_doc *const doc = desk->doc;
    uint32_t *const order = PUSH(desk->arena, uint32_t, 2 * (size_t)doc->entity_count);
    if (!order)
        return jwi_fail_memory(reterr);
    jwi_sort(order, order + doc->entity_count, doc->entity_count, is_after, doc);
    for (uint32_t i = 0; i < doc->entity_count; i++)
        doc->scores[i].ranked = order[i];
    return JW_OK;
}

static uint8_t bearing(const struct place *place)
{
    if (place->is_subject)
        return JW_BEARING_SUBJECT;
    if (place->is_passive)
        return JW_BEARING_PASSIVE;
    return place->is_object ? JW_BEARING_OBJECT : JW_BEARING_OTHER;
}

/* Sentences that speak of an entity without naming it. */
static void survey_items(struct survey *survey)
{
    const struct desk *const desk = survey->desk;
    for (uint32_t i = 0; i < desk->item_count; i++) {
        struct place *const place = &survey->places[desk->items[i].entity];
        if (desk->items[i].event == JW_NONE && desk->items[i].opinion == JW_NONE)
            continue; /* a mark */
        const uint32_t sentence = desk->items[i].claim->sentence;
        if (place->last_about && sentence >= place->last_about)
            count_about(desk, place, sentence);
    }
}

jw_status jwi_score_relevance(struct desk *desk, jw_error *reterr)
{
    jw_doc *const doc = desk->doc;
    struct survey survey = {.desk = desk, .places = PUSH_ZERO(desk->arena, struct place, doc->entity_count)};
    if (!survey.places)
        return jwi_fail_memory(reterr);
    survey_mentions(&survey);
    survey_events(&survey);
    survey_items(&survey);
    for (uint32_t i = 0; i < doc->entity_count; i++) {
        jw_score *const score = &doc->scores[i];
        if (doc->issuer == i + 1)
            count_issuer(&survey.places[i]);
        score->uncapped = anchor(&survey.places[i], &score->anchor);
        score->relevance = (uint8_t)score->uncapped;
        score->bearing = bearing(&survey.places[i]);
        score->first_sentence = survey.places[i].first_sentence;
        score->tokens_about = survey.places[i].tokens_about;
    }
    find_roundup(desk);
    return rank(desk, reterr);
}
