/* SPDX-License-Identifier: Apache-2.0 */
/* See json_view.h. */
#include "cli/json_view.h"

#include <string.h>

enum { DEPTH_MOST = 32, DECIMALS = 4 };

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blank(jw_bytes text, size_t at)
{
    while (at < text.len && is_blank(text.at[at]))
        at++;
    return at;
}

/* Behind the string that starts at `at`; 0 when it is not closed or holds a control character. */
static size_t skip_string(jw_bytes text, size_t at)
{
    for (at++; at < text.len; at++) {
        if (text.at[at] == '"')
            return at + 1;
        if ((unsigned char)text.at[at] < 0x20)
            return 0;
        at += text.at[at] == '\\';
    }
    return 0;
}

/* Behind a number or literal; 0 when it is none. */
static size_t skip_word(jw_bytes text, size_t at)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t len = strlen(words[i]);
        if (text.len - at >= len && memcmp(text.at + at, words[i], len) == 0)
            return at + len;
    }
    const size_t start = at;
    while (at < text.len && (strchr("+-.eE", text.at[at]) || (text.at[at] >= '0' && text.at[at] <= '9')) && text.at[at])
        at++;
    return at > start ? at : 0;
}

/* Behind the value that starts at `at`, whose text is valid: brackets are counted, strings stepped over. */
static size_t skip_value(jw_bytes text, size_t at)
{
    uint32_t depth = 0;
    for (at = skip_blank(text, at); at < text.len;) {
        const char c = text.at[at];
        if (c == '"') {
            const size_t end = skip_string(text, at);
            at = end ? end : text.len;
        } else if (c == '{' || c == '[') {
            depth++;
            at++;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
            at++;
        } else if (c == ',' || c == ':' || is_blank(c)) {
            at++;
            continue;
        } else {
            const size_t end = skip_word(text, at);
            at = end ? end : text.len;
        }
        if (depth == 0)
            return at;
    }
    return text.len;
}

/* Behind the key and its colon; 0 when there is none. */
static size_t skip_key(jw_bytes text, size_t at)
{
    if (at >= text.len || text.at[at] != '"')
        return 0;
    at = skip_string(text, at);
    if (!at)
        return 0;
    at = skip_blank(text, at);
    return at < text.len && text.at[at] == ':' ? skip_blank(text, at + 1) : 0;
}

int cli_json_is_valid(jw_bytes text)
{
    char open[DEPTH_MOST];
    uint32_t depth = 0;
    size_t at = skip_blank(text, 0);
    for (;;) { /* one value, then what closes behind it */
        const char c = at < text.len ? text.at[at] : '\0';
        int is_empty = 0;
        if (c == '{' || c == '[') {
            if (depth == DEPTH_MOST)
                return 0;
            open[depth++] = c;
            at = skip_blank(text, at + 1);
            is_empty = at < text.len && text.at[at] == (c == '{' ? '}' : ']');
            if (!is_empty) {
                at = c == '{' ? skip_key(text, at) : at;
                if (!at)
                    return 0;
                continue;
            }
        } else {
            at = c == '"' ? skip_string(text, at) : skip_word(text, at);
            if (!at)
                return 0;
        }
        at = skip_blank(text, at);
        while (depth > 0 && at < text.len && text.at[at] == (open[depth - 1] == '{' ? '}' : ']')) {
            depth--;
            at = skip_blank(text, at + 1);
        }
        if (depth == 0)
            return at == text.len;
        if (at >= text.len || text.at[at] != ',')
            return 0;
        at = skip_blank(text, at + 1);
        at = open[depth - 1] == '{' ? skip_key(text, at) : at;
        if (!at)
            return 0;
    }
}

static jw_bytes value_at(jw_bytes text, size_t at, size_t *ret_end)
{
    const size_t start = skip_blank(text, at);
    *ret_end = skip_value(text, start);
    return bytes_from(text.at + start, *ret_end - start);
}

jw_bytes cli_json_get(jw_bytes object, const char *key)
{
    const size_t len = strlen(key);
    if (object.len == 0 || object.at[0] != '{')
        return bytes_from(NULL, 0);
    for (size_t at = skip_blank(object, 1); at < object.len && object.at[at] == '"';) {
        const size_t name = at + 1, colon = skip_key(object, at);
        size_t end;
        const jw_bytes value = value_at(object, colon, &end);
        if (object.len - name > len && memcmp(object.at + name, key, len) == 0 && object.at[name + len] == '"')
            return value;
        at = skip_blank(object, end);
        at = skip_blank(object, at + (at < object.len && object.at[at] == ','));
    }
    return bytes_from(NULL, 0);
}

int cli_json_next(jw_bytes array, size_t *at, jw_bytes *ret)
{
    if (array.len == 0 || array.at[0] != '[')
        return 0;
    size_t place = skip_blank(array, *at ? *at : 1);
    place = skip_blank(array, place + (place < array.len && array.at[place] == ','));
    if (place >= array.len || array.at[place] == ']')
        return 0;
    *ret = value_at(array, place, at);
    return 1;
}

int cli_json_scaled(jw_bytes value, int64_t *ret)
{
    const size_t first = value.len > 0 && value.at[0] == '-';
    int64_t number = 0;
    int decimals = -1;
    for (size_t i = first; i < value.len; i++) {
        const char c = value.at[i];
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9' || decimals == DECIMALS || number > INT64_MAX / 1000000)
            return 0;
        number = 10 * number + (c - '0');
        decimals += decimals >= 0;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < DECIMALS; i++)
        number *= 10;
    *ret = first ? -number : number;
    return value.len > first;
}

int cli_json_is_same(jw_bytes a, jw_bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int cli_json_is(jw_bytes value, const char *literal)
{
    return cli_json_is_same(value, bytes_from(literal, strlen(literal)));
}
