/* SPDX-License-Identifier: Apache-2.0 */
/* Buffered output and number printing for the writers; printf is locale-dependent and slow, so it is not used. */
#include "write/out.h"

#include "base/error.h"
#include "base/utf8.h"
#include "doc/doc.h"

void jwi_out_init(struct out *out, jw_sink sink)
{
    out->sink = sink;
    out->stopped = 0;
    out->len = 0;
}

static void send(struct out *out, const char *at, size_t len)
{
    if (len > 0 && !out->stopped)
        out->stopped = out->sink.put(out->sink.ctx, at, len) != 0;
}

void jwi_out_spill(struct out *out, const char *at, size_t len)
{
    send(out, out->buffer, out->len);
    out->len = 0;
    if (len > sizeof out->buffer)
        send(out, at, len);
    else
        out_put(out, at, len);
}

void jwi_out_uint(struct out *out, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    out_put(out, digits + at, sizeof digits - at);
}

static void put_escape(struct out *out, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    const char unicode[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    switch (byte) {
    case '"':
        out_put(out, "\\\"", 2);
        return;
    case '\\':
        out_put(out, "\\\\", 2);
        return;
    case '\n':
        out_put(out, "\\n", 2);
        return;
    case '\r':
        out_put(out, "\\r", 2);
        return;
    case '\t':
        out_put(out, "\\t", 2);
        return;
    default:
        out_put(out, unicode, sizeof unicode);
    }
}

void jwi_out_json(struct out *out, jw_bytes text)
{
    out_put(out, "\"", 1);
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.at[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        out_put(out, text.at + from, i - from);
        put_escape(out, byte);
        from = i + 1;
    }
    out_put(out, text.at + from, text.len - from);
    out_put(out, "\"", 1);
}

void jwi_out_line(struct out *out, jw_bytes text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\n' && text.at[i] != '\r' && text.at[i] != '\t')
            continue;
        out_put(out, text.at + from, i - from);
        out_put(out, " ", 1);
        from = i + 1;
    }
    out_put(out, text.at + from, text.len - from);
}

static const char *entity_of(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\0':
        return "\xef\xbf\xbd"; /* HTML has no U+0000 */
    default:
        return NULL;
    }
}

void jwi_out_markup(struct out *out, jw_bytes text)
{
    size_t plain = 0; /* bytes since the last entity */
    for (size_t i = 0; i < text.len; i++) {
        const char *entity = entity_of(text.at[i]);
        plain++;
        if (!entity)
            continue;
        out_put(out, text.at + i + 1 - plain, plain - 1);
        out_text(out, entity);
        plain = 0;
    }
    if (plain)
        out_put(out, text.at + text.len - plain, plain);
}

static void put_padded(struct out *out, uint32_t value, int width)
{
    char digits[10];
    for (int i = width; i-- > 0; value /= 10)
        digits[i] = (char)('0' + value % 10);
    out_put(out, digits, (size_t)width);
}

void jwi_out_scaled(struct out *out, int32_t value)
{
    const uint32_t size = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
    if (value < 0)
        out_put(out, "-", 1);
    jwi_out_uint(out, size / JW_SCALE);
    out_put(out, ".", 1);
    put_padded(out, size % JW_SCALE, 4);
}

void jwi_out_signed(struct out *out, int32_t value)
{
    if (value >= 0)
        out_text(out, "+");
    jwi_out_scaled(out, value);
}

/* Days since 1970 to the proleptic Gregorian date, by 400-year eras that start on 1 March (Hinnant, chrono-compatible date algorithms). */
static void civil_of(int64_t days, uint32_t ret[3])
{
    days += 719468;
    const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const uint32_t of_era = (uint32_t)(days - era * 146097);
    const uint32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const uint32_t month = (5 * of_year + 2) / 153;
    ret[2] = of_year - (153 * month + 2) / 5 + 1;
    ret[1] = month < 10 ? month + 3 : month - 9;
    ret[0] = (uint32_t)((int64_t)year + era * 400 + (ret[1] <= 2));
}

void jwi_out_day(struct out *out, int64_t days)
{
    uint32_t date[3];
    civil_of(days, date);
    put_padded(out, date[0], 4);
    out_text(out, "-");
    put_padded(out, date[1], 2);
    out_text(out, "-");
    put_padded(out, date[2], 2);
}

void jwi_out_time(struct out *out, int64_t time)
{
    const int64_t day_ms = 86400000;
    const int64_t days = time >= 0 ? time / day_ms : -((-time + day_ms - 1) / day_ms);
    const uint32_t ms = (uint32_t)(time - days * day_ms);
    uint32_t date[3];
    civil_of(days, date);
    const struct {
        uint32_t value;
        int width;
        const char *after;
    } field[] = {{date[0], 4, "-"},      {date[1], 2, "-"},         {date[2], 2, "T"},
                 {ms / 3600000, 2, ":"}, {ms / 60000 % 60, 2, ":"}, {ms / 1000 % 60, 2, "."},
                 {ms % 1000, 3, "Z"}};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        put_padded(out, field[i].value, field[i].width);
        out_text(out, field[i].after);
    }
}

void jwi_out_instant(struct out *out, int64_t time)
{
    if (time == JW_NO_TIME) {
        out_text(out, "null");
        return;
    }
    out_put(out, "\"", 1);
    jwi_out_time(out, time);
    out_put(out, "\"", 1);
}

jw_status jwi_out_flush(struct out *out, jw_error *reterr)
{
    send(out, out->buffer, out->len);
    out->len = 0;
    return out->stopped ? jwi_fail(reterr, JW_ESINK, 0, "the receiver of the output stopped")
                        : JW_OK;
}

uint32_t jwi_gap_units(const jw_doc *doc, uint32_t part, uint32_t byte, jw_unit unit, int is_end)
{
    uint32_t low = 0, high = doc->gap_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const struct cutout *const gap = &doc->gaps[middle];
        if (gap->part < part || (gap->part == part && gap->text_at + (is_end ? 1 : 0) <= byte))
            low = middle + 1;
        else
            high = middle;
    }
    const struct cutout *const last = low > 0 ? &doc->gaps[low - 1] : NULL;
    if (!last || last->part != part)
        return 0;
    return unit == JW_UNIT_BYTE ? last->bytes : unit == JW_UNIT_UTF16 ? last->utf16 : last->points;
}

struct ruler jwi_ruler_in(const jw_doc *doc, uint32_t part, jw_unit unit)
{
    struct ruler ruler = ruler_on(doc->text.at, doc->parts[part].text.start, unit);
    ruler.doc = doc;
    ruler.part = part;
    return ruler;
}

static uint32_t count_text(struct ruler *ruler, uint32_t byte)
{
    if (ruler->unit == JW_UNIT_BYTE)
        return byte - ruler->start;
    size_t at = ruler->at;
    while (at < byte) {
        const uint32_t code = utf8_next(ruler->text, &at);
        ruler->count += ruler->unit == JW_UNIT_UTF16 && code > 0xffff ? 2 : 1;
    }
    ruler->at = (uint32_t)at;
    return ruler->count;
}

uint32_t jwi_ruler_at(struct ruler *ruler, uint32_t byte)
{
    return count_text(ruler, byte) + (ruler->doc ? jwi_gap_units(ruler->doc, ruler->part, byte, ruler->unit, 0) : 0);
}

uint32_t jwi_ruler_end(struct ruler *ruler, uint32_t byte)
{
    return count_text(ruler, byte) + (ruler->doc ? jwi_gap_units(ruler->doc, ruler->part, byte, ruler->unit, 1) : 0);
}
