/* SPDX-License-Identifier: Apache-2.0 */
/* Reading text made of parts that a mark divides: lines of cells, lists in a cell. */
#ifndef JW_BASE_CELLS_H
#define JW_BASE_CELLS_H

#include <jinwen/base.h>

#include <string.h>

static inline int bytes_are(jw_bytes bytes, const char *text)
{
    return strlen(text) == bytes.len && memcmp(bytes.at, text, bytes.len) == 0;
}

static inline int bytes_same(jw_bytes a, jw_bytes b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

/* Below 0, 0, above 0: by bytes, a beginning before what goes on from it. */
static inline int bytes_order(jw_bytes a, jw_bytes b)
{
    const int ret = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
    return ret ? ret : (a.len > b.len) - (a.len < b.len);
}

/* The part of *rest before the mark; *rest moves behind it.  False when nothing is left. */
static inline int next_part(jw_bytes *rest, char mark, jw_bytes *ret)
{
    if (!rest->len)
        return 0;
    const char *end = memchr(rest->at, mark, rest->len);
    ret->at = rest->at;
    ret->len = end ? (size_t)(end - rest->at) : rest->len;
    const size_t used = ret->len + (end ? 1 : 0);
    rest->at += used;
    rest->len -= used;
    return 1;
}

#endif
