/* SPDX-License-Identifier: Apache-2.0 */
#include "common/words.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names of a line, 0 2 PER 3 2 LOC: first word, how many words, type. */
struct spans {
    const char *at, *end, *path;
    uint32_t first, count; /* of the name at hand; count 0: none is left */
    jw_bytes type;
};

static void die(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(5);
}

/* What stands before the next blank. */
static jw_bytes take_item(struct spans *spans)
{
    const char *blank = memchr(spans->at, ' ', (size_t)(spans->end - spans->at));
    const jw_bytes ret = {spans->at, (size_t)((blank ? blank : spans->end) - spans->at)};
    spans->at = blank ? blank + 1 : spans->end;
    if (!ret.len)
        die(spans->path, "a name that is not first word, number of words and type");
    return ret;
}

static uint32_t take_number(struct spans *spans)
{
    const jw_bytes item = take_item(spans);
    uint32_t ret = 0;
    for (size_t i = 0; i < item.len; i++) {
        if (item.at[i] < '0' || item.at[i] > '9' || item.len > 4)
            die(spans->path, "a name whose place is no number");
        ret = ret * 10 + (uint32_t)(item.at[i] - '0');
    }
    return ret;
}

static void take_name(struct spans *spans)
{
    spans->count = 0;
    if (spans->at == spans->end)
        return;
    spans->first = take_number(spans);
    spans->count = take_number(spans);
    spans->type = take_item(spans);
}

static void add_word(struct buffer *conllu, uint32_t number, jw_bytes form, int has_blank, struct spans *spans)
{
    jwi_buffer_print(conllu, "%u\t%.*s\t_\t_\t_\t_\t_\t_\t_\t%s", number + 1, (int)form.len, form.at, has_blank ? "_" : "SpaceAfter=No");
    if (spans->count && number >= spans->first)
        jwi_buffer_print(conllu, "|NER=%c-%.*s", number == spans->first ? 'B' : 'I', (int)spans->type.len, spans->type.at);
    jwi_buffer_add(conllu, "\n", 1);
    if (spans->count && number + 1 == spans->first + spans->count)
        take_name(spans);
}

static void add_sentence(struct buffer *conllu, const char *path, jw_bytes line)
{
    const char *tab = memchr(line.at, '\t', line.len), *end = line.at + line.len;
    struct spans spans = {tab ? tab + 1 : end, end, path, 0, 0, {NULL, 0}};
    uint32_t number = 0;
    line.len = tab ? (size_t)(tab - line.at) : line.len;
    take_name(&spans);
    for (size_t at = 0; at < line.len; number++) {
        const char *blank = memchr(line.at + at, ' ', line.len - at);
        const size_t stop = blank ? (size_t)(blank - line.at) : line.len;
        const int has_blank = stop == line.len || (stop + 1 < line.len && line.at[stop + 1] == ' ');
        const jw_bytes form = {line.at + at, stop - at};
        if (!form.len)
            die(path, "a word without characters");
        add_word(conllu, number, form, has_blank, &spans);
        at = stop + 1 + (size_t)(has_blank && stop < line.len);
    }
    if (spans.count)
        die(path, "a name beyond the words");
    jwi_buffer_add(conllu, "\n", 1);
}

void jwi_words_read(struct buffer *conllu, const char *path)
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, error.message);
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
