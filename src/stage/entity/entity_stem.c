/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Short forms of companies that only the document knows: what stands before the legal form, 晨曜科技 of 晨曜科技股份有限公司, and what stands before
 * the word of its trade, 晨曜.  A form that two companies of the document share is none.  The second form, which may be a word or somebody's
 * name, counts where the tagger sees a proper noun or a name and the base knows nothing by it.
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "base/search.h"

#include <string.h>

enum {
    STEMS = 32, /* of one document; with more the search would not be linear */
    STEM_MIN = 2,
    STEM_MAX = 12,
    POINTS_STEM = 60
};

struct stem {
    const uint32_t *codes;
    uint32_t len, entity; /* JW_NONE: of two companies */
    int is_core;          /* without the word of the trade */
};

struct stems {
    struct stem at[STEMS];
    uint32_t len;
};

/* Start of the role that ends at the unit, the first from `start` on; `end` when none does. */
static uint32_t role_before(const struct linker *linker, uint32_t role, uint32_t start, uint32_t end)
{
    for (uint32_t i = jwi_entity_role_from(linker, start); i < linker->role_count && linker->roles[i].start < end; i++)
        if (linker->roles[i].role == role && linker->roles[i].end == end)
            return linker->roles[i].start;
    return end;
}

static struct stem *find_stem(struct stems *stems, const uint32_t *codes, uint32_t len)
{
    for (uint32_t i = 0; i < stems->len; i++)
        if (stems->at[i].len == len && memcmp(stems->at[i].codes, codes, len * sizeof *codes) == 0)
            return &stems->at[i];
    return NULL;
}

/* The form's company: the one already known by it, else `entity`. */
static uint32_t add_stem(struct stems *stems, const uint32_t *codes, uint32_t len, uint32_t entity, int is_core)
{
    struct stem *known = len < STEM_MIN || len > STEM_MAX ? NULL : find_stem(stems, codes, len);
    if (known && known->entity != entity && known->is_core && is_core)
        known->entity = JW_NONE;
    if (known)
        return is_core ? entity : known->entity;
    if (len < STEM_MIN || len > STEM_MAX || stems->len == STEMS)
        return entity;
    const struct stem stem = {codes, len, entity, is_core};
    stems->at[stems->len++] = stem;
    return entity;
}

static int is_local_company(const struct linker *linker, const struct name *name)
{
    return name->flags & NAME_LOCAL && name->flags & NAME_TAKEN && !(name->flags & (NAME_ROLE | NAME_NUMBER)) && !name->type &&
           (name->kind == KB_FULL || name->kind == KB_SHORT) && name->entity != JW_NONE && name->entity >= linker->kb->entity_count &&
           linker->locals[name->entity - linker->kb->entity_count].type == linker->kb->label[KB_COM];
}

/* Forms of all companies that only the document knows; a name that another one has without its legal form becomes that company's. */
static void gather(struct linker *linker, struct stems *ret)
{
    for (uint32_t i = 0; i < linker->name_count; i++) {
        struct name *name = &linker->names[i];
        if (!is_local_company(linker, name))
            continue;
        const uint32_t *codes = linker->units.code + name->start;
        const uint32_t body = role_before(linker, KB_ROLE_LEGAL, name->start, name->end);
        const uint32_t core = role_before(linker, KB_ROLE_TRADE, name->start, body);
        name->entity = add_stem(ret, codes, body - name->start, name->entity, 0);
        if (core < body)
            add_stem(ret, codes, core - name->start, name->entity, 1);
    }
}

/* Whether the base or the document has names there that the form must leave alone. */
static int is_named(const struct linker *linker, uint32_t start, uint32_t end, int is_core)
{
    for (uint32_t i = SEARCH_FROM(linker->names, linker->name_count, end, start + 1); i < linker->name_count && linker->names[i].start < end; i++) {
        const struct name *name = &linker->names[i];
        if (name->flags & NAME_TAKEN && (is_core || name->end - name->start >= end - start))
            return 1;
        if (name->start == start && name->end == end)
            return 1;
    }
    return 0;
}

/* Whether the tagger has a name on just these words. */
static int is_tagged(const struct linker *linker, jw_range tokens)
{
    const jw_doc *doc = linker->doc;
    const uint32_t count = doc->layers & JW_LAYER_MENTIONS ? doc->mention_count : 0;
    const uint32_t at = SEARCH_FROM(doc->mentions, count, tokens.end, tokens.end);
    return at < count && doc->mentions[at].tokens.start == tokens.start && doc->mentions[at].tokens.end == tokens.end;
}

static int is_proper(const struct linker *linker, uint32_t start, uint32_t end)
{
    const jw_range tokens = {jwi_entity_token(linker, start), jwi_entity_token(linker, end - 1) + 1};
    for (uint32_t i = tokens.start; i < tokens.end && !is_tagged(linker, tokens); i++)
        if (!(linker->doc->layers & JW_LAYER_POS) || linker->doc->upos[i] != linker->propn)
            return 0;
    return 1;
}

static int stands_at(const struct linker *linker, const struct stem *stem, uint32_t at)
{
    const uint32_t end = at + stem->len;
    return end <= linker->units.len && linker->edge[at] && linker->edge[end] &&
           memcmp(linker->units.code + at, stem->codes, stem->len * sizeof *stem->codes) == 0 && !is_named(linker, at, end, stem->is_core) &&
           (!stem->is_core || is_proper(linker, at, end));
}

static uint32_t list_places(const struct linker *linker, const struct stem *stem, struct name *ret)
{
    uint32_t n = 0;
    for (uint32_t at = 0; at < linker->units.len; at++)
        if (linker->units.code[at] == stem->codes[0] && stands_at(linker, stem, at)) {
            if (ret)
                ret[n] = jwi_entity_name(at, at + stem->len, stem->entity, KB_SHORT, POINTS_STEM);
            n++;
            at += stem->len - 1;
        }
    return n;
}

jw_status jwi_entity_stem(struct linker *linker, jw_error *reterr)
{
    struct stems *stems = PUSH_ZERO(linker->room->scratch, struct stems, 1);
    if (!stems)
        return jwi_fail_memory(reterr);
    gather(linker, stems);
    for (uint32_t i = 0; i < stems->len; i++) {
        const uint32_t n = stems->at[i].entity == JW_NONE ? 0 : list_places(linker, &stems->at[i], NULL);
        struct name *names = n ? PUSH(linker->room->scratch, struct name, n) : NULL;
        if (n && !names)
            return jwi_fail_memory(reterr);
        if (n)
            TRY(jwi_entity_add(linker, names, list_places(linker, &stems->at[i], names), reterr));
    }
    return JW_OK;
}
