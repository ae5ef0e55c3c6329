/* SPDX-License-Identifier: Apache-2.0 */
/* One table of options; a row names the reader of its value.  No abbreviations: what is not in the table is refused. */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/help.h"
#include "cli/option_layers.h"

enum { JOBS_MOST = 1024, SHARDS_MOST = 1000000 };

struct parser {
    struct options *options;
    struct console *console;
    const char *name; /* of the option being read */
};

/* Returns 0 when the value is good. */
typedef int take_value(struct parser *parser, const char *value);

static enum exit_code bad_value(struct parser *parser, const char *value)
{
    SAY_ERROR(parser->console, "bad value '%s' of %s", value, parser->name);
    return EXIT_USAGE;
}

/* A decimal number from `least` to `most`, with an optional K, M or G of 1024. */
static int read_number(const char *value, uint64_t least, uint64_t most, uint64_t *ret)
{
    uint64_t number = 0;
    const char *at = value;
    for (; *at >= '0' && *at <= '9' && number <= most; at++)
        number = number * 10 + (uint64_t)(*at - '0');
    const unsigned shift = *at == 'K' ? 10 : *at == 'M' ? 20 : *at == 'G' ? 30 : 0;
    if (at == value || at[shift > 0] != '\0' || number > most >> shift)
        return -1;
    *ret = number << shift;
    return *ret >= least ? 0 : -1;
}

/* A decimal fraction from 0 to 1 in 1e-9. */
static int read_ratio(const char *value, uint64_t *ret)
{
    uint64_t unit = 1000000000;
    const char *at = value;
    if (*at != '0' && *at != '1')
        return -1;
    *ret = (uint64_t)(*at++ - '0') * unit;
    if (*at == '.')
        for (at++; *at >= '0' && *at <= '9'; at++) {
            unit /= 10;
            *ret += (uint64_t)(*at - '0') * unit;
        }
    return *at == '\0' && *ret <= 1000000000 ? 0 : -1;
}

int cli_find_name(const struct name_value *names, const char *value, size_t len, int *ret)
{
    for (; names->name; names++) {
        if (strlen(names->name) != len || memcmp(names->name, value, len) != 0)
            continue;
        *ret = names->value;
        return 0;
    }
    return -1;
}

static int take_format(struct parser *parser, const char *value)
{
    static const struct name_value names[] = {{"text", INPUT_TEXT},
                                              {"para", INPUT_PARA},
                                              {"whole", INPUT_WHOLE},
                                              {"jsonl", INPUT_JSONL},
                                              {"csv", INPUT_CSV},
                                              {"tsv", INPUT_TSV},
                                              {"conllu", INPUT_CONLLU},
                                              {"ptt", INPUT_PTT},
                                              {"mops", INPUT_MOPS},
                                              {"review", INPUT_REVIEW},
                                              {"html", INPUT_HTML},
                                              {NULL, 0}};
    int format;
    if (cli_find_name(names, value, strlen(value), &format) != 0)
        return -1;
    parser->options->format = (enum input_format)format;
    return 0;
}

static int take_to(struct parser *parser, const char *value)
{
    static const struct name_value names[] = {
        {"jsonl", JW_JSONL}, {"conllu", JW_CONLLU}, {"brat", JW_BRAT}, {"html", JW_HTML},
        {"csv", JW_CSV},     {"tsv", JW_TSV},       {NULL, 0}};
    int format;
    if (cli_find_name(names, value, strlen(value), &format) != 0)
        return -1;
    parser->options->to = (jw_format)format;
    return 0;
}

static int take_want(struct parser *parser, const char *value)
{
    return cli_layers_read(parser->options, value);
}

static int take_table(struct parser *parser, const char *value)
{
    static const struct name_value names[] = {{"documents", JW_TABLE_DOCUMENTS},
                                              {"sentences", JW_TABLE_SENTENCES},
                                              {"tokens", JW_TABLE_TOKENS},
                                              {"mentions", JW_TABLE_MENTIONS},
                                              {"doc_entity", JW_TABLE_ENTITIES},
                                              {"doc_value", JW_TABLE_VALUES},
                                              {"doc_event", JW_TABLE_EVENTS},
                                              {"doc_relation", JW_TABLE_RELATIONS},
                                              {"evidence", JW_TABLE_EVIDENCE},
                                              {"doc_esg", JW_TABLE_ESG},
                                              {NULL, 0}};
    int table;
    if (cli_find_name(names, value, strlen(value), &table) != 0)
        return -1;
    parser->options->table = (uint32_t)table;
    return 0;
}

static int is_encoding(const char *value, const char *name)
{
    for (; *value != '\0' && *name != '\0'; value++, name++)
        if ((*value >= 'a' && *value <= 'z' ? *value - 32 : *value) != *name)
            return 0;
    return *value == *name;
}

static int take_encoding(struct parser *parser, const char *value)
{
    static const char *const names[] = {"UTF-8", "UTF-16", "UTF-16LE",   "UTF-16BE",
                                        "BIG5",  "CP950",  "BIG5-HKSCS", "GB18030"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_encoding(value, names[i]))
            parser->options->encoding = names[i];
    return parser->options->encoding ? 0 : -1;
}

static int take_script(struct parser *parser, const char *value)
{
    parser->options->is_hans = strcmp(value, "hans") == 0;
    return parser->options->is_hans || strcmp(value, "hant") == 0 ? 0 : -1;
}

static int take_offsets(struct parser *parser, const char *value)
{
    static const struct name_value names[] = {
        {"cp", JW_UNIT_CODEPOINT}, {"byte", JW_UNIT_BYTE}, {"utf16", JW_UNIT_UTF16}, {NULL, 0}};
    int unit;
    if (cli_find_name(names, value, strlen(value), &unit) != 0)
        return -1;
    parser->options->offsets = (jw_unit)unit;
    return 0;
}

static int take_clock(struct parser *parser, const char *value)
{
    parser->options->uses_published = strcmp(value, "published") == 0;
    return parser->options->uses_published || strcmp(value, "max") == 0 ? 0 : -1;
}

static int take_delay(struct parser *parser, const char *value)
{
    return read_number(value, 0, 366 * 86400, &parser->options->delay_seconds);
}

static int take_deadline(struct parser *parser, const char *value)
{
    return read_number(value, 1, 3600000, &parser->options->deadline_ms);
}

static int take_flush(struct parser *parser, const char *value)
{
    parser->options->flushes_records = strcmp(value, "record") == 0;
    return parser->options->flushes_records || strcmp(value, "block") == 0 ? 0 : -1;
}

static int take_log(struct parser *parser, const char *value)
{
    static const struct name_value names[] = {
        {"text", LOG_TEXT}, {"json", LOG_JSON}, {"counter", LOG_COUNTER}, {NULL, 0}};
    int style;
    if (cli_find_name(names, value, strlen(value), &style) != 0)
        return -1;
    parser->console->style = parser->options->log = (enum log_style)style;
    return 0;
}

static int take_progress(struct parser *parser, const char *value)
{
    struct options *const options = parser->options;
    if (strcmp(value, "auto") == 0)
        options->progress = PROGRESS_AUTO;
    else if (strcmp(value, "never") == 0)
        options->progress = PROGRESS_NEVER;
    else if (read_number(value, 1, 86400, &options->progress_seconds) == 0)
        options->progress = PROGRESS_LINES;
    else
        return -1;
    return 0;
}

static int take_shard(struct parser *parser, const char *value)
{
    struct options *const options = parser->options;
    const char *slash = strchr(value, '/');
    char first[16];
    if (!slash || (size_t)(slash - value) >= sizeof first)
        return -1;
    memcpy(first, value, (size_t)(slash - value));
    first[slash - value] = '\0';
    if (read_number(slash + 1, 1, SHARDS_MOST, &options->shard_count) != 0)
        return -1;
    return read_number(first, 1, options->shard_count, &options->shard);
}

static int take_shard_by(struct parser *parser, const char *value)
{
    parser->options->shards_by_ordinal = strcmp(value, "ordinal") == 0;
    return parser->options->shards_by_ordinal || strcmp(value, "id") == 0 ? 0 : -1;
}

static void add_name(struct name_list *list, const char *name)
{
    const char **grown = realloc(list->at, (list->len + 1) * sizeof *grown);
    if (!grown)
        cli_die(EXIT_LIMIT, "out of memory");
    list->at = grown;
    list->at[list->len++] = name;
}

/* A comma-separated list as terminated strings; the copy lives as long as the process. */
static int split_names(const char *value, struct name_list *list)
{
    char *const copy = cli_new(strlen(value) + 1, 1);
    strcpy(copy, value);
    for (char *at = copy;;) {
        char *const comma = strchr(at, ',');
        if (comma)
            *comma = '\0';
        if (*at == '\0')
            return -1;
        add_name(list, at);
        if (!comma)
            return 0;
        at = comma + 1;
    }
}

static int take_keep(struct parser *parser, const char *value)
{
    return split_names(value, &parser->options->keep);
}

static int take_map(struct parser *parser, const char *value)
{
    static const char *const fields[] = {
        "id",          "title",  "body", "replies", "published_at", "received_at", "source",
        "source_type", "region", "lang", "text",    "time",         "rating",      "mops",
        "issuer",      "issuer_name", "entity_hint", "story_id", NULL};
    struct options *const options = parser->options;
    struct name_list pairs = {NULL, 0};
    int failed = split_names(value, &pairs);
    options->renames = cli_new(pairs.len + 1, sizeof *options->renames);
    options->rename_count = 0;
    for (uint32_t i = 0; i < pairs.len && !failed; i++) {
        char *const equals = strchr((char *)(uintptr_t)pairs.at[i], '=');
        uint32_t field = 0;
        if (equals)
            *equals = '\0';
        while (equals && fields[field] && strcmp(fields[field], pairs.at[i]) != 0)
            field++;
        failed = !equals || equals[1] == '\0' || !fields[field];
        if (!failed) {
            const struct rename_pair pair = {pairs.at[i], equals + 1};
            options->renames[options->rename_count++] = pair;
        }
    }
    free(pairs.at);
    return failed ? -1 : 0;
}

static int take_userdict(struct parser *parser, const char *value)
{
    add_name(&parser->options->userdicts, value);
    return 0;
}

static int take_entities(struct parser *parser, const char *value)
{
    add_name(&parser->options->entities, value);
    return 0;
}

static int take_jobs(struct parser *parser, const char *value)
{
    struct options *const options = parser->options;
    if (read_number(value, 0, JOBS_MOST, &options->jobs) != 0)
        return -1;
    if (options->jobs == 0) {
        const long online = sysconf(_SC_NPROCESSORS_ONLN);
        options->jobs = online < 1 ? 1 : online > JOBS_MOST ? JOBS_MOST : (uint64_t)online;
    }
    return 0;
}

static int take_max_reject(struct parser *parser, const char *value)
{
    return read_ratio(value, &parser->options->max_reject);
}

static int take_max_record(struct parser *parser, const char *value)
{
    return read_number(value, 1, (uint64_t)1 << 30, &parser->options->max_record);
}

static int take_max_chars(struct parser *parser, const char *value)
{
    return read_number(value, 1, (uint64_t)1 << 30, &parser->options->max_chars);
}

static int take_max_sentence(struct parser *parser, const char *value)
{
    return read_number(value, 16, 4096, &parser->options->max_sentence);
}

static int take_max_entities(struct parser *parser, const char *value)
{
    return read_number(value, 1, (uint64_t)1 << 30, &parser->options->max_entities);
}

static int take_candidates(struct parser *parser, const char *value)
{
    return read_number(value, 0, 3, &parser->options->candidates);
}

static int take_as(struct parser *parser, const char *value)
{
    static const struct name_value names[] = {{"text", JW_EXPLAIN}, {"json", JW_EXPLAIN_JSON}, {NULL, 0}};
    int format;
    if (cli_find_name(names, value, strlen(value), &format) != 0)
        return -1;
    parser->options->to = (jw_format)format;
    return 0;
}

/* One record at a time: stories and days need the records of many. */
static int take_of(struct parser *parser, const char *value)
{
    static const char *const names[] = {"doc", "story", "entity-day"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            parser->options->groups = (enum group_by)i;
            return 0;
        }
    return -1;
}

static int take_sentences(struct parser *parser, const char *value)
{
    return read_number(value, 1, 16, &parser->options->sentences);
}

#define TAKE_STRING(name, member) \
    static int take_##name(struct parser *parser, const char *value) \
    { \
        parser->options->member = value; \
        return 0; \
    }
#define TAKE_FLAG(name, member) \
    static int take_##name(struct parser *parser, const char *value) \
    { \
        (void)value; \
        parser->options->member = 1; \
        return 0; \
    }
TAKE_STRING(model, model)
TAKE_STRING(output, output)
TAKE_STRING(stats, stats)
TAKE_STRING(fields, fields)
TAKE_STRING(tables, tables)
TAKE_STRING(dead_letter, dead_letter)
TAKE_STRING(checkpoint, checkpoint)
TAKE_STRING(calendar, calendar)
TAKE_FLAG(quiet, is_quiet)
TAKE_FLAG(repair, repairs)
TAKE_FLAG(echo, echoes)
TAKE_FLAG(keyed, is_keyed)
TAKE_FLAG(strict, is_strict)
TAKE_FLAG(resume, resumes)
TAKE_FLAG(bom, has_mark)

/* `convert` computes nothing and reads one format, `explain` and `summary` write one thing, so they know less. */
enum {
    VERB_ONE = VERB_ANNOTATE,
    VERB_BOTH = VERB_ANNOTATE | VERB_CONVERT,
    VERB_READS = VERB_ANNOTATE | VERB_EXPLAIN | VERB_SUMMARY | VERB_CHECK | VERB_FAIRNESS,
    VERB_EVERY = VERB_READS | VERB_CONVERT,
    VERB_STREAM = VERB_BOTH | VERB_SUMMARY | VERB_CHECK | VERB_FAIRNESS
};

struct option_row {
    char letter; /* 0: none */
    const char *name;
    int has_value;
    int verbs; /* that know it */
    take_value *take;
};

static const struct option_row rows[] = {
    {'m', "model", 1, VERB_EVERY, take_model},
    {'o', "output", 1, VERB_EVERY, take_output},
    {'q', "quiet", 0, VERB_EVERY, take_quiet},
    {0, "log", 1, VERB_EVERY, take_log},
    {0, "stats", 1, VERB_STREAM, take_stats},
    {0, "progress", 1, VERB_STREAM, take_progress},
    {'f', "format", 1, VERB_READS, take_format},
    {'t', "to", 1, VERB_BOTH, take_to},
    {0, "table", 1, VERB_BOTH, take_table},
    {0, "tables", 1, VERB_ONE, take_tables},
    {0, "bom", 0, VERB_BOTH, take_bom},
    {0, "want", 1, VERB_BOTH, take_want},
    {0, "fields", 1, VERB_BOTH, take_fields},
    {'j', "jobs", 1, VERB_STREAM, take_jobs},
    {'e', "encoding", 1, VERB_READS, take_encoding},
    {0, "repair", 0, VERB_READS, take_repair},
    {0, "script", 1, VERB_READS, take_script},
    {0, "map", 1, VERB_READS, take_map},
    {0, "keep", 1, VERB_ONE, take_keep},
    {0, "entities", 1, VERB_READS, take_entities},
    {0, "candidates", 1, VERB_ONE, take_candidates},
    {0, "user-dict", 1, VERB_READS, take_userdict},
    {0, "clock", 1, VERB_READS, take_clock},
    {0, "delay", 1, VERB_ONE, take_delay},
    {0, "calendar", 1, VERB_ONE, take_calendar},
    {0, "offsets", 1, VERB_EVERY, take_offsets},
    {0, "echo", 0, VERB_BOTH, take_echo},
    {0, "keyed", 0, VERB_ONE, take_keyed},
    {0, "shard", 1, VERB_ONE, take_shard},
    {0, "shard-by", 1, VERB_ONE, take_shard_by},
    {0, "flush", 1, VERB_STREAM, take_flush},
    {0, "dead-letter", 1, VERB_STREAM, take_dead_letter},
    {0, "max-reject", 1, VERB_STREAM, take_max_reject},
    {0, "strict", 0, VERB_STREAM, take_strict},
    {0, "checkpoint", 1, VERB_ONE, take_checkpoint},
    {0, "resume", 0, VERB_ONE, take_resume},
    {0, "max-entities", 1, VERB_READS, take_max_entities},
    {0, "max-record", 1, VERB_EVERY, take_max_record},
    {0, "max-chars", 1, VERB_EVERY, take_max_chars},
    {0, "max-sentence", 1, VERB_READS, take_max_sentence},
    {0, "deadline-ms", 1, VERB_ONE, take_deadline},
    {0, "as", 1, VERB_EXPLAIN, take_as},
    {0, "of", 1, VERB_SUMMARY, take_of},
    {0, "sent", 1, VERB_SUMMARY, take_sentences},
};

static const struct option_row *find_long(enum verb verb, const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].verbs & (int)verb && strlen(rows[i].name) == len &&
            memcmp(rows[i].name, name, len) == 0)
            return &rows[i];
    return NULL;
}

static const struct option_row *find_short(enum verb verb, char letter)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].verbs & (int)verb && rows[i].letter == letter)
            return &rows[i];
    return NULL;
}

/* `--name=value`, `--name value`, `-n value`, `-nvalue`; *at is left on the last argument used. */
static enum exit_code take_option(struct parser *parser, int argc, char **argv, int *at)
{
    const char *const argument = argv[*at];
    const int is_long = argument[1] == '-';
    const size_t name_len = is_long ? strcspn(argument + 2, "=") : 1;
    const struct option_row *const row =
        is_long ? find_long(parser->options->verb, argument + 2, name_len)
                : find_short(parser->options->verb, argument[1]);
    const char *const rest = is_long ? argument + 2 + name_len : argument + 2;
    const char *value = is_long ? (*rest == '=' ? rest + 1 : NULL) : *rest != '\0' ? rest : NULL;
    if (!row) {
        SAY_ERROR(parser->console, "unknown option '%s'", argument);
        return EXIT_USAGE;
    }
    parser->name = argument;
    if (!row->has_value && value) {
        SAY_ERROR(parser->console, "option '%s' takes no value", argument);
        return EXIT_USAGE;
    }
    if (row->has_value && !value && *at + 1 < argc)
        value = argv[++*at];
    if (row->has_value && !value) {
        SAY_ERROR(parser->console, "option '%s' needs a value", argument);
        return EXIT_USAGE;
    }
    if (row->take(parser, value) == 0)
        return EXIT_DONE;
    bad_value(parser, value);
    return row->take == take_encoding ? EXIT_INPUT : EXIT_USAGE;
}

static void set_defaults(struct options *options)
{
    const enum verb verb = options->verb;
    memset(options, 0, sizeof *options);
    options->verb = verb;
    options->progress = PROGRESS_AUTO;
    options->jobs = 1;
    options->offsets = JW_UNIT_CODEPOINT;
    options->shard = options->shard_count = 1;
    options->max_reject = UINT64_MAX;
    options->max_record = (uint64_t)16 << 20;
    options->max_chars = 1000000;
    options->max_sentence = 512;
    options->max_entities = 2000;
}

static jw_format default_to(const struct options *options)
{
    const enum input_format format =
        options->format == INPUT_BY_NAME ? cli_format_by_name(options->files[0]) : options->format;
    return format == INPUT_TEXT || format == INPUT_CONLLU ? JW_CONLLU : JW_JSONL;
}

static int complain(struct console *console, const char *text)
{
    SAY_ERROR(console, "%s", text);
    return -1;
}

static int check_tables(const struct options *options, struct console *console)
{
    if (options->to != JW_CSV || options->table != 0)
        return complain(console, "--tables writes every table as csv");
    return options->output || options->checkpoint || options->is_keyed ? complain(console, "--tables goes without -o, --checkpoint and --keyed") : 0;
}

static int check_together(const struct options *options, struct console *console)
{
    if (options->resumes && !options->checkpoint)
        return complain(console, "--resume needs --checkpoint");
    if (options->checkpoint && !options->output)
        return complain(console, "--checkpoint needs -o");
    if (options->is_keyed && options->to != JW_JSONL)
        return complain(console, "--keyed needs -t jsonl");
    if (options->fields && options->to != JW_JSONL)
        return complain(console, "--fields needs -t jsonl");
    if (options->tables)
        return check_tables(options, console);
    if (cli_is_table(options->to) && options->table == 0)
        return complain(console, "-t csv and -t tsv need --table");
    if (!cli_is_table(options->to) && (options->table != 0 || options->has_mark))
        return complain(console, "--table and --bom need -t csv or -t tsv");
    return 0;
}

static enum exit_code finish(struct options *options, struct console *console)
{
    if (options->verb == VERB_CONVERT && options->to == 0) {
        SAY_ERROR(console, "convert needs -t");
        return EXIT_USAGE;
    }
    if (options->verb == VERB_CONVERT)
        options->format = INPUT_CONLLU;
    if (options->verb == VERB_SUMMARY)
        options->to = options->groups ? JW_CANDIDATES : JW_SUMMARY;
    if (options->groups == GROUP_STORY && split_names(cli_input_name(options, "story_id"), &options->keep) != 0)
        return EXIT_LIMIT;
    if (options->verb == VERB_FAIRNESS)
        options->to = JW_JSONL;
    if (options->verb == VERB_EXPLAIN && options->to == 0)
        options->to = JW_EXPLAIN;
    if (!options->encoding)
        options->encoding = "UTF-8";
    if (options->to == 0)
        options->to = options->tables ? JW_CSV : default_to(options);
    cli_layers_settle(options);
    console->is_quiet = options->is_quiet;
    return check_together(options, console) == 0 ? EXIT_DONE : EXIT_USAGE;
}

static const char *help_of(enum verb verb)
{
    switch (verb) {
    case VERB_CONVERT:
        return help_convert;
    case VERB_EXPLAIN:
        return help_explain;
    case VERB_SUMMARY:
        return help_summary;
    case VERB_CHECK:
        return help_check_input;
    case VERB_FAIRNESS:
        return help_fairness;
    default:
        return help_annotate;
    }
}

enum exit_code cli_options_read(struct options *options, int argc, char **argv,
                                struct console *console, int *ret_done)
{
    static const char *const standard_input[] = {"-"};
    struct parser parser = {options, console, ""};
    int files = 0, is_over = 0;
    set_defaults(options);
    *ret_done = 0;
    for (int i = 0; i < argc; i++) {
        const char *const argument = argv[i];
        if (is_over || argument[0] != '-' || argument[1] == '\0') {
            argv[files++] = argv[i];
        } else if (strcmp(argument, "--") == 0) {
            is_over = 1;
        } else if (strcmp(argument, "--help") == 0 || strcmp(argument, "--version") == 0) {
            fputs(argument[2] != 'h' ? help_version_line : help_of(options->verb), stdout);
            *ret_done = 1;
            return EXIT_DONE;
        } else {
            const enum exit_code code = take_option(&parser, argc, argv, &i);
            if (code != EXIT_DONE)
                return code;
        }
    }
    if (options->verb == VERB_EXPLAIN) {
        if (files == 0) {
            SAY_ERROR(console, "explain needs the id of a record");
            return EXIT_USAGE;
        }
        options->only_id = *argv++;
        files--;
    }
    options->files = files > 0 ? (const char *const *)argv : standard_input;
    options->file_count = files > 0 ? (uint32_t)files : 1;
    return finish(options, console);
}

void cli_options_free(struct options *options)
{
    if (options->keep.len > 0)
        free((char *)(uintptr_t)options->keep.at[0]); /* the start of the copied list */
    free(options->keep.at);
    free(options->userdicts.at);
    free(options->entities.at);
    if (options->rename_count > 0)
        free((char *)(uintptr_t)options->renames[0].to);
    free(options->renames);
}

const char *cli_input_name(const struct options *options, const char *field)
{
    for (uint32_t i = 0; i < options->rename_count; i++)
        if (strcmp(options->renames[i].to, field) == 0)
            return options->renames[i].from;
    return field;
}
