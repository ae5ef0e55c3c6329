/* SPDX-License-Identifier: Apache-2.0 */
/* Decompression.  Both formats allow several members one after another; both are read that way. */
#include "cli/inflate.h"

#include <stdlib.h>
#include <string.h>

#if HAVE_ZLIB
#include <zlib.h>
#endif
#if HAVE_ZSTD
#include <zstd.h>
#endif

enum { OUT_BLOCK = 128 << 10 };

struct stream_codec {
    int is_zstd;
    int is_between; /* at the end of a member */
#if HAVE_ZLIB
    z_stream gzip;
#endif
#if HAVE_ZSTD
    ZSTD_DStream *zstd;
#endif
};

struct stream_codec *cli_codec_new(jw_bytes head, const char **ret_failure)
{
    const int is_gzip = head.len >= 2 && memcmp(head.at, "\x1f\x8b", 2) == 0;
    const int is_zstd = head.len >= 4 && memcmp(head.at, "\x28\xb5\x2f\xfd", 4) == 0;
    if (!is_gzip && !is_zstd)
        return NULL;
    struct stream_codec *codec = cli_new(1, sizeof *codec);
    codec->is_zstd = is_zstd;
    codec->is_between = 1;
#if HAVE_ZLIB
    if (is_gzip && inflateInit2(&codec->gzip, 15 + 16) == Z_OK)
        return codec;
#endif
#if HAVE_ZSTD
    if (is_zstd && (codec->zstd = ZSTD_createDStream()) != NULL)
        return codec;
#endif
    free(codec);
    *ret_failure = is_zstd ? "zstd is not built in" : "gzip is not built in";
    return NULL;
}

void cli_codec_free(struct stream_codec *codec)
{
    if (!codec)
        return;
#if HAVE_ZLIB
    if (!codec->is_zstd)
        inflateEnd(&codec->gzip);
#endif
#if HAVE_ZSTD
    ZSTD_freeDStream(codec->zstd);
#endif
    free(codec);
}

#if HAVE_ZLIB
static int run_gzip(struct stream_codec *codec, jw_bytes *in, struct buffer *out)
{
    z_stream *const z = &codec->gzip;
    char *const room = cli_buffer_room(out, OUT_BLOCK);
    if (codec->is_between && inflateReset(z) != Z_OK)
        return -1;
    z->next_in = (Bytef *)(uintptr_t)in->at;
    z->avail_in = (uInt)in->len;
    z->next_out = (Bytef *)room;
    z->avail_out = OUT_BLOCK;
    const int got = inflate(z, Z_NO_FLUSH);
    codec->is_between = got == Z_STREAM_END;
    in->at += in->len - z->avail_in;
    in->len = z->avail_in;
    out->len += OUT_BLOCK - z->avail_out;
    return got == Z_OK || got == Z_STREAM_END || got == Z_BUF_ERROR ? 0 : -1;
}
#endif

#if HAVE_ZSTD
static int run_zstd(struct stream_codec *codec, jw_bytes *in, struct buffer *out)
{
    ZSTD_inBuffer input = {in->at, in->len, 0};
    ZSTD_outBuffer output = {cli_buffer_room(out, OUT_BLOCK), OUT_BLOCK, 0};
    const size_t got = ZSTD_decompressStream(codec->zstd, &output, &input);
    if (ZSTD_isError(got))
        return -1;
    codec->is_between = got == 0;
    in->at += input.pos;
    in->len -= input.pos;
    out->len += output.pos;
    return 0;
}
#endif

int cli_codec_run(struct stream_codec *codec, jw_bytes *in, struct buffer *out)
{
#if HAVE_ZSTD
    if (codec->is_zstd)
        return run_zstd(codec, in, out);
#endif
#if HAVE_ZLIB
    if (!codec->is_zstd)
        return run_gzip(codec, in, out);
#endif
    (void)codec;
    (void)in;
    (void)out;
    return -1;
}

int cli_codec_is_complete(const struct stream_codec *codec)
{
    return codec->is_between;
}
