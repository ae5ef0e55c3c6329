/* SPDX-License-Identifier: Apache-2.0 */
/* The reading of opportunity or risk in words; its key is in sheet.h, its table in table.h. */
#ifndef JW_WRITE_ESG_WRITE_H
#define JW_WRITE_ESG_WRITE_H

#include "write/write.h"

void jwi_explain_esg(struct out *out, const jw_doc *doc);

#endif
