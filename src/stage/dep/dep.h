/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage dep: syntax.
 * Method: a small recurrent network reads words and tags and scores every arc between two words; the best tree is
 * projective up to TREE_PROJECTIVE_MAX words and free beyond; then every arc gets its label.  Everything is scored
 * before anything is decided, so an early mistake does not draw others after it as in a parser that goes word by word.
 * Reads tokens and tags; writes arcs: one root a sentence, no cycle; and tags anew, as the network and the tree have them, but for those that
 * the caller or a user dictionary gave.  Cost: a product of fixed size a word and a short one a pair of words.
 * Sentences of marks alone are not parsed: the first is the root and the others hang from it.
 * Limits: DEP_SENTENCE_MAX tokens a sentence; what a caller makes longer is parsed in pieces that hang from the first.
 */
#ifndef JW_STAGE_DEP_DEP_H
#define JW_STAGE_DEP_DEP_H

#include "stage/stage.h"

enum { DEP_SENTENCE_MAX = 512 };

#endif
