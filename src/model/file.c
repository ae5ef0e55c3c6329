/* SPDX-License-Identifier: Apache-2.0 */
/* Frame checks of a model file, in the order docs/FORMAT.md states. */
#include "model/file.h"

#include "base/checksum.h"
#include "base/error.h"

#include <string.h>

static jw_status check_header(const struct model_header *header, size_t len, jw_error *reterr)
{
    if (memcmp(header->magic, MODEL_MAGIC, sizeof header->magic) != 0)
        return jwi_fail(reterr, JW_EMODEL_MAGIC, 0, "not a Jinwen model");
    if (header->byte_order != MODEL_BYTE_ORDER)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 12, "byte order of another kind of machine");
    if (header->major != MODEL_MAJOR)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 8, "format %u, this library reads %u", header->major, MODEL_MAJOR);
    if (header->done != MODEL_DONE)
        return jwi_fail(reterr, JW_EMODEL_UNFINISHED, 16, "the file was never finished");
    if (header->file_size != len)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 24, "%zu bytes, the header says %llu", len, (unsigned long long)header->file_size);
    if (header->section_count > MODEL_MAX_SECTIONS)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 20, "%u sections, at most %u", header->section_count, MODEL_MAX_SECTIONS);
    const uint64_t table_size = header->section_count * sizeof(struct model_entry);
    if (header->table_at % 8 || header->table_at > len || table_size > len - header->table_at)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 32, "section table outside the file");
    return JW_OK;
}

uint64_t jwi_model_frame_checksum(struct model_header header, const struct model_entry *table)
{
    char frame[sizeof header + MODEL_MAX_SECTIONS * sizeof *table];
    const size_t table_size = header.section_count * sizeof *table;
    header.checksum = 0;
    memcpy(frame, &header, sizeof header);
    memcpy(frame + sizeof header, table, table_size);
    const jw_bytes bytes = {frame, sizeof header + table_size};
    return jwi_checksum(bytes);
}

static jw_status check_entry(const struct model_entry *entry, uint64_t at, size_t len, jw_error *reterr)
{
    if (entry->offset % MODEL_ALIGN || entry->offset > len || entry->size > len - entry->offset)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, at, "section %.4s outside the file", entry->tag);
    return JW_OK;
}

jw_status jwi_model_file_open(jw_bytes data, struct model_file *ret, jw_error *reterr)
{
    const struct model_header *header = (const void *)data.at;
    if (data.len < sizeof *header)
        return jwi_fail(reterr, JW_EMODEL_MAGIC, 0, "%zu bytes are no model", data.len);
    if ((uintptr_t)data.at % MODEL_ALIGN)
        return jwi_fail(reterr, JW_EARGUMENT, 0, "model data must be aligned to %d bytes", MODEL_ALIGN);
    TRY(check_header(header, data.len, reterr));
    const struct model_entry *table = (const void *)(data.at + header->table_at);
    if (jwi_model_frame_checksum(*header, table) != header->checksum)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 40, "header and table do not match their checksum");
    for (uint32_t i = 0; i < header->section_count; i++)
        TRY(check_entry(&table[i], header->table_at + i * sizeof *table, data.len, reterr));
    ret->data = data;
    ret->table = table;
    ret->section_count = header->section_count;
    return JW_OK;
}

static const struct model_entry *find(const struct model_file *file, const char *tag)
{
    for (uint32_t i = 0; i < file->section_count; i++)
        if (memcmp(file->table[i].tag, tag, 4) == 0)
            return &file->table[i];
    return NULL;
}

int jwi_model_file_has(const struct model_file *file, const char *tag)
{
    return find(file, tag) != NULL;
}

jw_status jwi_model_file_section(const struct model_file *file, const char *tag, jw_bytes *ret, jw_error *reterr)
{
    const struct model_entry *entry = find(file, tag);
    if (!entry)
        return jwi_fail(reterr, JW_EMODEL_MISSING, 0, "the model has no section %.4s", tag);
    ret->at = file->data.at + entry->offset;
    ret->len = entry->size;
    return JW_OK;
}

const void *jwi_section_take(jw_bytes *left, size_t n, size_t size)
{
    if (n > left->len / size)
        return NULL;
    const size_t len = (n * size + 3) / 4 * 4;
    if (len > left->len)
        return NULL;
    const void *const at = left->at;
    left->at += len;
    left->len -= len;
    return at;
}
