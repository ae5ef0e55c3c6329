/* SPDX-License-Identifier: Apache-2.0 */
/* What explain.c says in words, as one JSON object: every number of the derivation, nothing to be computed again. */
#include "doc/doc.h"
#include "model/model.h"
#include "write/code.h"
#include "write/sheet.h"

#include <string.h>

static const char *const anchors[] = {"source", "listed", "body", "frequent", "lead", "title", "title_role"};

static void put_uint(struct sheet *sheet, const char *key, uint64_t value)
{
    out_text(sheet->out, key);
    jwi_out_uint(sheet->out, value);
}

/* Exact, seven decimals. */
static void put_weight(struct sheet *sheet, const char *key, uint64_t weight)
{
    char digits[7];
    uint64_t rest = weight % JW_WEIGHT_SCALE * 5;
    for (int i = 6; i >= 0; i--, rest /= 10)
        digits[i] = (char)('0' + rest % 10);
    put_uint(sheet, key, weight / JW_WEIGHT_SCALE);
    out_text(sheet->out, ".");
    out_put(sheet->out, digits, sizeof digits);
}

static void put_factors(struct sheet *sheet, const jw_claim *claim)
{
    jwi_sheet_scaled(sheet, ",\"magnitude\":", claim->magnitude ? claim->magnitude : JW_SCALE);
    jwi_sheet_scaled(sheet, ",\"degree\":", claim->degree ? claim->degree : JW_SCALE);
    jwi_sheet_scaled(sheet, ",\"conf\":", claim->conf);
    out_text(sheet->out, ",\"fact\":");
    jwi_sheet_string(sheet, jwi_code_fact(claim->fact));
    out_text(sheet->out, ",\"neg\":");
    jwi_sheet_string(sheet, jwi_code_negation(claim->negation));
    out_text(sheet->out, claim->mood & JW_MOOD_HYPOTHETICAL ? ",\"hypothetical\":true" : ",\"hypothetical\":false");
    out_text(sheet->out, claim->mood & JW_MOOD_QUESTION ? ",\"question\":true" : ",\"question\":false");
    out_text(sheet->out, claim->mood & JW_MOOD_CONCEDED ? ",\"conceded\":true" : ",\"conceded\":false");
    const int is_future = claim->mood & JW_MOOD_FUTURE || claim->fact == JW_FORECAST;
    out_text(sheet->out, is_future ? ",\"future\":true" : ",\"future\":false");
}

static void put_part(struct sheet *sheet, uint32_t number)
{
    const jw_evidence *const evidence = &sheet->doc->evidence[number];
    const jw_claim *const claim = jwi_code_claim(sheet->doc, evidence);
    put_uint(sheet, "{\"x\":\"x", (uint64_t)number + 1);
    out_text(sheet->out, "\",\"at\":");
    jwi_sheet_span(sheet, evidence->text);
    out_text(sheet->out, ",\"text\":");
    jwi_out_json(sheet->out, bytes_of(sheet->text, evidence->text));
    out_text(sheet->out, ",\"name\":");
    jwi_out_json(sheet->out, jwi_code_evidence(sheet->doc, evidence));
    out_text(sheet->out, ",\"aspect\":");
    jwi_sheet_label(sheet, JW_LABELS_ASPECT, evidence->aspect);
    out_text(sheet->out, ",\"rule\":");
    jwi_out_json(sheet->out, evidence->rule);
    if (claim)
        put_factors(sheet, claim);
    put_weight(sheet, ",\"weight\":", evidence->weight);
    jwi_sheet_scaled(sheet, ",\"polarity\":", evidence->polarity);
    jwi_sheet_scaled(sheet, ",\"market\":", evidence->market);
    jwi_sheet_scaled(sheet, ",\"item\":", evidence->item);
    put_uint(sheet, ",\"rank\":", evidence->rank);
    jwi_sheet_scaled(sheet, ",\"credit\":", evidence->credit);
    out_text(sheet->out, "}");
}

static void put_scores(struct sheet *sheet, const jw_score *score)
{
    uint64_t divisor = JW_WEIGHT_SCALE / 4;
    for (uint32_t i = 0; i < score->evidence_count; i++)
        divisor += sheet->doc->evidence[score->first_evidence + i].weight;
    jwi_sheet_scaled_or_null(sheet, ",\"market\":", score->has_market, score->market);
    put_weight(sheet, ",\"divisor\":", divisor);
    jwi_sheet_scaled_or_null(sheet, ",\"credit_raw\":", score->has_credit, score->credit_raw);
    out_text(sheet->out, ",\"evidence\":[");
    for (uint32_t i = 0; i < score->evidence_count; i++) {
        out_text(sheet->out, i ? "," : "");
        put_part(sheet, score->first_evidence + i);
    }
    out_text(sheet->out, "]");
}

static void put_entity(struct sheet *sheet, uint32_t entity)
{
    const jw_entity *const about = &sheet->doc->entities[entity];
    const jw_score *const score = &sheet->doc->scores[entity];
    out_text(sheet->out, "{\"eid\":");
    jwi_out_json(sheet->out, about->eid);
    out_text(sheet->out, ",\"name\":");
    jwi_out_json(sheet->out, about->name);
    put_uint(sheet, ",\"relevance\":", score->relevance);
    out_text(sheet->out, ",\"anchor\":");
    jwi_sheet_string(sheet, anchors[score->anchor <= JW_ANCHOR_TITLE_ROLE ? score->anchor : 0]);
    put_uint(sheet, ",\"uncapped\":", score->uncapped);
    put_uint(sheet, ",\"n_mention\":", about->mention_count);
    put_uint(sheet, ",\"n_title\":", about->title_count);
    put_scores(sheet, score);
    out_text(sheet->out, "}");
}

void jwi_write_explain_json(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct sheet sheet = {.out = out, .doc = doc, .options = options, .text = jw_doc_text(doc), .scale = scale_on(doc, options->offsets)};
    out_text(out, "{\"schema\":\"jinwen/1\",\"id\":");
    jwi_out_json(out, doc->meta.id);
    out_text(out, doc->whole_score.is_roundup ? ",\"roundup\":true,\"entities\":[" : ",\"roundup\":false,\"entities\":[");
    for (uint32_t i = 0; i < jw_doc_scores(doc).len; i++) {
        out_text(out, i ? "," : "");
        put_entity(&sheet, doc->scores[i].ranked);
    }
    out_text(out, "]");
    sheet.layers = jw_doc_layers(doc);
    sheet.comma = ",";
    jwi_sheet_esg(&sheet);
    out_text(out, "}\n");
}
