/* SPDX-License-Identifier: Apache-2.0 */
/* mmap and atomic replacement; the only place that opens files in the library. */
#include "base/file.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static jw_status fail_errno(jw_error *reterr, const char *path, const char *what)
{
    return jwi_fail(reterr, JW_EIO, 0, "%s: cannot %s: %s", path, what, strerror(errno));
}

static jw_status map_open_file(int fd, const char *path, jw_bytes *ret, jw_error *reterr)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return fail_errno(reterr, path, "read its size");
    if (!S_ISREG(info.st_mode))
        return jwi_fail(reterr, JW_EIO, 0, "%s: not a regular file", path);
    void *at = NULL;
    if (info.st_size > 0) {
        at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED)
            return fail_errno(reterr, path, "map it");
    }
    ret->at = at;
    ret->len = (size_t)info.st_size;
    return JW_OK;
}

jw_status jwi_file_map(const char *path, jw_bytes *ret, jw_error *reterr)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(reterr, path, "open it");
    const jw_status status = map_open_file(fd, path, ret, reterr);
    close(fd);
    return status;
}

void jwi_file_unmap(jw_bytes data)
{
    if (data.at)
        munmap((void *)(uintptr_t)data.at, data.len);
}

static int is_same(const char *path, jw_bytes data)
{
    jw_bytes old;
    if (jwi_file_map(path, &old, NULL) != JW_OK)
        return 0;
    const int same = old.len == data.len && (!data.len || memcmp(old.at, data.at, data.len) == 0);
    jwi_file_unmap(old);
    return same;
}

static jw_status write_all(const char *path, jw_bytes data, jw_error *reterr)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return fail_errno(reterr, path, "create it");
    const int wrote = fwrite(data.at, 1, data.len, file) == data.len;
    const int synced = wrote && fflush(file) == 0 && fsync(fileno(file)) == 0;
    if (fclose(file) != 0 || !synced)
        return fail_errno(reterr, path, "write it");
    return JW_OK;
}

jw_status jwi_file_replace(const char *path, jw_bytes data, jw_error *reterr)
{
    if (is_same(path, data))
        return JW_OK;
    char temporary[4096];
    if (snprintf(temporary, sizeof temporary, "%s.tmp", path) >= (int)sizeof temporary)
        return jwi_fail(reterr, JW_EIO, 0, "path is too long");
    TRY(write_all(temporary, data, reterr));
    if (rename(temporary, path) != 0)
        return fail_errno(reterr, path, "rename it into place");
    return JW_OK;
}
