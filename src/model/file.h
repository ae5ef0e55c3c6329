/* SPDX-License-Identifier: Apache-2.0 */
/* Section container: checks the frame of a model file and hands out sections. */
#ifndef JW_MODEL_FILE_H
#define JW_MODEL_FILE_H

#include <jinwen/base.h>

#include "model/format.h"

struct model_file {
    jw_bytes data;
    const struct model_entry *table;
    uint32_t section_count;
};

/* Checks magic, done flag, byte order, version, sizes, table bounds and table checksum; nothing inside a section. */
jw_status jwi_model_file_open(jw_bytes data, struct model_file *ret, jw_error *reterr);

/* Section by tag ("SEGL"); JW_EMODEL_MISSING when absent. */
jw_status jwi_model_file_section(const struct model_file *file, const char *tag, jw_bytes *ret, jw_error *reterr);

/* XXH64 of the header (its checksum taken as 0) and the table; requires section_count <= MODEL_MAX_SECTIONS. */
uint64_t jwi_model_frame_checksum(struct model_header header, const struct model_entry *table);

/* True when the section is there. */
int jwi_model_file_has(const struct model_file *file, const char *tag);

/* Cuts `n` items of `size` bytes, padded to 4, off the front of what is left of a section; NULL when they are not there. */
const void *jwi_section_take(jw_bytes *left, size_t n, size_t size);

#endif
