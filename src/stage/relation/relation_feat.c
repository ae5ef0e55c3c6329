/* SPDX-License-Identifier: Apache-2.0 */
/* Features of a pair of names; see relation_feat.h. */
#include "stage/relation/relation_feat.h"

#include "base/hash.h"
#include "model/word_feature.h"

enum {
    WINDOW_BEFORE = 4, /* nodes */
    WINDOW_BEHIND = 8,
    VERB_BEHIND = 9, /* how far the verb behind the names may be */
    LISTS_BEHIND = 14, /* units */
    HITS_MAX = 256,
    LETTERS_MAX = 60,
    TEXT_MAX = 120,
    LETTERS_BEFORE = 8,
    LETTERS_BEHIND = 14,
    SHORT_BETWEEN = 6,
    FAR = 12
};

enum kind {
    KIND_BETWEEN = 1,
    KIND_ANYWHERE_BETWEEN,
    KIND_BETWEEN_2,
    KIND_BETWEEN_3,
    KIND_BETWEEN_ALL,
    KIND_BETWEEN_TAGS,
    KIND_LETTERS_BETWEEN,
    KIND_LETTERS_BEFORE,
    KIND_LETTERS_BEHIND,
    KIND_LETTERS,
    KIND_BEFORE,
    KIND_BEFORE_AT,
    KIND_BEFORE_2,
    KIND_BEHIND,
    KIND_BEHIND_AT,
    KIND_BEHIND_2,
    KIND_BEHIND_ANY,
    KIND_WORD,
    KIND_AFTER_ALL,
    KIND_BEFORE_ALL,
    KIND_DISTANCE,
    KIND_COMMAS,
    KIND_NAMES,
    KIND_EDGES,
    KIND_AROUND,
    KIND_AROUND_LEFT,
    KIND_AROUND_RIGHT,
    KIND_ALIKE,
    KIND_ALIKE_ALL,
    KIND_TYPE,
    KIND_TYPES,
    KIND_ENDING,
    KIND_ENDINGS,
    KIND_LIST_BETWEEN,
    KIND_LIST_BEHIND,
    KIND_LIST_BEFORE,
    KIND_LIST,
    KIND_LISTS,
    KIND_VERB_LAST,
    KIND_VERB_FIRST,
    KIND_VERB_BEHIND,
    KIND_VERB_ALL,
    KIND_VERBS,
    KIND_COUNT
};

/* What a feature of a kind weighs, in quarters, 4 when it is not told; chosen one after another by five-fold trials on the training pairs. */
static const uint8_t weights[KIND_COUNT] = {[KIND_BETWEEN] = 8,     [KIND_LETTERS_BEFORE] = 2, [KIND_LETTERS_BEHIND] = 2, [KIND_LIST_BETWEEN] = 16,
                                            [KIND_LIST] = 8,        [KIND_LISTS] = 8,          [KIND_VERB_LAST] = 2,      [KIND_VERB_FIRST] = 2,
                                            [KIND_VERB_BEHIND] = 2, [KIND_VERB_ALL] = 2,       [KIND_VERBS] = 2};

/* Keys of nodes that are no words. */
enum { NODE_EDGE = 1, NODE_HEAD, NODE_TAIL, NODE_NUMBER, NODE_HEAD_AGAIN, NODE_TAIL_AGAIN };

struct node {
    uint64_t key;
    uint32_t token;
    uint16_t upos;
    uint8_t is_name;
};

struct maker {
    const struct relation_text *text;
    const struct relation_pair *pair;
    int head;
    uint64_t side; /* 1: the head comes first */
    uint64_t name_key[2]; /* as words of their own */
    uint64_t *keys;
    uint32_t len;
    struct node nodes[RELATION_NODES_MAX];
    uint32_t node_count, first, second; /* nodes of the two names */
};

static void push(struct maker *m, enum kind kind, uint64_t a, uint64_t b, uint64_t c)
{
    if (m->len < RELATION_FEATURES_MAX)
        m->keys[m->len++] = hash_join(hash_join(hash_join((uint64_t)kind, a), b), c) >> 8 | (uint64_t)kind << 56;
}

/* With the order of the names. */
static void push_sided(struct maker *m, enum kind kind, uint64_t a, uint64_t b, uint64_t c)
{
    push(m, kind, hash_join(m->side, a), b, c);
}

static uint64_t key_of_name(const struct maker *m, uint32_t which)
{
    return (int)which == m->head ? NODE_HEAD : NODE_TAIL;
}

static int holds(jw_range range, uint32_t token)
{
    return token >= range.start && token < range.end;
}

/* The name a token belongs to; 2: none. */
static uint32_t name_of(const struct maker *m, uint32_t token)
{
    return holds(m->pair->tokens[0], token) ? 0 : holds(m->pair->tokens[1], token) ? 1 : 2;
}

static uint64_t key_of_units(const struct maker *m, uint32_t start, uint32_t end)
{
    return jwi_word_key(units_slice(m->text->units, start, end));
}

static uint64_t key_of_token(const struct maker *m, uint32_t token)
{
    const struct room_word *word = &m->text->words[token];
    if (m->text->upos[token] == m->text->number)
        return NODE_NUMBER;
    const uint64_t key = key_of_units(m, word->start, word->end);
    return key == m->name_key[m->head] ? NODE_HEAD_AGAIN : key == m->name_key[!m->head] ? NODE_TAIL_AGAIN : key;
}

/* Names of the pair as one node each; a long sentence loses what is far behind. */
static void make_nodes(struct maker *m)
{
    uint32_t last = 2;
    m->first = m->second = 0;
    for (uint32_t i = m->pair->sentence.start; i < m->pair->sentence.end && m->node_count < RELATION_NODES_MAX; i++) {
        const uint32_t name = name_of(m, i);
        if (name < 2 && name == last)
            continue;
        struct node *node = &m->nodes[m->node_count];
        if (name == 0)
            m->first = m->node_count;
        if (name == 1)
            m->second = m->node_count;
        node->key = name < 2 ? key_of_name(m, name) : key_of_token(m, i);
        node->token = i;
        node->upos = m->text->upos[i];
        node->is_name = name < 2;
        last = name;
        m->node_count++;
    }
}

static uint64_t node_key(const struct maker *m, int64_t at)
{
    return at < 0 || at >= (int64_t)m->node_count ? NODE_EDGE : m->nodes[at].key;
}

/* Letters of the nodes [start, end), numbers as one; returns how many. */
static uint32_t letters_of(const struct maker *m, uint32_t start, uint32_t end, uint32_t max, uint32_t *ret)
{
    uint32_t n = 0;
    for (uint32_t i = start; i < end && n < max; i++) {
        const struct room_word *word = &m->text->words[m->nodes[i].token];
        if (m->nodes[i].key <= NODE_TAIL_AGAIN) {
            ret[n++] = (uint32_t)m->nodes[i].key;
            continue;
        }
        for (uint32_t k = word->start; k < word->end && n < max; k++)
            ret[n++] = m->text->units.code[k];
    }
    return n;
}

static void push_letters(struct maker *m, enum kind kind, const uint32_t *letter, uint32_t n, uint32_t longest)
{
    for (uint32_t i = 0; i < n; i++) {
        uint64_t key = letter[i];
        for (uint32_t len = 2; len <= longest && i + len <= n; len++) {
            key = hash_join(key, letter[i + len - 1]);
            push_sided(m, kind, key, len, 0);
        }
    }
}

static void push_between(struct maker *m)
{
    const uint32_t start = m->first + 1, end = m->second > start ? m->second : start;
    uint64_t all = 0, tags = 0;
    uint32_t commas = 0, names = 0;
    for (uint32_t i = start; i < end; i++) {
        const struct node *node = &m->nodes[i];
        push_sided(m, KIND_BETWEEN, node->key, 0, 0);
        push(m, KIND_ANYWHERE_BETWEEN, node->key, 0, 0);
        all = hash_join(all, node->key);
        tags = hash_join(tags, node->upos);
        const uint32_t code = m->text->units.code[m->text->words[node->token].start];
        commas += code == ',' || code == ';' || code == 0xff0c || code == 0xff1b;
        names += m->text->upos[node->token] == m->text->propn;
    }
    for (uint32_t i = start; i <= end; i++) {
        const uint64_t before = i > start ? node_key(m, i - 1) : NODE_EDGE, here = i < end ? node_key(m, i) : NODE_EDGE;
        push_sided(m, KIND_BETWEEN_2, before, here, 0);
        if (i < end)
            push_sided(m, KIND_BETWEEN_3, before, here, i + 1 < end ? node_key(m, i + 1) : NODE_EDGE);
    }
    const uint32_t n = end - start;
    if (n <= SHORT_BETWEEN) {
        push_sided(m, KIND_BETWEEN_ALL, all, n, 0);
        push_sided(m, KIND_BETWEEN_TAGS, tags, n, 0);
    }
    push_sided(m, KIND_DISTANCE, n < FAR ? n : FAR, 0, 0);
    push_sided(m, KIND_COMMAS, commas, 0, 0);
    push_sided(m, KIND_NAMES, names < 3 ? names : 3, 0, 0);
    uint32_t letter[LETTERS_MAX];
    push_letters(m, KIND_LETTERS_BETWEEN, letter, letters_of(m, start, end, LETTERS_MAX, letter), 4);
}

/* Letter pairs of the whole sentence, whatever the order of the names. */
static void push_all_letters(struct maker *m)
{
    uint32_t letter[TEXT_MAX];
    const uint32_t n = letters_of(m, 0, m->node_count, TEXT_MAX, letter);
    for (uint32_t i = 1; i < n; i++)
        push(m, KIND_LETTERS, letter[i - 1], letter[i], 0);
}

static void push_around(struct maker *m)
{
    const uint32_t lo = m->first, hi = m->second > m->first ? m->second : m->first;
    for (uint32_t k = 1; k <= WINDOW_BEFORE && k <= lo; k++) {
        push_sided(m, KIND_BEFORE, node_key(m, lo - k), 0, 0);
        push_sided(m, KIND_BEFORE_AT, node_key(m, lo - k), k < 3 ? k : 3, 0);
        push_sided(m, KIND_BEFORE_2, node_key(m, (int64_t)lo - k - 1), node_key(m, lo - k), 0);
    }
    for (uint32_t k = 1; k <= WINDOW_BEHIND && hi + k < m->node_count; k++) {
        push_sided(m, KIND_BEHIND, node_key(m, hi + k), 0, 0);
        push_sided(m, KIND_BEHIND_AT, node_key(m, hi + k), k < 3 ? k : 3, 0);
        push_sided(m, KIND_BEHIND_2, node_key(m, hi + k), node_key(m, hi + k + 1), 0);
        push(m, KIND_BEHIND_ANY, node_key(m, hi + k), 0, 0);
    }
    for (uint32_t i = 0; i < m->node_count; i++) {
        push(m, KIND_WORD, m->nodes[i].key, 0, 0);
        if (i > hi)
            push_sided(m, KIND_AFTER_ALL, m->nodes[i].key, 0, 0);
        if (i < lo)
            push_sided(m, KIND_BEFORE_ALL, m->nodes[i].key, 0, 0);
    }
    const uint64_t left = node_key(m, (int64_t)lo - 1), right = node_key(m, hi + 1);
    push_sided(m, KIND_AROUND, left, right, 0);
    push_sided(m, KIND_AROUND_LEFT, left, hi > lo + 1 ? node_key(m, lo + 1) : NODE_EDGE, 0);
    push_sided(m, KIND_AROUND_RIGHT, hi > lo + 1 ? node_key(m, hi - 1) : NODE_EDGE, right, 0);
    push_sided(m, KIND_EDGES, lo == 0, hi + 1 >= m->node_count, 0);
    uint32_t letter[LETTERS_MAX];
    push_letters(m, KIND_LETTERS_BEHIND, letter, letters_of(m, hi + 1, m->node_count, LETTERS_BEHIND, letter), 3);
    push_letters(m, KIND_LETTERS_BEFORE, letter,
                 letters_of(m, lo > LETTERS_BEFORE / 2 ? lo - LETTERS_BEFORE / 2 : 0, lo, LETTERS_BEFORE, letter), 3);
}

/* Whether the letters of `part` stand in `whole` in their order: 中油 in 中國石油. */
static int is_short_form(struct units part, struct units whole)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < whole.len && k < part.len; i++)
        k += whole.code[i] == part.code[k];
    return k == part.len;
}

static uint32_t count_joint(struct units a, struct units b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a.len; i++)
        for (uint32_t k = 0; k < b.len; k++)
            if (a.code[i] == b.code[k]) {
                n++;
                break;
            }
    return n;
}

static struct units name_of_role(const struct maker *m, int which)
{
    const struct unit_span span = m->pair->units[which];
    return units_slice(m->text->units, span.start, span.end);
}

static void push_alike(struct maker *m)
{
    const struct units head = name_of_role(m, m->head), tail = name_of_role(m, !m->head);
    uint32_t prefix = 0;
    while (prefix < head.len && prefix < tail.len && head.code[prefix] == tail.code[prefix])
        prefix++;
    const uint32_t joint = count_joint(head, tail);
    uint32_t forms = 0;
    if (head.len < tail.len && is_short_form(head, tail))
        forms = 1u + (prefix == head.len) + (prefix > 0);
    if (tail.len < head.len && is_short_form(tail, head))
        forms = 4u + (prefix == tail.len) + (prefix > 0);
    const int is_same = prefix == head.len && head.len == tail.len;
    push(m, KIND_ALIKE, 0, prefix < 3 ? prefix : 3, 0);
    push(m, KIND_ALIKE, 1, joint < 3 ? joint : 3, 0);
    push(m, KIND_ALIKE, 2, forms, (uint64_t)is_same);
    push(m, KIND_ALIKE_ALL, prefix < 3 ? prefix : 3, joint < 3 ? joint : 3, forms);
}

/* Kind of organisation by the end of the name; 0: none of them. */
static uint64_t ending_of(struct units name)
{
    static const uint32_t ending[][2] = {
        {0x516c, 0x53f8}, {0x96c6, 0x5718}, {0x9280, 0x884c}, {0x8b49, 0x5238}, {0x80a1, 0x4efd}, {0x6295, 0x8cc7}, /* 公司 集團 銀行 證券 股份 投資 */
        {0x63a7, 0x80a1}, {0x57fa, 0x91d1}, {0x4fe1, 0x8a17}, {0x4fdd, 0x96aa}, {0x79d1, 0x6280}, {0x96fb, 0x5668}, /* 控股 基金 信託 保險 科技 電器 */
        {0x822a, 0x7a7a}, {0x6c7d, 0x8eca}, {0x5be6, 0x696d}, {0x4f01, 0x696d}, {0x5730, 0x7522}, {0x570b, 0x969b}, /* 航空 汽車 實業 企業 地產 國際 */
        {0x4e2d, 0x5fc3}, {0x5927, 0x5b78}, {0x5354, 0x6703}};                                                      /* 中心 大學 協會 */
    for (uint32_t i = 0; name.len > 2 && i < sizeof ending / sizeof *ending; i++)
        if (name.code[name.len - 2] == ending[i][0] && name.code[name.len - 1] == ending[i][1])
            return i + 1;
    return 0;
}

static void push_types(struct maker *m)
{
    const uint64_t head = m->pair->type[m->head], tail = m->pair->type[!m->head];
    push(m, KIND_TYPE, 0, head, 0);
    push(m, KIND_TYPE, 1, tail, 0);
    push_sided(m, KIND_TYPES, head, tail, 0);
    const struct units first = name_of_role(m, m->head), second = name_of_role(m, !m->head);
    push(m, KIND_ENDING, 0, ending_of(first), first.cls[0] == UNIT_LATIN);
    push(m, KIND_ENDING, 1, ending_of(second), second.cls[0] == UNIT_LATIN);
    push_sided(m, KIND_ENDINGS, ending_of(first), ending_of(second), 0);
}

enum zone { ZONE_BETWEEN, ZONE_BEHIND, ZONE_BEFORE, ZONES, ZONE_FAR = ZONES };

static enum zone zone_of(const struct maker *m, const struct rule_hit *hit)
{
    const struct unit_span first = m->pair->units[0], second = m->pair->units[1];
    if (hit->end <= first.start)
        return ZONE_BEFORE;
    if (hit->start >= second.end)
        return hit->start <= second.end + LISTS_BEHIND ? ZONE_BEHIND : ZONE_FAR;
    return hit->start >= first.end && hit->end <= second.start ? ZONE_BETWEEN : ZONE_FAR;
}

/* A word of a list where it touches a name says more. */
static void push_list(struct maker *m, const struct rule_hit *hit, enum zone zone, uint64_t list)
{
    const struct unit_span first = m->pair->units[0], second = m->pair->units[1];
    push(m, KIND_LIST, list, 0, 0);
    if (zone == ZONE_FAR)
        return;
    const enum kind kind = KIND_LIST_BETWEEN + (enum kind)zone;
    push_sided(m, kind, list, 0, 0);
    if (zone == ZONE_BETWEEN && hit->start == first.end)
        push_sided(m, kind, list, 1, 0);
    if (zone == ZONE_BETWEEN && hit->end == second.start)
        push_sided(m, kind, list, 2, 0);
    if (zone == ZONE_BEHIND && hit->start == second.end)
        push_sided(m, kind, list, 1, 0);
}

/* The lists of words that the rules look for: 收購, 併購 and 入主 are alike. */
static void push_lists(struct maker *m)
{
    struct rule_hit hits[HITS_MAX];
    struct list_set zones[ZONES] = {{{0, 0}}, {{0, 0}}, {{0, 0}}};
    const struct room_word *const words = m->text->words;
    const uint32_t start = words[m->nodes[0].token].start, end = words[m->nodes[m->node_count - 1].token].end;
    const uint32_t n = jwi_relation_hits(m->text->rules, m->text->units, start, end, hits, HITS_MAX);
    for (uint32_t i = 0; i < n; i++) {
        const enum zone zone = zone_of(m, &hits[i]);
        if (zone != ZONE_FAR)
            list_join(&zones[zone], &hits[i].lists);
        for (uint32_t list = 0; list < RULE_LISTS_MAX; list++)
            if (list_has(&hits[i].lists, list))
                push_list(m, &hits[i], zone, list);
    }
    for (uint32_t i = 0; i < RULE_LISTS_MAX; i++)
        for (uint32_t k = 0; k < RULE_LISTS_MAX && list_has(&zones[ZONE_BETWEEN], i); k++)
            if (list_has(&zones[ZONE_BEHIND], k))
                push_sided(m, KIND_LISTS, i, k, 0);
}

static void push_verbs(struct maker *m)
{
    const uint32_t start = m->first + 1, end = m->second > start ? m->second : start;
    uint64_t first = 0, last = 0, behind = 0, all = 0;
    uint32_t count = 0;
    for (uint32_t i = start; i < end; i++) {
        if (m->nodes[i].upos != m->text->verb)
            continue;
        last = m->nodes[i].key;
        first = count++ ? first : last;
        all = hash_join(all, last);
    }
    for (uint32_t i = end + 1; i <= end + VERB_BEHIND && i < m->node_count && !behind; i++)
        behind = m->nodes[i].upos == m->text->verb ? m->nodes[i].key : 0;
    push_sided(m, KIND_VERB_LAST, last, 0, 0);
    push_sided(m, KIND_VERB_FIRST, first, 0, 0);
    push_sided(m, KIND_VERB_BEHIND, behind, 0, 0);
    push_sided(m, KIND_VERB_ALL, all, count, 0);
    push_sided(m, KIND_VERBS, last, behind, 0);
}

/* Sorts the keys (gaps of Ciura 2001) and drops repeated ones; returns how many stay. */
static uint32_t distinct(struct maker *m)
{
    static const uint32_t gaps[] = {301, 132, 57, 23, 10, 4, 1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
        for (uint32_t i = gaps[g]; i < m->len; i++) {
            const uint64_t key = m->keys[i];
            uint32_t k = i;
            for (; k >= gaps[g] && m->keys[k - gaps[g]] > key; k -= gaps[g])
                m->keys[k] = m->keys[k - gaps[g]];
            m->keys[k] = key;
        }
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->len; i++)
        if (!n || m->keys[i] != m->keys[n - 1])
            m->keys[n++] = m->keys[i];
    return n;
}

void jwi_relation_text_bind(struct relation_text *text, const jw_doc *doc)
{
    static const jw_bytes number = {"NUM", 3}, propn = {"PROPN", 5}, verb = {"VERB", 4};
    text->upos = doc->upos;
    text->number = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_UPOS, number);
    text->propn = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_UPOS, propn);
    text->verb = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_UPOS, verb);
}

uint32_t jwi_relation_weight(uint64_t key)
{
    const uint64_t kind = key >> 56;
    return kind < KIND_COUNT && weights[kind] ? weights[kind] : 4;
}

uint32_t jwi_relation_features(const struct relation_text *text, const struct relation_pair *pair, int head, uint64_t *keys)
{
    struct maker m = {.text = text, .pair = pair, .head = head, .side = head == 0, .keys = keys};
    for (int i = 0; i < 2; i++)
        m.name_key[i] = key_of_units(&m, pair->units[i].start, pair->units[i].end);
    make_nodes(&m);
    push_between(&m);
    push_around(&m);
    push_all_letters(&m);
    push_alike(&m);
    push_types(&m);
    push_lists(&m);
    push_verbs(&m);
    return distinct(&m);
}
