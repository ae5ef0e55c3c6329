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

jw_status jwi_eval_text_add(struct eval_text *text, const char *at, size_t len, jw_error *reterr)
{
    for (size_t i = 0; i < len; i++) {
        TRY(jwi_eval_grow(&text->at, text->len, &text->cap, 1, reterr));
        text->at[text->len++] = at[i];
    }
    return JW_OK;
}

jw_status jwi_eval_text_codes(struct eval_text *text, const uint32_t *code, uint32_t len, jw_error *reterr)
{
    for (uint32_t i = 0; i < len; i++) {
        char bytes[4];
        TRY(jwi_eval_text_add(text, bytes, jwi_utf8_encode(code[i], bytes), reterr));
    }
    return JW_OK;
}

jw_status jwi_eval_tally_add(struct eval_tally *tally, uint32_t what, uint32_t place, jw_error *reterr)
{
    TRY(jwi_eval_grow(&tally->at, tally->len, &tally->cap, sizeof(*tally->at), reterr));
    tally->at[tally->len++] = (struct eval_case){what, place};
    return JW_OK;
}

jw_status jwi_eval_tally_change(struct eval_tally *tally, struct eval_pool *pool, struct eval_text *text, uint32_t from, uint32_t to,
                                uint32_t place, jw_error *reterr)
{
    uint32_t what;
    text->len = 0;
    TRY(jwi_eval_text_add(text, jwi_eval_string(pool, from), strlen(jwi_eval_string(pool, from)), reterr));
    TRY(jwi_eval_text_add(text, " -> ", 4, reterr));
    TRY(jwi_eval_text_add(text, jwi_eval_string(pool, to), strlen(jwi_eval_string(pool, to)), reterr));
    TRY(jwi_eval_intern(pool, text->at, text->len, &what, reterr));
    return jwi_eval_tally_add(tally, what, place, reterr);
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

/* Runs of equal `what` (or, inside one, of equal place) among cases at..end, longest first; returns how many. */
static uint32_t find_runs(const struct eval_tally *tally, bool by_place, uint32_t at, uint32_t end, const struct eval_pool *pool,
                          struct run *ret)
{
    uint32_t n = 0;
    for (uint32_t i = at; i < end; i++) {
        uint32_t key = by_place ? tally->at[i].place : tally->at[i].what;
        uint32_t before = i == at ? JW_NONE : by_place ? tally->at[i - 1].place : tally->at[i - 1].what;
        if (key != before)
            ret[n++] = (struct run){i, 0, jwi_eval_string(pool, key)};
        ret[n - 1].len++;
    }
    qsort(ret, n, sizeof(*ret), compare_runs);
    return n;
}

/* "  12  NOUN -> VERB    發展 3, 投資 2, 合作" */
static void print_run(FILE *out, const struct eval_tally *tally, const struct run *run, const struct eval_pool *pool, struct run *room)
{
    fprintf(out, "%7u  %s", run->len, run->name);
    uint32_t n = tally->at[run->at].place == EVAL_EMPTY ? 0 : find_runs(tally, true, run->at, run->at + run->len, pool, room);
    for (uint32_t i = 0; i < n && i < PLACES; i++) {
        fprintf(out, "%s%s", i ? ", " : "    ", room[i].name);
        if (room[i].len > 1)
            fprintf(out, " %u", room[i].len);
    }
    fputc('\n', out);
}

jw_status jwi_eval_tally_print(FILE *out, const char *title, uint32_t top, struct eval_tally *tally, const struct eval_pool *pool,
                               jw_error *reterr)
{
    fprintf(out, "\n%s (%u)\n", title, tally->len);
    if (tally->len == 0)
        return JW_OK;
    struct run *run = malloc(2 * (size_t)tally->len * sizeof(*run));
    if (!run)
        return jwi_fail_memory(reterr);
    qsort(tally->at, tally->len, sizeof(*tally->at), compare_cases);
    uint32_t n = find_runs(tally, false, 0, tally->len, pool, run);
    for (uint32_t i = 0; i < n && i < top; i++)
        print_run(out, tally, &run[i], pool, run + tally->len);
    free(run);
    tally->len = 0;
    return JW_OK;
}
