/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The decoder: boundary scores become words.
 * Method: boundaries with a score beyond SEG_SURE are settled.  Between two settled cuts the best
 * sequence of words is searched by dynamic programming: a word's score is that of its cells (lists,
 * counts, characters, types, all by length), a sequence's is the sum of its words, plus the scores
 * of its cuts, minus those of the boundaries it leaves whole.  So a boundary may lose against two
 * good words.  Cost: linear; a word searched for has at most SEG_WORD_SPAN units unless no shorter
 * one is possible.
 */
#ifndef JW_STAGE_SEG_SEG_WORD_H
#define JW_STAGE_SEG_SEG_WORD_H

#include "stage/seg/seg_feat.h"

enum {
    SEG_WORD_SPAN = 10,
    SEG_SURE = 4 * 1024, /* beyond it dev gains 0.1 and finance text loses more */
    SEG_PROBES = 16
};

/* One row of weights, found by the key's low bits, told apart by its high half; 16 bytes, four to a
 * cache line. */
struct seg_slot {
    uint32_t check; /* 0: empty */
    int16_t weights[SEG_ROW_WIDTH];
};

_Static_assert(sizeof(struct seg_slot) == 16, "a slot is 16 bytes");

struct seg_slots {
    const struct seg_slot *at;
    uint32_t mask;
};

static inline uint32_t seg_check(uint64_t key)
{
    return (uint32_t)(key >> 32) | 1u;
}

static inline const struct seg_slot *seg_find(struct seg_slots slots, uint64_t key)
{
    const uint32_t check = seg_check(key);
    for (uint32_t i = 0; i < SEG_PROBES; i++) {
        const struct seg_slot *slot = &slots.at[(key + i) & slots.mask];
        if (slot->check == check)
            return slot;
        if (!slot->check)
            return NULL;
    }
    return NULL;
}

enum seg_word_table {
#define SEG_WORD_TABLE(name, bits) SEG_WORD_##name,
#include "stage/seg/seg_word_tables.def"
    SEG_WORD_TABLE_COUNT
};

enum seg_word_cell {
#define SEG_WORD_TABLE(name, bits) \
    SEG_WORD_FIRST_##name, SEG_WORD_LAST_##name = SEG_WORD_FIRST_##name + (1 << (bits)) - 1,
#include "stage/seg/seg_word_tables.def"
    SEG_WORD_CELL_COUNT
};

/* What scores words. */
struct seg_words {
    const struct lexicon *lexicon;
    struct seg_slots vocabulary; /* words trained on; weights[0] is how frequent, 1 to 4 */
    const int32_t *cells;        /* [SEG_WORD_CELL_COUNT] */
};

/* Room for sentences of up to `len` units. */
struct seg_path {
    uint32_t *position, *before;
    int64_t *best;
};

jw_status jwi_seg_path_new(struct arena *arena, uint32_t len, struct seg_path *ret,
                           jw_error *reterr);

/* Key of a word in the vocabulary. */
uint64_t jwi_seg_word_key(const uint32_t *codes, uint32_t len);

/* Cells of the word [start, end) of a sentence: ret[SEG_WORD_TABLE_COUNT]. */
void jwi_seg_word_cells(const struct seg_words *words, struct units sentence, uint32_t start,
                        uint32_t end, uint32_t *ret);

/* Sets cut[k] for every unit k of the sentence that starts a word. */
void jwi_seg_decode(const struct seg_words *words, struct seg_path *path, struct units sentence,
                    const uint8_t *boundary, const int32_t *scores, uint8_t *cut);

#endif
