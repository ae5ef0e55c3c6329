/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage sent: sentences.
 * Method: linear passes mark edges between units - after full stops with their closing marks, at line breaks that are not wraps, inside
 * stretches too long to bound later stages - and a last one turns edges into sentences without blanks at their ends.  An edge inside a pin
 * (BOUNDARY_JOIN) is never taken.  Reads units and boundaries, writes sentences.
 */
#ifndef JW_STAGE_SENT_SENT_H
#define JW_STAGE_SENT_SENT_H

#include "stage/stage.h"

enum edge { EDGE_SENTENCE = 1, EDGE_PARAGRAPH = 2, EDGE_SPLIT = 4 };

struct breaker {
    const struct units *units;
    const uint8_t *boundary;
    uint8_t *edge; /* [len + 1], enum edge */
    int every_line, is_announcement;
};

static inline void set_edge(struct breaker *breaker, uint32_t at, uint32_t edge)
{
    if (breaker->boundary[at] != BOUNDARY_JOIN)
        breaker->edge[at] = (uint8_t)(breaker->edge[at] | edge);
}

/* Marks the line breaks that end a sentence.  Part edges are marked already. */
void jwi_sent_lines(struct breaker *breaker);

#endif
