/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers for features, words and vectors; see lesson_train.h. */
#include "model/lesson_train.h"

#include "model/word_feature.h"

#include <string.h>

enum { START_COUNT = 16 }; /* a word that the start knows counts as if seen this often more */

struct units jwi_lesson_word(const struct lesson *lesson, uint32_t token)
{
    const struct room_word *word = &lesson->room->words[token];
    return units_slice(lesson->room->units, word->start, word->end);
}

static int add_vectors(struct lesson *lesson)
{
    const struct lesson_vectors *vectors = &lesson->vectors;
    lesson->vector_rows = PUSH(lesson->arena, uint32_t, vectors->count);
    for (uint32_t i = 0; lesson->vector_rows && i < vectors->count; i++) {
        const uint32_t before = lesson->vector_words.count;
        if (jwi_key_map_add(&lesson->vector_words, jwi_word_key(vectors->words[i])) == JW_NONE)
            return 0;
        if (lesson->vector_words.count > before)
            lesson->vector_rows[before] = i;
    }
    return lesson->vector_rows != NULL;
}

static int count_words(struct lesson *lesson)
{
    const uint32_t n = lesson->doc->token_count;
    lesson->counts = PUSH_ZERO(lesson->arena, uint32_t, n);
    for (uint32_t i = 0; lesson->counts && i < n; i++) {
        const uint32_t word =
            jwi_key_map_add(&lesson->words, jwi_word_key(jwi_lesson_word(lesson, i)));
        if (word == JW_NONE)
            return 0;
        lesson->counts[word]++;
    }
    return lesson->counts != NULL;
}

static int add_start(struct lesson *lesson)
{
    const struct tagnet_start *start = lesson->start;
    for (uint32_t i = 0; start && i < start->header.features; i++)
        if (jwi_key_map_add(&lesson->features, start->keys[i]) != i)
            return 0;
    return 1;
}

int jwi_lesson_start(struct lesson *lesson)
{
    const struct key_map empty = {lesson->arena, NULL, NULL, 0, 0};
    lesson->features = lesson->words = lesson->vector_words = empty;
    return add_start(lesson) && add_vectors(lesson) && count_words(lesson);
}

/* Features that have no number yet get one when `is_new`, else they are left out. */
static int number_all(struct lesson *lesson, const uint64_t *keys, uint32_t n, int is_new,
                      struct tagnet_token *ret)
{
    uint32_t *features = PUSH(lesson->arena, uint32_t, n);
    const uint32_t vector = jwi_key_map_find(&lesson->vector_words, keys[0]);
    if (!features)
        return 0;
    ret->features = features;
    ret->feature_count = 0;
    ret->vector = vector == JW_NONE ? JW_NONE : lesson->vector_rows[vector];
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t row = is_new ? jwi_key_map_add(&lesson->features, keys[i])
                                    : jwi_key_map_find(&lesson->features, keys[i]);
        if (row == JW_NONE && is_new)
            return 0;
        if (row != JW_NONE)
            features[ret->feature_count++] = row;
    }
    return 1;
}

int jwi_lesson_token(struct lesson *lesson, uint32_t token, const uint64_t *context, uint32_t count,
                     struct tagnet_token *ret)
{
    uint64_t keys[WORD_FEATURES_MAX + LESSON_CONTEXT_MAX];
    const uint32_t n = jwi_word_features(lesson->lexicon, jwi_lesson_word(lesson, token), keys);
    if (count)
        memcpy(keys + n, context, count * sizeof *keys);
    ret->count = lesson->counts[jwi_key_map_find(&lesson->words, keys[0])];
    if (lesson->start && jwi_key_map_find(&lesson->features, keys[0]) < lesson->start->header.features)
        ret->count += START_COUNT;
    return number_all(lesson, keys, n + count, 1, ret);
}

uint32_t *jwi_lesson_seen(const struct lesson *lesson, const struct tagnet_token *tokens)
{
    uint32_t *ret = PUSH_ZERO(lesson->arena, uint32_t, lesson->features.count);
    for (uint32_t i = 0; ret && i < lesson->doc->token_count; i++)
        for (uint32_t k = 0; k < tokens[i].feature_count; k++)
            ret[tokens[i].features[k]]++;
    return ret;
}

uint32_t *jwi_lesson_sentences(const struct lesson *lesson)
{
    const jw_doc *doc = lesson->doc;
    uint32_t *ret = PUSH(lesson->arena, uint32_t, (size_t)doc->sentence_count + 1);
    for (uint32_t i = 0; ret && i < doc->sentence_count; i++)
        ret[i] = doc->sentences[i].tokens.start;
    if (ret)
        ret[doc->sentence_count] = doc->token_count;
    return ret;
}

int jwi_lesson_rows(struct lesson *lesson, struct tagnet_words *ret)
{
    const struct lesson_vectors *vectors = &lesson->vectors;
    const uint32_t n = lesson->doc->token_count;
    struct key_map known = {lesson->arena, NULL, NULL, 0, 0};
    struct tagnet_token *tokens =
        PUSH_ZERO(lesson->arena, struct tagnet_token, lesson->words.count + vectors->count);
    if (!tokens)
        return 0;
    for (uint32_t i = 0; i < n + vectors->count; i++) {
        const struct units word = i < n ? jwi_lesson_word(lesson, i) : vectors->words[i - n];
        const uint32_t before = known.count;
        uint64_t keys[WORD_FEATURES_MAX];
        if (jwi_key_map_add(&known, jwi_word_key(word)) == JW_NONE)
            return 0;
        if (known.count > before &&
            !number_all(lesson, keys, jwi_word_features(lesson->lexicon, word, keys), 0,
                        &tokens[before]))
            return 0;
    }
    ret->keys = known.keys;
    ret->tokens = tokens;
    ret->count = known.count;
    return 1;
}
