/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen explain of a record that annotate wrote: its scores and the evidence that sums to them, in words. */
#ifndef JW_CLI_EXPLAIN_RECORD_H
#define JW_CLI_EXPLAIN_RECORD_H

#include "cli/cli.h"

/* Whether the line is such a record, with evidence; *ret_id its id. */
int cli_is_record(jw_bytes line, jw_bytes *ret_id);

/* Requires: cli_is_record. */
void cli_explain_record(jw_bytes line, struct buffer *out);

#endif
