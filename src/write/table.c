/* SPDX-License-Identifier: Apache-2.0 */
/* Flat tables, CSV or TSV: the rows of a document.  JW_WRITE_ECHO adds a last column `text`. */
#include "write/table.h"

#include <jinwen/esg.h>

static int needs_quotes(jw_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == ',' || text.at[i] == '"' || text.at[i] == '\n' || text.at[i] == '\r')
            return 1;
    return 0;
}

static void put_quoted(struct out *out, jw_bytes text)
{
    out_put(out, "\"", 1);
    for (size_t i = 0; i < text.len; i++) {
        out_put(out, text.at + i, 1);
        if (text.at[i] == '"')
            out_put(out, "\"", 1);
    }
    out_put(out, "\"", 1);
}

void jwi_table_bytes(struct row *row, jw_bytes text)
{
    if (row->separator == '\t')
        jwi_out_line(row->out, text);
    else if (needs_quotes(text))
        put_quoted(row->out, text);
    else
        out_put(row->out, text.at, text.len);
}

void jwi_table_plain(struct row *row, jw_bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        const int separates = strchr(",;=\"\t\r\n", text.at[i]) != NULL;
        out_put(row->out, separates ? " " : text.at + i, 1);
    }
}

static void put_text(struct row *row)
{
    jwi_table_bytes(row, bytes_of(jw_doc_text(row->doc), row->text));
}

static void put_row(struct row *row, const struct table *table)
{
    for (const struct column *column = table->columns; column->name; column++) {
        if (column != table->columns)
            out_put(row->out, &row->separator, 1);
        if (column->put)
            column->put(row);
    }
    if (table->has_text && row->options->flags & JW_WRITE_ECHO) {
        out_put(row->out, &row->separator, 1);
        put_text(row);
    }
    out_put(row->out, "\n", 1);
}

static jw_range mention_text(const jw_doc *doc, uint32_t number)
{
    const jw_range tokens = jw_doc_mentions(doc).at[number].tokens;
    const jw_range text = {jw_doc_tokens(doc).at[tokens.start].text.start,
                           jw_doc_tokens(doc).at[tokens.end - 1].text.end};
    return text;
}

/* The same for tables whose rows stand in no order of the text. */
static void find_loose_text(struct row *row)
{
    row->text = row->options->table == JW_TABLE_ESG         ? jw_doc_esg(row->doc).evidence[row->index].text
                : row->options->table == JW_TABLE_EVENTS    ? jw_doc_events(row->doc).at[row->index].claim.text
                : row->options->table == JW_TABLE_RELATIONS ? jw_doc_relations(row->doc).at[row->index].text
                                                            : jw_doc_evidence(row->doc).at[row->index].text;
    const struct offsets at = jwi_scale_range(&row->scale, row->text);
    row->place.part = at.part;
    row->start = at.start;
    row->end = at.end;
}

/* Moves the row to its text; names may be nested, so the ruler stays at the start. */
static void find_text(struct row *row)
{
    switch (row->options->table) {
    case JW_TABLE_SENTENCES:
        row->text = jw_doc_sentences(row->doc).at[row->index].text;
        place_enter(&row->place, jw_doc_sentences(row->doc).at[row->index].part);
        break;
    case JW_TABLE_TOKENS:
        row->text = jw_doc_tokens(row->doc).at[row->index].text;
        place_move(&row->place, row->index);
        break;
    case JW_TABLE_MENTIONS:
        row->text = mention_text(row->doc, row->index);
        place_move(&row->place, jw_doc_mentions(row->doc).at[row->index].tokens.start);
        break;
    case JW_TABLE_VALUES:
        row->text = jw_doc_values(row->doc).at[row->index].text;
        place_move(&row->place, jw_doc_values(row->doc).at[row->index].tokens.start);
        break;
    case JW_TABLE_EVENTS:
    case JW_TABLE_RELATIONS:
    case JW_TABLE_EVIDENCE:
    case JW_TABLE_ESG:
        find_loose_text(row);
        return;
    default:
        return;
    }
    row->start = jwi_ruler_at(&row->place.ruler, row->text.start);
    struct ruler ahead = row->place.ruler;
    row->end = jwi_ruler_end(&ahead, row->text.end);
}

static uint32_t count_rows(const struct row *row)
{
    switch (row->options->table) {
    case JW_TABLE_SENTENCES:
        return row->layers & JW_LAYER_SENTENCES ? jw_doc_sentences(row->doc).len : 0;
    case JW_TABLE_TOKENS:
        return row->layers & JW_LAYER_TOKENS ? jw_doc_tokens(row->doc).len : 0;
    case JW_TABLE_MENTIONS:
        return row->layers & (JW_LAYER_MENTIONS | JW_LAYER_ENTITIES) ? jw_doc_mentions(row->doc).len
                                                                     : 0;
    case JW_TABLE_ENTITIES:
        return row->layers & JW_LAYER_ENTITIES ? jw_doc_entities(row->doc).len : 0;
    case JW_TABLE_VALUES:
        return row->layers & JW_LAYER_VALUES ? jw_doc_values(row->doc).len : 0;
    case JW_TABLE_EVENTS:
        return row->layers & JW_LAYER_EVENTS ? jw_doc_events(row->doc).len : 0;
    case JW_TABLE_RELATIONS:
        return row->layers & JW_LAYER_RELATIONS ? jw_doc_relations(row->doc).len : 0;
    case JW_TABLE_EVIDENCE:
        return row->layers & JW_LAYER_EVIDENCE ? jw_doc_evidence(row->doc).len : 0;
    case JW_TABLE_ESG:
        return row->layers & JW_LAYER_ESG ? jw_doc_esg(row->doc).evidence_count : 0;
    default:
        return 1;
    }
}

/* Codes are no values of the record. */
static int is_row(const struct row *row)
{
    if (row->options->table == JW_TABLE_EVENTS)
        return jwi_table_is_event_row(row);
    return row->options->table != JW_TABLE_VALUES || jw_doc_values(row->doc).at[row->index].kind != JW_VALUE_CODE;
}

/* Rows of one item. */
static uint32_t count_inner(const struct row *row)
{
    return row->options->table == JW_TABLE_EVENTS ? jw_doc_events(row->doc).at[row->index].arg_count : 1;
}

/* Entities stand by relevance when it is known. */
static uint32_t item_at(const struct row *row, uint32_t place)
{
    const int is_ranked = row->options->table == JW_TABLE_ENTITIES && row->layers & JW_LAYER_SCORES;
    return is_ranked ? jw_doc_scores(row->doc).at[place].ranked : place;
}

static void write_rows(struct out *out, const jw_doc *doc, const jw_write_options *options,
                       char separator)
{
    const struct table table = jwi_table_of(options->table);
    struct row row = {
        .out = out,
        .doc = doc,
        .options = options,
        .layers = layers_shown(doc, options),
        .separator = separator,
        .place = place_before(doc, options->offsets),
        .scale = scale_on(doc, options->offsets),
        .names = jwi_names_before(doc, layers_shown(doc, options)),
    };
    const uint32_t count = count_rows(&row);
    for (uint32_t i = 0; i < count; i++) {
        row.index = item_at(&row, i);
        const uint32_t inner = count_inner(&row);
        for (row.inner = 0; row.inner < inner; row.inner++) {
            if (!is_row(&row))
                continue;
            row.number++;
            find_text(&row);
            put_row(&row, &table);
        }
    }
}

void jwi_write_csv(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    write_rows(out, doc, options, ',');
}

void jwi_write_tsv(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    write_rows(out, doc, options, '\t');
}

void jwi_write_table_head(struct out *out, const jw_write_options *options, char separator)
{
    const struct table table = jwi_table_of(options->table);
    for (const struct column *column = table.columns; column->name; column++) {
        if (column != table.columns)
            out_put(out, &separator, 1);
        out_text(out, column->name);
    }
    if (table.has_text && options->flags & JW_WRITE_ECHO) {
        out_put(out, &separator, 1);
        out_text(out, "text");
    }
    out_put(out, "\n", 1);
}
