/* SPDX-License-Identifier: Apache-2.0 */
/* Public write.h. */
#include <jinwen/write.h>

#include "base/error.h"
#include "write/likeness.h"
#include "write/write.h"

static jw_status check(const jw_write_options *options, jw_sink sink, jw_error *reterr)
{
    if (!sink.put)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "no sink");
    if (options->size != sizeof *options)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "options of %zu bytes, this library has %zu", options->size, sizeof *options);
    return JW_OK;
}

jw_status jw_write(const jw_doc *doc, jw_format format, const jw_write_options *options, jw_sink sink, jw_error *reterr)
{
    const jw_write_options defaults = JW_WRITE_INIT;
    if (!doc)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "no document");
    TRY(check(options ? options : &defaults, sink, reterr));
    return jwi_write(doc, format, options ? options : &defaults, sink, reterr);
}

jw_status jw_write_header(jw_format format, const jw_write_options *options, jw_sink sink, jw_error *reterr)
{
    const jw_write_options defaults = JW_WRITE_INIT;
    TRY(check(options ? options : &defaults, sink, reterr));
    return jwi_write_header(format, options ? options : &defaults, sink, reterr);
}

int32_t jw_likeness(jw_bytes a, jw_bytes b)
{
    const struct sign sign_a = jwi_sign(a), sign_b = jwi_sign(b);
    return jwi_likeness(&sign_a, &sign_b);
}
