/* SPDX-License-Identifier: Apache-2.0 */
/* XXH64 with seed 0, the hash of the output contract; printed as 16 hex digits. */
#ifndef JW_CLI_DIGEST_H
#define JW_CLI_DIGEST_H

#include "cli/cli.h"

/* Fields of a hash are joined by this. */
#define DIGEST_JOINT "\x1f"

uint64_t cli_digest(jw_bytes data);
void cli_digest_hex(uint64_t digest, char ret[16]);

#endif
