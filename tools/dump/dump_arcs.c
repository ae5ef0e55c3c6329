/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-dump-arcs MODEL WORDS >ARCS: what the parser thinks of every arc and every tag of CoNLL-U sentences, for tools/teacher.  Tags that the
 * sentences have are not looked at: the tagger of MODEL guesses them.
 * First lines: "UPOS XPOS, their numbers" of each pair of tags; an empty line.  Then of each sentence, in bytes of this machine: uint32 n, words;
 * int32 [n][n + 1], score of each head of each word, 0 the root; int32 [n][pairs], score of each pair of tags; all 0 beyond DEP_SENTENCE_MAX words.
 */
#include "common/dep_words.h"
#include "stage/dep/dep.h"
#include "stage/dep/dep_score.h"

#include <stdio.h>
#include <stdlib.h>

static void die(const char *what)
{
    fprintf(stderr, "jinwen-dump-arcs: %s\n", what);
    exit(TOOL_INPUT);
}

static void put(const void *at, size_t size, size_t n)
{
    if (fwrite(at, size, n, stdout) != n)
        die("cannot write");
}

static void put_zeroes(size_t n)
{
    const int32_t zero = 0;
    for (size_t i = 0; i < n; i++)
        put(&zero, sizeof zero, 1);
}

/* Rows of pairs but row 0, which is none. */
static void put_pairs(const struct dep_view *view, const struct labels *labels)
{
    for (uint32_t row = 1; row < view->dim.tag_rows; row++)
        printf("%s %s %u %u\n", jwi_labels_name(labels, JW_LABELS_UPOS, view->tag_upos[row]),
               jwi_labels_name(labels, JW_LABELS_XPOS, view->tag_xpos[row]), view->tag_upos[row], view->tag_xpos[row]);
    puts("");
}

static struct dep_sentence gather(const struct gold *gold, uint32_t sentence, struct arena *arena)
{
    const jw_range tokens = gold->doc->sentences[sentence].tokens;
    const uint32_t nodes = tokens.end - tokens.start + 1;
    struct dep_word *words = PUSH_ZERO(arena, struct dep_word, nodes);
    uint16_t *upos = PUSH_ZERO(arena, uint16_t, nodes), *xpos = PUSH_ZERO(arena, uint16_t, nodes);
    struct room_second *second = PUSH_ZERO(arena, struct room_second, nodes);
    if (!words || !upos || !xpos || !second)
        die("out of memory");
    dep_words_fill(gold, tokens, words, upos, xpos);
    dep_words_guessed(gold, sentence, upos, xpos, second);
    return (struct dep_sentence){words, upos, xpos, second, nodes};
}

static void dump(const struct dep_view *view, const struct gold *gold, uint32_t at, struct arena *arena)
{
    const struct arena_mark mark = jwi_arena_mark(arena);
    const jw_range tokens = gold->doc->sentences[at].tokens;
    const uint32_t count = tokens.end - tokens.start;
    const size_t size = (size_t)count * (count + 1);
    put(&count, sizeof count, 1);
    const uint32_t pairs = view->dim.tag_rows - 1;
    if (count > DEP_SENTENCE_MAX) {
        put_zeroes(size + (size_t)count * pairs);
    } else {
        const struct dep_sentence sentence = gather(gold, at, arena);
        struct dep_scores scores = {.tag_scores = PUSH(arena, int32_t, (size_t)sentence.nodes * DEP_TAGS_MAX)};
        jw_error error;
        if (!scores.tag_scores)
            die("out of memory");
        jwi_check(jwi_dep_score(view, &sentence, 1, arena, &scores, &error), &error, "scores",
                  TOOL_MODEL);
        put(scores.arcs + count + 1, sizeof *scores.arcs, size);
        for (uint32_t i = 1; i <= count; i++)
            put(scores.tag_scores + (size_t)i * DEP_TAGS_MAX + 1, sizeof *scores.tag_scores, pairs);
    }
    jwi_arena_reset_to(arena, mark);
}

int main(int argc, char **argv)
{
    struct gold gold;
    struct dep_view view;
    struct arena arena;
    jw_error error;
    if (argc != 3) {
        fprintf(stderr, "usage: jinwen-dump-arcs MODEL WORDS >ARCS\n");
        return 2;
    }
    const char *path = argv[2];
    jwi_gold_read(&gold, argv[1], &path, 1);
    dep_words_guess(&gold, argv[1]);
    jwi_check(jwi_dep_view_open(&view, &gold.model->file, NULL, &error), &error, argv[1],
              TOOL_MODEL);
    jwi_arena_init(&arena, NULL);
    put_pairs(&view, &gold.model->labels);
    for (uint32_t i = 0; i < gold.doc->sentence_count; i++)
        dump(&view, &gold, i, &arena);
    jwi_arena_free(&arena);
    jwi_gold_free(&gold);
    return 0;
}
