/* SPDX-License-Identifier: Apache-2.0 */
/* A compiled user dictionary: forms over normalised codes in a hash-linked trie, with level, tag and flags. */
#ifndef JW_MODEL_USERDICT_H
#define JW_MODEL_USERDICT_H

#include <jinwen/userdict.h>

#include "base/arena.h"
#include "doc/units.h"

struct userdict_match {
    uint32_t len;   /* units */
    uint32_t entry; /* row, in file order */
    uint16_t level; /* jw_level */
    uint16_t pos;   /* xpos id + 1, or 0 */
};

/*
 * Longest match of a form of the given level at unit `at`, or a shorter one when `shorter_than` is not 0 (pass the previous length to go on).
 * Returns 0 when there is none.  Edge guards and flags are checked here.
 */
int jwi_userdict_match(const jw_userdict *dict, struct units units, uint32_t at, jw_level level, uint32_t shorter_than,
                       struct userdict_match *ret);

#endif
