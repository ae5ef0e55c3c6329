/* SPDX-License-Identifier: Apache-2.0 */
/* Section POSN: the tagging network, then the pairs of labels it scores. */
#ifndef JW_STAGE_POS_POS_VIEW_H
#define JW_STAGE_POS_POS_VIEW_H

#include "ml/tagnet.h"
#include "model/file.h"
#include "model/lexicon.h"

/* Both tags of a label of the network; after the network's arrays, a count and then the pairs. */
struct pos_pair {
    uint16_t upos, xpos;
};

/* What a word's characters allow: marks alone are punctuation or symbols, and no letter, digit or ideograph is punctuation. */
enum pos_sort { POS_SORT_ANY, POS_SORT_MARK, POS_SORT_WORD, POS_SORTS };

struct pos_view {
    struct tagnet net;
    const struct pos_pair *pairs; /* [pair_count], pair_count <= net.header.labels */
    uint32_t pair_count;
    struct pos_pair noun; /* tags of a common noun */
    int has_noun;         /* the labels have them */
    const struct lexicon *lexicon; /* the model's */
    int32_t bars[POS_SORTS][TAGNET_DIM_MAX]; /* what a label of the network can score at most: INT32_MAX, INT32_MIN where a word is not of its sort */
};

jw_status jwi_pos_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr);

#endif
