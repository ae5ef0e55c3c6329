/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Benchmark over shipped text: start-up, throughput of each stage, time and allocations of a document, peak memory.
 *
 * A document is a block of lines between empty lines.  A trial runs all documents as often as a quarter of a second asks for.  After a
 * warm-up that every document has passed, ten trials are run and the best and the worst dropped.  The cost of a stage is the time with its
 * layer wanted less the time with the layers below it.
 *
 * Usage: jinwen-bench [--quick] MODEL TEXT...     --quick: three short trials.  Exit code 1: a warm worker allocated.
 */
#include <jinwen/jinwen.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MAX_DOCS = 4096, MAX_TEXT = 64 << 20, MAX_TRIALS = 10, STARTS = 10 };

#define HEADLINE "台積電9月營收年增31.4% 第四季展望優於預期"

/* `below` is the row that this one adds a stage to, -1: nothing to take off.  `want` 0 only decodes; `format` 0 writes nothing. */
static const struct row {
    const char *name;
    uint32_t want, format;
    int below;
} rows[] = {
    {"input", 0, 0, -1},
    {"norm, pin, sent", JW_LAYER_SENTENCES, 0, 0},
    {"seg", JW_LAYER_TOKENS, 0, 1},
    {"pos", JW_LAYER_TOKENS | JW_LAYER_POS, 0, 2},
    {"ner", JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_MENTIONS, 0, 3},
    {"dep", JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_ARCS, 0, 3},
    {"entity", JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_MENTIONS | JW_LAYER_ENTITIES, 0, 4},
    {"value", JW_LAYER_TOKENS | JW_LAYER_VALUES, 0, 2},
    {"write CoNLL-U", JW_LAYER_TOKENS | JW_LAYER_POS, JW_CONLLU, 3},
    {"write JSON", JW_LAYER_TOKENS | JW_LAYER_POS, JW_JSONL, 3},
    {"words", JW_LAYER_TOKENS, 0, -1},
    {"words, tags", JW_LAYER_TOKENS | JW_LAYER_POS, 0, -1},
    {"to names", JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_MENTIONS, 0, -1},
    {"to trees and names", JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_MENTIONS | JW_LAYER_ARCS, 0, -1},
    {"and entities, values",
     JW_LAYER_TOKENS | JW_LAYER_POS | JW_LAYER_MENTIONS | JW_LAYER_ARCS | JW_LAYER_ENTITIES | JW_LAYER_VALUES, 0, -1},
    {"and scores", JW_LAYER_POS | JW_LAYER_ARCS | JW_LAYER_RELATIONS | JW_LAYER_SCORES, 0, -1},
    {"events to scores", JW_LAYER_POS | JW_LAYER_ARCS | JW_LAYER_RELATIONS | JW_LAYER_SCORES, 0, 14},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

struct bench {
    const char *model_path;
    jw_bytes docs[MAX_DOCS];
    uint32_t doc_count, trials;
    size_t bytes;
    uint64_t words;
    double trial_seconds;
    uint64_t allocations;
    jw_alloc alloc;
    jw_model *model;
    const struct row *widest;
};

static void *count_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    ++*(uint64_t *)ctx;
    return realloc(ptr, new_size);
}

/* Processor time, so that other work on the machine does not count: nothing here waits for anything. */
static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void die(const char *what, const jw_error *error)
{
    fprintf(stderr, "jinwen-bench: %s: %s\n", what, error ? error->message : "failed");
    exit(3);
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Mean without the best and the worst. */
static double trimmed_mean(double *at, uint32_t n)
{
    double sum = 0;
    qsort(at, n, sizeof *at, compare_doubles);
    for (uint32_t i = 1; i + 1 < n; i++)
        sum += at[i];
    return sum / (n - 2);
}

static void add_doc(struct bench *bench, const char *at, const char *end)
{
    if (at == end || bench->doc_count == MAX_DOCS)
        return;
    bench->docs[bench->doc_count++] = (jw_bytes){at, (size_t)(end - at)};
    bench->bytes += (size_t)(end - at);
}

static void split_docs(struct bench *bench, const char *at, const char *end)
{
    const char *start = at;
    for (; at + 1 < end; at++) {
        if (at[0] != '\n' || at[1] != '\n')
            continue;
        add_doc(bench, start, at);
        while (at + 1 < end && at[1] == '\n')
            at++;
        start = at + 1;
    }
    add_doc(bench, start, end);
}

static void read_text(struct bench *bench, const char *path)
{
    FILE *in = fopen(path, "rb");
    char *text = malloc(MAX_TEXT);
    if (!in || !text)
        die(path, NULL);
    size_t len = fread(text, 1, MAX_TEXT, in);
    fclose(in);
    text = realloc(text, len + 1);
    if (!text)
        die(path, NULL);
    split_docs(bench, text, text + len);
}

static void open_model(struct bench *bench)
{
    jw_error error;
    if (jw_model_open(bench->model_path, &bench->alloc, &bench->model, &error))
        die(bench->model_path, &error);
}

/* NULL when the model lacks a section that the layers need. */
static jw_worker *new_worker(struct bench *bench, uint32_t want)
{
    jw_options options = JW_OPTIONS_INIT;
    jw_worker *worker;
    jw_error error;
    options.want = want;
    const jw_status status = jw_worker_new(bench->model, &options, &worker, &error);
    if (status == JW_EMODEL_MISSING)
        return NULL;
    if (status != JW_OK)
        die("worker", &error);
    return worker;
}

static int drop_output(void *ctx, const char *at, size_t len)
{
    (void)at;
    *(size_t *)ctx += len;
    return 0;
}

static void run_doc(jw_worker *worker, jw_doc *doc, const struct row *row, jw_bytes text)
{
    const jw_part part = {text, JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    jw_error error;
    size_t written = 0;
    input.parts = &part;
    input.part_count = 1;
    if (jw_worker_load(worker, &input, doc, &error))
        die("document", &error);
    if (row->want && jw_worker_resume(worker, doc, &error))
        die("document", &error);
    if (row->format && jw_write(doc, row->format, NULL, (jw_sink){drop_output, &written}, &error))
        die("writer", &error);
}

static void run_docs(struct bench *bench, jw_worker *worker, jw_doc *doc, const struct row *row)
{
    for (uint32_t i = 0; i < bench->doc_count; i++)
        run_doc(worker, doc, row, bench->docs[i]);
}

static jw_doc *new_doc(struct bench *bench)
{
    jw_doc *doc;
    if (jw_doc_new(&bench->alloc, &doc))
        die("document", NULL);
    return doc;
}

/* Seconds for all documents once, or 0 when the model cannot. */
static double measure_row(struct bench *bench, const struct row *row)
{
    double seconds[MAX_TRIALS];
    jw_worker *worker = new_worker(bench, row->want ? row->want : JW_LAYER_SENTENCES);
    if (!worker)
        return 0;
    jw_doc *doc = new_doc(bench);
    const double started = now();
    run_docs(bench, worker, doc, row);
    const uint32_t rounds = (uint32_t)(bench->trial_seconds / (now() - started)) + 1;
    for (uint32_t trial = 0; trial < bench->trials; trial++) {
        const double trial_started = now();
        for (uint32_t i = 0; i < rounds; i++)
            run_docs(bench, worker, doc, row);
        seconds[trial] = (now() - trial_started) / rounds;
    }
    jw_doc_free(doc);
    jw_worker_free(worker);
    return trimmed_mean(seconds, bench->trials);
}

/* `all` is 0 when the model cannot; `seconds` is the part of it that is asked for, and may drown in noise. */
static void print_rate(const struct bench *bench, const char *name, double all, double seconds)
{
    if (all > 0 && seconds > 0)
        printf("%-20s %9.2f MB/s %12.0f words/s\n", name, (double)bench->bytes / 1e6 / seconds,
               (double)bench->words / seconds);
    else
        printf("%-20s %s\n", name, all > 0 ? "  within noise" : "  not in this model");
}

/* A row that has been measured already is not measured again. */
static double seconds_of(struct bench *bench, int at, const double *known)
{
    for (int i = 0; i < at; i++)
        if (rows[i].want == rows[at].want && rows[i].format == rows[at].format)
            return known[i];
    return measure_row(bench, &rows[at]);
}

static void measure_stages(struct bench *bench)
{
    double seconds[ROWS];
    for (int i = 0; i < ROWS; i++) {
        seconds[i] = seconds_of(bench, i, seconds);
        const int below = rows[i].below;
        if (i > 0 && below < 0 && rows[i - 1].below >= 0)
            printf("together\n");
        print_rate(bench, rows[i].name, seconds[i], seconds[i] - (below >= 0 ? seconds[below] : 0));
    }
}

/* Widest set of layers that the model can make. */
static const struct row *widest_row(struct bench *bench)
{
    for (int i = ROWS - 1; i > 0; i--) {
        jw_worker *worker = new_worker(bench, rows[i].want);
        const int can = worker != NULL;
        jw_worker_free(worker);
        if (can)
            return &rows[i];
    }
    die("model", NULL);
    return NULL;
}

/* Opens the model and annotates one headline, as a program that is started for it would. */
static void measure_start(struct bench *bench)
{
    double seconds[STARTS];
    for (int i = 0; i < STARTS; i++) {
        const double started = now();
        open_model(bench);
        jw_worker *worker = new_worker(bench, bench->widest->want);
        jw_doc *doc = new_doc(bench);
        run_doc(worker, doc, bench->widest, (jw_bytes){HEADLINE, sizeof HEADLINE - 1});
        seconds[i] = now() - started;
        jw_doc_free(doc);
        jw_worker_free(worker);
        jw_model_unref(bench->model);
    }
    const double first = seconds[0];
    printf("start: open and annotate a headline   first %.1f ms, then %.1f ms\n", first * 1e3,
           trimmed_mean(seconds, STARTS) * 1e3);
}

/* Median of the trials. */
static double time_doc(struct bench *bench, jw_worker *worker, jw_doc *doc, jw_bytes text)
{
    double seconds[MAX_TRIALS];
    for (uint32_t trial = 0; trial < bench->trials; trial++) {
        const double started = now();
        run_doc(worker, doc, bench->widest, text);
        seconds[trial] = now() - started;
    }
    qsort(seconds, bench->trials, sizeof *seconds, compare_doubles);
    return seconds[bench->trials / 2];
}

static void print_times(struct bench *bench, jw_worker *worker, jw_doc *doc)
{
    double *seconds = malloc(sizeof *seconds * bench->doc_count);
    if (!seconds)
        die("times", NULL);
    for (uint32_t i = 0; i < bench->doc_count; i++)
        seconds[i] = time_doc(bench, worker, doc, bench->docs[i]);
    qsort(seconds, bench->doc_count, sizeof *seconds, compare_doubles);
    printf("document, all layers: p50 %.0f us, p99 %.0f us, of %.0f bytes on average\n",
           seconds[bench->doc_count / 2] * 1e6,
           seconds[(size_t)bench->doc_count * 99 / 100] * 1e6,
           (double)bench->bytes / bench->doc_count);
    free(seconds);
}

/* Two rounds warm up, a third is counted: allocations of a warm worker over all documents. */
static uint64_t measure_documents(struct bench *bench)
{
    const struct row *row = bench->widest;
    jw_worker *worker = new_worker(bench, row->want);
    jw_doc *doc = new_doc(bench);
    run_docs(bench, worker, doc, row);
    run_docs(bench, worker, doc, row);
    const uint64_t before = bench->allocations;
    run_docs(bench, worker, doc, row);
    const uint64_t made = bench->allocations - before;
    print_times(bench, worker, doc);
    printf("allocations of a warm worker: %.3f a document\n", (double)made / bench->doc_count);
    jw_doc_free(doc);
    jw_worker_free(worker);
    return made;
}

static void count_words(struct bench *bench)
{
    jw_worker *worker = new_worker(bench, JW_LAYER_TOKENS);
    jw_doc *doc = new_doc(bench);
    const struct row row = {"", JW_LAYER_TOKENS, 0, -1};
    for (uint32_t i = 0; worker && i < bench->doc_count; i++) {
        run_doc(worker, doc, &row, bench->docs[i]);
        bench->words += jw_doc_tokens(doc).len;
    }
    jw_doc_free(doc);
    jw_worker_free(worker);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    const int quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    if (argc < 3 + quick) {
        fputs("usage: jinwen-bench [--quick] MODEL TEXT...\n", stderr);
        return 2;
    }
    bench.model_path = argv[1 + quick];
    bench.trials = quick ? 3 : MAX_TRIALS;
    bench.trial_seconds = quick ? 0.01 : 0.25;
    bench.alloc = (jw_alloc){count_resize, &bench.allocations};
    for (int i = 2 + quick; i < argc; i++)
        read_text(&bench, argv[i]);
    open_model(&bench);
    bench.widest = widest_row(&bench);
    jw_model_unref(bench.model);
    measure_start(&bench);
    open_model(&bench);
    count_words(&bench);
    printf("text: %u documents, %.2f MB, %llu words; %u trials\n", bench.doc_count,
           (double)bench.bytes / 1e6, (unsigned long long)bench.words, bench.trials);
    measure_stages(&bench);
    const uint64_t made = measure_documents(&bench);
    jw_model_unref(bench.model);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory: %.1f MB\n", (double)usage.ru_maxrss * 1024 / 1e6);
    return made > 0;
}
