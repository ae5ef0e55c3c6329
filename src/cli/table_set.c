/* SPDX-License-Identifier: Apache-2.0 */
/* See table_set.h. */
#include "cli/table_set.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

const char *cli_table_name(uint32_t table)
{
    static const char *const names[TABLE_FILES] = {"documents", "sentences", "tokens",       "mentions", "doc_entity",
                                                   "doc_value", "doc_event", "doc_relation", "evidence", "doc_esg",  "errors"};
    return names[table];
}

static void put_path(struct buffer *path, const char *folder, const char *name, const char *ending)
{
    path->len = 0;
    cli_buffer_text(path, folder);
    cli_buffer_text(path, "/");
    cli_buffer_text(path, name);
    cli_buffer_put(path, ending, strlen(ending) + 1);
}

static int put_head(const struct plant *plant, uint32_t table, struct output *out)
{
    struct buffer head = {NULL, 0, 0};
    if (table == TABLE_FILES - 1)
        cli_buffer_text(&head, "id,ordinal,code,field,offset,message\n");
    else
        cli_table_head(plant, table, &head);
    const int failure = cli_output_put(out, head.at, head.len);
    cli_buffer_free(&head);
    return failure;
}

int cli_tables_open(struct table_set *set, const char *folder, const struct plant *plant, const char **ret_name)
{
    *ret_name = folder;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return errno;
    set->is_open = 1;
    for (uint32_t i = 0; i < TABLE_FILES; i++) {
        put_path(&set->names[i], folder, cli_table_name(i), ".csv");
        *ret_name = set->names[i].at;
        int failure = cli_output_open(&set->out[i], set->names[i].at);
        if (!failure)
            failure = put_head(plant, i, &set->out[i]);
        if (failure)
            return failure;
    }
    return 0;
}

void cli_tables_doc(struct lane *lane, struct batch *batch)
{
    for (uint32_t i = 0; i + 1 < TABLE_FILES; i++)
        cli_lane_table(lane, i, &batch->tables[i]);
}

/* RFC 4180: quotes are doubled inside quotes. */
static void put_cell(struct buffer *out, const char *at, size_t len)
{
    cli_buffer_text(out, "\"");
    for (size_t i = 0; i < len; i++)
        cli_buffer_put(out, at[i] == '"' ? "\"\"" : at + i, at[i] == '"' ? 2 : 1);
    cli_buffer_text(out, "\"");
}

void cli_tables_reject(const struct lane *lane, const struct raw *raw, struct batch *batch)
{
    const struct reject *const reject = &lane->record.reject;
    struct buffer *const out = &batch->tables[TABLE_FILES - 1];
    if (lane->record.meta.id.len > 0)
        put_cell(out, lane->record.meta.id.at, lane->record.meta.id.len);
    cli_buffer_text(out, ",");
    cli_buffer_uint(out, raw->ordinal);
    cli_buffer_text(out, ",");
    cli_buffer_text(out, reject->code);
    cli_buffer_text(out, ",");
    cli_buffer_text(out, reject->field ? reject->field : "");
    cli_buffer_text(out, ",");
    if (reject->offset >= 0)
        cli_buffer_uint(out, (uint64_t)reject->offset);
    cli_buffer_text(out, ",");
    put_cell(out, reject->message, strlen(reject->message));
    cli_buffer_text(out, "\n");
}

int cli_tables_put(struct table_set *set, const struct batch *batch, const char **ret_name)
{
    for (uint32_t i = 0; i < TABLE_FILES; i++) {
        const struct buffer *const rows = &batch->tables[i];
        *ret_name = set->names[i].at;
        const int failure = rows->len > 0 ? cli_output_put(&set->out[i], rows->at, rows->len) : 0;
        if (failure)
            return failure;
    }
    return 0;
}

static int mark_success(struct table_set *set, const char *folder, const char **ret_name)
{
    struct output mark;
    put_path(&set->names[0], folder, "_SUCCESS", "");
    *ret_name = set->names[0].at;
    const int failure = cli_output_open(&mark, set->names[0].at);
    return failure ? failure : cli_output_close(&mark, 1);
}

int cli_tables_close(struct table_set *set, const char *folder, int is_complete, const char **ret_name)
{
    int failure = 0;
    for (uint32_t i = 0; i < TABLE_FILES; i++) {
        if (!set->out[i].name)
            continue;
        const int failed = cli_output_close(&set->out[i], is_complete && !failure);
        if (failed && !failure)
            *ret_name = set->names[i].at;
        failure = failure ? failure : failed;
    }
    if (is_complete && !failure)
        failure = mark_success(set, folder, ret_name);
    for (uint32_t i = 0; i < TABLE_FILES && !failure; i++)
        cli_buffer_free(&set->names[i]);
    return failure;
}
