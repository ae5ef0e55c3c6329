/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that are a country's, a city's or another place's and nothing else, without the words 市, 縣 .. that may end them.  The segmenter sees one
 * and the same place for each of them, so that words around it do not depend on which it is: 越南|廠, 加拿大|廠.
 */
#ifndef JW_MODEL_PLACE_NAME_H
#define JW_MODEL_PLACE_NAME_H

#include "doc/units.h"
#include "model/kb.h"

/* What stands for every such name. */
extern const uint32_t jwi_place_mask[NAME_MASK_LEN];

/* End of the longest name of the list that starts at the unit of a sentence, if it is such a one, else `at`; `symbols` are those of the sentence. */
uint32_t jwi_place_end(const struct kb *kb, struct units sentence, const uint16_t *symbols, uint32_t at);

#endif
