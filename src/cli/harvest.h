/* SPDX-License-Identifier: Apache-2.0 */
/* What comes out of the lanes, in order: output, dead letters, counts, limits on rejects, progress. */
#ifndef JW_CLI_HARVEST_H
#define JW_CLI_HARVEST_H

#include "cli/lane.h"
#include "cli/output.h"
#include "cli/table_set.h"

/* Latencies in eighths of octaves: within 9 % of the truth at any length. */
enum { LATENCY_STEPS = 8, LATENCY_CELLS = 40 * LATENCY_STEPS };
enum { RATE_SAMPLES = 20, REJECT_CODES = 12 };

struct counts {
    uint64_t differences; /* fairness: scores that moved */
    uint64_t records, blanks, rejected, bytes, chars, private_use, tokens;
    uint64_t by_code[REJECT_CODES];
    uint64_t latency[LATENCY_CELLS], latency_max;
};

struct rate_sample {
    uint64_t micros, records, raw;
};

/* Place after the last record written. */
struct mark {
    uint32_t file;
    uint64_t byte, ordinal;
};

struct harvest {
    const struct plant *plant;
    struct console *console;
    struct output out, dead;
    struct table_set tables; /* --tables */
    struct gather gather;    /* summary of more than one record */
    struct counts counts;
    struct mark mark;
    uint64_t started; /* microseconds */
    uint64_t raw_done, raw_total; /* stored bytes of the input; total 0: not known */
    struct rate_sample samples[RATE_SAMPLES];
    uint64_t sample_count, drawn_at, records_said, rejects_said, checkpoint_at, checkpoint_records;
    enum exit_code code; /* EXIT_DONE until something ends the run */
    struct checkpoint *checkpoint;
};

/* Writes the results of a batch; false when the run must end with harvest->code.  `raw_done`: stored bytes read when it was framed. */
int cli_harvest_batch(struct harvest *harvest, const struct batch *batch, uint64_t raw_done);

/* About twice a second: waiting output goes out, progress is drawn. */
void cli_harvest_tick(struct harvest *harvest);

/* After the last record: the ratio of rejects, the last counters. */
void cli_harvest_end(struct harvest *harvest);

/* Names of the reject codes, in the order of counts.by_code. */
const char *cli_reject_code(uint32_t index);

/* progress.c */
void cli_progress_draw(struct harvest *harvest, uint64_t now);
void cli_progress_end(struct harvest *harvest);

/* stats.c; 0 or the errno. */
int cli_stats_write(const struct harvest *harvest, const char *path);

#endif
