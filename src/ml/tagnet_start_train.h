/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Weights that were learned on other text and that a training of the same shape starts from: rows of features by key, and the layers
 * below the labels.  A stored start is the header, then, each packed: keys uint64[features]; float arrays token_bias[width],
 * vector[vector_width][width], and of each layer window, its bias, gates, their bias, as the trainer has them; int8 rows[features][width]
 * with TAGNET_START_BITS fraction bits.  Little-endian.
 */
#ifndef JW_ML_TAGNET_START_TRAIN_H
#define JW_ML_TAGNET_START_TRAIN_H

#include <jinwen/base.h>

#include "base/arena.h"

enum { TAGNET_START_VERSION = 1, TAGNET_START_BITS = 6 };

struct tagnet_start_header {
    uint32_t version, width, hidden, memory, layers, vector_width, features;
    uint32_t spare;
};

_Static_assert(sizeof(struct tagnet_start_header) == 32, "header is 32 bytes");

struct tagnet_start {
    struct tagnet_start_header header;
    const uint64_t *keys;
    const float *dense;
    const int8_t *rows;
};

struct tagnet_trainer;

/* `data` is aligned to 8 bytes and must outlive `ret`.  Status: EMODEL_VERSION, EMODEL_CORRUPT. */
jw_status jwi_tagnet_start_open(jw_bytes data, struct tagnet_start *ret, jw_error *reterr);

/* Puts the weights into a new trainer whose first rows are those of the keys; false: of another shape. */
int jwi_tagnet_start_load(const struct tagnet_start *start, struct tagnet_trainer *ret);

/* The stored form of what was trained, with the rows of features that were seen `least` times or more; len 0: out of memory. */
jw_bytes jwi_tagnet_start_write(const struct tagnet_trainer *trainer, const uint64_t *keys,
                                const uint32_t *seen, uint32_t least, struct arena *arena);

#endif
