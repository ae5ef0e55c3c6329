/* SPDX-License-Identifier: Apache-2.0 */
/* Public write.h. */
#include <jinwen/write.h>

#include "base/error.h"
#include "write/write.h"

jw_status jw_write(const jw_doc *doc, jw_format format, const jw_write_options *options, jw_sink sink, jw_error *reterr)
{
    static const jw_write_options defaults = JW_WRITE_INIT;
    if (!doc || !sink.put)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "no document or no sink");
    if (!options)
        options = &defaults;
    if (options->size != sizeof *options)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "options of %zu bytes, this library has %zu", options->size, sizeof *options);
    return jwi_write(doc, format, options, sink, reterr);
}
