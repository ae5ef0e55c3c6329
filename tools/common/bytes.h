/* SPDX-License-Identifier: Apache-2.0 */
/* A growing buffer of bytes for packers and trainers; running out of memory ends the program. */
#ifndef JW_TOOLS_BYTES_H
#define JW_TOOLS_BYTES_H

#include <jinwen/base.h>

struct buffer {
    char *at;
    size_t len, cap;
};

void jwi_buffer_add(struct buffer *buffer, const void *data, size_t len);
void jwi_buffer_print(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Zero bytes up to a multiple of `align`. */
void jwi_buffer_align(struct buffer *buffer, size_t align);
jw_bytes jwi_buffer_bytes(const struct buffer *buffer);
void jwi_buffer_free(struct buffer *buffer);

#endif
