/* SPDX-License-Identifier: Apache-2.0 */
/* XXH64 with seed 0: the one checksum and the one public hash. */
#ifndef JW_BASE_CHECKSUM_H
#define JW_BASE_CHECKSUM_H

#include <jinwen/base.h>

uint64_t jwi_checksum(jw_bytes data);

#endif
