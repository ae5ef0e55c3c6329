/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen summary --of story, entity-day: one object for all records of a story, or of a company on a day of the market. */
#ifndef JW_CLI_GATHER_H
#define JW_CLI_GATHER_H

#include "cli/output.h"

/* What a summary is of; records of a story share the field `story_id` of the input. */
enum group_by { GROUP_NONE, GROUP_STORY, GROUP_ENTITY_DAY };

struct group;

/* Groups in the order in which the first record of each came. */
struct gather {
    enum group_by by;
    uint32_t most;  /* sentences of a group */
    const char *run; /* 8 digits */
    struct group *group;
    uint32_t count, cap;
    uint32_t *slot; /* [slots]: group + 1 by hash of its key */
    uint32_t slots;
};

/* Takes in what jw_write made of a record as JW_CANDIDATES: valid JSON. */
void cli_gather_add(struct gather *gather, jw_bytes record);

/* The group a record belongs to is known: its story, the only field of `keep`, or its day. */
int cli_gather_has_key(enum group_by by, jw_bytes keep, int has_time);

/* One line a group, stories as they came, days in order and in a day companies by eid.  0 or the errno. */
int cli_gather_put(struct gather *gather, struct output *output);

void cli_gather_free(struct gather *gather);

#endif
