/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sections of the parser.
 *   DEPN   struct dep_header, then the arrays of struct dep_view from `tags` on in their order, each padded to 64 bytes
 *   DEPW   struct dep_words_header, slots [1 << slot_bits], rows [word_count][width]
 * A word that DEPW knows has one row of 8-bit numbers, the sum of all that its form says; for others the rows of its characters and its
 * shape are summed.  Slots and places of characters are checked at use, everything else at open.
 */
#ifndef JW_STAGE_DEP_DEP_VIEW_H
#define JW_STAGE_DEP_DEP_VIEW_H

#include "ml/net.h"
#include "model/file.h"
#include "stage/dep/dep_feat.h"
#include "stage/dep/dep_tie.h"

enum {
    DEP_VERSION = 3,
    DEP_LAYERS_MAX = 4,
    DEP_DIM_MAX = 256,
    DEP_WORD_BITS = 4,   /* fraction bits of words: 8 bits hold -8 .. 8, DEP_WORD_ZERO on top */
    DEP_WORD_ZERO = 128,
    DEP_TAG_BITS = 11,   /* of what tags add to the gates of the first layer */
    DEP_ARC_BITS = 7,    /* of a word as dependent: 8 bits without sign hold 0 .. 2 */
    DEP_PAIR_BITS = 10,  /* of a dependent that meets a head: the sum of their products stays within 32 bits up to 512 */
    DEP_GATES_BITS = 11, /* fraction bits of sums of gates beyond NET_BITS */
    DEP_GATES_SHIFT = 2, /* of weights of 8 bits that make gates, of those that make the mix, of those between dependents and heads */
    DEP_MIX_SHIFT = 10,
    DEP_PAIR_SHIFT = 14,
    DEP_UPOS_COUNT = 17,
    DEP_TAGS_MAX = 64, /* pairs of tags; also the columns of what scores them */
    DEP_PROBES = 32
};

struct dep_header { /* 128 bytes */
    uint32_t version;
    uint32_t width;   /* of a word's input */
    uint32_t layers;  /* of the recurrent encoder */
    uint32_t hidden;  /* of one direction */
    uint32_t arc;     /* of a word as head and as dependent */
    uint32_t label;   /* hidden numbers of the label scorer */
    uint32_t label_count, label_columns; /* columns: padded to NET_BLOCK */
    uint32_t xpos_count;
    uint32_t tag_rows;   /* row 0: a pair of tags that training did not see */
    uint32_t char_slots; /* power of two */
    uint32_t char_rows;  /* row 0: a character that training did not see */
    uint32_t label_root;  /* id of `root` */
    uint32_t label_piece; /* id of `parataxis`, which joins the pieces of a long sentence */
    uint32_t name_shift; /* fraction bits of the weights that name labels */
    uint32_t none;       /* 0: leaves no gap before what follows */
    uint64_t label_names; /* hash of the names of labels and tags that training had */
    uint32_t spare[14];
};

struct dep_words_header { /* 64 bytes */
    uint32_t version, width, slot_bits, word_count;
    uint32_t spare[12];
};

_Static_assert(sizeof(struct dep_header) == 128, "header is 128 bytes");
_Static_assert(sizeof(struct dep_words_header) == 64, "header is 64 bytes");

struct dep_char_slot {
    uint32_t code; /* 0: empty */
    uint32_t row;
};

struct dep_word_slot {
    uint32_t check; /* high half of the key, 0: empty */
    uint32_t row;
};

/* Both directions of a layer: sums of input, then of what went before, for three gates of `hidden` numbers, NET_BITS + DEP_GATES_BITS. */
struct dep_layer {
    struct net_bytes input[2]; /* of words, then of the states of the layer below */
    struct net_bytes recurrent[2];
};

struct dep_view {
    struct dep_header dim;
    const uint8_t *tags;                    /* [DEP_UPOS_COUNT * xpos_count] row of a pair of tags */
    const struct dep_char_slot *char_slots; /* [char_slots] */
    const int16_t *tag_gates[2];            /* [tag_rows][3 hidden], DEP_TAG_BITS: what tags add to the first layer, one way and the other */
    const int16_t *char_rows;               /* [char_rows][DEP_PLACES][width] */
    const int16_t *shape_rows;              /* [DEP_SHAPES][width] */
    const int16_t *unknown, *root;          /* [width] of a word without its own, of the root */
    struct dep_layer layer[DEP_LAYERS_MAX];
    struct net_bytes mix;    /* 2 hidden -> as dependent, as head, label as dependent, label as head, NET_BITS */
    struct net_bytes tagger; /* 2 hidden -> DEP_TAGS_MAX rows of pairs of tags, NET_BITS */
    struct net_bytes pair; /* arc -> arc: dependent times this times head is the score of an arc */
    struct net_matrix name; /* label -> label_columns */
    uint16_t tag_upos[DEP_TAGS_MAX], tag_xpos[DEP_TAGS_MAX]; /* of a row; row 0 is none */
    int32_t tag_bars[DEP_TAGS_MAX]; /* nothing may be above: INT32_MIN for rows without a pair */
    uint32_t label_punct; /* id of `punct`, JW_NONE: no such label */
    uint32_t label_name;  /* id of `nmod`, which joins the words of a company's name; `parataxis` when there is none */
    uint32_t label_person; /* id of `flat:name`, which joins those of a person's; the other when there is none */
    struct dep_tie ties[DEP_TIE_COUNT];
    uint32_t slot_mask;
    const struct dep_word_slot *slots;
    const uint8_t *word_rows; /* [word_count][width], DEP_WORD_BITS, DEP_WORD_ZERO on top */
    uint32_t word_count;
};

jw_status jwi_dep_view_open(void *view, const struct model_file *file, const void *lexicon,
                            jw_error *reterr);

/* Hash of the lines of section LABL that name syntax: sets dep, upos and xpos. */
uint64_t jwi_dep_label_names(jw_bytes lines);

static inline uint32_t dep_check(uint64_t key)
{
    return (uint32_t)(key >> 32) | 1u;
}

/* Row of a known word, or NULL. */
const uint8_t *jwi_dep_word_row(const struct dep_view *view, uint64_t key);

/* Row of a character in the order of struct dep_view, 0 when unknown. */
uint32_t jwi_dep_char_row(const struct dep_view *view, uint32_t code);

#endif
