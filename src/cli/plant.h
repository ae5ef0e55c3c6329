/* SPDX-License-Identifier: Apache-2.0 */
/* Opening what the lanes share: model, user dictionaries, the layers the model can give. */
#ifndef JW_CLI_PLANT_H
#define JW_CLI_PLANT_H

#include "cli/lane.h"

/* After a message, the exit code. */
enum exit_code cli_plant_open(struct plant *plant, struct options *options,
                              struct console *console);
void cli_plant_close(struct plant *plant);

#endif
