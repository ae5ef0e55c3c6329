/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A compiled user dictionary: forms over normalised codes in a trie whose edges are one hash table, with level, tag, pieces and flags.
 * Two roots: forms as they are, and forms turned Traditional for documents that are.  docs/USERDICT.md states the semantics.
 */
#ifndef JW_MODEL_USERDICT_H
#define JW_MODEL_USERDICT_H

#include <jinwen/userdict.h>

#include "doc/units.h"

enum {
    USERDICT_FORM_MAX = 64, /* units of a form */
    USERDICT_MATCHES = 4,   /* matches of one level reported at one place, the longest ones */
    USERDICT_PIECES_MAX = 16,
    USERDICT_ENTITY_MAX = 64 /* bytes of an entity's id */
};

struct userdict_match {
    uint32_t len;   /* units */
    uint32_t entry; /* row, in file order */
    uint16_t level; /* jw_level */
    uint16_t pos;   /* xpos id + 1, or 0 */
};

/* What is searched: the units of one part and the text their offsets refer to. */
struct userdict_text {
    const char *bytes;
    struct units units;
    int is_hans; /* the codes were made Traditional */
};

/* Forms of both levels that match at unit `at`, shortest first; edge guards and flags are checked.  Returns how many. */
uint32_t jwi_userdict_match(const jw_userdict *dict, const struct userdict_text *text, uint32_t at,
                            struct userdict_match ret[2 * USERDICT_MATCHES]);

/* Ends of the entry's pieces in units from its start, the whole form being the last; 0 when it is to be one token. */
uint32_t jwi_userdict_pieces(const jw_userdict *dict, uint32_t entry, const uint8_t **ret);

/* Whether any entry is a name, and the mention label of one that is (JW_NONE when it is none) with its entity's id or code. */
int jwi_userdict_has_names(const jw_userdict *dict);
uint32_t jwi_userdict_name(const jw_userdict *dict, uint32_t entry, jw_bytes *entity);

#endif
