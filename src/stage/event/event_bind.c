/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who and what plays the roles of an event.
 * Method: the rows of the leaf's frame in their order, the first that finds a holder wins; names by event_name.c, values by event_value.c.
 */
#include "stage/event/event.h"

#include "doc/scope.h"

#include <string.h>

static void add_mention(struct event_draft *draft, const jw_doc *doc, uint32_t mention, uint32_t role)
{
    const jw_range tokens = doc->mentions[mention].tokens;
    const jw_range text = {doc->tokens[tokens.start].text.start, doc->tokens[tokens.end - 1].text.end};
    draft->arg[draft->arg_count++] = (jw_arg){text, mention, jwi_event_holder(doc, mention), JW_NONE, (uint16_t)role, 0};
}

static void add_value(struct event_draft *draft, const jw_doc *doc, uint32_t value, uint32_t role)
{
    draft->arg[draft->arg_count++] = (jw_arg){doc->values[value].text, JW_NONE, JW_NONE, value, (uint16_t)role, 0};
}

/* Words of a class in the clause: 展望 as the metric of a guidance. */
static void add_word(struct event_search *search, const struct event_role *role, uint32_t id)
{
    const struct event_scene *const scene = search->scene;
    const struct event_hit *best = NULL;
    for (uint32_t i = 0; i < scene->hit_count; i++) {
        const struct event_hit *const hit = &scene->hit[i];
        if (hit->tokens.start < search->clause.start || hit->tokens.start >= search->clause.end ||
            !jwi_event_has_class(scene->work->lex, hit, role->cls))
            continue;
        if (!best || hit->tokens.start <= search->trigger + 8)
            best = hit;
        if (hit->tokens.start >= search->trigger)
            break;
    }
    if (!best)
        return;
    const uint32_t before = best->tokens.start > search->clause.start ? scene->work->mention_at[best->tokens.start - 1] : JW_NONE;
    if (search->is_bearer && before != JW_NONE && jwi_event_fits(search, before)) { /* 某公司美股盤前跌: where its share is traded */
        add_mention(search->draft, scene->work->doc, before, id);
        return;
    }
    const uint32_t *const at = scene->work->room->units.at;
    search->draft->arg[search->draft->arg_count++] =
        (jw_arg){{at[best->start], at[best->end]}, JW_NONE, JW_NONE, JW_NONE, (uint16_t)id, 0};
}

static int has_role(const struct event_draft *draft, uint32_t id)
{
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].role == id)
            return 1;
    return 0;
}

static void fill_role(struct event_search *search, const struct event_role *role, uint32_t id)
{
    const jw_doc *const doc = search->scene->work->doc;
    if (search->draft->arg_count == LEAF_ROLES || has_role(search->draft, id))
        return;
    if (role->slot == SLOT_NOBODY)
        return;
    search->is_bearer = id == search->scene->work->taxonomy->leaf[role->leaf].bears;
    search->types = role->types;
    if (role->slot == SLOT_WORD) {
        add_word(search, role, id);
    } else if (role->slot >= SLOT_MONEY) {
        const uint32_t value = jwi_event_find_value(search, role);
        if (value != JW_NONE)
            add_value(search->draft, doc, value, id);
    } else {
        const uint32_t mention = jwi_event_find_name(search, role->slot);
        if (mention != JW_NONE)
            add_mention(search->draft, doc, mention, id);
    }
}

/* 遭, 被, 獲 between the names and the trigger, or the trigger's own first letter. */
static uint32_t find_passive(const struct event_search *search)
{
    const struct event_scene *const scene = search->scene;
    const uint32_t cls = scene->work->lex->header->passive_class;
    uint32_t found = JW_NONE;
    for (uint32_t i = 0; i < scene->hit_count && scene->hit[i].tokens.start <= search->trigger; i++)
        if (scene->hit[i].tokens.start >= search->clause.start && jwi_event_has_class(scene->work->lex, &scene->hit[i], cls))
            found = scene->hit[i].tokens.start;
    return found;
}

static uint32_t entity_of(const struct event_draft *draft, uint32_t role)
{
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].role == role && draft->arg[i].entity != JW_NONE)
            return draft->arg[i].entity;
    return JW_NONE;
}

/* A name of the types anywhere in the range. */
static int has_name(const struct event_work *work, jw_range tokens, uint32_t types)
{
    for (uint32_t i = tokens.start; i < tokens.end; i++)
        if (work->mention_at[i] != JW_NONE && (event_type_of(work, work->mention_at[i]) & types))
            return 1;
    return 0;
}

static int has_value(const struct event_scene *scene, jw_range tokens, uint32_t kinds, int is_change)
{
    const jw_doc *const doc = scene->work->doc;
    for (uint32_t i = scene->values.start; i < scene->values.end; i++) {
        const jw_value *const value = &doc->values[i];
        if (value->tokens.start >= tokens.start && value->tokens.start < tokens.end && (kinds >> value->kind & 1) &&
            (!is_change || value->compare == JW_COMPARE_YOY || value->compare == JW_COMPARE_MOM || value->compare == JW_COMPARE_QOQ))
            return 1;
    }
    return 0;
}

/* The event found last is of the leaf, in this sentence or the one before. */
static int has_before(const struct event_scene *scene, uint32_t leaf)
{
    const struct event_work *const work = scene->work;
    if (!work->draft_count)
        return 0;
    const jw_event *const event = &work->draft[work->draft_count - 1].event;
    return event->type == leaf && event->claim.sentence + 1 >= scene->sentence;
}

int jwi_event_has_needs(const struct event_scene *scene, const struct event_match *match)
{
    const uint32_t needs = match->pattern->needs, trigger = scene->hit[match->trigger].tokens.start;
    const jw_range clause = jwi_event_clause(scene, trigger);
    const uint32_t numbers = 1u << JW_VALUE_MONEY | 1u << JW_VALUE_PERCENT | 1u << JW_VALUE_QUANTITY | 1u << JW_VALUE_RATIO;
    return !((needs & NEED_PERCENT && !has_value(scene, clause, 1u << JW_VALUE_PERCENT, 0)) ||
             (needs & NEED_MONEY && !has_value(scene, clause, 1u << JW_VALUE_MONEY, 0)) ||
             (needs & NEED_NUMBER && !has_value(scene, clause, numbers, 0)) ||
             (needs & NEED_CHANGE && !has_value(scene, scene->tokens, 1u << JW_VALUE_PERCENT | 1u << JW_VALUE_RATIO, 1)) ||
             (needs & NEED_VERB && scene->work->doc->upos[trigger] != scene->work->upos_verb) ||
             (needs & NEED_PRODUCT && !has_name(scene->work, clause, 1u << TYPE_PRD)) ||
             (needs & NEED_PERSON && !has_name(scene->work, scene->tokens, 1u << TYPE_PER | 1u << TYPE_POS)) ||
             (needs & NEED_AGENCY && !has_name(scene->work, scene->tokens, 1u << TYPE_GOV)));
}

/* The names the pattern asks for: its bearer, or at least one in the sentence; an announcement speaks for its company without a name. */
static int has_names(const struct event_scene *scene, uint32_t needs, uint32_t bearer)
{
    const uint32_t company = 1u << TYPE_COM | 1u << TYPE_FIN, market = company | 1u << TYPE_SEC | 1u << TYPE_IDX;
    if (scene->work->doc->meta.source_type == JW_ANNOUNCEMENT)
        return 1;
    return bearer != JW_NONE || !(needs & NEED_COMPANY || (needs & NEED_NEAR && !has_name(scene->work, scene->tokens, company)) ||
                                  (needs & NEED_MARKET && !has_name(scene->work, scene->tokens, market)));
}

static void fill_dates(struct event_draft *draft, const jw_doc *doc)
{
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if (draft->arg[i].value == JW_NONE)
            continue;
        const jw_value *const value = &doc->values[draft->arg[i].value];
        if (value->kind != JW_VALUE_DATE)
            continue;
        if (value->first.grain == JW_GRAIN_DAY)
            draft->event.date = value->first;
        else
            draft->event.period = value->first;
    }
    for (uint32_t i = 0; i < draft->arg_count && !draft->event.period.grain; i++)
        if (draft->arg[i].value != JW_NONE && doc->values[draft->arg[i].value].kind == JW_VALUE_PERCENT)
            draft->event.period = doc->values[draft->arg[i].value].first;
}

/* Rows of the pattern's frame stand for the general ones of their role. */
static int is_of_frame(const struct event_work *work, uint32_t row, const struct event_pattern *pattern)
{
    const struct event_role *const role = &work->lex->role[row];
    if (role->frame || !pattern->frame)
        return role->frame == pattern->frame;
    for (uint32_t i = work->role_at[pattern->leaf]; i < work->role_at[pattern->leaf + 1]; i++)
        if (work->lex->role[i].frame == pattern->frame && work->lex->role[i].role == role->role)
            return 0;
    return 1;
}

/* Which argument bears the event, and where such a one is looked for first. */
static void mark_bearer(const struct event_work *work, const struct leaf *leaf, const struct event_pattern *pattern,
                        struct event_draft *draft)
{
    draft->bearer = JW_NONE;
    for (uint32_t i = 0; i < draft->arg_count && leaf->bears != JW_NONE; i++)
        if (draft->arg[i].role == leaf->bears && draft->arg[i].entity != JW_NONE)
            draft->bearer = i;
    for (uint32_t i = work->role_at[pattern->leaf]; i < work->role_at[pattern->leaf + 1] && !draft->slot && leaf->bears != JW_NONE; i++) {
        const struct event_role *const role = &work->lex->role[i];
        if (role->role < leaf->role_count && leaf->roles[role->role] == leaf->bears && is_of_frame(work, i, pattern))
            draft->slot = role->slot;
    }
}

static int is_group(const struct event_work *work, uint32_t token)
{
    const struct room_word *const word = &work->room->words[token];
    const uint32_t *const code = work->room->units.code + word->start;
    return word->end - word->start == 2 && code[0] == 0x96c6 && code[1] == 0x5718; /* 集團 */
}

/* Behind the name, a bracket with its code and 集團: 仁寶(2324-TW)集團|旗下. */
static uint32_t end_of_group(const struct event_work *work, uint32_t token, uint32_t end)
{
    const uint32_t t = room_note_end(work->room, token, end);
    return t < end && is_group(work, t) ? t + 1 : t;
}

/* 台開|子公司, 台開的|子公司, 台開旗下|: the words between that make a name behind them, or nobody named, a subsidiary of the one before. */
static const struct event_hit *find_branch(const struct event_search *search, uint32_t parent)
{
    const struct event_scene *const scene = search->scene;
    const uint32_t end = end_of_group(scene->work, scene->work->doc->mentions[parent].tokens.end, search->trigger);
    for (uint32_t i = 0; i < scene->hit_count; i++) {
        const jw_range tokens = scene->hit[i].tokens;
        if (tokens.start >= end && tokens.start <= end + 1 && tokens.end <= search->trigger &&
            jwi_event_has_class(scene->work->lex, &scene->hit[i], scene->work->lex->header->branch_class))
            return &scene->hit[i];
    }
    return NULL;
}

/* The company whose subsidiary bears the event: the bearer itself when no other is named, else the one before the bearer's name. */
static uint32_t find_parent(const struct event_search *search, uint32_t bearer, const struct event_hit **branch)
{
    const struct event_work *const work = search->scene->work;
    if ((*branch = find_branch(search, bearer)) != NULL)
        return bearer;
    const uint32_t start = work->doc->mentions[bearer].tokens.start;
    for (uint32_t token = work->doc->clauses[work->doc->scopes[start].clause].tokens.start; token < start; token++) {
        const uint32_t mention = work->mention_at[token];
        if (mention != JW_NONE && event_type_of(work, mention) & (1u << TYPE_COM | 1u << TYPE_FIN) &&
            (*branch = find_branch(search, mention)) != NULL && (*branch)->tokens.end + 1 >= start)
            return mention;
    }
    return JW_NONE;
}

enum { PARENT_SHARE = 5000 };

/* The role is that of a subsidiary nobody names; its parent has a role of its own. */
static void take_name(struct event_draft *draft, const struct event_work *work, jw_arg *arg, uint32_t parent, uint32_t end)
{
    const jw_range text = {work->doc->tokens[work->doc->mentions[parent].tokens.start].text.start, work->doc->tokens[end - 1].text.end};
    arg->text = text;
    arg->mention = arg->entity = JW_NONE;
    add_mention(draft, work->doc, parent, work->taxonomy->parent_role);
}

/*
 * 代子公司某公司公告: what an announcement tells of the subsidiary it speaks for is shared by the issuer.
 */
static int hand_up(const struct event_search *search, const struct event_hit **branch)
{
    const struct event_work *const work = search->scene->work;
    const struct event_draft *const draft = search->draft;
    const jw_arg *const bearer = &draft->arg[draft->bearer];
    const uint32_t start = work->doc->mentions[bearer->mention].tokens.start;
    if (!work->doc->issuer || bearer->entity == work->doc->issuer - 1)
        return 0;
    for (uint32_t i = 0; i < search->scene->hit_count; i++) {
        *branch = &search->scene->hit[i];
        if ((*branch)->tokens.end == start && jwi_event_has_class(work->lex, *branch, work->lex->header->branch_class))
            return 1;
    }
    return 0;
}

static void give_share(struct event_draft *draft, uint32_t entity)
{
    draft->event.second = entity;
    draft->event.second_share = PARENT_SHARE;
}

/* The bearer, when the text names it and there is room for its parent; else NULL. */
static jw_arg *named_bearer(struct event_draft *draft)
{
    if (draft->bearer == JW_NONE || draft->arg[draft->bearer].mention == JW_NONE || draft->arg_count == LEAF_ROLES)
        return NULL;
    return &draft->arg[draft->bearer];
}

static void add_issuer(struct event_draft *draft, const struct event_work *work, const struct event_hit *branch)
{
    const uint32_t *const at = work->room->units.at;
    give_share(draft, work->doc->issuer - 1);
    draft->arg[draft->arg_count++] = (jw_arg){{at[branch->start], at[branch->end]}, JW_NONE, draft->event.second, JW_NONE,
                                              (uint16_t)work->taxonomy->parent_role, 0};
}

/*
 * A subsidiary owes in its own name: it bears the event, unnamed when the text does not name it, and its parent has a share of it.
 */
static void hand_down(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    const jw_link *const links = work->doc->links;
    struct event_draft *const draft = search->draft;
    jw_arg *const bearer = named_bearer(draft);
    const struct event_hit *branch;
    if (!bearer)
        return;
    const uint32_t parent = find_parent(search, bearer->mention, &branch);
    if (parent == JW_NONE && hand_up(search, &branch))
        add_issuer(draft, work, branch);
    if (parent == JW_NONE || links[parent].entity == JW_NONE)
        return;
    const uint32_t entity = links[parent].entity;
    if (entity == bearer->entity) { /* 台開子公司; 台開旗下花蓮台開開發 */
        const uint32_t end = work->doc->mentions[bearer->mention].tokens.end;
        take_name(draft, work, bearer, parent, branch->tokens.end > end ? branch->tokens.end : end);
        draft->event.claim.entity = draft->bearer = JW_NONE;
    } else {
        add_mention(draft, work->doc, parent, work->taxonomy->parent_role);
    }
    give_share(draft, entity);
}

/* 欣興轉投資軟板廠|同泰|連虧: the company named last between the words of the branch and the trigger. */
static uint32_t find_named(const struct event_search *search, const struct event_hit *branch)
{
    const struct event_work *const work = search->scene->work;
    for (uint32_t token = search->trigger; token > branch->tokens.end; token--) {
        const uint32_t mention = work->mention_at[token - 1];
        if (mention != JW_NONE && event_type_of(work, mention) & (1u << TYPE_COM | 1u << TYPE_FIN))
            return mention;
    }
    return JW_NONE;
}

/*
 * 鴻海旗下富智康虧損: the subsidiary that is named bears the event, and its parent has a share of it.  What a subsidiary earns, makes and builds
 * is told of its group too; what its shares do and who sits on its board is not.
 */
static void share_with_parent(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    const jw_link *const links = work->doc->links;
    struct event_draft *const draft = search->draft;
    jw_arg *const bearer = named_bearer(draft);
    const struct event_hit *branch;
    if (!bearer)
        return;
    const uint32_t parent = find_parent(search, bearer->mention, &branch);
    if (parent == JW_NONE || links[parent].entity == JW_NONE)
        return;
    if (parent == bearer->mention) {
        const uint32_t named = find_named(search, branch);
        if (named == JW_NONE || links[named].entity == JW_NONE)
            return; /* of a subsidiary nobody names the group speaks itself */
        const jw_range tokens = work->doc->mentions[named].tokens;
        bearer->text = (jw_range){work->doc->tokens[tokens.start].text.start, work->doc->tokens[tokens.end - 1].text.end};
        bearer->mention = named;
        bearer->entity = draft->event.claim.entity = links[named].entity;
    }
    if (links[parent].entity == bearer->entity)
        return;
    add_mention(draft, work->doc, parent, work->taxonomy->parent_role);
    give_share(draft, links[parent].entity);
}

/* 子公司破產，銀行認列呆帳: the other side is a subsidiary, and its parent has a share of that side's share. */
static void hand_down_other(const struct event_search *search, uint32_t role)
{
    struct event_draft *const draft = search->draft;
    const struct event_hit *branch;
    for (uint32_t i = 0; i < draft->arg_count && role != JW_NONE && draft->arg_count < LEAF_ROLES; i++)
        if (draft->arg[i].role == role && draft->arg[i].mention != JW_NONE && draft->arg[i].entity != JW_NONE &&
            (branch = find_branch(search, draft->arg[i].mention)) != NULL) {
            take_name(draft, search->scene->work, &draft->arg[i], draft->arg[i].mention, branch->tokens.end);
            draft->event.second_share = (int32_t)((int64_t)draft->event.second_share * PARENT_SHARE / JW_SCALE);
            return;
        }
}

int jwi_event_bind(const struct event_scene *scene, const struct event_match *match, struct event_draft *draft)
{
    struct event_work *const work = scene->work;
    const struct event_pattern *const pattern = match->pattern;
    const struct event_hit *const trigger = &scene->hit[match->trigger];
    struct event_search search = {scene, match, draft, jwi_event_clause(scene, trigger->tokens.start), trigger->tokens.start, 0, JW_NONE, 0};
    search.passive = find_passive(&search);
    const struct leaf *const leaf = &work->taxonomy->leaf[pattern->leaf];
    for (uint32_t i = work->role_at[pattern->leaf]; i < work->role_at[pattern->leaf + 1]; i++) {
        const struct event_role *const role = &work->lex->role[i];
        if (role->role < leaf->role_count && is_of_frame(work, i, pattern))
            fill_role(&search, role, leaf->roles[role->role]);
    }
    draft->event.claim.entity = leaf->bears == JW_NONE ? JW_NONE : entity_of(draft, leaf->bears);
    mark_bearer(work, leaf, pattern, draft);
    draft->event.claim.tokens = trigger->tokens;
    if (work->doc->issuer)
        jwi_event_add_speaker(work, draft);
    draft->event.second = leaf->also == JW_NONE ? JW_NONE : entity_of(draft, leaf->also);
    draft->event.second_share = leaf->also_share;
    fill_dates(draft, work->doc);
    const uint32_t named = draft->event.claim.entity;
    if (leaf->kin == KIN_OWN) {
        hand_down_other(&search, leaf->also);
        hand_down(&search);
    } else if (leaf->kin == KIN_GROUP) {
        share_with_parent(&search);
    }
    if (pattern->needs & NEED_BEFORE && !has_before(scene, pattern->leaf))
        return 0;
    return has_names(scene, pattern->needs, named);
}
