/* SPDX-License-Identifier: Apache-2.0 */
/* Status texts and the one function that fills an error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

jw_status jwi_fail(jw_error *reterr, jw_status status, uint64_t at, const char *format, ...)
{
    if (!reterr)
        return status;
    va_list args;
    va_start(args, format);
    vsnprintf(reterr->message, sizeof reterr->message, format, args);
    va_end(args);
    reterr->status = status;
    reterr->at = at;
    return status;
}

jw_status jwi_fail_memory(jw_error *reterr)
{
    return jwi_fail(reterr, JW_EMEMORY, 0, "out of memory");
}
