/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parser of numbered lines.  Values hold lists of their own (1. 2. 3. under 5.), wrap at a fixed width, and now and then lose the line
 * break before the next number, so a number alone proves nothing.  Method: every place where a field may begin is a candidate with points,
 * many for a known wording, few for none; the chain of rising numbers with the most points is the form, found in one pass with the best
 * chain that ends in each number.
 */
#include "stage/form/form.h"

enum {
    NUMBER_MAX = 99,
    KNOWN = 16,
    UNKNOWN = 1,     /* a key of the right shape */
    SHAPELESS = -1,  /* no key: most likely a line of a list */
    SKIP = -6,       /* a number is missing */
    LATE = -8,       /* the form does not begin with 1 */
    KEY_LETTERS = 60, /* of an unknown wording; the longest known ones have 250 */
    PART_LETTERS = 60
};

struct candidate {
    struct form_item item;
    int32_t points, total;
    uint32_t before; /* JW_NONE: first of its chain */
};

struct scan {
    const struct form_table *table;
    struct units units;
    uint32_t start, end;
};

static int is_blank(struct units units, uint32_t at)
{
    return units.cls[at] == UNIT_SPACE && units.code[at] != '\n';
}

static int is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static uint32_t skip_blanks(const struct scan *scan, uint32_t at, uint32_t end)
{
    while (at < end && is_blank(scan->units, at))
        at++;
    return at;
}

static uint32_t skip_space(const struct scan *scan, uint32_t at, uint32_t end)
{
    while (at < end && scan->units.cls[at] == UNIT_SPACE)
        at++;
    return at;
}

static int begins_line(const struct scan *scan, uint32_t at)
{
    while (at > scan->start && is_blank(scan->units, at - 1))
        at--;
    return at == scan->start || scan->units.code[at - 1] == '\n';
}

/* The colon that ends a key: outside of brackets, or the first of all, because not every bracket is closed. */
struct colons {
    uint32_t outside, first; /* JW_NONE: none */
};

static struct colons find_colons(const struct scan *scan, uint32_t at, uint32_t end, uint32_t letters)
{
    struct colons ret = {JW_NONE, JW_NONE};
    uint32_t depth = 0;
    for (uint32_t n = 0; at < end && n < letters; at++) {
        const uint32_t code = scan->units.code[at];
        n += scan->units.cls[at] != UNIT_SPACE;
        if (code == '(')
            depth++;
        else if (code == ')')
            depth -= depth > 0;
        if (code != ':')
            continue;
        if (ret.first == JW_NONE)
            ret.first = at;
        if (!depth) {
            ret.outside = at;
            break;
        }
    }
    return ret;
}

static uint32_t count_letters(const struct scan *scan, uint32_t from, uint32_t to)
{
    uint32_t n = 0;
    for (; from < to; from++)
        n += scan->units.cls[from] != UNIT_SPACE;
    return n;
}

/* Fills key, wording and value of an item whose key begins at `at`; returns whether the wording is known. */
static int read_key(const struct scan *scan, uint32_t at, unsigned places, uint32_t letters, struct form_item *item)
{
    const struct colons colons = find_colons(scan, at, scan->end, letters);
    const uint32_t ends[] = {colons.outside, colons.first};
    item->key = item->key_end = item->value = at;
    item->wording = NULL;
    for (int i = 0; i < 2; i++) {
        if (ends[i] == JW_NONE || (i && ends[1] == ends[0]))
            continue;
        item->wording = jwi_form_find(scan->table, jwi_form_hash(scan->units, at, ends[i]), places);
        if (!item->wording)
            continue;
        item->key_end = ends[i];
        item->value = ends[i] + 1;
        return 1;
    }
    const uint32_t end = colons.outside != JW_NONE ? colons.outside : colons.first;
    if (end != JW_NONE && end > at && count_letters(scan, at, end) <= KEY_LETTERS) {
        item->key_end = end;
        item->value = end + 1;
    }
    return 0;
}

/* A number of one or two digits with its mark before `dot`; 0: none.  `first` is where its digits begin. */
static uint32_t number_before(const struct scan *scan, uint32_t dot, uint32_t digits, uint32_t *first)
{
    uint32_t number = 0, unit = 1, at = dot;
    for (; digits && at > scan->start && is_digit(scan->units.code[at - 1]); digits--, unit *= 10)
        number += (scan->units.code[--at] - '0') * unit;
    *first = at;
    return digits ? 0 : number;
}

/* A candidate whose number ends before the mark at `dot`; 0: none. */
static int read_candidate(const struct scan *scan, uint32_t dot, uint32_t digits, struct candidate *ret)
{
    struct form_item *const item = &ret->item;
    item->number = number_before(scan, dot, digits, &item->start);
    item->parent = JW_NONE;
    if (!item->number)
        return 0;
    const int is_line = begins_line(scan, item->start);
    const int is_known = read_key(scan, skip_blanks(scan, dot + 1, scan->end), PLACE_LINE, FORM_KEY_MAX, item);
    ret->points = is_known ? KNOWN : item->key_end > item->key ? UNKNOWN : SHAPELESS;
    return is_known || (is_line && dot + 1 < scan->end && !is_digit(scan->units.code[dot + 1]));
}

static int is_mark(uint32_t code)
{
    return code == '.' || code == 0x3001; /* 、 */
}

static uint32_t count_marks(const struct scan *scan)
{
    uint32_t n = 0;
    for (uint32_t i = scan->start + 1; i < scan->end; i++)
        n += is_mark(scan->units.code[i]) && is_digit(scan->units.code[i - 1]);
    return n;
}

/* Links a candidate to the best chain it can follow. */
static void link(struct candidate *all, uint32_t at, uint32_t *last)
{
    struct candidate *one = &all[at];
    const uint32_t number = one->item.number;
    int32_t best = number == 1 ? 0 : LATE;
    one->before = JW_NONE;
    for (uint32_t back = 1; back <= 2 && back < number; back++) {
        const uint32_t before = last[number - back];
        const int32_t total = before == JW_NONE ? 0 : all[before].total + (back == 2 ? SKIP : 0);
        if (before != JW_NONE && total > best && all[before].item.value <= one->item.start) {
            best = total;
            one->before = before;
        }
    }
    one->total = best + one->points;
    if (last[number] == JW_NONE || all[last[number]].total < one->total)
        last[number] = at;
}

static uint32_t find_candidates(const struct scan *scan, struct candidate *ret)
{
    uint32_t last[NUMBER_MAX + 1], n = 0;
    for (uint32_t i = 0; i <= NUMBER_MAX; i++)
        last[i] = JW_NONE;
    for (uint32_t i = scan->start + 1; i < scan->end; i++) {
        if (!is_mark(scan->units.code[i]) || !is_digit(scan->units.code[i - 1]))
            continue;
        for (uint32_t digits = 1; digits <= 2; digits++)
            if (read_candidate(scan, i, digits, &ret[n]))
                link(ret, n++, last);
    }
    return n;
}

/* The last candidate of the best chain. */
static uint32_t best_end(const struct candidate *all, uint32_t count)
{
    uint32_t best = JW_NONE;
    for (uint32_t i = 0; i < count; i++)
        if (all[i].total > 0 && (best == JW_NONE || all[i].total > all[best].total))
            best = i;
    return best;
}

/* Next place where a part may begin: a line, or what follows a comma or a semicolon; the value itself counts as a line. */
static uint32_t next_part(const struct scan *scan, uint32_t at, uint32_t end)
{
    for (; at < end; at++) {
        const uint32_t code = scan->units.code[at];
        if (code == '\n' || code == ';' || code == ',' || code == 0x3002 || code == 0x3001)
            return at + 1;
    }
    return end;
}

static int is_numeral(uint32_t code)
{
    switch (code) {
    case 0x4e00: /* 一 to 十 */
    case 0x4e8c:
    case 0x4e09:
    case 0x56db:
    case 0x4e94:
    case 0x516d:
    case 0x4e03:
    case 0x516b:
    case 0x4e5d:
    case 0x5341:
        return 1;
    default:
        return is_digit(code) || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    }
}

/* Past "(1)", "2." or "三、"; `number` is that of digits. */
static uint32_t skip_mark(const struct scan *scan, uint32_t at, uint32_t end, uint32_t *number)
{
    const uint32_t begin = at;
    const int is_open = at < end && scan->units.code[at] == '(';
    uint32_t digits = 0;
    *number = 0;
    for (at += (uint32_t)is_open; at < end && digits < 3 && is_numeral(scan->units.code[at]); at++, digits++)
        *number = is_digit(scan->units.code[at]) ? *number * 10 + scan->units.code[at] - '0' : 0;
    const int is_closed = digits && at < end && (scan->units.code[at] == ')' || (!is_open && is_mark(scan->units.code[at])));
    if (is_closed)
        return skip_blanks(scan, at + 1, end);
    *number = 0;
    return begin;
}

static int may_stand_in(const struct form_table *table, const struct form_wording *part, const struct form_wording *field)
{
    for (uint32_t i = 0; i < part->under_count; i++)
        if (field && table->letter[part->under_at + i] == field->id)
            return 1;
    return !part->under_count;
}

/* Parts of the field `parent`; items may be NULL to count them. */
static uint32_t find_parts(const struct scan *whole, const struct form_item *field, uint32_t parent, struct form_item *ret)
{
    struct scan scan = *whole;
    struct form_item part;
    uint32_t n = 0;
    scan.end = field->end;
    for (uint32_t at = field->value; at < field->end; at = next_part(&scan, at, field->end)) {
        part.start = skip_space(&scan, at, field->end);
        part.end = field->end;
        part.parent = parent;
        const uint32_t key = skip_mark(&scan, part.start, field->end, &part.number);
        if (!read_key(&scan, key, PLACE_PART, PART_LETTERS, &part) || !may_stand_in(scan.table, part.wording, field->wording))
            continue;
        at = part.value;
        if (ret && n)
            ret[n - 1].end = part.start;
        if (ret)
            ret[n] = part;
        n++;
        at -= at > field->value; /* a line break may follow the key at once */
    }
    return n;
}

/* Unnumbered lines before the first number: 事實發生日：115/03/06. */
static uint32_t find_heads(const struct scan *whole, uint32_t end, struct form_item *ret)
{
    struct scan scan = *whole;
    struct form_item head;
    uint32_t n = 0;
    scan.end = end;
    for (uint32_t at = scan.start; at < end;) {
        head.start = skip_space(&scan, at, end);
        head.number = 0;
        head.end = end;
        head.parent = JW_NONE;
        if (read_key(&scan, head.start, PLACE_HEAD, PART_LETTERS, &head)) {
            if (ret && n)
                ret[n - 1].end = head.start;
            if (ret)
                ret[n] = head;
            n++;
        }
        while (at < end && scan.units.code[at] != '\n')
            at++;
        at += at < end;
    }
    return n;
}

/* Where the last lines that belong to no field begin. */
static uint32_t cut_tail(const struct scan *scan)
{
    uint32_t end = scan->end;
    while (end > scan->start && scan->units.cls[end - 1] == UNIT_SPACE)
        end--;
    uint32_t line = end;
    while (line > scan->start && scan->units.code[line - 1] != '\n')
        line--;
    return jwi_form_find(scan->table, jwi_form_hash(scan->units, line, end), PLACE_TAIL) ? line : scan->end;
}

/* The chain, first to last, into ret[len]; returns where it begins. */
static void unroll(const struct candidate *all, uint32_t last, uint32_t len, uint32_t end, struct form_item *ret)
{
    for (uint32_t at = last; at != JW_NONE; at = all[at].before) {
        ret[--len] = all[at].item;
        ret[len].end = end;
        end = ret[len].start;
    }
}

static uint32_t chain_len(const struct candidate *all, uint32_t last, uint32_t *known, uint32_t *start)
{
    uint32_t n = 0;
    *known = 0;
    for (uint32_t at = last; at != JW_NONE; at = all[at].before) {
        n++;
        *known += all[at].item.wording != NULL;
        *start = all[at].item.start;
    }
    return n;
}

/* Fields with their parts behind them. */
static int join(const struct scan *scan, const struct form_item *fields, uint32_t count, struct arena *arena, struct form_items *ret)
{
    uint32_t total = count;
    for (uint32_t i = 0; i < count; i++)
        total += find_parts(scan, &fields[i], 0, NULL);
    ret->at = PUSH(arena, struct form_item, total);
    ret->len = 0;
    if (!ret->at)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t parent = ret->len;
        ret->at[ret->len++] = fields[i];
        ret->len += find_parts(scan, &fields[i], parent, ret->at + ret->len);
    }
    return 1;
}

int jwi_form_scan(const struct form_table *table, struct units units, uint32_t start, uint32_t end, struct arena *arena,
                  struct form_items *ret)
{
    struct scan scan = {table, units, start, end};
    struct candidate *all = PUSH(arena, struct candidate, (size_t)count_marks(&scan) * 2 + 1);
    ret->len = ret->known = 0;
    if (!all)
        return 0;
    scan.end = cut_tail(&scan);
    const uint32_t count = find_candidates(&scan, all);
    uint32_t known = 0, first = scan.end;
    uint32_t last = best_end(all, count);
    uint32_t len = chain_len(all, last, &known, &first);
    if (!known) {
        len = 0;
        last = JW_NONE;
        first = scan.end;
    }
    const uint32_t heads = find_heads(&scan, first, NULL);
    struct form_item *fields = PUSH(arena, struct form_item, (size_t)heads + len);
    if (!fields)
        return 0;
    find_heads(&scan, first, fields);
    unroll(all, last, len, scan.end, fields + heads);
    ret->known = known + heads;
    return join(&scan, fields, heads + len, arena, ret);
}
