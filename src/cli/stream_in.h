/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The input files as windows of bytes, read block by block: decompressed (gzip, zstd by their magic), the byte order mark dropped, UTF-16
 * turned into UTF-8.  An unpaired surrogate or half a unit becomes the byte FF, which no UTF-8 has, so that the decoder of the record reports
 * it like every other invalid byte.  Signals INT and TERM end the input cleanly at the next read.
 */
#ifndef JW_CLI_STREAM_IN_H
#define JW_CLI_STREAM_IN_H

#include "cli/cli.h"

enum stream_units { UNITS_BYTES, UNITS_UTF16, UNITS_UTF16LE, UNITS_UTF16BE };

enum stream_got {
    STREAM_MORE,    /* the window grew */
    STREAM_END,     /* of this file */
    STREAM_LATER,   /* nothing there yet and waiting was not allowed */
    STREAM_STOPPED, /* by a signal */
    STREAM_FAILED   /* `failure` says why */
};

struct stream_codec; /* decompressor */

struct stream {
    const char *name; /* of the file; "-" is stdin */
    int fd;
    int is_started, is_ended;
    int is_utf8;
    int is_marked; /* a byte order mark may stand where the window begins */
    enum stream_units units_named, units; /* as asked; as found in this file */
    struct stream_codec *codec;
    unsigned char *raw; /* block as read */
    size_t raw_at, raw_len;
    struct buffer plain;  /* decompressed bytes that wait for UTF-16 conversion */
    struct buffer window; /* what the framer sees, from `start` */
    size_t start;
    uint64_t offset;    /* decompressed byte of the file at `start` */
    uint64_t line;      /* line of the file there, from 1 */
    uint64_t raw_total; /* bytes read from all files, as stored */
    char failure[256];
    /* Called about twice a second while the input makes us wait. */
    void (*idle)(void *ctx);
    void *idle_ctx;
};

void cli_stream_init(struct stream *stream, enum stream_units units, int is_utf8);
void cli_stream_free(struct stream *stream);

/* Opens a file after closing the one before; 0, or -1 with `failure`. */
int cli_stream_open(struct stream *stream, const char *name);

/* Makes the window longer. */
enum stream_got cli_stream_fill(struct stream *stream, int may_wait);

static inline jw_bytes stream_window(const struct stream *stream)
{
    if (!stream->window.at) /* nothing read yet */
        return bytes_from(NULL, 0);
    return bytes_from(stream->window.at + stream->start, stream->window.len - stream->start);
}

/* Gives the first `len` bytes of the window back. */
void cli_stream_take(struct stream *stream, size_t len);

/* INT and TERM: the first asks for a clean end, the second ends at once. */
void cli_signals_catch(void);
int cli_signal_seen(void);

#endif
