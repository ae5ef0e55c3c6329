/* SPDX-License-Identifier: Apache-2.0 */
/* What the public headers promise: layers, coordinates, given layers, errors. */
#include <jinwen/jinwen.h>

#include "common/suite.h"

#include <stdlib.h>
#include <string.h>

static const char *model_path;

struct desk {
    jw_model *model;
    jw_worker *worker;
    jw_doc *doc;
    jw_error error;
};

static struct desk open_desk(const jw_options *options)
{
    struct desk desk;
    memset(&desk, 0, sizeof desk);
    ck_assert_msg(jw_model_open(model_path, NULL, &desk.model, &desk.error) == JW_OK, "%s", desk.error.message);
    ck_assert_msg(jw_worker_new(desk.model, options, &desk.worker, &desk.error) == JW_OK, "%s", desk.error.message);
    ck_assert(jw_doc_new(NULL, &desk.doc) == JW_OK);
    return desk;
}

static void close_desk(struct desk *desk)
{
    jw_doc_free(desk->doc);
    jw_worker_free(desk->worker);
    jw_model_unref(desk->model);
}

static jw_bytes bytes_of(const char *text)
{
    const jw_bytes bytes = {text, strlen(text)};
    return bytes;
}

static void run(struct desk *desk, const char *text)
{
    ck_assert_msg(jw_worker_run(desk->worker, bytes_of(text), desk->doc, &desk->error) == JW_OK, "%s", desk->error.message);
}

static int token_is(const jw_doc *doc, uint32_t i, const char *form)
{
    const jw_range range = jw_doc_tokens(doc).at[i].text;
    return range.end - range.start == strlen(form) && memcmp(jw_doc_text(doc).at + range.start, form, strlen(form)) == 0;
}

START_TEST(run_gives_words_and_tags)
{
    struct desk desk = open_desk(NULL);
    run(&desk, "公司公布營收。");
    ck_assert(token_is(desk.doc, 0, "公司"));
    ck_assert_uint_eq(jw_doc_upos(desk.doc).len, jw_doc_tokens(desk.doc).len);
    ck_assert_uint_eq(jw_doc_xpos(desk.doc).len, jw_doc_tokens(desk.doc).len);
    ck_assert_uint_eq(jw_doc_sentences(desk.doc).len, 1);
    ck_assert_uint_eq(jw_doc_sentences(desk.doc).at[0].tokens.end, jw_doc_tokens(desk.doc).len);
    close_desk(&desk);
}
END_TEST

START_TEST(tokens_and_gaps_are_the_text)
{
    const char *text = "「台積電」(2330) 收１,０８５元；\r\n外資看好\tAI 需求😀。\n\n完";
    struct desk desk = open_desk(NULL);
    run(&desk, text);
    ck_assert_uint_eq(jw_doc_text(desk.doc).len, strlen(text));
    ck_assert_mem_eq(jw_doc_text(desk.doc).at, text, strlen(text));
    uint32_t at = 0;
    const jw_tokens tokens = jw_doc_tokens(desk.doc);
    for (uint32_t i = 0; i < tokens.len; i++) {
        ck_assert_uint_ge(tokens.at[i].text.start, at);
        ck_assert_uint_gt(tokens.at[i].text.end, tokens.at[i].text.start);
        for (uint32_t k = at; k < tokens.at[i].text.start; k++)
            ck_assert(strchr(" \r\n\t", text[k]) != NULL);
        at = tokens.at[i].text.end;
    }
    ck_assert_uint_eq(at, strlen(text));
    close_desk(&desk);
}
END_TEST

START_TEST(map_names_one_character_in_every_unit)
{
    struct desk desk = open_desk(NULL);
    run(&desk, "漲𠮷元");
    const jw_range range = {3, 7};
    const jw_range cp = jw_doc_map(desk.doc, 0, range, JW_UNIT_TEXT, JW_UNIT_CODEPOINT);
    const jw_range utf16 = jw_doc_map(desk.doc, 0, range, JW_UNIT_TEXT, JW_UNIT_UTF16);
    const jw_range byte = jw_doc_map(desk.doc, 0, range, JW_UNIT_TEXT, JW_UNIT_BYTE);
    ck_assert(cp.start == 1 && cp.end == 2);
    ck_assert(utf16.start == 1 && utf16.end == 3);
    ck_assert(byte.start == 3 && byte.end == 7);
    const jw_range back = jw_doc_map(desk.doc, 0, utf16, JW_UNIT_UTF16, JW_UNIT_TEXT);
    ck_assert(back.start == 3 && back.end == 7);
    const jw_range inside = {4, 5};
    const jw_range widened = jw_doc_map(desk.doc, 0, inside, JW_UNIT_TEXT, JW_UNIT_CODEPOINT);
    ck_assert(widened.start == 1 && widened.end == 2);
    close_desk(&desk);
}
END_TEST

START_TEST(markup_is_not_text_and_the_source_keeps_its_places)
{
    static const char page[] = "<p>\xe6\xbc\xb2<b>3</b>\xe6\x88\x90<!-- x --><script>y</script></p>";
    const jw_part part = {{page, sizeof page - 1}, JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    struct desk desk = open_desk(NULL);
    input.parts = &part;
    input.part_count = 1;
    input.flags = JW_MARKUP;
    ck_assert_msg(jw_worker_load(desk.worker, &input, desk.doc, &desk.error) == JW_OK, "%s", desk.error.message);
    const jw_bytes text = jw_doc_text(desk.doc);
    ck_assert_uint_eq(text.len, 9); /* 漲3成 and the paragraph's end */
    ck_assert_mem_eq(text.at, "\xe6\xbc\xb2" "3\xe6\x88\x90\n\n", 9);
    const jw_range digit = {3, 4};
    const jw_range source = jw_doc_map(desk.doc, 0, digit, JW_UNIT_TEXT, JW_UNIT_SOURCE);
    ck_assert(source.start == 9 && source.end == 10);
    const jw_range back = jw_doc_map(desk.doc, 0, source, JW_UNIT_SOURCE, JW_UNIT_TEXT);
    ck_assert(back.start == 3 && back.end == 4);
    input.flags = 0x80;
    ck_assert(jw_worker_load(desk.worker, &input, desk.doc, &desk.error) == JW_EARGUMENT);
    close_desk(&desk);
}
END_TEST

START_TEST(map_counts_from_the_part_and_knows_the_source)
{
    const jw_part parts[2] = {{{"\xa4\xa4\xa4\xe5", 4}, JW_PART_TITLE, JW_MARK_NONE}, {{"a\xa4\xe5", 3}, JW_PART_BODY, JW_MARK_NONE}};
    jw_input input = JW_INPUT_INIT;
    struct desk desk = open_desk(NULL);
    input.parts = parts;
    input.part_count = 2;
    input.encoding = "CP950";
    ck_assert_msg(jw_worker_load(desk.worker, &input, desk.doc, &desk.error) == JW_OK, "%s", desk.error.message);
    ck_assert_uint_eq(jw_doc_text(desk.doc).len, 10);
    const jw_range last = {7, 10};
    const jw_range source = jw_doc_map(desk.doc, 0, last, JW_UNIT_TEXT, JW_UNIT_SOURCE);
    const jw_range cp = jw_doc_map(desk.doc, 0, last, JW_UNIT_TEXT, JW_UNIT_CODEPOINT);
    ck_assert(source.start == 1 && source.end == 3);
    ck_assert(cp.start == 1 && cp.end == 2);
    const jw_range text = jw_doc_map(desk.doc, 1, source, JW_UNIT_SOURCE, JW_UNIT_TEXT);
    ck_assert(text.start == 7 && text.end == 10);
    close_desk(&desk);
}
END_TEST

START_TEST(map_tokens_agrees_with_map)
{
    struct desk desk = open_desk(NULL);
    run(&desk, "大立光(3008)今日漲停😀，收2,500元。");
    const jw_tokens tokens = jw_doc_tokens(desk.doc);
    for (int unit = JW_UNIT_CODEPOINT; unit <= JW_UNIT_BYTE; unit++) {
        jw_range ranges[64];
        jw_doc_map_tokens(desk.doc, (jw_unit)unit, ranges, 64);
        for (uint32_t i = 0; i < tokens.len; i++) {
            const jw_range one = jw_doc_map(desk.doc, 0, tokens.at[i].text, JW_UNIT_TEXT, (jw_unit)unit);
            ck_assert(one.start == ranges[i].start && one.end == ranges[i].end);
        }
    }
    close_desk(&desk);
}
END_TEST

START_TEST(given_tokens_are_kept)
{
    const jw_part body = {{"統一超商", 12}, JW_PART_BODY, JW_MARK_NONE};
    const jw_range words[2] = {{0, 3}, {3, 12}};
    jw_input input = JW_INPUT_INIT;
    struct desk desk = open_desk(NULL);
    input.parts = &body;
    input.part_count = 1;
    ck_assert(jw_worker_load(desk.worker, &input, desk.doc, &desk.error) == JW_OK);
    ck_assert(jw_doc_set_tokens(desk.doc, words, 2, &desk.error) == JW_OK);
    ck_assert_msg(jw_worker_resume(desk.worker, desk.doc, &desk.error) == JW_OK, "%s", desk.error.message);
    ck_assert_uint_eq(jw_doc_tokens(desk.doc).len, 2);
    ck_assert(token_is(desk.doc, 0, "統"));
    ck_assert_uint_eq(jw_doc_upos(desk.doc).len, 2);
    close_desk(&desk);
}
END_TEST

static const struct bad_tokens {
    jw_range range[2];
    uint64_t at;
} bad_tokens[] = {
    {{{0, 0}, {0, 3}}, 0}, /* empty */
    {{{0, 4}, {6, 9}}, 0}, /* inside a character */
    {{{0, 6}, {3, 9}}, 1}, /* overlapping */
    {{{0, 6}, {6, 99}}, 1}, /* past the end */
};

/* What reads sentences after they were cut must see the cuts. */
START_TEST(long_sentences_are_cut_for_every_layer)
{
    enum { CLAUSES = 200 };
    static const char clause[] = "營收12億元，";
    static char text[CLAUSES * (sizeof clause - 1) + 1];
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_VALUES | JW_LAYER_ENTITIES | JW_LAYER_ARCS;
    options.max_sentence = 16;
    struct desk desk = open_desk(&options);
    for (size_t i = 0; i < CLAUSES; i++)
        memcpy(text + i * (sizeof clause - 1), clause, sizeof clause);
    for (int round = 0; round < 2; round++) {
        run(&desk, text);
        const jw_sentences sentences = jw_doc_sentences(desk.doc);
        ck_assert_uint_gt(sentences.len, CLAUSES / 8);
        for (uint32_t i = 0; i < sentences.len; i++)
            ck_assert_uint_le(sentences.at[i].tokens.end - sentences.at[i].tokens.start, 16);
        const jw_values values = jw_doc_values(desk.doc);
        ck_assert_uint_eq(values.len, CLAUSES);
        for (uint32_t i = 0; i < values.len; i++)
            ck_assert_uint_eq(values.at[i].text.start, i * (sizeof clause - 1) + strlen("營收"));
    }
    close_desk(&desk);
}
END_TEST

START_TEST(marks_alone_hang_from_the_first)
{
    jw_options options = JW_OPTIONS_INIT;
    options.want = JW_LAYER_ARCS;
    struct desk desk = open_desk(&options);
    run(&desk, "（）（）、（）");
    const jw_arcs arcs = jw_doc_arcs(desk.doc);
    ck_assert_uint_ge(arcs.len, 2);
    ck_assert_uint_eq(arcs.at[0].head, JW_NONE);
    for (uint32_t i = 1; i < arcs.len; i++) {
        ck_assert_uint_eq(arcs.at[i].head, 0);
        ck_assert_str_eq(jw_model_label(desk.model, JW_LABELS_DEP, arcs.at[i].rel), "punct");
    }
    close_desk(&desk);
}
END_TEST

START_TEST(bad_given_tokens_are_refused_and_change_nothing)
{
    struct desk desk = open_desk(NULL);
    run(&desk, "統一超商");
    const uint32_t layers = jw_doc_layers(desk.doc);
    ck_assert(jw_doc_set_tokens(desk.doc, bad_tokens[_i].range, 2, &desk.error) == JW_EARGUMENT);
    ck_assert_uint_eq(desk.error.at, bad_tokens[_i].at);
    ck_assert_uint_eq(jw_doc_layers(desk.doc), layers);
    close_desk(&desk);
}
END_TEST

START_TEST(arcs_must_be_trees)
{
    struct desk desk = open_desk(NULL);
    run(&desk, "公司公布營收。");
    const uint32_t n = jw_doc_tokens(desk.doc).len;
    jw_arc arcs[16];
    memset(arcs, 0, sizeof arcs);
    ck_assert_uint_le(n, 16);
    for (uint32_t i = 0; i < n; i++)
        arcs[i].head = i ? 0 : JW_NONE;
    ck_assert(jw_doc_set_arcs(desk.doc, arcs, n, &desk.error) == JW_OK);
    arcs[0].head = 1;
    ck_assert(jw_doc_set_arcs(desk.doc, arcs, n, &desk.error) == JW_EARGUMENT);
    arcs[0].head = JW_NONE;
    arcs[1].head = 2;
    arcs[2].head = 1;
    ck_assert(jw_doc_set_arcs(desk.doc, arcs, n, &desk.error) == JW_EARGUMENT);
    close_desk(&desk);
}
END_TEST

START_TEST(invalid_bytes_are_counted_or_refused)
{
    jw_options options = JW_OPTIONS_INIT;
    struct desk desk = open_desk(&options);
    run(&desk, "營\xff收");
    ck_assert_uint_eq(jw_doc_repaired(desk.doc), 1);
    close_desk(&desk);
    options.flags = JW_STRICT;
    desk = open_desk(&options);
    ck_assert(jw_worker_run(desk.worker, bytes_of("營\xff收"), desk.doc, &desk.error) == JW_EENCODING);
    ck_assert_uint_eq(desk.error.at, 3);
    ck_assert_uint_eq(jw_doc_layers(desk.doc), 0);
    close_desk(&desk);
}
END_TEST

START_TEST(text_beyond_the_limit_is_refused)
{
    jw_options options = JW_OPTIONS_INIT;
    options.max_bytes = 5;
    struct desk desk = open_desk(&options);
    ck_assert(jw_worker_run(desk.worker, bytes_of("營收"), desk.doc, &desk.error) == JW_ELIMIT);
    close_desk(&desk);
}
END_TEST

START_TEST(budget_drops_later_layers_and_says_so)
{
    jw_options options = JW_OPTIONS_INIT;
    options.budget.work = 1;
    struct desk desk = open_desk(&options);
    run(&desk, "公司公布營收。");
    ck_assert(jw_doc_layers(desk.doc) & JW_LAYER_TOKENS);
    ck_assert(!(jw_doc_layers(desk.doc) & JW_LAYER_POS));
    ck_assert(jw_doc_degraded(desk.doc) & JW_LAYER_POS);
    close_desk(&desk);
}
END_TEST

START_TEST(resume_needs_a_text)
{
    struct desk desk = open_desk(NULL);
    ck_assert(jw_worker_resume(desk.worker, desk.doc, &desk.error) == JW_ESTATE);
    close_desk(&desk);
}
END_TEST

START_TEST(load_then_resume_is_run)
{
    const char *text = "外資調升目標價至1,200元。法人指出需求強勁。";
    const jw_part body = {bytes_of(text), JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    struct desk desk = open_desk(NULL);
    jw_doc *other;
    ck_assert(jw_doc_new(NULL, &other) == JW_OK);
    run(&desk, text);
    input.parts = &body;
    input.part_count = 1;
    ck_assert(jw_worker_load(desk.worker, &input, other, &desk.error) == JW_OK);
    ck_assert_uint_eq(jw_doc_layers(other), JW_LAYER_TEXT);
    ck_assert(jw_worker_resume(desk.worker, other, &desk.error) == JW_OK);
    ck_assert_uint_eq(jw_doc_tokens(other).len, jw_doc_tokens(desk.doc).len);
    ck_assert_mem_eq(jw_doc_tokens(other).at, jw_doc_tokens(desk.doc).at, jw_doc_tokens(other).len * sizeof(jw_token));
    ck_assert_mem_eq(jw_doc_upos(other).at, jw_doc_upos(desk.doc).at, jw_doc_upos(other).len * sizeof(uint16_t));
    jw_doc_free(other);
    close_desk(&desk);
}
END_TEST

START_TEST(run_many_isolates_failures)
{
    jw_options options = JW_OPTIONS_INIT;
    options.flags = JW_STRICT;
    struct desk desk = open_desk(&options);
    const jw_part parts[3] = {{bytes_of("營收"), JW_PART_BODY, JW_MARK_NONE}, {bytes_of("\xff"), JW_PART_BODY, JW_MARK_NONE}, {bytes_of("獲利"), JW_PART_BODY, JW_MARK_NONE}};
    jw_input inputs[3];
    jw_doc *docs[3];
    jw_status each[3];
    for (int i = 0; i < 3; i++) {
        const jw_input init = JW_INPUT_INIT;
        inputs[i] = init;
        inputs[i].parts = &parts[i];
        inputs[i].part_count = 1;
        ck_assert(jw_doc_new(NULL, &docs[i]) == JW_OK);
    }
    ck_assert(jw_worker_run_many(desk.worker, inputs, 3, docs, each, &desk.error) == JW_EENCODING);
    ck_assert_uint_eq(desk.error.at, 1);
    ck_assert(each[0] == JW_OK && each[1] == JW_EENCODING && each[2] == JW_OK);
    ck_assert_uint_gt(jw_doc_tokens(docs[2]).len, 0);
    ck_assert_uint_eq(jw_doc_layers(docs[1]), 0);
    for (int i = 0; i < 3; i++)
        jw_doc_free(docs[i]);
    close_desk(&desk);
}
END_TEST

static const char *const conllu =
    "# sent_id = 1\n"
    "1\t營收\t_\tNOUN\tNN\t_\t2\tnsubj\t_\tSpaceAfter=No\n"
    "2\t成長\t_\tVERB\tVV\t_\t0\troot\t_\tSpaceAfter=No|NER=S-ORG\n"
    "\n";

START_TEST(conllu_gives_every_layer_it_holds)
{
    struct desk desk = open_desk(NULL);
    ck_assert_msg(jw_worker_load_conllu(desk.worker, bytes_of(conllu), desk.doc, &desk.error) == JW_OK, "%s", desk.error.message);
    ck_assert_str_eq(jw_model_label(desk.model, JW_LABELS_UPOS, jw_doc_upos(desk.doc).at[1]), "VERB");
    ck_assert_uint_eq(jw_doc_arcs(desk.doc).at[0].head, 1);
    ck_assert_uint_eq(jw_doc_arcs(desk.doc).at[1].head, JW_NONE);
    ck_assert_uint_eq(jw_doc_mentions(desk.doc).len, 1);
    ck_assert_uint_eq(jw_doc_mentions(desk.doc).at[0].tokens.start, 1);
    ck_assert_mem_eq(jw_doc_text(desk.doc).at, "營收成長", 12);
    close_desk(&desk);
}
END_TEST

static const struct bad_conllu {
    const char *text;
    uint64_t at;
} bad_conllu[] = {
    {"1\t營收\t_\tNOUN\tNN\t_\t0\troot\t_\n\n", 0},                                                        /* nine columns */
    {"1\t營收\t_\tNOUN\tNN\t_\t0\troot\t_\t_\n3\t成長\t_\tVERB\tVV\t_\t1\tobj\t_\t_\n\n", 32},             /* ID jumps */
    {"1\t營收\t_\tWHAT\tNN\t_\t0\troot\t_\t_\n\n", 0},                                                     /* unknown tag */
    {"1\t營收\t_\tNOUN\tNN\t_\t1\troot\t_\t_\n\n", 0},                                                     /* its own head */
    {"1\t\xff\t_\tNOUN\tNN\t_\t0\troot\t_\t_\n\n", 0},                                                     /* not UTF-8 */
    {"1\t營\t_\t_\t_\t_\t_\t_\t_\t_\n2\t收\t_\t_\t_\t_\t_\t_\t_\tPart=1\n\n", 22},                         /* a part inside a sentence */
};

START_TEST(bad_conllu_names_its_line)
{
    struct desk desk = open_desk(NULL);
    ck_assert(jw_worker_load_conllu(desk.worker, bytes_of(bad_conllu[_i].text), desk.doc, &desk.error) == JW_EFORMAT);
    ck_assert_uint_eq(desk.error.at, bad_conllu[_i].at);
    ck_assert_uint_eq(jw_doc_layers(desk.doc), 0);
    close_desk(&desk);
}
END_TEST

START_TEST(unknown_options_are_refused)
{
    jw_options options = JW_OPTIONS_INIT;
    jw_model *model;
    jw_worker *worker;
    jw_error error;
    ck_assert(jw_model_open(model_path, NULL, &model, &error) == JW_OK);
    options.flags = 0x8000;
    ck_assert(jw_worker_new(model, &options, &worker, &error) == JW_EOPTION);
    options.flags = 0;
    options.size = 1;
    ck_assert(jw_worker_new(model, &options, &worker, &error) == JW_EOPTION);
    jw_model_unref(model);
}
END_TEST

START_TEST(document_keeps_its_model_alive)
{
    struct desk desk = open_desk(NULL);
    run(&desk, "營收成長");
    jw_worker_free(desk.worker);
    jw_model_unref(desk.model);
    ck_assert_ptr_nonnull(jw_model_label(jw_doc_model(desk.doc), JW_LABELS_UPOS, jw_doc_upos(desk.doc).at[0]));
    jw_doc_free(desk.doc);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    model_path = argv[1];
    Suite *suite = suite_create("api");
    suite_add(suite, run_gives_words_and_tags);
    suite_add(suite, tokens_and_gaps_are_the_text);
    suite_add(suite, map_names_one_character_in_every_unit);
    suite_add(suite, markup_is_not_text_and_the_source_keeps_its_places);
    suite_add(suite, map_counts_from_the_part_and_knows_the_source);
    suite_add(suite, map_tokens_agrees_with_map);
    suite_add(suite, given_tokens_are_kept);
    suite_add(suite, long_sentences_are_cut_for_every_layer);
    suite_add(suite, marks_alone_hang_from_the_first);
    suite_add_loop(suite, bad_given_tokens_are_refused_and_change_nothing, 4);
    suite_add(suite, arcs_must_be_trees);
    suite_add(suite, invalid_bytes_are_counted_or_refused);
    suite_add(suite, text_beyond_the_limit_is_refused);
    suite_add(suite, budget_drops_later_layers_and_says_so);
    suite_add(suite, resume_needs_a_text);
    suite_add(suite, load_then_resume_is_run);
    suite_add(suite, run_many_isolates_failures);
    suite_add(suite, conllu_gives_every_layer_it_holds);
    suite_add_loop(suite, bad_conllu_names_its_line, (int)(sizeof bad_conllu / sizeof *bad_conllu));
    suite_add(suite, unknown_options_are_refused);
    suite_add(suite, document_keeps_its_model_alive);
    return suite_run(suite);
}
