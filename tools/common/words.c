/* SPDX-License-Identifier: Apache-2.0 */
#include "common/words.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_sentence(struct buffer *conllu, const char *path, jw_bytes line)
{
    uint32_t number = 0;
    for (size_t at = 0; at < line.len;) {
        const char *blank = memchr(line.at + at, ' ', line.len - at);
        const size_t end = blank ? (size_t)(blank - line.at) : line.len;
        const int has_blank = end == line.len || (end + 1 < line.len && line.at[end + 1] == ' ');
        if (end == at) {
            fprintf(stderr, "%s: a word without characters\n", path);
            exit(5);
        }
        jwi_buffer_print(conllu, "%u\t%.*s\t_\t_\t_\t_\t_\t_\t_\t%s\n", ++number, (int)(end - at), line.at + at,
                         has_blank ? "_" : "SpaceAfter=No");
        at = end + 1 + (size_t)(has_blank && end < line.len);
    }
    jwi_buffer_add(conllu, "\n", 1);
}

void jwi_words_read(struct buffer *conllu, const char *path)
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        exit(5);
    }
    for (size_t at = 0; at < data.len;) {
        const char *stop = memchr(data.at + at, '\n', data.len - at);
        const jw_bytes line = {data.at + at, stop ? (size_t)(stop - data.at) - at : data.len - at};
        add_sentence(conllu, path, line);
        at += line.len + 1;
    }
    jwi_file_unmap(data);
}

int jwi_words_is_list(const char *path)
{
    static const char ending[] = ".words";
    const size_t n = strlen(path), k = sizeof ending - 1;
    return n > k && strcmp(path + n - k, ending) == 0;
}
