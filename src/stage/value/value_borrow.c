/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values without an owner in their sentence: whether they are of the one spoken of before, or of another subject.
 */
#include "stage/value/value_owner.h"

#include "base/search.h"

enum { LEAST_MAIN = 3 }; /* mentions of what a text is about */

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

/* The 美國 of 波音美國 is a part of the firm. */
static int is_branch(const struct owner *owner, const jw_mention *mention)
{
    const jw_doc *const doc = owner->doc;
    return mention > doc->mentions && jwi_owner_may_own(owner, mention - 1) &&
           doc->tokens[mention[-1].tokens.end - 1].text.end == doc->tokens[mention->tokens.start].text.start;
}

static int is_foreign(const struct owner *owner, const jw_mention *mention)
{
    static const char *const same[] = {"這家", "這間"}; /* 這家美國銀行: the one spoken of */
    if (is_behind(owner->doc, mention, same, 2) || is_branch(owner, mention))
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
            if (is_foreign(owner, &doc->mentions[i]) && jwi_owner_is_attached(owner, &doc->mentions[i], token))
                return 1;
        for (uint32_t i = sentence->tokens.start; is_strict && i < value->tokens.start; i++)
            if (doc->arcs[i].head == token && doc->arcs[i].rel == owner->subject && (!value->of.len || is_modified(owner, sentence, i)))
                return 1;
    }
    return 0;
}

/* 台積電砸錢建廠 台灣對外投資225億: behind the owner stands another subject. */
int jwi_owner_is_cut_off(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t end)
{
    return !owner->is_form && owner->doc->layers & JW_LAYER_ARCS && has_other_subject(owner, sentence, value, value->mention + 1, end, 0);
}

/* What is measured of a company and its share, and hardly of anything else. */
static int is_of_share(const jw_value *value)
{
    static const char *const names[] = {"price", "target_price", "eps", "revenue", "net_profit", "gross_margin", "operating_margin", "net_margin",
                                        "operating_profit", "dividend", "pe", "pb", "roe", "book_value", "dividend_yield", "shareholding",
                                        "market_cap", "capex", "cost", "fine", "net_buy", "net_sell", "buyback", "volume", "capital",
                                        "shares_outstanding", "gross_profit", "pretax_profit", "assets", "equity", "payout_ratio", "headcount"};
    return is_one_of(value->of, names, sizeof names / sizeof *names);
}

/* On a board what is measured of nobody named is the title's, unless economies, banks or people are measured so. */
static int is_of_topic(const struct owner *owner, const jw_value *value)
{
    static const char *const names[] = {"gdp", "cpi", "pmi", "unemployment", "interest_rate", "exchange_rate", "index", "salary",
                                        "population", "count", "cases", "tax_rate", "tax_revenue", "probability", "exports", "imports",
                                        "trade_balance", "share_of", "return", "rate", "fee", "principal", "deposit", "debt", "budget",
                                        "yield", "loan", "rent", "employment", "jobless_claims", "turnover", "limit", "subsidy",
                                        "compensation", "market_size", "demand", "output_value"};
    return owner->doc->meta.source_type == JW_FORUM && value->of.len && !is_one_of(value->of, names, sizeof names / sizeof *names);
}

/* 鐵礦砂漲到107.1美元, below a title on 中鋼: no share of Taiwan is quoted so, but for receipts. */
static int is_priced_abroad(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t before)
{
    static const char *const price[] = {"price"};
    return value->kind == JW_VALUE_MONEY && is_one_of(value->of, price, 1) && memcmp(value->currency, "TWD", 3) != 0 &&
           owner->doc->mentions[before].type == owner->type[OWNER_COM] &&
           memcmp(jwi_owner_currency(owner, &owner->doc->mentions[before]), "TWD", 3) == 0 && !has_text(owner->doc, sentence->text, "ADR");
}

/* Whether a value without an owner in its sentence may be of the one spoken of before. */
int jwi_owner_may_borrow(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t first, uint32_t end,
                      uint32_t before, uint32_t at_title)
{
    if (before == JW_NONE || !jwi_owner_may_measure(owner, owner->doc->mentions[before].type, value))
        return 0;
    if (owner->is_form)
        return 1;
    if (is_priced_abroad(owner, sentence, value, before))
        return 0;
    if (before == at_title && !is_of_share(value) && !is_of_topic(owner, value))
        return 0;
    const int is_topic = is_main(owner, &owner->doc->mentions[before]);
    if (is_mere_count(value) || (!is_topic && owner->line > owner->doc->tokens[owner->doc->mentions[before].tokens.end - 1].text.end))
        return 0;
    return !(owner->doc->layers & JW_LAYER_ARCS) || !has_other_subject(owner, sentence, value, first, end, !is_topic);
}

/* 〈財報〉Q3營收暴增829% Moderna稱: figures of a report, the firm behind them. */
static int is_reported(const struct owner *owner, const jw_sentence *sentence, const jw_value *value)
{
    static const char *const names[] = {"revenue", "eps", "net_profit", "gross_margin", "operating_profit"};
    static const char head[] = "〈財報〉";
    const uint32_t start = sentence->text.start;
    if (!is_one_of(value->of, names, sizeof names / sizeof *names) || start + sizeof head - 1 >= owner->doc->text.len ||
        memcmp(owner->doc->text.at + start, head, sizeof head - 1) != 0)
        return 0;
    const uint32_t first = SEARCH_FROM(owner->doc->mentions, owner->doc->mention_count, tokens.start, sentence->tokens.start);
    return first == owner->doc->mention_count || owner->doc->mentions[first].tokens.start >= value->tokens.start;
}

/* 股價自低點漲80% 小鵬汽車押注, 外資8天倒貨9萬張！聯電破底: of a share that the title names only behind the value. */
int jwi_owner_may_await(const struct owner *owner, const jw_sentence *sentence, const jw_value *value, uint32_t only)
{
    enum { LEAD = 42, SUM = 6 }; /* bytes from the head of the title */
    static const char *const words[] = {"股價", "目標價", "外資", "持股"}, *const bought[] = {"net_buy"};
    if (only == JW_NONE || owner->doc->mentions[only].type != owner->type[OWNER_COM] || !is_of_share(value) ||
        is_one_of(value->of, bought, 1))
        return 0;
    if (is_reported(owner, sentence, value))
        return 1;
    return value->text.start - sentence->text.start < LEAD && (value->kind != JW_VALUE_MONEY || is_below(value->value, SUM)) &&
           has_any(owner->doc, (jw_range){sentence->text.start, value->text.end}, words, sizeof words / sizeof *words);
}

/* The entity that the title names, of companies alone or of all that may own; *count: how many it names, at most two. */
static uint32_t named_in_title(const struct owner *owner, uint32_t end, int firms, int *count)
{
    const jw_doc *const doc = owner->doc;
    uint32_t found = JW_NONE;
    *count = 0;
    for (uint32_t i = 0; i < doc->mention_count && *count < 2 && doc->tokens[doc->mentions[i].tokens.start].text.start < end; i++) {
        const jw_mention *const mention = &doc->mentions[i];
        if (!jwi_owner_may_own(owner, mention) || (firms && mention->type != owner->type[OWNER_COM]))
            continue;
        *count += found == JW_NONE || mention->entity == JW_NONE || doc->mentions[found].entity != mention->entity;
        found = found == JW_NONE ? i : found;
    }
    return found;
}

/* [新聞] 甲取代乙: whether the mention heads the title, behind its brackets, and no list begins with it. */
static int heads_title(const struct owner *owner, uint32_t mention)
{
    static const char *const links[] = {"、", "與", "及", "和", "/"};
    const jw_doc *const doc = owner->doc;
    const uint32_t end = doc->tokens[doc->mentions[mention].tokens.end - 1].text.end;
    uint32_t at = doc->tokens[doc->mentions[mention].tokens.start].text.start;
    while (at && doc->text.at[at - 1] == ' ')
        at--;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (end + strlen(links[i]) <= doc->text.len && !memcmp(doc->text.at + end, links[i], strlen(links[i])))
            return 0;
    return !at || doc->text.at[at - 1] == ']';
}

/* The one that the title speaks of, when it names no other company or begins with it: what a body says of nobody is said of it. */
uint32_t jwi_owner_of_title(const struct owner *owner)
{
    const jw_doc *const doc = owner->doc;
    const uint32_t end = doc->part_count && doc->parts[0].kind == JW_PART_TITLE ? doc->parts[0].text.end : 0;
    int count;
    uint32_t found = named_in_title(owner, end, 1, &count);
    if (!count)
        found = named_in_title(owner, end, 0, &count);
    return count == 1 || (found != JW_NONE && heads_title(owner, found)) ? found : JW_NONE;
}
