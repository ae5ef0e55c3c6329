/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Maximum arborescence by growing a path of best heads and contracting the cycles it runs into (Tarjan 1977, on a full matrix).  A
 * contracted cycle keeps the row and the column of one member, so each word is merged once and the whole takes quadratic time.
 * The root's arcs are lowered by more than any tree is worth, which leaves exactly one of them.
 */
#include "ml/tree.h"

#include "base/error.h"

enum { NO_NODE = 0xffff };

struct arc {
    uint16_t dependent, head;
};

/*
 * Slots are rows of the matrix, nodes are words and contracted cycles (numbers from n on).  arc_of[v * n + u] is the arc between words that
 * the score of slot v under slot u stands for.
 */
struct forest {
    uint32_t n, node_count;
    int64_t *score;
    struct arc *arc_of;
    uint16_t *node_of;  /* [n] node in the slot, NO_NODE: merged into another */
    uint16_t *place;    /* [n] position + 1 on the path, 0: not on it */
    uint8_t *is_done;   /* [n] reaches the root */
    uint16_t *path;     /* [n] slots */
    uint16_t *inside;   /* [2n] node that contains this one, NO_NODE */
    struct arc *chosen; /* [2n] arc that enters the node */
};

static int64_t entry_score(const struct forest *f, uint32_t v, uint32_t u)
{
    return f->score[(size_t)v * f->n + u];
}

static uint32_t best_head(const struct forest *f, uint32_t v)
{
    uint32_t best = NO_NODE;
    for (uint32_t u = 0; u < f->n; u++)
        if (u != v && f->node_of[u] != NO_NODE &&
            (best == NO_NODE || entry_score(f, v, u) > entry_score(f, v, best)))
            best = u;
    return best;
}

/* Slot `from` with best head `from_head` joins the cycle in slot `into`, whose scores are already relative to its own heads. */
static void merge(struct forest *f, uint32_t into, uint32_t from, int64_t loss)
{
    for (uint32_t u = 0; u < f->n; u++) {
        const size_t in = (size_t)into * f->n + u, in_from = (size_t)from * f->n + u;
        const size_t out = (size_t)u * f->n + into, out_from = (size_t)u * f->n + from;
        if (f->score[in_from] - loss > f->score[in]) {
            f->score[in] = f->score[in_from] - loss;
            f->arc_of[in] = f->arc_of[in_from];
        }
        if (f->score[out_from] > f->score[out]) {
            f->score[out] = f->score[out_from];
            f->arc_of[out] = f->arc_of[out_from];
        }
    }
}

/* Contracts path[from..len) into the slot path[from]; lost[i] is the score of the arc that enters path[i]. */
static void contract(struct forest *f, uint32_t from, uint32_t len, const int64_t *lost)
{
    const uint32_t into = f->path[from], node = f->node_count++;
    for (uint32_t i = from; i < len; i++)
        f->inside[f->node_of[f->path[i]]] = (uint16_t)node;
    for (uint32_t u = 0; u < f->n; u++)
        f->score[(size_t)into * f->n + u] -= lost[from];
    for (uint32_t i = from + 1; i < len; i++) {
        merge(f, into, f->path[i], lost[i]);
        f->node_of[f->path[i]] = NO_NODE;
        f->place[f->path[i]] = 0;
    }
    f->node_of[into] = (uint16_t)node;
    f->inside[node] = NO_NODE;
}

/* Grows a path from slot `start` against the arcs until it reaches the root or a finished path. */
static void grow(struct forest *f, uint32_t start, int64_t *lost)
{
    uint32_t len = 0;
    for (uint32_t v = start; !f->is_done[v];) {
        if (!f->place[v]) {
            f->path[len++] = (uint16_t)v;
            f->place[v] = (uint16_t)len;
        }
        const uint32_t u = best_head(f, v), at = f->place[v] - 1u;
        lost[at] = entry_score(f, v, u);
        f->chosen[f->node_of[v]] = f->arc_of[(size_t)v * f->n + u];
        v = u;
        if (f->place[u]) {
            contract(f, f->place[u] - 1u, len, lost);
            len = f->place[u];
        }
    }
    for (uint32_t i = 0; i < len; i++) {
        f->is_done[f->path[i]] = 1;
        f->place[f->path[i]] = 0;
    }
}

/* The arc that enters a cycle from outside replaces the arc of the member it enters, from the outermost cycle inwards. */
static void expand(struct forest *f, uint32_t *ret)
{
    for (uint32_t node = f->node_count; node-- > f->n;) {
        uint32_t member = f->chosen[node].dependent;
        while (f->inside[member] != node)
            member = f->inside[member];
        f->chosen[member] = f->chosen[node];
    }
    for (uint32_t v = 1; v < f->n; v++)
        ret[v] = f->chosen[v].head;
    ret[0] = 0;
}

static int make_forest(struct forest *f, const int32_t *score, uint32_t n, struct arena *scratch)
{
    const size_t cells = (size_t)n * n;
    f->n = f->node_count = n;
    f->score = PUSH(scratch, int64_t, cells);
    f->arc_of = PUSH(scratch, struct arc, cells);
    f->node_of = PUSH(scratch, uint16_t, n);
    f->place = PUSH_ZERO(scratch, uint16_t, n);
    f->is_done = PUSH_ZERO(scratch, uint8_t, n);
    f->path = PUSH(scratch, uint16_t, n);
    f->inside = PUSH(scratch, uint16_t, 2 * (size_t)n);
    f->chosen = PUSH_ZERO(scratch, struct arc, 2 * (size_t)n);
    if (!f->score || !f->arc_of || !f->node_of || !f->place || !f->is_done || !f->path ||
        !f->inside || !f->chosen)
        return 0;
    const int64_t only_one = (int64_t)4 * TREE_SCORE_MAX * n;
    for (uint32_t v = 0; v < n; v++) {
        f->node_of[v] = (uint16_t)v;
        f->inside[v] = NO_NODE;
        for (uint32_t u = 0; u < n; u++) {
            f->score[(size_t)v * n + u] = score[(size_t)v * n + u] - (u ? 0 : only_one);
            f->arc_of[(size_t)v * n + u] = (struct arc){(uint16_t)v, (uint16_t)u};
        }
    }
    f->is_done[0] = 1;
    return 1;
}

jw_status jwi_tree_free(const int32_t *score, uint32_t n, struct arena *scratch, uint32_t *ret,
                        jw_error *reterr)
{
    const struct arena_mark mark = jwi_arena_mark(scratch);
    struct forest forest;
    int64_t *lost = PUSH(scratch, int64_t, n);
    if (!lost || !make_forest(&forest, score, n, scratch))
        return jwi_fail_memory(reterr);
    for (uint32_t v = 1; v < n; v++)
        if (forest.node_of[v] != NO_NODE)
            grow(&forest, v, lost);
    expand(&forest, ret);
    jwi_arena_reset_to(scratch, mark);
    return JW_OK;
}
