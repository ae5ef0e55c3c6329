/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a field says: its answer as a whole, then by its type a number, a date, a person or a company.  A number that stands alone is read
 * here, because its unit is in the key (仟元) and a bracket is a minus; everything else is taken from the values and mentions that earlier
 * stages found inside the value.
 */
#include "stage/form/form.h"

#include "base/search.h"

#include <string.h>

enum { ROC = 1911 };

static jw_bytes name_of(const struct form_table *table, uint32_t at, uint32_t len)
{
    const jw_bytes name = {len ? table->name + at : NULL, len};
    return name;
}

/* 是, 否, 有, 無 and what begins with them. */
static jw_answer yes_or_no(uint32_t code)
{
    switch (code) {
    case 0x662f: /* 是 有 */
    case 0x6709:
        return JW_ANSWER_YES;
    case 0x5426: /* 否 無 未 */
    case 0x7121:
    case 0x672a:
        return JW_ANSWER_NO;
    default:
        return JW_ANSWER_TEXT;
    }
}

static jw_answer look_up_answer(const struct form_reader *reader, uint32_t start, uint32_t end)
{
    const struct form_wording *answer = jwi_form_find(reader->table, jwi_form_hash(reader->units, start, end), PLACE_ANSWER);
    return answer ? (jw_answer)answer->type : JW_ANSWER_TEXT;
}

static jw_answer answer_of(const struct form_reader *reader, jw_range value, jw_field_type type)
{
    const struct units units = reader->units;
    uint32_t end = value.end;
    while (end > value.start && (form_is_stop(units.code[end - 1]) || units.cls[end - 1] == UNIT_SPACE))
        end--;
    if (end == value.start)
        return JW_ANSWER_EMPTY;
    const jw_answer first = type == JW_FIELD_YESNO ? yes_or_no(units.code[value.start]) : JW_ANSWER_TEXT;
    if (first != JW_ANSWER_TEXT)
        return first;
    const jw_answer whole = look_up_answer(reader, value.start, end);
    if (whole != JW_ANSWER_TEXT || type == JW_FIELD_TEXT)
        return whole;
    const jw_answer head = look_up_answer(reader, value.start, jwi_form_piece_end(units, value.start, end));
    return head == JW_ANSWER_NONE ? head : JW_ANSWER_TEXT;
}

/* What may follow a number that stands alone: 元 of money, 股 and 單位 of counts, and what closes or groups it. */
static int may_follow(uint32_t code, jw_field_type type)
{
    switch (code) {
    case ',':
    case ')':
        return 1;
    case '%':
        return type == JW_FIELD_PERCENT;
    case 0x5143:
        return type == JW_FIELD_MONEY;
    case 0x80a1:
    case 0x55ae:
    case 0x4f4d:
        return type == JW_FIELD_SHARES || type == JW_FIELD_NUMBER;
    default:
        return form_is_stop(code);
    }
}

/* A number alone: 1,165,533, (11,624), -60.5元, 64.25%; unknown when there is anything else. */
static jw_decimal lone_number(struct units units, jw_range value, jw_field_type type)
{
    const jw_decimal unknown = {0, 0, 0};
    jw_decimal ret = unknown;
    int is_negative = 0, has_point = 0;
    for (uint32_t i = value.start; i < value.end; i++) {
        const uint32_t code = units.code[i];
        if (code >= '0' && code <= '9') {
            if (ret.mantissa > (INT64_MAX - 9) / 10)
                return unknown;
            ret.mantissa = ret.mantissa * 10 + (int64_t)(code - '0');
            ret.power -= has_point;
            ret.known = 1;
        } else if (code == '-' && !ret.known) {
            is_negative = 1;
        } else if (code == '(' && !ret.known) {
            is_negative = 1;
        } else if (code == '.' && !has_point) {
            has_point = 1;
        } else if (units.cls[i] != UNIT_SPACE && !(ret.known && may_follow(code, type))) {
            return unknown;
        }
    }
    while (ret.power < 0 && ret.mantissa % 10 == 0) {
        ret.mantissa /= 10;
        ret.power++;
    }
    ret.mantissa = is_negative ? -ret.mantissa : ret.mantissa;
    return ret;
}

/* First value of the document that begins at the byte or later. */
static uint32_t value_from(const jw_doc *doc, uint32_t at)
{
    return SEARCH_FROM(doc->values, doc->value_count, text.start, at);
}

static void find_values(const jw_doc *doc, jw_field *field)
{
    if (!(doc->layers & JW_LAYER_VALUES))
        return;
    field->first_value = value_from(doc, field->value.start);
    while (field->first_value + field->value_count < doc->value_count &&
           doc->values[field->first_value + field->value_count].text.end <= field->value.end)
        field->value_count++;
}

static const jw_value *next_value(const jw_doc *doc, const jw_field *field, uint32_t from, uint32_t kind)
{
    for (uint32_t i = from; i < field->first_value + field->value_count; i++)
        if (doc->values[i].kind == kind)
            return &doc->values[i];
    return NULL;
}

/* The distance of an amount from zero, coarse: enough to tell a total from a price. */
static int64_t size_of(jw_decimal amount)
{
    int64_t size = amount.mantissa < 0 ? -amount.mantissa : amount.mantissa;
    for (int32_t power = amount.power; power < 0 && size; power++)
        size /= 10;
    for (int32_t power = amount.power; power > 0 && size < INT64_MAX / 10; power--)
        size *= 10;
    return size;
}

static const jw_value *pick_value(const jw_doc *doc, const jw_field *field, uint32_t kind, enum form_pick pick)
{
    const jw_value *best = NULL;
    for (const jw_value *one = next_value(doc, field, field->first_value, kind); one;
         one = next_value(doc, field, (uint32_t)(one - doc->values) + 1, kind)) {
        if (!one->value.known && !one->high.known)
            continue;
        if (!best || size_of(one->value.known ? one->value : one->high) > size_of(best->value.known ? best->value : best->high))
            best = one;
        if (pick == PICK_FIRST)
            break;
    }
    return best;
}

/* The power of ten that the key states, 交易數量(仟股), else the wording's own. */
static int power_of_key(struct units units, const struct form_item *item)
{
    for (uint32_t i = item->start; i + 1 < item->value; i++) {
        const uint32_t next = units.code[i + 1], after = i + 2 < item->value ? units.code[i + 2] : 0;
        if (units.code[i] != '(')
            continue;
        if (next == 0x4edf || next == 0x5343) /* 仟 千 */
            return 3;
        if ((next == 0x4f70 || next == 0x767e) && after == 0x842c) /* 佰萬 百萬 */
            return 6;
    }
    return item->wording->power;
}

static void take_number(const struct form_reader *reader, const struct form_item *item, uint32_t kind, jw_range value, jw_field *field)
{
    const struct form_wording *wording = item->wording;
    const int has_unit = wording->unit_len || wording->type == JW_FIELD_MONEY;
    const jw_value *found = pick_value(reader->doc, field, kind, wording->pick);
    if (has_unit || !found)
        field->amount = lone_number(reader->units, value, (jw_field_type)wording->type);
    if (field->amount.known) {
        field->amount.power += field->amount.mantissa ? power_of_key(reader->units, item) : 0;
        memcpy(field->currency, wording->currency, sizeof field->currency);
        field->unit = name_of(reader->table, wording->unit_at, wording->unit_len);
        return;
    }
    if (!found)
        return;
    field->amount = found->value.known ? found->value : found->low;
    field->high = found->value.known ? field->high : found->high;
    memcpy(field->currency, found->currency, sizeof field->currency);
    field->unit = found->unit;
}

/* 115/06/25, 民國115年6月25日, 2026-06-25: a day, Republic years below 1000; returns its end, `at` when there is none. */
static uint32_t read_day(struct units units, uint32_t at, uint32_t end, jw_period *ret)
{
    uint32_t number[3] = {0, 0, 0}, k = 0, next = at;
    int digits = 0;
    while (next < end && (units.code[next] == 0x6c11 || units.code[next] == 0x570b || units.cls[next] == UNIT_SPACE)) /* 民國 */
        next++;
    for (; next < end && k < 3; next++) {
        const uint32_t code = units.code[next];
        if (code >= '0' && code <= '9' && digits < 4) {
            number[k] = number[k] * 10 + code - '0';
            digits++;
        } else if (digits && k < 2 && (code == '/' || code == '-' || code == '.' || code == (k ? 0x6708u : 0x5e74u))) { /* 年 月 */
            k++;
            digits = 0;
        } else if (k && !digits && code == '/') { /* 114/12//01 */
            continue;
        } else if (units.cls[next] != UNIT_SPACE || (k == 2 && digits)) {
            break;
        }
    }
    if (k != 2 || !digits || !number[1] || number[1] > 12 || !number[2] || number[2] > 31 || number[0] < 80 || number[0] > 2199)
        return at;
    const jw_period day = {(int16_t)(number[0] < 1000 ? number[0] + ROC : number[0]), JW_GRAIN_DAY, (uint8_t)number[1], (uint8_t)number[2], 0,
                           {0, 0}};
    *ret = day;
    return next < end && units.code[next] == 0x65e5 ? next + 1 : next; /* 日 */
}

static int is_between_days(uint32_t code)
{
    return code == '~' || code == '-' || code == 0x81f3 || code == 0x5230 || code == 0x6b62 || code == 0xff5e || code == 0x8d77 ||
           code == 0x2013; /* 至 到 止 ～ 起 – */
}

/* The day behind another, which ends at `at`; returns its end, `at` when there is none. */
static uint32_t read_last_day(struct units units, uint32_t at, uint32_t end, jw_period *ret)
{
    uint32_t next = at;
    while (next < end && (is_between_days(units.code[next]) || units.cls[next] == UNIT_SPACE))
        next++;
    const uint32_t found = next > at ? read_day(units, next, end, ret) : next;
    return found > next ? found : at;
}

/* A value that is a day or two days and nothing else. */
static int read_days(struct units units, jw_range value, jw_field *field)
{
    jw_period first = {0, 0, 0, 0, 0, {0, 0}}, last = first;
    uint32_t at = read_day(units, value.start, value.end, &first);
    if (at == value.start)
        return 0;
    const uint32_t end = read_last_day(units, at, value.end, &last);
    for (at = end; at < value.end; at++)
        if (!form_is_stop(units.code[at]) && !is_between_days(units.code[at]) && units.cls[at] != UNIT_SPACE)
            return 0;
    field->first = first;
    field->last = memcmp(&first, &last, sizeof first) ? last : field->last;
    return 1;
}

static void take_date(const struct form_reader *reader, jw_range value, jw_field *field)
{
    const jw_doc *doc = reader->doc;
    if (read_days(reader->units, value, field))
        return;
    const jw_value *found = next_value(doc, field, field->first_value, JW_VALUE_DATE);
    if (!found)
        return;
    field->first = found->first;
    field->last = found->last;
    uint32_t at = value.start;
    while (at < value.end && reader->units.at[at] < found->text.end)
        at++;
    if (found->first.grain == JW_GRAIN_DAY && !found->last.grain)
        read_last_day(reader->units, at, value.end, &field->last);
}

void jwi_form_read(const struct form_reader *reader, const struct form_item *item, jw_field *field)
{
    static const uint8_t kinds[] = {[JW_FIELD_MONEY] = JW_VALUE_MONEY,
                                    [JW_FIELD_NUMBER] = JW_VALUE_QUANTITY,
                                    [JW_FIELD_PERCENT] = JW_VALUE_PERCENT,
                                    [JW_FIELD_SHARES] = JW_VALUE_QUANTITY};
    const struct form_wording *wording = item->wording;
    const jw_range value = form_trim(reader->units, item->value, item->end);
    memset(field, 0, sizeof *field);
    field->text = form_bytes(reader->units, (jw_range){item->start, item->end});
    field->key = form_bytes(reader->units, form_trim(reader->units, item->key, item->key_end));
    field->value = form_bytes(reader->units, value);
    field->parent = item->parent;
    field->number = item->number;
    field->mention = field->entity = JW_NONE;
    if (wording) {
        field->name = name_of(reader->table, wording->name_at, wording->name_len);
        field->role = name_of(reader->table, wording->role_at, wording->role_len);
        field->type = wording->type;
    }
    field->answer = (uint8_t)answer_of(reader, value, (jw_field_type)field->type);
    find_values(reader->doc, field);
    if (field->answer == JW_ANSWER_NONE || field->answer == JW_ANSWER_EMPTY)
        return;
    switch (field->type) {
    case JW_FIELD_MONEY:
    case JW_FIELD_NUMBER:
    case JW_FIELD_PERCENT:
    case JW_FIELD_SHARES:
        take_number(reader, item, kinds[field->type], value, field);
        return;
    case JW_FIELD_DATE:
        take_date(reader, value, field);
        return;
    case JW_FIELD_PERSON:
    case JW_FIELD_COMPANY:
        jwi_form_name(reader, value, field);
        return;
    default:
        return;
    }
}
