/* SPDX-License-Identifier: Apache-2.0 */
/* Input: text is valid whatever the bytes, the source map tiles the source, iconv in stretches equals iconv character by character. */
#include <iconv.h>

#include "base/utf8.h"
#include "common/desk.h"

static const char *model_path;

static const char *const encodings[] = {"UTF-8", "UTF-16", "UTF-16LE",   "UTF-16BE",
                                        "BIG5",  "CP950",  "BIG5-HKSCS", "GB18030",
                                        "GBK",   "EUC-JP", "SHIFT_JIS",  "ISO-8859-1"};

static jw_status load(struct desk *desk, const char *encoding, jw_bytes text)
{
    const jw_part part = {text, JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    input.parts = &part;
    input.part_count = 1;
    input.encoding = encoding;
    return jw_worker_load(desk->worker, &input, desk->doc, &desk->error);
}

static void check_valid(jw_bytes text)
{
    uint32_t len;
    for (size_t at = 0; at < text.len; at += len)
        ck_assert_uint_ne(jwi_utf8_decode(text.at + at, text.at + text.len, &len), UTF8_INVALID);
}

/* Runs lie one behind the other in the text and never go back in the source. */
static void check_runs(const jw_doc *doc, size_t source_len)
{
    for (uint32_t i = 0; i < doc->run_count; i++) {
        const struct source_run *run = &doc->runs[i];
        const uint32_t end = i + 1 < doc->run_count ? run[1].text_at : (uint32_t)doc->text.len;
        ck_assert_uint_gt(end, run->text_at);
        ck_assert_uint_eq((end - run->text_at) % run->text_width, 0);
        const uint32_t source_end =
            run->source_at + (end - run->text_at) / run->text_width * run->source_width;
        ck_assert_uint_le(source_end, i + 1 < doc->run_count ? run[1].source_at : source_len);
    }
}

START_TEST(any_bytes_become_valid_text_with_a_map)
{
    struct desk desk = open_desk(model_path, NULL);
    uint64_t state = (uint64_t)_i;
    char bytes[512];
    for (int round = 0; round < 300; round++) {
        const uint32_t len = next_random(&state) % sizeof bytes;
        for (uint32_t i = 0; i < len; i++)
            bytes[i] =
                (char)(next_random(&state) % 3 ? next_random(&state) : next_random(&state) & 0x7f);
        const jw_bytes source = {bytes, len};
        ck_assert_msg(load(&desk, encodings[_i], source) == JW_OK, "%s", desk.error.message);
        check_valid(jw_doc_text(desk.doc));
        check_runs(desk.doc, len);
        ck_assert_int_eq(jw_worker_resume(desk.worker, desk.doc, &desk.error), JW_OK);
    }
    close_desk(&desk);
}
END_TEST

/* What iconv makes of one character alone; 0 when nothing. */
static size_t convert(iconv_t handle, const char *bytes, size_t len, char *text)
{
    char *in = (char *)(uintptr_t)bytes, *out = text;
    size_t left = len, room = 16;
    iconv(handle, NULL, NULL, NULL, NULL);
    return iconv(handle, &in, &left, &out, &room) == (size_t)-1 || left ? 0 : 16 - room;
}

START_TEST(every_pair_of_bytes_is_what_iconv_says)
{
    const char *encoding = encodings[4 + _i];
    struct desk desk = open_desk(model_path, NULL);
    const iconv_t handle = iconv_open("UTF-8", encoding);
    static char source[0x10000 * 2], wanted[0x10000 * 8];
    size_t source_len = 0, wanted_len = 0;
    for (unsigned pair = 0x8140; pair <= 0xfefe; pair++) {
        const char bytes[2] = {(char)(pair >> 8), (char)pair};
        char text[16];
        const size_t len = convert(handle, bytes, 2, text);
        if (!len || !(pair & 0xc0))
            continue;
        memcpy(source + source_len, bytes, 2);
        memcpy(wanted + wanted_len, text, len);
        source_len += 2;
        wanted_len += len;
    }
    iconv_close(handle);
    const jw_bytes bytes = {source, source_len};
    ck_assert_int_eq(load(&desk, encoding, bytes), JW_OK);
    ck_assert_uint_eq(jw_doc_repaired(desk.doc), 0);
    ck_assert_uint_eq(jw_doc_text(desk.doc).len, wanted_len);
    ck_assert_mem_eq(jw_doc_text(desk.doc).at, wanted, wanted_len);
    check_runs(desk.doc, source_len);
    close_desk(&desk);
}
END_TEST

/* Codes whose character is written with another code, as the C library of Debian 12 has it. */
static const struct {
    const char *encoding;
    unsigned codes[12];
} many_to_one[] = {
    {"CP950", {0xa2cc, 0xa2ce, 0xf9e9, 0xf9ea, 0xf9eb, 0xf9f9, 0xf9fa, 0xf9fb, 0xf9fc, 0xf9fd}},
    {"BIG5-HKSCS", {0xa27e, 0xa2a1, 0xa2a2, 0xa2a3, 0xa2a4, 0xa2a5, 0xa2a6, 0xa2a7}},
};

static int is_many_to_one(int row, unsigned code)
{
    for (int i = 0; i < 12; i++)
        if (many_to_one[row].codes[i] == code)
            return 1;
    return 0;
}

/* Writes the text of the document in the encoding of the handle; returns how many bytes. */
static size_t encode(iconv_t handle, jw_bytes text, char *ret, size_t cap)
{
    char *in = (char *)(uintptr_t)text.at, *out = ret;
    size_t left = text.len, room = cap;
    iconv(handle, NULL, NULL, NULL, NULL);
    iconv(handle, &in, &left, &out, &room);
    iconv(handle, NULL, NULL, &out, &room);
    return cap - room;
}

START_TEST(every_code_comes_back_but_the_listed)
{
    struct desk desk = open_desk(model_path, NULL);
    const iconv_t handle = iconv_open(many_to_one[_i].encoding, "UTF-8");
    for (unsigned pair = 0x8140; pair <= 0xfefe; pair++) {
        const char bytes[2] = {(char)(pair >> 8), (char)pair};
        const jw_bytes source = {bytes, 2};
        char back[8];
        if ((pair & 0xff) < 0x40)
            continue;
        ck_assert_int_eq(load(&desk, many_to_one[_i].encoding, source), JW_OK);
        if (jw_doc_repaired(desk.doc))
            continue;
        const size_t len = encode(handle, jw_doc_text(desk.doc), back, sizeof back);
        const int is_same = len == 2 && memcmp(back, bytes, 2) == 0;
        if (is_same == is_many_to_one(_i, pair))
            ck_abort_msg("%s %04X", many_to_one[_i].encoding, pair);
    }
    iconv_close(handle);
    close_desk(&desk);
}
END_TEST

START_TEST(parts_follow_one_another_and_errors_count_over_them)
{
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_SENTENCES;
    options.flags = JW_STRICT;
    struct desk desk = open_desk(model_path, &options);
    jw_part parts[3] = {{bytes_of("\xa4\xa4"), JW_PART_TITLE, JW_MARK_NONE},
                        {bytes_of("a"), JW_PART_BODY, JW_MARK_NONE},
                        {bytes_of("\xa4\xe5"), JW_PART_REPLY, JW_MARK_NONE}};
    jw_input input = JW_INPUT_INIT;
    input.parts = parts;
    input.part_count = 3;
    input.encoding = "cp950";
    ck_assert_int_eq(jw_worker_load(desk.worker, &input, desk.doc, &desk.error), JW_OK);
    ck_assert_mem_eq(jw_doc_text(desk.doc).at, "中a文", 7);
    ck_assert_uint_eq(jw_doc_parts(desk.doc).at[2].text.start, 4);
    ck_assert_uint_eq(jw_doc_parts(desk.doc).at[2].kind, JW_PART_REPLY);
    const jw_range last = {4, 7};
    ck_assert_uint_eq(jw_doc_map(desk.doc, 0, last, JW_UNIT_TEXT, JW_UNIT_SOURCE).end, 2);
    parts[2].text = bytes_of("\xa4");
    ck_assert_int_eq(jw_worker_load(desk.worker, &input, desk.doc, &desk.error), JW_EENCODING);
    ck_assert_uint_eq(desk.error.at, 3);
    ck_assert_uint_eq(jw_doc_layers(desk.doc), 0);
    close_desk(&desk);
}
END_TEST

START_TEST(the_limit_counts_source_and_text)
{
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_SENTENCES;
    options.max_bytes = 5;
    struct desk desk = open_desk(model_path, &options);
    ck_assert_int_eq(load(&desk, NULL, bytes_of("12345")), JW_OK);
    ck_assert_int_eq(load(&desk, NULL, bytes_of("123456")), JW_ELIMIT);
    ck_assert_int_eq(load(&desk, "CP950", bytes_of("\xa4\xa4\xa4\xa4")), JW_ELIMIT);
    close_desk(&desk);
}
END_TEST

START_TEST(valid_utf8_is_one_run)
{
    struct desk desk = open_desk(model_path, NULL);
    ck_assert_int_eq(load(&desk, NULL, bytes_of("台積電 TSMC 𠮷")), JW_OK);
    ck_assert_uint_eq(desk.doc->run_count, 1);
    ck_assert_int_eq(load(&desk, "utf8", bytes_of("台\xff電")), JW_OK);
    ck_assert_uint_eq(desk.doc->run_count, 3);
    ck_assert_uint_eq(jw_doc_repaired(desk.doc), 1);
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("input");
    suite_add_loop(suite, any_bytes_become_valid_text_with_a_map,
                   sizeof encodings / sizeof encodings[0]);
    suite_add_loop(suite, every_pair_of_bytes_is_what_iconv_says, 3);
    suite_add_loop(suite, every_code_comes_back_but_the_listed, 2);
    suite_add(suite, parts_follow_one_another_and_errors_count_over_them);
    suite_add(suite, the_limit_counts_source_and_text);
    suite_add(suite, valid_utf8_is_one_run);
    return suite_run(suite);
}
