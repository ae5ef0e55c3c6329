/* SPDX-License-Identifier: Apache-2.0 */
/* Section LABL: the label sets, lines "set TAB name"; a label's id is its rank within its set. */
#ifndef JW_MODEL_LABELS_H
#define JW_MODEL_LABELS_H

#include <jinwen/model.h>

#include "model/file.h"

enum { LABEL_SETS = 4, LABELS_MAX = 256, LABEL_LEN_MAX = 31 };

struct label_set {
    uint32_t count;
    char name[LABELS_MAX][LABEL_LEN_MAX + 1];
};

struct labels {
    struct label_set set[LABEL_SETS]; /* by jw_labels */
};

/* Status: EMODEL_MISSING, EMODEL_CORRUPT (unknown set, too many or too long labels). */
jw_status jwi_labels_open(const struct model_file *file, struct labels *ret, jw_error *reterr);

const char *jwi_labels_name(const struct labels *labels, jw_labels set, uint32_t id);
uint32_t jwi_labels_id(const struct labels *labels, jw_labels set, jw_bytes name);

#endif
