/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-dep -n DEPN -w DEPW -m MODEL [-t TAGGED] [-s SILVER] [-g GUESSED] [-l LIKELY] [-e EPOCHS] [-f FIRST] [-r SEED] FILE...
 * The parser's sections from CoNLL-U trees and tables of word vectors (*.tsv).  TAGGED: the same sentences with tags guessed by taggers that
 * have not seen them.  SILVER: trees and tags of another parser, learned together with the true ones for FIRST epochs before EPOCHS on the true
 * ones; GUESSED: the same sentences with tags as the tagger of the model guesses them; LIKELY: heads and tags of the same sentences with how likely
 * they are: of each sentence uint32 words, then a struct dep_likely a word (dep_train.h), in bytes of this machine.
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
                                           .arc = 64,
                                           .label = 64,
                                           .first_epochs = 0,
                                           .epochs = 24,
                                           .batch = 150,
                                           .rate = 2e-3f,
                                           .drop = 0.15f,
                                           .drop_recurrent = 0.1f,
                                           .seed = 1};

struct task {
    const char *network, *words, *model, *tagged, *silver, *guessed, *likely;
    struct dep_recipe recipe;
    VEC(const char *) corpora;
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
    const struct dep_example ret = {words, upos, xpos, NULL, NULL, labels, heads, NULL, count + 1};
    return ret;
}

static struct dep_examples make_examples(const struct gold *gold, const char *what)
{
    if (!(gold->doc->layers & JW_LAYER_ARCS))
        die(what, "no trees");
    struct dep_example *at = get(gold->doc->sentence_count, sizeof *at);
    for (uint32_t i = 0; i < gold->doc->sentence_count; i++)
        at[i] = make_example(gold, gold->doc->sentences[i].tokens);
    const struct dep_examples ret = {at, gold->doc->sentence_count};
    return ret;
}

/* The trees keep their tags as the true ones and take the guessed ones for input. */
static struct dep_examples join_tags(struct dep_examples trees, struct dep_examples tagged)
{
    struct dep_example *at = get(trees.len, sizeof *at);
    if (trees.len != tagged.len)
        die("tagged file", "other sentences than the trees");
    for (uint32_t i = 0; i < trees.len; i++) {
        if (trees.at[i].nodes != tagged.at[i].nodes)
            die("tagged file", "other words than the trees");
        at[i] = trees.at[i];
        at[i].true_upos = trees.at[i].upos;
        at[i].true_xpos = trees.at[i].xpos;
        at[i].upos = tagged.at[i].upos;
        at[i].xpos = tagged.at[i].xpos;
    }
    const struct dep_examples ret = {at, trees.len};
    return ret;
}

static void read_exactly(FILE *file, const char *path, void *ret, size_t size, size_t n)
{
    if (fread(ret, size, n, file) != n)
        die(path, "too short");
}

/* Refuses words, heads and tags that the trees cannot have. */
static struct dep_examples join_likely(struct dep_examples trees, const char *path, uint32_t xpos_count)
{
    struct dep_example *at = get(trees.len, sizeof *at);
    FILE *file = fopen(path, "rb");
    if (!file)
        die(path, "cannot open");
    for (uint32_t i = 0; i < trees.len; i++) {
        struct dep_likely *likely = get(trees.at[i].nodes, sizeof *likely);
        uint32_t words;
        read_exactly(file, path, &words, sizeof words, 1);
        if (words + 1 != trees.at[i].nodes)
            die(path, "other words than the trees");
        read_exactly(file, path, likely + 1, sizeof *likely, words);
        for (uint32_t k = 1; k <= words; k++)
            for (uint32_t n = 0; n < DEP_LIKELY; n++)
                if (likely[k].heads[n] > words || likely[k].upos[n] >= DEP_UPOS_COUNT || likely[k].xpos[n] >= xpos_count)
                    die(path, "heads or tags that there are none of");
        at[i] = trees.at[i];
        at[i].likely = likely;
    }
    fclose(file);
    const struct dep_examples ret = {at, trees.len};
    return ret;
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

static void write_section(const char *path, jw_bytes data)
{
    jw_error error;
    if (jwi_file_replace(path, data, &error) != JW_OK)
        die(path, error.message);
}

static void train(const struct task *task)
{
    struct gold gold, tagged, silver, guessed;
    struct dep_lesson lesson = {.recipe = task->recipe, .report = report};
    struct arena arena;
    struct dep_sections sections;
    jw_error error;
    jw_bytes names;
    jwi_arena_init(&arena, NULL);
    jwi_gold_read(&gold, task->model, task->corpora.at, (int)task->corpora.len);
    jwi_gold_read(&tagged, task->model, task->tagged ? &task->tagged : task->corpora.at,
                  task->tagged ? 1 : (int)task->corpora.len);
    lesson.trees =
        join_tags(make_examples(&gold, "corpora"), make_examples(&tagged, "tagged file"));
    if (task->silver) {
        jwi_gold_read(&silver, task->model, &task->silver, 1);
        lesson.others = make_examples(&silver, task->silver);
        if (task->guessed) {
            jwi_gold_read(&guessed, task->model, &task->guessed, 1);
            lesson.others = join_tags(lesson.others, make_examples(&guessed, task->guessed));
        }
        if (task->likely)
            lesson.others = join_likely(lesson.others, task->likely, gold.model->labels.set[JW_LABELS_XPOS].count);
    }
    add_vectors(&task->vectors, &arena, &lesson);
    lesson.label_count = gold.model->labels.set[JW_LABELS_DEP].count;
    lesson.xpos_count = gold.model->labels.set[JW_LABELS_XPOS].count;
    lesson.label_root = label_id(&gold, "root");
    lesson.label_piece = label_id(&gold, "parataxis");
    if (jwi_model_file_section(&gold.model->file, "LABL", &names, &error) != JW_OK)
        die(task->model, error.message);
    lesson.label_names = jwi_dep_label_names(names);
    if (jwi_dep_train(&lesson, &arena, &sections, &error) != JW_OK)
        die("training", error.message);
    write_section(task->network, sections.network);
    write_section(task->words, sections.words);
    jwi_arena_free(&arena);
}

static int read_options(int argc, char **argv, struct task *task)
{
    for (int option; (option = getopt(argc, argv, "n:w:m:t:s:g:l:e:f:r:")) != -1;) {
        switch (option) {
        case 'n': task->network = optarg; break;
        case 'w': task->words = optarg; break;
        case 'm': task->model = optarg; break;
        case 't': task->tagged = optarg; break;
        case 's': task->silver = optarg; break;
        case 'g': task->guessed = optarg; break;
        case 'l': task->likely = optarg; break;
        case 'e': task->recipe.epochs = (uint32_t)atoi(optarg); break;
        case 'f': task->recipe.first_epochs = (uint32_t)atoi(optarg); break;
        case 'r': task->recipe.seed = (uint64_t)atoi(optarg); break;
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
        fprintf(stderr, "usage: jinwen-train-dep -n DEPN -w DEPW -m MODEL [-t TAGGED] [-s SILVER] [-g GUESSED] "
                        "[-l LIKELY] [-e EPOCHS] [-f FIRST] [-r SEED] FILE...\n");
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
