/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen info: what a model file is, and whether it is whole. */
#include <stdio.h>
#include <string.h>

#include "cli/digest.h"
#include "cli/help.h"
#include "cli/model_file.h"
#include "cli/output.h"

struct request {
    const char *model;
    int verifies, as_json;
};

static const char *const meta_keys[] = {"build", "licence", "sources", "scores", "recipe"};

static void put_sections_text(const jw_model *model, struct buffer *out)
{
    jw_section section;
    char hex[16];
    for (uint32_t i = 0; jw_model_section(model, i, &section); i++) {
        cli_digest_hex(section.checksum, hex);
        cli_buffer_text(out, i == 0 ? "sections" : "        ");
        cli_buffer_text(out, "  ");
        cli_buffer_put(out, section.tag, 4);
        cli_buffer_text(out, "  ");
        cli_buffer_put(out, hex, sizeof hex);
        cli_buffer_text(out, "  ");
        cli_buffer_uint(out, section.size);
        cli_buffer_text(out, "\n");
    }
}

static void put_labels_text(const jw_model *model, struct buffer *out)
{
    static const struct {
        const char *name;
        jw_labels set;
    } sets[] = {{"upos    ", JW_LABELS_UPOS}, {"xpos    ", JW_LABELS_XPOS}, {"dep     ", JW_LABELS_DEP}, {"mention ", JW_LABELS_MENTION}};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        const char *label;
        cli_buffer_text(out, sets[i].name);
        for (uint32_t id = 0; (label = jw_model_label(model, sets[i].set, id)) != NULL; id++) {
            cli_buffer_text(out, " ");
            cli_buffer_text(out, label);
        }
        cli_buffer_text(out, "\n");
    }
}

static void put_text(const jw_model *model, struct buffer *out)
{
    for (size_t i = 0; i < sizeof meta_keys / sizeof *meta_keys; i++) {
        const jw_bytes value = jw_model_meta(model, meta_keys[i]);
        if (value.len == 0)
            continue;
        cli_buffer_text(out, meta_keys[i]);
        cli_buffer_put(out, "          ", 10 - strlen(meta_keys[i]));
        cli_buffer_put(out, value.at, value.len);
        cli_buffer_text(out, "\n");
    }
    put_labels_text(model, out);
    put_sections_text(model, out);
}

static void put_json(const jw_model *model, struct buffer *out)
{
    jw_section section;
    char hex[16];
    cli_buffer_text(out, "{");
    for (size_t i = 0; i < sizeof meta_keys / sizeof *meta_keys; i++) {
        const jw_bytes value = jw_model_meta(model, meta_keys[i]);
        cli_buffer_json(out, meta_keys[i], strlen(meta_keys[i]));
        cli_buffer_text(out, ":");
        cli_buffer_json(out, value.len > 0 ? value.at : NULL, value.len);
        cli_buffer_text(out, ",");
    }
    cli_buffer_text(out, "\"sections\":[");
    for (uint32_t i = 0; jw_model_section(model, i, &section); i++) {
        cli_digest_hex(section.checksum, hex);
        cli_buffer_text(out, i == 0 ? "{\"tag\":" : ",{\"tag\":");
        cli_buffer_json(out, section.tag, 4);
        cli_buffer_text(out, ",\"size\":");
        cli_buffer_uint(out, section.size);
        cli_buffer_text(out, ",\"checksum\":");
        cli_buffer_json(out, hex, sizeof hex);
        cli_buffer_text(out, "}");
    }
    cli_buffer_text(out, "]}\n");
}

static enum exit_code read_arguments(struct request *request, int argc, char **argv, struct console *console, int *ret_done)
{
    for (int i = 0; i < argc; i++) {
        const char *const argument = argv[i];
        if (strcmp(argument, "--help") == 0) {
            fputs(help_info, stdout);
            *ret_done = 1;
        } else if (strcmp(argument, "--version") == 0) {
            fputs(help_version_line, stdout);
            *ret_done = 1;
        } else if (strcmp(argument, "--verify") == 0) {
            request->verifies = 1;
        } else if (strcmp(argument, "--json") == 0) {
            request->as_json = 1;
        } else if ((strcmp(argument, "-m") == 0 || strcmp(argument, "--model") == 0) && i + 1 < argc) {
            request->model = argv[++i];
        } else if (strncmp(argument, "--model=", 8) == 0) {
            request->model = argument + 8;
        } else if (argument[0] != '-' && !request->model) {
            request->model = argument;
        } else {
            SAY_ERROR(console, "unknown option '%s'", argument);
            return EXIT_USAGE;
        }
    }
    return EXIT_DONE;
}

static enum exit_code print_info(const jw_model *model, const struct request *request, struct console *console)
{
    struct buffer out = {NULL, 0, 0};
    struct output standard;
    jw_error error;
    (request->as_json ? put_json : put_text)(model, &out);
    int failure = cli_output_open(&standard, NULL);
    if (!failure)
        failure = cli_output_put(&standard, out.at, out.len);
    if (!failure)
        failure = cli_output_close(&standard, 1);
    cli_buffer_free(&out);
    if (failure) {
        SAY_ERROR(console, "standard output: %s", strerror(failure));
        return EXIT_INPUT;
    }
    if (!request->verifies)
        return EXIT_DONE;
    if (jw_model_verify(model, &error) != JW_OK) {
        SAY_ERROR(console, "%s", error.message);
        return EXIT_DIFFERENCE;
    }
    SAY_INFO(console, "every section is whole");
    return EXIT_DONE;
}

int cli_info(int argc, char **argv)
{
    struct request request = {NULL, 0, 0};
    struct console console;
    int is_done = 0;
    cli_console_init(&console);
    enum exit_code code = read_arguments(&request, argc, argv, &console, &is_done);
    if (code != EXIT_DONE || is_done)
        return (int)code;
    jw_model *model = cli_model_open(request.model, &console);
    if (!model)
        return EXIT_MODEL;
    code = print_info(model, &request, &console);
    jw_model_unref(model);
    return (int)code;
}
