/* SPDX-License-Identifier: Apache-2.0 */
/* Buffer growth and formatting. */
#include "common/bytes.h"

#include "common/vec.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void jwi_buffer_add(struct buffer *buffer, const void *data, size_t len)
{
    if (buffer->cap - buffer->len < len) {
        buffer->cap = 2 * (buffer->len + len) + 256;
        buffer->at = realloc(buffer->at, buffer->cap);
        if (!buffer->at)
            jwi_vec_die("out of memory");
    }
    if (len)
        memcpy(buffer->at + buffer->len, data, len);
    buffer->len += len;
}

void jwi_buffer_print(struct buffer *buffer, const char *format, ...)
{
    char text[8192];
    va_list args;
    va_start(args, format);
    const int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0 || len >= (int)sizeof text)
        jwi_vec_die("text too long");
    jwi_buffer_add(buffer, text, (size_t)len);
}

void jwi_buffer_align(struct buffer *buffer, size_t align)
{
    while (buffer->len % align)
        jwi_buffer_add(buffer, "", 1);
}

jw_bytes jwi_buffer_bytes(const struct buffer *buffer)
{
    const jw_bytes bytes = {buffer->at, buffer->len};
    return bytes;
}

void jwi_buffer_free(struct buffer *buffer)
{
    free(buffer->at);
    memset(buffer, 0, sizeof *buffer);
}
