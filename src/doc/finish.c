/* SPDX-License-Identifier: Apache-2.0 */
/* See finish.h. */
#include "doc/finish.h"

#include "base/error.h"
#include "base/sort.h"

static void number_events(jw_doc *doc)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < doc->event_count; i++) {
        jw_event *const event = &doc->events[i];
        event->number = event->same == i ? ++number : doc->events[event->same].number;
    }
}

static int is_after(const void *context, uint32_t a, uint32_t b)
{
    const struct event_mark *const x = (const struct event_mark *)context + a, *const y = (const struct event_mark *)context + b;
    if (x->text.start != y->text.start)
        return x->text.start > y->text.start;
    if (x->text.end != y->text.end)
        return x->text.end > y->text.end;
    return x->number != y->number ? x->number > y->number : x->role + 1 > y->role + 1;
}

/* Never more than there are events and arguments, so that a shared argument costs a mark and not memory. */
static uint32_t collect(const jw_doc *doc, struct event_mark *ret)
{
    const uint32_t most = doc->event_count + doc->event_arg_count;
    uint32_t n = 0;
    for (uint32_t i = 0; i < doc->event_count; i++) {
        const jw_event *const event = &doc->events[i];
        if (event->same != i || n == most)
            continue;
        ret[n++] = (struct event_mark){event->claim.text, event->number, JW_NONE};
        for (uint32_t a = 0; a < event->arg_count && n < most; a++) {
            const jw_arg *const arg = &doc->event_args[event->first_arg + a];
            ret[n++] = (struct event_mark){arg->text, event->number, arg->role};
        }
    }
    return n;
}

jw_status jwi_doc_finish_events(jw_doc *doc, jw_error *reterr)
{
    number_events(doc);
    const uint32_t most = doc->event_count + doc->event_arg_count;
    struct event_mark *const marks = PUSH(&doc->arena, struct event_mark, most);
    struct event_mark *const sorted = PUSH(&doc->arena, struct event_mark, most);
    uint32_t *const order = PUSH(&doc->arena, uint32_t, 2 * (size_t)most);
    if (!marks || !sorted || !order)
        return jwi_fail_memory(reterr);
    const uint32_t n = collect(doc, marks);
    jwi_sort(order, order + most, n, is_after, marks);
    for (uint32_t i = 0; i < n; i++)
        sorted[i] = marks[order[i]];
    doc->event_marks = sorted;
    doc->event_mark_count = n;
    return JW_OK;
}
