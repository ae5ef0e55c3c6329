/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Training of the boundary scorer and of the decoder's word scores; never part of the library.
 * Boundaries: logistic regression over the scorer's own features, AdaGrad, several passes in
 * several random orders; the weights are the mean over all passes but each order's first, which
 * makes up for the small corpus.
 * Words: averaged perceptron through the decoder itself.  It must
 * see scores as bad as those of new text: the corpus is cut into folds, and each fold is scored by
 * a model, and looked up in a vocabulary, of the others.
 * Float arithmetic in fixed order without
 * fused operations or libm but for the square root, so that every machine gets the same bytes.
 */
#ifndef JW_STAGE_SEG_SEG_TRAIN_H
#define JW_STAGE_SEG_SEG_TRAIN_H

#include "stage/seg/seg_view.h"

struct seg_trainer;

struct seg_progress {
    void (*say)(void *ctx, const char *what, uint32_t pass, uint32_t wrong, uint32_t total);
    void *ctx;
};

/* NULL when memory ends. */
struct seg_trainer *jwi_seg_trainer_new(const struct lexicon *lexicon);
void jwi_seg_trainer_free(struct seg_trainer *trainer);

/* Who cut a sentence: words by a program teach the boundary scorer alone, not the decoder and its vocabulary. */
enum seg_words_by { SEG_WORDS_BY_HAND, SEG_WORDS_BY_PROGRAM };

/* Adds a sentence, those by hand first; `cut` says for each unit whether a word starts there.  The arrays must outlive
 * the trainer. */
jw_status jwi_seg_trainer_add(struct seg_trainer *trainer, struct units sentence,
                              const uint8_t *boundary, const uint8_t *cut, enum seg_words_by by, jw_error *reterr);

/* Trains on what was added. */
jw_status jwi_seg_trainer_run(struct seg_trainer *trainer, struct seg_progress progress,
                              jw_error *reterr);

/* Section SEGL from malloc, the caller's. */
jw_status jwi_seg_trainer_write(const struct seg_trainer *trainer, jw_bytes *ret, jw_error *reterr);

#endif
