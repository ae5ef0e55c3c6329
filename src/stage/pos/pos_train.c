/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trainer of stage pos: numbers label pairs, trains the network, and packs it with a row for every
 * word of the training text and of the vectors.  Sizes and rates come from tables on the
 * development text; more of either gave nothing.
 */
#include "stage/pos/pos_train.h"

#include "base/error.h"
#include "stage/pos/pos_view.h"

#include <string.h>

#define RATE 7e-4f
#define START_RATE 1e-3f

enum { WIDTH = 64, HIDDEN = 96, MEMORY = 48, LAYERS = 2, SEED = 20 };

static struct tagnet_token *make_tokens(struct lesson *lesson, struct key_map *pairs)
{
    const jw_doc *doc = lesson->doc;
    struct tagnet_token *ret = PUSH_ZERO(lesson->arena, struct tagnet_token, doc->token_count);
    for (uint32_t i = 0; ret && i < doc->token_count; i++) {
        ret[i].label = jwi_key_map_add(pairs, (uint64_t)doc->upos[i] << 16 | doc->xpos[i]);
        if (ret[i].label == JW_NONE || !jwi_lesson_token(lesson, i, NULL, 0, &ret[i]))
            return NULL;
    }
    return ret;
}

/* The network, then the pairs. */
static int join(struct lesson *lesson, const struct key_map *pairs, jw_bytes net, jw_bytes *ret)
{
    const uint32_t n = pairs->count;
    char *at =
        jwi_arena_push(lesson->arena, net.len + sizeof n + n * sizeof(struct pos_pair), 1, 64);
    if (!at || !net.len)
        return 0;
    memcpy(at, net.at, net.len);
    memcpy(at + net.len, &n, sizeof n);
    for (uint32_t i = 0; i < n; i++) {
        const struct pos_pair pair = {(uint16_t)(pairs->keys[i] >> 16), (uint16_t)pairs->keys[i]};
        memcpy(at + net.len + sizeof n + i * sizeof pair, &pair, sizeof pair);
    }
    ret->at = at;
    ret->len = net.len + sizeof n + n * sizeof(struct pos_pair);
    return 1;
}

/* What both trainings share. */
struct classroom {
    struct key_map pairs;
    const struct tagnet_token *tokens;
    struct tagnet_trainer *trainer;
};

static int study(struct pos_course *course, const struct tagnet_recipe *recipe, struct classroom *ret)
{
    struct lesson *lesson = &course->lesson;
    const struct key_map empty = {lesson->arena, NULL, NULL, 0, 0};
    ret->pairs = empty;
    if (!jwi_lesson_start(lesson))
        return 0;
    ret->tokens = make_tokens(lesson, &ret->pairs);
    const uint32_t *sentences = jwi_lesson_sentences(lesson);
    if (!ret->tokens || !sentences)
        return 0;
    const struct tagnet_shape shape = {WIDTH,
                                       HIDDEN,
                                       MEMORY,
                                       lesson_pad(ret->pairs.count),
                                       lesson->features.count,
                                       lesson->vectors.width,
                                       lesson->vectors.at,
                                       LAYERS};
    const struct tagnet_corpus corpus = {ret->tokens, sentences, lesson->doc->sentence_count, 0};
    ret->trainer = jwi_tagnet_train(&shape, &corpus, recipe, lesson->arena, course->report);
    return ret->trainer != NULL;
}

static int train(struct pos_course *course, jw_bytes *ret)
{
    struct lesson *lesson = &course->lesson;
    const struct tagnet_recipe recipe = {course->epochs, SEED, RATE, 0.5f, 0.1f, 0.1f, 0.15f, lesson->start, 0};
    struct tagnet_words words;
    struct classroom room;
    return study(course, &recipe, &room) && jwi_lesson_rows(lesson, &words) &&
           join(lesson, &room.pairs,
                jwi_tagnet_pack(room.trainer, lesson->features.keys, &words, -1, lesson->arena), ret);
}

jw_status jwi_pos_train(struct pos_course *course, jw_bytes *ret, jw_error *reterr)
{
    return train(course, ret) ? JW_OK : jwi_fail_memory(reterr);
}

jw_status jwi_pos_train_start(struct pos_course *course, uint32_t least, jw_bytes *ret, jw_error *reterr)
{
    const struct tagnet_recipe recipe = {course->epochs, SEED, START_RATE, 0.5f, 0.05f, 0.1f, 0.1f, course->lesson.start, 0};
    struct classroom room;
    const uint32_t *seen = NULL;
    if (study(course, &recipe, &room))
        seen = jwi_lesson_seen(&course->lesson, room.tokens);
    if (!seen)
        return jwi_fail_memory(reterr);
    *ret = jwi_tagnet_start_write(room.trainer, course->lesson.features.keys, seen, least, course->lesson.arena);
    return ret->len ? JW_OK : jwi_fail_memory(reterr);
}
