/* SPDX-License-Identifier: Apache-2.0 */
/* The credit indicator an event raises (dict/events/credit_rules.tsv), and whether the text names whom it is about. */
#include "stage/event/event_weigh.h"

#include "doc/scope.h"

#include <string.h>

/* The parent of a subsidiary that nobody names has a part in the event. */
static int has_parent(const struct event_work *work, const struct event_draft *draft)
{
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].role == work->taxonomy->parent_role && draft->arg[i].entity != JW_NONE)
            return 1;
    return 0;
}

/* 惠譽因烏克蘭恐將倒債下調評級: between the firm and the words the tree makes a person or a place a subject. */
static int has_other_subject(const struct event_scene *scene, uint32_t start, uint32_t trigger)
{
    const struct event_work *const work = scene->work;
    if (!(work->doc->layers & JW_LAYER_ARCS))
        return 0;
    for (uint32_t token = start; token < trigger; token++) {
        const uint32_t mention = work->mention_at[token];
        if (mention == JW_NONE || !(event_type_of(work, mention) & (1u << TYPE_PER | 1u << TYPE_LOC)))
            continue;
        const jw_range name = work->doc->mentions[mention].tokens;
        for (uint32_t i = name.start; i < name.end; i++)
            if (work->doc->arcs[i].rel == work->rel_subject && work->doc->arcs[i].head != JW_NONE && work->doc->arcs[i].head >= name.end)
                return 1;
    }
    return 0;
}

/* The name stands in the clause of the words or in the one beside it, or no other firm, authority or place stands between. */
static int is_near(const struct event_work *work, uint32_t mention, uint32_t trigger)
{
    enum { REACH = 64 };
    const uint32_t others = 1u << TYPE_COM | 1u << TYPE_FIN | 1u << TYPE_GOV | 1u << TYPE_ORG | 1u << TYPE_LOC | 1u << TYPE_IDX;
    const jw_doc *const doc = work->doc;
    const jw_range name = doc->mentions[mention].tokens;
    if (doc->scopes[name.start].clause + 1 >= doc->scopes[trigger].clause)
        return 1;
    if (trigger > name.end + REACH)
        return 0;
    for (uint32_t token = name.end; token < trigger; token++)
        if (work->mention_at[token] != JW_NONE && event_type_of(work, work->mention_at[token]) & others &&
            doc->links[work->mention_at[token]].entity != doc->links[mention].entity)
            return 0;
    return 1;
}

/*
 * Whom the indicator is about.  In the body of an article it is a firm that its own sentence names, near the words unless these are figures of a
 * period: what is carried over from elsewhere is as often told of somebody else, and of a person or an authority there is no credit.
 */
static int names_debtor(const struct event_scene *scene, const struct event_draft *draft)
{
    const struct event_work *const work = scene->work;
    const jw_doc *const doc = work->doc;
    if (doc->parts[doc->sentences[scene->sentence].part].kind != JW_PART_BODY)
        return 1;
    const uint32_t firms = 1u << TYPE_COM | 1u << TYPE_FIN | 1u << TYPE_SEC, trigger = draft->event.claim.tokens.start;
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if ((i != draft->bearer && draft->arg[i].role != work->taxonomy->parent_role) || draft->arg[i].mention == JW_NONE)
            continue;
        const jw_range name = doc->mentions[draft->arg[i].mention].tokens;
        if (event_type_of(work, draft->arg[i].mention) & firms && name.start >= scene->tokens.start &&
            (leaf->is_report || is_near(work, draft->arg[i].mention, trigger)) &&
            !jwi_event_is_means(work, draft->arg[i].mention) && !(leaf->is_grave && has_other_subject(scene, name.end, trigger)))
            return 1;
    }
    return 0;
}

uint16_t jwi_event_credit(const struct event_scene *scene, const struct event_draft *draft, const struct scope *scope)
{
    const struct event_work *const work = scene->work;
    const uint32_t source = 1u << (work->doc->meta.source_type & 31);
    if (scope_flips(scope) % 2 || scope->operators & OPERATOR_DENIED || draft->event.claim.progress == JW_CANCELLED)
        return 0;
    if (draft->event.claim.entity == JW_NONE && draft->event.second != JW_NONE && !has_parent(work, draft))
        return 0; /* only the other side is known: 銀行遭詐貸 */
    if (work->doc->meta.source_type != JW_ANNOUNCEMENT &&
        (scope->mood & (JW_MOOD_HYPOTHETICAL | JW_MOOD_QUESTION) || !names_debtor(scene, draft)))
        return 0;
    for (uint32_t i = work->credit_at[draft->event.type]; i < work->credit_at[draft->event.type + 1]; i++) {
        const struct event_credit *const row = &work->lex->credit[i];
        if (row->code >= work->taxonomy->credit_count || !(work->taxonomy->credit[row->code].sources & source) ||
            !jwi_event_holds(scene, row->kind, row->arg, draft, scope, scene->tokens) ||
            (row->without && jwi_event_says_class(scene, scene->tokens, row->without - 1u)))
            continue;
        return (uint16_t)(row->code + 1);
    }
    return 0;
}
