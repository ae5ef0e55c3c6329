/* SPDX-License-Identifier: Apache-2.0 */
/* How an event explains itself: the name of its rule and the path of words it rests on. */
#include "stage/event/event.h"

#include "base/error.h"

#include <string.h>

static jw_bytes surface(const jw_doc *doc, jw_range tokens)
{
    const uint32_t start = doc->tokens[tokens.start].text.start;
    return (jw_bytes){doc->text.at + start, doc->tokens[tokens.end - 1].text.end - start};
}

struct text {
    char *at;
    size_t len, cap;
};

static void put(struct text *text, jw_bytes more)
{
    for (size_t i = 0; i < more.len && text->len < text->cap; i++)
        text->at[text->len++] = more.at[i];
}

static void put_name(struct text *text, const char *name)
{
    put(text, (jw_bytes){name, strlen(name)});
}

/* GROUP.LEAF_NAME becomes leaf_name, then what was made of it: guidance.down, order_loss.not_denied. */
static void put_rule(struct text *text, const struct leaf *leaf, const jw_claim *claim)
{
    size_t dot = 0;
    while (dot < leaf->code.len && leaf->code.at[dot] != '.')
        dot++;
    for (size_t i = dot + 1; i < leaf->code.len; i++) {
        const char c = leaf->code.at[i] >= 'A' && leaf->code.at[i] <= 'Z' ? (char)(leaf->code.at[i] + 32) : leaf->code.at[i];
        put(text, (jw_bytes){&c, 1});
    }
    if (claim->direction)
        put_name(text, claim->direction == JW_DIRECTION_UP ? ".up" : ".down");
    if (claim->progress == JW_DENIED)
        put_name(text, ".denied");
    else if (claim->progress == JW_CANCELLED)
        put_name(text, ".cancelled");
    else if (claim->negation == JW_NEGATED_TWICE)
        put_name(text, ".not_denied");
    else if (claim->negation == JW_NEGATED)
        put_name(text, ".negated");
}

/* Two words and the arc between them, the first in the text first: 營收<-nsubj-年增, 下修-obj->展望. */
static void put_arc(struct text *text, const jw_doc *doc, jw_range a, jw_range b)
{
    for (uint32_t i = a.start; i < a.end; i++)
        for (uint32_t k = b.start; k < b.end; k++) {
            const int is_left = doc->arcs[i].head == k, is_right = doc->arcs[k].head == i;
            if (!is_left && !is_right)
                continue;
            put_name(text, is_left ? "<-" : "-");
            const char *const name = jw_model_label(doc->model, JW_LABELS_DEP, is_left ? doc->arcs[i].rel : doc->arcs[k].rel);
            put_name(text, name ? name : "dep");
            put_name(text, is_left ? "-" : "->");
            return;
        }
    put_name(text, "..");
}

static void put_path(struct text *text, const struct event_scene *scene, const struct event_match *match)
{
    const jw_doc *const doc = scene->work->doc;
    const int has_arcs = (doc->layers & JW_LAYER_ARCS) != 0;
    const jw_range first = scene->hit[match->hit[0]].tokens;
    if (match->pattern->count == 1 && has_arcs) {
        const uint32_t head = doc->arcs[first.start].head;
        const jw_range above = {head, head + 1};
        if (head != JW_NONE && head < first.start) {
            put(text, surface(doc, above));
            put_arc(text, doc, above, first);
        }
    }
    put(text, surface(doc, first));
    for (uint32_t i = 1; i < match->pattern->count; i++) {
        const jw_range before = scene->hit[match->hit[i - 1]].tokens, here = scene->hit[match->hit[i]].tokens;
        if (has_arcs)
            put_arc(text, doc, before, here);
        else
            put_name(text, "..");
        put(text, surface(doc, here));
    }
}

jw_status jwi_event_write_rule(struct event_work *work, struct event_draft *draft, jw_error *reterr)
{
    enum { RULE = 64 };
    struct text rule = {PUSH(&work->doc->arena, char, RULE), 0, RULE};
    if (!rule.at)
        return jwi_fail_memory(reterr);
    put_rule(&rule, &work->taxonomy->leaf[draft->event.type], &draft->event.claim);
    draft->event.claim.rule = (jw_bytes){rule.at, rule.len};
    return JW_OK;
}

jw_status jwi_event_write_path(const struct event_scene *scene, const struct event_match *match, struct event_draft *draft,
                               jw_error *reterr)
{
    enum { WORD = 64, ARC = 24 };
    const size_t cap = (size_t)(EVENT_ELEMENTS + 1) * (WORD + ARC);
    struct text path = {PUSH(&scene->work->doc->arena, char, cap), 0, cap};
    if (!path.at)
        return jwi_fail_memory(reterr);
    put_path(&path, scene, match);
    draft->event.claim.path = (jw_bytes){path.at, path.len};
    return JW_OK;
}
