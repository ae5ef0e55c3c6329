/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pairs of names with their relations: rows `relations head_start head_end tail_start tail_end text`, as corpora/finre has them; places are
 * code points.  Each text is annotated by the library, so that training and evaluation see what running sees.
 */
#ifndef JW_TOOLS_PAIRS_H
#define JW_TOOLS_PAIRS_H

#include <jinwen/jinwen.h>

#include "stage/relation/relation_feat.h"

enum { PAIR_LABELS_MAX = 4 };

struct pair_row {
    jw_bytes labels[PAIR_LABELS_MAX]; /* as the corpus has them: 持股, 被持股, unknown */
    uint32_t label_count;
    struct relation_text text;
    struct relation_pair pair;
};

/* Calls `use` for every row, in order; what it points to lives for the call.  Ends the program with a message when a file is no such table. */
void jwi_pairs_read(jw_model *model, const char *path, void (*use)(void *ctx, const struct pair_row *row), void *ctx);

/* The active form of a label: 被持股 is 持股, turned. */
jw_bytes jwi_pairs_active(jw_bytes label, int *is_turned);

#endif
