/* SPDX-License-Identifier: Apache-2.0 */
/* The command's only use of xxhash. */
#include "cli/digest.h"

#include <xxhash.h>

uint64_t cli_digest(jw_bytes data)
{
    return XXH64(data.at, data.len, 0);
}

void cli_digest_hex(uint64_t digest, char ret[16])
{
    for (int i = 16; i-- > 0; digest >>= 4)
        ret[i] = "0123456789abcdef"[digest & 15];
}
