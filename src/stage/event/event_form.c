/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The event an announcement reports: leaf, direction and status are those of its form, the fields are arguments.
 * Method: what the subject line says of the same leaf speaks, and takes over the fields; a subject without a trigger is the trigger.
 */
#include "stage/event/event.h"

#include "base/error.h"

#include <string.h>

static uint32_t role_id(const struct event_work *work, const struct leaf *leaf, jw_bytes name)
{
    for (uint32_t i = 0; i < leaf->role_count; i++) {
        const jw_bytes role = work->taxonomy->role[leaf->roles[i]];
        if (role.len == name.len && !memcmp(role.at, name.at, name.len))
            return leaf->roles[i];
    }
    return JW_NONE;
}

static int has_role(const struct event_draft *draft, uint32_t role)
{
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].role == role)
            return 1;
    return 0;
}

static void add_field(const struct event_work *work, const jw_field *field, struct event_draft *draft)
{
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    const uint32_t role = field->role.len ? role_id(work, leaf, field->role) : JW_NONE;
    if (role == JW_NONE || field->answer != JW_ANSWER_TEXT || draft->arg_count == LEAF_ROLES || has_role(draft, role))
        return;
    const uint32_t value = field->value_count ? field->first_value : JW_NONE;
    draft->arg[draft->arg_count++] = (jw_arg){field->value, field->mention, field->entity, value, (uint16_t)role, 0};
    if (role == leaf->bears && draft->event.claim.entity == JW_NONE)
        draft->event.claim.entity = field->entity;
    if (role == leaf->also && draft->event.second == JW_NONE)
        draft->event.second = field->entity;
    if (field->type == JW_FIELD_DATE && field->first.grain == JW_GRAIN_DAY && !draft->event.date.grain)
        draft->event.date = field->first;
    else if (field->type == JW_FIELD_DATE && !draft->event.period.grain)
        draft->event.period = field->first;
}

/* First company that a mention of the subject line names from the byte on, other than the issuer of the record; JW_NONE: none. */
static uint32_t company_in_subject(const struct event_work *work, uint32_t from)
{
    const jw_doc *const doc = work->doc;
    for (uint32_t i = 0; i < doc->mention_count && doc->mentions[i].tokens.start < doc->sentences[0].tokens.end; i++)
        if (doc->tokens[doc->mentions[i].tokens.start].text.start >= from &&
            work->type_of[doc->mentions[i].type & 63] & (1u << TYPE_COM | 1u << TYPE_FIN) && jwi_event_holder(doc, i) != JW_NONE &&
            !(doc->issuer && doc->links[i].entity == doc->issuer - 1))
            return i;
    return JW_NONE;
}

/* Byte behind 子公司 in the subject line: 代子公司晨曜科技公告..; JW_NONE: the line has none. */
static uint32_t behind_child(const jw_doc *doc)
{
    static const char word[] = "子公司";
    const jw_range text = doc->sentences[0].text;
    for (uint32_t at = text.start; at + sizeof word - 1 <= text.end; at++)
        if (memcmp(doc->text.at + at, word, sizeof word - 1) == 0)
            return at + (uint32_t)sizeof word - 1;
    return JW_NONE;
}

static uint32_t mention_of_issuer(const jw_doc *doc)
{
    for (uint32_t i = 0; i < doc->mention_count; i++)
        if (doc->links[i].entity == doc->issuer - 1)
            return i;
    return JW_NONE;
}

uint32_t jwi_event_speaker(const struct event_work *work, uint32_t *mention)
{
    const jw_doc *const doc = work->doc;
    const uint32_t child = doc->sentence_count ? behind_child(doc) : JW_NONE;
    *mention = JW_NONE;
    if (doc->meta.source_type != JW_ANNOUNCEMENT || !doc->sentence_count)
        return JW_NONE;
    if (!doc->issuer || child != JW_NONE)
        *mention = company_in_subject(work, doc->issuer ? child : 0);
    if (*mention == JW_NONE && doc->issuer) {
        *mention = mention_of_issuer(doc);
        return doc->issuer - 1;
    }
    return *mention == JW_NONE ? JW_NONE : jwi_event_holder(doc, *mention);
}

void jwi_event_add_speaker(const struct event_work *work, struct event_draft *draft)
{
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    uint32_t mention;
    const uint32_t entity = jwi_event_speaker(work, &mention);
    if (leaf->sign == SIGN_ROLE) /* who speaks need not have won */
        return;
    if (draft->event.claim.entity != JW_NONE || leaf->bears == JW_NONE || entity == JW_NONE || draft->arg_count == LEAF_ROLES ||
        has_role(draft, leaf->bears))
        return;
    const jw_range tokens = mention == JW_NONE ? draft->event.claim.tokens : work->doc->mentions[mention].tokens;
    draft->event.claim.entity = entity;
    draft->arg[draft->arg_count++] = (jw_arg){{work->doc->tokens[tokens.start].text.start, work->doc->tokens[tokens.end - 1].text.end},
                                              mention,
                                              entity,
                                              JW_NONE,
                                              (uint16_t)leaf->bears,
                                              0};
}

/*
 * What the form reports is the speaker's deed: the broker that hosts its meeting and the company whose shares it sells do not bear it, near as
 * they stand in the subject line.
 */
static void correct_bearer(const struct event_work *work, struct event_draft *draft)
{
    const uint32_t bears = work->taxonomy->leaf[draft->event.type].bears;
    uint32_t mention, kept = 0;
    const uint32_t entity = jwi_event_speaker(work, &mention);
    if (!work->doc->issuer || entity == JW_NONE || draft->event.claim.entity == entity || draft->event.claim.sentence)
        return;
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].role != bears)
            draft->arg[kept++] = draft->arg[i];
    draft->arg_count = kept;
    draft->bearer = JW_NONE;
    draft->event.claim.entity = JW_NONE;
}

static struct event_draft *find_draft(struct event_work *work, uint32_t leaf)
{
    for (uint32_t i = 0; i < work->draft_count; i++)
        if (work->draft[i].event.type == leaf)
            return &work->draft[i];
    return NULL;
}

/* An event whose trigger is the subject line. */
static jw_status new_draft(struct event_work *work, struct event_draft **ret, jw_error *reterr)
{
    const jw_doc *const doc = work->doc;
    TRY(jwi_event_reserve(work, 1, reterr));
    struct event_draft *const draft = &work->draft[work->draft_count++];
    memset(draft, 0, sizeof *draft);
    draft->next = draft->bearer = JW_NONE;
    draft->event.type = doc->form.leaf;
    draft->event.second = JW_NONE;
    jw_claim *const claim = &draft->event.claim;
    claim->entity = JW_NONE;
    claim->text = doc->sentences[0].text;
    claim->tokens = doc->sentences[0].tokens;
    claim->magnitude = claim->degree = JW_SCALE;
    claim->conf = doc->form.clause_score;
    claim->direction = doc->form.direction;
    claim->progress = doc->form.progress ? doc->form.progress : JW_ANNOUNCED;
    *ret = draft;
    return JW_OK;
}

jw_status jwi_event_add_form(struct event_work *work, jw_error *reterr)
{
    const jw_form *const form = &work->doc->form;
    if (form->leaf >= work->taxonomy->leaf_count || !work->doc->sentence_count || !work->doc->token_count)
        return JW_OK;
    struct event_draft *draft = find_draft(work, form->leaf);
    const int is_new = !draft;
    if (is_new)
        TRY(new_draft(work, &draft, reterr));
    else
        correct_bearer(work, draft);
    if (draft->event.second == JW_NONE) /* else the subject line names the other side, or the parent */
        draft->event.second_share = work->taxonomy->leaf[draft->event.type].also_share;
    for (uint32_t i = 0; i < form->field_count; i++)
        add_field(work, &form->fields[i], draft);
    jwi_event_add_speaker(work, draft);
    if (!draft->event.claim.direction && form->direction) {
        draft->event.claim.direction = form->direction;
        draft->is_plain = 1;
    }
    if (is_new || draft->is_plain || form->flags & JW_FORM_ROUTINE)
        return jwi_event_weigh_plainly(work, draft, (form->flags & JW_FORM_ROUTINE) != 0, reterr);
    return JW_OK;
}
