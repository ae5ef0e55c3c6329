/* SPDX-License-Identifier: Apache-2.0 */
/* The progress line on a terminal, a plain line every N seconds with --progress N, and the last line of a run. */
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/harvest.h"

enum { DRAW_MICROS = 500000, FIRST_MICROS = 1000000, BAR = 20 };

/* 182340 as 182,340 */
static void put_grouped(struct buffer *out, uint64_t value)
{
    char digits[21];
    const int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            cli_buffer_text(out, ",");
        cli_buffer_put(out, digits + i, 1);
    }
}

static void put_two(struct buffer *out, uint64_t value)
{
    cli_buffer_text(out, value < 10 ? "0" : "");
    cli_buffer_uint(out, value);
}

static void put_clock(struct buffer *out, uint64_t seconds)
{
    put_two(out, seconds / 3600);
    cli_buffer_text(out, ":");
    put_two(out, seconds / 60 % 60);
    cli_buffer_text(out, ":");
    put_two(out, seconds % 60);
}

static void put_tenths(struct buffer *out, uint64_t tenths)
{
    cli_buffer_uint(out, tenths / 10);
    cli_buffer_text(out, ".");
    cli_buffer_uint(out, tenths % 10);
}

static void put_bar(struct buffer *out, uint64_t done, uint64_t total)
{
    const uint64_t filled = done >= total ? BAR : done * BAR / total,
                   percent = done >= total ? 100 : done * 100 / total;
    cli_buffer_text(out, " [");
    for (uint64_t i = 0; i < BAR; i++)
        cli_buffer_text(out, i < filled ? "#" : "-");
    cli_buffer_text(out, percent < 10 ? "]   " : percent < 100 ? "]  " : "] ");
    cli_buffer_uint(out, percent);
    cli_buffer_text(out, "%");
}

/* The oldest sample of the last ten seconds; the newest is stored over it. */
static struct rate_sample slide(struct harvest *harvest, uint64_t now)
{
    const struct rate_sample newest = {now, harvest->counts.records, harvest->raw_done};
    const uint64_t count = harvest->sample_count++;
    struct rate_sample oldest = {harvest->started, 0, 0};
    if (count >= RATE_SAMPLES)
        oldest = harvest->samples[count % RATE_SAMPLES];
    harvest->samples[count % RATE_SAMPLES] = newest;
    return oldest;
}

static void put_line(struct harvest *harvest, struct buffer *line, uint64_t now)
{
    const struct rate_sample oldest = slide(harvest, now);
    const uint64_t span = now > oldest.micros ? now - oldest.micros : 1;
    const uint64_t records = (harvest->counts.records - oldest.records) * 1000000 / span;
    const uint64_t bytes = (harvest->raw_done - oldest.raw) * 1000000 / span;
    const uint64_t left =
        harvest->raw_total > harvest->raw_done ? harvest->raw_total - harvest->raw_done : 0;
    cli_buffer_text(line, "annotate");
    if (harvest->raw_total > 0)
        put_bar(line, harvest->raw_done, harvest->raw_total);
    cli_buffer_text(line, "  ");
    put_grouped(line, harvest->counts.records);
    cli_buffer_text(line, " rec  ");
    put_grouped(line, records);
    cli_buffer_text(line, " rec/s  ");
    put_tenths(line, bytes / 100000);
    cli_buffer_text(line, harvest->raw_total > 0 ? " MB/s  ETA " : " MB/s  ");
    put_clock(line, harvest->raw_total > 0 ? (bytes > 0 ? left / bytes : 0)
                                           : (now - harvest->started) / 1000000);
    cli_buffer_text(line, "  bad ");
    put_grouped(line, harvest->counts.rejected);
}

static size_t terminal_width(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? (size_t)size.ws_col - 1
                                                                           : 79;
}

void cli_progress_draw(struct harvest *harvest, uint64_t now)
{
    const struct options *const options = harvest->plant->options;
    const int is_lines = options->progress == PROGRESS_LINES && !options->is_quiet;
    const uint64_t every = is_lines ? options->progress_seconds * 1000000 : DRAW_MICROS;
    const uint64_t first = is_lines ? every : FIRST_MICROS;
    if (!is_lines && !harvest->console->has_progress)
        return;
    if (now - harvest->started < first ||
        (harvest->drawn_at > 0 && now - harvest->drawn_at < every))
        return;
    struct buffer line = {NULL, 0, 0};
    harvest->drawn_at = now;
    put_line(harvest, &line, now);
    const size_t width = terminal_width();
    if (!is_lines && line.len > width)
        line.len = width;
    cli_buffer_put(&line, "", 1);
    if (is_lines)
        SAY_INFO(harvest->console, "%s", line.at);
    else
        cli_console_line(harvest->console, line.at);
    cli_buffer_free(&line);
}

void cli_progress_end(struct harvest *harvest)
{
    cli_console_line(harvest->console, NULL);
    if (harvest->plant->options->is_quiet) {
        if (harvest->counts.rejected > 0)
            SAY_WARNING(harvest->console, "%llu records rejected",
                        (unsigned long long)harvest->counts.rejected);
        return;
    }
    struct buffer line = {NULL, 0, 0};
    put_grouped(&line, harvest->counts.records);
    cli_buffer_text(&line, " records, ");
    put_grouped(&line, harvest->counts.rejected);
    cli_buffer_text(&line, " rejected, ");
    put_tenths(&line, (cli_now_micros() - harvest->started) / 100000);
    cli_buffer_put(&line, " s", 3);
    SAY_INFO(harvest->console, "%s", line.at);
    cli_buffer_free(&line);
}
