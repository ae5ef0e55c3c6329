/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The columns of the flat tables in the order of the output contract.  A column without a writer is filled across documents, not here:
 * its cell is empty, which means missing and never zero.
 */
#include "write/calendar.h"
#include "write/table.h"
#include "write/value_json.h"

#include <string.h>

#include "doc/value_text.h"

static void put_string(struct row *row, const char *text)
{
    const jw_bytes bytes = {text, strlen(text)};
    jwi_table_bytes(row, bytes);
}

static void put_label(struct row *row, jw_labels set, uint32_t id)
{
    const char *label = jw_model_label(jw_doc_model(row->doc), set, id);
    put_string(row, label ? label : "_");
}

static void put_time(struct row *row, int64_t time)
{
    if (time != JW_NO_TIME)
        jwi_out_time(row->out, time);
}

/* Every table */
void jwi_table_id(struct row *row)
{
    jwi_table_bytes(row, jw_doc_meta(row->doc).id);
}
void jwi_table_run(struct row *row)
{
    jwi_table_bytes(row, row->options->run);
}
void jwi_table_number(struct row *row)
{
    jwi_out_uint(row->out, row->number);
}
void jwi_table_part(struct row *row)
{
    jwi_out_uint(row->out, row->place.part);
}
void jwi_table_start(struct row *row)
{
    jwi_out_uint(row->out, row->start);
}
void jwi_table_end(struct row *row)
{
    jwi_out_uint(row->out, row->end);
}
void jwi_table_available(struct row *row)
{
    put_time(row, jwi_available_at(row->doc, row->options));
}

static void put_day(struct row *row, int32_t day)
{
    if (day != JW_NO_DAY)
        jwi_out_day(row->out, day);
}

static struct trade_time trade_time_of(const struct row *row)
{
    const struct trade_time none = {SESSION_NONE, JW_NO_DAY, JW_NO_DAY};
    const int64_t available = jwi_available_at(row->doc, row->options);
    return available == JW_NO_TIME ? none
                                   : jwi_trade_time(row->options->calendar,
                                                    jw_doc_meta(row->doc).region, available);
}

static void put_open_day(struct row *row)
{
    put_day(row, trade_time_of(row).open_day);
}

static void put_close_day(struct row *row)
{
    put_day(row, trade_time_of(row).close_day);
}

/* documents */
static void put_published(struct row *row)
{
    put_time(row, jw_doc_meta(row->doc).published_at);
}
static void put_source(struct row *row)
{
    jwi_table_bytes(row, jw_doc_meta(row->doc).source);
}
static void put_source_type(struct row *row)
{
    put_string(row, jwi_source_type(jw_doc_meta(row->doc)));
}
static void put_channel(struct row *row)
{
    put_string(row, jwi_channel(jw_doc_meta(row->doc)));
}
static void put_lang(struct row *row)
{
    const jw_bytes lang = row->options->lang;
    if (lang.len > 0)
        jwi_table_bytes(row, lang);
    else
        put_string(row, "zh-Hant");
}
static void put_region(struct row *row)
{
    put_string(row, jw_doc_meta(row->doc).region == JW_HK ? "HK" : "TW");
}
static void put_n_char(struct row *row)
{
    const jw_bytes text = jw_doc_text(row->doc);
    struct ruler ruler = ruler_on(text.at, 0, JW_UNIT_CODEPOINT);
    jwi_out_uint(row->out, jwi_ruler_at(&ruler, (uint32_t)text.len));
}
static void put_n_tok(struct row *row)
{
    if (jw_doc_layers(row->doc) & JW_LAYER_TOKENS)
        jwi_out_uint(row->out, jw_doc_tokens(row->doc).len);
}
static void put_n_sent(struct row *row)
{
    if (jw_doc_layers(row->doc) & JW_LAYER_SENTENCES)
        jwi_out_uint(row->out, jw_doc_sentences(row->doc).len);
}

static const struct column document_columns[] = {{"id", jwi_table_id},
                                                 {"available_at", jwi_table_available},
                                                 {"published_at", put_published},
                                                 {"source", put_source},
                                                 {"source_type", put_source_type},
                                                 {"channel", put_channel},
                                                 {"lang", put_lang},
                                                 {"region", put_region},
                                                 {"n_char", put_n_char},
                                                 {"n_tok", put_n_tok},
                                                 {"n_sent", put_n_sent},
                                                 {"n_company", jwi_table_n_company},
                                                 {"roundup", jwi_table_roundup},
                                                 {"dup_of", NULL},
                                                 {"story_id", NULL},
                                                 {"market", jwi_table_doc_market},
                                                 {"tone", jwi_table_doc_tone},
                                                 {"credit", jwi_table_doc_credit},
                                                 {"uncertainty", jwi_table_doc_uncertainty},
                                                 {"litigious", jwi_table_doc_litigious},
                                                 {"forward_share", jwi_table_forward_share},
                                                 {"forecast_share", jwi_table_forecast_share},
                                                 {"rumor_share", jwi_table_rumor_share},
                                                 {"run", jwi_table_run},
                                                 {NULL, NULL}};

/* sentences */
static void put_token_range(struct row *row)
{
    const jw_range tokens = jw_doc_sentences(row->doc).at[row->index].tokens;
    if (!(row->layers & JW_LAYER_TOKENS))
        return;
    jwi_out_uint(row->out, (uint64_t)tokens.start + 1);
    out_put(row->out, ";", 1);
    jwi_out_uint(row->out, tokens.end);
}

static const struct column sentence_columns[] = {
    {"id", jwi_table_id},    {"n", jwi_table_number},     {"part", jwi_table_part},  {"s", jwi_table_start},
    {"e", jwi_table_end},    {"type", jwi_table_sentence_type},        {"market", jwi_table_sentence_market},    {"stance", jwi_table_stance},
    {"forward", jwi_table_forward}, {"uncertainty", jwi_table_uncertainty}, {"litigious", jwi_table_litigious}, {"tok", put_token_range},
    {NULL, NULL}};

/* tokens */
static void put_sentence_number(struct row *row)
{
    jwi_out_uint(row->out, (uint64_t)row->place.sentence + 1);
}
static void put_upos(struct row *row)
{
    if (row->layers & JW_LAYER_POS)
        put_label(row, JW_LABELS_UPOS, jw_doc_upos(row->doc).at[row->index]);
}
static void put_xpos(struct row *row)
{
    if (row->layers & JW_LAYER_POS)
        put_label(row, JW_LABELS_XPOS, jw_doc_xpos(row->doc).at[row->index]);
}
static void put_head(struct row *row)
{
    if (!(row->layers & JW_LAYER_ARCS))
        return;
    const uint32_t head = jw_doc_arcs(row->doc).at[row->index].head;
    jwi_out_uint(row->out,
                 head == JW_NONE
                     ? 0
                     : head - jw_doc_sentences(row->doc).at[row->place.sentence].tokens.start + 1);
}
static void put_dep(struct row *row)
{
    if (row->layers & JW_LAYER_ARCS)
        put_label(row, JW_LABELS_DEP, jw_doc_arcs(row->doc).at[row->index].rel);
}
static void put_ner(struct row *row)
{
    struct name name;
    if (!(row->layers & (JW_LAYER_MENTIONS | JW_LAYER_ENTITIES | JW_LAYER_VALUES)))
        return;
    const int is_name = jwi_name_at(&row->names, row->index, &name);
    const char prefix[] = {is_name ? jwi_name_place(&name, row->index) : 'O', '-'};
    out_put(row->out, prefix, is_name ? 2 : 1);
    if (is_name)
        out_text(row->out, name.label);
}

static const struct column token_columns[] = {{"id", jwi_table_id},      {"sent", put_sentence_number},
                                              {"tok", jwi_table_number}, {"part", jwi_table_part},
                                              {"s", jwi_table_start},    {"e", jwi_table_end},
                                              {"upos", put_upos},  {"xpos", put_xpos},
                                              {"head", put_head},  {"dep", put_dep},
                                              {"ner", put_ner},    {NULL, NULL}};

/* mentions */
static const jw_mention *mention_of(const struct row *row)
{
    return &jw_doc_mentions(row->doc).at[row->index];
}
static const jw_link *link_of(const struct row *row)
{
    return row->layers & JW_LAYER_ENTITIES ? &jw_doc_links(row->doc).at[row->index] : NULL;
}
static void put_eid_if(struct row *row, uint32_t nil_flag)
{
    const jw_link *const link = link_of(row);
    if (!link || link->entity == JW_NONE)
        return;
    const jw_entity *const entity = &jw_doc_entities(row->doc).at[link->entity];
    if ((entity->flags & JW_ENTITY_NIL) == nil_flag)
        jwi_table_bytes(row, entity->eid);
}
static void put_mention_type(struct row *row)
{
    put_label(row, JW_LABELS_MENTION, mention_of(row)->type);
}
static void put_kind(struct row *row)
{
    if (link_of(row))
        put_string(row, jwi_mention_kind(link_of(row)));
}
static void put_link_eid(struct row *row)
{
    put_eid_if(row, 0);
}
static void put_link_nil(struct row *row)
{
    put_eid_if(row, JW_ENTITY_NIL);
}
static void put_ner_conf(struct row *row)
{
    jwi_out_scaled(row->out, mention_of(row)->score);
}
static void put_link_conf(struct row *row)
{
    if (link_of(row))
        jwi_out_scaled(row->out, link_of(row)->score);
}

static const struct column mention_columns[] = {{"id", jwi_table_id},
                                                {"n", jwi_table_number},
                                                {"part", jwi_table_part},
                                                {"s", jwi_table_start},
                                                {"e", jwi_table_end},
                                                {"type", put_mention_type},
                                                {"kind", put_kind},
                                                {"eid", put_link_eid},
                                                {"nil", put_link_nil},
                                                {"ner_conf", put_ner_conf},
                                                {"link_conf", put_link_conf},
                                                {NULL, NULL}};

/* doc_entity */
static const jw_entity *entity_of(const struct row *row)
{
    return &jw_doc_entities(row->doc).at[row->index];
}
static void put_eid(struct row *row)
{
    jwi_table_bytes(row, entity_of(row)->eid);
}
static void put_code(struct row *row)
{
    jwi_table_bytes(row, entity_of(row)->code);
}
static void put_mic(struct row *row)
{
    jwi_table_bytes(row, entity_of(row)->mic);
}
static void put_ubn(struct row *row)
{
    jwi_table_bytes(row, entity_of(row)->ubn);
}
static void put_name(struct row *row)
{
    jwi_table_bytes(row, entity_of(row)->name);
}
static void put_entity_type(struct row *row)
{
    put_label(row, JW_LABELS_MENTION, entity_of(row)->type);
}
static void put_n_mention(struct row *row)
{
    jwi_out_uint(row->out, entity_of(row)->mention_count);
}
static void put_n_title(struct row *row)
{
    jwi_out_uint(row->out, entity_of(row)->title_count);
}

static const struct column entity_columns[] = {{"id", jwi_table_id},
                                               {"eid", put_eid},
                                               {"available_at", jwi_table_available},
                                               {"trade_date_open", put_open_day},
                                               {"trade_date_close", put_close_day},
                                               {"code", put_code},
                                               {"mic", put_mic},
                                               {"ubn", put_ubn},
                                               {"name", put_name},
                                               {"type", put_entity_type},
                                               {"relevance", jwi_table_relevance},
                                               {"n_mention", put_n_mention},
                                               {"n_title", put_n_title},
                                               {"first_sent", jwi_table_first_sent},
                                               {"tok_about", jwi_table_tok_about},
                                               {"role", jwi_table_bearing},
                                               {"p_neg", jwi_table_p_neg},
                                               {"p_neu", jwi_table_p_neu},
                                               {"p_pos", jwi_table_p_pos},
                                               {"market_conf", jwi_table_market_conf},
                                               {"market", jwi_table_market},
                                               {"tone", jwi_table_tone},
                                               {"credit", jwi_table_credit},
                                               {"credit_raw", jwi_table_credit_raw},
                                               {"credit_conf", jwi_table_credit_conf},
                                               {"aspect_max", jwi_table_aspect_max},
                                               {"n_event", jwi_table_n_event},
                                               {"top_event", jwi_table_top_event},
                                               {"event_relevance", jwi_table_event_relevance},
                                               {"fact", jwi_table_fact},
                                               {"nov_12h", NULL},
                                               {"nov_24h", NULL},
                                               {"nov_3d", NULL},
                                               {"nov_5d", NULL},
                                               {"nov_7d", NULL},
                                               {"vol_12h", NULL},
                                               {"vol_24h", NULL},
                                               {"vol_3d", NULL},
                                               {"vol_5d", NULL},
                                               {"vol_7d", NULL},
                                               {"dup_of", NULL},
                                               {"story_id", NULL},
                                               {"story_rank", NULL},
                                               {"echo_of", NULL},
                                               {"late", NULL},
                                               {"run", jwi_table_run},
                                               {NULL, NULL}};

/* doc_value */
static const jw_value *value_of(const struct row *row)
{
    return &jw_doc_values(row->doc).at[row->index];
}
static void put_decimal(struct row *row, jw_decimal decimal)
{
    char text[DECIMAL_TEXT];
    out_put(row->out, text, jwi_decimal_text(decimal, text));
}
static void put_period(struct row *row)
{
    char text[PERIOD_TEXT];
    if (value_of(row)->kind != JW_VALUE_DATE)
        out_put(row->out, text, jwi_period_text(value_of(row)->first, value_of(row)->last, text));
}
static void put_value_kind(struct row *row)
{
    put_string(row, jwi_value_kind_name(value_of(row)->kind));
}
static void put_value(struct row *row)
{
    char text[PERIOD_TEXT];
    if (value_of(row)->kind == JW_VALUE_DATE)
        out_put(row->out, text, jwi_period_text(value_of(row)->first, value_of(row)->last, text));
    else
        put_decimal(row, value_of(row)->value);
}
static void put_low(struct row *row)
{
    put_decimal(row, value_of(row)->low);
}
static void put_high(struct row *row)
{
    put_decimal(row, value_of(row)->high);
}
static void put_unit(struct row *row)
{
    jwi_table_bytes(row, value_of(row)->unit);
}
static void put_currency(struct row *row)
{
    put_string(row, value_of(row)->currency);
}
static void put_compare(struct row *row)
{
    put_string(row, jwi_compare_name(value_of(row)->compare));
}
static void put_approx(struct row *row)
{
    put_string(row, jwi_approx_name(value_of(row)->approx));
}
static void put_of(struct row *row)
{
    jwi_table_bytes(row, value_of(row)->of);
}
static void put_value_eid(struct row *row)
{
    if (row->layers & JW_LAYER_ENTITIES)
        jwi_table_bytes(row, jwi_value_eid(row->doc, value_of(row)));
}

static const struct column value_columns[] = {{"id", jwi_table_id},           {"n", jwi_table_number},
                                              {"kind", put_value_kind}, {"value", put_value},
                                              {"low", put_low},         {"high", put_high},
                                              {"unit", put_unit},       {"currency", put_currency},
                                              {"cmp", put_compare},     {"approx", put_approx},
                                              {"of", put_of},           {"period", put_period},
                                              {"eid", put_value_eid},   {"part", jwi_table_part},
                                              {"s", jwi_table_start},         {"e", jwi_table_end},
                                              {"run", jwi_table_run},         {NULL, NULL}};

struct table jwi_table_of(uint32_t table)
{
    static const struct table tables[] = {{document_columns, 0}, {sentence_columns, 1},
                                          {token_columns, 1},    {mention_columns, 1},
                                          {entity_columns, 0},   {value_columns, 1},
                                          {jwi_event_columns, 1}, {jwi_relation_columns, 1},
                                          {jwi_evidence_columns, 1}, {jwi_esg_columns, 1}};
    return tables[table - JW_TABLE_DOCUMENTS];
}
