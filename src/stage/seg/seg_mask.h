/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of companies, persons and places in a sentence that is to be cut.
 * Method: names (model/company_name.h, person_name.h, place_name.h) are found by their characters.  One whose edges no other word of the
 * lists overlaps is a word where it stands.  One that such a word overlaps (國光生|產能, 新|產能) is a name if the sentence, cut with its own
 * characters, has both its edges, or if a mark is before it and the segmenter is not sure that nothing ends behind it.  In the sentence that is
 * then cut the same two characters stand for every name of a kind, so that the words around it are the same whichever it is.  What is inside a
 * name is cut by itself.
 */
#ifndef JW_STAGE_SEG_SEG_MASK_H
#define JW_STAGE_SEG_SEG_MASK_H

#include "model/company_name.h"
#include "model/person_name.h"
#include "model/place_name.h"
#include "stage/seg/seg_score.h"

struct seg_name {
    uint32_t start, end; /* units of the sentence */
    const uint32_t *mask; /* what stands for it */
    int is_open;          /* other words overlap its edges */
};

/* Room for one sentence. */
struct seg_masked {
    struct seg_name *names;
    uint32_t name_count;
    struct seg_name *own; /* names that the caller of jwi_seg_find_names knows, in order */
    uint32_t own_count;
    uint16_t *symbols;  /* of the sentence in the entity list */
    struct units units; /* the sentence with its names masked; `at` is that of the text */
    uint32_t *code, *at, *origin;
    uint8_t *cls, *boundary, *starts;
};

jw_status jwi_seg_masked_new(struct arena *arena, uint32_t longest, struct seg_masked *ret, jw_error *reterr);

/* Names of the sentence, those that ret->own has among them; returns how many. */
uint32_t jwi_seg_find_names(const struct kb *kb, const struct lexicon *lexicon, struct units sentence, const uint8_t *boundary,
                            struct seg_masked *ret);

/* Masks all names but the open ones. */
void jwi_seg_mask(struct units sentence, const uint8_t *boundary, struct seg_masked *masked);

/* `scores` are those of the masked sentence.  Open names whose edges are starts of words are names, the others are none; returns whether any is. */
int jwi_seg_settle_names(const int32_t *scores, struct seg_masked *masked);

/* starts[sentence.len] from those of the masked sentence; inside of names all is 0. */
void jwi_seg_unmask(const struct seg_masked *masked, uint32_t len, uint8_t *starts);

#endif
