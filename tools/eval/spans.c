/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of JSON lines.  The texts of all documents are joined, so that one list of positions serves the whole file; a document begins where
 * the one before it ends.  Offsets are code points.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "mention.h"

/* A file of JSON lines and where its reader is. */
struct lines {
    const char *path;
    char *bytes, *at, *end;
    uint32_t number;
};

struct sides {
    const struct eval_ner_options *options;
    struct eval_pair pair;
    struct lines lines[2];
    struct eval_mentions gold, system, ignore;
    uint32_t start; /* of the document at hand */
};

static jw_status bad_record(const struct lines *lines, const char *reason, jw_error *reterr)
{
    return jwi_fail(reterr, JW_EFORMAT, lines->number, "%s:%u: %s", lines->path, lines->number,
                    reason);
}

/* The next line as an object; NULL at the end of the file. */
static jw_status next_record(struct lines *lines, json_t **ret, jw_error *reterr)
{
    json_error_t error;
    *ret = NULL;
    if (lines->at == lines->end)
        return JW_OK;
    char *stop = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
    size_t len = (size_t)((stop ? stop : lines->end) - lines->at);
    lines->number++;
    *ret = json_loadb(lines->at, len, 0, &error);
    lines->at += len + (stop != NULL);
    if (!*ret)
        return bad_record(lines, error.text, reterr);
    if (json_is_object(*ret))
        return JW_OK;
    json_decref(*ret);
    return bad_record(lines, "no JSON object", reterr);
}

static jw_status push_span(struct sides *s, const struct lines *lines, struct eval_mentions *list,
                           const json_t *ends[2], uint32_t type, jw_error *reterr)
{
    const json_int_t start = json_integer_value(ends[0]), end = json_integer_value(ends[1]);
    if (!json_is_integer(ends[0]) || !json_is_integer(ends[1]) || start < 0 || end <= start ||
        end > s->pair.gold.n_code - s->start)
        return bad_record(lines, "a span outside the text", reterr);
    TRY(jwi_eval_grow(&list->at, list->len, &list->cap, sizeof(*list->at), reterr));
    list->at[list->len++] =
        (struct eval_mention){s->start + (uint32_t)start, s->start + (uint32_t)end, type};
    return JW_OK;
}

static int compare_mentions(const void *a, const void *b)
{
    const struct eval_mention *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* `entities` or `mentions` of a record, sorted. */
static jw_status read_names(struct sides *s, const struct lines *lines, const json_t *record,
                            struct eval_mentions *ret, jw_error *reterr)
{
    const json_t *mentions = json_object_get(record, "mentions"), *item;
    const json_t *list = mentions ? mentions : json_object_get(record, "entities");
    const uint32_t from = ret->len;
    size_t i;
    if (!json_is_array(list))
        return bad_record(lines, "neither mentions nor entities", reterr);
    json_array_foreach(list, i, item)
    {
        const json_t *at = json_object_get(item, "at");
        const json_t *ends[2] = {at ? json_array_get(at, 1) : json_object_get(item, "s"),
                                 at ? json_array_get(at, 2) : json_object_get(item, "e")};
        const char *name = json_string_value(json_object_get(item, "type"));
        uint32_t type;
        if (!name)
            return bad_record(lines, "a name without type", reterr);
        TRY(jwi_eval_type(s->options, &s->pair.pool, name, &type, reterr));
        if (type != EVAL_OUTSIDE)
            TRY(push_span(s, lines, ret, ends, type, reterr));
    }
    if (ret->len > from)
        qsort(ret->at + from, ret->len - from, sizeof(*ret->at), compare_mentions);
    return JW_OK;
}

static jw_status read_ignored(struct sides *s, const json_t *record, jw_error *reterr)
{
    const json_t *item;
    size_t i;
    json_array_foreach(json_object_get(record, "ignore"), i, item)
    {
        const json_t *ends[2] = {json_array_get(item, 0), json_array_get(item, 1)};
        TRY(push_span(s, &s->lines[0], &s->ignore, ends, EVAL_EMPTY, reterr));
    }
    return JW_OK;
}

static jw_status read_text(struct sides *s, const json_t *record, jw_error *reterr)
{
    struct eval_file *file = &s->pair.gold;
    const char *text = json_string_value(json_object_get(record, "text"));
    if (!text)
        return bad_record(&s->lines[0], "no text", reterr);
    s->start = file->n_code;
    for (size_t at = 0; text[at];) {
        TRY(jwi_eval_grow(&file->code, file->n_code, &file->cap_code, sizeof(*file->code), reterr));
        file->code[file->n_code++] = utf8_next(text, &at);
    }
    return JW_OK;
}

static jw_status read_pair(struct sides *s, const json_t *gold, const json_t *system,
                           jw_error *reterr)
{
    if (!gold || !system)
        return bad_record(&s->lines[gold ? 0 : 1], "the other file has fewer records", reterr);
    const char *id[2] = {json_string_value(json_object_get(gold, "id")),
                         json_string_value(json_object_get(system, "id"))};
    if (id[0] && id[1] && strcmp(id[0], id[1]) != 0)
        return bad_record(&s->lines[1], "another id than in gold", reterr);
    TRY(read_text(s, gold, reterr));
    TRY(read_ignored(s, gold, reterr));
    TRY(read_names(s, &s->lines[0], gold, &s->gold, reterr));
    return read_names(s, &s->lines[1], system, &s->system, reterr);
}

/* Ignored stretches may lie in each other, so all are looked at. */
static bool is_ignored(const struct sides *s, const struct eval_mention *mention)
{
    for (uint32_t i = 0; i < s->ignore.len; i++)
        if (s->ignore.at[i].start < mention->end && mention->start < s->ignore.at[i].end)
            return true;
    return false;
}

/* A name of the system in an ignored stretch is no error, unless gold has a name there. */
static void drop_ignored(struct sides *s)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->system.len; i++)
        if (!is_ignored(s, &s->system.at[i]) || jwi_eval_overlap(&s->gold, &s->system.at[i]))
            s->system.at[kept++] = s->system.at[i];
    s->system.len = kept;
}

static jw_status open_lines(const char *path, struct lines *ret, jw_error *reterr)
{
    size_t len;
    TRY(jwi_eval_slurp(path, &ret->bytes, &len, reterr));
    ret->path = path;
    ret->at = ret->bytes;
    ret->end = ret->bytes + len;
    return JW_OK;
}

static jw_status read_all(struct sides *s, jw_error *reterr)
{
    for (;;) {
        json_t *gold = NULL, *system = NULL;
        TRY(next_record(&s->lines[0], &gold, reterr));
        jw_status status = next_record(&s->lines[1], &system, reterr);
        const bool is_end = !gold && !system;
        if (status == JW_OK && !is_end)
            status = read_pair(s, gold, system, reterr);
        json_decref(gold);
        json_decref(system);
        if (status != JW_OK || is_end)
            return status;
    }
}

static jw_status compare(FILE *out, struct sides *s, const char *const path[2], jw_error *reterr)
{
    const struct eval_mentions *const lists[2] = {&s->gold, &s->system};
    TRY(jwi_eval_pool_new(&s->pair.pool, reterr));
    TRY(open_lines(path[0], &s->lines[0], reterr));
    TRY(open_lines(path[1], &s->lines[1], reterr));
    TRY(read_all(s, reterr));
    drop_ignored(s);
    s->pair.gold.path = path[0];
    s->pair.system.path = path[1];
    return jwi_eval_score_mentions(out, s->options, &s->pair, lists, reterr);
}

jw_status jwi_eval_print_spans(FILE *out, const struct eval_ner_options *options,
                               const char *const path[2], jw_error *reterr)
{
    struct sides s = {.options = options};
    jw_status status = compare(out, &s, path, reterr);
    free(s.lines[0].bytes);
    free(s.lines[1].bytes);
    free(s.gold.at);
    free(s.system.at);
    free(s.ignore.at);
    jwi_eval_file_free(&s.pair.gold);
    jwi_eval_pool_free(&s.pair.pool);
    return status;
}
