/* SPDX-License-Identifier: Apache-2.0 */
/* Opening the lexicon section; see lexicon.h and lexicon_format.h. */
#include "model/lexicon.h"

#include "base/error.h"
#include "model/lexicon_format.h"

#include <string.h>

static jw_status corrupt(jw_error *reterr, const char *what)
{
    return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section LEXI: %s", what);
}

/* Every value of a small table is below its limit. */
static int is_below(const uint16_t *values, size_t len, uint32_t limit)
{
    for (size_t i = 0; i < len; i++)
        if (values[i] >= limit)
            return 0;
    return 1;
}

static int are_bins(const struct lexicon_char *chars, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++)
        if (chars[i].surname > LEXICON_BIN_MAX || chars[i].given_first > LEXICON_BIN_MAX ||
            chars[i].given_second > LEXICON_BIN_MAX || chars[i].foreign > LEXICON_BIN_MAX)
            return 0;
    return 1;
}

/* The next array of the section: [n] items of `size` bytes from *at on, moved to the next multiple
 * of eight; NULL past the end. */
static const void *next_array(jw_bytes section, uint64_t *at, uint64_t n, uint64_t size)
{
    const uint64_t bytes = (n * size + 7) & ~UINT64_C(7);
    if (bytes > section.len - *at)
        return NULL;
    const void *found = section.at + *at;
    *at += bytes;
    return found;
}

jw_status jwi_lexicon_open(const struct model_file *file, struct lexicon *ret, jw_error *reterr)
{
    jw_bytes section;
    TRY(jwi_model_file_section(file, "LEXI", &section, reterr));
    struct lexicon_header header;
    if (section.len < sizeof header)
        return corrupt(reterr, "shorter than its header");
    memcpy(&header, section.at, sizeof header);
    if (header.version != LEXICON_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section LEXI: version %u, wanted %d",
                        header.version, LEXICON_VERSION);
    uint64_t at = sizeof header;
    struct lexicon view = {0};
    view.symbol_count = header.symbol_count;
    view.entry_count = header.entry_count;
    view.stage = next_array(section, &at, LEXICON_STAGE, sizeof *view.stage);
    if (view.stage)
        view.symbol = next_array(section, &at, (uint64_t)header.block_count * LEXICON_BLOCK,
                                 sizeof *view.symbol);
    if (view.symbol)
        view.chars = next_array(section, &at, header.symbol_count, sizeof *view.chars);
    if (view.chars)
        view.entries = next_array(section, &at, header.entry_count, sizeof *view.entries);
    if (view.entries)
        view.trie.cells = next_array(section, &at, header.cell_count, sizeof *view.trie.cells);
    if (!view.trie.cells || !header.cell_count || !header.symbol_count)
        return corrupt(reterr, "an array passes its end");
    view.trie.len = header.cell_count;
    if (!is_below(view.stage, LEXICON_STAGE, header.block_count))
        return corrupt(reterr, "a block is out of range");
    if (!is_below(view.symbol, (size_t)header.block_count * LEXICON_BLOCK, header.symbol_count))
        return corrupt(reterr, "a symbol is out of range");
    if (!are_bins(view.chars, header.symbol_count))
        return corrupt(reterr, "a bin is out of range");
    *ret = view;
    return JW_OK;
}

uint32_t jwi_lexicon_find(const struct lexicon *lexicon, const uint32_t *codes, uint32_t len)
{
    uint32_t node = TRIE_ROOT;
    for (uint32_t i = 0; i < len; i++) {
        const uint16_t symbol = lexicon_symbol(lexicon, codes[i]);
        node = symbol ? trie_step(&lexicon->trie, node, symbol) : TRIE_ROOT;
        if (node == TRIE_ROOT)
            return JW_NONE;
    }
    const uint32_t entry = trie_entry(&lexicon->trie, node);
    return len && entry < lexicon->entry_count ? entry : JW_NONE;
}

enum { SCAN_WALKS = 16 };

/* A walk under way: the cell that the next symbol leads to, if it belongs to `node`. */
struct scan_walk {
    uint32_t start, node, next;
};

static inline void fetch_next(const struct trie *trie, struct scan_walk *walk, uint32_t base,
                              uint16_t symbol)
{
    walk->next = base + symbol;
    __builtin_prefetch(&trie->cells[walk->next < trie->len ? walk->next : 0]);
}

/* Walks from units [from, to); returns how many matches there are now. */
static uint32_t scan_block(const struct lexicon *lexicon, const uint16_t *symbols, uint32_t from,
                           uint32_t to, uint32_t len, uint32_t longest, struct lexicon_match *ret,
                           uint32_t n)
{
    const struct trie *trie = &lexicon->trie;
    struct scan_walk walks[SCAN_WALKS];
    uint32_t alive = 0;
    for (uint32_t i = from; i < to; i++)
        if (symbols[i]) {
            walks[alive].start = i;
            walks[alive].node = TRIE_ROOT;
            fetch_next(trie, &walks[alive++], trie->cells[TRIE_ROOT].base, symbols[i]);
        }
    for (uint32_t depth = 1; alive && depth <= longest; depth++) {
        uint32_t kept = 0;
        for (uint32_t w = 0; w < alive; w++) {
            struct scan_walk walk = walks[w];
            if (walk.next >= trie->len || trie->cells[walk.next].parent != walk.node)
                continue;
            const struct trie_cell *cell = &trie->cells[walk.next];
            if (cell->entry < lexicon->entry_count) {
                const struct lexicon_match match = {walk.start, depth, cell->entry};
                __builtin_prefetch(&lexicon->entries[cell->entry]);
                ret[n++] = match;
            }
            if (walk.start + depth >= len || !symbols[walk.start + depth])
                continue;
            walk.node = walk.next;
            fetch_next(trie, &walk, cell->base, symbols[walk.start + depth]);
            walks[kept++] = walk;
        }
        alive = kept;
    }
    return n;
}

uint32_t jwi_lexicon_scan(const struct lexicon *lexicon, const uint16_t *symbols, uint32_t len,
                          uint32_t longest, struct lexicon_match *ret)
{
    uint32_t n = 0;
    for (uint32_t from = 0; from < len; from += SCAN_WALKS)
        n = scan_block(lexicon, symbols, from, len - from > SCAN_WALKS ? from + SCAN_WALKS : len,
                       len, longest, ret, n);
    return n;
}
