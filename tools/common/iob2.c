/* SPDX-License-Identifier: Apache-2.0 */
/* IOB2 to CoNLL-U; see iob2.h. */
#include "common/iob2.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char text_key[] = "# text = ";

static void die(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(5);
}

static jw_bytes cut(const char *at, const char *end, char stop)
{
    const char *found = memchr(at, stop, (size_t)(end - at));
    const jw_bytes ret = {at, (size_t)((found ? found : end) - at)};
    return ret;
}

/* Takes the form and the blanks behind it off the text; true when there were blanks or the text is at its end. */
static int take_form(jw_bytes *text, jw_bytes form)
{
    if (text->len < form.len || memcmp(text->at, form.at, form.len) != 0)
        return -1;
    text->at += form.len;
    text->len -= form.len;
    const int has_blank = !text->len || *text->at == ' ';
    while (text->len && *text->at == ' ') {
        text->at++;
        text->len--;
    }
    return has_blank;
}

static void add_row(struct buffer *conllu, const char *path, jw_bytes line, jw_bytes *text)
{
    const char *end = line.at + line.len;
    const jw_bytes number = cut(line.at, end, '\t');
    if (number.len == line.len)
        die(path, "a row without form");
    const jw_bytes form = cut(number.at + number.len + 1, end, '\t');
    if (form.at + form.len == end)
        die(path, "a row without tag");
    const jw_bytes tag = cut(form.at + form.len + 1, end, '\t');
    const int has_blank = take_form(text, form);
    if (has_blank < 0)
        die(path, "forms differ from # text");
    jwi_buffer_print(conllu, "%.*s\t%.*s\t_\t_\t_\t_\t_\t_\t_\t%s", (int)number.len, number.at,
                     (int)form.len, form.at, has_blank ? "" : "SpaceAfter=No|");
    jwi_buffer_print(conllu, "NER=%.*s\n", (int)tag.len, tag.at);
}

void jwi_iob2_read(struct buffer *conllu, const char *path)
{
    jw_bytes data, text = {NULL, 0};
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, error.message);
    const char *end = data.at + data.len;
    for (const char *at = data.at; at < end;) {
        const jw_bytes line = cut(at, end, '\n');
        at = line.at + line.len + 1;
        if (!line.len)
            jwi_buffer_add(conllu, "\n", 1);
        else if (line.len >= sizeof text_key - 1 &&
                 memcmp(line.at, text_key, sizeof text_key - 1) == 0) {
            text.at = line.at + sizeof text_key - 1;
            text.len = line.len - (sizeof text_key - 1);
        } else if (*line.at != '#')
            add_row(conllu, path, line, &text);
    }
    jwi_buffer_add(conllu, "\n", 1);
    jwi_file_unmap(data);
}
