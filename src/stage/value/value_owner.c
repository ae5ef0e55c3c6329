/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose value it is: the mention of a company, security, index, currency or commodity that it is said of.
 * Method: with trees, up from the value to the first word that has such a mention as its subject or modifier; else, and where the tree
 * says nothing, the nearest such mention before the value in its sentence, else the last one of the sentence before in the same part.
 */
#include "stage/value/value.h"

#include "base/search.h"

#include <string.h>

enum { OWNER_TYPES = 6, CLIMB = 8 };

struct owner {
    const jw_doc *doc;
    const jw_value *values; /* sorted, `count` of them */
    uint32_t count;
    uint32_t type[OWNER_TYPES];
    uint32_t subject, modifier, topic; /* relations */
};

static uint32_t label_of(const jw_doc *doc, jw_labels set, const char *name)
{
    const jw_bytes label = {name, strlen(name)};
    return jw_model_label_id(doc->model, set, label);
}

/* The 美元 of 2億美元 is its unit and owns nothing. */
static int is_in_value(const struct owner *owner, const jw_mention *mention)
{
    const uint32_t start = owner->doc->tokens[mention->tokens.start].text.start;
    const uint32_t low = SEARCH_FROM(owner->values, owner->count, text.end, start + 1);
    return low < owner->count && owner->values[low].text.start <= start;
}

static int may_own(const struct owner *owner, const jw_mention *mention)
{
    for (int i = 0; i < OWNER_TYPES; i++)
        if (owner->type[i] == mention->type)
            return !is_in_value(owner, mention);
    return 0;
}

/* The word of the mention whose head lies outside it. */
static uint32_t head_of(const jw_doc *doc, const jw_mention *mention)
{
    for (uint32_t i = mention->tokens.start; i < mention->tokens.end; i++) {
        const uint32_t head = doc->arcs[i].head;
        if (head == JW_NONE || head < mention->tokens.start || head >= mention->tokens.end)
            return i;
    }
    return mention->tokens.start;
}

static int is_attached(const struct owner *owner, const jw_mention *mention, uint32_t to)
{
    const jw_arc *arc = &owner->doc->arcs[head_of(owner->doc, mention)];
    return arc->head == to &&
           (arc->rel == owner->subject || arc->rel == owner->modifier || arc->rel == owner->topic);
}

/* Mentions [first, end) lie before the value in its sentence. */
static uint32_t by_tree(const struct owner *owner, uint32_t token, uint32_t first, uint32_t end)
{
    for (int step = 0; step < CLIMB && token != JW_NONE;
         step++, token = owner->doc->arcs[token].head)
        for (uint32_t i = end; i > first; i--)
            if (may_own(owner, &owner->doc->mentions[i - 1]) &&
                is_attached(owner, &owner->doc->mentions[i - 1], token))
                return i - 1;
    return JW_NONE;
}

static uint32_t last_owner(const struct owner *owner, uint32_t first, uint32_t end)
{
    for (uint32_t i = end; i > first; i--)
        if (may_own(owner, &owner->doc->mentions[i - 1]))
            return i - 1;
    return JW_NONE;
}

/* Where the reading of a document stands: mentions and values go by once. */
struct reading {
    uint32_t value, mention, before; /* before: owner of the sentence before */
};

static void own_sentence(const struct owner *owner, const jw_sentence *sentence, struct reading *at,
                         jw_value *values, uint32_t count)
{
    const jw_doc *doc = owner->doc;
    const uint32_t first = at->mention;
    while (at->mention < doc->mention_count &&
           doc->mentions[at->mention].tokens.start < sentence->tokens.end)
        at->mention++;
    const uint32_t window =
        at->mention - first > 64 ? at->mention - 64 : first; /* a list of names has no long reach */
    for (uint32_t near = window;
         at->value < count && values[at->value].text.start < sentence->text.end; at->value++) {
        jw_value *value = &values[at->value];
        while (near < at->mention && doc->mentions[near].tokens.end <= value->tokens.start)
            near++;
        if (value->kind == JW_VALUE_DATE || value->kind == JW_VALUE_DURATION ||
            value->kind == JW_VALUE_CODE || value->tokens.start >= doc->token_count)
            continue;
        value->mention = doc->layers & JW_LAYER_ARCS
                             ? by_tree(owner, value->tokens.start, window, near)
                             : JW_NONE;
        if (value->mention == JW_NONE)
            value->mention = last_owner(owner, window, near);
        if (value->mention == JW_NONE)
            value->mention = at->before;
    }
    const uint32_t last = last_owner(owner, window, at->mention);
    at->before = last != JW_NONE ? last : at->before;
}

/* 達 in 廣達9月 says nothing of the month, 創 in 緯創 nothing of the tense: a value must not depend on who it is of. */
void jwi_value_mask(const jw_doc *doc, struct line *line, jw_range tokens,
                    const struct room_word *words, uint32_t *mention)
{
    static const char *const names[] = {"COM", "FIN", "PER"};
    enum { SURE = 8000, NAME_LETTER = 0xe000 }; /* a private character: no term holds it */
    if (!(doc->layers & JW_LAYER_MENTIONS) || !doc->model)
        return;
    uint32_t type[3], letter = 0;
    for (int i = 0; i < 3; i++)
        type[i] = label_of(doc, JW_LABELS_MENTION, names[i]);
    for (; *mention < doc->mention_count && doc->mentions[*mention].tokens.start < tokens.end;
         ++*mention) {
        const jw_mention *name = &doc->mentions[*mention];
        const int is_linked = doc->layers & JW_LAYER_ENTITIES && name->entity != JW_NONE &&
                              doc->entities[name->entity].flags & JW_ENTITY_LISTED;
        if ((name->type != type[0] && name->type != type[1] && name->type != type[2]) ||
            (!is_linked && name->score < SURE) || name->tokens.end > tokens.end)
            continue;
        const uint32_t from = words[name->tokens.start].start,
                       end = words[name->tokens.end - 1].end;
        while (letter < line->len && line->unit[letter] < from)
            letter++;
        for (; letter < line->len && line->unit[letter] < end; letter++)
            if (line->cls[letter] == UNIT_HAN)
                line->code[letter] = NAME_LETTER;
    }
}

void jwi_value_own(const jw_doc *doc, jw_value *values, uint32_t count)
{
    static const char *const names[OWNER_TYPES] = {"COM", "FIN", "SEC", "IDX", "CUR", "CMD"};
    struct owner owner = {.doc = doc, .values = values, .count = count};
    struct reading at = {0, 0, JW_NONE};
    if (!(doc->layers & JW_LAYER_MENTIONS) || !doc->model)
        return;
    for (int i = 0; i < OWNER_TYPES; i++)
        owner.type[i] = label_of(doc, JW_LABELS_MENTION, names[i]);
    owner.subject = label_of(doc, JW_LABELS_DEP, "nsubj");
    owner.modifier = label_of(doc, JW_LABELS_DEP, "nmod");
    owner.topic = label_of(doc, JW_LABELS_DEP, "dislocated");
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        if (i && doc->sentences[i].part != doc->sentences[i - 1].part)
            at.before = JW_NONE;
        own_sentence(&owner, &doc->sentences[i], &at, values, count);
    }
}
