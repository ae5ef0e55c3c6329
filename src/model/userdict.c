/* SPDX-License-Identifier: Apache-2.0 */
/* Compiles user dictionaries; see userdict.h. */
#include "model/userdict_row.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "model/model.h"
#include "model/norm_table.h"

enum column {
    COLUMN_FORM,
    COLUMN_LEVEL,
    COLUMN_POS,
    COLUMN_PIECES,
    COLUMN_FLAGS,
    COLUMN_TYPE,
    COLUMN_ENTITY,
    COLUMN_COUNT,
    COLUMN_NONE
};

static const char *const column_names[COLUMN_COUNT] = {"form",  "level", "pos",   "pieces",
                                                       "flags", "type",  "entity"};

/* The text being compiled. */
struct reader {
    jw_userdict *dict;
    struct norm_table norm;
    jw_bytes tsv;
    size_t at, line_at;
    uint32_t line;
    enum column columns[COLUMN_COUNT];
    uint32_t column_count;
    jw_level fallback;
    jw_error *reterr;
};

static jw_status fail_line(const struct reader *reader, const char *what)
{
    return jwi_fail(reader->reterr, JW_EUSERDICT, reader->line_at, "line %u: %s", reader->line,
                    what);
}

static int equals(jw_bytes a, const char *text)
{
    return a.len == strlen(text) && memcmp(a.at, text, a.len) == 0;
}

/* The next line without its end; false at the end of the text. */
static int next_line(struct reader *reader, jw_bytes *ret)
{
    if (reader->at >= reader->tsv.len)
        return 0;
    const char *start = reader->tsv.at + reader->at;
    const size_t left = reader->tsv.len - reader->at;
    const char *newline = memchr(start, '\n', left);
    size_t len = newline ? (size_t)(newline - start) : left;
    reader->line_at = reader->at;
    reader->line++;
    reader->at += len + 1;
    if (len && start[len - 1] == '\r')
        len--;
    ret->at = start;
    ret->len = len;
    return 1;
}

/* Cuts the text before the first `mark` off `rest`. */
static jw_bytes next_cell(jw_bytes *rest, char mark)
{
    const char *stop = rest->len ? memchr(rest->at, mark, rest->len) : NULL;
    const jw_bytes cell = {rest->at, stop ? (size_t)(stop - rest->at) : rest->len};
    rest->at += cell.len + (stop != NULL);
    rest->len -= cell.len + (stop != NULL);
    return cell;
}

static enum column find_column(jw_bytes name)
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (equals(name, column_names[i]))
            return (enum column)i;
    return COLUMN_NONE;
}

/* Is the line a header?  Every cell is the name of a column, none twice, `form` among them. */
static int read_header(struct reader *reader, jw_bytes line)
{
    uint32_t seen = 0;
    reader->column_count = 0;
    for (int more = 1; more;) {
        more = line.len && memchr(line.at, '\t', line.len);
        const enum column column = find_column(next_cell(&line, '\t'));
        if (column == COLUMN_NONE || seen & 1u << column)
            return 0;
        seen |= 1u << column;
        reader->columns[reader->column_count++] = column;
    }
    return seen & 1u << COLUMN_FORM;
}

static int is_valid_text(jw_bytes text)
{
    uint32_t len;
    for (const char *at = text.at, *end = at + text.len; at < end; at += len)
        if (jwi_utf8_decode(at, end, &len) == UTF8_INVALID)
            return 0;
    return 1;
}

/* Units of a form; false when there are too many. */
static int scan_form(const struct norm_table *norm, jw_bytes form, uint32_t *code, uint8_t *cls,
                     uint32_t *len)
{
    enum { CODES = 4 * USERDICT_FORM_MAX }; /* combining marks are many codes of one unit */
    uint32_t codes[CODES], at[CODES];
    uint8_t classes[CODES];
    struct norm_units units = {codes, classes, at, 0};
    if (form.len > CODES)
        return 0;
    jwi_norm_scan(norm, form.at, 0, (uint32_t)form.len, &units);
    if (units.len > USERDICT_FORM_MAX)
        return 0;
    memcpy(code, codes, units.len * sizeof *code);
    memcpy(cls, classes, units.len);
    *len = units.len;
    return 1;
}

static jw_status read_form(const struct reader *reader, jw_bytes cell, struct userdict_row *row)
{
    row->form = cell;
    if (row->flags & USERDICT_PATTERN)
        return cell.len ? JW_OK : fail_line(reader, "the pattern is empty");
    uint32_t code[USERDICT_FORM_MAX], len;
    uint8_t cls[USERDICT_FORM_MAX];
    if (!is_valid_text(cell))
        return fail_line(reader, "invalid UTF-8");
    if (!scan_form(&reader->norm, cell, code, cls, &len))
        return fail_line(reader, "the form is longer than 64 characters");
    if (!len || cls[0] == UNIT_SPACE || cls[len - 1] == UNIT_SPACE)
        return fail_line(reader, "the form is empty or has a blank at its edge");
    row->len = (uint8_t)len;
    return JW_OK;
}

static jw_status read_level(const struct reader *reader, jw_bytes cell, struct userdict_row *row)
{
    if (equals(cell, "force"))
        row->level = JW_FORCE;
    else if (equals(cell, "prefer"))
        row->level = JW_PREFER;
    else if (cell.len)
        return fail_line(reader, "the level is neither force nor prefer");
    return JW_OK;
}

static jw_status read_pos(const struct reader *reader, jw_bytes cell, struct userdict_row *row)
{
    if (!cell.len || equals(cell, "_"))
        return JW_OK;
    const uint32_t id = jw_model_label_id(reader->dict->model, JW_LABELS_XPOS, cell);
    if (id == JW_NONE)
        return fail_line(reader, "the tag is none of the model's");
    row->pos = (uint16_t)(id + 1);
    return JW_OK;
}

static jw_status read_flags(const struct reader *reader, jw_bytes cell, struct userdict_row *row)
{
    while (cell.len) {
        const jw_bytes flag = next_cell(&cell, ' ');
        if (equals(flag, "exact"))
            row->flags |= USERDICT_EXACT;
        else if (equals(flag, "inside"))
            row->flags |= USERDICT_INSIDE;
        else if (equals(flag, "pattern"))
            row->flags |= USERDICT_PATTERN;
        else if (flag.len)
            return fail_line(reader, "a flag is none of exact, inside and pattern");
    }
    return JW_OK;
}

/* A row with a type is a name; its entity, an id or a code, may be empty. */
static jw_status read_entity(const struct reader *reader, const jw_bytes *cells,
                             struct userdict_row *row)
{
    const jw_bytes type = cells[COLUMN_TYPE];
    if (!type.len)
        return cells[COLUMN_ENTITY].len ? fail_line(reader, "an entity needs a type") : JW_OK;
    const uint32_t id = jw_model_label_id(reader->dict->model, JW_LABELS_MENTION, type);
    if (id == JW_NONE)
        return fail_line(reader, "the type is none of the model's");
    if (cells[COLUMN_ENTITY].len > USERDICT_ENTITY_MAX || !is_valid_text(cells[COLUMN_ENTITY]))
        return fail_line(reader, "the entity is longer than 64 bytes or invalid UTF-8");
    row->type = (uint16_t)(id + 1);
    row->entity = cells[COLUMN_ENTITY];
    reader->dict->has_names = 1;
    return JW_OK;
}

/* Do the pieces, put together, give the form? */
static int spells(jw_bytes pieces, jw_bytes form)
{
    size_t at = 0;
    for (size_t i = 0; i < pieces.len; i++) {
        if (pieces.at[i] == '|')
            continue;
        if (at == form.len || form.at[at++] != pieces.at[i])
            return 0;
    }
    return at == form.len;
}

static jw_status read_pieces(const struct reader *reader, jw_bytes cell, struct userdict_row *row)
{
    if (!cell.len)
        return JW_OK;
    if (!spells(cell, row->form))
        return fail_line(reader, "the pieces do not make up the form");
    uint32_t end = 0;
    while (cell.len) {
        uint32_t code[USERDICT_FORM_MAX], len;
        uint8_t cls[USERDICT_FORM_MAX];
        const jw_bytes piece = next_cell(&cell, '|');
        if (!scan_form(&reader->norm, piece, code, cls, &len) || !len ||
            row->piece_count == USERDICT_PIECES_MAX)
            return fail_line(reader, "a piece is empty, or there are more than 16");
        end += len;
        row->piece_end[row->piece_count++] = (uint8_t)end;
    }
    if (end != row->len || row->pos || row->level != JW_FORCE)
        return fail_line(reader, "pieces need level force, no tag, and edges between characters");
    return JW_OK;
}

static jw_status read_pattern(const struct reader *reader, jw_bytes pieces,
                              struct userdict_row *row)
{
    jw_error error;
    if (pieces.len || row->flags & USERDICT_EXACT)
        return fail_line(reader, "a pattern has no pieces and is not exact");
    const jw_status status =
        jwi_pattern_new(row->form, &reader->dict->alloc, &row->pattern, &error);
    if (status == JW_EARGUMENT)
        return jwi_fail(reader->reterr, JW_EUSERDICT, reader->line_at,
                        "line %u: byte %u of the pattern: %s", reader->line, (unsigned)error.at,
                        error.message);
    return status == JW_OK ? JW_OK : jwi_fail_memory(reader->reterr);
}

static jw_status read_row(const struct reader *reader, jw_bytes line, struct userdict_row *row)
{
    jw_bytes cells[COLUMN_COUNT] = {{"", 0}, {"", 0}, {"", 0}, {"", 0},
                                    {"", 0}, {"", 0}, {"", 0}};
    const jw_bytes whole = line;
    uint32_t n = 1;
    for (size_t i = 0; i < whole.len; i++)
        n += whole.at[i] == '\t';
    if (n != reader->column_count)
        return fail_line(reader, "wrong number of columns");
    for (uint32_t i = 0; i < n; i++)
        cells[reader->columns[i]] = next_cell(&line, '\t');
    memset(row, 0, sizeof *row);
    row->level = (uint16_t)reader->fallback;
    TRY(read_flags(reader, cells[COLUMN_FLAGS], row));
    TRY(read_form(reader, cells[COLUMN_FORM], row));
    TRY(read_level(reader, cells[COLUMN_LEVEL], row));
    TRY(read_pos(reader, cells[COLUMN_POS], row));
    TRY(read_entity(reader, cells, row));
    if (row->flags & USERDICT_PATTERN)
        return read_pattern(reader, cells[COLUMN_PIECES], row);
    return read_pieces(reader, cells[COLUMN_PIECES], row);
}

/* First byte of the first row: after a byte-order mark and a header. */
static void skip_header(struct reader *reader)
{
    jw_bytes line;
    if (reader->tsv.len >= 3 && memcmp(reader->tsv.at, "\xef\xbb\xbf", 3) == 0)
        reader->at = 3;
    const size_t first = reader->at;
    if (next_line(reader, &line) && read_header(reader, line))
        return;
    reader->at = first;
    reader->line = 0;
    reader->columns[0] = COLUMN_FORM;
    reader->column_count = 1;
}

static jw_status read_rows(struct reader *reader)
{
    jw_userdict *dict = reader->dict;
    uint32_t cap = 1;
    for (size_t i = 0; i < reader->tsv.len; i++)
        cap += reader->tsv.at[i] == '\n';
    dict->rows = PUSH(&dict->arena, struct userdict_row, cap);
    if (!dict->rows)
        return jwi_fail_memory(reader->reterr);
    jw_bytes line;
    skip_header(reader);
    while (next_line(reader, &line)) {
        if (!line.len)
            continue;
        struct userdict_row *row = &dict->rows[dict->row_count];
        TRY(read_row(reader, line, row));
        if (row->pattern) {
            row->next[ROOT_PLAIN] = dict->last_pattern;
            dict->last_pattern = dict->row_count;
        }
        dict->row_count++;
    }
    return JW_OK;
}

static uint32_t add_child(jw_userdict *dict, uint32_t node, uint32_t code)
{
    struct userdict_edge *edge = &dict->edges[userdict_slot(dict, node, code)];
    if (!edge->key) {
        edge->key = ((uint64_t)node << 21 | code) + 1;
        edge->child = dict->node_count;
        dict->first[dict->node_count++] = JW_NONE;
    }
    return edge->child;
}

/* Would `b` never be chosen where `a` is there? */
static int hides(const struct userdict_row *a, const struct userdict_row *b)
{
    if (a->level != b->level || (b->flags & USERDICT_INSIDE && !(a->flags & USERDICT_INSIDE)))
        return 0;
    if (!(a->flags & USERDICT_EXACT))
        return 1;
    return b->flags & USERDICT_EXACT && a->form.len == b->form.len &&
           memcmp(a->form.at, b->form.at, a->form.len) == 0;
}

/* Appends a row to its node unless an earlier row hides it; a node's list stays short: spellings of one form times its levels and flags. */
static void add_form(jw_userdict *dict, uint32_t root, const uint32_t *code, uint32_t row)
{
    uint32_t node = root;
    for (uint32_t i = 0; i < dict->rows[row].len; i++)
        node = add_child(dict, node, code[i]);
    uint32_t *link = &dict->first[node];
    dict->rows[row].next[root] = JW_NONE;
    for (; *link != JW_NONE; link = &dict->rows[*link].next[root])
        if (hides(&dict->rows[*link], &dict->rows[row]))
            return;
    *link = row;
}

static jw_status make_table(jw_userdict *dict, jw_error *reterr)
{
    uint64_t nodes = ROOT_COUNT;
    for (uint32_t i = 0; i < dict->row_count; i++)
        nodes += 2u * dict->rows[i].len;
    uint64_t slots = 16;
    while (slots < 2 * nodes)
        slots *= 2;
    if (slots > UINT32_MAX)
        return jwi_fail_memory(reterr);
    dict->mask = (uint32_t)slots - 1;
    dict->edges = PUSH_ZERO(&dict->arena, struct userdict_edge, (size_t)slots);
    dict->first = PUSH(&dict->arena, uint32_t, (size_t)nodes);
    if (!dict->edges || !dict->first)
        return jwi_fail_memory(reterr);
    dict->first[ROOT_PLAIN] = dict->first[ROOT_HANS] = JW_NONE;
    dict->node_count = ROOT_COUNT;
    return JW_OK;
}

static jw_status compile(struct reader *reader)
{
    jw_userdict *dict = reader->dict;
    TRY(read_rows(reader));
    TRY(make_table(dict, reader->reterr));
    for (uint32_t i = 0; i < dict->row_count; i++) {
        uint32_t code[USERDICT_FORM_MAX], len;
        uint8_t cls[USERDICT_FORM_MAX];
        if (dict->rows[i].pattern)
            continue;
        scan_form(&reader->norm, dict->rows[i].form, code, cls, &len);
        add_form(dict, ROOT_PLAIN, code, i);
        jwi_norm_hans(&reader->norm, code, len);
        add_form(dict, ROOT_HANS, code, i);
    }
    return JW_OK;
}

/* The rows point into the dictionary's own copy of the text. */
static jw_status copy_text(jw_userdict *dict, jw_bytes *tsv, jw_error *reterr)
{
    char *copy = PUSH(&dict->arena, char, tsv->len);
    if (!copy)
        return jwi_fail_memory(reterr);
    if (tsv->len)
        memcpy(copy, tsv->at, tsv->len);
    tsv->at = copy;
    return JW_OK;
}

static void free_dict(jw_userdict *dict)
{
    const jw_alloc alloc = dict->alloc;
    for (uint32_t i = dict->last_pattern; i != JW_NONE; i = dict->rows[i].next[ROOT_PLAIN])
        jwi_pattern_free(dict->rows[i].pattern);
    jwi_arena_free(&dict->arena);
    jw_model_unref(dict->model);
    jwi_free(&alloc, dict, sizeof *dict);
}

jw_status jw_userdict_read(jw_model *model, jw_bytes tsv, jw_level fallback, jw_userdict **ret,
                           jw_error *reterr)
{
    struct reader reader = {.fallback = fallback, .reterr = reterr};
    jw_bytes section;
    if (fallback != JW_FORCE && fallback != JW_PREFER)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "level %d is neither force nor prefer",
                        (int)fallback);
    TRY(jwi_model_file_section(&model->file, "NORM", &section, reterr));
    TRY(jwi_norm_open(section, &reader.norm, reterr));
    jw_userdict *dict = jwi_new(&model->alloc, sizeof *dict);
    if (!dict)
        return jwi_fail_memory(reterr);
    dict->alloc = model->alloc;
    dict->model = jw_model_ref(model);
    dict->last_pattern = JW_NONE;
    atomic_init(&dict->refs, 1);
    jwi_arena_init(&dict->arena, &dict->alloc);
    reader.dict = dict;
    jw_status status = copy_text(dict, &tsv, reterr);
    reader.tsv = tsv;
    if (status == JW_OK)
        status = compile(&reader);
    if (status != JW_OK) {
        free_dict(dict);
        return status;
    }
    *ret = dict;
    return JW_OK;
}

jw_userdict *jw_userdict_ref(jw_userdict *dict)
{
    atomic_fetch_add_explicit(&dict->refs, 1, memory_order_relaxed);
    return dict;
}

void jw_userdict_unref(jw_userdict *dict)
{
    if (dict && atomic_fetch_sub_explicit(&dict->refs, 1, memory_order_acq_rel) == 1)
        free_dict(dict);
}
