/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Features of a word seen alone, for the stages that label words and their trainers: they depend on nothing around it, so that a known word
 * needs one look-up.
 * A feature is a 64-bit key made of its kind and value.
 *   決議案 -> the word, 決議.. 案, ..議案, 決, 案, bag {決 議 案}, three units, all Han, noun in the dictionary, ...
 */
#ifndef JW_MODEL_WORD_FEATURE_H
#define JW_MODEL_WORD_FEATURE_H

#include "doc/units.h"
#include "model/lexicon.h"

enum { WORD_FEATURES_MAX = 64 };

/* Names the word; also the key of its row when it is known as a whole. */
uint64_t jwi_word_key(struct units word);

/* keys[WORD_FEATURES_MAX], the first is the word itself; returns how many. */
uint32_t jwi_word_features(const struct lexicon *lexicon, struct units word, uint64_t *keys);

#endif
