/* SPDX-License-Identifier: Apache-2.0 */
/* See score_table.h. */
#include "stage/score/score_table.h"

#include "base/error.h"

#include <string.h>

enum { STEP = 2 * JW_SCALE / (SCORE_STEPS - 1) };

static int is_text(jw_bytes bytes, const char *text)
{
    return strlen(text) == bytes.len && memcmp(bytes.at, text, bytes.len) == 0;
}

static int compare(const char *a, size_t a_len, jw_bytes b)
{
    const int order = memcmp(a, b.at, a_len < b.len ? a_len : b.len);
    return order ? order : a_len < b.len ? -1 : a_len > b.len;
}

/* False when it is no number of at most five digits. */
static int read_number(jw_bytes cell, int32_t *ret)
{
    int32_t value = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9')
            return 0;
        value = 10 * value + (cell.at[i] - '0');
    }
    *ret = value;
    return cell.len > 0 && cell.len <= 5;
}

/* class NAME STEP PROB */
static int read_step(struct score_table *to, const jw_bytes *cell)
{
    static const char *const names[SCORE_CLASSES] = {"neg", "neu", "pos"};
    int32_t step, prob;
    if (!read_number(cell[2], &step) || !read_number(cell[3], &prob) || step >= SCORE_STEPS || prob > JW_SCALE)
        return 0;
    for (int class = 0; class < SCORE_CLASSES; class++) {
        if (!is_text(cell[1], names[class]))
            continue;
        to->class_at[class][step] = prob;
        return 1;
    }
    return 0;
}

static uint32_t bits_of(jw_bytes class)
{
    static const struct {
        const char *name;
        uint32_t bits;
    } names[] = {{"uncertain", WORD_UNCERTAIN},  {"litigious", WORD_LITIGIOUS}, {"hawk", WORD_HAWK},
                 {"dove", WORD_DOVE},            {"future", WORD_FUTURE},       {"quoting", WORD_QUOTING},
                 {"analyst", WORD_ANALYST},      {"source", WORD_SOURCE},       {"roundup", WORD_ROUNDUP},
                 {"central_bank", WORD_CENTRAL_BANK}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_text(class, names[i].name))
            return names[i].bits;
    return 0;
}

/* word TEXT CLASS; a word of several classes stands on lines that follow one another. */
static int read_word(struct score_table *to, const jw_bytes *cell)
{
    const uint32_t bits = bits_of(cell[2]);
    struct score_word *const last = to->word_count ? &to->words[to->word_count - 1] : NULL;
    const int order = last ? compare(last->at, last->len, cell[1]) : -1;
    if (!bits || !cell[1].len || cell[1].len > UINT16_MAX || order > 0)
        return 0;
    if (order == 0) {
        last->bits |= (uint16_t)bits;
        return 1;
    }
    if (to->word_count == SCORE_WORDS_MAX)
        return 0;
    to->words[to->word_count++] = (struct score_word){cell[1].at, (uint16_t)cell[1].len, (uint16_t)bits};
    return 1;
}

static uint32_t cut(jw_bytes line, jw_bytes cell[4])
{
    uint32_t cells = 0;
    for (size_t at = 0; at <= line.len && cells < 4; cells++) {
        const char *end = memchr(line.at + at, '\t', line.len - at);
        cell[cells].at = line.at + at;
        cell[cells].len = end ? (size_t)(end - line.at) - at : line.len - at;
        at += cell[cells].len + 1;
    }
    return cells;
}

static int read_line(struct score_table *to, jw_bytes line)
{
    jw_bytes cell[4];
    const uint32_t cells = cut(line, cell);
    if (cells == 4 && is_text(cell[0], "class"))
        return read_step(to, cell);
    return cells == 3 && is_text(cell[0], "word") && read_word(to, cell);
}

/* A class never gets less likely towards its own end; neutral falls from the middle to both. */
static int is_monotone(const struct score_table *table)
{
    for (int i = 0; i + 1 < SCORE_STEPS; i++) {
        const int is_left = 2 * (i + 1) < SCORE_STEPS;
        const int32_t *const negative = &table->class_at[CLASS_NEGATIVE][i], *const positive = &table->class_at[CLASS_POSITIVE][i],
                      *const neutral = &table->class_at[CLASS_NEUTRAL][i];
        if (negative[0] < negative[1] || positive[0] > positive[1] || (is_left ? neutral[0] > neutral[1] : neutral[0] < neutral[1]))
            return 0;
        if (negative[0] + neutral[0] + positive[0] == 0)
            return 0;
    }
    return table->class_at[CLASS_POSITIVE][SCORE_STEPS - 1] > 0;
}

jw_status jwi_score_table_open(jw_bytes section, struct score_table *ret, jw_error *reterr)
{
    memset(ret, 0, sizeof *ret);
    for (size_t at = 0; at < section.len;) {
        const char *end = memchr(section.at + at, '\n', section.len - at);
        const jw_bytes line = {section.at + at, end ? (size_t)(end - section.at) - at : section.len - at};
        if (!read_line(ret, line))
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, at, "section SCOR: bad line");
        at += line.len + 1;
    }
    return is_monotone(ret) ? JW_OK : jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section SCOR: a class is missing or not monotone");
}

uint32_t jwi_score_word(const struct score_table *table, jw_bytes word)
{
    uint32_t low = 0, high = table->word_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const int order = compare(table->words[middle].at, table->words[middle].len, word);
        if (order == 0)
            return table->words[middle].bits;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

void jwi_score_classes(const struct score_table *table, int32_t market, int32_t ret[SCORE_CLASSES])
{
    const int32_t place = (market < -JW_SCALE ? -JW_SCALE : market > JW_SCALE ? JW_SCALE : market) + JW_SCALE;
    const int32_t step = place / STEP, rest = place % STEP;
    int32_t sum = 0, total = 0, largest = 0;
    for (int i = 0; i < SCORE_CLASSES; i++) {
        const int32_t *const at = &table->class_at[i][step];
        ret[i] = rest ? at[0] + (at[1] - at[0]) * rest / STEP : at[0];
        sum += ret[i];
    }
    for (int i = 0; i < SCORE_CLASSES; i++) {
        ret[i] = (int32_t)((int64_t)ret[i] * JW_SCALE / sum);
        total += ret[i];
        largest = ret[i] > ret[largest] ? i : largest;
    }
    ret[largest] += JW_SCALE - total; /* the rest of the rounding */
}
