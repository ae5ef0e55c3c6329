/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an event is worth and how it is said: direction, status, fact level, magnitude, degree, polarity (docs/FINANCE.md has the formula).
 * All factors are integers in 1/JW_SCALE, multiplied in a fixed order and rounded half away from zero.
 */
#include "stage/event/event.h"

#include "base/error.h"
#include "base/search.h"
#include "doc/sense.h"

#include <string.h>

enum { AMPLIFIED = 12000, DIMINISHED = 6000, TURNED = -5000, OFFICIAL = 11000, BARE = 7000, ASKED = 5000, PLUNGE = -3000, VALUE_GAP = 14 };

static int32_t times(int32_t a, int32_t b)
{
    const int64_t product = (int64_t)a * b;
    return (int32_t)((product + (product < 0 ? -JW_SCALE / 2 : JW_SCALE / 2)) / JW_SCALE);
}

static int32_t clamped(int32_t value, int32_t limit)
{
    return value > limit ? limit : value < -limit ? -limit : value;
}

static const struct event_role *role_of_arg(const struct event_work *work, const struct event_draft *draft, const jw_arg *arg)
{
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    for (uint32_t i = work->role_at[draft->event.type]; i < work->role_at[draft->event.type + 1]; i++) {
        const struct event_role *const role = &work->lex->role[i];
        if (role->role < leaf->role_count && leaf->roles[role->role] == arg->role)
            return role;
    }
    return NULL;
}

static const jw_value *value_of_slot(const struct event_work *work, const struct event_draft *draft, uint32_t slot)
{
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        const struct event_role *const role = role_of_arg(work, draft, &draft->arg[i]);
        if (role && role->slot == slot && draft->arg[i].value != JW_NONE)
            return &work->doc->values[draft->arg[i].value];
    }
    return NULL;
}

/* In hundredths, clamped; unknown is 0. */
static int64_t hundredths(jw_decimal value)
{
    if (!value.known)
        return 0;
    int64_t number = value.mantissa;
    for (int32_t power = value.power + 2; power < 0 && number; power++)
        number /= 10;
    for (int32_t power = value.power + 2; power > 0; power--) {
        if (number > INT64_MAX / 100 || number < -(INT64_MAX / 100))
            return number;
        number *= 10;
    }
    return number;
}

/* The change that the arguments state, in hundredths of a percent or of a point; false when they state none. */
static int find_change(const struct event_work *work, const struct event_draft *draft, int64_t *ret)
{
    const jw_value *const old = value_of_slot(work, draft, SLOT_OLD), *const new = value_of_slot(work, draft, SLOT_NEW);
    if (old && new && old->kind == new->kind && old->value.known &&new->value.known) {
        const int64_t from = hundredths(old->value), to = hundredths(new->value);
        *ret = old->kind == JW_VALUE_PERCENT ? to - from : from ? (to - from) * 100 / (from < 0 ? -from : from) * 100 : 0;
        return 1;
    }
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        const struct event_role *const role = role_of_arg(work, draft, &draft->arg[i]);
        if (!role || draft->arg[i].value == JW_NONE ||
            (role->slot != SLOT_YOY && role->slot != SLOT_MOM && !(role->slot == SLOT_PERCENT && role->is_change)))
            continue;
        const jw_value *const value = &work->doc->values[draft->arg[i].value];
        const jw_decimal number = value->value.known ? value->value : value->low;
        if (value->kind == JW_VALUE_PERCENT && number.known) {
            *ret = hundredths(number);
            return 1;
        }
        if (value->kind == JW_VALUE_RATIO && number.known) { /* 年增4倍 is 400 % */
            const int64_t most = INT32_MAX, part = hundredths(number);
            *ret = 100 * (part > most ? most : part < -most ? -most : part);
            return 1;
        }
    }
    return 0;
}

/* Class of schema 3.1: below 2, 5, 15, 30 percent, or more. */
uint32_t jwi_event_magnitude(int64_t change)
{
    static const int64_t limits[] = {200, 500, 1500, 3000};
    const int64_t size = change < 0 ? -change : change;
    uint32_t cls = 0;
    while (cls < 4 && size >= limits[cls])
        cls++;
    return cls;
}

static int is_of_class(const struct event_scene *scene, jw_range clause, uint32_t cls)
{
    for (uint32_t i = 0; i < scene->hit_count; i++)
        if (scene->hit[i].tokens.start >= clause.start && scene->hit[i].tokens.start < clause.end &&
            jwi_event_has_class(scene->work->lex, &scene->hit[i], cls))
            return 1;
    return 0;
}

static int32_t farther(int32_t a, int32_t b)
{
    const int32_t from_a = a > JW_SCALE ? a - JW_SCALE : JW_SCALE - a, from_b = b > JW_SCALE ? b - JW_SCALE : JW_SCALE - b;
    return from_b > from_a ? b : a;
}

/* Operators that are words of the match. */
struct own {
    uint32_t negations, operators;
    uint32_t kinds; /* enum sense_kind */
};

static int overlaps(const struct event_scene *scene, const struct event_match *match, jw_range tokens)
{
    for (uint32_t i = 0; i < match->pattern->count; i++) {
        const jw_range hit = scene->hit[match->hit[i]].tokens;
        if (tokens.start < hit.end && tokens.end > hit.start)
            return 1;
    }
    return 0;
}

static struct own find_own(const struct event_scene *scene, const struct event_match *match)
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

/*
 * What the scopes of the match's words say together; operators that are words of the match are left out: 未如期償還 is a default, not the
 * negation of one, and 調降 of a price is no forecast.
 */
static struct scope gather_scope(const struct event_scene *scene, const struct event_match *match)
{
    const jw_doc *const doc = scene->work->doc;
    const struct own own = find_own(scene, match);
    const int is_ahead = (own.kinds & (SENSE_forecast | SENSE_future)) != 0;
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
    scope.negations = (uint8_t)(scope.negations > own.negations ? scope.negations - own.negations : 0);
    scope.operators &= (uint16_t)~own.operators;
    return scope;
}

static int sign_of(const jw_value *value)
{
    const jw_decimal number = !value ? (jw_decimal){0} : value->value.known ? value->value : value->low;
    return !number.known ? 0 : number.mantissa > 0 ? 1 : number.mantissa < 0 ? -1 : 0;
}

/* 營收月減兩成，但年增一成; 營收小幅回溫、仍年減兩成: the change on the year tells the direction, unless what was expected does. */
static int direction_of_words(const struct event_scene *scene, const struct event_match *match, const struct event_draft *draft)
{
    const int on_year = sign_of(value_of_slot(scene->work, draft, SLOT_YOY)), on_month = sign_of(value_of_slot(scene->work, draft, SLOT_MOM));
    if (!on_year && on_month < 0) /* 月增-5% */
        return on_month;
    if (!on_year || (on_month && on_month != (match->direction > 0 ? 1 : -1)) || find_own(scene, match).kinds & SENSE_expect)
        return match->direction;
    return on_year;
}

static uint8_t find_direction(const struct event_scene *scene, const struct event_match *match, const struct event_draft *draft)
{
    int64_t change = 0;
    switch (match->pattern->direction) {
    case DIRECT_UP:
        return JW_DIRECTION_UP;
    case DIRECT_DOWN:
        return JW_DIRECTION_DOWN;
    case DIRECT_NONE:
        return JW_DIRECTION_NONE;
    case DIRECT_WORDS:
        if (match->direction)
            return direction_of_words(scene, match, draft) > 0 ? JW_DIRECTION_UP : JW_DIRECTION_DOWN;
        /* fall through */
    default:
        find_change(scene->work, draft, &change);
        return change > 0 ? JW_DIRECTION_UP : change < 0 ? JW_DIRECTION_DOWN : JW_DIRECTION_NONE;
    }
}

/* Priors with the sign of the direction; a leaf whose sign is that of its bearer has it as given. */
struct worth {
    int32_t market, credit;
};

static struct worth base_worth(const struct leaf *leaf, uint8_t direction)
{
    const int32_t sign = direction == JW_DIRECTION_UP ? 1 : direction == JW_DIRECTION_DOWN ? -1 : 0;
    return (struct worth){leaf->sign == SIGN_DIRECTION ? sign * leaf->market_prior : leaf->market_prior,
                          leaf->credit_sign == SIGN_DIRECTION ? sign * leaf->credit_prior : leaf->credit_prior};
}

/* A sum of money among the arguments is below zero. */
static int is_minus(const struct event_work *work, const struct event_draft *draft)
{
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if (draft->arg[i].value == JW_NONE)
            continue;
        const jw_value *const value = &work->doc->values[draft->arg[i].value];
        if (value->kind == JW_VALUE_MONEY && value->value.known && value->value.mantissa < 0)
            return 1;
    }
    return 0;
}

static int holds(const struct event_scene *scene, uint32_t kind, uint32_t arg, const struct event_draft *draft, const struct scope *scope,
                 jw_range clause)
{
    switch (kind) {
    case NOTE_WORD:
        return is_of_class(scene, arg & EVENT_FAR ? scene->tokens : clause, arg & ~(uint32_t)EVENT_FAR);
    case NOTE_PROGRESS:
        return draft->event.claim.progress == arg;
    case NOTE_DOWN:
        return draft->event.claim.direction == JW_DIRECTION_DOWN;
    case NOTE_UP:
        return draft->event.claim.direction == JW_DIRECTION_UP;
    case NOTE_REVERSED:
        return (scope->operators & OPERATOR_REVERSED) != 0;
    case NOTE_FORECAST:
        return scope->fact == JW_FORECAST || (scope->mood & JW_MOOD_FUTURE) != 0;
    case NOTE_FALLEN:
        return draft->event.claim.direction == JW_DIRECTION_DOWN && is_of_class(scene, clause, arg);
    case NOTE_MINUS:
        return is_minus(scene->work, draft);
    case NOTE_ALWAYS:
        return 1;
    case NOTE_PLUNGE:
        return draft->is_changed && draft->change < PLUNGE;
    case NOTE_LATER:
        return draft->event.claim.progress >= JW_ANNOUNCED && draft->event.claim.progress < JW_CANCELLED;
    case NOTE_NO_DIRECTION:
        return draft->event.claim.direction == JW_DIRECTION_NONE;
    default:
        return 0;
    }
}

static int32_t noted(int32_t value, uint8_t mode, int32_t number)
{
    return mode == NOTE_TIMES ? times(value, number) : mode == NOTE_VALUE ? number : value;
}

/* Notes that turn the direction or the leaf come first, then those of worth. */
static void apply_turns(const struct event_scene *scene, struct event_draft *draft, const struct scope *scope, jw_range clause)
{
    const struct event_work *const work = scene->work;
    const uint32_t leaf = draft->event.type;
    for (uint32_t i = work->note_at[leaf]; i < work->note_at[leaf + 1]; i++) {
        const struct event_note *const note = &work->lex->note[i];
        if ((!note->direction && note->becomes == EVENT_NO_LEAF) || !holds(scene, note->kind, note->arg, draft, scope, clause))
            continue;
        if (note->direction)
            draft->event.claim.direction = note->direction == DIRECT_UP ? JW_DIRECTION_UP : JW_DIRECTION_DOWN;
        if (note->becomes != EVENT_NO_LEAF)
            draft->event.type = note->becomes;
    }
}

static struct worth apply_notes(const struct event_scene *scene, const struct event_draft *draft, struct scope *scope, jw_range clause,
                                struct worth worth)
{
    const struct event_work *const work = scene->work;
    for (uint32_t i = work->note_at[draft->event.type]; i < work->note_at[draft->event.type + 1]; i++) {
        const struct event_note *const note = &work->lex->note[i];
        if (!holds(scene, note->kind, note->arg, draft, scope, clause))
            continue;
        worth.market = noted(worth.market, note->market_mode, note->market);
        worth.credit = noted(worth.credit, note->credit_mode, note->credit);
        if (note->kind == NOTE_REVERSED)
            scope->operators &= (uint16_t)~OPERATOR_REVERSED;
        if (note->kind == NOTE_PROGRESS && note->arg == JW_CANCELLED)
            scope->operators &= (uint16_t)~OPERATOR_CANCELLED;
    }
    return worth;
}

static uint8_t find_progress(const struct event_match *match, const struct scope *scope, const struct leaf *leaf)
{
    const int is_report = leaf->is_scheduled && leaf->code.len > 5 && !memcmp(leaf->code.at, "EARN.", 5);
    if (scope->operators & OPERATOR_DENIED && !scope_flips(scope))
        return JW_DENIED;
    if (scope->operators & OPERATOR_CANCELLED)
        return JW_CANCELLED;
    if (match->pattern->progress == JW_COMPLETED || match->pattern->progress == JW_CANCELLED)
        return match->pattern->progress;
    if (scope->progress)
        return scope->progress;
    if (scope->mood & JW_MOOD_FUTURE && !leaf->is_exempt)
        return JW_PLANNED;
    if (scope->fact == JW_RUMOUR || (scope->fact == JW_OPINION && !leaf->is_exempt))
        return JW_RUMOURED;
    if (match->pattern->progress)
        return match->pattern->progress;
    return is_report ? JW_REPORTED : JW_ANNOUNCED;
}

static uint32_t body_rank(const jw_doc *doc, uint32_t sentence)
{
    uint32_t rank = 0;
    while (rank < 2 && sentence > rank && doc->sentences[sentence - rank - 1].part == doc->sentences[sentence].part)
        rank++;
    return rank;
}

static uint32_t find_relevance(const jw_doc *doc, const jw_claim *claim)
{
    const uint32_t kind = doc->parts[doc->sentences[claim->sentence].part].kind;
    if (kind == JW_PART_REPLY || claim->mood & JW_MOOD_LISTED)
        return 20;
    return kind == JW_PART_TITLE ? 100 : body_rank(doc, claim->sentence) < 2 ? 80 : 50;
}

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

/*
 * Whom the indicator is about.  In the body of an article it is a firm that its own sentence names: what is carried over from elsewhere is as
 * often told of somebody else, and of a person or an authority there is no credit.
 */
static int names_debtor(const struct event_scene *scene, const struct event_draft *draft)
{
    const struct event_work *const work = scene->work;
    const jw_doc *const doc = work->doc;
    if (doc->parts[doc->sentences[scene->sentence].part].kind != JW_PART_BODY)
        return 1;
    const uint32_t firms = 1u << TYPE_COM | 1u << TYPE_FIN | 1u << TYPE_SEC, trigger = draft->event.claim.tokens.start;
    const jw_bytes leaf = work->taxonomy->leaf[draft->event.type].code;
    const int is_severe = leaf.len >= 8 && (!memcmp(leaf.at, "CRD.", 4) || !memcmp(leaf.at, "LAW.FRAU", 8) || !memcmp(leaf.at, "OPS.ACCI", 8));
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if ((i != draft->bearer && draft->arg[i].role != work->taxonomy->parent_role) || draft->arg[i].mention == JW_NONE)
            continue;
        const jw_range name = doc->mentions[draft->arg[i].mention].tokens;
        if (event_type_of(work, draft->arg[i].mention) & firms && name.start >= scene->tokens.start &&
            !jwi_event_is_means(work, draft->arg[i].mention) && !(is_severe && has_other_subject(scene, name.end, trigger)))
            return 1;
    }
    return 0;
}

/* Rank of the indicator + 1; an event that is turned round raises none, nor does a channel the indicator does not count. */
static uint16_t find_credit(const struct event_scene *scene, const struct event_draft *draft, const struct scope *scope)
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
            !holds(scene, row->kind, row->arg, draft, scope, scene->tokens) ||
            (row->without && is_of_class(scene, scene->tokens, row->without - 1u)))
            continue;
        return (uint16_t)(row->code + 1);
    }
    return 0;
}

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

/*
 * Words the event rests on: those of the match and the value of its change; and, when something turns it round, all from the bearer on:
 * 並未否認客戶砍單.
 */
static void fill_why(const struct event_scene *scene, const struct event_draft *draft, const struct scope *scope, jw_range clause,
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

static void fill_range(const struct event_scene *scene, const struct event_match *match, jw_claim *claim)
{
    const struct event_hit *const trigger = &scene->hit[match->hit[match->pattern->trigger]];
    const uint32_t *const at = scene->work->room->units.at;
    claim->text = (jw_range){at[trigger->start], at[trigger->end]};
    claim->tokens = trigger->tokens;
    for (uint32_t i = 0; i < match->pattern->count; i++) {
        const jw_range tokens = scene->hit[match->hit[i]].tokens;
        claim->tokens.start = tokens.start < claim->tokens.start ? tokens.start : claim->tokens.start;
        claim->tokens.end = tokens.end > claim->tokens.end ? tokens.end : claim->tokens.end;
    }
}

int32_t jwi_event_market(int32_t base, const jw_claim *claim)
{
    return clamped(times(times(base, claim->magnitude), claim->degree), JW_SCALE);
}

jw_status jwi_event_weigh_plainly(struct event_work *work, struct event_draft *draft, int is_routine, jw_error *reterr)
{
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    jw_claim *const claim = &draft->event.claim;
    struct worth worth = base_worth(leaf, claim->direction);
    if (leaf->sign == SIGN_FIXED && claim->direction == JW_DIRECTION_UP && worth.market < 0) /* 復工, 恢復交易 */
        worth = (struct worth){times(worth.market, TURNED), times(worth.credit, TURNED)};
    draft->base_market = is_routine ? 0 : worth.market;
    claim->market = jwi_event_market(draft->base_market, claim);
    claim->credit = is_routine ? 0 : clamped(worth.credit, 3 * JW_SCALE);
    claim->aspect = leaf->aspect;
    draft->event.flags = (uint8_t)(leaf->is_scheduled ? JW_EVENT_SCHEDULED : 0);
    draft->event.relevance = find_relevance(work->doc, claim);
    if (draft->event.relevance == 100)
        draft->event.flags |= JW_EVENT_TITLE;
    return jwi_event_write_rule(work, draft, reterr);
}

jw_status jwi_event_weigh(const struct event_scene *scene, const struct event_match *match, struct event_draft *draft, jw_error *reterr)
{
    static const int32_t magnitudes[] = {5000, 7500, 10000, 12500, 15000};
    const struct event_work *const work = scene->work;
    jw_claim *const claim = &draft->event.claim;
    const jw_range clause = jwi_event_clause(scene, scene->hit[match->hit[match->pattern->trigger]].tokens.start);
    struct scope scope = gather_scope(scene, match);
    if (match->pattern->fact)
        scope.fact = (uint8_t)(match->pattern->fact - 1);
    fill_range(scene, match, claim);
    claim->sentence = scene->sentence;
    claim->direction = find_direction(scene, match, draft);
    claim->fact = scope.fact;
    claim->mood = scope.mood;
    draft->is_changed = (uint8_t)find_change(work, draft, &draft->change);
    apply_turns(scene, draft, &scope, clause);
    const struct leaf *const leaf = &work->taxonomy->leaf[draft->event.type];
    claim->progress = find_progress(match, &scope, leaf);
    const uint32_t flips = scope_flips(&scope) + (scope.operators & OPERATOR_DENIED ? 1 : 0);
    claim->negation = (uint8_t)(claim->progress == JW_DENIED || claim->progress == JW_CANCELLED || !flips ? JW_NEGATION_NONE
                                : flips % 2                                                               ? JW_NEGATED
                                                                                                          : JW_NEGATED_TWICE);
    struct worth worth = base_worth(leaf, claim->direction);
    worth = apply_notes(scene, draft, &scope, clause, worth);
    claim->magnitude = draft->is_changed ? magnitudes[jwi_event_magnitude(draft->change)] : JW_SCALE;
    claim->degree = times(scope.degree, match->flags & TAG_STRONG ? AMPLIFIED : match->flags & TAG_WEAK ? DIMINISHED : JW_SCALE);
    const int32_t factor = scope_factor(&scope, leaf->is_exempt);
    draft->base_market = times(worth.market, factor);
    claim->market = jwi_event_market(draft->base_market, claim);
    claim->credit = clamped(times(worth.credit, factor), 3 * JW_SCALE);
    if (work->doc->meta.source_type == JW_OFFICIAL)
        claim->credit = clamped(times(claim->credit, OFFICIAL), 3 * JW_SCALE);
    draft->event.credit_code = find_credit(scene, draft, &scope);
    fill_why(scene, draft, &scope, clause, match->pattern->direction == DIRECT_VALUE && claim->direction, claim);
    claim->conf = leaf->bears != JW_NONE && claim->entity == JW_NONE ? times(match->pattern->conf, BARE) : match->pattern->conf;
    if (scope.mood & JW_MOOD_QUESTION)
        claim->conf = times(claim->conf, ASKED);
    claim->conf = jwi_event_confidence(work->lex, claim->conf);
    claim->aspect = leaf->aspect;
    draft->event.flags = leaf->is_scheduled ? JW_EVENT_SCHEDULED : 0;
    draft->event.relevance = find_relevance(work->doc, claim);
    if (draft->event.relevance == 100)
        draft->event.flags |= JW_EVENT_TITLE;
    TRY(jwi_event_write_rule(scene->work, draft, reterr));
    return jwi_event_write_path(scene, match, draft, reterr);
}
