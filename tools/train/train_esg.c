/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-esg -o OUT -m MODEL HEADLINES LESSONS MASKED SURNAMES LIST.. VECTORS..: section ESGR.  The model, which has everything but this
 * section, reads the headlines (columns impact, headline; those marked Opportunity or Risk), and lessons written like them.  MASKED, SURNAMES:
 * words of persons and places, columns word and surname.  A list of sentiment has columns word or term, and polarity, whose sign counts.
 */
#include "api/worker.h"
#include "base/file.h"
#include "common/gold.h"
#include "common/vectors.h"
#include "stage/esg/esg_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MAX = 8 };

struct maker {
    jw_model *model;
    struct arena arena;
    struct vectors vectors;
    VEC(struct esg_word) words;
    VEC(struct units) masked;
    VEC(struct esg_example) examples;
    struct esg_view view;
    jw_worker *worker;
    jw_doc *doc;
};

/* A row's cells under the wanted columns. */
struct cells {
    jw_bytes word, polarity;
};

static void die(const char *path, const char *what)
{
    fprintf(stderr, "jinwen-train-esg: %s: %s\n", path, what);
    exit(TOOL_INPUT);
}

static uint32_t cut(jw_bytes line, jw_bytes *cells)
{
    uint32_t n = 0;
    for (size_t at = 0; at <= line.len && n < CELLS_MAX; n++) {
        const char *tab = memchr(line.at + at, '\t', line.len - at);
        cells[n].at = line.at + at;
        cells[n].len = tab ? (size_t)(tab - line.at) - at : line.len - at;
        at += cells[n].len + 1;
    }
    return n;
}

static int is_text(jw_bytes bytes, const char *text)
{
    return strlen(text) == bytes.len && !memcmp(bytes.at, text, bytes.len);
}

/* Calls `use` with the cells of the named columns of every row; column 1 may be missing when its name is NULL. */
static void each_row(struct maker *maker, const char *path, const char *const names[3],
                     void (*use)(struct maker *maker, const struct cells *cells, const char *path))
{
    jw_bytes data, cells[CELLS_MAX];
    jw_error error;
    uint32_t word = CELLS_MAX, polarity = CELLS_MAX;
    jwi_check(jwi_file_map(path, &data, &error), &error, path, TOOL_INPUT);
    for (size_t at = 0, number = 0; at < data.len; number++) {
        const char *stop = memchr(data.at + at, '\n', data.len - at);
        const jw_bytes line = {data.at + at, stop ? (size_t)(stop - data.at) - at : data.len - at};
        const uint32_t n = cut(line, cells);
        at += line.len + 1;
        for (uint32_t i = 0; !number && i < n; i++) {
            word = is_text(cells[i], names[0]) || is_text(cells[i], names[1]) ? i : word;
            polarity = names[2] && is_text(cells[i], names[2]) ? i : polarity;
        }
        if (word >= n || (names[2] && polarity >= n))
            die(path, "a column is missing");
        const struct cells found = {cells[word], names[2] ? cells[polarity] : cells[word]};
        if (number)
            use(maker, &found, path);
    }
    jwi_file_unmap(data);
}

static void take_masked(struct maker *maker, const struct cells *cells, const char *path)
{
    const struct units word = jwi_units_of(maker->model, cells->word);
    if (!word.len)
        die(path, "an empty word");
    VEC_PUSH(&maker->masked, word);
}

/* "+", "0.4": good; "-", "-0.4": bad; 0 and nothing: neither. */
static void take_word(struct maker *maker, const struct cells *cells, const char *path)
{
    const int is_bad = cells->polarity.len && cells->polarity.at[0] == '-';
    const int is_nothing = !cells->polarity.len || is_text(cells->polarity, "0");
    const struct esg_word word = {jwi_units_of(maker->model, cells->word), !is_bad};
    if (!word.letters.len)
        die(path, "an empty word");
    if (!is_nothing)
        VEC_PUSH(&maker->words, word);
}

static void take_headline(struct maker *maker, const struct cells *cells, const char *path)
{
    struct esg_items items;
    jw_error error;
    const int is_risk = is_text(cells->polarity, "Risk");
    if (!is_risk && !is_text(cells->polarity, "Opportunity"))
        return;
    jwi_check(jw_worker_run(maker->worker, cells->word, maker->doc, &error), &error, path, TOOL_INPUT);
    jwi_check(jwi_esg_items(&maker->view, &maker->worker->room, maker->doc, &maker->arena, &items, &error), &error, path, TOOL_INPUT);
    const struct esg_example example = {items.at, items.len, is_risk};
    VEC_PUSH(&maker->examples, example);
}

static void read_headlines(struct maker *maker, const char *path)
{
    static const char *const names[3] = {"headline", "text", "impact"};
    jw_options options = JW_OPTIONS_INIT;
    jw_error error;
    options.want = JW_LAYER_OPINIONS | JW_LAYER_EVENTS;
    jwi_check(jw_worker_new(maker->model, &options, &maker->worker, &error), &error, "worker", TOOL_MODEL);
    jwi_check(jw_doc_new(NULL, &maker->doc), &error, "document", TOOL_INPUT);
    each_row(maker, path, names, take_headline);
    jw_doc_free(maker->doc);
    jw_worker_free(maker->worker);
}

static void learn(struct maker *maker, char **files, const char *out)
{
    const struct esg_words words = {maker->words.at,   (uint32_t)maker->words.len,         maker->vectors.words.at, maker->vectors.at.at,
                                    (uint32_t)maker->vectors.words.len, maker->masked.at, (uint32_t)maker->masked.len};
    struct esg_trainer trainer = {.arena = &maker->arena};
    struct esg_report report;
    jw_error error;
    jw_bytes section;
    jwi_check(jwi_esg_train_words(&trainer, &words, &error), &error, "words", TOOL_INPUT);
    jwi_check(jwi_esg_pack(&trainer, &section, &error), &error, "words", TOOL_INPUT);
    jwi_check(jwi_esg_view_open(section, &maker->view, &error), &error, "words", TOOL_INPUT);
    read_headlines(maker, files[0]);
    const uint32_t scored = (uint32_t)maker->examples.len;
    read_headlines(maker, files[1]);
    const uint32_t count = (uint32_t)maker->examples.len;
    jwi_check(jwi_esg_train_reading(&trainer, maker->examples.at, count, scored, &report, &error), &error, files[0], TOOL_INPUT);
    jwi_check(jwi_esg_pack(&trainer, &section, &error), &error, "reading", TOOL_INPUT);
    jwi_check(jwi_file_replace(out, section, &error), &error, out, TOOL_INPUT);
    printf("esg: %u headlines, %u lessons, ten-fold accuracy %.4f (larger class %.4f), mean recall %.4f, macro-F1 %.4f, threshold %.2f\n",
           scored, count - scored, report.accuracy, report.most, report.mean_recall, report.macro, (double)trainer.threshold);
}

int main(int argc, char **argv)
{
    static const char *const masked[3] = {"word", "surname", NULL}, *const list[3] = {"word", "term", "polarity"};
    struct maker maker = {.model = NULL};
    jw_error error;
    if (argc < 11 || strcmp(argv[1], "-o") != 0 || strcmp(argv[3], "-m") != 0) {
        fprintf(stderr, "usage: jinwen-train-esg -o OUT -m MODEL HEADLINES LESSONS MASKED SURNAMES LIST.. VECTORS..\n");
        return 2;
    }
    jwi_arena_init(&maker.arena, NULL);
    jwi_check(jw_model_open(argv[4], NULL, &maker.model, &error), &error, argv[4], TOOL_MODEL);
    each_row(&maker, argv[7], masked, take_masked);
    each_row(&maker, argv[8], masked, take_masked);
    for (int i = 9; i < argc; i++)
        if (strstr(argv[i], "vectors"))
            jwi_vectors_read(&maker.vectors, maker.model, argv[i]);
        else
            each_row(&maker, argv[i], list, take_word);
    if (maker.vectors.width != ESG_VECTOR)
        die(argv[argc - 1], "vectors of another width");
    learn(&maker, argv + 5, argv[2]);
    jwi_arena_free(&maker.arena);
    jw_model_unref(maker.model);
    return 0;
}
