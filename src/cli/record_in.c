/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON records through jansson.  Strings are borrowed from the tree until the next record.  Kept fields are copied byte for byte from the
 * line, so that no number changes its digits on the way.
 */
#include "cli/record.h"

#include <jansson.h>
#include <string.h>

void cli_json_drop(struct record *record)
{
    json_decref(record->json);
    record->json = NULL;
}

static const char *code_of(const json_error_t *error)
{
    static const char surrogate[] = "invalid Unicode '\\u"; /* the text for an unpaired surrogate; a malformed escape has another */
    if (json_error_code(error) == json_error_duplicate_key)
        return "E_DUPKEY";
    return strncmp(error->text, surrogate, sizeof surrogate - 1) == 0 ? "E_SURROGATE" : "E_JSON";
}

/* jansson's text, ASCII only: it may quote half a character. */
static int reject_json(struct record *record, const json_error_t *error)
{
    char message[sizeof error->text];
    size_t len = 0;
    for (size_t i = 0; error->text[i] != '\0'; i++)
        if ((unsigned char)error->text[i] >= 0x20 && (unsigned char)error->text[i] < 0x7f)
            message[len++] = error->text[i];
    message[len] = '\0';
    return cli_reject(record, code_of(error), NULL, error->position, "%.150s", message);
}

static json_t *read_object(struct record *record, jw_bytes text)
{
    static const size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
    json_error_t error;
    json_t *root = json_loadb(text.at, text.len, flags, &error);
    if (!root && json_error_code(&error) == json_error_numeric_overflow) /* big numbers are JSON too */
        root = json_loadb(text.at, text.len, flags | JSON_DECODE_INT_AS_REAL, &error);
    record->json = root;
    if (!root)
        reject_json(record, &error);
    else if (!json_is_object(root))
        cli_reject(record, "E_JSON", NULL, 0, "not a JSON object");
    return json_is_object(root) ? root : NULL;
}

/* A string member; null counts as absent. */
static int get_string(struct record *record, const json_t *object, const char *key,
                      const char *field, jw_bytes *ret)
{
    const json_t *value = json_object_get(object, key);
    if (!value || json_is_null(value))
        return 0;
    if (!json_is_string(value))
        return cli_reject(record, "E_FIELD", field, -1, "%s is not a string", field);
    *ret = bytes_from(json_string_value(value), json_string_length(value));
    return 0;
}

static int get_field(struct record *record, const char *field, jw_bytes *ret)
{
    return get_string(record, record->json, cli_input_name(record->options, field), field, ret);
}

static int has_mops(const struct record *record)
{
    return json_is_object(json_object_get(record->json, cli_input_name(record->options, "mops")));
}

static int has_parts(const struct record *record)
{
    return record->part_count > 0;
}

/* Title and body, or none when an announcement brings them. */
static int read_parts(struct record *record)
{
    static const char *const fields[] = {"title", "body"};
    int is_there = 0;
    for (int i = 0; i < 2; i++) {
        jw_bytes text = {NULL, 0};
        if (get_field(record, fields[i], &text) != 0 ||
            cli_record_check_text(record, fields[i], text) != 0)
            return -1;
        is_there |= text.at != NULL;
        cli_record_add_part(record, text, i == 0 ? JW_PART_TITLE : JW_PART_BODY);
    }
    if (is_there)
        return 0;
    record->part_count = 0;
    return has_mops(record) ? 0 : cli_reject(record, "E_FIELD", "body", -1, "title or body is required");
}

/* Returns 0 when the name is one of the contract. */
static int read_mark(struct record *record, const json_t *reply, jw_mark *ret)
{
    static const char *const names[] = {"push", "boo", "arrow"};
    jw_bytes mark = {NULL, 0};
    if (get_string(record, reply, "mark", "replies.mark", &mark) != 0)
        return -1;
    *ret = JW_MARK_NONE;
    for (int i = 0; mark.at && i < 3; i++)
        if (bytes_equal(mark, names[i]))
            *ret = (jw_mark)(JW_MARK_PUSH + i);
    if (mark.at && *ret == JW_MARK_NONE)
        return cli_reject(record, "E_FIELD", "replies.mark", -1, "mark is push, boo or arrow");
    return 0;
}

static int read_reply(struct record *record, const json_t *reply)
{
    jw_bytes text = {NULL, 0}, ignored = {NULL, 0};
    jw_mark mark;
    if (!json_is_object(reply))
        return cli_reject(record, "E_FIELD", "replies", -1, "a reply is not an object");
    if (get_string(record, reply, "text", "replies.text", &text) != 0 ||
        get_string(record, reply, "author", "replies.author", &ignored) != 0 ||
        get_string(record, reply, "at", "replies.at", &ignored) != 0)
        return -1;
    if (read_mark(record, reply, &mark) != 0)
        return -1;
    if (!text.at)
        return cli_reject(record, "E_FIELD", "replies.text", -1, "a reply has no text");
    if (cli_record_check_text(record, "replies.text", text) != 0)
        return -1;
    cli_record_add_reply(record, text, mark);
    return 0;
}

static int read_replies(struct record *record)
{
    const json_t *replies =
        json_object_get(record->json, cli_input_name(record->options, "replies"));
    if (!replies || json_is_null(replies))
        return 0;
    if (!json_is_array(replies))
        return cli_reject(record, "E_FIELD", "replies", -1, "replies is not an array");
    for (size_t i = 0; i < json_array_size(replies); i++)
        if (read_reply(record, json_array_get(replies, i)) != 0)
            return -1;
    return 0;
}

static int read_codes(struct record *record)
{
    jw_bytes type = {NULL, 0}, region = {NULL, 0};
    if (get_field(record, "source", &record->meta.source) != 0 ||
        get_field(record, "lang", &record->lang) != 0 ||
        get_field(record, "source_type", &type) != 0 || get_field(record, "region", &region) != 0)
        return -1;
    if (type.at && cli_record_set_source_type(record, type) != 0)
        return -1;
    return region.at ? cli_record_set_region(record, region) : 0;
}

static int read_id(struct record *record)
{
    jw_bytes id = {NULL, 0};
    if (get_field(record, "id", &id) != 0)
        return -1;
    return id.at ? cli_record_set_id(record, id) : 0;
}

static int read_times(struct record *record)
{
    jw_bytes published = {NULL, 0}, received = {NULL, 0};
    if (get_field(record, "published_at", &published) != 0 ||
        get_field(record, "received_at", &received) != 0)
        return -1;
    return cli_record_set_times(record, published, received);
}

/* End of the JSON value at `at`; the text is known to be valid JSON. */
static size_t value_end(jw_bytes text, size_t at)
{
    int depth = 0, in_string = 0;
    for (; at < text.len; at++) {
        const char byte = text.at[at];
        if (in_string && byte == '\\')
            at++;
        else if (byte == '"')
            in_string = !in_string;
        else if (!in_string && (byte == '{' || byte == '['))
            depth++;
        else if (!in_string && (byte == '}' || byte == ']' || byte == ',') && depth == 0)
            break;
        else if (!in_string && (byte == '}' || byte == ']'))
            depth--;
    }
    while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '\t' ||
                      text.at[at - 1] == '\n' || text.at[at - 1] == '\r'))
        at--;
    return at;
}

static size_t skip_blanks(jw_bytes text, size_t at)
{
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\t' || text.at[at] == '\n' ||
                             text.at[at] == '\r'))
        at++;
    return at;
}

/* The bytes of a top-level member's value, by a key written without escapes. */
static jw_bytes raw_member(jw_bytes text, const char *key)
{
    const size_t key_len = strlen(key);
    size_t at = skip_blanks(text, 0) + 1;
    while (at < text.len) {
        at = skip_blanks(text, at);
        if (at >= text.len || text.at[at] != '"')
            break;
        const size_t from = at + 1;
        for (at = from; text.at[at] != '"'; at++)
            at += text.at[at] == '\\';
        const int is_it = at - from == key_len && memcmp(text.at + from, key, key_len) == 0;
        at = skip_blanks(text, skip_blanks(text, at + 1) + 1); /* the colon */
        const size_t end = value_end(text, at);
        if (is_it)
            return bytes_from(text.at + at, end - at);
        at = skip_blanks(text, end) + 1; /* the comma */
    }
    return bytes_from(NULL, 0);
}

static void read_keep(struct record *record, jw_bytes text)
{
    const struct name_list *const names = &record->options->keep;
    for (uint32_t i = 0; i < names->len; i++) {
        const jw_bytes value = raw_member(text, names->at[i]);
        cli_buffer_text(&record->keep, i == 0 ? "{" : ",");
        cli_buffer_json(&record->keep, names->at[i], strlen(names->at[i]));
        cli_buffer_text(&record->keep, ":");
        cli_buffer_put(&record->keep, value.at ? value.at : "null", value.at ? value.len : 4);
    }
    if (names->len > 0)
        cli_buffer_text(&record->keep, "}");
}

static int check_rating(struct record *record)
{
    const json_t *rating = json_object_get(record->json, cli_input_name(record->options, "rating"));
    if (!rating || json_is_null(rating))
        return 0;
    const double value = json_number_value(rating);
    return value >= 1 && value <= 5
               ? 0
               : cli_reject(record, "E_FIELD", "rating", -1, "rating is a number from 1 to 5");
}

void cli_read_review(struct record *record, jw_bytes text)
{
    jw_bytes body = {NULL, 0}, time = {NULL, 0};
    if (!read_object(record, text) || read_id(record) != 0)
        return;
    if (get_field(record, "text", &body) != 0 || get_field(record, "time", &time) != 0 ||
        check_rating(record) != 0)
        return;
    if (!body.at) {
        cli_reject(record, "E_FIELD", "text", -1, "text is required");
        return;
    }
    cli_record_add_part(record, bytes_from(NULL, 0), JW_PART_TITLE);
    cli_record_add_part(record, body, JW_PART_BODY);
    record->meta.source_type = JW_REVIEW;
    if (cli_record_check_text(record, "text", body) == 0 &&
        cli_record_set_times(record, time, bytes_from(NULL, 0)) == 0)
        read_keep(record, text);
}

/* The members of an announcement; other keys are ignored. */
static int read_feed(struct record *record, json_t *object, jw_bytes ret[FEED_COUNT])
{
    for (uint32_t i = 0; i < FEED_COUNT; i++)
        ret[i] = bytes_from(NULL, 0);
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
        const char *const key = json_object_iter_key(at);
        const enum feed_field field = cli_feed_field(bytes_from(key, strlen(key)));
        if (field != FEED_COUNT && get_string(record, object, key, cli_feed_name(field), &ret[field]) != 0)
            return -1;
    }
    return 0;
}

void cli_read_mops(struct record *record, jw_bytes text)
{
    jw_bytes cell[FEED_COUNT];
    if (!read_object(record, text) || read_id(record) != 0 || read_feed(record, record->json, cell) != 0)
        return;
    if (cli_record_add_feed_parts(record, cell) == 0 && cli_record_use_feed(record, cell) == 0)
        read_keep(record, text);
}

/* The announcement as its exchange published it, beside or in place of title and body. */
static int read_announcement(struct record *record)
{
    jw_bytes cell[FEED_COUNT];
    json_t *const mops = json_object_get(record->json, cli_input_name(record->options, "mops"));
    if (!mops || json_is_null(mops))
        return 0;
    if (!json_is_object(mops))
        return cli_reject(record, "E_FIELD", "mops", -1, "mops is not an object");
    if (read_feed(record, mops, cell) != 0)
        return -1;
    if (!has_parts(record) && cli_record_add_feed_parts(record, cell) != 0)
        return -1;
    return cli_record_use_feed(record, cell);
}

static int read_issuer(struct record *record)
{
    if (get_field(record, "issuer", &record->meta.issuer) != 0)
        return -1;
    return get_field(record, "issuer_name", &record->meta.issuer_name);
}

/* Ids, codes and UBNs, parted by blanks as the library wants them. */
static int read_hints(struct record *record)
{
    const json_t *hints = json_object_get(record->json, cli_input_name(record->options, "entity_hint"));
    struct buffer *const text = &record->text; /* as long as the line, so it never moves */
    const size_t from = text->len;
    if (!hints || json_is_null(hints))
        return 0;
    for (size_t i = 0; i < json_array_size(hints); i++) {
        const json_t *const hint = json_array_get(hints, i);
        if (!json_is_string(hint))
            return cli_reject(record, "E_FIELD", "entity_hint", -1, "a hint is not a string");
        cli_buffer_put(text, json_string_value(hint), json_string_length(hint));
        cli_buffer_put(text, " ", 1);
    }
    if (!json_is_array(hints))
        return cli_reject(record, "E_FIELD", "entity_hint", -1, "entity_hint is not an array");
    record->meta.hints = bytes_from(text->at + from, text->len - from);
    return 0;
}

void cli_read_jsonl(struct record *record, jw_bytes text)
{
    if (!read_object(record, text))
        return;
    if (read_id(record) != 0 || read_parts(record) != 0 || read_times(record) != 0 || read_issuer(record) != 0 ||
        read_hints(record) != 0 || read_announcement(record) != 0 || read_replies(record) != 0 || read_codes(record) != 0)
        return;
    read_keep(record, text);
}
