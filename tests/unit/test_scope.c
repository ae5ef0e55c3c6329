/* SPDX-License-Identifier: Apache-2.0 */
/* Stage scope: which operators reach a word, where clauses begin, who their subject is; and what a damaged section SCOP is refused for. */
#include "common/desk.h"
#include "model/model.h"
#include "model/senses.h"

#include <stddef.h>
#include <stdlib.h>

static const char *model_path;

/* Operators that reach the word: n negations, D C R E F U W M B as in doc/scope.h, o opinion, r rumour, f forecast, h hypothetical, q question,
 * c conceded, u future, + and - degrees. */
static const struct {
    const char *text, *word, *wanted;
} reaches[] = {
    {"公司並未虧損。", "虧損", "n"},
    {"公司今年沒有一季不虧損。", "虧損", "nn"},
    {"公司並非沒有虧損。", "虧損", "nn"},
    {"公司不得不裁員因應。", "裁員", ""},
    {"公司不但沒有裁員，還全面加薪。", "裁員", "n"},
    {"公司不但沒有裁員，還全面加薪。", "加薪", "+"},
    {"不賺錢的部門拖累公司。", "拖累", ""},
    {"公司沒有裁員的計畫。", "計畫", "n"},
    {"公司未能取得訂單。", "訂單", "F"},
    {"公司恐難避免虧損。", "虧損", "EF"},
    {"公司難逃下市命運。", "下市", ""},
    {"公司免於下市。", "下市", "E"},
    {"公司否認遭客戶砍單。", "砍單", "D"},
    {"公司並未否認遭客戶砍單。", "砍單", "nn"},
    {"裁員傳聞，公司否認。", "裁員", "D"},
    {"公司取消配發股利。", "股利", "C"},
    {"公司虧損縮小。", "虧損", "R"},
    {"公司縮小虧損幅度。", "虧損幅度", "R"},
    {"公司虧損擴大。", "虧損", "W"},
    {"財報不如預期。", "財報", "M"},
    {"財報優於預期。", "財報", "B"},
    {"公司不排除下修財測。", "財測", "Uh"},
    {"公司獲利可望成長。", "成長", "fu"},
    {"法人指出，訂單下滑。", "訂單", "o"},
    {"市場傳出公司將裁員。", "裁員", "ru"},
    {"若停工延長，公司恐下修財測。", "財測", "h"},
    {"營收能否成長？", "成長", "q"},
    {"股價為何上漲？", "上漲", ""},
    {"營收雖然下滑，但毛利率成長。", "下滑", "c"},
    {"營收雖然下滑，但毛利率成長。", "毛利率", ""},
    {"營收大幅成長。", "成長", "+"},
    {"營收小幅成長。", "成長", "-"},
};

static void describe(const struct scope *scope, char *ret)
{
    static const char operators[] = "DCREFUWMB", facts[] = "-for", moods[] = "hq-cu--";
    for (uint32_t i = 0; i < scope->negations; i++)
        *ret++ = 'n';
    for (size_t i = 0; i < sizeof operators - 1; i++)
        if (scope->operators >> i & 1)
            *ret++ = operators[i];
    if (scope->fact)
        *ret++ = facts[scope->fact];
    for (size_t i = 0; i < 7; i++)
        if (scope->mood >> i & 1 && moods[i] != '-')
            *ret++ = moods[i];
    if (scope->degree != JW_SCALE)
        *ret++ = scope->degree > JW_SCALE ? '+' : '-';
    *ret = '\0';
}

static struct desk open_full(void)
{
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_OPINIONS;
    return open_desk(model_path, &options);
}

START_TEST(operators_reach_the_word)
{
    struct desk desk = open_full();
    const char *const text = reaches[_i].text;
    run_text(&desk, bytes_of(text));
    const uint32_t at = (uint32_t)(strstr(text, reaches[_i].word) - text);
    uint32_t token = 0;
    while (token < desk.doc->token_count && desk.doc->tokens[token].text.end <= at)
        token++;
    ck_assert_uint_lt(token, desk.doc->token_count);
    char got[64];
    describe(&desk.doc->scopes[token], got);
    ck_assert_msg(strcmp(got, reaches[_i].wanted) == 0, "%s, %s: wanted \"%s\", got \"%s\"", text, reaches[_i].word, reaches[_i].wanted, got);
    close_desk(&desk);
}
END_TEST

START_TEST(clauses_cover_the_words_in_order)
{
    struct desk desk = open_full();
    run_text(&desk, bytes_of("台積電營收成長，但毛利率下滑；展望保守。外資看好 目標價調升"));
    const jw_doc *const doc = desk.doc;
    uint32_t at = 0;
    for (uint32_t i = 0; i < doc->clause_count; i++) {
        ck_assert_uint_eq(doc->clauses[i].tokens.start, at);
        ck_assert_uint_gt(doc->clauses[i].tokens.end, at);
        at = doc->clauses[i].tokens.end;
    }
    ck_assert_uint_eq(at, doc->token_count);
    ck_assert_uint_eq(doc->clause_count, 5);
    close_desk(&desk);
}
END_TEST

START_TEST(a_clause_without_a_company_keeps_the_subject)
{
    struct desk desk = open_full();
    run_text(&desk, bytes_of("台積電營收成長，獲利也創新高。鴻海則下滑，毛利率走低。"));
    const jw_doc *const doc = desk.doc;
    ck_assert_uint_eq(doc->clause_count, 4);
    ck_assert_uint_ne(doc->clauses[0].subject, JW_NONE);
    ck_assert_uint_eq(doc->clauses[1].subject, doc->clauses[0].subject);
    ck_assert_uint_ne(doc->clauses[2].subject, doc->clauses[0].subject);
    ck_assert_uint_eq(doc->clauses[3].subject, doc->clauses[2].subject);
    close_desk(&desk);
}
END_TEST

/* The section with one 32-bit word of its bytes changed, in a model file of its own. */
static jw_status open_changed(jw_bytes section, size_t at, uint32_t value, size_t len)
{
    char *const copy = malloc(section.len);
    memcpy(copy, section.at, section.len);
    memcpy(copy + at, &value, sizeof value);
    const struct model_entry entry = {.tag = {'S', 'C', 'O', 'P'}, .offset = 0, .size = len};
    const struct model_file file = {{copy, len}, &entry, 1};
    struct senses senses;
    jw_error error;
    const jw_status status = jwi_senses_open(&file, &senses, &error);
    free(copy);
    return status;
}

START_TEST(a_damaged_section_is_refused)
{
    struct desk desk = open_full();
    jw_bytes section;
    ck_assert(jwi_model_file_section(&desk.model->file, "SCOP", &section, &desk.error) == JW_OK);
    struct senses_header header;
    memcpy(&header, section.at, sizeof header);
    ck_assert_int_eq(open_changed(section, 0, header.version, section.len), JW_OK);
    ck_assert_int_eq(open_changed(section, 0, header.version + 1, section.len), JW_EMODEL_VERSION);
    for (size_t field = 1; field < sizeof header / 4; field++)
        ck_assert_int_eq(open_changed(section, 4 * field, 0x7fffffff, section.len), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_changed(section, 0, header.version, section.len - 4), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_changed(section, 0, header.version, 8), JW_EMODEL_CORRUPT);
    const size_t stage = sizeof header, terms = stage + 2 * SENSES_STAGE + 2 * SENSES_BLOCK * (size_t)header.block_count +
                                                sizeof(struct trie_cell) * (size_t)header.cell_count;
    ck_assert_int_eq(open_changed(section, stage, 0xffffffff, section.len), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_changed(section, terms + offsetof(struct sense_term, rule), 0xffffffff, section.len), JW_EMODEL_CORRUPT);
    ck_assert_int_eq(open_changed(section, terms + sizeof(struct sense_term) * (size_t)header.term_count, 1, section.len), JW_EMODEL_CORRUPT);
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    model_path = argc > 1 ? argv[1] : NULL;
    Suite *suite = suite_create("scope");
    suite_add_loop(suite, operators_reach_the_word, sizeof reaches / sizeof *reaches);
    suite_add(suite, clauses_cover_the_words_in_order);
    suite_add(suite, a_clause_without_a_company_keeps_the_subject);
    suite_add(suite, a_damaged_section_is_refused);
    return suite_run(suite);
}
