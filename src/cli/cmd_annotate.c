/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen annotate, convert, explain, summary, fairness and check --input: records in, records out.  Opens everything, runs the crew, closes
 * everything.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/checkpoint.h"
#include "cli/crew.h"
#include "cli/plant.h"

enum { SENTENCES = 3 /* of a summary of groups */ };

struct job {
    struct options options;
    struct console console;
    struct plant plant;
    struct framer framer;
    struct harvest harvest;
    struct checkpoint checkpoint;
    int resumes; /* from a checkpoint that was found */
};

static enum exit_code fail_file(struct job *job, const char *name, int failure)
{
    SAY_ERROR(&job->console, "%s: %s", name, strerror(failure));
    return EXIT_INPUT;
}

/* Sum of the sizes; 0 when one is not a regular file. */
static uint64_t input_size(const struct options *options)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < options->file_count; i++) {
        struct stat info;
        const char *const name = options->files[i];
        const int got = strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &info) : stat(name, &info);
        if (got != 0 || !S_ISREG(info.st_mode))
            return 0;
        total += (uint64_t)info.st_size;
    }
    return total;
}

static int is_there(const char *name)
{
    struct stat info;
    return stat(name, &info) == 0;
}

/* *ret_done: the output is complete and there is nothing to do. */
static enum exit_code open_checkpoint(struct job *job, int *ret_done)
{
    const struct options *const options = &job->options;
    const char *name;
    char what[64];
    if (!options->checkpoint)
        return EXIT_DONE;
    if (!cli_checkpoint_open(&job->checkpoint, &job->plant, &name)) {
        SAY_ERROR(&job->console, "%s: a checkpoint needs regular files", name);
        return EXIT_INPUT;
    }
    job->harvest.checkpoint = &job->checkpoint;
    if (!options->resumes)
        return EXIT_DONE;
    const enum checkpoint_found found =
        cli_checkpoint_load(&job->checkpoint, &job->harvest.counts, what);
    job->resumes = found == CHECKPOINT_FITS;
    *ret_done = found == CHECKPOINT_NONE && is_there(options->output);
    if (found != CHECKPOINT_DIFFERS)
        return EXIT_DONE;
    SAY_ERROR(&job->console, "%s: the checkpoint was made with another %s", options->checkpoint,
              what);
    return EXIT_STATE;
}

static int open_output(const struct job *job, struct output *output, const char *name,
                       uint64_t length)
{
    return job->resumes ? cli_output_reopen(output, name, length) : cli_output_open(output, name);
}

/* A resumed output has its head already. */
static int write_head(struct job *job)
{
    struct buffer head = {NULL, 0, 0};
    int failure = 0;
    if (!job->resumes && !job->options.tables)
        cli_plant_head(&job->plant, &head);
    if (head.len > 0)
        failure = cli_output_put(&job->harvest.out, head.at, head.len);
    cli_buffer_free(&head);
    return failure;
}

static enum exit_code open_files(struct job *job)
{
    const struct options *const options = &job->options;
    struct harvest *const harvest = &job->harvest;
    int failure = open_output(job, &harvest->out, options->output, job->checkpoint.out_length);
    if (!failure)
        failure = write_head(job);
    if (failure)
        return fail_file(job, options->output ? options->output : "standard output", failure);
    const char *name = NULL;
    if (options->tables)
        failure = cli_tables_open(&harvest->tables, options->tables, &job->plant, &name);
    if (failure)
        return fail_file(job, name, failure);
    if (options->dead_letter)
        failure =
            open_output(job, &harvest->dead, options->dead_letter, job->checkpoint.dead_length);
    if (failure)
        return fail_file(job, options->dead_letter, failure);
    job->framer.files = options->files;
    job->framer.file_count = options->file_count;
    job->framer.format = options->format;
    job->framer.encoding = options->encoding;
    job->framer.max_record = (size_t)options->max_record;
    cli_framer_init(&job->framer);
    if (!job->resumes)
        return EXIT_DONE;
    const struct mark *const mark = &job->checkpoint.mark;
    harvest->mark = *mark;
    if (cli_framer_seek(&job->framer, mark->file, mark->byte, mark->ordinal) == FRAME_ADDED)
        return EXIT_DONE;
    SAY_ERROR(&job->console, "%s", job->framer.stream.failure);
    return EXIT_INPUT;
}

static void init_harvest(struct job *job)
{
    job->harvest.plant = &job->plant;
    job->harvest.console = &job->console;
    job->harvest.gather.by = job->options.groups;
    job->harvest.gather.most = job->options.sentences ? (uint32_t)job->options.sentences : SENTENCES;
    job->harvest.gather.run = job->plant.run_id.run;
    job->harvest.started = job->harvest.checkpoint_at = cli_now_micros();
    job->harvest.raw_total = input_size(&job->options);
    job->console.has_progress = job->options.progress == PROGRESS_AUTO && !job->options.is_quiet &&
                                cli_console_is_terminal();
}

/* `_SUCCESS` beside the output of a shard: the sign that schedulers look for. */
static void mark_success(struct job *job)
{
    const char *const output = job->options.output;
    struct buffer path = {NULL, 0, 0};
    struct output mark;
    if (job->options.shard_count == 1 || !output)
        return;
    const char *const slash = strrchr(output, '/');
    cli_buffer_put(&path, output, slash ? (size_t)(slash - output) + 1 : 0);
    cli_buffer_put(&path, "_SUCCESS", 9);
    if (cli_output_open(&mark, path.at) == 0)
        (void)cli_output_close(&mark, 1);
    cli_buffer_free(&path);
}

static void keep_error(struct job *job, enum exit_code *code, const char *name, int failure)
{
    if (failure && *code == EXIT_DONE)
        *code = fail_file(job, name ? name : "standard output", failure);
}

static enum exit_code close_files(struct job *job, enum exit_code code)
{
    const struct options *const options = &job->options;
    struct harvest *const harvest = &job->harvest;
    if (harvest->checkpoint && code > EXIT_SIGNAL)
        keep_error(job, &code, options->checkpoint,
                   cli_checkpoint_save(harvest->checkpoint, harvest));
    const int is_complete = code == EXIT_DONE || code == EXIT_DIFFERENCE;
    if (harvest->dead.name)
        keep_error(job, &code, options->dead_letter, cli_output_close(&harvest->dead, is_complete));
    keep_error(job, &code, options->output, cli_output_close(&harvest->out, is_complete));
    const char *name = options->tables;
    if (harvest->tables.is_open) {
        const int failure = cli_tables_close(&harvest->tables, options->tables, is_complete, &name);
        keep_error(job, &code, name, failure);
    }
    if (code != EXIT_DONE)
        return code;
    if (harvest->checkpoint)
        cli_checkpoint_remove(harvest->checkpoint);
    mark_success(job);
    return code;
}

static enum exit_code run(struct job *job)
{
    cli_signals_catch();
    enum exit_code code = cli_crew_run(&job->framer, &job->harvest, (uint32_t)job->options.jobs);
    cli_harvest_end(&job->harvest);
    if (job->harvest.code != EXIT_DONE)
        code = job->harvest.code;
    if (code == EXIT_DONE && job->options.only_id && job->harvest.counts.records == 0) {
        SAY_ERROR(&job->console, "no record '%s'", job->options.only_id);
        code = EXIT_INPUT;
    }
    if (code == EXIT_DONE && ((job->options.verb == VERB_CHECK && job->harvest.counts.rejected > 0) || job->harvest.counts.differences > 0))
        code = EXIT_DIFFERENCE;
    code = close_files(job, code);
    if (job->options.stats)
        keep_error(job, &code, job->options.stats,
                   cli_stats_write(&job->harvest, job->options.stats));
    cli_progress_end(&job->harvest);
    return code;
}

static enum exit_code open_and_run(struct job *job)
{
    int is_done = 0;
    enum exit_code code = cli_plant_open(&job->plant, &job->options, &job->console);
    if (code != EXIT_DONE)
        return code;
    init_harvest(job);
    code = open_checkpoint(job, &is_done);
    if (code != EXIT_DONE || is_done)
        return code;
    code = open_files(job);
    return code == EXIT_DONE ? run(job) : code;
}

static int run_verb(enum verb verb, int argc, char **argv)
{
    struct job job;
    int is_done;
    memset(&job, 0, sizeof job);
    job.options.verb = verb;
    cli_console_init(&job.console);
    enum exit_code code = cli_options_read(&job.options, argc, argv, &job.console, &is_done);
    if (code == EXIT_DONE && !is_done)
        code = open_and_run(&job);
    if (job.framer.stream.raw)
        cli_framer_free(&job.framer);
    cli_checkpoint_free(&job.checkpoint);
    cli_gather_free(&job.harvest.gather);
    cli_plant_close(&job.plant);
    cli_options_free(&job.options);
    return (int)code;
}

int cli_annotate(int argc, char **argv)
{
    return run_verb(VERB_ANNOTATE, argc, argv);
}

int cli_convert(int argc, char **argv)
{
    return run_verb(VERB_CONVERT, argc, argv);
}

int cli_explain(int argc, char **argv)
{
    return run_verb(VERB_EXPLAIN, argc, argv);
}

int cli_check_input(int argc, char **argv)
{
    return run_verb(VERB_CHECK, argc, argv);
}

int cli_fairness(int argc, char **argv)
{
    return run_verb(VERB_FAIRNESS, argc, argv);
}

int cli_summary(int argc, char **argv)
{
    return run_verb(VERB_SUMMARY, argc, argv);
}
