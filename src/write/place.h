/* SPDX-License-Identifier: Apache-2.0 */
/* Where a pass over tokens or sentences stands: sentence, part, and the ruler of that part. */
#ifndef JW_WRITE_PLACE_H
#define JW_WRITE_PLACE_H

#include "write/out.h"

struct place {
    const jw_doc *doc;
    jw_unit unit;
    uint32_t sentence, part;
    struct ruler ruler;
};

static inline struct place place_before(const jw_doc *doc, jw_unit unit)
{
    struct place place = {doc, unit, 0, JW_NONE, ruler_on(NULL, 0, unit)};
    return place;
}

/* To the part of a sentence at or after the one before; a new part starts a new ruler. */
static inline void place_enter(struct place *place, uint32_t part)
{
    if (part == place->part)
        return;
    place->part = part;
    place->ruler = jwi_ruler_in(place->doc, part, place->unit);
}

/* To the sentence of a token at or after the one before. */
static inline void place_move(struct place *place, uint32_t token)
{
    const jw_sentences sentences = jw_doc_sentences(place->doc);
    while (place->sentence + 1 < sentences.len && sentences.at[place->sentence].tokens.end <= token)
        place->sentence++;
    place_enter(place, sentences.at[place->sentence].part);
}

#endif
