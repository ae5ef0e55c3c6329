/* SPDX-License-Identifier: Apache-2.0 */
/* The worker behind jw_worker. */
#ifndef JW_API_WORKER_H
#define JW_API_WORKER_H

#include <jinwen/worker.h>

#include "stage/input/input.h"
#include "stage/stage.h"

struct jw_worker {
    jw_alloc alloc;
    jw_model *model;
    jw_options options;
    const jw_userdict **userdicts; /* [options.userdict_count], one reference each */
    struct arena own, lasting, scratch;
    struct codec codec;
    struct room room;
};

#endif
