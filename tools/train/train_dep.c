/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-dep -n DEPN -w DEPW -m MODEL [-j FOLD]... [-s SILVER] [-l LIKELY] [-e EPOCHS] [-f FIRST] [-r SEED]
 *                  [-i START] [-k KEPT] [-a RATE] FILE...
 * The parser's sections from CoNLL-U trees and tables of word vectors (*.tsv).  FOLDs: models; sentence i of the trees is tagged by the tagger of
 * number i modulo their count, which has not seen it.  SILVER: trees and tags of other parsers, tagged by the tagger of MODEL, learned together
 * with the true ones for FIRST epochs before EPOCHS on the true ones; LIKELY: heads and tags of the same sentences with how likely they are: of
 * each sentence uint32 words, then a struct dep_likely a word (dep_train.h), in bytes of this machine.
 * KEPT: what is learned after FIRST epochs, from which another run over the same sentences may START, at another RATE.
 */
#include "base/file.h"
#include "common/dep_words.h"
#include "common/gold.h"
#include "common/vectors.h"
#include "ml/key_map.h"
#include "stage/dep/dep_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What one word, as it is trained, costs at run time decides the widths; more hidden numbers gain little beyond these. */
static const struct dep_recipe standard = {.width = 96,
                                           .hidden = 128,
                                           .layers = 3,
                                           .arc = 192,
                                           .label = 128,
                                           .first_epochs = 0,
                                           .epochs = 24,
                                           .batch = 150,
                                           .rate = 2e-3f,
                                           .drop = 0.06f,
                                           .drop_recurrent = 0.04f,
                                           .certain = 0.4f,
                                           .seed = 1};

struct task {
    const char *network, *words, *model, *silver, *likely, *start, *kept;
    struct dep_recipe recipe;
    VEC(const char *) corpora, folds;
    struct vectors vectors;
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(5);
}

static void *get(size_t n, size_t size)
{
    void *at = calloc(n + 1, size);
    if (!at)
        jwi_vec_die("training");
    return at;
}

static void report(uint32_t epoch, uint32_t epochs, double lack)
{
    printf("dep: pass %u of %u, %.4f of two answers wrong\n", epoch + 1, epochs, lack);
    fflush(stdout);
}

static struct dep_example make_example(const struct gold *gold, jw_range tokens)
{
    const uint32_t count = tokens.end - tokens.start;
    struct dep_word *words = get(count + 1, sizeof *words);
    uint16_t *upos = get(count + 1, sizeof *upos), *xpos = get(count + 1, sizeof *xpos),
             *labels = get(count + 1, sizeof *labels);
    uint32_t *heads = get(count + 1, sizeof *heads);
    dep_words_fill(gold, tokens, words, upos, xpos);
    for (uint32_t i = 0; i < count; i++) {
        const jw_arc arc = gold->doc->arcs[tokens.start + i];
        labels[i + 1] = arc.rel;
        heads[i + 1] = arc.head == JW_NONE ? 0 : arc.head - tokens.start + 1;
    }
    const struct dep_example ret = {words, upos, xpos, NULL, upos, xpos, labels, heads, NULL, count + 1};
    return ret;
}

static struct dep_example *make_examples(const struct gold *gold, const char *what)
{
    if (!(gold->doc->layers & JW_LAYER_ARCS))
        die(what, "no trees");
    struct dep_example *at = get(gold->doc->sentence_count, sizeof *at);
    for (uint32_t i = 0; i < gold->doc->sentence_count; i++)
        at[i] = make_example(gold, gold->doc->sentences[i].tokens);
    return at;
}

/* The example keeps its tags as the true ones and takes the guessed ones for input. */
static void take_guesses(const struct gold *gold, uint32_t sentence, struct dep_example *ret)
{
    uint16_t *upos = get(ret->nodes, sizeof *upos), *xpos = get(ret->nodes, sizeof *xpos);
    struct room_second *second = get(ret->nodes, sizeof *second);
    dep_words_guessed(gold, sentence, upos, xpos, second);
    ret->true_upos = ret->upos;
    ret->true_xpos = ret->xpos;
    ret->upos = upos;
    ret->xpos = xpos;
    ret->second = second;
}

/* By the folds, or, with none, the true tags. */
static void tag_trees(const struct task *task, struct dep_example *trees)
{
    for (uint32_t fold = 0; fold < task->folds.len; fold++) {
        struct gold gold;
        jwi_gold_read(&gold, task->folds.at[fold], task->corpora.at, (int)task->corpora.len);
        dep_words_guess(&gold, task->folds.at[fold]);
        for (uint32_t i = fold; i < gold.doc->sentence_count; i += (uint32_t)task->folds.len)
            take_guesses(&gold, i, &trees[i]);
        jwi_gold_free(&gold);
    }
}

static void read_exactly(FILE *file, const char *path, void *ret, size_t size, size_t n)
{
    if (fread(ret, size, n, file) != n)
        die(path, "too short");
}

/* Refuses words, heads and tags that the trees cannot have. */
static void join_likely(struct dep_example *trees, uint32_t count, const char *path, uint32_t xpos_count)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        die(path, "cannot open");
    for (uint32_t i = 0; i < count; i++) {
        struct dep_likely *likely = get(trees[i].nodes, sizeof *likely);
        uint32_t words;
        read_exactly(file, path, &words, sizeof words, 1);
        if (words + 1 != trees[i].nodes)
            die(path, "other words than the trees");
        read_exactly(file, path, likely + 1, sizeof *likely, words);
        for (uint32_t k = 1; k <= words; k++)
            for (uint32_t n = 0; n < DEP_LIKELY; n++)
                if (likely[k].heads[n] > words || likely[k].upos[n] >= DEP_UPOS_COUNT || likely[k].xpos[n] >= xpos_count)
                    die(path, "heads or tags that there are none of");
        trees[i].likely = likely;
    }
    fclose(file);
}

static uint32_t label_id(const struct gold *gold, const char *name)
{
    const jw_bytes bytes = {name, strlen(name)};
    const uint32_t id = jwi_labels_id(&gold->model->labels, JW_LABELS_DEP, bytes);
    if (id == JW_NONE)
        die(name, "no label of this model");
    return id;
}

/* Forms that normalisation makes equal count once, with their first vector. */
static void add_vectors(const struct vectors *vectors, struct arena *arena,
                        struct dep_lesson *lesson)
{
    struct key_map seen = {.arena = arena};
    struct dep_word *words = get(vectors->words.len, sizeof *words);
    float *at = get(vectors->at.len, sizeof *at);
    for (size_t i = 0; i < vectors->words.len; i++) {
        const struct dep_word word = jwi_dep_word(vectors->words.at[i]);
        const uint32_t count = seen.count;
        if (jwi_key_map_add(&seen, word.key) != count)
            continue;
        words[count] = word;
        memcpy(at + (size_t)count * vectors->width, vectors->at.at + i * vectors->width,
               vectors->width * sizeof *at);
    }
    lesson->vector_words = words;
    lesson->vectors = at;
    lesson->vector_count = seen.count;
    lesson->vector_width = vectors->width;
}

static struct dep_numbers map_numbers(const char *path)
{
    jw_bytes bytes;
    jw_error error;
    if (jwi_file_map(path, &bytes, &error) != JW_OK)
        die(path, error.message);
    return (struct dep_numbers){(const float *)(const void *)bytes.at, bytes.len / sizeof(float)};
}

static void write_section(const char *path, jw_bytes data)
{
    jw_error error;
    if (jwi_file_replace(path, data, &error) != JW_OK)
        die(path, error.message);
}

static void train(const struct task *task)
{
    struct gold gold, silver;
    struct dep_lesson lesson = {.recipe = task->recipe, .report = report};
    struct arena arena;
    struct dep_sections sections;
    jw_error error;
    jw_bytes names;
    jwi_arena_init(&arena, NULL);
    jwi_gold_read(&gold, task->model, task->corpora.at, (int)task->corpora.len);
    lesson.label_count = gold.model->labels.set[JW_LABELS_DEP].count;
    lesson.xpos_count = gold.model->labels.set[JW_LABELS_XPOS].count;
    struct dep_example *trees = make_examples(&gold, "corpora");
    tag_trees(task, trees);
    lesson.trees = (struct dep_examples){trees, gold.doc->sentence_count};
    if (task->silver) {
        jwi_gold_read(&silver, task->model, &task->silver, 1);
        struct dep_example *others = make_examples(&silver, task->silver);
        dep_words_guess(&silver, task->model);
        for (uint32_t i = 0; i < silver.doc->sentence_count; i++)
            take_guesses(&silver, i, &others[i]);
        if (task->likely)
            join_likely(others, silver.doc->sentence_count, task->likely, lesson.xpos_count);
        lesson.others = (struct dep_examples){others, silver.doc->sentence_count};
    }
    add_vectors(&task->vectors, &arena, &lesson);
    if (task->start)
        lesson.start = map_numbers(task->start);
    lesson.label_root = label_id(&gold, "root");
    lesson.label_piece = label_id(&gold, "parataxis");
    if (jwi_model_file_section(&gold.model->file, "LABL", &names, &error) != JW_OK)
        die(task->model, error.message);
    lesson.label_names = jwi_dep_label_names(names);
    if (jwi_dep_train(&lesson, &arena, &sections, &error) != JW_OK)
        die("training", error.message);
    write_section(task->network, sections.network);
    write_section(task->words, sections.words);
    if (task->kept)
        write_section(task->kept, (jw_bytes){(const char *)sections.first.at, sections.first.len * sizeof(float)});
    jwi_arena_free(&arena);
}

static int read_options(int argc, char **argv, struct task *task)
{
    for (int option; (option = getopt(argc, argv, "n:w:m:j:s:l:e:f:r:i:k:a:")) != -1;) {
        switch (option) {
        case 'n': task->network = optarg; break;
        case 'w': task->words = optarg; break;
        case 'm': task->model = optarg; break;
        case 'j': VEC_PUSH(&task->folds, optarg); break;
        case 's': task->silver = optarg; break;
        case 'l': task->likely = optarg; break;
        case 'e': task->recipe.epochs = (uint32_t)atoi(optarg); break;
        case 'f': task->recipe.first_epochs = (uint32_t)atoi(optarg); break;
        case 'r': task->recipe.seed = (uint64_t)atoi(optarg); break;
        case 'i': task->start = optarg; break;
        case 'k': task->kept = optarg; break;
        case 'a': task->recipe.rate = (float)atof(optarg); break;
        default: return 0;
        }
    }
    for (int i = optind; i < argc; i++)
        if (!jwi_vectors_is_table(argv[i]))
            VEC_PUSH(&task->corpora, argv[i]);
    return task->network && task->words && task->model && task->corpora.len;
}

int main(int argc, char **argv)
{
    struct task task = {.recipe = standard};
    if (!read_options(argc, argv, &task)) {
        fprintf(stderr, "usage: jinwen-train-dep -n DEPN -w DEPW -m MODEL [-j FOLD]... [-s SILVER] [-l LIKELY] "
                        "[-e EPOCHS] [-f FIRST] [-r SEED] [-i START] [-k KEPT] [-a RATE] FILE...\n");
        return 2;
    }
    struct gold norm;
    const char *first = task.corpora.at[0];
    jwi_gold_read(&norm, task.model, &first, 1);
    for (int i = optind; i < argc; i++)
        if (jwi_vectors_is_table(argv[i]))
            jwi_vectors_read(&task.vectors, norm.model, argv[i]);
    jwi_gold_free(&norm);
    train(&task);
    return 0;
}
