/* SPDX-License-Identifier: Apache-2.0 */
/* See harvest.h.  Runs in one thread, so everything that depends on order is decided here. */
#include "cli/harvest.h"

#include <inttypes.h>
#include <string.h>

#include "cli/checkpoint.h"

enum { CHECK_EVERY = 1000, COUNT_EVERY = 10000, SAVE_MICROS = 30000000 };
#define RATIO_UNIT UINT64_C(1000000000)

const char *cli_reject_code(uint32_t index)
{
    static const char *const codes[REJECT_CODES] = {
        "E_COLUMNS", "E_DUPKEY", "E_EMPTY", "E_ENCODING", "E_FIELD",     "E_JSON",
        "E_LAYER",   "E_MEMORY", "E_NUL",   "E_SIZE",     "E_SURROGATE", "E_TIME"};
    return codes[index];
}

static void count_reject(struct counts *counts, const char *code)
{
    counts->rejected++;
    for (uint32_t i = 0; i < REJECT_CODES; i++)
        counts->by_code[i] += strcmp(code, cli_reject_code(i)) == 0;
}

static uint32_t latency_cell(uint64_t micros)
{
    uint32_t octave = 0;
    uint64_t scaled = micros + LATENCY_STEPS;
    while (scaled >= 2 * LATENCY_STEPS) {
        scaled >>= 1;
        octave++;
    }
    const uint32_t cell = octave * LATENCY_STEPS + (uint32_t)(scaled - LATENCY_STEPS);
    return cell < LATENCY_CELLS ? cell : LATENCY_CELLS - 1;
}

static void count_result(struct counts *counts, const struct result *result, const struct raw *raw)
{
    if (result->kind == RESULT_DROPPED)
        return;
    if (result->kind == RESULT_BLANK) {
        counts->blanks++;
        return;
    }
    counts->records++;
    counts->bytes += raw->end - raw->byte;
    counts->chars += result->chars;
    counts->private_use += result->private_use;
    counts->tokens += result->tokens;
    counts->differences += result->differences;
    counts->latency[latency_cell(result->micros)]++;
    if (result->micros > counts->latency_max)
        counts->latency_max = result->micros;
    if (result->kind == RESULT_REJECT)
        count_reject(counts, result->code);
}

static int exceeds_ratio(const struct harvest *harvest)
{
    const uint64_t limit = harvest->plant->options->max_reject;
    if (limit == UINT64_MAX)
        return 0;
    return harvest->counts.rejected > limit / RATIO_UNIT * harvest->counts.records +
                                          limit % RATIO_UNIT * harvest->counts.records / RATIO_UNIT;
}

static void end_run(struct harvest *harvest, enum exit_code code, const char *text)
{
    if (harvest->code == EXIT_DONE) {
        SAY_ERROR(harvest->console, "%s", text);
        harvest->code = code;
    }
}

static void check_ratio(struct harvest *harvest)
{
    if (exceeds_ratio(harvest))
        end_run(harvest, EXIT_REJECTS, "more records rejected than --max-reject allows");
}

static void end_of_output(struct harvest *harvest, const struct output *output, int failure)
{
    if (failure && harvest->code == EXIT_DONE) {
        SAY_ERROR(harvest->console, "%s: %s", output->name ? output->name : "standard output",
                  strerror(failure));
        harvest->code = EXIT_INPUT;
    }
}

static void put(struct harvest *harvest, struct output *output, const struct buffer *bytes,
                size_t from, size_t to)
{
    if (to > from)
        end_of_output(harvest, output, cli_output_put(output, bytes->at + from, to - from));
}

static void say_counters(struct harvest *harvest)
{
    if (harvest->console->style != LOG_COUNTER)
        return;
    cli_console_counter(harvest->console, "records",
                        harvest->counts.records - harvest->records_said);
    cli_console_counter(harvest->console, "rejects",
                        harvest->counts.rejected - harvest->rejects_said);
    harvest->records_said = harvest->counts.records;
    harvest->rejects_said = harvest->counts.rejected;
}

static void save_checkpoint(struct harvest *harvest)
{
    const uint64_t now = cli_now_micros();
    if (!harvest->checkpoint ||
        (harvest->counts.records < harvest->checkpoint_records + COUNT_EVERY &&
         now < harvest->checkpoint_at + SAVE_MICROS))
        return;
    harvest->checkpoint_records = harvest->counts.records;
    harvest->checkpoint_at = now;
    const int failure = cli_checkpoint_save(harvest->checkpoint, harvest);
    if (failure && harvest->code == EXIT_DONE) {
        SAY_ERROR(harvest->console, "%s: %s", harvest->checkpoint->path, strerror(failure));
        harvest->code = EXIT_INPUT;
    }
}

static void after_record(struct harvest *harvest, const struct result *result,
                         const struct raw *raw)
{
    const struct options *const options = harvest->plant->options;
    harvest->mark.file = raw->file_index;
    harvest->mark.byte = raw->end;
    harvest->mark.ordinal = raw->ordinal;
    if (options->flushes_records)
        end_of_output(harvest, &harvest->out, cli_output_flush(&harvest->out));
    if (result->kind == RESULT_REJECT && options->is_strict && harvest->code == EXIT_DONE) {
        const struct spot spot = {raw->file, raw->ordinal};
        cli_say(harvest->console, &spot, "error", "%s in the record at byte %" PRIu64, result->code, raw->byte);
        harvest->code = EXIT_REJECTS;
    }
    if (result->kind != RESULT_BLANK && harvest->counts.records % CHECK_EVERY == 0)
        check_ratio(harvest);
    if (harvest->counts.records >= harvest->records_said + COUNT_EVERY)
        say_counters(harvest);
    if (harvest->code == EXIT_DONE)
        save_checkpoint(harvest);
}

static void put_tables(struct harvest *harvest, const struct batch *batch)
{
    const char *name;
    const int failure = cli_tables_put(&harvest->tables, batch, &name);
    if (!failure)
        return;
    SAY_ERROR(harvest->console, "%s: %s", name, strerror(failure));
    harvest->code = EXIT_INPUT;
}

int cli_harvest_batch(struct harvest *harvest, const struct batch *batch, uint64_t raw_done)
{
    size_t out_at = 0, dead_at = 0;
    for (size_t i = 0; i < batch->raws.len && harvest->code == EXIT_DONE; i++) {
        const struct result *const result = &batch->results[i];
        if (harvest->gather.by && result->kind == RESULT_RECORD)
            cli_gather_add(&harvest->gather, bytes_from(batch->out.at + out_at, result->out_end - out_at));
        else
            put(harvest, &harvest->out, &batch->out, out_at, result->out_end);
        put(harvest, &harvest->dead, &batch->dead, dead_at, result->dead_end);
        out_at = result->out_end;
        dead_at = result->dead_end;
        count_result(&harvest->counts, result, &batch->raws.at[i]);
        after_record(harvest, result, &batch->raws.at[i]);
    }
    if (harvest->tables.is_open && harvest->code == EXIT_DONE)
        put_tables(harvest, batch);
    harvest->raw_done = raw_done;
    cli_harvest_tick(harvest);
    return harvest->code == EXIT_DONE;
}

void cli_harvest_tick(struct harvest *harvest)
{
    const uint64_t now = cli_now_micros();
    end_of_output(harvest, &harvest->out, cli_output_tick(&harvest->out));
    if (harvest->dead.fd > 0)
        end_of_output(harvest, &harvest->dead, cli_output_tick(&harvest->dead));
    cli_progress_draw(harvest, now);
}

void cli_harvest_end(struct harvest *harvest)
{
    if (harvest->code == EXIT_DONE)
        check_ratio(harvest);
    if (harvest->gather.by && harvest->code == EXIT_DONE)
        end_of_output(harvest, &harvest->out, cli_gather_put(&harvest->gather, &harvest->out));
    say_counters(harvest);
}
