/* SPDX-License-Identifier: Apache-2.0 */
/* See input_markup.h.  Searches that found nothing are remembered, so that no text makes the pass more than linear. */
#include "stage/input/input_markup.h"

#include "base/error.h"

#include <string.h>

enum { NAME_MAX = 12, UNSEEN_COUNT = 7, RUNS_A_GAP = 4 };

/* Elements whose content is not read. */
static const char *const unseen[UNSEEN_COUNT] = {"head", "noscript", "script", "style", "svg", "template", "title"};

/* Elements that begin and end a paragraph. */
static const char *const blocks[] = {"address", "article", "aside",  "blockquote", "body",   "caption", "dd",      "div",    "dl",    "dt",
                                     "fieldset", "figcaption", "figure", "footer", "form",   "h1",      "h2",      "h3",     "h4",    "h5",
                                     "h6",       "header",     "hr",     "html",   "iframe", "li",      "main",    "nav",    "ol",    "option",
                                     "p",        "pre",        "section", "table", "td",     "th",      "tr",      "ul"};

struct tag {
    char name[NAME_MAX];
    int is_end;
    size_t end; /* behind the `>` */
};

struct stripper {
    jw_doc *doc;
    char *text;
    size_t end;         /* of the part being read */
    size_t from, to;    /* text kept so far: where the part begins, where the next byte goes */
    uint32_t part, run; /* run: of the old map, not behind the place read */
    struct source_run *runs;
    uint32_t run_count;
    struct cutout skipped; /* so far in this part */
    int in_pre, no_mark, no_comment_end, no_quote[2], no_end[UNSEEN_COUNT];
};

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_wide(char c)
{
    return (c & 0x80) != 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* The source map of [at, end), which moves to `to`. */
static void keep_runs(struct stripper *s, size_t at, size_t end)
{
    const jw_doc *doc = s->doc;
    for (size_t to = s->to; at < end;) {
        while (s->run + 1 < doc->run_count && doc->runs[s->run + 1].text_at <= at)
            s->run++;
        struct source_run run = doc->runs[s->run];
        const size_t limit = s->run + 1 < doc->run_count && doc->runs[s->run + 1].text_at < end ? doc->runs[s->run + 1].text_at : end;
        run.source_at += (uint32_t)((at - run.text_at) / run.text_width) * run.source_width;
        run.text_at = (uint32_t)to;
        s->runs[s->run_count++] = run;
        to += limit - at;
        at = limit;
    }
}

static void keep(struct stripper *s, size_t at, size_t end)
{
    if (at == end)
        return;
    keep_runs(s, at, end);
    memmove(s->text + s->to, s->text + at, end - at);
    s->to += end - at;
}

static void skip(struct stripper *s, size_t at, size_t end)
{
    jw_doc *const doc = s->doc;
    if (at == end)
        return;
    for (size_t i = at; i < end; i++) {
        const unsigned char byte = (unsigned char)s->text[i];
        s->skipped.bytes++;
        s->skipped.points += (byte & 0xc0) != 0x80;
        s->skipped.utf16 += (uint32_t)((byte & 0xc0) != 0x80) + (byte >= 0xf0);
    }
    const struct cutout *last = doc->gap_count ? &doc->gaps[doc->gap_count - 1] : NULL;
    if (!last || last->part != s->part || last->text_at != s->to)
        doc->gap_count++;
    struct cutout *const gap = &doc->gaps[doc->gap_count - 1];
    *gap = s->skipped;
    gap->part = s->part;
    gap->text_at = (uint32_t)s->to;
}

/* The quotation mark that closes an attribute's value, or `at`. */
static size_t skip_quoted(struct stripper *s, size_t at)
{
    const char mark = s->text[at];
    int *const is_missing = &s->no_quote[mark == '"'];
    const char *const close = *is_missing ? NULL : memchr(s->text + at + 1, mark, s->end - at - 1);
    *is_missing |= !close;
    return close ? (size_t)(close - s->text) : at;
}

/* Behind the `>` of the tag at `at`; 0 when there is none. */
static size_t tag_end(struct stripper *s, size_t at)
{
    char before = 0;
    if (s->no_mark)
        return 0;
    for (size_t i = at + 1; i < s->end; i++) {
        const char c = s->text[i];
        if (c == '>')
            return i + 1;
        if ((c == '"' || c == '\'') && before == '=')
            i = skip_quoted(s, i);
        before = is_blank(c) ? before : c;
    }
    s->no_mark = !memchr(s->text + at, '>', s->end - at);
    return 0;
}

static int starts_with(const struct stripper *s, size_t at, const char *text)
{
    const size_t len = strlen(text);
    if (s->end - at < len)
        return 0;
    for (size_t i = 0; i < len; i++)
        if (lower(s->text[at + i]) != text[i])
            return 0;
    return 1;
}

/* Behind `-->`, or behind the next `>`. */
static size_t comment_end(struct stripper *s, size_t at)
{
    if (s->no_comment_end || !starts_with(s, at, "<!--"))
        return tag_end(s, at);
    for (size_t i = at + 4; i < s->end; i++) {
        const char *const mark = memchr(s->text + i, '>', s->end - i);
        if (!mark)
            break;
        i = (size_t)(mark - s->text);
        if (memcmp(mark - 2, "--", 2) == 0)
            return i + 1;
    }
    s->no_comment_end = 1;
    return tag_end(s, at);
}

/* Reads the tag or comment at `at`, a `<`; 0 when it is a character like others. */
static int read_tag(struct stripper *s, size_t at, struct tag *ret)
{
    const char next = at + 1 < s->end ? s->text[at + 1] : 0;
    size_t name = at + 1;
    memset(ret, 0, sizeof *ret);
    if (next == '!' || next == '?')
        return (ret->end = comment_end(s, at)) != 0;
    ret->is_end = next == '/';
    name += ret->is_end ? 1 : 0;
    if (name >= s->end || !is_letter(s->text[name]))
        return 0;
    for (size_t i = 0; i + 1 < NAME_MAX && name + i < s->end; i++) {
        const char c = s->text[name + i];
        if (!is_letter(c) && !(c >= '0' && c <= '9'))
            break;
        ret->name[i] = lower(c);
    }
    return (ret->end = tag_end(s, at)) != 0;
}

/* Behind the end of an element whose content is not read; the tag's own end when nothing closes it. */
static size_t unseen_end(struct stripper *s, const struct tag *tag)
{
    char close[NAME_MAX + 3] = "</";
    int kind = 0;
    while (kind < UNSEEN_COUNT && strcmp(unseen[kind], tag->name) != 0)
        kind++;
    if (kind == UNSEEN_COUNT || tag->is_end || s->no_end[kind])
        return tag->end;
    strcpy(close + 2, tag->name);
    for (size_t i = tag->end; i < s->end; i++) {
        const char *const mark = memchr(s->text + i, '<', s->end - i);
        if (!mark)
            break;
        i = (size_t)(mark - s->text);
        if (starts_with(s, i, close)) {
            const size_t end = tag_end(s, i);
            return end ? end : s->end;
        }
    }
    s->no_end[kind] = 1;
    return tag->end;
}

/* Line breaks the tag stands for: a block's make a blank line. */
static uint32_t breaks_of(const struct tag *tag)
{
    if (strcmp(tag->name, "br") == 0)
        return 1;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (strcmp(blocks[i], tag->name) == 0)
            return 2;
    return 0;
}

/* Those that are not there yet; nothing goes before the first character. */
static uint32_t breaks_wanted(const struct stripper *s, uint32_t breaks)
{
    uint32_t there = 0;
    while (there < breaks && s->to > s->from + there && s->text[s->to - 1 - there] == '\n')
        there++;
    return s->to > s->from ? breaks - there : 0;
}

static size_t take_tag(struct stripper *s, size_t at)
{
    struct tag tag;
    if (!read_tag(s, at, &tag)) {
        keep(s, at, at + 1);
        return at + 1;
    }
    if (strcmp(tag.name, "pre") == 0)
        s->in_pre = !tag.is_end;
    const size_t end = unseen_end(s, &tag);
    const uint32_t breaks = breaks_wanted(s, breaks_of(&tag));
    memset(s->text + at, '\n', breaks); /* a tag has three characters at least */
    keep(s, at, at + breaks);
    skip(s, at + breaks, end);
    return end;
}

/* Blanks with a line break among them. */
static size_t take_break(struct stripper *s, size_t at)
{
    size_t end = at;
    while (end < s->end && is_blank(s->text[end]))
        end++;
    const int is_open = s->to > s->from && s->text[s->to - 1] != '\n';
    const int is_inside = is_open && end < s->end && is_wide(s->text[s->to - 1]) && (is_wide(s->text[end]) || s->text[end] == '<');
    const size_t kept = is_open && !is_inside ? at + 1 : at;
    if (kept > at)
        s->text[at] = ' ';
    keep(s, at, kept);
    skip(s, kept, end);
    return end;
}

static size_t plain_end(const struct stripper *s, size_t at)
{
    while (at < s->end && s->text[at] != '<' && (s->in_pre || (s->text[at] != '\n' && s->text[at] != '\r')))
        at++;
    return at;
}

static void strip_part(struct stripper *s, jw_range range)
{
    static const struct cutout none = {0};
    s->from = s->to;
    s->end = range.end;
    s->skipped = none;
    s->in_pre = s->no_mark = s->no_comment_end = s->no_quote[0] = s->no_quote[1] = 0;
    memset(s->no_end, 0, sizeof s->no_end);
    for (size_t at = range.start; at < s->end;) {
        const size_t end = plain_end(s, at);
        keep(s, at, end);
        at = end;
        if (at < s->end)
            at = s->text[at] == '<' ? take_tag(s, at) : take_break(s, at);
    }
}

/* Places where something may be taken out. */
static size_t count_places(jw_bytes text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '<' || text.at[i] == '\n' || text.at[i] == '\r';
    return n;
}

jw_status jwi_markup_strip(jw_doc *doc, char *text, jw_error *reterr)
{
    const size_t places = count_places(doc->text);
    struct stripper s = {.doc = doc, .text = text};
    doc->gaps = PUSH(&doc->arena, struct cutout, places);
    s.runs = PUSH(&doc->arena, struct source_run, doc->run_count + RUNS_A_GAP * places);
    if (!doc->gaps || !s.runs)
        return jwi_fail_memory(reterr);
    for (s.part = 0; s.part < doc->part_count; s.part++) {
        jw_range *const range = &doc->parts[s.part].text;
        const uint32_t start = (uint32_t)s.to;
        strip_part(&s, *range);
        range->start = start;
        range->end = (uint32_t)s.to;
    }
    doc->runs = s.runs;
    doc->run_count = s.run_count;
    doc->text.len = s.to;
    return JW_OK;
}
