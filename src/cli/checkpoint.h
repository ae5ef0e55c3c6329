/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checkpoints: how far a run has come, so that a killed one goes on and every record is written exactly once.  The file first names what the
 * run is made of (inputs, options, model); a resumed run must be made of the same.
 */
#ifndef JW_CLI_CHECKPOINT_H
#define JW_CLI_CHECKPOINT_H

#include "cli/harvest.h"

struct checkpoint {
    const char *path;
    struct buffer identity; /* `key=value` lines */
    struct mark mark;       /* found by load */
    uint64_t out_length, dead_length;
};

enum checkpoint_found { CHECKPOINT_NONE, CHECKPOINT_FITS, CHECKPOINT_DIFFERS };

/* Builds the identity.  False: an input is no regular file (*ret_name says which). */
int cli_checkpoint_open(struct checkpoint *checkpoint, const struct plant *plant,
                        const char **ret_name);
void cli_checkpoint_free(struct checkpoint *checkpoint);

/* Reads the file; counters go to `counts`.  On CHECKPOINT_DIFFERS `ret_what` (64 bytes) names the first difference. */
enum checkpoint_found cli_checkpoint_load(struct checkpoint *checkpoint, struct counts *counts,
                                          char ret_what[64]);

/* Output is flushed and synced first.  0 or the errno. */
int cli_checkpoint_save(const struct checkpoint *checkpoint, struct harvest *harvest);
void cli_checkpoint_remove(const struct checkpoint *checkpoint);

#endif
