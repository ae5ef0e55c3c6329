/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of a sentence as SVG: words in a row, arcs above them from head to dependent. */
#ifndef JW_WRITE_HTML_TREE_H
#define JW_WRITE_HTML_TREE_H

#include "write/write.h"

void jwi_html_tree(struct out *out, const jw_doc *doc, const jw_sentence *sentence);

#endif
