/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trainer of section ESGR; two logistic regressions by stochastic descent with a penalty on squares (rate falling as 1 / t, Bottou 2012), the
 * weights being the mean of those after the later passes.
 *   words     good or bad by letters, letter pairs and vector, from the lists; every word with a vector becomes a row.  Lists know some 28,000
 *             words, the rows 84,000: a headline has few of the former
 *   reading   risk by sums of amounts, the sum of the word vectors, and the words, rules and leaves.  A vector's weights become one weight a word.
 *             Few headlines speak of risks, so each counts by the inverse of its class's share; what that moves is put right by a line fitted to
 *             log-odds of headlines left out (Platt 1999), ten-fold, and the threshold is chosen on those as well
 */
#include "stage/esg/esg_train.h"

#include "base/error.h"
#include "ml/dense_train.h"
#include "model/word_feature.h"

#include <string.h>

enum { SEED = 11, WORD_PASSES = 10, READING_PASSES = 120, LINE_STEPS = 4000, GRID = 100 };
static const float WORD_RATE = 0.1f, WORD_PENALTY = 1e-5f, READING_RATE = 0.05f, READING_PENALTY = 0.03f;
static const float VECTOR_STEP = 0.25f; /* of a vector beside pieces */
static const float POLARITY_MOST = 4;   /* log-odds that count as 1 */
static const float VECTOR_SHARE = 0.1f, WORD_SHARE = 1, SENSE_SHARE = 1, CLAIM_SHARE = 3; /* of sums beside each other */

uint32_t jwi_esg_pieces(struct units word, uint64_t *keys)
{
    const uint32_t len = word.len < ESG_PIECE_LETTERS ? word.len : ESG_PIECE_LETTERS;
    uint32_t n = 0;
    for (uint32_t i = 0; i < len; i++) {
        keys[n++] = esg_key(ESG_KEY_PIECE, word.code[i]);
        keys[n++] = esg_key(ESG_KEY_PIECE, hash_join(i ? word.code[i - 1] : 1, word.code[i]));
    }
    keys[n++] = esg_key(ESG_KEY_PIECE, hash_join(word.code[len - 1], 2));
    return n;
}

static float logistic(float x)
{
    return x < 0 ? jwi_dense_exp(x) / (1 + jwi_dense_exp(x)) : 1 / (1 + jwi_dense_exp(-x));
}

static void shuffle(uint32_t *order, uint32_t n, struct dense_random *random)
{
    for (uint32_t i = n; i > 1; i--) {
        const uint32_t k = (uint32_t)(jwi_dense_random(random) % i), other = order[k];
        order[k] = order[i - 1];
        order[i - 1] = other;
    }
}

static uint32_t *numbers(struct arena *arena, uint32_t n)
{
    uint32_t *const ret = PUSH(arena, uint32_t, n ? n : 1);
    for (uint32_t i = 0; ret && i < n; i++)
        ret[i] = i;
    return ret;
}

/* ---- words ---- */

struct speller {
    const struct esg_trainer *trainer;
    float *piece; /* by number */
    float vector[ESG_VECTOR], bias, none; /* none: for a word without vector */
};

static uint64_t word_key(struct units word)
{
    return esg_key(ESG_KEY_WORD, jwi_word_key(word));
}

static float dot(const float *a, const float *b)
{
    float sum = 0;
    for (int i = 0; i < ESG_VECTOR; i++)
        sum += a[i] * b[i];
    return sum;
}

static float spell(const struct speller *s, struct units word, uint32_t *pieces, uint32_t *piece_count, const float **vector)
{
    uint64_t keys[ESG_PIECES_MAX];
    const uint32_t n = jwi_esg_pieces(word, keys), number = jwi_key_map_find(&s->trainer->map, word_key(word));
    float sum = s->bias;
    *piece_count = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t piece = jwi_key_map_find(&s->trainer->map, keys[i]);
        if (piece == JW_NONE)
            continue;
        sum += s->piece[piece];
        pieces[(*piece_count)++] = piece;
    }
    *vector = number == JW_NONE ? NULL : s->trainer->vector[number];
    return sum + (*vector ? dot(s->vector, *vector) * VECTOR_STEP : s->none);
}

static void learn_word(struct speller *s, const struct esg_word *word, float rate)
{
    uint32_t pieces[ESG_PIECES_MAX], n;
    const float *vector;
    const float slope = logistic(spell(s, word->letters, pieces, &n, &vector)) - (float)word->is_good;
    for (uint32_t i = 0; i < n; i++)
        s->piece[pieces[i]] -= rate * (slope + WORD_PENALTY * s->piece[pieces[i]]);
    for (int i = 0; vector && i < ESG_VECTOR; i++)
        s->vector[i] -= rate * (slope * vector[i] * VECTOR_STEP + WORD_PENALTY * s->vector[i]);
    s->bias -= rate * slope;
    if (!vector)
        s->none -= rate * slope;
}

/* Rows of all words and pieces; false when memory ran out. */
static int make_rows(struct esg_trainer *trainer, const struct esg_words *words)
{
    uint64_t keys[ESG_PIECES_MAX];
    for (uint32_t i = 0; i < words->vector_count; i++)
        if (jwi_key_map_add(&trainer->map, word_key(words->vector_words[i])) == JW_NONE)
            return 0;
    for (uint32_t i = 0; i < words->masked_count; i++)
        if (jwi_key_map_add(&trainer->map, word_key(words->masked[i])) == JW_NONE)
            return 0;
    trainer->word_count = trainer->map.count;
    for (uint32_t i = 0; i < words->count; i++) {
        const uint32_t n = jwi_esg_pieces(words->at[i].letters, keys);
        for (uint32_t k = 0; k < n; k++)
            if (jwi_key_map_add(&trainer->map, keys[k]) == JW_NONE)
                return 0;
    }
    trainer->room = trainer->piece_end = trainer->map.count;
    trainer->vector = PUSH_ZERO(trainer->arena, const float *, trainer->room);
    trainer->is_masked = PUSH_ZERO(trainer->arena, uint8_t, trainer->room);
    trainer->polarity = jwi_dense_floats(trainer->arena, trainer->room);
    trainer->weight = jwi_dense_floats(trainer->arena, trainer->room);
    if (!trainer->vector || !trainer->is_masked)
        return 0;
    for (uint32_t i = 0; i < words->vector_count; i++)
        trainer->vector[jwi_key_map_find(&trainer->map, word_key(words->vector_words[i]))] = words->vectors + (size_t)i * ESG_VECTOR;
    for (uint32_t i = 0; i < words->masked_count; i++)
        trainer->is_masked[jwi_key_map_find(&trainer->map, word_key(words->masked[i]))] = 1;
    return 1;
}

static float as_polarity(float log_odds)
{
    const float x = log_odds / POLARITY_MOST;
    return x < -1 ? -1 : x > 1 ? 1 : x;
}

jw_status jwi_esg_train_words(struct esg_trainer *trainer, const struct esg_words *words, jw_error *reterr)
{
    struct dense_random random = {SEED};
    struct speller speller = {.trainer = trainer};
    uint32_t pieces[ESG_PIECES_MAX], n, steps = 0;
    const float *vector;
    trainer->map.arena = trainer->arena;
    if (!make_rows(trainer, words))
        return jwi_fail_memory(reterr);
    uint32_t *const order = numbers(trainer->arena, words->count);
    speller.piece = jwi_dense_floats(trainer->arena, trainer->room);
    if (!order)
        return jwi_fail_memory(reterr);
    for (uint32_t pass = 0; pass < WORD_PASSES; pass++) {
        shuffle(order, words->count, &random);
        for (uint32_t i = 0; i < words->count; i++)
            learn_word(&speller, &words->at[order[i]], WORD_RATE / (1 + (float)steps++ / 20000));
    }
    for (uint32_t i = 0; i < words->vector_count; i++) {
        const uint32_t number = jwi_key_map_find(&trainer->map, word_key(words->vector_words[i]));
        trainer->polarity[number] = as_polarity(spell(&speller, words->vector_words[i], pieces, &n, &vector));
    }
    trainer->threshold = 0.5f;
    return JW_OK;
}

/* ---- reading ---- */

/* A headline as numbers: amounts, the sum of vectors, and which words, rules and leaves it has. */
struct sums {
    float amount[ESG_COEFFICIENTS], vector[ESG_VECTOR];
    const uint32_t *rules;
    uint32_t rule_count;
    int is_risk;
};

struct weights {
    float amount[ESG_COEFFICIENTS], vector[ESG_VECTOR], bias;
    float *rule; /* by number */
};

static float share_of(uint32_t coefficient)
{
    return coefficient < ESG_OF_SENSE ? WORD_SHARE : coefficient < ESG_OF_OPINION ? SENSE_SHARE : CLAIM_SHARE;
}

static int sum_up(struct esg_trainer *trainer, const struct esg_example *example, struct sums *ret)
{
    uint32_t *const rules = PUSH(trainer->arena, uint32_t, (size_t)example->item_count * ESG_KEYS + 1);
    memset(ret, 0, sizeof *ret);
    ret->is_risk = example->is_risk;
    ret->rules = rules;
    for (uint32_t i = 0; rules && i < example->item_count; i++) {
        const struct esg_item *const item = &example->items[i];
        for (int k = 0; k < ESG_AMOUNTS; k++)
            ret->amount[item->amounts[k].of] += (float)item->amounts[k].value / JW_SCALE * share_of(item->amounts[k].of);
        for (int k = 0; k < ESG_KEYS && item->keys[k]; k++) {
            const uint32_t number =
                item->source == JW_ESG_WORD ? jwi_key_map_find(&trainer->map, item->keys[k]) : jwi_key_map_add(&trainer->map, item->keys[k]);
            const float *const vector = number < trainer->room ? trainer->vector[number] : NULL;
            for (int d = 0; vector && !trainer->is_masked[number] && d < ESG_VECTOR; d++)
                ret->vector[d] += vector[d] * VECTOR_SHARE;
            if (item->source != JW_ESG_WORD || number < trainer->room)
                rules[ret->rule_count++] = number;
        }
    }
    return rules != NULL;
}

static float log_odds(const struct weights *w, const struct sums *x)
{
    float sum = w->bias + dot(w->vector, x->vector);
    for (int i = 0; i < ESG_COEFFICIENTS; i++)
        sum += w->amount[i] * x->amount[i];
    for (uint32_t i = 0; i < x->rule_count; i++)
        sum += w->rule[x->rules[i]];
    return sum;
}

static void step(struct weights *w, const struct sums *x, float rate, float cost)
{
    const float slope = (logistic(log_odds(w, x)) - (float)x->is_risk) * cost, keep = 1 - rate * READING_PENALTY;
    w->bias -= rate * slope;
    for (int i = 0; i < ESG_COEFFICIENTS; i++)
        w->amount[i] = w->amount[i] * keep - rate * slope * x->amount[i];
    for (int i = 0; i < ESG_VECTOR; i++)
        w->vector[i] = w->vector[i] * keep - rate * slope * x->vector[i];
    for (uint32_t i = 0; i < x->rule_count; i++)
        w->rule[x->rules[i]] -= rate * slope;
}

struct lesson {
    struct sums *at; /* the first `scored` may be left out */
    uint32_t count, scored, rule_count;
    struct arena *arena;
};

static void add_mean(struct weights *mean, const struct weights *w, uint32_t rule_count, float share)
{
    mean->bias += w->bias * share;
    for (int i = 0; i < ESG_COEFFICIENTS; i++)
        mean->amount[i] += w->amount[i] * share;
    for (int i = 0; i < ESG_VECTOR; i++)
        mean->vector[i] += w->vector[i] * share;
    for (uint32_t i = 0; i < rule_count; i++)
        mean->rule[i] += w->rule[i] * share;
}

/* Learns from all but those of the fold; fold ESG_FOLDS: from all.  The penalty of the rules, which few headlines have, falls once a pass. */
static int descend(const struct lesson *lesson, uint32_t fold, struct weights *mean)
{
    struct dense_random random = {SEED};
    struct weights w = {.rule = jwi_dense_floats(lesson->arena, lesson->rule_count)};
    uint32_t *const order = numbers(lesson->arena, lesson->count);
    uint32_t steps = 0, risks = 0;
    memset(mean, 0, sizeof *mean);
    mean->rule = jwi_dense_floats(lesson->arena, lesson->rule_count);
    for (uint32_t i = 0; i < lesson->count; i++)
        risks += (uint32_t)lesson->at[i].is_risk;
    if (!order || !risks || risks == lesson->count)
        return 0;
    const float costs[] = {(float)lesson->count / 2 / (float)(lesson->count - risks), (float)lesson->count / 2 / (float)risks};
    for (uint32_t pass = 0; pass < READING_PASSES; pass++) {
        shuffle(order, lesson->count, &random);
        const float rate = READING_RATE / (1 + READING_RATE * READING_PENALTY * (float)steps);
        for (uint32_t i = 0; i < lesson->count; i++, steps++)
            if (order[i] % ESG_FOLDS != fold || order[i] >= lesson->scored)
                step(&w, &lesson->at[order[i]], rate, costs[lesson->at[order[i]].is_risk]);
        for (uint32_t i = 0; i < lesson->rule_count; i++)
            w.rule[i] *= 1 / (1 + rate * READING_PENALTY * (float)lesson->count);
        if (pass >= READING_PASSES / 2)
            add_mean(mean, &w, lesson->rule_count, 1.0f / (READING_PASSES - READING_PASSES / 2));
    }
    return 1;
}

/* p = logistic(a x + b) by descent on all at once. */
static void fit_line(const struct lesson *lesson, const float *x, float *a, float *b)
{
    *a = 1;
    *b = 0;
    for (int k = 0; k < LINE_STEPS; k++) {
        float slope_a = 0, slope_b = 0;
        for (uint32_t i = 0; i < lesson->scored; i++) {
            const float slope = (logistic(*a * x[i] + *b) - (float)lesson->at[i].is_risk) / (float)lesson->scored;
            slope_a += slope * x[i];
            slope_b += slope;
        }
        *a -= slope_a;
        *b -= slope_b;
    }
}

static void score_at(const struct lesson *lesson, const float *x, float threshold, struct esg_report *ret)
{
    uint32_t right[2] = {0, 0}, all[2] = {0, 0}, told[2] = {0, 0};
    for (uint32_t i = 0; i < lesson->scored; i++) {
        all[lesson->at[i].is_risk]++;
        const int is_risk = logistic(x[i]) >= threshold;
        told[is_risk]++;
        right[is_risk] += is_risk == lesson->at[i].is_risk;
    }
    ret->accuracy = (double)(right[0] + right[1]) / lesson->scored;
    ret->mean_recall = ((double)right[0] / all[0] + (double)right[1] / all[1]) / 2;
    ret->macro = (double)right[0] / (all[0] + told[0]) + (double)right[1] / (all[1] + told[1]);
    ret->most = (double)(all[0] > all[1] ? all[0] : all[1]) / lesson->scored;
}

/* The threshold with the largest macro-F1. */
static float best_threshold(const struct lesson *lesson, const float *x, struct esg_report *best)
{
    float ret = 0.5f;
    score_at(lesson, x, ret, best);
    for (int i = 1; i < GRID; i++) {
        struct esg_report report;
        score_at(lesson, x, (float)i / GRID, &report);
        if (report.macro > best->macro) {
            *best = report;
            ret = (float)i / GRID;
        }
    }
    return ret;
}

/* Weights of the reading as rows: a vector's become one a word. */
static void spread(struct esg_trainer *trainer, const struct weights *w, float a, float b)
{
    float *const weight = jwi_dense_floats(trainer->arena, trainer->map.count);
    float *const polarity = jwi_dense_floats(trainer->arena, trainer->map.count);
    for (uint32_t i = 0; i < trainer->map.count; i++) {
        const int is_word = i < trainer->room;
        const float *const vector = is_word && !trainer->is_masked[i] ? trainer->vector[i] : NULL;
        weight[i] = is_word && trainer->is_masked[i] ? 0 : a * (w->rule[i] + (vector ? dot(w->vector, vector) * VECTOR_SHARE : 0));
        polarity[i] = is_word && !trainer->is_masked[i] ? trainer->polarity[i] : 0;
    }
    trainer->weight = weight;
    trainer->polarity = polarity;
    trainer->room = trainer->map.count;
    trainer->prior = a * w->bias + b;
    for (uint32_t i = 0; i < ESG_COEFFICIENTS; i++)
        trainer->coefficient[i] = a * w->amount[i] * share_of(i);
}

jw_status jwi_esg_train_reading(struct esg_trainer *trainer, const struct esg_example *examples, uint32_t count, uint32_t scored,
                                struct esg_report *report, jw_error *reterr)
{
    struct lesson lesson = {PUSH(trainer->arena, struct sums, count), count, scored, 0, trainer->arena};
    float *const left_out = jwi_dense_floats(trainer->arena, count), a, b;
    struct weights weights;
    for (uint32_t i = 0; lesson.at && i < count; i++)
        if (!sum_up(trainer, &examples[i], &lesson.at[i]))
            return jwi_fail_memory(reterr);
    lesson.rule_count = trainer->map.count;
    for (uint32_t fold = 0; lesson.at && fold < ESG_FOLDS; fold++) {
        if (!descend(&lesson, fold, &weights))
            return jwi_fail(reterr, JW_EARGUMENT, 0, "headlines of one class");
        for (uint32_t i = fold; i < scored; i += ESG_FOLDS)
            left_out[i] = log_odds(&weights, &lesson.at[i]);
    }
    if (!lesson.at || !descend(&lesson, ESG_FOLDS, &weights))
        return jwi_fail_memory(reterr);
    fit_line(&lesson, left_out, &a, &b);
    for (uint32_t i = 0; i < scored; i++)
        left_out[i] = a * left_out[i] + b;
    trainer->threshold = best_threshold(&lesson, left_out, report);
    spread(trainer, &weights, a, b);
    return JW_OK;
}

/* ---- the section ---- */

static int32_t rounded(float x, int32_t most)
{
    const float y = x * JW_SCALE;
    return y >= (float)most ? most : y <= (float)-most ? -most : (int32_t)(y < 0 ? y - 0.5f : y + 0.5f);
}

jw_status jwi_esg_pack(const struct esg_trainer *trainer, jw_bytes *ret, jw_error *reterr)
{
    struct esg_header header = {ESG_VERSION, 16, rounded(trainer->prior, ESG_WEIGHT_MAX), rounded(trainer->threshold, JW_SCALE - 1), {0}};
    for (int i = 0; i < ESG_COEFFICIENTS; i++)
        header.coefficient[i] = rounded(trainer->coefficient[i], ESG_WEIGHT_MAX);
    while (header.slot_count / 3 * 2 <= trainer->room)
        header.slot_count *= 2;
    ret->len = sizeof header + (size_t)header.slot_count * sizeof(struct esg_slot);
    char *const at = jwi_arena_push_zero(trainer->arena, ret->len, 1, 64);
    if (!at)
        return jwi_fail_memory(reterr);
    memcpy(at, &header, sizeof header);
    struct esg_slot *const slots = (void *)(at + sizeof header);
    for (uint32_t i = 0; i < header.slot_count; i++)
        slots[i].polarity = ESG_EMPTY;
    for (uint32_t i = 0; i < trainer->room; i++) {
        if (i >= trainer->word_count && i < trainer->piece_end)
            continue; /* the letters have done their work */
        uint32_t k = (uint32_t)trainer->map.keys[i] & (header.slot_count - 1);
        while (slots[k].polarity != ESG_EMPTY)
            k = (k + 1) & (header.slot_count - 1);
        slots[k].tag = (uint32_t)(trainer->map.keys[i] >> 32);
        slots[k].polarity = (int16_t)rounded(trainer->polarity[i], JW_SCALE);
        slots[k].weight = (int16_t)rounded(trainer->weight[i], INT16_MAX);
    }
    ret->at = at;
    return JW_OK;
}
