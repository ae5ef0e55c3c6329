/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See explain_record.h.  A stored record holds what each piece of evidence adds, not the factors behind it: it is explained without a model, from its
 * own numbers, and every sum is made again, so that a record somebody changed shows.  Quotes need `annotate --echo`; without it spans are named.
 */
#include "cli/explain_record.h"

#include "cli/json_view.h"

#include <string.h>

enum { SCALE = 10000 };

static jw_bytes unquoted(jw_bytes value)
{
    return value.len >= 2 && value.at[0] == '"' ? bytes_from(value.at + 1, value.len - 2) : bytes_from(NULL, 0);
}

static int is_value(jw_bytes value)
{
    return value.at && !cli_json_is(value, "null");
}

int cli_is_record(jw_bytes line, jw_bytes *ret_id)
{
    static const char head[] = "{\"schema\":\"jinwen/1\"";
    if (line.len < sizeof head - 1 || memcmp(line.at, head, sizeof head - 1) != 0 || !cli_json_is_valid(line) ||
        !cli_json_get(line, "entities").at || !cli_json_get(line, "evidence").at)
        return 0;
    *ret_id = unquoted(cli_json_get(line, "id"));
    return 1;
}

/* A string of the record as text: escapes stay as they are, and none is needed in a name, a quote or a rule but \" and \\. */
static void put_string(struct buffer *out, jw_bytes value)
{
    const jw_bytes text = unquoted(value);
    for (size_t i = 0; i < text.len; i++) {
        i += text.at[i] == '\\' && i + 1 < text.len && (text.at[i + 1] == '"' || text.at[i + 1] == '\\');
        cli_buffer_put(out, text.at + i, 1);
    }
}

static void put_value(struct buffer *out, jw_bytes value)
{
    cli_buffer_put(out, value.at, value.len);
}

static void put_scaled(struct buffer *out, int64_t value)
{
    const uint64_t size = (uint64_t)(value < 0 ? -value : value);
    cli_buffer_text(out, value < 0 ? "-" : "+");
    cli_buffer_uint(out, size / SCALE);
    cli_buffer_text(out, ".");
    for (uint64_t unit = SCALE / 10, rest = size % SCALE; unit > 0; unit /= 10)
        cli_buffer_uint(out, rest / unit % 10);
}

/* EARN.REVENUE up, reported, fact */
static void put_event(struct buffer *out, jw_bytes record, jw_bytes number)
{
    static const char *const keys[] = {"type", "dir", "status", "fact", "neg"};
    jw_bytes event;
    for (size_t at = 0; cli_json_next(cli_json_get(record, "events"), &at, &event);) {
        if (!cli_json_is_same(cli_json_get(event, "n"), number))
            continue;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            const jw_bytes value = cli_json_get(event, keys[i]);
            if (!is_value(value) || cli_json_is(value, "\"none\""))
                continue;
            cli_buffer_text(out, i ? "，" : "");
            put_string(out, value);
        }
        return;
    }
}

static void put_item(struct buffer *out, jw_bytes record, jw_bytes item, const char *axis)
{
    const jw_bytes text = cli_json_get(item, "text"), event = cli_json_get(item, "event"), path = cli_json_get(item, "path");
    cli_buffer_text(out, "  ");
    put_string(out, cli_json_get(item, "x"));
    cli_buffer_text(out, is_value(text) ? " 「" : " ");
    if (is_value(text))
        put_string(out, text);
    else
        put_value(out, cli_json_get(item, "at"));
    cli_buffer_text(out, is_value(text) ? "」 " : " ");
    if (is_value(event))
        put_event(out, record, event);
    else
        cli_buffer_text(out, "評價");
    cli_buffer_text(out, "（規則 ");
    put_string(out, cli_json_get(item, "rule"));
    if (is_value(path)) {
        cli_buffer_text(out, "；");
        put_string(out, path);
    }
    cli_buffer_text(out, "）貢獻 ");
    put_value(out, cli_json_get(item, axis));
    cli_buffer_text(out, "\n");
}

/* The pieces that add to an axis, and their sum beside the score. */
static void put_axis(struct buffer *out, jw_bytes record, jw_bytes eid, const char *axis, jw_bytes score)
{
    int64_t sum = 0, value = 0;
    jw_bytes item;
    for (size_t at = 0; cli_json_next(cli_json_get(record, "evidence"), &at, &item);) {
        if (!cli_json_is_same(cli_json_get(item, "of"), eid) || !cli_json_scaled(cli_json_get(item, axis), &value) || !value)
            continue;
        put_item(out, record, item, axis);
        sum += value;
    }
    cli_buffer_text(out, "  合計 ");
    put_scaled(out, sum);
    if (!cli_json_scaled(score, &value) || value != sum)
        cli_buffer_text(out, "，與記錄所載不符");
    cli_buffer_text(out, "\n");
}

/* An axis of an entity, and in which words it is told. */
struct axis {
    const char *key, *sum_key, *name, *none;
    const char *keys[3], *names[3]; /* numbers behind the score, NULL behind the last */
    const char *end;
};

static void put_score(struct buffer *out, jw_bytes record, jw_bytes entity, const struct axis *axis)
{
    const jw_bytes score = cli_json_get(entity, axis->key);
    cli_buffer_text(out, axis->name);
    if (!is_value(score)) {
        cli_buffer_text(out, axis->none);
        return;
    }
    cli_buffer_text(out, " ");
    put_value(out, cli_json_get(score, "score"));
    for (int i = 0; i < 3 && axis->keys[i]; i++) {
        cli_buffer_text(out, axis->names[i]);
        put_value(out, cli_json_get(score, axis->keys[i]));
    }
    cli_buffer_text(out, axis->end);
    put_axis(out, record, cli_json_get(entity, "eid"), axis->key, cli_json_get(score, axis->sum_key));
}

static void put_entity(struct buffer *out, jw_bytes record, jw_bytes entity)
{
    static const struct axis axes[] = {
        {"market", "score", " 市場分數", "：無（文中沒有可據以判斷的話，不等於 0）\n", {"p_neg", "p_neu", "p_pos"}, {"（負 ", "、中 ", "、正 "}, "）\n"},
        {"credit", "raw", " 信用分數", "：無（文中沒有談到償債能力，不等於安全）\n", {"raw", NULL, NULL}, {"（-3 嚴重惡化，+3 強力支持），未進位 ", NULL, NULL}, "\n"},
    };
    const jw_bytes code = cli_json_get(cli_json_get(entity, "ids"), "code");
    cli_buffer_text(out, "\n");
    put_string(out, cli_json_get(entity, "name"));
    if (is_value(code)) {
        cli_buffer_text(out, "（");
        put_string(out, code);
        cli_buffer_text(out, "）");
    }
    cli_buffer_text(out, " ");
    put_string(out, cli_json_get(entity, "eid"));
    cli_buffer_text(out, "\n 相關度 ");
    put_value(out, cli_json_get(entity, "relevance"));
    cli_buffer_text(out, "（提及 ");
    put_value(out, cli_json_get(entity, "n_mention"));
    cli_buffer_text(out, " 次，標題 ");
    put_value(out, cli_json_get(entity, "n_title"));
    cli_buffer_text(out, " 次）\n");
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
        put_score(out, record, entity, &axes[i]);
}

void cli_explain_record(jw_bytes line, struct buffer *out)
{
    jw_bytes entity;
    cli_buffer_text(out, "文件 ");
    put_string(out, cli_json_get(line, "id"));
    cli_buffer_text(out, "\n");
    for (size_t at = 0; cli_json_next(cli_json_get(line, "entities"), &at, &entity);)
        put_entity(out, line, entity);
}
