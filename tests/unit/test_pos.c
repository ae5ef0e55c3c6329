/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The network that tags: what it learns from a toy language it finds again in integers, with one
 * layer and with two; a training goes on from a stored one; what was packed or stored is refused
 * when it is cut or damaged.
 */
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "common/desk.h"
#include "ml/tagnet_train.h"

enum { WORDS = 6, SENTENCES = 200, LONGEST = 12, LABELS = 3, WIDTH = 16 };

/* Word 0 has label 1 when word 1 comes somewhere after it, else 0; all others have label 2. */
struct toy {
    uint32_t features[WORDS];
    uint64_t keys[WORDS];
    struct tagnet_token words[WORDS], tokens[SENTENCES * LONGEST];
    uint32_t sentences[SENTENCES + 1];
};

static void make_sentence(struct toy *toy, uint32_t s, uint64_t *state)
{
    const uint32_t start = toy->sentences[s], count = 2 + next_random(state) % (LONGEST - 1);
    int is_before = 0;
    for (uint32_t i = count; i-- > 0;) {
        const uint32_t word = next_random(state) % WORDS;
        toy->tokens[start + i] = toy->words[word];
        toy->tokens[start + i].label = word ? 2 : is_before ? 1 : 0;
        is_before |= word == 1;
    }
    toy->sentences[s + 1] = start + count;
}

static void make_toy(struct toy *toy)
{
    uint64_t state = 3;
    memset(toy, 0, sizeof *toy);
    for (uint32_t i = 0; i < WORDS; i++) {
        toy->features[i] = i;
        toy->keys[i] = hash_mix(i + 1);
        toy->words[i] = (struct tagnet_token){&toy->features[i], 1, JW_NONE, 1000, 0};
    }
    for (uint32_t s = 0; s < SENTENCES; s++)
        make_sentence(toy, s, &state);
}

static void no_report(uint32_t epoch, uint32_t wrong, uint32_t total)
{
    (void)epoch;
    (void)wrong;
    (void)total;
}

/* NULL: the start does not fit. */
static const struct tagnet_trainer *learn(const struct toy *toy, uint32_t layers, uint32_t epochs,
                                          const struct tagnet_start *start, struct arena *arena)
{
    const struct tagnet_shape shape = {WIDTH, 32, 16, TAGNET_PAD, WORDS, 0, NULL, layers};
    const struct tagnet_corpus corpus = {toy->tokens, toy->sentences, SENTENCES, 0};
    const struct tagnet_recipe recipe = {epochs, 5, 2e-3f, 0, 0, 0.1f, 0.1f, start, 0};
    return jwi_tagnet_train(&shape, &corpus, &recipe, arena, no_report);
}

/* The last word has no row of its own, so that it is found by its feature. */
static jw_bytes pack(const struct toy *toy, const struct tagnet_trainer *trainer,
                     struct arena *arena)
{
    const struct tagnet_words words = {toy->keys, toy->words, WORDS - 1};
    ck_assert(trainer != NULL);
    return jwi_tagnet_pack(trainer, toy->keys, &words, -1, arena);
}

static jw_bytes train(const struct toy *toy, uint32_t layers, struct arena *arena)
{
    return pack(toy, learn(toy, layers, 30, NULL, arena), arena);
}

static uint32_t best_label(const int32_t *scores)
{
    uint32_t best = 0;
    for (uint32_t k = 1; k < TAGNET_PAD; k++)
        best = scores[k] > scores[best] ? k : best;
    return best;
}

/* Sentences of the toy, as the network takes them. */
static void make_sentences(const struct toy *toy, jw_sentence *ret)
{
    for (uint32_t s = 0; s < SENTENCES; s++)
        ret[s] = (jw_sentence){.tokens = {toy->sentences[s], toy->sentences[s + 1]}};
}

static void fill(const struct tagnet *net, const struct toy *toy, const struct tagnet_batch *batch)
{
    uint8_t *to = batch->tokens;
    for (uint32_t s = 0; s < batch->count; s++, to += WIDTH) {
        const jw_range tokens = batch->sentences[s].tokens;
        for (uint32_t i = tokens.start; i < tokens.end; i++, to += WIDTH) {
            const uint64_t key = toy->keys[toy->tokens[i].features[0]];
            uint32_t row;
            int16_t sums[WIDTH];
            jwi_tagnet_find_words(net, &key, 1, &row);
            jwi_tagnet_start(net, row, sums);
            if (row == JW_NONE)
                jwi_tagnet_add_features(net, &key, 1, sums);
            jwi_tagnet_token(net, sums, to);
        }
    }
}

static uint32_t count_wrong(const struct tagnet *net, const struct toy *toy, struct arena *scratch)
{
    static jw_sentence sentences[SENTENCES];
    struct tagnet_batch batch;
    uint32_t wrong = 0;
    make_sentences(toy, sentences);
    for (uint32_t s = 0; s < SENTENCES; s += batch.count) {
        ck_assert(jwi_tagnet_batch(net, sentences + s, SENTENCES - s, scratch, &batch));
        fill(net, toy, &batch);
        const int32_t *scores = jwi_tagnet_run(net, &batch, scratch);
        ck_assert(scores != NULL);
        for (uint32_t k = 0; k < batch.count; k++, scores += TAGNET_PAD)
            for (uint32_t i = batch.sentences[k].tokens.start; i < batch.sentences[k].tokens.end;
                 i++, scores += TAGNET_PAD)
                wrong += best_label(scores) != toy->tokens[i].label;
    }
    return wrong;
}

/* Scores of a few sentences, the first `count` of the toy. */
static const int32_t *score_some(const struct tagnet *net, const struct toy *toy, uint32_t count,
                                 struct arena *scratch)
{
    static jw_sentence sentences[SENTENCES];
    struct tagnet_batch batch;
    make_sentences(toy, sentences);
    ck_assert(jwi_tagnet_batch(net, sentences, count, scratch, &batch));
    fill(net, toy, &batch);
    return jwi_tagnet_run(net, &batch, scratch);
}

START_TEST(scores_do_not_depend_on_company_or_kernel)
{
    static struct toy toy;
    struct arena arena;
    struct tagnet net;
    jw_error error = {0};
    size_t used = 0;
    make_toy(&toy);
    jwi_arena_init(&arena, NULL);
    ck_assert(jwi_tagnet_open(train(&toy, 2, &arena), &net, &used, &error) == JW_OK);
    const size_t size = (toy.sentences[1] - toy.sentences[0]) * TAGNET_PAD * sizeof(int32_t);
    const int32_t *alone = score_some(&net, &toy, 1, &arena);
    ck_assert(memcmp(alone, score_some(&net, &toy, 5, &arena), size) == 0);
    for (uint32_t rank = 0; jwi_net_kernel(rank); rank++) {
        net.kernel = jwi_net_kernel(rank);
        ck_assert_msg(memcmp(alone, score_some(&net, &toy, 1, &arena), size) == 0, "%s",
                      net.kernel->name);
    }
    jwi_arena_free(&arena);
}
END_TEST

START_TEST(what_depends_on_far_words_is_learned)
{
    static struct toy toy;
    struct arena arena;
    struct tagnet net;
    jw_error error = {0};
    size_t used = 0;
    make_toy(&toy);
    jwi_arena_init(&arena, NULL);
    const jw_bytes section = train(&toy, 1 + (uint32_t)_i, &arena);
    ck_assert_msg(jwi_tagnet_open(section, &net, &used, &error) == JW_OK, "%s", error.message);
    ck_assert_uint_eq(used, section.len);
    ck_assert_uint_eq(net.header.layers, 1 + (uint32_t)_i);
    ck_assert_uint_le(count_wrong(&net, &toy, &arena), 2);
    const jw_bytes again = train(&toy, 1 + (uint32_t)_i, &arena);
    ck_assert(again.len == section.len && memcmp(again.at, section.at, again.len) == 0);
    jwi_arena_free(&arena);
}
END_TEST

/* All rows of the toy have learned something: none is left out within 2, all are within 127, and known words have theirs all the same. */
START_TEST(quiet_features_are_left_out)
{
    static struct toy toy;
    struct arena arena;
    struct tagnet net;
    jw_error error = {0};
    size_t used = 0;
    make_toy(&toy);
    jwi_arena_init(&arena, NULL);
    const struct tagnet_words words = {toy.keys, toy.words, WORDS - 1};
    const struct tagnet_trainer *trainer = learn(&toy, 1, 30, NULL, &arena);
    ck_assert(trainer != NULL);
    const jw_bytes all = pack(&toy, trainer, &arena), loud = jwi_tagnet_pack(trainer, toy.keys, &words, 2, &arena);
    ck_assert(all.len == loud.len && memcmp(all.at, loud.at, all.len) == 0);
    const jw_bytes none = jwi_tagnet_pack(trainer, toy.keys, &words, INT8_MAX, &arena);
    ck_assert_msg(jwi_tagnet_open(none, &net, &used, &error) == JW_OK, "%s", error.message);
    ck_assert_uint_eq(net.header.feature_count, 0);
    ck_assert_uint_eq(net.header.word_count, WORDS - 1);
    uint32_t row;
    jwi_tagnet_find_words(&net, &toy.keys[0], 1, &row);
    ck_assert_uint_eq(row, 0);
    jwi_arena_free(&arena);
}
END_TEST

/* Wrong labels of a network that learned for a few passes. */
static uint32_t wrong_after(const struct toy *toy, uint32_t epochs, const struct tagnet_start *start,
                            struct arena *arena)
{
    struct tagnet net;
    jw_error error;
    size_t used;
    const jw_bytes section = pack(toy, learn(toy, 2, epochs, start, arena), arena);
    ck_assert(jwi_tagnet_open(section, &net, &used, &error) == JW_OK);
    return count_wrong(&net, toy, arena);
}

/* What another training learned is not learned again: the labels come after two passes, not thirty. */
START_TEST(training_goes_on_from_a_start)
{
    static struct toy toy;
    static const uint32_t seen[WORDS] = {9, 9, 9, 9, 9, 9}, rare[WORDS] = {9, 1, 9, 9, 9, 9};
    struct arena arena;
    struct tagnet_start start;
    jw_error error;
    make_toy(&toy);
    jwi_arena_init(&arena, NULL);
    const struct tagnet_trainer *first = learn(&toy, 2, 30, NULL, &arena);
    ck_assert(first != NULL);
    const jw_bytes stored = jwi_tagnet_start_write(first, toy.keys, seen, 9, &arena);
    ck_assert(jwi_tagnet_start_open(stored, &start, &error) == JW_OK);
    ck_assert_uint_eq(start.header.features, WORDS);
    ck_assert_uint_lt(10 * wrong_after(&toy, 2, &start, &arena),
                      wrong_after(&toy, 2, NULL, &arena));
    ck_assert(learn(&toy, 1, 2, &start, &arena) == NULL);
    const jw_bytes fewer = jwi_tagnet_start_write(first, toy.keys, rare, 9, &arena);
    ck_assert(jwi_tagnet_start_open(fewer, &start, &error) == JW_OK);
    ck_assert_uint_eq(start.header.features, WORDS - 1);
    ck_assert(start.keys[1] == toy.keys[2]);
    jwi_arena_free(&arena);
}
END_TEST

START_TEST(damaged_starts_are_refused)
{
    static struct toy toy;
    static const uint32_t seen[WORDS] = {1, 1, 1, 1, 1, 1};
    struct arena arena;
    struct tagnet_start start;
    jw_error error;
    make_toy(&toy);
    jwi_arena_init(&arena, NULL);
    const jw_bytes stored =
        jwi_tagnet_start_write(learn(&toy, 2, 1, NULL, &arena), toy.keys, seen, 1, &arena);
    for (size_t len = 0; len < stored.len; len += 61) {
        const jw_bytes part = {stored.at, len};
        REQUIRE(jwi_tagnet_start_open(part, &start, &error) == JW_EMODEL_CORRUPT);
    }
    struct tagnet_start_header *header = (struct tagnet_start_header *)(uintptr_t)stored.at;
    header->layers = UINT32_MAX;
    ck_assert(jwi_tagnet_start_open(stored, &start, &error) == JW_EMODEL_CORRUPT);
    header->layers = 2;
    header->features = UINT32_MAX;
    ck_assert(jwi_tagnet_start_open(stored, &start, &error) == JW_EMODEL_CORRUPT);
    header->features = WORDS;
    header->version++;
    ck_assert(jwi_tagnet_start_open(stored, &start, &error) == JW_EMODEL_VERSION);
    jwi_arena_free(&arena);
}
END_TEST

START_TEST(damaged_sections_are_refused)
{
    static struct toy toy;
    struct arena arena;
    struct tagnet net;
    jw_error error;
    size_t used;
    make_toy(&toy);
    jwi_arena_init(&arena, NULL);
    const jw_bytes section = train(&toy, 1, &arena);
    for (size_t len = 0; len < section.len; len += 61) {
        const jw_bytes part = {section.at, len};
        REQUIRE(jwi_tagnet_open(part, &net, &used, &error) == JW_EMODEL_CORRUPT);
    }
    struct tagnet_header *header = (struct tagnet_header *)(uintptr_t)section.at;
    header->layers = TAGNET_LAYERS_MAX + 1;
    ck_assert(jwi_tagnet_open(section, &net, &used, &error) == JW_EMODEL_CORRUPT);
    header->layers = 1;
    header->width = WIDTH + 1;
    ck_assert(jwi_tagnet_open(section, &net, &used, &error) == JW_EMODEL_CORRUPT);
    header->width = WIDTH;
    header->version++;
    ck_assert(jwi_tagnet_open(section, &net, &used, &error) == JW_EMODEL_VERSION);
    jwi_arena_free(&arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pos");
    suite_add_loop(suite, what_depends_on_far_words_is_learned, TAGNET_LAYERS_MAX);
    suite_add(suite, quiet_features_are_left_out);
    suite_add(suite, scores_do_not_depend_on_company_or_kernel);
    suite_add(suite, training_goes_on_from_a_start);
    suite_add(suite, damaged_starts_are_refused);
    suite_add(suite, damaged_sections_are_refused);
    return suite_run(suite);
}
