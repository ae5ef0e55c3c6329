/* SPDX-License-Identifier: Apache-2.0 */
/* The only caller of xxhash. */
#include "base/checksum.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t jwi_checksum(jw_bytes data)
{
    return XXH64(data.at, data.len, 0);
}
