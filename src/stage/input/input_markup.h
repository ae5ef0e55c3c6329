/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTML becomes text: tags, comments and what no reader sees (head, script, style) are taken out of the decoded parts, in place.
 * Method: one pass.  What a tag leaves behind is nothing, a line break (br) or a blank line (block elements); a line break of the file is a
 * blank, or nothing between Han characters, except in <pre>.  Character references stay; stage norm reads them.  The source map and the
 * gaps (doc.h) know where everything stood.  Cost: linear.
 */
#ifndef JW_STAGE_INPUT_INPUT_MARKUP_H
#define JW_STAGE_INPUT_INPUT_MARKUP_H

#include "doc/doc.h"

/* `text` is the document's, decoded; its parts and runs are set.  Status: EMEMORY. */
jw_status jwi_markup_strip(jw_doc *doc, char *text, jw_error *reterr);

#endif
