/* SPDX-License-Identifier: Apache-2.0 */
/* The model: one immutable, memory-mapped file that every worker and document shares. */
#ifndef JINWEN_MODEL_H
#define JINWEN_MODEL_H

#include <jinwen/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jw_model jw_model;

typedef enum jw_labels {
    JW_LABELS_UPOS,
    JW_LABELS_XPOS,
    JW_LABELS_DEP,
    JW_LABELS_MENTION,
    JW_LABELS_EVENT, /* these five of the taxonomy: docs/FINANCE.md */
    JW_LABELS_RELATION,
    JW_LABELS_ROLE,
    JW_LABELS_ASPECT,
    JW_LABELS_CREDIT
} jw_labels;

/*
 * Maps a model file and checks its header, section table and every index that run-time code follows unmasked.
 * Ensures: *ret holds one reference, given back by jw_model_unref.  The file must be replaced by rename, never in place.
 * Thread: any.  Status: EIO, EMEMORY, EMODEL_* (reterr->at = byte in the file).  Since: 0.1
 */
JW_API jw_status jw_model_open(const char *path, const jw_alloc *alloc, jw_model **ret, jw_error *reterr);

/*
 * The same over bytes in memory.
 * Requires: data is aligned to 64 bytes and outlives the last reference.
 * Thread: any.  Status: EARGUMENT, EMEMORY, EMODEL_*.  Since: 0.1
 */
JW_API jw_status jw_model_open_memory(jw_bytes data, const jw_alloc *alloc, jw_model **ret, jw_error *reterr);

/*
 * Recomputes every section checksum; slow on purpose.
 * Thread: any.  Status: EMODEL_CORRUPT (reterr->at = offset of the section).  Since: 0.1
 */
JW_API jw_status jw_model_verify(const jw_model *model, jw_error *reterr);

/* One more reference; returns its argument.  Thread: any.  Since: 0.1 */
JW_API jw_model *jw_model_ref(jw_model *model);

/* Gives a reference back; NULL is fine.  Thread: any.  Since: 0.1 */
JW_API void jw_model_unref(jw_model *model);

/*
 * Value of a key of the META section ("build", "source:dict/...", ...); empty when absent.  The key "" gives the section: lines `key=value`.
 * Who owns: the model.  Thread: any.  Since: 0.1
 */
JW_API jw_bytes jw_model_meta(const jw_model *model, const char *key);

/* Sections in file order: tag (4 bytes), size; false when `index` is past the last.  Thread: any.  Since: 0.1 */
typedef struct jw_section {
    char tag[8];
    uint64_t offset, size, checksum;
} jw_section;
JW_API int jw_model_section(const jw_model *model, uint32_t index, jw_section *ret);

/* Name of a label, NUL-terminated; NULL when out of range.  Thread: any.  Since: 0.1 */
JW_API const char *jw_model_label(const jw_model *model, jw_labels set, uint32_t id);

/* Id of a label name; JW_NONE when unknown.  Thread: any.  Since: 0.1 */
JW_API uint32_t jw_model_label_id(const jw_model *model, jw_labels set, jw_bytes name);

#ifdef __cplusplus
}
#endif
#endif
