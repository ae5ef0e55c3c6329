/* SPDX-License-Identifier: Apache-2.0 */
/* Layout of a model file; docs/FORMAT.md is the specification.  Little-endian, used in place. */
#ifndef JW_MODEL_FORMAT_H
#define JW_MODEL_FORMAT_H

#include <stdint.h>

#define MODEL_MAGIC "\x89JWM\r\n\x1a\n"

enum {
    MODEL_MAJOR = 1,
    MODEL_MINOR = 0,
    MODEL_BYTE_ORDER = 0x01020304,
    MODEL_DONE = 0x454e4f44, /* "DONE" */
    MODEL_ALIGN = 64,
    MODEL_MAX_SECTIONS = 64
};

struct model_header { /* 64 bytes at offset 0 */
    char magic[8];
    uint16_t major, minor;
    uint32_t byte_order;
    uint32_t done; /* MODEL_DONE once every byte is written */
    uint32_t section_count;
    uint64_t file_size;
    uint64_t table_at;  /* struct model_entry [section_count] */
    uint64_t checksum;  /* XXH64 of this header with checksum 0, followed by the table */
    uint64_t spare[2];
};

struct model_entry { /* 32 bytes */
    char tag[4];
    uint32_t version;
    uint64_t offset; /* multiple of MODEL_ALIGN */
    uint64_t size;
    uint64_t checksum; /* XXH64 of the section */
};

_Static_assert(sizeof(struct model_header) == 64, "header is 64 bytes");
_Static_assert(sizeof(struct model_entry) == 32, "entry is 32 bytes");

#endif
