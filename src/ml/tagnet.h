/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small recurrent network that scores the labels of every token of a sentence, in integers.
 *
 *   rows     a token is the sum of one row a feature; a token that is known as a whole has one row that is that sum
 *   token    a = relu(sum)                                                                               [width]
 *   window   h = relu(W (a before, a, a after))                                                          [hidden]
 *   memory   from the left and from the right: gate g and new z from h;  c = g c + (1 - g) z             [memory] each
 *   layer    a second window and memory, of (h, c from the left, c from the right) of the token alone, where the network has two layers
 *   labels   scores = V (h, c from the left, c from the right, of all layers)                            [labels]
 *
 * The gates see h alone, so that all products of a sentence are done at once and only the blend runs along it (Bradbury et al. 2017, Lei et
 * al. 2018).  Activations and weights have 8 bits; every unit has a scale of its own, so that its greatest value in training is the greatest
 * number, which is folded into the weights on both sides (Jacob et al. 2018).  Rows are found by 64-bit keys through a hash of 32-bit tags; a
 * false hit (one in 10^9 look-ups) costs accuracy only.
 * Cost a known token: 2 cache lines and, for one layer, (3 width hidden + 4 hidden memory + (hidden + 2 memory) labels) multiplications.
 */
#ifndef JW_ML_TAGNET_H
#define JW_ML_TAGNET_H

#include <jinwen/doc.h>

#include "base/arena.h"
#include "ml/net.h"

enum {
    TAGNET_VERSION = 3,
    TAGNET_LAYERS_MAX = 2,
    TAGNET_FEATURE_BITS = 5, /* fraction bits of feature rows: 8 bits hold -4 .. 4 */
    TAGNET_WORD_BITS = 4,    /* of word rows: -8 .. 8 */
    TAGNET_SUM_BITS = 6,     /* of their sums: 16 bits hold the rows of 96 features, a word and the bias */
    TAGNET_BIAS_MAX = 1 << 13,
    TAGNET_TOKEN_BITS = 5,    /* of a token's activations: 8 bits hold 0 .. 8 */
    TAGNET_HIDDEN_SHIFT = 16, /* of the products (struct net_bytes), by what they make */
    TAGNET_GATES_SHIFT = 12,
    TAGNET_SCORE_SHIFT = 8,
    TAGNET_SCORE_BITS = 10, /* of the scores that are handed out */
    TAGNET_DIM_MAX = 512,
    TAGNET_PAD = 16 /* dimensions are multiples of this; padding labels score lowest */
};

/* Layout of a section: the header, then the arrays of struct tagnet in their order, each padded to 64 bytes. */
struct tagnet_header {
    uint32_t version, width, hidden, memory, labels;
    uint32_t word_count, word_slots, feature_count, feature_slots;
    uint32_t layers;
    uint32_t spare[6];
};

_Static_assert(sizeof(struct tagnet_header) == 64, "header is 64 bytes");

/* A row by key: slots are powers of two, probed one after another; row UINT32_MAX is empty. */
struct tagnet_slot {
    uint32_t tag, row;
};

struct tagnet_index {
    const struct tagnet_slot *slots;
    uint32_t mask, count;
};

struct tagnet {
    const struct net_kernel *kernel;
    struct tagnet_header header;
    struct tagnet_index words, features;
    const int8_t *word_rows;    /* [word_count][width] */
    const int8_t *feature_rows; /* [feature_count][width] */
    const int16_t *token_bias;  /* [width] */
    struct net_bytes window[TAGNET_LAYERS_MAX]; /* 3 width -> hidden, then hidden + 2 memory -> hidden */
    struct net_bytes gates[TAGNET_LAYERS_MAX];  /* hidden -> new of both directions, then gates of both */
    struct net_bytes output;                    /* layers (hidden + 2 memory) -> labels */
};

/* Checks version, dimensions and sizes; row numbers are checked at use.  `*used` is the length of the network, so that a section may go on. */
jw_status jwi_tagnet_open(jw_bytes section, struct tagnet *ret, size_t *used, jw_error *reterr);

/* Rows of whole words, JW_NONE where a word has none. */
void jwi_tagnet_find_words(const struct tagnet *net, const uint64_t *keys, uint32_t count,
                           uint32_t *ret);

/* sums[width] of a word by its row: the bias, and the row unless it is JW_NONE. */
void jwi_tagnet_start(const struct tagnet *net, uint32_t row, int16_t *sums);

/* sums += rows of the keys that are known. */
void jwi_tagnet_add_features(const struct tagnet *net, const uint64_t *keys, uint32_t count,
                             int16_t *sums);

/* Sums to activations. */
void jwi_tagnet_token(const struct tagnet *net, const int16_t *sums, uint8_t *ret);

/*
 * Sentences that are run together: a sentence has a row for each token and one of zeros behind it.  The first token has row 0.
 */
struct tagnet_batch {
    const jw_sentence *sentences;
    uint32_t count, rows;
    uint8_t *tokens; /* [rows][width], to be filled by jwi_tagnet_token but for the rows of zeros */
};

/* Takes one or more of the sentences; false: out of memory. */
int jwi_tagnet_batch(const struct tagnet *net, const jw_sentence *sentences, uint32_t count,
                     struct arena *scratch, struct tagnet_batch *ret);

/* scores[rows][labels]; NULL: out of memory. */
int32_t *jwi_tagnet_run(const struct tagnet *net, const struct tagnet_batch *batch,
                        struct arena *scratch);

#endif
