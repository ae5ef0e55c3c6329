/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-train-relation -o OUT -m MODEL RELATIONS PAIRS: section RELN from pairs of names (common/pairs.h).  The model annotates their texts;
 * column `maps` of the table of relations says which type a relation of the corpus is: FinRE:合作+签约.
 */
#include "base/file.h"
#include "common/gold.h"
#include "common/pairs.h"
#include "common/vec.h"
#include "stage/relation/relation_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lesson_maker {
    struct arena arena;
    struct relation_base bases[RELATION_BASES_MAX];
    uint32_t base_count;
    VEC(struct relation_example) examples;
};

static void die(const char *what)
{
    fprintf(stderr, "jinwen-train-relation: %s\n", what);
    exit(TOOL_INPUT);
}

static uint32_t base_of(struct lesson_maker *maker, jw_bytes name)
{
    uint32_t i = 0;
    while (i < maker->base_count && (strlen(maker->bases[i].name) != name.len || memcmp(maker->bases[i].name, name.at, name.len)))
        i++;
    if (i < maker->base_count)
        return i;
    if (i == RELATION_BASES_MAX || name.len > RELATION_NAME_MAX)
        die("too many relations or too long a name");
    memset(&maker->bases[i], 0, sizeof maker->bases[i]);
    memcpy(maker->bases[i].name, name.at, name.len);
    maker->bases[i].type = JW_NONE;
    maker->bases[i].is_symmetric = 1;
    return maker->base_count++;
}

static void take(void *ctx, const struct pair_row *row)
{
    struct lesson_maker *maker = ctx;
    struct relation_example example = {.label_count = row->label_count};
    for (uint32_t i = 0; i < row->label_count; i++) {
        int is_turned;
        const uint32_t base = base_of(maker, jwi_pairs_active(row->labels[i], &is_turned));
        maker->bases[base].is_symmetric &= !is_turned;
        example.label[i] = (uint16_t)(base * 2 + (uint32_t)is_turned);
    }
    for (int head = 0; head < 2; head++) {
        uint64_t keys[RELATION_FEATURES_MAX];
        const uint32_t n = jwi_relation_features(&row->text, &row->pair, head, keys);
        uint64_t *copy = PUSH(&maker->arena, uint64_t, n);
        if (!copy)
            die("out of memory");
        memcpy(copy, keys, n * sizeof *keys);
        example.keys[head] = copy;
        example.key_count[head] = n;
    }
    VEC_PUSH(&maker->examples, example);
}

/* Relations of "FinRE:持股+入股" get the type's id; other sources are passed over. */
static void map_cell(struct lesson_maker *maker, const char *cell, uint32_t type)
{
    const char *at = strstr(cell, "FinRE:");
    at = at ? at + strlen("FinRE:") : "";
    while (*at && *at != '|' && *at != '\n') {
        const size_t n = strcspn(at, "+|\n");
        for (uint32_t i = 0; i < maker->base_count; i++)
            if (strlen(maker->bases[i].name) == n && !memcmp(maker->bases[i].name, at, n))
                maker->bases[i].type = type;
        at += n + (at[n] == '+');
    }
}

/* The type of a row is its rank, as in section TAXO; `maps` is its last column. */
static void map_types(struct lesson_maker *maker, const char *path)
{
    char line[4096];
    FILE *file = fopen(path, "rb");
    if (!file || !fgets(line, sizeof line, file))
        die("no table of relations");
    for (uint32_t type = 0; fgets(line, sizeof line, file); type++) {
        const char *maps = strrchr(line, '\t');
        map_cell(maker, maps ? maps : "", type);
    }
    fclose(file);
}

static void report(uint32_t pass, uint32_t passes, double loss)
{
    if ((pass + 1) % 10)
        return;
    printf("relation: pass %u of %u, loss %.4f\n", pass + 1, passes, loss);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc != 7 || strcmp(argv[1], "-o") != 0 || strcmp(argv[3], "-m") != 0) {
        fprintf(stderr, "usage: jinwen-train-relation -o OUT -m MODEL RELATIONS PAIRS\n");
        return 2;
    }
    static const jw_bytes none = {"unknown", 7};
    struct lesson_maker maker = {.base_count = 0};
    jw_model *model;
    jw_error error;
    jw_bytes section;
    jwi_arena_init(&maker.arena, NULL);
    jwi_check(jw_model_open(argv[4], NULL, &model, &error), &error, argv[4], TOOL_MODEL);
    base_of(&maker, none);
    jwi_pairs_read(model, argv[6], take, &maker);
    map_types(&maker, argv[5]);
    const struct relation_lesson lesson = {maker.examples.at,  (uint32_t)maker.examples.len, maker.bases,
                                           maker.base_count, &maker.arena,                 report};
    jwi_check(jwi_relation_train(&lesson, &section, &error), &error, "training", TOOL_MODEL);
    jwi_check(jwi_file_replace(argv[2], section, &error), &error, argv[2], TOOL_MODEL);
    jwi_arena_free(&maker.arena);
    free(maker.examples.at);
    jw_model_unref(model);
    return 0;
}
