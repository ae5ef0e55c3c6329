/* SPDX-License-Identifier: Apache-2.0 */
/*
 * brat standoff, one document: names as `T` lines.  Where a tree is shown, every word is a `T` line of its tag as well and every arc an `R`
 * line.  Offsets refer to the parts that are not empty, joined by line feeds: for a file read whole that is the file.  A document opens with
 * a comment that holds its id, since a stream has no file names, and ends with a blank line.
 */
#include "write/write.h"

struct standoff {
    struct out *out;
    const jw_doc *doc;
    jw_unit unit;
    uint32_t layers;
    jw_bytes text;
    jw_tokens tokens;
    uint32_t part, base; /* offset where the part begins */
    struct ruler ruler;  /* over the part */
};

static void put_label(struct standoff *standoff, jw_labels set, uint32_t id)
{
    const char *label = jw_model_label(jw_doc_model(standoff->doc), set, id);
    for (; label && *label != '\0'; label++) /* brat's types are word characters only: nsubj:pass, -NONE- */
        out_put(standoff->out, *label == ':' ? "_" : label, 1);
}

static void restart(struct standoff *standoff)
{
    standoff->part = standoff->base = 0;
    standoff->ruler = ruler_on(standoff->text.at, 0, standoff->unit);
}

/* Goes on to the part that holds `byte`; asked for in ascending order. */
static void move_to(struct standoff *standoff, uint32_t byte)
{
    const jw_parts parts = jw_doc_parts(standoff->doc);
    while (standoff->part + 1 < parts.len && byte >= parts.at[standoff->part].text.end) {
        const jw_range range = parts.at[standoff->part++].text;
        standoff->base += jwi_ruler_at(&standoff->ruler, range.end) + (range.end > range.start);
        standoff->ruler = ruler_on(standoff->text.at, range.end, standoff->unit);
    }
}

/* `T3<TAB>COM 0 3<TAB>聯發科` */
static void put_entity(struct standoff *standoff, uint32_t number, jw_labels set, uint32_t label,
                       jw_range range)
{
    struct out *const out = standoff->out;
    move_to(standoff, range.start);
    const uint32_t start = standoff->base + jwi_ruler_at(&standoff->ruler, range.start);
    struct ruler ahead = standoff->ruler; /* a nested name starts before this one ends */
    out_text(out, "T");
    jwi_out_uint(out, number);
    out_text(out, "\t");
    put_label(standoff, set, label);
    out_text(out, " ");
    jwi_out_uint(out, start);
    out_text(out, " ");
    jwi_out_uint(out, standoff->base + jwi_ruler_at(&ahead, range.end));
    out_text(out, "\t");
    jwi_out_line(out, bytes_of(standoff->text, range));
    out_text(out, "\n");
}

static uint32_t put_mentions(struct standoff *standoff)
{
    const jw_mentions mentions = jw_doc_mentions(standoff->doc);
    for (uint32_t i = 0; i < mentions.len; i++) {
        const jw_mention *const mention = &mentions.at[i];
        const jw_range range = {standoff->tokens.at[mention->tokens.start].text.start,
                                standoff->tokens.at[mention->tokens.end - 1].text.end};
        put_entity(standoff, i + 1, JW_LABELS_MENTION, mention->type, range);
    }
    return mentions.len;
}

/* Word i is entity `first` + i. */
static void put_words(struct standoff *standoff, uint32_t first)
{
    for (uint32_t i = 0; i < standoff->tokens.len; i++)
        put_entity(standoff, first + i, JW_LABELS_UPOS, jw_doc_upos(standoff->doc).at[i],
                   standoff->tokens.at[i].text);
}

/* `R1<TAB>nsubj Arg1:T9 Arg2:T4`: from the head to the dependent. */
static void put_arcs(struct standoff *standoff, uint32_t first)
{
    const jw_arcs arcs = jw_doc_arcs(standoff->doc);
    struct out *const out = standoff->out;
    for (uint32_t i = 0, number = 0; i < arcs.len; i++) {
        if (arcs.at[i].head == JW_NONE)
            continue;
        out_text(out, "R");
        jwi_out_uint(out, ++number);
        out_text(out, "\t");
        put_label(standoff, JW_LABELS_DEP, arcs.at[i].rel);
        out_text(out, " Arg1:T");
        jwi_out_uint(out, first + arcs.at[i].head);
        out_text(out, " Arg2:T");
        jwi_out_uint(out, first + i);
        out_text(out, "\n");
    }
}

void jwi_write_brat(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct standoff standoff = {
        .out = out,
        .doc = doc,
        .unit = options->offsets,
        .layers = layers_shown(doc, options),
        .text = jw_doc_text(doc),
        .tokens = jw_doc_tokens(doc),
    };
    const uint32_t tree = JW_LAYER_POS | JW_LAYER_ARCS;
    uint32_t names = 0;
    out_text(out, "# id = ");
    jwi_out_line(out, jw_doc_meta(doc).id);
    out_text(out, "\n");
    restart(&standoff);
    if (standoff.layers & (JW_LAYER_MENTIONS | JW_LAYER_ENTITIES))
        names = put_mentions(&standoff);
    if ((standoff.layers & tree) == tree) {
        restart(&standoff);
        put_words(&standoff, names + 1);
        put_arcs(&standoff, names + 1);
    }
    out_text(out, "\n");
}
