/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage event: events of the taxonomy with their arguments.
 * Method: reviewed trigger words and patterns (dict/events) over the clauses of stage scope; roles by tree, order and type; polarity by the
 * published formula.  Rules, not learning: every event names the rule and the words it rests on, and a reader can check both.
 */
#include "stage/event/event.h"

#include "base/error.h"
#include "doc/sense.h"
#include "model/model.h"

#include <string.h>

enum { LISTED_MAX = 8 };

static jw_status event_open(void *view, const struct model_file *file, const void *lexicon, jw_error *reterr)
{
    (void)lexicon;
    jw_bytes section;
    TRY(jwi_model_file_section(file, "EVNT", &section, reterr));
    return jwi_event_lex_open(section, view, reterr);
}

static uint32_t label_of(const jw_doc *doc, jw_labels set, const char *name)
{
    return jw_model_label_id(doc->model, set, (jw_bytes){name, strlen(name)});
}

/* Roles, notes and credit rows by leaf: the tables are sorted by it. */
static void index_leaves(struct event_work *work)
{
    const struct event_header *const header = work->lex->header;
    uint32_t role = 0, note = 0, credit = 0;
    for (uint32_t leaf = 0; leaf <= TAXONOMY_LEAVES; leaf++) {
        while (role < header->role_count && work->lex->role[role].leaf < leaf)
            role++;
        while (note < header->note_count && work->lex->note[note].leaf < leaf)
            note++;
        while (credit < header->credit_count && work->lex->credit[credit].leaf < leaf)
            credit++;
        work->credit_at[leaf] = (uint16_t)credit;
        work->role_at[leaf] = (uint16_t)role;
        work->note_at[leaf] = (uint16_t)note;
    }
}

static jw_status start(struct event_work *work, jw_error *reterr)
{
    static const char *const types[] = {
#define TYPE(name) #name,
        EVENT_TYPES(TYPE)
#undef TYPE
    };
    jw_doc *const doc = work->doc;
    for (uint32_t i = 0; i < TYPE_COUNT; i++) {
        const uint32_t id = label_of(doc, JW_LABELS_MENTION, types[i]);
        if (id < sizeof work->type_of / sizeof *work->type_of)
            work->type_of[id] = 1u << i;
    }
    work->rel_subject = (uint16_t)label_of(doc, JW_LABELS_DEP, "nsubj");
    work->rel_passive = (uint16_t)label_of(doc, JW_LABELS_DEP, "nsubj:pass");
    work->upos_verb = (uint16_t)label_of(doc, JW_LABELS_UPOS, "VERB");
    work->upos_noun = (uint16_t)label_of(doc, JW_LABELS_UPOS, "NOUN");
    index_leaves(work);
    work->mention_at = PUSH(work->room->lasting, uint32_t, doc->token_count);
    if (!work->mention_at)
        return jwi_fail_memory(reterr);
    memset(work->mention_at, 0xff, doc->token_count * sizeof *work->mention_at);
    for (uint32_t i = 0; i < doc->mention_count; i++)
        for (uint32_t token = doc->mentions[i].tokens.start; token < doc->mentions[i].tokens.end; token++)
            work->mention_at[token] = i;
    return JW_OK;
}

jw_status jwi_event_reserve(struct event_work *work, uint32_t more, jw_error *reterr)
{
    if (work->draft_cap - work->draft_count >= more)
        return JW_OK;
    const uint32_t cap = (work->draft_count + more) * 2;
    struct event_draft *const wider = PUSH(work->room->lasting, struct event_draft, cap);
    if (!wider)
        return jwi_fail_memory(reterr);
    if (work->draft_count)
        memcpy(wider, work->draft, work->draft_count * sizeof *wider);
    work->draft = wider;
    work->draft_cap = cap;
    return JW_OK;
}

/* 攜手甲、乙: the side of an alliance that is no bearer; JW_NONE when there is none. */
static uint32_t ally_of(const struct event_work *work, const struct event_draft *draft)
{
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    for (uint32_t i = 0; i < draft->arg_count && leaf->is_mutual; i++)
        if (draft->arg[i].role == leaf->also && draft->arg[i].mention != JW_NONE && draft->arg[i].entity != JW_NONE)
            return draft->arg[i].mention;
    return JW_NONE;
}

/* One more event for every other name of the list that `first` stands in. */
static jw_status add_row(const struct event_scene *scene, uint32_t of, uint32_t first, jw_error *reterr)
{
    struct event_work *const work = scene->work;
    for (int step = -1; step <= 1; step += 2) {
        uint32_t mention = first;
        for (int n = 0; n < LISTED_MAX; n++) {
            mention = jwi_event_beside(scene, &work->draft[of], mention, step);
            if (mention == JW_NONE)
                break;
            TRY(jwi_event_reserve(work, 1, reterr));
            struct event_draft *const draft = &work->draft[work->draft_count++];
            *draft = work->draft[of];
            const jw_range tokens = work->doc->mentions[mention].tokens;
            jw_arg *const arg = &draft->arg[draft->bearer];
            arg->text = (jw_range){work->doc->tokens[tokens.start].text.start, work->doc->tokens[tokens.end - 1].text.end};
            arg->mention = mention;
            arg->entity = draft->event.claim.entity = work->doc->links[mention].entity;
            if (ally_of(work, draft) != JW_NONE)
                draft->event.second = JW_NONE; /* the other side has its share already */
        }
    }
    return JW_OK;
}

static jw_status add_listed(const struct event_scene *scene, uint32_t of, jw_error *reterr)
{
    const struct event_draft *const draft = &scene->work->draft[of];
    if (draft->bearer == JW_NONE)
        return JW_OK;
    const uint32_t bearer = draft->arg[draft->bearer].mention, ally = ally_of(scene->work, draft);
    TRY(add_row(scene, of, bearer, reterr));
    return ally == JW_NONE ? JW_OK : add_row(scene, of, ally, reterr);
}

/*
 * An announcement says in its subject what it is about, and its body is a form whose keys name much that has not happened; below the subject
 * only what belongs to the same matter counts.
 */
static int is_boilerplate(const struct event_scene *scene, uint32_t leaf)
{
    const struct event_work *const work = scene->work;
    const jw_doc *const doc = work->doc;
    if (doc->meta.source_type != JW_ANNOUNCEMENT || doc->parts[0].kind != JW_PART_TITLE || !doc->sentences[scene->sentence].part)
        return 0;
    for (uint32_t i = 0; i < work->draft_count && !doc->sentences[work->draft[i].event.claim.sentence].part; i++)
        if (work->draft[i].event.type == leaf)
            return 0;
    return 1;
}

static jw_status run_sentence(struct event_scene *scene, jw_error *reterr)
{
    struct event_work *const work = scene->work;
    TRY(jwi_event_find_words(scene, reterr));
    TRY(jwi_event_find_matches(scene, reterr));
    TRY(jwi_event_reserve(work, scene->match_count, reterr));
    for (uint32_t i = 0; i < scene->match_count; i++) {
        struct event_draft *const draft = &work->draft[work->draft_count];
        memset(draft, 0, sizeof *draft);
        draft->next = JW_NONE;
        draft->event.type = scene->match[i].pattern->leaf;
        if (draft->event.type >= work->taxonomy->leaf_count || is_boilerplate(scene, draft->event.type) ||
            !jwi_event_bind(scene, &scene->match[i], draft))
            continue;
        TRY(jwi_event_weigh(scene, &scene->match[i], draft, reterr));
        work->draft_count++;
        TRY(add_listed(scene, work->draft_count - 1, reterr));
        TRY(jwi_event_reserve(work, 1, reterr));
    }
    return JW_OK;
}

static jw_status event_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    doc->event_count = doc->event_arg_count = 0;
    const struct taxonomy *const taxonomy = doc->model->taxonomy;
    if (!taxonomy)
        return jwi_fail(reterr, JW_EMODEL_MISSING, 0, "the model has no section TAXO");
    struct event_work work;
    memset(&work, 0, sizeof work);
    work.lex = view;
    work.taxonomy = taxonomy;
    work.room = room;
    work.doc = doc;
    TRY(start(&work, reterr));
    struct event_scene scene = {.work = &work};
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const struct arena_mark mark = jwi_arena_mark(room->scratch);
        scene.sentence = i;
        scene.tokens = doc->sentences[i].tokens;
        scene.units = (jw_range){0, 0};
        if (scene.tokens.start < scene.tokens.end)
            scene.units = (jw_range){room->words[scene.tokens.start].start, room->words[scene.tokens.end - 1].end};
        scene.values.start = scene.values.end;
        while (scene.values.start < doc->value_count && doc->values[scene.values.start].tokens.start < scene.tokens.start)
            scene.values.start++;
        scene.values.end = scene.values.start;
        while (scene.values.end < doc->value_count && doc->values[scene.values.end].tokens.start < scene.tokens.end)
            scene.values.end++;
        scene.senses.start = scene.senses.end;
        while (scene.senses.start < doc->sense_count && doc->senses[scene.senses.start].tokens.start < scene.tokens.start)
            scene.senses.start++;
        scene.senses.end = scene.senses.start;
        while (scene.senses.end < doc->sense_count && doc->senses[scene.senses.end].tokens.start < scene.tokens.end)
            scene.senses.end++;
        TRY(run_sentence(&scene, reterr));
        jwi_arena_reset_to(room->scratch, mark);
    }
    TRY(jwi_event_add_form(&work, reterr));
    return jwi_event_publish(&work, reterr);
}

const struct stage jwi_stage_event = {
    .name = "event",
    .reads = LAYER_SCOPES | JW_LAYER_POS | JW_LAYER_ENTITIES | JW_LAYER_VALUES,
    .writes = JW_LAYER_EVENTS,
    .view_size = sizeof(struct event_lex),
    .open = event_open,
    .run = event_run,
};
