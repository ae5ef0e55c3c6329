/* SPDX-License-Identifier: Apache-2.0 */
/* Names in IOB2 tables (number, form, tag, ..; `# text = ` tells where blanks are) as CoNLL-U with NER= in MISC. */
#ifndef JW_TOOLS_IOB2_H
#define JW_TOOLS_IOB2_H

#include "common/bytes.h"

/* Appends a file; ends the program with a message when it is damaged. */
void jwi_iob2_read(struct buffer *conllu, const char *path);

#endif
