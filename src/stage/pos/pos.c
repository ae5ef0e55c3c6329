/* SPDX-License-Identifier: Apache-2.0 */
/* Stage pos: words to vectors, scores to tags; see pos.h. */
#include "stage/pos/pos.h"

#include "base/error.h"
#include "model/word_feature.h"
#include "stage/pos/pos_view.h"

#include <string.h>

/* A few sentences under way. */
struct tagger {
    const struct pos_view *view;
    struct room *room;
    struct tagnet_batch batch;
    const int32_t *scores; /* [rows][labels] */
    jw_doc *doc;
};

static struct units word_of(const struct tagger *tagger, uint32_t i)
{
    const struct room_seen *seen = &tagger->room->seen;
    return units_slice(seen->units, seen->words[i].start, seen->words[i].end);
}

/* Activations of the words of a sentence, from row `to` on; `keys` and `rows` have room for them. */
static void read_words(const struct tagger *tagger, jw_range words, uint64_t *keys, uint32_t *rows,
                       int16_t *sums, uint8_t *to)
{
    const struct tagnet *net = &tagger->view->net;
    const uint32_t count = words.end - words.start;
    for (uint32_t i = 0; i < count; i++)
        keys[i] = jwi_word_key(word_of(tagger, words.start + i));
    jwi_tagnet_find_words(net, keys, count, rows);
    for (uint32_t i = 0; i < count; i++, to += net->header.width) {
        jwi_tagnet_start(net, rows[i], sums);
        if (rows[i] == JW_NONE) {
            uint64_t features[WORD_FEATURES_MAX];
            const struct units word = word_of(tagger, words.start + i);
            const uint32_t n = jwi_word_features(tagger->view->lexicon, word, features);
            jwi_tagnet_add_features(net, features, n, sums);
        }
        jwi_tagnet_token(net, sums, to);
    }
}

static jw_status score(struct tagger *tagger, jw_error *reterr)
{
    const struct tagnet *net = &tagger->view->net;
    struct arena *scratch = tagger->room->scratch;
    const struct tagnet_batch *batch = &tagger->batch;
    uint64_t *keys = PUSH(scratch, uint64_t, batch->rows);
    uint32_t *rows = PUSH(scratch, uint32_t, batch->rows);
    int16_t *sums = PUSH(scratch, int16_t, net->header.width);
    if (!keys || !rows || !sums)
        return jwi_fail_memory(reterr);
    uint8_t *to = batch->tokens;
    for (uint32_t i = 0; i < batch->count; i++) {
        const jw_range words = batch->sentences[i].tokens;
        read_words(tagger, words, keys, rows, sums, to);
        to += (size_t)(words.end - words.start + 1) * net->header.width;
    }
    tagger->scores = jwi_tagnet_run(net, batch, scratch);
    return tagger->scores ? JW_OK : jwi_fail_memory(reterr);
}

static enum pos_sort sort_of(struct units word)
{
    uint32_t marks = 0;
    for (uint32_t i = 0; i < word.len; i++) {
        if (word.cls[i] >= UNIT_HAN && word.cls[i] <= UNIT_DIGIT)
            return POS_SORT_WORD;
        marks += word.cls[i] == UNIT_PUNCT;
    }
    return marks == word.len ? POS_SORT_MARK : POS_SORT_ANY;
}

static uint32_t best_of(const struct pos_view *view, const int32_t *scores, enum pos_sort sort)
{
    return view->net.kernel->best(scores, view->bars[sort], view->net.header.labels);
}

/* What best_of() would give without `best`. */
static struct room_second second_of(const struct pos_view *view, const int32_t *scores, enum pos_sort sort, uint32_t best)
{
    /* The share is round(ROOM_SHARE / (1 + e^(lead / 1500))): at least 1, 2 .. for leads up to these.  1500 are one logit, by likelihood of the
       tags of GSD dev. */
    static const int32_t leads[] = {5151, 3403, 2530, 1909, 1407, 970, 569, 188};
    struct room_second ret = {0, 0, 0};
    uint32_t second = JW_NONE;
    int32_t top = INT32_MIN;
    for (uint32_t i = 0; i < view->pair_count; i++) {
        const int32_t score = scores[i] < view->bars[sort][i] ? scores[i] : view->bars[sort][i];
        if (i != best && score > top) {
            top = score;
            second = i;
        }
    }
    if (second == JW_NONE)
        return ret;
    const int64_t lead = (int64_t)scores[best] - top;
    while (ret.share < sizeof leads / sizeof *leads && lead <= leads[ret.share])
        ret.share++;
    ret.upos = (uint8_t)view->pairs[second].upos;
    ret.xpos = (uint8_t)view->pairs[second].xpos;
    return ret;
}

/* Best pair that has the tag of a rule; the first of equals.  When none has it, any may win. */
static uint32_t best_with(const struct pos_view *view, const int32_t *scores, uint32_t xpos)
{
    uint32_t best = JW_NONE;
    for (uint32_t i = 0; i < view->pair_count; i++)
        if (view->pairs[i].xpos == xpos && (best == JW_NONE || scores[i] > scores[best]))
            best = i;
    return best == JW_NONE ? best_of(view, scores, POS_SORT_ANY) : best;
}

/* The last word of a company's name is tagged like the word it is elsewhere, 台灣|水泥, when it is one; the others have the name's tags. */
static int is_common(const struct tagger *tagger, uint32_t token)
{
    const uint32_t entry = tagger->room->words[token].word;
    return entry != JW_NONE && lexicon_entry_at(tagger->view->lexicon, entry)->classes & LEXICON_GENERAL;
}

static void choose(const struct tagger *tagger, uint32_t i, const int32_t *scores)
{
    const struct pos_view *view = tagger->view;
    const struct room_seen *seen = &tagger->room->seen;
    const struct room_word *word = &seen->words[i];
    const enum pos_sort sort = sort_of(word_of(tagger, i));
    const uint32_t best = word->pos ? best_with(view, scores, word->pos - 1)
                                    : best_of(view, scores, sort);
    if (!word->pos)
        tagger->room->second[i + 1] = second_of(view, scores, sort, best);
    const uint32_t first = seen->token[i], last = seen->token[i + 1] - 1;
    for (uint32_t token = first; token <= last; token++) {
        tagger->doc->upos[token] = view->pairs[best].upos;
        tagger->doc->xpos[token] = view->pairs[best].xpos;
    }
    if (first < last && seen->name[i] != KB_PER + 1 && view->has_noun && is_common(tagger, last)) {
        tagger->doc->upos[last] = view->noun.upos;
        tagger->doc->xpos[last] = view->noun.xpos;
    }
}

static void choose_all(const struct tagger *tagger)
{
    const struct tagnet_batch *batch = &tagger->batch;
    const int32_t *scores = tagger->scores;
    for (uint32_t i = 0; i < batch->count; i++, scores += tagger->view->net.header.labels) {
        const jw_range words = batch->sentences[i].tokens;
        for (uint32_t k = words.start; k < words.end; k++) {
            choose(tagger, k, scores);
            scores += tagger->view->net.header.labels;
        }
    }
}

static jw_status pos_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    const struct arena_mark mark = jwi_arena_mark(room->scratch);
    doc->upos = PUSH_ZERO(&doc->arena, uint16_t, doc->token_count);
    doc->xpos = PUSH_ZERO(&doc->arena, uint16_t, doc->token_count);
    room->second = PUSH_ZERO(room->lasting, struct room_second, room->seen.count + 1);
    if (!doc->upos || !doc->xpos || !room->second)
        return jwi_fail_memory(reterr);
    struct tagger tagger = {.view = view, .room = room, .doc = doc};
    for (uint32_t i = 0; i < doc->sentence_count; i += tagger.batch.count) {
        if (!jwi_tagnet_batch(&tagger.view->net, room->seen.sentences + i, doc->sentence_count - i,
                              room->scratch, &tagger.batch))
            return jwi_fail_memory(reterr);
        TRY(score(&tagger, reterr));
        choose_all(&tagger);
        jwi_arena_reset_to(room->scratch, mark);
    }
    return JW_OK;
}

const struct stage jwi_stage_pos = {
    "pos", JW_LAYER_TOKENS | LAYER_MASK, JW_LAYER_POS, sizeof(struct pos_view), jwi_pos_view_open, pos_run};
