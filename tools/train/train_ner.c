/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-ner -o OUT -m MODEL FILE...: section NERN from tables of names (*.iob2) and of word vectors (*.tsv); the model gives
 * normalisation, lexicon, labels and knowledge base.
 */
#include "base/file.h"
#include "common/gold.h"
#include "common/iob2.h"
#include "common/vectors.h"
#include "stage/ner/ner_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EPOCHS = 8 };

static void report(uint32_t epoch, uint32_t wrong, uint32_t total)
{
    printf("ner: pass %u of %d, %u of %u labels wrong\n", epoch + 1, EPOCHS, wrong, total);
    fflush(stdout);
}

static void report_bin(uint32_t bin, uint32_t found, uint32_t right, int32_t confidence)
{
    printf("ner: margin %u: %u of %u held-out names right, confidence %d\n", bin, right, found,
           confidence);
}

int main(int argc, char **argv)
{
    if (argc < 6 || strcmp(argv[1], "-o") != 0 || strcmp(argv[3], "-m") != 0) {
        fprintf(stderr, "usage: jinwen-train-ner -o OUT -m MODEL FILE...\n");
        return 2;
    }
    struct gold gold;
    struct vectors vectors = {0};
    struct buffer names = {0};
    for (int i = 5; i < argc; i++)
        if (!jwi_vectors_is_table(argv[i]))
            jwi_iob2_read(&names, argv[i]);
    jwi_gold_read_text(&gold, argv[4], jwi_buffer_bytes(&names));
    for (int i = 5; i < argc; i++)
        if (jwi_vectors_is_table(argv[i]))
            jwi_vectors_read(&vectors, gold.model, argv[i]);
    if (!gold.model->lexicon) {
        fprintf(stderr, "%s: no lexicon\n", argv[4]);
        return 5;
    }
    struct arena arena;
    jw_error error;
    jw_bytes section;
    struct ner_course course = {
        .room = &gold.room, .doc = gold.doc, .file = &gold.model->file, .epochs = EPOCHS};
    struct lesson lesson = {
        .room = &gold.room, .doc = gold.doc, .lexicon = gold.model->lexicon, .arena = &arena};
    const struct lesson_vectors given = {vectors.words.at, vectors.at.at,
                                         (uint32_t)vectors.words.len, vectors.width};
    lesson.vectors = given;
    course.lesson = lesson;
    course.report = report;
    course.report_bin = report_bin;
    jwi_arena_init(&arena, NULL);
    jwi_check(jwi_ner_train(&course, &section, &error), &error, "training", TOOL_MODEL);
    jwi_check(jwi_file_replace(argv[2], section, &error), &error, argv[2], TOOL_MODEL);
    jwi_arena_free(&arena);
    jwi_gold_free(&gold);
    jwi_buffer_free(&names);
    return 0;
}
