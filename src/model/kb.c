/* SPDX-License-Identifier: Apache-2.0 */
/* Reader of section KBAS; see kb.h.  Layout: header, then the arrays of struct kb in their order, each aligned to 4 bytes. */
#include "model/kb.h"

#include "base/error.h"
#include "base/utf8.h"

#include <string.h>

static const char *const type_name[KB_TYPE_COUNT] = {
#define KB_TYPE(name) #name,
    KB_TYPES(KB_TYPE)
#undef KB_TYPE
};

static int read_arrays(jw_bytes left, const struct kb_header *header, struct kb *ret)
{
    ret->entity_count = header->entity_count;
    ret->name_count = header->name_count;
    ret->trie.len = header->cell_count;
    ret->stage = jwi_section_take(&left, KB_STAGE, sizeof *ret->stage);
    ret->symbol = jwi_section_take(&left, (size_t)header->block_count * KB_BLOCK, sizeof *ret->symbol);
    ret->pairs = jwi_section_take(&left, KB_PAIRS, sizeof *ret->pairs);
    ret->trie.cells = jwi_section_take(&left, header->cell_count, sizeof *ret->trie.cells);
    ret->link_at = jwi_section_take(&left, (size_t)header->name_count + 1, sizeof *ret->link_at);
    ret->links = jwi_section_take(&left, header->link_count, sizeof *ret->links);
    ret->entities = jwi_section_take(&left, header->entity_count, sizeof *ret->entities);
    ret->term_at = jwi_section_take(&left, (size_t)header->entity_count + 1, sizeof *ret->term_at);
    ret->terms = jwi_section_take(&left, header->term_count, sizeof *ret->terms);
    ret->ubn_count = header->ubn_count;
    ret->ubns = jwi_section_take(&left, header->ubn_count, sizeof *ret->ubns);
    ret->pool = jwi_section_take(&left, header->pool_len, 1);
    return ret->stage && ret->symbol && ret->pairs && ret->trie.cells && ret->link_at && ret->links &&
           ret->entities && ret->term_at && ret->terms && ret->ubns && ret->pool && !left.len &&
           header->cell_count && header->pool_len;
}

static int is_rising(const uint32_t *at, size_t n, uint32_t last)
{
    for (size_t i = 1; i < n; i++)
        if (at[i - 1] > at[i])
            return 0;
    return at[0] == 0 && at[n - 1] == last;
}

static int has_blocks(const struct kb *kb, uint32_t block_count)
{
    for (uint32_t i = 0; i < KB_STAGE; i++)
        if (kb->stage[i] >= block_count)
            return 0;
    return 1;
}

static int is_string(const struct kb *kb, uint32_t at, uint32_t pool_len)
{
    return at < pool_len && pool_len - at > kb->pool[at];
}

static int has_links(const struct kb *kb, const struct kb_header *header)
{
    for (uint32_t i = 0; i < header->link_count; i++) {
        const struct kb_link *link = &kb->links[i];
        const int is_name = link->kind < KB_CUE;
        if (link->kind >= KB_KIND_COUNT || !is_string(kb, link->text, header->pool_len) ||
            (is_name && link->target >= header->entity_count) ||
            (link->kind == KB_ROLE && link->target >= KB_ROLE_COUNT))
            return 0;
    }
    return 1;
}

static int has_entities(const struct kb *kb, const struct kb_header *header)
{
    for (uint32_t i = 0; i < header->entity_count; i++) {
        const struct kb_entity *entity = &kb->entities[i];
        const uint32_t string[] = {entity->eid, entity->name,     entity->code,
                                   entity->mic, entity->symbol,   entity->isin,
                                   entity->ubn, entity->industry, entity->country};
        for (size_t k = 0; k < sizeof string / sizeof *string; k++)
            if (!is_string(kb, string[k], header->pool_len))
                return 0;
        if (entity->type >= KB_TYPE_COUNT ||
            (entity->parent != JW_NONE && entity->parent >= header->entity_count))
            return 0;
    }
    for (uint32_t i = 0; i < header->ubn_count; i++)
        if (kb->ubns[i].entity >= header->entity_count)
            return 0;
    for (uint32_t i = 0; i < header->term_count; i++)
        if (!is_string(kb, kb->terms[i].name, header->pool_len))
            return 0;
    return 1;
}

/* Rank of a name among the rows "mention TAB name" of section LABL; JW_NONE when it is not there. */
static uint32_t label_of(jw_bytes rows, const char *name)
{
    static const char set[] = "mention\t";
    const size_t set_len = sizeof set - 1, name_len = strlen(name);
    uint32_t rank = 0;
    for (size_t at = 0; at < rows.len;) {
        const char *row = rows.at + at;
        const char *newline = memchr(row, '\n', rows.len - at);
        const size_t len = newline ? (size_t)(newline - row) : rows.len - at;
        at += len + 1;
        if (len < set_len || memcmp(row, set, set_len) != 0)
            continue;
        if (len - set_len == name_len && memcmp(row + set_len, name, name_len) == 0)
            return rank;
        rank++;
    }
    return JW_NONE;
}

static jw_status open_labels(const struct model_file *file, struct kb *kb, jw_error *reterr)
{
    jw_bytes rows;
    TRY(jwi_model_file_section(file, "LABL", &rows, reterr));
    for (uint32_t i = 0; i < KB_TYPE_COUNT; i++) {
        kb->label[i] = label_of(rows, type_name[i]);
        if (kb->label[i] == JW_NONE)
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section LABL: no mention label %s",
                            type_name[i]);
    }
    return JW_OK;
}

jw_status jwi_kb_open(const struct model_file *file, struct kb *ret, jw_error *reterr)
{
    jw_bytes section;
    TRY(jwi_model_file_section(file, "KBAS", &section, reterr));
    const struct kb_header *header = jwi_section_take(&section, 1, sizeof *header);
    if (!header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section KBAS: %zu bytes hold no header",
                        section.len);
    if (header->version != KB_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section KBAS: version %u, wanted %d",
                        header->version, KB_VERSION);
    if (!read_arrays(section, header, ret))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section KBAS: sizes do not add up");
    if (!has_blocks(ret, header->block_count) ||
        !is_rising(ret->link_at, (size_t)header->name_count + 1, header->link_count) ||
        !is_rising(ret->term_at, (size_t)header->entity_count + 1, header->term_count) ||
        !has_links(ret, header) || !has_entities(ret, header))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section KBAS: an index is out of range");
    return open_labels(file, ret, reterr);
}

jw_bytes jwi_kb_name_on(const struct kb *kb, uint32_t entity, uint32_t day)
{
    for (uint32_t i = kb->term_at[entity]; day && i < kb->term_at[entity + 1]; i++) {
        const struct kb_term *term = &kb->terms[i];
        if (term->since <= day && (!term->until || day < term->until))
            return kb_string(kb, term->name);
    }
    return kb_string(kb, kb->entities[entity].name);
}

int jwi_kb_is_ubn(const char digits[8])
{
    static const int weight[8] = {1, 2, 1, 2, 1, 2, 4, 1};
    int sum = 0;
    for (int i = 0; i < 8; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return 0;
        const int product = (digits[i] - '0') * weight[i];
        sum += product / 10 + product % 10;
    }
    return sum && (sum % 5 == 0 || (digits[6] == '7' && (sum + 1) % 5 == 0));
}

uint32_t jwi_kb_find_ubn(const struct kb *kb, const char digits[8])
{
    uint32_t number = 0, low = 0, high = kb->ubn_count;
    for (int i = 0; i < 8; i++)
        number = number * 10 + (uint32_t)(digits[i] - '0');
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (kb->ubns[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < kb->ubn_count && kb->ubns[low].number == number ? kb->ubns[low].entity : JW_NONE;
}

static int order_of(jw_bytes one, jw_bytes two)
{
    const int order = memcmp(one.at, two.at, one.len < two.len ? one.len : two.len);
    return order ? order : one.len < two.len ? -1 : one.len > two.len;
}

uint32_t jwi_kb_find_eid(const struct kb *kb, jw_bytes eid)
{
    uint32_t low = 0, high = kb->entity_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (order_of(kb_string(kb, kb->entities[middle].eid), eid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == kb->entity_count || order_of(kb_string(kb, kb->entities[low].eid), eid))
        return JW_NONE;
    return low;
}

static uint32_t taiwan_link(const struct kb *kb, uint32_t name)
{
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++)
        if (kb->links[i].kind == KB_CODE && kb_is_taiwan(kb, kb->links[i].target))
            return kb->links[i].target;
    return JW_NONE;
}

uint32_t jwi_kb_find_code(const struct kb *kb, jw_bytes code)
{
    uint16_t symbols[KB_CODE_MAX];
    if (!code.len || code.len > KB_CODE_MAX)
        return JW_NONE;
    for (size_t i = 0; i < code.len; i++)
        symbols[i] = kb_symbol(kb, (unsigned char)code.at[i]);
    struct kb_walk walk = kb_walk_start(kb, symbols, 0, (uint32_t)code.len);
    while (kb_walk_next(&walk))
        if (walk.len == code.len)
            return taiwan_link(kb, walk.name);
    return JW_NONE;
}

/* The one company of Taiwan's markets that has the name. */
static uint32_t company_link(const struct kb *kb, uint32_t name)
{
    uint32_t found = JW_NONE;
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++) {
        const struct kb_link *const link = &kb->links[i];
        const uint32_t type = link->kind <= KB_SHORT ? kb->entities[link->target].type : KB_TYPE_COUNT;
        if ((type != KB_COM && type != KB_FIN) || !kb_is_taiwan(kb, link->target))
            continue;
        if (found != JW_NONE && found != link->target)
            return JW_NONE;
        found = link->target;
    }
    return found;
}

uint32_t jwi_kb_find_company(const struct kb *kb, jw_bytes name)
{
    uint16_t symbols[KB_NAME_MAX];
    uint32_t n = 0;
    for (size_t at = 0; at < name.len; n++) {
        uint32_t len;
        const uint32_t code = jwi_utf8_decode(name.at + at, name.at + name.len, &len);
        if (code == UTF8_INVALID || n == KB_NAME_MAX)
            return JW_NONE;
        symbols[n] = kb_symbol(kb, code);
        at += len;
    }
    struct kb_walk walk = kb_walk_start(kb, symbols, 0, n);
    while (kb_walk_next(&walk))
        if (walk.len == n)
            return company_link(kb, walk.name);
    return JW_NONE;
}
