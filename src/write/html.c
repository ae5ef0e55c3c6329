/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One document as a page of its own: names marked in the running text, words that count for a score underlined with what they count, words
 * with tags or, where the tree is shown, the tree of each sentence as SVG, and the scores.  No script, no font and no other file is fetched.
 * Pages written one after another read as one long page in every browser.
 */
#include "doc/doc.h"
#include "write/code.h"
#include "write/html_tree.h"
#include "write/name.h"

static const char head_before_title[] =
    "<!DOCTYPE html>\n<html lang=\"zh-Hant\">\n<head>\n<meta charset=\"utf-8\">\n<title>";

static const char head_after_title[] =
    "</title>\n<style>\n"
    "body{font-family:\"Noto Sans CJK TC\",\"Noto Sans TC\",\"PingFang TC\",\"Microsoft "
    "JhengHei\",\"WenQuanYi Zen Hei\",sans-serif;"
    "margin:2em auto;max-width:72em;padding:0 1em;color:#222;background:#fff}\n"
    "h1{font-size:1em;color:#777;font-weight:normal}\n"
    "section.title .text{font-size:1.3em;font-weight:bold}\n"
    "section.reply{margin-left:2em;color:#444}\n"
    ".text{line-height:2;margin:.6em 0;white-space:pre-wrap}\n"
    "mark{background:#e4e4e4;border-radius:.3em;padding:.1em .2em}\n"
    "mark b{font:bold .6em sans-serif;color:#555;margin-left:.4em;vertical-align:middle}\n"
    "mark.COM,mark.ORG{background:#cfe3ff}mark.FIN,mark.GOV{background:#d9d2ff}mark.PER,mark.POS{"
    "background:#ffe0b8}\n"
    "mark.LOC,mark.FAC{background:#cdeccd}mark.SEC,mark.IDX,mark.CUR,mark.CMD{background:#ffd3dc}"
    "mark.PRD,mark.TEC{background:#fff1a8}\n"
    "u{text-decoration-thickness:.15em;text-underline-offset:.2em}u.pos{text-decoration-color:#1565c0}u.neg{text-decoration-color:#c62828}"
    "u.neu{text-decoration-color:#999}sup{font:.55em sans-serif;color:#777}\n"
    "table{border-collapse:collapse;margin:1em 0}th,td{border-bottom:1px solid #ddd;padding:.2em .8em;text-align:right}"
    "tr.sum td{font-weight:bold}th:first-child,td:first-child{text-align:left}td.pos{color:#1565c0}td.neg{color:#c62828}\n"
    ".words{line-height:2.2}ruby{margin:0 .25em}rt{font:.55em sans-serif;color:#888}\n"
    ".tree{overflow-x:auto;margin:0 0 1.2em}svg{display:block}svg "
    "path{fill:none;stroke:#7a8aa0}svg path.h{fill:#7a8aa0;stroke:none}\n"
    "svg text{text-anchor:middle}svg text.w{font-size:16px}svg text.p{font:10px "
    "sans-serif;fill:#888}\n"
    "svg text.r{font:10px "
    "sans-serif;fill:#2b5797;stroke:#fff;stroke-width:3px;paint-order:stroke}\n"
    "</style>\n</head>\n<body>\n<article>\n<h1>";

struct page {
    struct out *out;
    const jw_doc *doc;
    uint32_t layers;
    jw_bytes text;
    jw_sentences sentences;
    jw_tokens tokens;
    struct name_cursor names;
    uint32_t evidence; /* first in the order of the text that ends behind what is written */
};

static void put_plain(struct page *page, uint32_t start, uint32_t end)
{
    const jw_range range = {start, end};
    jwi_out_markup(page->out, bytes_of(page->text, range));
}

static const jw_evidence *evidence_at(const struct page *page, uint32_t place)
{
    return &page->doc->evidence[page->doc->evidence_order[place]];
}

/* The next words that count for a score at or after `at`, NULL when there are none; of several that cover it, the one that starts first. */
static const jw_evidence *next_evidence(struct page *page, uint32_t at)
{
    const uint32_t count = page->layers & JW_LAYER_EVIDENCE ? page->doc->evidence_count : 0;
    while (page->evidence < count && evidence_at(page, page->evidence)->text.end <= at)
        page->evidence++;
    return page->evidence < count ? evidence_at(page, page->evidence) : NULL;
}

static const char *sign_of(int32_t market, int32_t credit)
{
    const int32_t value = market ? market : credit;
    return value > 0 ? "pos" : value < 0 ? "neg" : "neu";
}

/* What the words count for, behind them. */
static void put_worth(struct page *page, const jw_evidence *evidence)
{
    out_text(page->out, "<sup>");
    jwi_out_signed(page->out, evidence->market);
    out_text(page->out, "</sup>");
}

/* Text with the words that count underlined, whatever marks of names they cross. */
static void put_text(struct page *page, uint32_t start, uint32_t end)
{
    while (start < end) {
        const jw_evidence *const evidence = next_evidence(page, start);
        if (!evidence || evidence->text.start >= end) {
            put_plain(page, start, end);
            return;
        }
        if (evidence->text.start > start) {
            put_plain(page, start, evidence->text.start);
            start = evidence->text.start;
        }
        const uint32_t stop = evidence->text.end < end ? evidence->text.end : end;
        out_text(page->out, "<u class=\"");
        out_text(page->out, sign_of(evidence->market, evidence->credit));
        out_text(page->out, "\">");
        put_plain(page, start, stop);
        out_text(page->out, "</u>");
        if (stop == evidence->text.end)
            put_worth(page, evidence);
        start = stop;
    }
}

static void put_mark(struct page *page, const struct name *name, jw_range range)
{
    out_text(page->out, "<mark class=\"");
    out_text(page->out, name->label);
    out_text(page->out, "\">");
    put_text(page, range.start, range.end);
    out_text(page->out, "<b>");
    out_text(page->out, name->label);
    out_text(page->out, "</b></mark>");
}

/* The running text of a sentence; a name inside another stays unmarked. */
static void put_running(struct page *page, const jw_sentence *sentence)
{
    uint32_t done = sentence->text.start;
    struct name name;
    out_text(page->out, "<p class=\"text\">");
    for (uint32_t i = sentence->tokens.start; i < sentence->tokens.end; i++) {
        if (!jwi_name_at(&page->names, i, &name) || name.tokens.start != i)
            continue;
        const jw_range range = {page->tokens.at[i].text.start,
                                page->tokens.at[name.tokens.end - 1].text.end};
        put_text(page, done, range.start);
        put_mark(page, &name, range);
        done = range.end;
    }
    put_text(page, done, sentence->text.end);
    out_text(page->out, "</p>\n");
}

static void put_words(struct page *page, const jw_sentence *sentence)
{
    out_text(page->out, "<p class=\"words\">");
    for (uint32_t i = sentence->tokens.start; i < sentence->tokens.end; i++) {
        const char *label =
            jw_model_label(jw_doc_model(page->doc), JW_LABELS_UPOS, jw_doc_upos(page->doc).at[i]);
        out_text(page->out, "<ruby>");
        put_plain(page, page->tokens.at[i].text.start, page->tokens.at[i].text.end);
        out_text(page->out, "<rt>");
        out_text(page->out, label ? label : "_");
        out_text(page->out, "</rt></ruby>");
    }
    out_text(page->out, "</p>\n");
}

static void put_cell(struct page *page, int is_there, int32_t value)
{
    out_text(page->out, "<td class=\"");
    out_text(page->out, is_there ? sign_of(value, 0) : "neu");
    out_text(page->out, "\">");
    if (is_there)
        jwi_out_signed(page->out, value);
    out_text(page->out, "</td>");
}

static void put_entity(struct page *page, uint32_t number)
{
    const jw_entity *const entity = &page->doc->entities[number];
    const jw_score *const score = &page->doc->scores[number];
    out_text(page->out, "<tr><td>");
    jwi_out_markup(page->out, entity->name);
    out_text(page->out, "</td><td>");
    jwi_out_uint(page->out, score->relevance);
    out_text(page->out, "</td>");
    put_cell(page, score->has_market, score->market);
    put_cell(page, score->has_credit, score->credit_raw);
    put_cell(page, score->is_scored, score->tone);
    out_text(page->out, "</tr>\n");
}

static void put_evidence(struct page *page, uint32_t number)
{
    const jw_evidence *const evidence = &page->doc->evidence[number];
    out_text(page->out, "<tr><td>");
    jwi_out_markup(page->out, page->doc->entities[evidence->entity].name);
    out_text(page->out, "：「");
    put_plain(page, evidence->text.start, evidence->text.end);
    out_text(page->out, "」</td><td>");
    jwi_out_markup(page->out, jwi_code_evidence(page->doc, evidence));
    out_text(page->out, " ");
    jwi_out_markup(page->out, evidence->rule);
    out_text(page->out, "</td>");
    put_cell(page, 1, evidence->market);
    put_cell(page, 1, evidence->credit);
    out_text(page->out, "</tr>\n");
}

/* Behind the last piece of an entity's evidence: what it all adds up to. */
static void put_evidence_sum(struct page *page, uint32_t entity)
{
    const jw_score *const score = &page->doc->scores[entity];
    out_text(page->out, "<tr class=\"sum\"><td>");
    jwi_out_markup(page->out, page->doc->entities[entity].name);
    out_text(page->out, " 合計</td><td></td>");
    put_cell(page, score->has_market, score->market);
    put_cell(page, score->has_credit, score->credit_raw);
    out_text(page->out, "</tr>\n");
}

/* Scores of who is spoken of, and the evidence they are the sums of. */
static void put_scores(struct page *page)
{
    const jw_scores scores = jw_doc_scores(page->doc);
    const jw_evidences evidence = jw_doc_evidence(page->doc);
    if (!(page->layers & JW_LAYER_SCORES) || scores.len == 0)
        return;
    out_text(page->out, "<table class=\"scores\">\n<tr><th>實體</th><th>相關度</th><th>市場</th><th>信用</th><th>語氣</th></tr>\n");
    for (uint32_t i = 0; i < scores.len; i++)
        put_entity(page, scores.at[i].ranked);
    out_text(page->out, "</table>\n");
    if (!(page->layers & JW_LAYER_EVIDENCE) || evidence.len == 0)
        return;
    out_text(page->out, "<table class=\"evidence\">\n<tr><th>依據</th><th>事由與規則</th><th>市場</th><th>信用</th></tr>\n");
    for (uint32_t i = 0; i < evidence.len; i++) {
        put_evidence(page, i);
        if (i + 1 == evidence.len || evidence.at[i + 1].entity != evidence.at[i].entity)
            put_evidence_sum(page, evidence.at[i].entity);
    }
    out_text(page->out, "</table>\n");
}

static void put_esg_row(struct page *page, const char *source, int32_t logit)
{
    out_text(page->out, "</td><td>");
    out_text(page->out, source);
    out_text(page->out, "</td><td class=\"");
    out_text(page->out, sign_of(-logit, 0)); /* what speaks for a risk is bad */
    out_text(page->out, "\">");
    jwi_out_signed(page->out, logit);
    out_text(page->out, "</td></tr>\n");
}

static int is_in(const jw_esg_evidence *evidence, jw_range text)
{
    return evidence->text.start >= text.start && evidence->text.start < text.end;
}

/* What a sentence adds to the log-odds of a risk, and the words that do; nothing when none does. */
static void put_esg_sentence(struct page *page, const jw_esg *esg, uint32_t sentence)
{
    static const char *const sources[] = {"詞", "評價", "事件"};
    const jw_range text = page->sentences.at[sentence].text;
    uint32_t count = 0;
    int32_t sum = 0;
    for (uint32_t i = 0; i < esg->evidence_count; i++)
        if (is_in(&esg->evidence[i], text)) {
            sum += esg->evidence[i].logit;
            count++;
        }
    if (!count)
        return;
    out_text(page->out, "<tr class=\"sum\"><td>第 ");
    jwi_out_uint(page->out, (uint64_t)sentence + 1);
    out_text(page->out, " 句");
    put_esg_row(page, "小計", sum);
    for (uint32_t i = 0; i < esg->evidence_count; i++) {
        const jw_esg_evidence *const evidence = &esg->evidence[i];
        if (!is_in(evidence, text))
            continue;
        out_text(page->out, "<tr><td>　「");
        put_plain(page, evidence->text.start, evidence->text.end);
        out_text(page->out, "」");
        jwi_out_markup(page->out, evidence->rule);
        put_esg_row(page, sources[evidence->source <= JW_ESG_EVENT ? evidence->source : JW_ESG_WORD], evidence->logit);
    }
}

/* Opportunity or risk, and by sentence the words whose log-odds make it up. */
static void put_esg(struct page *page)
{
    const jw_esg esg = jw_doc_esg(page->doc);
    if (!(page->layers & JW_LAYER_ESG) || !esg.is_read)
        return;
    out_text(page->out, "<table class=\"esg\">\n<tr><th>永續：判為");
    out_text(page->out, esg.is_risk ? "風險" : "機會");
    out_text(page->out, "，風險機率 ");
    jwi_out_scaled(page->out, esg.p_risk);
    out_text(page->out, "</th><th>來源</th><th>風險的對數勝算</th></tr>\n<tr><td>基準");
    put_esg_row(page, "", esg.prior);
    for (uint32_t i = 0; i < page->sentences.len; i++)
        put_esg_sentence(page, &esg, i);
    out_text(page->out, "<tr class=\"sum\"><td>合計");
    put_esg_row(page, "", esg.logit);
    out_text(page->out, "</table>\n");
}

static void open_part(struct page *page, uint32_t part)
{
    const uint32_t kind = jw_doc_parts(page->doc).at[part].kind;
    out_text(page->out, kind == JW_PART_TITLE   ? "<section class=\"title\">\n"
                            : kind == JW_PART_REPLY ? "<section class=\"reply\">\n"
                                                    : "<section class=\"body\">\n");
}

static void put_sentence(struct page *page, const jw_sentence *sentence)
{
    put_running(page, sentence);
    if (page->layers & JW_LAYER_ARCS)
        jwi_html_tree(page->out, page->doc, sentence);
    else if (page->layers & JW_LAYER_POS)
        put_words(page, sentence);
}

void jwi_write_html(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    const uint32_t layers = layers_shown(doc, options);
    struct page page = {
        .out = out,
        .doc = doc,
        .layers = layers,
        .text = jw_doc_text(doc),
        .sentences = jw_doc_sentences(doc),
        .tokens = jw_doc_tokens(doc),
        .names = jwi_names_before(doc, layers),
    };
    const jw_bytes id = jw_doc_meta(doc).id;
    out_text(out, head_before_title);
    jwi_out_markup(out, id);
    out_text(out, head_after_title);
    jwi_out_markup(out, id);
    out_text(out, "</h1>\n");
    for (uint32_t i = 0; i < page.sentences.len; i++) {
        const jw_sentence *const sentence = &page.sentences.at[i];
        const int is_first = i == 0 || sentence->part != sentence[-1].part;
        if (is_first && i > 0)
            out_text(out, "</section>\n");
        if (is_first)
            open_part(&page, sentence->part);
        put_sentence(&page, sentence);
    }
    out_text(out, page.sentences.len > 0 ? "</section>\n" : "");
    put_scores(&page);
    put_esg(&page);
    out_text(out, "</article>\n</body>\n</html>\n");
}
