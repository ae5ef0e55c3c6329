/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen fairness: the same record with other names, and which scores that moved. */
#ifndef JW_CLI_FAIR_H
#define JW_CLI_FAIR_H

#include "cli/cli.h"

/* A user dictionary of the names that take the place of those in a text. */
extern const char fair_names[];

/* What a record becomes: its parts with other names, and who has which. */
struct swap {
    struct buffer text;
    jw_part *parts;
    uint32_t part_count, part_cap;
    const char **name; /* [entities]: the name an entity has now, NULL: its own */
    const char **eid;
    uint32_t entity_cap;
};

void cli_swap_free(struct swap *swap);

/* Names of companies, banks and people of the document give way to others of their kind.  False when there is none. */
int cli_swap_make(struct swap *swap, const jw_doc *doc);

/* A line for each score of `doc` that is another in `twin`, the same record after the swap; returns how many. */
uint32_t cli_swap_compare(const struct swap *swap, const jw_doc *doc, const jw_doc *twin, struct buffer *out);

#endif
