/* SPDX-License-Identifier: Apache-2.0 */
/* Reading of the tables of corpora/announcements. */
#include "common/clauses.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 5, LINE_MAX = 4096 };

struct line {
    char text[LINE_MAX];
    char *cell[CELLS];
    const char *path;
    size_t number;
};

static void die(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    exit(3);
}

static int split(struct line *line)
{
    int n = 0;
    for (char *at = line->text; at && n < CELLS; n++) {
        line->cell[n] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return n;
}

static void each_row(struct clauses *clauses, const char *path, int cells, void (*take)(struct clauses *, const struct line *))
{
    static struct line line;
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(path, 0, error.message);
    line.path = path;
    line.number = 0;
    for (size_t at = 0; at < data.len;) {
        const char *newline = memchr(data.at + at, '\n', data.len - at);
        const size_t len = newline ? (size_t)(newline - data.at) - at : data.len - at;
        if (len >= LINE_MAX)
            die(path, line.number + 1, "line too long");
        memcpy(line.text, data.at + at, len);
        line.text[len] = '\0';
        at += len + 1;
        if (!line.number++)
            continue;
        if (split(&line) != cells)
            die(path, line.number, "wrong number of cells");
        take(clauses, &line);
    }
    jwi_file_unmap(data);
}

static uint32_t *keep(struct clauses *clauses, const uint32_t *at, uint32_t count)
{
    uint32_t *ret = PUSH(&clauses->arena, uint32_t, count);
    if (!ret)
        jwi_vec_die("out of memory");
    memcpy(ret, at, count * sizeof *at);
    return ret;
}

static void take_form(struct clauses *clauses, const struct line *line)
{
    uint32_t field[SIGHT_FIELDS], count = 0;
    if (strtoul(line->cell[0], NULL, 10) != 1000 + clauses->forms.len)
        die(line->path, line->number, "forms are not numbered from 1000");
    for (char *name = strtok(line->cell[1], ";"); name && count < SIGHT_FIELDS; name = strtok(NULL, ";"))
        if (strcmp(name, "-") != 0)
            field[count++] = jwi_form_id(name, strlen(name));
    const struct form_sight sight = {NULL, keep(clauses, field, count), 0, count};
    VEC_PUSH(&clauses->forms, sight);
}

static void take_example(struct clauses *clauses, const struct line *line)
{
    static uint32_t code[LINE_MAX], at[LINE_MAX + 1], letter[SIGHT_LETTERS];
    static uint8_t cls[LINE_MAX];
    const unsigned long form = strtoul(line->cell[2], NULL, 10) - 1000;
    const uint32_t len = (uint32_t)strlen(line->cell[3]);
    struct norm_units made = {code, cls, at, 0};
    struct form_example example = {.clause = (uint32_t)strtoul(line->cell[1], NULL, 10),
                                   .times = (uint32_t)strtoul(line->cell[4], NULL, 10)};
    if (form >= clauses->forms.len || !example.clause || example.clause > FORM_CLAUSES)
        die(line->path, line->number, "no such form or clause");
    jwi_norm_scan(&clauses->norm, line->cell[3], 0, len, &made);
    at[made.len] = len;
    const struct units units = {code, cls, at, made.len};
    example.sight = clauses->forms.at[form];
    example.sight.letter_count = jwi_form_letters(units, 0, units.len, letter);
    example.sight.letter = keep(clauses, letter, example.sight.letter_count);
    VEC_PUSH(&clauses->examples, example);
}

void jwi_clauses_open(struct clauses *clauses, jw_bytes norm, const char *forms)
{
    jw_error error;
    memset(clauses, 0, sizeof *clauses);
    jwi_arena_init(&clauses->arena, NULL);
    if (jwi_norm_open(norm, &clauses->norm, &error) != JW_OK)
        die(forms, 0, error.message);
    each_row(clauses, forms, 2, take_form);
}

void jwi_clauses_read(struct clauses *clauses, const char *path)
{
    each_row(clauses, path, CELLS, take_example);
}

void jwi_clauses_free(struct clauses *clauses)
{
    free(clauses->forms.at);
    free(clauses->examples.at);
    jwi_arena_free(&clauses->arena);
}
