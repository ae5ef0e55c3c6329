/* SPDX-License-Identifier: Apache-2.0 */
/* Features of a word seen alone; see word_feature.h. */
#include "model/word_feature.h"

#include "base/hash.h"

enum {
    BAG_MAX = 6,    /* units of the bag */
    SHAPE_MAX = 12, /* runs of classes in a shape */
    LONG = 7        /* lengths from here on are alike */
};

enum kind {
    KIND_WORD = 1,
    KIND_FIRST,
    KIND_LAST,
    KIND_PREFIX2,
    KIND_SUFFIX2,
    KIND_PREFIX3,
    KIND_SUFFIX3,
    KIND_LENGTH,
    KIND_SHAPE,
    KIND_BAG,
    KIND_PAIR_FIRST,
    KIND_PAIR_LAST,
    KIND_LONG_FIRST,
    KIND_LONG_LAST,
    KIND_CASE,
    KIND_NUMBER,
    KIND_CLASS,
    KIND_CLASSES,
    KIND_UPOS,
    KIND_UPOS_SET,
    KIND_FREQUENCY,
    KIND_SURNAME,
    KIND_GIVEN,
    KIND_FOREIGN
};

struct keys {
    uint64_t *at;
    uint32_t len;
};

static void push(struct keys *keys, enum kind kind, uint64_t value)
{
    if (keys->len < WORD_FEATURES_MAX)
        keys->at[keys->len++] = hash_join((uint64_t)kind, value);
}

static uint64_t pair(const uint32_t *code)
{
    return (uint64_t)code[0] << 21 | code[1];
}

static uint64_t triple(const uint32_t *code)
{
    return pair(code) << 21 | code[2];
}

uint64_t jwi_word_key(struct units word)
{
    uint64_t key = hash_join(KIND_WORD, word.len);
    for (uint32_t i = 0; i < word.len; i++)
        key = hash_join(key, word.code[i]);
    return key;
}

static void push_units(struct keys *keys, struct units word)
{
    const uint32_t n = word.len, *code = word.code;
    push(keys, KIND_FIRST, code[0]);
    push(keys, KIND_LAST, code[n - 1]);
    for (uint32_t i = 0; i < n && i < BAG_MAX; i++)
        push(keys, KIND_BAG, code[i]);
    if (n >= 2) {
        push(keys, KIND_PREFIX2, pair(code));
        push(keys, KIND_SUFFIX2, pair(code + n - 2));
        push(keys, n == 2 ? KIND_PAIR_FIRST : KIND_LONG_FIRST, code[0]);
        push(keys, n == 2 ? KIND_PAIR_LAST : KIND_LONG_LAST, code[n - 1]);
    }
    if (n >= 3) {
        push(keys, KIND_PREFIX3, triple(code));
        push(keys, KIND_SUFFIX3, triple(code + n - 3));
    }
}

/* Runs of unit classes: 3M公司 is digit, Latin, Han. */
static void push_shape(struct keys *keys, struct units word)
{
    uint64_t shape = 0;
    uint32_t runs = 0;
    for (uint32_t i = 0; i < word.len && runs < SHAPE_MAX; i++)
        if (!i || word.cls[i] != word.cls[i - 1]) {
            shape = shape << 3 | word.cls[i];
            runs++;
        }
    push(keys, KIND_SHAPE, shape << 4 | runs);
    push(keys, KIND_LENGTH, word.len < LONG ? word.len : LONG);
}

static int is_lower(uint32_t code)
{
    return code >= 'a' && code <= 'z';
}

static void push_case(struct keys *keys, struct units word)
{
    int all_upper = 1;
    for (uint32_t i = 0; i < word.len; i++)
        all_upper &= !is_lower(word.code[i]);
    if (word.cls[0] == UNIT_LATIN)
        push(keys, KIND_CASE,
             (uint64_t)(word.len < 5 ? word.len : 5) << 2 | (uint64_t)!is_lower(word.code[0]) << 1 |
                 (uint64_t)all_upper);
    if (word.cls[0] == UNIT_DIGIT)
        push(keys, KIND_NUMBER,
             (uint64_t)(word.len < LONG ? word.len : LONG) << 32 |
                 (word.len == 4 ? word.code[0] : 0));
}

static void push_entry(struct keys *keys, const struct lexicon_entry *entry)
{
    for (uint32_t bit = 0; bit < 16; bit++)
        if (entry->classes >> bit & 1)
            push(keys, KIND_CLASS, bit);
    for (uint32_t bit = 0; bit < 32; bit++)
        if (entry->upos >> bit & 1)
            push(keys, KIND_UPOS, bit);
    push(keys, KIND_CLASSES, entry->classes);
    push(keys, KIND_UPOS_SET, entry->upos);
    push(keys, KIND_FREQUENCY, entry->frequency / 3);
}

static struct lexicon_char char_at(const struct lexicon *lexicon, uint32_t code)
{
    return lexicon->chars[lexicon_symbol(lexicon, code)];
}

/* What the characters say of names: 陳柏惟 has a surname and given-name characters, 歐巴馬 characters of transliterations. */
static void push_name(struct keys *keys, const struct lexicon *lexicon, struct units word)
{
    const uint32_t n = word.len;
    const struct lexicon_char first = char_at(lexicon, word.code[0]),
                              last = char_at(lexicon, word.code[n - 1]);
    uint32_t foreign = first.foreign;
    for (uint32_t i = 1; i < n; i++) {
        const uint32_t here = char_at(lexicon, word.code[i]).foreign;
        foreign = here < foreign ? here : foreign;
    }
    push(keys, KIND_SURNAME, (uint64_t)first.surname << 4 | (n < 5 ? n : 5));
    push(keys, KIND_FOREIGN, (uint64_t)foreign << 4 | (n < 6 ? n : 6));
    if (n == 1)
        return;
    const uint64_t given =
        n == 2 ? (uint64_t)first.given_first << 4 | last.given_second
               : (uint64_t)char_at(lexicon, word.code[1]).given_first << 4 | last.given_second;
    push(keys, KIND_GIVEN, given << 8 | (uint64_t)first.surname << 4 | (n < 5 ? n : 5));
}

uint32_t jwi_word_features(const struct lexicon *lexicon, struct units word, uint64_t *keys)
{
    const uint32_t entry = jwi_lexicon_find(lexicon, word.code, word.len);
    struct keys ret = {keys, 0};
    ret.at[ret.len++] = jwi_word_key(word);
    push_units(&ret, word);
    push_shape(&ret, word);
    push_case(&ret, word);
    push_name(&ret, lexicon, word);
    if (entry != JW_NONE)
        push_entry(&ret, lexicon_entry_at(lexicon, entry));
    else
        push(&ret, KIND_CLASSES, UINT64_MAX);
    return ret.len;
}
