/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Features of a pair of names in a sentence, for the scorer of relations and its trainer.
 * The sentence becomes nodes: one a word, but each name of the pair is one node, and numbers are alike.  Features are words and letters
 * between the names, before and behind them, the lists of the rules that hold them, verbs, types and endings (公司, 銀行) of the names and how
 * much they are alike; never the names, so that another name of the kind in the same place has the same relation.  The path between the names in
 * the tree was tried and gave nothing beside these.
 *   台積電 將 收購 世界 兩成 股權 ,  head 台積電, tail 世界   ->   between {將, 收購}, behind {N, 股權}, COM COM, ...
 */
#ifndef JW_STAGE_RELATION_RELATION_FEAT_H
#define JW_STAGE_RELATION_RELATION_FEAT_H

#include "stage/relation/relation_rule.h"
#include "stage/stage.h"

enum { RELATION_FEATURES_MAX = 2048, RELATION_NODES_MAX = 160, RELATION_NO_TYPE = 0xffff };

/* What the features read: layers of a document with words in units. */
struct relation_text {
    struct units units;
    const struct room_word *words; /* by token */
    const uint16_t *upos;
    const struct relation_rules *rules; /* whose lists of words are features; the caller's */
    uint16_t number, propn, verb;       /* UPOS */
};

/* Names as tokens of one sentence and as units; the first starts before the second or with it. */
struct relation_pair {
    jw_range sentence; /* tokens */
    jw_range tokens[2];
    struct unit_span units[2];
    uint16_t type[2]; /* mention labels, or RELATION_NO_TYPE */
};

/* Tags and labels of the document; units, words and rules are the caller's. */
void jwi_relation_text_bind(struct relation_text *text, const jw_doc *doc);

/* keys[RELATION_FEATURES_MAX] of the pair with the first (`head` 0) or the second name as head; returns how many. */
uint32_t jwi_relation_features(const struct relation_text *text, const struct relation_pair *pair, int head, uint64_t *keys);

/* What the feature weighs beside others, in quarters. */
uint32_t jwi_relation_weight(uint64_t key);

#endif
