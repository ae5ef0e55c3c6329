/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs of an item whose first key is already written: comma, key, value; empty words are left out. */
#ifndef JW_WRITE_PAIRS_H
#define JW_WRITE_PAIRS_H

#include "write/out.h"

#include <string.h>

static inline void pair_key(struct out *out, const char *key)
{
    out_text(out, ",\"");
    out_text(out, key);
    out_text(out, "\":");
}

static inline void pair_word(struct out *out, const char *key, jw_bytes word)
{
    if (!word.len)
        return;
    pair_key(out, key);
    jwi_out_json(out, word);
}

static inline void pair_text(struct out *out, const char *key, const char *text)
{
    const jw_bytes word = {text, strlen(text)};
    pair_word(out, key, word);
}

#endif
