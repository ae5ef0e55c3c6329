/* SPDX-License-Identifier: Apache-2.0 */
/* See stream_in.h.  Path of a byte: read() -> raw block -> decompressor -> UTF-16 conversion -> window. */
#include "cli/stream_in.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include "cli/inflate.h"

enum { BLOCK = 64 << 10, IDLE_MS = 500 };

void cli_stream_init(struct stream *stream, enum stream_units units, int is_utf8)
{
    memset(stream, 0, sizeof *stream);
    stream->fd = -1;
    stream->units_named = units;
    stream->is_utf8 = is_utf8;
    stream->raw = cli_new(1, BLOCK);
}

static void close_file(struct stream *stream)
{
    if (stream->fd > STDIN_FILENO)
        close(stream->fd);
    stream->fd = -1;
    cli_codec_free(stream->codec);
    stream->codec = NULL;
}

void cli_stream_free(struct stream *stream)
{
    close_file(stream);
    cli_buffer_free(&stream->plain);
    cli_buffer_free(&stream->window);
    free(stream->raw);
    stream->raw = NULL;
}

static int fail(struct stream *stream, const char *text)
{
    snprintf(stream->failure, sizeof stream->failure, "%s: %s", stream->name, text);
    return -1;
}

int cli_stream_open(struct stream *stream, const char *name)
{
    close_file(stream);
    stream->name = name;
    stream->is_started = stream->is_ended = 0;
    stream->raw_at = stream->raw_len = 0;
    stream->plain.len = stream->window.len = stream->start = 0;
    stream->offset = 0;
    stream->line = 1;
    stream->units = stream->units_named;
    stream->is_marked = stream->is_utf8 || stream->units != UNITS_BYTES;
    stream->fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    return stream->fd < 0 ? fail(stream, strerror(errno)) : 0;
}

void cli_stream_take(struct stream *stream, size_t len)
{
    const char *at = stream_window(stream).at, *const end = at ? at + len : at;
    for (; at && at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        stream->line++;
    stream->start += len;
    stream->offset += len;
}

/* Waits until the file can be read.  The signals are let in only here and in the gaps between system calls, never lost before the wait. */
static enum stream_got wait_input(struct stream *stream, int may_wait)
{
    sigset_t stops, before;
    fd_set waiting;
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    for (;;) {
        const struct timespec span = {0, may_wait ? IDLE_MS * 1000000L : 0};
        pthread_sigmask(SIG_BLOCK, &stops, &before);
        FD_ZERO(&waiting);
        FD_SET(stream->fd, &waiting);
        const int got =
            cli_signal_seen() ? -1 : pselect(stream->fd + 1, &waiting, NULL, NULL, &span, &before);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        if (cli_signal_seen())
            return STREAM_STOPPED;
        if (got > 0)
            return STREAM_MORE;
        if (!may_wait)
            return STREAM_LATER;
        if (got == 0 && stream->idle)
            stream->idle(stream->idle_ctx);
    }
}

static enum stream_got read_raw(struct stream *stream, int may_wait)
{
    ssize_t n;
    do {
        const enum stream_got ready = wait_input(stream, may_wait);
        if (ready != STREAM_MORE)
            return ready;
        /* the magic must lie in one block: keep what is there and read behind it */
        n = read(stream->fd, stream->raw + stream->raw_len, BLOCK - stream->raw_len);
    } while (n < 0 && (errno == EINTR || errno == EAGAIN));
    if (n < 0) {
        fail(stream, strerror(errno));
        return STREAM_FAILED;
    }
    stream->raw_len += (size_t)n;
    stream->raw_total += (uint64_t)n;
    return n > 0 ? STREAM_MORE : STREAM_END;
}

static int is_prefix(const unsigned char *head, size_t len, const char *magic, size_t magic_len)
{
    return memcmp(head, magic, len < magic_len ? len : magic_len) == 0;
}

/* Whether more bytes are needed to tell what the file is. */
static int is_undecided(const struct stream *stream)
{
    return stream->raw_len < CODEC_MAGIC &&
           (is_prefix(stream->raw, stream->raw_len, "\x1f\x8b", 2) ||
            is_prefix(stream->raw, stream->raw_len, "\x28\xb5\x2f\xfd", 4));
}

static int start_file(struct stream *stream)
{
    const char *failure = NULL;
    stream->is_started = 1;
    stream->codec = cli_codec_new(bytes_from((const char *)stream->raw, stream->raw_len), &failure);
    return failure ? fail(stream, failure) : 0;
}

static void put_utf8(struct buffer *out, uint32_t code)
{
    unsigned char *const at = (unsigned char *)cli_buffer_room(out, 4);
    if (code < 0x80) {
        at[0] = (unsigned char)code;
        out->len += 1;
    } else if (code < 0x800) {
        at[0] = (unsigned char)(0xc0 | code >> 6);
        at[1] = (unsigned char)(0x80 | (code & 0x3f));
        out->len += 2;
    } else if (code < 0x10000) {
        at[0] = (unsigned char)(0xe0 | code >> 12);
        at[1] = (unsigned char)(0x80 | (code >> 6 & 0x3f));
        at[2] = (unsigned char)(0x80 | (code & 0x3f));
        out->len += 3;
    } else {
        at[0] = (unsigned char)(0xf0 | code >> 18);
        at[1] = (unsigned char)(0x80 | (code >> 12 & 0x3f));
        at[2] = (unsigned char)(0x80 | (code >> 6 & 0x3f));
        at[3] = (unsigned char)(0x80 | (code & 0x3f));
        out->len += 4;
    }
}

static uint32_t unit_at(const struct buffer *plain, size_t at, int is_big)
{
    const unsigned char *p = (const unsigned char *)plain->at + at;
    return is_big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* UTF-16 without a mark is little-endian, as on every machine that still writes it. */
static size_t skip_mark(const struct stream *stream, int *is_big)
{
    const struct buffer *const plain = &stream->plain;
    const uint32_t mark = plain->len >= 2 ? unit_at(plain, 0, 1) : 0;
    *is_big = stream->units == UNITS_UTF16BE || (stream->units == UNITS_UTF16 && mark == 0xfeff);
    return mark == (*is_big ? 0xfeffu : 0xfffeu) ? 2 : 0;
}

static void convert_utf16(struct stream *stream, int is_end)
{
    static const char invalid = (char)0xff;
    struct buffer *const plain = &stream->plain;
    size_t at = 0;
    int is_big = stream->units == UNITS_UTF16BE;
    if (stream->is_marked && plain->len >= 2) {
        at = skip_mark(stream, &is_big);
        stream->units = is_big ? UNITS_UTF16BE : UNITS_UTF16LE;
        stream->is_marked = 0;
    }
    while (plain->len - at >= 2) {
        const uint32_t unit = unit_at(plain, at, is_big);
        const int is_high = (unit & 0xfc00) == 0xd800, is_low = (unit & 0xfc00) == 0xdc00;
        if (is_high && plain->len - at < 4 && !is_end)
            break;
        const uint32_t next = is_high && plain->len - at >= 4 ? unit_at(plain, at + 2, is_big) : 0;
        if (is_high && (next & 0xfc00) == 0xdc00) {
            put_utf8(&stream->window, 0x10000 + ((unit & 0x3ff) << 10 | (next & 0x3ff)));
            at += 2;
        } else if (is_high || is_low) {
            cli_buffer_put(&stream->window, &invalid, 1);
        } else {
            put_utf8(&stream->window, unit);
        }
        at += 2;
    }
    if (is_end && plain->len - at == 1) {
        cli_buffer_put(&stream->window, &invalid, 1);
        at++;
    }
    plain->len -= at;
    memmove(plain->at, plain->at + at, plain->len);
}

static int expand(struct stream *stream, struct buffer *out)
{
    jw_bytes in =
        bytes_from((const char *)stream->raw + stream->raw_at, stream->raw_len - stream->raw_at);
    if (!stream->codec) {
        cli_buffer_put(out, in.at, in.len);
        stream->raw_at = stream->raw_len;
        return 0;
    }
    if (cli_codec_run(stream->codec, &in, out) != 0)
        return fail(stream, "damaged compressed data");
    stream->raw_at = stream->raw_len - in.len;
    return 0;
}

static void compact(struct stream *stream)
{
    struct buffer *const window = &stream->window;
    if (stream->start == 0)
        return;
    window->len -= stream->start;
    memmove(window->at, window->at + stream->start, window->len);
    stream->start = 0;
}

static enum stream_got end_file(struct stream *stream)
{
    stream->is_ended = 1;
    if (stream->codec && !cli_codec_is_complete(stream->codec)) {
        fail(stream, "compressed data ends too early");
        return STREAM_FAILED;
    }
    const size_t before = stream->window.len;
    if (stream->units != UNITS_BYTES)
        convert_utf16(stream, 1);
    return stream->window.len > before ? STREAM_MORE : STREAM_END;
}

/* The window opens with the mark of UTF-8, with a piece of it that may still grow, or with something else. */
static void drop_utf8_mark(struct stream *stream)
{
    const jw_bytes window = stream_window(stream);
    const int may_be = is_prefix((const unsigned char *)window.at, window.len, "\xef\xbb\xbf", 3);
    if (may_be && window.len < 3)
        return;
    stream->is_marked = 0;
    if (may_be)
        cli_stream_take(stream, 3);
}

static enum stream_got fill_raw(struct stream *stream, int may_wait)
{
    if (stream->raw_at < stream->raw_len)
        return STREAM_MORE;
    stream->raw_at = stream->raw_len = 0;
    return read_raw(stream, may_wait);
}

static enum stream_got start_if_new(struct stream *stream, int may_wait)
{
    while (!stream->is_started) {
        const enum stream_got got =
            stream->raw_len > 0 && !is_undecided(stream) ? STREAM_MORE : read_raw(stream, may_wait);
        if (got != STREAM_MORE && got != STREAM_END)
            return got;
        if (got == STREAM_MORE && is_undecided(stream))
            continue;
        if (start_file(stream) != 0)
            return STREAM_FAILED;
    }
    return STREAM_MORE;
}

enum stream_got cli_stream_fill(struct stream *stream, int may_wait)
{
    if (stream->is_ended)
        return STREAM_END;
    enum stream_got got = start_if_new(stream, may_wait);
    if (got != STREAM_MORE)
        return got;
    compact(stream);
    const size_t before = stream->window.len;
    while (stream->window.len == before) {
        got = fill_raw(stream, may_wait);
        if (got == STREAM_END)
            return end_file(stream);
        if (got != STREAM_MORE)
            return got;
        if (expand(stream, stream->units == UNITS_BYTES ? &stream->window : &stream->plain) != 0)
            return STREAM_FAILED;
        if (stream->units != UNITS_BYTES)
            convert_utf16(stream, 0);
        else if (stream->is_marked)
            drop_utf8_mark(stream);
    }
    return STREAM_MORE;
}
