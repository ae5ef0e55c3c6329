/* SPDX-License-Identifier: Apache-2.0 */
/* Layers of a run. */
#ifndef JW_CLI_OPTION_LAYERS_H
#define JW_CLI_OPTION_LAYERS_H

#include "cli/options.h"

/* A word of the command line and what it stands for; lists end with NULL. */
struct name_value {
    const char *name;
    int value;
};

/* 0, or -1 when the word is not in the list. */
int cli_find_name(const struct name_value *names, const char *value, size_t len, int *ret);

int cli_is_table(jw_format format);

/* The list of --want; 0, or -1 for an unknown layer. */
int cli_layers_read(struct options *options, const char *value);

/* After all options were read. */
void cli_layers_settle(struct options *options);

#endif
