/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See gather.h.  A group holds its most salient sentences, at most HELD, and its first events by key; at the end sentences are chosen one by one,
 * 0.7 salience - 0.3 likeness to what is chosen, as in the summary of one record.  Of a company's day the salience of a sentence counts by the
 * relevance of the company in its record.  What says the same as a chosen sentence (likeness 0.9) is left out.
 */
#include "cli/gather.h"

#include <stdlib.h>
#include <string.h>

#include "cli/digest.h"
#include "cli/json_view.h"

enum { HELD = 24, UNIT = 10000, SAME = 9000 };

struct sentence {
    char *json; /* the object as it is printed */
    size_t len;
    int64_t salience;
    int is_chosen;
};

struct event {
    char key[16];
    char *json;
    size_t len;
    uint32_t records;
};

struct group {
    char *key; /* story id; day and eid, as 2026-10-10 C00001287 */
    size_t key_len;
    char *name; /* of the company, a JSON string */
    size_t name_len;
    uint32_t records, sentence_count, event_count;
    struct sentence sentence[HELD];
    struct event event[HELD];
};

static char *copy_of(jw_bytes bytes)
{
    char *const copy = cli_new(bytes.len + 1, 1);
    memcpy(copy, bytes.at, bytes.len);
    return copy;
}

static jw_bytes unquoted(jw_bytes value)
{
    return value.len >= 2 && value.at[0] == '"' ? bytes_from(value.at + 1, value.len - 2) : bytes_from("", 0);
}

static void place_group(const struct gather *gather, uint32_t number)
{
    const struct group *const group = &gather->group[number];
    uint32_t at = (uint32_t)cli_digest(bytes_from(group->key, group->key_len)) & (gather->slots - 1);
    while (gather->slot[at])
        at = (at + 1) & (gather->slots - 1);
    gather->slot[at] = number + 1;
}

/* Room for one more group, and slots at most half full. */
static void grow(struct gather *gather)
{
    if (gather->count < gather->cap)
        return;
    const uint32_t cap = gather->cap ? 2 * gather->cap : 64;
    struct group *const wider = cli_new(cap, sizeof *wider);
    if (gather->count)
        memcpy(wider, gather->group, gather->count * sizeof *wider);
    free(gather->group);
    free(gather->slot);
    gather->group = wider;
    gather->cap = cap;
    gather->slots = 2 * cap;
    gather->slot = cli_new(gather->slots, sizeof *gather->slot);
    for (uint32_t i = 0; i < gather->count; i++)
        place_group(gather, i);
}

static struct group *group_of(struct gather *gather, jw_bytes key, jw_bytes name)
{
    grow(gather);
    for (uint32_t at = (uint32_t)cli_digest(key) & (gather->slots - 1); gather->slot[at]; at = (at + 1) & (gather->slots - 1)) {
        struct group *const group = &gather->group[gather->slot[at] - 1];
        if (group->key_len == key.len && memcmp(group->key, key.at, key.len) == 0)
            return group;
    }
    struct group *const group = &gather->group[gather->count++];
    memset(group, 0, sizeof *group);
    group->key = copy_of(key);
    group->key_len = key.len;
    group->name = copy_of(name);
    group->name_len = name.len;
    place_group(gather, gather->count - 1);
    return group;
}

/* Beyond HELD the least salient one gives way, the later of equals. */
static void add_sentence(struct group *group, jw_bytes json, int64_t salience)
{
    if (group->sentence_count == HELD) {
        uint32_t least = 0;
        for (uint32_t i = 1; i < HELD; i++)
            least = group->sentence[i].salience <= group->sentence[least].salience ? i : least;
        if (group->sentence[least].salience >= salience)
            return;
        free(group->sentence[least].json);
        group->sentence_count--;
        memmove(&group->sentence[least], &group->sentence[least + 1], (group->sentence_count - least) * sizeof *group->sentence);
    }
    group->sentence[group->sentence_count++] = (struct sentence){copy_of(json), json.len, salience, 0};
}

/* The same event in another record is counted, not said again. */
static void add_event(struct group *group, jw_bytes key, jw_bytes json)
{
    if (key.len != sizeof group->event->key)
        return;
    for (uint32_t i = 0; i < group->event_count; i++)
        if (memcmp(group->event[i].key, key.at, key.len) == 0) {
            group->event[i].records++;
            return;
        }
    if (group->event_count == HELD)
        return;
    struct event *const event = &group->event[group->event_count++];
    memcpy(event->key, key.at, key.len);
    event->json = copy_of(json);
    event->len = json.len;
    event->records = 1;
}

static int is_about(jw_bytes item, jw_bytes eid)
{
    jw_bytes one;
    for (size_t at = 0; cli_json_next(cli_json_get(item, "of"), &at, &one);)
        if (cli_json_is_same(one, eid))
            return 1;
    return 0;
}

/* Sentences and events of a record; `eid` NULL: all of them, else those about it. */
static void fill(struct group *group, jw_bytes record, jw_bytes eid, int64_t relevance)
{
    jw_bytes item;
    int64_t salience = 0;
    group->records++;
    for (size_t at = 0; cli_json_next(cli_json_get(record, "sents"), &at, &item);) {
        const jw_bytes sent = cli_json_get(item, "sent");
        if ((!eid.at || is_about(item, eid)) && cli_json_scaled(cli_json_get(sent, "salience"), &salience))
            add_sentence(group, sent, salience * relevance / 100);
    }
    for (size_t at = 0; cli_json_next(cli_json_get(record, "events"), &at, &item);)
        if (!eid.at || is_about(item, eid))
            add_event(group, unquoted(cli_json_get(item, "key")), cli_json_get(item, "event"));
}

static void add_days(struct gather *gather, jw_bytes record)
{
    const jw_bytes day = unquoted(cli_json_get(record, "day"));
    struct buffer key = {NULL, 0, 0};
    jw_bytes one;
    for (size_t at = 0; cli_json_next(cli_json_get(record, "about"), &at, &one);) {
        const jw_bytes eid = cli_json_get(one, "eid"), plain = unquoted(eid);
        int64_t relevance = 0;
        (void)cli_json_scaled(cli_json_get(one, "relevance"), &relevance);
        key.len = 0;
        cli_buffer_put(&key, day.at, day.len);
        cli_buffer_text(&key, " ");
        cli_buffer_put(&key, plain.at, plain.len);
        fill(group_of(gather, buffer_bytes(&key), cli_json_get(one, "name")), record, eid, relevance / UNIT);
    }
    cli_buffer_free(&key);
}

static jw_bytes first_value(jw_bytes object)
{
    const char *const colon = object.len ? memchr(object.at, ':', object.len) : NULL;
    const size_t at = colon ? (size_t)(colon - object.at) + 1 : object.len;
    return object.len > at ? bytes_from(object.at + at, object.len - at - 1) : bytes_from(NULL, 0);
}

void cli_gather_add(struct gather *gather, jw_bytes record)
{
    const jw_bytes none = {NULL, 0};
    if (gather->by == GROUP_ENTITY_DAY)
        add_days(gather, record);
    else
        fill(group_of(gather, unquoted(first_value(cli_json_get(record, "keep"))), bytes_from("", 0)), record, none, 100);
}

int cli_gather_has_key(enum group_by by, jw_bytes keep, int has_time)
{
    if (by == GROUP_ENTITY_DAY)
        return has_time;
    return by == GROUP_NONE || unquoted(first_value(keep)).len > 0;
}

static jw_bytes text_of(const struct sentence *sentence)
{
    return unquoted(cli_json_get(bytes_from(sentence->json, sentence->len), "text"));
}

/* Marks the sentences of the summary. */
static void choose(struct group *group, uint32_t most)
{
    int32_t alike[HELD] = {0};
    for (uint32_t n = 0; n < most && n < group->sentence_count; n++) {
        uint32_t best = HELD;
        int64_t value = INT64_MIN;
        for (uint32_t i = 0; i < group->sentence_count; i++) {
            const int64_t marginal = (7 * group->sentence[i].salience - 3 * alike[i]) / 10;
            if (alike[i] < SAME && marginal > value) {
                value = marginal;
                best = i;
            }
        }
        if (best == HELD)
            return;
        group->sentence[best].is_chosen = 1;
        alike[best] = UNIT; /* also when it has no two letters */
        for (uint32_t i = 0; i < group->sentence_count; i++) {
            const int32_t likeness = jw_likeness(text_of(&group->sentence[best]), text_of(&group->sentence[i]));
            alike[i] = likeness > alike[i] ? likeness : alike[i];
        }
    }
}

static void put_head(const struct gather *gather, const struct group *group, struct buffer *out)
{
    enum { DAY = 10 };
    cli_buffer_text(out, "{\"schema\":\"jinwen/1\",\"run\":");
    cli_buffer_json(out, gather->run, 8);
    if (gather->by == GROUP_STORY) {
        cli_buffer_text(out, ",\"of\":\"story\",\"story_id\":\"");
        cli_buffer_put(out, group->key, group->key_len); /* as it stood in JSON */
    } else {
        cli_buffer_text(out, ",\"of\":\"entity-day\",\"eid\":\"");
        cli_buffer_put(out, group->key + DAY + 1, group->key_len - DAY - 1);
        cli_buffer_text(out, "\",\"name\":");
        cli_buffer_put(out, group->name, group->name_len);
        cli_buffer_text(out, ",\"date\":\"");
        cli_buffer_put(out, group->key, DAY);
    }
    cli_buffer_text(out, "\",\"n_doc\":");
    cli_buffer_uint(out, group->records);
}

static void put_group(const struct gather *gather, struct group *group, struct buffer *out)
{
    const char *comma = "";
    choose(group, gather->most);
    put_head(gather, group, out);
    cli_buffer_text(out, ",\"sents\":[");
    for (uint32_t i = 0; i < group->sentence_count; i++) {
        if (!group->sentence[i].is_chosen)
            continue;
        cli_buffer_text(out, comma);
        cli_buffer_put(out, group->sentence[i].json, group->sentence[i].len);
        comma = ",";
    }
    cli_buffer_text(out, "],\"events\":[");
    for (uint32_t i = 0; i < group->event_count; i++) {
        cli_buffer_text(out, i ? "," : "");
        cli_buffer_put(out, group->event[i].json, group->event[i].len - 1);
        cli_buffer_text(out, ",\"n_doc\":");
        cli_buffer_uint(out, group->event[i].records);
        cli_buffer_text(out, "}");
    }
    cli_buffer_text(out, "]}\n");
}

static int by_key(const void *a, const void *b)
{
    const struct group *const left = a, *const right = b;
    const size_t len = left->key_len < right->key_len ? left->key_len : right->key_len;
    const int order = memcmp(left->key, right->key, len);
    return order ? order : (left->key_len > right->key_len) - (left->key_len < right->key_len);
}

int cli_gather_put(struct gather *gather, struct output *output)
{
    struct buffer line = {NULL, 0, 0};
    int failure = 0;
    if (gather->by == GROUP_ENTITY_DAY && gather->count)
        qsort(gather->group, gather->count, sizeof *gather->group, by_key);
    for (uint32_t i = 0; i < gather->count && !failure; i++) {
        line.len = 0;
        put_group(gather, &gather->group[i], &line);
        failure = cli_output_put(output, line.at, line.len);
    }
    cli_buffer_free(&line);
    return failure;
}

static void free_group(struct group *group)
{
    free(group->key);
    free(group->name);
    for (uint32_t i = 0; i < group->sentence_count; i++)
        free(group->sentence[i].json);
    for (uint32_t i = 0; i < group->event_count; i++)
        free(group->event[i].json);
}

void cli_gather_free(struct gather *gather)
{
    for (uint32_t i = 0; i < gather->count; i++)
        free_group(&gather->group[i]);
    free(gather->group);
    free(gather->slot);
}
