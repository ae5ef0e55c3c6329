/* SPDX-License-Identifier: Apache-2.0 */
/* Types shared by every Jinwen header: status, error, bytes, ranges, allocator, budget. */
#ifndef JINWEN_BASE_H
#define JINWEN_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(JW_BUILD) && defined(__GNUC__)
#define JW_API __attribute__((visibility("default")))
#else
#define JW_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define JW_VERSION_MAJOR 0
#define JW_VERSION_MINOR 1
#define JW_VERSION_PATCH 0

/* Values never change; a gap is left after each area. */
typedef enum jw_status {
    JW_OK = 0,
    JW_EARGUMENT = 10,
    JW_EOPTION = 11,
    JW_EMEMORY = 20,
    JW_ELIMIT = 21,
    JW_EIO = 30,
    JW_EENCODING = 31,
    JW_EFORMAT = 32,
    JW_ESINK = 33,
    JW_EMODEL_MAGIC = 40,
    JW_EMODEL_VERSION = 41,
    JW_EMODEL_UNFINISHED = 42,
    JW_EMODEL_CORRUPT = 43,
    JW_EMODEL_MISSING = 44,
    JW_EUSERDICT = 50,
    JW_ESTATE = 60
} jw_status;

/* Filled by a failing call, untouched by a successful one.  `at` is a byte offset or an index, as the call says. */
typedef struct jw_error {
    jw_status status;
    uint64_t at;
    char message[232];
} jw_error;

/* Borrowed bytes; may hold NUL, need no terminator. */
typedef struct jw_bytes {
    const char *at;
    size_t len;
} jw_bytes;

/* Half-open: [start, end). */
typedef struct jw_range {
    uint32_t start, end;
} jw_range;

/*
 * Caller's allocator.  resize(ctx, NULL, 0, n) allocates, resize(ctx, p, n, 0) frees, anything else grows or shrinks.
 * NULL where a `const jw_alloc *` is asked for means the C library's.  Thread: called by whichever thread uses the object.
 */
typedef struct jw_alloc {
    void *(*resize)(void *ctx, void *ptr, size_t old_size, size_t new_size);
    void *ctx;
} jw_alloc;

/* Bound on the work of one document; 0 is no bound.  `work` counts words and is exact; `micros` reads a clock. */
typedef struct jw_budget {
    uint64_t work, micros;
} jw_budget;

/* "No such id": never an error, never a valid index. */
#define JW_NONE UINT32_MAX

/* No time known, in fields of milliseconds since 1970 UTC. */
#define JW_NO_TIME INT64_MIN

/* Scores and confidences are integers in 1/JW_SCALE. */
#define JW_SCALE 10000

/*
 * Version of the library at run time: major << 16 | minor << 8 | patch.
 * Thread: any.  Since: 0.1
 */
JW_API unsigned jw_version(void);

/*
 * Short English text of a status; "unknown status" for other values.
 * Ensures: never NULL, static storage.  Thread: any.  Since: 0.1
 */
JW_API const char *jw_status_text(jw_status status);

#ifdef __cplusplus
}
#endif
#endif
