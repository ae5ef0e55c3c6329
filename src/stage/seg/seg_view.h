/* SPDX-License-Identifier: Apache-2.0 */
/* Section SEGL: the weights of the linear boundary scorer. */
#ifndef JW_STAGE_SEG_SEG_VIEW_H
#define JW_STAGE_SEG_SEG_VIEW_H

#include "model/file.h"
#include "stage/seg/seg_feat.h"

enum { SEG_VERSION = 1, SEG_PROBES = 16 };

/* Layout: header, slots [1 << slot_bits], cells [SEG_CELL_COUNT]. */
struct seg_header {
    uint32_t version, slot_bits, cell_count, spare;
};

/* One row of n-gram weights, found by the key's low bits, told apart by its high half; 16 bytes, four to a cache line. */
struct seg_slot {
    uint32_t check; /* 0: empty */
    int16_t weights[SEG_ROW_WIDTH];
};

struct seg_view {
    const struct seg_slot *slots;
    const int16_t *cells;
    uint32_t slot_mask;
    const struct lexicon *lexicon; /* the model's */
};

_Static_assert(sizeof(struct seg_slot) == 16, "a slot is 16 bytes");

jw_status jwi_seg_view_open(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr);

static inline uint32_t seg_check(uint64_t key)
{
    return (uint32_t)(key >> 32) | 1u;
}

#endif
