/* SPDX-License-Identifier: Apache-2.0 */
/* User dictionaries: words that are guaranteed (force) or favoured (prefer). */
#ifndef JINWEN_USERDICT_H
#define JINWEN_USERDICT_H

#include <jinwen/model.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jw_userdict jw_userdict;

typedef enum jw_level { JW_PREFER = 1, JW_FORCE = 2 } jw_level;

/*
 * Compiles a tab-separated dictionary.  The header line names the columns: form level pos pieces flags type entity, of which form is
 * required; without a header every line is a bare form.  `fallback` is the level of rows that name none.  docs/USERDICT.md states the
 * semantics.
 * Ensures: nothing is half loaded.  *ret holds one reference and one on the model.
 * Thread: any.  Status: EUSERDICT (reterr->at = byte of the bad line), EMEMORY.  Since: 0.1
 */
JW_API jw_status jw_userdict_read(jw_model *model, jw_bytes tsv, jw_level fallback, jw_userdict **ret, jw_error *reterr);

/* One more reference; returns its argument.  Thread: any.  Since: 0.1 */
JW_API jw_userdict *jw_userdict_ref(jw_userdict *dict);

/* Gives a reference back; NULL is fine.  Thread: any.  Since: 0.1 */
JW_API void jw_userdict_unref(jw_userdict *dict);

#ifdef __cplusplus
}
#endif
#endif
