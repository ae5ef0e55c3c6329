/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage ner: names and their types.
 * Method: a recurrent network (ml/tagnet.h) scores, for every word, each type and whether the word begins, continues, ends or is a name;
 * it sees the words and what the knowledge base says of the names that stand there, so that a listed name counts in its context only
 * (統一 the company, 統一發票).  Viterbi finds the best sequence that is well formed.  The base then settles which kind of organisation a
 * listed name is, and adds listed names of closed kinds (products, laws, industries, ..) where nothing was found.
 * Reads tokens and pos, writes mentions.  Confidence: from the margin of the scores, through a table measured on sentences kept out of
 * training.  Cost: linear, about 1,500 cycles a word with AVX-512 VNNI.
 */
#ifndef JW_STAGE_NER_NER_H
#define JW_STAGE_NER_NER_H

#include "stage/ner/ner_view.h"
#include "stage/stage.h"

enum { NER_LABELS_MAX = 128 };

/* A name of the base that stands on words [start, end) of a sentence. */
struct ner_match {
    uint32_t start, end;
    uint32_t type;  /* enum kb_type */
    uint32_t flags; /* enum kb_flag of the link */
    uint32_t kind;  /* enum kb_kind of the link */
};

/*
 * Best well-formed sequence of labels: ret[count].  scores[count][score_step]; sums and back have count * label_count cells, back is zero.
 * Cost: linear in words times labels.
 */
void jwi_ner_decode(const struct ner_view *view, const int32_t *scores, uint32_t score_step,
                    uint32_t count, int32_t *sums, uint8_t *back, uint8_t *ret);

/* Bin of a margin in the table of confidences. */
static inline uint32_t ner_bin(int32_t margin)
{
    const int32_t bin = margin <= 0 ? 0 : margin >> NER_BIN_SHIFT;
    return bin < NER_BINS ? (uint32_t)bin : NER_BINS - 1;
}

#endif
