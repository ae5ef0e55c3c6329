/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack: puts section payloads into one model file.
 *   jinwen-pack -o jinwen.model [--meta KEY=VALUE] [--manifest FILE]... TAG=FILE...
 * A section META is made of the --meta pairs and one line per row of the manifests (file, licence, SHA-256), so that a model states what it
 * was made from.  No date, path or host gets in: the same inputs give the same bytes.
 */
#include "base/checksum.h"
#include "base/file.h"
#include "common/bytes.h"
#include "model/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct section {
    char tag[5];
    jw_bytes data;
};

struct packer {
    const char *out;
    struct section section[MODEL_MAX_SECTIONS];
    uint32_t count;
    struct buffer meta;
};

static void die(const char *what, const char *detail)
{
    fprintf(stderr, "jinwen-pack: %s%s%s\n", what, detail ? ": " : "", detail ? detail : "");
    exit(2);
}

static jw_bytes map_or_die(const char *path)
{
    jw_bytes data;
    jw_error error;
    if (jwi_file_map(path, &data, &error) != JW_OK)
        die(error.message, NULL);
    return data;
}

/* MANIFEST rows "file pack licence source sha256": the first, third and last cell. */
static void add_manifest_row(struct buffer *meta, const char *folder, const char *line, size_t len)
{
    const char *end = line + len;
    const char *pack = memchr(line, '\t', len);
    const char *licence = pack ? memchr(pack + 1, '\t', (size_t)(end - pack - 1)) : NULL;
    const char *source = licence ? memchr(licence + 1, '\t', (size_t)(end - licence - 1)) : NULL;
    const char *sha = end;
    while (sha > line && sha[-1] != '\t')
        sha--;
    if (!source)
        die("bad manifest row", folder);
    jwi_buffer_print(meta, "source:%s/%.*s=%.*s %.*s\n", folder, (int)(pack - line), line, (int)(source - licence - 1), licence + 1,
                     (int)(end - sha), sha);
}

/* The folder that holds the manifest names its rows: dict/MANIFEST.tsv -> dict. */
static void add_manifest(struct buffer *meta, const char *path)
{
    char folder[256] = "";
    const char *slash = strrchr(path, '/');
    const char *start = slash;
    while (start && start > path && start[-1] != '/')
        start--;
    if (slash)
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - start), start);
    const jw_bytes data = map_or_die(path);
    for (size_t at = 0, row = 0; at < data.len; row++) {
        const char *newline = memchr(data.at + at, '\n', data.len - at);
        const size_t len = newline ? (size_t)(newline - data.at) - at : data.len - at;
        if (row && len)
            add_manifest_row(meta, folder, data.at + at, len);
        at += len + 1;
    }
    jwi_file_unmap(data);
}

static void add_section(struct packer *packer, const char *argument)
{
    if (strlen(argument) < 6 || argument[4] != '=')
        die("not TAG=FILE", argument);
    if (packer->count == MODEL_MAX_SECTIONS - 1)
        die("too many sections", NULL);
    struct section *section = &packer->section[packer->count++];
    memcpy(section->tag, argument, 4);
    section->data = map_or_die(argument + 5);
}

static void parse(struct packer *packer, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const int has_value = i + 1 < argc;
        if (strcmp(argv[i], "-o") == 0 && has_value)
            packer->out = argv[++i];
        else if (strcmp(argv[i], "--meta") == 0 && has_value)
            jwi_buffer_print(&packer->meta, "%s\n", argv[++i]);
        else if (strcmp(argv[i], "--manifest") == 0 && has_value)
            add_manifest(&packer->meta, argv[++i]);
        else
            add_section(packer, argv[i]);
    }
    if (!packer->out || !packer->count)
        die("usage: jinwen-pack -o FILE [--meta KEY=VALUE] [--manifest FILE] TAG=FILE...", NULL);
}

/* The build id is the checksum of the checksums: it changes with any byte of any section. */
static void add_meta_section(struct packer *packer)
{
    uint64_t sums[MODEL_MAX_SECTIONS];
    for (uint32_t i = 0; i < packer->count; i++)
        sums[i] = jwi_checksum(packer->section[i].data);
    const jw_bytes all = {(const char *)sums, packer->count * sizeof *sums};
    jwi_buffer_print(&packer->meta, "build=%016llx\n", (unsigned long long)jwi_checksum(all));
    struct section *meta = &packer->section[packer->count++];
    memcpy(meta->tag, "META", 4);
    meta->data = jwi_buffer_bytes(&packer->meta);
}

static void write_model(struct packer *packer)
{
    struct buffer out = {0};
    struct model_header header = {.major = MODEL_MAJOR, .minor = MODEL_MINOR, .byte_order = MODEL_BYTE_ORDER, .done = MODEL_DONE};
    struct model_entry table[MODEL_MAX_SECTIONS];
    memset(table, 0, sizeof table);
    memcpy(header.magic, MODEL_MAGIC, sizeof header.magic);
    header.section_count = packer->count;
    header.table_at = sizeof header;
    uint64_t at = sizeof header + packer->count * sizeof *table;
    for (uint32_t i = 0; i < packer->count; i++) {
        at = (at + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
        memcpy(table[i].tag, packer->section[i].tag, 4);
        table[i].version = 1;
        table[i].offset = at;
        table[i].size = packer->section[i].data.len;
        table[i].checksum = jwi_checksum(packer->section[i].data);
        at += table[i].size;
    }
    header.file_size = at;
    header.checksum = jwi_model_frame_checksum(header, table);
    jwi_buffer_add(&out, &header, sizeof header);
    jwi_buffer_add(&out, table, packer->count * sizeof *table);
    for (uint32_t i = 0; i < packer->count; i++) {
        jwi_buffer_align(&out, MODEL_ALIGN);
        jwi_buffer_add(&out, packer->section[i].data.at, packer->section[i].data.len);
    }
    jw_error error;
    if (jwi_file_replace(packer->out, jwi_buffer_bytes(&out), &error) != JW_OK)
        die(error.message, NULL);
    jwi_buffer_free(&out);
}

int main(int argc, char **argv)
{
    static struct packer packer;
    parse(&packer, argc, argv);
    add_meta_section(&packer);
    write_model(&packer);
    jwi_buffer_free(&packer.meta);
    return 0;
}
