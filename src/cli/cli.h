/* SPDX-License-Identifier: Apache-2.0 */
/* What every part of the command shares: exit codes, the verbs, growable bytes. */
#ifndef JW_CLI_CLI_H
#define JW_CLI_CLI_H

#include <jinwen/jinwen.h>

#include <string.h>

enum exit_code {
    EXIT_DONE = 0,
    EXIT_USAGE = 2,
    EXIT_INPUT = 3, /* input cannot be read, output cannot be written, unknown encoding */
    EXIT_REJECTS = 4,
    EXIT_MODEL = 5,
    EXIT_LIMIT = 6, /* memory, threads, open files */
    EXIT_STATE = 7,
    EXIT_DIFFERENCE = 8,
    EXIT_SIGNAL = 128 /* + number */
};

int cli_annotate(int argc, char **argv);
int cli_convert(int argc, char **argv);
int cli_explain(int argc, char **argv);
int cli_check(int argc, char **argv);
int cli_check_input(int argc, char **argv); /* the arguments without --input */
int cli_fairness(int argc, char **argv);
int cli_summary(int argc, char **argv);
int cli_info(int argc, char **argv);
int cli_version(int argc, char **argv);

/* Growable bytes.  A command that runs out of memory has nothing left to do: growing ends the process with EXIT_LIMIT. */
struct buffer {
    char *at;
    size_t len, cap;
};

void cli_buffer_free(struct buffer *buffer);

/* Room for `len` more bytes; returns where they go. */
char *cli_buffer_room(struct buffer *buffer, size_t len);
void cli_buffer_put(struct buffer *buffer, const char *at, size_t len);
void cli_buffer_text(struct buffer *buffer, const char *text);
void cli_buffer_uint(struct buffer *buffer, uint64_t value);

/* A quoted JSON string of valid UTF-8; NULL gives null. */
void cli_buffer_json(struct buffer *buffer, const char *at, size_t len);

/* Zeroed memory, or the process ends with EXIT_LIMIT. */
void *cli_new(size_t count, size_t size);

/* One line on stderr, then the process ends.  For failures that no caller can mend; safe in every thread. */
_Noreturn void cli_die(enum exit_code code, const char *text);

static inline jw_bytes bytes_from(const char *at, size_t len)
{
    const jw_bytes bytes = {at, len};
    return bytes;
}

static inline int bytes_have(jw_bytes text, const char *word)
{
    const size_t len = strlen(word);
    for (size_t i = 0; i + len <= text.len; i++)
        if (memcmp(text.at + i, word, len) == 0)
            return 1;
    return 0;
}

static inline jw_bytes buffer_bytes(const struct buffer *buffer)
{
    return bytes_from(buffer->at, buffer->len);
}

#endif
