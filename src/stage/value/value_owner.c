/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose value it is: the mention of a company, security, index, currency or commodity that it is said of.
 * Method: with trees, up from the value to the first word that has such a mention as its subject or modifier; else, and where the tree
 * says nothing, the nearest such mention before the value in its sentence, else the last one of the sentence before in the same part, when
 * nothing else is the subject; over the end of a line only if the text is about it.
 */
#include "stage/value/value.h"

#include "base/search.h"

#include <string.h>

enum { OWNER_TYPES = 6, OWNER_COM = 0, OWNER_FIN = 1, OWNER_INDEX = 3, OWNER_CURRENCY = 4, OWNER_COMMODITY = 5, CLIMB = 8 };
enum { FOREIGN_TYPES = 4, RATE_REACH = 36, LEAST_MAIN = 3, INDEX_REACH = 24 }; /* bytes between a currency and its rate */

struct owner {
    const jw_doc *doc;
    const jw_value *values; /* sorted, `count` of them */
    uint32_t count;
    uint32_t type[OWNER_TYPES];
    uint32_t authority;                /* mention of a government or a central bank */
    uint32_t foreign[FOREIGN_TYPES];   /* mentions that own nothing here and yet are what a sentence is of */
    uint32_t ownable;                  /* mentions of all that may own */
    uint32_t subject, modifier, topic; /* relations */
    int is_form;                       /* an announcement: fields begin with a number */
    int has_rate;                      /* the sentence speaks of exchange rates */
};

static uint32_t label_of(const jw_doc *doc, jw_labels set, const char *name)
{
    const jw_bytes label = {name, strlen(name)};
    return jw_model_label_id(doc->model, set, label);
}

static int is_one_of(jw_bytes word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == word.len && !memcmp(word.at, list[i], word.len))
            return 1;
    return 0;
}

/* Less than ten to the `power`, whatever its sign. */
static int is_below(jw_decimal value, int power)
{
    const jw_decimal size = value.mantissa < 0 ? jwi_decimal_minus(value) : value;
    const jw_decimal rest = jwi_decimal_add(size, jwi_decimal(-1, power));
    return rest.known && rest.mantissa < 0;
}

/* A currency owns its rate and how it moved, a commodity its price and what is dug, sold and moved of it. */
static int may_measure_goods(const struct owner *owner, uint32_t type, const jw_value *value)
{
    static const char *const of_goods[] = {"price", "volume", "output", "exports", "imports", "inventory", "shipments", "return", "share_of",
                                           "exchange_rate", "target_price", "index"};
    if (value->of.len && !is_one_of(value->of, of_goods, sizeof of_goods / sizeof *of_goods))
        return 0;
    if (value->kind == JW_VALUE_MONEY)
        return is_below(value->value, 6);
    return value->kind == JW_VALUE_PERCENT || (type == owner->type[OWNER_COMMODITY] && value->of.len);
}

/* What a mention of the type can own: no index has a revenue, no sum of money is an index's but its turnover and what flows in. */
static int may_measure(const struct owner *owner, uint32_t type, const jw_value *value)
{
    static const char *const of_firms[] = {"revenue", "eps", "net_profit", "operating_profit", "pretax_profit", "gross_profit", "gross_margin",
                                           "operating_margin", "net_margin", "capex", "headcount", "investment", "salary",
                                           "interest_rate"};
    static const char *const of_market[] = {"amount", "turnover", "volume", "market_cap", "net_buy", "net_sell", "index"};
    static const char *const of_economies[] = {"gdp", "cpi", "pmi", "unemployment", "employment", "jobless_claims", "trade_balance"};
    static const char *const moves[] = {"interest_rate"}, *const points[] = {"points"};
    if (type == owner->type[OWNER_COM] || type == owner->type[OWNER_FIN])
        return !(is_one_of(value->of, moves, 1) && is_one_of(value->unit, points, 1)) &&
               !is_one_of(value->of, of_economies, sizeof of_economies / sizeof *of_economies);
    if (type == owner->type[OWNER_CURRENCY] || type == owner->type[OWNER_COMMODITY])
        return may_measure_goods(owner, type, value);
    if (is_one_of(value->of, of_firms, sizeof of_firms / sizeof *of_firms))
        return 0;
    return type != owner->type[OWNER_INDEX] || value->kind != JW_VALUE_MONEY ||
           is_one_of(value->of, of_market, sizeof of_market / sizeof *of_market);
}

/* Does one of the words stand right before the mention? */
static int is_behind(const jw_doc *doc, const jw_mention *mention, const char *const *words, size_t count)
{
    const uint32_t start = doc->tokens[mention->tokens.start].text.start;
    for (size_t i = 0; i < count; i++) {
        const uint32_t len = (uint32_t)strlen(words[i]);
        if (len <= start && !memcmp(doc->text.at + start - len, words[i], len))
            return 1;
    }
    return 0;
}

/* 受業外認列立訊股票評價損失拖累: somewhere between 受 and the word for what it did. */
static int is_burden(const jw_doc *doc, const jw_mention *mention)
{
    enum { REACH = 30, WIDTH = 3 };
    static const char under[] = "受", comma[] = "，";
    static const char *const deeds[] = {"拖累", "影響", "衝擊", "帶動", "干擾"};
    const char *const text = doc->text.at;
    const uint32_t start = doc->tokens[mention->tokens.start].text.start, end = doc->tokens[mention->tokens.end - 1].text.end;
    uint32_t at = start;
    while (at >= WIDTH && start - at < REACH && memcmp(text + at - WIDTH, under, WIDTH) != 0 && memcmp(text + at - WIDTH, comma, WIDTH) != 0)
        at -= (unsigned char)text[at - 1] < 0x80 ? 1 : WIDTH;
    if (at < WIDTH || memcmp(text + at - WIDTH, under, WIDTH) != 0)
        return 0;
    for (at = end; at + 2 * WIDTH <= doc->text.len && at - end < REACH && memcmp(text + at, comma, WIDTH) != 0; at++)
        for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
            if (memcmp(text + at, deeds[i], 2 * WIDTH) == 0)
                return 1;
    return 0;
}

/* 受特斯拉拖累, 賣廠予立訊, 對台積電: something is done to it or by it, and what follows is said of another. */
static int is_oblique(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const before[] = {"受", "遭", "獲", "予", "給", "向", "對", "受惠", "受累", "因"};
    return is_behind(doc, mention, before, sizeof before / sizeof *before) || is_burden(doc, mention);
}

/* The 美元 of 2億美元 is its unit and owns nothing. */
static int is_in_value(const struct owner *owner, const jw_mention *mention)
{
    const uint32_t start = owner->doc->tokens[mention->tokens.start].text.start;
    const uint32_t low = SEARCH_FROM(owner->values, owner->count, text.end, start + 1);
    return low < owner->count && owner->values[low].text.start <= start;
}

static int has_text(const jw_doc *doc, jw_range range, const char *word)
{
    const uint32_t len = (uint32_t)strlen(word);
    for (uint32_t at = range.start; at + len <= range.end; at++)
        if (memcmp(doc->text.at + at, word, len) == 0)
            return 1;
    return 0;
}

/* 瑞銀估計, 小摩策略師：, 惠譽稱: the bank says something, mostly of others. */
static int is_source(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const after[] = {"策略師", "分析師", "經濟學家", "估計", "預估", "預測", "認為", "稱", "：", "調升", "調降", "喊", "看好", "調查", "經濟調查"};
    static const char of[] = "將";
    const uint32_t at = doc->tokens[mention->tokens.end - 1].text.end;
    const jw_mention *const next = mention + 1 < doc->mentions + doc->mention_count ? mention + 1 : NULL;
    if (next && doc->tokens[next->tokens.start].text.start == at + sizeof of - 1 && memcmp(doc->text.at + at, of, sizeof of - 1) == 0)
        return 1; /* 大摩將世芯營收上調 */
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (at + strlen(after[i]) <= doc->text.len && memcmp(doc->text.at + at, after[i], strlen(after[i])) == 0)
            return 1;
    return 0;
}

/* A currency owns its rate and no sum that is counted in it. */
static int may_own(const struct owner *owner, const jw_mention *mention)
{
    for (int i = 0; i < OWNER_TYPES; i++)
        if (owner->type[i] == mention->type)
            return !is_in_value(owner, mention) && (i != OWNER_CURRENCY || owner->has_rate) &&
                   (i != OWNER_FIN || owner->is_form || !is_source(owner->doc, mention));
    return 0;
}

/* The word of the mention whose head lies outside it. */
static uint32_t head_of(const jw_doc *doc, const jw_mention *mention)
{
    for (uint32_t i = mention->tokens.start; i < mention->tokens.end; i++) {
        const uint32_t head = doc->arcs[i].head;
        if (head == JW_NONE || head < mention->tokens.start || head >= mention->tokens.end)
            return i;
    }
    return mention->tokens.start;
}

static int is_attached(const struct owner *owner, const jw_mention *mention, uint32_t to)
{
    const jw_arc *arc = &owner->doc->arcs[head_of(owner->doc, mention)];
    return arc->head == to &&
           (arc->rel == owner->subject || arc->rel == owner->modifier || arc->rel == owner->topic);
}

/* Mentions [first, end) lie before the value in its sentence. */
static uint32_t by_tree(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    uint32_t token = value->tokens.start;
    for (int step = 0; step < CLIMB && token != JW_NONE;
         step++, token = owner->doc->arcs[token].head)
        for (uint32_t i = end; i > first; i--)
            if (may_own(owner, &owner->doc->mentions[i - 1]) && may_measure(owner, owner->doc->mentions[i - 1].type, value) &&
                !is_oblique(owner->doc, &owner->doc->mentions[i - 1]) && is_attached(owner, &owner->doc->mentions[i - 1], token))
                return i - 1;
    return JW_NONE;
}

/* 台股大漲200點，其中國巨站穩500元，大漲6%: of an index and a company named behind it, the company that is a subject there. */
static uint32_t nearer_subject(const struct owner *owner, const jw_value *value, uint32_t found, uint32_t end)
{
    const jw_doc *const doc = owner->doc;
    if (found == JW_NONE || doc->mentions[found].type != owner->type[OWNER_INDEX])
        return found;
    for (uint32_t i = end; i > found + 1; i--) {
        const jw_mention *const mention = &doc->mentions[i - 1];
        if ((mention->type == owner->type[OWNER_COM] || mention->type == owner->type[OWNER_FIN]) && may_own(owner, mention) &&
            may_measure(owner, mention->type, value) && doc->arcs[head_of(doc, mention)].rel == owner->subject)
            return i - 1;
    }
    return found;
}

/* 在臉書, 據道瓊: where something is said. */
static int is_medium(const jw_doc *doc, const jw_mention *mention)
{
    static const char *const before[] = {"在", "於", "據", "透過", "接受", "《"};
    return is_behind(doc, mention, before, sizeof before / sizeof *before);
}

static uint32_t last_owner(const struct owner *owner, uint32_t first, uint32_t end)
{
    for (uint32_t i = end; i > first; i--)
        if (may_own(owner, &owner->doc->mentions[i - 1]) && (owner->is_form || !is_medium(owner->doc, &owner->doc->mentions[i - 1])))
            return i - 1;
    return JW_NONE;
}

/* The nearest before the value that can own it, one that is no mere object if there is any. */
static uint32_t nearest_owner(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    uint32_t object = JW_NONE;
    for (uint32_t i = end; i > first; i--) {
        const jw_mention *mention = &owner->doc->mentions[i - 1];
        if (!may_own(owner, mention) || !may_measure(owner, mention->type, value))
            continue;
        if (!is_oblique(owner->doc, mention))
            return i - 1;
        object = object == JW_NONE ? i - 1 : object;
    }
    return object;
}

static jw_range between(const jw_doc *doc, const jw_mention *mention, uint32_t end)
{
    return (jw_range){doc->tokens[mention->tokens.end - 1].text.end, end};
}

static int has_any(const jw_doc *doc, jw_range range, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (has_text(doc, range, words[i]))
            return 1;
    return 0;
}

/* Whether nothing but letters lies between the two places: no mark of a list, no blank but before a number, no end of a clause. */
static int is_one_element(const jw_doc *doc, uint32_t start, uint32_t end)
{
    static const char *const stops[] = {"、", "，", "；", "。", "：", ",", ";", " ", "　", "\n", "與", "及", "和"};
    while (end > start && doc->text.at[end - 1] == ' ')
        end--;
    return !has_any(doc, (jw_range){start, end}, stops, sizeof stops / sizeof *stops);
}

/* 潤泰新認列58億元、寶成估46億元: the mention at the head of the value's element of a list; JW_NONE for none. */
static uint32_t head_of_element(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    static const char *const heads[] = {"、"};
    const jw_doc *const doc = owner->doc;
    for (uint32_t i = end; i > first; i--) {
        const jw_mention *mention = &doc->mentions[i - 1];
        if (!is_one_element(doc, doc->tokens[mention->tokens.end - 1].text.end, value->text.start))
            break;
        if (is_behind(doc, mention, heads, 1))
            return may_own(owner, mention) && may_measure(owner, mention->type, value) ? i - 1 : JW_NONE;
    }
    return JW_NONE;
}

/* 、 與 及 and blanks, brackets with codes where `has_codes`: what parts the elements of a list. */
static int is_list_gap(const jw_doc *doc, uint32_t start, uint32_t end, int has_codes)
{
    static const char *const links[] = {"、", "與", "及", "和", "跟"};
    int count = 0, in_bracket = 0;
    while (start < end) {
        const char byte = doc->text.at[start];
        size_t i = 0;
        if (byte == ' ' || (in_bracket && (unsigned char)byte < 0x80) || (has_codes && (byte == '(' || byte == ')'))) {
            in_bracket = byte == '(' || (in_bracket && byte != ')');
            start++;
            continue;
        }
        while (i < sizeof links / sizeof *links && (end - start < 3 || memcmp(doc->text.at + start, links[i], 3) != 0))
            i++;
        if (i == sizeof links / sizeof *links || in_bracket)
            return 0;
        count++;
        start += 3;
    }
    return count == 1;
}

/* First of the values of one kind that a list joins with the value. */
static const jw_value *first_of_list(const struct owner *owner, const jw_value *value)
{
    while (value > owner->values && value[-1].kind == value->kind && is_list_gap(owner->doc, value[-1].text.end, value->text.start, 0))
        value--;
    return value;
}

static uint32_t length_of_list(const struct owner *owner, const jw_value *value)
{
    const jw_value *const end = owner->values + owner->count;
    uint32_t n = 1;
    for (; value + 1 < end && value[1].kind == value->kind && is_list_gap(owner->doc, value->text.end, value[1].text.start, 0); value++)
        n++;
    return n;
}

/* 長榮、陽明及萬海分別漲3%、2.5%與1%: as many names as values, one each; JW_NONE for none. */
static uint32_t of_list(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    enum { MOST = 8 };
    const jw_doc *const doc = owner->doc;
    const jw_value *const head = first_of_list(owner, value);
    const uint32_t count = length_of_list(owner, head);
    uint32_t name[MOST], found = 0;
    if (count < 2 || count > MOST)
        return JW_NONE;
    for (uint32_t i = end; i > first && found < MOST; i--) {
        const jw_mention *const mention = &doc->mentions[i - 1];
        const uint32_t stop = doc->tokens[mention->tokens.end - 1].text.end;
        if (stop > head->text.start || is_in_value(owner, mention)) /* the code behind its name */
            continue;
        if (!may_own(owner, mention) || (found && !is_list_gap(doc, stop, doc->tokens[doc->mentions[name[found - 1]].tokens.start].text.start, 1)))
            break;
        name[found++] = i - 1;
    }
    return found == count ? name[found - 1 - (uint32_t)(value - head)] : JW_NONE;
}

/* 歐洲央行升息2碼: a rate set by an authority is no company's. */
static int is_set_by_authority(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    static const char *const rate[] = {"interest_rate"};
    return end > first && owner->doc->mentions[end - 1].type == owner->authority && is_one_of(value->of, rate, 1);
}

/* 正達等7家企業: the firms are counted. */
static int is_count_of_firms(const jw_doc *doc, const jw_value *value)
{
    static const char among[] = "等";
    const uint32_t len = sizeof among - 1;
    return value->kind == JW_VALUE_QUANTITY && value->text.start >= len && !memcmp(doc->text.at + value->text.start - len, among, len);
}

/* Where the reading of a document stands: mentions and values go by once. */
struct reading {
    uint32_t value, mention, before; /* before: owner of the sentence before */
    uint32_t speaker;                /* owner the subject line of an announcement names; of other texts the only one of the title */
    jw_period first, last;           /* of the report */
    int counts_holdings;             /* the field lists what persons hold */
    int names_report, is_of_report;  /* the sentence gives the period of the report, is of it */
};

/* "9." or "10." at the head of a line: another field. */
static int starts_field(const jw_doc *doc, jw_range text)
{
    uint32_t at = text.start;
    while (at < text.end && doc->text.at[at] >= '0' && doc->text.at[at] <= '9')
        at++;
    return at > text.start && at - text.start <= 2 && at < text.end && doc->text.at[at] == '.';
}

/* A field speaks of the company the announcement is for, until it names another. */
static void enter_field(const struct owner *owner, const jw_sentence *sentence, struct reading *at)
{
    at->names_report = has_text(owner->doc, sentence->text, "起訖日");
    at->is_of_report = has_text(owner->doc, sentence->text, "本期") || has_text(owner->doc, sentence->text, "期末");
    if (!starts_field(owner->doc, sentence->text))
        return;
    at->before = at->speaker;
    at->counts_holdings = has_text(owner->doc, sentence->text, "持股數") || has_text(owner->doc, sentence->text, "持有本交易證券");
}

/* 財務報告報導期間起訖日期:115/01/01~115/03/31 is the period of 累計至本期止 and 期末, and gives 1月1日累計至本期止 its year. */
static void read_report(jw_value *value, struct reading *at)
{
    if (value->kind != JW_VALUE_DATE)
        return;
    if (at->is_of_report && at->first.grain && value->first.grain == JW_GRAIN_DAY && !value->last.grain && value->first.number == 1 &&
        value->first.day == 1)
        value->first.year = at->first.year;
    if (!at->names_report || value->last.grain != JW_GRAIN_DAY)
        return;
    at->first = value->first;
    at->last = value->last;
}

static void fill_report(const struct reading *at, jw_value *value)
{
    static const jw_bytes holding = {"shareholding", 12}, shares = {"shares", 6};
    if (at->counts_holdings && !value->of.len && value->unit.len == shares.len && !memcmp(value->unit.at, shares.at, shares.len))
        value->of = holding;
    if (value->of.len && !value->first.grain && at->first.grain && at->is_of_report) {
        value->first = at->first;
        value->last = at->last;
    }
}

/* Points are an index's, whichever company moved it. */
static uint32_t index_before(const struct owner *owner, uint32_t first, uint32_t end, uint32_t before)
{
    for (uint32_t i = end; i > first; i--)
        if (owner->doc->mentions[i - 1].type == owner->type[OWNER_INDEX])
            return i - 1;
    if (before != JW_NONE && owner->doc->mentions[before].type == owner->type[OWNER_INDEX])
        return before;
    for (uint32_t i = first; i > 0 && first - i < INDEX_REACH; i--)
        if (owner->doc->mentions[i - 1].type == owner->type[OWNER_INDEX])
            return i - 1;
    return JW_NONE;
}

static int is_points(const jw_value *value)
{
    return value->of.len == 5 && !memcmp(value->of.at, "index", 5) && value->unit.len == 6 && !memcmp(value->unit.at, "points", 6);
}

/* 3個, 5人: things counted belong to no company of the sentence before. */
static int is_mere_count(const jw_value *value)
{
    const unsigned char first = value->unit.len ? (unsigned char)value->unit.at[0] : 0;
    return value->kind == JW_VALUE_QUANTITY && !value->of.len && (!first || first >= 0x80);
}

/* Whether the sentence names a currency, among the mentions [first, end), and speaks of its rate. */
static int speaks_of_rate(const struct owner *owner, jw_range text, uint32_t first, uint32_t end)
{
    static const char *const words[] = {"兌", "匯", "升", "貶"};
    while (first < end && owner->doc->mentions[first].type != owner->type[OWNER_CURRENCY])
        first++;
    static const char *const heading[] = {"〈"}; /* 〈台幣〉強彈逾1角 */
    if (first < end && is_behind(owner->doc, &owner->doc->mentions[first], heading, 1))
        return 1;
    for (size_t i = 0; first < end && i < sizeof words / sizeof *words; i++)
        if (has_text(owner->doc, text, words[i]))
            return 1;
    return 0;
}

/* 台幣收27.691元, 新台幣兌美元升破28元: the currency whose rate the value is, of two the first; JW_NONE for none. */
static uint32_t rate_before(const struct owner *owner, const jw_value *value, uint32_t first, uint32_t end)
{
    static const char *const moves[] = {"升", "貶", "收", "報", "兌", "匯", "價"}, *const pair[] = {"兌", "對"}, *const stops[] = {"，", "；"};
    const jw_doc *const doc = owner->doc;
    if (!owner->has_rate || value->kind != JW_VALUE_MONEY || end == first || doc->mentions[end - 1].type != owner->type[OWNER_CURRENCY] ||
        !value->value.known || !is_below(value->value, 5) || is_in_value(owner, &doc->mentions[end - 1]))
        return JW_NONE;
    const jw_range gap = between(doc, &doc->mentions[end - 1], value->text.start);
    if (gap.end - gap.start > RATE_REACH || !has_any(doc, gap, moves, sizeof moves / sizeof *moves) ||
        has_any(doc, gap, stops, sizeof stops / sizeof *stops))
        return JW_NONE;
    if (end - 1 > first && doc->mentions[end - 2].type == owner->type[OWNER_CURRENCY] &&
        has_any(doc, between(doc, &doc->mentions[end - 2], doc->tokens[doc->mentions[end - 1].tokens.start].text.start), pair, 2))
        return end - 2;
    return end - 1;
}

/* 重貶1.2角 is a change of the rate, 貶至30元 the rate. */
static void name_rate(const struct owner *owner, jw_value *value)
{
    static const char *const fall[] = {"貶"}, *const rise[] = {"升"}, *const level[] = {"至", "到", "破", "收", "報"}, *const parts[] = {"角", "分"};
    const jw_doc *const doc = owner->doc;
    const jw_range gap = between(doc, &doc->mentions[value->mention], value->text.start);
    const int falls = has_any(doc, gap, fall, 1), is_level = has_any(doc, gap, level, sizeof level / sizeof *level);
    value->of = (jw_bytes){"exchange_rate", 13};
    value->compare = JW_COMPARE_ABS;
    if (is_level || !(falls || has_any(doc, gap, rise, 1)) || !has_any(doc, value->text, parts, 2))
        return;
    value->compare = JW_COMPARE_NONE;
    if (falls && value->value.mantissa > 0)
        value->value = jwi_decimal_minus(value->value);
}

/* The price of a currency is its rate, of an index its level. */
static void name_price(const struct owner *owner, jw_value *value)
{
    static const char *const price[] = {"price"};
    const uint32_t type = value->mention != JW_NONE && is_one_of(value->of, price, 1) ? owner->doc->mentions[value->mention].type : JW_NONE;
    if (type == owner->type[OWNER_CURRENCY])
        value->of = (jw_bytes){"exchange_rate", 13};
    else if (type == owner->type[OWNER_INDEX])
        value->of = (jw_bytes){"index", 5};
}

/* 160, 400元: no letter of the value says which currency it is in. */
static int is_currency_implied(const struct owner *owner, const jw_value *value)
{
    static const char unit[] = "元";
    const char *const text = owner->doc->text.at;
    uint32_t end = value->text.end;
    if (value->kind != JW_VALUE_MONEY || memcmp(value->currency, "TWD", 3) != 0)
        return 0;
    if (end - value->text.start > 3 && memcmp(text + end - 3, unit, 3) == 0)
        end -= 3;
    for (uint32_t at = value->text.start; at < end; at++)
        if ((text[at] < '0' || text[at] > '9') && text[at] != '.' && text[at] != ',' && text[at] != ' ')
            return 0;
    return 1;
}

/* TSLA: letters are the code of a share of New York. */
static int has_letter_code(const struct owner *owner, const jw_mention *mention)
{
    const jw_doc *const doc = owner->doc;
    if (!(doc->layers & JW_LAYER_ENTITIES) || mention->entity == JW_NONE || mention->type != owner->type[OWNER_COM])
        return 0;
    const jw_entity *const entity = &doc->entities[mention->entity];
    size_t i = 0;
    while (i < entity->code.len && entity->code.at[i] >= 'A' && entity->code.at[i] <= 'Z')
        i++;
    return entity->flags & JW_ENTITY_LISTED && !entity->mic.len && i && i == entity->code.len;
}

/* 台積電ADR收201.5元, 特斯拉目標價400元, NVDA跌破120: shares of New York are quoted in dollars; what such a firm sells here is not. */
static void name_currency(const struct owner *owner, jw_value *value)
{
    static const char *const per_share[] = {"target_price", "eps", "book_value"}, *const price[] = {"price"}, *const receipt[] = {"ADR"};
    static const char *const of_goods[] = {"售", "賣", "訂", "定", "起", "資費", "月租", "車", "機", "票", "台幣"};
    static const char *const of_shares[] = {"股", "收", "盤", "漲", "跌", "破"};
    const jw_doc *const doc = owner->doc;
    if (value->mention == JW_NONE || !is_currency_implied(owner, value))
        return;
    const jw_mention *const mention = &doc->mentions[value->mention];
    const uint32_t stop = doc->tokens[mention->tokens.end - 1].text.end;
    const jw_range gap = {stop, stop < value->text.start ? value->text.start : stop};
    const int is_price = is_one_of(value->of, price, 1);
    if (is_price && has_any(doc, gap, receipt, 1) && gap.end - gap.start <= RATE_REACH && !has_text(doc, gap, "%")) {
        memcpy(value->currency, "USD", 3);
        return;
    }
    if (!has_letter_code(owner, mention))
        return;
    if (is_one_of(value->of, per_share, sizeof per_share / sizeof *per_share) ||
        (is_price && has_any(doc, gap, of_shares, sizeof of_shares / sizeof *of_shares) &&
         !has_any(doc, gap, of_goods, sizeof of_goods / sizeof *of_goods)))
        memcpy(value->currency, "USD", 3);
}

/* What the text is about: an entity of its title, or most of all that can own. */
static int is_main(const struct owner *owner, const jw_mention *mention)
{
    const jw_doc *const doc = owner->doc;
    if (!(doc->layers & JW_LAYER_ENTITIES) || mention->entity == JW_NONE)
        return 1;
    const jw_entity *const entity = &doc->entities[mention->entity];
    return entity->title_count || (entity->mention_count >= LEAST_MAIN && entity->mention_count * 2 > owner->ownable);
}

/* 鉀肥 of 鉀肥報價: a noun that a subject is said to belong to. */
static int is_modified(const struct owner *owner, const jw_sentence *sentence, uint32_t subject)
{
    for (uint32_t i = sentence->tokens.start; i < sentence->tokens.end; i++)
        if (owner->doc->arcs[i].head == subject && owner->doc->arcs[i].rel == owner->modifier)
            return 1;
    return 0;
}

static int is_foreign(const struct owner *owner, const jw_mention *mention)
{
    static const char *const same[] = {"這家", "這間"}; /* 這家美國銀行: the one spoken of */
    if (is_behind(owner->doc, mention, same, 2))
        return 0;
    for (int i = 0; i < FOREIGN_TYPES; i++)
        if (mention->type == owner->foreign[i])
            return 1;
    return 0;
}

/* Whether something else than an owner is the subject of what is said: a place or an authority; of a value of a passing company any noun. */
static int has_other_subject(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t first, uint32_t end,
                             int is_strict)
{
    const jw_doc *const doc = owner->doc;
    uint32_t token = value->tokens.start;
    for (int step = 0; step < CLIMB && token != JW_NONE; step++, token = doc->arcs[token].head) {
        for (uint32_t i = first; i < end; i++)
            if (is_foreign(owner, &doc->mentions[i]) && is_attached(owner, &doc->mentions[i], token))
                return 1;
        for (uint32_t i = sentence->tokens.start; is_strict && i < value->tokens.start; i++)
            if (doc->arcs[i].head == token && doc->arcs[i].rel == owner->subject && (!value->of.len || is_modified(owner, sentence, i)))
                return 1;
    }
    return 0;
}

/* 台積電砸錢建廠 台灣對外投資225億: behind the owner stands another subject. */
static int is_cut_off(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t end)
{
    return !owner->is_form && owner->doc->layers & JW_LAYER_ARCS && has_other_subject(owner, sentence, value, value->mention + 1, end, 0);
}

/* What is measured of a company and its share, and hardly of anything else. */
static int is_of_share(const jw_value *value)
{
    static const char *const names[] = {"price", "target_price", "eps", "revenue", "net_profit", "gross_margin", "operating_margin", "net_margin",
                                        "operating_profit", "dividend", "pe", "pb", "roe", "book_value", "dividend_yield", "shareholding",
                                        "market_cap", "capex", "cost", "fine"};
    return is_one_of(value->of, names, sizeof names / sizeof *names);
}

/* Whether a value without an owner in its sentence may be of the one spoken of before. */
static int may_borrow(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t first, uint32_t end,
                      uint32_t before, uint32_t at_title)
{
    if (before == JW_NONE || !may_measure(owner, owner->doc->mentions[before].type, value))
        return 0;
    if (owner->is_form)
        return 1;
    if (before == at_title && !is_of_share(value))
        return 0;
    const int is_topic = is_main(owner, &owner->doc->mentions[before]);
    if (is_mere_count(value) || (!is_topic && has_text(owner->doc, between(owner->doc, &owner->doc->mentions[before], sentence->text.start), "\n")))
        return 0;
    return !(owner->doc->layers & JW_LAYER_ARCS) || !has_other_subject(owner, sentence, value, first, end, !is_topic);
}

static void own_sentence(struct owner *owner, const jw_sentence *sentence, struct reading *at,
                         jw_value *values, uint32_t count)
{
    static const char *const holding[] = {"shareholding"}, *const rate[] = {"exchange_rate"};
    const jw_doc *doc = owner->doc;
    const uint32_t first = at->mention;
    if (owner->is_form)
        enter_field(owner, sentence, at);
    while (at->mention < doc->mention_count &&
           doc->mentions[at->mention].tokens.start < sentence->tokens.end)
        at->mention++;
    owner->has_rate = speaks_of_rate(owner, sentence->text, first, at->mention);
    const uint32_t window =
        at->mention - first > 64 ? at->mention - 64 : first; /* a list of names has no long reach */
    for (uint32_t near = window;
         at->value < count && values[at->value].text.start < sentence->text.end; at->value++) {
        jw_value *value = &values[at->value];
        while (near < at->mention && doc->mentions[near].tokens.end <= value->tokens.start)
            near++;
        if (owner->is_form)
            read_report(value, at);
        if (value->kind == JW_VALUE_DATE || value->kind == JW_VALUE_DURATION ||
            value->kind == JW_VALUE_CODE || value->tokens.start >= doc->token_count)
            continue;
        if (owner->is_form)
            fill_report(at, value);
        if (owner->is_form && at->counts_holdings && is_one_of(value->of, holding, 1)) {
            value->mention = at->speaker; /* whoever holds them, the shares are its */
            continue;
        }
        if (is_points(value)) {
            value->mention = index_before(owner, window, near, at->before);
            continue;
        }
        if (is_set_by_authority(owner, value, window, near) || (!owner->is_form && is_count_of_firms(doc, value)))
            continue;
        value->mention = rate_before(owner, value, window, near);
        if (value->mention != JW_NONE) {
            name_rate(owner, value);
            continue;
        }
        value->mention = owner->is_form ? JW_NONE : of_list(owner, value, window, near);
        if (value->mention == JW_NONE && !owner->is_form)
            value->mention = head_of_element(owner, value, window, near);
        if (value->mention == JW_NONE && doc->layers & JW_LAYER_ARCS)
            value->mention = nearer_subject(owner, value, by_tree(owner, value, window, near), near);
        const int is_tied = value->mention != JW_NONE;
        if (value->mention == JW_NONE && (owner->is_form || !is_mere_count(value)))
            value->mention = nearest_owner(owner, value, window, near);
        if (value->mention != JW_NONE && !is_tied && is_cut_off(owner, sentence, value, near))
            value->mention = JW_NONE;
        const uint32_t at_title = owner->is_form || !sentence->part ? JW_NONE : at->speaker;
        if (value->mention == JW_NONE && may_borrow(owner, sentence, value, window, near, at->before, at_title))
            value->mention = at->before;
        name_price(owner, value);
        name_currency(owner, value);
        if (value->mention != JW_NONE && is_one_of(value->of, rate, 1) && doc->mentions[value->mention].type != owner->type[OWNER_CURRENCY])
            value->mention = JW_NONE;
    }
    const uint32_t last = last_owner(owner, window, at->mention);
    at->before = last != JW_NONE ? last : at->before;
}

/* The 3040 of 停損 3040 遠見: a code beside its name, out of brackets. */
static int is_bare_code(const jw_doc *doc, const jw_mention *name)
{
    const jw_range text = {doc->tokens[name->tokens.start].text.start, doc->tokens[name->tokens.end - 1].text.end};
    for (uint32_t at = text.start; at < text.end; at++)
        if (doc->text.at[at] < '0' || doc->text.at[at] > '9')
            return 0;
    return text.end - text.start >= 4 && text.start && doc->text.at[text.start - 1] != '(';
}

/* 達 in 廣達9月 says nothing of the month, 創 in 緯創 nothing of the tense: a value must not depend on who it is of. */
void jwi_value_mask(const jw_doc *doc, struct line *line, jw_range tokens,
                    const struct room_word *words, uint32_t *mention)
{
    static const char *const names[] = {"COM", "FIN", "PER"};
    enum { SURE = 8000 };
    if (!(doc->layers & JW_LAYER_MENTIONS) || !doc->model)
        return;
    uint32_t type[3], letter = 0;
    for (int i = 0; i < 3; i++)
        type[i] = label_of(doc, JW_LABELS_MENTION, names[i]);
    for (; *mention < doc->mention_count && doc->mentions[*mention].tokens.start < tokens.end;
         ++*mention) {
        const jw_mention *name = &doc->mentions[*mention];
        const int is_linked = doc->layers & JW_LAYER_ENTITIES && name->entity != JW_NONE &&
                              doc->entities[name->entity].flags & JW_ENTITY_LISTED;
        if ((name->type != type[0] && name->type != type[1] && name->type != type[2]) ||
            (!is_linked && name->score < SURE) || name->tokens.end > tokens.end)
            continue;
        const int is_code = is_linked && is_bare_code(doc, name);
        const uint32_t from = words[name->tokens.start].start,
                       end = words[name->tokens.end - 1].end;
        while (letter < line->len && line->unit[letter] < from)
            letter++;
        for (; letter < line->len && line->unit[letter] < end; letter++)
            if (line->cls[letter] == UNIT_HAN || is_code)
                line->code[letter] = NAME_LETTER;
    }
}

/* The subsidiary the subject line names, 代子公司晨曜科技公告.., else, where the record tells no issuer, the first company of the line. */
static uint32_t speaker_of(const struct owner *owner)
{
    static const char child[] = "子公司", instead[] = "代";
    const jw_doc *const doc = owner->doc;
    uint32_t found = JW_NONE;
    const uint32_t end = doc->part_count ? doc->parts[0].text.end : 0;
    const int has_child = has_text(doc, (jw_range){0, end}, child);
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const uint32_t start = doc->tokens[doc->mentions[i].tokens.start].text.start;
        if (start >= end)
            break;
        if (!may_own(owner, &doc->mentions[i]) || (doc->meta.issuer.len && !has_text(doc, (jw_range){0, start}, instead)))
            continue;
        found = found == JW_NONE ? i : found;
        if (!has_child || has_text(doc, (jw_range){0, start}, child))
            return i;
    }
    return found;
}

/* The one that the title speaks of, when it names no other: what a body says of nobody is said of it. */
static uint32_t topic_of_title(const struct owner *owner)
{
    const jw_doc *const doc = owner->doc;
    uint32_t found = JW_NONE;
    const uint32_t end = doc->part_count ? doc->parts[0].text.end : 0;
    for (uint32_t i = 0; i < doc->mention_count && doc->tokens[doc->mentions[i].tokens.start].text.start < end; i++) {
        const jw_mention *const mention = &doc->mentions[i];
        if (!may_own(owner, mention))
            continue;
        if (found != JW_NONE && (mention->entity == JW_NONE || doc->mentions[found].entity != mention->entity))
            return JW_NONE;
        found = found == JW_NONE ? i : found;
    }
    return found;
}

void jwi_value_own(const jw_doc *doc, jw_value *values, uint32_t count)
{
    static const char *const names[OWNER_TYPES] = {"COM", "FIN", "SEC", "IDX", "CUR", "CMD"};
    static const char *const foreign[FOREIGN_TYPES] = {"GOV", "LOC", "ORG", "IND"};
    struct owner owner = {.doc = doc, .values = values, .count = count};
    struct reading at = {.before = JW_NONE, .speaker = JW_NONE};
    if (!(doc->layers & JW_LAYER_MENTIONS) || !doc->model)
        return;
    for (int i = 0; i < OWNER_TYPES; i++)
        owner.type[i] = label_of(doc, JW_LABELS_MENTION, names[i]);
    owner.authority = label_of(doc, JW_LABELS_MENTION, "GOV");
    for (int i = 0; i < FOREIGN_TYPES; i++)
        owner.foreign[i] = label_of(doc, JW_LABELS_MENTION, foreign[i]);
    owner.subject = label_of(doc, JW_LABELS_DEP, "nsubj");
    owner.modifier = label_of(doc, JW_LABELS_DEP, "nmod");
    owner.topic = label_of(doc, JW_LABELS_DEP, "dislocated");
    owner.is_form = doc->meta.source_type == JW_ANNOUNCEMENT;
    for (uint32_t i = 0; i < doc->mention_count; i++)
        owner.ownable += (uint32_t)may_own(&owner, &doc->mentions[i]);
    at.speaker = owner.is_form ? speaker_of(&owner) : topic_of_title(&owner);
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        if (i && doc->sentences[i].part != doc->sentences[i - 1].part)
            at.before = at.speaker;
        own_sentence(&owner, &doc->sentences[i], &at, values, count);
    }
}
