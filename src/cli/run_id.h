/* SPDX-License-Identifier: Apache-2.0 */
/* The identity of a run: hashes of everything that may change a record, and the 8 digits that every record carries. */
#ifndef JW_CLI_RUN_ID_H
#define JW_CLI_RUN_ID_H

#include "cli/options.h"

struct run_id {
    char build[16], model[16], lexicon[16], options[16]; /* 16 hex digits, not terminated */
    char run[8];
};

/* `dicts` are the bytes of the user dictionaries in the order given. */
void cli_run_id_make(struct run_id *run_id, const jw_model *model, const struct buffer *dicts, const struct buffer *calendar,
                     const struct options *options);

/* The parts as members of a JSON object, without its braces. */
void cli_run_id_put(const struct run_id *run_id, struct buffer *out);

#endif
