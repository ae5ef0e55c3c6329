/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words alone (*.words) as CoNLL-U: a sentence a line, a blank between words, two where the text itself has one.  Behind a tab may stand the
 * names, first word, number of words and type of each: 賴 永初 為 省長 TAB 0 2 PER.
 */
#ifndef JW_TOOLS_WORDS_H
#define JW_TOOLS_WORDS_H

#include "common/bytes.h"

/* Appends a file; ends the program with a message when it is damaged. */
void jwi_words_read(struct buffer *conllu, const char *path);

/* Whether an argument names such a file, by its ending. */
int jwi_words_is_list(const char *path);

#endif
