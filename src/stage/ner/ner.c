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
    uint32_t first; /* word */
};

static struct units word_of(const struct reader *reader, uint32_t i)
{
    const struct room_word *word = &reader->sentence.words[i];
    return units_slice(reader->sentence.units, word->start, word->end);
}

/* Activations of the words into the rows from `to` on. */
static jw_status read_words(const struct reader *reader, uint8_t *to, jw_error *reterr)
{
    const struct ner_view *view = reader->view;
    const uint32_t n = reader->sentence.count;
    const struct arena_mark mark = jwi_arena_mark(reader->room->scratch);
    uint64_t *words = PUSH(reader->room->scratch, uint64_t, n);
    uint32_t *rows = PUSH(reader->room->scratch, uint32_t, n);
    int16_t *sums = PUSH(reader->room->scratch, int16_t, view->net.header.width);
    if (!words || !rows || !sums)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < n; i++)
        words[i] = jwi_word_key(word_of(reader, i));
    jwi_tagnet_find_words(&view->net, words, n, rows);
    for (uint32_t i = 0; i < n; i++, to += view->net.header.width) {
        uint64_t keys[WORD_FEATURES_MAX + NER_CONTEXT_MAX];
        uint32_t count = 0;
        if (rows[i] == JW_NONE)
            count = jwi_word_features(view->lexicon, word_of(reader, i), keys);
        count += jwi_ner_context(&reader->sentence, i, keys + count);
        jwi_tagnet_start(&view->net, rows[i], sums);
        jwi_tagnet_add_features(&view->net, keys, count, sums);
        jwi_tagnet_token(&view->net, sums, to);
    }
    jwi_arena_reset_to(reader->room->scratch, mark);
    return JW_OK;
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

/* Whether a word says what a company does, 工業, 航運, as the last word of names of firms does and that of no place. */
static int is_trade(const struct reader *reader, uint32_t word)
{
    const struct kb *kb = reader->room->kb;
    const struct units at = word_of(reader, word);
    const uint32_t name = jwi_kb_find_name(kb, at.code, at.len);
    return jwi_kb_has_link(kb, name, KB_ROLE, KB_ROLE_FIRM);
}

/* The base knows better which kind of organisation a listed name is, and the last word whether it is a place. */
static uint32_t settle(const struct reader *reader, uint32_t start, uint32_t end, uint32_t type)
{
    const struct kb *kb = reader->room->kb;
    const uint8_t company = reader->room->seen.name[reader->first + start];
    if (company && end - start == 1)
        return kb->label[company - 1];
    if (type == kb->label[KB_LOC] && end - start > 1 && is_trade(reader, end - 1))
        type = kb->label[KB_COM];
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
    const uint32_t *token = reader->room->seen.token + reader->first;
    const jw_mention mention = {{token[start], token[end]}, JW_NONE, (uint16_t)type, 0, score};
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
    add(reader, i, match->end, reader->room->kb->label[match->type], LISTED_CONFIDENCE);
}

/* The word stands for the name of a person. */
static int is_person(const struct reader *reader, uint32_t i)
{
    return reader->room->seen.name[reader->first + i] == KB_PER + 1;
}

/* Type of what the word stands for, as a label; JW_NONE where it is a word like others. */
static uint32_t masked_type(const struct reader *reader, uint32_t i)
{
    const uint8_t name = reader->room->seen.name[reader->first + i];
    return name ? reader->room->kb->label[name - 1] : JW_NONE;
}

/* The words are a name of the list, or stand for one. */
static int is_own_name(const struct reader *reader, uint32_t start, uint32_t end)
{
    const uint32_t at = reader->sentence.match_of[start];
    return (end - start == 1 && masked_type(reader, start) != JW_NONE) ||
           (at != JW_NONE && reader->sentence.matches[at].start == start && reader->sentence.matches[at].end == end);
}

/* 三星|李健熙, 拜登|聯合國: two names, one of them a person's, that the tagger takes for one, or a person in one that it is not sure of. */
static int hides_person(const struct reader *reader, uint32_t start, uint32_t end, int32_t score)
{
    for (uint32_t i = start; end - start > 1 && i < end; i++)
        if (is_person(reader, i) && (score < LISTED_CONFIDENCE || (i == start && is_own_name(reader, i + 1, end)) ||
                                     (i + 1 == end && is_own_name(reader, start, i))))
            return 1;
    return 0;
}

/* What stands for a name is one, however unsure the tagger is. */
static void add_name(struct reader *reader, uint32_t start, uint32_t end, uint32_t type, int32_t score)
{
    const int is_hiding = hides_person(reader, start, end, score), is_mask = end - start == 1 && masked_type(reader, start) != JW_NONE;
    for (uint32_t i = start; is_hiding && i < end; i++)
        if (masked_type(reader, i) != JW_NONE)
            add(reader, i, i + 1, masked_type(reader, i), LISTED_CONFIDENCE);
    if (!is_hiding)
        add(reader, start, end, settle(reader, start, end, type), is_mask && score < LISTED_CONFIDENCE ? LISTED_CONFIDENCE : score);
}

static void add_mentions(struct reader *reader)
{
    const struct ner_view *view = reader->view;
    uint32_t start = 0;
    int32_t margin = INT32_MAX;
    for (uint32_t i = 0; i < reader->sentence.count; i++) {
        const struct ner_label *label = &view->labels[reader->labels[i]];
        if (label->edge == NER_OUTSIDE) {
            if (is_person(reader, i))
                add(reader, i, i + 1, reader->room->kb->label[KB_PER], LISTED_CONFIDENCE);
            else
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
            add_name(reader, start, i + 1, label->type, view->tail.confidence[ner_bin(margin)]);
    }
}

/* What stands for a company's name is the name of one: what else the list has that begins with it is no name. */
static void unmask(struct reader *reader)
{
    for (uint32_t i = 0; i < reader->sentence.match_count; i++) {
        struct ner_match *match = &reader->sentence.matches[i];
        const uint32_t end = reader->room->seen.name[reader->first + match->start] ? match->start + 1 : match->end;
        for (uint32_t k = end; k < match->end; k++)
            reader->sentence.match_of[k] = JW_NONE;
        match->end = end;
    }
}

/* `count` sentences that the network reads at once; `readers` has room for them. */
static jw_status read_batch(struct reader *readers, const struct tagnet_batch *batch,
                            jw_error *reterr)
{
    const struct tagnet *net = &readers->view->net;
    const struct room *room = readers->room;
    const struct room_seen *seen = &room->seen;
    const struct ner_lists lists = {readers->room->kb, &readers->view->articles};
    size_t row = 0;
    for (uint32_t i = 0; i < batch->count; i++) {
        const jw_range tokens = batch->sentences[i].tokens;
        const uint32_t count = tokens.end - tokens.start;
        readers[i] = readers[0];
        readers[i].first = tokens.start;
        if (count && !jwi_ner_match(&lists, seen->units, seen->words + tokens.start,
                                    count, room->scratch, &readers[i].sentence))
            return jwi_fail_memory(reterr);
        unmask(&readers[i]);
        if (count)
            TRY(read_words(&readers[i], batch->tokens + row * net->header.width, reterr));
        row += count + 1;
    }
    const int32_t *scores = jwi_tagnet_run(net, batch, room->scratch);
    if (!scores)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < batch->count; i++) {
        const jw_range tokens = batch->sentences[i].tokens;
        readers[i].scores = scores;
        scores += (size_t)(tokens.end - tokens.start + 1) * net->header.labels;
        if (tokens.end > tokens.start) {
            TRY(read_labels(&readers[i], reterr));
            add_mentions(&readers[i]);
        }
    }
    return JW_OK;
}

static jw_status ner_run(const void *opened, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct ner_view *view = opened;
    const struct arena_mark mark = jwi_arena_mark(room->scratch);
    struct tagnet_batch batch;
    doc->mention_count = 0;
    doc->mentions = PUSH(&doc->arena, jw_mention, doc->token_count);
    if (!doc->mentions)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < doc->sentence_count; i += batch.count) {
        if (!jwi_tagnet_batch(&view->net, room->seen.sentences + i, doc->sentence_count - i,
                              room->scratch, &batch))
            return jwi_fail_memory(reterr);
        struct reader *readers = PUSH_ZERO(room->scratch, struct reader, batch.count);
        if (!readers)
            return jwi_fail_memory(reterr);
        *readers = (struct reader){.view = view, .room = room, .doc = doc};
        TRY(read_batch(readers, &batch, reterr));
        jwi_arena_reset_to(room->scratch, mark);
    }
    return JW_OK;
}

const struct stage jwi_stage_ner = {
    "ner", JW_LAYER_TOKENS | LAYER_MASK, JW_LAYER_MENTIONS, sizeof(struct ner_view), jwi_ner_view_open, ner_run};
