/* SPDX-License-Identifier: Apache-2.0 */
/* Section KBAS: what its reader refuses, what it finds, names by date, numbers of companies, names that are words as well, names of persons and places. */
#include "common/desk.h"
#include "model/company_name.h"
#include "model/kb.h"
#include "model/model.h"
#include "model/person_name.h"
#include "model/place_name.h"

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

/* A sentence, the name in it between blows of |, and whether it is one there. */
static const struct reading {
    const char *text;
    int is_name;
} readings[] = {
    /* a name and nothing else */
    {"|聯電|", 1},
    {"在|聯電|旁邊", 1},
    /* the rarer a word, the less the words around must say */
    {"|秋雨|10億美元打造5G毫米波產線", 1},
    {"|世界|10億美元打造5G毫米波產線", 0},
    {"〈熱門股〉|厚生|題材發酵 創16個月高點", 1},
    {"〈熱門股〉|全國|題材發酵 創16個月高點", 0},
    {"|世界|第三季營收創高", 1},
    {"〈|幸福|法說〉前三季雙率雙升 獲利創高", 1},
    {"|全國|年底關閉百家門市", 0},
    {"|太極|：專注評估第二座廠 營運持平", 1},
    /* within a sentence they are words where nothing says otherwise */
    {"客戶|開展|放款業務營收成長", 0},
    {"那天|秋雨|下個不停，我們都沒有出門。", 0},
    {"他在|大成|路上開店。", 0},
    {"|精湛|的演出 觀眾大呼過癮", 0},
    {"本年度獲補助的團隊，包括|卓越|級9團。", 0},
    /* beside a company in a list, beside its code */
    {"卜蜂、|大成|都調漲了", 1},
    {"台股收黑，|大成|、聯電都跌", 1},
    {"他說|統一|(1216)不錯", 1},
    {"他說1216 |統一|不錯", 1},
    {"他說|統一|(1215)不錯", 0},
    {"他說12160 |統一|不錯", 0},
    /* names that only something else makes one */
    {"|發哥|營收創高", 0},
};

/* A sentence without its two blows of |, and where they were. */
struct marked {
    uint32_t code[64], at[64], edge[2];
    uint8_t cls[64];
    struct units sentence;
};

static void read_marked(struct desk *desk, const char *text, struct marked *ret)
{
    const struct room *room = run_text(desk, bytes_of(text));
    uint32_t n = 0, found = 0;
    for (uint32_t i = 0; i < room->units.len; i++) {
        if (room->units.code[i] == '|') {
            ret->edge[found++] = n;
            continue;
        }
        ret->code[n] = room->units.code[i];
        ret->cls[n] = room->units.cls[i];
        ret->at[n++] = i;
    }
    ck_assert_uint_eq(found, 2);
    ret->sentence = (struct units){ret->code, ret->cls, ret->at, n};
}

START_TEST(a_word_is_a_company_where_enough_says_so)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct kb kb = kb_of(desk.model);
    const struct reading *reading = &readings[_i];
    struct marked marked;
    read_marked(&desk, reading->text, &marked);
    const uint32_t *edge = marked.edge, name = jwi_kb_find_name(&kb, marked.code + edge[0], edge[1] - edge[0]);
    ck_assert_uint_ne(name, JW_NONE);
    ck_assert_msg((jwi_company_at(&kb, name, marked.sentence, edge[0], edge[1], 1) != KB_TYPE_COUNT) == reading->is_name, "%s", reading->text);
    close_desk(&desk);
}
END_TEST

/* The same for persons. */
static const struct reading persons[] = {
    {"【|林志明|專欄】港股轉勢，宜積極加倉", 1},
    {"〈裕民股東會〉|陳惠芬|：下半年一定比上半年好", 1},
    {"董座|何軍|請辭", 1},
    {"橋水|達里歐|：現金是垃圾", 1},
    {"鴻海董事長|王國賺|表示，營運逐季成長。", 1},
    /* words, names of others, words that the name would cut */
    {"|高層|：明年看好", 0},
    {"|高雄|：明年看好", 0},
    {"連|續三|年成長", 0},
    {"收攀3|周新高|", 0},
    {"雲端需求回溫，|任期|表示到年底", 0},
    {"董座|高度|看好", 0},
};

START_TEST(a_person_is_one_where_enough_says_so)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct kb kb = kb_of(desk.model);
    struct marked marked;
    read_marked(&desk, persons[_i].text, &marked);
    const uint32_t end = jwi_person_end(desk.worker->room.lexicon, &kb, marked.sentence, marked.edge[0], 0, 0);
    ck_assert_msg(end == marked.edge[persons[_i].is_name], "%s", persons[_i].text);
    close_desk(&desk);
}
END_TEST

/* And for places. */
static const struct reading places[] = {
    {"擴大|德國|市占", 1}, {"赴|加拿大|設廠", 1}, {"在|高雄市|設廠", 0}, {"|中國信託|調查", 0}, {"|世界|各地", 0},
};

START_TEST(a_place_is_one_that_is_nothing_else)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct kb kb = kb_of(desk.model);
    struct marked marked;
    uint16_t symbols[64];
    read_marked(&desk, places[_i].text, &marked);
    for (uint32_t i = 0; i < marked.sentence.len; i++)
        symbols[i] = kb_symbol(&kb, marked.code[i]);
    const uint32_t end = jwi_place_end(&kb, marked.sentence, symbols, marked.edge[0]);
    ck_assert_msg(end == (places[_i].is_name ? marked.edge[1] : marked.edge[0]), "%s", places[_i].text);
    close_desk(&desk);
}
END_TEST

/* No name that may be a company's is passed over by the look at its first two letters. */
START_TEST(how_names_begin_is_known)
{
    struct desk desk = open_desk(model_path, NULL);
    const struct kb kb = kb_of(desk.model);
    static const uint32_t begins[][2] = {{0x806f, 0x96fb}, {0x7d71, 0x4e00}, {0x5927, 0x6210}, {0x5e78, 0x798f}}; /* 聯電 統一 大成 幸福 */
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        ck_assert(kb_name_may_begin(&kb, kb_symbol(&kb, begins[i][0]), kb_symbol(&kb, begins[i][1])));
    uint32_t set = 0;
    for (uint32_t i = 0; i < KB_PAIRS; i++)
        for (uint32_t bits = kb.pairs[i]; bits; bits >>= 1)
            set += bits & 1;
    ck_assert_uint_lt(set, 8 * KB_PAIRS / 4);
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
    suite_add_loop(suite, a_word_is_a_company_where_enough_says_so, (int)(sizeof readings / sizeof *readings));
    suite_add_loop(suite, a_person_is_one_where_enough_says_so, (int)(sizeof persons / sizeof *persons));
    suite_add_loop(suite, a_place_is_one_that_is_nothing_else, (int)(sizeof places / sizeof *places));
    suite_add(suite, how_names_begin_is_known);
    return suite_run(suite);
}
