/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patterns: the regular expressions of PCRE2, in UTF-8, interpreted so that they find the same everywhere.
 * Method: a text is searched in blocks of starts, and from a start at most PATTERN_SIGHT bytes are seen either way, so that one start
 * costs a bounded time and a search is linear in the text whatever the pattern.  A start that meets a limit of steps, depth or memory has
 * no match; a block with such a start is searched start by start, and after many of them the pattern is given up for the text.
 */
#ifndef JW_BASE_PATTERN_H
#define JW_BASE_PATTERN_H

#include "base/arena.h"

enum {
    PATTERN_BYTES_MAX = 1024, /* of a pattern */
    PATTERN_SIGHT = 512,      /* bytes of text seen before and behind a start */
    PATTERN_FAILURES = 500    /* starts that meet a limit before a pattern is given up */
};

/* Compiled and immutable: any number of threads may search with it. */
struct pattern;

/* `alloc` is used until the pattern is freed.  Status: EARGUMENT (reterr->at = byte of the pattern), EMEMORY. */
jw_status jwi_pattern_new(jw_bytes source, const jw_alloc *alloc, struct pattern **ret,
                          jw_error *reterr);
void jwi_pattern_free(struct pattern *pattern);

/* Working memory of one thread's searches; lives in the arena and never shrinks it.  NULL when memory ends. */
struct pattern_room;
struct pattern_room *jwi_pattern_room(struct arena *arena);

/* A search; starts as {pattern, text, 0, 0, 0}. */
struct pattern_walk {
    const struct pattern *pattern;
    jw_bytes text;     /* valid UTF-8 */
    size_t at;         /* where the next match may start; the caller may move it forward to an edge of a character */
    size_t slow_until; /* starts before it are tried one by one */
    uint32_t failures;
};

/* The next match, never empty, with `at` moved one character behind its start; an empty range when none is left.  Status: EMEMORY. */
jw_status jwi_pattern_next(struct pattern_room *room, struct pattern_walk *walk, jw_range *ret,
                           jw_error *reterr);

#endif
