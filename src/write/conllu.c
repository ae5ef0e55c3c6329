/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CoNLL-U, Universal Dependencies version 2.  A document opens with `# newdoc id`, a part with `# newpar`; a column whose layer is not shown
 * holds `_`.  MISC carries SpaceAfter=No, Start=, End=, Part=, NER=, Eid=, Value= and Ev=
 * in this order.
 */
#include "doc/finish.h"
#include "doc/value_text.h"
#include "write/name.h"

struct page {
    struct out *out;
    const jw_doc *doc;
    jw_unit unit;
    uint32_t layers;
    jw_bytes text;
    jw_parts parts;
    jw_sentences sentences;
    jw_tokens tokens;
    struct name_cursor names;
    uint32_t mark; /* first of the marks of events that ends behind the token */
    struct ruler ruler;
};

static void put_label(struct page *page, jw_labels set, uint32_t id)
{
    const char *label = jw_model_label(jw_doc_model(page->doc), set, id);
    out_text(page->out, label ? label : "_");
}

static void put_tag(struct page *page, jw_tags tags, jw_labels set, uint32_t token)
{
    if (page->layers & JW_LAYER_POS)
        put_label(page, set, tags.at[token]);
    else
        out_text(page->out, "_");
}

static void put_arc(struct page *page, const jw_sentence *sentence, uint32_t token)
{
    if (!(page->layers & JW_LAYER_ARCS)) {
        out_text(page->out, "_\t_");
        return;
    }
    const jw_arc arc = jw_doc_arcs(page->doc).at[token];
    jwi_out_uint(page->out, arc.head == JW_NONE ? 0 : arc.head - sentence->tokens.start + 1);
    out_text(page->out, "\t");
    put_label(page, JW_LABELS_DEP, arc.rel);
}

/* The last word of a part has no SpaceAfter: there is nothing after it. */
static int touches_next(const struct page *page, uint32_t part, uint32_t token)
{
    const uint32_t end = page->tokens.at[token].text.end;
    return token + 1 < page->tokens.len && end < page->parts.at[part].text.end &&
           page->tokens.at[token + 1].text.start == end;
}

/* The resolved value; a code has none beyond its form. */
static void put_value(struct page *page, const jw_value *value)
{
    char text[PERIOD_TEXT > DECIMAL_TEXT ? PERIOD_TEXT : DECIMAL_TEXT];
    const uint32_t len = value->kind == JW_VALUE_DATE
                             ? jwi_period_text(value->first, value->last, text)
                             : jwi_decimal_text(value->value, text);
    if (len == 0)
        return;
    out_text(page->out, "|Value=");
    out_put(page->out, text, len);
}

static void put_name(struct page *page, uint32_t token)
{
    struct name name;
    if (!jwi_name_at(&page->names, token, &name))
        return;
    const char prefix[] = {'|', 'N', 'E', 'R', '=', jwi_name_place(&name, token), '-'};
    const jw_entity *const entity = jwi_name_entity(&page->names, &name);
    out_put(page->out, prefix, sizeof prefix);
    out_text(page->out, name.label);
    if (entity && !(entity->flags & JW_ENTITY_NIL)) {
        out_text(page->out, "|Eid=");
        out_put(page->out, entity->eid.at, entity->eid.len);
    }
    if (name.value)
        put_value(page, name.value);
}

/* Triggers and arguments over the token, as "1:company,2:company". */
static void put_events(struct page *page, uint32_t token)
{
    const struct event_mark *const marks = page->doc->event_marks;
    const jw_range range = page->tokens.at[token].text;
    const uint32_t count = page->layers & JW_LAYER_EVENTS ? page->doc->event_mark_count : 0;
    const char *comma = "|Ev=";
    while (page->mark < count && marks[page->mark].text.end <= range.start)
        page->mark++;
    for (uint32_t i = page->mark; i < count && marks[i].text.start < range.end; i++) {
        if (marks[i].text.end <= range.start)
            continue;
        out_text(page->out, comma);
        jwi_out_uint(page->out, marks[i].number);
        out_text(page->out, ":");
        if (marks[i].role == JW_NONE)
            out_text(page->out, "trigger");
        else
            put_label(page, JW_LABELS_ROLE, marks[i].role);
        comma = ",";
    }
}

static void put_misc(struct page *page, uint32_t part, uint32_t token)
{
    const jw_range range = page->tokens.at[token].text;
    out_text(page->out, touches_next(page, part, token) ? "\tSpaceAfter=No|Start=" : "\tStart=");
    jwi_out_uint(page->out, jwi_ruler_at(&page->ruler, range.start));
    out_text(page->out, "|End=");
    jwi_out_uint(page->out, jwi_ruler_end(&page->ruler, range.end));
    out_text(page->out, "|Part=");
    jwi_out_uint(page->out, part);
    put_name(page, token);
    put_events(page, token);
    out_text(page->out, "\n");
}

static void put_token(struct page *page, const jw_sentence *sentence, uint32_t token)
{
    struct out *const out = page->out;
    const jw_bytes form = bytes_of(page->text, page->tokens.at[token].text);
    jwi_out_uint(out, token - sentence->tokens.start + 1);
    for (int i = 0; i < 2; i++) { /* Chinese words do not inflect: the lemma is the form */
        out_text(out, "\t");
        jwi_out_line(out, form);
    }
    out_text(out, "\t");
    put_tag(page, jw_doc_upos(page->doc), JW_LABELS_UPOS, token);
    out_text(out, "\t");
    put_tag(page, jw_doc_xpos(page->doc), JW_LABELS_XPOS, token);
    out_text(out, "\t_\t");
    put_arc(page, sentence, token);
    out_text(out, "\t_");
    put_misc(page, sentence->part, token);
}

static void put_sentence(struct page *page, uint32_t number)
{
    const jw_sentence *const sentence = &page->sentences.at[number];
    struct out *const out = page->out;
    if (number == 0 || sentence->part != sentence[-1].part) {
        page->ruler = jwi_ruler_in(page->doc, sentence->part, page->unit);
        out_text(out, "# newpar\n");
    }
    out_text(out, "# sent_id = ");
    jwi_out_line(out, jw_doc_meta(page->doc).id);
    out_text(out, "-");
    jwi_out_uint(out, number + 1);
    out_text(out, "\n# text = ");
    jwi_out_line(out, bytes_of(page->text, sentence->text));
    out_text(out, "\n");
    if (page->layers & JW_LAYER_TOKENS)
        for (uint32_t i = sentence->tokens.start; i < sentence->tokens.end; i++)
            put_token(page, sentence, i);
    out_text(out, "\n");
}

void jwi_write_conllu(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct page page = {
        .out = out,
        .doc = doc,
        .unit = options->offsets,
        .layers = layers_shown(doc, options),
        .text = jw_doc_text(doc),
        .parts = jw_doc_parts(doc),
        .sentences = jw_doc_sentences(doc),
        .tokens = jw_doc_tokens(doc),
        .names = jwi_names_before(doc, layers_shown(doc, options)),
    };
    const jw_bytes id = jw_doc_meta(doc).id;
    out_text(out, id.len > 0 ? "# newdoc id = " : "# newdoc");
    jwi_out_line(out, id);
    out_text(out, "\n");
    for (uint32_t i = 0; i < page.sentences.len; i++)
        put_sentence(&page, i);
    if (page.sentences.len == 0)
        out_text(out, "\n");
}
