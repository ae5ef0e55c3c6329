/* SPDX-License-Identifier: Apache-2.0 */
/* Public base.h: version and status texts. */
#include <jinwen/base.h>

unsigned jw_version(void)
{
    return JW_VERSION_MAJOR << 16 | JW_VERSION_MINOR << 8 | JW_VERSION_PATCH;
}

const char *jw_status_text(jw_status status)
{
    switch (status) {
    case JW_OK: return "ok";
    case JW_EARGUMENT: return "bad argument";
    case JW_EOPTION: return "bad option";
    case JW_EMEMORY: return "out of memory";
    case JW_ELIMIT: return "limit exceeded";
    case JW_EIO: return "input or output failed";
    case JW_EENCODING: return "invalid or unknown encoding";
    case JW_EFORMAT: return "malformed input";
    case JW_ESINK: return "the sink refused output";
    case JW_EMODEL_MAGIC: return "not a model";
    case JW_EMODEL_VERSION: return "model of another version";
    case JW_EMODEL_UNFINISHED: return "unfinished model";
    case JW_EMODEL_CORRUPT: return "damaged model";
    case JW_EMODEL_MISSING: return "model section missing";
    case JW_EUSERDICT: return "bad user dictionary";
    case JW_ESTATE: return "call not possible in this state";
    }
    return "unknown status";
}
