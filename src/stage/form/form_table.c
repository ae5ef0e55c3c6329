/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section FORM: wordings of fields and the table of events, used in place.  A wording is found by the 64-bit hash of its letters: the
 * packer refuses two wordings of one hash, and a stranger's chance to meet one of them is below one in 10^15.
 */
#include "stage/form/form.h"

#include "base/error.h"
#include "base/hash.h"

static int holds(uint64_t size, uint64_t at, uint64_t len)
{
    return at <= size && size - at >= len;
}

static int are_wordings_sound(const struct form_table *table, const struct form_header *header)
{
    for (uint32_t i = 0; i < header->wording_count; i++) {
        const struct form_wording *wording = &table->wording[i];
        if ((i && wording->hash <= table->wording[i - 1].hash) ||
            !holds(header->name_size, wording->name_at, wording->name_len) ||
            !holds(header->name_size, wording->role_at, wording->role_len) ||
            !holds(header->name_size, wording->unit_at, wording->unit_len) ||
            !holds(header->letter_count, wording->under_at, wording->under_count) || wording->currency[3] || wording->power > 18 ||
            wording->type > JW_FIELD_YESNO)
            return 0;
    }
    return 1;
}

static int are_leaves_sound(const struct form_table *table, const struct form_header *header)
{
    for (uint32_t i = 0; i < header->leaf_count; i++) {
        const struct form_leaf *leaf = &table->leaf[i];
        if (!holds(header->name_size, leaf->code_at, leaf->code_len) || !holds(header->term_count, leaf->first_term, leaf->term_count) ||
            (i && leaf->clause < table->leaf[i - 1].clause))
            return 0;
    }
    for (uint32_t i = 0; i < header->term_count; i++)
        if (!holds(header->cue_count, table->term[i].first_cue, table->term[i].cue_count))
            return 0;
    for (uint32_t i = 0; i < header->cue_count; i++)
        if (!holds(header->letter_count, table->cue[i].at, table->cue[i].len))
            return 0;
    return 1;
}

jw_status jwi_form_table_open(jw_bytes section, struct form_table *ret, jw_error *reterr)
{
    const struct form_header *header = (const void *)section.at;
    if (section.len < sizeof *header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section FORM: %zu bytes hold no header", section.len);
    if (header->version != FORM_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section FORM: version %u, wanted %d", header->version, FORM_VERSION);
    const uint64_t sizes[] = {(uint64_t)header->wording_count * sizeof(struct form_wording),
                              (uint64_t)header->leaf_count * sizeof(struct form_leaf),
                              (uint64_t)header->term_count * sizeof(struct form_term),
                              (uint64_t)header->cue_count * sizeof(struct form_cue), (uint64_t)header->letter_count * sizeof(uint32_t),
                              header->name_size};
    const char *at[6];
    uint64_t used = sizeof *header;
    for (int i = 0; i < 6; i++) {
        at[i] = section.at + (used < section.len ? used : section.len);
        used += sizes[i];
    }
    if (used != section.len)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section FORM: sizes do not add up");
    const struct form_table table = {(const void *)at[0], (const void *)at[1], (const void *)at[2],   (const void *)at[3],
                                     (const void *)at[4], at[5],               header->wording_count, header->leaf_count};
    if (!are_wordings_sound(&table, header) || !are_leaves_sound(&table, header))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section FORM: an index is out of range");
    *ret = table;
    return JW_OK;
}

const struct form_wording *jwi_form_find(const struct form_table *table, uint64_t hash, unsigned places)
{
    uint32_t low = 0, high = table->wording_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (table->wording[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == table->wording_count || table->wording[low].hash != hash)
        return NULL;
    return table->wording[low].place & places ? &table->wording[low] : NULL;
}

uint64_t jwi_form_hash(struct units units, uint32_t start, uint32_t end)
{
    uint64_t hash = 0;
    uint32_t depth = 0;
    for (uint32_t i = start; i < end; i++) {
        if (units.cls[i] == UNIT_SPACE)
            continue;
        if (units.code[i] == '(')
            depth++;
        else if (units.code[i] == ')')
            depth -= depth > 0;
        else if (!depth)
            hash = hash_join(hash, units.code[i]);
    }
    return hash;
}

uint32_t jwi_form_id(const char *name, size_t len)
{
    uint64_t hash = 1;
    for (size_t i = 0; i < len; i++)
        hash = hash_join(hash, (unsigned char)name[i]);
    return (uint32_t)hash | 1;
}
