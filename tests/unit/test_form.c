/* SPDX-License-Identifier: Apache-2.0 */
/* Stage form: fields of numbered lines, numbers that stand alone, events of clauses, the classifier, and sections that are damaged. */
#include "common/desk.h"
#include "model/model.h"
#include "stage/form/form_train.h"

#include "doc/value_text.h"

#include <stdio.h>
#include <stdlib.h>

static const char *model_path;

struct bench {
    struct desk desk;
    struct form_table table;
    struct arena arena;
    const struct room *room;
    struct form_items items;
};

static jw_bytes section_of(const struct bench *bench, const char *tag)
{
    jw_bytes section = {NULL, 0};
    ck_assert_int_eq(jwi_model_file_section(&bench->desk.model->file, tag, &section, NULL), JW_OK);
    return section;
}

static struct bench open_bench(void)
{
    struct bench bench;
    memset(&bench, 0, sizeof bench);
    bench.desk = open_desk(model_path, NULL);
    ck_assert_int_eq(jwi_form_table_open(section_of(&bench, "FORM"), &bench.table, NULL), JW_OK);
    jwi_arena_init(&bench.arena, NULL);
    return bench;
}

static void close_bench(struct bench *bench)
{
    jwi_arena_free(&bench->arena);
    close_desk(&bench->desk);
}

static void scan(struct bench *bench, jw_bytes text)
{
    bench->room = run_text(&bench->desk, text);
    jwi_arena_reset(&bench->arena);
    ck_assert(jwi_form_scan(&bench->table, bench->room->units, 0, bench->room->units.len, &bench->arena, &bench->items));
}

static jw_field field_of(const struct bench *bench, uint32_t item)
{
    const struct form_reader reader = {&bench->table, bench->room->units, bench->desk.doc, JW_NONE, {JW_NONE, JW_NONE, JW_NONE, JW_NONE}};
    jw_field field;
    jwi_form_read(&reader, &bench->items.at[item], &field);
    return field;
}

static void add(char *all, size_t cap, const char *text, size_t len)
{
    ck_assert_uint_lt(strlen(all) + len, cap);
    strncat(all, text, len);
}

/* "1 fact_date 115/06/25 | 2 guaranteed_group ..| (1 company ..)": number, name and value of every field, line breaks as /. */
static void print_fields(const struct bench *bench, char *ret, size_t cap)
{
    ret[0] = '\0';
    for (uint32_t i = 0; i < bench->items.len; i++) {
        const jw_field field = field_of(bench, i);
        const jw_bytes text = jw_doc_text(bench->desk.doc);
        char head[24];
        snprintf(head, sizeof head, "%s%s%u ", i ? " | " : "", field.parent == JW_NONE ? "" : "in ", field.number);
        add(ret, cap, head, strlen(head));
        add(ret, cap, field.name.len ? field.name.at : "?", field.name.len ? field.name.len : 1);
        add(ret, cap, "=", 1);
        for (uint32_t at = field.value.start; at < field.value.end; at++)
            add(ret, cap, text.at[at] == '\n' ? "/" : text.at + at, 1);
    }
}

static const struct form_case {
    const char *text, *fields;
} form_cases[] = {
    {"1.事實發生日:115/06/25\n2.公司名稱:甲公司\n", "1 fact_date=115/06/25 | 2 company=甲公司"},
    {"１．事實發生日：１１５／０６／２５\n２．公司名稱：甲公司", "1 fact_date=１１５／０６／２５ | 2 company=甲公司"},
    {"1.事實發生日:115/06/25\n2.因應措施:\n1.先做這個\n2.再做那個\n3.其他應敘明事項:無", "1 fact_date=115/06/25 | 2 response=1.先做這個/2.再做那個 | 3 note=無"},
    {"1.事實發生日:115/06/25\n2.因應措施:無3.其他應敘明事項:無", "1 fact_date=115/06/25 | 2 response=無 | 3 note=無"},
    {"1.人員變動別（請輸入發言人、重要營運主管(如:執行長、\n營運長)或財務主管）:財務主管\n2.發生變動日期:115/03/03", "1 position=財務主管 | 2 change_date=115/03/03"},
    {"1.事實發生日:115/06/25\n2.本次係處分債權之相關事項（含處分債權如有屬對關係人債權者之\n帳面金額:\n不適用", "1 fact_date=115/06/25 | 2 claims_disposal=不適用"},
    {"符合條款第四條第XX款：12\n事實發生日：115/03/06\n1.召開法人說明會之日期：115/03/06\n2.其他應敘明事項：無\n"
     "完整財務業務資訊請至公開資訊觀測站之法人說明會一覽表或法說會項目下查閱。",
     "0 clause=12 | 0 fact_date=115/03/06 | 1 meeting_date=115/03/06 | 2 note=無"},
    {"1.事實發生日:115/06/18\n2.被背書保證之:\n(1)公司名稱:乙公司\n(2)與提供背書保證公司之關係:\n母公司\n3.其他應敘明事項:無",
     "1 fact_date=115/06/18 | 2 guaranteed_group=(1)公司名稱:乙公司/(2)與提供背書保證公司之關係:/母公司 | in 1 company=乙公司 | in 2 relationship=母公司 | 3 note=無"},
    {"1.事實發生日:115/06/25\n2.沒有見過的一項:某事\n3.其他應敘明事項:無", "1 fact_date=115/06/25 | 2 ?=某事 | 3 note=無"},
    {"1.事實發生日:115/06/25\n3.其他應敘明事項:無", "1 fact_date=115/06/25 | 3 note=無"},
    {"台積電第1.季營收成長。\n1.看好 2.看壞", ""},
    {"", ""},
};

START_TEST(fields_are_found)
{
    struct bench bench = open_bench();
    char got[4096];
    scan(&bench, bytes_of(form_cases[_i].text));
    print_fields(&bench, got, sizeof got);
    ck_assert_str_eq(got, form_cases[_i].fields);
    close_bench(&bench);
}
END_TEST

/* Fields without parent follow each other without a gap; parts lie inside their field, in order. */
static void assert_tiled(const struct bench *bench)
{
    uint32_t end = 0, parent = JW_NONE;
    for (uint32_t i = 0; i < bench->items.len; i++) {
        const struct form_item *item = &bench->items.at[i];
        ck_assert(item->start <= item->key && item->key <= item->key_end && item->key_end <= item->value && item->value <= item->end);
        if (item->parent != JW_NONE) {
            ck_assert_uint_eq(item->parent, parent);
            ck_assert(item->start >= bench->items.at[parent].value && item->end <= bench->items.at[parent].end);
            ck_assert(i == parent + 1 || item->start == bench->items.at[i - 1].end);
            continue;
        }
        ck_assert(parent == JW_NONE || item->start == end);
        parent = i;
        end = item->end;
    }
}

START_TEST(fields_and_gaps_are_the_text)
{
    struct bench bench = open_bench();
    uint64_t state = 7;
    char text[600];
    for (int round = 0; round < 400; round++) {
        size_t len = 0;
        while (len < 400) {
            static const char *const pieces[] = {"1.事實發生日:", "2.公司名稱:", "3.", "因應措施:", "(1)公司名稱:", "\n", "\n2.", "被背書保證之:", "12、", "交易總金額："};
            const char *piece = pieces[next_random(&state) % 10];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
            len += random_text(&state, text + len, next_random(&state) % 40);
        }
        const jw_bytes bytes = {text, len};
        scan(&bench, bytes);
        assert_tiled(&bench);
        for (uint32_t i = 0; i < bench.items.len; i++)
            field_of(&bench, i);
    }
    close_bench(&bench);
}
END_TEST

static const struct number_case {
    const char *value, *amount;
} number_cases[] = {
    {"1,165,533", "1165533000"}, {"(11,624)", "-11624000"}, {"-60", "-60000"}, {"８，００１", "8001000"}, {"0", "0"},
    {"0.5", "500"},              {"(5.2)元", "-5200"},      {"約5千", ""},     {"5千", ""},               {"不適用", ""},
    {"99999999999999999999", ""},
};

START_TEST(a_number_alone_takes_the_unit_of_its_key)
{
    struct bench bench = open_bench();
    char text[200], amount[DECIMAL_TEXT];
    snprintf(text, sizeof text, "1.期末總資產(仟元):%s\n2.其他應敘明事項:無", number_cases[_i].value);
    scan(&bench, bytes_of(text));
    const jw_field field = field_of(&bench, 0);
    amount[jwi_decimal_text(field.amount, amount)] = '\0';
    ck_assert_str_eq(amount, number_cases[_i].amount);
    ck_assert_str_eq(field.currency, *amount ? "TWD" : "");
    close_bench(&bench);
}
END_TEST

static const struct answer_case {
    const char *text;
    jw_answer answer;
} answer_cases[] = {
    {"1.因應措施:無。", JW_ANSWER_NONE},
    {"1.因應措施:不 適\n用", JW_ANSWER_NONE},
    {"1.因應措施:無法如期償還", JW_ANSWER_TEXT},
    {"1.因應措施:", JW_ANSWER_EMPTY},
    {"1.本次交易為關係人交易:是", JW_ANSWER_YES},
    {"1.本次交易為關係人交易:\n否", JW_ANSWER_NO},
    {"1.本次交易為關係人交易:無", JW_ANSWER_NO},
    {"1.本次交易為關係人交易:不適用", JW_ANSWER_NONE},
    {"1.減資基準日:不適用；另行公告", JW_ANSWER_NONE},
    {"1.減資基準日:另行公告", JW_ANSWER_TEXT},
};

START_TEST(explicit_nothing_is_told_from_text)
{
    struct bench bench = open_bench();
    scan(&bench, bytes_of(answer_cases[_i].text));
    ck_assert_uint_eq(bench.items.len, 1);
    ck_assert_int_eq(field_of(&bench, 0).answer, answer_cases[_i].answer);
    close_bench(&bench);
}
END_TEST

static const struct leaf_case {
    uint32_t clause;
    const char *subject, *body, *leaf;
    int direction, progress, is_routine;
} leaf_cases[] = {
    {7, "配合會計師事務所內部輪調變更會計師", "", "GOV.AUDITOR", JW_DIRECTION_NONE, JW_ANNOUNCED, 1},
    {7, "公告更換會計師事務所及簽證會計師", "1.變更會計師之原因:公司需要", "GOV.AUDITOR", JW_DIRECTION_NONE, JW_ANNOUNCED, 0},
    {3, "公告尼龍粒部份產線停工。", "", "OPS.HALT", JW_DIRECTION_NONE, JW_ANNOUNCED, 0},
    {3, "公告仁武廠復工", "", "OPS.HALT", JW_DIRECTION_UP, JW_COMPLETED, 0},
    {31, "公告115年第一季財務報告", "1.1月1日累計至本期止歸屬於母公司業主淨利(損) (仟元):(2,562)", "EARN.LOSS", JW_DIRECTION_NONE, JW_REPORTED, 0},
    {31, "公告115年第一季財務報告", "1.1月1日累計至本期止歸屬於母公司業主淨利(損) (仟元):2,562", "EARN.PROFIT", JW_DIRECTION_NONE, JW_REPORTED, 0},
    {20, "公告處分\n有價證券", "", "DEAL.DIVEST", JW_DIRECTION_NONE, JW_ANNOUNCED, 0},
    {20, "代子公司公告取得不動產使用權資產", "", "DEAL.PROPERTY", JW_DIRECTION_UP, JW_ANNOUNCED, 0},
    {11, "董事會決議減資彌補虧損", "", "CAP.REDUCE", JW_DIRECTION_DOWN, JW_ANNOUNCED, 0},
    {14, "董事會決議不發放股利", "", "CAP.DIVIDEND", JW_DIRECTION_DOWN, JW_ANNOUNCED, 0},
    {40, "經證交所同意恢復交易", "", "MKT.STATUS", JW_DIRECTION_UP, JW_COMPLETED, 0},
    {51, "公告本公司累積虧損達實收資本額二分之一", "", "EARN.LOSS", JW_DIRECTION_NONE, JW_REPORTED, 0},
    {51, "更正115年3月背書保證資訊揭露明細表", "", "", JW_DIRECTION_NONE, JW_PROGRESS_NONE, 1},
};

START_TEST(a_clause_and_its_cues_name_the_event)
{
    const struct leaf_case *one = &leaf_cases[_i];
    struct bench bench = open_bench();
    char text[600];
    snprintf(text, sizeof text, "%s\n%s", one->subject, one->body);
    scan(&bench, bytes_of(text));
    const struct units units = bench.room->units;
    jw_range subject = {0, 0};
    while (units.at[subject.end] < strlen(one->subject))
        subject.end++;
    const struct form_leaf *leaf = jwi_form_leaf(&bench.table, units, subject, &bench.items, one->clause);
    ck_assert_ptr_nonnull(leaf);
    char code[32];
    snprintf(code, sizeof code, "%.*s", (int)leaf->code_len, bench.table.name + leaf->code_at);
    ck_assert_str_eq(code, one->leaf);
    ck_assert_int_eq(leaf->direction, one->direction);
    ck_assert_int_eq(leaf->progress, one->progress);
    ck_assert_int_eq(leaf->is_routine, one->is_routine);
    close_bench(&bench);
}
END_TEST

START_TEST(every_clause_has_an_event_row)
{
    struct bench bench = open_bench();
    scan(&bench, bytes_of("無"));
    const jw_range nothing = {0, 0};
    for (uint32_t clause = 1; clause <= FORM_CLAUSES; clause++)
        ck_assert_ptr_nonnull(jwi_form_leaf(&bench.table, bench.room->units, nothing, &bench.items, clause));
    ck_assert_ptr_null(jwi_form_leaf(&bench.table, bench.room->units, nothing, &bench.items, 52));
    close_bench(&bench);
}
END_TEST

static const struct guess_case {
    const char *subject;
    uint32_t clause;
} guess_cases[] = {
    {"公告本公司董事會決議買回庫藏股", 35},
    {"本公司受邀參加券商舉辦之法人說明會", 12},
    {"公告本公司 會計師事務所內部輪調\n更換簽證會計師", 7},
    {"公告本公司董事會通過115年第一季合併財務報告", 31},
};

START_TEST(a_subject_alone_tells_its_clause)
{
    struct bench bench = open_bench();
    struct form_model model;
    uint32_t letters[SIGHT_LETTERS], rows[SIGHT_ROWS];
    ck_assert_int_eq(jwi_form_model_open(section_of(&bench, "FRMC"), &model, NULL), JW_OK);
    scan(&bench, bytes_of(guess_cases[_i].subject));
    struct form_sight sight = {letters, NULL, 0, 0};
    sight.letter_count = jwi_form_letters(bench.room->units, 0, bench.room->units.len, letters);
    ck_assert_uint_eq(jwi_form_guess(&model, rows, jwi_form_rows(&sight, rows)).clause, guess_cases[_i].clause);
    for (uint32_t i = 1; i < FORM_BINS; i++)
        ck_assert_uint_ge(model.confidence[i], model.confidence[i - 1]);
    close_bench(&bench);
}
END_TEST

/* Ten announcements of three clauses. */
static void make_toy(struct form_example *ret, uint32_t (*letters)[2], uint32_t *fields)
{
    for (uint32_t i = 0; i < 10; i++) {
        letters[i][0] = 100 + i % 3;
        letters[i][1] = 200 + i;
        fields[i] = 300 + i % 3;
        const struct form_example example = {{letters[i], &fields[i], 2, 1}, i % 3 * 7 + 1, 1};
        ret[i] = example;
    }
}

START_TEST(training_learns_its_lesson_and_repeats_itself)
{
    struct form_example toy[10];
    uint32_t letters[10][2], fields[10], rows[SIGHT_ROWS];
    struct arena arena;
    jw_bytes one, two;
    struct form_model model;
    jwi_arena_init(&arena, NULL);
    make_toy(toy, letters, fields);
    ck_assert_int_eq(jwi_form_train(toy, 10, 4, &arena, &one, NULL), JW_OK);
    ck_assert_int_eq(jwi_form_train(toy, 10, 4, &arena, &two, NULL), JW_OK);
    ck_assert_uint_eq(one.len, two.len);
    ck_assert_int_eq(memcmp(one.at, two.at, one.len), 0);
    ck_assert_int_eq(jwi_form_model_open(one, &model, NULL), JW_OK);
    for (uint32_t i = 0; i < 10; i++)
        ck_assert_uint_eq(jwi_form_guess(&model, rows, jwi_form_rows(&toy[i].sight, rows)).clause, toy[i].clause);
    jwi_arena_free(&arena);
}
END_TEST

START_TEST(a_changed_count_is_refused)
{
    struct bench bench = open_bench();
    static const char *const tags[] = {"FORM", "FRMC"};
    for (int t = 0; t < 2; t++) {
        const jw_bytes section = section_of(&bench, tags[t]);
        char *copy = aligned_alloc(64, (section.len + 63) / 64 * 64);
        memcpy(copy, section.at, section.len);
        for (size_t at = 0; at < (t ? 8u : 28u); at += 4) {
            struct form_table table;
            struct form_model model;
            jw_bytes damaged = {copy, section.len};
            copy[at]++;
            const jw_status status = t ? jwi_form_model_open(damaged, &model, NULL) : jwi_form_table_open(damaged, &table, NULL);
            ck_assert_int_eq(status, at ? JW_EMODEL_CORRUPT : JW_EMODEL_VERSION);
            copy[at]--;
            damaged.len = at;
            ck_assert_int_eq(t ? jwi_form_model_open(damaged, &model, NULL) : jwi_form_table_open(damaged, &table, NULL), JW_EMODEL_CORRUPT);
        }
        free(copy);
    }
    close_bench(&bench);
}
END_TEST

/* A damaged table is refused, or reading with it stays inside; the sanitizers watch. */
START_TEST(damage_never_leads_outside)
{
    struct bench bench = open_bench();
    const jw_bytes section = section_of(&bench, "FORM");
    char *copy = aligned_alloc(64, (section.len + 63) / 64 * 64);
    uint64_t state = 11;
    memcpy(copy, section.at, section.len);
    for (int round = 0; round < 400; round++) {
        char *at = copy + sizeof(struct form_header) + next_random(&state) % (section.len - sizeof(struct form_header));
        const char before = *at;
        const jw_bytes damaged = {copy, section.len};
        *at = (char)next_random(&state);
        if (jwi_form_table_open(damaged, &bench.table, NULL) == JW_OK) {
            scan(&bench, bytes_of(form_cases[round % 8].text));
            const jw_range all = {0, bench.room->units.len};
            for (uint32_t i = 0; i < bench.items.len; i++)
                field_of(&bench, i);
            for (uint32_t clause = 0; clause < 256; clause++)
                jwi_form_leaf(&bench.table, bench.room->units, all, &bench.items, clause);
        }
        *at = before;
    }
    free(copy);
    close_bench(&bench);
}
END_TEST

int main(int argc, char **argv)
{
    Suite *suite = suite_create("form");
    (void)argc;
    model_path = argv[1];
    suite_add_loop(suite, fields_are_found, (int)(sizeof form_cases / sizeof *form_cases));
    suite_add(suite, fields_and_gaps_are_the_text);
    suite_add_loop(suite, a_number_alone_takes_the_unit_of_its_key, (int)(sizeof number_cases / sizeof *number_cases));
    suite_add_loop(suite, explicit_nothing_is_told_from_text, (int)(sizeof answer_cases / sizeof *answer_cases));
    suite_add_loop(suite, a_clause_and_its_cues_name_the_event, (int)(sizeof leaf_cases / sizeof *leaf_cases));
    suite_add(suite, every_clause_has_an_event_row);
    suite_add_loop(suite, a_subject_alone_tells_its_clause, (int)(sizeof guess_cases / sizeof *guess_cases));
    suite_add(suite, training_learns_its_lesson_and_repeats_itself);
    suite_add(suite, a_changed_count_is_refused);
    suite_add(suite, damage_never_leads_outside);
    return suite_run(suite);
}
