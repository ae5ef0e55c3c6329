/* SPDX-License-Identifier: Apache-2.0 */
/* JSON text looked at in place: a value is the bytes that hold it, numbers are read exactly in 1/10000. */
#ifndef JW_CLI_JSON_VIEW_H
#define JW_CLI_JSON_VIEW_H

#include "cli/cli.h"

/* True when the text is one JSON value, nested at most 32 deep, and nothing else. */
int cli_json_is_valid(jw_bytes text);

/* The rest require valid text; `at` NULL: there is none. */
jw_bytes cli_json_get(jw_bytes object, const char *key);

/* The next item of an array; *at starts as 0.  False after the last, and for what is no array. */
int cli_json_next(jw_bytes array, size_t *at, jw_bytes *ret);

/* False when it is no number of at most four decimals. */
int cli_json_scaled(jw_bytes value, int64_t *ret);

/* Whether two values are the same bytes, or the value is the literal. */
int cli_json_is_same(jw_bytes a, jw_bytes b);
int cli_json_is(jw_bytes value, const char *literal);

#endif
