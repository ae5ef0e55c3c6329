/* SPDX-License-Identifier: Apache-2.0 */
/* Strict UTF-8: every code point, every malformed shape. */
#include <string.h>

#include "base/utf8.h"
#include "common/suite.h"

/* Written, decoded both ways, and the same again? */
static int comes_back(uint32_t code)
{
    char text[4];
    uint32_t len;
    size_t at = 0;
    const uint32_t wrote = jwi_utf8_encode(code, text);
    return jwi_utf8_decode(text, text + wrote, &len) == code && len == wrote &&
           utf8_next(text, &at) == code && at == wrote;
}

START_TEST(every_code_point_comes_back)
{
    for (uint32_t code = 0; code <= 0x10ffff; code++)
        if ((code < 0xd800 || code > 0xdfff) && !comes_back(code))
            ck_abort_msg("U+%04X does not come back", code);
}
END_TEST

static const struct {
    const char *bytes;
    uint32_t subpart;
} malformed[] = {
    {"\x80", 1}, {"\xbf" "A", 1}, {"\xc0\x80", 1}, {"\xc1\xbf", 1}, {"\xe0\x80\x80", 1},
    {"\xe0\xa0", 2}, {"\xe4\xb8" "A", 2}, {"\xed\xa0\x80", 1}, {"\xed\xbf\xbf", 1},
    {"\xf0\x80\x80\x80", 1}, {"\xf0\x9f", 2}, {"\xf0\x9f\x98" "A", 3}, {"\xf4\x90\x80\x80", 1},
    {"\xf5\x80\x80\x80", 1}, {"\xfe", 1}, {"\xff\xff", 1}, {"\xc3", 1}, {"\xe4", 1},
    {"\xf4\x8f\xbf", 3},
};

START_TEST(malformed_bytes_give_their_maximal_subpart)
{
    uint32_t len;
    const char *bytes = malformed[_i].bytes;
    ck_assert_uint_eq(jwi_utf8_decode(bytes, bytes + strlen(bytes), &len), UTF8_INVALID);
    ck_assert_uint_eq(len, malformed[_i].subpart);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("utf8");
    suite_add(suite, every_code_point_comes_back);
    suite_add_loop(suite, malformed_bytes_give_their_maximal_subpart,
                   sizeof malformed / sizeof malformed[0]);
    return suite_run(suite);
}
