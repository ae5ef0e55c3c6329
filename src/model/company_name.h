/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that are a company's and nothing else, 聯電, 台灣水泥, 貿聯-KY.  Stages that cut, tag and parse see one and the same company in place
 * of each of them, so that what a sentence says does not depend on which company it says it of.  A name that is a word, place or person as
 * well (統一, 世界, 大成) is one where the words around it say so, 統一9月營收年增, and else stays what it is.
 */
#ifndef JW_MODEL_COMPANY_NAME_H
#define JW_MODEL_COMPANY_NAME_H

#include "doc/units.h"
#include "model/kb.h"

enum { COMPANY_PAIR_BITS = 16, COMPANY_MASK_LEN = 2 };

/* What stands for every such name. */
extern const uint32_t jwi_company_mask[COMPANY_MASK_LEN];

struct company_names {
    const struct kb *kb; /* NULL: the model has none */
    uint8_t pairs[(1 << COMPANY_PAIR_BITS) / 8]; /* how names begin, hashed: most places of a text need no look into the list */
};

void jwi_company_names_open(const struct kb *kb, struct company_names *ret);

/* KB_COM or KB_FIN when the name at units [start, end) of a sentence is such a one there, else KB_TYPE_COUNT. */
enum kb_type jwi_company_at(const struct kb *kb, uint32_t name, struct units sentence, uint32_t start, uint32_t end);

/* The same for the label of a mention + 1, 0 being none. */
enum kb_type jwi_company_of_label(const struct kb *kb, uint32_t label);

static inline uint32_t company_pair(uint16_t first, uint16_t second)
{
    return ((uint32_t)first * 0x9e3779b1u ^ (uint32_t)second * 0x85ebca6bu) >> (32 - COMPANY_PAIR_BITS);
}

/* Whether a name may begin with the two symbols of the list. */
static inline int company_may_begin(const struct company_names *names, uint16_t first, uint16_t second)
{
    const uint32_t pair = company_pair(first, second);
    return first && second && names->pairs[pair >> 3] >> (pair & 7) & 1;
}

/* Whether the units are written as such names are: Chinese characters, or a register's short name with its suffix, TPK-KY. */
int jwi_company_is_form(struct units name);

#endif
