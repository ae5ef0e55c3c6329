/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack-rows -o OUT NAME FILE [NAME FILE]..: a section of the rows of tables, without their heads, each line headed by the name of its
 * table.  The library checks every line when it opens the model.
 */
#include "base/file.h"
#include "common/bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_table(struct buffer *out, const char *table, const char *path)
{
    jw_bytes text;
    jw_error error;
    if (jwi_file_map(path, &text, &error) != JW_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(3);
    }
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        const size_t len = end ? (size_t)(end - text.at) - at : text.len - at;
        if (at > 0 && len > 0) {
            jwi_buffer_add(out, table, strlen(table));
            jwi_buffer_add(out, "\t", 1);
            jwi_buffer_add(out, text.at + at, len);
            jwi_buffer_add(out, "\n", 1);
        }
        at += len + 1;
    }
    jwi_file_unmap(text);
}

int main(int argc, char **argv)
{
    if (argc < 5 || argc % 2 == 0 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: jinwen-pack-rows -o OUT NAME FILE [NAME FILE]..\n");
        return 2;
    }
    struct buffer out = {0};
    for (int i = 3; i < argc; i += 2)
        add_table(&out, argv[i], argv[i + 1]);
    jw_error error;
    if (jwi_file_replace(argv[2], jwi_buffer_bytes(&out), &error) != JW_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 3;
    }
    jwi_buffer_free(&out);
    return 0;
}
