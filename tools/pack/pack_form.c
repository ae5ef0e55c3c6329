/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack-form -o OUT NORM FIELDS ANSWERS LEAVES: section FORM from dict/forms and dict/events/clause_leaves.tsv (docs/ANNOUNCEMENTS.md
 * has their columns).  Wordings and cues are put in the normal form of documents by section NORM.
 */
#include "base/file.h"
#include "common/bytes.h"
#include "common/vec.h"
#include "model/norm_table.h"
#include "stage/form/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 8, LINE_MAX = 2048 };

struct builder {
    struct norm_table norm;
    VEC(struct form_wording) wordings;
    VEC(struct form_leaf) leaves;
    VEC(struct form_term) terms;
    VEC(struct form_cue) cues;
    VEC(uint32_t) letters;
    struct buffer names;
};

struct row {
    char *cell[CELLS];
    const char *path;
    size_t line;
};

static void die(const struct row *row, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", row->path, row->line, what);
    exit(5);
}

struct word {
    const char *name;
    int id;
};

static int id_of(const struct word *words, const char *name, const struct row *row)
{
    for (; words->name; words++)
        if (!strcmp(words->name, name))
            return words->id;
    die(row, name);
    return 0;
}

static const struct word places[] = {{"line", PLACE_LINE}, {"part", PLACE_PART}, {"head", PLACE_HEAD}, {"tail", PLACE_TAIL}, {NULL, 0}};
static const struct word types[] = {{"text", JW_FIELD_TEXT},       {"date", JW_FIELD_DATE},     {"money", JW_FIELD_MONEY},
                                    {"number", JW_FIELD_NUMBER},   {"percent", JW_FIELD_PERCENT}, {"shares", JW_FIELD_SHARES},
                                    {"person", JW_FIELD_PERSON},   {"company", JW_FIELD_COMPANY}, {"yesno", JW_FIELD_YESNO},
                                    {NULL, 0}};
static const struct word picks[] = {{"first", PICK_FIRST}, {"largest", PICK_LARGEST}, {NULL, 0}};
static const struct word answers[] = {{"none", JW_ANSWER_NONE}, {"yes", JW_ANSWER_YES}, {"no", JW_ANSWER_NO}, {NULL, 0}};
static const struct word directions[] = {{"none", JW_DIRECTION_NONE}, {"up", JW_DIRECTION_UP}, {"down", JW_DIRECTION_DOWN}, {NULL, 0}};
static const struct word stages[] = {{"none", JW_PROGRESS_NONE}, {"planned", JW_PLANNED},     {"announced", JW_ANNOUNCED},
                                     {"in_progress", JW_IN_PROGRESS}, {"reported", JW_REPORTED}, {"completed", JW_COMPLETED},
                                     {"cancelled", JW_CANCELLED}, {"denied", JW_DENIED},       {NULL, 0}};
static const struct word flags[] = {{"no", 0}, {"yes", 1}, {NULL, 0}};

/* Places in the pool of names; equal names share one. */
static uint32_t add_name(struct builder *builder, const char *name, uint8_t *len)
{
    *len = (uint8_t)(strcmp(name, "-") ? strlen(name) : 0);
    for (size_t at = 0; at + *len <= builder->names.len; at++)
        if (!memcmp(builder->names.at + at, name, *len))
            return (uint32_t)at;
    jwi_buffer_add(&builder->names, name, *len);
    return (uint32_t)builder->names.len - *len;
}

struct letters {
    uint32_t code[LINE_MAX], at[LINE_MAX + 1];
    uint8_t cls[LINE_MAX];
    struct norm_units units;
};

static struct units normalise(const struct builder *builder, const char *text, size_t len, struct letters *letters)
{
    const struct norm_units empty = {letters->code, letters->cls, letters->at, 0};
    letters->units = empty;
    jwi_norm_scan(&builder->norm, text, 0, (uint32_t)len, &letters->units);
    letters->at[letters->units.len] = (uint32_t)len;
    const struct units units = {letters->code, letters->cls, letters->at, letters->units.len};
    return units;
}

static uint64_t hash_of(const struct builder *builder, const char *text)
{
    static struct letters letters;
    const struct units units = normalise(builder, text, strlen(text), &letters);
    return jwi_form_hash(units, 0, units.len);
}

/* Names joined by ';' as ids among the letters. */
static void add_parents(struct builder *builder, char *names, struct form_wording *wording)
{
    wording->under_at = (uint32_t)builder->letters.len;
    if (!strcmp(names, "-"))
        return;
    for (char *name = strtok(names, ";"); name; name = strtok(NULL, ";"), wording->under_count++)
        VEC_PUSH(&builder->letters, jwi_form_id(name, strlen(name)));
}

/* "TWD1000" is a currency and a scale; else a name. */
static void set_unit(struct builder *builder, const char *unit, struct form_wording *wording)
{
    const int is_currency = wording->type == JW_FIELD_MONEY && strlen(unit) >= 3;
    if (!is_currency) {
        wording->unit_at = add_name(builder, unit, &wording->unit_len);
        return;
    }
    memcpy(wording->currency, unit, 3);
    for (const char *at = unit + 3; *at; at++)
        wording->power = (uint8_t)(wording->power + (*at == '0'));
}

/* wording place under field type role unit pick */
static void take_field(struct builder *builder, const struct row *row)
{
    struct form_wording wording;
    memset(&wording, 0, sizeof wording);
    wording.hash = hash_of(builder, row->cell[0]);
    for (char *place = strtok(row->cell[1], ";"); place; place = strtok(NULL, ";"))
        wording.place |= (uint8_t)id_of(places, place, row);
    add_parents(builder, row->cell[2], &wording);
    wording.id = jwi_form_id(row->cell[3], strlen(row->cell[3]));
    wording.name_at = add_name(builder, row->cell[3], &wording.name_len);
    wording.type = (uint8_t)id_of(types, row->cell[4], row);
    wording.role_at = add_name(builder, row->cell[5], &wording.role_len);
    set_unit(builder, row->cell[6], &wording);
    wording.pick = (uint8_t)id_of(picks, row->cell[7], row);
    VEC_PUSH(&builder->wordings, wording);
}

/* wording answer */
static void take_answer(struct builder *builder, const struct row *row)
{
    struct form_wording wording;
    memset(&wording, 0, sizeof wording);
    wording.hash = hash_of(builder, row->cell[0]);
    wording.place = PLACE_ANSWER;
    wording.type = (uint8_t)id_of(answers, row->cell[1], row);
    VEC_PUSH(&builder->wordings, wording);
}

static void add_cue(struct builder *builder, const char *text, size_t len, const struct row *row)
{
    static struct letters letters;
    const struct units units = normalise(builder, text, len, &letters);
    const struct form_cue cue = {(uint32_t)builder->letters.len, units.len};
    if (!units.len)
        die(row, "empty cue");
    for (uint32_t i = 0; i < units.len; i++)
        VEC_PUSH(&builder->letters, units.code[i]);
    VEC_PUSH(&builder->cues, cue);
}

static const char *find_or_end(const char *text, char letter, const char *end)
{
    const char *found = memchr(text, letter, (size_t)(end - text));
    return found ? found : end;
}

/* [!][@field[=]]cue/cue */
static void add_term(struct builder *builder, const char *at, const char *end, const struct row *row)
{
    struct form_term term = {0, *at == '!', (uint32_t)builder->cues.len, 0};
    at += *at == '!';
    if (*at == '@') {
        const char *equal = find_or_end(at, '=', end);
        term.field = jwi_form_id(at + 1, (size_t)(equal - at) - 1);
        at = equal < end ? equal + 1 : end;
    }
    while (at < end) {
        const char *slash = find_or_end(at, '/', end);
        add_cue(builder, at, (size_t)(slash - at), row);
        at = slash + 1;
    }
    term.cue_count = (uint32_t)builder->cues.len - term.first_cue;
    VEC_PUSH(&builder->terms, term);
}

/* clause order cues leaf direction progress routine note */
static void take_leaf(struct builder *builder, const struct row *row)
{
    struct form_leaf leaf;
    memset(&leaf, 0, sizeof leaf);
    leaf.clause = (uint8_t)atoi(row->cell[0]);
    leaf.first_term = (uint32_t)builder->terms.len;
    const char *end = row->cell[2] + strlen(row->cell[2]);
    for (const char *at = row->cell[2], *plus; at < end && strcmp(at, "-"); at = plus + 1) {
        plus = find_or_end(at, '+', end);
        add_term(builder, at, plus, row);
    }
    leaf.term_count = (uint32_t)builder->terms.len - leaf.first_term;
    leaf.code_at = add_name(builder, row->cell[3], &leaf.code_len);
    leaf.direction = (uint8_t)id_of(directions, row->cell[4], row);
    leaf.progress = (uint8_t)id_of(stages, row->cell[5], row);
    leaf.is_routine = (uint8_t)id_of(flags, row->cell[6], row);
    if (!leaf.clause || leaf.clause > FORM_CLAUSES)
        die(row, "no clause of the rule");
    VEC_PUSH(&builder->leaves, leaf);
}

static int split(char *line, struct row *row)
{
    int n = 0;
    for (char *at = line; at && n < CELLS; n++) {
        row->cell[n] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return n;
}

static void read_table(struct builder *builder, const char *path, int cells, void (*take)(struct builder *, const struct row *))
{
    struct row row = {{NULL}, path, 0};
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(&row, error.message);
    for (size_t at = 0; at < data.len;) {
        const char *newline = find_or_end(data.at + at, '\n', data.at + data.len);
        const size_t len = (size_t)(newline - data.at) - at;
        char line[LINE_MAX];
        if (len >= sizeof line)
            die(&row, "line too long");
        memcpy(line, data.at + at, len);
        line[len] = '\0';
        at += len + 1;
        if (!row.line++)
            continue;
        if (split(line, &row) != cells)
            die(&row, "wrong number of cells");
        take(builder, &row);
    }
    jwi_file_unmap(data);
}

static int compare_wordings(const void *left, const void *right)
{
    const struct form_wording *a = left, *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static void write_section(struct builder *builder, const char *path)
{
    struct buffer out = {0};
    const struct row row = {{NULL}, path, 0};
    qsort(builder->wordings.at, builder->wordings.len, sizeof *builder->wordings.at, compare_wordings);
    for (size_t i = 1; i < builder->wordings.len; i++)
        if (builder->wordings.at[i].hash == builder->wordings.at[i - 1].hash)
            die(&row, "two wordings are one");
    const struct form_header header = {FORM_VERSION,
                                       (uint32_t)builder->wordings.len,
                                       (uint32_t)builder->leaves.len,
                                       (uint32_t)builder->terms.len,
                                       (uint32_t)builder->cues.len,
                                       (uint32_t)builder->letters.len,
                                       (uint32_t)builder->names.len,
                                       0};
    jwi_buffer_add(&out, &header, sizeof header);
    jwi_buffer_add(&out, builder->wordings.at, builder->wordings.len * sizeof *builder->wordings.at);
    jwi_buffer_add(&out, builder->leaves.at, builder->leaves.len * sizeof *builder->leaves.at);
    jwi_buffer_add(&out, builder->terms.at, builder->terms.len * sizeof *builder->terms.at);
    jwi_buffer_add(&out, builder->cues.at, builder->cues.len * sizeof *builder->cues.at);
    jwi_buffer_add(&out, builder->letters.at, builder->letters.len * sizeof *builder->letters.at);
    jwi_buffer_add(&out, builder->names.at, builder->names.len);
    jw_error error;
    if (jwi_file_replace(path, jwi_buffer_bytes(&out), &error) != JW_OK)
        die(&row, error.message);
    jwi_buffer_free(&out);
}

int main(int argc, char **argv)
{
    static struct builder builder;
    jw_bytes norm;
    jw_error error;
    if (argc != 7 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: jinwen-pack-form -o OUT NORM FIELDS ANSWERS LEAVES\n");
        return 2;
    }
    const struct row row = {{NULL}, argv[3], 0};
    if (jwi_file_map(argv[3], &norm, &error) != JW_OK || jwi_norm_open(norm, &builder.norm, &error) != JW_OK)
        die(&row, error.message);
    read_table(&builder, argv[4], 8, take_field);
    read_table(&builder, argv[5], 2, take_answer);
    read_table(&builder, argv[6], 8, take_leaf);
    write_section(&builder, argv[2]);
    jwi_file_unmap(norm);
    return 0;
}
