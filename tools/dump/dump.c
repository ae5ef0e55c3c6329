/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-dump: a model as text, so that two models can be compared with diff.
 *   jinwen-dump MODEL [TAG]   the table of sections; with a TAG that section, text as it is, anything else as hexadecimal words
 */
#include "base/file.h"
#include "model/file.h"

#include <stdio.h>
#include <string.h>

static void dump_table(const struct model_file *file)
{
    for (uint32_t i = 0; i < file->section_count; i++) {
        const struct model_entry *entry = &file->table[i];
        printf("%.4s\t%u\t%llu\t%llu\t%016llx\n", entry->tag, entry->version, (unsigned long long)entry->offset,
               (unsigned long long)entry->size, (unsigned long long)entry->checksum);
    }
}

static void dump_words(jw_bytes data)
{
    for (size_t at = 0; at < data.len; at += 32) {
        printf("%08zx", at);
        for (size_t i = at; i < at + 32 && i < data.len; i++)
            printf("%s%02x", i % 4 ? "" : " ", (unsigned char)data.at[i]);
        putchar('\n');
    }
}

static void dump_section(jw_bytes data, const char *tag)
{
    if (memcmp(tag, "META", 4) == 0 || memcmp(tag, "LABL", 4) == 0)
        fwrite(data.at, 1, data.len, stdout);
    else
        dump_words(data);
}

int main(int argc, char **argv)
{
    struct model_file file;
    jw_bytes data, section;
    jw_error error;
    if (argc < 2 || argc > 3 || (argc == 3 && strlen(argv[2]) != 4)) {
        fprintf(stderr, "usage: jinwen-dump MODEL [TAG]\n");
        return 2;
    }
    jw_status status = jwi_file_map(argv[1], &data, &error);
    if (status == JW_OK)
        status = jwi_model_file_open(data, &file, &error);
    if (status == JW_OK && argc == 3)
        status = jwi_model_file_section(&file, argv[2], &section, &error);
    if (status != JW_OK) {
        fprintf(stderr, "jinwen-dump: %s: %s\n", argv[1], error.message);
        return 5;
    }
    if (argc == 3)
        dump_section(section, argv[2]);
    else
        dump_table(&file);
    return 0;
}
