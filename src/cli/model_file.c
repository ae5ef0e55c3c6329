/* SPDX-License-Identifier: Apache-2.0 */
/* The program's own folder comes first, so that a build and an installation that was moved find their own model. */
#include "cli/model_file.h"

#include <string.h>
#include <unistd.h>

/* Where the build puts it, seen from the program; where an installation does. */
static const char *const beside[] = {"/../../tools/train/jinwen.model",
                                     "/../share/jinwen/jinwen.model"};

/* False when there is no such file. */
static int path_beside(const char *place, struct buffer *ret)
{
    char program[4096];
    const ssize_t n = readlink("/proc/self/exe", program, sizeof program);
    const char *slash = NULL;
    for (ssize_t i = 0; i < n; i++)
        slash = program[i] == '/' ? program + i : slash;
    if (!slash || n == sizeof program)
        return 0;
    ret->len = 0;
    cli_buffer_put(ret, program, (size_t)(slash - program));
    cli_buffer_put(ret, place, strlen(place) + 1);
    return access(ret->at, R_OK) == 0;
}

static void find_model(struct buffer *ret)
{
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        if (path_beside(beside[i], ret))
            return;
    ret->len = 0;
    cli_buffer_put(ret, JW_MODEL_PATH, sizeof JW_MODEL_PATH);
}

/* The library names the file where it could not be read; elsewhere it speaks of its bytes. */
static void say_failure(struct console *console, const char *name, const char *message)
{
    if (strstr(message, name))
        SAY_ERROR(console, "model %s", message);
    else
        SAY_ERROR(console, "model %s: %s", name, message);
}

jw_model *cli_model_open(const char *path, struct console *console)
{
    jw_model *model = NULL;
    jw_error error;
    struct buffer found = {NULL, 0, 0};
    if (!path)
        find_model(&found);
    const char *const name = path ? path : found.at;
    if (jw_model_open(name, NULL, &model, &error) != JW_OK)
        say_failure(console, name, error.message);
    cli_buffer_free(&found);
    return model;
}
