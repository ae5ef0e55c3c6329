/* SPDX-License-Identifier: Apache-2.0 */
/* The course of training: what is counted, in which order sentences come, how fast is learned. */
#include "stage/dep/dep_train.h"

#include "base/error.h"
#include "base/hash.h"
#include "stage/dep/dep_trainer.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORD_MIN = 2,
    WORD_MIN_OTHER = 6,
    CHAR_MIN = 3
}; /* rarer ones are told by their vector and their characters */

static const float start_part = 0.02f, rate_floor = 1e-5f, scale_words = 10;

/* How often keys come. */
struct counts {
    struct key_map map;
    uint32_t *at;
    uint32_t cap;
};

static int count_one(struct counts *counts, uint64_t key)
{
    const uint32_t number = jwi_key_map_add(&counts->map, key);
    if (number == JW_NONE)
        return 0;
    if (number >= counts->cap) {
        const uint32_t cap = number * 2 + 1024;
        uint32_t *at = realloc(counts->at, cap * sizeof *at);
        if (!at)
            return 0;
        memset(at + counts->cap, 0, (cap - counts->cap) * sizeof *at);
        counts->at = at;
        counts->cap = cap;
    }
    counts->at[number]++;
    return 1;
}

static int count_words(struct counts *words, struct counts *chars, struct dep_examples examples)
{
    for (uint32_t i = 0; i < examples.len; i++) {
        for (uint32_t k = 1; k < examples.at[i].nodes; k++) {
            const struct dep_word *word = &examples.at[i].words[k];
            if (!count_one(words, word->key))
                return 0;
            for (uint32_t c = 0; c < word->count; c++)
                if (!count_one(chars, word->codes[c]))
                    return 0;
        }
    }
    return 1;
}

/* Keys seen often enough get numbers in the order they first came. */
static int keep_frequent(const struct counts *counts, uint32_t min, struct key_map *ret)
{
    for (uint32_t i = 0; i < counts->map.count; i++)
        if (counts->at[i] >= min && jwi_key_map_add(ret, counts->map.keys[i]) == JW_NONE)
            return 0;
    return 1;
}

static int count_all(struct dep_trainer *trainer, struct arena *arena)
{
    struct counts words = {.map.arena = arena}, others = {.map.arena = arena},
                  chars = {.map.arena = arena};
    const struct dep_lesson *lesson = trainer->lesson;
    int done = count_words(&words, &chars, lesson->trees) &&
               count_words(&others, &chars, lesson->others) &&
               keep_frequent(&words, WORD_MIN, &trainer->words) &&
               keep_frequent(&others, WORD_MIN_OTHER, &trainer->words) &&
               keep_frequent(&chars, CHAR_MIN, &trainer->chars);
    trainer->word_seen = PUSH_ZERO(arena, uint32_t, (size_t)trainer->words.count + 1);
    done = done && trainer->word_seen;
    for (uint32_t i = 0; done && i < trainer->words.count; i++) {
        const uint32_t a = jwi_key_map_find(&words.map, trainer->words.keys[i]),
                       b = jwi_key_map_find(&others.map, trainer->words.keys[i]);
        trainer->word_seen[i] =
            (a == JW_NONE ? 0 : words.at[a]) + (b == JW_NONE ? 0 : others.at[b]);
    }
    free(words.at);
    free(others.at);
    free(chars.at);
    return done;
}

static size_t tag_cell(const struct dep_trainer *trainer, uint32_t upos, uint32_t xpos)
{
    return (size_t)upos * trainer->lesson->xpos_count + xpos;
}

/* Rows of pairs of tags, in the order they come; row 0 is for all others. */
static int count_tags(struct dep_trainer *trainer)
{
    trainer->tag_row =
        PUSH_ZERO(trainer->words.arena, uint8_t, tag_cell(trainer, DEP_UPOS_COUNT, 0));
    trainer->tag_rows = 1;
    if (!trainer->tag_row)
        return 0;
    for (uint32_t i = 0; i < trainer->lesson->trees.len; i++) {
        const struct dep_example *example = &trainer->lesson->trees.at[i];
        for (uint32_t k = 1; k < example->nodes; k++) {
            uint8_t *row =
                &trainer->tag_row[tag_cell(trainer, example->true_upos[k], example->true_xpos[k])];
            if (!*row && trainer->tag_rows < DEP_TAGS_MAX)
                *row = (uint8_t)trainer->tag_rows++;
        }
    }
    return 1;
}

jw_status jwi_dep_trainer_count(struct dep_trainer *trainer, jw_error *reterr)
{
    struct arena *arena = trainer->words.arena;
    if (!count_all(trainer, arena) || !count_tags(trainer))
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < trainer->lesson->vector_count; i++)
        if (jwi_key_map_add(&trainer->vectors, trainer->lesson->vector_words[i].key) == JW_NONE)
            return jwi_fail_memory(reterr);
    return JW_OK;
}

static uint32_t row_after(const struct key_map *map, uint64_t key)
{
    const uint32_t number = jwi_key_map_find(map, key);
    return number == JW_NONE ? 0 : number + 1;
}

/* Pairs of tags that the true trees do not have are not learned. */
static void true_tags(const struct dep_trainer *trainer, const struct dep_example *example,
                      uint32_t i, struct dep_rows *ret)
{
    const struct dep_likely *likely = example->likely ? &example->likely[i] : NULL;
    for (uint32_t k = 0; k < (likely ? DEP_LIKELY : !!example->true_upos); k++) {
        const uint32_t upos = likely ? likely->upos[k] : example->true_upos[i],
                       xpos = likely ? likely->xpos[k] : example->true_xpos[i];
        ret->true_tags[k] = trainer->tag_row[tag_cell(trainer, upos, xpos)];
        if (ret->true_tags[k])
            ret->tag_shares[k] = likely ? (float)likely->tag_weights[k] / 65535 : 1;
    }
}

void jwi_dep_trainer_rows(const struct dep_trainer *trainer, const struct dep_example *example,
                          struct dep_rows *ret)
{
    for (uint32_t i = 1; i < example->nodes; i++) {
        const struct dep_word *word = &example->words[i];
        struct dep_rows rows = {.word = row_after(&trainer->words, word->key),
                                .vector = jwi_key_map_find(&trainer->vectors, word->key)};
        rows.first = row_after(&trainer->chars, word->codes[0]);
        rows.last = row_after(&trainer->chars, word->last);
        rows.count = word->count;
        rows.shape = word->shape;
        for (uint32_t k = 0; k < word->count; k++)
            rows.inner[k] = row_after(&trainer->chars, word->codes[k]);
        rows.tag = trainer->tag_row[tag_cell(trainer, example->upos[i], example->xpos[i])];
        if (example->second) {
            rows.second_tag = trainer->tag_row[tag_cell(trainer, example->second[i].upos, example->second[i].xpos)];
            rows.second_share = (float)example->second[i].share / ROOM_SHARE;
        }
        true_tags(trainer, example, i, &rows);
        rows.count_seen = rows.word ? trainer->word_seen[rows.word - 1] : 0;
        ret[i] = rows;
    }
}

/* Rising over the first part, then falling to nearly nothing. */
static float rate_at(const struct dep_recipe *recipe, uint64_t done, uint64_t total)
{
    const float part = (float)done / (float)total;
    return recipe->rate * (part < start_part ? part / start_part : 1) * (1 - part) + rate_floor;
}

struct course {
    uint32_t *order; /* of sentences: the true trees, then the others */
    uint64_t done, total;
    uint32_t steps, words; /* of Adam; in the batch so far */
};

static const struct dep_example *example_at(const struct dep_lesson *lesson, uint32_t i)
{
    return i < lesson->trees.len ? &lesson->trees.at[i] : &lesson->others.at[i - lesson->trees.len];
}

/* The example as it is, or with its true tags. */
static struct dep_example as_seen(struct dep_trainer *trainer, const struct dep_example *example)
{
    const float certain = example->true_upos && !example->likely ? trainer->recipe.certain : 0;
    struct dep_example ret = *example;
    if (certain >= 1 || (certain > 0 && dense_uniform(&trainer->random) < certain)) {
        ret.upos = example->true_upos;
        ret.xpos = example->true_xpos;
        ret.second = NULL;
    }
    return ret;
}

static void shuffle(struct dense_random *random, uint32_t *order, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++)
        order[i] = i;
    for (uint32_t i = len; i-- > 1;) {
        const uint32_t j = (uint32_t)(jwi_dense_random(random) % (i + 1)), at = order[i];
        order[i] = order[j];
        order[j] = at;
    }
}

static void finish_batch(struct dep_trainer *trainer, struct course *course)
{
    const struct dep_tensors *t = &trainer->tensors;
    jwi_tensors_step(t->all, t->count, rate_at(&trainer->recipe, course->done, course->total),
                     scale_words / (float)course->words, ++course->steps);
    course->words = 0;
}

static double run_epoch(struct dep_trainer *trainer, struct course *course, uint32_t len)
{
    double lack = 0;
    uint64_t words = 0;
    struct dep_rows rows[DEP_TRAIN_NODES];
    shuffle(&trainer->random, course->order, len);
    for (uint32_t i = 0; i < len; i++) {
        const struct dep_example example = as_seen(trainer, example_at(trainer->lesson, course->order[i]));
        course->done++;
        if (example.nodes > DEP_TRAIN_NODES)
            continue;
        jwi_dep_trainer_rows(trainer, &example, rows);
        lack += jwi_dep_trainer_learn(trainer, &example, rows);
        course->words += example.nodes - 1;
        words += example.nodes - 1;
        if (course->words >= trainer->recipe.batch)
            finish_batch(trainer, course);
    }
    return lack / (double)(words + !words);
}

static size_t count_numbers(const struct dep_tensors *tensors)
{
    size_t ret = 0;
    for (uint32_t i = 0; i < tensors->count; i++)
        ret += (size_t)tensors->all[i]->rows * tensors->all[i]->cols;
    return ret;
}

static jw_status start_from(struct dep_trainer *trainer, struct dep_numbers start, jw_error *reterr)
{
    const struct dep_tensors *t = &trainer->tensors;
    if (start.len != count_numbers(t))
        return jwi_fail(reterr, JW_EARGUMENT, 0, "%zu numbers to start from, wanted %zu", start.len, count_numbers(t));
    for (uint32_t i = 0; i < t->count; i++) {
        jwi_tensor_set(t->all[i], start.at);
        start.at += (size_t)t->all[i]->rows * t->all[i]->cols;
    }
    return JW_OK;
}

static jw_status keep_numbers(const struct dep_trainer *trainer, struct arena *arena, struct dep_numbers *ret, jw_error *reterr)
{
    const struct dep_tensors *t = &trainer->tensors;
    float *at = PUSH(arena, float, count_numbers(t));
    if (!at)
        return jwi_fail_memory(reterr);
    *ret = (struct dep_numbers){at, count_numbers(t)};
    for (uint32_t i = 0; i < t->count; i++) {
        const size_t n = (size_t)t->all[i]->rows * t->all[i]->cols;
        memcpy(at, t->all[i]->value, n * sizeof *at);
        at += n;
    }
    return JW_OK;
}

static jw_status run_course(struct dep_trainer *trainer, struct arena *arena, struct dep_numbers *retfirst, jw_error *reterr)
{
    const struct dep_lesson *lesson = trainer->lesson;
    const struct dep_recipe *recipe = &trainer->recipe;
    const uint32_t all = lesson->trees.len + lesson->others.len,
                   epochs = recipe->first_epochs + recipe->epochs;
    struct course course = {calloc((size_t)all + 1, sizeof *course.order), 0, 0, 0, 0};
    if (!course.order)
        return jwi_fail_memory(reterr);
    course.total =
        (uint64_t)recipe->first_epochs * all + (uint64_t)recipe->epochs * lesson->trees.len;
    jw_status status = JW_OK;
    for (uint32_t i = 0; i <= epochs && status == JW_OK; i++) {
        if (i == recipe->first_epochs)
            status = keep_numbers(trainer, arena, retfirst, reterr);
        if (i < epochs && status == JW_OK)
            lesson->report(i, epochs, run_epoch(trainer, &course, i < recipe->first_epochs ? all : lesson->trees.len));
    }
    free(course.order);
    return status;
}

jw_status jwi_dep_train(const struct dep_lesson *lesson, struct arena *arena,
                        struct dep_sections *ret, jw_error *reterr)
{
    struct dep_trainer *trainer = PUSH_ZERO(arena, struct dep_trainer, 1);
    if (!trainer)
        return jwi_fail_memory(reterr);
    trainer->lesson = lesson;
    trainer->recipe = lesson->recipe;
    trainer->random.state = hash_mix(lesson->recipe.seed) | 1;
    trainer->words.arena = trainer->chars.arena = trainer->vectors.arena = arena;
    TRY(jwi_dep_trainer_count(trainer, reterr));
    jwi_dep_trainer_make(trainer);
    if (lesson->start.len)
        TRY(start_from(trainer, lesson->start, reterr));
    TRY(run_course(trainer, arena, &ret->first, reterr));
    return jwi_dep_trainer_pack(trainer, arena, ret, reterr);
}
