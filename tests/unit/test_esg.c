/* SPDX-License-Identifier: Apache-2.0 */
/* Stage esg: its trainer on a toy corpus, damaged sections, the search of rows. */
#include <stdlib.h>

#include "common/desk.h"
#include "model/word_feature.h"
#include "stage/esg/esg_train.h"

enum { WORDS = 6, EXAMPLES = 60 };

/* One letter each: three good words, three bad ones. */
static const uint32_t letters[WORDS] = {0x5584, 0x512a, 0x76ca, 0x60e1, 0x640d, 0x7f70};
static const uint8_t classes[WORDS] = {UNIT_HAN, UNIT_HAN, UNIT_HAN, UNIT_HAN, UNIT_HAN, UNIT_HAN};
static const uint32_t places[WORDS + 1] = {0, 3, 6, 9, 12, 15, 18};

struct toy {
    struct arena arena;
    struct esg_trainer trainer;
    struct esg_word words[WORDS];
    struct units vector_words[WORDS];
    float vectors[WORDS][ESG_VECTOR];
    struct esg_item items[EXAMPLES];
    struct esg_example examples[EXAMPLES];
    jw_bytes section;
    jw_error error;
};

/* Rules 1 and 2 speak of risk and opportunity; every tenth headline of a rule is of the other class. */
static void learn(struct toy *toy)
{
    const struct units all = {letters, classes, places, WORDS};
    struct esg_report report;
    memset(toy, 0, sizeof *toy);
    jwi_arena_init(&toy->arena, NULL);
    toy->trainer.arena = &toy->arena;
    for (uint32_t i = 0; i < WORDS; i++) {
        toy->vector_words[i] = units_slice(all, i, i + 1);
        toy->words[i] = (struct esg_word){toy->vector_words[i], i < 3};
        toy->vectors[i][i % ESG_VECTOR] = 1;
    }
    const struct esg_words words = {toy->words, WORDS, toy->vector_words, &toy->vectors[0][0], WORDS, &toy->vector_words[2], 1};
    ck_assert_int_eq(jwi_esg_train_words(&toy->trainer, &words, &toy->error), JW_OK);
    for (uint32_t i = 0; i < EXAMPLES; i++) {
        const int is_risk = i % 4 == 0;
        toy->items[i].keys[0] = esg_key(ESG_KEY_RULE, (uint64_t)(i % 10 == 9 ? !is_risk : is_risk) + 1);
        toy->items[i].source = JW_ESG_OPINION;
        toy->examples[i] = (struct esg_example){&toy->items[i], 1, is_risk};
    }
    ck_assert_int_eq(jwi_esg_train_reading(&toy->trainer, toy->examples, EXAMPLES, EXAMPLES, &report, &toy->error), JW_OK);
    ck_assert_int_eq(jwi_esg_pack(&toy->trainer, &toy->section, &toy->error), JW_OK);
    ck_assert(report.accuracy > report.most);
}

static uint64_t key_of(uint32_t word)
{
    const struct units all = {letters, classes, places, WORDS};
    return esg_key(ESG_KEY_WORD, jwi_word_key(units_slice(all, word, word + 1)));
}

START_TEST(words_and_rules_get_the_sign_they_were_taught)
{
    static struct toy toy;
    struct esg_view view;
    learn(&toy);
    ck_assert_int_eq(jwi_esg_view_open(toy.section, &view, &toy.error), JW_OK);
    for (uint32_t i = 0; i < WORDS; i++) {
        const struct esg_slot *const slot = jwi_esg_find(&view, key_of(i));
        ck_assert_ptr_nonnull(slot);
        if (i == 2)
            ck_assert(slot->polarity == 0 && slot->weight == 0); /* masked */
        else
            ck_assert(i < 3 ? slot->polarity > 0 : slot->polarity < 0);
    }
    ck_assert_int_gt(jwi_esg_find(&view, esg_key(ESG_KEY_RULE, 2))->weight, 0);
    ck_assert_int_lt(jwi_esg_find(&view, esg_key(ESG_KEY_RULE, 1))->weight, 0);
    ck_assert_ptr_null(jwi_esg_find(&view, esg_key(ESG_KEY_RULE, 3)));
    ck_assert(view.header.threshold > 0 && view.header.threshold < JW_SCALE);
    jwi_arena_free(&toy.arena);
}
END_TEST

START_TEST(training_twice_gives_the_same_bytes)
{
    static struct toy a, b;
    learn(&a);
    learn(&b);
    ck_assert_uint_eq(a.section.len, b.section.len);
    ck_assert(!memcmp(a.section.at, b.section.at, a.section.len));
    jwi_arena_free(&a.arena);
    jwi_arena_free(&b.arena);
}
END_TEST

START_TEST(damaged_sections_are_refused)
{
    static struct toy toy;
    struct esg_view view;
    learn(&toy);
    char *const copy = malloc(toy.section.len);
    struct esg_header *const header = (void *)copy;
    ck_assert_ptr_nonnull(copy);
    for (int damage = 0; damage < 8; damage++) {
        jw_bytes section = {copy, toy.section.len};
        memcpy(copy, toy.section.at, toy.section.len);
        if (damage == 0)
            header->version++;
        if (damage == 1)
            header->slot_count--;
        if (damage == 2)
            header->slot_count *= 2;
        if (damage == 3)
            header->prior = ESG_WEIGHT_MAX + 1;
        if (damage == 4)
            header->threshold = 0;
        if (damage == 5)
            header->coefficient[3] = -ESG_WEIGHT_MAX - 1;
        if (damage == 6)
            section.len -= 4;
        for (uint32_t i = 0; damage == 7 && i < header->slot_count; i++)
            ((struct esg_slot *)(void *)(copy + sizeof *header))[i].polarity = 0; /* no empty slot: a search would not end */
        ck_assert_int_eq(jwi_esg_view_open(section, &view, &toy.error), damage ? JW_EMODEL_CORRUPT : JW_EMODEL_VERSION);
    }
    ck_assert_int_eq(jwi_esg_view_open((jw_bytes){copy, 8}, &view, &toy.error), JW_EMODEL_CORRUPT);
    free(copy);
    jwi_arena_free(&toy.arena);
}
END_TEST

START_TEST(pieces_are_letters_and_pairs_with_edges)
{
    const struct units all = {letters, classes, places, WORDS};
    uint64_t keys[ESG_PIECES_MAX], others[ESG_PIECES_MAX];
    ck_assert_uint_eq(jwi_esg_pieces(all, keys), 2 * WORDS + 1);
    ck_assert_uint_eq(jwi_esg_pieces(units_slice(all, 0, 1), others), 3);
    ck_assert(others[0] == keys[0] && others[1] == keys[1] && others[2] != keys[2 * WORDS]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("esg");
    suite_add(suite, words_and_rules_get_the_sign_they_were_taught);
    suite_add(suite, training_twice_gives_the_same_bytes);
    suite_add(suite, damaged_sections_are_refused);
    suite_add(suite, pieces_are_letters_and_pairs_with_edges);
    return suite_run(suite);
}
