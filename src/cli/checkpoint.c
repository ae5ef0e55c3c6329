/* SPDX-License-Identifier: Apache-2.0 */
/* See checkpoint.h.  Text of `key=value` lines: the identity, then the numbers in a fixed order. */
#include "cli/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/digest.h"

enum { HEAD_BYTES = 1 << 20, PLAIN_NUMBERS = 12, NUMBERS = PLAIN_NUMBERS + REJECT_CODES };

static void put_hash(struct buffer *out, jw_bytes bytes)
{
    char hex[16];
    cli_digest_hex(cli_digest(bytes), hex);
    cli_buffer_put(out, hex, sizeof hex);
}

static void put_options(struct buffer *out, const struct plant *plant)
{
    const struct options *const options = plant->options;
    const uint64_t numbers[] = {(uint64_t)options->format,
                                (uint64_t)plant->to,
                                (uint64_t)options->echoes,
                                (uint64_t)options->is_keyed,
                                (uint64_t)options->is_strict,
                                (uint64_t)options->shards_by_ordinal,
                                options->shard,
                                options->shard_count,
                                options->max_reject,
                                options->max_record,
                                options->dead_letter != NULL,
                                options->rename_count,
                                options->table,
                                (uint64_t)options->has_mark};
    struct buffer text = {NULL, 0, 0};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cli_buffer_uint(&text, numbers[i]);
        cli_buffer_text(&text, DIGEST_JOINT);
    }
    cli_buffer_text(&text, options->encoding);
    cli_buffer_text(&text, DIGEST_JOINT);
    cli_buffer_text(&text, options->fields ? options->fields : "");
    for (uint32_t i = 0; i < options->rename_count; i++) {
        cli_buffer_text(&text, DIGEST_JOINT);
        cli_buffer_text(&text, options->renames[i].to);
        cli_buffer_text(&text, DIGEST_JOINT);
        cli_buffer_text(&text, options->renames[i].from);
    }
    for (uint32_t i = 0; i < options->keep.len; i++) {
        cli_buffer_text(&text, DIGEST_JOINT);
        cli_buffer_text(&text, options->keep.at[i]);
    }
    put_hash(out, buffer_bytes(&text));
    cli_buffer_free(&text);
}

/* Size and hash of the first MiB of a file. */
static int put_file(struct buffer *out, const char *name)
{
    struct stat info;
    const int is_stdin = strcmp(name, "-") == 0;
    const int fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return 0;
    struct buffer head = {NULL, 0, 0};
    cli_buffer_room(&head, HEAD_BYTES);
    ssize_t n = 1;
    while (n > 0 && head.len < HEAD_BYTES) {
        n = pread(fd, head.at + head.len, HEAD_BYTES - head.len, (off_t)head.len);
        head.len += n > 0 ? (size_t)n : 0;
    }
    cli_buffer_text(out, "input=");
    cli_buffer_uint(out, (uint64_t)info.st_size);
    cli_buffer_text(out, " ");
    put_hash(out, buffer_bytes(&head));
    cli_buffer_text(out, " ");
    cli_buffer_text(out, name);
    cli_buffer_text(out, "\n");
    cli_buffer_free(&head);
    if (!is_stdin)
        close(fd);
    return 1;
}

int cli_checkpoint_open(struct checkpoint *checkpoint, const struct plant *plant,
                        const char **ret_name)
{
    const struct options *const options = plant->options;
    struct buffer *const out = &checkpoint->identity;
    memset(checkpoint, 0, sizeof *checkpoint);
    checkpoint->path = options->checkpoint;
    cli_buffer_text(out, "checkpoint=1\nmodel=");
    cli_buffer_put(out, plant->run_id.model, sizeof plant->run_id.model);
    cli_buffer_text(out, "\nrun=");
    cli_buffer_put(out, plant->run_id.run, sizeof plant->run_id.run);
    cli_buffer_text(out, "\noptions=");
    put_options(out, plant);
    cli_buffer_text(out, "\n");
    for (uint32_t i = 0; i < options->file_count; i++) {
        *ret_name = options->files[i];
        if (!put_file(out, options->files[i]))
            return 0;
    }
    return 1;
}

void cli_checkpoint_free(struct checkpoint *checkpoint)
{
    cli_buffer_free(&checkpoint->identity);
}

/* The numbers of a checkpoint, in their order in the file. */
static void list_numbers(struct checkpoint *checkpoint, struct counts *counts,
                         uint64_t *ret[NUMBERS])
{
    uint64_t *const plain[PLAIN_NUMBERS] = {&checkpoint->mark.byte,  &checkpoint->mark.ordinal,
                                            &checkpoint->out_length, &checkpoint->dead_length,
                                            &counts->records,        &counts->blanks,
                                            &counts->rejected,       &counts->bytes,
                                            &counts->chars,          &counts->private_use,
                                            &counts->tokens,         &counts->latency_max};
    memcpy(ret, plain, sizeof plain);
    for (uint32_t i = 0; i < REJECT_CODES; i++)
        ret[PLAIN_NUMBERS + i] = &counts->by_code[i];
}

static int read_number(const char **at, const char *end, uint64_t *ret)
{
    const char *const from = *at;
    *ret = 0;
    while (*at < end && **at >= '0' && **at <= '9')
        *ret = *ret * 10 + (uint64_t)(*(*at)++ - '0');
    const int is_number = *at > from && *at < end && (**at == ' ' || **at == '\n');
    *at += is_number;
    return is_number;
}

static int read_numbers(struct checkpoint *checkpoint, struct counts *counts, const char *at,
                        const char *end)
{
    static const char key[] = "numbers=";
    uint64_t *numbers[NUMBERS], file;
    if ((size_t)(end - at) < sizeof key - 1 || memcmp(at, key, sizeof key - 1) != 0)
        return 0;
    at += sizeof key - 1;
    if (!read_number(&at, end, &file) || file > UINT32_MAX)
        return 0;
    checkpoint->mark.file = (uint32_t)file;
    list_numbers(checkpoint, counts, numbers);
    for (int i = 0; i < NUMBERS; i++)
        if (!read_number(&at, end, numbers[i]))
            return 0;
    return at == end;
}

static int read_file(const char *path, struct buffer *ret)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = 1;
    if (fd < 0)
        return 0;
    while (n > 0) {
        n = read(fd, cli_buffer_room(ret, 4096), 4096);
        ret->len += n > 0 ? (size_t)n : 0;
    }
    close(fd);
    return 1;
}

/* The key of the line in which two texts first differ. */
static void name_difference(const struct buffer *mine, const struct buffer *found, char ret[64])
{
    size_t at = 0, line = 0;
    while (at < mine->len && at < found->len && mine->at[at] == found->at[at]) {
        line = mine->at[at] == '\n' ? at + 1 : line;
        at++;
    }
    size_t len = 0;
    while (line + len < mine->len && mine->at[line + len] != '=' && mine->at[line + len] != '\n' &&
           len < 63)
        len++;
    memcpy(ret, mine->at + line, len);
    ret[len] = '\0';
}

enum checkpoint_found cli_checkpoint_load(struct checkpoint *checkpoint, struct counts *counts,
                                          char ret_what[64])
{
    struct buffer found = {NULL, 0, 0};
    const struct buffer *const mine = &checkpoint->identity;
    if (!read_file(checkpoint->path, &found))
        return CHECKPOINT_NONE;
    int fits = found.len > mine->len && memcmp(found.at, mine->at, mine->len) == 0;
    if (!fits)
        name_difference(mine, &found, ret_what);
    else if (!read_numbers(checkpoint, counts, found.at + mine->len, found.at + found.len)) {
        strcpy(ret_what, "numbers");
        fits = 0;
    }
    cli_buffer_free(&found);
    return fits ? CHECKPOINT_FITS : CHECKPOINT_DIFFERS;
}

static int replace_file(const char *path, const struct buffer *text)
{
    struct buffer temporary = {NULL, 0, 0};
    cli_buffer_text(&temporary, path);
    cli_buffer_put(&temporary, ".tmp", 5);
    const int fd = open(temporary.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int failure = fd < 0 ? errno : 0;
    if (!failure && write(fd, text->at, text->len) != (ssize_t)text->len)
        failure = errno ? errno : EIO;
    if (!failure && fsync(fd) != 0)
        failure = errno;
    if (fd >= 0)
        close(fd);
    if (!failure && rename(temporary.at, path) != 0)
        failure = errno;
    cli_buffer_free(&temporary);
    return failure;
}

int cli_checkpoint_save(const struct checkpoint *checkpoint, struct harvest *harvest)
{
    struct checkpoint now = *checkpoint;
    uint64_t *numbers[NUMBERS];
    int failure = cli_output_sync(&harvest->out);
    if (!failure && harvest->dead.name)
        failure = cli_output_sync(&harvest->dead);
    if (failure)
        return failure;
    struct buffer text = {NULL, 0, 0};
    now.mark = harvest->mark;
    now.out_length = harvest->out.length;
    now.dead_length = harvest->dead.length;
    cli_buffer_put(&text, now.identity.at, now.identity.len);
    cli_buffer_text(&text, "numbers=");
    cli_buffer_uint(&text, now.mark.file);
    list_numbers(&now, &harvest->counts, numbers);
    for (int i = 0; i < NUMBERS; i++) {
        cli_buffer_text(&text, " ");
        cli_buffer_uint(&text, *numbers[i]);
    }
    cli_buffer_text(&text, "\n");
    failure = replace_file(now.path, &text);
    cli_buffer_free(&text);
    return failure;
}

void cli_checkpoint_remove(const struct checkpoint *checkpoint)
{
    (void)unlink(checkpoint->path);
}
