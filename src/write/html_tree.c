/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Widths are those of a font whose Han characters fill their square, which all Chinese fonts keep to, so nothing is measured in the reader.
 * The height of an arc depends on its length alone: a line of text higher for each word up to six, so that labels of nested arcs do not
 * touch, then with the square root of its length, so that long sentences stay low.
 */
#include "write/html_tree.h"

#include "base/utf8.h"

enum {
    FULL = 16,
    HALF = 9,
    GAP = 18,
    LEAST = 40,
    MARGIN = 12,
    LOW = 20,
    STEP = 13,
    STEPS = 6,
    ROOT = 24,
    TEXT_ROOM = 44
};

struct drawing {
    struct out *out;
    const jw_doc *doc;
    const jw_sentence *sentence;
    jw_bytes text;
    jw_tokens tokens;
    jw_arcs arcs;
    uint32_t ground; /* y from which the arcs rise */
};

/* From the left edge of a word to that of the next. */
static uint32_t advance(const struct drawing *drawing, uint32_t token)
{
    const jw_range range = drawing->tokens.at[token].text;
    uint32_t width = 0;
    for (size_t at = range.start; at < range.end;)
        width += utf8_next(drawing->text.at, &at) < 0x2e80 ? HALF : FULL;
    return (width < LEAST ? LEAST : width) + GAP;
}

/* Distance between the middles of two words, from <= to. */
static uint32_t distance(const struct drawing *drawing, uint32_t from, uint32_t to)
{
    uint32_t twice = 0;
    for (uint32_t i = from; i < to; i++)
        twice += advance(drawing, i) + advance(drawing, i + 1);
    return twice / 2;
}

static uint32_t height_of(uint32_t length)
{
    const uint32_t near = length < STEPS ? length : STEPS, far = length - near;
    uint32_t root = 0;
    while ((root + 1) * (root + 1) <= STEP * STEP * far)
        root++;
    return LOW + STEP * near - STEP + root;
}

static uint32_t arc_length(const struct drawing *drawing, uint32_t token)
{
    const uint32_t head = drawing->arcs.at[token].head;
    return head == JW_NONE ? 0 : head > token ? head - token : token - head;
}

static void put_number(struct drawing *drawing, const char *before, uint32_t value)
{
    out_text(drawing->out, before);
    jwi_out_uint(drawing->out, value);
}

/* The y of a point that stands `rise` above the ground, also above the drawing. */
static void put_above(struct drawing *drawing, uint32_t rise)
{
    const int is_negative = rise > drawing->ground;
    put_number(drawing, is_negative ? " -" : " ",
               is_negative ? rise - drawing->ground : drawing->ground - rise);
}

static void put_label(struct drawing *drawing, jw_labels set, uint32_t id)
{
    const char *label = jw_model_label(jw_doc_model(drawing->doc), set, id);
    out_text(drawing->out, label ? label : "_");
}

static void put_word(struct drawing *drawing, uint32_t token, uint32_t x)
{
    put_number(drawing, "<text class=\"w\" x=\"", x);
    put_number(drawing, "\" y=\"", drawing->ground + 20);
    out_text(drawing->out, "\">");
    jwi_out_markup(drawing->out, bytes_of(drawing->text, drawing->tokens.at[token].text));
    put_number(drawing, "</text><text class=\"p\" x=\"", x);
    put_number(drawing, "\" y=\"", drawing->ground + 36);
    out_text(drawing->out, "\">");
    if (jw_doc_layers(drawing->doc) & JW_LAYER_POS)
        put_label(drawing, JW_LABELS_UPOS, jw_doc_upos(drawing->doc).at[token]);
    out_text(drawing->out, "</text>\n");
}

static void put_arrow(struct drawing *drawing, uint32_t x)
{
    put_number(drawing, "<path class=\"h\" d=\"M", x);
    put_number(drawing, " ", drawing->ground);
    out_text(drawing->out, "l-3 -7h6z\"/>");
}

static void put_relation(struct drawing *drawing, uint32_t token, uint32_t x, uint32_t y)
{
    put_number(drawing, "<text class=\"r\" x=\"", x);
    put_number(drawing, "\" y=\"", y);
    out_text(drawing->out, "\">");
    put_label(drawing, JW_LABELS_DEP, drawing->arcs.at[token].rel);
    out_text(drawing->out, "</text>\n");
}

static void put_root(struct drawing *drawing, uint32_t token, uint32_t x)
{
    put_number(drawing, "<path d=\"M", x);
    put_number(drawing, " ", drawing->ground - ROOT);
    put_number(drawing, "V", drawing->ground);
    out_text(drawing->out, "\"/>");
    put_arrow(drawing, x);
    put_relation(drawing, token, x, drawing->ground - ROOT - 4);
}

/* A cubic whose control points stand 4/3 as high peaks at `height`. */
static void put_arc(struct drawing *drawing, uint32_t token, uint32_t x)
{
    const uint32_t head = drawing->arcs.at[token].head;
    if (head == JW_NONE) {
        put_root(drawing, token, x);
        return;
    }
    const uint32_t height = height_of(arc_length(drawing, token)), control = 4 * height / 3;
    const uint32_t away =
        head > token ? distance(drawing, token, head) : distance(drawing, head, token);
    /* an arc leaves its head a little to the side, so that it does not touch the arrow of the head's own arc */
    const uint32_t head_x = head > token ? x + away - 5 : x - away + 5;
    put_number(drawing, "<path d=\"M", head_x);
    put_number(drawing, " ", drawing->ground);
    put_number(drawing, "C", head_x);
    put_above(drawing, control);
    put_number(drawing, " ", x);
    put_above(drawing, control);
    put_number(drawing, " ", x);
    put_number(drawing, " ", drawing->ground);
    out_text(drawing->out, "\"/>");
    put_arrow(drawing, x);
    put_relation(drawing, token, (head_x + x) / 2, drawing->ground - height + 4);
}

static uint32_t measure(struct drawing *drawing)
{
    uint32_t width = 2 * MARGIN, longest = 1;
    for (uint32_t i = drawing->sentence->tokens.start; i < drawing->sentence->tokens.end; i++) {
        const uint32_t length = arc_length(drawing, i);
        longest = length > longest ? length : longest;
        width += advance(drawing, i);
    }
    drawing->ground = height_of(longest) + ROOT + 12;
    return width;
}

void jwi_html_tree(struct out *out, const jw_doc *doc, const jw_sentence *sentence)
{
    struct drawing drawing = {
        out, doc, sentence, jw_doc_text(doc), jw_doc_tokens(doc), jw_doc_arcs(doc), 0};
    const uint32_t width = measure(&drawing), height = drawing.ground + TEXT_ROOM;
    put_number(&drawing, "<div class=\"tree\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"",
               width);
    put_number(&drawing, "\" height=\"", height);
    out_text(out, "\">\n");
    uint32_t x = MARGIN;
    for (uint32_t i = sentence->tokens.start; i < sentence->tokens.end; i++) {
        const uint32_t step = advance(&drawing, i);
        put_word(&drawing, i, x + step / 2);
        put_arc(&drawing, i, x + step / 2);
        x += step;
    }
    out_text(out, "</svg></div>\n");
}
