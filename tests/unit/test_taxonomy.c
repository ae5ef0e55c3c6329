/* SPDX-License-Identifier: Apache-2.0 */
/* Section TAXO: what its reader takes from the tables of dict/events, and what it refuses. */
#include "common/desk.h"
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>

static const char *model_path;

static uint32_t id_of(const jw_model *model, jw_labels set, const char *name)
{
    const jw_bytes bytes = {name, strlen(name)};
    return jw_model_label_id(model, set, bytes);
}

START_TEST(every_set_names_its_ids)
{
    struct desk desk = open_desk(model_path, NULL);
    for (jw_labels set = JW_LABELS_EVENT; set <= JW_LABELS_CREDIT; set++) {
        uint32_t count = 0;
        for (const char *name; (name = jw_model_label(desk.model, set, count)) != NULL; count++)
            ck_assert_uint_eq(id_of(desk.model, set, name), count);
        ck_assert_uint_gt(count, 15);
        ck_assert_uint_eq(id_of(desk.model, set, "no such code"), JW_NONE);
    }
    close_desk(&desk);
}
END_TEST

START_TEST(a_leaf_has_its_priors_roles_and_aspect)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct taxonomy *const taxonomy = desk.model->taxonomy;
    const struct leaf *const pledge = &taxonomy->leaf[id_of(desk.model, JW_LABELS_EVENT, "OWN.PLEDGE")];
    ck_assert_int_eq(pledge->market_prior, -3000);
    ck_assert_int_eq(pledge->credit_prior, -20000);
    ck_assert_uint_eq(pledge->bears, id_of(desk.model, JW_LABELS_ROLE, "company"));
    ck_assert_uint_eq(pledge->also, id_of(desk.model, JW_LABELS_ROLE, "pledger"));
    ck_assert_int_eq(pledge->also_share, JW_SCALE);
    ck_assert_uint_eq(pledge->aspect, id_of(desk.model, JW_LABELS_ASPECT, "ownership"));
    ck_assert_uint_eq(pledge->role_count, 5);
    const struct leaf *const loan = &taxonomy->leaf[id_of(desk.model, JW_LABELS_EVENT, "CAP.LOAN")];
    ck_assert_int_eq(loan->sign, SIGN_FIXED);
    ck_assert_int_eq(loan->credit_sign, SIGN_DIRECTION);
    ck_assert_uint_eq(taxonomy->leaf[id_of(desk.model, JW_LABELS_EVENT, "MAC.POLICY")].bears, JW_NONE);
    close_desk(&desk);
}
END_TEST

START_TEST(indicators_name_their_leaves_and_channels)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct taxonomy *const taxonomy = desk.model->taxonomy;
    const struct credit_type *const h3 = &taxonomy->credit[id_of(desk.model, JW_LABELS_CREDIT, "H3")];
    ck_assert_int_eq(h3->severity, -3);
    ck_assert_uint_eq(h3->half_life_days, 720);
    ck_assert_uint_eq(h3->leaf_count, 1);
    ck_assert_uint_eq(h3->leaves[0], id_of(desk.model, JW_LABELS_EVENT, "CRD.INSOLV"));
    ck_assert(h3->sources & 1u << JW_NEWS);
    ck_assert(!(h3->sources & 1u << JW_FORUM));
    close_desk(&desk);
}
END_TEST

/* A text in place of the section, in a model file of its own. */
static jw_status open_text(const char *text, jw_error *error)
{
    struct desk desk = open_desk(model_path, NULL);
    struct model_file file = desk.model->file;
    struct model_entry entry = {.tag = {'T', 'A', 'X', 'O'}, .offset = 0, .size = strlen(text)};
    file.data.at = text;
    file.data.len = strlen(text);
    file.table = &entry;
    file.section_count = 1;
    struct taxonomy *const taxonomy = malloc(sizeof *taxonomy);
    const jw_status status = jwi_taxonomy_open(&file, &desk.model->labels, &desk.model->arena, taxonomy, error);
    free(taxonomy);
    close_desk(&desk);
    return status;
}

START_TEST(bad_lines_are_refused_at_their_byte)
{
    static const char good[] = "event\t1\tA.B\tA\t名\t說\t詞\tcompany\tA\t0.5\t1\tsign=dir;bears=company\t\n";
    static const char *const bad[] = {
        "nothing\t1\n", "event\t1\tA.C\n", "event\t1\tA.C\tA\t名\t說\t詞\tcompany\tA\tx\t1\tsign=dir\t\n",
        "credit\tH1\t名\t-3\t365\tP;N\tNO.LEAF\tany\n", "relation\t1\tR\t名\t說\tNOTYPE\tCOM\t詞\tpct\tdirected\t\n",
        "aspect\ta\t名\tNO.LEAF\n"};
    jw_error error;
    ck_assert_int_eq(open_text(good, &error), JW_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", good, bad[i]);
        ck_assert_int_eq(open_text(text, &error), JW_EMODEL_CORRUPT);
        ck_assert_uint_eq(error.at, strlen(good));
    }
}
END_TEST

int main(int argc, char **argv)
{
    model_path = argc > 1 ? argv[1] : NULL;
    Suite *suite = suite_create("taxonomy");
    suite_add(suite, every_set_names_its_ids);
    suite_add(suite, a_leaf_has_its_priors_roles_and_aspect);
    suite_add(suite, indicators_name_their_leaves_and_channels);
    suite_add(suite, bad_lines_are_refused_at_their_byte);
    return suite_run(suite);
}
