/* SPDX-License-Identifier: Apache-2.0 */
/* The linear scorer: rows are looked up once a unit and added to the boundaries around it, cells
 * once a boundary. */
#include "base/error.h"
#include "stage/seg/seg_score.h"

#include <string.h>

enum {
    WINDOW = SEG_STEP + 2 * SEG_REACH,
    SUM_PAD = 8, /* rows of units in the padding reach so far beyond the window */
    SUMS = WINDOW + 1 + 2 * SUM_PAD,
    AHEAD = 8 /* units whose rows, boundaries whose cells are fetched before they are needed */
};

jw_status jwi_seg_scratch_new(struct arena *arena, struct seg_scratch *ret, jw_error *reterr)
{
    ret->sums = PUSH(arena, int32_t, SUMS);
    if (!ret->sums)
        return jwi_fail_memory(reterr);
    return jwi_seg_window_new(arena, WINDOW, &ret->window, reterr);
}

static inline void make_keys(const struct seg_view *view, const struct seg_window *window,
                             int64_t j, uint64_t *ret)
{
    for (int kind = 0; kind < SEG_ROW_KINDS; kind++) {
        ret[kind] = seg_row_key(window, (enum seg_row)kind, j);
        __builtin_prefetch(&view->rows.at[ret[kind] & view->rows.mask]);
    }
}

/* Adds the rows of all n-grams to the boundaries; sums[SUM_PAD] is boundary 0 of the window. */
static void add_rows(const struct seg_view *view, const struct seg_window *window, int32_t *sums)
{
    uint64_t keys[AHEAD][SEG_ROW_KINDS];
    const int64_t first = 1 - SEG_PAD, end = (int64_t)window->len + 2;
    for (int64_t j = first; j < first + AHEAD && j < end; j++)
        make_keys(view, window, j, keys[j & (AHEAD - 1)]);
    for (int64_t j = first; j < end; j++) {
        uint64_t *now = keys[j & (AHEAD - 1)];
        for (int kind = 0; kind < SEG_ROW_KINDS; kind++) {
            const struct seg_slot *slot = seg_find(view->rows, now[kind]);
            int32_t *to = sums + SUM_PAD + j + seg_row_first[kind];
            for (int s = 0; slot && s < seg_row_len[kind]; s++)
                to[s] += slot->weights[s];
        }
        if (j + AHEAD < end)
            make_keys(view, window, j + AHEAD, now);
    }
}

/* Cells of the boundaries to come, in a ring; those of the big tables are on their way to the
 * cache. */
struct cell_ring {
    uint32_t at[AHEAD][SEG_TABLE_COUNT];
};

static inline void make_cells(const struct seg_view *view, const struct seg_window *window,
                              uint32_t k, uint32_t *ret)
{
    jwi_seg_cells(window, k, ret);
    for (int i = SEG_FIRST_BIG; i < SEG_TABLE_COUNT; i++)
        __builtin_prefetch(&view->cells[ret[i]]);
}

static inline int32_t sum_cells(const struct seg_view *view, const uint32_t *cells)
{
    int32_t sum = 0;
    for (int i = 0; i < SEG_TABLE_COUNT; i++)
        sum += view->cells[cells[i]];
    return sum;
}

/* Adds the cells of boundaries [k, end) of the window that are free to their sums. */
static void add_cells(const struct seg_view *view, const struct seg_window *window,
                      const uint8_t *boundary, uint32_t k, uint32_t end, int32_t *sums)
{
    struct cell_ring ring;
    uint32_t made = k;
    for (; k < end; k++) {
        for (; made < end && made < k + AHEAD; made++)
            if (boundary[made] == BOUNDARY_FREE)
                make_cells(view, window, made, ring.at[made % AHEAD]);
        if (boundary[k] == BOUNDARY_FREE)
            sums[SUM_PAD + k] += sum_cells(view, ring.at[k % AHEAD]);
    }
}

void jwi_seg_score(const struct seg_view *view, struct seg_scratch *scratch, struct units sentence,
                   const uint8_t *boundary, int32_t *ret)
{
    memset(ret, 0, ((size_t)sentence.len + 1) * sizeof *ret);
    for (uint32_t from = 0; from < sentence.len; from += SEG_STEP) {
        const uint32_t to = sentence.len - from > SEG_STEP ? from + SEG_STEP : sentence.len;
        const uint32_t start = from > SEG_REACH ? from - SEG_REACH : 0;
        const uint32_t end = sentence.len - to > SEG_REACH ? to + SEG_REACH : sentence.len;
        struct seg_window *window = &scratch->window;
        jwi_seg_window_fill(window, view->words.lexicon, sentence, start, end);
        memset(scratch->sums, 0, SUMS * sizeof *scratch->sums);
        add_rows(view, window, scratch->sums);
        const uint32_t first = from ? from : 1;
        add_cells(view, window, boundary + start, first - start, to - start, scratch->sums);
        for (uint32_t k = first; k < to; k++)
            if (boundary[k] == BOUNDARY_FREE)
                ret[k] = scratch->sums[SUM_PAD + k - start];
    }
}
