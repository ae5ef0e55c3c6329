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

/* A bare list is a wish for whole words: its level is force. */
static enum exit_code read_dicts(struct plant *plant, struct console *console)
{
    const struct name_list *const names = &plant->options->userdicts;
    plant->dicts = cli_new(names->len + 1, sizeof(jw_userdict *));
    plant->dict_bytes = cli_new(names->len + 1, sizeof *plant->dict_bytes);
    for (uint32_t i = 0; i < names->len; i++) {
        struct buffer *const bytes = &plant->dict_bytes[i];
        const int failure = read_whole(names->at[i], bytes);
        jw_error error;
        if (failure) {
            SAY_ERROR(console, "%s: %s", names->at[i], strerror(failure));
            return EXIT_INPUT;
        }
        if (jw_userdict_read(plant->model, buffer_bytes(bytes), JW_FORCE, &plant->dicts[i],
                             &error) == JW_OK)
            continue;
        const struct spot spot = {names->at[i], line_of(bytes, error.at)};
        cli_say(console, &spot, "error", "%s", error.message);
        return error.status == JW_EMEMORY ? EXIT_LIMIT : EXIT_INPUT;
    }
    return EXIT_DONE;
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
    static const uint32_t drops[] = {JW_LAYER_ARCS, JW_LAYER_MENTIONS, JW_LAYER_ENTITIES,
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
        code = settle_want(plant, options, console);
    if (code == EXIT_DONE)
        cli_run_id_make(&plant->run_id, plant->model, plant->dict_bytes, options);
    return code;
}

void cli_plant_close(struct plant *plant)
{
    for (uint32_t i = 0; plant->dicts && i < plant->options->userdicts.len; i++) {
        jw_userdict_unref(plant->dicts[i]);
        cli_buffer_free(&plant->dict_bytes[i]);
    }
    free(plant->dicts);
    free(plant->dict_bytes);
    jw_model_unref(plant->model);
}
