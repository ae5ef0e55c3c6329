/* SPDX-License-Identifier: Apache-2.0 */
/* One lock, one write per line: lines of several threads never mix, and a message first clears the progress line. */
#include "cli/console.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void cli_console_init(struct console *console)
{
    memset(console, 0, sizeof *console);
    pthread_mutex_init(&console->lock, NULL);
}

int cli_console_is_terminal(void)
{
    const char *const terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
}

static void put_stderr(const char *at, size_t len)
{
    while (len > 0) {
        const ssize_t n = write(STDERR_FILENO, at, len);
        if (n <= 0)
            return; /* nobody listens: there is no other place to say so */
        at += n;
        len -= (size_t)n;
    }
}

static void clear_line(struct console *console, struct buffer *out)
{
    if (console->line_width == 0)
        return;
    cli_buffer_text(out, "\r");
    for (int i = 0; i < console->line_width; i++)
        cli_buffer_text(out, " ");
    cli_buffer_text(out, "\r");
    console->line_width = 0;
}

static void put_text(struct buffer *out, const struct spot *spot, const char *message)
{
    cli_buffer_text(out, "jinwen: ");
    if (spot) {
        cli_buffer_text(out, spot->file ? spot->file : "-");
        cli_buffer_text(out, ":");
        cli_buffer_uint(out, spot->record);
        cli_buffer_text(out, ": ");
    }
    cli_buffer_text(out, message);
    cli_buffer_text(out, "\n");
}

static void put_json(struct buffer *out, const struct spot *spot, const char *level,
                     const char *message)
{
    cli_buffer_text(out, "{\"level\":\"");
    cli_buffer_text(out, level);
    cli_buffer_text(out, "\",\"file\":");
    const char *file = spot ? spot->file : NULL;
    cli_buffer_json(out, file, file ? strlen(file) : 0);
    cli_buffer_text(out, ",\"record\":");
    if (spot)
        cli_buffer_uint(out, spot->record);
    else
        cli_buffer_text(out, "null");
    cli_buffer_text(out, ",\"message\":");
    cli_buffer_json(out, message, strlen(message));
    cli_buffer_text(out, "}\n");
}

void cli_say(struct console *console, const struct spot *spot, const char *level,
             const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    struct buffer out = {NULL, 0, 0};
    pthread_mutex_lock(&console->lock);
    clear_line(console, &out);
    if (console->style == LOG_JSON)
        put_json(&out, spot, level, message);
    else
        put_text(&out, spot, message);
    put_stderr(out.at, out.len);
    pthread_mutex_unlock(&console->lock);
    cli_buffer_free(&out);
}

void cli_console_counter(struct console *console, const char *name, uint64_t value)
{
    struct buffer out = {NULL, 0, 0};
    pthread_mutex_lock(&console->lock);
    clear_line(console, &out);
    cli_buffer_text(&out, "reporter:counter:jinwen,");
    cli_buffer_text(&out, name);
    cli_buffer_text(&out, ",");
    cli_buffer_uint(&out, value);
    cli_buffer_text(&out, "\n");
    put_stderr(out.at, out.len);
    pthread_mutex_unlock(&console->lock);
    cli_buffer_free(&out);
}

void cli_console_line(struct console *console, const char *line)
{
    struct buffer out = {NULL, 0, 0};
    pthread_mutex_lock(&console->lock);
    clear_line(console, &out);
    if (line) {
        cli_buffer_text(&out, line);
        console->line_width = (int)strlen(line);
    }
    put_stderr(out.at, out.len);
    pthread_mutex_unlock(&console->lock);
    cli_buffer_free(&out);
}
