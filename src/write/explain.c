/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The derivation of every score and relevance of a document in words: what is quoted, which rule, which factors, what it contributes, and the
 * sums.  Numbers are those of the layers, so a sum that is shown is the score.  Text in Traditional Chinese for the reader of a report.
 */
#include "doc/doc.h"
#include "model/model.h"
#include "write/code.h"
#include "write/esg_write.h"
#include "write/scale.h"
#include "write/write.h"

#include <string.h>

struct account {
    struct out *out;
    const jw_doc *doc;
    struct scale scale;
};

static void put(struct account *account, const char *text)
{
    out_text(account->out, text);
}

static void put_bytes(struct account *account, jw_bytes bytes)
{
    jwi_out_line(account->out, bytes);
}

static void put_whole(struct account *account, int32_t value)
{
    if (value != 0)
        put(account, value < 0 ? "-" : "+");
    jwi_out_uint(account->out, (uint32_t)(value < 0 ? -value : value));
}

/* Exact: 1/JW_WEIGHT_SCALE has at most seven decimals. */
static void put_weight(struct account *account, uint64_t weight)
{
    char digits[7];
    uint64_t rest = weight % JW_WEIGHT_SCALE * 5; /* 1e-7 */
    uint32_t len = 7;
    for (int i = 6; i >= 0; i--, rest /= 10)
        digits[i] = (char)('0' + rest % 10);
    while (len > 2 && digits[len - 1] == '0')
        len--;
    jwi_out_uint(account->out, weight / JW_WEIGHT_SCALE);
    put(account, ".");
    out_put(account->out, digits, len);
}

static const struct leaf *leaf_of(const struct account *account, const jw_evidence *evidence)
{
    const struct taxonomy *const taxonomy = account->doc->model->taxonomy;
    if (evidence->event == JW_NONE || !taxonomy)
        return NULL;
    const uint32_t type = account->doc->events[evidence->event].type;
    return type < taxonomy->leaf_count ? &taxonomy->leaf[type] : NULL;
}

/* A mark of a reader has a weight, but neither event nor opinion. */
static int is_mark(const jw_evidence *evidence)
{
    return evidence->event == JW_NONE && evidence->opinion == JW_NONE && evidence->weight != 0;
}

static void put_aspect_name(struct account *account, uint16_t aspect)
{
    const struct taxonomy *const taxonomy = account->doc->model->taxonomy;
    if (taxonomy && aspect < taxonomy->aspect_count)
        put_bytes(account, taxonomy->aspect[aspect].name);
}

/* A company with a part in what its subsidiary did. */
static int is_parent(const struct account *account, const jw_evidence *evidence)
{
    const jw_event *const event = &account->doc->events[evidence->event];
    const struct taxonomy *const taxonomy = account->doc->model->taxonomy;
    for (uint32_t i = 0; taxonomy && i < event->arg_count; i++)
        if (account->doc->event_args[event->first_arg + i].role == taxonomy->parent_role &&
            account->doc->event_args[event->first_arg + i].entity == evidence->entity)
            return 1;
    return 0;
}

/* ，傳聞；信用指標 H1 退票、拒絕往來: how far the event has come, and the indicator it raises for who bears it, or for whose subsidiary. */
static void put_status(struct account *account, const jw_evidence *evidence)
{
    static const char *const names[] = {"", "，傳聞", "，計畫中", "，已宣布", "，進行中", "，已公布", "，已完成", "，已取消", "，已否認"};
    const struct taxonomy *const taxonomy = account->doc->model->taxonomy;
    const jw_event *const event = &account->doc->events[evidence->event];
    if (event->claim.progress < sizeof names / sizeof *names)
        put(account, names[event->claim.progress]);
    const int is_whole = event->claim.entity == evidence->entity, is_half = !is_whole && is_parent(account, evidence);
    if (!event->credit_code || event->credit_code > taxonomy->credit_count || (!is_whole && !is_half))
        return;
    put(account, is_half ? "；子公司的信用指標（母公司計半） " : "；信用指標 ");
    put_bytes(account, taxonomy->credit[event->credit_code - 1].code);
    put(account, " ");
    put_bytes(account, taxonomy->credit[event->credit_code - 1].name);
}

/* 「營收年增12.3%」 營收公布，上升 */
static void put_quote(struct account *account, uint32_t number)
{
    const jw_evidence *const evidence = &account->doc->evidence[number];
    const jw_claim *const claim = jwi_code_claim(account->doc, evidence);
    const struct leaf *const leaf = leaf_of(account, evidence);
    put(account, "  x");
    jwi_out_uint(account->out, (uint64_t)number + 1);
    put(account, " 「");
    put_bytes(account, bytes_of(account->doc->text, evidence->text));
    put(account, "」 ");
    if (leaf)
        put_bytes(account, leaf->name);
    else if (claim)
        put(account, "評價");
    else if (is_mark(evidence))
        put(account, evidence->rule.len == 4 ? "推：呼應文章立場" : "噓：反對文章立場");
    else
        put(account, "上下限：合計不超過 3、不低於 -3");
    if (claim && claim->direction)
        put(account, claim->direction == JW_DIRECTION_UP ? "，上升" : "，下降");
    if (leaf)
        put_status(account, evidence);
    put(account, "（面向：");
    put_aspect_name(account, evidence->aspect);
    put(account, "；規則 ");
    put_bytes(account, evidence->rule);
    if (evidence->path.len) {
        put(account, "；");
        put_bytes(account, evidence->path);
    }
    put(account, "）\n");
}

/* Factors of a polarity, 1/JW_SCALE, and the words for them. */
enum { FACTORS_MOST = 16 };
struct factors {
    const char *names[FACTORS_MOST];
    int32_t values[FACTORS_MOST];
    uint32_t count;
};

static void add_factor(struct factors *factors, const char *name, int32_t value)
{
    factors->names[factors->count] = name;
    factors->values[factors->count++] = value;
}

/* On what ground it is said: of forecast, opinion and rumour one counts; some leaves are forecasts by nature. */
static void add_ground(struct factors *factors, const jw_claim *claim, int is_exempt)
{
    if (claim->fact == JW_FORECAST)
        add_factor(factors, is_exempt ? "預測（此類不折減）" : "預測", is_exempt ? JW_SCALE : 8000);
    if (claim->fact == JW_OPINION)
        add_factor(factors, is_exempt ? "意見（此類不折減）" : "意見", is_exempt ? JW_SCALE : 5000);
    if (claim->fact == JW_RUMOUR)
        add_factor(factors, "傳聞", 4000);
}

static void add_context(struct factors *factors, const jw_claim *claim)
{
    if (claim->progress == JW_DENIED)
        add_factor(factors, "已否認", 2000);
    if (claim->progress == JW_CANCELLED)
        add_factor(factors, "已取消", -5000);
    else if (claim->negation == JW_NEGATED)
        add_factor(factors, "否定", -5000);
    if (claim->negation == JW_NEGATED_TWICE)
        add_factor(factors, "雙重否定", 8000);
    if (claim->mood & JW_MOOD_HYPOTHETICAL)
        add_factor(factors, "假設或可能", 5000);
    if (claim->mood & JW_MOOD_QUESTION)
        add_factor(factors, "疑問", 1000);
}

static struct factors factors_of(const struct account *account, const jw_evidence *evidence, const jw_claim *claim)
{
    const struct leaf *const leaf = leaf_of(account, evidence);
    struct factors factors = {.count = 0};
    if (leaf)
        add_factor(&factors, "基準", leaf->market_prior);
    if (leaf && leaf->sign == SIGN_DIRECTION && claim->direction == JW_DIRECTION_DOWN)
        add_factor(&factors, "方向下", -JW_SCALE);
    add_factor(&factors, "幅度", claim->magnitude ? claim->magnitude : JW_SCALE);
    add_factor(&factors, "程度", claim->degree ? claim->degree : JW_SCALE);
    add_ground(&factors, claim, leaf && leaf->is_exempt);
    add_context(&factors, claim);
    if (evidence->event != JW_NONE && evidence->entity != claim->entity)
        add_factor(&factors, is_parent(account, evidence) ? "子公司之事，母公司所占" : "對方所占", account->doc->events[evidence->event].second_share);
    return factors;
}

static int64_t product_of(const struct factors *factors)
{
    int64_t product = JW_SCALE;
    for (uint32_t i = 0; i < factors->count; i++)
        product = product * factors->values[i] / JW_SCALE;
    return product;
}

/* Where the factors are not all there is (a figure of speech, a rule of the leaf), that is said. */
static void put_polarity(struct account *account, const jw_evidence *evidence, const jw_claim *claim)
{
    const struct factors factors = factors_of(account, evidence, claim);
    const int64_t rest = evidence->polarity - product_of(&factors);
    const int is_whole = leaf_of(account, evidence) && rest >= -2 && rest <= 2;
    put(account, "     極性 ");
    jwi_out_signed(account->out, evidence->polarity);
    put(account, is_whole ? " = " : "：");
    for (uint32_t i = 0; i < factors.count; i++) {
        put(account, i ? " × " : "");
        put(account, factors.names[i]);
        put(account, " ");
        jwi_out_scaled(account->out, factors.values[i]);
    }
    if (!is_whole)
        put(account, leaf_of(account, evidence) ? "，並依此類事件的細則調整" : "，乘以所引詞語的極性");
    put(account, "\n");
}

/* weight = position x concession x future x confidence; the first three are told from it. */
static void put_weights(struct account *account, const jw_evidence *evidence, const jw_claim *claim)
{
    static const struct {
        uint32_t tenths;
        const char *text;
    } places[] = {{10, "標題 1"}, {8, "內文前兩句 0.8"}, {5, "內文 0.5"}, {3, "回文 0.3"}, {1, "列舉 0.1"}};
    const uint32_t conceded = claim->mood & JW_MOOD_CONCEDED ? 3 : 10;
    const uint32_t future = claim->mood & JW_MOOD_FUTURE || claim->fact == JW_FORECAST ? 3 : 2;
    const uint32_t rest = claim->conf > 0 ? conceded * future * (uint32_t)claim->conf : 0;
    put(account, "     權重 ");
    put_weight(account, evidence->weight);
    put(account, "：位置 ");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (rest && evidence->weight == places[i].tenths * rest)
            put(account, places[i].text);
    put(account, " × 信心 ");
    jwi_out_scaled(account->out, claim->conf);
    if (conceded == 3)
        put(account, " × 讓步 0.3");
    if (future == 3)
        put(account, " × 未來 1.5");
    put(account, "\n");
}

static void put_mark(struct account *account, const jw_evidence *evidence)
{
    put(account, "     極性 ");
    jwi_out_signed(account->out, evidence->polarity);
    put(account, "：標題與內文極性的加權平均");
    put(account, evidence->rule.len == 4 ? "\n" : "，變號\n");
    put(account, "     權重 ");
    put_weight(account, evidence->weight);
    put(account, "：回文 0.3 × 0.1，全部推噓合計至多 1\n");
}

static void put_share(struct account *account, const jw_evidence *evidence, uint64_t divisor)
{
    put(account, "     貢獻 ");
    put_weight(account, evidence->weight);
    put(account, " × ");
    jwi_out_signed(account->out, evidence->polarity);
    put(account, " ÷ ");
    put_weight(account, divisor);
    put(account, " = ");
    jwi_out_signed(account->out, evidence->market);
    put(account, "\n");
}

static void put_part(struct account *account, int32_t part)
{
    put(account, " ");
    jwi_out_signed(account->out, part);
}

static void end_total(struct account *account, int32_t total)
{
    put(account, " = ");
    jwi_out_signed(account->out, total);
    put(account, "\n");
}

static void put_market_total(struct account *account, const jw_score *score)
{
    put(account, "  合計");
    for (uint32_t i = 0; i < score->evidence_count; i++)
        if (account->doc->evidence[score->first_evidence + i].weight)
            put_part(account, account->doc->evidence[score->first_evidence + i].market);
    end_total(account, score->market);
}

/* In the order of the items; what brings the sum within its limits comes last. */
static void put_credit_total(struct account *account, const jw_score *score)
{
    const jw_evidence *const all = account->doc->evidence + score->first_evidence;
    put(account, "  合計");
    for (uint32_t rank = 0; rank < score->evidence_count; rank++)
        for (uint32_t i = 0; i < score->evidence_count; i++)
            if (all[i].rank == rank && all[i].item && all[i].credit)
                put_part(account, all[i].credit);
    for (uint32_t i = 0; i < score->evidence_count; i++)
        if (!all[i].item && all[i].credit)
            put_part(account, all[i].credit);
    end_total(account, score->credit_raw);
}

static void put_market(struct account *account, const jw_score *score)
{
    static const char *const classes[] = {"負面", "中性", "正面"};
    if (!score->has_market) {
        put(account, " 市場分數：無（文中沒有可據以判斷的話，不等於 0）\n");
        return;
    }
    const int32_t probs[] = {score->p_neg, score->p_neu, score->p_pos};
    int largest = 1;
    for (int i = 0; i < 3; i++)
        largest = probs[i] > probs[largest] ? i : largest;
    uint64_t divisor = JW_WEIGHT_SCALE / 4;
    for (uint32_t i = 0; i < score->evidence_count; i++)
        divisor += account->doc->evidence[score->first_evidence + i].weight;
    put(account, " 市場分數 ");
    jwi_out_signed(account->out, score->market);
    put(account, "，判為");
    put(account, classes[largest]);
    put(account, "（負 ");
    jwi_out_scaled(account->out, score->p_neg);
    put(account, "、中 ");
    jwi_out_scaled(account->out, score->p_neu);
    put(account, "、正 ");
    jwi_out_scaled(account->out, score->p_pos);
    put(account, "）；每項貢獻 = 權重 × 極性 ÷（0.25 + 權重總和 = ");
    put_weight(account, divisor);
    put(account, "）\n");
    for (uint32_t i = 0; i < score->evidence_count; i++) {
        const jw_evidence *const evidence = &account->doc->evidence[score->first_evidence + i];
        const jw_claim *const claim = jwi_code_claim(account->doc, evidence);
        if (!evidence->weight)
            continue;
        put_quote(account, score->first_evidence + i);
        if (claim) {
            put_polarity(account, evidence, claim);
            put_weights(account, evidence, claim);
        } else {
            put_mark(account, evidence);
        }
        put_share(account, evidence, divisor);
    }
    put_market_total(account, score);
}

/* Items as they count: the largest whole, each next one half as much. */
static void put_credit_items(struct account *account, const jw_score *score)
{
    for (uint32_t rank = 0; rank < score->evidence_count; rank++) {
        for (uint32_t i = 0; i < score->evidence_count; i++) {
            const uint32_t number = score->first_evidence + i;
            const jw_evidence *const evidence = &account->doc->evidence[number];
            if (evidence->rank != rank || !evidence->item)
                continue;
            put_quote(account, number);
            put(account, "     信用項 ");
            jwi_out_signed(account->out, evidence->item);
            put(account, " ÷ ");
            jwi_out_uint(account->out, rank < 32 ? (uint64_t)1 << rank : UINT64_C(1) << 32);
            put(account, "（大小第 ");
            jwi_out_uint(account->out, (uint64_t)rank + 1);
            put(account, "）= ");
            jwi_out_signed(account->out, evidence->credit);
            put(account, "\n");
        }
    }
}

static void put_credit(struct account *account, const jw_score *score)
{
    if (!score->has_credit) {
        put(account, " 信用分數：無（文中沒有談到償債能力，不等於安全）\n");
        return;
    }
    put(account, " 信用分數 ");
    put_whole(account, score->credit);
    put(account, "（-3 嚴重惡化，+3 強力支持），未進位 ");
    jwi_out_signed(account->out, score->credit_raw);
    put(account, "；最大一項全計，其後每項再減半\n");
    put_credit_items(account, score);
    for (uint32_t i = 0; i < score->evidence_count; i++) {
        const jw_evidence *const evidence = &account->doc->evidence[score->first_evidence + i];
        if (!jwi_code_claim(account->doc, evidence) && !is_mark(evidence))
            put_quote(account, score->first_evidence + i);
    }
    put_credit_total(account, score);
}

static void put_tone(struct account *account, uint32_t entity)
{
    uint32_t good = 0, bad = 0;
    for (uint32_t i = 0; i < account->doc->opinion_count; i++) {
        const jw_opinion *const opinion = &account->doc->opinions[i];
        good += opinion->claim.entity == entity && opinion->tone > 0;
        bad += opinion->claim.entity == entity && opinion->tone < 0;
    }
    put(account, " 用語語氣 ");
    jwi_out_signed(account->out, account->doc->scores[entity].tone);
    put(account, "：正面詞 ");
    jwi_out_uint(account->out, good);
    put(account, "、負面詞 ");
    jwi_out_uint(account->out, bad);
    put(account, "，（正 - 負）÷（正 + 負 + 2）\n");
}

static void put_aspects(struct account *account, const jw_score *score)
{
    for (uint32_t i = 0; i < score->aspect_count; i++) {
        const jw_aspect *const aspect = &account->doc->aspects[score->first_aspect + i];
        put(account, i ? "；" : " 面向：");
        put_aspect_name(account, aspect->aspect);
        put(account, " 市場 ");
        jwi_out_signed(account->out, aspect->market);
        put(account, " 信用 ");
        jwi_out_signed(account->out, aspect->credit_raw);
    }
    if (score->aspect_count)
        put(account, "\n");
}

static void put_relevance(struct account *account, uint32_t entity)
{
    static const char *const anchors[] = {
        "只是受訪者的服務單位，或是消息來源，計 0",
        "只出現在列舉、附註或回文，計提及次數，至多 20",
        "出現在內文：21 + 10 ×（提及次數 - 1）+ 曾為主語 9，加計至多 29",
        "在兩句以上提到三次以上，或是某段半數句子的主語：51 + 4 ×（提及次數 - 3），加計至多 24",
        "內文前兩句的事件中有其角色：76 + 3 ×（提及次數 - 1），加計至多 13",
        "出現在標題：90 +（提及次數 - 1），加計至多 9",
        "出現在標題，且在標題的事件中有其角色",
    };
    const jw_score *const score = &account->doc->scores[entity];
    put(account, " 相關度 ");
    jwi_out_uint(account->out, score->relevance);
    put(account, "：");
    put(account, anchors[score->anchor <= JW_ANCHOR_TITLE_ROLE ? score->anchor : 0]);
    put(account, "（提及 ");
    jwi_out_uint(account->out, account->doc->entities[entity].mention_count);
    put(account, " 次，標題 ");
    jwi_out_uint(account->out, account->doc->entities[entity].title_count);
    put(account, " 次）");
    if (score->uncapped != score->relevance) {
        put(account, "；多家公司的綜合報導，由 ");
        jwi_out_uint(account->out, score->uncapped);
        put(account, " 降為至多 50");
    }
    put(account, "\n");
}

/* A country, a product or a person nothing is said of: its two missing scores are told in one line. */
static int is_aside(const struct account *account, uint32_t entity)
{
    const char *const type = jw_model_label(account->doc->model, JW_LABELS_MENTION, account->doc->entities[entity].type);
    return account->doc->scores[entity].evidence_count == 0 && type && strcmp(type, "COM") && strcmp(type, "FIN");
}

static void put_entity(struct account *account, uint32_t entity)
{
    const jw_entity *const about = &account->doc->entities[entity];
    const jw_score *const score = &account->doc->scores[entity];
    put(account, "\n");
    put_bytes(account, about->name);
    if (about->code.len) {
        put(account, "（");
        put_bytes(account, about->code);
        put(account, "）");
    }
    put(account, " ");
    put_bytes(account, about->eid);
    put(account, "\n");
    put_relevance(account, entity);
    if (is_aside(account, entity)) {
        put(account, " 市場與信用分數：無（文中沒有可據以判斷的話，不等於 0，也不等於安全）\n");
        return;
    }
    put_market(account, score);
    put_credit(account, score);
    if (score->is_scored)
        put_tone(account, entity);
    put_aspects(account, score);
}

static void put_document(struct account *account)
{
    const jw_doc_score *const whole = &account->doc->whole_score;
    put(account, "文件 ");
    put_bytes(account, account->doc->meta.id);
    put(account, "\n 市場分數 ");
    if (whole->has_market)
        jwi_out_signed(account->out, whole->market);
    else
        put(account, "無");
    put(account, "（各實體依相關度加權平均）；信用分數 ");
    if (whole->has_credit)
        put_whole(account, whole->credit);
    else
        put(account, "無");
    put(account, "（相關度 50 以上者最低的一個）\n");
    if (whole->is_roundup)
        put(account, " 這是多家公司的綜合報導\n");
}

void jwi_write_explain(struct out *out, const jw_doc *doc, const jw_write_options *options)
{
    struct account account = {out, doc, scale_on(doc, options->offsets)};
    if (!(jw_doc_layers(doc) & JW_LAYER_SCORES))
        return;
    put_document(&account);
    for (uint32_t i = 0; i < doc->entity_count; i++)
        put_entity(&account, doc->scores[i].ranked);
    jwi_explain_esg(out, doc);
}
