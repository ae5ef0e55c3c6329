/* SPDX-License-Identifier: Apache-2.0 */
/* See run_id.h.  The model is known by the checksums of its sections, so hashing it costs nothing. */
#include "cli/run_id.h"

#include "cli/digest.h"

static void seal(struct buffer *text, char ret[16])
{
    cli_digest_hex(cli_digest(buffer_bytes(text)), ret);
    text->len = 0;
}

static void put_field(struct buffer *text, const char *value)
{
    cli_buffer_text(text, value);
    cli_buffer_text(text, DIGEST_JOINT);
}

static void put_number(struct buffer *text, uint64_t value)
{
    cli_buffer_uint(text, value);
    cli_buffer_text(text, DIGEST_JOINT);
}

static void put_model(struct buffer *text, const jw_model *model)
{
    jw_section section;
    for (uint32_t i = 0; jw_model_section(model, i, &section); i++) {
        put_field(text, section.tag);
        put_number(text, section.checksum);
    }
}

static void put_options(struct buffer *text, const struct options *options)
{
    put_number(text, options->want_shown);
    put_number(text, options->want_computed);
    put_number(text, (uint64_t)options->is_hans);
    put_number(text, (uint64_t)options->repairs);
    put_number(text, options->max_sentence);
    put_number(text, options->max_entities);
    put_number(text, options->candidates);
    put_number(text, options->max_chars);
    put_number(text, (uint64_t)options->offsets);
    put_number(text, (uint64_t)options->uses_published);
    put_number(text, options->delay_seconds);
    put_number(text, options->deadline_ms);
}

void cli_run_id_make(struct run_id *run_id, const jw_model *model, const struct buffer *dicts, const struct buffer *calendar,
                     const struct options *options)
{
    char whole[16];
    struct buffer text = {NULL, 0, 0};
    put_number(&text, jw_version());
    seal(&text, run_id->build);
    put_model(&text, model);
    seal(&text, run_id->model);
    put_number(&text, options->entities.len);
    for (uint32_t i = 0; i < options->userdicts.len + options->entities.len; i++) {
        put_number(&text, dicts[i].len);
        cli_buffer_put(&text, dicts[i].at, dicts[i].len);
    }
    seal(&text, run_id->lexicon);
    put_options(&text, options);
    cli_buffer_put(&text, calendar->at, calendar->len);
    seal(&text, run_id->options);
    const char *const parts[] = {run_id->build, run_id->model, run_id->lexicon, run_id->options};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        cli_buffer_put(&text, parts[i], 16);
        cli_buffer_text(&text, DIGEST_JOINT);
    }
    seal(&text, whole);
    for (size_t i = 0; i < sizeof run_id->run; i++)
        run_id->run[i] = whole[i];
    cli_buffer_free(&text);
}

void cli_run_id_put(const struct run_id *run_id, struct buffer *out)
{
    const struct {
        const char *name;
        const char *hex;
        size_t len;
    } members[] = {{"\"build\":", run_id->build, 16},
                   {",\"model\":", run_id->model, 16},
                   {",\"lexicon\":", run_id->lexicon, 16},
                   {",\"options\":", run_id->options, 16},
                   {",\"run\":", run_id->run, 8}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        cli_buffer_text(out, members[i].name);
        cli_buffer_json(out, members[i].hex, members[i].len);
    }
}
