/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scores of names: a name is right when its characters and its type are.  Tags may be BIOES or IOB2: B and S begin a name, I and E go on
 * with it (or begin one when none of their type is open), E and S end it.
 */
#include "mention.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "tally.h"

enum { MAX_TYPES = 64, MAX_TYPE_BYTES = 63 };

struct type_score {
    uint32_t type, gold, system, correct;
};
struct table {
    struct type_score at[MAX_TYPES];
    uint32_t len;
};

struct compared {
    struct eval_pair *pair;
    const struct eval_mentions *gold, *system;
    struct eval_tally tally;
    struct table table;
};

/* Whether `list` "A,B,C" has an item that begins with the `len` bytes at `at` and goes on with `after` ('\0': nothing); its rest in *ret. */
static bool find_item(const char *list, const char *at, size_t len, char after, const char **ret)
{
    for (const char *item = list; *item; item += *item == ',') {
        size_t size = strcspn(item, ",");
        bool fits = size >= len && memcmp(item, at, len) == 0;
        if (fits && (after ? item[len] == after : size == len)) {
            *ret = item + len + (after != '\0');
            return true;
        }
        item += size;
    }
    return false;
}

jw_status jwi_eval_type(const struct eval_ner_options *options, struct eval_pool *pool,
                        const char *name, uint32_t *ret, jw_error *reterr)
{
    const char *found;
    char copy[MAX_TYPE_BYTES]; /* interning moves the pool, where `name` may lie */
    size_t len = strlen(name);
    if (options->map && find_item(options->map, name, len, '=', &found)) {
        name = found;
        len = strcspn(found, ",");
    }
    *ret = EVAL_OUTSIDE;
    if (options->types && !find_item(options->types, name, len, '\0', &found))
        return JW_OK;
    if (len > MAX_TYPE_BYTES)
        return jwi_fail(reterr, JW_ELIMIT, 0, "a type of more than %d bytes", MAX_TYPE_BYTES);
    memcpy(copy, name, len);
    return jwi_eval_intern(pool, copy, len, ret, reterr);
}

static jw_status check_tag(const struct eval_file *file, const struct eval_word *word,
                           const char *tag, jw_error *reterr)
{
    if (strchr("BIES", tag[0]) && tag[1] == '-' && tag[2] && strlen(tag) <= MAX_TYPE_BYTES)
        return JW_OK;
    return jwi_fail(reterr, JW_EFORMAT, word->line,
                    "%s:%u: name tag '%.40s', wanted O or B-, I-, E-, S- and a type", file->path,
                    word->line, tag);
}

static void drop_outside(struct eval_mentions *mentions)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < mentions->len; i++)
        if (mentions->at[i].type != EVAL_OUTSIDE)
            mentions->at[kept++] = mentions->at[i];
    mentions->len = kept;
}

static jw_status read_mentions(const struct eval_ner_options *options, struct eval_pool *pool,
                               const struct eval_file *file, struct eval_mentions *ret,
                               jw_error *reterr)
{
    uint32_t sentence = 0, type;
    bool is_open = false;
    for (uint32_t i = 0; i < file->n_word; i++) {
        const struct eval_word *word = &file->word[i];
        for (; sentence < file->n_sentence && file->sentence[sentence].word_at <= i; sentence++)
            is_open = false;
        if (word->ner == EVAL_OUTSIDE) {
            is_open = false;
            continue;
        }
        const char *tag = jwi_eval_string(pool, word->ner);
        const char prefix = tag[0];
        TRY(check_tag(file, word, tag, reterr));
        TRY(jwi_eval_type(options, pool, tag + 2, &type, reterr));
        if (is_open && (prefix == 'I' || prefix == 'E') && ret->at[ret->len - 1].type == type) {
            ret->at[ret->len - 1].end = word->end;
        } else {
            TRY(jwi_eval_grow(&ret->at, ret->len, &ret->cap, sizeof(*ret->at), reterr));
            ret->at[ret->len++] = (struct eval_mention){word->start, word->end, type};
        }
        is_open = prefix == 'B' || prefix == 'I';
    }
    drop_outside(ret);
    return JW_OK;
}

static struct type_score *row_of(struct table *table, uint32_t type)
{
    uint32_t i = 0;
    while (i < table->len && table->at[i].type != type)
        i++;
    if (i == table->len && table->len < MAX_TYPES)
        table->at[table->len++] = (struct type_score){type, 0, 0, 0};
    return i < MAX_TYPES ? &table->at[i] : NULL;
}

const struct eval_mention *jwi_eval_overlap(const struct eval_mentions *list,
                                            const struct eval_mention *wanted)
{
    uint32_t low = 0, high = list->len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list->at[middle].end <= wanted->start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->len && list->at[low].start < wanted->end ? &list->at[low] : NULL;
}

static jw_status add_text(struct compared *c, const struct eval_mention *mention, jw_error *reterr)
{
    return jwi_eval_line_codes(&c->tally, c->pair->gold.code + mention->start,
                               mention->end - mention->start, reterr);
}

/* "missed PER 王世堅", "false LOC 中", "type ORG -> LOC 台灣", "span ORG 台灣大學 -> 台灣". */
static jw_status tally_error(struct compared *c, const char *kind, const struct eval_mention *one,
                             const struct eval_mention *other, jw_error *reterr)
{
    uint32_t what, place;
    TRY(jwi_eval_line_add(&c->tally, kind, reterr));
    TRY(jwi_eval_line_change(&c->tally, one->type, other ? other->type : one->type, reterr));
    TRY(jwi_eval_line_end(&c->tally, &what, reterr));
    TRY(add_text(c, one, reterr));
    if (other && (other->start != one->start || other->end != one->end)) {
        TRY(jwi_eval_line_add(&c->tally, " -> ", reterr));
        TRY(add_text(c, other, reterr));
    }
    TRY(jwi_eval_line_end(&c->tally, &place, reterr));
    return jwi_eval_tally_add(&c->tally, what, place, reterr);
}

static jw_status count_gold(struct compared *c, struct type_score *all, struct type_score *spans,
                            jw_error *reterr)
{
    for (uint32_t i = 0; i < c->gold->len; i++) {
        const struct eval_mention *gold = &c->gold->at[i],
                                  *found = jwi_eval_overlap(c->system, gold);
        struct type_score *row = row_of(&c->table, gold->type);
        bool same_span = found && found->start == gold->start && found->end == gold->end;
        bool same = same_span && found->type == gold->type;
        if (!row)
            return jwi_fail(reterr, JW_ELIMIT, 0, "%s: more than %d types of names",
                            c->pair->gold.path, MAX_TYPES);
        row->gold++;
        row->correct += same;
        all->correct += same;
        spans->correct += same_span;
        if (!same)
            TRY(tally_error(c,
                            !found      ? "missed "
                            : same_span ? "type "
                                        : "span ",
                            gold, found, reterr));
    }
    return JW_OK;
}

static jw_status count_system(struct compared *c, jw_error *reterr)
{
    for (uint32_t i = 0; i < c->system->len; i++) {
        const struct eval_mention *found = &c->system->at[i];
        struct type_score *row = row_of(&c->table, found->type);
        if (!row)
            return jwi_fail(reterr, JW_ELIMIT, 0, "%s: more than %d types of names",
                            c->pair->system.path, MAX_TYPES);
        row->system++;
        if (!jwi_eval_overlap(c->gold, found))
            TRY(tally_error(c, "false ", found, NULL, reterr));
    }
    return JW_OK;
}

static double percent(double part, double whole)
{
    return whole > 0 ? 100 * (part / whole) : 0;
}

static void print_row(FILE *out, const char *name, const struct type_score *row)
{
    fprintf(out, "%-11s|%10.2f |%10.2f |%10.2f |%10u |%10u |%10u\n", name,
            percent(row->correct, row->system), percent(row->correct, row->gold),
            percent(2.0 * row->correct, (double)row->gold + row->system), row->gold, row->system,
            row->correct);
}

static void print_table(FILE *out, const struct table *table, const struct eval_pool *pool,
                        const struct type_score *all, const struct type_score *spans)
{
    fputs("Names      | Precision |    Recall |  F1 Score |      Gold |    System |   Correct\n",
          out);
    fputs("-----------+-----------+-----------+-----------+-----------+-----------+----------\n",
          out);
    bool is_printed[MAX_TYPES] = {false};
    for (uint32_t n = 0; n < table->len; n++) {
        uint32_t next = JW_NONE;
        for (uint32_t i = 0; i < table->len; i++)
            if (!is_printed[i] &&
                (next == JW_NONE || strcmp(jwi_eval_string(pool, table->at[i].type),
                                           jwi_eval_string(pool, table->at[next].type)) < 0))
                next = i;
        is_printed[next] = true;
        print_row(out, jwi_eval_string(pool, table->at[next].type), &table->at[next]);
    }
    print_row(out, "All", all);
    print_row(out, "Span only", spans);
}

static jw_status compare(FILE *out, uint32_t errors, struct compared *c, jw_error *reterr)
{
    struct type_score all = {0, c->gold->len, c->system->len, 0}, spans = all;
    TRY(count_gold(c, &all, &spans, reterr));
    TRY(count_system(c, reterr));
    print_table(out, &c->table, &c->pair->pool, &all, &spans);
    return errors ? jwi_eval_tally_print(out, "Errors", errors, &c->tally, reterr) : JW_OK;
}

jw_status jwi_eval_score_mentions(FILE *out, const struct eval_ner_options *options,
                                  struct eval_pair *pair,
                                  const struct eval_mentions *const sides[2], jw_error *reterr)
{
    struct compared c = {
        .pair = pair, .gold = sides[0], .system = sides[1], .tally.pool = &pair->pool};
    jw_status status = compare(out, options->errors, &c, reterr);
    jwi_eval_tally_free(&c.tally);
    return status;
}

jw_status jwi_eval_print_names(FILE *out, const struct eval_ner_options *options,
                               struct eval_pair *pair, jw_error *reterr)
{
    struct eval_mentions gold = {0}, system = {0};
    const struct eval_mentions *const sides[2] = {&gold, &system};
    jw_status status = read_mentions(options, &pair->pool, &pair->gold, &gold, reterr);
    if (status == JW_OK)
        status = read_mentions(options, &pair->pool, &pair->system, &system, reterr);
    if (status == JW_OK)
        status = jwi_eval_score_mentions(out, options, pair, sides, reterr);
    free(gold.at);
    free(system.at);
    return status;
}
