/* SPDX-License-Identifier: Apache-2.0 */
/* Invariants of sentences over random text, the bound on their length, given sentences; kinds are in golden/sent. */
#include "common/desk.h"
#include "stage/pipeline.h"

static const char *model_path;

/* Sentences hold every unit that is not blank, in order, without blanks at their ends, and cut no pin. */
static void check_sentences(const struct room *room, const jw_doc *doc)
{
    const struct units *units = &room->units;
    uint32_t at = 0;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const struct unit_span *span = &room->sentences[i];
        for (; at < span->start; at++)
            REQUIRE(units->cls[at] == UNIT_SPACE);
        REQUIRE(span->start < span->end);
        REQUIRE(units->at[span->start] == doc->sentences[i].text.start);
        REQUIRE(units->at[span->end] == doc->sentences[i].text.end);
        REQUIRE(units->cls[span->start] != UNIT_SPACE);
        REQUIRE(units->cls[span->end - 1] != UNIT_SPACE);
        REQUIRE(room->boundary[span->start] != BOUNDARY_JOIN);
        REQUIRE(room->boundary[span->end] != BOUNDARY_JOIN);
        at = span->end;
    }
    for (; at < units->len; at++)
        REQUIRE(units->cls[at] == UNIT_SPACE);
}

START_TEST(sentences_of_any_text_are_sound)
{
    struct desk desk = open_desk(model_path, NULL);
    uint64_t state = 3;
    char text[900];
    for (int round = 0; round < 5000; round++) {
        const jw_bytes bytes = {text,
                                random_text(&state, text, 1 + next_random(&state) % sizeof text)};
        check_sentences(run_text(&desk, bytes), desk.doc);
    }
    close_desk(&desk);
}
END_TEST

static const struct {
    const char *piece;
    uint32_t longest; /* units of the longest sentence; 0: all of it, because it is one pin */
} long_texts[] = {{"台", 4096}, {"台積電，", 4096}, {"台 ", 4096}, {"a", 0},
                  {"好\n", 1},  {"a-", 0},          {"」", 4096},  {"\n", 0}};

START_TEST(long_stretches_are_bounded)
{
    struct desk desk = open_desk(model_path, NULL);
    static char text[300000];
    const size_t len = strlen(long_texts[_i].piece);
    for (size_t at = 0; at + len <= sizeof text; at += len)
        memcpy(text + at, long_texts[_i].piece, len);
    const jw_bytes bytes = {text, sizeof text / len * len};
    const struct room *room = run_text(&desk, bytes);
    check_sentences(room, desk.doc);
    for (uint32_t i = 0; i < desk.doc->sentence_count; i++) {
        const uint32_t units = room->sentences[i].end - room->sentences[i].start;
        if (long_texts[_i].longest) {
            ck_assert_uint_le(units, long_texts[_i].longest);
            ck_assert(long_texts[_i].longest < 4096 || i + 1 == desk.doc->sentence_count ||
                      desk.doc->sentences[i].flags & JW_SENTENCE_SPLIT);
        }
    }
    close_desk(&desk);
}
END_TEST

START_TEST(a_long_stretch_is_cut_after_a_comma)
{
    struct desk desk = open_desk(model_path, NULL);
    static char text[3 * 6000];
    for (size_t at = 0; at < sizeof text; at += 3)
        memcpy(text + at, at == 3 * 3000 ? "，" : "台", 3);
    const jw_bytes bytes = {text, sizeof text};
    run_text(&desk, bytes);
    ck_assert_uint_eq(desk.doc->sentence_count, 2);
    ck_assert_uint_eq(desk.doc->sentences[0].text.end, 3 * 3001);
    close_desk(&desk);
}
END_TEST

START_TEST(given_sentences_stay)
{
    struct desk desk = open_desk(model_path, NULL);
    const jw_part part = {bytes_of("好。壞。 對"), JW_PART_BODY, JW_MARK_NONE};
    const jw_range given[] = {{0, 9}, {9, 12}, {13, 16}};
    jw_input input = JW_INPUT_INIT;
    input.parts = &part;
    input.part_count = 1;
    ck_assert_int_eq(jw_worker_load(desk.worker, &input, desk.doc, &desk.error), JW_OK);
    ck_assert_int_eq(jw_doc_set_sentences(desk.doc, given, 3, &desk.error), JW_OK);
    const jw_range tokens[] = {{0, 3}, {13, 16}};
    ck_assert_int_eq(jw_doc_set_tokens(desk.doc, tokens, 2, &desk.error), JW_OK);
    ck_assert_int_eq(jwi_pipeline_prepare(&desk.worker->room, desk.doc, &desk.error), JW_OK);
    ck_assert_uint_eq(desk.doc->sentence_count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(desk.worker->room.units.at[desk.worker->room.sentences[i].start],
                          given[i].start);
        ck_assert_uint_eq(desk.worker->room.units.at[desk.worker->room.sentences[i].end],
                          given[i].end);
    }
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("sent");
    suite_add(suite, sentences_of_any_text_are_sound);
    suite_add_loop(suite, long_stretches_are_bounded, sizeof long_texts / sizeof long_texts[0]);
    suite_add(suite, a_long_stretch_is_cut_after_a_comma);
    suite_add(suite, given_sentences_stay);
    return suite_run(suite);
}
