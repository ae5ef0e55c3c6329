/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Training of the clause classifier: an averaged perceptron with a margin, integers only, seeded order.  Every announcement is shown three
 * ways, whole, its subject alone and its fields alone, so that the model still tells the clause of a headline or of a body without one.
 * Confidences are the share of right answers by margin, on the latest fifth of the announcements, from a model that has not seen them.
 */
#include "stage/form/form_train.h"

#include "base/error.h"
#include "base/hash.h"

#include <string.h>

enum { VIEWS = 3, MARGIN = 8, SCALE_BITS = 7, SEED = 51, HELD_PART = 5 };

struct trainer {
    const struct form_example *examples;
    int32_t (*weight)[FORM_CLAUSES]; /* [FORM_ROWS] */
    int64_t (*total)[FORM_CLAUSES];  /* sum of step x change */
    int64_t step;
    uint32_t *order, *rows;
};

static struct form_sight sight_of(const struct form_example *example, uint32_t view)
{
    struct form_sight sight = example->sight;
    if (view == 1)
        sight.field_count = 0;
    if (view == 2)
        sight.letter_count = 0;
    return sight;
}

static void shuffle(uint32_t *order, uint32_t count, uint64_t seed)
{
    for (uint32_t i = count; i > 1; i--) {
        const uint32_t k = (uint32_t)(hash_join(seed, i) % i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

static void change(struct trainer *trainer, uint32_t count, uint32_t clause, int32_t by)
{
    for (uint32_t i = 0; i < count; i++) {
        trainer->weight[trainer->rows[i]][clause] += by;
        trainer->total[trainer->rows[i]][clause] += by * trainer->step;
    }
}

static void learn(struct trainer *trainer, const struct form_sight *sight, uint32_t clause)
{
    int64_t sum[FORM_CLAUSES] = {0};
    const uint32_t count = jwi_form_rows(sight, trainer->rows);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < FORM_CLAUSES; k++)
            sum[k] += trainer->weight[trainer->rows[i]][k];
    uint32_t rival = clause == 0;
    for (uint32_t k = 0; k < FORM_CLAUSES; k++)
        if (k != clause && sum[k] > sum[rival])
            rival = k;
    trainer->step++;
    if (sum[clause] > sum[rival] + MARGIN)
        return;
    change(trainer, count, clause, 1);
    change(trainer, count, rival, -1);
}

static void train_on(struct trainer *trainer, uint32_t count, uint32_t epochs)
{
    memset(trainer->weight, 0, sizeof *trainer->weight * FORM_ROWS);
    memset(trainer->total, 0, sizeof *trainer->total * FORM_ROWS);
    trainer->step = 0;
    for (uint32_t i = 0; i < count * VIEWS; i++)
        trainer->order[i] = i;
    for (uint32_t epoch = 0; epoch < epochs; epoch++) {
        shuffle(trainer->order, count * VIEWS, hash_join(SEED, epoch));
        for (uint32_t i = 0; i < count * VIEWS; i++) {
            const struct form_example *example = &trainer->examples[trainer->order[i] / VIEWS];
            const struct form_sight sight = sight_of(example, trainer->order[i] % VIEWS);
            if (sight.letter_count || sight.field_count)
                learn(trainer, &sight, example->clause - 1);
        }
    }
}

/* Mean of the weight over all steps, scaled; what changed at the last step counts for one. */
static int16_t mean_of(const struct trainer *trainer, uint32_t row, uint32_t clause)
{
    const int64_t sum = trainer->weight[row][clause] * (trainer->step + 1) - trainer->total[row][clause];
    const int64_t mean = sum * (1 << SCALE_BITS) / (trainer->step + 1);
    return (int16_t)(mean > INT16_MAX ? INT16_MAX : mean < INT16_MIN ? INT16_MIN : mean);
}

/* The section without confidences. */
static char *pack(const struct trainer *trainer, struct arena *arena, size_t *len)
{
    struct form_model_header header = {FORM_MODEL_VERSION, 0, {0, 0}};
    for (uint32_t row = 0; row < FORM_ROWS; row++)
        for (uint32_t k = 0; k < FORM_CLAUSES; k++)
            header.weight_count += mean_of(trainer, row, k) != 0;
    const size_t tables = (FORM_ROWS + 1 + FORM_BINS) * sizeof(uint32_t);
    *len = sizeof header + tables + header.weight_count * sizeof(struct form_weight);
    char *ret = jwi_arena_push_zero(arena, 1, *len, 64);
    if (!ret)
        return NULL;
    memcpy(ret, &header, sizeof header);
    uint32_t *weight_at = (void *)(ret + sizeof header), n = 0;
    struct form_weight *weight = (void *)(ret + sizeof header + tables);
    for (uint32_t row = 0; row < FORM_ROWS; row++) {
        weight_at[row] = n;
        for (uint32_t k = 0; k < FORM_CLAUSES; k++) {
            const struct form_weight one = {mean_of(trainer, row, k), (uint8_t)k, 0};
            if (one.value)
                weight[n++] = one;
        }
    }
    weight_at[FORM_ROWS] = n;
    return ret;
}

static struct form_model view_of(const char *section)
{
    const uint32_t *at = (const void *)(section + sizeof(struct form_model_header));
    const struct form_model model = {at, at + FORM_ROWS + 1, (const void *)(at + FORM_ROWS + 1 + FORM_BINS)};
    return model;
}

/* Right answers by bin, made to rise: a bin below its left neighbour shares with it. */
static void measure(struct trainer *trainer, const char *section, uint32_t from, uint32_t count, uint32_t *confidence)
{
    uint64_t right[FORM_BINS], all[FORM_BINS];
    const struct form_model model = view_of(section);
    for (uint32_t i = 0; i < FORM_BINS; i++) {
        right[i] = 1; /* one right and one wrong before anything is seen */
        all[i] = 2;
    }
    for (uint32_t i = from * VIEWS; i < count * VIEWS; i++) {
        const struct form_example *example = &trainer->examples[i / VIEWS];
        const struct form_sight sight = sight_of(example, i % VIEWS);
        const struct form_guess guess = jwi_form_guess(&model, trainer->rows, jwi_form_rows(&sight, trainer->rows));
        right[guess.bin] += guess.clause == example->clause ? example->times : 0;
        all[guess.bin] += example->times;
    }
    for (uint32_t i = 0; i < FORM_BINS; i++) {
        uint32_t first = i;
        uint64_t sum = right[i], of = all[i];
        while (first && confidence[first - 1] * of > sum * JW_SCALE) {
            first--;
            sum += right[first];
            of += all[first];
        }
        for (uint32_t k = first; k <= i; k++)
            confidence[k] = (uint32_t)(sum * JW_SCALE / of);
    }
}

static int make_room(struct trainer *trainer, uint32_t count, struct arena *arena)
{
    trainer->weight = jwi_arena_push(arena, FORM_ROWS, sizeof *trainer->weight, 64);
    trainer->total = jwi_arena_push(arena, FORM_ROWS, sizeof *trainer->total, 64);
    trainer->order = PUSH(arena, uint32_t, (size_t)count * VIEWS);
    trainer->rows = PUSH(arena, uint32_t, SIGHT_ROWS);
    return trainer->weight && trainer->total && trainer->order && trainer->rows;
}

jw_status jwi_form_train(const struct form_example *examples, uint32_t count, uint32_t epochs, struct arena *arena, jw_bytes *ret,
                         jw_error *reterr)
{
    struct trainer trainer = {.examples = examples};
    uint32_t confidence[FORM_BINS] = {0};
    size_t len = 0;
    if (!make_room(&trainer, count, arena))
        return jwi_fail_memory(reterr);
    const uint32_t held = count / HELD_PART;
    train_on(&trainer, count - held, epochs);
    const char *first = pack(&trainer, arena, &len);
    if (!first)
        return jwi_fail_memory(reterr);
    measure(&trainer, first, count - held, count, confidence);
    train_on(&trainer, count, epochs);
    char *section = pack(&trainer, arena, &len);
    if (!section)
        return jwi_fail_memory(reterr);
    memcpy(section + sizeof(struct form_model_header) + (FORM_ROWS + 1) * sizeof(uint32_t), confidence, sizeof confidence);
    const jw_bytes bytes = {section, len};
    *ret = bytes;
    return JW_OK;
}
