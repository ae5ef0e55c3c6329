/* SPDX-License-Identifier: Apache-2.0 */
/* Stage ner: words to scores, scores to names; see ner.h. */
#include "stage/ner/ner.h"

#include "base/error.h"
#include "model/word_feature.h"
#include "stage/ner/ner_feat.h"

#include <string.h>

/* Of names that are listed and nothing else: no gold text has these kinds, so the value is a choice. */
enum { LISTED_CONFIDENCE = 8000 };

/* One sentence under way. */
struct reader {
    const struct ner_view *view;
    const struct room *room;
    struct ner_sentence sentence;
    const int32_t *scores; /* [count][labels] */
    uint8_t *labels;       /* [count] */
    jw_doc *doc;
    uint32_t first; /* token */
};

static jw_status read_scores(struct reader *reader, jw_error *reterr)
{
    const struct ner_view *view = reader->view;
    const struct ner_sentence *sentence = &reader->sentence;
    const uint32_t width = view->net.header.width, n = sentence->count;
    int16_t *vectors = jwi_tagnet_tokens(&view->net, reader->room->scratch, n);
    int32_t *sums = PUSH(reader->room->scratch, int32_t, width);
    if (!vectors || !sums)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < n; i++) {
        const struct units word =
            units_slice(sentence->units, sentence->words[i].start, sentence->words[i].end);
        uint64_t keys[WORD_FEATURES_MAX];
        memset(sums, 0, width * sizeof *sums);
        if (!jwi_tagnet_add_word(&view->net, jwi_word_key(word), sums))
            jwi_tagnet_add_features(&view->net, keys, jwi_word_features(view->lexicon, word, keys),
                                    sums);
        jwi_tagnet_add_features(&view->net, keys, jwi_ner_context(sentence, i, keys), sums);
        jwi_tagnet_token(&view->net, sums, vectors + (size_t)i * width);
    }
    reader->scores = jwi_tagnet_run(&view->net, vectors, n, reader->room->scratch);
    return reader->scores ? JW_OK : jwi_fail_memory(reterr);
}

static jw_status read_labels(struct reader *reader, jw_error *reterr)
{
    const size_t n = reader->sentence.count, cells = n * reader->view->tail.label_count;
    int32_t *sums = PUSH(reader->room->scratch, int32_t, cells);
    uint8_t *back = PUSH_ZERO(reader->room->scratch, uint8_t, cells);
    reader->labels = PUSH(reader->room->scratch, uint8_t, n);
    if (!sums || !back || !reader->labels)
        return jwi_fail_memory(reterr);
    jwi_ner_decode(reader->view, reader->scores, reader->view->net.header.labels, (uint32_t)n, sums,
                   back, reader->labels);
    return JW_OK;
}

/* How much the label of a word is better than the best other one. */
static int32_t margin_at(const struct reader *reader, uint32_t i)
{
    const int32_t *scores = reader->scores + (size_t)i * reader->view->net.header.labels;
    const uint32_t chosen = reader->labels[i];
    int32_t other = INT32_MIN;
    for (uint32_t k = 0; k < reader->view->tail.label_count; k++)
        if (k != chosen && scores[k] > other)
            other = scores[k];
    return scores[chosen] - other;
}

static int is_organisation(uint32_t type, const struct kb *kb)
{
    return type == kb->label[KB_COM] || type == kb->label[KB_FIN] || type == kb->label[KB_GOV] ||
           type == kb->label[KB_ORG];
}

/* The base knows better which kind of organisation a listed name is. */
static uint32_t settle(const struct reader *reader, uint32_t start, uint32_t end, uint32_t type)
{
    const struct kb *kb = &reader->view->kb;
    const uint32_t at = reader->sentence.match_of[start];
    if (at == JW_NONE || !is_organisation(type, kb))
        return type;
    const struct ner_match *match = &reader->sentence.matches[at];
    if (match->start != start || match->end != end || match->type >= KB_TYPE_COUNT)
        return type;
    return is_organisation(kb->label[match->type], kb) ? kb->label[match->type] : type;
}

static void add(struct reader *reader, uint32_t start, uint32_t end, uint32_t type, int32_t score)
{
    const jw_mention mention = {
        {reader->first + start, reader->first + end}, JW_NONE, (uint16_t)type, 0, score};
    reader->doc->mentions[reader->doc->mention_count++] = mention;
}

/* Kinds of names that are hardly ever anything else where they stand as whole words. */
static int is_closed_kind(const struct ner_match *match)
{
    switch (match->type) {
    case KB_TEC:
    case KB_IND:
    case KB_LAW:
    case KB_FAC:
    case KB_EVT:
    case KB_PRD:
    case KB_CMD:
    case KB_CUR:
    case KB_IDX:
        return !(match->flags & (KB_WORD | KB_CONTEXT | KB_NOUN)) && match->kind != KB_CODE;
    default:
        return 0;
    }
}

/* Adds the listed name that begins with word i, if it is of a closed kind and no word of it is in a name already. */
static void add_listed(struct reader *reader, uint32_t i)
{
    const uint32_t at = reader->sentence.match_of[i];
    if (at == JW_NONE)
        return;
    const struct ner_match *match = &reader->sentence.matches[at];
    if (match->start != i || !is_closed_kind(match))
        return;
    for (uint32_t k = i; k < match->end; k++)
        if (reader->labels[k])
            return;
    add(reader, i, match->end, reader->view->kb.label[match->type], LISTED_CONFIDENCE);
}

static void add_mentions(struct reader *reader)
{
    const struct ner_view *view = reader->view;
    uint32_t start = 0;
    int32_t margin = INT32_MAX;
    for (uint32_t i = 0; i < reader->sentence.count; i++) {
        const struct ner_label *label = &view->labels[reader->labels[i]];
        if (label->edge == NER_OUTSIDE) {
            add_listed(reader, i);
            continue;
        }
        const int32_t here = margin_at(reader, i);
        if (label->edge == NER_BEGIN || label->edge == NER_SINGLE) {
            start = i;
            margin = INT32_MAX;
        }
        margin = here < margin ? here : margin;
        if (label->edge == NER_END || label->edge == NER_SINGLE)
            add(reader, start, i + 1, settle(reader, start, i + 1, label->type),
                view->tail.confidence[ner_bin(margin)]);
    }
}

static jw_status read_sentence(const struct ner_view *view, struct room *room, jw_range tokens,
                               jw_doc *doc, jw_error *reterr)
{
    struct reader reader = {.view = view, .room = room, .doc = doc, .first = tokens.start};
    if (!jwi_ner_match(&view->kb, room->units, room->words + tokens.start,
                       tokens.end - tokens.start, room->scratch, &reader.sentence))
        return jwi_fail_memory(reterr);
    TRY(read_scores(&reader, reterr));
    TRY(read_labels(&reader, reterr));
    add_mentions(&reader);
    return JW_OK;
}

static jw_status ner_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct arena_mark mark = jwi_arena_mark(room->scratch);
    doc->mention_count = 0;
    doc->mentions = PUSH(&doc->arena, jw_mention, doc->token_count);
    if (!doc->mentions)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        if (doc->sentences[i].tokens.end > doc->sentences[i].tokens.start)
            TRY(read_sentence(view, room, doc->sentences[i].tokens, doc, reterr));
        jwi_arena_reset_to(room->scratch, mark);
    }
    return JW_OK;
}

const struct stage jwi_stage_ner = {
    "ner", JW_LAYER_TOKENS, JW_LAYER_MENTIONS, sizeof(struct ner_view), jwi_ner_view_open, ner_run};
