/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that are a company's name and nothing else, 聯電, 信驊, 台灣水泥.  Stages that tag and parse see one and the same company in place of
 * each of them, so that what a sentence says does not depend on which company it says it of.  Names that are words, places or persons as
 * well (統一, 世界, 大成) stay what they are.
 */
#ifndef JW_MODEL_COMPANY_WORD_H
#define JW_MODEL_COMPANY_WORD_H

#include "doc/units.h"
#include "model/kb.h"

/* `kb` NULL: the word itself.  The result lives as long as the word. */
struct units jwi_company_word(const struct kb *kb, struct units word);

#endif
