/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entity table of a document: one row for every entity the drafts speak of, in the order of first mentions.  A mention that no name of
 * the base explains becomes a nil entity whose id is a hash of type and normalised surface, the same in every document.
 */
#include "stage/entity/entity.h"

#include "base/checksum.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

enum { EID_LEN = 17, SURFACE_MAX = 512, ISSUER_LINK = 9900 };

/* Slots of a hash table from key to row of the entity table. */
struct table {
    struct slot {
        uint64_t key;
        uint32_t row; /* + 1 */
    } * slots;
    uint32_t mask;
    jw_entity *rows;
    uint32_t len, most;
    int is_full; /* entities beyond the limit were left out */
};

static struct slot *find_slot(const struct table *table, uint64_t key)
{
    uint32_t at = (uint32_t)hash_mix(key) & table->mask;
    while (table->slots[at].row && table->slots[at].key != key)
        at = (at + 1) & table->mask;
    return &table->slots[at];
}

static jw_status new_table(struct linker *linker, jw_doc *doc, uint32_t mentions, struct table *ret,
                           jw_error *reterr)
{
    uint32_t size = 16;
    while (size < 2 * (mentions + 1))
        size *= 2;
    ret->mask = size - 1;
    ret->len = 0;
    ret->most = linker->room->options->max_entities;
    ret->is_full = 0;
    ret->slots = PUSH_ZERO(linker->room->scratch, struct slot, size);
    ret->rows = PUSH_ZERO(&doc->arena, jw_entity, (size_t)mentions + 1);
    return ret->slots && ret->rows ? JW_OK : jwi_fail_memory(reterr);
}

/* Type and U+001F, what a hash begins with. */
static size_t put_type(const struct linker *linker, uint16_t label, char *ret)
{
    const char *type = jw_model_label(linker->doc->model, JW_LABELS_MENTION, label);
    const size_t len = type ? strlen(type) : 0;
    memcpy(ret, type, len);
    ret[len] = 0x1f;
    return len + 1;
}

/* As nil_hash, of a name that need not stand in the text. */
static uint64_t name_hash(const struct linker *linker, uint16_t label, jw_bytes name)
{
    char bytes[4 * SURFACE_MAX + 16];
    const size_t len = put_type(linker, label, bytes), more = name.len < 4 * SURFACE_MAX ? name.len : 4 * SURFACE_MAX;
    memcpy(bytes + len, name.at, more);
    const jw_bytes data = {bytes, len + more};
    return jwi_checksum(data);
}

/* XXH64 of type, U+001F and normalised surface. */
static uint64_t nil_hash(const struct linker *linker, uint16_t label, uint32_t start, uint32_t end)
{
    char bytes[4 * SURFACE_MAX + 16];
    size_t len = put_type(linker, label, bytes);
    for (uint32_t at = start; at < end && len + 4 < sizeof bytes; at++)
        if (linker->units.cls[at] != UNIT_SPACE)
            len += jwi_utf8_encode(linker->units.code[at], bytes + len);
    const jw_bytes data = {bytes, len};
    return jwi_checksum(data);
}

static jw_bytes nil_eid(jw_doc *doc, uint64_t hash)
{
    static const char digit[] = "0123456789abcdef";
    char *eid = PUSH(&doc->arena, char, EID_LEN);
    const jw_bytes ret = {eid, eid ? EID_LEN : 0};
    if (!eid)
        return ret;
    eid[0] = 'N';
    for (int i = 0; i < 16; i++)
        eid[1 + i] = digit[hash >> (60 - 4 * i) & 15];
    return ret;
}

static jw_bytes surface_of(const struct linker *linker, uint32_t start, uint32_t end)
{
    const uint32_t at = linker->units.at[start];
    const jw_bytes text = {linker->doc->text.at + at, linker->units.at[end] - at};
    return text;
}

/* "U" and the number. */
static jw_bytes ubn_eid(jw_doc *doc, const char ubn[8])
{
    char *eid = PUSH(&doc->arena, char, 9);
    const jw_bytes ret = {eid, eid ? 9 : 0};
    if (!eid)
        return ret;
    eid[0] = 'U';
    memcpy(eid + 1, ubn, 8);
    return ret;
}

static uint32_t div_floor(int64_t *rest, int64_t by)
{
    const int64_t quotient = *rest / by;
    *rest -= quotient * by;
    return (uint32_t)quotient;
}

/* Day of the document in Asia/Taipei as yyyymmdd, 0 when it has none (civil-from-days, Hinnant). */
static uint32_t day_of(const jw_doc *doc)
{
    enum { ZONE_MS = 8 * 3600 * 1000, DAY_MS = 24 * 3600 * 1000 };
    const int64_t time =
        doc->meta.published_at != JW_NO_TIME ? doc->meta.published_at : doc->meta.received_at;
    if (time == JW_NO_TIME || time < 0 || time > INT64_C(4102444800000))
        return 0;
    int64_t rest = (time + ZONE_MS) / DAY_MS + 719468;
    const uint32_t era = div_floor(&rest, 146097);
    const uint32_t day = (uint32_t)rest;
    const uint32_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    const uint32_t of_year = day - (365 * year + year / 4 - year / 100);
    const uint32_t month = (5 * of_year + 2) / 153;
    const uint32_t of_month = of_year - (153 * month + 2) / 5 + 1;
    const uint32_t civil = month < 10 ? month + 3 : month - 9;
    return (year + era * 400 + (civil <= 2)) * 10000 + civil * 100 + of_month;
}

static void fill_listed(const struct linker *linker, uint32_t entity, uint32_t day, jw_entity *ret)
{
    const struct kb *kb = linker->kb;
    const struct kb_entity *known = &kb->entities[entity];
    ret->eid = kb_string(kb, known->eid);
    ret->name = jwi_kb_name_on(kb, entity, day);
    if (!known->until || !day || day < known->until) { /* a code ends with the listing */
        ret->code = kb_string(kb, known->code);
        ret->mic = kb_string(kb, known->mic);
        ret->symbol = kb_string(kb, known->symbol);
        ret->isin = kb_string(kb, known->isin);
    }
    ret->ubn = kb_string(kb, known->ubn);
    ret->type = kb->label[known->type];
    ret->flags = JW_ENTITY_LISTED;
}

/* Values, job titles and account items refer to nothing. */
static int is_linkable(const struct linker *linker, uint16_t type)
{
    for (uint32_t i = 0; i < KB_TYPE_COUNT; i++)
        if (linker->kb->label[i] == type)
            return 1;
    return 0;
}

/* Where the name of an unlisted entity stands: a local's legal name, or the mention that names it. */
static struct unit_span span_of(const struct linker *linker, const struct draft *draft)
{
    if (draft->entity == JW_NONE)
        return draft->span;
    const struct local *local = &linker->locals[draft->entity - linker->kb->entity_count];
    const struct unit_span span = {local->start, local->end};
    return span;
}

static jw_bytes copy_of(jw_doc *doc, jw_bytes string)
{
    char *at = PUSH(&doc->arena, char, string.len);
    const jw_bytes copy = {at, at ? string.len : 0};
    if (at)
        memcpy(at, string.at, string.len);
    return copy;
}

/* The local a draft speaks of, NULL when it is none. */
static const struct local *local_of(const struct linker *linker, const struct draft *draft)
{
    if (draft->entity == JW_NONE || draft->entity < linker->kb->entity_count)
        return NULL;
    return &linker->locals[draft->entity - linker->kb->entity_count];
}

static void fill_unlisted(const struct linker *linker, jw_doc *doc, const struct draft *draft,
                          uint64_t hash, jw_entity *ret)
{
    const struct unit_span span = span_of(linker, draft);
    const struct local *local = local_of(linker, draft);
    ret->name = local && local->name.len ? local->name : surface_of(linker, span.start, span.end);
    ret->type = local ? local->type : draft->type;
    if (local && local->eid.len) {
        ret->eid = copy_of(doc, local->eid);
        ret->flags = JW_ENTITY_USER;
    } else if (local && local->has_ubn) {
        ret->eid = ubn_eid(doc, local->ubn);
        ret->ubn.at = ret->eid.at + 1;
        ret->ubn.len = ret->eid.len - 1;
    } else {
        ret->eid = nil_eid(doc, hash);
        ret->flags = JW_ENTITY_NIL;
    }
}

/* Key of an entity in the table of the document: equal for equal entities. */
static uint64_t key_of(const struct linker *linker, const struct draft *draft)
{
    if (draft->entity < linker->kb->entity_count)
        return draft->entity;
    const struct local *local = local_of(linker, draft);
    if (local && local->eid.len)
        return jwi_checksum(local->eid);
    if (local && local->has_ubn) {
        const jw_bytes ubn = {local->ubn, sizeof local->ubn};
        return jwi_checksum(ubn);
    }
    const struct unit_span span = span_of(linker, draft);
    return local && local->name.len ? name_hash(linker, local->type, local->name)
                                    : nil_hash(linker, local ? local->type : draft->type, span.start, span.end);
}

/* Row of the draft's entity, made on first sight; JW_NONE when the table is full. */
static jw_status row_of(const struct linker *linker, jw_doc *doc, struct table *table,
                        const struct draft *draft, uint32_t day, uint32_t *ret, jw_error *reterr)
{
    const uint64_t key = key_of(linker, draft);
    struct slot *slot = find_slot(table, key);
    *ret = slot->row - 1;
    if (slot->row)
        return JW_OK;
    *ret = JW_NONE;
    if (table->most && table->len == table->most) {
        table->is_full = 1;
        return JW_OK;
    }
    jw_entity *entity = &table->rows[table->len];
    if (draft->entity < linker->kb->entity_count)
        fill_listed(linker, draft->entity, day, entity);
    else
        fill_unlisted(linker, doc, draft, key, entity);
    if (!entity->eid.at)
        return jwi_fail_memory(reterr);
    slot->key = key;
    slot->row = ++table->len;
    *ret = slot->row - 1;
    return JW_OK;
}

static int is_in_title(const jw_doc *doc, uint32_t token)
{
    return doc->part_count && doc->parts[0].kind == JW_PART_TITLE &&
           doc->tokens[token].text.start < doc->parts[0].text.end;
}

static void count_mention(const jw_doc *doc, const struct draft *draft, uint32_t mention,
                          jw_entity *entity)
{
    if (!entity->mention_count++)
        entity->first_mention = mention;
    entity->title_count += (uint32_t)is_in_title(doc, draft->tokens.start);
    if (draft->link_score > entity->score)
        entity->score = draft->link_score;
}

static jw_status fill_rows(const struct linker *linker, jw_doc *doc, const struct draft *drafts,
                           uint32_t n, struct table *table, jw_error *reterr)
{
    const uint32_t day = day_of(doc);
    for (uint32_t i = 0; i < n; i++) {
        const struct draft *draft = &drafts[i];
        const jw_mention mention = {draft->tokens, JW_NONE, draft->type, 0, draft->score};
        const jw_link link = {JW_NONE, draft->kind, draft->is_record ? JW_LINK_RECORD : 0, draft->link_score};
        doc->mentions[i] = mention;
        doc->links[i] = link;
        if (draft->entity == JW_NONE && !is_linkable(linker, draft->type))
            continue;
        uint32_t row;
        TRY(row_of(linker, doc, table, draft, day, &row, reterr));
        if (row == JW_NONE)
            continue;
        doc->mentions[i].entity = doc->links[i].entity = row;
        count_mention(doc, draft, i, &table->rows[row]);
    }
    return JW_OK;
}

/* The company a record is from has a row even where its text does not name it. */
static jw_status add_issuer(const struct linker *linker, jw_doc *doc, struct table *table, jw_error *reterr)
{
    const struct draft draft = {.entity = linker->issuer};
    const uint32_t len = table->len;
    uint32_t row;
    doc->issuer = 0;
    if (linker->issuer == JW_NONE)
        return JW_OK;
    TRY(row_of(linker, doc, table, &draft, day_of(doc), &row, reterr));
    if (row == JW_NONE)
        return JW_OK;
    if (table->len > len)
        table->rows[row].first_mention = JW_NONE;
    if (table->rows[row].score < ISSUER_LINK)
        table->rows[row].score = ISSUER_LINK;
    doc->issuer = row + 1;
    return JW_OK;
}

jw_status jwi_entity_table(struct linker *linker, jw_doc *doc, const struct draft *drafts,
                           uint32_t n, jw_error *reterr)
{
    struct table table;
    TRY(new_table(linker, doc, n, &table, reterr));
    doc->mentions = PUSH_ZERO(&doc->arena, jw_mention, n);
    doc->links = PUSH_ZERO(&doc->arena, jw_link, n);
    doc->mention_count = 0;
    if (!doc->mentions || !doc->links)
        return jwi_fail_memory(reterr);
    TRY(fill_rows(linker, doc, drafts, n, &table, reterr));
    TRY(add_issuer(linker, doc, &table, reterr));
    doc->mention_count = n;
    doc->entities = table.rows;
    doc->entity_count = table.len;
    doc->is_truncated = table.is_full;
    doc->layers |= JW_LAYER_MENTIONS;
    return JW_OK;
}
