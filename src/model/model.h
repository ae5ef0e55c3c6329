/* SPDX-License-Identifier: Apache-2.0 */
/* The model behind jw_model: mapped bytes, label sets, the lexicon, the entity list and one validated view a stage. */
#ifndef JW_MODEL_MODEL_H
#define JW_MODEL_MODEL_H

#include <jinwen/model.h>

#include <stdatomic.h>

#include "base/arena.h"
#include "model/file.h"
#include "model/kb.h"
#include "model/labels.h"
#include "model/taxonomy.h"

struct jw_model {
    jw_alloc alloc;
    atomic_uint refs; /* the one atomic of the library */
    int is_mapped;
    struct model_file file;
    struct arena arena; /* holds the views */
    struct labels labels;
    void *lexicon;       /* struct lexicon; NULL when the model has none */
    struct kb *kb;       /* NULL when the model has none */
    struct taxonomy *taxonomy; /* NULL when the model has none */
    const void **views;  /* by stage; NULL: the stage's section is missing */
};

/*
 * Everything of jw_model_open but the stages' views, which the API adds (stages are above this layer).  On failure `data` stays the
 * caller's; on success a mapped model unmaps it with its last reference.
 */
jw_status jwi_model_open_bytes(jw_bytes data, const jw_alloc *alloc, int is_mapped, jw_model **ret, jw_error *reterr);

#endif
