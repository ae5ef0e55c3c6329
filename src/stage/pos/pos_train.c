/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trainer of stage pos: numbers features and label pairs, trains the network, and packs it with a row for every word of the training text
 * and of the vectors.  Sizes and rates come from tables on the development text; more of either gave nothing.
 */
#include "stage/pos/pos_train.h"

#include "base/error.h"
#include "ml/key_map.h"
#include "ml/tagnet_train.h"
#include "stage/pos/pos_feat.h"
#include "stage/pos/pos_view.h"

#include <string.h>

enum { WIDTH = 64, HIDDEN = 96, MEMORY = 48, SEED = 20 };

/* The numbers of everything, and the tokens in terms of them. */
struct class_room {
    const struct pos_lesson *lesson;
    struct arena *arena;
    struct key_map features, words, vectors, pairs;
    uint32_t *vector_rows; /* by number: normalised forms may repeat, the first counts */
    uint32_t *counts;      /* by word */
    struct tagnet_token *tokens;
    uint32_t *sentences;
};

static struct units word_at(const struct class_room *class, uint32_t token)
{
    const struct room_word *word = &class->lesson->room->words[token];
    return units_slice(class->lesson->room->units, word->start, word->end);
}

static int add_vectors(struct class_room *class)
{
    const struct pos_vectors *vectors = &class->lesson->vectors;
    class->vector_rows = PUSH(class->arena, uint32_t, vectors->count);
    for (uint32_t i = 0; class->vector_rows && i < vectors->count; i++) {
        const uint32_t before = class->vectors.count;
        if (jwi_key_map_add(&class->vectors, jwi_pos_key(vectors->words[i])) == JW_NONE)
            return 0;
        if (class->vectors.count > before)
            class->vector_rows[before] = i;
    }
    return class->vector_rows != NULL;
}

static int count_words(struct class_room *class)
{
    const uint32_t n = class->lesson->doc->token_count;
    class->counts = PUSH_ZERO(class->arena, uint32_t, n);
    for (uint32_t i = 0; class->counts && i < n; i++) {
        const uint32_t word = jwi_key_map_add(&class->words, jwi_pos_key(word_at(class, i)));
        if (word == JW_NONE)
            return 0;
        class->counts[word]++;
    }
    return class->counts != NULL;
}

/* A word as the network sees it; features that are not numbered yet are numbered when `is_new`, else left out. */
static int make_token(struct class_room *class, struct units word, int is_new, struct tagnet_token *ret)
{
    uint64_t keys[POS_FEATURES_MAX];
    const uint32_t n = jwi_pos_features(class->lesson->lexicon, word, keys);
    uint32_t *features = PUSH(class->arena, uint32_t, n);
    if (!features)
        return 0;
    ret->features = features;
    ret->feature_count = 0;
    const uint32_t vector = jwi_key_map_find(&class->vectors, keys[0]);
    ret->vector = vector == JW_NONE ? JW_NONE : class->vector_rows[vector];
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t row = is_new ? jwi_key_map_add(&class->features, keys[i]) : jwi_key_map_find(&class->features, keys[i]);
        if (row == JW_NONE && is_new)
            return 0;
        if (row != JW_NONE)
            features[ret->feature_count++] = row;
    }
    return 1;
}

static int make_tokens(struct class_room *class)
{
    const jw_doc *doc = class->lesson->doc;
    class->tokens = PUSH_ZERO(class->arena, struct tagnet_token, doc->token_count);
    class->sentences = PUSH(class->arena, uint32_t, (size_t)doc->sentence_count + 1);
    if (!class->tokens || !class->sentences)
        return 0;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        struct tagnet_token *token = &class->tokens[i];
        if (!make_token(class, word_at(class, i), 1, token))
            return 0;
        token->count = class->counts[jwi_key_map_find(&class->words, jwi_pos_key(word_at(class, i)))];
        token->label = jwi_key_map_add(&class->pairs, (uint64_t)doc->upos[i] << 16 | doc->xpos[i]);
        if (token->label == JW_NONE)
            return 0;
    }
    for (uint32_t i = 0; i < doc->sentence_count; i++)
        class->sentences[i] = doc->sentences[i].tokens.start;
    class->sentences[doc->sentence_count] = doc->token_count;
    return 1;
}

/* Rows for whole words: those of the training text, then those with vectors that are not among them. */
static int make_words(struct class_room *class, struct tagnet_words *ret)
{
    const struct pos_vectors *vectors = &class->lesson->vectors;
    const uint32_t most = class->words.count + vectors->count;
    struct key_map known = {class->arena, NULL, NULL, 0, 0};
    struct tagnet_token *tokens = PUSH_ZERO(class->arena, struct tagnet_token, most);
    if (!tokens)
        return 0;
    for (uint32_t i = 0; i < class->lesson->doc->token_count + vectors->count; i++) {
        const uint32_t n = class->lesson->doc->token_count;
        const struct units word = i < n ? word_at(class, i) : vectors->words[i - n];
        const uint32_t before = known.count;
        if (jwi_key_map_add(&known, jwi_pos_key(word)) == JW_NONE)
            return 0;
        if (known.count > before && !make_token(class, word, 0, &tokens[before]))
            return 0;
    }
    ret->keys = known.keys;
    ret->tokens = tokens;
    ret->count = known.count;
    return 1;
}

/* The network, then the pairs. */
static int join(struct class_room *class, jw_bytes net, jw_bytes *ret)
{
    const uint32_t n = class->pairs.count;
    char *at = jwi_arena_push(class->arena, net.len + sizeof n + n * sizeof(struct pos_pair), 1, 64);
    if (!at || !net.len)
        return 0;
    memcpy(at, net.at, net.len);
    memcpy(at + net.len, &n, sizeof n);
    for (uint32_t i = 0; i < n; i++) {
        const struct pos_pair pair = {(uint16_t)(class->pairs.keys[i] >> 16), (uint16_t)class->pairs.keys[i]};
        memcpy(at + net.len + sizeof n + i * sizeof pair, &pair, sizeof pair);
    }
    ret->at = at;
    ret->len = net.len + sizeof n + n * sizeof(struct pos_pair);
    return 1;
}

static int train(struct class_room *class, jw_bytes *ret)
{
    const struct pos_lesson *lesson = class->lesson;
    const struct tagnet_recipe recipe = {lesson->epochs, SEED, 1e-3f, 0.5f, 0.1f, 0.2f, 0.3f};
    if (!add_vectors(class) || !count_words(class) || !make_tokens(class))
        return 0;
    const uint32_t labels = (class->pairs.count + TAGNET_PAD - 1) / TAGNET_PAD * TAGNET_PAD;
    const struct tagnet_shape shape = {WIDTH, HIDDEN, MEMORY, labels, class->features.count, lesson->vectors.width, lesson->vectors.at};
    const struct tagnet_corpus corpus = {class->tokens, class->sentences, lesson->doc->sentence_count};
    struct tagnet_trainer *trainer = jwi_tagnet_train(&shape, &corpus, &recipe, class->arena, lesson->report);
    struct tagnet_words words;
    if (!trainer || !make_words(class, &words))
        return 0;
    return join(class, jwi_tagnet_pack(trainer, class->features.keys, &words, class->arena), ret);
}

jw_status jwi_pos_train(const struct pos_lesson *lesson, struct arena *arena, jw_bytes *ret, jw_error *reterr)
{
    const struct key_map empty = {arena, NULL, NULL, 0, 0};
    struct class_room class = {lesson, arena, empty, empty, empty, empty, NULL, NULL, NULL, NULL};
    return train(&class, ret) ? JW_OK : jwi_fail_memory(reterr);
}
