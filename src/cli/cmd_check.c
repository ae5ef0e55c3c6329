/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen check: records of `annotate` against what the output contract promises and a reader relies on: JSON, spans inside their parts, sums
 * of evidence, probabilities, order.  Prints one line for each thing that is not so; exit 8 when there is one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/help.h"
#include "cli/json_view.h"

enum { PARTS_MOST = 4096, SCALE = 10000, PLACES = 3 };

struct inspection {
    const char *file;
    uint64_t line, records, differences;
    jw_bytes record;
    int64_t part_lens[PARTS_MOST];
    uint32_t part_count;
};

static void complain(struct inspection *inspection, const char *what, jw_bytes where)
{
    inspection->differences++;
    printf("%s:%llu: %s", inspection->file, (unsigned long long)inspection->line, what);
    if (where.len > 0)
        printf(": %.*s", (int)(where.len < 120 ? where.len : 120), where.at);
    putchar('\n');
}

static int64_t scaled_of(jw_bytes object, const char *key)
{
    int64_t value = 0;
    return cli_json_scaled(cli_json_get(object, key), &value) ? value : INT64_MIN;
}

static void read_parts(struct inspection *inspection)
{
    jw_bytes item;
    inspection->part_count = 0;
    const jw_bytes lens = cli_json_get(inspection->record, "part_lens");
    for (size_t at = 0; inspection->part_count < PARTS_MOST && cli_json_next(lens, &at, &item);)
        if (cli_json_scaled(item, &inspection->part_lens[inspection->part_count]))
            inspection->part_count++;
}

/* [part, start, end], half open, not empty, inside its part. */
static void check_span(struct inspection *inspection, jw_bytes holder, const char *key)
{
    int64_t place[PLACES] = {-1, -1, -1};
    const jw_bytes span = cli_json_get(holder, key);
    jw_bytes item;
    int count = 0;
    if (!span.at || inspection->part_count == PARTS_MOST)
        return;
    for (size_t at = 0; count < PLACES && cli_json_next(span, &at, &item); count++)
        if (!cli_json_scaled(item, &place[count]))
            place[count] = -1;
    const int64_t part = place[0] / SCALE;
    if (count != PLACES || place[0] < 0 || part >= inspection->part_count || place[1] < 0 || place[1] >= place[2] ||
        place[2] > inspection->part_lens[part])
        complain(inspection, "span outside its part", span);
}

static void check_spans(struct inspection *inspection)
{
    static const struct {
        const char *array, *key, *inner;
    } rows[] = {{"mentions", "at", NULL}, {"values", "at", NULL},    {"evidence", "at", NULL},
                {"events", "trigger", "args"}, {"relations", "at", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        jw_bytes item, arg;
        for (size_t at = 0; cli_json_next(cli_json_get(inspection->record, rows[i].array), &at, &item);) {
            check_span(inspection, item, rows[i].key);
            if (!rows[i].inner)
                continue;
            for (size_t inner = 0; cli_json_next(cli_json_get(item, rows[i].inner), &inner, &arg);)
                check_span(inspection, arg, "at");
        }
    }
}

/* Sum over the evidence of an entity. */
static int64_t sum_evidence(const struct inspection *inspection, jw_bytes eid, const char *key)
{
    int64_t sum = 0, value;
    jw_bytes item;
    for (size_t at = 0; cli_json_next(cli_json_get(inspection->record, "evidence"), &at, &item);)
        if (cli_json_is_same(cli_json_get(item, "of"), eid) && cli_json_scaled(cli_json_get(item, key), &value))
            sum += value;
    return sum;
}

static int64_t sum_aspects(jw_bytes entity)
{
    int64_t sum = 0;
    jw_bytes item;
    for (size_t at = 0; cli_json_next(cli_json_get(entity, "aspects"), &at, &item);)
        sum += scaled_of(item, "market");
    return sum;
}

static void check_market(struct inspection *inspection, jw_bytes entity, jw_bytes eid)
{
    const jw_bytes market = cli_json_get(entity, "market");
    if (!market.at || cli_json_is(market, "null"))
        return;
    const int64_t score = scaled_of(market, "score"), negative = scaled_of(market, "p_neg"), neutral = scaled_of(market, "p_neu"),
                  positive = scaled_of(market, "p_pos"), conf = scaled_of(market, "conf");
    if (score < -SCALE || score > SCALE)
        complain(inspection, "market score outside -1..1", eid);
    if (negative + neutral + positive != SCALE)
        complain(inspection, "probabilities that are not 1 together", eid);
    if (conf < negative || conf < neutral || conf < positive)
        complain(inspection, "conf below a probability", eid);
    if (cli_json_get(inspection->record, "evidence").at && sum_evidence(inspection, eid, "market") != score)
        complain(inspection, "market score that is not the sum of its evidence", eid);
    if (cli_json_get(entity, "aspects").at && sum_aspects(entity) != score)
        complain(inspection, "market score that is not the sum of its aspects", eid);
}

static void check_credit(struct inspection *inspection, jw_bytes entity, jw_bytes eid)
{
    const jw_bytes credit = cli_json_get(entity, "credit");
    if (!credit.at || cli_json_is(credit, "null"))
        return;
    const int64_t raw = scaled_of(credit, "raw"), score = scaled_of(credit, "score");
    const int64_t whole = (raw < 0 ? -((-raw + SCALE / 2) / SCALE) : (raw + SCALE / 2) / SCALE) * SCALE;
    if (raw < -3 * SCALE || raw > 3 * SCALE || score != whole)
        complain(inspection, "credit that is not its raw value rounded", eid);
    if (cli_json_get(inspection->record, "evidence").at && sum_evidence(inspection, eid, "credit") != raw)
        complain(inspection, "raw credit that is not the sum of its evidence", eid);
}

static void check_entities(struct inspection *inspection)
{
    int64_t before = 100 * SCALE;
    jw_bytes entity;
    for (size_t at = 0; cli_json_next(cli_json_get(inspection->record, "entities"), &at, &entity);) {
        const jw_bytes eid = cli_json_get(entity, "eid");
        const jw_bytes relevance = cli_json_get(entity, "relevance");
        const int64_t value = scaled_of(entity, "relevance");
        if (relevance.at && (value < 0 || value > before || value % SCALE != 0))
            complain(inspection, "relevance outside 0..100 or out of order", eid);
        before = relevance.at ? value : before;
        check_market(inspection, entity, eid);
        check_credit(inspection, entity, eid);
    }
}

static void check_events(struct inspection *inspection)
{
    int64_t number = 0, key;
    jw_bytes item;
    for (size_t at = 0; cli_json_next(cli_json_get(inspection->record, "events"), &at, &item);) {
        if (scaled_of(item, "n") != ++number * SCALE)
            complain(inspection, "events that are not numbered from 1", item);
        const int64_t market = scaled_of(item, "market");
        if (market < -SCALE || market > SCALE)
            complain(inspection, "polarity outside -1..1", item);
    }
    if (!cli_json_get(inspection->record, "events").at)
        return;
    for (size_t at = 0; cli_json_next(cli_json_get(inspection->record, "evidence"), &at, &item);)
        if (cli_json_scaled(cli_json_get(item, "event"), &key) && (key < SCALE || key > number * SCALE))
            complain(inspection, "evidence of an event that is not there", item);
}

/* The reading of opportunity or risk: its log-odds are the prior and the evidence together. */
static void check_esg(struct inspection *inspection)
{
    const jw_bytes esg = cli_json_get(inspection->record, "esg");
    if (!esg.at || cli_json_is(esg, "null"))
        return;
    int64_t sum = scaled_of(esg, "prior");
    const int64_t risk = scaled_of(esg, "p_risk");
    jw_bytes item;
    for (size_t at = 0; cli_json_next(cli_json_get(esg, "evidence"), &at, &item);) {
        check_span(inspection, item, "at");
        sum += scaled_of(item, "logit");
    }
    if (sum != scaled_of(esg, "logit"))
        complain(inspection, "log-odds that are not the prior and the evidence together", esg);
    if (risk < 0 || risk > SCALE)
        complain(inspection, "probability outside 0..1", esg);
}

static void check_record(struct inspection *inspection, jw_bytes line)
{
    const jw_bytes nothing = {NULL, 0};
    inspection->record = line;
    if (!cli_json_is_valid(line) || line.at[0] != '{') {
        complain(inspection, "not one JSON object", nothing);
        return;
    }
    if (!cli_json_is(cli_json_get(line, "schema"), "\"jinwen/1\""))
        complain(inspection, "schema is not jinwen/1", nothing);
    if (cli_json_get(line, "error").at)
        return;
    read_parts(inspection);
    check_spans(inspection);
    check_entities(inspection);
    check_events(inspection);
    check_esg(inspection);
}

static enum exit_code check_file(struct inspection *inspection)
{
    const int is_input = strcmp(inspection->file, "-") == 0;
    FILE *const file = is_input ? stdin : fopen(inspection->file, "rb");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    if (!file) {
        fprintf(stderr, "jinwen: %s: %s\n", inspection->file, strerror(errno));
        return EXIT_INPUT;
    }
    for (inspection->line = 1; (len = getline(&line, &cap, file)) >= 0; inspection->line++) {
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            len--;
        if (len == 0)
            continue;
        inspection->records++;
        check_record(inspection, bytes_from(line, (size_t)len));
    }
    free(line);
    if (!is_input)
        fclose(file);
    return EXIT_DONE;
}

int cli_check(int argc, char **argv)
{
    static char standard_input[] = "-", *const standard[] = {standard_input};
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--input") == 0) {
            memmove(argv + i, argv + i + 1, (size_t)(argc - i - 1) * sizeof *argv);
            return cli_check_input(argc - 1, argv);
        }
    struct inspection *const inspection = cli_new(1, sizeof *inspection);
    enum exit_code code = EXIT_DONE;
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(help_check, stdout);
            free(inspection);
            return EXIT_DONE;
        }
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            fprintf(stderr, "jinwen: unknown option '%s'\n", argv[i]);
            free(inspection);
            return EXIT_USAGE;
        }
    }
    char *const *const files = argc > 0 ? argv : standard;
    for (int i = 0; i < (argc > 0 ? argc : 1) && code == EXIT_DONE; i++) {
        inspection->file = files[i];
        code = check_file(inspection);
    }
    if (code == EXIT_DONE && inspection->differences > 0)
        code = EXIT_DIFFERENCE;
    fprintf(stderr, "jinwen: %llu records, %llu differences\n", (unsigned long long)inspection->records,
            (unsigned long long)inspection->differences);
    free(inspection);
    return (int)code;
}
