/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-pos -o OUT -m MODEL [-i START] FILE...: section POSN from CoNLL-U files and tables of word
 * vectors (*.tsv); the model gives normalisation, lexicon and labels.  The training goes on from the weights of START.
 * jinwen-train-pos -s OUT -m MODEL [-i START] [-e EPOCHS] FILE...: makes a START, from text with tags made by other taggers.
 */
#include "base/file.h"
#include "common/gold.h"
#include "common/vectors.h"
#include "stage/pos/pos_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EPOCHS = 12, START_LEAST = 5 };

struct task {
    const char *out, *model, *from;
    uint32_t epochs;
    int is_start;
    VEC(const char *) corpora;
    VEC(const char *) tables;
};

static void report(uint32_t epoch, uint32_t wrong, uint32_t total)
{
    printf("pos: pass %u, %u of %u tags wrong\n", epoch + 1, wrong, total);
    fflush(stdout);
}

static int read_options(int argc, char **argv, struct task *task)
{
    for (int option; (option = getopt(argc, argv, "o:s:m:i:e:")) != -1;) {
        switch (option) {
        case 's': task->is_start = 1; /* fall through */
        case 'o': task->out = optarg; break;
        case 'm': task->model = optarg; break;
        case 'i': task->from = optarg; break;
        case 'e': task->epochs = (uint32_t)atoi(optarg); break;
        default: return 0;
        }
    }
    for (int i = optind; i < argc; i++) {
        if (jwi_vectors_is_table(argv[i]))
            VEC_PUSH(&task->tables, argv[i]);
        else
            VEC_PUSH(&task->corpora, argv[i]);
    }
    return task->out && task->model && task->corpora.len;
}

static void train(const struct task *task, struct pos_course *course)
{
    jw_error error;
    jw_bytes section;
    jw_status status;
    if (task->is_start)
        status = jwi_pos_train_start(course, START_LEAST, &section, &error);
    else
        status = jwi_pos_train(course, &section, &error);
    jwi_check(status, &error, "training", TOOL_MODEL);
    jwi_check(jwi_file_replace(task->out, section, &error), &error, task->out, TOOL_MODEL);
}

int main(int argc, char **argv)
{
    struct task task = {.epochs = EPOCHS};
    if (!read_options(argc, argv, &task)) {
        fprintf(stderr, "usage: jinwen-train-pos -o OUT|-s OUT -m MODEL [-i START] [-e EPOCHS] FILE...\n");
        return 2;
    }
    struct gold gold;
    struct vectors vectors = {0};
    struct arena arena;
    struct tagnet_start start;
    jw_bytes stored = {NULL, 0};
    jw_error error;
    jwi_gold_read(&gold, task.model, task.corpora.at, (int)task.corpora.len);
    for (size_t i = 0; i < task.tables.len; i++)
        jwi_vectors_read(&vectors, gold.model, task.tables.at[i]);
    if (!gold.model->lexicon) {
        fprintf(stderr, "%s: no lexicon\n", task.model);
        return TOOL_MODEL;
    }
    if (task.from) {
        jwi_check(jwi_file_map(task.from, &stored, &error), &error, task.from, TOOL_INPUT);
        jwi_check(jwi_tagnet_start_open(stored, &start, &error), &error, task.from, TOOL_INPUT);
    }
    struct pos_course course = {.epochs = task.epochs, .report = report};
    const struct lesson lesson = {.room = &gold.room,
                                  .doc = gold.doc,
                                  .lexicon = gold.model->lexicon,
                                  .start = task.from ? &start : NULL,
                                  .arena = &arena};
    const struct lesson_vectors given = {vectors.words.at, vectors.at.at,
                                         (uint32_t)vectors.words.len, vectors.width};
    course.lesson = lesson;
    course.lesson.vectors = given;
    jwi_arena_init(&arena, NULL);
    train(&task, &course);
    jwi_arena_free(&arena);
    jwi_file_unmap(stored);
    jwi_gold_free(&gold);
    return 0;
}
