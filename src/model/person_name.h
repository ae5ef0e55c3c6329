/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of persons, told by their characters and by what stands around them: 【林志明專欄】, 董座王惠芬：, 〈裕民股東會〉陳大同看好.  Stages that cut, tag and
 * parse see one and the same person in place of each, so that what a sentence says does not depend on whom it says it of.
 */
#ifndef JW_MODEL_PERSON_NAME_H
#define JW_MODEL_PERSON_NAME_H

#include "doc/units.h"
#include "model/kb.h"
#include "model/lexicon.h"

enum { PERSON_MAX = 5 };

/* What stands for every such name. */
extern const uint32_t jwi_person_mask[NAME_MASK_LEN];

/*
 * End of the person's name that starts at the unit of a sentence, or `start`.  `is_behind_name`: the name of a company or a person ends there,
 * 環球晶|施英超.  `cuts`: bit n where a word of the sentence ends n units behind `start`; 0 as long as it has not been cut.
 */
uint32_t jwi_person_end(const struct lexicon *lexicon, const struct kb *kb, struct units sentence, uint32_t start, int is_behind_name,
                        uint32_t cuts);

#endif
