/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section SCOP: the words of dict/senti that change, weigh or value a statement, found by a trie over units.
 *
 *   struct sense_walk walk = sense_walk_start(senses, codes, at, end);
 *   while (sense_walk_next(&walk))
 *       use(walk.term, walk.at);                           the terms that start at `at`, shortest first; walk.at is their end
 */
#ifndef JW_MODEL_SENSES_H
#define JW_MODEL_SENSES_H

#include <jinwen/base.h>

#include "doc/sense.h"
#include "ml/trie.h"
#include "model/file.h"

enum { SENSES_VERSION = 1, SENSES_BLOCK_BITS = 7, SENSES_BLOCK = 1 << SENSES_BLOCK_BITS, SENSES_STAGE = 0x20000 / SENSES_BLOCK };

/* Layout: header, stage u16 [SENSES_STAGE], symbols u16 [blocks], cells, terms, rule offsets [rule_count + 1], names; each aligned to 4. */
struct senses_header {
    uint32_t version, block_count, cell_count, term_count, rule_count, name_size;
};

struct senses {
    const uint16_t *stage, *symbol;
    struct trie trie;
    const struct sense_term *terms;
    const uint32_t *rule_at; /* [rule_count + 1] */
    const char *names;
    uint32_t term_count, rule_count;
};

/* Checks sizes and every index; the trie is checked at use.  Status: EMODEL_MISSING, EMODEL_CORRUPT, EMODEL_VERSION. */
jw_status jwi_senses_open(const struct model_file *file, struct senses *ret, jw_error *reterr);

static inline uint16_t senses_symbol(const struct senses *senses, uint32_t code)
{
    const uint32_t block = code < 0x20000 ? senses->stage[code >> SENSES_BLOCK_BITS] : 0;
    return senses->symbol[block << SENSES_BLOCK_BITS | (code & (SENSES_BLOCK - 1))];
}

static inline jw_bytes senses_rule(const struct senses *senses, uint32_t rule)
{
    const jw_bytes name = {senses->names + senses->rule_at[rule], senses->rule_at[rule + 1] - senses->rule_at[rule]};
    return name;
}

struct sense_walk {
    const struct senses *senses;
    const uint32_t *codes;
    uint32_t at, end, node;
    const struct sense_term *term;
};

static inline struct sense_walk sense_walk_start(const struct senses *senses, const uint32_t *codes, uint32_t at, uint32_t end)
{
    const struct sense_walk walk = {senses, codes, at, end, TRIE_ROOT, NULL};
    return walk;
}

/* The next longer term; false when there is none. */
static inline int sense_walk_next(struct sense_walk *walk)
{
    while (walk->at < walk->end) {
        const uint16_t symbol = senses_symbol(walk->senses, walk->codes[walk->at]);
        walk->node = symbol ? trie_step(&walk->senses->trie, walk->node, symbol) : TRIE_ROOT;
        if (walk->node == TRIE_ROOT)
            return 0;
        walk->at++;
        const uint32_t entry = trie_entry(&walk->senses->trie, walk->node);
        if (entry < walk->senses->term_count) {
            walk->term = &walk->senses->terms[entry];
            return 1;
        }
    }
    return 0;
}

#endif
