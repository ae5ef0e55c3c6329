/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-8 and UTF-16 by our own decoders, everything else by iconv.
 * Method for iconv: it is asked for stretches of characters of one width (bytes of ASCII are copied), so that the source map needs no
 * second look; a stretch that does not give one code point a character is repeated character by character.  Families whose widths are not
 * known are decoded character by character, with growing input until iconv is content.
 * An invalid sequence is as long as iconv's or Unicode's maximal subpart; a double-byte pair whose second byte is ASCII gives that byte
 * back, so that no markup is swallowed.
 */
#include "stage/input/input_codec.h"

#include "base/error.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

enum {
    MAX_CHARACTER = 8, /* source bytes of one character in any encoding iconv knows */
    STRETCH = 128,     /* characters asked for at once */
    OUT_SIZE = 4 * STRETCH
};

enum family {
    FAMILY_OTHER,
    FAMILY_UTF8,
    FAMILY_UTF16,
    FAMILY_UTF16LE,
    FAMILY_UTF16BE,
    FAMILY_DOUBLE_BYTE,
    FAMILY_GB18030
};

static const struct {
    const char *name;
    enum family family;
} families[] = {
    {"UTF-8", FAMILY_UTF8},
    {"UTF8", FAMILY_UTF8},
    {"UTF-16", FAMILY_UTF16},
    {"UTF16", FAMILY_UTF16},
    {"UTF-16LE", FAMILY_UTF16LE},
    {"UTF-16BE", FAMILY_UTF16BE},
    {"BIG5", FAMILY_DOUBLE_BYTE},
    {"BIG5-HKSCS", FAMILY_DOUBLE_BYTE},
    {"BIG5HKSCS", FAMILY_DOUBLE_BYTE},
    {"CP950", FAMILY_DOUBLE_BYTE},
    {"CP936", FAMILY_DOUBLE_BYTE},
    {"GBK", FAMILY_DOUBLE_BYTE},
    {"GB2312", FAMILY_DOUBLE_BYTE},
    {"GB18030", FAMILY_GB18030},
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static int is_same_name(const char *a, const char *b)
{
    while (*a && upper(*a) == upper(*b))
        a++, b++;
    return upper(*a) == upper(*b);
}

static enum family family_of(const char *name)
{
    if (!name)
        return FAMILY_UTF8;
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (is_same_name(name, families[i].name))
            return families[i].family;
    return FAMILY_OTHER;
}

/* Letters, digits and the marks of charset names; no suffix such as //TRANSLIT, which would repair silently. */
static int is_plain_name(const char *name)
{
    size_t len = 0;
    for (; name[len]; len++)
        if (!((upper(name[len]) >= 'A' && upper(name[len]) <= 'Z') ||
              (name[len] >= '0' && name[len] <= '9') || strchr("-_:.+", name[len])))
            return 0;
    return len > 0 && len < sizeof((struct codec *)0)->name;
}

void jwi_codec_close(struct codec *codec)
{
    if (codec->handle)
        iconv_close(codec->handle);
    codec->handle = NULL;
}

jw_status jwi_codec_open(struct codec *codec, const char *name, jw_error *reterr)
{
    const enum family family = family_of(name);
    if (family >= FAMILY_UTF8 && family <= FAMILY_UTF16BE)
        return JW_OK;
    if (codec->handle && is_same_name(codec->name, name))
        return JW_OK;
    if (!is_plain_name(name))
        return jwi_fail(reterr, JW_EENCODING, 0, "not a name of an encoding");
    jwi_codec_close(codec);
    const iconv_t handle = iconv_open("UTF-8", name);
    if (handle == (iconv_t)-1)
        return jwi_fail(reterr, JW_EENCODING, 0, "unknown encoding %s", name);
    codec->handle = handle;
    strcpy(codec->name, name);
    return JW_OK;
}

/* Appends `count` characters of equal widths; text NULL counts. */
static void put(struct decoded *out, const char *text, uint32_t text_width, size_t source,
                uint32_t source_width, size_t count)
{
    const struct source_run run = {(uint32_t)out->text_len, (uint32_t)source, (uint8_t)text_width,
                                   (uint8_t)source_width, 0};
    const int extends = out->run_count && out->last.text_width == text_width &&
                        out->last.source_width == source_width && out->next_text == out->text_len &&
                        out->next_source == source;
    if (!extends) {
        if (out->runs)
            out->runs[out->run_count] = run;
        out->last = run;
        out->run_count++;
    }
    if (out->text)
        memcpy(out->text + out->text_len, text, count * text_width);
    out->text_len += count * text_width;
    out->next_text = out->text_len;
    out->next_source = source + count * source_width;
}

/* U+FFFD for invalid bytes, or the failure of strict mode. */
static jw_status repair(struct decoded *out, size_t source, uint32_t len)
{
    if (out->is_strict)
        return jwi_fail(out->reterr, JW_EENCODING, out->source_base + source,
                        "invalid bytes at %llu", (unsigned long long)(out->source_base + source));
    put(out, "\xef\xbf\xbd", 3, source, len, 1);
    out->repaired++;
    return JW_OK;
}

/* End of the valid UTF-8 from `at` on: eight bytes of ASCII at a time, then the two patterns that make up nearly all text, then the rest. */
static size_t valid_end(const char *text, size_t at, size_t len)
{
    while (at < len) {
        uint64_t word;
        if (len - at >= sizeof word) {
            memcpy(&word, text + at, sizeof word);
            if (!(word & UINT64_C(0x8080808080808080))) {
                at += sizeof word;
                continue;
            }
        }
        const unsigned char *p = (const unsigned char *)text + at;
        if (p[0] < 0x80)
            at++;
        else if (p[0] >= 0xe1 && p[0] <= 0xec && len - at >= 3 && (p[1] & 0xc0) == 0x80 &&
                 (p[2] & 0xc0) == 0x80)
            at += 3;
        else {
            uint32_t width;
            if (jwi_utf8_decode(text + at, text + len, &width) == UTF8_INVALID)
                break;
            at += width;
        }
    }
    return at;
}

static jw_status decode_utf8(jw_bytes source, struct decoded *out)
{
    const int has_mark = source.len >= 3 && memcmp(source.at, "\xef\xbb\xbf", 3) == 0;
    for (size_t at = has_mark ? 3 : 0; at < source.len;) {
        const size_t end = valid_end(source.at, at, source.len);
        if (end > at)
            put(out, source.at + at, 1, at, 1, end - at);
        if ((at = end) == source.len)
            break;
        uint32_t width;
        jwi_utf8_decode(source.at + at, source.at + source.len, &width);
        TRY(repair(out, at, width));
        at += width;
    }
    return JW_OK;
}

static uint32_t utf16_at(jw_bytes source, size_t at, int is_big)
{
    const unsigned char *p = (const unsigned char *)source.at + at;
    return is_big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* A byte-order mark wins over the name and is dropped; plain UTF-16 without one is little-endian, as Windows writes it. */
static jw_status decode_utf16(jw_bytes source, enum family family, struct decoded *out)
{
    const uint32_t mark = source.len >= 2 ? utf16_at(source, 0, 1) : 0;
    const int is_big = mark == 0xfeff || (mark != 0xfffe && family == FAMILY_UTF16BE);
    for (size_t at = mark == 0xfeff || mark == 0xfffe ? 2 : 0; at < source.len;) {
        if (source.len - at < 2)
            return repair(out, at, 1);
        uint32_t code = utf16_at(source, at, is_big), width = 2;
        const uint32_t low = source.len - at >= 4 ? utf16_at(source, at + 2, is_big) : 0;
        if (code >= 0xd800 && code <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            width = 4;
        }
        char text[4];
        if (code >= 0xd800 && code <= 0xdfff)
            TRY(repair(out, at, 2));
        else
            put(out, text, jwi_utf8_encode(code, text), at, width, 1);
        at += width;
    }
    return JW_OK;
}

/* Result of one question to iconv. */
struct answer {
    size_t taken; /* source bytes */
    size_t len;   /* bytes of text */
    int error;    /* 0, EILSEQ, EINVAL */
};

static struct answer ask(iconv_t handle, const char *at, size_t len, char *text)
{
    char *in = (char *)(uintptr_t)at, *to = text;
    size_t in_left = len, to_left = OUT_SIZE;
    const size_t result = iconv(handle, &in, &in_left, &to, &to_left);
    const struct answer answer = {len - in_left, OUT_SIZE - to_left,
                                  result == (size_t)-1 ? errno : 0};
    return answer;
}

static size_t count_codes(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += (text[i] & 0xc0) != 0x80;
    return n;
}

static uint32_t width_of(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Codes of equal width go together. */
static void put_codes(struct decoded *out, const char *text, size_t len, size_t source,
                      uint32_t source_width)
{
    for (size_t at = 0; at < len;) {
        const uint32_t width = width_of((unsigned char)text[at]);
        size_t count = 1;
        while (at + count * width < len &&
               width_of((unsigned char)text[at + count * width]) == width)
            count++;
        put(out, text + at, width, source, source_width, count);
        at += count * width;
        source += count * source_width;
    }
}

/* Width of the character at `at` by its first bytes; more than is left means that it is not complete. */
static uint32_t first_width(jw_bytes source, size_t at, enum family family)
{
    const unsigned char *p = (const unsigned char *)source.at + at;
    if (family == FAMILY_OTHER || p[0] <= 0x80 || p[0] == 0xff)
        return 1;
    if (family == FAMILY_GB18030 && source.len - at >= 2 && p[1] >= '0' && p[1] <= '9')
        return 4;
    return 2;
}

/* Bytes of the invalid sequence that iconv refused at `width` bytes; ASCII in second place is no part of it. */
static uint32_t bad_width(enum family family, const char *at, uint32_t width)
{
    const int is_pair = width == 2 && at[0] & 0x80 && !(at[1] & 0x80);
    const int is_half_of_four = family == FAMILY_GB18030 && width == 4 && !(at[2] & 0x80);
    return is_pair || is_half_of_four ? 1 : width;
}

/* One character at `at`, as wide as its first bytes tell, wider until iconv is content; moves `at`. */
static jw_status decode_one(iconv_t handle, enum family family, jw_bytes source, size_t *at,
                            struct decoded *out)
{
    const size_t left = source.len - *at;
    uint32_t width = first_width(source, *at, family);
    char text[OUT_SIZE];
    struct answer answer = {0, 0, EINVAL};
    for (; width <= left && width <= MAX_CHARACTER; width++) {
        iconv(handle, NULL, NULL, NULL, NULL);
        answer = ask(handle, source.at + *at, width, text);
        if (answer.error != EINVAL)
            break;
    }
    if (answer.error == 0) {
        if (answer.len)
            put(out, text, (uint32_t)answer.len, *at, width, 1);
        *at += width;
        return JW_OK;
    }
    if (answer.error == EINVAL)
        width = (uint32_t)(left < MAX_CHARACTER ? left : MAX_CHARACTER);
    else
        width = bad_width(family, source.at + *at, width);
    TRY(repair(out, *at, width));
    *at += width;
    return JW_OK;
}

static size_t ascii_end(jw_bytes source, size_t at)
{
    while (at < source.len && !(source.at[at] & 0x80))
        at++;
    return at;
}

/* Pairs from `at` on, as many as one question may hold. */
static size_t pairs_end(jw_bytes source, size_t at, enum family family)
{
    const size_t limit = source.len - at > 2 * STRETCH ? at + 2 * STRETCH : source.len;
    while (limit - at >= 2 && first_width(source, at, family) == 2)
        at += 2;
    return at;
}

static jw_status decode_double_byte(iconv_t handle, enum family family, jw_bytes source,
                                    struct decoded *out)
{
    size_t single_until = 0; /* pairs before this place did not give one code point each */
    for (size_t at = 0; at < source.len;) {
        const size_t ascii = ascii_end(source, at);
        if (ascii > at) {
            put(out, source.at + at, 1, at, 1, ascii - at);
            at = ascii;
            continue;
        }
        char text[OUT_SIZE];
        const size_t pairs = pairs_end(source, at, family);
        struct answer answer = {0, 0, 0};
        if (pairs > at && at >= single_until)
            answer = ask(handle, source.at + at, pairs - at, text);
        if (answer.taken && !(answer.taken % 2) &&
            count_codes(text, answer.len) == answer.taken / 2) {
            put_codes(out, text, answer.len, at, 2);
            at += answer.taken;
            continue;
        }
        if (answer.taken)
            single_until = at + answer.taken;
        TRY(decode_one(handle, family, source, &at, out));
    }
    return JW_OK;
}

static jw_status decode_other(iconv_t handle, jw_bytes source, struct decoded *out)
{
    for (size_t at = 0; at < source.len;)
        TRY(decode_one(handle, FAMILY_OTHER, source, &at, out));
    return JW_OK;
}

jw_status jwi_codec_decode(struct codec *codec, const char *name, jw_bytes source,
                           struct decoded *ret)
{
    const enum family family = family_of(name);
    if (family == FAMILY_UTF8)
        return decode_utf8(source, ret);
    if (family >= FAMILY_UTF16 && family <= FAMILY_UTF16BE)
        return decode_utf16(source, family, ret);
    iconv(codec->handle, NULL, NULL, NULL, NULL);
    if (family == FAMILY_OTHER)
        return decode_other(codec->handle, source, ret);
    return decode_double_byte(codec->handle, family, source, ret);
}
