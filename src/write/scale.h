/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets of ranges that come in any order: the scale moves from where it stands, forwards or backwards, or from the start of the part. */
#ifndef JW_WRITE_SCALE_H
#define JW_WRITE_SCALE_H

#include "write/out.h"

struct scale {
    const jw_doc *doc;
    jw_unit unit;
    uint32_t part;        /* JW_NONE: nowhere yet */
    uint32_t byte, count; /* where it stands: byte of the text, units from the start of the part */
};

struct offsets {
    uint32_t part, start, end;
};

static inline struct scale scale_on(const jw_doc *doc, jw_unit unit)
{
    const struct scale scale = {doc, unit, JW_NONE, 0, 0};
    return scale;
}

/* Requires: on character edges, inside one part. */
struct offsets jwi_scale_range(struct scale *scale, jw_range range);

#endif
