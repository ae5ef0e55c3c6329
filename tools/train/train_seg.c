/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-seg -o OUT -m MODEL CORPUS...: section SEGL from CoNLL-U files, and from sentences that programs cut (*.words); the model gives
 * normalisation, pins and lexicon.
 */
#include "base/file.h"
#include "common/gold.h"
#include "common/words.h"
#include "stage/seg/seg_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(void *ctx, const char *what, uint32_t pass, uint32_t wrong, uint32_t total)
{
    (void)ctx;
    printf("seg: pass %u, %u of %u %s wrong\n", pass, wrong, total, what);
    fflush(stdout);
}

/* Sentences in the trainer; both must outlive it. */
struct material {
    struct gold gold;
    uint8_t *cut; /* where words start, by unit of the whole corpus */
};

static void add_material(struct seg_trainer *trainer, struct material *material, enum seg_words_by by)
{
    const struct gold *gold = &material->gold;
    const struct room *room = &gold->room;
    jw_error error;
    material->cut = calloc((size_t)room->units.len + 1, 1);
    if (!material->cut)
        exit(TOOL_MODEL);
    for (uint32_t i = 0; i < gold->doc->token_count; i++)
        material->cut[room->words[i].start] = material->cut[room->words[i].end] = 1;
    for (uint32_t i = 0; i < gold->doc->sentence_count; i++) {
        const struct unit_span span = room->sentences[i];
        const struct units sentence = units_slice(room->units, span.start, span.end);
        jwi_check(jwi_seg_trainer_add(trainer, sentence, room->boundary + span.start, material->cut + span.start, by, &error), &error,
                  "training", TOOL_MODEL);
    }
}

static void free_material(struct material *material)
{
    free(material->cut);
    jwi_gold_free(&material->gold);
}

int main(int argc, char **argv)
{
    if (argc < 6 || strcmp(argv[1], "-o") != 0 || strcmp(argv[3], "-m") != 0) {
        fprintf(stderr, "usage: jinwen-train-seg -o OUT -m MODEL CORPUS...\n");
        return 2;
    }
    struct material by_hand = {.cut = NULL}, by_program = {.cut = NULL};
    struct buffer lists = {0};
    jw_error error;
    jw_bytes section;
    int trees = 0;
    for (int i = 5; i < argc; i++) {
        if (jwi_words_is_list(argv[i]))
            jwi_words_read(&lists, argv[i]);
        else
            argv[5 + trees++] = argv[i];
    }
    jwi_gold_read(&by_hand.gold, argv[4], (const char *const *)argv + 5, trees);
    jwi_gold_read_text(&by_program.gold, argv[4], jwi_buffer_bytes(&lists));
    struct seg_trainer *trainer =
        by_hand.gold.model->lexicon ? jwi_seg_trainer_new(by_hand.gold.model->lexicon) : NULL;
    if (!trainer) {
        fprintf(stderr, "%s: no lexicon, or no memory\n", argv[4]);
        return TOOL_MODEL;
    }
    const struct seg_progress progress = {say, NULL};
    add_material(trainer, &by_hand, SEG_WORDS_BY_HAND);
    add_material(trainer, &by_program, SEG_WORDS_BY_PROGRAM);
    jwi_check(jwi_seg_trainer_run(trainer, progress, &error), &error, "training", TOOL_MODEL);
    jwi_check(jwi_seg_trainer_write(trainer, &section, &error), &error, "training", TOOL_MODEL);
    jwi_check(jwi_file_replace(argv[2], section, &error), &error, argv[2], TOOL_MODEL);
    free((void *)(uintptr_t)section.at);
    jwi_seg_trainer_free(trainer);
    free_material(&by_hand);
    free_material(&by_program);
    jwi_buffer_free(&lists);
    return 0;
}
