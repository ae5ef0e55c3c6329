/* SPDX-License-Identifier: Apache-2.0 */
/* jinwen-train-form -o OUT NORM FORMS TABLE...: section FRMC from announcements whose clause is known; tables in the order of their dates. */
#include "base/file.h"
#include "common/clauses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EPOCHS = 6 };

static void check(jw_status status, const jw_error *error)
{
    if (status == JW_OK)
        return;
    fprintf(stderr, "%s\n", error->message);
    exit(5);
}

int main(int argc, char **argv)
{
    static struct clauses clauses;
    struct arena arena;
    jw_bytes norm, section;
    jw_error error;
    if (argc < 6 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: jinwen-train-form -o OUT NORM FORMS TABLE...\n");
        return 2;
    }
    check(jwi_file_map(argv[3], &norm, &error), &error);
    jwi_clauses_open(&clauses, norm, argv[4]);
    for (int i = 5; i < argc; i++)
        jwi_clauses_read(&clauses, argv[i]);
    jwi_arena_init(&arena, NULL);
    check(jwi_form_train(clauses.examples.at, (uint32_t)clauses.examples.len, EPOCHS, &arena, &section, &error), &error);
    check(jwi_file_replace(argv[2], section, &error), &error);
    printf("form: %zu announcements, %d passes, %zu bytes\n", clauses.examples.len, EPOCHS, section.len);
    jwi_arena_free(&arena);
    jwi_clauses_free(&clauses);
    jwi_file_unmap(norm);
    return 0;
}
