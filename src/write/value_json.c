/* SPDX-License-Identifier: Apache-2.0 */
/* values[]: keys in the order of the output contract, absent ones left out; `value` is null when the text states none. */
#include "write/value_json.h"

#include <jinwen/entity.h>

#include "doc/value_text.h"
#include "write/pairs.h"

#include <string.h>

struct values_sheet {
    struct out *out;
    const jw_doc *doc;
    const jw_write_options *options;
    struct ruler ruler;
    uint32_t part;
};

jw_bytes jwi_value_eid(const jw_doc *doc, const jw_value *value)
{
    const jw_links links = jw_doc_links(doc);
    const uint32_t entity = value->kind == JW_VALUE_DATE    ? JW_NONE
                            : value->mention < links.len    ? links.at[value->mention].entity
                            : value->mention == JW_NONE     ? jw_doc_issuer(doc)
                                                            : JW_NONE;
    const jw_bytes none = {NULL, 0};
    return entity == JW_NONE ? none : jw_doc_entities(doc).at[entity].eid;
}

static void put_decimal(struct values_sheet *sheet, const char *key, jw_decimal value)
{
    char text[DECIMAL_TEXT];
    jwi_decimal_text(value, text);
    pair_text(sheet->out, key, text);
}

static void put_value(struct values_sheet *sheet, const jw_value *value)
{
    char text[PERIOD_TEXT > DECIMAL_TEXT ? PERIOD_TEXT : DECIMAL_TEXT];
    const uint32_t len = value->kind == JW_VALUE_DATE
                             ? jwi_period_text(value->first, value->last, text)
                             : jwi_decimal_text(value->value, text);
    pair_key(sheet->out, "value");
    const jw_bytes bytes = {text, len};
    if (len)
        jwi_out_json(sheet->out, bytes);
    else
        out_text(sheet->out, "null");
}

/* What an amount says beyond its number. */
static void put_sense(struct values_sheet *sheet, const jw_value *value)
{
    char period[PERIOD_TEXT];
    put_decimal(sheet, "low", value->low);
    put_decimal(sheet, "high", value->high);
    pair_word(sheet->out, "unit", value->unit);
    pair_text(sheet->out, "currency", value->currency);
    pair_text(sheet->out, "cmp", jwi_compare_name(value->compare));
    pair_text(sheet->out, "approx", jwi_approx_name(value->approx));
    pair_word(sheet->out, "of", value->of);
    jwi_period_text(value->first, value->last, period);
    pair_text(sheet->out, "period", period);
    pair_word(sheet->out, "eid", jwi_value_eid(sheet->doc, value));
}

static void put_span(struct values_sheet *sheet, jw_range range)
{
    const jw_parts parts = jw_doc_parts(sheet->doc);
    const jw_bytes text = jw_doc_text(sheet->doc);
    while (sheet->part == JW_NONE ||
           (sheet->part + 1 < parts.len && parts.at[sheet->part].text.end <= range.start)) {
        sheet->part = sheet->part == JW_NONE ? 0 : sheet->part + 1;
        sheet->ruler = jwi_ruler_in(sheet->doc, sheet->part, sheet->options->offsets);
    }
    pair_key(sheet->out, "at");
    out_text(sheet->out, "[");
    jwi_out_uint(sheet->out, sheet->part);
    out_text(sheet->out, ",");
    jwi_out_uint(sheet->out, jwi_ruler_at(&sheet->ruler, range.start));
    out_text(sheet->out, ",");
    jwi_out_uint(sheet->out, jwi_ruler_end(&sheet->ruler, range.end));
    out_text(sheet->out, "]");
    if (sheet->options->flags & JW_WRITE_ECHO)
        pair_word(sheet->out, "text", bytes_of(text, range));
}

void jwi_write_values(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct values_sheet sheet = {out, doc, options, ruler_on(NULL, 0, JW_UNIT_BYTE), JW_NONE};
    const jw_values values = jw_doc_values(doc);
    uint32_t number = 0;
    out_text(out, "[");
    for (uint32_t i = 0; i < values.len; i++) {
        const jw_value *value = &values.at[i];
        if (value->kind == JW_VALUE_CODE)
            continue;
        out_text(out, number ? ",{\"v\":\"v" : "{\"v\":\"v");
        jwi_out_uint(out, ++number);
        out_text(out, "\",\"kind\":\"");
        out_text(out, jwi_value_kind_name(value->kind));
        out_text(out, "\"");
        put_value(&sheet, value);
        if (value->kind != JW_VALUE_DATE)
            put_sense(&sheet, value);
        put_span(&sheet, value->text);
        out_text(out, "}");
    }
    out_text(out, "]");
}
