/* SPDX-License-Identifier: Apache-2.0 */
/* Result structs are frozen: a program built against this header reads documents of every later library of this major version. */
#include <jinwen/jinwen.h>

#include "common/suite.h"

static const struct frozen {
    const char *name;
    size_t is, was;
} frozen[] = {
    {"jw_error", sizeof(jw_error), 248},   {"jw_range", sizeof(jw_range), 8},       {"jw_token", sizeof(jw_token), 16},
    {"jw_arc", sizeof(jw_arc), 8},         {"jw_mention", sizeof(jw_mention), 20}, {"jw_value", sizeof(jw_value), 128},  {"jw_sentence", sizeof(jw_sentence), 24},
    {"jw_entity", sizeof(jw_entity), 136}, {"jw_link", sizeof(jw_link), 12},       {"jw_candidate", sizeof(jw_candidate), 48},
    {"jw_part_info", sizeof(jw_part_info), 16}, {"jw_tokens", sizeof(jw_tokens), 16},
    {"jw_field", sizeof(jw_field), 160},   {"jw_form", sizeof(jw_form), 48},
};

START_TEST(result_structs_keep_their_size)
{
    ck_assert_msg(frozen[_i].is == frozen[_i].was, "%s has %zu bytes, had %zu", frozen[_i].name, frozen[_i].is, frozen[_i].was);
}
END_TEST

START_TEST(status_texts_are_there)
{
    ck_assert_str_eq(jw_status_text(JW_OK), "ok");
    ck_assert_str_eq(jw_status_text((jw_status)9999), "unknown status");
    ck_assert_uint_eq(jw_version(), JW_VERSION_MAJOR << 16 | JW_VERSION_MINOR << 8 | JW_VERSION_PATCH);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout");
    suite_add_loop(suite, result_structs_keep_their_size, (int)(sizeof frozen / sizeof *frozen));
    suite_add(suite, status_texts_are_there);
    return suite_run(suite);
}
