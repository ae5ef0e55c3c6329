/* SPDX-License-Identifier: Apache-2.0 */
/* Where an event stands in the text: the range of its words, and all the words it rests on. */
#include "stage/event/event_weigh.h"

#include "base/search.h"
#include "doc/sense.h"

enum { VALUE_GAP = 14 };

/* 虧損|收斂: behind the last word that turns the event round. */
static uint32_t end_of_turn(const jw_doc *doc, jw_range clause, uint32_t end)
{
    enum { REACH = 6, TURNS = SENSE_failed | SENSE_escaped | SENSE_cancelled | SENSE_reversed };
    const uint32_t from = end;
    for (uint32_t i = SEARCH_FROM(doc->senses, doc->sense_count, tokens.start, from); i < doc->sense_count; i++) {
        const struct sense *const sense = &doc->senses[i];
        if (sense->tokens.start > from + REACH || sense->tokens.end > clause.end)
            break;
        if (sense->term->kinds & TURNS)
            end = sense->tokens.end;
    }
    return end;
}

void jwi_event_fill_why(const struct event_scene *scene, const struct event_draft *draft, const struct scope *scope, jw_range clause,
                     int by_value, jw_claim *claim)
{
    const jw_doc *const doc = scene->work->doc;
    jw_range tokens = claim->tokens;
    const uint32_t gap = by_value ? VALUE_GAP : 2; /* 營收 36.02 億元，月增 7.43%: the number alone tells the direction */
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if (draft->arg[i].value == JW_NONE || doc->values[draft->arg[i].value].kind != JW_VALUE_PERCENT)
            continue;
        const jw_range value = doc->values[draft->arg[i].value].tokens;
        if (value.start >= tokens.end && value.start <= tokens.end + gap && value.end <= scene->tokens.end)
            tokens.end = value.end;
    }
    if (scope_flips(scope) || scope->operators || claim->negation != JW_NEGATION_NONE) {
        uint32_t start = tokens.start < clause.start ? tokens.start : clause.start;
        for (uint32_t i = clause.start; i < tokens.start; i++)
            if (scene->work->mention_at[i] != JW_NONE && doc->links[scene->work->mention_at[i]].entity == claim->entity)
                start = i + 1;
        tokens.start = start;
        tokens.end = end_of_turn(doc, clause, tokens.end);
    }
    claim->why = (jw_range){doc->tokens[tokens.start].text.start, doc->tokens[tokens.end - 1].text.end};
}

void jwi_event_fill_range(const struct event_scene *scene, const struct event_match *match, jw_claim *claim)
{
    const struct event_hit *const trigger = &scene->hit[match->trigger];
    const uint32_t *const at = scene->work->room->units.at;
    claim->text = (jw_range){at[trigger->start], at[trigger->end]};
    claim->tokens = trigger->tokens;
    for (uint32_t i = match->own; i < match->pattern->count; i++) {
        const jw_range tokens = scene->hit[match->hit[i]].tokens;
        claim->tokens.start = tokens.start < claim->tokens.start ? tokens.start : claim->tokens.start;
        claim->tokens.end = tokens.end > claim->tokens.end ? tokens.end : claim->tokens.end;
    }
}
