/* SPDX-License-Identifier: Apache-2.0 */
/* One way to raise a failure, one way to forward it. */
#ifndef JW_BASE_ERROR_H
#define JW_BASE_ERROR_H

#include <jinwen/base.h>

/* Fills *reterr (may be NULL) and returns `status`, so that a failure is one `return` statement. */
jw_status jwi_fail(jw_error *reterr, jw_status status, uint64_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* EMEMORY with the usual text. */
jw_status jwi_fail_memory(jw_error *reterr);

#define TRY(call) \
    do { \
        const jw_status try_status = (call); \
        if (try_status != JW_OK) \
            return try_status; \
    } while (0)

#endif
