/* SPDX-License-Identifier: Apache-2.0 */
/* Invariants of pins over random text; what single kinds give is in golden/pin. */
#include "common/desk.h"

static const char *model_path;

static void check_pins(const struct room *room)
{
    const struct units *units = &room->units;
    uint32_t last = 0;
    for (uint32_t i = 0; i < room->pin_count; i++) {
        const struct room_pin *pin = &room->pins[i];
        REQUIRE(pin->start < pin->end);
        REQUIRE(pin->start >= last);
        REQUIRE(pin->end <= units->len);
        REQUIRE(room->boundary[pin->start] != BOUNDARY_JOIN);
        REQUIRE(room->boundary[pin->end] != BOUNDARY_JOIN);
        for (uint32_t at = pin->start + 1; at < pin->end; at++) {
            REQUIRE(room->boundary[at] == BOUNDARY_JOIN);
            REQUIRE(units->cls[at] != UNIT_SPACE);
        }
        last = pin->end;
    }
}

/* Every join lies in a pin, every blank between cuts. */
static void check_boundaries(const struct room *room)
{
    const struct units *units = &room->units;
    uint32_t pin = 0;
    for (uint32_t at = 0; at < units->len; at++) {
        while (pin < room->pin_count && room->pins[pin].end <= at)
            pin++;
        if (room->boundary[at] == BOUNDARY_JOIN)
            REQUIRE(pin < room->pin_count && room->pins[pin].start < at);
        if (units->cls[at] == UNIT_SPACE)
            REQUIRE(room->boundary[at] == BOUNDARY_CUT && room->boundary[at + 1] == BOUNDARY_CUT);
    }
    REQUIRE(room->boundary[0] == BOUNDARY_CUT);
    REQUIRE(room->boundary[units->len] == BOUNDARY_CUT);
}

START_TEST(pins_of_any_text_are_sound)
{
    struct desk desk = open_desk(model_path, NULL);
    uint64_t state = 2;
    char text[600];
    for (int round = 0; round < 5000; round++) {
        const jw_bytes bytes = {text,
                                random_text(&state, text, 1 + next_random(&state) % sizeof text)};
        const struct room *room = run_text(&desk, bytes);
        check_pins(room);
        check_boundaries(room);
    }
    close_desk(&desk);
}
END_TEST

START_TEST(given_tokens_become_pins)
{
    struct desk desk = open_desk(model_path, NULL);
    const jw_part part = {bytes_of("台積電收1,085元。好"), JW_PART_BODY, JW_MARK_NONE};
    const jw_range tokens[] = {{0, 9}, {9, 14}, {14, 20}, {20, 26}};
    jw_input input = JW_INPUT_INIT;
    input.parts = &part;
    input.part_count = 1;
    ck_assert_int_eq(jw_worker_load(desk.worker, &input, desk.doc, &desk.error), JW_OK);
    ck_assert_int_eq(jw_doc_set_tokens(desk.doc, tokens, 4, &desk.error), JW_OK);
    ck_assert_int_eq(jw_worker_resume(desk.worker, desk.doc, &desk.error), JW_OK);
    const struct room *room = &desk.worker->room;
    ck_assert_uint_eq(room->pin_count, 4);
    for (uint32_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(room->pins[i].kind, JW_TOKEN_GIVEN);
        ck_assert_uint_eq(room->units.at[room->pins[i].start], tokens[i].start);
        ck_assert_uint_eq(room->units.at[room->pins[i].end], tokens[i].end);
    }
    ck_assert_uint_eq(jw_doc_sentences(desk.doc).len,
                      1); /* 。好 is one token, so no sentence ends there */
    close_desk(&desk);
}
END_TEST

struct amount {
    const char *text; /* units of one to three bytes */
    uint32_t at;
    int is_cut;
};

static const struct amount amounts[] = {
    {"營收7.1億元年增5%", 7, 1}, {"每股2.5元年減", 6, 1}, {"5億元月增", 3, 1}, {"賺３元年增", 3, 1},
    {"明治元年增設", 3, 0},      {"AI元年", 3, 0},        {"112元月營收", 4, 0}, {"5億元年", 3, 1}};

/* Behind an amount a year begins; 元年 is the first of an era, 元月 January. */
START_TEST(amounts_end_before_the_year)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct room *room = run_text(&desk, bytes_of(amounts[_i].text));
    ck_assert_int_eq(room->boundary[amounts[_i].at] == BOUNDARY_CUT, amounts[_i].is_cut);
    close_desk(&desk);
}
END_TEST

static const char *const heavy[] = {
    "1,", "a.",  "-",  "1-",   "http://a(", "😂\xe2\x80\x8d", "a@", "12:34", "\xcc\x81",
    "^_", "(:)", "台", "U.S.", "1,234,",    "%-1",           "」", "，",    "(((("};

/* A megabyte of whatever a rule looks ahead for; the suite's time limit catches anything but linear work. */
START_TEST(long_runs_cost_linear_time)
{
    struct desk desk = open_desk(model_path, NULL);
    static char text[1 << 20];
    const size_t len = strlen(heavy[_i]);
    for (size_t at = 0; at + len <= sizeof text; at += len)
        memcpy(text + at, heavy[_i], len);
    const jw_bytes bytes = {text, sizeof text / len * len};
    check_pins(run_text(&desk, bytes));
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("pin");
    suite_add(suite, pins_of_any_text_are_sound);
    suite_add(suite, given_tokens_become_pins);
    suite_add_loop(suite, amounts_end_before_the_year, sizeof amounts / sizeof amounts[0]);
    suite_add_loop(suite, long_runs_cost_linear_time, sizeof heavy / sizeof heavy[0]);
    return suite_run(suite);
}
