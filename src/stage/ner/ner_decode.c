/* SPDX-License-Identifier: Apache-2.0 */
/* Best well-formed sequence of labels. */
#include "stage/ner/ner.h"

enum { NEVER = INT32_MIN / 2 };

/* Ends at this word, if any: outside, or the end of a name of some type.  Strict > keeps the first of equals. */
static uint32_t best_closed(const int32_t *sums, uint32_t n)
{
    uint32_t best = 0;
    for (uint32_t first = 1; first < n; first += NER_EDGES - 1) {
        best = sums[first + NER_END - 1] > sums[best] ? first + NER_END - 1 : best;
        best = sums[first + NER_SINGLE - 1] > sums[best] ? first + NER_SINGLE - 1 : best;
    }
    return best;
}

static void extend(const int32_t *before, const int32_t *scores, uint32_t from, uint32_t to,
                   int32_t *sums, uint8_t *back)
{
    back[to] = (uint8_t)from;
    sums[to] = before[from] <= NEVER ? NEVER : before[from] + scores[to];
}

/* A name that is open goes on with its own type; everything else follows the best closed label. */
static void step(const int32_t *before, const int32_t *scores, uint32_t n, int32_t *sums,
                 uint8_t *back)
{
    const uint32_t closed = best_closed(before, n);
    extend(before, scores, closed, 0, sums, back);
    for (uint32_t first = 1; first < n; first += NER_EDGES - 1) {
        const uint32_t begin = first + NER_BEGIN - 1, inside = first + NER_INSIDE - 1;
        const uint32_t open = before[inside] > before[begin] ? inside : begin;
        extend(before, scores, closed, begin, sums, back);
        extend(before, scores, open, inside, sums, back);
        extend(before, scores, open, first + NER_END - 1, sums, back);
        extend(before, scores, closed, first + NER_SINGLE - 1, sums, back);
    }
}

void jwi_ner_decode(const struct ner_view *view, const int32_t *scores, uint32_t score_step,
                    uint32_t count, int32_t *sums, uint8_t *back, uint8_t *ret)
{
    const uint32_t n = view->tail.label_count;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t edge = view->labels[i].edge;
        sums[i] = edge == NER_INSIDE || edge == NER_END ? NEVER : scores[i];
    }
    for (uint32_t t = 1; t < count; t++)
        step(sums + (size_t)(t - 1) * n, scores + (size_t)t * score_step, n, sums + (size_t)t * n,
             back + (size_t)t * n);
    uint32_t at = best_closed(sums + (size_t)(count - 1) * n, n);
    for (uint32_t t = count; t-- > 0;) {
        ret[t] = (uint8_t)at;
        at = back[(size_t)t * n + at];
    }
}
