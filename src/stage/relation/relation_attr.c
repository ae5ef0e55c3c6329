/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes of relations; see relation_attr.h. */
#include "stage/relation/relation_attr.h"

#include <string.h>

/* The relation's attributes as they are put together. */
struct list {
    const jw_doc *doc;
    jw_range near; /* bytes where numbers and products may stand */
    jw_arg *args;
    uint32_t len;
};

static jw_range text_of(const struct relation_text *text, struct unit_span span)
{
    return (jw_range){text->units.at[span.start], text->units.at[span.end]};
}

static int overlaps(jw_range a, jw_range b)
{
    return a.start < b.end && b.start < a.end;
}

static void push(struct list *list, const char *role, jw_range text, uint32_t mention, uint32_t entity, uint32_t value)
{
    const jw_bytes name = {role, strlen(role)};
    const uint32_t id = jw_model_label_id(list->doc->model, JW_LABELS_ROLE, name);
    list->args[list->len++] = (jw_arg){text, mention, entity, value, (uint16_t)id, 0};
}

/* The first value of the kind that is a level and no change. */
static void push_value(struct list *list, const char *role, uint32_t kind)
{
    const jw_doc *const doc = list->doc;
    for (uint32_t i = 0; i < doc->value_count; i++) {
        const jw_value *const value = &doc->values[i];
        if (value->kind != kind || !overlaps(value->text, list->near) ||
            (value->compare != JW_COMPARE_NONE && value->compare != JW_COMPARE_ABS))
            continue;
        push(list, role, value->text, JW_NONE, JW_NONE, i);
        return;
    }
}

/* The first product that is neither head nor tail. */
static void push_product(struct list *list, const jw_relation *relation)
{
    static const jw_bytes product = {"PRD", 3};
    const jw_doc *const doc = list->doc;
    const uint32_t label = jw_model_label_id(doc->model, JW_LABELS_MENTION, product);
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const jw_range tokens = doc->mentions[i].tokens;
        const jw_range at = {doc->tokens[tokens.start].text.start, doc->tokens[tokens.end - 1].text.end};
        if (doc->mentions[i].type != label || !overlaps(at, list->near) || i == relation->head_mention || i == relation->tail_mention)
            continue;
        push(list, "product", at, i, doc->links[i].entity, JW_NONE);
        return;
    }
}

/* The title in the words that say it: 董事長 in 出任董事長. */
static struct unit_span title_in(const struct relation_text *text, struct unit_span span)
{
    struct rule_hit hit;
    for (uint32_t at = span.start; at < span.end; at++)
        if (jwi_relation_hits(text->rules, text->units, at, span.end, &hit, 1) && hit.start == at && hit.end == span.end &&
            list_has(&hit.lists, LIST_TITLE))
            return (struct unit_span){at, span.end};
    return span;
}

uint32_t jwi_relation_attributes(const struct relation_text *text, const jw_doc *doc, const struct relation_draft *draft, jw_arg *args)
{
    struct list list = {doc, text_of(text, draft->near), args, 0};
    if (draft->attrs & ATTR_POSITION && draft->title.end > draft->title.start)
        push(&list, "position", text_of(text, title_in(text, draft->title)), JW_NONE, JW_NONE, JW_NONE);
    if (draft->attrs & ATTR_PCT)
        push_value(&list, "pct", JW_VALUE_PERCENT);
    if (draft->attrs & ATTR_AMOUNT)
        push_value(&list, "amount", JW_VALUE_MONEY);
    if (draft->attrs & ATTR_PRODUCT)
        push_product(&list, &draft->relation);
    return list.len;
}
