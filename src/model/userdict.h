/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A compiled user dictionary: forms over normalised codes in a trie whose edges are one hash table, with level, tag, pieces and flags.
 * Two roots: forms as they are, and forms turned Traditional for documents that are.  Pattern rows are searched for one by one in the text
 * as it stands.  docs/USERDICT.md states the semantics.
 */
#ifndef JW_MODEL_USERDICT_H
#define JW_MODEL_USERDICT_H

#include <jinwen/userdict.h>

#include "base/arena.h"
#include "base/pattern.h"
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

/* A match of a pattern row. */
struct userdict_hit {
    struct userdict_match match;
    uint32_t dict;
    const struct userdict_hit *next; /* starts at the same unit: by dictionary, then by row */
};

/* Searches the parts of a document for the pattern rows of its dictionaries; everything is in the scratch arena. */
struct userdict_finder {
    const jw_userdict *const *dicts;
    uint32_t dict_count, hit_count;
    int is_used;      /* there is a pattern row */
    int is_for_names; /* set it to find rows with a type only */
    struct arena *scratch;
    struct pattern_room *room;
    const struct userdict_hit **hits; /* by unit of the document, NULL while there is nothing to find */
};

struct userdict_part {
    struct userdict_text text;
    uint32_t first, unit_count; /* its first unit; units of the document */
};

void jwi_userdict_finder(struct userdict_finder *ret, const jw_userdict *const *dicts, uint32_t n,
                         struct arena *scratch);

/* Adds the matches in one part.  Status: EMEMORY. */
jw_status jwi_userdict_find(struct userdict_finder *finder, const struct userdict_part *part,
                            jw_error *reterr);

/* The first of a unit, or NULL. */
static inline const struct userdict_hit *userdict_hits(const struct userdict_finder *finder,
                                                       uint32_t unit)
{
    return finder->hits ? finder->hits[unit] : NULL;
}

/* Ends of the entry's pieces in units from its start, the whole form being the last; 0 when it is to be one token. */
uint32_t jwi_userdict_pieces(const jw_userdict *dict, uint32_t entry, const uint8_t **ret);

/* Whether any entry is a name, and the mention label of one that is (JW_NONE when it is none) with its entity's id or code. */
int jwi_userdict_has_names(const jw_userdict *dict);
uint32_t jwi_userdict_name(const jw_userdict *dict, uint32_t entry, jw_bytes *entity);

#endif
