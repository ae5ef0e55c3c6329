/* SPDX-License-Identifier: Apache-2.0 */
/* Features of a word; see dep_feat.h. */
#include "stage/dep/dep_feat.h"

#include "base/hash.h"

static int is_number(struct units word)
{
    for (uint32_t i = 0; i < word.len; i++)
        if (word.cls[i] != UNIT_DIGIT && word.code[i] != '.' && word.code[i] != ',' &&
            word.code[i] != '%')
            return 0;
    return 1;
}

static uint64_t form_key(struct units word)
{
    const int number = is_number(word);
    uint64_t key = word.len;
    for (uint32_t i = 0; i < word.len; i++)
        key = hash_join(key, number && word.cls[i] == UNIT_DIGIT ? '0' : word.code[i]);
    return key;
}

struct dep_word jwi_dep_word(struct units word)
{
    struct dep_word ret = {.key = form_key(word), .last = word.code[word.len - 1]};
    ret.count = word.len < DEP_CHARS ? word.len : DEP_CHARS;
    for (uint32_t i = 0; i < ret.count; i++)
        ret.codes[i] = word.code[i];
    ret.shape = word.cls[0] * DEP_LENGTHS + (word.len < DEP_LENGTHS ? word.len : DEP_LENGTHS - 1);
    return ret;
}
