/* SPDX-License-Identifier: Apache-2.0 */
/* How an event is said: what the scopes of its words say together, without the operators that are words of its own. */
#include "stage/event/event_weigh.h"

#include "doc/sense.h"

static int32_t farther(int32_t a, int32_t b)
{
    const int32_t from_a = a > JW_SCALE ? a - JW_SCALE : JW_SCALE - a, from_b = b > JW_SCALE ? b - JW_SCALE : JW_SCALE - b;
    return from_b > from_a ? b : a;
}

static int overlaps(const struct event_scene *scene, const struct event_match *match, jw_range tokens)
{
    for (uint32_t i = 0; i < match->pattern->count; i++) {
        const jw_range hit = scene->hit[match->hit[i]].tokens;
        if (tokens.start < hit.end && tokens.end > hit.start)
            return 1;
    }
    return 0;
}

struct own jwi_event_own(const struct event_scene *scene, const struct event_match *match)
{
    static const struct {
        uint32_t kind, operators;
    } table[] = {{SENSE_failed, OPERATOR_FAILED},     {SENSE_escaped, OPERATOR_ESCAPED},
                 {SENSE_denied, OPERATOR_DENIED},     {SENSE_cancelled, OPERATOR_CANCELLED},
                 {SENSE_reversed, OPERATOR_REVERSED}, {SENSE_worsened, OPERATOR_WORSENED},
                 {SENSE_doubted, OPERATOR_DOUBTED},   {SENSE_expect, OPERATOR_MISSED | OPERATOR_BEATEN}};
    const jw_doc *const doc = scene->work->doc;
    struct own own = {0, 0, 0};
    for (uint32_t i = scene->senses.start; i < scene->senses.end; i++) {
        const struct sense *const sense = &doc->senses[i];
        if (!overlaps(scene, match, sense->tokens))
            continue;
        own.kinds |= sense->term->kinds;
        own.negations += sense->term->kinds & SENSE_negation ? 1 : 0;
        for (size_t k = 0; k < sizeof table / sizeof *table; k++)
            own.operators |= sense->term->kinds & table[k].kind ? table[k].operators : 0;
    }
    return own;
}

struct scope jwi_event_scope(const struct event_scene *scene, const struct event_match *match, const struct own *own)
{
    const jw_doc *const doc = scene->work->doc;
    const int is_ahead = (own->kinds & (SENSE_forecast | SENSE_future)) != 0;
    struct scope scope = doc->scopes[scene->hit[match->hit[0]].tokens.start];
    for (uint32_t i = 0; i < match->pattern->count; i++) {
        const struct scope *const last = &doc->scopes[scene->hit[match->hit[i]].tokens.end - 1];
        scope.negations = last->negations > scope.negations ? last->negations : scope.negations;
        scope.degree = farther(scope.degree, last->degree);
        scope.operators |= last->operators;
        scope.mood |= is_ahead ? last->mood & (uint8_t)~JW_MOOD_FUTURE : last->mood;
        if (last->fact != JW_FACT && scope.fact == JW_FACT && !(is_ahead && last->fact == JW_FORECAST))
            scope.fact = last->fact;
        if (!scope.progress && !is_ahead)
            scope.progress = last->progress;
    }
    scope.negations = (uint8_t)(scope.negations > own->negations ? scope.negations - own->negations : 0);
    scope.operators &= (uint16_t)~own->operators;
    return scope;
}
