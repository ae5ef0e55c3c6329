/* SPDX-License-Identifier: Apache-2.0 */
/* The reading of opportunity or risk as a key of the record, as the rows of doc_esg (one a piece of evidence) and in the words of explain. */
#include "doc/doc.h"
#include "write/esg_write.h"
#include "write/sheet.h"
#include "write/table.h"

static const char *source_name(uint32_t source)
{
    static const char *const names[] = {"word", "opinion", "event"};
    return names[source <= JW_ESG_EVENT ? source : JW_ESG_WORD];
}

static const char *impact_name(const jw_esg *esg)
{
    return esg->is_risk ? "risk" : "opportunity";
}

static void put_evidence(struct sheet *sheet, const jw_esg_evidence *evidence)
{
    out_text(sheet->out, "{\"at\":");
    jwi_sheet_span(sheet, evidence->text);
    const char *comma = ",";
    jwi_sheet_echo(sheet, "esg", evidence->text, &comma);
    out_text(sheet->out, ",\"source\":");
    jwi_sheet_string(sheet, source_name(evidence->source));
    out_text(sheet->out, ",\"rule\":");
    jwi_sheet_or_null(sheet, evidence->rule);
    jwi_sheet_scaled(sheet, ",\"logit\":", evidence->logit);
    out_text(sheet->out, "}");
}

void jwi_sheet_esg(struct sheet *sheet)
{
    if (!(sheet->layers & JW_LAYER_ESG) || !jwi_sheet_key(sheet, "esg"))
        return;
    const jw_esg esg = jw_doc_esg(sheet->doc);
    if (!esg.is_read) {
        out_text(sheet->out, "null");
        return;
    }
    out_text(sheet->out, "{\"impact\":");
    jwi_sheet_string(sheet, impact_name(&esg));
    jwi_sheet_scaled(sheet, ",\"p_risk\":", esg.p_risk);
    jwi_sheet_scaled(sheet, ",\"logit\":", esg.logit);
    jwi_sheet_scaled(sheet, ",\"prior\":", esg.prior);
    out_text(sheet->out, ",\"evidence\":[");
    for (uint32_t i = 0; i < esg.evidence_count; i++) {
        out_text(sheet->out, i ? "," : "");
        put_evidence(sheet, &esg.evidence[i]);
    }
    out_text(sheet->out, "]}");
}

/* doc_esg */
static const jw_esg_evidence *evidence_of(const struct row *row)
{
    return &row->doc->esg.evidence[row->index];
}
static void put_impact(struct row *row)
{
    out_text(row->out, impact_name(&row->doc->esg));
}
static void put_risk(struct row *row)
{
    jwi_out_scaled(row->out, row->doc->esg.p_risk);
}
static void put_logit(struct row *row)
{
    jwi_out_scaled(row->out, row->doc->esg.logit);
}
static void put_prior(struct row *row)
{
    jwi_out_scaled(row->out, row->doc->esg.prior);
}
static void put_source(struct row *row)
{
    out_text(row->out, source_name(evidence_of(row)->source));
}
static void put_rule(struct row *row)
{
    jwi_table_bytes(row, evidence_of(row)->rule);
}
static void put_part(struct row *row)
{
    jwi_out_scaled(row->out, evidence_of(row)->logit);
}

const struct column jwi_esg_columns[] = {{"id", jwi_table_id},           {"n", jwi_table_number}, {"available_at", jwi_table_available},
                                         {"impact", put_impact},         {"p_risk", put_risk},    {"logit", put_logit},
                                         {"prior", put_prior},           {"s_part", jwi_table_part}, {"s", jwi_table_start},
                                         {"e", jwi_table_end},           {"source", put_source},  {"rule", put_rule},
                                         {"part_logit", put_part},       {"run", jwi_table_run},  {NULL, NULL}};

enum { SMALL = 2500 }; /* of words that tell little: listed in one line */

static int is_small(const jw_esg_evidence *evidence)
{
    return evidence->source == JW_ESG_WORD && evidence->logit < SMALL && evidence->logit > -SMALL;
}

static void put_words(struct out *out, const jw_doc *doc, const jw_esg_evidence *evidence)
{
    jwi_out_signed(out, evidence->logit);
    out_text(out, " 「");
    jwi_out_line(out, bytes_of(doc->text, evidence->text));
    out_text(out, "」");
}

void jwi_explain_esg(struct out *out, const jw_doc *doc)
{
    const jw_esg esg = jw_doc_esg(doc);
    const char *before = "  其餘 ";
    if (!(jw_doc_layers(doc) & JW_LAYER_ESG))
        return;
    if (!esg.is_read) {
        out_text(out, "\n永續風險：無（標題與導言沒有可據以判斷的話，不等於沒有風險）\n");
        return;
    }
    out_text(out, esg.is_risk ? "\n永續風險：判為風險" : "\n永續風險：判為機會");
    out_text(out, "，風險機率 ");
    jwi_out_scaled(out, esg.p_risk);
    out_text(out, "；對數勝算 ");
    jwi_out_signed(out, esg.logit);
    out_text(out, " = 基準 ");
    jwi_out_signed(out, esg.prior);
    out_text(out, " 加下列各項\n");
    for (uint32_t i = 0; i < esg.evidence_count; i++) {
        const jw_esg_evidence *const evidence = &esg.evidence[i];
        if (is_small(evidence))
            continue;
        out_text(out, "  ");
        put_words(out, doc, evidence);
        if (evidence->source != JW_ESG_WORD) {
            out_text(out, evidence->source == JW_ESG_EVENT ? " 事件 " : " 評價 ");
            jwi_out_line(out, evidence->rule);
        }
        out_text(out, "\n");
    }
    for (uint32_t i = 0; i < esg.evidence_count; i++)
        if (is_small(&esg.evidence[i])) {
            out_text(out, before);
            put_words(out, doc, &esg.evidence[i]);
            before = "、";
        }
    out_text(out, *before == ' ' ? "" : "\n");
}
