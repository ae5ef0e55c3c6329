/* SPDX-License-Identifier: Apache-2.0 */
/* Reading word vectors; see vectors.h.  What is read lives until the program ends. */
#include "common/vectors.h"

#include "base/file.h"
#include "model/norm_table.h"
#include "stage/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOWEST = '0', STEPS = 64 };

static void die(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(5);
}

struct units jwi_units_of(const jw_model *model, jw_bytes form)
{
    const uint32_t len = (uint32_t)form.len;
    struct norm_units units = {malloc(len * sizeof(uint32_t)), malloc(len),
                               malloc((len + 1) * sizeof(uint32_t)), 0};
    if (!units.code || !units.cls || !units.at)
        jwi_vec_die("vectors");
    if (!model->views[STAGE_norm])
        die("model", "it does not normalise");
    jwi_norm_scan(model->views[STAGE_norm], form.at, 0, len, &units);
    const struct units ret = {units.code, units.cls, units.at, units.len};
    return ret;
}

static void add_line(struct vectors *vectors, const jw_model *model, const char *path, const char *line, const char *end)
{
    const char *tab = memchr(line, '\t', (size_t)(end - line));
    if (!tab || tab == line)
        die(path, "a line without form or vector");
    const uint32_t width = (uint32_t)(end - tab - 1);
    if (!vectors->width)
        vectors->width = width;
    if (!width || width % 4 || width != vectors->width)
        die(path, "a vector of odd length");
    const struct units word = jwi_units_of(model, (jw_bytes){line, (size_t)(tab - line)});
    if (!word.len)
        return;
    VEC_PUSH(&vectors->words, word);
    for (const char *at = tab + 1; at < end; at++) {
        if (*at < LOWEST || *at >= LOWEST + STEPS)
            die(path, "a character that is no number");
        VEC_PUSH(&vectors->at, ((float)(*at - LOWEST) - 31.5f) / 10);
    }
}

void jwi_vectors_read(struct vectors *vectors, const jw_model *model, const char *path)
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, error.message);
    const char *end = data.at + data.len, *line = memchr(data.at, '\n', data.len);
    while (line && ++line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop)
            die(path, "the last line has no end");
        add_line(vectors, model, path, line, stop);
        line = stop;
    }
    jwi_file_unmap(data);
}

int jwi_vectors_is_table(const char *path)
{
    const size_t len = strlen(path);
    return len > 4 && strcmp(path + len - 4, ".tsv") == 0;
}
