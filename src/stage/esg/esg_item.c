/* SPDX-License-Identifier: Apache-2.0 */
/* What is read of a document, by the stage and by its trainer alike: words of the lead, opinions and events there. */
#include "base/error.h"
#include "model/model.h"
#include "model/word_feature.h"
#include "stage/esg/esg.h"

#include <string.h>

enum {
    APART = 1,
    WITHIN = 2,
    LEAD_SENTENCES = 2, /* of the body */
    NEGATED = 2,        /* words behind a negation */
    NEGATIONS = SENSE_negation | SENSE_failed | SENSE_escaped,
    CONTENT = SENSE_word | SENSE_concept | SENSE_direction | SENSE_view | SENSE_plain
};

struct reader {
    const struct esg_view *view;
    const struct room *room;
    const jw_doc *doc;
    uint8_t *is_apart;       /* [token_count]: of a name, or of an operator, which says nothing of itself; WITHIN: in a name behind its first word */
    uint8_t *is_negated;     /* [token_count]: right behind a negation */
    int8_t *sense;           /* [token_count]: 1, -1 where a good or bad word of dict/senti starts */
    uint32_t sentence_count; /* title and lead */
    struct esg_items *items;
};

static uint32_t bits_of(const jw_doc *doc, jw_labels set, const char *const *names, size_t n)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t id = jw_model_label_id(doc->model, set, (jw_bytes){names[i], strlen(names[i])});
        bits |= id < 32 ? 1u << id : 0;
    }
    return bits;
}

static int has_bit(uint32_t bits, uint32_t id)
{
    return id < 32 && bits >> id & 1;
}

static void mark_names(struct reader *reader)
{
    static const char *const types[] = {"PER", "COM", "FIN", "ORG", "GOV", "SEC", "IDX", "PRD", "LOC", "FAC"};
    const jw_doc *const doc = reader->doc;
    const uint32_t names = bits_of(doc, JW_LABELS_MENTION, types, sizeof types / sizeof *types);
    for (uint32_t i = 0; i < doc->mention_count; i++)
        if (has_bit(names, doc->mentions[i].type))
            for (uint32_t t = doc->mentions[i].tokens.start; t < doc->mentions[i].tokens.end; t++)
                reader->is_apart[t] |= t > doc->mentions[i].tokens.start ? APART | WITHIN : APART;
}

/* A name counts as one word, however many it has. */
static void negate(struct reader *reader, uint32_t from)
{
    const uint32_t count = reader->doc->token_count;
    for (uint32_t t = from, left = NEGATED; left && t < count; t++) {
        reader->is_negated[t] = 1;
        left -= t + 1 == count || !(reader->is_apart[t + 1] & WITHIN);
    }
}

/* Negations reach two words here, not what scopes say: a clause may begin elsewhere with another name. */
static void mark_senses(struct reader *reader)
{
    for (uint32_t i = 0; i < reader->doc->sense_count; i++) {
        const struct sense *const sense = &reader->doc->senses[i];
        const uint32_t kinds = sense->term->kinds, end = sense->tokens.end;
        if (kinds & NEGATIONS)
            negate(reader, end);
        for (uint32_t t = sense->tokens.start; !(kinds & CONTENT) && t < end; t++)
            reader->is_apart[t] |= APART;
        if (kinds & SENSE_word && sense->term->value)
            reader->sense[sense->tokens.start] = sense->term->value > 0 ? 1 : -1;
    }
}

static void find_lead(struct reader *reader)
{
    const jw_doc *const doc = reader->doc;
    uint32_t n = 0, lead = 0;
    for (; n < doc->sentence_count; n++) {
        const uint32_t kind = doc->parts[doc->sentences[n].part].kind;
        lead += kind == JW_PART_BODY;
        if (kind == JW_PART_REPLY || lead > LEAD_SENTENCES)
            break;
    }
    reader->sentence_count = n;
}

static void set_amount(struct esg_amount *amount, uint32_t of, int32_t value)
{
    amount->value = value < 0 ? -value : value;
    amount->of = of + (value < 0);
}

/* As much is left of a negated word as of a negated statement; section Scopes of docs/FINANCE.md. */
static int32_t turned(const struct reader *reader, uint32_t token, int32_t polarity)
{
    return reader->is_negated[token] ? -polarity / 2 : polarity;
}

/*
 * A word that is in no list may be a name, and one character a part of one that was not found.  Tags are not asked: they may change with the
 * names around.
 */
static void add_word(struct reader *reader, uint32_t token)
{
    const struct room_word *const place = &reader->room->words[token];
    const struct units word = units_slice(reader->room->units, place->start, place->end);
    const uint64_t key = esg_key(ESG_KEY_WORD, jwi_word_key(word));
    const struct esg_slot *const slot = jwi_esg_find(reader->view, key);
    if (reader->is_apart[token] || (!slot && !reader->sense[token]) || reader->room->units.cls[place->start] != UNIT_HAN ||
        (word.len == 1 && !reader->sense[token]))
        return;
    struct esg_item *const item = &reader->items->at[reader->items->len++];
    memset(item, 0, sizeof *item);
    item->text = reader->doc->tokens[token].text;
    item->source = JW_ESG_WORD;
    item->keys[0] = key;
    set_amount(&item->amounts[0], ESG_OF_WORD, turned(reader, token, slot ? slot->polarity : 0));
    set_amount(&item->amounts[1], ESG_OF_SENSE, turned(reader, token, reader->sense[token] * JW_SCALE));
}

static struct esg_item *add_claim(struct reader *reader, const jw_claim *claim, uint32_t source)
{
    struct esg_item *const item = &reader->items->at[reader->items->len++];
    memset(item, 0, sizeof *item);
    item->text = claim->text;
    item->rule = claim->rule;
    item->source = source;
    return item;
}

static uint64_t key_of_bytes(enum esg_key kind, const char *at, size_t len)
{
    uint64_t hash = 1;
    for (size_t i = 0; i < len; i++)
        hash = hash_join(hash, (unsigned char)at[i]);
    return esg_key(kind, hash);
}

static void add_opinion(struct reader *reader, const jw_opinion *opinion)
{
    struct esg_item *const item = add_claim(reader, &opinion->claim, JW_ESG_OPINION);
    item->keys[0] = key_of_bytes(ESG_KEY_RULE, item->rule.at, item->rule.len);
    set_amount(&item->amounts[0], ESG_OF_OPINION, opinion->claim.market);
}

static void add_event(struct reader *reader, const jw_event *event)
{
    struct esg_item *const item = add_claim(reader, &event->claim, JW_ESG_EVENT);
    const char *const code = jw_model_label(reader->doc->model, JW_LABELS_EVENT, event->type);
    const size_t group = code ? strcspn(code, ".") : 0;
    item->keys[0] = key_of_bytes(ESG_KEY_LEAF, code, code ? strlen(code) : 0) + event->claim.direction;
    item->keys[1] = key_of_bytes(ESG_KEY_GROUP, code, group);
    set_amount(&item->amounts[0], ESG_OF_EVENT, event->claim.market);
    set_amount(&item->amounts[1], ESG_OF_CREDIT, event->claim.credit / 3);
}

static void add_claims(struct reader *reader)
{
    const jw_doc *const doc = reader->doc;
    for (uint32_t i = 0; i < doc->opinion_count; i++)
        if (doc->opinions[i].claim.sentence < reader->sentence_count)
            add_opinion(reader, &doc->opinions[i]);
    for (uint32_t i = 0; i < doc->event_count; i++)
        if (doc->events[i].same == i && doc->events[i].claim.sentence < reader->sentence_count)
            add_event(reader, &doc->events[i]);
}

jw_status jwi_esg_items(const struct esg_view *view, const struct room *room, const jw_doc *doc, struct arena *arena,
                        struct esg_items *ret, jw_error *reterr)
{
    struct reader reader = {.view = view, .room = room, .doc = doc, .items = ret};
    reader.is_apart = PUSH_ZERO(arena, uint8_t, doc->token_count);
    reader.is_negated = PUSH_ZERO(arena, uint8_t, doc->token_count);
    reader.sense = PUSH_ZERO(arena, int8_t, doc->token_count);
    ret->at = PUSH(arena, struct esg_item, (size_t)doc->token_count + doc->opinion_count + doc->event_count);
    ret->len = 0;
    if (!reader.is_apart || !reader.is_negated || !reader.sense || !ret->at)
        return jwi_fail_memory(reterr);
    mark_names(&reader);
    mark_senses(&reader);
    find_lead(&reader);
    for (uint32_t i = 0; i < reader.sentence_count; i++)
        for (uint32_t t = doc->sentences[i].tokens.start; t < doc->sentences[i].tokens.end; t++)
            add_word(&reader, t);
    add_claims(&reader);
    return JW_OK;
}
