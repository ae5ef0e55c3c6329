/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the taxonomy: one pass over lines of cells, every reference checked. */
#include "model/taxonomy.h"

#include "base/cells.h"
#include "base/error.h"

#include <jinwen/doc.h>

#include <string.h>

enum { CELLS_MAX = 13 };

struct reader {
    struct taxonomy *to;
    const struct labels *labels;
    jw_bytes cell[CELLS_MAX];
    uint32_t cells;
};

/* Number with up to four decimals, in 1/JW_SCALE; false when it is none. */
static int read_scaled(jw_bytes text, int32_t *ret)
{
    int32_t value = 0, unit = JW_SCALE;
    int is_fraction = 0;
    const size_t first = text.len && (text.at[0] == '-' || text.at[0] == '+');
    if (first == text.len)
        return 0;
    for (size_t i = first; i < text.len; i++) {
        const char c = text.at[i];
        if (c == '.' && !is_fraction) {
            is_fraction = 1;
            continue;
        }
        if (c < '0' || c > '9' || value > 100000000 || (is_fraction && unit == 1))
            return 0;
        unit = is_fraction ? unit / 10 : unit;
        value = is_fraction ? value + (c - '0') * unit : value * 10 + (c - '0') * JW_SCALE;
    }
    *ret = text.at[0] == '-' ? -value : value;
    return 1;
}

/* Id of a role, added when new; JW_NONE when the table is full. */
static uint32_t role_of(struct taxonomy *to, jw_bytes name)
{
    for (uint32_t i = 0; i < to->role_count; i++)
        if (bytes_same(to->role[i], name))
            return i;
    if (to->role_count == TAXONOMY_ROLES || !name.len)
        return JW_NONE;
    to->role[to->role_count] = name;
    return to->role_count++;
}

/* What is yes or no of a leaf. */
static uint8_t *trait_of(struct leaf *leaf, jw_bytes key)
{
    return bytes_are(key, "scheduled")    ? &leaf->is_scheduled
           : bytes_are(key, "misfortune") ? &leaf->is_misfortune
           : bytes_are(key, "grave")      ? &leaf->is_grave
           : bytes_are(key, "reports")    ? &leaf->is_report
           : bytes_are(key, "mutual")     ? &leaf->is_mutual
           : bytes_are(key, "share")      ? &leaf->is_share
           : bytes_are(key, "traded")     ? &leaf->is_traded
                                          : NULL;
}

static int read_axis(struct reader *reader, struct leaf *leaf, jw_bytes key, jw_bytes value)
{
    if (bytes_are(key, "sign") || bytes_are(key, "credit_sign")) {
        const enum leaf_sign sign = bytes_are(value, "dir") ? SIGN_DIRECTION : bytes_are(value, "role") ? SIGN_ROLE : SIGN_FIXED;
        leaf->credit_sign = (uint8_t)sign;
        if (bytes_are(key, "sign"))
            leaf->sign = (uint8_t)sign;
    } else if (bytes_are(key, "bears") && !bytes_are(value, "none")) {
        leaf->bears = role_of(reader->to, value);
    } else if (bytes_are(key, "also")) {
        jw_bytes role, rest = value;
        if (!next_part(&rest, ':', &role) || !read_scaled(rest, &leaf->also_share))
            return 0;
        leaf->also = role_of(reader->to, role);
    } else if (bytes_are(key, "kin")) {
        leaf->kin = bytes_are(value, "own") ? KIN_OWN : bytes_are(value, "group") ? KIN_GROUP : KIN_NONE;
    } else if (bytes_are(key, "fact")) {
        leaf->is_exempt = (uint8_t)bytes_are(value, "exempt");
    } else if (trait_of(leaf, key)) {
        *trait_of(leaf, key) = (uint8_t)bytes_are(value, "yes");
    }
    return 1;
}

/* `sign=dir;bears=company;...`; a note is the last key and runs to the end of the cell. */
static int read_axes(struct reader *reader, struct leaf *leaf, jw_bytes cell)
{
    jw_bytes item;
    while (next_part(&cell, ';', &item)) {
        jw_bytes key;
        if (!next_part(&item, '=', &key))
            return 0;
        if (bytes_are(key, "note"))
            return 1;
        if (!read_axis(reader, leaf, key, item))
            return 0;
    }
    return 1;
}

/* id code group name definition triggers arguments dim market credit axes maps */
static int read_leaf(struct reader *reader)
{
    struct taxonomy *const to = reader->to;
    if (reader->cells < 11 || to->leaf_count == TAXONOMY_LEAVES || reader->cell[7].len != 1)
        return 0;
    struct leaf *const leaf = &to->leaf[to->leaf_count++];
    leaf->code = reader->cell[1];
    leaf->name = reader->cell[3];
    leaf->dim = reader->cell[7].at[0];
    leaf->bears = leaf->also = JW_NONE;
    leaf->aspect = UINT16_MAX;
    jw_bytes roles = reader->cell[6], role;
    while (next_part(&roles, ';', &role)) {
        const uint32_t id = role_of(to, role);
        if (id == JW_NONE || leaf->role_count == LEAF_ROLES)
            return 0;
        leaf->roles[leaf->role_count++] = (uint16_t)id;
    }
    return read_scaled(reader->cell[8], &leaf->market_prior) && read_scaled(reader->cell[9], &leaf->credit_prior) &&
           read_axes(reader, leaf, reader->cell[10]);
}

static int read_types(const struct reader *reader, jw_bytes cell, uint32_t *ret)
{
    jw_bytes name;
    while (next_part(&cell, ';', &name)) {
        const uint32_t id = jwi_labels_id(reader->labels, JW_LABELS_MENTION, name);
        if (id >= 32)
            return 0;
        *ret |= 1u << id;
    }
    return *ret != 0;
}

/* id code name definition head_types tail_types cues attrs direction maps */
static int read_relation(struct reader *reader)
{
    struct taxonomy *const to = reader->to;
    if (reader->cells < 9 || to->relation_count == TAXONOMY_RELATIONS)
        return 0;
    struct relation_type *const type = &to->relation[to->relation_count++];
    type->code = reader->cell[1];
    type->name = reader->cell[2];
    type->is_symmetric = (uint8_t)bytes_are(reader->cell[8], "symmetric");
    jw_bytes attrs = reader->cell[7], attr;
    while (next_part(&attrs, ';', &attr))
        if (role_of(to, attr) == JW_NONE)
            return 0;
    return read_types(reader, reader->cell[4], &type->head_types) && read_types(reader, reader->cell[5], &type->tail_types);
}

static int read_sources(jw_bytes cell, uint32_t *ret)
{
    static const struct {
        char channel;
        uint8_t source;
    } channels[] = {{'N', JW_NEWS}, {'P', JW_ANNOUNCEMENT}, {'G', JW_OFFICIAL}, {'F', JW_FORUM}, {'R', JW_REVIEW}};
    jw_bytes name;
    while (next_part(&cell, ';', &name))
        for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
            if (name.len == 1 && name.at[0] == channels[i].channel)
                *ret |= 1u << channels[i].source;
    return *ret != 0;
}

static uint32_t leaf_of(const struct taxonomy *to, jw_bytes code)
{
    for (uint32_t i = 0; i < to->leaf_count; i++)
        if (bytes_same(to->leaf[i].code, code))
            return i;
    return JW_NONE;
}

/* code name severity half_life_days sources events rule */
static int read_credit(struct reader *reader)
{
    struct taxonomy *const to = reader->to;
    int32_t severity, days;
    if (reader->cells < 6 || to->credit_count == TAXONOMY_CREDITS || !read_scaled(reader->cell[2], &severity) ||
        !read_scaled(reader->cell[3], &days) || days <= 0)
        return 0;
    struct credit_type *const type = &to->credit[to->credit_count++];
    type->code = reader->cell[0];
    type->name = reader->cell[1];
    type->severity = severity / JW_SCALE;
    type->half_life_days = (uint32_t)days / JW_SCALE;
    jw_bytes leaves = reader->cell[5], code;
    while (!bytes_are(leaves, "-") && next_part(&leaves, ';', &code)) {
        const uint32_t leaf = leaf_of(to, code);
        if (leaf == JW_NONE || type->leaf_count == CREDIT_LEAVES)
            return 0;
        type->leaves[type->leaf_count++] = (uint16_t)leaf;
    }
    return read_sources(reader->cell[4], &type->sources);
}

/* aspect name leaves */
static int read_aspect(struct reader *reader)
{
    struct taxonomy *const to = reader->to;
    if (reader->cells < 2 || to->aspect_count == TAXONOMY_ASPECTS)
        return 0;
    const uint32_t id = to->aspect_count++;
    to->aspect[id].code = reader->cell[0];
    to->aspect[id].name = reader->cell[1];
    jw_bytes leaves = reader->cell[2], code;
    while (reader->cells > 2 && next_part(&leaves, ';', &code)) {
        const uint32_t leaf = leaf_of(to, code);
        if (leaf == JW_NONE)
            return 0;
        to->leaf[leaf].aspect = (uint16_t)id;
    }
    return 1;
}

/* leaf template */
static int read_template(struct reader *reader)
{
    const uint32_t leaf = reader->cells == 2 ? leaf_of(reader->to, reader->cell[0]) : JW_NONE;
    if (leaf == JW_NONE)
        return 0;
    reader->to->leaf[leaf].line = reader->cell[1];
    return 1;
}

static int read_line(struct reader *reader, jw_bytes line)
{
    static const struct {
        const char *table;
        int (*read)(struct reader *reader);
    } tables[] = {{"event", read_leaf}, {"relation", read_relation}, {"credit", read_credit}, {"aspect", read_aspect},
                  {"line", read_template}};
    jw_bytes table;
    if (!next_part(&line, '\t', &table))
        return 0;
    memset(reader->cell, 0, sizeof reader->cell);
    for (reader->cells = 0; reader->cells < CELLS_MAX && next_part(&line, '\t', &reader->cell[reader->cells]);)
        reader->cells++;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (bytes_are(table, tables[i].table))
            return tables[i].read(reader);
    return 0;
}

static const char *copy_name(struct arena *arena, jw_bytes name)
{
    char *copy = PUSH(arena, char, name.len + 1);
    if (!copy)
        return NULL;
    memcpy(copy, name.at, name.len);
    copy[name.len] = '\0';
    return copy;
}

/* Where the names of a set start in `name`, and how many they are. */
static uint32_t set_base(const struct taxonomy *taxonomy, jw_labels set, uint32_t *count)
{
    const uint32_t counts[] = {taxonomy->leaf_count, taxonomy->relation_count, taxonomy->role_count, taxonomy->aspect_count,
                               taxonomy->credit_count};
    uint32_t base = 0;
    *count = 0;
    for (uint32_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        *count = counts[i];
        if (set == (jw_labels)((uint32_t)JW_LABELS_EVENT + i))
            return base;
        base += counts[i];
    }
    *count = 0;
    return base;
}

static jw_bytes code_of(const struct taxonomy *taxonomy, jw_labels set, uint32_t id)
{
    switch (set) {
    case JW_LABELS_EVENT:
        return taxonomy->leaf[id].code;
    case JW_LABELS_RELATION:
        return taxonomy->relation[id].code;
    case JW_LABELS_ROLE:
        return taxonomy->role[id];
    case JW_LABELS_ASPECT:
        return taxonomy->aspect[id].code;
    default:
        return taxonomy->credit[id].code;
    }
}

static jw_status copy_names(struct taxonomy *to, struct arena *arena, jw_error *reterr)
{
    for (jw_labels set = JW_LABELS_EVENT; set <= JW_LABELS_CREDIT; set++) {
        uint32_t count;
        const uint32_t base = set_base(to, set, &count);
        for (uint32_t i = 0; i < count; i++)
            if (!(to->name[base + i] = copy_name(arena, code_of(to, set, i))))
                return jwi_fail_memory(reterr);
    }
    return JW_OK;
}

jw_status jwi_taxonomy_open(const struct model_file *file, const struct labels *labels, struct arena *arena, struct taxonomy *ret,
                            jw_error *reterr)
{
    jw_bytes text;
    TRY(jwi_model_file_section(file, "TAXO", &text, reterr));
    memset(ret, 0, sizeof *ret);
    struct reader reader = {.to = ret, .labels = labels};
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        const jw_bytes line = {text.at + at, end ? (size_t)(end - text.at) - at : text.len - at};
        if (!read_line(&reader, line))
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, at, "section TAXO: bad line");
        at += line.len + 1;
    }
    static const jw_bytes parent = {"parent", 6};
    ret->parent_role = role_of(ret, parent);
    if (ret->parent_role == JW_NONE)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section TAXO: too many roles");
    return copy_names(ret, arena, reterr);
}

const char *jwi_taxonomy_name(const struct taxonomy *taxonomy, jw_labels set, uint32_t id)
{
    uint32_t count;
    const uint32_t base = set_base(taxonomy, set, &count);
    return id < count ? taxonomy->name[base + id] : NULL;
}

uint32_t jwi_taxonomy_id(const struct taxonomy *taxonomy, jw_labels set, jw_bytes name)
{
    uint32_t count;
    set_base(taxonomy, set, &count);
    for (uint32_t i = 0; i < count; i++)
        if (bytes_same(code_of(taxonomy, set, i), name))
            return i;
    return JW_NONE;
}
