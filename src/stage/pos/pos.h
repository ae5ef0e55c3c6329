/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage pos: parts of speech, UPOS and XPOS.
 * Method: every word becomes a vector, from a table when it is known (training words and the words
 * of the unlabelled text) and else from its characters and what the lexicon says; a small recurrent
 * network (ml/tagnet.h) over the sentence scores pairs of UPOS and XPOS, which keep each other
 * consistent (的 DEC is PART or SCONJ); the best pair of each word is taken.  A tag that a user
 * dictionary fixes restricts the pairs.
 * Reads tokens as masked, writes upos and xpos.  Cost: linear, about
 * 2,500 cycles a word with AVX-512 VNNI.  Limits: none beyond the document's.
 */
#ifndef JW_STAGE_POS_POS_H
#define JW_STAGE_POS_POS_H

#include "stage/stage.h"

#endif
