/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-make-articles -o OUT -m MODEL FILE...: section ARTI from lists of names, one a line; the model normalises.  A list may be a table:
 * only what stands before the first tab counts.
 */
#include "base/file.h"
#include "common/bytes.h"
#include "common/gold.h"
#include "common/vectors.h"
#include "model/article_set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHORTEST = 2, BYTES_MAX = 4 * ARTICLE_MAX };

struct hashes {
    uint64_t *at;
    size_t len, cap;
};

static void add_form(struct hashes *hashes, const jw_model *model, jw_bytes form)
{
    const struct units units = jwi_units_of(model, form);
    uint64_t hash = article_start();
    for (uint32_t i = 0; i < units.len; i++)
        hash = article_next(hash, units.code[i]);
    if (units.len >= SHORTEST && units.len <= ARTICLE_MAX)
        VEC_PUSH(hashes, hash);
}

static void read_list(struct hashes *hashes, const jw_model *model, const char *path)
{
    jw_bytes data;
    jw_error error;
    jwi_check(jwi_file_map(path, &data, &error), &error, path, TOOL_INPUT);
    const char *end = data.at + data.len;
    for (const char *line = data.at; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *stop = newline ? newline : end;
        const char *tab = memchr(line, '\t', (size_t)(stop - line));
        const jw_bytes form = {line, (size_t)((tab ? tab : stop) - line)};
        if (form.len && form.len <= BYTES_MAX)
            add_form(hashes, model, form);
        line = stop + 1;
    }
    jwi_file_unmap(data);
}

/* By bucket, then by tag: the order of the section. */
static int compare(const void *a, const void *b)
{
    uint64_t one, two;
    memcpy(&one, a, sizeof one);
    memcpy(&two, b, sizeof two);
    const uint32_t x = article_bucket(one) << 16 | article_tag(one), y = article_bucket(two) << 16 | article_tag(two);
    return (x > y) - (x < y);
}

/* Hashes that the section cannot tell apart become one. */
static void unite(struct hashes *hashes)
{
    size_t kept = 0;
    qsort(hashes->at, hashes->len, sizeof *hashes->at, compare);
    for (size_t i = 0; i < hashes->len; i++)
        if (!kept || compare(&hashes->at[kept - 1], &hashes->at[i]) != 0)
            hashes->at[kept++] = hashes->at[i];
    hashes->len = kept;
}

static void put_section(struct buffer *out, const struct hashes *hashes)
{
    const struct article_header header = {ARTICLE_VERSION, (uint32_t)hashes->len, {0, 0}};
    uint32_t n = 0;
    jwi_buffer_add(out, &header, sizeof header);
    for (uint32_t bucket = 0; bucket <= 1 << ARTICLE_BITS; bucket++) {
        while (n < hashes->len && article_bucket(hashes->at[n]) < bucket)
            n++;
        jwi_buffer_add(out, &n, sizeof n);
    }
    for (size_t i = 0; i < hashes->len; i++) {
        const uint16_t tag = article_tag(hashes->at[i]);
        jwi_buffer_add(out, &tag, sizeof tag);
    }
    if (hashes->len % 2)
        jwi_buffer_add(out, "\0", 2);
}

int main(int argc, char **argv)
{
    if (argc < 6 || strcmp(argv[1], "-o") != 0 || strcmp(argv[3], "-m") != 0) {
        fprintf(stderr, "usage: jinwen-make-articles -o OUT -m MODEL FILE...\n");
        return 2;
    }
    struct gold gold;
    struct hashes hashes = {0};
    struct buffer out = {0};
    jw_error error;
    const jw_bytes nothing = {"", 0};
    jwi_gold_read_text(&gold, argv[4], nothing);
    for (int i = 5; i < argc; i++)
        read_list(&hashes, gold.model, argv[i]);
    unite(&hashes);
    put_section(&out, &hashes);
    jwi_check(jwi_file_replace(argv[2], jwi_buffer_bytes(&out), &error), &error, argv[2], TOOL_MODEL);
    printf("%zu names, %zu bytes\n", hashes.len, out.len);
    jwi_buffer_free(&out);
    free(hashes.at);
    jwi_gold_free(&gold);
    return 0;
}
