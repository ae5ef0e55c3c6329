/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times of the source: ISO 8601, dates with slashes or of the year of the Republic (y + 1911), the feed's digits, the forum's
 * `Wed Aug 25 16:04:20 2021`.  Without a zone it is market time, UTC+8 in Taipei and Hong Kong alike.
 */
#ifndef JW_CLI_RECORD_TIME_H
#define JW_CLI_RECORD_TIME_H

#include "cli/cli.h"

/* Milliseconds since 1970 UTC; 0, or -1 when not understood or outside 1900..2199. */
int cli_time_read(jw_bytes text, int64_t *ret);

/* The feed's date and time, digits only: `1150410`, `70003`. */
int cli_time_read_feed(jw_bytes date, jw_bytes time, int64_t *ret);

#endif
