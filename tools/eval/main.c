/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen-eval: options, order of work, exit codes (0 done, 2 usage, 3 input). */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "eval.h"

static const char usage[] =
    "usage: jinwen-eval [options] GOLD SYSTEM      scores of CoNLL-U files over the same text\n"
    "       jinwen-eval --ner [options] GOLD SYSTEM\n"
    "                                              names: NER= in MISC, or columns form, tag / id, "
    "form, tag\n"
    "       jinwen-eval --spans [options] GOLD SYSTEM\n"
    "                                              names: JSON lines with text, entities [{s, e, "
    "type}] and ignore [[s, e]],\n"
    "                                              or with mentions [{at: [part, s, e], type}]\n"
    "       jinwen-eval --text FILE                text of a CoNLL-U file, one paragraph a line\n"
    "\n"
    "  --counts       counts instead of percentages\n"
    "  --train FILE   recall of words that FILE lacks\n"
    "  --errors N     the N most frequent errors of each kind\n"
    "  --types A,B    names: only these types\n"
    "  --map A=B,C=D  names: types renamed in both files first\n"
    "\n"
    "A file `-` is standard input.  Exit code: 0 done, 2 usage, 3 input.\n";

struct arguments {
    bool counts, ner, spans, text;
    const char *train;
    struct eval_ner_options names; /* names.errors serves both modes */
    const char *file[2];
    int n_file;
};

static bool read_count(const char *at, uint32_t *ret)
{
    char *end;
    unsigned long value = strtoul(at, &end, 10);
    *ret = (uint32_t)value;
    return at[0] >= '0' && at[0] <= '9' && *end == '\0' && value <= 1000000;
}

/* An option with a value moves *at onto it; false: not understood. */
static bool read_option(struct arguments *a, char **argv, int argc, int *at)
{
    const char *name = argv[*at];
    if (strcmp(name, "--counts") == 0)
        return a->counts = true;
    if (strcmp(name, "--ner") == 0)
        return a->ner = true;
    if (strcmp(name, "--spans") == 0)
        return a->spans = true;
    if (strcmp(name, "--text") == 0)
        return a->text = true;
    if (*at + 1 >= argc)
        return false;
    const char *value = argv[++*at];
    if (strcmp(name, "--train") == 0)
        a->train = value;
    else if (strcmp(name, "--types") == 0)
        a->names.types = value;
    else if (strcmp(name, "--map") == 0)
        a->names.map = value;
    else
        return strcmp(name, "--errors") == 0 && read_count(value, &a->names.errors);
    return true;
}

static bool read_arguments(struct arguments *a, char **argv, int argc)
{
    for (int i = 1; i < argc; i++) {
        bool is_file = argv[i][0] != '-' || argv[i][1] == '\0';
        if (is_file ? a->n_file >= 2 : !read_option(a, argv, argc, &i))
            return false;
        if (is_file)
            a->file[a->n_file++] = argv[i];
    }
    const bool has_names = a->ner || a->spans, has_name_option = a->names.types || a->names.map;
    return a->ner + a->spans + a->text <= 1 && a->n_file == (a->text ? 1 : 2) &&
           (has_names ? !a->counts && !a->train : !has_name_option);
}

static jw_status compare_names(const struct arguments *a, struct eval_pair *pair, jw_error *reterr)
{
    TRY(jwi_eval_read_names(a->file[0], &pair->pool, &pair->gold, reterr));
    TRY(jwi_eval_read_names(a->file[1], &pair->pool, &pair->system, reterr));
    TRY(jwi_eval_same_text(pair, reterr));
    return jwi_eval_print_names(stdout, &a->names, pair, reterr);
}

static jw_status compare_with_train(const char *path, struct eval_pair *pair, jw_error *reterr)
{
    struct eval_file train;
    TRY(jwi_eval_read(path, &pair->pool, &train, reterr));
    jw_status status = jwi_eval_print_unseen(stdout, &train, pair, reterr);
    jwi_eval_file_free(&train);
    return status;
}

static jw_status compare_layers(const struct arguments *a, struct eval_pair *pair, jw_error *reterr)
{
    TRY(jwi_eval_read(a->file[0], &pair->pool, &pair->gold, reterr));
    TRY(jwi_eval_read(a->file[1], &pair->pool, &pair->system, reterr));
    TRY(jwi_eval_same_text(pair, reterr));
    TRY(jwi_eval_align(pair, reterr));
    jwi_eval_print_scores(stdout, a->counts, pair);
    if (a->train)
        TRY(compare_with_train(a->train, pair, reterr));
    return a->names.errors ? jwi_eval_print_errors(stdout, a->names.errors, pair, reterr) : JW_OK;
}

static jw_status run(const struct arguments *a, jw_error *reterr)
{
    struct eval_pair pair = {0};
    if (a->text)
        return jwi_eval_print_text(stdout, a->file[0], reterr);
    if (a->spans)
        return jwi_eval_print_spans(stdout, &a->names, a->file, reterr);
    jw_status status = jwi_eval_pool_new(&pair.pool, reterr);
    if (status == JW_OK)
        status = a->ner ? compare_names(a, &pair, reterr) : compare_layers(a, &pair, reterr);
    jwi_eval_match_free(&pair.match);
    jwi_eval_file_free(&pair.gold);
    jwi_eval_file_free(&pair.system);
    jwi_eval_pool_free(&pair.pool);
    return status;
}

int main(int argc, char **argv)
{
    struct arguments arguments = {0};
    jw_error error;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return fputs(usage, stdout) < 0 ? 3 : 0;
    if (!read_arguments(&arguments, argv, argc)) {
        fputs(usage, stderr);
        return 2;
    }
    jw_status status = run(&arguments, &error);
    if (status == JW_OK && fflush(stdout) == 0)
        return 0;
    fprintf(stderr, "jinwen-eval: %s\n", status == JW_OK ? "cannot write" : error.message);
    return 3;
}
