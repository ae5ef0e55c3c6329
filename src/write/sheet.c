/* SPDX-License-Identifier: Apache-2.0 */
/* See sheet.h. */
#include "write/sheet.h"

#include <string.h>

/* Whether `group` (with `key` inside it, if not NULL) is printed: listed itself, by its group, or, for a group, by one of its keys. */
static int is_wanted(const struct sheet *sheet, const char *group, const char *key)
{
    const jw_bytes list = sheet->options->fields;
    const size_t group_len = strlen(group);
    int wanted = list.len == 0;
    for (size_t at = 0, end; at < list.len && !wanted; at = end + 1) {
        const char *comma = memchr(list.at + at, ',', list.len - at);
        end = comma ? (size_t)(comma - list.at) : list.len;
        const char *item = list.at + at;
        const size_t len = end - at;
        if (len < group_len || memcmp(item, group, group_len) != 0)
            continue;
        if (len == group_len || (!key && item[group_len] == '.'))
            wanted = 1;
        else if (key && item[group_len] == '.')
            wanted = len - group_len - 1 == strlen(key) &&
                     memcmp(item + group_len + 1, key, strlen(key)) == 0;
    }
    return wanted;
}

int jwi_sheet_key(struct sheet *sheet, const char *key)
{
    if (!is_wanted(sheet, key, NULL))
        return 0;
    out_text(sheet->out, sheet->comma);
    out_text(sheet->out, "\"");
    out_text(sheet->out, key);
    out_text(sheet->out, "\":");
    sheet->comma = ",";
    return 1;
}

int jwi_sheet_inner(struct sheet *sheet, const char *group, const char *key, const char **comma)
{
    if (!is_wanted(sheet, group, key))
        return 0;
    out_text(sheet->out, *comma);
    out_text(sheet->out, "\"");
    out_text(sheet->out, key);
    out_text(sheet->out, "\":");
    *comma = ",";
    return 1;
}

void jwi_sheet_string(struct sheet *sheet, const char *text)
{
    const jw_bytes bytes = {text, strlen(text)};
    jwi_out_json(sheet->out, bytes);
}

void jwi_sheet_label(struct sheet *sheet, jw_labels set, uint32_t id)
{
    const char *const label = jw_model_label(jw_doc_model(sheet->doc), set, id);
    jwi_sheet_string(sheet, label ? label : "_");
}

void jwi_sheet_or_null(struct sheet *sheet, jw_bytes bytes)
{
    if (bytes.len > 0)
        jwi_out_json(sheet->out, bytes);
    else
        out_text(sheet->out, "null");
}

void jwi_sheet_span(struct sheet *sheet, jw_range range)
{
    const struct offsets at = jwi_scale_range(&sheet->scale, range);
    const uint32_t numbers[] = {at.part, at.start, at.end};
    for (int i = 0; i < 3; i++) {
        out_text(sheet->out, i ? "," : "[");
        jwi_out_uint(sheet->out, numbers[i]);
    }
    out_text(sheet->out, "]");
}

void jwi_sheet_scaled(struct sheet *sheet, const char *key, int32_t value)
{
    jwi_sheet_scaled_or_null(sheet, key, 1, value);
}

void jwi_sheet_scaled_or_null(struct sheet *sheet, const char *key, int is_there, int32_t value)
{
    out_text(sheet->out, key);
    if (is_there)
        jwi_out_scaled(sheet->out, value);
    else
        out_text(sheet->out, "null");
}

void jwi_sheet_echo(struct sheet *sheet, const char *group, jw_range range, const char **comma)
{
    if (sheet->options->flags & JW_WRITE_ECHO && jwi_sheet_inner(sheet, group, "text", comma))
        jwi_out_json(sheet->out, bytes_of(sheet->text, range));
}
