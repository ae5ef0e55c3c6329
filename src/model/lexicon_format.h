/* SPDX-License-Identifier: Apache-2.0 */
/* Layout of section LEXI: the header, then the arrays of struct lexicon in their order, each padded
 * to eight bytes. */
#ifndef JW_MODEL_LEXICON_FORMAT_H
#define JW_MODEL_LEXICON_FORMAT_H

#include <stdint.h>

struct lexicon_header {
    uint32_t version, block_count, symbol_count, entry_count, cell_count, spare[3];
};

_Static_assert(sizeof(struct lexicon_header) == 32, "header is 32 bytes");

#endif
