/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Eisner's algorithm over the words alone; the root's child is chosen last among the trees of all words, which makes it the only one.
 * A span [s, t] is open (its ends are joined by an arc) or closed (one end heads the whole), and headed left or right:
 *   open   left  s -> t     best split into closed(s..k, head s) and closed(k+1..t, head t), plus the arc
 *   closed left  s          open(s..k) then closed(k..t, head k)
 */
#include "ml/tree.h"

#include "base/error.h"

enum { HEAD_LEFT, HEAD_RIGHT };

/* [head side][s * n + t]: best scores and the splits that gave them; `_by_end` the same at [t * n + s], so that splits run along rows. */
struct chart {
    uint32_t n;
    int32_t *open[2], *closed[2], *closed_by_end[2], *open_by_end;
    uint16_t *open_at, *closed_at[2];
};

typedef int32_t lanes __attribute__((vector_size(16), aligned(4), may_alias));

enum { LANES = 4 };

static inline lanes pick(lanes mask, lanes yes, lanes no)
{
    return (yes & mask) | (no & ~mask);
}

/* Leftmost best of left[i] + right[i]: each lane keeps its own leftmost best, then the lanes are compared. */
static uint32_t best_split(const int32_t *left, const int32_t *right, uint32_t len, int32_t *ret)
{
    lanes best = {INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN}, at = {0, 0, 0, 0},
          here = {0, 1, 2, 3};
    uint32_t i = 0;
    for (; i + LANES <= len; i += LANES, here += LANES) {
        const lanes sum = *(const lanes *)(left + i) + *(const lanes *)(right + i);
        const lanes better = sum > best;
        best = pick(better, sum, best);
        at = pick(better, here, at);
    }
    int32_t most = best[0], where = at[0];
    for (uint32_t k = 1; k < LANES; k++) {
        if (best[k] > most || (best[k] == most && at[k] < where)) {
            most = best[k];
            where = at[k];
        }
    }
    for (; i < len; i++) {
        const int32_t sum = left[i] + right[i];
        where = sum > most ? (int32_t)i : where;
        most = sum > most ? sum : most;
    }
    *ret = most;
    return (uint32_t)where;
}

static void fill_open(const struct chart *c, const int32_t *score, uint32_t s, uint32_t t)
{
    const size_t row = (size_t)s * c->n, end = (size_t)t * c->n;
    int32_t best;
    c->open_at[row + t] =
        (uint16_t)(s + best_split(c->closed[HEAD_LEFT] + row + s,
                                  c->closed_by_end[HEAD_RIGHT] + end + s + 1, t - s, &best));
    c->open[HEAD_LEFT][row + t] = best + score[end + s];
    c->open[HEAD_RIGHT][row + t] = c->open_by_end[end + s] = best + score[row + t];
}

/* Spans within [s, t] are done, [s, t] itself is open already. */
static void fill_closed(const struct chart *c, uint32_t s, uint32_t t)
{
    const size_t row = (size_t)s * c->n, end = (size_t)t * c->n;
    int32_t left, right;
    const uint32_t from_left = best_split(c->open[HEAD_LEFT] + row + s + 1,
                                          c->closed_by_end[HEAD_LEFT] + end + s + 1, t - s, &left);
    const uint32_t from_right =
        best_split(c->closed[HEAD_RIGHT] + row + s, c->open_by_end + end + s, t - s, &right);
    c->closed_at[HEAD_LEFT][row + t] = (uint16_t)(s + 1 + from_left);
    c->closed_at[HEAD_RIGHT][row + t] = (uint16_t)(s + from_right);
    c->closed[HEAD_LEFT][row + t] = c->closed_by_end[HEAD_LEFT][end + s] = left;
    c->closed[HEAD_RIGHT][row + t] = c->closed_by_end[HEAD_RIGHT][end + s] = right;
}

static uint32_t best_root(const struct chart *c, const int32_t *score)
{
    const uint32_t n = c->n;
    uint32_t root = 1;
    int32_t best = INT32_MIN;
    for (uint32_t r = 1; r < n; r++) {
        const int32_t sum = c->closed[HEAD_RIGHT][n + r] +
                            c->closed[HEAD_LEFT][(size_t)r * n + n - 1] + score[(size_t)r * n];
        if (sum > best) {
            best = sum;
            root = r;
        }
    }
    return root;
}

struct piece {
    uint16_t s, t;
    uint8_t side, is_open;
};

/* Follows the splits from the whole sentence down; a list of open ends instead of recursion, never longer than n. */
static void read_heads(const struct chart *c, uint32_t root, struct piece *todo, uint32_t *ret)
{
    const uint32_t n = c->n;
    uint32_t len = 0;
    ret[0] = 0;
    ret[root] = 0;
    todo[len++] = (struct piece){1, (uint16_t)root, HEAD_RIGHT, 0};
    todo[len++] = (struct piece){(uint16_t)root, (uint16_t)(n - 1), HEAD_LEFT, 0};
    while (len) {
        const struct piece p = todo[--len];
        if (p.s == p.t)
            continue;
        const size_t here = (size_t)p.s * n + p.t;
        if (p.is_open) {
            const uint16_t k = c->open_at[here];
            ret[p.side == HEAD_LEFT ? p.t : p.s] = p.side == HEAD_LEFT ? p.s : p.t;
            todo[len++] = (struct piece){p.s, k, HEAD_LEFT, 0};
            todo[len++] = (struct piece){(uint16_t)(k + 1), p.t, HEAD_RIGHT, 0};
        } else {
            const uint16_t k = c->closed_at[p.side][here];
            todo[len++] = (struct piece){p.s, k, p.side, p.side == HEAD_LEFT};
            todo[len++] = (struct piece){k, p.t, p.side, p.side == HEAD_RIGHT};
        }
    }
}

static int make_chart(struct chart *c, uint32_t n, struct arena *scratch)
{
    const size_t cells = (size_t)n * n;
    int32_t *scores = PUSH_ZERO(scratch, int32_t, 7 * cells);
    uint16_t *splits = PUSH(scratch, uint16_t, 3 * cells);
    if (!scores || !splits)
        return 0;
    c->n = n;
    c->open[HEAD_LEFT] = scores;
    c->open[HEAD_RIGHT] = scores + cells;
    c->closed[HEAD_LEFT] = scores + 2 * cells;
    c->closed[HEAD_RIGHT] = scores + 3 * cells;
    c->closed_by_end[HEAD_LEFT] = scores + 4 * cells;
    c->closed_by_end[HEAD_RIGHT] = scores + 5 * cells;
    c->open_by_end = scores + 6 * cells;
    c->open_at = splits;
    c->closed_at[HEAD_LEFT] = splits + cells;
    c->closed_at[HEAD_RIGHT] = splits + 2 * cells;
    return 1;
}

jw_status jwi_tree_projective(const int32_t *score, uint32_t n, struct arena *scratch,
                              uint32_t *ret, jw_error *reterr)
{
    const struct arena_mark mark = jwi_arena_mark(scratch);
    struct chart chart;
    struct piece *todo = PUSH(scratch, struct piece, 2 * (size_t)n);
    if (!todo || !make_chart(&chart, n, scratch))
        return jwi_fail_memory(reterr);
    for (uint32_t len = 1; len + 1 < n; len++)
        for (uint32_t s = 1; s + len < n; s++) {
            fill_open(&chart, score, s, s + len);
            fill_closed(&chart, s, s + len);
        }
    read_heads(&chart, best_root(&chart, score), todo, ret);
    jwi_arena_reset_to(scratch, mark);
    return JW_OK;
}
