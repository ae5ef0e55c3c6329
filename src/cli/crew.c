/* SPDX-License-Identifier: Apache-2.0 */
/* See crew.h.  One lock guards the three positions in the ring; batches belong to whoever took them, so no lock is held while working. */
#include "cli/crew.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    BATCH_BYTES = 32 << 10,
    BATCH_RECORDS = 256,
    WINDOW_PER_JOB = 4,
    WINDOW_BYTES = 64 << 20,
    TICK_MS = 500
};

struct slot {
    struct batch batch;
    uint64_t raw_done;
    int is_done;
};

struct crew {
    struct framer *framer;
    struct harvest *harvest;
    struct slot *ring;
    uint32_t ring_len;
    pthread_mutex_t lock;
    pthread_cond_t filled_more, done_more, written_more;
    uint64_t filled, taken, written; /* batches since the start */
    size_t bytes;                    /* of input in the ring */
    int is_closed, is_aborted;
};

/* Fills a batch until it is full or the next record would have to be waited for. */
static enum frame_got fill_batch(struct framer *framer, struct batch *batch, int one_record)
{
    const size_t most = one_record ? 1 : BATCH_RECORDS;
    enum frame_got got = FRAME_ADDED;
    cli_raw_list_clear(&batch->raws);
    while (got == FRAME_ADDED && batch->raws.len < most && batch->raws.bytes.len < BATCH_BYTES)
        got = cli_frame_next(framer, &batch->raws, batch->raws.len == 0);
    return got == FRAME_LATER ? FRAME_ADDED : got;
}

static enum exit_code code_of(const struct framer *framer, enum frame_got got,
                              struct console *console)
{
    if (got == FRAME_STOPPED)
        return (enum exit_code)(EXIT_SIGNAL + cli_signal_seen());
    if (got != FRAME_FAILED)
        return EXIT_DONE;
    SAY_ERROR(console, "%s", framer->stream.failure);
    return EXIT_INPUT;
}

static void open_lane(struct lane *lane, const struct harvest *harvest)
{
    jw_error error;
    if (cli_lane_open(lane, harvest->plant, &error) == JW_OK)
        return;
    SAY_ERROR(harvest->console, "%s", error.message);
    cli_die(EXIT_LIMIT, "no worker could be made");
}

static void idle_alone(void *harvest)
{
    cli_harvest_tick(harvest);
}

static enum exit_code run_alone(struct framer *framer, struct harvest *harvest)
{
    struct lane lane;
    struct batch batch;
    enum frame_got got = FRAME_ADDED;
    int goes_on = 1;
    memset(&batch, 0, sizeof batch);
    open_lane(&lane, harvest);
    framer->stream.idle = idle_alone;
    framer->stream.idle_ctx = harvest;
    while (got == FRAME_ADDED && goes_on) {
        got = fill_batch(framer, &batch, harvest->plant->options->flushes_records);
        cli_lane_run(&lane, &batch);
        goes_on = cli_harvest_batch(harvest, &batch, framer->stream.raw_total);
        if (got == FRAME_ADDED && cli_signal_seen())
            got = FRAME_STOPPED;
    }
    cli_batch_free(&batch);
    cli_lane_close(&lane);
    return code_of(framer, got, harvest->console);
}

/* A lane and the crew it works for. */
struct seat {
    struct crew *crew;
    struct lane lane;
};

static void *work(void *argument)
{
    struct seat *const seat = argument;
    struct crew *const crew = seat->crew;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (crew->taken == crew->filled && !crew->is_closed)
            pthread_cond_wait(&crew->filled_more, &crew->lock);
        if (crew->taken == crew->filled)
            break;
        struct slot *const slot = &crew->ring[crew->taken++ % crew->ring_len];
        const int is_aborted = crew->is_aborted;
        pthread_mutex_unlock(&crew->lock);
        if (!is_aborted)
            cli_lane_run(&seat->lane, &slot->batch);
        pthread_mutex_lock(&crew->lock);
        slot->is_done = 1;
        pthread_cond_signal(&crew->done_more);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* Waits for the oldest batch; half a second at most, so that output and progress never stall. */
static void wait_done(struct crew *crew)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TICK_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    if (pthread_cond_timedwait(&crew->done_more, &crew->lock, &until) != ETIMEDOUT)
        return;
    pthread_mutex_unlock(&crew->lock);
    cli_harvest_tick(crew->harvest);
    pthread_mutex_lock(&crew->lock);
}

static void *write_in_order(void *argument)
{
    struct crew *const crew = argument;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        struct slot *const slot = &crew->ring[crew->written % crew->ring_len];
        const int is_empty = crew->written == crew->filled;
        if (is_empty && crew->is_closed)
            break;
        if (is_empty || !slot->is_done) {
            wait_done(crew);
            continue;
        }
        const int was_aborted = crew->is_aborted;
        pthread_mutex_unlock(&crew->lock);
        const int goes_on =
            !was_aborted && cli_harvest_batch(crew->harvest, &slot->batch, slot->raw_done);
        pthread_mutex_lock(&crew->lock);
        crew->is_aborted |= !goes_on;
        slot->is_done = 0;
        crew->bytes -= slot->batch.raws.bytes.len;
        crew->written++;
        pthread_cond_signal(&crew->written_more);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static void wait_room(struct crew *crew)
{
    while (!crew->is_aborted && (crew->filled - crew->written == crew->ring_len ||
                                 (crew->bytes > WINDOW_BYTES && crew->filled > crew->written)))
        pthread_cond_wait(&crew->written_more, &crew->lock);
}

static enum frame_got read_all(struct crew *crew)
{
    enum frame_got got = FRAME_ADDED;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        wait_room(crew);
        if (crew->is_aborted || got != FRAME_ADDED)
            break;
        struct slot *const slot = &crew->ring[crew->filled % crew->ring_len];
        pthread_mutex_unlock(&crew->lock);
        got =
            fill_batch(crew->framer, &slot->batch, crew->harvest->plant->options->flushes_records);
        if (got == FRAME_ADDED && cli_signal_seen())
            got = FRAME_STOPPED;
        slot->raw_done = crew->framer->stream.raw_total;
        pthread_mutex_lock(&crew->lock);
        crew->bytes += slot->batch.raws.bytes.len;
        crew->filled++;
        pthread_cond_signal(&crew->filled_more);
        pthread_cond_signal(&crew->done_more);
    }
    crew->is_closed = 1;
    pthread_cond_broadcast(&crew->filled_more);
    pthread_cond_broadcast(&crew->done_more);
    pthread_mutex_unlock(&crew->lock);
    return got;
}

static void start(pthread_t *thread, void *(*run)(void *), void *argument)
{
    if (pthread_create(thread, NULL, run, argument) != 0)
        cli_die(EXIT_LIMIT, "no thread could be made");
}

static void init_conditions(struct crew *crew)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->filled_more, NULL);
    pthread_cond_init(&crew->done_more, &monotonic);
    pthread_cond_init(&crew->written_more, NULL);
    pthread_condattr_destroy(&monotonic);
}

static enum exit_code run_together(struct framer *framer, struct harvest *harvest, uint32_t jobs)
{
    struct crew crew;
    sigset_t stops, before;
    struct seat *const seats = cli_new(jobs, sizeof *seats);
    pthread_t *const threads = cli_new(jobs + 1, sizeof *threads);
    memset(&crew, 0, sizeof crew);
    crew.framer = framer;
    crew.harvest = harvest;
    crew.ring_len = WINDOW_PER_JOB * jobs;
    crew.ring = cli_new(crew.ring_len, sizeof *crew.ring);
    init_conditions(&crew);
    sigemptyset(&stops); /* the reader alone takes the signals: it waits in a call that they can end */
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stops, &before);
    for (uint32_t i = 0; i < jobs; i++) {
        seats[i].crew = &crew;
        open_lane(&seats[i].lane, harvest);
        start(&threads[i], work, &seats[i]);
    }
    start(&threads[jobs], write_in_order, &crew);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    const enum frame_got got = read_all(&crew);
    for (uint32_t i = 0; i <= jobs; i++)
        pthread_join(threads[i], NULL);
    for (uint32_t i = 0; i < jobs; i++)
        cli_lane_close(&seats[i].lane);
    for (uint32_t i = 0; i < crew.ring_len; i++)
        cli_batch_free(&crew.ring[i].batch);
    free(crew.ring);
    free(threads);
    free(seats);
    return code_of(framer, got, harvest->console);
}

enum exit_code cli_crew_run(struct framer *framer, struct harvest *harvest, uint32_t jobs)
{
    return jobs == 1 ? run_alone(framer, harvest) : run_together(framer, harvest, jobs);
}
