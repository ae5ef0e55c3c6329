/* SPDX-License-Identifier: Apache-2.0 */
/* events[], relations[] and evidence[] of the record, and what scores add to entities[] and sents[]. */
#include "doc/doc.h"
#include "doc/value_text.h"
#include "model/model.h"
#include "write/code.h"
#include "write/sheet.h"

#include <string.h>

static void put_count(struct sheet *sheet, const char *group, const char *key, uint64_t value, const char **comma)
{
    if (jwi_sheet_inner(sheet, group, key, comma))
        jwi_out_uint(sheet->out, value);
}

static void put_scaled(struct sheet *sheet, const char *group, const char *key, int32_t value, const char **comma)
{
    if (jwi_sheet_inner(sheet, group, key, comma))
        jwi_out_scaled(sheet->out, value);
}

static void put_int(struct sheet *sheet, int32_t value)
{
    if (value < 0)
        out_text(sheet->out, "-");
    jwi_out_uint(sheet->out, value < 0 ? 0u - (uint32_t)value : (uint32_t)value);
}

/* NULL gives null. */
static void put_code(struct sheet *sheet, const char *group, const char *key, const char *code, const char **comma)
{
    if (!jwi_sheet_inner(sheet, group, key, comma))
        return;
    if (code)
        jwi_sheet_string(sheet, code);
    else
        out_text(sheet->out, "null");
}

static void put_bool(struct sheet *sheet, const char *group, const char *key, int value, const char **comma)
{
    if (jwi_sheet_inner(sheet, group, key, comma))
        out_text(sheet->out, value ? "true" : "false");
}

static void put_at(struct sheet *sheet, const char *group, const char *key, jw_range range, const char **comma)
{
    if (jwi_sheet_inner(sheet, group, key, comma))
        jwi_sheet_span(sheet, range);
}

/* entities[].market and credit; null when nothing is said. */
static void put_market(struct sheet *sheet, const jw_score *score, const char **comma)
{
    if (!jwi_sheet_inner(sheet, "entities", "market", comma))
        return;
    if (!score->has_market) {
        out_text(sheet->out, "null");
        return;
    }
    jwi_sheet_scaled(sheet, "{\"score\":", score->market);
    jwi_sheet_scaled(sheet, ",\"p_neg\":", score->p_neg);
    jwi_sheet_scaled(sheet, ",\"p_neu\":", score->p_neu);
    jwi_sheet_scaled(sheet, ",\"p_pos\":", score->p_pos);
    jwi_sheet_scaled(sheet, ",\"conf\":", score->market_conf);
    out_text(sheet->out, "}");
}

static void put_credit(struct sheet *sheet, const jw_score *score, const char **comma)
{
    if (!jwi_sheet_inner(sheet, "entities", "credit", comma))
        return;
    if (!score->has_credit) {
        out_text(sheet->out, "null");
        return;
    }
    out_text(sheet->out, "{\"score\":");
    put_int(sheet, score->credit);
    jwi_sheet_scaled(sheet, ",\"raw\":", score->credit_raw);
    jwi_sheet_scaled(sheet, ",\"conf\":", score->credit_conf);
    out_text(sheet->out, "}");
}

static void put_aspect(struct sheet *sheet, const jw_aspect *aspect)
{
    out_text(sheet->out, "{\"aspect\":");
    jwi_sheet_label(sheet, JW_LABELS_ASPECT, aspect->aspect);
    jwi_sheet_scaled(sheet, ",\"market\":", aspect->market);
    out_text(sheet->out, ",\"credit\":");
    put_int(sheet, aspect->credit);
    jwi_sheet_scaled(sheet, ",\"conf\":", aspect->conf);
    out_text(sheet->out, ",\"ev\":[");
    for (uint32_t i = 0; i < aspect->evidence_count; i++) {
        out_text(sheet->out, i ? ",\"x" : "\"x");
        jwi_out_uint(sheet->out, (uint64_t)aspect->first_evidence + i + 1);
        out_text(sheet->out, "\"");
    }
    out_text(sheet->out, "]}");
}

static void put_aspects(struct sheet *sheet, const jw_score *score, const char **comma)
{
    if (!jwi_sheet_inner(sheet, "entities", "aspects", comma))
        return;
    out_text(sheet->out, "[");
    for (uint32_t i = 0; i < score->aspect_count; i++) {
        out_text(sheet->out, i ? "," : "");
        put_aspect(sheet, &jw_doc_aspects(sheet->doc).at[score->first_aspect + i]);
    }
    out_text(sheet->out, "]");
}

void jwi_sheet_score(struct sheet *sheet, uint32_t entity, const char **comma)
{
    const jw_score *const score = &jw_doc_scores(sheet->doc).at[entity];
    put_count(sheet, "entities", "first_sent", score->first_sentence, comma);
    put_code(sheet, "entities", "role", jwi_code_bearing(score->bearing), comma);
    put_count(sheet, "entities", "tok_about", score->tokens_about, comma);
    put_market(sheet, score, comma);
    put_credit(sheet, score, comma);
    if (jwi_sheet_inner(sheet, "entities", "tone", comma))
        jwi_sheet_scaled_or_null(sheet, "", score->is_scored, score->tone);
    put_aspects(sheet, score, comma);
}

void jwi_sheet_sentence(struct sheet *sheet, uint32_t sentence, const char **comma)
{
    const jw_sentence_score *const score = &jw_doc_sentence_scores(sheet->doc).at[sentence];
    put_code(sheet, "sents", "type", jwi_code_sentence_type(score->type), comma);
    if (jwi_sheet_inner(sheet, "sents", "market", comma))
        jwi_sheet_scaled_or_null(sheet, "", score->has_market, score->market);
    put_code(sheet, "sents", "stance", jwi_code_stance(score->stance), comma);
    put_bool(sheet, "sents", "forward", score->is_forward, comma);
    put_scaled(sheet, "sents", "uncertainty", score->uncertainty, comma);
    put_scaled(sheet, "sents", "litigious", score->litigious, comma);
}

/* `eid` of who is in the list, null and `nil` of who is not, null alone when nobody is known. */
static void put_entity(struct sheet *sheet, const char *key, const char *nil_key, uint32_t entity)
{
    const jw_entities all = jw_doc_entities(sheet->doc);
    const jw_entity *const found = entity < all.len ? &all.at[entity] : NULL;
    const int is_nil = found && found->flags & JW_ENTITY_NIL;
    out_text(sheet->out, key);
    if (found && !is_nil)
        jwi_out_json(sheet->out, found->eid);
    else
        out_text(sheet->out, "null");
    if (!is_nil)
        return;
    out_text(sheet->out, nil_key);
    jwi_out_json(sheet->out, found->eid);
}

static void put_arg(struct sheet *sheet, const jw_arg *arg)
{
    const char *const role = jw_model_label(jw_doc_model(sheet->doc), JW_LABELS_ROLE, arg->role);
    const jw_values values = jw_doc_values(sheet->doc);
    const uint32_t number = arg->value < values.len ? values.at[arg->value].number : 0;
    out_text(sheet->out, "{\"role\":");
    jwi_sheet_string(sheet, role ? role : "_");
    if (number) {
        out_text(sheet->out, ",\"v\":\"v");
        jwi_out_uint(sheet->out, number);
        out_text(sheet->out, "\"");
    } else if (arg->entity != JW_NONE || (role && jwi_code_is_party(role))) {
        put_entity(sheet, ",\"eid\":", ",\"nil\":", arg->entity);
    }
    out_text(sheet->out, ",\"at\":");
    jwi_sheet_span(sheet, arg->text);
    if (sheet->options->flags & JW_WRITE_ECHO) {
        out_text(sheet->out, ",\"text\":");
        jwi_out_json(sheet->out, bytes_of(sheet->text, arg->text));
    }
    out_text(sheet->out, "}");
}

/* Arguments in the order in which the leaf lists their roles; roles it does not list stand last. */
static void put_args(struct sheet *sheet, const jw_event *event)
{
    const struct taxonomy *const taxonomy = sheet->doc->model->taxonomy;
    const struct leaf *const leaf = taxonomy && event->type < taxonomy->leaf_count ? &taxonomy->leaf[event->type] : NULL;
    const uint32_t roles = leaf ? leaf->role_count : 0;
    const char *comma = "";
    out_text(sheet->out, "[");
    for (uint32_t role = 0; role <= roles; role++) {
        for (uint32_t i = 0; i < event->arg_count; i++) {
            const jw_arg *const arg = &jw_doc_event_args(sheet->doc).at[event->first_arg + i];
            uint32_t place = 0;
            while (place < roles && leaf->roles[place] != arg->role)
                place++;
            if (place != role)
                continue;
            out_text(sheet->out, comma);
            put_arg(sheet, arg);
            comma = ",";
        }
    }
    out_text(sheet->out, "]");
}

static void put_period(struct sheet *sheet, const char *key, jw_period period, const char **comma)
{
    char text[PERIOD_TEXT];
    const jw_period none = {0};
    if (period.grain == JW_GRAIN_NONE || !jwi_sheet_inner(sheet, "events", key, comma))
        return;
    const jw_bytes bytes = {text, jwi_period_text(period, none, text)};
    jwi_out_json(sheet->out, bytes);
}

static void put_worth(struct sheet *sheet, const jw_event *event, const char **comma)
{
    put_scaled(sheet, "events", "market", event->claim.market, comma);
    if (jwi_sheet_inner(sheet, "events", "credit", comma))
        put_int(sheet, jwi_code_credit(event->claim.credit));
    put_count(sheet, "events", "relevance", event->relevance, comma);
    put_scaled(sheet, "events", "conf", event->claim.conf, comma);
    put_period(sheet, "period", event->period, comma);
    put_period(sheet, "date", event->date, comma);
    if (event->credit_code && jwi_sheet_inner(sheet, "events", "indicator", comma))
        jwi_sheet_label(sheet, JW_LABELS_CREDIT, event->credit_code - 1u);
}

static void put_event(struct sheet *sheet, const jw_event *event)
{
    char hash[16];
    const char *comma = "{";
    put_count(sheet, "events", "n", event->number, &comma);
    if (jwi_sheet_inner(sheet, "events", "key", &comma)) {
        jwi_code_hash(event->key, hash);
        const jw_bytes key = {hash, sizeof hash};
        jwi_out_json(sheet->out, key);
    }
    if (jwi_sheet_inner(sheet, "events", "type", &comma))
        jwi_sheet_label(sheet, JW_LABELS_EVENT, event->type);
    put_code(sheet, "events", "dir", jwi_code_direction(event->claim.direction), &comma);
    put_at(sheet, "events", "trigger", event->claim.text, &comma);
    jwi_sheet_echo(sheet, "events", event->claim.text, &comma);
    put_code(sheet, "events", "status", jwi_code_progress(event->claim.progress), &comma);
    put_code(sheet, "events", "fact", jwi_code_fact(event->claim.fact), &comma);
    put_code(sheet, "events", "neg", jwi_code_negation(event->claim.negation), &comma);
    put_bool(sheet, "events", "scheduled", (event->flags & JW_EVENT_SCHEDULED) != 0, &comma);
    if (jwi_sheet_inner(sheet, "events", "args", &comma))
        put_args(sheet, event);
    put_worth(sheet, event, &comma);
    out_text(sheet->out, comma[0] == '{' ? "{}" : "}");
}

void jwi_sheet_events(struct sheet *sheet)
{
    if (!(sheet->layers & JW_LAYER_EVENTS) || !jwi_sheet_key(sheet, "events"))
        return;
    const jw_events events = jw_doc_events(sheet->doc);
    const char *comma = "";
    out_text(sheet->out, "[");
    for (uint32_t i = 0; i < events.len; i++) {
        if (events.at[i].same != i)
            continue;
        out_text(sheet->out, comma);
        put_event(sheet, &events.at[i]);
        comma = ",";
    }
    out_text(sheet->out, "]");
}

/* An attribute is its value, or the words that say it. */
static void put_attribute(struct sheet *sheet, const jw_arg *arg)
{
    const jw_values values = jw_doc_values(sheet->doc);
    char text[DECIMAL_TEXT];
    const uint32_t len = arg->value < values.len ? jwi_decimal_text(values.at[arg->value].value, text) : 0;
    const jw_bytes number = {text, len};
    jwi_sheet_label(sheet, JW_LABELS_ROLE, arg->role);
    out_text(sheet->out, ":");
    jwi_out_json(sheet->out, len ? number : bytes_of(sheet->text, arg->text));
}

static jw_range mention_text(const struct sheet *sheet, uint32_t mention)
{
    const jw_range tokens = jw_doc_mentions(sheet->doc).at[mention].tokens;
    const jw_range text = {sheet->tokens.at[tokens.start].text.start, sheet->tokens.at[tokens.end - 1].text.end};
    return text;
}

static void put_end(struct sheet *sheet, const char *key, const char *nil_key, const char *at_key, uint32_t entity, uint32_t mention)
{
    put_entity(sheet, key, nil_key, entity);
    if (mention >= jw_doc_mentions(sheet->doc).len)
        return;
    out_text(sheet->out, at_key);
    jwi_sheet_span(sheet, mention_text(sheet, mention));
}

static void put_relation(struct sheet *sheet, const jw_relation *relation, uint32_t number)
{
    struct out *const out = sheet->out;
    out_text(out, "{\"n\":");
    jwi_out_uint(out, number);
    out_text(out, ",\"type\":");
    jwi_sheet_label(sheet, JW_LABELS_RELATION, relation->type);
    put_end(sheet, ",\"head\":", ",\"head_nil\":", ",\"head_at\":", relation->head, relation->head_mention);
    put_end(sheet, ",\"tail\":", ",\"tail_nil\":", ",\"tail_at\":", relation->tail, relation->tail_mention);
    out_text(out, ",\"at\":");
    jwi_sheet_span(sheet, relation->text);
    if (sheet->options->flags & JW_WRITE_ECHO) {
        out_text(out, ",\"text\":");
        jwi_out_json(out, bytes_of(sheet->text, relation->text));
    }
    out_text(out, ",\"status\":");
    jwi_sheet_string(sheet, jwi_code_relation_status(relation));
    out_text(out, ",\"fact\":");
    jwi_sheet_string(sheet, jwi_code_fact(relation->fact));
    out_text(out, ",\"attr\":{");
    for (uint32_t i = 0; i < relation->arg_count; i++) {
        out_text(out, i ? "," : "");
        put_attribute(sheet, &jw_doc_relation_args(sheet->doc).at[relation->first_arg + i]);
    }
    jwi_sheet_scaled(sheet, "},\"conf\":", relation->conf);
    out_text(out, "}");
}

void jwi_sheet_relations(struct sheet *sheet)
{
    if (!(sheet->layers & JW_LAYER_RELATIONS) || !jwi_sheet_key(sheet, "relations"))
        return;
    const jw_relations relations = jw_doc_relations(sheet->doc);
    out_text(sheet->out, "[");
    for (uint32_t i = 0; i < relations.len; i++) {
        out_text(sheet->out, i ? "," : "");
        put_relation(sheet, &relations.at[i], i + 1);
    }
    out_text(sheet->out, "]");
}

static void put_evidence(struct sheet *sheet, const jw_evidence *evidence, uint32_t number)
{
    const char *comma = "{";
    if (jwi_sheet_inner(sheet, "evidence", "x", &comma)) {
        out_text(sheet->out, "\"x");
        jwi_out_uint(sheet->out, number);
        out_text(sheet->out, "\"");
    }
    if (jwi_sheet_inner(sheet, "evidence", "of", &comma))
        jwi_out_json(sheet->out, jw_doc_entities(sheet->doc).at[evidence->entity].eid);
    if (jwi_sheet_inner(sheet, "evidence", "event", &comma)) {
        if (evidence->event != JW_NONE)
            jwi_out_uint(sheet->out, jw_doc_events(sheet->doc).at[evidence->event].number);
        else
            out_text(sheet->out, "null");
    }
    put_at(sheet, "evidence", "at", evidence->text, &comma);
    jwi_sheet_echo(sheet, "evidence", evidence->text, &comma);
    if (jwi_sheet_inner(sheet, "evidence", "rule", &comma))
        jwi_out_json(sheet->out, evidence->rule);
    if (jwi_sheet_inner(sheet, "evidence", "path", &comma))
        jwi_sheet_or_null(sheet, evidence->path);
    put_scaled(sheet, "evidence", "market", evidence->market, &comma);
    put_scaled(sheet, "evidence", "credit", evidence->credit, &comma);
    out_text(sheet->out, comma[0] == '{' ? "{}" : "}");
}

void jwi_sheet_evidence(struct sheet *sheet)
{
    if (!(sheet->layers & JW_LAYER_EVIDENCE) || !jwi_sheet_key(sheet, "evidence"))
        return;
    const jw_evidences evidence = jw_doc_evidence(sheet->doc);
    out_text(sheet->out, "[");
    for (uint32_t i = 0; i < evidence.len; i++) {
        out_text(sheet->out, i ? "," : "");
        put_evidence(sheet, &evidence.at[i], i + 1);
    }
    out_text(sheet->out, "]");
}
