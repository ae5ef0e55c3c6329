/* SPDX-License-Identifier: Apache-2.0 */
/* Logistic regression for boundaries, perceptron for words; see seg_train.h. */
#include "stage/seg/seg_train.h"

#include "base/error.h"
#include "stage/seg/seg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ORDERS = 4, /* random orders of the examples, each from zero weights */
    PASSES = 6, /* over the corpus in each */
    FOLDS = 5,
    VOCABULARY_BITS = 17,
    WORD_PASSES = 4,
    WORD_STEP = 3 * SEG_SCALE / 10,
    MAX_FEATURES = 256,
    SMALL_WEIGHT =
        300, /* rows without a larger weight are left out: a quarter of the table, dev as before */
    BACKOFF_COUNT = 0
#define SEG_BACKOFF(name, mask) +1
#include "stage/seg/seg_tables.def"
    ,
    ROW_FEATURES = 6 + 5 + 2 + 4
};

/* Learning rate and the start of AdaGrad's sums; dev is flat between 0.07 and 0.15. */
static const float rate = 0.1f, floor_of_sums = 0.01f;

/* Gradients below this move nothing worth the time. */
static const float small_gradient = 1e-3f;

/* What an example of words by a program weighs; dev and finance are flat between 0.1 and 0.3. */
static const float program_weight = 0.17f;

/* A row of training: the key and its number, by open addressing. */
struct row_slot {
    uint64_t key; /* 0: empty */
    uint32_t row;
};

struct backoff {
    uint32_t table, first, mask, cells; /* first: of the table's cells */
};

/* Units [start, end) of a sentence. */
struct unit_range {
    uint32_t start, end;
};

struct sentence {
    struct units units;
    const uint8_t *boundary, *cut;
    uint32_t first; /* example */
    enum seg_words_by by;
};

struct seg_trainer {
    const struct lexicon *lexicon;
    struct sentence *sentences;
    uint32_t sentence_count;
    size_t sentence_cap;
    int32_t *scores;     /* of each example, by the model of the other folds */
    int32_t *word_cells; /* once trained */
    struct seg_slot *vocabulary;
    struct arena arena; /* of one sentence */
    struct row_slot *slots;
    uint32_t slot_bits, row_count;
    uint32_t *features; /* of all examples, one after the other */
    size_t feature_count, feature_cap;
    uint8_t *labels;
    uint32_t example_count, example_cap;
    uint32_t hand_count; /* the first examples, from words by hand */
    float *mean; /* weights, once trained: rows, cells, then the cells of every backoff */
    size_t weight_count;
};

static void list_backoffs(struct backoff *ret)
{
    uint32_t n = 0;
#define SEG_BACKOFF(name, bits) \
    ret[n].table = SEG_##name; \
    ret[n].first = SEG_FIRST_##name; \
    ret[n].mask = (bits); \
    ret[n++].cells = SEG_LAST_##name - SEG_FIRST_##name + 1;
#include "stage/seg/seg_tables.def"
}

struct seg_trainer *jwi_seg_trainer_new(const struct lexicon *lexicon)
{
    struct seg_trainer *trainer = calloc(1, sizeof *trainer);
    if (!trainer)
        return NULL;
    trainer->lexicon = lexicon;
    trainer->slot_bits = 16;
    trainer->slots = calloc((size_t)1 << trainer->slot_bits, sizeof *trainer->slots);
    jwi_arena_init(&trainer->arena, NULL);
    if (trainer->slots)
        return trainer;
    jwi_seg_trainer_free(trainer);
    return NULL;
}

void jwi_seg_trainer_free(struct seg_trainer *trainer)
{
    if (!trainer)
        return;
    jwi_arena_free(&trainer->arena);
    free(trainer->slots);
    free(trainer->features);
    free(trainer->sentences);
    free(trainer->scores);
    free(trainer->word_cells);
    free(trainer->vocabulary);
    free(trainer->labels);
    free(trainer->mean);
    free(trainer);
}

static struct row_slot *find_slot(struct row_slot *slots, uint32_t bits, uint64_t key)
{
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    uint64_t at = key & mask;
    while (slots[at].key && slots[at].key != key)
        at = (at + 1) & mask;
    return &slots[at];
}

static int grow_slots(struct seg_trainer *trainer)
{
    struct row_slot *slots = calloc((size_t)2 << trainer->slot_bits, sizeof *slots);
    if (!slots)
        return 0;
    for (size_t i = 0; i < (size_t)1 << trainer->slot_bits; i++)
        if (trainer->slots[i].key)
            *find_slot(slots, trainer->slot_bits + 1, trainer->slots[i].key) = trainer->slots[i];
    free(trainer->slots);
    trainer->slots = slots;
    trainer->slot_bits++;
    return 1;
}

/* Number of the row of a key, a new one when the key is new; JW_NONE when memory ends. */
static uint32_t row_of(struct seg_trainer *trainer, uint64_t key)
{
    if (trainer->row_count > (uint32_t)1 << (trainer->slot_bits - 1) && !grow_slots(trainer))
        return JW_NONE;
    struct row_slot *slot = find_slot(trainer->slots, trainer->slot_bits, key);
    if (!slot->key) {
        slot->key = key;
        slot->row = trainer->row_count++;
    }
    return slot->row;
}

/* Puts a slot at its key's place or behind it; false when SEG_PROBES places are taken. */
static int place_slot(const struct seg_slot *slot, uint64_t key, uint32_t bits,
                      struct seg_slot *ret)
{
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    for (uint32_t probe = 0; probe < SEG_PROBES; probe++) {
        struct seg_slot *place = &ret[(key + probe) & mask];
        if (place->check)
            continue;
        *place = *slot;
        return 1;
    }
    return 0;
}

/*
 * Features while rows are still being numbered: a row's weight is row * SEG_ROW_WIDTH + s, a cell's
 * is its index with the top bit set. resolve() puts the cells behind the rows once their number is
 * known.
 */
enum { CELL_BIT = 1u << 31 };

static int list_features(struct seg_trainer *trainer, const struct seg_window *window, uint32_t k,
                         uint32_t *ret)
{
    struct backoff backoffs[BACKOFF_COUNT];
    uint32_t cells[SEG_TABLE_COUNT], n = 0, first = SEG_CELL_COUNT;
    for (int kind = 0; kind < SEG_ROW_KINDS; kind++)
        for (int s = 0; s < seg_row_len[kind]; s++) {
            const uint32_t row = row_of(trainer, seg_row_key(window, (enum seg_row)kind,
                                                             (int64_t)k - seg_row_first[kind] - s));
            if (row == JW_NONE)
                return 0;
            ret[n++] = row * SEG_ROW_WIDTH + (uint32_t)s;
        }
    jwi_seg_cells(window, k, cells);
    for (int i = 0; i < SEG_TABLE_COUNT; i++)
        ret[n++] = cells[i] | CELL_BIT;
    list_backoffs(backoffs);
    for (int i = 0; i < BACKOFF_COUNT; i++) {
        const uint32_t index = cells[backoffs[i].table] - backoffs[i].first;
        ret[n++] = (first + (index & backoffs[i].mask)) | CELL_BIT;
        first += backoffs[i].cells;
    }
    return 1;
}

enum { FEATURES = ROW_FEATURES + SEG_TABLE_COUNT + BACKOFF_COUNT };

_Static_assert((int)FEATURES <= (int)MAX_FEATURES, "features of one boundary");

static int grow(void **at, size_t *cap, size_t wanted, size_t size)
{
    if (wanted <= *cap)
        return 1;
    const size_t larger = wanted > *cap * 2 ? wanted : *cap * 2;
    void *grown = realloc(*at, larger * size);
    if (!grown)
        return 0;
    *at = grown;
    *cap = larger;
    return 1;
}

static int push_example(struct seg_trainer *trainer, const uint32_t *features, uint8_t label)
{
    void *all = trainer->features, *labels = trainer->labels;
    size_t cap = trainer->example_cap;
    if (!grow(&all, &trainer->feature_cap, trainer->feature_count + FEATURES, sizeof *features))
        return 0;
    trainer->features = all;
    if (!grow(&labels, &cap, trainer->example_count + 1, 1))
        return 0;
    trainer->labels = labels;
    trainer->example_cap = (uint32_t)cap;
    memcpy(trainer->features + trainer->feature_count, features, FEATURES * sizeof *features);
    trainer->feature_count += FEATURES;
    trainer->labels[trainer->example_count++] = label;
    return 1;
}

jw_status jwi_seg_trainer_add(struct seg_trainer *trainer, struct units sentence,
                              const uint8_t *boundary, const uint8_t *cut, enum seg_words_by by, jw_error *reterr)
{
    struct seg_window window;
    const struct sentence added = {sentence, boundary, cut, trainer->example_count, by};
    void *sentences = trainer->sentences;
    if (!grow(&sentences, &trainer->sentence_cap, trainer->sentence_count + 1u, sizeof added))
        return jwi_fail_memory(reterr);
    trainer->sentences = sentences;
    trainer->sentences[trainer->sentence_count++] = added;
    jwi_arena_reset(&trainer->arena);
    TRY(jwi_seg_window_new(&trainer->arena, sentence.len, &window, reterr));
    jwi_seg_window_fill(&window, trainer->lexicon, sentence, 0, sentence.len);
    for (uint32_t k = 1; k < sentence.len; k++) {
        uint32_t features[MAX_FEATURES];
        if (boundary[k] != BOUNDARY_FREE)
            continue;
        if (!list_features(trainer, &window, k, features) ||
            !push_example(trainer, features, cut[k]))
            return jwi_fail_memory(reterr);
    }
    if (by == SEG_WORDS_BY_HAND)
        trainer->hand_count = trainer->example_count;
    return JW_OK;
}

/* 1 / (1 + e^-x) with e^-x as (1 - x / 1024)^1024: far more exact than a gradient needs, and the
 * same everywhere. */
static float sigmoid(float x)
{
    const float bounded = x > 16.0f ? 16.0f : x < -16.0f ? -16.0f : x;
    float power = 1.0f - bounded / 1024.0f;
    for (int i = 0; i < 10; i++)
        power *= power;
    return 1.0f / (1.0f + power);
}

struct learner {
    float *weights, *sums; /* squared gradients */
    uint32_t *order;
    uint64_t random;
};

static void shuffle(struct learner *learner, uint32_t n)
{
    for (uint32_t i = n; i > 1; i--) {
        learner->random = hash_mix(learner->random + i);
        const uint32_t j = (uint32_t)((learner->random >> 32) * i >> 32);
        const uint32_t swap = learner->order[i - 1];
        learner->order[i - 1] = learner->order[j];
        learner->order[j] = swap;
    }
}

/* One example; true when it was wrong before. */
static int learn(struct learner *learner, const uint32_t *features, uint8_t label, float weight)
{
    float score = 0;
    for (int i = 0; i < FEATURES; i++)
        score += learner->weights[features[i]];
    const float gradient = weight * (sigmoid(score) - (float)label);
    const float squared = gradient * gradient;
    if (gradient < small_gradient && gradient > -small_gradient)
        return 0;
    for (int i = 0; i < FEATURES; i++) {
        const uint32_t f = features[i];
        learner->sums[f] += squared;
        learner->weights[f] -= rate * gradient / sqrtf(learner->sums[f] + floor_of_sums);
    }
    return (score > 0) != label;
}

static void resolve(struct seg_trainer *trainer)
{
    const uint32_t rows = trainer->row_count * SEG_ROW_WIDTH;
    for (size_t i = 0; i < trainer->feature_count; i++)
        if (trainer->features[i] & CELL_BIT)
            trainer->features[i] = rows + (trainer->features[i] & ~(uint32_t)CELL_BIT);
}

static size_t count_weights(const struct seg_trainer *trainer)
{
    struct backoff backoffs[BACKOFF_COUNT];
    size_t n = (size_t)trainer->row_count * SEG_ROW_WIDTH + SEG_CELL_COUNT;
    list_backoffs(backoffs);
    for (int i = 0; i < BACKOFF_COUNT; i++)
        n += backoffs[i].cells;
    return n;
}

static void forget(const struct seg_trainer *trainer, struct learner *learner)
{
    memset(learner->weights, 0, trainer->weight_count * sizeof *learner->weights);
    memset(learner->sums, 0, trainer->weight_count * sizeof *learner->sums);
}

/* One pass over the first `n` examples of the order; the weights are added to the mean. */
static uint32_t train_pass(struct seg_trainer *trainer, struct learner *learner, uint32_t n,
                           float share)
{
    uint32_t wrong = 0;
    shuffle(learner, n);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t example = learner->order[i];
        wrong += (uint32_t)learn(learner, trainer->features + (size_t)example * FEATURES,
                                 trainer->labels[example], example < trainer->hand_count ? 1.0f : program_weight);
    }
    for (size_t i = 0; share > 0 && i < trainer->weight_count; i++)
        trainer->mean[i] += learner->weights[i] * share;
    return wrong;
}

static void train_boundaries(struct seg_trainer *trainer, struct learner *learner,
                             struct seg_progress progress)
{
    const float share = 1.0f / (float)(ORDERS * (PASSES - 1));
    memset(trainer->mean, 0, trainer->weight_count * sizeof *trainer->mean);
    for (uint32_t i = 0; i < trainer->example_count; i++)
        learner->order[i] = i;
    for (uint32_t order = 0; order < ORDERS; order++) {
        forget(trainer, learner);
        for (uint32_t pass = 0; pass < PASSES; pass++) {
            const uint32_t wrong =
                train_pass(trainer, learner, trainer->example_count, pass ? share : 0);
            progress.say(progress.ctx, "boundaries", order * PASSES + pass + 1, wrong,
                         trainer->example_count);
        }
    }
}

static uint32_t examples_end(const struct seg_trainer *trainer, uint32_t sentence)
{
    return sentence + 1 < trainer->sentence_count ? trainer->sentences[sentence + 1].first
                                                  : trainer->example_count;
}

static int32_t score_of(const struct seg_trainer *trainer, uint32_t example)
{
    const uint32_t *features = trainer->features + (size_t)example * FEATURES;
    float score = 0;
    for (int i = 0; i < FEATURES; i++)
        score += trainer->mean[features[i]];
    return (int32_t)(score * SEG_SCALE);
}

/* Scores of one fold by the model of the others. */
static void score_fold(struct seg_trainer *trainer, struct learner *learner, uint32_t fold)
{
    uint32_t n = 0;
    memset(trainer->mean, 0, trainer->weight_count * sizeof *trainer->mean);
    for (uint32_t i = 0; i < trainer->sentence_count; i++)
        for (uint32_t example = trainer->sentences[i].first;
             i % FOLDS != fold && example < examples_end(trainer, i); example++)
            learner->order[n++] = example;
    forget(trainer, learner);
    for (uint32_t pass = 0; pass < PASSES; pass++)
        train_pass(trainer, learner, n, pass ? 1.0f / (float)(PASSES - 1) : 0);
    for (uint32_t i = fold; i < trainer->sentence_count; i += FOLDS)
        for (uint32_t example = trainer->sentences[i].first; example < examples_end(trainer, i);
             example++)
            trainer->scores[example] = score_of(trainer, example);
}

/* How often each word of the corpus occurs outside one fold (FOLDS: everywhere), as 1 once, 2 up to
 * 3 times, 3 up to 9, 4 more. */
static uint8_t vocabulary_bin(uint32_t count)
{
    return count < 2 ? 1 : count < 4 ? 2 : count < 10 ? 3 : 4;
}

static uint32_t word_end(const struct sentence *sentence, uint32_t start)
{
    uint32_t end = start + 1;
    while (end < sentence->units.len && !sentence->cut[end])
        end++;
    return end;
}

static void count_words(const struct sentence *sentence, struct row_slot *counts)
{
    for (uint32_t start = 0, end; start < sentence->units.len; start = end) {
        end = word_end(sentence, start);
        if (end - start > SEG_WORD_MAX)
            continue;
        struct row_slot *slot = find_slot(
            counts, VOCABULARY_BITS, jwi_seg_word_key(sentence->units.code + start, end - start));
        slot->key = jwi_seg_word_key(sentence->units.code + start, end - start);
        slot->row++;
    }
}

/* False when memory ends or the corpus has more words than the table holds. */
static int make_vocabulary(const struct seg_trainer *trainer, uint32_t fold, struct seg_slot *ret)
{
    struct row_slot *counts = calloc((size_t)1 << VOCABULARY_BITS, sizeof *counts);
    if (!counts)
        return 0;
    for (uint32_t i = 0; i < trainer->sentence_count; i++)
        if (i % FOLDS != fold && trainer->sentences[i].by == SEG_WORDS_BY_HAND)
            count_words(&trainer->sentences[i], counts);
    memset(ret, 0, sizeof *ret << VOCABULARY_BITS);
    int has_place = 1;
    for (size_t i = 0; i < (size_t)1 << VOCABULARY_BITS; i++) {
        const struct seg_slot slot = {seg_check(counts[i].key), {vocabulary_bin(counts[i].row)}};
        if (counts[i].key)
            has_place = has_place && place_slot(&slot, counts[i].key, VOCABULARY_BITS, ret);
    }
    free(counts);
    return has_place;
}

/* Weights of words under training, with what averaging needs. */
struct word_learner {
    int64_t *totals;
    uint32_t *since; /* step up to which the total counts */
    uint32_t step;
    struct seg_path path;
    int32_t *scores;
    uint8_t *cut;
    struct seg_words words;
};

static void move_word(struct seg_trainer *trainer, struct word_learner *learner,
                      const struct sentence *sentence, struct unit_range word, int32_t by)
{
    uint32_t cells[SEG_WORD_TABLE_COUNT];
    if (word.end - word.start > SEG_WORD_SPAN)
        return;
    jwi_seg_word_cells(&learner->words, sentence->units, word.start, word.end, cells);
    for (int i = 0; i < SEG_WORD_TABLE_COUNT; i++) {
        const uint32_t cell = cells[i];
        learner->totals[cell] +=
            (int64_t)trainer->word_cells[cell] * (learner->step - learner->since[cell]);
        learner->since[cell] = learner->step;
        trainer->word_cells[cell] += by;
    }
}

/* Moves the words that are in `is` and not in `other`; true when there are any. */
static int move_words(struct seg_trainer *trainer, struct word_learner *learner,
                      const struct sentence *sentence, const uint8_t *is, const uint8_t *other,
                      int32_t by)
{
    const uint32_t len = sentence->units.len;
    int is_moved = 0;
    for (uint32_t start = 0, end; start < len; start = end) {
        int is_same = other[start];
        for (end = start + 1; end < len && !is[end]; end++)
            is_same = is_same && !other[end];
        is_same = is_same && (end == len || other[end]);
        const struct unit_range word = {start, end};
        if (!is_same)
            move_word(trainer, learner, sentence, word, by);
        is_moved = is_moved || !is_same;
    }
    return is_moved;
}

static int learn_words(struct seg_trainer *trainer, struct word_learner *learner, uint32_t index)
{
    const struct sentence *sentence = &trainer->sentences[index];
    uint32_t example = sentence->first;
    for (uint32_t k = 0; k < sentence->units.len; k++)
        learner->scores[k] =
            k && sentence->boundary[k] == BOUNDARY_FREE ? trainer->scores[example++] : 0;
    jwi_seg_decode(&learner->words, &learner->path, sentence->units, sentence->boundary,
                   learner->scores, learner->cut);
    learner->step++;
    const int is_wrong =
        move_words(trainer, learner, sentence, sentence->cut, learner->cut, WORD_STEP);
    move_words(trainer, learner, sentence, learner->cut, sentence->cut, -WORD_STEP);
    return is_wrong;
}

static void average_words(struct seg_trainer *trainer, const struct word_learner *learner)
{
    for (uint32_t i = 0; i < SEG_WORD_CELL_COUNT; i++) {
        const int64_t total = learner->totals[i] +
                              (int64_t)trainer->word_cells[i] * (learner->step - learner->since[i]);
        trainer->word_cells[i] = (int32_t)(total / learner->step);
    }
}

static uint32_t longest_sentence(const struct seg_trainer *trainer)
{
    uint32_t longest = 0;
    for (uint32_t i = 0; i < trainer->sentence_count; i++)
        if (trainer->sentences[i].units.len > longest)
            longest = trainer->sentences[i].units.len;
    return longest;
}

static jw_status word_learner_new(struct seg_trainer *trainer, struct word_learner *ret,
                                  jw_error *reterr)
{
    const uint32_t len = longest_sentence(trainer) + 1;
    memset(ret, 0, sizeof *ret);
    jwi_arena_reset(&trainer->arena);
    TRY(jwi_seg_path_new(&trainer->arena, len, &ret->path, reterr));
    ret->totals = PUSH_ZERO(&trainer->arena, int64_t, SEG_WORD_CELL_COUNT);
    ret->since = PUSH_ZERO(&trainer->arena, uint32_t, SEG_WORD_CELL_COUNT);
    ret->scores = PUSH_ZERO(&trainer->arena, int32_t, len);
    ret->cut = PUSH_ZERO(&trainer->arena, uint8_t, len);
    ret->words.lexicon = trainer->lexicon;
    ret->words.cells = trainer->word_cells;
    return ret->totals && ret->since && ret->scores && ret->cut ? JW_OK : jwi_fail_memory(reterr);
}

/* Folds take turns sentence by sentence, so each has its vocabulary ready. */
static jw_status train_words(struct seg_trainer *trainer, struct learner *order,
                             struct seg_progress progress, jw_error *reterr)
{
    struct seg_slot *vocabulary[FOLDS];
    struct word_learner learner;
    TRY(word_learner_new(trainer, &learner, reterr));
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        vocabulary[fold] = PUSH(&trainer->arena, struct seg_slot, (size_t)1 << VOCABULARY_BITS);
        if (!vocabulary[fold] || !make_vocabulary(trainer, fold, vocabulary[fold]))
            return jwi_fail_memory(reterr);
    }
    uint32_t n = 0;
    for (uint32_t i = 0; i < trainer->sentence_count; i++)
        if (trainer->sentences[i].by == SEG_WORDS_BY_HAND)
            order->order[n++] = i;
    for (uint32_t pass = 0; pass < WORD_PASSES; pass++) {
        uint32_t wrong = 0;
        shuffle(order, n);
        for (uint32_t i = 0; i < n; i++) {
            const struct seg_slots slots = {vocabulary[order->order[i] % FOLDS],
                                            (1u << VOCABULARY_BITS) - 1};
            learner.words.vocabulary = slots;
            wrong += (uint32_t)learn_words(trainer, &learner, order->order[i]);
        }
        progress.say(progress.ctx, "sentences", pass + 1, wrong, n);
    }
    if (learner.step)
        average_words(trainer, &learner);
    return JW_OK;
}

static jw_status train_all(struct seg_trainer *trainer, struct learner *learner,
                           struct seg_progress progress, jw_error *reterr)
{
    for (uint32_t fold = 0; fold < FOLDS; fold++)
        score_fold(trainer, learner, fold);
    TRY(train_words(trainer, learner, progress, reterr));
    if (!make_vocabulary(trainer, FOLDS, trainer->vocabulary))
        return jwi_fail_memory(reterr);
    train_boundaries(trainer, learner, progress);
    return JW_OK;
}

jw_status jwi_seg_trainer_run(struct seg_trainer *trainer, struct seg_progress progress,
                              jw_error *reterr)
{
    resolve(trainer);
    trainer->weight_count = count_weights(trainer);
    trainer->mean = malloc(trainer->weight_count * sizeof *trainer->mean);
    trainer->scores = malloc(((size_t)trainer->example_count + 1) * sizeof *trainer->scores);
    trainer->word_cells = calloc(SEG_WORD_CELL_COUNT, sizeof *trainer->word_cells);
    trainer->vocabulary = malloc(sizeof *trainer->vocabulary << VOCABULARY_BITS);
    struct learner learner = {
        malloc(trainer->weight_count * sizeof(float)),
        malloc(trainer->weight_count * sizeof(float)),
        malloc(((size_t)trainer->example_count + trainer->sentence_count + 1) * sizeof(uint32_t)),
        1};
    const int is_ready = trainer->mean && trainer->scores && trainer->word_cells &&
                         trainer->vocabulary && learner.weights && learner.sums && learner.order;
    const jw_status status =
        is_ready ? train_all(trainer, &learner, progress, reterr) : jwi_fail_memory(reterr);
    free(learner.weights);
    free(learner.sums);
    free(learner.order);
    return status;
}

static int16_t quantised(float weight)
{
    const float scaled = weight * SEG_SCALE;
    if (scaled > INT16_MAX)
        return INT16_MAX;
    if (scaled < INT16_MIN)
        return INT16_MIN;
    return (int16_t)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
}

/* Rows into slots; false when one finds no place. */
static int place_rows(const struct seg_trainer *trainer, uint32_t bits, struct seg_slot *ret)
{
    for (size_t i = 0; i < (size_t)1 << trainer->slot_bits; i++) {
        const struct row_slot *from = &trainer->slots[i];
        struct seg_slot row = {seg_check(from->key), {0}};
        int is_small = 1;
        for (int s = 0; from->key && s < SEG_ROW_WIDTH; s++) {
            row.weights[s] =
                quantised(trainer->mean[(size_t)from->row * SEG_ROW_WIDTH + (size_t)s]);
            is_small =
                is_small && row.weights[s] <= SMALL_WEIGHT && row.weights[s] >= -SMALL_WEIGHT;
        }
        if (!is_small && !place_slot(&row, from->key, bits, ret))
            return 0;
    }
    return 1;
}

/* Every cell with the backoffs that stand behind it. */
static void sum_cells(const struct seg_trainer *trainer, int16_t *ret)
{
    struct backoff backoffs[BACKOFF_COUNT];
    const float *cells = trainer->mean + (size_t)trainer->row_count * SEG_ROW_WIDTH;
    float *sums = malloc(SEG_CELL_COUNT * sizeof *sums);
    if (!sums)
        return;
    memcpy(sums, cells, SEG_CELL_COUNT * sizeof *sums);
    cells += SEG_CELL_COUNT;
    list_backoffs(backoffs);
    for (int i = 0; i < BACKOFF_COUNT; i++) {
        for (uint32_t j = 0; j < backoffs[i].cells; j++)
            sums[backoffs[i].first + j] += cells[j & backoffs[i].mask];
        cells += backoffs[i].cells;
    }
    for (size_t i = 0; i < SEG_CELL_COUNT; i++)
        ret[i] = quantised(sums[i]);
    free(sums);
}

static size_t add(char *section, size_t at, const void *data, size_t len)
{
    memcpy(section + at, data, len);
    return at + len;
}

jw_status jwi_seg_trainer_write(const struct seg_trainer *trainer, jw_bytes *ret, jw_error *reterr)
{
    const size_t words = SEG_WORD_CELL_COUNT * sizeof(int32_t), vocabulary = sizeof(struct seg_slot)
                                                                             << VOCABULARY_BITS;
    for (uint32_t bits = 10; bits <= SEG_MAX_BITS; bits++) {
        const size_t rows = sizeof(struct seg_slot) << bits;
        const size_t size = sizeof(struct seg_header) + words + rows + vocabulary +
                            SEG_CELL_COUNT * sizeof(int16_t);
        const struct seg_header header = {
            SEG_VERSION, bits, VOCABULARY_BITS, SEG_CELL_COUNT, SEG_WORD_CELL_COUNT, {0}};
        char *section = calloc(1, size);
        if (!section)
            return jwi_fail_memory(reterr);
        size_t at = add(section, 0, &header, sizeof header);
        at = add(section, at, trainer->word_cells, words);
        if (place_rows(trainer, bits, (struct seg_slot *)(void *)(section + at))) {
            at = add(section, at + rows, trainer->vocabulary, vocabulary);
            sum_cells(trainer, (int16_t *)(void *)(section + at));
            ret->at = section;
            ret->len = size;
            return JW_OK;
        }
        free(section);
    }
    return jwi_fail(reterr, JW_ELIMIT, trainer->row_count, "%u rows of n-grams are too many",
                    trainer->row_count);
}
