/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scores of documents whose words, names, clauses, events and opinions are given, so that what is tested is the arithmetic and the anchors.
 * Words are single characters; a clause is a sentence, and its subject the name it starts with.
 */
#include <jinwen/write.h>

#include "common/desk.h"
#include "doc/finish.h"
#include "model/model.h"
#include "stage/pipeline.h"
#include "stage/score/score_table.h"

#include <stdio.h>

enum { TEXT_MAX = 1 << 16, TOKENS_MAX = 1 << 14, NAMES_MAX = 12 };

static const char *model_path;

/* Where an item stands in the text: the n-th place of its words, from 0. */
struct said {
    const char *words;
    int nth;
    uint32_t entity;
    int32_t market, credit, conf;
    uint8_t mood, fact;
    const char *aspect;
};

struct paper {
    struct desk desk;
    const char *names[NAMES_MAX]; /* [i]: the name of entity i */
    const char *types[NAMES_MAX];
    uint32_t name_count;
};

static uint32_t cut_words(const jw_bytes text, jw_range *ret)
{
    uint32_t n = 0;
    for (uint32_t at = 0; at < text.len;) {
        uint32_t end = at + 1;
        while (end < text.len && (text.at[end] & 0xc0) == 0x80)
            end++;
        if (text.at[at] != ' ' && text.at[at] != '\n')
            ret[n++] = (jw_range){at, end};
        at = end;
    }
    return n;
}

static void load(struct paper *paper, const char *title, const char *body, const char *reply)
{
    static jw_range tokens[TOKENS_MAX];
    struct desk *const desk = &paper->desk;
    jw_part parts[3];
    jw_input input = JW_INPUT_INIT;
    uint32_t n = 0;
    if (title)
        parts[n++] = (jw_part){bytes_of(title), JW_PART_TITLE, JW_MARK_NONE};
    parts[n++] = (jw_part){bytes_of(body), JW_PART_BODY, JW_MARK_NONE};
    if (reply)
        parts[n++] = (jw_part){bytes_of(reply), JW_PART_REPLY, JW_MARK_NONE};
    input.parts = parts;
    input.part_count = n;
    ck_assert_int_eq(jw_worker_load(desk->worker, &input, desk->doc, &desk->error), JW_OK);
    const uint32_t count = cut_words(desk->doc->text, tokens);
    ck_assert_int_eq(jw_doc_set_tokens(desk->doc, tokens, count, &desk->error), JW_OK);
    ck_assert_int_eq(jw_worker_resume(desk->worker, desk->doc, &desk->error), JW_OK);
}

static jw_range tokens_of(const jw_doc *doc, jw_range text)
{
    jw_range tokens = {0, 0};
    while (tokens.start < doc->token_count && doc->tokens[tokens.start].text.end <= text.start)
        tokens.start++;
    tokens.end = tokens.start;
    while (tokens.end < doc->token_count && doc->tokens[tokens.end].text.start < text.end)
        tokens.end++;
    return tokens;
}

static uint32_t sentence_of(const jw_doc *doc, uint32_t token)
{
    uint32_t sentence = 0;
    while (sentence + 1 < doc->sentence_count && doc->sentences[sentence].tokens.end <= token)
        sentence++;
    return sentence;
}

static void add_mention(struct paper *paper, uint32_t entity, jw_range text)
{
    jw_doc *const doc = paper->desk.doc;
    const jw_range tokens = tokens_of(doc, text);
    jw_entity *const to = &doc->entities[entity];
    const uint32_t part = doc->sentences[sentence_of(doc, tokens.start)].part;
    doc->links[doc->mention_count].entity = entity;
    doc->mentions[doc->mention_count].tokens = tokens;
    if (!to->mention_count++)
        to->first_mention = doc->mention_count;
    to->title_count += doc->parts[part].kind == JW_PART_TITLE;
    doc->mention_count++;
}

static void find_names(struct paper *paper)
{
    jw_doc *const doc = paper->desk.doc;
    doc->entities = PUSH_ZERO(&doc->arena, jw_entity, NAMES_MAX);
    doc->mentions = PUSH_ZERO(&doc->arena, jw_mention, doc->token_count);
    doc->links = PUSH_ZERO(&doc->arena, jw_link, doc->token_count);
    doc->entity_count = paper->name_count;
    doc->mention_count = 0;
    for (uint32_t i = 0; i < paper->name_count; i++) {
        const char *const type = paper->types[i] ? paper->types[i] : "COM";
        doc->entities[i].type = jw_model_label_id(doc->model, JW_LABELS_MENTION, bytes_of(type));
        doc->entities[i].eid = doc->entities[i].name = bytes_of(paper->names[i]);
    }
    for (uint32_t at = 0; at < doc->text.len; at++)
        for (uint32_t i = 0; i < paper->name_count; i++) {
            const uint32_t len = (uint32_t)strlen(paper->names[i]);
            if (at + len <= doc->text.len && memcmp(doc->text.at + at, paper->names[i], len) == 0)
                add_mention(paper, i, (jw_range){at, at + len});
        }
}

/* Sentences that start with 相關 are strips. */
static void make_scopes(jw_doc *doc)
{
    doc->upos = PUSH_ZERO(&doc->arena, uint16_t, doc->token_count);
    doc->scopes = PUSH_ZERO(&doc->arena, struct scope, doc->token_count);
    doc->clauses = PUSH_ZERO(&doc->arena, struct clause, doc->sentence_count);
    doc->clause_count = doc->sentence_count;
    const uint16_t noun = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_UPOS, bytes_of("NOUN"));
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const jw_range tokens = doc->sentences[i].tokens;
        const int is_strip = strncmp(doc->text.at + doc->sentences[i].text.start, "相關", 6) == 0;
        doc->clauses[i] = (struct clause){.tokens = tokens, .sentence = i, .subject = JW_NONE, .topic = JW_NONE};
        for (uint32_t t = tokens.start; t < tokens.end; t++) {
            doc->upos[t] = noun;
            doc->scopes[t].mood = is_strip ? JW_MOOD_LISTED : 0;
        }
        for (uint32_t m = 0; m < doc->mention_count; m++)
            if (doc->mentions[m].tokens.start == tokens.start)
                doc->clauses[i].subject = m;
    }
}

static jw_range place_of(const jw_doc *doc, const char *words, int nth)
{
    const size_t len = strlen(words);
    for (uint32_t at = 0; at + len <= doc->text.len; at++)
        if (memcmp(doc->text.at + at, words, len) == 0 && nth-- == 0)
            return (jw_range){at, at + (uint32_t)len};
    ck_abort_msg("no %s in the text", words);
}

static jw_claim claim_of(const jw_doc *doc, const struct said *said)
{
    jw_claim claim = {.entity = said->entity, .market = said->market, .credit = said->credit, .conf = said->conf, .mood = said->mood};
    claim.text = place_of(doc, said->words, said->nth);
    claim.tokens = tokens_of(doc, claim.text);
    claim.sentence = sentence_of(doc, claim.tokens.start);
    claim.fact = said->fact;
    claim.aspect = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_ASPECT, bytes_of(said->aspect ? said->aspect : "revenue"));
    claim.rule = bytes_of("rule");
    return claim;
}

static jw_event *add_event(struct paper *paper, const struct said *said)
{
    jw_doc *const doc = paper->desk.doc;
    jw_event *const event = &doc->events[doc->event_count];
    memset(event, 0, sizeof *event);
    event->claim = claim_of(doc, said);
    event->same = doc->event_count++;
    event->second = JW_NONE;
    event->flags = doc->parts[doc->sentences[event->claim.sentence].part].kind == JW_PART_TITLE ? JW_EVENT_TITLE : 0;
    event->first_arg = doc->event_arg_count;
    event->arg_count = 1;
    doc->event_args[doc->event_arg_count++] = (jw_arg){.entity = said->entity, .mention = JW_NONE, .value = JW_NONE};
    return event;
}

static jw_opinion *add_opinion(struct paper *paper, const struct said *said, int32_t tone)
{
    jw_doc *const doc = paper->desk.doc;
    jw_opinion *const opinion = &doc->opinions[doc->opinion_count++];
    memset(opinion, 0, sizeof *opinion);
    opinion->claim = claim_of(doc, said);
    opinion->tone = tone;
    return opinion;
}

static struct paper open_paper(const char *const *names, uint32_t count)
{
    struct paper paper;
    memset(&paper, 0, sizeof paper);
    paper.desk = open_desk(model_path, NULL);
    for (uint32_t i = 0; i < count; i++)
        paper.names[i] = names[i];
    paper.name_count = count;
    return paper;
}

static void write_paper(struct paper *paper, const char *title, const char *body, const char *reply)
{
    jw_doc *const doc = paper->desk.doc;
    load(paper, title, body, reply);
    find_names(paper);
    make_scopes(doc);
    doc->events = PUSH_ZERO(&doc->arena, jw_event, 64);
    doc->event_args = PUSH_ZERO(&doc->arena, jw_arg, 128);
    doc->opinions = PUSH_ZERO(&doc->arena, jw_opinion, 64);
    doc->event_count = doc->event_arg_count = doc->opinion_count = 0;
}

static void run_score(struct paper *paper)
{
    extern const struct stage jwi_stage_score;
    struct desk *const desk = &paper->desk;
    jwi_arena_reset(desk->worker->room.scratch);
    ck_assert_int_eq(jwi_stage_score.run(desk->model->views[STAGE_score], &desk->worker->room, desk->doc, &desk->error), JW_OK);
    desk->doc->layers |= JW_LAYER_SCORES | JW_LAYER_ENTITIES | JW_LAYER_EVENTS | JW_LAYER_OPINIONS;
}

static const char *const one_name[] = {"晨曜科技"};
static const char *const two_names[] = {"晨曜科技", "岳霖精密"};

/* The record that the output contract derives by hand. */
START_TEST(example_of_the_contract_adds_up)
{
    struct paper paper = open_paper(one_name, 1);
    write_paper(&paper, "晨曜科技9月營收年增12.3% 下修第四季展望",
                "晨曜科技昨日公布9月合併營收488.6億元。法人指出，晨曜科技並未否認客戶砍單。", NULL);
    const struct said said[] = {{"營收", 0, 0, 6000, 10000, 9300, 0, JW_FACT, "revenue"},
                                {"下修", 0, 0, -6000, -10000, 8800, 0, JW_FORECAST, "outlook"},
                                {"砍單", 0, 0, -2400, -8000, 5700, 0, JW_OPINION, "orders"}};
    for (int i = 0; i < 3; i++)
        add_event(&paper, &said[i]);
    run_score(&paper);
    const jw_doc *const doc = paper.desk.doc;
    const jw_score *const score = &jw_doc_scores(doc).at[0];
    const jw_evidences evidence = jw_doc_evidence(doc);
    ck_assert_uint_eq(evidence.len, 3);
    const int32_t wanted[3][2] = {{1888, 5000}, {-2679, -10000}, {-370, -2000}};
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(evidence.at[i].market, wanted[i][0]);
        ck_assert_int_eq(evidence.at[i].credit, wanted[i][1]);
    }
    ck_assert_int_eq(score->market, -1161);
    ck_assert_int_eq(score->credit_raw, -7000);
    ck_assert_int_eq(score->credit, -1);
    ck_assert_uint_eq(score->relevance, 100);
    ck_assert_uint_eq(score->event_count, 3);
    ck_assert_uint_eq(score->top_event, 1);
    const jw_aspects aspects = jw_doc_aspects(doc);
    ck_assert_uint_eq(aspects.len, 3);
    const int32_t wanted_aspects[3][3] = {{1888, 1, 9300}, {-2679, -1, 8800}, {-370, -1, 5700}};
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(aspects.at[i].market, wanted_aspects[i][0]);
        ck_assert_int_eq(aspects.at[i].credit, wanted_aspects[i][1]);
        ck_assert_int_eq(aspects.at[i].conf, wanted_aspects[i][2]);
    }
    ck_assert(jw_doc_whole_score(doc).has_forecast);
    close_desk(&paper.desk);
}
END_TEST

struct page {
    char text[16384];
    size_t len;
};

static int put_page(void *ctx, const char *at, size_t len)
{
    struct page *const page = ctx;
    ck_assert(page->len + len < sizeof page->text);
    memcpy(page->text + page->len, at, len);
    page->len += len;
    page->text[page->len] = '\0';
    return 0;
}

static void check_page(const jw_doc *doc, jw_format format, uint32_t table, const char *fields, const char *wanted)
{
    struct page page = {"", 0};
    jw_write_options options = JW_WRITE_INIT;
    jw_error error;
    options.fields = bytes_of(fields);
    options.table = table;
    ck_assert_int_eq(jw_write(doc, format, &options, (jw_sink){put_page, &page}, &error), JW_OK);
    ck_assert_msg(strcmp(page.text, wanted) == 0, "found  %s\nwanted %s", page.text, wanted);
}

static struct paper suit_paper(void)
{
    struct paper paper = open_paper(two_names, 2);
    write_paper(&paper, "晨曜科技搶下岳霖精密訂單", "晨曜科技看好明年。", NULL);
    jw_event *const event = add_event(&paper, &(struct said){"搶下", 0, 0, 6000, 10000, 10000, 0, 0, "orders"});
    jw_doc *const doc = paper.desk.doc;
    event->claim.why = place_of(doc, "搶下岳霖精密訂單", 0);
    event->claim.path = bytes_of("搶下-obj->訂單");
    event->claim.progress = JW_ANNOUNCED;
    event->type = jw_model_label_id(doc->model, JW_LABELS_EVENT, bytes_of("OPS.ORDER_WIN"));
    event->key = UINT64_C(0x1234567890abcdef);
    event->second = 1;
    event->second_share = -5000;
    event->relevance = 100;
    event->arg_count = 2;
    doc->event_args[0].role = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_ROLE, bytes_of("supplier"));
    doc->event_args[0].text = place_of(doc, "晨曜科技", 0);
    doc->event_args[1] = (jw_arg){place_of(doc, "訂單", 0), JW_NONE, JW_NONE, JW_NONE, doc->event_args[0].role, 0};
    doc->event_args[1].role = (uint16_t)jw_model_label_id(doc->model, JW_LABELS_ROLE, bytes_of("product"));
    doc->event_arg_count = 2;
    ck_assert_int_eq(jwi_doc_finish_events(doc, NULL), JW_OK);
    add_opinion(&paper, &(struct said){"看好", 0, 0, 3000, 0, 5000, 0, JW_OPINION, "outlook"}, JW_SCALE);
    run_score(&paper);
    doc->layers |= JW_LAYER_EVIDENCE | JW_LAYER_RELATIONS;
    return paper;
}

START_TEST(records_show_the_finance_layers)
{
    struct paper paper = suit_paper();
    check_page(paper.desk.doc, JW_JSONL, 0, "events",
               "{\"events\":[{\"n\":1,\"key\":\"1234567890abcdef\",\"type\":\"OPS.ORDER_WIN\",\"dir\":\"none\",\"trigger\":[0,4,6],"
               "\"status\":\"announced\",\"fact\":\"fact\",\"neg\":\"none\",\"scheduled\":false,\"args\":[{\"role\":\"supplier\",\"eid\":\"晨曜科技\","
               "\"at\":[0,0,4]},{\"role\":\"product\",\"at\":[0,10,12]}],\"market\":0.6000,\"credit\":1,\"relevance\":100,\"conf\":1.0000}]}\n");
    check_page(paper.desk.doc, JW_JSONL, 0, "relations,evidence,n_company,roundup",
               "{\"n_company\":2,\"roundup\":false,\"relations\":[],\"evidence\":[{\"x\":\"x1\",\"of\":\"晨曜科技\",\"event\":1,\"at\":[0,4,12],"
               "\"rule\":\"rule\",\"path\":\"搶下-obj->訂單\",\"market\":0.3636,\"credit\":1.0000},{\"x\":\"x2\",\"of\":\"晨曜科技\",\"event\":null,"
               "\"at\":[1,4,6],\"rule\":\"rule\",\"path\":null,\"market\":0.0727,\"credit\":0.0000},{\"x\":\"x3\",\"of\":\"岳霖精密\",\"event\":1,"
               "\"at\":[0,4,12],\"rule\":\"rule\",\"path\":\"搶下-obj->訂單\",\"market\":-0.2400,\"credit\":-0.5000}]}\n");
    check_page(paper.desk.doc, JW_JSONL, 0, "entities.eid,entities.relevance,entities.credit,entities.tone,entities.aspects",
               "{\"entities\":[{\"eid\":\"晨曜科技\",\"relevance\":100,\"credit\":{\"score\":1,\"raw\":1.0000,\"conf\":1.0000},\"tone\":0.3333,"
               "\"aspects\":[{\"aspect\":\"orders\",\"market\":0.3636,\"credit\":1,\"conf\":1.0000,\"ev\":[\"x1\"]},{\"aspect\":\"outlook\","
               "\"market\":0.0727,\"credit\":0,\"conf\":0.5000,\"ev\":[\"x2\"]}]},{\"eid\":\"岳霖精密\",\"relevance\":90,\"credit\":{\"score\":-1,"
               "\"raw\":-0.5000,\"conf\":1.0000},\"tone\":0.0000,\"aspects\":[{\"aspect\":\"orders\",\"market\":-0.2400,\"credit\":-1,"
               "\"conf\":1.0000,\"ev\":[\"x3\"]}]}]}\n");
    close_desk(&paper.desk);
}
END_TEST

START_TEST(explanations_quote_weigh_and_add)
{
    struct paper paper = suit_paper();
    struct page page = {"", 0};
    jw_error error;
    ck_assert_int_eq(jw_write(paper.desk.doc, JW_EXPLAIN, NULL, (jw_sink){put_page, &page}, &error), JW_OK);
    static const char *const lines[] = {
        "\n 相關度 100：出現在標題，且在標題的事件中有其角色（提及 2 次，標題 1 次）\n",
        "\n 市場分數 +0.4363，",
        "每項貢獻 = 權重 × 極性 ÷（0.25 + 權重總和 = 1.65）\n",
        "\n  x1 「搶下岳霖精密訂單」 接單得標，已宣布（面向：訂單與客戶；規則 rule；搶下-obj->訂單）\n     極性 +0.6000 = 基準 0.6000 × 幅度 1.0000 × 程度 1.0000\n",
        "\n     權重 1.00：位置 標題 1 × 信心 1.0000\n     貢獻 1.00 × +0.6000 ÷ 1.65 = +0.3636\n",
        "\n  x2 「看好」 評價（面向：展望與財測；規則 rule）\n     極性 +0.3000：幅度 1.0000 × 程度 1.0000 × 意見 0.5000，乘以所引詞語的極性\n",
        "\n     權重 0.40：位置 內文前兩句 0.8 × 信心 0.5000\n     貢獻 0.40 × +0.3000 ÷ 1.65 = +0.0727\n",
        "\n  合計 +0.3636 +0.0727 = +0.4363\n 信用分數 +1（",
        "\n     信用項 +1.0000 ÷ 1（大小第 1）= +1.0000\n  合計 +1.0000 = +1.0000\n 用語語氣 +0.3333：正面詞 1、負面詞 0",
        "\n     極性 -0.3000 = 基準 0.6000 × 幅度 1.0000 × 程度 1.0000 × 對方所占 -0.5000\n",
        "\n 信用分數 -1（"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(strstr(page.text, lines[i]) != NULL, "no %s\nin %s", lines[i], page.text);
    close_desk(&paper.desk);
}
END_TEST

static void check_line(struct paper *paper, const char *line)
{
    struct page page = {"", 0};
    jw_error error;
    ck_assert_int_eq(jw_write(paper->desk.doc, JW_SUMMARY, NULL, (jw_sink){put_page, &page}, &error), JW_OK);
    const char *const found = strstr(page.text, "\"line\":\"");
    ck_assert_msg(found && strncmp(found + 8, line, strlen(line)) == 0 && found[8 + strlen(line)] == '"', "wanted %s in %s", line, page.text);
}

START_TEST(summaries_take_sentences_and_fill_templates)
{
    struct paper paper = suit_paper();
    check_page(paper.desk.doc, JW_SUMMARY, 0, "",
               "{\"schema\":\"jinwen/1\",\"id\":\"\",\"sents\":[{\"n\":2,\"at\":[1,0,9],\"salience\":0.7400,\"text\":\"晨曜科技看好明年。\"}],"
               "\"events\":[{\"n\":1,\"type\":\"OPS.ORDER_WIN\",\"at\":[0,4,6],\"line\":\"晨曜科技取得訂單：訂單\"}]}\n");
    jw_event *const event = &paper.desk.doc->events[0];
    event->claim.fact = JW_RUMOUR;
    check_line(&paper, "晨曜科技傳取得訂單：訂單");
    event->claim.progress = JW_CANCELLED;
    check_line(&paper, "晨曜科技取消取得訂單：訂單");
    event->claim.progress = JW_PROGRESS_NONE;
    event->type = jw_model_label_id(paper.desk.model, JW_LABELS_EVENT, bytes_of("CRD.RATING"));
    event->claim.fact = JW_FORECAST;
    event->claim.direction = JW_DIRECTION_DOWN;
    check_page(paper.desk.doc, JW_SUMMARY, 0, "",
               "{\"schema\":\"jinwen/1\",\"id\":\"\",\"sents\":[{\"n\":2,\"at\":[1,0,9],\"salience\":0.7400,\"text\":\"晨曜科技看好明年。\"}],\"events\":[]}\n");
    jw_arg *const whose = &paper.desk.doc->event_args[0];
    whose->role = (uint16_t)jw_model_label_id(paper.desk.model, JW_LABELS_ROLE, bytes_of("issuer"));
    check_line(&paper, "可能調降晨曜科技信用評等");
    whose->role = (uint16_t)jw_model_label_id(paper.desk.model, JW_LABELS_ROLE, bytes_of("company"));
    event->type = jw_model_label_id(paper.desk.model, JW_LABELS_EVENT, bytes_of("OPS.SUPPLY"));
    check_line(&paper, "晨曜科技供需與庫存惡化（預測）");
    event->claim.negation = JW_NEGATED;
    check_line(&paper, "晨曜科技供需與庫存惡化（否定）");
    close_desk(&paper.desk);
}
END_TEST

START_TEST(pages_underline_what_counts)
{
    struct paper paper = suit_paper();
    struct page page = {"", 0};
    jw_error error;
    ck_assert_int_eq(jw_write(paper.desk.doc, JW_HTML, NULL, (jw_sink){put_page, &page}, &error), JW_OK);
    static const char *const pieces[] = {
        "<u class=\"pos\">看好</u><sup>+0.0727</sup>",
        "訂單</u><sup>+0.3636</sup>",
        "<tr><td>岳霖精密</td><td>90</td><td class=\"neg\">-0.2400</td><td class=\"neg\">-0.5000</td><td class=\"neu\">+0.0000</td></tr>",
        "<tr><td>晨曜科技：「搶下岳霖精密訂單」</td><td>接單得標 rule</td><td class=\"pos\">+0.3636</td><td class=\"pos\">+1.0000</td></tr>"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        ck_assert_msg(strstr(page.text, pieces[i]) != NULL, "no %s\nin %s", pieces[i], page.text);
    close_desk(&paper.desk);
}
END_TEST

START_TEST(tables_show_the_finance_layers)
{
    struct paper paper = suit_paper();
    check_page(paper.desk.doc, JW_CSV, JW_TABLE_EVENTS, "",
               ",1,晨曜科技,supplier,1,,,OPS.ORDER_WIN,OPS,I,none,announced,fact,none,false,1234567890abcdef,,,,,,0.6000,1,0,,,,,,,0,4,6,100,1.0000,\n");
    check_page(paper.desk.doc, JW_CSV, JW_TABLE_EVIDENCE, "",
               ",x1,晨曜科技,1,0,4,12,rule,搶下-obj->訂單,0.3636,1.0000\n,x2,晨曜科技,,1,4,6,rule,,0.0727,0.0000\n"
               ",x3,岳霖精密,1,0,4,12,rule,搶下-obj->訂單,-0.2400,-0.5000\n");
    check_page(paper.desk.doc, JW_CSV, JW_TABLE_RELATIONS, "", "");
    close_desk(&paper.desk);
}
END_TEST

static int32_t between(uint64_t *state, int32_t low, int32_t high)
{
    return low + (int32_t)(next_random(state) % (uint32_t)(high - low + 1));
}

static struct said random_said(uint64_t *state, uint32_t entities)
{
    static const char *const aspects[] = {"revenue", "orders", "legal", "liquidity"};
    struct said said = {"事", (int)(next_random(state) % 20), 0, 0, 0, 0, 0, 0, NULL};
    said.entity = next_random(state) % (entities + 1);
    said.entity = said.entity == entities ? JW_NONE : said.entity;
    said.market = between(state, -JW_SCALE, JW_SCALE);
    said.credit = between(state, -3 * JW_SCALE, 3 * JW_SCALE);
    said.conf = between(state, 0, JW_SCALE);
    said.mood = (uint8_t)(next_random(state) & (JW_MOOD_CONCEDED | JW_MOOD_FUTURE | JW_MOOD_LISTED));
    said.fact = (uint8_t)(next_random(state) % 4);
    said.aspect = aspects[next_random(state) % 4];
    return said;
}

static void check_sums(const jw_doc *doc)
{
    const jw_scores scores = jw_doc_scores(doc);
    const jw_evidences evidence = jw_doc_evidence(doc);
    const jw_aspects aspects = jw_doc_aspects(doc);
    for (uint32_t i = 0; i < scores.len; i++) {
        const jw_score *const score = &scores.at[i];
        int64_t market = 0, credit = 0, aspect_market = 0, aspect_credit = 0;
        for (uint32_t k = 0; k < evidence.len; k++) {
            const int is_own = k >= score->first_evidence && k < score->first_evidence + score->evidence_count;
            ck_assert_int_eq(evidence.at[k].entity == i, is_own);
            market += is_own ? evidence.at[k].market : 0;
            credit += is_own ? evidence.at[k].credit : 0;
        }
        for (uint32_t k = score->first_aspect; k < score->first_aspect + score->aspect_count; k++) {
            ck_assert_uint_eq(aspects.at[k].entity, i);
            aspect_market += aspects.at[k].market;
            aspect_credit += aspects.at[k].credit_raw;
        }
        ck_assert_int_eq(score->market, market);
        ck_assert_int_eq(score->credit_raw, credit);
        ck_assert_int_eq(aspect_market, market);
        ck_assert_int_eq(aspect_credit, credit);
        ck_assert(score->credit_raw >= -3 * JW_SCALE && score->credit_raw <= 3 * JW_SCALE);
        ck_assert(score->market >= -JW_SCALE && score->market <= JW_SCALE);
        ck_assert_int_eq(score->p_neg + score->p_neu + score->p_pos, score->is_scored ? JW_SCALE : 0);
        ck_assert_uint_eq(score->is_scored, score->evidence_count != 0);
    }
}

START_TEST(scores_are_the_sums_of_their_evidence)
{
    uint64_t state = 20260410;
    struct paper paper = open_paper(two_names, 2);
    for (int round = 0; round < 300; round++) {
        write_paper(&paper, "晨曜科技事事事事", "事事事事事事。事事。岳霖精密事事事事。事事事。", "事晨曜科技");
        const int n = between(&state, 0, 20);
        for (int i = 0; i < n; i++) {
            struct said said = random_said(&state, 2);
            said.nth = said.nth % 15;
            if (next_random(&state) % 2) {
                add_opinion(&paper, &said, between(&state, -1, 1));
                continue;
            }
            jw_event *const event = add_event(&paper, &said);
            event->second = next_random(&state) % 3 ? JW_NONE : next_random(&state) % 2;
            event->second_share = between(&state, -JW_SCALE, JW_SCALE);
        }
        run_score(&paper);
        check_sums(paper.desk.doc);
    }
    close_desk(&paper.desk);
}
END_TEST

START_TEST(nothing_said_is_missing_and_not_zero)
{
    struct paper paper = open_paper(two_names, 2);
    write_paper(&paper, NULL, "晨曜科技召開股東會。岳霖精密在場。", NULL);
    add_event(&paper, &(struct said){"股東會", 0, 0, 0, 0, 9000, 0, 0, NULL});
    run_score(&paper);
    const jw_scores scores = jw_doc_scores(paper.desk.doc);
    ck_assert(scores.at[0].is_scored && scores.at[0].has_market && !scores.at[0].has_credit);
    ck_assert_int_eq(scores.at[0].market, 0);
    ck_assert(!scores.at[1].is_scored && !scores.at[1].has_market && !scores.at[1].has_credit);
    ck_assert_int_eq(scores.at[1].p_neu, 0);
    ck_assert_uint_eq(scores.at[1].top_event, JW_NONE);
    close_desk(&paper.desk);
}
END_TEST

START_TEST(words_of_an_event_count_once)
{
    struct paper paper = open_paper(one_name, 1);
    write_paper(&paper, NULL, "晨曜科技營收大增，表現亮眼。", NULL);
    add_event(&paper, &(struct said){"大增", 0, 0, 6000, 10000, 10000, 0, 0, NULL});
    add_opinion(&paper, &(struct said){"大增", 0, 0, 9000, 0, 10000, 0, 0, NULL}, JW_SCALE);
    add_opinion(&paper, &(struct said){"亮眼", 0, 0, 5000, 0, 10000, 0, 0, NULL}, JW_SCALE);
    run_score(&paper);
    const jw_score *const score = &jw_doc_scores(paper.desk.doc).at[0];
    ck_assert_uint_eq(score->evidence_count, 2);
    ck_assert_int_eq(score->market, 2595 + 2162); /* 0.8 x 0.6 and 0.8 x 0.5 over 1.85 */
    ck_assert_int_eq(score->tone, 5000);           /* two good words: 2 / 4 */
    close_desk(&paper.desk);
}
END_TEST

START_TEST(weights_follow_position_concession_and_future)
{
    static const struct {
        struct said said;
        uint32_t weight;
    } rows[] = {{{"甲", 0, 0, 5000, 0, 10000, 0, JW_FACT, NULL}, 2000000},
                {{"乙", 0, 0, 5000, 0, 10000, 0, JW_FACT, NULL}, 1600000},
                {{"丙", 0, 0, 5000, 0, 10000, 0, JW_FACT, NULL}, 1600000},
                {{"丁", 0, 0, 5000, 0, 10000, 0, JW_FACT, NULL}, 1000000},
                {{"戊", 0, 0, 5000, 0, 10000, 0, JW_FACT, NULL}, 600000},
                {{"丁", 0, 0, 5000, 0, 10000, JW_MOOD_CONCEDED, JW_FACT, NULL}, 300000},
                {{"丁", 0, 0, 5000, 0, 10000, JW_MOOD_LISTED, JW_FACT, NULL}, 200000},
                {{"丁", 0, 0, 5000, 0, 10000, JW_MOOD_FUTURE, JW_FACT, NULL}, 1500000},
                {{"甲", 0, 0, 5000, 0, 10000, 0, JW_FORECAST, NULL}, 3000000},
                {{"甲", 0, 0, 5000, 0, 1, 0, JW_FACT, NULL}, 200}};
    struct paper paper = open_paper(one_name, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_paper(&paper, "晨曜科技甲", "乙乙。丙丙。丁丁。", "戊戊");
        add_event(&paper, &rows[i].said);
        run_score(&paper);
        ck_assert_uint_eq(jw_doc_evidence(paper.desk.doc).at[0].weight, rows[i].weight);
    }
    close_desk(&paper.desk);
}
END_TEST

START_TEST(second_bearer_gets_its_share)
{
    struct paper paper = open_paper(two_names, 2);
    write_paper(&paper, NULL, "晨曜科技搶下岳霖精密的訂單。", NULL);
    jw_event *const event = add_event(&paper, &(struct said){"搶下", 0, 0, 6000, 10000, 10000, 0, 0, "orders"});
    event->second = 1;
    event->second_share = -5000;
    run_score(&paper);
    const jw_evidences evidence = jw_doc_evidence(paper.desk.doc);
    ck_assert_uint_eq(evidence.len, 2);
    ck_assert_int_eq(evidence.at[0].polarity, 6000);
    ck_assert_int_eq(evidence.at[1].polarity, -3000);
    ck_assert_int_eq(evidence.at[1].item, -5000);
    ck_assert(jw_doc_scores(paper.desk.doc).at[1].market < 0);
    close_desk(&paper.desk);
}
END_TEST

START_TEST(credit_beyond_three_is_taken_back_by_a_clip)
{
    struct paper paper = open_paper(one_name, 1);
    write_paper(&paper, NULL, "晨曜科技跳票，晨曜科技重整，晨曜科技違約。", NULL);
    add_event(&paper, &(struct said){"跳票", 0, 0, -9000, -30000, 9000, 0, 0, "liquidity"});
    add_event(&paper, &(struct said){"重整", 0, 0, -9000, -30000, 9000, 0, 0, "legal"});
    add_event(&paper, &(struct said){"違約", 0, 0, -9000, -30000, 9000, 0, 0, "liquidity"});
    run_score(&paper);
    const jw_evidences evidence = jw_doc_evidence(paper.desk.doc);
    ck_assert_uint_eq(evidence.len, 4);
    ck_assert_int_eq(evidence.at[0].credit, -30000);
    ck_assert_int_eq(evidence.at[1].credit, -7500);
    ck_assert_int_eq(evidence.at[2].credit, 22500);
    ck_assert(memcmp(evidence.at[2].rule.at, "clip", 4) == 0 && evidence.at[2].event == JW_NONE);
    ck_assert_int_eq(evidence.at[3].credit, -15000);
    ck_assert_int_eq(jw_doc_scores(paper.desk.doc).at[0].credit_raw, -30000);
    check_sums(paper.desk.doc);
    close_desk(&paper.desk);
}
END_TEST

/* The anchors; `trigger` NULL: no event. */
static const struct {
    const char *title, *body, *reply, *trigger;
    uint32_t relevance;
} anchors[] = {
    {"晨曜科技遭砍單", "市場關注。", NULL, "砍單", 100},
    {"晨曜科技今日動態", "市場關注。", NULL, NULL, 90},
    {"市場動態", "傳晨曜科技遭砍單。市場關注。", NULL, "砍單", 76},
    {"市場動態", "傳晨曜科技遭砍單。市場關注。另有晨曜科技。", NULL, "砍單", 79},
    {"市場動態", "一句。二句。又晨曜科技。又晨曜科技。又晨曜科技。", NULL, NULL, 51},
    {"市場動態", "一句。二句。三句。四句。又晨曜科技。", NULL, NULL, 21},
    {"市場動態", "一句。二句。三句。四句。晨曜科技在。", NULL, NULL, 30},
    {"市場動態", "一句。二句。\n相關個股:晨曜科技、岳霖精密", NULL, NULL, 1},
    {"市場動態", "一句。二句。", "晨曜科技加油", NULL, 1},
    {"市場動態", "晨曜科技分析師指出，市場仍好。", NULL, NULL, 0},
    {"市場動態", "晨曜科技指出，市場仍好。", NULL, NULL, 30},
    {"晨曜科技",
     "又晨曜科技。又晨曜科技。又晨曜科技。又晨曜科技。又晨曜科技。又晨曜科技。又晨曜科技。又晨曜科技。又晨曜科技。又晨曜科技。又晨曜科技。", NULL,
     NULL, 99},
    {"市場動態", "一句。二句。三句。四句。\n\n晨曜科技在。五句。", NULL, NULL, 51},
};

START_TEST(relevance_follows_the_anchors)
{
    struct paper paper = open_paper(two_names, 2);
    write_paper(&paper, anchors[_i].title, anchors[_i].body, anchors[_i].reply);
    if (anchors[_i].trigger)
        add_event(&paper, &(struct said){anchors[_i].trigger, 0, 0, -6000, 0, 9000, 0, 0, "orders"});
    run_score(&paper);
    ck_assert_uint_eq(jw_doc_scores(paper.desk.doc).at[0].relevance, anchors[_i].relevance);
    close_desk(&paper.desk);
}
END_TEST

START_TEST(round_up_is_capped)
{
    static const char *const names[] = {"甲甲", "乙乙", "丙丙", "丁丁", "戊戊", "己己", "庚庚", "辛辛", "壬壬", "癸癸"};
    struct paper paper = open_paper(names, 10);
    write_paper(&paper, "甲甲大漲", "乙乙大漲。丙丙大漲。丁丁大漲。戊戊大漲。己己大漲。庚庚大漲。辛辛大漲。壬壬大漲。癸癸大漲。", NULL);
    add_event(&paper, &(struct said){"大漲", 0, 0, 6000, 0, 9000, 0, 0, NULL});
    run_score(&paper);
    const jw_doc_score whole = jw_doc_whole_score(paper.desk.doc);
    ck_assert(whole.is_roundup);
    ck_assert_uint_eq(whole.company_count, 10);
    ck_assert_uint_eq(jw_doc_scores(paper.desk.doc).at[0].relevance, 50);
    ck_assert_uint_eq(jw_doc_scores(paper.desk.doc).at[0].uncapped, 100);
    paper.name_count = 5;
    write_paper(&paper, "甲甲領軍 盤後一覽", "乙乙大漲。丙丙大漲。丁丁大漲。戊戊大漲。", NULL);
    run_score(&paper);
    ck_assert(jw_doc_whole_score(paper.desk.doc).is_roundup);
    write_paper(&paper, "甲甲領軍", "乙乙大漲。丙丙大漲。丁丁大漲。戊戊大漲。", NULL);
    run_score(&paper);
    ck_assert(!jw_doc_whole_score(paper.desk.doc).is_roundup);
    close_desk(&paper.desk);
}
END_TEST

START_TEST(entities_are_ranked_by_relevance)
{
    struct paper paper = open_paper(two_names, 2);
    write_paper(&paper, "岳霖精密動態", "又晨曜科技。", NULL);
    run_score(&paper);
    ck_assert_uint_eq(jw_doc_scores(paper.desk.doc).at[0].ranked, 1);
    ck_assert_uint_eq(jw_doc_scores(paper.desk.doc).at[1].ranked, 0);
    ck_assert_uint_eq(jw_doc_scores(paper.desk.doc).at[0].first_sentence, 2);
    ck_assert_uint_eq(jw_doc_scores(paper.desk.doc).at[1].first_sentence, 1);
    ck_assert_uint_eq(jw_doc_scores(paper.desk.doc).at[0].tokens_about, 6);
    close_desk(&paper.desk);
}
END_TEST

START_TEST(sentences_have_types_and_shares)
{
    static const char *const bank[] = {"央行"};
    struct paper paper = open_paper(bank, 1);
    write_paper(&paper, "央行動態", "央行可能升息。明年如何？\n相關個股:央行", "讚");
    run_score(&paper);
    const jw_sentence_scores scores = jw_doc_sentence_scores(paper.desk.doc);
    const uint8_t types[] = {JW_SENTENCE_TITLE, JW_SENTENCE_STATEMENT, JW_SENTENCE_QUESTION, JW_SENTENCE_LIST, JW_SENTENCE_PUSH};
    ck_assert_uint_eq(scores.len, 5);
    for (uint32_t i = 0; i < 5; i++)
        ck_assert_uint_eq(scores.at[i].type, types[i]);
    ck_assert_uint_eq(scores.at[1].stance, JW_STANCE_HAWK);
    ck_assert_uint_eq(scores.at[0].stance, JW_STANCE_NONE);
    ck_assert_int_eq(scores.at[1].uncertainty, 2857); /* 可能: two of the seven characters */
    ck_assert(scores.at[2].is_forward && !scores.at[1].is_forward);
    ck_assert_int_eq(jw_doc_whole_score(paper.desk.doc).forward_share, 2000);
    ck_assert(!scores.at[1].has_market);
    close_desk(&paper.desk);
}
END_TEST

static jw_status open_table(const char *text, struct score_table *ret, jw_error *error)
{
    return jwi_score_table_open(bytes_of(text), ret, error);
}

START_TEST(damaged_tables_are_refused)
{
    static struct score_table table;
    static const char *const bad[] = {"",
                                      "class\tneg\t41\t5000\n",
                                      "class\tneg\t00\t10001\n",
                                      "class\tbad\t00\t1\n",
                                      "word\t可能\tnothing\n",
                                      "word\t\tuncertain\n",
                                      "word\tb\tuncertain\nword\ta\tuncertain\n",
                                      "line\n",
                                      "class\tpos\t00\t9000\n"};
    jw_error error;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(open_table(bad[i], &table, &error), JW_EMODEL_CORRUPT);
}
END_TEST

START_TEST(classes_follow_the_market_score)
{
    struct paper paper = open_paper(one_name, 1);
    const struct score_table *const table = paper.desk.model->views[STAGE_score];
    int32_t before[3] = {JW_SCALE, 0, 0};
    for (int32_t market = -JW_SCALE; market <= JW_SCALE; market++) {
        int32_t classes[3];
        jwi_score_classes(table, market, classes);
        REQUIRE(classes[0] + classes[1] + classes[2] == JW_SCALE);
        REQUIRE(classes[0] >= 0 && classes[1] >= 0 && classes[2] >= 0);
        REQUIRE(classes[0] <= before[0] + 2 && classes[2] >= before[2] - 2); /* of rounding */
        memcpy(before, classes, sizeof before);
    }
    int32_t middle[3], low[3], high[3];
    jwi_score_classes(table, 0, middle);
    jwi_score_classes(table, -6000, low);
    jwi_score_classes(table, 6000, high);
    ck_assert(middle[1] > middle[0] && middle[1] > middle[2]);
    ck_assert(low[0] > 8000 && high[2] > 8000);
    close_desk(&paper.desk);
}
END_TEST

int main(int argc, char **argv)
{
    model_path = argc > 1 ? argv[1] : "score.model";
    Suite *suite = suite_create("score");
    suite_add(suite, example_of_the_contract_adds_up);
    suite_add(suite, records_show_the_finance_layers);
    suite_add(suite, explanations_quote_weigh_and_add);
    suite_add(suite, summaries_take_sentences_and_fill_templates);
    suite_add(suite, pages_underline_what_counts);
    suite_add(suite, tables_show_the_finance_layers);
    suite_add(suite, scores_are_the_sums_of_their_evidence);
    suite_add(suite, nothing_said_is_missing_and_not_zero);
    suite_add(suite, words_of_an_event_count_once);
    suite_add(suite, weights_follow_position_concession_and_future);
    suite_add(suite, second_bearer_gets_its_share);
    suite_add(suite, credit_beyond_three_is_taken_back_by_a_clip);
    suite_add_loop(suite, relevance_follows_the_anchors, (int)(sizeof anchors / sizeof *anchors));
    suite_add(suite, round_up_is_capped);
    suite_add(suite, entities_are_ranked_by_relevance);
    suite_add(suite, sentences_have_types_and_shares);
    suite_add(suite, damaged_tables_are_refused);
    suite_add(suite, classes_follow_the_market_score);
    return suite_run(suite);
}
