/* SPDX-License-Identifier: Apache-2.0 */
/* Growable bytes and the one way to stop on exhausted memory. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

_Noreturn void cli_die(enum exit_code code, const char *text)
{
    static const char prefix[] = "jinwen: ";
    (void)!write(STDERR_FILENO, prefix, sizeof prefix - 1);
    (void)!write(STDERR_FILENO, text, strlen(text));
    (void)!write(STDERR_FILENO, "\n", 1);
    _exit((int)code);
}

void *cli_new(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (!memory)
        cli_die(EXIT_LIMIT, "out of memory");
    return memory;
}

void cli_buffer_free(struct buffer *buffer)
{
    free(buffer->at);
    memset(buffer, 0, sizeof *buffer);
}

char *cli_buffer_room(struct buffer *buffer, size_t len)
{
    if (len > SIZE_MAX / 4 - buffer->len)
        cli_die(EXIT_LIMIT, "out of memory");
    if (len > buffer->cap - buffer->len) {
        size_t cap = buffer->cap < 256 ? 256 : buffer->cap;
        while (cap < buffer->len + len)
            cap += cap / 2;
        char *grown = realloc(buffer->at, cap);
        if (!grown)
            cli_die(EXIT_LIMIT, "out of memory");
        buffer->at = grown;
        buffer->cap = cap;
    }
    return buffer->at + buffer->len;
}

void cli_buffer_put(struct buffer *buffer, const char *at, size_t len)
{
    if (len == 0)
        return;
    memcpy(cli_buffer_room(buffer, len), at, len);
    buffer->len += len;
}

void cli_buffer_text(struct buffer *buffer, const char *text)
{
    cli_buffer_put(buffer, text, strlen(text));
}

void cli_buffer_uint(struct buffer *buffer, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    cli_buffer_put(buffer, digits + at, sizeof digits - at);
}

void cli_buffer_json(struct buffer *buffer, const char *at, size_t len)
{
    static const char hex[] = "0123456789abcdef";
    if (!at) {
        cli_buffer_text(buffer, "null");
        return;
    }
    cli_buffer_put(buffer, "\"", 1);
    for (size_t i = 0; i < len; i++) {
        const unsigned char byte = (unsigned char)at[i];
        const char quoted[2] = {'\\', at[i]};
        const char unicode[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
        if (byte == '"' || byte == '\\')
            cli_buffer_put(buffer, quoted, sizeof quoted);
        else if (byte < 0x20)
            cli_buffer_put(buffer, unicode, sizeof unicode);
        else
            cli_buffer_put(buffer, at + i, 1);
    }
    cli_buffer_put(buffer, "\"", 1);
}
