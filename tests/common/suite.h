/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a Check suite and prints TAP for meson.  A test program that needs the model takes its path as first argument. */
#ifndef JW_TESTS_SUITE_H
#define JW_TESTS_SUITE_H

#include <check.h>

/* One case of one function. */
static inline void suite_add(Suite *suite, const TTest *test)
{
    TCase *tcase = tcase_create(test->name);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, test);
    suite_add_tcase(suite, tcase);
}

/* One case over rows 0 .. n - 1 of a table; the test reads its row as _i. */
static inline void suite_add_loop(Suite *suite, const TTest *test, int n)
{
    TCase *tcase = tcase_create(test->name);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, test, 0, n);
    suite_add_tcase(suite, tcase);
}

static inline int suite_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#endif
