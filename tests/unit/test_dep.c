/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parser's parts: the best tree against all trees of small sentences, and a toy training whose
 * sections parse what they learned, so that trainer and run cannot drift apart.
 */
#include <stdlib.h>

#include "common/desk.h"
#include "ml/net.h"
#include "ml/tree.h"
#include "stage/dep/dep_score.h"
#include "stage/dep/dep_train.h"
#include "stage/stage.h"

extern const struct stage jwi_stage_dep, jwi_stage_mask;

enum { SMALL = 6, LONG = 300 };

static int32_t random_score(uint64_t *state)
{
    return (int32_t)(next_random(state) % 2001) - 1000;
}

static int64_t score_of(const int32_t *score, uint32_t n, const uint32_t *heads)
{
    int64_t sum = 0;
    for (uint32_t i = 1; i < n; i++)
        sum += score[(size_t)i * n + heads[i]];
    return sum;
}

/* One child of the root, and every word reaches it. */
static int is_tree(const uint32_t *heads, uint32_t n)
{
    uint32_t roots = 0;
    for (uint32_t i = 1; i < n; i++) {
        uint32_t at = i, steps = 0;
        roots += heads[i] == 0;
        while (at && steps++ < n)
            at = heads[at];
        if (at)
            return 0;
    }
    return roots == 1;
}

static int is_inside(uint32_t x, uint32_t a, uint32_t b)
{
    return (x > a && x < b) || (x > b && x < a);
}

/* No arc between words leaves the stretch under another. */
static int is_projective(const uint32_t *heads, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = 1; k < n && heads[i]; k++)
            if (is_inside(k, i, heads[i]) && heads[k] != i && heads[k] != heads[i] &&
                !is_inside(heads[k], i, heads[i]))
                return 0;
    return 1;
}

/* Best sum over all assignments of heads that are trees, projective ones alone if asked for. */
static int64_t best_of_all(const int32_t *score, uint32_t n, int projective)
{
    uint32_t heads[SMALL] = {0};
    int64_t best = INT64_MIN;
    for (;;) {
        const int fits = is_tree(heads, n) && (!projective || is_projective(heads, n));
        if (fits && score_of(score, n, heads) > best)
            best = score_of(score, n, heads);
        uint32_t i = 1;
        while (i < n && ++heads[i] == n)
            heads[i++] = 0;
        if (i == n)
            return best;
    }
}

START_TEST(trees_of_small_sentences_are_the_best_of_all)
{
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    uint64_t state = 11;
    int32_t score[SMALL * SMALL];
    uint32_t heads[SMALL];
    for (int round = 0; round < 400; round++) {
        const uint32_t n = 2 + (uint32_t)round % (SMALL - 1);
        for (uint32_t i = 0; i < n * n; i++)
            score[i] = random_score(&state);
        REQUIRE(jwi_tree_free(score, n, &arena, heads, NULL) == JW_OK);
        REQUIRE(is_tree(heads, n) && score_of(score, n, heads) == best_of_all(score, n, 0));
        REQUIRE(jwi_tree_projective(score, n, &arena, heads, NULL) == JW_OK);
        REQUIRE(is_tree(heads, n) && is_projective(heads, n));
        REQUIRE(score_of(score, n, heads) == best_of_all(score, n, 1));
    }
    jwi_arena_free(&arena);
}
END_TEST

START_TEST(long_sentences_get_a_tree_no_worse_than_the_projective_one)
{
    struct arena arena;
    jwi_arena_init(&arena, NULL);
    uint64_t state = 5;
    int32_t *score = malloc(LONG * LONG * sizeof *score);
    uint32_t free_heads[LONG], heads[LONG];
    for (uint32_t n = 60; n <= LONG; n += 120) {
        for (uint32_t i = 0; i < n * n; i++)
            score[i] = random_score(&state);
        ck_assert(jwi_tree_free(score, n, &arena, free_heads, NULL) == JW_OK);
        ck_assert(jwi_tree_projective(score, n, &arena, heads, NULL) == JW_OK);
        ck_assert(is_tree(free_heads, n) && is_tree(heads, n));
        ck_assert(score_of(score, n, free_heads) >= score_of(score, n, heads));
    }
    free(score);
    jwi_arena_free(&arena);
}
END_TEST

/* ---- a toy language: words 1..8 with tags of their own; an even word depends on the next odd one, odd ones on each other ---- */

enum { TOY_SENTENCES = 40, TOY_NODES = 9, TOY_LABELS = 3, TOY_VECTOR = 16 };

static const char toy_labels[] =
    "dep\tleft\ndep\tright\ndep\troot\nupos\tA\nupos\tB\nxpos\ta\nxpos\tb\n";

struct toy {
    struct dep_word words[TOY_SENTENCES][TOY_NODES];
    uint16_t none[TOY_NODES]; /* tags A, a */
    uint16_t tags[TOY_SENTENCES][TOY_NODES], labels[TOY_SENTENCES][TOY_NODES];
    uint32_t heads[TOY_SENTENCES][TOY_NODES];
    struct dep_example examples[TOY_SENTENCES];
    float vectors[2 * TOY_VECTOR];
    struct dep_word vector_words[2];
    struct dep_lesson lesson;
};

static struct dep_word toy_word(uint32_t which)
{
    const uint32_t code = 0x4e00 + which, at[2] = {0, 3};
    const uint8_t class = UNIT_HAN;
    const struct units units = {&code, &class, at, 1};
    return jwi_dep_word(units);
}

/* Odd words: the first is the root, each later one depends on it; an even word depends on the odd one before it. */
static void make_sentence(struct toy *toy, uint32_t s, uint64_t *state)
{
    const uint32_t nodes = 3 + next_random(state) % (TOY_NODES - 2);
    uint32_t odd = 0, root = 0;
    for (uint32_t i = 1; i < nodes; i++) {
        const uint32_t which = i == 1 ? 1 : next_random(state) % 8;
        toy->words[s][i] = toy_word(which);
        toy->tags[s][i] = which % 2;
        toy->heads[s][i] = i == 1 ? 0 : which % 2 ? root : odd;
        toy->labels[s][i] = i == 1 ? 2 : which % 2;
        odd = which % 2 ? i : odd;
        root = i == 1 ? 1 : root;
    }
    toy->examples[s] =
        (struct dep_example){toy->words[s], toy->tags[s],   toy->tags[s],  NULL, toy->tags[s],
                             toy->tags[s],  toy->labels[s], toy->heads[s], NULL, nodes};
}

static void no_report(uint32_t epoch, uint32_t epochs, double lack)
{
    (void)epoch;
    (void)epochs;
    (void)lack;
}

static struct toy *make_toy(void)
{
    struct toy *toy = calloc(1, sizeof *toy);
    uint64_t state = 4;
    for (uint32_t s = 0; s < TOY_SENTENCES; s++)
        make_sentence(toy, s, &state);
    toy->vector_words[0] = toy_word(1);
    toy->vector_words[1] = toy_word(2);
    toy->vectors[0] = toy->vectors[TOY_VECTOR + 1] = 1;
    const jw_bytes names = {toy_labels, sizeof toy_labels - 1};
    toy->lesson = (struct dep_lesson){.trees = {toy->examples, TOY_SENTENCES},
                                      .vector_words = toy->vector_words,
                                      .vectors = toy->vectors,
                                      .vector_count = 2,
                                      .vector_width = TOY_VECTOR,
                                      .label_count = TOY_LABELS,
                                      .label_root = 2,
                                      .label_piece = 1,
                                      .xpos_count = 2,
                                      .label_names = jwi_dep_label_names(names),
                                      .report = no_report};
    toy->lesson.recipe = (struct dep_recipe){.width = 16,
                                             .hidden = 16,
                                             .layers = 2,
                                             .arc = 16,
                                             .label = 16,
                                             .epochs = 60,
                                             .batch = 20,
                                             .rate = 5e-3f,
                                             .drop = 0.05f,
                                             .drop_recurrent = 0.05f,
                                             .seed = 7};
    return toy;
}

/* A model file of three sections, as the pack would make it. */
struct toy_file {
    struct model_file file;
    struct model_entry entries[3];
    char *data;
};

static void add_section(struct toy_file *file, const char *tag, jw_bytes data, uint64_t *at)
{
    struct model_entry *entry = &file->entries[file->file.section_count++];
    memcpy(entry->tag, tag, 4);
    entry->offset = *at;
    entry->size = data.len;
    memcpy(file->data + *at, data.at, data.len);
    *at += (data.len + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
}

static void make_file(const struct dep_sections *sections, struct toy_file *ret)
{
    const jw_bytes names = {toy_labels, sizeof toy_labels - 1};
    const size_t size = sections->network.len + sections->words.len + names.len + 4 * MODEL_ALIGN;
    uint64_t at = 0;
    memset(ret, 0, sizeof *ret);
    ret->data = aligned_alloc(MODEL_ALIGN, (size + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN);
    add_section(ret, "DEPN", sections->network, &at);
    add_section(ret, "DEPW", sections->words, &at);
    add_section(ret, "LABL", names, &at);
    ret->file.data = (jw_bytes){ret->data, size};
    ret->file.table = ret->entries;
}

static struct dep_sentence sentence_of(const struct dep_example *example)
{
    return (struct dep_sentence){example->words, example->upos, example->xpos, example->second, example->nodes};
}

static void check_parse(const struct dep_view *view, const struct dep_example *example,
                        struct arena *scratch)
{
    const struct dep_sentence sentence = sentence_of(example);
    struct dep_scores scores = {0};
    uint32_t heads[TOY_NODES];
    uint16_t labels[TOY_NODES];
    ck_assert(jwi_dep_score(view, &sentence, 1, scratch, &scores, NULL) == JW_OK);
    ck_assert(jwi_tree_best(scores.arcs, sentence.nodes, scratch, heads, NULL) == JW_OK);
    ck_assert(jwi_dep_labels(view, &scores, heads, sentence.nodes, scratch, labels, NULL) == JW_OK);
    for (uint32_t i = 1; i < sentence.nodes; i++) {
        ck_assert_uint_eq(heads[i], example->heads[i]);
        ck_assert_uint_eq(labels[i], example->labels[i]);
        ck_assert_uint_eq(view->tag_upos[scores.tags[i]], example->true_upos[i]);
        ck_assert_uint_eq(view->tag_xpos[scores.tags[i]], example->true_xpos[i]);
    }
}

/* Sentences of all lengths at once score as each of them alone. */
static void check_company(const struct dep_view *view, const struct toy *toy,
                          struct arena *scratch)
{
    struct dep_sentence sentences[DEP_BATCH_MAX];
    struct dep_scores together[DEP_BATCH_MAX] = {0}, alone = {0};
    for (uint32_t i = 0; i < DEP_BATCH_MAX; i++)
        sentences[i] = sentence_of(&toy->examples[i]);
    ck_assert(jwi_dep_score(view, sentences, DEP_BATCH_MAX, scratch, together, NULL) == JW_OK);
    for (uint32_t i = 0; i < DEP_BATCH_MAX; i++) {
        const size_t nodes = sentences[i].nodes;
        ck_assert(jwi_dep_score(view, &sentences[i], 1, scratch, &alone, NULL) == JW_OK);
        ck_assert(!memcmp(alone.arcs, together[i].arcs, nodes * nodes * sizeof *alone.arcs));
        ck_assert(!memcmp(alone.as_label, together[i].as_label,
                          nodes * 2 * view->dim.label * sizeof *alone.as_label));
        ck_assert(!memcmp(alone.tags + 1, together[i].tags + 1, nodes - 1));
    }
}

/* A toy with a room to learn in, and what was learned last, open. */
struct bench {
    struct toy *toy;
    struct arena arena;
    struct dep_sections sections;
    struct toy_file file;
    struct dep_view view;
    jw_error error;
};

static struct bench open_bench(void)
{
    struct bench ret;
    memset(&ret, 0, sizeof ret);
    ret.toy = make_toy();
    jwi_arena_init(&ret.arena, NULL);
    return ret;
}

/* The toy's lesson for so many passes, 0: as many as it has. */
static struct dep_sections learn(struct bench *bench, uint32_t epochs)
{
    struct dep_sections ret;
    if (epochs)
        bench->toy->lesson.recipe.epochs = epochs;
    ck_assert_msg(jwi_dep_train(&bench->toy->lesson, &bench->arena, &ret, &bench->error) == JW_OK, "%s", bench->error.message);
    return ret;
}

static jw_status open_view(struct bench *bench)
{
    return jwi_dep_view_open(&bench->view, &bench->file.file, NULL, &bench->error);
}

static void learn_and_open(struct bench *bench, uint32_t epochs)
{
    bench->sections = learn(bench, epochs);
    make_file(&bench->sections, &bench->file);
    ck_assert_msg(open_view(bench) == JW_OK, "%s", bench->error.message);
}

static void close_bench(struct bench *bench)
{
    free(bench->file.data);
    free(bench->toy);
    jwi_arena_free(&bench->arena);
}

START_TEST(a_toy_language_is_learned_and_run_alike)
{
    struct bench bench = open_bench();
    learn_and_open(&bench, 0);
    for (uint32_t s = 0; s < TOY_SENTENCES; s++)
        check_parse(&bench.view, &bench.toy->examples[s], &bench.arena);
    check_company(&bench.view, bench.toy, &bench.arena);
    const struct dep_sections first = bench.sections, again = learn(&bench, 0);
    ck_assert_uint_eq(again.network.len, first.network.len);
    ck_assert(memcmp(again.network.at, first.network.at, again.network.len) == 0);
    ck_assert(memcmp(again.words.at, first.words.at, again.words.len) == 0);
    close_bench(&bench);
}
END_TEST

START_TEST(a_course_goes_on_from_what_another_kept)
{
    struct bench bench = open_bench();
    struct dep_lesson *lesson = &bench.toy->lesson;
    const struct dep_sections made_up = learn(&bench, 4);
    lesson->recipe.first_epochs = 4;
    lesson->recipe.epochs = 0;
    const struct dep_sections learned = learn(&bench, 0);
    lesson->recipe.first_epochs = 0;
    lesson->start = learned.first;
    const struct dep_sections started = learn(&bench, 0);
    ck_assert_uint_eq(started.network.len, learned.network.len);
    ck_assert(memcmp(started.network.at, learned.network.at, learned.network.len) == 0);
    ck_assert(memcmp(started.words.at, learned.words.at, learned.words.len) == 0);
    const struct dep_sections more = learn(&bench, 4);
    ck_assert(memcmp(more.network.at, learned.network.at, learned.network.len) != 0);
    ck_assert(memcmp(more.network.at, made_up.network.at, made_up.network.len) != 0);
    lesson->start.len--;
    struct dep_sections none;
    ck_assert(jwi_dep_train(lesson, &bench.arena, &none, &bench.error) == JW_EARGUMENT);
    ck_assert_ptr_nonnull(strstr(bench.error.message, "numbers to start from"));
    close_bench(&bench);
}
END_TEST

START_TEST(a_share_of_the_trees_comes_with_true_tags)
{
    struct bench bench = open_bench();
    struct toy *toy = bench.toy;
    for (uint32_t s = 0; s < TOY_SENTENCES; s++)
        toy->examples[s].upos = toy->examples[s].xpos = toy->none;
    const struct dep_sections guessed = learn(&bench, 4);
    toy->lesson.recipe.certain = 1;
    const struct dep_sections certain = learn(&bench, 4);
    ck_assert(memcmp(certain.network.at, guessed.network.at, certain.network.len) != 0);
    toy->lesson.recipe.certain = 0;
    for (uint32_t s = 0; s < TOY_SENTENCES; s++) {
        toy->examples[s].upos = toy->examples[s].true_upos;
        toy->examples[s].xpos = toy->examples[s].true_xpos;
        toy->examples[s].second = NULL;
    }
    const struct dep_sections given = learn(&bench, 4);
    ck_assert(memcmp(certain.network.at, given.network.at, certain.network.len) == 0);
    close_bench(&bench);
}
END_TEST

/* What is likely of a sentence's words: its heads and tags, with all the weight or with three quarters of it. */
static struct dep_likely *likely_of(const struct dep_example *example, int is_certain)
{
    struct dep_likely *ret = calloc(example->nodes, sizeof *ret);
    for (uint32_t i = 1; i < example->nodes; i++) {
        const uint32_t other = i == 1 ? 2 : i - 1;
        ret[i] = (struct dep_likely){.heads = {(uint16_t)example->heads[i], (uint16_t)other},
                                     .head_weights = {is_certain ? 65535 : 49151, is_certain ? 0 : 16384},
                                     .upos = {(uint8_t)example->true_upos[i]},
                                     .xpos = {(uint8_t)example->true_xpos[i]},
                                     .tag_weights = {65535}};
    }
    return ret;
}

START_TEST(what_is_likely_is_learned_in_place_of_heads_and_tags)
{
    struct bench bench = open_bench();
    struct toy *toy = bench.toy;
    struct dep_likely *likely[TOY_SENTENCES];
    const struct dep_sections plain = learn(&bench, 4);
    for (uint32_t s = 0; s < TOY_SENTENCES; s++)
        toy->examples[s].likely = likely[s] = likely_of(&toy->examples[s], 1);
    const struct dep_sections certain = learn(&bench, 4);
    ck_assert(memcmp(plain.network.at, certain.network.at, plain.network.len) == 0);
    for (uint32_t s = 0; s < TOY_SENTENCES; s++) {
        free(likely[s]);
        toy->examples[s].likely = likely[s] = likely_of(&toy->examples[s], 0);
    }
    uint32_t hidden_heads[TOY_SENTENCES][TOY_NODES];
    memcpy(hidden_heads, toy->heads, sizeof hidden_heads);
    for (uint32_t s = 0; s < TOY_SENTENCES; s++)
        for (uint32_t i = 1; i < toy->examples[s].nodes; i++)
            toy->heads[s][i] = i - 1;
    learn_and_open(&bench, 60);
    for (uint32_t s = 0; s < TOY_SENTENCES; s++) {
        const struct dep_sentence sentence = sentence_of(&toy->examples[s]);
        const uint32_t nodes = sentence.nodes;
        struct dep_scores scores = {.tag_scores = calloc(nodes, DEP_TAGS_MAX * sizeof(int32_t))};
        uint32_t heads[TOY_NODES];
        ck_assert(jwi_dep_score(&bench.view, &sentence, 1, &bench.arena, &scores, NULL) == JW_OK);
        ck_assert(jwi_tree_best(scores.arcs, nodes, &bench.arena, heads, NULL) == JW_OK);
        for (uint32_t i = 1; i < nodes; i++) {
            ck_assert_uint_eq(heads[i], hidden_heads[s][i]);
            for (uint32_t row = 1; row < bench.view.dim.tag_rows; row++)
                ck_assert_int_le(scores.tag_scores[i * DEP_TAGS_MAX + row], scores.tag_scores[i * DEP_TAGS_MAX + scores.tags[i]]);
        }
        free(scores.tag_scores);
        free(likely[s]);
    }
    close_bench(&bench);
}
END_TEST

START_TEST(a_second_tag_counts_by_its_share)
{
    struct toy *toy = make_toy();
    struct arena arena;
    struct dep_sections sections;
    struct toy_file file;
    struct dep_view view;
    struct dep_scores scores[4] = {0};
    jwi_arena_init(&arena, NULL);
    toy->lesson.recipe.epochs = 4;
    ck_assert(jwi_dep_train(&toy->lesson, &arena, &sections, NULL) == JW_OK);
    make_file(&sections, &file);
    ck_assert(jwi_dep_view_open(&view, &file.file, NULL, NULL) == JW_OK);
    const struct dep_example *example = &toy->examples[0];
    struct room_second second[4][TOY_NODES] = {{{0, 0, 0}}};
    for (uint32_t i = 1; i < example->nodes; i++) {
        const uint8_t tag = (uint8_t)example->upos[i], other = 1 - tag;
        second[1][i] = (struct room_second){tag, tag, ROOM_SHARE / 2};   /* the same again */
        second[2][i] = (struct room_second){other, other, 0};            /* another without a share */
        second[3][i] = (struct room_second){other, other, ROOM_SHARE / 2};
    }
    const size_t size = example->nodes * example->nodes * sizeof *scores->arcs;
    for (uint32_t k = 0; k < 4; k++) {
        struct dep_sentence sentence = sentence_of(example);
        sentence.second = k ? second[k] : NULL;
        ck_assert(jwi_dep_score(&view, &sentence, 1, &arena, &scores[k], NULL) == JW_OK);
        ck_assert_int_eq(memcmp(scores[k].arcs, scores[0].arcs, size) != 0, k == 3);
    }
    free(file.data);
    free(toy);
    jwi_arena_free(&arena);
}
END_TEST

/* A sentence a caller gave, far beyond the limit, through the stage itself. */
START_TEST(a_sentence_beyond_the_limit_is_one_tree)
{
    enum { COUNT = 1300 };
    struct bench bench = open_bench();
    static uint32_t codes[COUNT], at[COUNT + 1];
    static uint8_t classes[COUNT];
    static struct room_word words[COUNT];
    static uint16_t tags[COUNT];
    uint64_t state = 8;
    for (uint32_t i = 0; i < COUNT; i++) {
        codes[i] = 0x4e00 + next_random(&state) % 9;
        classes[i] = UNIT_HAN;
        at[i + 1] = 3 * i + 3;
        words[i].start = i;
        words[i].end = i + 1;
        tags[i] = codes[i] % 2;
    }
    learn_and_open(&bench, 2);
    jw_sentence sentence = {{0, 3 * COUNT}, {0, COUNT}, 0, 0};
    struct jw_doc doc = {.sentences = &sentence,
                         .sentence_count = 1,
                         .upos = tags,
                         .xpos = tags,
                         .token_count = COUNT};
    struct room room = {.words = words, .scratch = &bench.arena, .lasting = &bench.arena, .units = {codes, classes, at, COUNT}};
    jwi_arena_init(&doc.arena, NULL);
    ck_assert(jwi_stage_mask.run(NULL, &room, &doc, NULL) == JW_OK);
    ck_assert(jwi_stage_dep.run(&bench.view, &room, &doc, NULL) == JW_OK);
    uint32_t heads[COUNT + 1] = {0};
    for (uint32_t i = 0; i < COUNT; i++)
        heads[i + 1] = doc.arcs[i].head == JW_NONE ? 0 : doc.arcs[i].head + 1;
    ck_assert(is_tree(heads, COUNT + 1));
    jwi_arena_free(&doc.arena);
    close_bench(&bench);
}
END_TEST

/* Odd words are B, whatever the tagger says; a tag that a user dictionary or the caller gave stays. */
START_TEST(tags_of_the_network_replace_guesses_only)
{
    enum { COUNT = 4 };
    struct bench bench = open_bench();
    struct toy *toy = bench.toy;
    const uint32_t codes[COUNT] = {0x4e01, 0x4e02, 0x4e03, 0x4e04}, at[COUNT + 1] = {0, 3, 6, 9, 12};
    const uint8_t classes[COUNT] = {UNIT_HAN, UNIT_HAN, UNIT_HAN, UNIT_HAN};
    struct room_word words[COUNT] = {{.start = 0}};
    for (uint32_t i = 0; i < COUNT; i++)
        words[i].end = 1 + (words[i].start = i);
    words[3].pos = 1;
    for (uint32_t s = 0; s < TOY_SENTENCES; s += 2) /* so that the tags given are not to be leaned on */
        toy->examples[s].upos = toy->examples[s].xpos = toy->none;
    learn_and_open(&bench, 0);
    jw_sentence sentence = {{0, 3 * COUNT}, {0, COUNT}, 0, 0};
    struct room room = {.words = words, .scratch = &bench.arena, .lasting = &bench.arena, .units = {codes, classes, at, COUNT}};
    for (int is_given = 0; is_given < 2; is_given++) {
        uint16_t upos[COUNT] = {0, 0, 0, 1}, xpos[COUNT] = {0, 0, 0, 1};
        const uint16_t guessed[COUNT] = {1, 0, 1, 1}, kept[COUNT] = {0, 0, 0, 1};
        struct jw_doc doc = {.sentences = &sentence, .sentence_count = 1, .upos = upos, .xpos = xpos, .token_count = COUNT};
        jwi_arena_init(&doc.arena, NULL);
        room.given = is_given ? JW_LAYER_POS : 0;
        ck_assert(jwi_stage_mask.run(NULL, &room, &doc, NULL) == JW_OK);
        ck_assert(jwi_stage_dep.run(&bench.view, &room, &doc, NULL) == JW_OK);
        ck_assert(!memcmp(upos, is_given ? kept : guessed, sizeof upos));
        ck_assert(!memcmp(xpos, is_given ? kept : guessed, sizeof xpos));
        jwi_arena_free(&doc.arena);
    }
    close_bench(&bench);
}
END_TEST

START_TEST(damaged_sections_are_refused)
{
    struct bench bench = open_bench();
    learn_and_open(&bench, 1);
    for (uint32_t i = 0; i < 2; i++) {
        bench.file.entries[i].size--;
        ck_assert_int_eq(open_view(&bench), JW_EMODEL_CORRUPT);
        bench.file.entries[i].size++;
    }
    struct dep_header *header = (struct dep_header *)(void *)bench.file.data;
    header->label_names++;
    ck_assert_int_eq(open_view(&bench), JW_EMODEL_CORRUPT);
    header->label_names--;
    header->hidden = 24;
    ck_assert_int_eq(open_view(&bench), JW_EMODEL_CORRUPT);
    header->version++;
    ck_assert_int_eq(open_view(&bench), JW_EMODEL_VERSION);
    close_bench(&bench);
}
END_TEST

START_TEST(numbers_share_a_form)
{
    const uint32_t codes[] = {'1', ',', '0', '8', '5'}, others[] = {'2', ',', '3', '3', '0'};
    const uint8_t classes[] = {UNIT_DIGIT, UNIT_PUNCT, UNIT_DIGIT, UNIT_DIGIT, UNIT_DIGIT};
    const uint32_t at[] = {0, 1, 2, 3, 4, 5};
    const struct units a = {codes, classes, at, 5}, b = {others, classes, at, 5},
                       shorter = {codes, classes, at, 4};
    ck_assert(jwi_dep_word(a).key == jwi_dep_word(b).key);
    ck_assert(jwi_dep_word(a).key != jwi_dep_word(shorter).key);
    ck_assert_uint_lt(jwi_dep_word(a).shape, DEP_SHAPES);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dep");
    suite_add(suite, trees_of_small_sentences_are_the_best_of_all);
    suite_add(suite, long_sentences_get_a_tree_no_worse_than_the_projective_one);
    suite_add(suite, numbers_share_a_form);
    suite_add(suite, a_toy_language_is_learned_and_run_alike);
    suite_add(suite, what_is_likely_is_learned_in_place_of_heads_and_tags);
    suite_add(suite, a_second_tag_counts_by_its_share);
    suite_add(suite, a_sentence_beyond_the_limit_is_one_tree);
    suite_add(suite, a_share_of_the_trees_comes_with_true_tags);
    suite_add(suite, a_course_goes_on_from_what_another_kept);
    suite_add(suite, tags_of_the_network_replace_guesses_only);
    suite_add(suite, damaged_sections_are_refused);
    return suite_run(suite);
}
