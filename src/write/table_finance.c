/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of doc_event, doc_relation and evidence, and the cells that scores fill in the other tables. */
#include "doc/doc.h"
#include "doc/value_text.h"
#include "model/model.h"
#include "write/code.h"
#include "write/table.h"

#include <string.h>

static void put_string(struct row *row, const char *text)
{
    const jw_bytes bytes = {text ? text : "", text ? strlen(text) : 0};
    jwi_table_bytes(row, bytes);
}

static void put_label(struct row *row, jw_labels set, uint32_t id)
{
    put_string(row, jw_model_label(jw_doc_model(row->doc), set, id));
}

static void put_bool(struct row *row, int value)
{
    out_text(row->out, value ? "true" : "false");
}

static void put_int(struct row *row, int32_t value)
{
    if (value < 0)
        out_put(row->out, "-", 1);
    jwi_out_uint(row->out, value < 0 ? 0u - (uint32_t)value : (uint32_t)value);
}

static void put_eid(struct row *row, uint32_t entity)
{
    const jw_entities all = jw_doc_entities(row->doc);
    if (entity < all.len)
        jwi_table_bytes(row, all.at[entity].eid);
}

static int has_scores(const struct row *row)
{
    return (row->layers & JW_LAYER_SCORES) != 0;
}

/* documents */
static const jw_doc_score *whole_of(const struct row *row)
{
    return &row->doc->whole_score;
}
void jwi_table_n_company(struct row *row)
{
    if (has_scores(row))
        jwi_out_uint(row->out, whole_of(row)->company_count);
}
void jwi_table_roundup(struct row *row)
{
    if (has_scores(row))
        put_bool(row, whole_of(row)->is_roundup);
}
void jwi_table_doc_market(struct row *row)
{
    if (has_scores(row) && whole_of(row)->has_market)
        jwi_out_scaled(row->out, whole_of(row)->market);
}
void jwi_table_doc_tone(struct row *row)
{
    if (has_scores(row) && whole_of(row)->has_tone)
        jwi_out_scaled(row->out, whole_of(row)->tone);
}
void jwi_table_doc_credit(struct row *row)
{
    if (has_scores(row) && whole_of(row)->has_credit)
        put_int(row, whole_of(row)->credit);
}
static void put_share(struct row *row, int32_t share)
{
    if (has_scores(row))
        jwi_out_scaled(row->out, share);
}
void jwi_table_doc_uncertainty(struct row *row)
{
    put_share(row, whole_of(row)->uncertainty);
}
void jwi_table_doc_litigious(struct row *row)
{
    put_share(row, whole_of(row)->litigious);
}
void jwi_table_forward_share(struct row *row)
{
    put_share(row, whole_of(row)->forward_share);
}
void jwi_table_forecast_share(struct row *row)
{
    put_share(row, whole_of(row)->forecast_share);
}
void jwi_table_rumor_share(struct row *row)
{
    put_share(row, whole_of(row)->rumor_share);
}

/* sentences */
static const jw_sentence_score *sentence_of(const struct row *row)
{
    return has_scores(row) ? &jw_doc_sentence_scores(row->doc).at[row->index] : NULL;
}
void jwi_table_sentence_type(struct row *row)
{
    if (sentence_of(row))
        put_string(row, jwi_code_sentence_type(sentence_of(row)->type));
}
void jwi_table_sentence_market(struct row *row)
{
    if (sentence_of(row) && sentence_of(row)->has_market)
        jwi_out_scaled(row->out, sentence_of(row)->market);
}
void jwi_table_stance(struct row *row)
{
    if (sentence_of(row))
        put_string(row, jwi_code_stance(sentence_of(row)->stance));
}
void jwi_table_forward(struct row *row)
{
    if (sentence_of(row))
        put_bool(row, sentence_of(row)->is_forward);
}
void jwi_table_uncertainty(struct row *row)
{
    if (sentence_of(row))
        jwi_out_scaled(row->out, sentence_of(row)->uncertainty);
}
void jwi_table_litigious(struct row *row)
{
    if (sentence_of(row))
        jwi_out_scaled(row->out, sentence_of(row)->litigious);
}

/* doc_entity */
static const jw_score *score_of(const struct row *row)
{
    return has_scores(row) ? &jw_doc_scores(row->doc).at[row->index] : NULL;
}
static void put_market_cell(struct row *row, size_t offset)
{
    const jw_score *const score = score_of(row);
    int32_t value;
    if (!score || !score->has_market)
        return;
    memcpy(&value, (const char *)score + offset, sizeof value);
    jwi_out_scaled(row->out, value);
}
void jwi_table_relevance(struct row *row)
{
    if (score_of(row))
        jwi_out_uint(row->out, score_of(row)->relevance);
}
void jwi_table_first_sent(struct row *row)
{
    if (score_of(row))
        jwi_out_uint(row->out, score_of(row)->first_sentence);
}
void jwi_table_tok_about(struct row *row)
{
    if (score_of(row))
        jwi_out_uint(row->out, score_of(row)->tokens_about);
}
void jwi_table_bearing(struct row *row)
{
    if (score_of(row))
        put_string(row, jwi_code_bearing(score_of(row)->bearing));
}
void jwi_table_p_neg(struct row *row)
{
    put_market_cell(row, offsetof(jw_score, p_neg));
}
void jwi_table_p_neu(struct row *row)
{
    put_market_cell(row, offsetof(jw_score, p_neu));
}
void jwi_table_p_pos(struct row *row)
{
    put_market_cell(row, offsetof(jw_score, p_pos));
}
void jwi_table_market_conf(struct row *row)
{
    put_market_cell(row, offsetof(jw_score, market_conf));
}
void jwi_table_market(struct row *row)
{
    put_market_cell(row, offsetof(jw_score, market));
}
void jwi_table_tone(struct row *row)
{
    if (score_of(row) && score_of(row)->is_scored)
        jwi_out_scaled(row->out, score_of(row)->tone);
}
void jwi_table_credit(struct row *row)
{
    if (score_of(row) && score_of(row)->has_credit)
        put_int(row, score_of(row)->credit);
}
void jwi_table_credit_raw(struct row *row)
{
    if (score_of(row) && score_of(row)->has_credit)
        jwi_out_scaled(row->out, score_of(row)->credit_raw);
}
void jwi_table_credit_conf(struct row *row)
{
    if (score_of(row) && score_of(row)->has_credit)
        jwi_out_scaled(row->out, score_of(row)->credit_conf);
}

/* The first of the aspects with the largest absolute market. */
void jwi_table_aspect_max(struct row *row)
{
    const jw_score *const score = score_of(row);
    const jw_aspect *found = NULL;
    for (uint32_t i = 0; score && i < score->aspect_count; i++) {
        const jw_aspect *const aspect = &jw_doc_aspects(row->doc).at[score->first_aspect + i];
        const int32_t size = aspect->market < 0 ? -aspect->market : aspect->market;
        const int32_t most = !found ? -1 : found->market < 0 ? -found->market : found->market;
        found = size > most ? aspect : found;
    }
    if (found)
        put_label(row, JW_LABELS_ASPECT, found->aspect);
}
void jwi_table_n_event(struct row *row)
{
    if (score_of(row))
        jwi_out_uint(row->out, score_of(row)->event_count);
}
static const jw_event *top_event(const struct row *row)
{
    const jw_score *const score = score_of(row);
    return score && score->top_event != JW_NONE ? &jw_doc_events(row->doc).at[score->top_event] : NULL;
}
void jwi_table_top_event(struct row *row)
{
    if (top_event(row))
        put_label(row, JW_LABELS_EVENT, top_event(row)->type);
}
void jwi_table_event_relevance(struct row *row)
{
    if (top_event(row))
        jwi_out_uint(row->out, top_event(row)->relevance);
}
void jwi_table_fact(struct row *row)
{
    if (top_event(row))
        put_string(row, jwi_code_fact(top_event(row)->claim.fact));
}

/* doc_event: a row is an event and one of its arguments */
static const jw_event *event_of(const struct row *row)
{
    return &jw_doc_events(row->doc).at[row->index];
}
static const jw_arg *arg_of(const struct row *row, uint32_t inner)
{
    return &jw_doc_event_args(row->doc).at[event_of(row)->first_arg + inner];
}
static void put_event_n(struct row *row)
{
    jwi_out_uint(row->out, event_of(row)->number);
}
static void put_holder(struct row *row)
{
    put_eid(row, arg_of(row, row->inner)->entity);
}
static void put_role(struct row *row)
{
    put_label(row, JW_LABELS_ROLE, arg_of(row, row->inner)->role);
}
static void put_event_count(struct row *row)
{
    const jw_events events = jw_doc_events(row->doc);
    uint32_t last = events.len;
    while (last > 0 && events.at[last - 1].same != last - 1)
        last--;
    jwi_out_uint(row->out, last ? events.at[last - 1].number : 0);
}
static void put_holder_code(struct row *row)
{
    jwi_table_bytes(row, jw_doc_entities(row->doc).at[arg_of(row, row->inner)->entity].code);
}
static void put_type(struct row *row)
{
    put_label(row, JW_LABELS_EVENT, event_of(row)->type);
}
static void put_group(struct row *row)
{
    const char *const type = jw_model_label(jw_doc_model(row->doc), JW_LABELS_EVENT, event_of(row)->type);
    const jw_bytes group = {type, type ? strcspn(type, ".") : 0};
    jwi_table_bytes(row, group);
}
static void put_dim(struct row *row)
{
    const struct taxonomy *const taxonomy = row->doc->model->taxonomy;
    if (taxonomy && event_of(row)->type < taxonomy->leaf_count)
        out_put(row->out, &taxonomy->leaf[event_of(row)->type].dim, 1);
}
static void put_dir(struct row *row)
{
    put_string(row, jwi_code_direction(event_of(row)->claim.direction));
}
static void put_status(struct row *row)
{
    put_string(row, jwi_code_progress(event_of(row)->claim.progress));
}
static void put_event_fact(struct row *row)
{
    put_string(row, jwi_code_fact(event_of(row)->claim.fact));
}
static void put_neg(struct row *row)
{
    put_string(row, jwi_code_negation(event_of(row)->claim.negation));
}
static void put_scheduled(struct row *row)
{
    put_bool(row, (event_of(row)->flags & JW_EVENT_SCHEDULED) != 0);
}
static void put_key(struct row *row)
{
    char hash[16];
    jwi_code_hash(event_of(row)->key, hash);
    out_put(row->out, hash, sizeof hash);
}

/* What the event is worth to the holder of the role: all of it to the bearer, a share to the second, nothing to others. */
static int32_t worth(const struct row *row, int32_t whole)
{
    const jw_event *const event = event_of(row);
    const uint32_t entity = arg_of(row, row->inner)->entity;
    if (entity == event->claim.entity)
        return whole;
    if (entity != event->second)
        return 0;
    const int64_t part = (int64_t)whole * event->second_share;
    return (int32_t)((part < 0 ? part - JW_SCALE / 2 : part + JW_SCALE / 2) / JW_SCALE);
}
static void put_event_market(struct row *row)
{
    const int32_t market = worth(row, event_of(row)->claim.market);
    jwi_out_scaled(row->out, market > JW_SCALE ? JW_SCALE : market < -JW_SCALE ? -JW_SCALE : market);
}
static void put_event_credit(struct row *row)
{
    put_int(row, jwi_code_credit(worth(row, event_of(row)->claim.credit)));
}
static void put_severity(struct row *row)
{
    const int32_t credit = jwi_code_credit(worth(row, event_of(row)->claim.credit));
    put_int(row, credit < 0 ? -credit : 0);
}

/* The first value that says how large it is: a percentage before an amount before a quantity. */
static const jw_value *magnitude_of(const struct row *row)
{
    static const uint8_t kinds[] = {JW_VALUE_PERCENT, JW_VALUE_MONEY, JW_VALUE_QUANTITY};
    const jw_values values = jw_doc_values(row->doc);
    for (size_t k = 0; k < sizeof kinds; k++)
        for (uint32_t i = 0; i < event_of(row)->arg_count; i++) {
            const uint32_t value = arg_of(row, i)->value;
            if (value < values.len && values.at[value].kind == kinds[k])
                return &values.at[value];
        }
    return NULL;
}
static void put_magnitude(struct row *row)
{
    char text[DECIMAL_TEXT];
    if (magnitude_of(row))
        out_put(row->out, text, jwi_decimal_text(magnitude_of(row)->value, text));
}
static void put_magnitude_unit(struct row *row)
{
    const jw_value *const value = magnitude_of(row);
    if (value && value->kind == JW_VALUE_MONEY)
        put_string(row, value->currency);
    else if (value)
        jwi_table_bytes(row, value->unit);
}
static void put_period_of(struct row *row, jw_period period)
{
    const jw_period none = {0};
    char text[PERIOD_TEXT];
    if (period.grain != JW_GRAIN_NONE)
        out_put(row->out, text, jwi_period_text(period, none, text));
}
static void put_date(struct row *row)
{
    put_period_of(row, event_of(row)->date);
}
static void put_period(struct row *row)
{
    put_period_of(row, event_of(row)->period);
}
static void put_others(struct row *row, void (*put)(struct row *, const jw_arg *))
{
    const char *between = "";
    for (uint32_t i = 0; i < event_of(row)->arg_count; i++) {
        const jw_arg *const arg = arg_of(row, i);
        if (arg->entity == JW_NONE || arg->entity == arg_of(row, row->inner)->entity)
            continue;
        out_text(row->out, between);
        put(row, arg);
        between = ";";
    }
}
static void put_other_id(struct row *row, const jw_arg *arg)
{
    put_eid(row, arg->entity);
}
static void put_other_name(struct row *row, const jw_arg *arg)
{
    put_label(row, JW_LABELS_ROLE, arg->role);
}
static void put_other_eid(struct row *row)
{
    put_others(row, put_other_id);
}
static void put_other_role(struct row *row)
{
    put_others(row, put_other_name);
}
static void put_event_relevance(struct row *row)
{
    jwi_out_uint(row->out, event_of(row)->relevance);
}
static void put_event_conf(struct row *row)
{
    jwi_out_scaled(row->out, event_of(row)->claim.conf);
}

const struct column jwi_event_columns[] = {{"id", jwi_table_id},
                                           {"event_n", put_event_n},
                                           {"eid", put_holder},
                                           {"role", put_role},
                                           {"event_count", put_event_count},
                                           {"available_at", jwi_table_available},
                                           {"code", put_holder_code},
                                           {"type", put_type},
                                           {"group", put_group},
                                           {"dim", put_dim},
                                           {"dir", put_dir},
                                           {"status", put_status},
                                           {"fact", put_event_fact},
                                           {"neg", put_neg},
                                           {"scheduled", put_scheduled},
                                           {"event_key", put_key},
                                           {"sim_days", NULL},
                                           {"sim_rank", NULL},
                                           {"nov_score", NULL},
                                           {"status_change", NULL},
                                           {"first_confirm", NULL},
                                           {"market", put_event_market},
                                           {"credit", put_event_credit},
                                           {"severity", put_severity},
                                           {"magnitude", put_magnitude},
                                           {"magnitude_unit", put_magnitude_unit},
                                           {"event_date", put_date},
                                           {"period", put_period},
                                           {"other_eid", put_other_eid},
                                           {"other_role", put_other_role},
                                           {"s_part", jwi_table_part},
                                           {"s", jwi_table_start},
                                           {"e", jwi_table_end},
                                           {"relevance", put_event_relevance},
                                           {"conf", put_event_conf},
                                           {"run", jwi_table_run},
                                           {NULL, NULL}};

int jwi_table_is_event_row(const struct row *row)
{
    if (event_of(row)->same != row->index)
        return 0;
    const jw_arg *const own = arg_of(row, row->inner);
    for (uint32_t i = 0; i < row->inner; i++)
        if (arg_of(row, i)->entity == own->entity && arg_of(row, i)->role == own->role)
            return 0;
    return own->entity != JW_NONE;
}

/* doc_relation */
static const jw_relation *relation_of(const struct row *row)
{
    return &jw_doc_relations(row->doc).at[row->index];
}
static void put_mention_text(struct row *row, uint32_t mention)
{
    const jw_mentions all = jw_doc_mentions(row->doc);
    if (mention >= all.len)
        return;
    const jw_range text = {jw_doc_tokens(row->doc).at[all.at[mention].tokens.start].text.start,
                           jw_doc_tokens(row->doc).at[all.at[mention].tokens.end - 1].text.end};
    jwi_table_bytes(row, bytes_of(jw_doc_text(row->doc), text));
}
static void put_relation_type(struct row *row)
{
    put_label(row, JW_LABELS_RELATION, relation_of(row)->type);
}
static void put_head_eid(struct row *row)
{
    put_eid(row, relation_of(row)->head);
}
static void put_tail_eid(struct row *row)
{
    put_eid(row, relation_of(row)->tail);
}
static void put_head_text(struct row *row)
{
    put_mention_text(row, relation_of(row)->head_mention);
}
static void put_tail_text(struct row *row)
{
    put_mention_text(row, relation_of(row)->tail_mention);
}
static void put_relation_status(struct row *row)
{
    put_string(row, jwi_code_relation_status(relation_of(row)));
}
static void put_relation_fact(struct row *row)
{
    put_string(row, jwi_code_fact(relation_of(row)->fact));
}

/* key=value;.. ; a cell of CSV with a quote or comma in it is one quoted text, so separators in values become blanks. */
static void put_attr(struct row *row)
{
    char text[DECIMAL_TEXT];
    for (uint32_t i = 0; i < relation_of(row)->arg_count; i++) {
        const jw_arg *const arg = &jw_doc_relation_args(row->doc).at[relation_of(row)->first_arg + i];
        const jw_values values = jw_doc_values(row->doc);
        const uint32_t len = arg->value < values.len ? jwi_decimal_text(values.at[arg->value].value, text) : 0;
        out_text(row->out, i ? ";" : "");
        put_label(row, JW_LABELS_ROLE, arg->role);
        out_text(row->out, "=");
        if (len)
            out_put(row->out, text, len);
        else
            jwi_table_plain(row, bytes_of(jw_doc_text(row->doc), arg->text));
    }
}
static void put_relation_conf(struct row *row)
{
    jwi_out_scaled(row->out, relation_of(row)->conf);
}

const struct column jwi_relation_columns[] = {{"id", jwi_table_id},
                                              {"n", jwi_table_number},
                                              {"available_at", jwi_table_available},
                                              {"type", put_relation_type},
                                              {"head_eid", put_head_eid},
                                              {"tail_eid", put_tail_eid},
                                              {"head_text", put_head_text},
                                              {"tail_text", put_tail_text},
                                              {"status", put_relation_status},
                                              {"fact", put_relation_fact},
                                              {"attr", put_attr},
                                              {"s_part", jwi_table_part},
                                              {"s", jwi_table_start},
                                              {"e", jwi_table_end},
                                              {"conf", put_relation_conf},
                                              {"run", jwi_table_run},
                                              {NULL, NULL}};

/* evidence */
static const jw_evidence *evidence_of(const struct row *row)
{
    return &jw_doc_evidence(row->doc).at[row->index];
}
static void put_x(struct row *row)
{
    out_put(row->out, "x", 1);
    jwi_out_uint(row->out, row->number);
}
static void put_evidence_eid(struct row *row)
{
    put_eid(row, evidence_of(row)->entity);
}
static void put_evidence_event(struct row *row)
{
    if (evidence_of(row)->event != JW_NONE)
        jwi_out_uint(row->out, jw_doc_events(row->doc).at[evidence_of(row)->event].number);
}
static void put_rule(struct row *row)
{
    jwi_table_bytes(row, evidence_of(row)->rule);
}
static void put_path(struct row *row)
{
    jwi_table_bytes(row, evidence_of(row)->path);
}
static void put_evidence_market(struct row *row)
{
    jwi_out_scaled(row->out, evidence_of(row)->market);
}
static void put_evidence_credit(struct row *row)
{
    jwi_out_scaled(row->out, evidence_of(row)->credit);
}

const struct column jwi_evidence_columns[] = {{"id", jwi_table_id},
                                              {"x", put_x},
                                              {"eid", put_evidence_eid},
                                              {"event_n", put_evidence_event},
                                              {"part", jwi_table_part},
                                              {"s", jwi_table_start},
                                              {"e", jwi_table_end},
                                              {"rule", put_rule},
                                              {"path", put_path},
                                              {"market", put_evidence_market},
                                              {"credit", put_evidence_credit},
                                              {NULL, NULL}};
