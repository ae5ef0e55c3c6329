/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a CoNLL-U file as it stood before it was cut: `# text` lines joined, a blank between two sentences unless the first ends in
 * SpaceAfter=No, an empty line where `# newdoc` or `# newpar` says so.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "eval.h"

struct joiner {
    FILE *out;
    const char *path;
    uint32_t line;
    unsigned long
        multi_end; /* words up to this id are inside a multi-word token, whose own line says what follows it */
    bool has_text;  /* the sentence at hand has printed its `# text` */
    bool is_open;   /* a paragraph has begun */
    bool wants_gap; /* between the last sentence and the next */
};

static bool starts_with(const char *at, size_t len, const char *prefix)
{
    return len >= strlen(prefix) && memcmp(at, prefix, strlen(prefix)) == 0;
}

/* "# newpar" and "# newpar id = x", not "# newparts". */
static bool is_mark(const char *at, size_t len, const char *mark)
{
    return starts_with(at, len, mark) && (len == strlen(mark) || at[strlen(mark)] == ' ');
}

static bool glues(const char *at, size_t len)
{
    static const char glue[] = "SpaceAfter=No";
    const size_t size = sizeof(glue) - 1;
    for (size_t i = 0; i + size <= len; i++)
        if (memcmp(at + i, glue, size) == 0 && (i == 0 || at[i - 1] == '\t' || at[i - 1] == '|') &&
            (i + size == len || at[i + size] == '|'))
            return true;
    return false;
}

/* What a token line says of the gap behind it. */
static void read_token(struct joiner *j, const char *at, size_t len)
{
    char *stop;
    unsigned long id = strtoul(at, &stop, 10);
    if (*stop == '-')
        j->multi_end = strtoul(stop + 1, NULL, 10);
    if (*stop == '-' || (*stop == '\t' && id > j->multi_end))
        j->wants_gap = !glues(at, len);
}

static jw_status read_line(struct joiner *j, const char *at, size_t len, jw_error *reterr)
{
    static const char text[] = "# text = ";
    if (is_mark(at, len, "# newdoc") || is_mark(at, len, "# newpar")) {
        if (j->is_open)
            fputs("\n\n", j->out);
        j->is_open = j->wants_gap = false;
    } else if (starts_with(at, len, text)) {
        if (j->wants_gap)
            fputc(' ', j->out);
        fwrite(at + sizeof(text) - 1, 1, len - (sizeof(text) - 1), j->out);
        j->is_open = j->has_text = true;
    } else if (len == 0) {
        j->has_text = false;
        j->multi_end = 0;
    } else if (at[0] != '#') {
        if (!j->has_text)
            return jwi_fail(reterr, JW_EFORMAT, j->line, "%s:%u: a sentence without '# text = '",
                            j->path, j->line);
        read_token(j, at, len);
    }
    return JW_OK;
}

static jw_status join(struct joiner *j, const char *at, size_t len, jw_error *reterr)
{
    const char *end = at + len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((stop ? stop : end) - at);
        j->line++;
        TRY(read_line(j, at, size && at[size - 1] == '\r' ? size - 1 : size, reterr));
        at += size + (stop != NULL);
    }
    if (j->is_open)
        fputc('\n', j->out);
    return JW_OK;
}

jw_status jwi_eval_print_text(FILE *out, const char *path, jw_error *reterr)
{
    struct joiner joiner = {.out = out, .path = path};
    char *at;
    size_t len;
    TRY(jwi_eval_slurp(path, &at, &len, reterr));
    jw_status status = join(&joiner, at, len, reterr);
    free(at);
    return status;
}
