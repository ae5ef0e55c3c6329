/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a mention has its link: the entities its name may stand for, with the points each would have where the name stands.  Surroundings count
 * alike for all of them, so the points of another differ by form, rank and what else the document names.  Made only when asked for.
 */
#include "stage/entity/entity.h"

#include "base/error.h"

static jw_candidate candidate_of(const struct linker *linker, const struct kb_link *link,
                                 uint32_t mention, int32_t points)
{
    const struct kb_entity *entity = &linker->kb->entities[link->target];
    const jw_candidate ret = {kb_string(linker->kb, entity->eid),
                              kb_string(linker->kb, entity->name),
                              mention,
                              points,
                              jwi_entity_link_share(points),
                              0};
    return ret;
}

/* Keeps the list of `n` sorted, best first, an entity once; returns its new length. */
static uint32_t insert(jw_candidate *list, uint32_t n, uint32_t most, jw_candidate one)
{
    uint32_t at = 0;
    while (at < n && list[at].points >= one.points) {
        if (list[at].eid.at == one.eid.at)
            return n;
        at++;
    }
    if (at == most)
        return n;
    uint32_t last = at;
    while (last < n && list[last].eid.at != one.eid.at)
        last++;
    const uint32_t len = last < n ? n : n < most ? n + 1 : most;
    for (uint32_t i = last < n ? last : len - 1; i > at; i--)
        list[i] = list[i - 1];
    list[at] = one;
    return len;
}

static uint32_t list_links(const struct linker *linker, const struct name *name, uint32_t mention,
                           jw_candidate *ret, uint32_t most)
{
    const struct kb *kb = linker->kb;
    int32_t own = INT32_MIN;
    uint32_t n = 0;
    for (uint32_t i = kb->link_at[name->key]; i < kb->link_at[name->key + 1]; i++)
        if (kb->links[i].kind <= KB_CODE && kb->links[i].target == name->entity &&
            jwi_entity_base_points(linker, name, &kb->links[i]) > own)
            own = jwi_entity_base_points(linker, name, &kb->links[i]);
    for (uint32_t i = kb->link_at[name->key]; i < kb->link_at[name->key + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind > KB_CODE || !jwi_kb_has_case(linker->kb, link, linker->units.code + name->start))
            continue;
        const int32_t points =
            own == INT32_MIN ? name->score
                             : name->score + jwi_entity_base_points(linker, name, link) - own;
        n = insert(ret, n, most, candidate_of(linker, link, mention, points));
    }
    return n;
}

jw_status jwi_entity_candidates(const struct linker *linker, jw_doc *doc,
                                const struct draft *drafts, uint32_t n, jw_error *reterr)
{
    const uint32_t most = linker->room->options->candidates;
    doc->candidate_count = 0;
    doc->candidates = PUSH(&doc->arena, jw_candidate, (size_t)n * most);
    if (!doc->candidates)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; most && i < n; i++) {
        const struct name *name =
            drafts[i].name == JW_NONE ? NULL : &linker->names[drafts[i].name];
        if (name && name->key != JW_NONE)
            doc->candidate_count += list_links(linker, name, i,
                                               doc->candidates + doc->candidate_count, most);
    }
    return JW_OK;
}
