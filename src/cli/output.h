/* SPDX-License-Identifier: Apache-2.0 */
/* A file being written: stdout as it is, a named file as NAME.partial until it is complete. */
#ifndef JW_CLI_OUTPUT_H
#define JW_CLI_OUTPUT_H

#include "cli/cli.h"

struct output {
    const char *name; /* NULL: stdout */
    char *partial;    /* NULL: written in place, because the name is no regular file */
    int fd;
    struct buffer pending;
    uint64_t length; /* bytes handed to the system */
    uint64_t since;  /* microseconds when the oldest pending byte came */
};

/* All return 0, or the errno of the failure. */
int cli_output_open(struct output *output, const char *name);

/* Goes on with NAME.partial after cutting it to `length` bytes. */
int cli_output_reopen(struct output *output, const char *name, uint64_t length);
int cli_output_put(struct output *output, const char *at, size_t len);
int cli_output_flush(struct output *output);
int cli_output_sync(struct output *output);

/* Flushes what has waited a second. */
int cli_output_tick(struct output *output);

/* Flushes and closes; a complete file gets its name. */
int cli_output_close(struct output *output, int is_complete);

uint64_t cli_now_micros(void);

#endif
