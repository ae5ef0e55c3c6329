/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One document record a line, keys in the order of the output contract, layers that are absent left out.  Tokens are parallel arrays, so
 * each key is one pass over the layer; the ruler makes a pass over offsets linear.
 */
#include "write/calendar.h"
#include "write/form_json.h"
#include "write/name.h"
#include "write/place.h"
#include "write/sheet.h"
#include "write/value_json.h"

#include <jinwen/score.h>

#include <string.h>

static void put_text_key(struct sheet *sheet, const char *key, const char *text)
{
    const jw_bytes bytes = {text, strlen(text)};
    if (jwi_sheet_key(sheet, key))
        jwi_out_json(sheet->out, bytes);
}

static void put_bytes_key(struct sheet *sheet, const char *key, jw_bytes bytes)
{
    if (!jwi_sheet_key(sheet, key))
        return;
    if (bytes.len > 0)
        jwi_out_json(sheet->out, bytes);
    else
        out_text(sheet->out, "null");
}

static void put_count_key(struct sheet *sheet, const char *key, uint64_t value)
{
    if (jwi_sheet_key(sheet, key))
        jwi_out_uint(sheet->out, value);
}

static void put_instant_key(struct sheet *sheet, const char *key, int64_t time)
{
    if (jwi_sheet_key(sheet, key))
        jwi_out_instant(sheet->out, time);
}

static const char *unit_name(jw_unit unit)
{
    return unit == JW_UNIT_UTF16 ? "utf16" : unit == JW_UNIT_BYTE ? "byte" : "cp";
}

static void put_part_lens(struct sheet *sheet)
{
    if (!jwi_sheet_key(sheet, "part_lens"))
        return;
    for (uint32_t i = 0; i < sheet->parts.len; i++) {
        const jw_range range = sheet->parts.at[i].text;
        struct ruler ruler = jwi_ruler_in(sheet->doc, i, sheet->options->offsets);
        out_text(sheet->out, i > 0 ? "," : "[");
        jwi_out_uint(sheet->out, jwi_ruler_at(&ruler, range.end));
    }
    out_text(sheet->out, sheet->parts.len > 0 ? "]" : "[]");
}

static int has_split(const struct sheet *sheet)
{
    for (uint32_t i = 0; i < sheet->sentences.len; i++)
        if (sheet->sentences.at[i].flags & JW_SENTENCE_SPLIT)
            return 1;
    return 0;
}

static int has_conflict(const struct sheet *sheet)
{
    const jw_values values = jw_doc_values(sheet->doc);
    for (uint32_t i = 0; i < values.len; i++)
        if (values.at[i].kind == JW_VALUE_DATE && values.at[i].flags & JW_VALUE_CONFLICT)
            return 1;
    return 0;
}

/* Trade dates of the rule alone: holidays are not known. */
static int lacks_calendar(const struct sheet *sheet)
{
    const int64_t available = jwi_available_at(sheet->doc, sheet->options);
    return available != JW_NO_TIME &&
           jwi_calendar_lacks(sheet->options->calendar, jw_doc_meta(sheet->doc).region, available);
}

static void put_flags(struct sheet *sheet)
{
    if (!jwi_sheet_key(sheet, "flags"))
        return;
    const jw_doc_score whole = jw_doc_whole_score(sheet->doc);
    const struct {
        const char *name;
        int is_set;
    } flag[] = {
        {"calendar_missing", lacks_calendar(sheet)},
        {"date_conflict", has_conflict(sheet)},
        {"degraded", jw_doc_degraded(sheet->doc) != 0},
        {"has_forecast", whole.has_forecast},
        {"has_rumour", whole.has_rumour},
        {"long_sentence", has_split(sheet)},
        {"repaired",
         (sheet->options->flags & JW_WRITE_REPAIRED) != 0 || jw_doc_repaired(sheet->doc) > 0},
        {"truncated", jw_doc_truncated(sheet->doc) != 0},
    };
    const char *comma = "[\"";
    for (size_t i = 0; i < sizeof flag / sizeof *flag; i++) {
        if (!flag[i].is_set)
            continue;
        out_text(sheet->out, comma);
        out_text(sheet->out, flag[i].name);
        out_text(sheet->out, "\"");
        comma = ",\"";
    }
    out_text(sheet->out, comma[0] == '[' ? "[]" : "]");
}

static void put_day_key(struct sheet *sheet, const char *key, int32_t day)
{
    if (!jwi_sheet_key(sheet, key))
        return;
    out_text(sheet->out, day == JW_NO_DAY ? "null" : "\"");
    if (day == JW_NO_DAY)
        return;
    jwi_out_day(sheet->out, day);
    out_text(sheet->out, "\"");
}

/* When the market could act on the document; null when nobody says when it was there. */
static void put_trade_time(struct sheet *sheet)
{
    static const char *const names[] = {"non_session", "pre_open", "intraday", "after_close"};
    const int64_t available = jwi_available_at(sheet->doc, sheet->options);
    const struct trade_time none = {SESSION_NONE, JW_NO_DAY, JW_NO_DAY};
    const struct trade_time time =
        available == JW_NO_TIME ? none
                                : jwi_trade_time(sheet->options->calendar,
                                                 jw_doc_meta(sheet->doc).region, available);
    if (available != JW_NO_TIME)
        put_text_key(sheet, "session", names[time.session]);
    else if (jwi_sheet_key(sheet, "session"))
        out_text(sheet->out, "null");
    put_day_key(sheet, "trade_date_open", time.open_day);
    put_day_key(sheet, "trade_date_close", time.close_day);
}

static void put_meta(struct sheet *sheet)
{
    const jw_meta meta = jw_doc_meta(sheet->doc);
    if (sheet->options->lang.len > 0)
        put_bytes_key(sheet, "lang", sheet->options->lang);
    else
        put_text_key(sheet, "lang", "zh-Hant");
    put_text_key(sheet, "region", meta.region == JW_HK ? "HK" : "TW");
    put_instant_key(sheet, "published_at", meta.published_at);
    put_instant_key(sheet, "received_at", meta.received_at);
    put_instant_key(sheet, "available_at", jwi_available_at(sheet->doc, sheet->options));
    put_text_key(sheet, "tz", meta.region == JW_HK ? "Asia/Hong_Kong" : "Asia/Taipei");
    put_trade_time(sheet);
    put_bytes_key(sheet, "source", meta.source);
    put_text_key(sheet, "source_type", jwi_source_type(meta));
    put_text_key(sheet, "channel", jwi_channel(meta));
}

/* Kind, eid and nil of a mention; one of the two is null. */
static void put_link(struct sheet *sheet, const jw_link *link, const char **comma)
{
    const jw_bytes none = {NULL, 0};
    const jw_entity *entity =
        link->entity == JW_NONE ? NULL : &jw_doc_entities(sheet->doc).at[link->entity];
    const int is_nil = entity && entity->flags & JW_ENTITY_NIL;
    if (jwi_sheet_inner(sheet, "mentions", "kind", comma)) {
        const char *const kind = jwi_mention_kind(link);
        const jw_bytes name = {kind, strlen(kind)};
        jwi_out_json(sheet->out, name);
    }
    if (jwi_sheet_inner(sheet, "mentions", "eid", comma))
        jwi_sheet_or_null(sheet, entity && !is_nil ? entity->eid : none);
    if (jwi_sheet_inner(sheet, "mentions", "nil", comma))
        jwi_sheet_or_null(sheet, is_nil ? entity->eid : none);
    if (link->flags & JW_LINK_RECORD && jwi_sheet_inner(sheet, "mentions", "by", comma))
        out_text(sheet->out, "\"record\"");
}

/* What else the name of the mention may stand for, when the worker was asked to keep it; `*next` is the first candidate not printed. */
static void put_candidates(struct sheet *sheet, uint32_t mention, uint32_t *next,
                           const char **comma)
{
    const jw_candidates all = jw_doc_candidates(sheet->doc);
    struct out *const out = sheet->out;
    const uint32_t first = *next;
    while (*next < all.len && all.at[*next].mention == mention)
        ++*next;
    if (first == *next || !jwi_sheet_inner(sheet, "mentions", "candidates", comma))
        return;
    for (uint32_t i = first; i < *next; i++) {
        out_text(out, i > first ? ",{\"eid\":" : "[{\"eid\":");
        jwi_out_json(out, all.at[i].eid);
        out_text(out, ",\"name\":");
        jwi_out_json(out, all.at[i].name);
        out_text(out, ",\"link_conf\":");
        jwi_out_scaled(out, all.at[i].score);
        out_text(out, all.at[i].points < 0 ? ",\"points\":-" : ",\"points\":");
        jwi_out_uint(out, (uint64_t)(all.at[i].points < 0 ? -all.at[i].points : all.at[i].points));
        out_text(out, "}");
    }
    out_text(out, "]");
}

static void put_mention(struct sheet *sheet, struct place *place, uint32_t number,
                        uint32_t *candidate)
{
    struct out *const out = sheet->out;
    const jw_mention *const mention = &jw_doc_mentions(sheet->doc).at[number];
    const jw_link *const link =
        sheet->layers & JW_LAYER_ENTITIES ? &jw_doc_links(sheet->doc).at[number] : NULL;
    const jw_range range = {sheet->tokens.at[mention->tokens.start].text.start,
                            sheet->tokens.at[mention->tokens.end - 1].text.end};
    const char *comma = "{";
    place_move(place, mention->tokens.start);
    const uint32_t start = jwi_ruler_at(&place->ruler, range.start);
    struct ruler ahead = place->ruler; /* a nested mention starts before this one ends */
    if (jwi_sheet_inner(sheet, "mentions", "n", &comma))
        jwi_out_uint(out, (uint64_t)number + 1);
    if (jwi_sheet_inner(sheet, "mentions", "at", &comma)) {
        out_text(out, "[");
        jwi_out_uint(out, place->part);
        out_text(out, ",");
        jwi_out_uint(out, start);
        out_text(out, ",");
        jwi_out_uint(out, jwi_ruler_end(&ahead, range.end));
        out_text(out, "]");
    }
    jwi_sheet_echo(sheet, "mentions", range, &comma);
    if (jwi_sheet_inner(sheet, "mentions", "type", &comma)) {
        const char *label =
            jw_model_label(jw_doc_model(sheet->doc), JW_LABELS_MENTION, mention->type);
        const jw_bytes bytes = {label ? label : "", label ? strlen(label) : 0};
        jwi_out_json(out, bytes);
    }
    if (link)
        put_link(sheet, link, &comma);
    if (jwi_sheet_inner(sheet, "mentions", "ner_conf", &comma))
        jwi_out_scaled(out, mention->score);
    if (link && jwi_sheet_inner(sheet, "mentions", "link_conf", &comma))
        jwi_out_scaled(out, link->score);
    put_candidates(sheet, number, candidate, &comma);
    out_text(out, comma[0] == '{' ? "{}" : "}");
}

/* Identifiers that the entity has. */
static void put_ids(struct sheet *sheet, const jw_entity *entity)
{
    const struct {
        const char *key;
        jw_bytes value;
    } id[] = {{"\"code\":", entity->code},
              {"\"mic\":", entity->mic},
              {"\"symbol\":", entity->symbol},
              {"\"isin\":", entity->isin},
              {"\"ubn\":", entity->ubn}};
    const char *comma = "";
    out_text(sheet->out, "{");
    for (size_t i = 0; i < sizeof id / sizeof *id; i++) {
        if (!id[i].value.len)
            continue;
        out_text(sheet->out, comma);
        out_text(sheet->out, id[i].key);
        jwi_out_json(sheet->out, id[i].value);
        comma = ",";
    }
    out_text(sheet->out, "}");
}

static void put_entity(struct sheet *sheet, uint32_t number)
{
    struct out *const out = sheet->out;
    const jw_entity *const entity = &jw_doc_entities(sheet->doc).at[number];
    const jw_score *const score = sheet->layers & JW_LAYER_SCORES ? &jw_doc_scores(sheet->doc).at[number] : NULL;
    const char *comma = "{";
    if (jwi_sheet_inner(sheet, "entities", "eid", &comma))
        jwi_out_json(out, entity->eid);
    if (jwi_sheet_inner(sheet, "entities", "type", &comma))
        jwi_sheet_label(sheet, JW_LABELS_MENTION, entity->type);
    if (jwi_sheet_inner(sheet, "entities", "name", &comma))
        jwi_out_json(out, entity->name);
    if (jwi_sheet_inner(sheet, "entities", "ids", &comma))
        put_ids(sheet, entity);
    if (jwi_sheet_inner(sheet, "entities", "link_conf", &comma))
        jwi_out_scaled(out, entity->score);
    if (score && jwi_sheet_inner(sheet, "entities", "relevance", &comma))
        jwi_out_uint(out, score->relevance);
    if (jwi_sheet_inner(sheet, "entities", "n_mention", &comma))
        jwi_out_uint(out, entity->mention_count);
    if (jwi_sheet_inner(sheet, "entities", "n_title", &comma))
        jwi_out_uint(out, entity->title_count);
    if (score)
        jwi_sheet_score(sheet, number, &comma);
    out_text(out, comma[0] == '{' ? "{}" : "}");
}

/* By relevance when it is known, else as they are first named. */
static void put_entities(struct sheet *sheet)
{
    if (!(sheet->layers & JW_LAYER_ENTITIES) || !jwi_sheet_key(sheet, "entities"))
        return;
    out_text(sheet->out, "[");
    for (uint32_t i = 0; i < jw_doc_entities(sheet->doc).len; i++) {
        out_text(sheet->out, i > 0 ? "," : "");
        put_entity(sheet, sheet->layers & JW_LAYER_SCORES ? jw_doc_scores(sheet->doc).at[i].ranked : i);
    }
    out_text(sheet->out, "]");
}

static void put_mentions(struct sheet *sheet)
{
    if (!(sheet->layers & (JW_LAYER_MENTIONS | JW_LAYER_ENTITIES)) || !jwi_sheet_key(sheet, "mentions"))
        return;
    struct place place = place_before(sheet->doc, sheet->options->offsets);
    uint32_t candidate = 0;
    out_text(sheet->out, "[");
    for (uint32_t i = 0; i < jw_doc_mentions(sheet->doc).len; i++) {
        out_text(sheet->out, i > 0 ? "," : "");
        put_mention(sheet, &place, i, &candidate);
    }
    out_text(sheet->out, "]");
}

static void put_sentence(struct sheet *sheet, struct place *place, uint32_t number)
{
    struct out *const out = sheet->out;
    const jw_sentence *const sentence = &sheet->sentences.at[number];
    const char *comma = "{";
    place_enter(place, sentence->part);
    const uint32_t start = jwi_ruler_at(&place->ruler, sentence->text.start);
    const struct {
        const char *key;
        uint32_t value;
    } field[] = {{"n", number + 1},
                 {"part", sentence->part},
                 {"s", start},
                 {"e", jwi_ruler_end(&place->ruler, sentence->text.end)}};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        if (jwi_sheet_inner(sheet, "sents", field[i].key, &comma))
            jwi_out_uint(out, field[i].value);
    jwi_sheet_echo(sheet, "sents", sentence->text, &comma);
    if (sheet->layers & JW_LAYER_SCORES)
        jwi_sheet_sentence(sheet, number, &comma);
    if (sheet->layers & JW_LAYER_TOKENS && jwi_sheet_inner(sheet, "sents", "tok", &comma)) {
        out_text(out, "[");
        jwi_out_uint(out, (uint64_t)sentence->tokens.start + 1);
        out_text(out, ",");
        jwi_out_uint(out, sentence->tokens.end);
        out_text(out, "]");
    }
    out_text(out, comma[0] == '{' ? "{}" : "}");
}

static void put_sentences(struct sheet *sheet)
{
    if (!(sheet->layers & JW_LAYER_SENTENCES) || !jwi_sheet_key(sheet, "sents"))
        return;
    struct place place = place_before(sheet->doc, sheet->options->offsets);
    out_text(sheet->out, "[");
    for (uint32_t i = 0; i < sheet->sentences.len; i++) {
        out_text(sheet->out, i > 0 ? "," : "");
        put_sentence(sheet, &place, i);
    }
    out_text(sheet->out, "]");
}

enum column {
    COLUMN_PART,
    COLUMN_START,
    COLUMN_END,
    COLUMN_TEXT,
    COLUMN_UPOS,
    COLUMN_XPOS,
    COLUMN_HEAD,
    COLUMN_DEP,
    COLUMN_NER
};

static void put_name(struct sheet *sheet, struct name_cursor *names, uint32_t token)
{
    struct name name;
    if (!jwi_name_at(names, token, &name)) {
        out_text(sheet->out, "\"O\"");
        return;
    }
    const char prefix[] = {'"', jwi_name_place(&name, token), '-'};
    out_put(sheet->out, prefix, sizeof prefix);
    out_text(sheet->out, name.label);
    out_text(sheet->out, "\"");
}

static void put_head(struct sheet *sheet, const struct place *place, uint32_t token)
{
    const uint32_t head = jw_doc_arcs(sheet->doc).at[token].head;
    jwi_out_uint(sheet->out, head == JW_NONE
                                 ? 0
                                 : head - sheet->sentences.at[place->sentence].tokens.start + 1);
}

static void put_cell(struct sheet *sheet, enum column column, struct place *place,
                     struct name_cursor *names, uint32_t token)
{
    const jw_range range = sheet->tokens.at[token].text;
    switch (column) {
    case COLUMN_PART:
        jwi_out_uint(sheet->out, place->part);
        return;
    case COLUMN_START:
        jwi_out_uint(sheet->out, jwi_ruler_at(&place->ruler, range.start));
        return;
    case COLUMN_END:
        jwi_out_uint(sheet->out, jwi_ruler_end(&place->ruler, range.end));
        return;
    case COLUMN_TEXT:
        jwi_out_json(sheet->out, bytes_of(sheet->text, range));
        return;
    case COLUMN_UPOS:
        jwi_sheet_label(sheet, JW_LABELS_UPOS, jw_doc_upos(sheet->doc).at[token]);
        return;
    case COLUMN_XPOS:
        jwi_sheet_label(sheet, JW_LABELS_XPOS, jw_doc_xpos(sheet->doc).at[token]);
        return;
    case COLUMN_HEAD:
        put_head(sheet, place, token);
        return;
    case COLUMN_DEP:
        jwi_sheet_label(sheet, JW_LABELS_DEP, jw_doc_arcs(sheet->doc).at[token].rel);
        return;
    case COLUMN_NER:
        put_name(sheet, names, token);
        return;
    }
}

static void put_column(struct sheet *sheet, enum column column)
{
    struct place place = place_before(sheet->doc, sheet->options->offsets);
    struct name_cursor names = jwi_names_before(sheet->doc, sheet->layers);
    out_text(sheet->out, "[");
    for (uint32_t i = 0; i < sheet->tokens.len; i++) {
        place_move(&place, i);
        out_text(sheet->out, i > 0 ? "," : "");
        put_cell(sheet, column, &place, &names, i);
    }
    out_text(sheet->out, "]");
}

static void put_tokens(struct sheet *sheet)
{
    static const struct {
        const char *key;
        uint32_t layer;
        enum column column;
    } columns[] = {
        {"part", JW_LAYER_TOKENS, COLUMN_PART}, {"s", JW_LAYER_TOKENS, COLUMN_START},
        {"e", JW_LAYER_TOKENS, COLUMN_END},     {"text", JW_LAYER_TOKENS, COLUMN_TEXT},
        {"upos", JW_LAYER_POS, COLUMN_UPOS},    {"xpos", JW_LAYER_POS, COLUMN_XPOS},
        {"head", JW_LAYER_ARCS, COLUMN_HEAD},   {"dep", JW_LAYER_ARCS, COLUMN_DEP},
        {"ner", JW_LAYER_MENTIONS | JW_LAYER_ENTITIES | JW_LAYER_VALUES, COLUMN_NER},
    };
    if (!(sheet->layers & JW_LAYER_TOKENS) || !jwi_sheet_key(sheet, "toks"))
        return;
    const char *comma = "{";
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (!(sheet->layers & columns[i].layer))
            continue;
        if (columns[i].column == COLUMN_TEXT && !(sheet->options->flags & JW_WRITE_ECHO))
            continue;
        if (jwi_sheet_inner(sheet, "toks", columns[i].key, &comma))
            put_column(sheet, columns[i].column);
    }
    out_text(sheet->out, comma[0] == '{' ? "{}" : "}");
}

/* Marks of a forum's replies; null when none has one. */
static void put_pushes(struct sheet *sheet)
{
    uint32_t count[JW_MARK_ARROW + 1] = {0};
    for (uint32_t i = 0; i < sheet->parts.len; i++)
        count[sheet->parts.at[i].mark <= JW_MARK_ARROW ? sheet->parts.at[i].mark : 0]++;
    const int64_t sure = (int64_t)count[JW_MARK_PUSH] + count[JW_MARK_BOO];
    const int64_t difference = ((int64_t)count[JW_MARK_PUSH] - count[JW_MARK_BOO]) * JW_SCALE;
    if (!jwi_sheet_key(sheet, "pushes"))
        return;
    if (!sure && !count[JW_MARK_ARROW]) {
        out_text(sheet->out, "null");
        return;
    }
    out_text(sheet->out, "{\"push\":");
    jwi_out_uint(sheet->out, count[JW_MARK_PUSH]);
    out_text(sheet->out, ",\"boo\":");
    jwi_out_uint(sheet->out, count[JW_MARK_BOO]);
    out_text(sheet->out, ",\"arrow\":");
    jwi_out_uint(sheet->out, count[JW_MARK_ARROW]);
    out_text(sheet->out, ",\"net\":");
    if (sure)
        jwi_out_scaled(sheet->out, (int32_t)((2 * difference + (difference < 0 ? -sure : sure)) / (2 * sure)));
    else
        out_text(sheet->out, "null");
    out_text(sheet->out, "}");
}

static void put_counts(struct sheet *sheet)
{
    const uint32_t layers = jw_doc_layers(sheet->doc);
    if (layers & JW_LAYER_SENTENCES)
        put_count_key(sheet, "n_sent", sheet->sentences.len);
    if (layers & JW_LAYER_TOKENS)
        put_count_key(sheet, "n_tok", sheet->tokens.len);
    if (!(sheet->layers & JW_LAYER_SCORES))
        return;
    const jw_doc_score whole = jw_doc_whole_score(sheet->doc);
    put_count_key(sheet, "n_company", whole.company_count);
    if (jwi_sheet_key(sheet, "roundup"))
        out_text(sheet->out, whole.is_roundup ? "true" : "false");
    put_pushes(sheet);
}

void jwi_write_jsonl(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct sheet sheet = {out,
                          doc,
                          options,
                          layers_shown(doc, options),
                          jw_doc_text(doc),
                          jw_doc_parts(doc),
                          jw_doc_sentences(doc),
                          jw_doc_tokens(doc),
                          "",
                          scale_on(doc, options->offsets)};
    out_text(out, "{");
    put_text_key(&sheet, "schema", "jinwen/1");
    if (options->run.len > 0)
        put_bytes_key(&sheet, "run", options->run);
    put_bytes_key(&sheet, "id", jw_doc_meta(doc).id);
    put_text_key(&sheet, "offsets", unit_name(options->offsets));
    put_part_lens(&sheet);
    put_meta(&sheet);
    put_flags(&sheet);
    put_counts(&sheet);
    put_entities(&sheet);
    put_mentions(&sheet);
    jwi_sheet_events(&sheet);
    jwi_sheet_relations(&sheet);
    if (sheet.layers & JW_LAYER_VALUES && jwi_sheet_key(&sheet, "values"))
        jwi_write_values(out, doc, options);
    if (sheet.layers & JW_LAYER_FORM && jwi_sheet_key(&sheet, "form"))
        jwi_write_form(out, doc, options);
    jwi_sheet_evidence(&sheet);
    jwi_sheet_esg(&sheet);
    if (jwi_sheet_key(&sheet, "novelty"))
        out_text(out, "null");
    put_sentences(&sheet);
    put_tokens(&sheet);
    if (options->keep.len > 0 && jwi_sheet_key(&sheet, "keep"))
        out_put(out, options->keep.at, options->keep.len);
    out_text(out, "}\n");
}
