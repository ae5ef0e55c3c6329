/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over files, and over a fixed number of seeded mutations of each, so that seeds and old crashes are ordinary tests.
 *   fuzz-NAME MODEL MUTATIONS FILE...
 * Built with clang's -fsanitize=fuzzer instead of this file, the same targets explore on their own.
 */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_INPUT = 1 << 20 };

static uint64_t next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* Flips, cuts, repeats: one to four of them. */
static size_t mutate(uint8_t *data, size_t len, uint64_t *state)
{
    for (uint64_t n = 1 + next(state) % 4; n && len; n--) {
        const size_t at = next(state) % len;
        const size_t size = 1 + next(state) % 16;
        switch (next(state) % 4) {
        case 0: data[at] = (uint8_t)next(state); break;
        case 1: data[at] ^= (uint8_t)(1u << next(state) % 8); break;
        case 2: len = at; break;
        default:
            if (at + 2 * size <= len)
                memmove(data + at + size, data + at, size);
        }
    }
    return len;
}

static void replay_file(const char *path, long mutations)
{
    static uint8_t seed[MAX_INPUT], data[MAX_INPUT];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s: cannot open\n", path);
        exit(3);
    }
    const size_t len = fread(seed, 1, sizeof seed, file);
    fclose(file);
    jwi_fuzz_one(seed, len);
    uint64_t state = 1;
    for (long i = 0; i < mutations; i++) {
        memcpy(data, seed, len);
        jwi_fuzz_one(data, mutate(data, len, &state));
    }
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: %s MODEL MUTATIONS FILE...\n", argv[0]);
        return 2;
    }
    jwi_fuzz_open(argv[1]);
    for (int i = 3; i < argc; i++)
        replay_file(argv[i], strtol(argv[2], NULL, 10));
    jwi_fuzz_close();
    return 0;
}
