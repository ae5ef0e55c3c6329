/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of 64 KiB or one second, whichever comes first; the caller flushes earlier where records must not wait. */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 64 << 10, WAIT_MICROS = 1000000, MODE = 0666 };

uint64_t cli_now_micros(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static char *with_ending(const char *name, const char *ending)
{
    struct buffer path = {NULL, 0, 0};
    cli_buffer_text(&path, name);
    cli_buffer_put(&path, ending, strlen(ending) + 1);
    return path.at;
}

/* Devices and pipes are written in place: a rename would put a file where the device was. */
static int is_in_place(const char *name)
{
    struct stat info;
    return stat(name, &info) == 0 && !S_ISREG(info.st_mode);
}

static int open_file(struct output *output, const char *name, int flags)
{
    memset(output, 0, sizeof *output);
    output->name = name;
    output->fd = STDOUT_FILENO;
    if (!name || strcmp(name, "-") == 0) {
        output->name = NULL;
        return 0;
    }
    if (!is_in_place(name))
        output->partial = with_ending(name, ".partial");
    output->fd = open(output->partial ? output->partial : name,
                      O_WRONLY | O_CREAT | O_CLOEXEC | flags, MODE);
    if (output->fd >= 0)
        return 0;
    const int failure = errno;
    free(output->partial);
    output->partial = NULL;
    return failure;
}

int cli_output_open(struct output *output, const char *name)
{
    return open_file(output, name, O_TRUNC);
}

int cli_output_reopen(struct output *output, const char *name, uint64_t length)
{
    const int failure = open_file(output, name, 0);
    if (failure)
        return failure;
    output->length = length;
    if (ftruncate(output->fd, (off_t)length) != 0 || lseek(output->fd, 0, SEEK_END) < 0)
        return errno;
    return 0;
}

int cli_output_flush(struct output *output)
{
    size_t done = 0;
    int failure = 0;
    while (done < output->pending.len && !failure) {
        const ssize_t n = write(output->fd, output->pending.at + done, output->pending.len - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            failure = errno;
    }
    output->length += done;
    output->pending.len = 0;
    return failure;
}

int cli_output_put(struct output *output, const char *at, size_t len)
{
    if (output->pending.len == 0)
        output->since = cli_now_micros();
    cli_buffer_put(&output->pending, at, len);
    return output->pending.len >= BLOCK ? cli_output_flush(output) : 0;
}

int cli_output_tick(struct output *output)
{
    if (output->pending.len == 0 || cli_now_micros() - output->since < WAIT_MICROS)
        return 0;
    return cli_output_flush(output);
}

int cli_output_sync(struct output *output)
{
    const int failure = cli_output_flush(output);
    if (failure)
        return failure;
    return fsync(output->fd) != 0 && errno != EINVAL && errno != EROFS ? errno : 0;
}

int cli_output_close(struct output *output, int is_complete)
{
    int failure = cli_output_flush(output);
    if (output->name && close(output->fd) != 0 && !failure)
        failure = errno;
    if (output->partial && is_complete && !failure && rename(output->partial, output->name) != 0)
        failure = errno;
    free(output->partial);
    cli_buffer_free(&output->pending);
    return failure;
}
