/* SPDX-License-Identifier: Apache-2.0 */
/* What the command line of the verbs that read records says, checked. */
#ifndef JW_CLI_OPTIONS_H
#define JW_CLI_OPTIONS_H

#include "cli/console.h"
#include "cli/frame.h"
#include "cli/gather.h"

enum { PROGRESS_NEVER, PROGRESS_AUTO, PROGRESS_LINES };

enum verb { VERB_ANNOTATE = 1, VERB_CONVERT = 2, VERB_EXPLAIN = 4, VERB_SUMMARY = 8, VERB_CHECK = 16 /* of input */, VERB_FAIRNESS = 32 };

/* NUL-terminated strings, borrowed from the command line or from a copy of it. */
struct name_list {
    const char **at;
    uint32_t len;
};

struct rename_pair {
    const char *to, *from;
};

struct options {
    enum verb verb; /* set by the caller, before */
    const char *model, *output, *stats, *dead_letter, *checkpoint, *calendar;
    enum log_style log;
    int is_quiet, progress;
    uint64_t progress_seconds;
    enum input_format format;
    jw_format to; /* 0: by the format of the first file */
    uint32_t want_shown, want_computed;
    int wants_default; /* the layers were not named: those the model lacks are left out */
    const char *want;  /* as given, for the identity of the run */
    const char *fields;
    uint64_t jobs;
    const char *encoding;
    int repairs, is_hans, echoes, is_keyed, is_strict, resumes, flushes_records, shards_by_ordinal;
    struct rename_pair *renames;
    uint32_t rename_count;
    struct name_list keep, userdicts, entities; /* entities: lists of names, weaker than userdicts */
    jw_unit offsets;
    const char *only_id; /* explain: the record asked for */
    uint64_t sentences;  /* summary: how many */
    enum group_by groups; /* summary: of more than one record */
    const char *tables;  /* --tables: folder */
    uint32_t table; /* jw_table; 0: none */
    int has_mark;   /* --bom */
    int uses_published; /* --clock published */
    uint64_t delay_seconds, deadline_ms;
    uint64_t shard, shard_count;
    uint64_t max_reject; /* in 1e-9; UINT64_MAX: no limit */
    uint64_t max_record, max_chars, max_sentence, max_entities, candidates;
    const char *const *files;
    uint32_t file_count;
};

/* Reads the arguments after the verb.  *ret_done: help or version was printed.  On failure the message was given: exit 2 or 3. */
enum exit_code cli_options_read(struct options *options, int argc, char **argv,
                                struct console *console, int *ret_done);
void cli_options_free(struct options *options);

/* Input key of a field of the contract: `title` after `--map title=headline` is `headline`. */
const char *cli_input_name(const struct options *options, const char *field);

#endif
