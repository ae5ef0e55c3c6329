/* SPDX-License-Identifier: Apache-2.0 */
/* gzip and zstd behind one function. */
#ifndef JW_CLI_INFLATE_H
#define JW_CLI_INFLATE_H

#include "cli/cli.h"

struct stream_codec;

/* Bytes that tell the format: as many as the longer magic. */
enum { CODEC_MAGIC = 4 };

/* NULL for plain bytes.  *ret_failure is set when the format is known but not built in. */
struct stream_codec *cli_codec_new(jw_bytes head, const char **ret_failure);
void cli_codec_free(struct stream_codec *codec);

/* Decompresses from *in (advanced) to the end of `out`; 0, or -1 for damaged data. */
int cli_codec_run(struct stream_codec *codec, jw_bytes *in, struct buffer *out);

/* Whether the data may end here. */
int cli_codec_is_complete(const struct stream_codec *codec);

#endif
