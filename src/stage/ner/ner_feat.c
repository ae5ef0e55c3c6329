/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the base on the words of a sentence, and features of them; see ner_feat.h. */
#include "stage/ner/ner_feat.h"

#include "base/hash.h"

enum {
    NAME_WORDS_MAX = 12, /* words of a name */
    LENGTH_MAX = 5,      /* longer names count as this */
    ARTICLE_WORDS = 8,   /* words of an article's title */
    ARTICLE_LONG = 8,    /* longer titles count as this */
    ARTICLE_MANY = 4     /* and of more words as this */
};

/* Above the kinds of features of words (model/word_feature.c). */
enum kind {
    KIND_COVER = 64, /* type, flags and place of the word in the name that covers it */
    KIND_LENGTH,
    KIND_AFTER, /* of the name that ends before this word */
    KIND_BEFORE,
    KIND_TITLE,
    KIND_AFTER_TITLE,
    KIND_BEFORE_TITLE,
    KIND_ARTICLE, /* place of the word in the article's title, and what it ends with */
    KIND_ARTICLE_END,
    KIND_ARTICLE_ENDING,
    KIND_ARTICLE_LENGTH,
    KIND_AFTER_ARTICLE,
    KIND_BEFORE_ARTICLE
};

enum { IN_FIRST = 1, IN_LAST = 2 };

/* Names, codes and what hides them; cues and roles are no names.  The first link of a name is its best. */
static const struct kb_link *name_link(const struct kb *kb, uint32_t name)
{
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++)
        if (kb->links[i].kind != KB_CUE && kb->links[i].kind != KB_ROLE && !(kb->links[i].flags & KB_QUIET))
            return &kb->links[i];
    return NULL;
}

static int is_title_name(const struct kb *kb, uint32_t name)
{
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++)
        if (kb->links[i].kind == KB_ROLE && kb->links[i].target == KB_ROLE_TITLE)
            return 1;
    return 0;
}

/* Word that ends at the unit, from word `i` on, or JW_NONE. */
static uint32_t word_ending(const struct ner_sentence *sentence, uint32_t i, uint32_t unit)
{
    for (uint32_t k = i;
         k < sentence->count && k < i + NAME_WORDS_MAX && sentence->words[k].end <= unit; k++)
        if (sentence->words[k].end == unit)
            return k;
    return JW_NONE;
}

/* Longest name that begins with word i; false when there is none. */
static int match_at(const struct kb *kb, struct ner_sentence *sentence, const uint16_t *symbols,
                    uint32_t i, struct ner_match *ret)
{
    const uint32_t first = sentence->words[0].start, end = sentence->words[sentence->count - 1].end;
    const uint32_t start = sentence->words[i].start;
    struct kb_walk walk = kb_walk_start(kb, symbols, start - first, end - first);
    int is_found = 0;
    while (kb_walk_next(&walk)) {
        const uint32_t last = word_ending(sentence, i, start + walk.len);
        const struct kb_link *link = last == JW_NONE ? NULL : name_link(kb, walk.name);
        if (last == i && is_title_name(kb, walk.name))
            sentence->is_title[i] = 1;
        if (!link)
            continue;
        ret->start = i;
        ret->end = last + 1;
        ret->kind = link->kind;
        ret->flags = link->flags;
        ret->type = link->kind == KB_HIDE ? KB_TYPE_COUNT : kb->entities[link->target].type;
        is_found = 1;
    }
    return is_found;
}

/* Word behind the longest title that begins with word i, or i. */
static uint32_t article_at(const struct article_set *articles, const struct ner_sentence *sentence, uint32_t i)
{
    const uint32_t start = sentence->words[i].start;
    uint64_t hash = article_start(), hashes[ARTICLE_WORDS];
    uint32_t at = start, count = 0;
    for (uint32_t k = i; k < sentence->count && count < ARTICLE_WORDS; k++) {
        const struct room_word *word = &sentence->words[k];
        if (word->start != at || word->end - start > ARTICLE_MAX)
            break;
        for (; at < word->end; at++)
            hash = article_next(hash, sentence->units.code[at]);
        hashes[count++] = hash;
        jwi_article_fetch(articles, hash);
    }
    const uint32_t shortest = sentence->words[i].end - start > 1 ? 1 : 2;
    while (count >= shortest && !jwi_article_has(articles, hashes[count - 1]))
        count--;
    return count >= shortest ? i + count : i;
}

static void match_articles(const struct article_set *articles, struct ner_sentence *sentence)
{
    for (uint32_t i = 0; i < sentence->count;) {
        const jw_range words = {i, article_at(articles, sentence, i)};
        for (; i < words.end; i++)
            sentence->article_of[i] = words;
        i += words.end == words.start;
    }
}

int jwi_ner_match(const struct ner_lists *lists, struct units units, const struct room_word *words,
                  uint32_t count, struct arena *scratch, struct ner_sentence *ret)
{
    const struct kb *kb = lists->kb;
    const uint32_t first = words[0].start, len = words[count - 1].end - first;
    uint16_t *symbols = PUSH(scratch, uint16_t, len);
    ret->words = words;
    ret->units = units;
    ret->count = count;
    ret->match_count = 0;
    ret->matches = PUSH(scratch, struct ner_match, count);
    ret->match_of = PUSH(scratch, uint32_t, count);
    ret->is_title = PUSH_ZERO(scratch, uint8_t, count);
    ret->article_of = PUSH_ZERO(scratch, jw_range, count);
    if (!symbols || !ret->matches || !ret->match_of || !ret->is_title || !ret->article_of)
        return 0;
    match_articles(lists->articles, ret);
    for (uint32_t i = 0; i < len; i++)
        symbols[i] = kb_symbol(kb, units.code[first + i]);
    for (uint32_t i = 0; i < count; i++)
        ret->match_of[i] = JW_NONE;
    for (uint32_t i = 0; i < count;) {
        struct ner_match *match = &ret->matches[ret->match_count];
        if (!match_at(kb, ret, symbols, i, match)) {
            i++;
            continue;
        }
        for (; i < match->end; i++)
            ret->match_of[i] = ret->match_count;
        ret->match_count++;
    }
    return 1;
}

struct keys {
    uint64_t *at;
    uint32_t len;
};

static void push(struct keys *keys, enum kind kind, uint64_t value)
{
    keys->at[keys->len++] = hash_join((uint64_t)kind, value);
}

static uint64_t type_of(const struct ner_match *match)
{
    return (uint64_t)match->type << 16 | match->flags << 8 | (match->kind == KB_CODE ? 1 : 0);
}

static void push_cover(struct keys *keys, const struct ner_sentence *sentence, uint32_t i)
{
    const struct ner_match *match = &sentence->matches[sentence->match_of[i]];
    const uint64_t place = (i == match->start ? IN_FIRST : 0) | (i + 1 == match->end ? IN_LAST : 0);
    const uint32_t units =
        sentence->words[match->end - 1].end - sentence->words[match->start].start;
    push(keys, KIND_COVER, type_of(match) << 8 | place);
    push(keys, KIND_LENGTH,
         (uint64_t)match->type << 16 | place << 8 | (units < LENGTH_MAX ? units : LENGTH_MAX));
}

static int is_long(jw_range words)
{
    return words.end - words.start > 1;
}

static void push_article(struct keys *keys, const struct ner_sentence *sentence, uint32_t i)
{
    const jw_range words = sentence->article_of[i];
    const uint32_t start = sentence->words[words.start].start, end = sentence->words[words.end - 1].end;
    const uint32_t len = end - start < ARTICLE_LONG ? end - start : ARTICLE_LONG;
    const uint32_t count = words.end - words.start < ARTICLE_MANY ? words.end - words.start : ARTICLE_MANY;
    const uint32_t *ending = sentence->units.code + end;
    const uint64_t place = (i == words.start ? IN_FIRST : 0) | (i + 1 == words.end ? IN_LAST : 0) | (uint64_t)is_long(words) << 2;
    push(keys, KIND_ARTICLE, place << 8 | count);
    push(keys, KIND_ARTICLE_END, place << 32 | ending[-1]);
    if (len > 2)
        push(keys, KIND_ARTICLE_ENDING, place << 48 | (uint64_t)ending[-2] << 21 | ending[-1]);
    push(keys, KIND_ARTICLE_LENGTH, place << 16 | len << 8 | count);
}

/* Titles that end before the word and begin behind it. */
static void push_near_articles(struct keys *keys, const struct ner_sentence *sentence, uint32_t i)
{
    const jw_range *of = sentence->article_of;
    if (i && of[i - 1].end == i)
        push(keys, KIND_AFTER_ARTICLE, (uint64_t)is_long(of[i - 1]));
    if (i + 1 < sentence->count && of[i + 1].end && of[i + 1].start == i + 1)
        push(keys, KIND_BEFORE_ARTICLE, (uint64_t)is_long(of[i + 1]));
}

uint32_t jwi_ner_context(const struct ner_sentence *sentence, uint32_t i, uint64_t *keys)
{
    struct keys ret = {keys, 0};
    const uint32_t *of = sentence->match_of;
    if (of[i] != JW_NONE)
        push_cover(&ret, sentence, i);
    if (i && of[i - 1] != JW_NONE && of[i - 1] != of[i])
        push(&ret, KIND_AFTER, type_of(&sentence->matches[of[i - 1]]));
    if (i + 1 < sentence->count && of[i + 1] != JW_NONE && of[i + 1] != of[i])
        push(&ret, KIND_BEFORE, type_of(&sentence->matches[of[i + 1]]));
    if (sentence->is_title[i])
        push(&ret, KIND_TITLE, 0);
    if (i && sentence->is_title[i - 1])
        push(&ret, KIND_AFTER_TITLE, 0);
    if (i + 1 < sentence->count && sentence->is_title[i + 1])
        push(&ret, KIND_BEFORE_TITLE, 0);
    if (sentence->article_of[i].end)
        push_article(&ret, sentence, i);
    push_near_articles(&ret, sentence, i);
    return ret.len;
}
