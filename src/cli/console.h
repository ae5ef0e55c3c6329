/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that goes to stderr: messages, the progress line, the last line of a run. */
#ifndef JW_CLI_CONSOLE_H
#define JW_CLI_CONSOLE_H

#include <pthread.h>

#include "cli/cli.h"

enum log_style { LOG_TEXT, LOG_JSON, LOG_COUNTER };

struct console {
    enum log_style style;
    int is_quiet;
    int has_progress; /* the redrawn line is allowed and stderr is a terminal */
    int line_width;   /* columns of the progress line now on the screen; 0: none */
    pthread_mutex_t lock;
};

void cli_console_init(struct console *console);

/* Whether stderr can hold a line that is drawn again and again. */
int cli_console_is_terminal(void);

/* Where a message belongs; NULL is the command as a whole. */
struct spot {
    const char *file;
    uint64_t record;
};

void cli_say(struct console *console, const struct spot *spot, const char *level,
             const char *format, ...) __attribute__((format(printf, 4, 5)));

#define SAY_ERROR(console, ...) cli_say((console), NULL, "error", __VA_ARGS__)
#define SAY_WARNING(console, ...) cli_say((console), NULL, "warning", __VA_ARGS__)
#define SAY_INFO(console, ...) cli_say((console), NULL, "info", __VA_ARGS__)

/* One line of the counter protocol of Hadoop Streaming. */
void cli_console_counter(struct console *console, const char *name, uint64_t value);

/* Draws over the progress line; NULL takes it away. */
void cli_console_line(struct console *console, const char *line);

#endif
