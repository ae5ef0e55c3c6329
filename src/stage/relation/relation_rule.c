/* SPDX-License-Identifier: Apache-2.0 */
/* Section RELC: lines to rules, and the search for their words; see relation_rule.h. */
#include "stage/relation/relation_rule.h"

#include "base/cells.h"
#include "base/error.h"
#include "base/search.h"
#include "base/utf8.h"

#include <string.h>

enum { CELLS_MAX = 8 };

/* Rank of a name in the table, added when new; JW_NONE when the table is full. */
static uint32_t rank(jw_bytes *names, uint32_t *count, uint32_t max, jw_bytes name)
{
    for (uint32_t i = 0; i < *count; i++)
        if (bytes_same(names[i], name))
            return i;
    if (*count == max || !name.len)
        return JW_NONE;
    names[*count] = name;
    return (*count)++;
}

static int read_number(jw_bytes cell, uint32_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9' || i == 4)
            return 0;
        *ret = *ret * 10 + (uint32_t)(cell.at[i] - '0');
    }
    return cell.len > 0;
}

static int compare(const struct rule_cue *a, const struct rule_cue *b)
{
    for (uint32_t i = 0; i < a->len && i < b->len; i++)
        if (a->code[i] != b->code[i])
            return a->code[i] < b->code[i] ? -1 : 1;
    return a->len < b->len ? -1 : a->len > b->len;
}

/* Puts the cue in its place; one that is there gets the list. */
static int insert(struct relation_rules *to, const struct rule_cue *cue)
{
    uint32_t at = to->cue_count;
    while (at > 0 && compare(&to->cues[at - 1], cue) > 0)
        at--;
    if (at > 0 && compare(&to->cues[at - 1], cue) == 0) {
        list_join(&to->cues[at - 1].lists, &cue->lists);
        return 1;
    }
    if (to->cue_count == RULE_CUES_MAX)
        return 0;
    memmove(&to->cues[at + 1], &to->cues[at], (to->cue_count - at) * sizeof *to->cues);
    to->cues[at] = *cue;
    to->cue_count++;
    to->bloom[cue->code[0] % RULE_BLOOM / 64] |= UINT64_C(1) << cue->code[0] % 64;
    return 1;
}

/* cue LIST WORD */
static int read_cue(struct relation_rules *to, const jw_bytes *cell)
{
    struct rule_cue cue = {.len = 0};
    const uint32_t list = rank(to->lists, &to->list_count, RULE_LISTS_MAX, cell[1]);
    if (list == JW_NONE)
        return 0;
    list_add(&cue.lists, list);
    for (size_t at = 0; at < cell[2].len;) {
        uint32_t used;
        if (cue.len == RULE_CUE_LEN)
            return 0;
        cue.code[cue.len++] = jwi_utf8_decode(cell[2].at + at, cell[2].at + cell[2].len, &used);
        at += used;
    }
    return cue.len && insert(to, &cue);
}

static int read_zone(struct relation_rules *to, jw_bytes cell, struct rule_zone *ret)
{
    jw_bytes name;
    if (bytes_are(cell, "-"))
        return 1;
    if (cell.len && cell.at[0] == '^') {
        ret->at_start = 1;
        cell.at++;
        cell.len--;
    }
    if (cell.len && cell.at[cell.len - 1] == '$') {
        ret->at_end = 1;
        cell.len--;
    }
    while (next_part(&cell, ';', &name)) {
        const uint32_t list = rank(to->lists, &to->list_count, to->list_count, name); /* one that has words */
        if (list == JW_NONE)
            return 0;
        list_add(&ret->lists, list);
        ret->is_used = 1;
    }
    return ret->is_used;
}

static int read_attrs(jw_bytes cell, uint8_t *ret)
{
    static const char *const names[] = {"pct", "amount", "position", "product", "held"};
    jw_bytes name;
    if (bytes_are(cell, "-"))
        return 1;
    while (next_part(&cell, ';', &name)) {
        size_t i = 0;
        while (i < sizeof names / sizeof *names && !bytes_are(name, names[i]))
            i++;
        if (i == sizeof names / sizeof *names)
            return 0;
        *ret |= (uint8_t)(1u << i);
    }
    return 1;
}

/* rule TYPE ORDER BETWEEN BEHIND GAP CONF ATTRS */
static int read_rule(struct relation_rules *to, const jw_bytes *cell)
{
    struct relation_rule rule = {.gap = 0};
    uint32_t percent;
    rule.type = rank(to->types, &to->type_count, RULE_TYPES_MAX, cell[1]);
    rule.is_tail_first = (uint8_t)bytes_are(cell[2], "TH");
    if (rule.type == JW_NONE || to->rule_count == RULES_MAX || (!rule.is_tail_first && !bytes_are(cell[2], "HT")) ||
        !read_zone(to, cell[3], &rule.between) || !read_zone(to, cell[4], &rule.behind) || !read_number(cell[5], &rule.gap) ||
        !read_number(cell[6], &percent) || percent > 100 || !read_attrs(cell[7], &rule.attrs))
        return 0;
    rule.conf = (int32_t)percent * (JW_SCALE / 100);
    to->rules[to->rule_count++] = rule;
    return rule.between.is_used || rule.behind.is_used;
}

static int read_line(struct relation_rules *to, jw_bytes line)
{
    jw_bytes cell[CELLS_MAX];
    uint32_t n = 0;
    while (n < CELLS_MAX && next_part(&line, '\t', &cell[n]))
        n++;
    if (n == 3 && bytes_are(cell[0], "cue"))
        return read_cue(to, cell);
    return n == CELLS_MAX && !line.len && bytes_are(cell[0], "rule") && read_rule(to, cell);
}

jw_status jwi_relation_rules_open(jw_bytes section, struct relation_rules *ret, jw_error *reterr)
{
    static const char *const known[LIST_KNOWN] = {"rumour", "plan", "done", "cancel", "deny", "former", "not", "sub", "leave", "is", "joint",
                                                  "title"};
    jw_bytes line;
    memset(ret, 0, sizeof *ret);
    for (int i = 0; i < LIST_KNOWN; i++) {
        ret->lists[i].at = known[i];
        ret->lists[i].len = strlen(known[i]);
    }
    ret->list_count = LIST_KNOWN;
    const char *const start = section.at;
    while (next_part(&section, '\n', &line))
        if (!read_line(ret, line))
            return jwi_fail(reterr, JW_EMODEL_CORRUPT, (uint64_t)(line.at - start), "section RELC: bad line");
    return JW_OK;
}

/* Longest cue that stands at the unit, or NULL. */
static const struct rule_cue *cue_at(const struct relation_rules *rules, const uint32_t *code, uint32_t len)
{
    uint32_t low = SEARCH_FROM(rules->cues, rules->cue_count, code[0], code[0]);
    const struct rule_cue *best = NULL;
    for (; low < rules->cue_count && rules->cues[low].code[0] == code[0]; low++) {
        const struct rule_cue *cue = &rules->cues[low];
        if (cue->len <= len && !memcmp(cue->code, code, cue->len * sizeof *code) && (!best || cue->len > best->len))
            best = cue;
    }
    return best;
}

uint32_t jwi_relation_hits(const struct relation_rules *rules, struct units units, uint32_t start, uint32_t end, struct rule_hit *hits,
                           uint32_t max)
{
    uint32_t n = 0;
    while (start < end && n < max) {
        const uint32_t code = units.code[start];
        const int may_be = rules->bloom[code % RULE_BLOOM / 64] >> code % 64 & 1;
        const struct rule_cue *cue = may_be ? cue_at(rules, units.code + start, end - start) : NULL;
        if (cue)
            hits[n++] = (struct rule_hit){start, start + cue->len, cue->lists};
        start += cue ? cue->len : 1;
    }
    return n;
}
