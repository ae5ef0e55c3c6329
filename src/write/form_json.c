/* SPDX-License-Identifier: Apache-2.0 */
/* form: what a document says as an announcement; keys as docs/ANNOUNCEMENTS.md lists them, absent ones left out. */
#include "write/form_json.h"

#include <jinwen/form.h>

#include "doc/value_text.h"
#include "write/pairs.h"

#include <string.h>

struct form_sheet {
    struct out *out;
    const jw_doc *doc;
    const jw_write_options *options;
    struct ruler ruler;
    uint32_t part;
};

static void put_uint(struct form_sheet *sheet, const char *key, uint64_t value)
{
    pair_key(sheet->out, key);
    jwi_out_uint(sheet->out, value);
}

/* The part's ruler goes to the start of the range; a copy measures its end, because parts lie inside their field. */
static void put_span(struct form_sheet *sheet, const char *key, jw_range range)
{
    const jw_parts parts = jw_doc_parts(sheet->doc);
    while (sheet->part == JW_NONE || (sheet->part + 1 < parts.len && parts.at[sheet->part].text.end <= range.start)) {
        sheet->part = sheet->part == JW_NONE ? 0 : sheet->part + 1;
        sheet->ruler = jwi_ruler_in(sheet->doc, sheet->part, sheet->options->offsets);
    }
    pair_key(sheet->out, key);
    out_text(sheet->out, "[");
    jwi_out_uint(sheet->out, sheet->part);
    out_text(sheet->out, ",");
    jwi_out_uint(sheet->out, jwi_ruler_at(&sheet->ruler, range.start));
    struct ruler ahead = sheet->ruler;
    out_text(sheet->out, ",");
    jwi_out_uint(sheet->out, jwi_ruler_end(&ahead, range.end));
    out_text(sheet->out, "]");
}

static const char *type_name(uint32_t type)
{
    static const char *const names[] = {"text", "date", "money", "number", "percent", "shares", "person", "company", "yesno"};
    return type < sizeof names / sizeof *names ? names[type] : "text";
}

static const char *answer_name(uint32_t answer)
{
    static const char *const names[] = {"", "empty", "none", "yes", "no"};
    return answer < sizeof names / sizeof *names ? names[answer] : "";
}

static const char *direction_name(uint32_t direction)
{
    return direction == JW_DIRECTION_UP ? "up" : direction == JW_DIRECTION_DOWN ? "down" : "none";
}

static const char *progress_name(uint32_t progress)
{
    static const char *const names[] = {"", "rumoured", "planned", "announced", "in_progress", "reported", "completed", "cancelled", "denied"};
    return progress < sizeof names / sizeof *names ? names[progress] : "";
}

static void put_value(struct form_sheet *sheet, const jw_field *field)
{
    char text[PERIOD_TEXT > DECIMAL_TEXT ? PERIOD_TEXT : DECIMAL_TEXT];
    if (jwi_period_text(field->first, field->last, text))
        pair_text(sheet->out, "value", text);
    else if (jwi_decimal_text(field->amount, text))
        pair_text(sheet->out, "value", text);
    if (jwi_decimal_text(field->high, text))
        pair_text(sheet->out, "high", text);
    pair_text(sheet->out, "currency", field->currency);
    pair_word(sheet->out, "unit", field->unit);
    pair_word(sheet->out, "value", bytes_of(jw_doc_text(sheet->doc), field->who));
    if (field->entity != JW_NONE)
        pair_word(sheet->out, "eid", jw_doc_entities(sheet->doc).at[field->entity].eid);
}

static void put_field(struct form_sheet *sheet, const jw_form *form, uint32_t at)
{
    const jw_field *field = &form->fields[at];
    out_text(sheet->out, at ? ",{\"n\":" : "{\"n\":");
    jwi_out_uint(sheet->out, (uint64_t)at + 1);
    if (field->number)
        put_uint(sheet, "no", field->number);
    if (field->parent != JW_NONE)
        put_uint(sheet, "in", (uint64_t)field->parent + 1);
    pair_word(sheet->out, "key", field->name);
    pair_word(sheet->out, "role", field->role);
    pair_text(sheet->out, "type", type_name(field->type));
    put_span(sheet, "line", field->text);
    put_span(sheet, "at", field->value);
    if (sheet->options->flags & JW_WRITE_ECHO)
        pair_word(sheet->out, "text", bytes_of(jw_doc_text(sheet->doc), field->value));
    pair_text(sheet->out, "answer", answer_name(field->answer));
    put_value(sheet, field);
    out_text(sheet->out, "}");
}

static void put_flag(struct form_sheet *sheet, const char *key, int is_set)
{
    pair_key(sheet->out, key);
    out_text(sheet->out, is_set ? "true" : "false");
}

void jwi_write_form(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct form_sheet sheet = {out, doc, options, ruler_on(NULL, 0, JW_UNIT_BYTE), JW_NONE};
    const jw_form form = jw_doc_form(doc);
    if (!form.clause && !form.field_count) {
        out_text(out, "null");
        return;
    }
    out_text(out, "{\"clause\":");
    if (form.clause)
        jwi_out_uint(out, form.clause);
    else
        out_text(out, "null");
    pair_key(sheet.out, "conf");
    jwi_out_scaled(out, form.clause_score);
    put_flag(&sheet, "given", form.flags & JW_FORM_GIVEN);
    pair_key(sheet.out, "leaf");
    if (form.leaf_code.len)
        jwi_out_json(out, form.leaf_code);
    else
        out_text(out, "null");
    pair_text(sheet.out, "dir", direction_name(form.direction));
    pair_text(sheet.out, "status", progress_name(form.progress));
    put_flag(&sheet, "routine", form.flags & JW_FORM_ROUTINE);
    pair_key(sheet.out, "fields");
    out_text(out, "[");
    for (uint32_t i = 0; i < form.field_count; i++)
        put_field(&sheet, &form, i);
    out_text(out, "]}");
}
