/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen-train-seg -o OUT -m MODEL CORPUS...: section SEGL from CoNLL-U files; the model gives
 * normalisation, pins and lexicon. */
#include "base/file.h"
#include "common/gold.h"
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

/* Where words start, by unit of the whole corpus. */
static uint8_t *gold_cuts(const struct gold *gold)
{
    const struct room *room = &gold->room;
    uint8_t *cut = calloc((size_t)room->units.len + 1, 1);
    if (!cut)
        exit(5);
    for (uint32_t i = 0; i < gold->doc->token_count; i++)
        cut[room->words[i].start] = cut[room->words[i].end] = 1;
    return cut;
}

static void add_sentences(struct seg_trainer *trainer, const struct gold *gold, const uint8_t *cut)
{
    const struct room *room = &gold->room;
    jw_error error;
    for (uint32_t i = 0; i < gold->doc->sentence_count; i++) {
        const struct unit_span span = room->sentences[i];
        const struct units sentence = units_slice(room->units, span.start, span.end);
        jwi_check(jwi_seg_trainer_add(trainer, sentence, room->boundary + span.start, cut + span.start,
                                  &error),
                  &error, "training", TOOL_MODEL);
    }
}

int main(int argc, char **argv)
{
    if (argc < 6 || strcmp(argv[1], "-o") != 0 || strcmp(argv[3], "-m") != 0) {
        fprintf(stderr, "usage: jinwen-train-seg -o OUT -m MODEL CORPUS...\n");
        return 2;
    }
    struct gold gold;
    jw_error error;
    jw_bytes section;
    jwi_gold_read(&gold, argv[4], (const char *const *)argv + 5, argc - 5);
    struct seg_trainer *trainer =
        gold.model->lexicon ? jwi_seg_trainer_new(gold.model->lexicon) : NULL;
    if (!trainer) {
        fprintf(stderr, "%s: no lexicon, or no memory\n", argv[4]);
        return 5;
    }
    const struct seg_progress progress = {say, NULL};
    uint8_t *cut = gold_cuts(&gold);
    add_sentences(trainer, &gold, cut);
    jwi_check(jwi_seg_trainer_run(trainer, progress, &error), &error, "training", TOOL_MODEL);
    jwi_check(jwi_seg_trainer_write(trainer, &section, &error), &error, "training", TOOL_MODEL);
    jwi_check(jwi_file_replace(argv[2], section, &error), &error, argv[2], TOOL_MODEL);
    free((void *)(uintptr_t)section.at);
    jwi_seg_trainer_free(trainer);
    free(cut);
    jwi_gold_free(&gold);
    return 0;
}
