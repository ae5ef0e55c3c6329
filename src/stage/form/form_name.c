/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names in values: 交易相對人:華新(南京)置業開發有限公司；關係人.  Mentions know their entity but may be a part of a longer name; the piece a value
 * begins with has the whole name but may be no name at all.  So the two check each other.
 */
#include "stage/form/form.h"

#include <string.h>

enum { PERSON_LETTERS = 4, COMPANY_LETTERS = 60 };

uint32_t jwi_form_piece_end(struct units units, uint32_t start, uint32_t end)
{
    while (start < end && units.code[start] != '\n' && units.code[start] != ':' && units.code[start] != '/' && units.code[start] != '(' &&
           (units.code[start] == '.' || !form_is_stop(units.code[start])))
        start++;
    return start;
}

static uint32_t mention_start(const jw_doc *doc, uint32_t mention)
{
    return doc->tokens[doc->mentions[mention].tokens.start].text.start;
}

static uint32_t mention_end(const jw_doc *doc, uint32_t mention)
{
    return doc->tokens[doc->mentions[mention].tokens.end - 1].text.end;
}

static int is_of_type(const struct form_reader *reader, uint32_t type, jw_field_type wanted)
{
    if (wanted == JW_FIELD_PERSON)
        return type == reader->person;
    for (size_t i = 0; i < sizeof reader->company / sizeof *reader->company; i++)
        if (type == reader->company[i])
            return 1;
    return 0;
}

/* End of a name that begins a value: brackets inside it belong to it, 華新(南京)置業, those behind it do not. */
static uint32_t name_end(struct units units, uint32_t start, uint32_t end)
{
    uint32_t at = jwi_form_piece_end(units, start, end);
    while (at < end && units.code[at] == '(') {
        uint32_t close = at;
        while (close < end && units.code[close] != ')' && units.code[close] != '\n')
            close++;
        uint32_t next = close + 1;
        while (next < end && units.cls[next] == UNIT_SPACE && units.code[next] != '\n')
            next++;
        if (next >= end || units.cls[next] == UNIT_SPACE || units.cls[next] == UNIT_PUNCT || units.cls[next] == UNIT_SYMBOL)
            break;
        at = jwi_form_piece_end(units, next, end);
    }
    return at;
}

/* 司 所 行 會 院 部 局 社 校 學 金 廠 團 處: what the Chinese names of organisations end in. */
static int ends_a_company(uint32_t code)
{
    static const uint32_t ends[] = {0x53f8, 0x6240, 0x884c, 0x6703, 0x9662, 0x90e8, 0x5c40, 0x793e, 0x6821, 0x5b78, 0x91d1, 0x5ee0, 0x5718, 0x8655};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (code == ends[i])
            return 1;
    return 0;
}

/* 甲公司為乙公司之子公司: the name ends before 為, 係 or 是. */
static uint32_t cut_clause(struct units units, jw_range piece)
{
    for (uint32_t i = piece.start; i + 2 < piece.end; i++) {
        const uint32_t next = units.code[i + 2];
        if (units.code[i] == 0x516c && units.code[i + 1] == 0x53f8 && (next == 0x70ba || next == 0x4fc2 || next == 0x662f))
            return i + 2;
    }
    return piece.end;
}

/* 會計師 and 先生 after a name. */
static uint32_t cut_title(struct units units, jw_range piece)
{
    static const uint32_t titles[][3] = {{0x6703, 0x8a08, 0x5e2b}, {0x5148, 0x751f, 0}, {0x5973, 0x58eb, 0}};
    for (size_t i = 0; i < 3; i++) {
        const uint32_t len = titles[i][2] ? 3 : 2;
        uint32_t k = 0;
        while (k < len && piece.end - piece.start > len && units.code[piece.end - len + k] == titles[i][k])
            k++;
        if (k == len)
            return piece.end - len;
    }
    return piece.end;
}

/* The first piece of the value, when it has the shape of a name; else an empty range. */
static jw_range name_piece(const struct form_reader *reader, jw_range value, jw_field_type type)
{
    const struct units units = reader->units;
    const jw_range none = {value.start, value.start};
    const uint32_t label = jwi_form_piece_end(units, value.start, value.end); /* 交易相對人:甲公司 */
    const uint32_t start = label < value.end && units.code[label] == ':' ? label + 1 : value.start;
    jw_range piece = form_trim(units, start, name_end(units, start, value.end));
    if (type == JW_FIELD_PERSON) {
        piece.end = cut_title(units, piece);
        const int is_name = piece.end - piece.start >= 2 && piece.end - piece.start <= PERSON_LETTERS;
        return is_name ? piece : none;
    }
    piece.end = cut_clause(units, piece);
    if (piece.end == piece.start || piece.end - piece.start > COMPANY_LETTERS)
        return none;
    const uint32_t last = piece.end - 1;
    return units.cls[last] == UNIT_LATIN || units.code[last] == '.' || ends_a_company(units.code[last]) ? piece : none;
}

/* Mentions of the type in the value; 公司 and 本公司 count when they are the whole piece. */
static uint32_t find_mention(const struct form_reader *reader, const jw_field *field, jw_range piece)
{
    const jw_doc *doc = reader->doc;
    uint32_t low = 0, high = doc->layers & JW_LAYER_MENTIONS ? doc->mention_count : 0;
    const uint32_t count = high;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (mention_start(doc, middle) < field->value.start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && mention_start(doc, low) < field->value.end; low++) {
        const int is_role = doc->layers & JW_LAYER_ENTITIES && doc->links[low].kind >= JW_MENTION_PRONOUN;
        const int is_piece = mention_start(doc, low) == piece.start && mention_end(doc, low) == piece.end;
        if (is_of_type(reader, doc->mentions[low].type, (jw_field_type)field->type) && (!is_role || is_piece))
            return low;
    }
    return JW_NONE;
}

/* A branch of a bank is the bank. */
static int is_branch(const jw_doc *doc, jw_range piece)
{
    static const char branch[] = "分行";
    const uint32_t len = sizeof branch - 1;
    return piece.end - piece.start > len && !memcmp(doc->text.at + piece.end - len, branch, len);
}

/*
 * The name of a person or a company: the first mention, unless it is a part only of the piece that the value begins with (Tripod of
 * Tripod Vietnam Electronic), or comes after it.
 */
void jwi_form_name(const struct form_reader *reader, jw_range value, jw_field *field)
{
    const jw_doc *doc = reader->doc;
    const jw_range piece = form_bytes(reader->units, name_piece(reader, value, (jw_field_type)field->type));
    const uint32_t mention = find_mention(reader, field, piece);
    field->who = piece;
    if (mention == JW_NONE)
        return;
    const jw_range found = {mention_start(doc, mention), mention_end(doc, mention)};
    if (piece.end > piece.start && (found.start > piece.start || (found.end < piece.end && !is_branch(doc, piece))))
        return;
    field->who = found;
    field->mention = mention;
    if (doc->layers & JW_LAYER_ENTITIES)
        field->entity = doc->links[mention].entity;
}
