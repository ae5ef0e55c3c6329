/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage score.  Reads opinions, events, scopes and names; writes per entity a market, a credit and a tone score with the evidence that sums to
 * them exactly, relevance by the anchors, and the scores of sentences and document.  Integers only.
 *   items (score_item.c)      what events and opinions say of a bearer: polarity, credit item, weight
 *   marks (score_push.c)      what the readers of a forum think of that
 *   sums (score_sum.c)        contributions, evidence, aspects, classes of the market score
 *   relevance (score_relevance.c), sentences and document (score_document.c)
 * Method and constants: docs/FINANCE.md.
 */
#ifndef JW_STAGE_SCORE_SCORE_H
#define JW_STAGE_SCORE_SCORE_H

#include "model/model.h"
#include "stage/score/score_table.h"
#include "stage/stage.h"

/* What one event or opinion says of one bearer. */
struct item {
    const jw_claim *claim;
    uint32_t entity, event, opinion;
    int32_t polarity, credit; /* p and v, 1/JW_SCALE */
    uint32_t weight;          /* 1/JW_WEIGHT_SCALE; 0: says nothing of the market */
    uint16_t aspect, rank;
    jw_range text;
    int32_t market_part, credit_part;
};

struct desk {
    jw_doc *doc;
    const struct score_table *table;
    struct arena *arena;
    struct item *items; /* sorted by entity, then text */
    uint32_t item_count;
    uint32_t *first;     /* [entity_count + 1]: where the items of an entity start */
    uint16_t *word_bits; /* [token_count]: WORD_* of the list word that covers the token */
    uint32_t noun_tags;  /* bits by id of JW_LABELS_UPOS: nouns, names and their suffixes */
    uint32_t punct_tag, verb_tag;
    uint32_t title_end, body_end; /* sentences of the title come before title_end, of the body before body_end */
};

/* Half away from zero.  Requires: divisor > 0. */
static inline int64_t round_half(int64_t dividend, int64_t divisor)
{
    const int64_t half = divisor / 2;
    return dividend >= 0 ? (dividend + half) / divisor : -((-dividend + half) / divisor);
}

/* Requires of all: doc's layers up to SCORES' needs.  Status: EMEMORY. */
jw_status jwi_score_items(struct desk *desk, jw_error *reterr);

/* How many replies have a mark that counts; adds an item for each of them that has words.  Requires: room for them behind the items. */
uint32_t jwi_score_marks(const jw_doc *doc);
jw_status jwi_score_pushes(struct desk *desk, uint32_t marks, jw_error *reterr);
jw_status jwi_score_sums(struct desk *desk, jw_error *reterr);
jw_status jwi_score_relevance(struct desk *desk, jw_error *reterr);
jw_status jwi_score_document(struct desk *desk, jw_error *reterr);

#endif
