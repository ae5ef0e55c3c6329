/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jinwen-pack-event -o OUT NORM LEAVES WORDS TRIGGERS ROLES NOTES CREDIT RULES CONFIDENCE: section EVNT from the tables of dict/events
 * (docs/FINANCE.md has their columns).
 */
#include "base/file.h"
#include "common/bytes.h"
#include "pack/event_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what, const char *detail)
{
    fprintf(stderr, "jinwen-pack-event: %s: %s\n", what, detail);
    exit(5);
}

static int compare_letters(const struct word_row *a, const struct word_row *b)
{
    for (uint32_t i = 0; i < a->len && i < b->len; i++)
        if (a->code[i] != b->code[i])
            return a->code[i] < b->code[i] ? -1 : 1;
    return (a->len > b->len) - (a->len < b->len);
}

static int compare_words(const void *left, const void *right)
{
    const struct word_row *a = left, *b = right;
    const int order = compare_letters(a, b);
    return order ? order : (a->tag.cls > b->tag.cls) - (a->tag.cls < b->tag.cls);
}

static int compare_patterns(const void *left, const void *right)
{
    const struct event_pattern *a = left, *b = right;
    return a->element[0] != b->element[0] ? (a->element[0] > b->element[0]) - (a->element[0] < b->element[0]) : memcmp(a, b, sizeof *a);
}

static int compare_roles(const void *left, const void *right)
{
    const struct event_role *a = left, *b = right;
    return a->leaf != b->leaf ? (a->leaf > b->leaf) - (a->leaf < b->leaf) : (a->order > b->order) - (a->order < b->order);
}

static int compare_notes(const void *left, const void *right)
{
    const struct event_note *a = left, *b = right;
    return a->leaf != b->leaf ? (a->leaf > b->leaf) - (a->leaf < b->leaf) : memcmp(a, b, sizeof *a);
}

static int compare_credits(const void *left, const void *right)
{
    const struct event_credit *a = left, *b = right;
    return a->leaf != b->leaf ? (a->leaf > b->leaf) - (a->leaf < b->leaf) : (a->order > b->order) - (a->order < b->order);
}

/* Words with their tags; equal letters share a word. */
static void add_words(const struct event_rows *rows, struct event_header *header, struct buffer *words, struct buffer *tags,
                      struct buffer *codes, struct event_slot *slot)
{
    uint32_t letters = 0; /* one slot stays empty, where a search ends */
    for (size_t i = 0; i < rows->words.len;) {
        const struct word_row *row = &rows->words.at[i];
        struct event_word word = {header->code_count, header->tag_count, (uint16_t)row->len, 0};
        jwi_buffer_add(codes, row->code, row->len * sizeof *row->code);
        header->code_count += row->len;
        for (; i < rows->words.len && !compare_letters(row, &rows->words.at[i]); i++) {
            if (word.tag_count && rows->words.at[i].tag.cls == rows->words.at[i - 1].tag.cls)
                continue;
            jwi_buffer_add(tags, &rows->words.at[i].tag, sizeof row->tag);
            word.tag_count++;
        }
        header->tag_count += word.tag_count;
        uint32_t at = jwi_event_slot(row->code[0]);
        while (slot[at].code && slot[at].code != row->code[0])
            at = (at + 1) & (EVENT_SLOTS - 1);
        if (!slot[at].code) {
            if (++letters == EVENT_SLOTS)
                die("too many first letters", "raise EVENT_SLOTS");
            slot[at].code = row->code[0];
            slot[at].low = header->word_count;
        }
        slot[at].high = ++header->word_count;
        jwi_buffer_add(words, &word, sizeof word);
    }
}

static void add_classes(const struct event_rows *rows, struct buffer *out)
{
    size_t pattern = 0;
    for (size_t i = 0; i < rows->classes.len; i++) {
        struct event_class cls = {(uint32_t)pattern, 0};
        for (; pattern < rows->patterns.len && rows->patterns.at[pattern].element[0] == i; pattern++)
            cls.pattern_count++;
        jwi_buffer_add(out, &cls, sizeof cls);
    }
}

static void write_section(struct event_rows *rows, const char *path)
{
    static struct event_slot slot[EVENT_SLOTS];
    struct buffer out = {0}, words = {0}, tags = {0}, codes = {0}, classes = {0};
    qsort(rows->words.at, rows->words.len, sizeof *rows->words.at, compare_words);
    qsort(rows->patterns.at, rows->patterns.len, sizeof *rows->patterns.at, compare_patterns);
    qsort(rows->roles.at, rows->roles.len, sizeof *rows->roles.at, compare_roles);
    qsort(rows->notes.at, rows->notes.len, sizeof *rows->notes.at, compare_notes);
    qsort(rows->credits.at, rows->credits.len, sizeof *rows->credits.at, compare_credits);
    struct event_header header = {.version = EVENT_VERSION,
                                  .class_count = (uint32_t)rows->classes.len,
                                  .pattern_count = (uint32_t)rows->patterns.len,
                                  .list_count = (uint32_t)rows->list.len,
                                  .role_count = (uint32_t)rows->roles.len,
                                  .note_count = (uint32_t)rows->notes.len,
                                  .credit_count = (uint32_t)rows->credits.len,
                                  .leaf_count = (uint32_t)rows->leaves.len,
                                  .metric_class = jwi_event_rows_class(rows, "METRIC"),
                                  .passive_class = jwi_event_rows_class(rows, "PASSIVE"),
                                  .branch_class = jwi_event_rows_class(rows, "BRANCH"),
                                  .talk_class = jwi_event_rows_class(rows, "TALK"),
                                  .speech_class = jwi_event_rows_class(rows, "SPEECH")};
    memcpy(header.conf, rows->conf, sizeof rows->conf);
    add_words(rows, &header, &words, &tags, &codes, slot);
    add_classes(rows, &classes);
    const struct buffer parts[] = {
        {(char *)&header, sizeof header, 0},
        {(char *)slot, sizeof slot, 0},
        words,
        tags,
        classes,
        {(char *)rows->patterns.at, rows->patterns.len * sizeof *rows->patterns.at, 0},
        {(char *)rows->roles.at, rows->roles.len * sizeof *rows->roles.at, 0},
        {(char *)rows->notes.at, rows->notes.len * sizeof *rows->notes.at, 0},
        {(char *)rows->credits.at, rows->credits.len * sizeof *rows->credits.at, 0},
        codes,
        {(char *)rows->list.at, rows->list.len * sizeof *rows->list.at, 0},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        jwi_buffer_add(&out, parts[i].at, parts[i].len);
    jw_error error;
    if (jwi_file_replace(path, jwi_buffer_bytes(&out), &error) != JW_OK)
        die("cannot write", error.message);
    jwi_buffer_free(&out);
    jwi_buffer_free(&words);
    jwi_buffer_free(&tags);
    jwi_buffer_free(&codes);
    jwi_buffer_free(&classes);
}

int main(int argc, char **argv)
{
    static struct event_rows rows;
    if (argc != 12 || strcmp(argv[1], "-o") != 0)
        die("usage", "-o OUT NORM LEAVES WORDS TRIGGERS ROLES NOTES CREDIT RULES CONFIDENCE");
    jw_bytes norm;
    jw_error error;
    if (jwi_file_map(argv[3], &norm, &error) != JW_OK || jwi_norm_open(norm, &rows.norm, &error) != JW_OK)
        die("cannot read", error.message);
    jwi_event_rows_read(&rows, argv + 4);
    write_section(&rows, argv[2]);
    return 0;
}
