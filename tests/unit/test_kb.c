/* SPDX-License-Identifier: Apache-2.0 */
/* Section KBAS: what its reader refuses, what it finds, names by date, numbers of companies. */
#include "common/desk.h"
#include "model/kb.h"
#include "model/model.h"

#include <stdlib.h>

static const char *model_path;

static struct kb kb_of(const jw_model *model)
{
    struct kb kb;
    jw_error error;
    ck_assert_msg(jwi_kb_open(&model->file, &kb, &error) == JW_OK, "%s", error.message);
    return kb;
}

static int is_text(jw_bytes bytes, const char *text)
{
    return bytes.len == strlen(text) && memcmp(bytes.at, text, bytes.len) == 0;
}

static uint32_t entity_with_code(const struct kb *kb, const char *code)
{
    for (uint32_t i = 0; i < kb->entity_count; i++)
        if (is_text(kb_string(kb, kb->entities[i].code), code) &&
            kb_string(kb, kb->entities[i].mic).len)
            return i;
    return JW_NONE;
}

START_TEST(an_entity_has_its_identifiers)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct kb kb = kb_of(desk.model);
    const uint32_t entity = entity_with_code(&kb, "2330");
    ck_assert_uint_ne(entity, JW_NONE);
    const struct kb_entity *tsmc = &kb.entities[entity];
    ck_assert(is_text(kb_string(&kb, tsmc->name), "台積電"));
    ck_assert(is_text(kb_string(&kb, tsmc->mic), "XTAI"));
    ck_assert(is_text(kb_string(&kb, tsmc->symbol), "2330.TW"));
    ck_assert(is_text(kb_string(&kb, tsmc->isin), "TW0002330008"));
    ck_assert(is_text(kb_string(&kb, tsmc->ubn), "22099131"));
    ck_assert_uint_eq(jwi_kb_find_ubn(&kb, "22099131"), entity);
    ck_assert_uint_eq(jwi_kb_find_ubn(&kb, "00000000"), JW_NONE);
    close_desk(&desk);
}
END_TEST

START_TEST(a_renamed_company_has_the_name_of_the_day)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct kb kb = kb_of(desk.model);
    const uint32_t entity = entity_with_code(&kb, "2883");
    ck_assert(is_text(jwi_kb_name_on(&kb, entity, 20230901), "開發金"));
    ck_assert(is_text(jwi_kb_name_on(&kb, entity, 20250901), "凱基金"));
    ck_assert(is_text(jwi_kb_name_on(&kb, entity, 0), "凱基金"));
    close_desk(&desk);
}
END_TEST

static const struct {
    const char digits[9];
    int is_valid;
} ubns[] = {{"22099131", 1}, {"84149961", 1}, {"00227087", 1}, {"33144175", 1}, {"24681351", 0},
            {"22099132", 0}, {"00000000", 0}, {"2209913x", 0}, {"12345675", 1}, {"04595257", 1}};

START_TEST(numbers_of_companies_have_a_check_digit)
{
    ck_assert_int_eq(jwi_kb_is_ubn(ubns[_i].digits), ubns[_i].is_valid);
}
END_TEST

START_TEST(every_number_of_the_list_is_valid)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct kb kb = kb_of(desk.model);
    for (uint32_t i = 0; i < kb.entity_count; i++) {
        const jw_bytes ubn = kb_string(&kb, kb.entities[i].ubn);
        ck_assert(!ubn.len || (ubn.len == 8 && jwi_kb_is_ubn(ubn.at)));
    }
    ck_assert_uint_gt(kb.ubn_count, 1900);
    close_desk(&desk);
}
END_TEST

/* A copy of the section in a file of its own, so that it can be damaged. */
struct copy {
    struct model_file file;
    struct model_entry table[2];
    char *bytes;
    uint32_t labels_at;
};

static struct copy copy_of(const jw_model *model)
{
    struct copy copy;
    jw_bytes kb, labels;
    memset(&copy, 0, sizeof copy);
    ck_assert(jwi_model_file_section(&model->file, "KBAS", &kb, NULL) == JW_OK);
    ck_assert(jwi_model_file_section(&model->file, "LABL", &labels, NULL) == JW_OK);
    copy.bytes = malloc(kb.len + labels.len);
    ck_assert_ptr_nonnull(copy.bytes);
    memcpy(copy.bytes, kb.at, kb.len);
    memcpy(copy.bytes + kb.len, labels.at, labels.len);
    memcpy(copy.table[0].tag, "KBAS", 4);
    memcpy(copy.table[1].tag, "LABL", 4);
    copy.table[0].size = copy.table[1].offset = kb.len;
    copy.table[1].size = labels.len;
    copy.file.data.at = copy.bytes;
    copy.file.data.len = kb.len + labels.len;
    copy.file.section_count = 2;
    return copy;
}

/* Offsets of the header's counts: each one changed makes sizes that do not add up. */
START_TEST(a_changed_count_is_refused)
{
    struct desk desk = open_desk(model_path, NULL);
    struct copy copy = copy_of(desk.model);
    struct kb kb;
    jw_error error;
    copy.file.table = copy.table;
    struct kb_header *header = (struct kb_header *)copy.bytes;
    uint32_t *const counts[] = {&header->version,     &header->entity_count, &header->term_count,
                                &header->name_count,  &header->link_count,   &header->cell_count,
                                &header->block_count, &header->ubn_count,    &header->pool_len};
    const size_t n = sizeof counts / sizeof *counts;
    for (size_t i = 0; i < n; i++) {
        *counts[i] += 4;
        const jw_status status = jwi_kb_open(&copy.file, &kb, &error);
        ck_assert_msg(status == (i ? JW_EMODEL_CORRUPT : JW_EMODEL_VERSION), "count %zu: %s", i,
                      jw_status_text(status));
        *counts[i] -= 4;
    }
    ck_assert_int_eq(jwi_kb_open(&copy.file, &kb, &error), JW_OK);
    copy.table[0].size -= 4;
    ck_assert_int_eq(jwi_kb_open(&copy.file, &kb, &error), JW_EMODEL_CORRUPT);
    free(copy.bytes);
    close_desk(&desk);
}
END_TEST

/* Damaged arrays are refused, or every walk over them stays inside; the sanitizers watch. */
START_TEST(damage_never_leads_outside)
{
    struct desk desk = open_desk(model_path, NULL);
    struct copy copy = copy_of(desk.model);
    copy.file.table = copy.table;
    uint64_t state = 5;
    for (int round = 0; round < 300; round++) {
        char *at = copy.bytes + sizeof(struct kb_header) +
                   next_random(&state) % (copy.table[0].size - sizeof(struct kb_header));
        const char before = *at;
        struct kb kb;
        jw_error error;
        *at = (char)next_random(&state);
        if (jwi_kb_open(&copy.file, &kb, &error) == JW_OK) {
            uint16_t symbols[64];
            for (uint32_t i = 0; i < 64; i++)
                symbols[i] = kb_symbol(&kb, 0x4e00 + next_random(&state) % 0x5200);
            struct kb_walk walk = kb_walk_start(&kb, symbols, 0, 64);
            while (kb_walk_next(&walk))
                ck_assert_uint_lt(walk.name, kb.name_count);
        }
        *at = before;
    }
    free(copy.bytes);
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    model_path = argc > 1 ? argv[1] : NULL;
    Suite *suite = suite_create("kb");
    suite_add(suite, an_entity_has_its_identifiers);
    suite_add(suite, a_renamed_company_has_the_name_of_the_day);
    suite_add_loop(suite, numbers_of_companies_have_a_check_digit,
                   (int)(sizeof ubns / sizeof *ubns));
    suite_add(suite, every_number_of_the_list_is_valid);
    suite_add(suite, a_changed_count_is_refused);
    suite_add(suite, damage_never_leads_outside);
    return suite_run(suite);
}
