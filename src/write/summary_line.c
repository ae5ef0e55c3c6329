/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line an event, from the template of its type (dict/events/templates.tsv) and its arguments.  Nothing is said that the arguments do not
 * hold: names are those of the entities, all else is quoted from the text, and what is no plain fact is marked: 傳, 擬, （預測）, （否定）.
 * An event that has not what its template needs, that of which nobody knows whose it is, has no line.
 *   {role}           the argument; a word after `?` stands when there is none: {holder?股東}
 *   [..]             left out whole when an argument inside is missing
 *   {dir:up|down|no} by the direction        {status}  by how far it has come: 傳, 擬, 取消, 否認, 未
 *   {change:年 role} by the sign of its value: 年增 12%, 年減 3%
 *   {=role}          an argument whose role has the name of one of these
 */
#include "model/model.h"
#include "write/summary.h"

#include <string.h>

struct line {
    struct out *out; /* NULL: only looks whether all is there */
    const jw_doc *doc;
    const jw_event *event;
    int is_missing;
    int tells_ground; /* {status} has said on what ground it stands */
};

static int is_text(jw_bytes bytes, const char *text)
{
    return strlen(text) == bytes.len && memcmp(bytes.at, text, bytes.len) == 0;
}

/* Inside a JSON string; line breaks of hard-wrapped text are left out. */
static void put(struct line *line, jw_bytes text)
{
    for (size_t i = 0; line->out && i < text.len; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            out_put(line->out, "\\", 1);
        if ((unsigned char)text.at[i] >= 0x20)
            out_put(line->out, text.at + i, 1);
    }
}

/* Up to a mark, or the end; *rest moves behind the mark. */
static jw_bytes take(jw_bytes *rest, char mark)
{
    const char *const end = rest->len ? memchr(rest->at, mark, rest->len) : NULL;
    const jw_bytes part = {rest->at, end ? (size_t)(end - rest->at) : rest->len};
    const size_t used = part.len + (end ? 1 : 0);
    rest->at += used;
    rest->len -= used;
    return part;
}

static const jw_arg *find_arg(const struct line *line, jw_bytes role)
{
    const uint32_t id = jw_model_label_id(line->doc->model, JW_LABELS_ROLE, role);
    for (uint32_t i = 0; i < line->event->arg_count; i++)
        if (line->doc->event_args[line->event->first_arg + i].role == id)
            return &line->doc->event_args[line->event->first_arg + i];
    return NULL;
}

static void put_arg(struct line *line, jw_bytes slot)
{
    jw_bytes rest = slot;
    const jw_bytes role = take(&rest, '?');
    const jw_arg *const arg = find_arg(line, role);
    if (!arg) {
        line->is_missing |= rest.len == 0;
        put(line, rest);
        return;
    }
    const int is_named = arg->entity < line->doc->entity_count && line->doc->entities[arg->entity].name.len > 0;
    put(line, is_named ? line->doc->entities[arg->entity].name : bytes_of(line->doc->text, arg->text));
}

static void put_direction(struct line *line, jw_bytes words)
{
    jw_bytes up = take(&words, '|'), down = take(&words, '|');
    put(line, line->event->claim.direction == JW_DIRECTION_UP     ? up
              : line->event->claim.direction == JW_DIRECTION_DOWN ? down
                                                                  : words);
}

static void put_status(struct line *line)
{
    static const char *const words[] = {"", "傳", "擬", "", "", "", "", "取消", "否認"};
    const jw_claim *const claim = &line->event->claim;
    const char *word = claim->progress < sizeof words / sizeof *words ? words[claim->progress] : "";
    if (!*word && claim->negation == JW_NEGATED)
        word = "未";
    else if (!*word && claim->fact == JW_RUMOUR)
        word = "傳";
    else if (!*word && (claim->fact == JW_FORECAST || claim->mood & JW_MOOD_HYPOTHETICAL))
        word = "可能";
    const jw_bytes bytes = {word, strlen(word)};
    put(line, bytes);
    line->tells_ground |= *word != '\0';
}

/* What is no plain fact says so at the end of the line, unless the words before did. */
static void put_ground(struct line *line)
{
    static const char *const grounds[] = {"", "（預測）", "（意見）", "（傳聞）"};
    const jw_claim *const claim = &line->event->claim;
    const char *ground = claim->fact <= JW_RUMOUR ? grounds[claim->fact] : "";
    if (claim->mood & JW_MOOD_HYPOTHETICAL)
        ground = "（假設或可能）";
    if (claim->mood & JW_MOOD_QUESTION)
        ground = "（疑問）";
    if (claim->negation == JW_NEGATED)
        ground = "（否定）";
    if (claim->progress == JW_CANCELLED || claim->progress == JW_DENIED)
        ground = claim->progress == JW_DENIED ? "（否認）" : "（取消）";
    if (!line->tells_ground)
        out_text(line->out, ground);
}

static jw_bytes without_sign(jw_bytes text)
{
    static const char *const signs[] = {"-", "+", "－", "＋", "負", "正", "▲", "▼", "△", "▽"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const size_t len = strlen(signs[i]);
        if (text.len > len && memcmp(text.at, signs[i], len) == 0)
            return (jw_bytes){text.at + len, text.len - len};
    }
    return text;
}

/* 年增 12%: the sign is in the words, so that of the text, -3%, is left out. */
static void put_change(struct line *line, jw_bytes role)
{
    static const jw_bytes more = {"增 ", 4}, less = {"減 ", 4};
    const jw_bytes since = take(&role, ' ');
    const jw_arg *const arg = find_arg(line, role);
    const jw_value *const value = arg && arg->value < line->doc->value_count ? &line->doc->values[arg->value] : NULL;
    line->is_missing |= !value;
    if (!value)
        return;
    const jw_decimal number = value->value.known ? value->value : value->low;
    jw_bytes text = bytes_of(line->doc->text, arg->text);
    put(line, since);
    put(line, number.known && number.mantissa < 0 ? less : more);
    put(line, number.known ? without_sign(text) : text);
}

static void put_slot(struct line *line, jw_bytes slot)
{
    if (slot.len > 4 && memcmp(slot.at, "dir:", 4) == 0) {
        const jw_bytes words = {slot.at + 4, slot.len - 4};
        put_direction(line, words);
    } else if (slot.len > 7 && memcmp(slot.at, "change:", 7) == 0) {
        const jw_bytes role = {slot.at + 7, slot.len - 7};
        put_change(line, role);
    } else if (is_text(slot, "status")) {
        put_status(line);
    } else if (slot.len && slot.at[0] == '=') {
        const jw_bytes role = {slot.at + 1, slot.len - 1};
        put_arg(line, role);
    } else {
        put_arg(line, slot);
    }
}

/* Text with slots and no groups. */
static void put_plain(struct line *line, jw_bytes text)
{
    while (text.len) {
        put(line, take(&text, '{'));
        if (text.len)
            put_slot(line, take(&text, '}'));
    }
}

static void put_group(struct line *line, jw_bytes group)
{
    struct line look = {NULL, line->doc, line->event, 0, 0};
    put_plain(&look, group);
    if (!look.is_missing)
        put_plain(line, group);
}

static void put_template(struct line *line)
{
    const struct taxonomy *const taxonomy = line->doc->model->taxonomy;
    jw_bytes rest = {NULL, 0};
    if (taxonomy && line->event->type < taxonomy->leaf_count)
        rest = taxonomy->leaf[line->event->type].line;
    while (rest.len) {
        put_plain(line, take(&rest, '['));
        if (rest.len)
            put_group(line, take(&rest, ']'));
    }
}

int jwi_summary_has_line(const jw_doc *doc, const jw_event *event)
{
    struct line look = {NULL, doc, event, 0, 0};
    put_template(&look);
    return !look.is_missing;
}

void jwi_summary_line(struct out *out, const jw_doc *doc, const jw_event *event)
{
    struct line line = {out, doc, event, 0, 0};
    out_text(out, "\"");
    put_template(&line);
    put_ground(&line);
    out_text(out, "\"");
}
