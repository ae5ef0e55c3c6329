/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section ARTI: which strings are titles of articles of an encyclopedia or names in lists of places and persons.  Method: a hash of 64 bits
 * chooses a bucket by its high bits and is known there by 16 others, so that a string costs two bytes and about one in 2,000 others seems to be
 * there.  The hash grows character by character: all prefixes of a text are looked up in one walk.
 */
#ifndef JW_MODEL_ARTICLE_SET_H
#define JW_MODEL_ARTICLE_SET_H

#include "base/hash.h"
#include "model/file.h"

enum { ARTICLE_VERSION = 1, ARTICLE_BITS = 16, ARTICLE_MAX = 14 }; /* units of the longest title */

struct article_header {
    uint32_t version, count, spare[2];
};

struct article_set {
    const uint32_t *first; /* [2^ARTICLE_BITS + 1], tags of every bucket */
    const uint16_t *tags;  /* [count], rising in a bucket */
    uint32_t count;
};

/* A file without the section gives the empty set.  Status: EMODEL_CORRUPT, EMODEL_VERSION. */
jw_status jwi_article_open(const struct model_file *file, struct article_set *ret, jw_error *reterr);

/* Asks for the memory that jwi_article_has() will look at. */
void jwi_article_fetch(const struct article_set *set, uint64_t hash);

/* Whether the string of this hash is there, up to the error above. */
int jwi_article_has(const struct article_set *set, uint64_t hash);

static inline uint64_t article_start(void)
{
    return UINT64_C(0x5f6d1b0a71c3e94d);
}

/* Hash of the string and one more character; 臺 counts as 台. */
static inline uint64_t article_next(uint64_t hash, uint32_t code)
{
    return hash_join(hash, code == 0x81fa ? 0x53f0 : code);
}

static inline uint32_t article_bucket(uint64_t hash)
{
    return (uint32_t)(hash >> (64 - ARTICLE_BITS));
}

static inline uint16_t article_tag(uint64_t hash)
{
    return (uint16_t)hash;
}

#endif
