/* SPDX-License-Identifier: Apache-2.0 */
/* Section SEGL: the weights of the linear boundary scorer. */
#ifndef JW_STAGE_SEG_SEG_VIEW_H
#define JW_STAGE_SEG_SEG_VIEW_H

#include "model/file.h"
#include "stage/seg/seg_word.h"

enum { SEG_VERSION = 1, SEG_MAX_BITS = 24 };

/* Layout: header, word cells, rows [1 << row_bits], vocabulary [1 << vocabulary_bits], cells. */
struct seg_header {
    uint32_t version, row_bits, vocabulary_bits, cell_count, word_cell_count, spare[3];
};

struct seg_view {
    struct seg_slots rows;
    const int16_t *cells;
    struct seg_words words;
};

/* Checks a section and makes a view that borrows it; the lexicon may not be NULL. */
jw_status jwi_seg_view_read(jw_bytes section, const struct lexicon *lexicon, struct seg_view *ret,
                            jw_error *reterr);

/* The same for a model file, as a stage opens. */
jw_status jwi_seg_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr);

#endif
