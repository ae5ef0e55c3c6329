/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-ner -o OUT -m MODEL FILE...: section NERN from names by hand (*.iob2), names by program (*.words) and word vectors (*.tsv); the
 * model gives normalisation, lexicon, labels, knowledge base and articles.
 */
#include "base/file.h"
#include "common/gold.h"
#include "common/iob2.h"
#include "common/vectors.h"
#include "common/words.h"
#include "stage/ner/ner_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EPOCHS = 6, SILVER_EPOCHS = 2 };

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

static uint32_t count_rows(jw_bytes conllu)
{
    uint32_t ret = 0;
    for (size_t at = 0; at < conllu.len; at++)
        ret += (uint32_t)((!at || conllu.at[at - 1] == '\n') && conllu.at[at] >= '0' && conllu.at[at] <= '9');
    return ret;
}

/* Names by hand, then those by program; returns how many words the former have. */
static uint32_t read_names(struct buffer *names, char **paths, int count)
{
    for (int i = 0; i < count; i++)
        if (!jwi_vectors_is_table(paths[i]) && !jwi_words_is_list(paths[i]))
            jwi_iob2_read(names, paths[i]);
    const uint32_t ret = count_rows(jwi_buffer_bytes(names));
    for (int i = 0; i < count; i++)
        if (jwi_words_is_list(paths[i]))
            jwi_words_read(names, paths[i]);
    return ret;
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
    const uint32_t gold_tokens = read_names(&names, argv + 5, argc - 5);
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
    struct ner_course course = {.room = &gold.room,
                                .doc = gold.doc,
                                .file = &gold.model->file,
                                .gold_tokens = gold_tokens,
                                .epochs = EPOCHS,
                                .silver_epochs = SILVER_EPOCHS};
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
