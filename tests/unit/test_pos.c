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

/* What every test begins with and ends with. */
struct bench {
    struct toy toy;
    struct arena arena;
    struct tagnet net;
    jw_error error;
};

static struct bench *open_bench(void)
{
    static struct bench ret;
    memset(&ret, 0, sizeof ret);
    make_toy(&ret.toy);
    jwi_arena_init(&ret.arena, NULL);
    return &ret;
}

static void close_bench(struct bench *bench)
{
    jwi_arena_free(&bench->arena);
}

/* Opens a section that is good; returns how much of it the network takes. */
static size_t open_net(struct bench *bench, jw_bytes section)
{
    size_t used = 0;
    ck_assert_msg(jwi_tagnet_open(section, &bench->net, &used, &bench->error) == JW_OK, "%s", bench->error.message);
    return used;
}

static void refuse_net(struct bench *bench, jw_bytes section, jw_status wanted)
{
    size_t used;
    REQUIRE(jwi_tagnet_open(section, &bench->net, &used, &bench->error) == wanted);
}

static void refuse_start(struct bench *bench, jw_bytes stored, jw_status wanted)
{
    struct tagnet_start start;
    REQUIRE(jwi_tagnet_start_open(stored, &start, &bench->error) == wanted);
}

START_TEST(scores_do_not_depend_on_company_or_kernel)
{
    struct bench *bench = open_bench();
    const struct toy *toy = &bench->toy;
    open_net(bench, train(toy, 2, &bench->arena));
    const size_t size = (toy->sentences[1] - toy->sentences[0]) * TAGNET_PAD * sizeof(int32_t);
    const int32_t *alone = score_some(&bench->net, toy, 1, &bench->arena);
    ck_assert(memcmp(alone, score_some(&bench->net, toy, 5, &bench->arena), size) == 0);
    for (uint32_t rank = 0; jwi_net_kernel(rank); rank++) {
        bench->net.kernel = jwi_net_kernel(rank);
        ck_assert_msg(memcmp(alone, score_some(&bench->net, toy, 1, &bench->arena), size) == 0, "%s", bench->net.kernel->name);
    }
    close_bench(bench);
}
END_TEST

START_TEST(what_depends_on_far_words_is_learned)
{
    struct bench *bench = open_bench();
    const jw_bytes section = train(&bench->toy, 1 + (uint32_t)_i, &bench->arena);
    ck_assert_uint_eq(open_net(bench, section), section.len);
    ck_assert_uint_eq(bench->net.header.layers, 1 + (uint32_t)_i);
    ck_assert_uint_le(count_wrong(&bench->net, &bench->toy, &bench->arena), 2);
    const jw_bytes again = train(&bench->toy, 1 + (uint32_t)_i, &bench->arena);
    ck_assert(again.len == section.len && memcmp(again.at, section.at, again.len) == 0);
    close_bench(bench);
}
END_TEST

/* All rows of the toy have learned something: none is left out within 2, all are within 127, and known words have theirs all the same. */
START_TEST(quiet_features_are_left_out)
{
    struct bench *bench = open_bench();
    const struct toy *toy = &bench->toy;
    const struct tagnet_words words = {toy->keys, toy->words, WORDS - 1};
    const struct tagnet_trainer *trainer = learn(toy, 1, 30, NULL, &bench->arena);
    ck_assert(trainer != NULL);
    const jw_bytes all = pack(toy, trainer, &bench->arena), loud = jwi_tagnet_pack(trainer, toy->keys, &words, 2, &bench->arena);
    ck_assert(all.len == loud.len && memcmp(all.at, loud.at, all.len) == 0);
    open_net(bench, jwi_tagnet_pack(trainer, toy->keys, &words, INT8_MAX, &bench->arena));
    ck_assert_uint_eq(bench->net.header.feature_count, 0);
    ck_assert_uint_eq(bench->net.header.word_count, WORDS - 1);
    uint32_t row;
    jwi_tagnet_find_words(&bench->net, &toy->keys[0], 1, &row);
    ck_assert_uint_eq(row, 0);
    close_bench(bench);
}
END_TEST

/* Wrong labels of a network that learned for a few passes. */
static uint32_t wrong_after(struct bench *bench, uint32_t epochs, const struct tagnet_start *start)
{
    open_net(bench, pack(&bench->toy, learn(&bench->toy, 2, epochs, start, &bench->arena), &bench->arena));
    return count_wrong(&bench->net, &bench->toy, &bench->arena);
}

/* What another training learned is not learned again: the labels come after two passes, not thirty. */
START_TEST(training_goes_on_from_a_start)
{
    static const uint32_t seen[WORDS] = {9, 9, 9, 9, 9, 9}, rare[WORDS] = {9, 1, 9, 9, 9, 9};
    struct bench *bench = open_bench();
    const struct toy *toy = &bench->toy;
    struct tagnet_start start;
    const struct tagnet_trainer *first = learn(toy, 2, 30, NULL, &bench->arena);
    ck_assert(first != NULL);
    const jw_bytes stored = jwi_tagnet_start_write(first, toy->keys, seen, 9, &bench->arena);
    ck_assert(jwi_tagnet_start_open(stored, &start, &bench->error) == JW_OK);
    ck_assert_uint_eq(start.header.features, WORDS);
    ck_assert_uint_lt(10 * wrong_after(bench, 2, &start), wrong_after(bench, 2, NULL));
    ck_assert(learn(toy, 1, 2, &start, &bench->arena) == NULL);
    const jw_bytes fewer = jwi_tagnet_start_write(first, toy->keys, rare, 9, &bench->arena);
    ck_assert(jwi_tagnet_start_open(fewer, &start, &bench->error) == JW_OK);
    ck_assert_uint_eq(start.header.features, WORDS - 1);
    ck_assert(start.keys[1] == toy->keys[2]);
    close_bench(bench);
}
END_TEST

START_TEST(damaged_starts_are_refused)
{
    static const uint32_t seen[WORDS] = {1, 1, 1, 1, 1, 1};
    struct bench *bench = open_bench();
    const jw_bytes stored =
        jwi_tagnet_start_write(learn(&bench->toy, 2, 1, NULL, &bench->arena), bench->toy.keys, seen, 1, &bench->arena);
    for (size_t len = 0; len < stored.len; len += 61)
        refuse_start(bench, (jw_bytes){stored.at, len}, JW_EMODEL_CORRUPT);
    struct tagnet_start_header *header = (struct tagnet_start_header *)(uintptr_t)stored.at;
    header->layers = UINT32_MAX;
    refuse_start(bench, stored, JW_EMODEL_CORRUPT);
    header->layers = 2;
    header->features = UINT32_MAX;
    refuse_start(bench, stored, JW_EMODEL_CORRUPT);
    header->features = WORDS;
    header->version++;
    refuse_start(bench, stored, JW_EMODEL_VERSION);
    close_bench(bench);
}
END_TEST

START_TEST(damaged_sections_are_refused)
{
    struct bench *bench = open_bench();
    const jw_bytes section = train(&bench->toy, 1, &bench->arena);
    for (size_t len = 0; len < section.len; len += 61)
        refuse_net(bench, (jw_bytes){section.at, len}, JW_EMODEL_CORRUPT);
    struct tagnet_header *header = (struct tagnet_header *)(uintptr_t)section.at;
    header->layers = TAGNET_LAYERS_MAX + 1;
    refuse_net(bench, section, JW_EMODEL_CORRUPT);
    header->layers = 1;
    header->width = WIDTH + 1;
    refuse_net(bench, section, JW_EMODEL_CORRUPT);
    header->width = WIDTH;
    header->version++;
    refuse_net(bench, section, JW_EMODEL_VERSION);
    close_bench(bench);
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
