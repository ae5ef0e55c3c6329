/* SPDX-License-Identifier: Apache-2.0 */
/* Reading pairs; see pairs.h. */
#include "common/pairs.h"

#include "api/worker.h"
#include "base/file.h"
#include "common/gold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 6 };

struct reader {
    const char *path;
    uint32_t line;
    jw_worker *worker;
    jw_doc *doc;
    struct relation_rules rules;
};

static void die(const struct reader *reader, const char *what)
{
    fprintf(stderr, "%s:%u: %s\n", reader->path, reader->line, what);
    exit(TOOL_INPUT);
}

jw_bytes jwi_pairs_active(jw_bytes label, int *is_turned)
{
    static const char passive[] = "被";
    const size_t n = sizeof passive - 1;
    *is_turned = label.len > n && !memcmp(label.at, passive, n);
    if (*is_turned) {
        label.at += n;
        label.len -= n;
    }
    return label;
}

static void split(const struct reader *reader, jw_bytes line, jw_bytes *cells)
{
    for (int i = 0; i < CELLS; i++) {
        const char *tab = memchr(line.at, '\t', line.len);
        const size_t n = tab ? (size_t)(tab - line.at) : line.len;
        if (!tab && i + 1 < CELLS)
            die(reader, "six cells wanted");
        cells[i].at = line.at;
        cells[i].len = n;
        line.at += tab ? n + 1 : n;
        line.len -= tab ? n + 1 : n;
    }
}

static uint32_t number(const struct reader *reader, jw_bytes cell)
{
    uint32_t ret = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9' || i > 6)
            die(reader, "a place is no number");
        ret = ret * 10 + (uint32_t)(cell.at[i] - '0');
    }
    return ret;
}

static void take_labels(const struct reader *reader, jw_bytes cell, struct pair_row *row)
{
    while (cell.len) {
        const char *end = memchr(cell.at, ';', cell.len);
        const size_t n = end ? (size_t)(end - cell.at) : cell.len;
        if (row->label_count == PAIR_LABELS_MAX)
            die(reader, "too many relations");
        row->labels[row->label_count].at = cell.at;
        row->labels[row->label_count++].len = n;
        cell.at += end ? n + 1 : n;
        cell.len -= end ? n + 1 : n;
    }
}

/* Units and tokens of a name, and the type of the mention that holds its first word. */
static void place(const struct reader *reader, uint32_t start, uint32_t end, int which, struct pair_row *row)
{
    const jw_doc *doc = reader->doc;
    const struct room_word *words = reader->worker->room.words;
    const jw_range points = {start, end};
    const jw_range text = jw_doc_map(doc, 0, points, JW_UNIT_CODEPOINT, JW_UNIT_TEXT);
    struct unit_span *units = &row->pair.units[which];
    jw_range *tokens = &row->pair.tokens[which];
    while (units->start + 1 < row->text.units.len && row->text.units.at[units->start + 1] <= text.start)
        units->start++;
    units->end = units->start + 1;
    while (units->end < row->text.units.len && row->text.units.at[units->end] < text.end)
        units->end++;
    while (tokens->start + 1 < doc->token_count && words[tokens->start].end <= units->start)
        tokens->start++;
    tokens->end = tokens->start + 1;
    while (tokens->end < doc->token_count && words[tokens->end].start < units->end)
        tokens->end++;
    row->pair.type[which] = RELATION_NO_TYPE;
    for (uint32_t i = 0; i < doc->mention_count; i++)
        if (doc->mentions[i].tokens.start <= tokens->start && tokens->start < doc->mentions[i].tokens.end)
            row->pair.type[which] = doc->mentions[i].type;
}

static void place_sentence(const struct reader *reader, struct relation_pair *pair)
{
    const jw_doc *doc = reader->doc;
    pair->sentence.start = pair->sentence.end = JW_NONE;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const jw_range tokens = doc->sentences[i].tokens;
        if (pair->sentence.start == JW_NONE && tokens.end > pair->tokens[0].start)
            pair->sentence.start = tokens.start;
        if (tokens.start < pair->tokens[1].end)
            pair->sentence.end = tokens.end;
    }
}

/* Names that share a word: the second has what the first leaves, or the same word. */
static void part_names(struct relation_pair *pair)
{
    if (pair->tokens[1].start < pair->tokens[0].end && pair->tokens[1].end > pair->tokens[0].end)
        pair->tokens[1].start = pair->tokens[0].end;
    else if (pair->tokens[1].start < pair->tokens[0].end && pair->tokens[1].start > pair->tokens[0].start)
        pair->tokens[0].end = pair->tokens[1].start;
}

static void take_row(struct reader *reader, jw_bytes line, void (*use)(void *ctx, const struct pair_row *row), void *ctx)
{
    jw_bytes cells[CELLS];
    struct pair_row row = {0};
    jw_error error;
    split(reader, line, cells);
    take_labels(reader, cells[0], &row);
    jwi_check(jw_worker_run(reader->worker, cells[5], reader->doc, &error), &error, reader->path, TOOL_INPUT);
    row.text.units = reader->worker->room.units;
    row.text.words = reader->worker->room.words;
    row.text.rules = &reader->rules;
    jwi_relation_text_bind(&row.text, reader->doc);
    for (int i = 0; i < 2; i++)
        place(reader, number(reader, cells[1 + 2 * i]), number(reader, cells[2 + 2 * i]), i, &row);
    part_names(&row.pair);
    place_sentence(reader, &row.pair);
    use(ctx, &row);
}

void jwi_pairs_read(jw_model *model, const char *path, void (*use)(void *ctx, const struct pair_row *row), void *ctx)
{
    static struct reader reader;
    jw_options options = JW_OPTIONS_INIT;
    jw_bytes data, rules;
    jw_error error;
    reader.path = path;
    reader.line = 1;
    options.want = JW_LAYER_ENTITIES | JW_LAYER_POS;
    jwi_check(jwi_model_file_section(&model->file, "RELC", &rules, &error), &error, "rules", TOOL_MODEL);
    jwi_check(jwi_relation_rules_open(rules, &reader.rules, &error), &error, "rules", TOOL_MODEL);
    jwi_check(jwi_file_map(path, &data, &error), &error, path, TOOL_INPUT);
    jwi_check(jw_worker_new(model, &options, &reader.worker, &error), &error, "worker", TOOL_MODEL);
    jwi_check(jw_doc_new(NULL, &reader.doc), &error, "document", TOOL_INPUT);
    const char *at = data.at, *end = data.at + data.len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const jw_bytes line = {at, (size_t)((stop ? stop : end) - at)};
        if (reader.line > 1)
            take_row(&reader, line, use, ctx);
        at += line.len + 1;
        reader.line++;
    }
    jw_doc_free(reader.doc);
    jw_worker_free(reader.worker);
    jwi_file_unmap(data);
}
