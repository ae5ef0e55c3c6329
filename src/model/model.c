/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, sharing and asking a model. */
#include "model/model.h"

#include "base/alloc.h"
#include "base/checksum.h"
#include "base/error.h"
#include "base/file.h"
#include "model/lexicon.h"

#include <string.h>

static void free_model(jw_model *model)
{
    const jw_alloc alloc = model->alloc;
    jwi_arena_free(&model->arena);
    if (model->is_mapped)
        jwi_file_unmap(model->file.data);
    jwi_free(&alloc, model, sizeof *model);
}

static jw_status open_lexicon(jw_model *model, jw_error *reterr)
{
    if (!jwi_model_file_has(&model->file, "LEXI"))
        return JW_OK;
    struct lexicon *lexicon = PUSH_ZERO(&model->arena, struct lexicon, 1);
    if (!lexicon)
        return jwi_fail_memory(reterr);
    model->lexicon = lexicon;
    return jwi_lexicon_open(&model->file, lexicon, reterr);
}

static jw_status open_kb(jw_model *model, jw_error *reterr)
{
    if (!jwi_model_file_has(&model->file, "KBAS"))
        return JW_OK;
    model->kb = PUSH_ZERO(&model->arena, struct kb, 1);
    return model->kb ? jwi_kb_open(&model->file, model->kb, reterr) : jwi_fail_memory(reterr);
}

static jw_status open_taxonomy(jw_model *model, jw_error *reterr)
{
    if (!jwi_model_file_has(&model->file, "TAXO"))
        return JW_OK;
    model->taxonomy = PUSH_ZERO(&model->arena, struct taxonomy, 1);
    if (!model->taxonomy)
        return jwi_fail_memory(reterr);
    return jwi_taxonomy_open(&model->file, &model->labels, &model->arena, model->taxonomy, reterr);
}

jw_status jwi_model_open_bytes(jw_bytes data, const jw_alloc *alloc, int is_mapped, jw_model **ret, jw_error *reterr)
{
    struct model_file file;
    TRY(jwi_model_file_open(data, &file, reterr));
    const jw_alloc use = jwi_alloc_or_default(alloc);
    jw_model *model = jwi_new(&use, sizeof *model);
    if (!model)
        return jwi_fail_memory(reterr);
    model->alloc = use;
    model->file = file;
    atomic_init(&model->refs, 1);
    jwi_arena_init(&model->arena, &use);
    jw_status status = jwi_labels_open(&model->file, &model->labels, reterr);
    if (status == JW_OK)
        status = open_lexicon(model, reterr);
    if (status == JW_OK)
        status = open_kb(model, reterr);
    if (status == JW_OK)
        status = open_taxonomy(model, reterr);
    if (status != JW_OK) {
        free_model(model);
        return status;
    }
    model->is_mapped = is_mapped;
    *ret = model;
    return JW_OK;
}

jw_model *jw_model_ref(jw_model *model)
{
    atomic_fetch_add_explicit(&model->refs, 1, memory_order_relaxed);
    return model;
}

void jw_model_unref(jw_model *model)
{
    if (model && atomic_fetch_sub_explicit(&model->refs, 1, memory_order_acq_rel) == 1)
        free_model(model);
}

jw_status jw_model_verify(const jw_model *model, jw_error *reterr)
{
    for (uint32_t i = 0; i < model->file.section_count; i++) {
        const struct model_entry *entry = &model->file.table[i];
        const jw_bytes section = {model->file.data.at + entry->offset, entry->size};
        if (jwi_checksum(section) != entry->checksum)
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, entry->offset, "section %.4s does not match its checksum", entry->tag);
    }
    return JW_OK;
}

jw_bytes jw_model_meta(const jw_model *model, const char *key)
{
    const jw_bytes none = {NULL, 0};
    const size_t key_len = strlen(key);
    jw_bytes meta;
    if (jwi_model_file_section(&model->file, "META", &meta, NULL) != JW_OK)
        return none;
    if (key_len == 0)
        return meta;
    for (size_t at = 0; at < meta.len;) {
        const char *line = meta.at + at;
        const char *newline = memchr(line, '\n', meta.len - at);
        const size_t len = newline ? (size_t)(newline - line) : meta.len - at;
        if (len > key_len && line[key_len] == '=' && memcmp(line, key, key_len) == 0) {
            const jw_bytes value = {line + key_len + 1, len - key_len - 1};
            return value;
        }
        at += len + 1;
    }
    return none;
}

int jw_model_section(const jw_model *model, uint32_t index, jw_section *ret)
{
    if (index >= model->file.section_count)
        return 0;
    const struct model_entry *entry = &model->file.table[index];
    memset(ret, 0, sizeof *ret);
    memcpy(ret->tag, entry->tag, sizeof entry->tag);
    ret->offset = entry->offset;
    ret->size = entry->size;
    ret->checksum = entry->checksum;
    return 1;
}

const char *jw_model_label(const jw_model *model, jw_labels set, uint32_t id)
{
    if (set >= JW_LABELS_EVENT)
        return model->taxonomy ? jwi_taxonomy_name(model->taxonomy, set, id) : NULL;
    return jwi_labels_name(&model->labels, set, id);
}

uint32_t jw_model_label_id(const jw_model *model, jw_labels set, jw_bytes name)
{
    if (set >= JW_LABELS_EVENT)
        return model->taxonomy ? jwi_taxonomy_id(model->taxonomy, set, name) : JW_NONE;
    return jwi_labels_id(&model->labels, set, name);
}
