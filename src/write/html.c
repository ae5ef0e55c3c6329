/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One document as a page of its own: names marked in the running text, words with tags or, where the tree is shown, the tree of each sentence
 * as SVG.  No script, no font and no other file is fetched.  Pages written one after another read as one long page in every browser.
 */
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
};

static void put_text(struct page *page, uint32_t start, uint32_t end)
{
    const jw_range range = {start, end};
    jwi_out_markup(page->out, bytes_of(page->text, range));
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
        put_text(page, page->tokens.at[i].text.start, page->tokens.at[i].text.end);
        out_text(page->out, "<rt>");
        out_text(page->out, label ? label : "_");
        out_text(page->out, "</rt></ruby>");
    }
    out_text(page->out, "</p>\n");
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
    out_text(out, page.sentences.len > 0 ? "</section>\n</article>\n</body>\n</html>\n"
                                         : "</article>\n</body>\n</html>\n");
}
