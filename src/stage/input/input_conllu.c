/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CoNLL-U reader.  Method: one pass over lines fills arrays sized by the number of lines; then the setters of the document check and copy
 * them, so that a file is held to the same rules as any caller.
 */
#include "stage/input/input_conllu.h"

#include "base/cells.h"
#include "base/error.h"
#include "base/utf8.h"
#include "doc/doc.h"

#include <string.h>

enum { COLUMNS = 10, ID = 0, FORM = 1, UPOS = 3, XPOS = 4, HEAD = 6, DEPREL = 7, MISC = 9 };

struct reader {
    jw_doc *doc;
    jw_bytes in;
    jw_bytes id;    /* of the first `# newdoc`, in `in` */
    size_t line_at; /* byte of the current line */
    char *text;     /* [in.len] */
    uint32_t text_len;
    jw_range *tokens, *sentences;
    uint32_t *line_of; /* [token] byte of its line */
    uint16_t *upos, *xpos;
    jw_arc *arcs;
    jw_mention *mentions;
    jw_part_info *parts;
    uint8_t *is_paragraph; /* [sentence] */
    uint32_t token_count, sentence_count, part_count, mention_count;
    uint32_t sentence_start; /* its first token */
    uint32_t open_type;      /* label of the mention being read, or JW_NONE */
    uint8_t has_upos, has_xpos, has_arcs, has_names, new_paragraph, space_before;
    uint32_t empty_parts; /* how many may still be put in */
    uint32_t part; /* of the previous word, JW_NONE before the first */
};

static jw_status bad(const struct reader *reader, jw_error *reterr, const char *what)
{
    uint64_t line = 1;
    for (size_t i = 0; i < reader->line_at; i++)
        line += reader->in.at[i] == '\n';
    return jwi_fail(reterr, JW_EFORMAT, reader->line_at, "line %llu: %s", (unsigned long long)line, what);
}

static int is_blank(jw_bytes cell)
{
    return cell.len == 1 && cell.at[0] == '_';
}

static int split_columns(jw_bytes line, jw_bytes ret[COLUMNS])
{
    int n = 0;
    for (size_t start = 0, i = 0; i <= line.len; i++) {
        if (i < line.len && line.at[i] != '\t')
            continue;
        if (n == COLUMNS)
            return 0;
        ret[n].at = line.at + start;
        ret[n++].len = i - start;
        start = i + 1;
    }
    return n == COLUMNS;
}

/* Value of KEY= in MISC; empty when absent. */
static jw_bytes misc_value(jw_bytes misc, const char *key)
{
    const size_t key_len = strlen(key);
    for (size_t at = 0; at < misc.len;) {
        const char *bar = memchr(misc.at + at, '|', misc.len - at);
        const size_t len = bar ? (size_t)(bar - misc.at) - at : misc.len - at;
        if (len > key_len && memcmp(misc.at + at, key, key_len) == 0) {
            const jw_bytes value = {misc.at + at + key_len, len - key_len};
            return value;
        }
        at += len + 1;
    }
    const jw_bytes none = {NULL, 0};
    return none;
}

/* A number below 2^31; JW_NONE when it is none. */
static uint32_t number(jw_bytes cell)
{
    uint32_t value = 0;
    if (!cell.len || cell.len > 9)
        return JW_NONE;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9')
            return JW_NONE;
        value = value * 10 + (uint32_t)(cell.at[i] - '0');
    }
    return value;
}

static int is_utf8(jw_bytes cell)
{
    const char *end = cell.at + cell.len;
    for (const char *at = cell.at; at < end;) {
        uint32_t len;
        if (jwi_utf8_decode(at, end, &len) == UTF8_INVALID)
            return 0;
        at += len;
    }
    return cell.len > 0;
}

static uint32_t label(const struct reader *reader, jw_labels set, jw_bytes name)
{
    return jw_model_label_id(reader->doc->model, set, name);
}

static jw_status read_tags(struct reader *reader, const jw_bytes *cell, uint32_t token, jw_error *reterr)
{
    const uint32_t upos = label(reader, JW_LABELS_UPOS, cell[UPOS]), xpos = label(reader, JW_LABELS_XPOS, cell[XPOS]);
    if (upos == JW_NONE && !is_blank(cell[UPOS]))
        return bad(reader, reterr, "unknown UPOS");
    reader->has_upos &= upos != JW_NONE;
    reader->has_xpos &= xpos != JW_NONE;
    reader->upos[token] = (uint16_t)upos;
    reader->xpos[token] = (uint16_t)xpos;
    return JW_OK;
}

/* Relation, or its universal part when the subtype is not in the model's set. */
static uint32_t relation(const struct reader *reader, jw_bytes name)
{
    const uint32_t whole = label(reader, JW_LABELS_DEP, name);
    const char *colon = memchr(name.at, ':', name.len);
    if (whole != JW_NONE || !colon)
        return whole;
    const jw_bytes universal = {name.at, (size_t)(colon - name.at)};
    return label(reader, JW_LABELS_DEP, universal);
}

/* Heads stay 1-based within the sentence here; end_sentence turns them into token indexes. */
static jw_status read_arc(struct reader *reader, const jw_bytes *cell, uint32_t token, jw_error *reterr)
{
    jw_arc *arc = &reader->arcs[token];
    memset(arc, 0, sizeof *arc);
    if (is_blank(cell[HEAD])) {
        reader->has_arcs = 0;
        return JW_OK;
    }
    const uint32_t head = number(cell[HEAD]), rel = relation(reader, cell[DEPREL]);
    if (head == JW_NONE)
        return bad(reader, reterr, "HEAD is not a number");
    if (rel == JW_NONE)
        return bad(reader, reterr, "unknown DEPREL");
    arc->head = head;
    arc->rel = (uint16_t)rel;
    return JW_OK;
}

/* B- S- open a mention, I- E- extend it, anything else closes it. */
static jw_status read_name(struct reader *reader, jw_bytes misc, uint32_t token, jw_error *reterr)
{
    const jw_bytes value = misc_value(misc, "NER=");
    if (value.len)
        reader->has_names = 1;
    if (value.len < 3 || value.at[1] != '-') {
        reader->open_type = JW_NONE;
        return JW_OK;
    }
    const jw_bytes name = {value.at + 2, value.len - 2};
    const uint32_t type = label(reader, JW_LABELS_MENTION, name);
    if (type == JW_NONE)
        return bad(reader, reterr, "unknown entity type in NER=");
    if (bytes_are(name, "POS") || bytes_are(name, "ACC")) { /* terms, which no mention is */
        reader->open_type = JW_NONE;
        return JW_OK;
    }
    const int goes_on = (value.at[0] == 'I' || value.at[0] == 'E') && reader->open_type == type;
    if (!goes_on) {
        jw_mention *mention = &reader->mentions[reader->mention_count++];
        memset(mention, 0, sizeof *mention);
        mention->tokens.start = token;
        mention->type = (uint16_t)type;
        mention->entity = JW_NONE;
        mention->score = JW_SCALE;
    }
    reader->mentions[reader->mention_count - 1].tokens.end = token + 1;
    reader->open_type = value.at[0] == 'E' || value.at[0] == 'S' ? JW_NONE : type;
    return JW_OK;
}

static uint32_t part_kind(uint32_t part, int is_named)
{
    if (!is_named || part == 1)
        return JW_PART_BODY;
    return part == 0 ? JW_PART_TITLE : JW_PART_REPLY;
}

static void add_part(struct reader *reader, uint32_t kind)
{
    jw_part_info *info = &reader->parts[reader->part_count++];
    memset(info, 0, sizeof *info);
    info->text.start = info->text.end = reader->text_len;
    info->kind = kind;
}

static int is_first_of_sentence(const struct reader *reader)
{
    return reader->token_count == reader->sentence_start;
}

/* A word whose Part= differs from the one before starts a part; parts that were empty have no words and are put back, up to the room. */
static jw_status begin_part(struct reader *reader, jw_bytes misc, jw_error *reterr)
{
    const jw_bytes cell = misc_value(misc, "Part=");
    const uint32_t part = cell.len ? number(cell) : 0;
    if (part == reader->part && part != JW_NONE)
        return JW_OK;
    if (part == JW_NONE)
        return bad(reader, reterr, "Part= is not a number");
    if (!is_first_of_sentence(reader))
        return bad(reader, reterr, "Part= changes inside a sentence");
    for (; reader->part_count < part && reader->empty_parts > 0; reader->empty_parts--)
        add_part(reader, part_kind(reader->part_count, 1));
    add_part(reader, part_kind(part, cell.len > 0));
    reader->part = part;
    reader->space_before = 0;
    reader->new_paragraph = 1;
    return JW_OK;
}

static void put(struct reader *reader, const char *at, size_t len)
{
    memcpy(reader->text + reader->text_len, at, len);
    reader->text_len += (uint32_t)len;
    reader->parts[reader->part_count - 1].text.end = reader->text_len;
}

static void put_gap(struct reader *reader)
{
    const int at_part_start = reader->parts[reader->part_count - 1].text.start == reader->text_len;
    if (is_first_of_sentence(reader) && reader->new_paragraph && !at_part_start)
        put(reader, "\n", 1);
    else if (reader->space_before && !at_part_start)
        put(reader, " ", 1);
}

static jw_status read_word(struct reader *reader, const jw_bytes *cell, jw_error *reterr)
{
    const uint32_t token = reader->token_count;
    if (number(cell[ID]) != token - reader->sentence_start + 1)
        return bad(reader, reterr, "ID is not the next number");
    if (!is_utf8(cell[FORM]))
        return bad(reader, reterr, "FORM is empty or not valid UTF-8");
    TRY(begin_part(reader, cell[MISC], reterr));
    put_gap(reader);
    reader->tokens[token].start = reader->text_len;
    put(reader, cell[FORM].at, cell[FORM].len);
    reader->tokens[token].end = reader->text_len;
    reader->line_of[token] = (uint32_t)reader->line_at;
    const jw_bytes space = misc_value(cell[MISC], "SpaceAfter=");
    reader->space_before = !(space.len == 2 && memcmp(space.at, "No", 2) == 0);
    TRY(read_tags(reader, cell, token, reterr));
    TRY(read_arc(reader, cell, token, reterr));
    TRY(read_name(reader, cell[MISC], token, reterr));
    if (is_first_of_sentence(reader))
        reader->is_paragraph[reader->sentence_count] = reader->new_paragraph;
    reader->new_paragraph = 0;
    reader->token_count++;
    return JW_OK;
}

static jw_status end_sentence(struct reader *reader, jw_error *reterr)
{
    const uint32_t start = reader->sentence_start, end = reader->token_count;
    if (start == end)
        return JW_OK;
    for (uint32_t i = start; reader->has_arcs && i < end; i++) {
        const uint32_t head = reader->arcs[i].head;
        if (head > end - start)
            return bad(reader, reterr, "HEAD past the end of the sentence before this line");
        reader->arcs[i].head = head ? start + head - 1 : JW_NONE;
    }
    reader->sentences[reader->sentence_count].start = reader->tokens[start].start;
    reader->sentences[reader->sentence_count++].end = reader->tokens[end - 1].end;
    reader->sentence_start = end;
    reader->open_type = JW_NONE;
    return JW_OK;
}

static int starts_with(jw_bytes line, const char *prefix)
{
    return line.len >= strlen(prefix) && memcmp(line.at, prefix, strlen(prefix)) == 0;
}

static void read_id(struct reader *reader, jw_bytes line)
{
    static const char name[] = "# newdoc id = ";
    if (reader->id.len || !starts_with(line, name))
        return;
    reader->id.at = line.at + sizeof name - 1;
    reader->id.len = line.len - (sizeof name - 1);
}

static jw_status read_line(struct reader *reader, jw_bytes line, jw_error *reterr)
{
    jw_bytes cell[COLUMNS];
    if (!line.len)
        return end_sentence(reader, reterr);
    if (line.at[0] == '#') {
        read_id(reader, line);
        if (starts_with(line, "# newpar") || starts_with(line, "# newdoc"))
            reader->new_paragraph = 1;
        return JW_OK;
    }
    if (!split_columns(line, cell))
        return bad(reader, reterr, "not ten columns");
    if (memchr(cell[ID].at, '.', cell[ID].len))
        return JW_OK;
    if (memchr(cell[ID].at, '-', cell[ID].len))
        return bad(reader, reterr, "multi-word token: not known in this language");
    return read_word(reader, cell, reterr);
}

static jw_status read_lines(struct reader *reader, jw_error *reterr)
{
    const jw_bytes in = reader->in;
    for (size_t at = 0; at < in.len;) {
        const char *newline = memchr(in.at + at, '\n', in.len - at);
        jw_bytes line = {in.at + at, newline ? (size_t)(newline - in.at) - at : in.len - at};
        reader->line_at = at;
        at += line.len + 1;
        if (line.len && line.at[line.len - 1] == '\r')
            line.len--;
        TRY(read_line(reader, line, reterr));
    }
    reader->line_at = in.len;
    return end_sentence(reader, reterr);
}

static int allocate(struct reader *reader, struct arena *scratch)
{
    size_t lines = 2;
    for (size_t i = 0; i < reader->in.len; i++)
        lines += reader->in.at[i] == '\n';
    reader->text = PUSH(&reader->doc->arena, char, reader->in.len + 1);
    reader->parts = PUSH(&reader->doc->arena, jw_part_info, 2 * lines);
    reader->empty_parts = (uint32_t)lines;
    reader->tokens = PUSH(scratch, jw_range, lines);
    reader->sentences = PUSH(scratch, jw_range, lines);
    reader->line_of = PUSH(scratch, uint32_t, lines);
    reader->upos = PUSH(scratch, uint16_t, lines);
    reader->xpos = PUSH(scratch, uint16_t, lines);
    reader->arcs = PUSH(scratch, jw_arc, lines);
    reader->is_paragraph = PUSH_ZERO(scratch, uint8_t, lines);
    reader->mentions = PUSH(&reader->doc->arena, jw_mention, lines);
    return reader->text && reader->parts && reader->tokens && reader->sentences && reader->line_of && reader->upos && reader->xpos &&
           reader->arcs && reader->is_paragraph && reader->mentions;
}

static jw_status set_text(struct reader *reader, jw_error *reterr)
{
    jw_doc *doc = reader->doc;
    char *id = PUSH(&doc->arena, char, reader->id.len + 1);
    doc->runs = PUSH_ZERO(&doc->arena, struct source_run, reader->part_count + 1);
    if (!doc->runs || !id)
        return jwi_fail_memory(reterr);
    if (reader->id.len)
        memcpy(id, reader->id.at, reader->id.len);
    doc->meta.id.at = id;
    doc->meta.id.len = reader->id.len;
    for (uint32_t i = 0; i < reader->part_count; i++) {
        doc->runs[i].text_at = reader->parts[i].text.start;
        doc->runs[i].text_width = doc->runs[i].source_width = 1;
    }
    doc->run_count = doc->part_count = reader->part_count;
    doc->parts = reader->parts;
    doc->text.at = reader->text;
    doc->text.len = reader->text_len;
    doc->meta.published_at = doc->meta.received_at = JW_NO_TIME;
    doc->layers = JW_LAYER_TEXT;
    return JW_OK;
}

/* A tree refused by the setter is a fault of the file: the error moves to the line of the token it names. */
static jw_status set_arcs(struct reader *reader, jw_error *reterr)
{
    jw_error error;
    if (jw_doc_set_arcs(reader->doc, reader->arcs, reader->token_count, &error) == JW_OK)
        return JW_OK;
    if (error.status != JW_EARGUMENT)
        return jwi_fail(reterr, error.status, 0, "%s", error.message);
    reader->line_at = error.at < reader->token_count ? reader->line_of[error.at] : 0;
    return bad(reader, reterr, error.message);
}

static jw_status set_layers(struct reader *reader, jw_error *reterr)
{
    jw_doc *doc = reader->doc;
    TRY(set_text(reader, reterr));
    if (!reader->token_count)
        return JW_OK;
    TRY(jw_doc_set_sentences(doc, reader->sentences, reader->sentence_count, reterr));
    for (uint32_t i = 0; i < reader->sentence_count; i++)
        doc->sentences[i].flags = reader->is_paragraph[i] ? JW_SENTENCE_PARAGRAPH : 0;
    TRY(jw_doc_set_tokens(doc, reader->tokens, reader->token_count, reterr));
    if (reader->has_upos && reader->has_xpos)
        TRY(jw_doc_set_pos(doc, reader->upos, reader->xpos, reader->token_count, reterr));
    if (reader->has_arcs)
        TRY(set_arcs(reader, reterr));
    if (!reader->has_names)
        return JW_OK;
    doc->mentions = reader->mentions;
    doc->mention_count = reader->mention_count;
    doc->layers |= JW_LAYER_MENTIONS;
    return JW_OK;
}

jw_status jwi_input_load_conllu(const jw_options *options, struct arena *scratch, jw_bytes conllu, jw_doc *doc, jw_error *reterr)
{
    if (conllu.len > 16 * options->max_bytes || conllu.len > UINT32_MAX / 2)
        return jwi_fail(reterr, JW_ELIMIT, conllu.len, "%zu bytes of CoNLL-U", conllu.len);
    struct reader reader = {.doc = doc, .in = conllu, .open_type = JW_NONE, .part = JW_NONE};
    reader.has_upos = reader.has_xpos = reader.has_arcs = reader.new_paragraph = 1;
    if (!allocate(&reader, scratch))
        return jwi_fail_memory(reterr);
    TRY(read_lines(&reader, reterr));
    return set_layers(&reader, reterr);
}
