/* SPDX-License-Identifier: Apache-2.0 */
/* Finding and opening the model. */
#ifndef JW_CLI_MODEL_FILE_H
#define JW_CLI_MODEL_FILE_H

#include "cli/console.h"

/* `path` NULL: the model beside the program, else the installed one.  NULL after a message. */
jw_model *cli_model_open(const char *path, struct console *console);

#endif
