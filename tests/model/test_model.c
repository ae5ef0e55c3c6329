/* SPDX-License-Identifier: Apache-2.0 */
/* Damaged and foreign model files: each header field, each section edge, each byte that opening follows. */
#include <jinwen/jinwen.h>

#include "base/file.h"
#include "common/suite.h"
#include "model/file.h"

#include <stdlib.h>
#include <string.h>

static const char *model_path;

struct copy {
    char *at;
    size_t len;
};

static struct copy read_model(void)
{
    jw_bytes data;
    struct copy copy;
    ck_assert(jwi_file_map(model_path, &data, NULL) == JW_OK);
    copy.len = data.len;
    copy.at = aligned_alloc(MODEL_ALIGN, (data.len + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN);
    ck_assert_ptr_nonnull(copy.at);
    memcpy(copy.at, data.at, data.len);
    jwi_file_unmap(data);
    return copy;
}

static jw_status open_copy(struct copy copy, size_t len, jw_error *reterr)
{
    const jw_bytes data = {copy.at, len};
    jw_model *model;
    const jw_status status = jw_model_open_memory(data, NULL, &model, reterr);
    if (status == JW_OK)
        jw_model_unref(model);
    return status;
}

static void seal(struct copy copy)
{
    struct model_header *header = (void *)copy.at;
    header->checksum = jwi_model_frame_checksum(*header, (const void *)(copy.at + header->table_at));
}

static const struct flip {
    const char *name;
    size_t at;
    jw_status status;
} flips[] = {
    {"magic", 0, JW_EMODEL_MAGIC},          {"magic end", 7, JW_EMODEL_MAGIC},     {"major", 8, JW_EMODEL_VERSION},
    {"byte order", 12, JW_EMODEL_VERSION},  {"done", 16, JW_EMODEL_UNFINISHED},    {"section count", 20, JW_EMODEL_CORRUPT},
    {"file size", 24, JW_EMODEL_CORRUPT},   {"table offset", 32, JW_EMODEL_CORRUPT}, {"checksum", 40, JW_EMODEL_CORRUPT},
    {"first tag", 64, JW_EMODEL_CORRUPT},   {"first offset", 72, JW_EMODEL_CORRUPT}, {"minor", 10, JW_EMODEL_CORRUPT},
};

START_TEST(each_frame_field_is_checked)
{
    struct copy copy = read_model();
    jw_error error;
    ck_assert(open_copy(copy, copy.len, &error) == JW_OK);
    copy.at[flips[_i].at] ^= 0x11;
    ck_assert_msg(open_copy(copy, copy.len, &error) == flips[_i].status, "%s: %s", flips[_i].name, error.message);
    free(copy.at);
}
END_TEST

START_TEST(truncation_at_each_section_edge_is_refused)
{
    struct copy copy = read_model();
    const struct model_header *header = (const void *)copy.at;
    const struct model_entry *table = (const void *)(copy.at + header->table_at);
    jw_error error;
    for (uint32_t i = 0; i < header->section_count; i++) {
        ck_assert(open_copy(copy, table[i].offset, &error) == JW_EMODEL_CORRUPT);
        ck_assert(open_copy(copy, table[i].offset + table[i].size - 1, &error) == JW_EMODEL_CORRUPT);
    }
    for (size_t len = 0; len < 64; len += 7)
        ck_assert(open_copy(copy, len, &error) != JW_OK);
    free(copy.at);
}
END_TEST

START_TEST(section_outside_the_file_is_refused)
{
    struct copy copy = read_model();
    struct model_entry *table = (void *)(copy.at + sizeof(struct model_header));
    jw_error error;
    table[1].size = UINT64_MAX - table[1].offset + 1;
    seal(copy);
    ck_assert(open_copy(copy, copy.len, &error) == JW_EMODEL_CORRUPT);
    free(copy.at);
}
END_TEST

/* A missing section disables its stage and is an error only for a worker that wants it. */
START_TEST(missing_section_is_named_when_wanted)
{
    struct copy copy = read_model();
    const struct model_header *header = (const void *)copy.at;
    struct model_entry *table = (void *)(copy.at + sizeof *header);
    jw_options options = JW_OPTIONS_INIT;
    jw_worker *worker;
    jw_model *model;
    jw_error error;
    for (uint32_t i = 0; i < header->section_count; i++)
        if (memcmp(table[i].tag, "POS", 3) == 0)
            table[i].tag[0] = 'x';
    seal(copy);
    const jw_bytes data = {copy.at, copy.len};
    ck_assert_msg(jw_model_open_memory(data, NULL, &model, &error) == JW_OK, "%s", error.message);
    ck_assert(jw_worker_new(model, &options, &worker, &error) == JW_EMODEL_MISSING);
    ck_assert_ptr_nonnull(strstr(error.message, "pos"));
    options.want = JW_LAYER_TOKENS;
    ck_assert(jw_worker_new(model, &options, &worker, &error) == JW_OK);
    jw_worker_free(worker);
    jw_model_unref(model);
    free(copy.at);
}
END_TEST

START_TEST(verify_finds_one_changed_byte)
{
    struct copy copy = read_model();
    jw_model *model;
    jw_error error;
    const jw_bytes data = {copy.at, copy.len};
    ck_assert(jw_model_open_memory(data, NULL, &model, &error) == JW_OK);
    ck_assert(jw_model_verify(model, &error) == JW_OK);
    copy.at[copy.len - 1] ^= 1;
    ck_assert(jw_model_verify(model, &error) == JW_EMODEL_CORRUPT);
    jw_model_unref(model);
    free(copy.at);
}
END_TEST

/* Any bytes under a valid frame: the stages must refuse them or run on them without leaving their memory (proved under ASan). */
static void run_if_open(struct copy copy)
{
    const char *text = "台積電(2330)９月營收年增12.3%，法人：「下修第四季展望」。𠮷㊣ｱ";
    const jw_bytes bytes = {text, strlen(text)}, data = {copy.at, copy.len};
    jw_worker *worker;
    jw_model *model;
    jw_doc *doc;
    jw_error error;
    if (jw_model_open_memory(data, NULL, &model, &error) != JW_OK)
        return;
    ck_assert(jw_doc_new(NULL, &doc) == JW_OK);
    if (jw_worker_new(model, NULL, &worker, &error) == JW_OK) {
        ck_assert(jw_worker_run(worker, bytes, doc, &error) == JW_OK);
        jw_worker_free(worker);
    }
    jw_doc_free(doc);
    jw_model_unref(model);
}

START_TEST(damaged_sections_never_leave_their_memory)
{
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)(_i + 1);
    struct copy copy = read_model();
    const struct model_header *header = (const void *)copy.at;
    const struct model_entry *entry = (const struct model_entry *)(const void *)(copy.at + header->table_at) + _i % (int)header->section_count;
    for (int i = 0; i < 2000; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        const size_t range = i < 16 && entry->size > 256 ? 256 : entry->size;
        copy.at[entry->offset + (state >> 20) % range] = (char)(state >> 56);
    }
    run_if_open(copy);
    free(copy.at);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("model");
    suite_add_loop(suite, each_frame_field_is_checked, (int)(sizeof flips / sizeof *flips));
    suite_add(suite, truncation_at_each_section_edge_is_refused);
    suite_add(suite, section_outside_the_file_is_refused);
    suite_add(suite, missing_section_is_named_when_wanted);
    suite_add(suite, verify_finds_one_changed_byte);
    suite_add_loop(suite, damaged_sections_never_leave_their_memory, 32);
    return suite_run(suite);
}
