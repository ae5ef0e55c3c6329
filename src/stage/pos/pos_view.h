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

struct pos_view {
    struct tagnet net;
    const struct pos_pair *pairs; /* [pair_count], pair_count <= net.header.labels */
    uint32_t pair_count;
    uint32_t punct, sym;           /* UPOS of marks; JW_NONE when the labels have none */
    const struct lexicon *lexicon; /* the model's */
};

jw_status jwi_pos_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr);

#endif
