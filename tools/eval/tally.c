/* SPDX-License-Identifier: Apache-2.0 */
/* Counting by sorting: cases sorted by kind and place fall into runs; runs sorted by length are the table. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

enum { PLACES = 4 };

/* A run of equal keys; `at` is its first case. */
struct run {
    uint32_t at, len;
    const char *name;
};

static jw_status add_bytes(struct eval_tally *tally, const char *at, size_t len, jw_error *reterr)
{
    for (size_t i = 0; i < len; i++) {
        TRY(jwi_eval_grow(&tally->line, tally->line_len, &tally->line_cap, 1, reterr));
        tally->line[tally->line_len++] = at[i];
    }
    return JW_OK;
}

jw_status jwi_eval_line_add(struct eval_tally *tally, const char *text, jw_error *reterr)
{
    return add_bytes(tally, text, strlen(text), reterr);
}

jw_status jwi_eval_line_codes(struct eval_tally *tally, const uint32_t *code, uint32_t len,
                              jw_error *reterr)
{
    for (uint32_t i = 0; i < len; i++) {
        char bytes[4];
        TRY(add_bytes(tally, bytes, jwi_utf8_encode(code[i], bytes), reterr));
    }
    return JW_OK;
}

jw_status jwi_eval_line_change(struct eval_tally *tally, uint32_t from, uint32_t to,
                               jw_error *reterr)
{
    TRY(jwi_eval_line_add(tally, jwi_eval_string(tally->pool, from), reterr));
    if (from == to)
        return JW_OK;
    TRY(jwi_eval_line_add(tally, " -> ", reterr));
    return jwi_eval_line_add(tally, jwi_eval_string(tally->pool, to), reterr);
}

jw_status jwi_eval_line_end(struct eval_tally *tally, uint32_t *ret, jw_error *reterr)
{
    size_t len = tally->line_len;
    tally->line_len = 0;
    return jwi_eval_intern(tally->pool, tally->line, len, ret, reterr);
}

jw_status jwi_eval_tally_add(struct eval_tally *tally, uint32_t what, uint32_t place,
                             jw_error *reterr)
{
    TRY(jwi_eval_grow(&tally->at, tally->len, &tally->cap, sizeof(*tally->at), reterr));
    tally->at[tally->len++] = (struct eval_case){what, place};
    return JW_OK;
}

static int compare_cases(const void *a, const void *b)
{
    const struct eval_case *x = a, *y = b;
    if (x->what != y->what)
        return x->what < y->what ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static int compare_runs(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    if (x->len != y->len)
        return x->len > y->len ? -1 : 1;
    return strcmp(x->name, y->name);
}

static uint32_t key_of(const struct eval_tally *tally, bool by_place, uint32_t i)
{
    return by_place ? tally->at[i].place : tally->at[i].what;
}

/* Runs of equal `what` (or, inside one, of equal place) among the cases, longest first; returns how many. */
static uint32_t find_runs(const struct eval_tally *tally, bool by_place, jw_range cases,
                          struct run *ret)
{
    uint32_t n = 0;
    for (uint32_t i = cases.start; i < cases.end; i++) {
        uint32_t key = key_of(tally, by_place, i);
        if (i == cases.start || key != key_of(tally, by_place, i - 1))
            ret[n++] = (struct run){i, 0, jwi_eval_string(tally->pool, key)};
        ret[n - 1].len++;
    }
    qsort(ret, n, sizeof(*ret), compare_runs);
    return n;
}

/* "  12  NOUN -> VERB    發展 3, 投資 2, 合作"; `room` has space for the places. */
static void print_run(FILE *out, const struct eval_tally *tally, const struct run *run,
                      struct run *room)
{
    bool has_places = tally->at[run->at].place != EVAL_EMPTY;
    uint32_t n =
        has_places ? find_runs(tally, true, (jw_range){run->at, run->at + run->len}, room) : 0;
    fprintf(out, "%7u  %s", run->len, run->name);
    for (uint32_t i = 0; i < n && i < PLACES; i++) {
        fprintf(out, "%s%s", i ? ", " : "    ", room[i].name);
        if (room[i].len > 1)
            fprintf(out, " %u", room[i].len);
    }
    fputc('\n', out);
}

jw_status jwi_eval_tally_print(FILE *out, const char *title, uint32_t top, struct eval_tally *tally,
                               jw_error *reterr)
{
    fprintf(out, "\n%s (%u)\n", title, tally->len);
    if (tally->len == 0)
        return JW_OK;
    struct run *run = malloc(2 * (size_t)tally->len * sizeof(*run));
    if (!run)
        return jwi_fail_memory(reterr);
    qsort(tally->at, tally->len, sizeof(*tally->at), compare_cases);
    uint32_t n = find_runs(tally, false, (jw_range){0, tally->len}, run);
    for (uint32_t i = 0; i < n && i < top; i++)
        print_run(out, tally, &run[i], run + tally->len);
    free(run);
    tally->len = 0;
    return JW_OK;
}

void jwi_eval_tally_free(struct eval_tally *tally)
{
    free(tally->at);
    free(tally->line);
}
