/* SPDX-License-Identifier: Apache-2.0 */
/* Section NERN: the labelling network, then its labels, then the table of confidences. */
#ifndef JW_STAGE_NER_NER_VIEW_H
#define JW_STAGE_NER_NER_VIEW_H

#include "ml/tagnet.h"
#include "model/article_set.h"
#include "model/lexicon.h"

enum ner_edge { NER_OUTSIDE, NER_BEGIN, NER_INSIDE, NER_END, NER_SINGLE, NER_EDGES };

enum {
    NER_BINS = 16,     /* of the margin of a name */
    NER_BIN_SHIFT = 10 /* a margin of 1.0 a bin; scores have TAGNET_SCORE_BITS */
};

/* Label of the network: `type` is a label of mentions. */
struct ner_label {
    uint16_t type;
    uint16_t edge; /* enum ner_edge */
};

/* After the network's arrays: this, then label_count labels: the outside, then the four edges of each type. */
struct ner_tail {
    uint32_t label_count;
    int32_t confidence[NER_BINS]; /* 1/10000, by bin of the margin */
};

struct ner_view {
    struct tagnet net;
    struct article_set articles;
    const struct ner_label *labels;
    const struct lexicon *lexicon; /* the model's */
    struct ner_tail tail;
};

jw_status jwi_ner_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr);

#endif
