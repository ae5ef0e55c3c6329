/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linking on single characters as words, so that what is tested is the stage and not the segmenter.
 * A case is a text and its mentions in order, "surface=code", "surface=eid" or "surface=N" for a nil entity, joined by blanks.
 */
#include "common/desk.h"
#include "model/model.h"
#include "stage/pipeline.h"

#include <stdio.h>

enum { TOKENS_MAX = 4096 };

static const char *model_path;

static const struct stage *entity_stage(void)
{
    extern const struct stage jwi_stage_entity;
    return &jwi_stage_entity;
}

/* One word a character. */
static uint32_t cut_words(const char *text, jw_range *ret)
{
    uint32_t n = 0, at = 0;
    const uint32_t len = (uint32_t)strlen(text);
    while (at < len) {
        uint32_t end = at + 1;
        while (end < len && (text[end] & 0xc0) == 0x80)
            end++;
        const int is_blank =
            text[at] == ' ' || text[at] == '\n' || strncmp(text + at, "　", 3) == 0;
        if (!is_blank) {
            ret[n].start = at;
            ret[n++].end = end;
        }
        at = end;
    }
    return n;
}

/* A mention as the tagger would give it: the first place of `surface`. */
struct tagged {
    const char *surface, *type;
};

static void tag(jw_doc *doc, const char *text, const struct tagged *tagged)
{
    const char *place = strstr(text, tagged->surface);
    const uint32_t start = (uint32_t)(place - text),
                   end = start + (uint32_t)strlen(tagged->surface);
    jw_mention *mention = &doc->mentions[doc->mention_count++];
    memset(mention, 0, sizeof *mention);
    while (doc->tokens[mention->tokens.start].text.start < start)
        mention->tokens.start++;
    mention->tokens.end = mention->tokens.start;
    while (mention->tokens.end < doc->token_count &&
           doc->tokens[mention->tokens.end].text.start < end)
        mention->tokens.end++;
    mention->type =
        (uint16_t)jw_model_label_id(doc->model, JW_LABELS_MENTION, bytes_of(tagged->type));
    mention->score = 9000;
}

static void run_entity(struct desk *desk)
{
    jwi_arena_reset(desk->worker->room.scratch);
    ck_assert_int_eq(entity_stage()->run(desk->model->views[STAGE_entity], &desk->worker->room,
                                         desk->doc, &desk->error),
                     JW_OK);
    desk->doc->layers |= JW_LAYER_ENTITIES;
}

static void load_text(struct desk *desk, const char *text, uint32_t source_type)
{
    static jw_range tokens[TOKENS_MAX];
    const jw_part part = {bytes_of(text), JW_PART_BODY, JW_MARK_NONE};
    jw_input input = JW_INPUT_INIT;
    input.parts = &part;
    input.part_count = 1;
    input.meta.source_type = source_type;
    ck_assert_int_eq(jw_worker_load(desk->worker, &input, desk->doc, &desk->error), JW_OK);
    ck_assert_int_eq(jw_doc_set_tokens(desk->doc, tokens, cut_words(text, tokens), &desk->error),
                     JW_OK);
    ck_assert_int_eq(jw_worker_resume(desk->worker, desk->doc, &desk->error), JW_OK);
}

static void link_text(struct desk *desk, const char *text, uint32_t source_type)
{
    load_text(desk, text, source_type);
    run_entity(desk);
}

/* The mentions of the document as a case writes them. */
static void print_mentions(const jw_doc *doc, char *ret, size_t cap)
{
    const jw_mentions mentions = jw_doc_mentions(doc);
    const jw_links links = jw_doc_links(doc);
    size_t len = 0;
    ret[0] = '\0';
    for (uint32_t i = 0; i < mentions.len && len < cap; i++) {
        const jw_range tokens = mentions.at[i].tokens;
        const uint32_t start = jw_doc_tokens(doc).at[tokens.start].text.start,
                       end = jw_doc_tokens(doc).at[tokens.end - 1].text.end;
        static const jw_entity nothing = {.eid = {"-", 1}};
        const jw_entity *entity =
            links.at[i].entity == JW_NONE ? &nothing : &jw_doc_entities(doc).at[links.at[i].entity];
        const jw_bytes id =
            entity->code.len && entity->flags & JW_ENTITY_LISTED ? entity->code : entity->eid;
        const char kind = entity->flags & JW_ENTITY_NIL ? 'N' : '\0';
        len +=
            (size_t)snprintf(ret + len, cap - len, "%s%.*s=%.*s", i ? " " : "", (int)(end - start),
                             doc->text.at + start, kind ? 1 : (int)id.len, kind ? &kind : id.at);
    }
}

struct linking {
    const char *text, *mentions;
    uint32_t source_type;
};

static void check_case(const struct linking *linking)
{
    struct desk desk = open_desk(model_path, NULL);
    char found[2048];
    link_text(&desk, linking->text, linking->source_type);
    print_mentions(desk.doc, found, sizeof found);
    ck_assert_msg(strcmp(found, linking->mentions) == 0, "%s\n  found  %s\n  wanted %s",
                  linking->text, found, linking->mentions);
    close_desk(&desk);
}

static const struct linking names[] = {
    /* short, full, English and press names */
    {"台積電公布營收", "台積電=2330", 0},
    {"臺積電公布營收", "臺積電=2330", 0},
    {"台灣積體電路製造股份有限公司公告", "台灣積體電路製造股份有限公司=2330", 0},
    {"台積獲利創高", "台積=2330", 0},
    {"TSMC說明", "TSMC=2330", 0},
    {"進泰電子營收年增", "進泰電子=3465", 0},
    {"國泰世華銀行升息", "國泰世華銀行=C00000229", 0},
    /* codes */
    {"台積電(2330-TW)上漲", "台積電=2330 2330-TW=2330", 0},
    {"台積電（2330）上漲", "台積電=2330 2330=2330", 0},
    {"2330 台積電上漲", "2330=2330 台積電=2330", 0},
    {"2330.TW收黑", "2330.TW=2330", 0},
    {"大成(1210)上漲", "大成=1210 1210=1210", 0},
    {"今年營收2330億元", "", 0},
    {"指數來到12,330點，目標2330點", "", 0},
    {"2026年展望", "", 0},
    {"2330可以買嗎", "2330=2330", JW_FORUM},
    {"0050定期定額", "0050=0050", 0},
    /* companies registered abroad */
    {"世芯-KY營收", "世芯-KY=3661", 0},
    {"世芯營收", "世芯=3661", 0},
    {"特殊材料營收增加", "", 0},
    /* ordinary words */
    {"世界局勢動盪", "", 0},
    {"世界(5347)營收", "世界=5347 5347=5347", 0},
    {"統一發票開獎", "", 0},
    {"全家一起出門", "", 0},
    {"大成董事長宣布", "大成=1210", 0},
    {"世界先進法說會登場，世界Q3營收創高", "世界先進=5347 世界=5347", 0},
    {"卜蜂、大成、統一上漲", "卜蜂=1215 大成=1210 統一=1216", 0},
    /* longer names hide shorter ones; another company of the group is not the group */
    {"台灣大哥大營收", "台灣大哥大=3045", 0},
    {"統一超商展店", "統一超商=2912", 0},
    {"富邦悍將贏球", "", 0},
    /* nicknames */
    {"發哥要起飛了", "發哥=2454", JW_FORUM},
    {"海公公還有救嗎", "海公公=2317", 0},
    /* edges of Latin words and numbers */
    {"OpenAIX發表", "", 0},
    /* capitals */
    {"SONY與Sony發表新機", "SONY=6758 Sony=6758", 0},
    {"sec文件", "", 0},
};

START_TEST(names_are_linked)
{
    check_case(&names[_i]);
}
END_TEST

static const struct linking locals[] = {
    {"晨曜科技股份有限公司公告。", "晨曜科技股份有限公司=N", 0},
    {"晨曜科技股份有限公司（以下簡稱「晨曜」）公告，晨曜表示",
     "晨曜科技股份有限公司=N 晨曜=N 晨曜=N", 0},
    {"台灣積體電路製造股份有限公司(下稱本行)宣布，本行將擴廠",
     "台灣積體電路製造股份有限公司=2330 本行=2330 本行=2330", 0},
    {"統編22099131", "22099131=2330", 0},
    {"統一編號：22099132", "", 0},
    {"電話22099131", "", 0},
    {"晨曜科技股份有限公司(統一編號：12345675)公告",
     "晨曜科技股份有限公司=U12345675 12345675=U12345675", 0},
    {"鴻海公布財報。該公司看好下半年", "鴻海=2317 該公司=2317", 0},
    {"鴻海公布財報，公司並未否認", "鴻海=2317 公司=2317", 0},
    {"該公司看好下半年", "", 0},
};

START_TEST(documents_define_names)
{
    check_case(&locals[_i]);
}
END_TEST

static const struct {
    const char *text;
    struct tagged tagged[2];
    const char *mentions;
} merges[] = {
    {"曜石來了", {{"曜石", "COM"}}, "曜石=N"},
    {"我想去台灣曜石吃飯", {{"台灣曜石", "COM"}}, "台灣曜石=N"},
    {"我想去大成吃飯", {{"大成", "COM"}}, "大成=1210"},
    {"我想去大成吃飯", {{"大成", "PER"}}, "大成=N"},
    {"台積電法說會登場", {{"台積電法說會", "COM"}}, "台積電=2330"},
    {"台積電慈善基金會捐款", {{"台積電慈善基金會", "ORG"}}, "台積電慈善基金會=N"},
    {"林曜石表示，林董事長認為", {{"林曜石", "PER"}}, "林曜石=N 林董事長=N"},
    {"林曜石表示，黃董事長認為", {{"林曜石", "PER"}}, "林曜石=N"},
    {"董事長林曜石", {{"董事長", "POS"}, {"林曜石", "PER"}}, "董事長=- 林曜石=N"},
};

START_TEST(names_and_tagged_mentions_become_one_list)
{
    struct desk desk = open_desk(model_path, NULL);
    jw_mention mentions[2];
    char found[512];
    load_text(&desk, merges[_i].text, 0);
    desk.doc->mentions = mentions;
    for (int i = 0; i < 2 && merges[_i].tagged[i].surface; i++)
        tag(desk.doc, merges[_i].text, &merges[_i].tagged[i]);
    desk.doc->layers |= JW_LAYER_MENTIONS;
    run_entity(&desk);
    print_mentions(desk.doc, found, sizeof found);
    ck_assert_msg(strcmp(found, merges[_i].mentions) == 0, "%s\n  found  %s\n  wanted %s",
                  merges[_i].text, found, merges[_i].mentions);
    close_desk(&desk);
}
END_TEST

START_TEST(surname_and_title_are_the_person_named_before)
{
    struct desk desk = open_desk(model_path, NULL);
    jw_mention mention;
    const struct tagged person = {"林曜石", "PER"};
    load_text(&desk, "林曜石表示，林董事長認為", 0);
    desk.doc->mentions = &mention;
    tag(desk.doc, "林曜石表示，林董事長認為", &person);
    desk.doc->layers |= JW_LAYER_MENTIONS;
    run_entity(&desk);
    ck_assert_uint_eq(jw_doc_entities(desk.doc).len, 1);
    ck_assert_uint_eq(jw_doc_entities(desk.doc).at[0].mention_count, 2);
    ck_assert_uint_eq(jw_doc_links(desk.doc).at[1].kind, JW_MENTION_ROLE);
    close_desk(&desk);
}
END_TEST

/* Rows of a user dictionary and what they make of a text. */
static const struct {
    const char *rows, *text, *mentions;
} users[] = {
    {"曜石\tforce\tCOM\tMY-1\t\n", "曜石營收與曜石股價", "曜石=MY-1 曜石=MY-1"},
    {"曜石\tforce\tCOM\t2330\t\n", "曜石營收", "曜石=2330"},
    {"曜石\tforce\tPRD\t\t\n", "曜石上市", "曜石=N"},
    {"大成\tforce\tPER\tP-7\t\n", "大成董事長宣布", "大成=P-7"},
    {"台積\tprefer\tPRD\tX-1\t\n", "台積電營收", "台積電=2330"},
    {"曜石\tprefer\tCOM\tMY-1\t\n", "曜石營收", "曜石=MY-1"},
    {"曜石\tforce\t\t\t\n", "曜石營收", ""},
    {"曜.\tforce\tCOM\tMY-2\tpattern\n", "曜石營收", "曜石=MY-2"},
    {"曜石\tforce\tCOM\tMY-1\t\n曜石.\tforce\tCOM\tMY-2\tpattern\n", "曜石營收", "曜石=MY-1"},
    {"曜.{1,3}\tprefer\tCOM\tMY-1\tpattern\n曜.\tforce\tCOM\tMY-2\tpattern\n", "曜石營收",
     "曜石=MY-2"},
};

START_TEST(names_of_the_user_are_linked)
{
    struct desk desk = open_desk(model_path, NULL);
    char tsv[256], found[256];
    jw_userdict *dict;
    jw_options options = JW_OPTIONS_INIT;
    snprintf(tsv, sizeof tsv, "form\tlevel\ttype\tentity\tflags\n%s", users[_i].rows);
    ck_assert_int_eq(jw_userdict_read(desk.model, bytes_of(tsv), JW_FORCE, &dict, &desk.error),
                     JW_OK);
    const jw_userdict *const dicts[] = {dict};
    jw_worker_free(desk.worker);
    options.want = JW_LAYER_SENTENCES;
    options.userdicts = dicts;
    options.userdict_count = 1;
    ck_assert_int_eq(jw_worker_new(desk.model, &options, &desk.worker, &desk.error), JW_OK);
    link_text(&desk, users[_i].text, 0);
    print_mentions(desk.doc, found, sizeof found);
    ck_assert_msg(strcmp(found, users[_i].mentions) == 0, "%s\n  found  %s\n  wanted %s",
                  users[_i].text, found, users[_i].mentions);
    jw_userdict_unref(dict);
    close_desk(&desk);
}
END_TEST

static const char *const bad_rows[] = {"曜石\tforce\tXYZ\t1\n", "曜石\tforce\t\t2330\n"};

START_TEST(a_bad_name_row_is_refused)
{
    struct desk desk = open_desk(model_path, NULL);
    char tsv[256];
    jw_userdict *dict = NULL;
    snprintf(tsv, sizeof tsv, "form\tlevel\ttype\tentity\n%s", bad_rows[_i]);
    ck_assert_int_eq(jw_userdict_read(desk.model, bytes_of(tsv), JW_FORCE, &dict, &desk.error),
                     JW_EUSERDICT);
    ck_assert_ptr_null(dict);
    close_desk(&desk);
}
END_TEST

START_TEST(nil_ids_are_stable_across_documents)
{
    struct desk desk = open_desk(model_path, NULL);
    char first[32];
    link_text(&desk, "晨曜科技股份有限公司公告。", 0);
    const jw_entities one = jw_doc_entities(desk.doc);
    ck_assert_uint_eq(one.len, 1);
    ck_assert_uint_eq(one.at[0].eid.len, 17);
    ck_assert(one.at[0].flags & JW_ENTITY_NIL);
    memcpy(first, one.at[0].eid.at, 17);
    link_text(&desk, "另外，晨曜科技　股份有限公司取得土地，晨曜科技股份有限公司表示", 0);
    const jw_entities two = jw_doc_entities(desk.doc);
    ck_assert(memcmp(first, two.at[two.len - 1].eid.at, 17) == 0);
    close_desk(&desk);
}
END_TEST

/* Two companies of one kind: everything but names, ids and offsets is equal. */
static const char *const swaps[][2] = {
    {"台積電", "聯發科"}, {"台積電", "日月光"}, {"鴻海", "廣達"}, {"玉山金", "富邦金"}};
static const char *const frames[] = {"%s(%s)今日公布營收", "法人指出，%s第四季展望保守",
                                     "%s董事長表示，公司並未裁員", "買%s不如買ETF"};

START_TEST(swapping_a_company_changes_identifiers_only)
{
    struct desk desk = open_desk(model_path, NULL);
    for (size_t frame = 0; frame < sizeof frames / sizeof *frames; frame++) {
        jw_mention mentions[2][8];
        jw_link links[2][8];
        uint32_t count[2];
        for (int side = 0; side < 2; side++) {
            char text[256];
            snprintf(text, sizeof text, frames[frame], swaps[_i][side], "代號");
            link_text(&desk, text, 0);
            count[side] = jw_doc_mentions(desk.doc).len;
            ck_assert_uint_lt(count[side], 8);
            memcpy(mentions[side], jw_doc_mentions(desk.doc).at, count[side] * sizeof(jw_mention));
            memcpy(links[side], jw_doc_links(desk.doc).at, count[side] * sizeof(jw_link));
        }
        ck_assert_uint_eq(count[0], count[1]);
        for (uint32_t i = 0; i < count[0]; i++) {
            ck_assert_uint_eq(mentions[0][i].type, mentions[1][i].type);
            ck_assert_int_eq(mentions[0][i].score, mentions[1][i].score);
            ck_assert_int_eq(links[0][i].score, links[1][i].score);
            ck_assert_uint_eq(links[0][i].entity, links[1][i].entity);
            ck_assert_uint_eq(links[0][i].kind, links[1][i].kind);
        }
    }
    close_desk(&desk);
}
END_TEST

START_TEST(mentions_and_entities_of_any_text_are_sound)
{
    struct desk desk = open_desk(model_path, NULL);
    static const char *const pieces[] = {
        "台積電",     "2330", "(",      ")",    "-TW",  "，",   "統編", "22099131", "股份有限公司",
        "以下簡稱「", "」",   "該公司", "世界", "、",   "統一", "晨曜", " ",        "\n",
        "董事長",     "營收", "-",      "KY",   "世芯", "0050"};
    uint64_t state = 11;
    for (int round = 0; round < 2000; round++) {
        char text[400];
        size_t len = 0;
        while (len < 300) {
            const char *piece = pieces[next_random(&state) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        text[len] = '\0';
        link_text(&desk, text, next_random(&state) % 5);
        const jw_mentions mentions = jw_doc_mentions(desk.doc);
        uint32_t last = 0;
        for (uint32_t i = 0; i < mentions.len; i++) {
            ck_assert_uint_ge(mentions.at[i].tokens.start, last);
            ck_assert_uint_lt(mentions.at[i].tokens.start, mentions.at[i].tokens.end);
            ck_assert_uint_lt(mentions.at[i].entity, jw_doc_entities(desk.doc).len);
            last = mentions.at[i].tokens.end;
        }
        ck_assert_uint_le(last, jw_doc_tokens(desk.doc).len);
    }
    close_desk(&desk);
}
END_TEST

int main(int argc, char **argv)
{
    model_path = argc > 1 ? argv[1] : NULL;
    Suite *suite = suite_create("entity");
    suite_add_loop(suite, names_are_linked, (int)(sizeof names / sizeof *names));
    suite_add_loop(suite, documents_define_names, (int)(sizeof locals / sizeof *locals));
    suite_add_loop(suite, names_and_tagged_mentions_become_one_list,
                   (int)(sizeof merges / sizeof *merges));
    suite_add_loop(suite, names_of_the_user_are_linked, (int)(sizeof users / sizeof *users));
    suite_add_loop(suite, a_bad_name_row_is_refused, (int)(sizeof bad_rows / sizeof *bad_rows));
    suite_add(suite, surname_and_title_are_the_person_named_before);
    suite_add(suite, nil_ids_are_stable_across_documents);
    suite_add_loop(suite, swapping_a_company_changes_identifiers_only,
                   (int)(sizeof swaps / sizeof *swaps));
    suite_add(suite, mentions_and_entities_of_any_text_are_sound);
    return suite_run(suite);
}
