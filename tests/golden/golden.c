/* SPDX-License-Identifier: Apache-2.0 */
/*
 * golden MODEL CASE-FILE...: runs cases and prints TAP.  A case is
 *   == title
 *   @option value      (any number; see `directives`)
 *   text, as many lines as it has
 *   --
 *   layer  what is expected, one line a layer
 * Layers: sent (sentences), pin (pins), code (normalised text), seg (words), pos (word/XPOS), map (code points of the sentences), error
 * (status, offset, message).  Items are separated by " ¦ ", seg and pos by blanks; a line break inside an item is shown as ↵.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/worker.h"
#include "base/utf8.h"
#include "common/bytes.h"
#include "doc/doc.h"

enum { MAX_LINES = 400, MAX_LINE = 65536, MAX_DICTS = 4 };

struct run {
    jw_model *model;
    jw_options options;
    jw_userdict *dicts[MAX_DICTS];
    struct buffer dict_text[MAX_DICTS];
    struct buffer text;
    const char *encoding;
    uint32_t title_len, source_type;
    int is_hex;
    jw_worker *worker;
    jw_doc *doc;
    jw_error error;
};

static int cases, failures;

static void put_text(struct buffer *out, jw_bytes bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.at[i] == '\n')
            jwi_buffer_add(out, "\xe2\x86\xb5", 3);
        else if (bytes.at[i] != '\r')
            jwi_buffer_add(out, bytes.at + i, 1);
    }
}

static void put_separator(struct buffer *out, uint32_t i, const char *separator)
{
    if (i)
        jwi_buffer_add(out, separator, strlen(separator));
}

static jw_bytes text_of(const struct run *run, uint32_t start, uint32_t end)
{
    const jw_bytes bytes = {jw_doc_text(run->doc).at + start, end - start};
    return bytes;
}

static void show_sent(const struct run *run, struct buffer *out)
{
    const jw_sentences all = jw_doc_sentences(run->doc);
    for (uint32_t i = 0; i < all.len; i++) {
        put_separator(out, i, " \xc2\xa6 ");
        if (i && (all.at[i].flags & JW_SENTENCE_PARAGRAPH))
            jwi_buffer_print(out, "\xc2\xb6");
        put_text(out, text_of(run, all.at[i].text.start, all.at[i].text.end));
    }
}

static void show_map(const struct run *run, struct buffer *out)
{
    const jw_sentences all = jw_doc_sentences(run->doc);
    for (uint32_t i = 0; i < all.len; i++) {
        const jw_range source =
            jw_doc_map(run->doc, 0, all.at[i].text, JW_UNIT_TEXT, JW_UNIT_SOURCE);
        const jw_range codes =
            jw_doc_map(run->doc, 0, all.at[i].text, JW_UNIT_TEXT, JW_UNIT_CODEPOINT);
        const jw_range utf16 = jw_doc_map(run->doc, 0, all.at[i].text, JW_UNIT_TEXT, JW_UNIT_UTF16);
        put_separator(out, i, " \xc2\xa6 ");
        jwi_buffer_print(out, "source %u-%u code %u-%u utf16 %u-%u", source.start, source.end,
                         codes.start, codes.end, utf16.start, utf16.end);
    }
}

static const char *mark_of(uint16_t kind)
{
    switch (kind) {
    case JW_TOKEN_FORCED:
        return "!";
    case JW_TOKEN_PREFERRED:
        return "?";
    default:
        return "";
    }
}

static void show_pin(const struct run *run, struct buffer *out)
{
    const struct room *room = &run->worker->room;
    for (uint32_t i = 0; i < room->pin_count; i++) {
        const struct room_pin *pin = &room->pins[i];
        put_separator(out, i, " \xc2\xa6 ");
        put_text(out, text_of(run, room->units.at[pin->start], room->units.at[pin->end]));
        jwi_buffer_print(out, "%s", mark_of(pin->kind));
    }
}

static void show_code(const struct run *run, struct buffer *out)
{
    const struct units *units = &run->worker->room.units;
    for (uint32_t i = 0; i < units->len; i++) {
        char code[4];
        const jw_bytes bytes = {code, jwi_utf8_encode(units->code[i], code)};
        put_text(out, bytes);
    }
}

static void show_words(const struct run *run, struct buffer *out, int with_tags)
{
    const jw_tokens all = jw_doc_tokens(run->doc);
    const jw_tags tags = jw_doc_xpos(run->doc);
    for (uint32_t i = 0; i < all.len; i++) {
        put_separator(out, i, " ");
        put_text(out, text_of(run, all.at[i].text.start, all.at[i].text.end));
        if (with_tags)
            jwi_buffer_print(out, "/%s",
                             i < tags.len ? jw_model_label(run->model, JW_LABELS_XPOS, tags.at[i])
                                          : "_");
    }
}

static void show_seg(const struct run *run, struct buffer *out)
{
    show_words(run, out, 0);
}

static void show_pos(const struct run *run, struct buffer *out)
{
    show_words(run, out, 1);
}

static void show_error(const struct run *run, struct buffer *out)
{
    if (run->error.status != JW_OK)
        jwi_buffer_print(out, "%d at %llu: %s", (int)run->error.status,
                         (unsigned long long)run->error.at, run->error.message);
}

static const struct layer {
    const char *name;
    uint32_t want;
    void (*show)(const struct run *run, struct buffer *out);
} layers[] = {
    {"sent", JW_LAYER_SENTENCES, show_sent},   {"pin", JW_LAYER_SENTENCES, show_pin},
    {"code", JW_LAYER_SENTENCES, show_code},   {"map", JW_LAYER_SENTENCES, show_map},
    {"seg", JW_LAYER_TOKENS, show_seg},        {"pos", JW_LAYER_POS, show_pos},
    {"error", JW_LAYER_SENTENCES, show_error},
};

static const struct layer *find_layer(const char *line)
{
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        const size_t len = strlen(layers[i].name);
        if (strncmp(line, layers[i].name, len) == 0 && (line[len] == ' ' || !line[len]))
            return &layers[i];
    }
    return NULL;
}

static void add_dict_line(struct run *run, unsigned dict, const char *line)
{
    if (dict < MAX_DICTS)
        jwi_buffer_print(&run->dict_text[dict], "%s\n", line);
}

/* Options of a case: flags, an encoding, bytes in hexadecimal, the title's lines, rows of the dictionaries 1 to 4. */
static int direct(struct run *run, const char *line)
{
    if (strcmp(line, "hans") == 0)
        run->options.flags |= JW_SCRIPT_HANS;
    else if (strcmp(line, "lines") == 0)
        run->options.flags |= JW_LINES;
    else if (strcmp(line, "strict") == 0)
        run->options.flags |= JW_STRICT;
    else if (strcmp(line, "hex") == 0)
        run->is_hex = 1;
    else if (strcmp(line, "announcement") == 0)
        run->source_type = JW_ANNOUNCEMENT;
    else if (strncmp(line, "title ", 6) == 0)
        run->title_len = (uint32_t)strtoul(line + 6, NULL, 10);
    else if (strncmp(line, "max ", 4) == 0)
        run->options.max_bytes = strtoul(line + 4, NULL, 10);
    else if (strncmp(line, "encoding ", 9) == 0)
        run->encoding = line + 9;
    else if (strncmp(line, "dict", 4) == 0 && line[4] >= '1' && line[4] <= '4' && line[5] == ' ')
        add_dict_line(run, (unsigned)(line[4] - '1'), line + 6);
    else
        return 0;
    return 1;
}

static void take_hex(struct run *run)
{
    struct buffer bytes = {0};
    for (size_t i = 0; i + 1 < run->text.len; i++) {
        const char pair[3] = {run->text.at[i], run->text.at[i + 1], 0};
        if (!isxdigit((unsigned char)pair[0]) || !isxdigit((unsigned char)pair[1]))
            continue;
        const char byte = (char)strtoul(pair, NULL, 16);
        jwi_buffer_add(&bytes, &byte, 1);
        i++;
    }
    jwi_buffer_free(&run->text);
    run->text = bytes;
}

static jw_status read_dicts(struct run *run)
{
    for (uint32_t i = 0; i < MAX_DICTS && run->dict_text[i].len; i++) {
        const jw_status status = jw_userdict_read(run->model, jwi_buffer_bytes(&run->dict_text[i]),
                                                  JW_FORCE, &run->dicts[i], &run->error);
        if (status != JW_OK)
            return status;
        run->options.userdict_count = i + 1;
    }
    run->options.userdicts = (const jw_userdict *const *)run->dicts;
    return JW_OK;
}

static jw_status analyse(struct run *run)
{
    jw_status status = read_dicts(run);
    if (status == JW_OK)
        status = jw_worker_new(run->model, &run->options, &run->worker, &run->error);
    if (status == JW_OK)
        status = jw_doc_new(NULL, &run->doc);
    if (status != JW_OK)
        return status;
    const jw_part parts[2] = {
        {{run->text.at, run->title_len}, JW_PART_TITLE, JW_MARK_NONE},
        {{run->text.at + run->title_len, run->text.len - run->title_len}, JW_PART_BODY, JW_MARK_NONE}};
    jw_input input = JW_INPUT_INIT;
    input.parts = run->title_len ? parts : parts + 1;
    input.part_count = run->title_len ? 2 : 1;
    input.encoding = run->encoding;
    input.meta.source_type = run->source_type;
    status = jw_worker_load(run->worker, &input, run->doc, &run->error);
    return status == JW_OK ? jw_worker_resume(run->worker, run->doc, &run->error) : status;
}

static void close_run(struct run *run)
{
    jw_doc_free(run->doc);
    jw_worker_free(run->worker);
    for (uint32_t i = 0; i < MAX_DICTS; i++) {
        jw_userdict_unref(run->dicts[i]);
        jwi_buffer_free(&run->dict_text[i]);
    }
    jwi_buffer_free(&run->text);
}

/* Prints what is wrong with one layer; true when nothing is. */
static int check_layer(const struct run *run, const char *line)
{
    const struct layer *layer = find_layer(line);
    if (!layer) {
        printf("# no such layer: %s\n", line);
        return 0;
    }
    const char *wanted = line + strlen(layer->name);
    wanted += strspn(wanted, " ");
    struct buffer found = {0};
    layer->show(run, &found);
    jwi_buffer_add(&found, "", 1);
    const int is_same = strcmp(found.at, wanted) == 0;
    if (!is_same)
        printf("# %s wanted: %s\n# %s found:  %s\n", layer->name, wanted, layer->name, found.at);
    jwi_buffer_free(&found);
    return is_same;
}

struct lines {
    char *at[MAX_LINES];
    int count;
};

/* Lines of one case: title, directives and text, "--", layers. */
static int run_case(jw_model *model, const struct lines *lines)
{
    struct run run;
    memset(&run, 0, sizeof run);
    const jw_options options = JW_OPTIONS_INIT;
    run.model = model;
    run.options = options;
    run.options.want = 0;
    int at = 1, is_fine = 1;
    for (; at < lines->count && lines->at[at][0] == '@'; at++)
        if (!direct(&run, lines->at[at] + 1))
            is_fine = 0;
    for (int first = at; at < lines->count && strcmp(lines->at[at], "--") != 0; at++)
        jwi_buffer_print(&run.text, "%s%s", at > first ? "\n" : "", lines->at[at]);
    for (int i = at + 1; i < lines->count; i++)
        if (find_layer(lines->at[i]))
            run.options.want |= find_layer(lines->at[i])->want;
    if (run.is_hex)
        take_hex(&run);
    if (run.title_len > run.text.len)
        run.title_len = (uint32_t)run.text.len;
    if (analyse(&run) != JW_OK &&
        (at + 1 >= lines->count || strncmp(lines->at[at + 1], "error", 5) != 0)) {
        printf("# %s\n", run.error.message);
        is_fine = 0;
    } else
        for (int i = at + 1; i < lines->count; i++)
            is_fine &= check_layer(&run, lines->at[i]);
    close_run(&run);
    return is_fine && at < lines->count;
}

static void end_case(jw_model *model, struct lines *lines)
{
    while (lines->count && !lines->at[lines->count - 1][0])
        free(lines->at[--lines->count]);
    if (lines->count) {
        const int is_fine = run_case(model, lines);
        failures += !is_fine;
        printf("%sok %d - %s\n", is_fine ? "" : "not ", ++cases, lines->at[0] + 3);
    }
    while (lines->count)
        free(lines->at[--lines->count]);
}

static int run_file(jw_model *model, const char *path)
{
    static char line[MAX_LINE];
    struct lines lines = {{NULL}, 0};
    FILE *file = fopen(path, "rb");
    if (!file) {
        printf("Bail out! %s: %s\n", path, strerror(errno));
        return 0;
    }
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        if (strncmp(line, "== ", 3) == 0)
            end_case(model, &lines);
        else if (!lines.count)
            continue;
        if (lines.count < MAX_LINES)
            lines.at[lines.count++] = strdup(line);
    }
    end_case(model, &lines);
    fclose(file);
    return 1;
}

int main(int argc, char **argv)
{
    jw_model *model;
    jw_error error;
    if (argc < 3 || jw_model_open(argv[1], NULL, &model, &error) != JW_OK) {
        printf("Bail out! %s\n", argc < 3 ? "usage: golden MODEL CASE-FILE..." : error.message);
        return 2;
    }
    for (int i = 2; i < argc; i++)
        if (!run_file(model, argv[i]))
            return 2;
    printf("1..%d\n", cases);
    jw_model_unref(model);
    return failures != 0;
}
