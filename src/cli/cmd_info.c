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

/* One line of META. */
struct meta_line {
    jw_bytes key, value;
};

static int next_meta(jw_bytes *rest, struct meta_line *ret)
{
    const char *const end = rest->len > 0 ? memchr(rest->at, '\n', rest->len) : NULL;
    const char *const equals = end ? memchr(rest->at, '=', (size_t)(end - rest->at)) : NULL;
    if (!equals)
        return 0;
    ret->key = bytes_from(rest->at, (size_t)(equals - rest->at));
    ret->value = bytes_from(equals + 1, (size_t)(end - equals) - 1);
    *rest = bytes_from(end + 1, rest->len - (size_t)(end - rest->at) - 1);
    return 1;
}

static int is_source(jw_bytes key)
{
    static const char prefix[] = "source:";
    return key.len > sizeof prefix - 1 && memcmp(key.at, prefix, sizeof prefix - 1) == 0;
}

/* Sources that have this licence, the first word of their value. */
static uint64_t count_licence(const jw_model *model, jw_bytes licence)
{
    jw_bytes rest = jw_model_meta(model, "");
    struct meta_line line;
    uint64_t count = 0;
    while (next_meta(&rest, &line))
        count += is_source(line.key) && line.value.len > licence.len &&
                 line.value.at[licence.len] == ' ' &&
                 memcmp(line.value.at, licence.at, licence.len) == 0;
    return count;
}

static jw_bytes first_word(jw_bytes text)
{
    const char *blank = memchr(text.at, ' ', text.len);
    return bytes_from(text.at, blank ? (size_t)(blank - text.at) : text.len);
}

/* `Apache-2.0 31, MIT 5, ...` in the order of first use. */
static void put_licences(const jw_model *model, struct buffer *out)
{
    jw_bytes rest = jw_model_meta(model, "");
    struct meta_line line;
    struct buffer seen = {NULL, 0, 0};
    const char *comma = "";
    cli_buffer_text(out, "sources   ");
    while (next_meta(&rest, &line)) {
        const jw_bytes licence = is_source(line.key) ? first_word(line.value) : bytes_from(NULL, 0);
        struct buffer marked = {NULL, 0, 0};
        cli_buffer_text(&marked, " ");
        cli_buffer_put(&marked, licence.at, licence.len);
        cli_buffer_put(&marked, " ", 2);
        cli_buffer_put(&seen, "", 1);
        seen.len--;
        if (licence.len > 0 && !strstr(seen.at, marked.at)) {
            cli_buffer_put(&seen, marked.at, marked.len - 1);
            cli_buffer_text(out, comma);
            cli_buffer_put(out, licence.at, licence.len);
            cli_buffer_text(out, " ");
            cli_buffer_uint(out, count_licence(model, licence));
            comma = ", ";
        }
        cli_buffer_free(&marked);
    }
    cli_buffer_text(out, "\n");
    cli_buffer_free(&seen);
}

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
    } sets[] = {{"upos    ", JW_LABELS_UPOS},
                {"xpos    ", JW_LABELS_XPOS},
                {"dep     ", JW_LABELS_DEP},
                {"mention ", JW_LABELS_MENTION}};
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
    jw_bytes rest = jw_model_meta(model, "");
    struct meta_line line;
    while (next_meta(&rest, &line)) {
        if (is_source(line.key))
            continue;
        cli_buffer_put(out, line.key.at, line.key.len);
        cli_buffer_put(out, "          ", line.key.len < 9 ? 10 - line.key.len : 1);
        cli_buffer_put(out, line.value.at, line.value.len);
        cli_buffer_text(out, "\n");
    }
    put_licences(model, out);
    put_labels_text(model, out);
    put_sections_text(model, out);
}

static void put_json(const jw_model *model, struct buffer *out)
{
    jw_bytes rest = jw_model_meta(model, "");
    struct meta_line line;
    jw_section section;
    char hex[16];
    cli_buffer_text(out, "{");
    while (next_meta(&rest, &line)) {
        cli_buffer_json(out, line.key.at, line.key.len);
        cli_buffer_text(out, ":");
        cli_buffer_json(out, line.value.at, line.value.len);
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

static enum exit_code read_arguments(struct request *request, int argc, char **argv,
                                     struct console *console, int *ret_done)
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
        } else if ((strcmp(argument, "-m") == 0 || strcmp(argument, "--model") == 0) &&
                   i + 1 < argc) {
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

static enum exit_code print_info(const jw_model *model, const struct request *request,
                                 struct console *console)
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
