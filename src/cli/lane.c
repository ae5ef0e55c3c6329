/* SPDX-License-Identifier: Apache-2.0 */
/* See lane.h.  Bytes -> decoder -> reader of the format -> worker -> writer; a failure on the way becomes the record's reject. */
#include "cli/lane.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/digest.h"
#include "cli/explain_record.h"
#include "cli/table_set.h"

static jw_options worker_options(const struct plant *plant)
{
    const struct options *const given = plant->options;
    jw_options options = JW_OPTIONS_INIT;
    options.want = plant->want;
    options.flags = given->is_hans ? JW_SCRIPT_HANS : 0;
    options.max_sentence = (uint32_t)given->max_sentence;
    options.budget.micros = 1000 * given->deadline_ms;
    options.max_bytes = (size_t)given->max_record;
    options.max_entities = (uint32_t)given->max_entities;
    options.candidates = (uint32_t)given->candidates;
    options.userdict_count = given->userdicts.len + given->entities.len;
    options.userdicts = (const jw_userdict *const *)plant->dicts;
    return options;
}

/* The decoder only ever loads; a bad byte of a legacy encoding may become the three bytes of U+FFFD. */
static jw_options decoder_options(const struct plant *plant)
{
    jw_options options = JW_OPTIONS_INIT;
    const uint64_t cap = (uint64_t)1 << 30, most = 3 * plant->options->max_record;
    options.want = JW_LAYER_SENTENCES;
    options.flags = plant->options->repairs ? 0 : JW_STRICT;
    options.max_bytes = (size_t)(most < cap ? most : cap);
    return options;
}

jw_status cli_lane_open(struct lane *lane, const struct plant *plant, jw_error *reterr)
{
    memset(lane, 0, sizeof *lane);
    lane->plant = plant;
    cli_record_init(&lane->record, plant->options);
    const jw_options decoding = decoder_options(plant);
    jw_options working = worker_options(plant);
    working.max_bytes = decoding.max_bytes;
    jw_status status = jw_worker_new(plant->model, &decoding, &lane->decoder, reterr);
    if (status == JW_OK)
        status = jw_worker_new(plant->model, &working, &lane->worker, reterr);
    if (status == JW_OK && plant->options->verb == VERB_FAIRNESS) {
        working.userdict_count++;
        status = jw_worker_new(plant->model, &working, &lane->twin_worker, reterr);
        if (status == JW_OK)
            status = jw_doc_new(NULL, &lane->twin);
    }
    if (status == JW_OK)
        status = jw_doc_new(NULL, &lane->line);
    if (status == JW_OK)
        status = jw_doc_new(NULL, &lane->doc);
    return status;
}

void cli_lane_close(struct lane *lane)
{
    jw_doc_free(lane->doc);
    jw_doc_free(lane->line);
    jw_doc_free(lane->twin);
    jw_worker_free(lane->twin_worker);
    cli_swap_free(&lane->swap);
    jw_worker_free(lane->worker);
    jw_worker_free(lane->decoder);
    cli_record_free(&lane->record);
    cli_buffer_free(&lane->scratch);
}

void cli_batch_free(struct batch *batch)
{
    cli_raw_list_free(&batch->raws);
    free(batch->results);
    cli_buffer_free(&batch->out);
    cli_buffer_free(&batch->dead);
    for (uint32_t i = 0; i < TABLE_FILES; i++)
        cli_buffer_free(&batch->tables[i]);
}

static uint64_t now_micros(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* Exhausted memory is the end of the process; a document over its limit is the end of the record. */
static void reject_status(struct lane *lane, jw_status status, const jw_error *error,
                          const char *code)
{
    if (status == JW_EMEMORY)
        cli_die(EXIT_LIMIT, "out of memory");
    if (status == JW_ELIMIT)
        cli_reject(&lane->record, "E_MEMORY", NULL, -1,
                   "the record needs more than the document limit");
    else
        cli_reject(&lane->record, code, NULL, (int64_t)error->at, "%.150s", error->message);
}

/* Bytes as they came to valid UTF-8, borrowed from lane->line; `at` NULL after a reject. */
static jw_bytes decode(struct lane *lane, jw_bytes bytes)
{
    const char *const encoding = lane->plant->options->encoding;
    const jw_part part = {bytes, JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    jw_error error;
    input.parts = &part;
    input.part_count = 1;
    input.encoding = strncmp(encoding, "UTF-", 4) == 0 ? NULL : encoding;
    const jw_status status = jw_worker_load(lane->decoder, &input, lane->line, &error);
    if (status != JW_OK) {
        reject_status(lane, status, &error, "E_ENCODING");
        return bytes_from(NULL, 0);
    }
    const jw_bytes text = jw_doc_text(lane->line);
    return bytes_from(text.at ? text.at : "", text.len);
}

static void update_head(struct lane *lane, const struct raw *raw)
{
    if (!raw->head || lane->record.columns.head == raw->head)
        return;
    const jw_bytes row = decode(lane, buffer_bytes(&raw->head->row));
    cli_record_set_head(&lane->record, raw->head, row, raw->format == INPUT_CSV ? ',' : '\t');
    lane->record.reject.code = NULL; /* of a header that cannot be read: its rows have too many cells */
}

/* Code points of the text, and those of the private use areas among them. */
static void count_chars(jw_bytes text, struct result *result)
{
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.at[i];
        result->chars += (byte & 0xc0) != 0x80;
        if (byte == 0xee || (byte == 0xef && (unsigned char)text.at[i + 1] < 0xa4) ||
            (byte == 0xf3 && (unsigned char)text.at[i + 1] >= 0xb0) || byte == 0xf4)
            result->private_use++;
    }
}

static int is_small_enough(struct lane *lane, const struct result *result)
{
    if (result->chars <= lane->plant->options->max_chars)
        return 1;
    cli_reject(&lane->record, "E_SIZE", NULL, -1, "%llu characters",
               (unsigned long long)result->chars);
    return 0;
}

static int load_parts(struct lane *lane, struct result *result)
{
    struct record *const record = &lane->record;
    jw_input input = JW_INPUT_INIT;
    jw_error error;
    for (uint32_t i = 0; i < record->part_count; i++)
        count_chars(record->parts[i].text, result);
    if (!is_small_enough(lane, result))
        return 0;
    input.parts = record->parts;
    input.part_count = record->part_count;
    input.flags = record->is_markup ? JW_MARKUP : 0;
    input.meta = record->meta;
    const jw_status status = jw_worker_load(lane->worker, &input, lane->doc, &error);
    if (status != JW_OK)
        reject_status(lane, status, &error, "E_ENCODING");
    return status == JW_OK;
}

/* Value of a comment such as `# sent_id = x`; empty when there is none. */
static jw_bytes comment_value(jw_bytes text, const char *name)
{
    const size_t name_len = strlen(name);
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        size_t len = end ? (size_t)(end - text.at) - at : text.len - at;
        const char *line = text.at + at;
        at += len + 1;
        if (len < name_len || memcmp(line, name, name_len) != 0)
            continue;
        for (line += name_len, len -= name_len;
             len > 0 && (line[len - 1] == '\r' || line[len - 1] == ' '); len--) {
        }
        return bytes_from(line, len);
    }
    return bytes_from(NULL, 0);
}

/* The library counts lines with the name that was added; the offset says the place. */
static void drop_line_number(jw_error *error)
{
    const char *const colon =
        strncmp(error->message, "line ", 5) == 0 ? strstr(error->message, ": ") : NULL;
    if (colon)
        memmove(error->message, colon + 2, strlen(colon + 2) + 1);
}

/* A document without a name takes that of its first sentence, or the hash of its text. */
static int load_conllu(struct lane *lane, jw_bytes text, struct result *result)
{
    struct buffer *const named = &lane->scratch;
    char hash[17] = "h";
    jw_error error;
    jw_bytes id = comment_value(text, "# newdoc id = ");
    named->len = 0;
    if (id.len == 0) {
        id = comment_value(text, "# sent_id = ");
        cli_digest_hex(cli_digest(text), hash + 1);
        if (id.len == 0)
            id = bytes_from(hash, sizeof hash);
        cli_buffer_text(named, "# newdoc id = ");
        cli_buffer_put(named, id.at, id.len);
        cli_buffer_text(named, "\n");
    }
    cli_buffer_put(named, text.at, text.len);
    cli_buffer_text(named, "\n\n");
    const jw_status status =
        jw_worker_load_conllu(lane->worker, buffer_bytes(named), lane->doc, &error);
    if (status != JW_OK) {
        const size_t added = named->len - text.len - 2;
        error.at = error.at > added ? error.at - added : 0; /* back to the record's own bytes */
        drop_line_number(&error);
        reject_status(lane, status, &error, "E_LAYER");
        return 0;
    }
    count_chars(jw_doc_text(lane->doc), result);
    return is_small_enough(lane, result);
}

static int load(struct lane *lane, const struct raw *raw, jw_bytes text, struct result *result)
{
    if (raw->format == INPUT_CONLLU)
        return load_conllu(lane, text, result);
    cli_record_read(&lane->record, raw->format, text, raw->file);
    return lane->record.reject.code == NULL && load_parts(lane, result);
}

static int put_out(void *ctx, const char *at, size_t len)
{
    cli_buffer_put(ctx, at, len);
    return 0;
}

static jw_write_options write_options(const struct plant *plant)
{
    const struct options *const given = plant->options;
    jw_write_options options = JW_WRITE_INIT;
    options.layers = given->want_shown;
    options.flags =
        (given->echoes ? JW_WRITE_ECHO : 0) | (given->uses_published ? JW_WRITE_PUBLISHED : 0);
    options.offsets = given->offsets;
    options.run = bytes_from(plant->run_id.run, sizeof plant->run_id.run);
    options.delay = (int64_t)given->delay_seconds * 1000;
    options.table = given->table;
    options.calendar = plant->calendar;
    options.sentences = (uint32_t)given->sentences;
    if (given->fields)
        options.fields = bytes_from(given->fields, strlen(given->fields));
    return options;
}

static void write_doc(struct lane *lane, struct buffer *out)
{
    if (lane->stored.at) {
        cli_explain_record(lane->stored, out);
        return;
    }
    jw_write_options options = write_options(lane->plant);
    const jw_sink sink = {put_out, out};
    options.flags |= jw_doc_repaired(lane->line) > 0 ? JW_WRITE_REPAIRED : 0;
    options.lang = lane->record.lang;
    options.keep = buffer_bytes(&lane->record.keep);
    (void)jw_write(lane->doc, lane->plant->to, &options, sink, NULL); /* the sink never stops */
}

/* The record once more with other names; a record without names is its own twin. */
static void write_swap(struct lane *lane, struct result *result, struct buffer *out)
{
    jw_input input = JW_INPUT_INIT;
    jw_error error;
    if (!cli_swap_make(&lane->swap, lane->doc))
        return;
    input.parts = lane->swap.parts;
    input.part_count = lane->swap.part_count;
    input.meta = lane->record.meta;
    jw_status status = jw_worker_load(lane->twin_worker, &input, lane->twin, &error);
    if (status == JW_OK)
        status = jw_worker_resume(lane->twin_worker, lane->twin, &error);
    if (status == JW_EMEMORY)
        cli_die(EXIT_LIMIT, "out of memory");
    if (status == JW_OK) /* else longer names passed the document limit */
        result->differences = cli_swap_compare(&lane->swap, lane->doc, lane->twin, out);
}

void cli_lane_table(struct lane *lane, uint32_t table, struct buffer *out)
{
    jw_write_options options = write_options(lane->plant);
    const jw_sink sink = {put_out, out};
    options.lang = lane->record.lang;
    options.table = table + 1;
    (void)jw_write(lane->doc, JW_CSV, &options, sink, NULL); /* the sink never stops */
}

void cli_table_head(const struct plant *plant, uint32_t table, struct buffer *out)
{
    jw_write_options options = write_options(plant);
    const jw_sink sink = {put_out, out};
    options.table = table + 1;
    if (plant->options->has_mark)
        cli_buffer_text(out, "\xef\xbb\xbf");
    (void)jw_write_header(JW_CSV, &options, sink, NULL);
}

void cli_plant_head(const struct plant *plant, struct buffer *out)
{
    const jw_write_options options = write_options(plant);
    const jw_sink sink = {put_out, out};
    if (plant->options->has_mark)
        cli_buffer_text(out, "\xef\xbb\xbf");
    (void)jw_write_header(plant->to, &options, sink, NULL);
}

static void put_offset(struct buffer *out, int64_t offset)
{
    if (offset < 0)
        cli_buffer_text(out, "null");
    else
        cli_buffer_uint(out, (uint64_t)offset);
}

static void put_reject_json(struct lane *lane, struct buffer *out)
{
    const struct record *const record = &lane->record;
    const struct reject *const reject = &record->reject;
    cli_buffer_text(out, "{\"schema\":\"jinwen/1\",\"run\":");
    cli_buffer_json(out, lane->plant->run_id.run, sizeof lane->plant->run_id.run);
    cli_buffer_text(out, ",\"id\":");
    cli_buffer_json(out, record->meta.id.len > 0 ? record->meta.id.at : NULL, record->meta.id.len);
    cli_buffer_text(out, ",\"error\":{\"code\":");
    cli_buffer_json(out, reject->code, strlen(reject->code));
    cli_buffer_text(out, ",\"field\":");
    cli_buffer_json(out, reject->field, reject->field ? strlen(reject->field) : 0);
    cli_buffer_text(out, ",\"offset\":");
    put_offset(out, reject->offset);
    cli_buffer_text(out, ",\"message\":");
    cli_buffer_json(out, reject->message, strlen(reject->message));
    cli_buffer_text(out, "}}\n");
}

static void put_reject_conllu(struct lane *lane, struct buffer *out)
{
    const struct record *const record = &lane->record;
    cli_buffer_text(out, record->meta.id.len > 0 ? "# newdoc id = " : "# newdoc");
    cli_buffer_put(out, record->meta.id.at, record->meta.id.len);
    cli_buffer_text(out, "\n# jinwen_error = ");
    cli_buffer_text(out, record->reject.code);
    if (record->reject.offset >= 0) {
        cli_buffer_text(out, " ");
        cli_buffer_uint(out, (uint64_t)record->reject.offset);
    }
    cli_buffer_text(out, "\n\n");
}

/* A table has no row for a bad record: its rows all have the same columns. */
static void put_reject_other(struct lane *lane, struct buffer *out)
{
    if (lane->plant->to != JW_HTML && lane->plant->to != JW_BRAT)
        return;
    const int is_html = lane->plant->to == JW_HTML;
    cli_buffer_text(out, is_html ? "<!-- jinwen_error " : "# jinwen_error = ");
    cli_buffer_text(out, lane->record.reject.code);
    cli_buffer_text(out, is_html ? " -->\n" : "\n\n");
}

static void put_base64(struct buffer *out, jw_bytes bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        const size_t left = bytes.len - i;
        const uint32_t a = (unsigned char)bytes.at[i],
                       b = left > 1 ? (unsigned char)bytes.at[i + 1] : 0,
                       c = left > 2 ? (unsigned char)bytes.at[i + 2] : 0,
                       word = a << 16 | b << 8 | c;
        const char four[4] = {digits[word >> 18], digits[word >> 12 & 63],
                              left > 1 ? digits[word >> 6 & 63] : '=',
                              left > 2 ? digits[word & 63] : '='};
        cli_buffer_put(out, four, sizeof four);
    }
}

/* The bytes of a record over the limit were never stored: its raw is null. */
static void put_dead(struct lane *lane, const struct raw *raw, jw_bytes line, struct buffer *out)
{
    const struct reject *const reject = &lane->record.reject;
    cli_buffer_text(out, "{\"ordinal\":");
    cli_buffer_uint(out, raw->ordinal);
    cli_buffer_text(out, ",\"file\":");
    cli_buffer_json(out, raw->file, strlen(raw->file));
    cli_buffer_text(out, ",\"byte\":");
    cli_buffer_uint(out, raw->byte);
    cli_buffer_text(out, ",\"line\":");
    cli_buffer_uint(out, raw->line);
    cli_buffer_text(out, ",\"code\":");
    cli_buffer_json(out, reject->code, strlen(reject->code));
    cli_buffer_text(out, ",\"offset\":");
    put_offset(out, reject->offset);
    cli_buffer_text(out, ",\"message\":");
    cli_buffer_json(out, reject->message, strlen(reject->message));
    if (raw->kind == RAW_OVERSIZE) {
        cli_buffer_text(out, ",\"raw\":null}\n");
        return;
    }
    cli_buffer_text(out, ",\"raw\":\"");
    put_base64(out, line);
    cli_buffer_text(out, "\"}\n");
}

/* Whether the record is one of those asked for. */
static int is_in_shard(const struct lane *lane, const struct raw *raw, jw_bytes line)
{
    const struct options *const options = lane->plant->options;
    if (options->only_id)
        return raw->kind != RAW_BLANK && bytes_equal(lane->record.meta.id, options->only_id);
    if (options->shard_count == 1)
        return 1;
    if (raw->kind == RAW_BLANK)
        return options->shard == 1;
    if (options->shards_by_ordinal)
        return (raw->ordinal - 1) % options->shard_count == options->shard - 1;
    const jw_bytes id = lane->record.meta.id;
    return cli_digest(id.len > 0 ? id : line) % options->shard_count == options->shard - 1;
}

/* Takes `key<TAB>` off the line. */
static jw_bytes take_key(struct lane *lane, jw_bytes *line)
{
    const char *tab = line->len > 0 ? memchr(line->at, '\t', line->len) : NULL;
    if (!tab) {
        cli_reject(&lane->record, "E_COLUMNS", NULL, -1, "no tab after the key");
        return bytes_from(NULL, 0);
    }
    const jw_bytes key = bytes_from(line->at, (size_t)(tab - line->at));
    *line = bytes_from(tab + 1, line->len - key.len - 1);
    return key;
}

static void reset_record(struct lane *lane)
{
    static const jw_input blank = JW_INPUT_INIT;
    memset(&lane->record.reject, 0, sizeof lane->record.reject);
    lane->record.reject.offset = -1;
    lane->record.meta = blank.meta;
    lane->record.lang = bytes_from(NULL, 0);
    lane->record.keep.len = 0;
}

/* A record without story or time belongs to no group. */
static int has_group(struct lane *lane)
{
    const struct options *const options = lane->plant->options;
    const jw_meta meta = lane->record.meta;
    const int has_time = meta.published_at != JW_NO_TIME || (meta.received_at != JW_NO_TIME && !options->uses_published);
    if (cli_gather_has_key(options->groups, buffer_bytes(&lane->record.keep), has_time))
        return 1;
    if (options->groups == GROUP_STORY)
        cli_reject(&lane->record, "E_FIELD", "story_id", -1, "a summary of stories needs the story of every record");
    else
        cli_reject(&lane->record, "E_FIELD", "published_at", -1, "a summary of days needs the time of every record");
    return 0;
}

/* True when lane->doc holds the finished document. */
static int annotate(struct lane *lane, const struct raw *raw, jw_bytes line, struct result *result)
{
    jw_error error;
    if (lane->record.reject.code)
        return 0;
    if (raw->kind == RAW_OVERSIZE) {
        cli_reject(&lane->record, "E_SIZE", NULL, -1, "longer than %llu bytes",
                   (unsigned long long)lane->plant->options->max_record);
        return 0;
    }
    if (raw->kind == RAW_FOREIGN) {
        cli_reject(&lane->record, raw->code, NULL, 0, "%s", raw->fault);
        return 0;
    }
    update_head(lane, raw);
    const jw_bytes text = decode(lane, line);
    lane->stored = bytes_from(NULL, 0);
    if (text.at && lane->plant->to == JW_EXPLAIN && raw->format == INPUT_JSONL && cli_is_record(text, &lane->record.meta.id)) {
        lane->stored = text;
        return 1;
    }
    if (!text.at || !load(lane, raw, text, result) || !has_group(lane))
        return 0;
    if (raw->format == INPUT_CONLLU)
        lane->record.meta.id = jw_doc_meta(lane->doc).id;
    if (!is_in_shard(lane, raw, line) || lane->plant->options->verb & (VERB_CONVERT | VERB_CHECK))
        return 1;
    const jw_status status = jw_worker_resume(lane->worker, lane->doc, &error);
    if (status != JW_OK)
        reject_status(lane, status, &error, "E_LAYER");
    return status == JW_OK;
}

/* check --input: FILE:RECORD: CODE FIELD: message */
static void put_reject_line(struct lane *lane, const struct raw *raw, struct buffer *out)
{
    const struct reject *const reject = &lane->record.reject;
    cli_buffer_text(out, raw->file);
    cli_buffer_text(out, ":");
    cli_buffer_uint(out, raw->ordinal);
    cli_buffer_text(out, ": ");
    cli_buffer_text(out, reject->code);
    cli_buffer_text(out, reject->field ? " " : "");
    cli_buffer_text(out, reject->field ? reject->field : "");
    cli_buffer_text(out, ": ");
    cli_buffer_text(out, reject->message);
    cli_buffer_text(out, "\n");
}

static void put_reject(struct lane *lane, const struct raw *raw, jw_bytes whole,
                       struct batch *batch)
{
    if (lane->plant->options->verb == VERB_CHECK)
        put_reject_line(lane, raw, &batch->out);
    if (lane->plant->options->verb == VERB_CHECK && !lane->plant->options->dead_letter)
        return;
    if (lane->plant->options->dead_letter)
        put_dead(lane, raw, whole, &batch->dead);
    else if (lane->plant->options->tables)
        cli_tables_reject(lane, raw, batch);
    else if (lane->plant->to == JW_CONLLU)
        put_reject_conllu(lane, &batch->out);
    else if (lane->plant->to == JW_JSONL || lane->plant->to == JW_SUMMARY || lane->plant->to == JW_CANDIDATES || lane->plant->to == JW_EXPLAIN_JSON)
        put_reject_json(lane, &batch->out);
    else
        put_reject_other(lane, &batch->out);
}

static void run_record(struct lane *lane, const struct raw *raw, struct batch *batch,
                       struct result *result)
{
    const struct options *const options = lane->plant->options;
    const jw_bytes whole = bytes_from(raw->len ? batch->raws.bytes.at + raw->at : NULL, raw->len);
    jw_bytes line = whole, key = {NULL, 0};
    reset_record(lane);
    if (options->is_keyed && raw->kind == RAW_RECORD)
        key = take_key(lane, &line);
    const int is_done = (options->shards_by_ordinal && !is_in_shard(lane, raw, line)) ||
                        annotate(lane, raw, line, result);
    if (!is_in_shard(lane, raw, line)) {
        result->kind = RESULT_DROPPED;
        return;
    }
    result->kind = is_done ? RESULT_RECORD : RESULT_REJECT;
    result->code = lane->record.reject.code;
    if (options->is_keyed && (is_done || !options->dead_letter)) {
        cli_buffer_put(&batch->out, key.at, key.len);
        cli_buffer_text(&batch->out, "\t");
    }
    if (is_done) {
        result->tokens = lane->stored.at ? 0 : jw_doc_tokens(lane->doc).len;
        if (lane->plant->options->tables)
            cli_tables_doc(lane, batch);
        else if (options->verb == VERB_FAIRNESS)
            write_swap(lane, result, &batch->out);
        else if (options->verb != VERB_CHECK)
            write_doc(lane, &batch->out);
    } else {
        put_reject(lane, raw, whole, batch);
    }
}

void cli_lane_run(struct lane *lane, struct batch *batch)
{
    if (batch->result_cap < batch->raws.len) {
        free(batch->results);
        batch->results = cli_new(batch->raws.len, sizeof *batch->results);
        batch->result_cap = batch->raws.len;
    }
    batch->out.len = batch->dead.len = 0;
    for (uint32_t i = 0; i < TABLE_FILES; i++)
        batch->tables[i].len = 0;
    for (size_t i = 0; i < batch->raws.len; i++) {
        struct result *const result = &batch->results[i];
        const struct raw *const raw = &batch->raws.at[i];
        const uint64_t start = now_micros();
        memset(result, 0, sizeof *result);
        if (raw->kind != RAW_BLANK) {
            run_record(lane, raw, batch, result);
        } else if (is_in_shard(lane, raw, bytes_from(NULL, 0))) {
            result->kind = RESULT_BLANK;
            const struct options *const options = lane->plant->options;
            const int is_of_lines = !options->table && !options->tables && !options->groups && !(options->verb & (VERB_CHECK | VERB_FAIRNESS));
            cli_buffer_text(&batch->out, is_of_lines ? "\n" : "");
        } else {
            result->kind = RESULT_DROPPED;
        }
        result->micros = now_micros() - start;
        result->out_end = batch->out.len;
        result->dead_end = batch->dead.len;
    }
}
