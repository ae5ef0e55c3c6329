/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The threads of `annotate`.  The main thread frames records into batches, lanes annotate them, one thread writes them in order; a ring of
 * batches is the reorder window, and a full one makes the reader wait.  With one lane everything runs in the main thread.
 */
#ifndef JW_CLI_CREW_H
#define JW_CLI_CREW_H

#include "cli/harvest.h"

/* Runs to the end of the input or until harvest->code is set; the exit code of the framing side otherwise. */
enum exit_code cli_crew_run(struct framer *framer, struct harvest *harvest, uint32_t jobs);

#endif
