/* SPDX-License-Identifier: Apache-2.0 */
/* --tables DIR: every flat table as a CSV file of its own, bad records in errors.csv, and _SUCCESS when all are complete. */
#ifndef JW_CLI_TABLE_SET_H
#define JW_CLI_TABLE_SET_H

#include "cli/lane.h"
#include "cli/output.h"

struct table_set {
    struct buffer names[TABLE_FILES]; /* paths, NUL-terminated */
    struct output out[TABLE_FILES];
    int is_open;
};

/* Name of table `table` of the library, or of the last file, "errors". */
const char *cli_table_name(uint32_t table);

/* Makes the folder if it is not there and opens every file with its line of column names; 0 or the errno, *ret_name the path that failed. */
int cli_tables_open(struct table_set *set, const char *folder, const struct plant *plant, const char **ret_name);

/* Rows of the lane's document, and of its reject. */
void cli_tables_doc(struct lane *lane, struct batch *batch);
void cli_tables_reject(const struct lane *lane, const struct raw *raw, struct batch *batch);

/* Each 0 or the errno; *ret_name the file that failed. */
int cli_tables_put(struct table_set *set, const struct batch *batch, const char **ret_name);
int cli_tables_close(struct table_set *set, const char *folder, int is_complete, const char **ret_name);

#endif
