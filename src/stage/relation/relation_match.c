/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules on a pair of names; see relation_rule.h for their form.
 * A zone reads the units between the names, or those behind the second up to the end of the clause.  A name in between that could play the
 * same part takes it, unless it stands in one list with the pair's: in A 子公司 C 收購 B it is C that buys, in A、C 與 D 收購 B all do.
 */
#include "stage/relation/relation_match.h"

#include <string.h>

enum {
    BEHIND_MAX = 14,    /* units read behind the second name */
    SCOPE_BEFORE = 16,  /* units read before the first name for operators */
    CUE_FAR = 6,        /* units between an unanchored word and the second name */
    COMMA_COST = 1500,  /* of confidence, 1/JW_SCALE */
    FAR_GAP = 12, FAR_COST = 500
};

static int is_stop(uint32_t code)
{
    return code == 0x3002 || code == '!' || code == '?' || code == ';' || code == 0x2026;
}

static int is_clause_end(uint32_t code)
{
    return is_stop(code) || code == ',';
}

/* 、 與 和 及 跟 暨 以及 / : members of one list. */
static int is_joint(uint32_t code)
{
    return code == 0x3001 || code == 0x8207 || code == 0x548c || code == 0x53ca || code == 0x8ddf || code == 0x66a8 || code == '/' ||
           code == 0x4ee5 || code == ' ' || code == ')' || code == '(';
}

/* May stand between a name and its word: 的 之 brackets, quotes, dashes, 兼 暨 前. */
static int is_filler(uint32_t code)
{
    return code == 0x7684 || code == 0x4e4b || code == ' ' || code == '(' || code == ')' || code == 0x300c || code == 0x300d ||
           code == 0x300a || code == 0x300b || code == 0x3008 || code == 0x3009 || code == '"' || code == '-' || code == ':' || code == '/' ||
           code == 0x517c || code == 0x66a8 || code == 0x524d || code == 0x539f;
}

static int is_latin(struct units units, uint32_t at)
{
    return at < units.len && (units.cls[at] == UNIT_LATIN || units.cls[at] == UNIT_DIGIT);
}

/* A blank that parts clauses, as headlines have it: not beside a Latin word or behind a bracket. */
static int is_pause(struct units units, uint32_t at)
{
    const int is_closed = at && (is_latin(units, at - 1) || units.code[at - 1] == ')');
    return units.cls[at] == UNIT_SPACE && !is_latin(units, at + 1) && !is_closed;
}

static uint32_t skip(struct units units, uint32_t at, uint32_t end)
{
    while (at < end && is_filler(units.code[at]) && !is_pause(units, at))
        at++;
    return at;
}

/* A zone that must be filled from start to end: words one after another, at last 為 or 是 (最大股東為). */
static int is_filled(const struct relation_sentence *s, struct unit_span span, const struct list_set *lists, struct unit_span *ret)
{
    uint32_t at = skip(s->units, span.start, span.end), found = 0;
    ret->start = at;
    for (uint32_t i = 0; i < s->hit_count && at < span.end; i++) {
        const struct rule_hit *hit = &s->hits[i];
        if (hit->start != at || hit->end > span.end)
            continue;
        if (list_meets(&hit->lists, lists))
            found = 1;
        else if (!list_has(&hit->lists, LIST_FORMER) && !(found && list_has(&hit->lists, LIST_IS)))
            return 0;
        ret->end = hit->end;
        at = skip(s->units, hit->end, span.end);
    }
    return found && at == span.end;
}

/* The word that fulfils the zone; a word at the end wins over earlier ones. */
static int find_word(const struct relation_sentence *s, struct unit_span span, struct rule_zone zone, struct unit_span *ret)
{
    if (zone.at_start && zone.at_end)
        return is_filled(s, span, &zone.lists, ret);
    for (uint32_t i = s->hit_count; i > 0; i--) {
        const struct rule_hit *hit = &s->hits[i - 1];
        if (hit->start < span.start || hit->end > span.end || !list_meets(&hit->lists, &zone.lists))
            continue;
        if (zone.at_start && skip(s->units, span.start, span.end) != hit->start)
            continue;
        if (zone.at_end && skip(s->units, hit->end, span.end) != span.end)
            continue;
        ret->start = hit->start;
        ret->end = hit->end;
        return 1;
    }
    return 0;
}

struct list_set jwi_relation_lists(const struct relation_sentence *s, struct unit_span span)
{
    struct list_set lists = {{0, 0}};
    for (uint32_t i = 0; i < s->hit_count; i++)
        if (s->hits[i].start >= span.start && s->hits[i].end <= span.end)
            list_join(&lists, &s->hits[i].lists);
    return lists;
}

static int is_all_joint(struct units units, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (!is_joint(units.code[i]))
            return 0;
    return 1;
}

/* 聯電|頎邦, 聯電、|頎邦, but no pause of a headline. */
static int are_beside(struct units units, struct unit_span between)
{
    return is_all_joint(units, between.start, between.end) && (between.start == between.end || !is_pause(units, between.start));
}

/* Whether a name in [start, end) of a legal type takes the part of the name that ends or starts there. */
static int is_taken(const struct relation_sentence *s, const struct relation_name *of, uint32_t start, uint32_t end, uint32_t types)
{
    const int is_before = of->units.end <= start;
    uint32_t edge = is_before ? of->units.end : of->units.start;
    for (uint32_t k = 0; k < s->name_count; k++) {
        const struct relation_name *name = &s->names[is_before ? k : s->name_count - 1 - k];
        if (name->units.start < start || name->units.end > end || name->entity == of->entity || !(name->type_bit & types))
            continue;
        const int joins = is_before ? is_all_joint(s->units, edge, name->units.start) : is_all_joint(s->units, name->units.end, edge);
        if (!joins)
            return 1;
        edge = is_before ? name->units.end : name->units.start;
    }
    return 0;
}

static uint32_t clause_end(const struct relation_sentence *s, uint32_t at)
{
    const uint32_t limit = at + BEHIND_MAX < s->span.end ? at + BEHIND_MAX : s->span.end;
    while (at < limit && !is_clause_end(s->units.code[at]) && !is_pause(s->units, at))
        at++;
    return at;
}

struct gap {
    struct unit_span between, behind;
    uint32_t noun; /* where the second name's phrase begins: 軟銀 in 軟銀旗下安謀 */
    uint32_t commas;
};

/* Start of the list the name at `b` ends: 客戶涵蓋|喬山、岱宇. */
static uint32_t list_start(const struct relation_sentence *s, uint32_t a, uint32_t b)
{
    uint32_t start = s->names[b].units.start;
    for (uint32_t k = b; k > a + 1; k--) {
        const struct unit_span before = s->names[k - 1].units;
        if (before.end > start)
            continue;
        if (before.end == start || !is_all_joint(s->units, before.end, start))
            return start;
        start = before.start;
    }
    return start;
}

/* Start of a name that owns the one at `b`, or of the list that ends in that one. */
static uint32_t noun_of(const struct relation_sentence *s, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < s->hit_count; i++) {
        const struct rule_hit *hit = &s->hits[i];
        if (!list_has(&hit->lists, LIST_SUB) || skip(s->units, hit->end, s->names[b].units.start) != s->names[b].units.start)
            continue;
        for (uint32_t k = a + 1; k < b; k++)
            if (skip(s->units, s->names[k].units.end, hit->start) == hit->start)
                return s->names[k].units.start;
    }
    return list_start(s, a, b);
}

/* 達運精密 (6120，Darwin Precisions) 為: what stands in brackets right behind a name is a note on it. */
uint32_t jwi_relation_note_end(struct units units, uint32_t at, uint32_t end)
{
    enum { NOTE_MAX = 60 };
    const uint32_t open = skip(units, at, end);
    const uint32_t note = units_note_end(units, open, end < open + NOTE_MAX ? end : open + NOTE_MAX);
    return note > open ? note : at;
}

/* False when a sentence ends between the names,. */
static int read_gap(const struct relation_sentence *s, uint32_t a, uint32_t b, struct gap *ret)
{
    ret->between.end = s->names[b].units.start;
    ret->between.start = jwi_relation_note_end(s->units, s->names[a].units.end, s->span.end);
    if (ret->between.start > ret->between.end)
        ret->between.start = s->names[a].units.end; /* 台積電（台灣積體電路製造） */
    ret->behind.start = jwi_relation_note_end(s->units, s->names[b].units.end, s->span.end);
    ret->behind.end = clause_end(s, ret->behind.start);
    ret->noun = noun_of(s, a, b);
    ret->commas = 0;
    for (uint32_t i = ret->between.start; i < ret->between.end; i++) {
        if (is_stop(s->units.code[i]))
            return 0;
        ret->commas += s->units.code[i] == ',' || s->units.code[i] == 0x3009 || (i > ret->between.start && is_pause(s->units, i)); /* 〉 */
    }
    return 1;
}

static int fits_types(const struct relation_sentence *s, const struct relation_rule *rule, const struct relation_name *head,
                      const struct relation_name *tail)
{
    const uint32_t id = s->type_ids[rule->type];
    return id < s->taxonomy->relation_count && (s->taxonomy->relation[id].head_types & head->type_bit) &&
           (s->taxonomy->relation[id].tail_types & tail->type_bit);
}

/* 未收購, 不合作 */
static int is_negated(const struct relation_sentence *s, uint32_t word)
{
    const struct unit_span before = {word > s->span.start + 2 ? word - 2 : s->span.start, word};
    const struct list_set lists = jwi_relation_lists(s, before);
    return list_has(&lists, LIST_NOT);
}

/* 旗下, 子公司 behind a name: it is that one's company, not itself, that is spoken of. */
static int is_owner(const struct relation_sentence *s, const struct gap *gap)
{
    const uint32_t at = skip(s->units, gap->behind.start, gap->behind.end);
    for (uint32_t i = 0; i < s->hit_count; i++)
        if (s->hits[i].start == at && list_has(&s->hits[i].lists, LIST_SUB))
            return 1;
    return 0;
}

/* 路透： 旗下 or a former officer behind the first name: it is not what acts; 、 puts it in a list, which may act as one (is_joint_act). */
static int is_not_subject(const struct relation_sentence *s, const struct gap *gap, int is_joint_act)
{
    const uint32_t start = gap->between.start, code = s->units.code[start];
    const struct list_set lists = jwi_relation_lists(s, gap->between);
    int has_name = 0;
    for (uint32_t k = 0; k < s->name_count; k++)
        has_name |= s->names[k].units.start > start && s->names[k].units.start < gap->between.end;
    if (start == gap->between.end)
        return 0;
    if (code == ':' || (code == 0x3001 && !has_name && !is_joint_act) || list_has(&lists, LIST_FORMER))
        return 1;
    for (uint32_t i = 0; i < s->hit_count; i++)
        if (s->hits[i].start == skip(s->units, start, gap->between.end) && list_has(&s->hits[i].lists, LIST_SUB))
            return 1;
    return 0;
}

/* A 與 B 攜手|C, A 獲 B 調升|C 評等: a name right behind the word, which is its object. */
static int takes_object(const struct relation_sentence *s, const struct relation_rule *rule, int is_symmetric, struct unit_span word)
{
    const struct list_set lists = jwi_relation_lists(s, word);
    const uint32_t at = skip(s->units, word.end, s->span.end);
    if (is_symmetric ? !list_has(&lists, LIST_JOINT) : !rule->is_tail_first || !rule->behind.at_start)
        return 0;
    for (uint32_t k = 0; k < s->name_count; k++)
        if (s->names[k].units.start == at)
            return 1;
    return 0;
}

/*
 * 對 向 遭 被 獲 在 於 從 before the first name: it is no subject.  Of two names beside each other, 和 A、B 合作, 與 攜 偕 too: it is another that
 * works with them.
 */
static int is_governed(const struct relation_sentence *s, const struct relation_name *first, int is_beside)
{
    const uint32_t code = first->units.start > s->span.start ? s->units.code[first->units.start - 1] : 0;
    if (is_beside && (code == 0x8207 || code == 0x548c || code == 0x8ddf || code == 0x651c || code == 0x5055 || code == 0x5927)) /* 大: 擴大 */
        return 1;
    return code == 0x5c0d || code == 0x5411 || code == 0x906d || code == 0x88ab || code == 0x7372 || code == 0x5728 || code == 0x65bc ||
           code == 0x5f9e;
}

static int try_rule(const struct relation_sentence *s, const struct relation_rule *rule, const struct gap *gap, uint32_t a, uint32_t b,
                    struct relation_found *ret)
{
    const struct relation_name *first = &s->names[a], *second = &s->names[b];
    const struct relation_name *head = rule->is_tail_first ? second : first, *tail = rule->is_tail_first ? first : second;
    const int is_tight = rule->between.at_start;
    const struct unit_span between = {gap->between.start, is_tight ? gap->between.end : gap->noun};
    const uint32_t length = between.end - between.start;
    struct unit_span word = {between.end, between.end}, behind = {gap->behind.start, gap->behind.start};
    if (length > rule->gap || gap->commas > !is_tight || !fits_types(s, rule, head, tail))
        return 0;
    const struct relation_type *type = &s->taxonomy->relation[s->type_ids[rule->type]];
    if (rule->between.is_used ? !find_word(s, between, rule->between, &word) : !are_beside(s->units, between))
        return 0;
    if (rule->behind.is_used && !find_word(s, gap->behind, rule->behind, &behind))
        return 0;
    if (rule->between.is_used && !rule->between.at_start && !rule->between.at_end && between.end - word.end > CUE_FAR)
        return 0;
    if (rule->between.at_end && !rule->between.at_start && !rule->behind.at_start && is_owner(s, gap))
        return 0;
    if (!rule->is_tail_first && !(is_tight && !rule->behind.is_used) && is_governed(s, first, !rule->between.is_used))
        return 0;
    if (!rule->is_tail_first && !is_tight && is_not_subject(s, gap, type->is_symmetric || !rule->between.is_used))
        return 0;
    const uint32_t first_types = rule->is_tail_first ? type->tail_types : type->head_types;
    const uint32_t second_types = rule->is_tail_first ? type->head_types : type->tail_types;
    if (is_taken(s, first, between.start, rule->between.is_used ? word.start : between.end, first_types) ||
        is_taken(s, second, rule->between.is_used ? word.end : between.end, between.end, second_types) ||
        (rule->behind.is_used && takes_object(s, rule, type->is_symmetric, behind)) ||
        is_negated(s, word.start) || (rule->behind.is_used && is_negated(s, behind.start)))
        return 0;
    ret->rule = rule;
    ret->head = rule->is_tail_first ? b : a;
    ret->tail = rule->is_tail_first ? a : b;
    ret->text = (struct unit_span){first->units.start, behind.end > second->units.end ? behind.end : second->units.end};
    ret->word = rule->between.is_used ? word : behind;
    ret->title = rule->between.is_used && !rule->behind.is_used ? word : behind;
    ret->scope.start = first->units.start > s->span.start + SCOPE_BEFORE ? first->units.start - SCOPE_BEFORE : s->span.start;
    ret->scope.end = gap->behind.end;
    ret->is_position = (rule->attrs & ATTR_POSITION) != 0;
    ret->cost = (gap->commas ? COMMA_COST : 0) + (length > FAR_GAP ? FAR_COST : 0);
    return 1;
}

/* One answer a type and direction: the surest. */
static uint32_t keep(struct relation_found *all, uint32_t n, const struct relation_found *found)
{
    for (uint32_t i = 0; i < n; i++)
        if (all[i].rule->type == found->rule->type) {
            if (found->rule->conf - found->cost > all[i].rule->conf - all[i].cost)
                all[i] = *found;
            return n;
        }
    if (n < FOUND_MAX)
        all[n++] = *found;
    return n;
}

uint32_t jwi_relation_match(const struct relation_sentence *s, uint32_t a, uint32_t b, struct relation_found *ret)
{
    struct gap gap;
    struct relation_found found;
    uint32_t n = 0;
    if (!read_gap(s, a, b, &gap))
        return 0;
    for (uint32_t i = 0; i < s->rules->rule_count; i++)
        if (try_rule(s, &s->rules->rules[i], &gap, a, b, &found))
            n = keep(ret, n, &found);
    return n;
}
