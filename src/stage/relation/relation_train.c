/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trainer of section RELN.  Multinomial logistic regression with a penalty on the squares of the weights; several labels of one pair share
 * its weight evenly.  Weights are kept as scale x row, so that the penalty costs one multiplication a step; the rate falls as 1 / t
 * (Bottou 2012).  A step leaves out a share of the features, so that none is relied on alone; which ones is a hash of pass, pair and feature, so
 * that another feature of one pair leaves all others as they are.  The weights are the mean of those after the later passes of several runs,
 * since one alone moves by half a point with its seed.  A feature counts by what its kind weighs, which goes into the packed weights.  Rate and
 * penalty come from five-fold trials on the training pairs, passes and share from the pairs of valid.tsv (0.4 of the
 * features in 40 passes: F1 55.5; with one run 54.9 to 55.4 by its seed).
 */
#include "stage/relation/relation_train.h"

#include "base/error.h"
#include "base/hash.h"
#include "ml/dense_train.h"
#include "ml/key_map.h"

#include <string.h>

enum { RUNS = 3, PASSES = 40, SEED = 5, ALIGN = 64, SEEN_MIN = 3 };
static const float RATE = 0.2f, PENALTY = 1e-3f, LEFT_OUT = 0.4f;

struct trainer {
    const struct relation_lesson *lesson;
    struct key_map map;
    uint32_t *seen;  /* by number */
    float *scale_of; /* by number: what the feature weighs */
    float *rows;     /* [map.count][RELATION_BASES_MAX], times `scale` */
    float *mean;
    float scale;
    uint32_t *numbers; /* features of the example in hand, of either head */
    uint32_t number_count[2];
    float gain[2];
    uint32_t run, pass;
};

static int count_features(struct trainer *t)
{
    for (uint32_t i = 0; i < t->lesson->count; i++)
        for (int head = 0; head < 2; head++)
            for (uint32_t k = 0; k < t->lesson->examples[i].key_count[head]; k++)
                if (jwi_key_map_add(&t->map, t->lesson->examples[i].keys[head][k]) == JW_NONE)
                    return 0;
    t->seen = PUSH_ZERO(t->lesson->arena, uint32_t, t->map.count);
    t->scale_of = jwi_dense_floats(t->lesson->arena, t->map.count);
    for (uint32_t i = 0; i < t->map.count; i++)
        t->scale_of[i] = (float)jwi_relation_weight(t->map.keys[i]) / 4;
    for (uint32_t i = 0; t->seen && i < t->lesson->count; i++)
        for (int head = 0; head < 2; head++)
            for (uint32_t k = 0; k < t->lesson->examples[i].key_count[head]; k++)
                t->seen[jwi_key_map_find(&t->map, t->lesson->examples[i].keys[head][k])]++;
    return t->seen != NULL;
}

static int is_left_out(const struct trainer *t, const struct relation_example *example, uint32_t number)
{
    const uint64_t step = (uint64_t)(example - t->lesson->examples) * PASSES + t->pass;
    return (float)(hash_mix(t->map.keys[number] ^ hash_mix(step ^ hash_mix(t->run))) >> 40) < LEFT_OUT * (float)(1 << 24);
}

/* Frequent features of the example as numbers. */
static void take_example(struct trainer *t, const struct relation_example *example)
{
    for (int head = 0; head < 2; head++) {
        uint32_t *at = t->numbers + head * RELATION_FEATURES_MAX;
        float squares = 0;
        t->number_count[head] = 0;
        for (uint32_t k = 0; k < example->key_count[head]; k++) {
            const uint32_t number = jwi_key_map_find(&t->map, example->keys[head][k]);
            squares += t->scale_of[number] * t->scale_of[number];
            if (t->seen[number] >= SEEN_MIN && !is_left_out(t, example, number))
                at[t->number_count[head]++] = number;
        }
        t->gain[head] = (float)RELATION_GAIN / sqrtf(squares > 0 ? squares : 1) / (1 - LEFT_OUT);
    }
}

static void sum_rows(const struct trainer *t, int head, float *ret)
{
    memset(ret, 0, RELATION_BASES_MAX * sizeof *ret);
    for (uint32_t k = 0; k < t->number_count[head]; k++) {
        const uint32_t number = t->numbers[head * RELATION_FEATURES_MAX + (int)k];
        const float *row = t->rows + (size_t)number * RELATION_BASES_MAX, scale = t->scale_of[number];
        for (int i = 0; i < RELATION_BASES_MAX; i++)
            ret[i] += row[i] * scale;
    }
    for (int i = 0; i < RELATION_BASES_MAX; i++)
        ret[i] *= t->gain[head] * t->scale;
}

static void add_rows(const struct trainer *t, int head, const float *slope, float rate)
{
    for (uint32_t k = 0; k < t->number_count[head]; k++) {
        const uint32_t number = t->numbers[head * RELATION_FEATURES_MAX + (int)k];
        float *row = t->rows + (size_t)number * RELATION_BASES_MAX;
        const float part = rate * t->gain[head] * t->scale_of[number];
        for (int i = 0; i < RELATION_BASES_MAX; i++)
            row[i] -= slope[i] * part;
    }
}

/* Chances of all labels by their number; those that no base has get none. */
static void to_chances(const struct trainer *t, float sums[2][RELATION_BASES_MAX], float *ret)
{
    float best = -1e30f, total = 0;
    for (uint32_t base = 0; base < t->lesson->base_count; base++) {
        const int is_symmetric = t->lesson->bases[base].is_symmetric;
        ret[base * 2] = is_symmetric ? (sums[0][base] + sums[1][base]) / 2 : sums[0][base];
        ret[base * 2 + 1] = is_symmetric ? -1e30f : sums[1][base];
        best = ret[base * 2] > best ? ret[base * 2] : best;
        best = ret[base * 2 + 1] > best ? ret[base * 2 + 1] : best;
    }
    for (uint32_t i = 0; i < 2 * t->lesson->base_count; i++)
        total += ret[i] = ret[i] - best < -80 ? 0 : jwi_dense_exp(ret[i] - best);
    for (uint32_t i = 0; i < 2 * t->lesson->base_count; i++)
        ret[i] /= total;
}

/* One step; returns what the pair's own labels were not given. */
static float step(struct trainer *t, const struct relation_example *example, float rate)
{
    float sums[2][RELATION_BASES_MAX], chance[RELATION_LABELS_MAX], slope[2][RELATION_BASES_MAX] = {{0}};
    take_example(t, example);
    for (int head = 0; head < 2; head++)
        sum_rows(t, head, sums[head]);
    to_chances(t, sums, chance);
    float rest = 1;
    for (uint32_t i = 0; i < example->label_count; i++) {
        rest -= chance[example->label[i]];
        chance[example->label[i]] -= 1.0f / (float)example->label_count;
    }
    for (uint32_t base = 0; base < t->lesson->base_count; base++) {
        const int is_symmetric = t->lesson->bases[base].is_symmetric;
        slope[0][base] = is_symmetric ? chance[base * 2] / 2 : chance[base * 2];
        slope[1][base] = is_symmetric ? chance[base * 2] / 2 : chance[base * 2 + 1];
    }
    t->scale *= 1 - rate * PENALTY;
    for (int head = 0; head < 2; head++)
        add_rows(t, head, slope[head], rate / t->scale);
    return rest;
}

static void shuffle(uint32_t *order, uint32_t n, struct dense_random *random)
{
    for (uint32_t i = n; i > 1; i--) {
        const uint32_t k = (uint32_t)(jwi_dense_random(random) % i), other = order[k];
        order[k] = order[i - 1];
        order[i - 1] = other;
    }
}

/* The weights as they are now, into the mean over the later half of the passes of all runs. */
static void add_mean(struct trainer *t)
{
    const size_t n = (size_t)t->map.count * RELATION_BASES_MAX;
    for (size_t i = 0; i < n; i++)
        t->mean[i] += t->rows[i] * t->scale / (float)(RUNS * (PASSES - PASSES / 2));
}

static void one_run(struct trainer *t, uint32_t *order)
{
    const struct relation_lesson *lesson = t->lesson;
    struct dense_random random = {t->run};
    uint32_t steps = 0;
    memset(t->rows, 0, (size_t)t->map.count * RELATION_BASES_MAX * sizeof *t->rows);
    t->scale = 1;
    for (uint32_t i = 0; i < lesson->count; i++)
        order[i] = i;
    for (t->pass = 0; t->pass < PASSES; t->pass++) {
        double loss = 0;
        shuffle(order, lesson->count, &random);
        for (uint32_t i = 0; i < lesson->count; i++)
            loss += step(t, &lesson->examples[order[i]], RATE / (1 + RATE * PENALTY * (float)steps++));
        lesson->report(t->pass, PASSES, loss / lesson->count);
        if (t->pass >= PASSES / 2)
            add_mean(t);
    }
}

static int descend(struct trainer *t)
{
    const size_t n = (size_t)t->map.count * RELATION_BASES_MAX;
    uint32_t *order = PUSH(t->lesson->arena, uint32_t, t->lesson->count);
    t->rows = jwi_dense_floats(t->lesson->arena, n);
    t->mean = jwi_dense_floats(t->lesson->arena, n);
    t->numbers = PUSH(t->lesson->arena, uint32_t, 2 * RELATION_FEATURES_MAX);
    if (!order || !t->numbers)
        return 0;
    for (t->run = SEED; t->run < SEED + RUNS; t->run++)
        one_run(t, order);
    t->rows = t->mean;
    t->scale = 1;
    return 1;
}

static size_t padded(size_t size)
{
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

/* Half away from zero, cut to 16 bits. */
static int16_t rounded(float x)
{
    const float y = x * (float)(1 << RELATION_WEIGHT_BITS);
    return y >= INT16_MAX ? INT16_MAX : y <= -INT16_MAX ? -INT16_MAX : (int16_t)(y < 0 ? y - 0.5f : y + 0.5f);
}

/* Rounds the row; false when nothing is left of it. */
static int round_row(const struct trainer *t, uint32_t number, int16_t *ret)
{
    int any = 0;
    for (int i = 0; i < RELATION_BASES_MAX; i++) {
        ret[i] = rounded(t->rows[(size_t)number * RELATION_BASES_MAX + (size_t)i] * t->scale * t->scale_of[number]);
        any |= ret[i];
    }
    return any != 0;
}

static void put_slot(struct relation_slot *slots, uint32_t slot_count, uint64_t key, uint32_t row)
{
    uint32_t at = (uint32_t)key & (slot_count - 1);
    while (slots[at].row != JW_NONE)
        at = (at + 1) & (slot_count - 1);
    slots[at].tag = (uint32_t)(key >> 32);
    slots[at].row = row;
}

static int pack(const struct trainer *t, jw_bytes *ret)
{
    int16_t row[RELATION_BASES_MAX];
    struct relation_header header = {RELATION_VERSION, t->lesson->base_count, 0, 16};
    for (uint32_t i = 0; i < t->map.count; i++)
        header.row_count += (uint32_t)round_row(t, i, row);
    while (header.slot_count / 3 * 2 <= header.row_count)
        header.slot_count *= 2;
    const size_t slots_at = ALIGN + padded(header.base_count * sizeof *t->lesson->bases);
    const size_t rows_at = slots_at + padded(header.slot_count * sizeof(struct relation_slot));
    ret->len = rows_at + padded((size_t)header.row_count * sizeof row);
    char *at = jwi_arena_push_zero(t->lesson->arena, ret->len, 1, ALIGN);
    if (!at)
        return 0;
    memcpy(at, &header, sizeof header);
    memcpy(at + ALIGN, t->lesson->bases, header.base_count * sizeof *t->lesson->bases);
    struct relation_slot *slots = (void *)(at + slots_at);
    memset(slots, 0xff, header.slot_count * sizeof *slots);
    for (uint32_t i = 0, n = 0; i < t->map.count; i++)
        if (round_row(t, i, row)) {
            memcpy(at + rows_at + (size_t)n * sizeof row, row, sizeof row);
            put_slot(slots, header.slot_count, t->map.keys[i], n++);
        }
    ret->at = at;
    return 1;
}

jw_status jwi_relation_train(const struct relation_lesson *lesson, jw_bytes *ret, jw_error *reterr)
{
    struct trainer trainer = {.lesson = lesson, .map = {lesson->arena, NULL, NULL, 0, 0}};
    if (!count_features(&trainer) || !descend(&trainer) || !pack(&trainer, ret))
        return jwi_fail_memory(reterr);
    return JW_OK;
}
