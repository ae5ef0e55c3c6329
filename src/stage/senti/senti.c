/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage senti: opinions: what is said well or ill of a company without being an event of the taxonomy.  Rules over the senses of each
 * clause (senti_rule), a bearer for each (senti_bearer), and here what they are worth: value x degree x magnitude x status of their scope.
 * An event may say the same; the score stage counts it once.
 */
#include "base/error.h"
#include "stage/senti/senti_work.h"

#include "model/model.h"

#include <stdio.h>
#include <string.h>

/* Room for opinions per word; beyond it, a document of nothing but rows of names, the last ones are left out. */
enum { MEAN_BEARERS = 3 };
#define SENSES_THAT_SAY (SENSE_view | SENSE_expect | SENSE_direction | SENSE_word | SENSE_concept)

static jw_bytes text_of(const jw_doc *doc, jw_range tokens)
{
    const uint32_t start = doc->tokens[tokens.start].text.start;
    const jw_bytes text = {doc->text.at + start, doc->tokens[tokens.end - 1].text.end - start};
    return text;
}

/* How two words are bound in the tree: "<-nsubj-", "-obj->", or ".." when nothing binds them. */
static void describe_arc(const jw_doc *doc, jw_range from, jw_range to, char *ret, size_t size)
{
    snprintf(ret, size, "..");
    if (!(doc->layers & JW_LAYER_ARCS))
        return;
    for (uint32_t t = from.start; t < from.end; t++)
        if (doc->arcs[t].head >= to.start && doc->arcs[t].head < to.end) {
            const char *const name = jw_model_label(doc->model, JW_LABELS_DEP, doc->arcs[t].rel);
            snprintf(ret, size, "<-%s-", name ? name : "");
            return;
        }
    for (uint32_t t = to.start; t < to.end; t++)
        if (doc->arcs[t].head >= from.start && doc->arcs[t].head < from.end) {
            const char *const name = jw_model_label(doc->model, JW_LABELS_DEP, doc->arcs[t].rel);
            snprintf(ret, size, "-%s->", name ? name : "");
            return;
        }
}

/* 成本<-nsubj-下降 */
static jw_status make_path(jw_doc *doc, const struct finding *finding, jw_bytes *ret, jw_error *reterr)
{
    const jw_bytes core = text_of(doc, finding->core);
    char arc[48] = "";
    jw_bytes about = {"", 0};
    if (finding->about) {
        about = text_of(doc, finding->about->tokens);
        describe_arc(doc, finding->about->tokens, finding->core, arc, sizeof arc);
    }
    const size_t arc_len = strlen(arc), len = about.len + arc_len + core.len;
    char *const path = PUSH(&doc->arena, char, len);
    if (!path)
        return jwi_fail_memory(reterr);
    memcpy(path, about.at, about.len);
    memcpy(path + about.len, arc, arc_len);
    memcpy(path + about.len + arc_len, core.at, core.len);
    ret->at = path;
    ret->len = len;
    return JW_OK;
}

static int32_t clamp(int64_t value, int32_t most)
{
    return value > most ? most : value < -most ? -most : (int32_t)value;
}

/* Value x degree x magnitude x status. */
static int32_t weigh(const struct finding *finding, int32_t value, int32_t most)
{
    int64_t product = (int64_t)value * finding->scope->degree / JW_SCALE * finding->magnitude / JW_SCALE;
    product = product * scope_factor(finding->scope, finding->is_exempt) / JW_SCALE;
    return clamp(product, most);
}

static void fill_claim(const struct senti_work *work, const struct place *place, const struct finding *finding, jw_claim *claim)
{
    const jw_doc *const doc = work->doc;
    const struct scope *const scope = finding->scope;
    claim->text.start = doc->tokens[finding->core.start].text.start;
    claim->text.end = doc->tokens[finding->core.end - 1].text.end;
    claim->why.start = doc->tokens[finding->tokens.start].text.start;
    claim->why.end = doc->tokens[finding->tokens.end - 1].text.end;
    claim->tokens = finding->tokens;
    claim->sentence = place->clause->sentence;
    claim->market = weigh(finding, finding->market, JW_SCALE);
    claim->credit = weigh(finding, finding->credit, 3 * JW_SCALE);
    claim->magnitude = finding->magnitude;
    claim->degree = scope->degree;
    claim->aspect = finding->aspect == UINT8_MAX ? work->other_aspect : finding->aspect;
    claim->direction = finding->direction;
    claim->fact = scope->fact;
    claim->negation = (uint8_t)(scope->negations == 0 ? JW_NEGATION_NONE : scope->negations % 2 ? JW_NEGATED : JW_NEGATED_TWICE);
    claim->mood = scope->mood;
    claim->progress = scope->progress;
    claim->rule = senses_rule(work->senses, finding->rule);
}

static void push_opinions(struct senti_work *work, const jw_opinion *opinion, const struct bearers *bearers)
{
    jw_doc *const doc = work->doc;
    for (uint32_t i = 0; i < bearers->count && doc->opinion_count < work->cap; i++) {
        const uint32_t entity = doc->links[bearers->mention[i]].entity;
        if (entity == JW_NONE)
            continue;
        doc->opinions[doc->opinion_count] = *opinion;
        doc->opinions[doc->opinion_count++].claim.entity = entity;
    }
}

jw_status jwi_senti_add(struct senti_work *work, const struct place *place, const struct finding *finding, const struct bearers *bearers,
                        jw_error *reterr)
{
    if (!bearers->count || (!finding->market && !finding->credit && !finding->tone))
        return JW_OK;
    jw_opinion opinion;
    memset(&opinion, 0, sizeof opinion);
    fill_claim(work, place, finding, &opinion.claim);
    opinion.tone = finding->tone;
    opinion.claim.conf = (int32_t)((int64_t)finding->conf * bearers->conf / JW_SCALE);
    TRY(make_path(work->doc, finding, &opinion.claim.path, reterr));
    push_opinions(work, &opinion, bearers);
    if (!doc_is_forum(work->doc, place->clause->sentence))
        return JW_OK;
    const struct bearers base = jwi_senti_base(place, finding->core.start);
    opinion.claim.market = -opinion.claim.market;
    opinion.claim.credit = 0;
    opinion.tone = -opinion.tone;
    opinion.claim.conf = (int32_t)((int64_t)finding->conf * base.conf / JW_SCALE);
    push_opinions(work, &opinion, &base);
    return JW_OK;
}

/* Opinions of one clause, found by kind of rule, into the order of the text; few, so by insertion. */
static void sort_from(jw_doc *doc, uint32_t first)
{
    for (uint32_t i = first + 1; i < doc->opinion_count; i++) {
        const jw_opinion opinion = doc->opinions[i];
        uint32_t at = i;
        for (; at > first && doc->opinions[at - 1].claim.text.start > opinion.claim.text.start; at--)
            doc->opinions[at] = doc->opinions[at - 1];
        doc->opinions[at] = opinion;
    }
}

/* Ids of some labels as bits. */
static uint32_t ids_of(const jw_doc *doc, jw_labels set, const char *const *names)
{
    uint32_t ids = 0;
    for (; *names; names++) {
        const jw_bytes name = {*names, strlen(*names)};
        const uint32_t id = jw_model_label_id(doc->model, set, name);
        ids |= id < 32 ? 1u << id : 0;
    }
    return ids;
}

static void mark_names(struct senti_work *work)
{
    static const char *const companies[] = {"COM", "FIN", "SEC", NULL};
    static const char *const markets[] = {"IDX", "CUR", "CMD", "IND", NULL};
    static const char *const others[] = {"PER", "GOV", "ORG", "LOC", NULL};
    static const char *const banks[] = {"FIN", NULL};
    static const char *const people[] = {"PER", NULL};
    static const char *const goods[] = {"CMD", "IND", NULL};
    const jw_doc *const doc = work->doc;
    const uint32_t company = ids_of(doc, JW_LABELS_MENTION, companies), market = ids_of(doc, JW_LABELS_MENTION, markets),
                   other = ids_of(doc, JW_LABELS_MENTION, others), bank = ids_of(doc, JW_LABELS_MENTION, banks),
                   person = ids_of(doc, JW_LABELS_MENTION, people), good = ids_of(doc, JW_LABELS_MENTION, goods);
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const jw_mention *const mention = &doc->mentions[i];
        const uint32_t type = mention->type < 32 ? 1u << mention->type : 0;
        const uint8_t trait = (uint8_t)((type & company ? NAME_COMPANY : 0) | (type & market ? NAME_MARKET : 0) |
                                        (type & other ? NAME_OTHER : 0) | (type & bank ? NAME_SOURCE : 0) | (type & person ? NAME_PERSON : 0) |
                                        (type & good ? NAME_GOODS : 0));
        for (uint32_t t = mention->tokens.start; t < mention->tokens.end; t++)
            work->trait[t] |= trait;
        if (trait & NAME_COMPANY)
            work->mention[mention->tokens.start] = i;
    }
    for (uint32_t i = 0; i < doc->sense_count; i++)
        for (uint32_t t = doc->senses[i].tokens.start; doc->senses[i].term->flags & SENSE_MARKET && t < doc->senses[i].tokens.end; t++)
            work->trait[t] |= NAME_MARKET;
    for (uint32_t i = 0; i < doc->value_count; i++)
        for (uint32_t t = doc->values[i].tokens.start; doc->values[i].kind == JW_VALUE_MONEY && t < doc->values[i].tokens.end; t++)
            work->trait[t] &= (uint8_t)~NAME_MARKET; /* 美元 of 30億美元 is no market */
}

static jw_status prepare(struct senti_work *work, jw_error *reterr)
{
    static const char *const nouns[] = {"NOUN", "PROPN", "X", NULL};
    static const char *const verbs[] = {"VERB", "ADP", NULL};
    static const jw_bytes reputation = {"reputation", 10};
    jw_doc *const doc = work->doc;
    struct arena *const arena = work->room->scratch;
    for (uint32_t i = 0; i < doc->sense_count; i++)
        work->cap += doc->senses[i].term->kinds & SENSES_THAT_SAY ? MEAN_BEARERS : 0;
    work->trait = PUSH_ZERO(arena, uint8_t, doc->token_count);
    work->mention = PUSH(arena, uint32_t, doc->token_count);
    work->is_used = PUSH_ZERO(arena, uint8_t, doc->sense_count);
    doc->opinions = PUSH(&doc->arena, jw_opinion, work->cap);
    if (!work->trait || !work->mention || !work->is_used || !doc->opinions)
        return jwi_fail_memory(reterr);
    memset(work->mention, 0xff, doc->token_count * sizeof *work->mention);
    mark_names(work);
    work->nouns = ids_of(doc, JW_LABELS_UPOS, nouns);
    work->verbs = ids_of(doc, JW_LABELS_UPOS, verbs);
    work->other_aspect = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_ASPECT, reputation);
    return JW_OK;
}

static jw_status senti_open(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    (void)lexicon;
    return jwi_senses_open(file, view, reterr);
}

/* Keys of a form name losses and risks that nobody has; what a form reports is its event. */
static int is_form_text(const jw_doc *doc, uint32_t sentence)
{
    return doc->meta.source_type == JW_ANNOUNCEMENT && doc->form.field_count > 0 && doc->parts[doc->sentences[sentence].part].kind == JW_PART_BODY;
}

static jw_status senti_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    struct senti_work work = {.senses = view, .room = room, .doc = doc};
    doc->opinion_count = 0;
    TRY(prepare(&work, reterr));
    uint32_t sense = 0;
    for (uint32_t i = 0; i < doc->clause_count; i++) {
        struct place place = {.work = &work, .clause = &doc->clauses[i], .index = i, .first = sense};
        while (sense < doc->sense_count && doc->senses[sense].tokens.start < place.clause->tokens.end)
            sense++;
        place.end = sense;
        if (is_form_text(doc, place.clause->sentence))
            continue;
        const uint32_t first = doc->opinion_count;
        TRY(jwi_senti_clause(&place, reterr));
        sort_from(doc, first);
    }
    return JW_OK;
}

const struct stage jwi_stage_senti = {
    .name = "senti",
    .reads = LAYER_SCOPES,
    .writes = JW_LAYER_OPINIONS,
    .view_size = sizeof(struct senses),
    .open = senti_open,
    .run = senti_run,
};
