/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen version: the release, or the hashes behind `run` for a model, dictionaries and options. */
#include <stdio.h>
#include <string.h>

#include "cli/help.h"
#include "cli/plant.h"

static enum exit_code print_json(int argc, char **argv, struct console *console)
{
    struct options options;
    struct plant plant;
    int is_done;
    memset(&plant, 0, sizeof plant);
    options.verb = VERB_ANNOTATE;
    enum exit_code code = cli_options_read(&options, argc, argv, console, &is_done);
    if (code == EXIT_DONE && !is_done)
        code = cli_plant_open(&plant, &options, console);
    if (code == EXIT_DONE && !is_done) {
        struct buffer out = {NULL, 0, 0};
        cli_buffer_text(&out, "{\"schema\":\"jinwen/1\",\"version\":");
        cli_buffer_json(&out, help_version_line + 7, strlen(help_version_line) - 8);
        cli_buffer_text(&out, ",");
        cli_run_id_put(&plant.run_id, &out);
        cli_buffer_text(&out, "}\n");
        fwrite(out.at, 1, out.len, stdout);
        cli_buffer_free(&out);
    }
    cli_plant_close(&plant);
    cli_options_free(&options);
    return code;
}

int cli_version(int argc, char **argv)
{
    struct console console;
    int others = 0, as_json = 0;
    cli_console_init(&console);
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(help_version, stdout);
            return EXIT_DONE;
        }
        if (strcmp(argv[i], "--json") == 0)
            as_json = 1;
        else
            argv[others++] = argv[i];
    }
    if (as_json)
        return (int)print_json(others, argv, &console);
    if (others > 0) {
        SAY_ERROR(&console, "unknown option '%s'", argv[0]);
        return EXIT_USAGE;
    }
    fputs(help_version_line, stdout);
    return EXIT_DONE;
}
