/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drafts become the layer: those that say the same are merged, the first speaks for all with the arguments, the magnitude and the degree
 * that any of them states, and gets its key.
 * Method: drafts of one type and bearer are chained; two are the same when neither direction, period nor amount of the one contradicts the
 * other's.  A chain is followed for a fixed number of steps, so that cost is linear.
 */
#include "stage/event/event.h"

#include "base/cells.h"
#include "base/checksum.h"
#include "base/error.h"
#include "base/hash.h"
#include "doc/finish.h"
#include "doc/value_text.h"

#include <string.h>

enum { CHAIN_STEPS = 16, KEY_TEXT = 1024 };

static int agree_periods(jw_period a, jw_period b)
{
    return a.grain == JW_GRAIN_NONE || b.grain == JW_GRAIN_NONE || !memcmp(&a, &b, sizeof a);
}

static int agree_changes(const struct event_draft *a, const struct event_draft *b)
{
    return !a->is_changed || !b->is_changed || jwi_event_magnitude(a->change) == jwi_event_magnitude(b->change);
}

/* 停工 and 復工 are two events; 營收 without a direction is the one that rises elsewhere. */
static int agree_directions(const struct leaf *leaf, const struct event_draft *a, const struct event_draft *b)
{
    const uint8_t one = a->event.claim.direction, other = b->event.claim.direction;
    return one == other || (leaf->sign == SIGN_DIRECTION && (!one || !other));
}

static int agree_progress(const struct event_draft *a, const struct event_draft *b)
{
    const uint8_t one = a->event.claim.progress, other = b->event.claim.progress;
    return (one == JW_CANCELLED) == (other == JW_CANCELLED);
}

static int is_same(const struct event_work *work, const struct event_draft *a, const struct event_draft *b)
{
    return a->event.type == b->event.type && a->event.claim.entity == b->event.claim.entity &&
           agree_periods(a->event.period, b->event.period) && agree_directions(&work->taxonomy->leaf[a->event.type], a, b) &&
           agree_changes(a, b) && agree_progress(a, b);
}

static int has_role(const struct event_draft *draft, uint32_t role)
{
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].role == role)
            return 1;
    return 0;
}

/* Adds what the first does not say yet. */
static void unite(struct event_draft *first, const struct event_draft *more)
{
    for (uint32_t i = 0; i < more->arg_count && first->arg_count < LEAF_ROLES; i++)
        if (!has_role(first, more->arg[i].role))
            first->arg[first->arg_count++] = more->arg[i];
    jw_event *const event = &first->event;
    if (!event->period.grain)
        event->period = more->event.period;
    if (!event->date.grain)
        event->date = more->event.date;
    if (event->second == JW_NONE)
        event->second = more->event.second;
    if (!event->claim.direction && more->event.claim.direction && !event->claim.market) {
        event->claim.direction = more->event.claim.direction;
        event->claim.rule = more->event.claim.rule;
        event->claim.credit = more->event.claim.credit;
        first->base_market = more->base_market;
    }
    if (!first->is_changed && more->is_changed) {
        first->is_changed = 1;
        first->change = more->change;
        event->claim.magnitude = more->event.claim.magnitude;
    }
    const int32_t far = more->event.claim.degree - JW_SCALE, near = event->claim.degree - JW_SCALE;
    if ((far < 0 ? -far : far) > (near < 0 ? -near : near))
        event->claim.degree = more->event.claim.degree;
    event->flags |= more->event.flags & JW_EVENT_TITLE;
    event->relevance = more->event.relevance > event->relevance ? more->event.relevance : event->relevance;
    event->claim.market = jwi_event_market(first->base_market, &event->claim);
}

/* Sets `same` of every draft. */
static jw_status merge(struct event_work *work, jw_error *reterr)
{
    uint32_t size = 16;
    while (size < work->draft_count * 2)
        size *= 2;
    uint32_t *const head = PUSH(work->room->scratch, uint32_t, size);
    if (!head)
        return jwi_fail_memory(reterr);
    memset(head, 0xff, size * sizeof *head);
    for (uint32_t i = 0; i < work->draft_count; i++) {
        struct event_draft *const draft = &work->draft[i];
        uint32_t *const slot = &head[hash_join(draft->event.type, draft->event.claim.entity) & (size - 1)];
        uint32_t at = *slot;
        for (int step = 0; at != JW_NONE && step < CHAIN_STEPS && !is_same(work, &work->draft[at], draft); step++)
            at = work->draft[at].next;
        if (at != JW_NONE && is_same(work, &work->draft[at], draft)) {
            draft->event.same = at;
            unite(&work->draft[at], draft);
        } else {
            draft->event.same = i;
            draft->next = *slot;
            *slot = i;
        }
    }
    return JW_OK;
}

struct text {
    char at[KEY_TEXT];
    size_t len;
};

static void put(struct text *text, jw_bytes more)
{
    for (size_t i = 0; i < more.len && text->len < KEY_TEXT; i++)
        text->at[text->len++] = more.at[i];
}

static void put_name(struct text *text, const char *name)
{
    put(text, (jw_bytes){name, strlen(name)});
}

/* `role=eid` of every linked holder, sorted, with commas between. */
static void put_holders(struct text *text, const struct event_work *work, const struct event_draft *draft)
{
    const jw_doc *const doc = work->doc;
    uint32_t order[LEAF_ROLES], n = 0;
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if (draft->arg[i].entity == JW_NONE)
            continue;
        uint32_t at = n++;
        for (; at > 0; at--) {
            const jw_arg *const other = &draft->arg[order[at - 1]], *const arg = &draft->arg[i];
            const int by_role = bytes_order(work->taxonomy->role[arg->role], work->taxonomy->role[other->role]);
            if (by_role > 0 || (!by_role && bytes_order(doc->entities[arg->entity].eid, doc->entities[other->entity].eid) >= 0))
                break;
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    for (uint32_t i = 0; i < n; i++) {
        put_name(text, i ? "," : "");
        put(text, work->taxonomy->role[draft->arg[order[i]].role]);
        put_name(text, "=");
        put(text, doc->entities[draft->arg[order[i]].entity].eid);
    }
}

/* floor(4 log10 of the amount), from its digits: a quarter more at 1.778, 3.162 and 5.623. */
static int money_bucket(jw_decimal value)
{
    static const int64_t quarters[] = {17782794, 31622777, 56234133};
    int64_t number = value.mantissa < 0 ? -value.mantissa : value.mantissa;
    int power = value.power;
    if (!number)
        return 0;
    for (; number >= 100000000; power++)
        number /= 10;
    for (; number < 10000000; power--)
        number *= 10;
    int quarter = 0;
    while (quarter < 3 && number >= quarters[quarter])
        quarter++;
    return 4 * (power + 7) + quarter;
}

static void put_number(struct text *text, int number)
{
    char digits[12];
    int n = 0;
    if (number < 0)
        put_name(text, "-");
    for (unsigned rest = number < 0 ? 0u - (unsigned)number : (unsigned)number; rest || !n; rest /= 10)
        digits[n++] = (char)('0' + rest % 10);
    while (n > 0)
        put(text, (jw_bytes){&digits[--n], 1});
}

static void put_bucket(struct text *text, const struct event_work *work, const struct event_draft *draft)
{
    if (draft->is_changed) {
        put_name(text, "pct:");
        put_number(text, (int)jwi_event_magnitude(draft->change));
        return;
    }
    const char *const home = work->doc->meta.region == JW_HK ? "HKD" : "TWD";
    for (uint32_t i = 0; i < draft->arg_count; i++) {
        if (draft->arg[i].value == JW_NONE)
            continue;
        const jw_value *const value = &work->doc->values[draft->arg[i].value];
        if (value->kind == JW_VALUE_MONEY && value->value.known && !strcmp(value->currency, home)) {
            put_name(text, "m:");
            put_number(text, money_bucket(value->value));
            return;
        }
    }
    put_name(text, "-");
}

static uint64_t key_of(const struct event_work *work, const struct event_draft *draft)
{
    static const char *const directions[] = {"none", "up", "down"};
    static const jw_period nothing;
    struct text text = {.len = 0};
    char period[PERIOD_TEXT];
    put(&text, work->taxonomy->leaf[draft->event.type].code);
    put_name(&text, "\x1f");
    put_name(&text, directions[draft->event.claim.direction]);
    put_name(&text, "\x1f");
    put_holders(&text, work, draft);
    put_name(&text, "\x1f");
    put_name(&text, jwi_period_text(draft->event.period, nothing, period) ? period : "-");
    put_name(&text, "\x1f");
    put_bucket(&text, work, draft);
    return jwi_checksum((jw_bytes){text.at, text.len});
}

static jw_status copy_out(const struct event_work *work, jw_error *reterr)
{
    jw_doc *const doc = work->doc;
    uint32_t args = 0;
    for (uint32_t i = 0; i < work->draft_count; i++)
        args += work->draft[i].arg_count;
    doc->events = PUSH(&doc->arena, jw_event, work->draft_count);
    doc->event_args = PUSH(&doc->arena, jw_arg, args);
    if (!doc->events || !doc->event_args)
        return jwi_fail_memory(reterr);
    doc->event_count = work->draft_count;
    doc->event_arg_count = 0;
    for (uint32_t i = 0; i < work->draft_count; i++) {
        const struct event_draft *const draft = &work->draft[i];
        doc->events[i] = draft->event;
        doc->events[i].first_arg = doc->event_arg_count;
        doc->events[i].arg_count = draft->arg_count;
        memcpy(doc->event_args + doc->event_arg_count, draft->arg, draft->arg_count * sizeof *draft->arg);
        doc->event_arg_count += draft->arg_count;
    }
    return JW_OK;
}

jw_status jwi_event_publish(struct event_work *work, jw_error *reterr)
{
    TRY(merge(work, reterr));
    for (uint32_t i = 0; i < work->draft_count; i++)
        if (work->draft[i].event.same == i)
            work->draft[i].event.key = key_of(work, &work->draft[i]);
    for (uint32_t i = 0; i < work->draft_count; i++)
        work->draft[i].event.key = work->draft[work->draft[i].event.same].event.key;
    TRY(copy_out(work, reterr));
    return jwi_doc_finish_events(work->doc, reterr);
}
