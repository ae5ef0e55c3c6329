/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-pos -o OUT -m MODEL FILE...: section POSN from CoNLL-U files and tables of word
 * vectors (*.tsv); the model gives normalisation, lexicon and labels.
 */
#include "base/file.h"
#include "common/gold.h"
#include "common/vectors.h"
#include "stage/pos/pos_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EPOCHS = 10 };

static void report(uint32_t epoch, uint32_t wrong, uint32_t total)
{
    printf("pos: pass %u of %d, %u of %u tags wrong\n", epoch + 1, EPOCHS, wrong, total);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc < 6 || strcmp(argv[1], "-o") != 0 || strcmp(argv[3], "-m") != 0) {
        fprintf(stderr, "usage: jinwen-train-pos -o OUT -m MODEL FILE...\n");
        return 2;
    }
    struct gold gold;
    struct vectors vectors = {0};
    VEC(const char *) corpora = {0};
    for (int i = 5; i < argc; i++)
        if (!jwi_vectors_is_table(argv[i]))
            VEC_PUSH(&corpora, argv[i]);
    jwi_gold_read(&gold, argv[4], corpora.at, (int)corpora.len);
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
    struct lesson lesson = {
        .room = &gold.room, .doc = gold.doc, .lexicon = gold.model->lexicon, .arena = &arena};
    const struct lesson_vectors given = {vectors.words.at, vectors.at.at,
                                         (uint32_t)vectors.words.len, vectors.width};
    lesson.vectors = given;
    jwi_arena_init(&arena, NULL);
    jwi_check(jwi_pos_train(&lesson, EPOCHS, report, &section, &error), &error, "training", TOOL_MODEL);
    jwi_check(jwi_file_replace(argv[2], section, &error), &error, argv[2], TOOL_MODEL);
    jwi_arena_free(&arena);
    jwi_gold_free(&gold);
    return 0;
}
