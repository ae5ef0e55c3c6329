/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section LEXI: the words that are known, what kind of list each comes from, how frequent it is,
 * and what characters tell about names.  Every code point has a symbol (0: in no word), every word
 * an entry; entries are numbered in the order of the keys.  A single form is found by its codes,
 * all words of a stretch by one scan over its symbols:
 *
 *   n = jwi_lexicon_scan(lexicon, symbols, 3, 8, matches);      金融業: 金, 金融, 金融業, 融, 業
 */
#ifndef JW_MODEL_LEXICON_H
#define JW_MODEL_LEXICON_H

#include <jinwen/base.h>

#include "ml/trie.h"
#include "model/file.h"

enum {
    LEXICON_VERSION = 1,
    LEXICON_BIN_MAX = 4,   /* of struct lexicon_char */
    LEXICON_FORM_MAX = 12, /* units of a form; longer ones are no help to a segmenter */
    LEXICON_BLOCK_BITS = 7,
    LEXICON_BLOCK = 1 << LEXICON_BLOCK_BITS,
    LEXICON_STAGE = 0x110000 / LEXICON_BLOCK
};

/* Kinds of lists; a word may be on several. */
enum lexicon_class {
    LEXICON_GENERAL = 1 << 0,    /* word list of a Taiwan input method, with counts */
    LEXICON_INPUT = 1 << 1,      /* a second one, with more phrases */
    LEXICON_DICTIONARY = 1 << 2, /* headword of a bilingual dictionary */
    LEXICON_NAME = 1 << 3,       /* capitalised headword there */
    LEXICON_TITLE = 1 << 4,      /* title of an encyclopedia article */
    LEXICON_FOREIGN = 1 << 5,    /* part of a transliterated name: 布蘭登 of 布蘭登·李 */
    LEXICON_PLACE = 1 << 6,      /* country, city, district */
    LEXICON_TERM = 1 << 7,       /* technical, legal or financial term */
    LEXICON_COMPANY = 1 << 8,    /* short name; often an ordinary word as well: 世界, 統一 */
    LEXICON_INSTITUTION = 1 << 9, /* authority, bank, exchange, index */
    LEXICON_SECURITY = 1 << 10,   /* fund, warrant or receipt by name */
    LEXICON_SLANG = 1 << 11,      /* of the forums */
    LEXICON_SENTIMENT = 1 << 12,  /* evaluative expression of financial news */
    LEXICON_CANTONESE = 1 << 13,  /* word list of a Hong Kong input method */
    LEXICON_IDIOM = 1 << 14
};

struct lexicon_entry {
    uint16_t classes;  /* enum lexicon_class */
    uint8_t frequency; /* of the word list: 0 unknown, else 1 + floor of log2 of the count */
    uint8_t spare;
    uint32_t upos;     /* parts of speech a dictionary gives, bits by UPOS label; 0 unknown */
};

/* What a character tells about names; bins 0 (never) to 4 (very common). */
struct lexicon_char {
    uint8_t surname, given_first, given_second, foreign;
};

struct lexicon {
    const uint16_t *stage;            /* [LEXICON_STAGE], block of every 128 code points */
    const uint16_t *symbol;           /* [blocks * LEXICON_BLOCK] */
    const struct lexicon_char *chars; /* [symbol_count], by symbol; chars[0] is all zero */
    const struct lexicon_entry *entries;
    struct trie trie;
    uint32_t symbol_count, entry_count;
};

/* Checks version, sizes and the small tables; the big ones are checked at use.  Status:
 * EMODEL_CORRUPT, EMODEL_VERSION. */
jw_status jwi_lexicon_open(const struct model_file *file, struct lexicon *ret, jw_error *reterr);

/* Entry of a whole form or JW_NONE. */
uint32_t jwi_lexicon_find(const struct lexicon *lexicon, const uint32_t *codes, uint32_t len);

/* Symbol of a normalised code point, 0 when no word has it; always below symbol_count. */
static inline uint16_t lexicon_symbol(const struct lexicon *lexicon, uint32_t code)
{
    const uint32_t block = lexicon->stage[code >> LEXICON_BLOCK_BITS];
    return lexicon->symbol[block << LEXICON_BLOCK_BITS | (code & (LEXICON_BLOCK - 1))];
}

static inline const struct lexicon_entry *lexicon_entry_at(const struct lexicon *lexicon,
                                                           uint32_t entry)
{
    return &lexicon->entries[entry];
}

/* A word found in a run of symbols. */
struct lexicon_match {
    uint32_t start, len, entry;
};

/*
 * All words of at most `longest` units within symbols[0, len), in no promised order; at most one a
 * unit and length, so len * longest matches need room.  Walks from several units at once, so that
 * their cache misses overlap: twice as fast as one walk after the other.
 */
uint32_t jwi_lexicon_scan(const struct lexicon *lexicon, const uint16_t *symbols, uint32_t len,
                          uint32_t longest, struct lexicon_match *ret);

#endif
