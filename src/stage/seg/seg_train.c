/* SPDX-License-Identifier: Apache-2.0 */
/* Logistic regression for boundaries; see seg_train.h. */
#include "stage/seg/seg_train.h"

#include "base/error.h"
#include "stage/seg/seg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ORDERS = 4,  /* random orders of the examples, each from zero weights */
    PASSES = 6,  /* over the corpus in each */
    MAX_FEATURES = 256,
    SMALL_WEIGHT = 150, /* rows without a larger weight are left out: half the table, dev as before */
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

/* A row of training: the key and its number, by open addressing. */
struct row_slot {
    uint64_t key; /* 0: empty */
    uint32_t row;
};

struct backoff {
    uint32_t table, first, mask, cells; /* first: of the table's cells */
};

struct seg_trainer {
    const struct lexicon *lexicon;
    struct arena arena; /* of one sentence */
    struct row_slot *slots;
    uint32_t slot_bits, row_count;
    uint32_t *features; /* of all examples, one after the other */
    size_t feature_count, feature_cap;
    size_t *start; /* of each example */
    uint8_t *labels;
    uint32_t example_count, example_cap;
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
    free(trainer->start);
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

/*
 * Features while rows are still being numbered: a row's weight is row * SEG_ROW_WIDTH + s, a cell's is its index with the top bit set.
 * resolve() puts the cells behind the rows once their number is known.
 */
enum { CELL_BIT = 1u << 31 };

static int list_features(struct seg_trainer *trainer, const struct seg_window *window, uint32_t k, uint32_t *ret)
{
    struct backoff backoffs[BACKOFF_COUNT];
    uint32_t cells[SEG_TABLE_COUNT], n = 0, first = SEG_CELL_COUNT;
    for (int kind = 0; kind < SEG_ROW_KINDS; kind++)
        for (int s = 0; s < seg_row_len[kind]; s++) {
            const uint32_t row = row_of(trainer, seg_row_key(window, (enum seg_row)kind, (int64_t)k - seg_row_first[kind] - s));
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

jw_status jwi_seg_trainer_add(struct seg_trainer *trainer, struct units sentence, const uint8_t *boundary, const uint8_t *cut, jw_error *reterr)
{
    struct seg_window window;
    jwi_arena_reset(&trainer->arena);
    TRY(jwi_seg_window_new(&trainer->arena, sentence.len, &window, reterr));
    jwi_seg_window_fill(&window, trainer->lexicon, sentence, 0, sentence.len);
    for (uint32_t k = 1; k < sentence.len; k++) {
        uint32_t features[MAX_FEATURES];
        if (boundary[k] != BOUNDARY_FREE)
            continue;
        if (!list_features(trainer, &window, k, features) || !push_example(trainer, features, cut[k]))
            return jwi_fail_memory(reterr);
    }
    return JW_OK;
}

/* 1 / (1 + e^-x) with e^-x as (1 - x / 1024)^1024: far more exact than a gradient needs, and the same everywhere. */
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
static int learn(struct learner *learner, const uint32_t *features, uint8_t label)
{
    float score = 0;
    for (int i = 0; i < FEATURES; i++)
        score += learner->weights[features[i]];
    const float gradient = sigmoid(score) - (float)label;
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

static void train_order(struct seg_trainer *trainer, struct learner *learner, uint32_t order, struct seg_progress progress)
{
    for (size_t i = 0; i < trainer->weight_count; i++) {
        learner->weights[i] = 0;
        learner->sums[i] = 0;
    }
    for (uint32_t pass = 0; pass < PASSES; pass++) {
        uint32_t wrong = 0;
        shuffle(learner, trainer->example_count);
        for (uint32_t i = 0; i < trainer->example_count; i++) {
            const uint32_t example = learner->order[i];
            wrong += (uint32_t)learn(learner, trainer->features + (size_t)example * FEATURES, trainer->labels[example]);
        }
        for (size_t i = 0; pass && i < trainer->weight_count; i++)
            trainer->mean[i] += learner->weights[i] / (float)(ORDERS * (PASSES - 1));
        progress.say(progress.ctx, order * PASSES + pass + 1, ORDERS * PASSES, wrong, trainer->example_count);
    }
}

jw_status jwi_seg_trainer_run(struct seg_trainer *trainer, struct seg_progress progress, jw_error *reterr)
{
    resolve(trainer);
    trainer->weight_count = count_weights(trainer);
    trainer->mean = calloc(trainer->weight_count, sizeof *trainer->mean);
    struct learner learner = {malloc(trainer->weight_count * sizeof(float)), malloc(trainer->weight_count * sizeof(float)),
                              malloc(((size_t)trainer->example_count + 1) * sizeof(uint32_t)), 1};
    const int is_ready = trainer->mean && learner.weights && learner.sums && learner.order;
    for (uint32_t i = 0; is_ready && i < trainer->example_count; i++)
        learner.order[i] = i;
    for (uint32_t order = 0; is_ready && order < ORDERS; order++)
        train_order(trainer, &learner, order, progress);
    free(learner.weights);
    free(learner.sums);
    free(learner.order);
    return is_ready ? JW_OK : jwi_fail_memory(reterr);
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

/* Rows into slots; false when a row finds no place within SEG_PROBES. */
static int place_rows(const struct seg_trainer *trainer, uint32_t bits, struct seg_slot *ret)
{
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    for (size_t i = 0; i < (size_t)1 << trainer->slot_bits; i++) {
        const struct row_slot *from = &trainer->slots[i];
        struct seg_slot row = {seg_check(from->key), {0}};
        int is_small = 1;
        for (int s = 0; from->key && s < SEG_ROW_WIDTH; s++) {
            row.weights[s] = quantised(trainer->mean[(size_t)from->row * SEG_ROW_WIDTH + (size_t)s]);
            is_small = is_small && row.weights[s] <= SMALL_WEIGHT && row.weights[s] >= -SMALL_WEIGHT;
        }
        uint32_t probe = 0;
        while (!is_small && probe < SEG_PROBES && ret[(from->key + probe) & mask].check)
            probe++;
        if (probe == SEG_PROBES)
            return 0;
        if (!is_small)
            ret[(from->key + probe) & mask] = row;
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

jw_status jwi_seg_trainer_write(const struct seg_trainer *trainer, jw_bytes *ret, jw_error *reterr)
{
    for (uint32_t bits = 10; bits <= 24; bits++) {
        const size_t slots = sizeof(struct seg_slot) << bits;
        const size_t size = sizeof(struct seg_header) + slots + SEG_CELL_COUNT * sizeof(int16_t);
        const struct seg_header header = {SEG_VERSION, bits, SEG_CELL_COUNT, 0};
        char *section = calloc(1, size);
        if (!section)
            return jwi_fail_memory(reterr);
        memcpy(section, &header, sizeof header);
        if (place_rows(trainer, bits, (struct seg_slot *)(void *)(section + sizeof header))) {
            sum_cells(trainer, (int16_t *)(void *)(section + sizeof header + slots));
            ret->at = section;
            ret->len = size;
            return JW_OK;
        }
        free(section);
    }
    return jwi_fail(reterr, JW_ELIMIT, trainer->row_count, "%u rows of n-grams are too many", trainer->row_count);
}
