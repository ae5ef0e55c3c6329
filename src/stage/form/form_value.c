/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a field says: its answer as a whole, then by its type a number, a date, a person or a company.  A number that stands alone is read
 * here, because its unit is in the key (仟元) and a bracket is a minus; everything else is taken from the values and mentions that earlier
 * stages found inside the value.
 */
#include "stage/form/form.h"

#include <string.h>

enum { PERSON_LETTERS = 4, COMPANY_LETTERS = 60, ROC = 1911 };

static int is_stop(uint32_t code)
{
    return code == 0x3002 || code == '.' || code == ',' || code == ';' || code == 0x3001;
}

static jw_range trim(struct units units, uint32_t start, uint32_t end)
{
    while (start < end && units.cls[start] == UNIT_SPACE)
        start++;
    while (start < end && units.cls[end - 1] == UNIT_SPACE)
        end--;
    const jw_range range = {start, end};
    return range;
}

static jw_range bytes_of(struct units units, jw_range range)
{
    const jw_range bytes = {units.at[range.start], units.at[range.end]};
    return bytes;
}

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

/* Past the first piece of a value: 不適用；受限情形：無 has 不適用. */
static uint32_t segment_end(struct units units, uint32_t start, uint32_t end)
{
    while (start < end && units.code[start] != '\n' && units.code[start] != ':' && units.code[start] != '/' && units.code[start] != '(' &&
           (units.code[start] == '.' || !is_stop(units.code[start])))
        start++;
    return start;
}

static jw_answer answer_of(const struct form_reader *reader, jw_range value, jw_field_type type)
{
    const struct units units = reader->units;
    uint32_t end = value.end;
    while (end > value.start && (is_stop(units.code[end - 1]) || units.cls[end - 1] == UNIT_SPACE))
        end--;
    if (end == value.start)
        return JW_ANSWER_EMPTY;
    const jw_answer first = type == JW_FIELD_YESNO ? yes_or_no(units.code[value.start]) : JW_ANSWER_TEXT;
    if (first != JW_ANSWER_TEXT)
        return first;
    const jw_answer whole = look_up_answer(reader, value.start, end);
    if (whole != JW_ANSWER_TEXT || type == JW_FIELD_TEXT)
        return whole;
    const jw_answer head = look_up_answer(reader, value.start, segment_end(units, value.start, end));
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
        return is_stop(code);
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
    uint32_t low = 0, high = doc->value_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (doc->values[middle].text.start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
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

static void take_number(const struct form_reader *reader, const struct form_item *item, uint32_t kind, jw_range value, jw_field *field)
{
    const struct form_wording *wording = item->wording;
    field->amount = lone_number(reader->units, value, (jw_field_type)wording->type);
    if (field->amount.known) {
        field->amount.power += field->amount.mantissa ? wording->power : 0;
        memcpy(field->currency, wording->currency, sizeof field->currency);
        field->unit = name_of(reader->table, wording->unit_at, wording->unit_len);
        return;
    }
    const jw_value *found = pick_value(reader->doc, field, kind, wording->pick);
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

/* A value that is a day or two days and nothing else. */
static int read_days(struct units units, jw_range value, jw_field *field)
{
    jw_period first = {0, 0, 0, 0, 0, {0, 0}}, last = first;
    uint32_t at = read_day(units, value.start, value.end, &first);
    if (at == value.start)
        return 0;
    while (at < value.end && (is_between_days(units.code[at]) || units.cls[at] == UNIT_SPACE))
        at++;
    const uint32_t end = read_day(units, at, value.end, &last);
    for (at = end; at < value.end; at++)
        if (!is_stop(units.code[at]) && !is_between_days(units.code[at]) && units.cls[at] != UNIT_SPACE)
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
static uint32_t piece_end(struct units units, uint32_t start, uint32_t end)
{
    uint32_t at = segment_end(units, start, end);
    while (at < end && units.code[at] == '(') {
        uint32_t close = at;
        while (close < end && units.code[close] != ')' && units.code[close] != '\n')
            close++;
        uint32_t next = close + 1;
        while (next < end && units.cls[next] == UNIT_SPACE && units.code[next] != '\n')
            next++;
        if (next >= end || units.cls[next] == UNIT_SPACE || units.cls[next] == UNIT_PUNCT || units.cls[next] == UNIT_SYMBOL)
            break;
        at = segment_end(units, next, end);
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
    jw_range piece = trim(units, value.start, piece_end(units, value.start, value.end));
    if (type == JW_FIELD_PERSON) {
        piece.end = cut_title(units, piece);
        const int is_name = piece.end - piece.start >= 2 && piece.end - piece.start <= PERSON_LETTERS;
        return is_name ? piece : none;
    }
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

/*
 * The name of a person or a company: the first mention, unless it is a part only of the piece that the value begins with (Tripod of
 * Tripod Vietnam Electronic), or comes after it.
 */
static void take_name(const struct form_reader *reader, jw_range value, jw_field *field)
{
    const jw_doc *doc = reader->doc;
    const jw_range piece = bytes_of(reader->units, name_piece(reader, value, (jw_field_type)field->type));
    const uint32_t mention = find_mention(reader, field, piece);
    field->who = piece;
    if (mention == JW_NONE)
        return;
    const jw_range found = {mention_start(doc, mention), mention_end(doc, mention)};
    if (piece.end > piece.start && (found.start > piece.start || found.end < piece.end))
        return;
    field->who = found;
    field->mention = mention;
    if (doc->layers & JW_LAYER_ENTITIES)
        field->entity = doc->links[mention].entity;
}

void jwi_form_read(const struct form_reader *reader, const struct form_item *item, jw_field *field)
{
    static const uint8_t kinds[] = {[JW_FIELD_MONEY] = JW_VALUE_MONEY,
                                    [JW_FIELD_NUMBER] = JW_VALUE_QUANTITY,
                                    [JW_FIELD_PERCENT] = JW_VALUE_PERCENT,
                                    [JW_FIELD_SHARES] = JW_VALUE_QUANTITY};
    const struct form_wording *wording = item->wording;
    const jw_range value = trim(reader->units, item->value, item->end);
    memset(field, 0, sizeof *field);
    field->text = bytes_of(reader->units, (jw_range){item->start, item->end});
    field->key = bytes_of(reader->units, trim(reader->units, item->key, item->key_end));
    field->value = bytes_of(reader->units, value);
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
        take_name(reader, value, field);
        return;
    default:
        return;
    }
}
