/* SPDX-License-Identifier: Apache-2.0 */
/* See plant.h. */
#include "cli/plant.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/model_file.h"

static int read_whole(const char *path, struct buffer *ret)
{
    enum { BLOCK = 64 << 10 };
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : 1;
    while (n > 0) {
        n = read(fd, cli_buffer_room(ret, BLOCK), BLOCK);
        ret->len += n > 0 ? (size_t)n : 0;
    }
    const int failure = n < 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    return failure;
}

static uint64_t line_of(const struct buffer *text, uint64_t byte)
{
    uint64_t line = 1;
    for (uint64_t i = 0; i < byte && i < text->len; i++)
        line += text->at[i] == '\n';
    return line;
}

/* A list of entities states their types, so its first line names the columns. */
static int names_types(const struct buffer *text)
{
    static const char column[] = "type";
    const size_t n = sizeof column - 1;
    const char *newline = text->len ? memchr(text->at, '\n', text->len) : NULL;
    const size_t len = newline ? (size_t)(newline - text->at) : text->len;
    for (size_t i = 0; i + n <= len; i++)
        if (memcmp(text->at + i, column, n) == 0 && (i == 0 || text->at[i - 1] == '\t') &&
            (i + n == len || text->at[i + n] == '\t' || text->at[i + n] == '\r'))
            return 1;
    return 0;
}

static enum exit_code read_dict(struct plant *plant, struct console *console, const char *path,
                                uint32_t at, jw_level level)
{
    struct buffer *const bytes = &plant->dict_bytes[at];
    const int failure = read_whole(path, bytes);
    jw_error error;
    if (failure) {
        SAY_ERROR(console, "%s: %s", path, strerror(failure));
        return EXIT_INPUT;
    }
    if (level == JW_PREFER && !names_types(bytes)) {
        SAY_ERROR(console, "%s: the first line names no column 'type'", path);
        return EXIT_INPUT;
    }
    if (jw_userdict_read(plant->model, buffer_bytes(bytes), level, &plant->dicts[at], &error) ==
        JW_OK)
        return EXIT_DONE;
    const struct spot spot = {path, line_of(bytes, error.at)};
    cli_say(console, &spot, "error", "%s", error.message);
    return error.status == JW_EMEMORY ? EXIT_LIMIT : EXIT_INPUT;
}

/* A bare list is a wish for whole words: its level is force.  A list of entities yields to context unless a row says otherwise. */
static enum exit_code read_dicts(struct plant *plant, struct console *console)
{
    const struct name_list *const words = &plant->options->userdicts,
                                  *const entities = &plant->options->entities;
    const uint32_t count = words->len + entities->len;
    jw_error error;
    plant->dicts = cli_new(count + 1, sizeof(jw_userdict *));
    plant->dict_bytes = cli_new(count + 1, sizeof *plant->dict_bytes);
    for (uint32_t i = 0; i < count; i++) {
        const int is_word = i < words->len;
        const enum exit_code failed =
            read_dict(plant, console, is_word ? words->at[i] : entities->at[i - words->len], i,
                      is_word ? JW_FORCE : JW_PREFER);
        if (failed != EXIT_DONE)
            return failed;
    }
    if (plant->options->verb == VERB_FAIRNESS && /* the last, for the twin alone */
        jw_userdict_read(plant->model, bytes_from(fair_names, strlen(fair_names)), JW_FORCE, &plant->dicts[count], &error) != JW_OK) {
        SAY_ERROR(console, "names: %s", error.message);
        return error.status == JW_EMEMORY ? EXIT_LIMIT : EXIT_MODEL;
    }
    return EXIT_DONE;
}

static enum exit_code read_calendar(struct plant *plant, struct console *console)
{
    const char *const path = plant->options->calendar;
    struct buffer *const bytes = &plant->calendar_bytes;
    const int failure = path ? read_whole(path, bytes) : 0;
    jw_error error;
    if (failure) {
        SAY_ERROR(console, "%s: %s", path, strerror(failure));
        return EXIT_INPUT;
    }
    if (!path && jw_calendar_of_model(plant->model, NULL, &plant->calendar, &error) != JW_OK) {
        SAY_ERROR(console, "model: %s", error.message);
        return error.status == JW_EMEMORY ? EXIT_LIMIT : EXIT_MODEL;
    }
    if (!path || jw_calendar_read(buffer_bytes(bytes), NULL, &plant->calendar, &error) == JW_OK)
        return EXIT_DONE;
    const struct spot spot = {path, line_of(bytes, error.at)};
    cli_say(console, &spot, "error", "%s", error.message);
    return error.status == JW_EMEMORY ? EXIT_LIMIT : EXIT_INPUT;
}

static jw_status try_want(struct plant *plant, uint32_t want, jw_error *error)
{
    jw_worker *worker = NULL;
    jw_options options = JW_OPTIONS_INIT;
    options.want = want;
    const jw_status status = jw_worker_new(plant->model, &options, &worker, error);
    jw_worker_free(worker);
    return status;
}

/* Layers nobody named are left out, the dearest first, when the model has no section for them. */
static enum exit_code settle_want(struct plant *plant, struct options *options,
                                  struct console *console)
{
    static const uint32_t drops[] = {JW_LAYER_SCORES | JW_LAYER_EVIDENCE, JW_LAYER_EVENTS,
                                     JW_LAYER_RELATIONS, JW_LAYER_ARCS,
                                     JW_LAYER_MENTIONS, JW_LAYER_ENTITIES,
                                     JW_LAYER_VALUES, JW_LAYER_POS};
    jw_error error;
    jw_status status = try_want(plant, options->want_computed, &error);
    for (size_t i = 0;
         i < sizeof drops / sizeof *drops && status != JW_OK && options->wants_default; i++) {
        const int helps =
            try_want(plant, JW_LAYER_SENTENCES | JW_LAYER_TOKENS | drops[i], &error) != JW_OK;
        options->want_computed &= helps ? ~drops[i] : UINT32_MAX;
        options->want_shown &= helps ? ~drops[i] : UINT32_MAX;
        status = try_want(plant, options->want_computed, &error);
    }
    plant->want = options->want_computed;
    if (status == JW_OK)
        return EXIT_DONE;
    SAY_ERROR(console, "model: %s", error.message);
    return status == JW_EMEMORY ? EXIT_LIMIT : EXIT_MODEL;
}

enum exit_code cli_plant_open(struct plant *plant, struct options *options, struct console *console)
{
    memset(plant, 0, sizeof *plant);
    plant->options = options;
    plant->to = options->to;
    plant->model = cli_model_open(options->model, console);
    if (!plant->model)
        return EXIT_MODEL;
    enum exit_code code = read_dicts(plant, console);
    if (code == EXIT_DONE)
        code = read_calendar(plant, console);
    if (code == EXIT_DONE)
        code = settle_want(plant, options, console);
    if (code == EXIT_DONE)
        cli_run_id_make(&plant->run_id, plant->model, plant->dict_bytes, &plant->calendar_bytes,
                        options);
    return code;
}

void cli_plant_close(struct plant *plant)
{
    jw_calendar_free(plant->calendar);
    cli_buffer_free(&plant->calendar_bytes);
    for (uint32_t i = 0; plant->dicts && i < plant->options->userdicts.len + plant->options->entities.len; i++) {
        jw_userdict_unref(plant->dicts[i]);
        cli_buffer_free(&plant->dict_bytes[i]);
    }
    if (plant->dicts && plant->options->verb == VERB_FAIRNESS)
        jw_userdict_unref(plant->dicts[plant->options->userdicts.len + plant->options->entities.len]);
    free(plant->dicts);
    free(plant->dict_bytes);
    jw_model_unref(plant->model);
}
