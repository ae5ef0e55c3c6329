/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that are a company's and nothing else, 聯電, 台灣水泥, 貿聯-KY.  Stages that cut, tag and parse see one and the same company in place
 * of each of them, so that what a sentence says does not depend on which company it says it of.  A name that is a word, place or person as
 * well (統一, 世界, 大成) is one where the words around it say so, 統一9月營收年增, and else stays what it is.  How much they must say depends on how
 * common the word is: 秋雨 at the head of a headline is the company, 世界 is not.
 */
#ifndef JW_MODEL_COMPANY_NAME_H
#define JW_MODEL_COMPANY_NAME_H

#include "doc/units.h"
#include "model/kb.h"

/* What stands for every such name. */
extern const uint32_t jwi_company_mask[NAME_MASK_LEN];

/* A name by which a company may be spoken of, its entity being of this type; others stand for one only where something else says so. */
static inline int company_is_link(const struct kb_link *link, uint32_t type)
{
    const uint32_t noun = KB_NOUN | KB_DERIVED;
    return link->kind <= KB_ENGLISH && !(link->flags & KB_CONTEXT) && (link->flags & noun) != noun && (type == KB_COM || type == KB_FIN);
}

/*
 * KB_COM or KB_FIN when the name at units [start, end) of a sentence is such a one there, else KB_TYPE_COUNT.  `is_word`: its edges are known to be
 * those of a word; where they are not, what is behind a name that is a word too must say where it ends (no 中航 in 中航科工).
 */
enum kb_type jwi_company_at(const struct kb *kb, uint32_t name, struct units sentence, uint32_t start, uint32_t end, int is_word);

/* KB_COM, KB_FIN or KB_PER for the label of a mention + 1, 0 being none, else KB_TYPE_COUNT. */
enum kb_type jwi_masked_of_label(const struct kb *kb, uint32_t label);

/* Whether the units are written as such names are: Chinese characters, letters with a capital, or a register's short name with its suffix, TPK-KY. */
int jwi_company_is_form(struct units name);

/* Whether they end with that suffix, which ends a name whatever is behind it. */
int jwi_company_has_suffix(struct units name);

#endif
