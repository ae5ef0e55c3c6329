/* SPDX-License-Identifier: Apache-2.0 */
/* Trainer of the classifier of clauses: section FRMC from announcements whose clause is known. */
#ifndef JW_STAGE_FORM_FORM_TRAIN_H
#define JW_STAGE_FORM_FORM_TRAIN_H

#include "stage/form/form.h"

struct form_example {
    struct form_sight sight;
    uint32_t clause; /* 1-51 */
    uint32_t times;  /* announcements that look like this */
};

/* Examples in the order of their dates: the last part measures the confidences.  Status: EMEMORY. */
jw_status jwi_form_train(const struct form_example *examples, uint32_t count, uint32_t epochs, struct arena *arena, jw_bytes *ret,
                         jw_error *reterr);

#endif
