/* SPDX-License-Identifier: Apache-2.0 */
/* Trainer of stage ner: gold words and mentions to the bytes of section NERN. */
#ifndef JW_STAGE_NER_NER_TRAIN_H
#define JW_STAGE_NER_NER_TRAIN_H

#include "model/lesson_train.h"

struct ner_course {
    struct lesson lesson;          /* as the caller of jwi_lesson_start fills it */
    struct room *room;             /* the lesson's, to run the stage in; with an entity list */
    jw_doc *doc;                   /* the lesson's; its mentions are replaced */
    const struct model_file *file; /* holds section ARTI */
    uint32_t gold_tokens;          /* of the document, those of sentences by hand, which come first; 0: all */
    uint32_t epochs, silver_epochs; /* the latter, the first ones, read the other sentences as well */
    void (*report)(uint32_t epoch, uint32_t wrong, uint32_t total);
    /* Bins of the margin from low to high: names found, names right, confidence given. */
    void (*report_bin)(uint32_t bin, uint32_t found, uint32_t right, int32_t confidence);
};

/* Status: EMEMORY, EMODEL_MISSING. */
jw_status jwi_ner_train(struct ner_course *course, jw_bytes *ret, jw_error *reterr);

#endif
