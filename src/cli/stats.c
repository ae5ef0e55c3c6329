/* SPDX-License-Identifier: Apache-2.0 */
/* The statistics of a run as one JSON object. */
#include <errno.h>
#include <string.h>

#include "cli/harvest.h"

static uint64_t cell_micros(uint32_t cell)
{
    const uint32_t octave = cell / LATENCY_STEPS, step = cell % LATENCY_STEPS;
    return ((uint64_t)(LATENCY_STEPS + step) << octave) - LATENCY_STEPS;
}

/* The latency that `share` of a thousand records do not exceed. */
static uint64_t percentile(const struct counts *counts, uint64_t share)
{
    const uint64_t wanted = (counts->records * share + 999) / 1000;
    uint64_t seen = 0;
    for (uint32_t i = 0; i < LATENCY_CELLS; i++) {
        seen += counts->latency[i];
        if (seen >= wanted && wanted > 0)
            return cell_micros(i + 1) < counts->latency_max ? cell_micros(i + 1)
                                                            : counts->latency_max;
    }
    return counts->latency_max;
}

static void put_member(struct buffer *out, const char *name, uint64_t value)
{
    cli_buffer_text(out, name);
    cli_buffer_uint(out, value);
}

/* Thousandths as a decimal: microseconds as milliseconds, milliseconds as seconds. */
static void put_thousandths(struct buffer *out, const char *name, uint64_t value)
{
    const char digits[3] = {(char)('0' + value / 100 % 10), (char)('0' + value / 10 % 10),
                            (char)('0' + value % 10)};
    put_member(out, name, value / 1000);
    cli_buffer_text(out, ".");
    cli_buffer_put(out, digits, sizeof digits);
}

static void put_rejects(struct buffer *out, const struct counts *counts)
{
    const char *comma = "";
    cli_buffer_text(out, ",\"rejects\":{");
    for (uint32_t i = 0; i < REJECT_CODES; i++) {
        if (counts->by_code[i] == 0)
            continue;
        cli_buffer_text(out, comma);
        cli_buffer_json(out, cli_reject_code(i), strlen(cli_reject_code(i)));
        put_member(out, ":", counts->by_code[i]);
        comma = ",";
    }
    cli_buffer_text(out, "}");
}

int cli_stats_write(const struct harvest *harvest, const char *path)
{
    const struct counts *const counts = &harvest->counts;
    const uint64_t micros = cli_now_micros() - harvest->started;
    struct buffer out = {NULL, 0, 0};
    struct output file;
    put_member(&out, "{\"records\":", counts->records);
    put_member(&out, ",\"blank\":", counts->blanks);
    put_member(&out, ",\"rejected\":", counts->rejected);
    put_member(&out, ",\"bytes\":", counts->bytes);
    put_member(&out, ",\"chars\":", counts->chars);
    put_member(&out, ",\"private_use\":", counts->private_use);
    put_member(&out, ",\"tokens\":", counts->tokens);
    put_thousandths(&out, ",\"seconds\":", micros / 1000);
    put_thousandths(
        &out, ",\"records_per_second\":", micros > 0 ? counts->records * 1000000000 / micros : 0);
    put_thousandths(&out, ",\"latency_ms\":{\"p50\":", percentile(counts, 500));
    put_thousandths(&out, ",\"p99\":", percentile(counts, 990));
    put_thousandths(&out, ",\"max\":", counts->latency_max);
    cli_buffer_text(&out, "}");
    put_rejects(&out, counts);
    cli_buffer_text(&out, ",\"ids\":{");
    cli_run_id_put(&harvest->plant->run_id, &out);
    cli_buffer_text(&out, "}}\n");
    int failure = cli_output_open(&file, path);
    if (!failure)
        failure = cli_output_put(&file, out.at, out.len);
    if (!failure)
        failure = cli_output_close(&file, 1);
    cli_buffer_free(&out);
    return failure;
}
