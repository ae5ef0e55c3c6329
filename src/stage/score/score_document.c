/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sentences: type, market of what is said there, stance of a central bank, shares of words.  Document: means of its entities by relevance,
 * the lowest credit of those above half, shares of words and sentences.
 */
#include "base/error.h"
#include "stage/score/score.h"

enum { CREDIT_RELEVANCE = 50, PRIOR_WEIGHT = JW_WEIGHT_SCALE / 4 };

static int32_t share(uint64_t part, uint64_t whole)
{
    return whole ? (int32_t)round_half((int64_t)part * JW_SCALE, (int64_t)whole) : 0;
}

/* A mood that the whole of a sentence has: every word of it, punctuation aside. */
static uint8_t mood_of(const struct desk *desk, jw_range tokens)
{
    const jw_doc *const doc = desk->doc;
    uint8_t mood = 0xff;
    uint32_t words = 0;
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        if (doc->upos[t] == desk->punct_tag)
            continue;
        mood &= doc->scopes[t].mood;
        words++;
    }
    return words ? mood : 0;
}

static int ends_with_question(const jw_doc *doc, jw_range text)
{
    const jw_bytes bytes = doc->text;
    return (text.end - text.start >= 3 && bytes.at[text.end - 3] == '\xef' && bytes.at[text.end - 2] == '\xbc' &&
            bytes.at[text.end - 1] == '\x9f') || /* U+FF1F */
           bytes.at[text.end - 1] == '?';
}

static uint8_t type_of(const struct desk *desk, uint32_t sentence)
{
    const jw_sentence *const at = &desk->doc->sentences[sentence];
    const uint8_t mood = mood_of(desk, at->tokens);
    if (sentence < desk->title_end)
        return JW_SENTENCE_TITLE;
    if (sentence >= desk->body_end)
        return JW_SENTENCE_PUSH;
    if (mood & JW_MOOD_LISTED)
        return JW_SENTENCE_LIST;
    if (mood & JW_MOOD_QUESTION || ends_with_question(desk->doc, at->text))
        return JW_SENTENCE_QUESTION;
    return mood & JW_MOOD_QUOTED ? JW_SENTENCE_QUOTE : JW_SENTENCE_STATEMENT;
}

/* What the words of one sentence say. */
struct words {
    uint32_t count, uncertain, litigious, hawk, dove;
    int is_forward, is_forecast, is_rumour;
};

static struct words read_words(const struct desk *desk, jw_range tokens)
{
    const jw_doc *const doc = desk->doc;
    struct words words = {0};
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        const uint32_t bits = desk->word_bits[t];
        words.count += doc->upos[t] != desk->punct_tag;
        words.uncertain += (bits & WORD_UNCERTAIN) != 0;
        words.litigious += (bits & WORD_LITIGIOUS) != 0;
        words.hawk += (bits & WORD_HAWK) != 0;
        words.dove += (bits & WORD_DOVE) != 0;
        words.is_forward |= (bits & WORD_FUTURE) || doc->scopes[t].mood & JW_MOOD_FUTURE;
        words.is_forecast |= doc->scopes[t].fact == JW_FORECAST;
        words.is_rumour |= doc->scopes[t].fact == JW_RUMOUR;
    }
    return words;
}

static uint8_t stance_of(const struct words *words, int is_bank)
{
    if (!is_bank || words->hawk == words->dove)
        return JW_STANCE_NONE;
    return words->hawk > words->dove ? JW_STANCE_HAWK : JW_STANCE_DOVE;
}

/* Sums over the items of each sentence. */
struct statement {
    int64_t weight, weighted;
    uint8_t is_forecast, is_rumour;
    uint8_t is_bank; /* a central bank is the subject of one of its clauses */
};

static int is_bank(const struct desk *desk, uint32_t mention)
{
    if (mention >= desk->doc->mention_count)
        return 0;
    const jw_range tokens = desk->doc->mentions[mention].tokens;
    for (uint32_t t = tokens.start; t < tokens.end; t++)
        if (desk->word_bits[t] & WORD_CENTRAL_BANK)
            return 1;
    return 0;
}

static struct statement *sum_statements(struct desk *desk)
{
    struct statement *const said = PUSH_ZERO(desk->arena, struct statement, desk->doc->sentence_count);
    for (uint32_t i = 0; said && i < desk->item_count; i++) {
        const struct item *const item = &desk->items[i];
        struct statement *const at = &said[item->claim->sentence];
        at->weight += item->weight;
        at->weighted += (int64_t)item->weight * item->polarity;
        at->is_forecast |= item->claim->fact == JW_FORECAST;
        at->is_rumour |= item->claim->fact == JW_RUMOUR;
    }
    for (uint32_t i = 0; said && i < desk->doc->clause_count; i++)
        said[desk->doc->clauses[i].sentence].is_bank |= (uint8_t)is_bank(desk, desk->doc->clauses[i].subject);
    return said;
}

struct shares {
    uint64_t words, uncertain, litigious, forward, forecast, rumour;
};

static void score_sentence(const struct desk *desk, uint32_t sentence, const struct statement *said, struct shares *shares)
{
    jw_sentence_score *const ret = &desk->doc->sentence_scores[sentence];
    const struct words words = read_words(desk, desk->doc->sentences[sentence].tokens);
    ret->type = type_of(desk, sentence);
    ret->stance = stance_of(&words, said->is_bank);
    ret->uncertainty = share(words.uncertain, words.count);
    ret->litigious = share(words.litigious, words.count);
    ret->has_market = said->weight != 0;
    ret->market = (int32_t)round_half(said->weighted, said->weight + PRIOR_WEIGHT);
    ret->is_forward = (uint8_t)words.is_forward;
    shares->words += words.count;
    shares->uncertain += words.uncertain;
    shares->litigious += words.litigious;
    shares->forward += ret->is_forward;
    shares->forecast += words.is_forecast || said->is_forecast;
    shares->rumour += words.is_rumour || said->is_rumour;
}

static void score_entities(jw_doc *doc)
{
    jw_doc_score *const whole = &doc->whole_score;
    int64_t market = 0, market_sum = 0, tone = 0, tone_sum = 0;
    for (uint32_t i = 0; i < doc->entity_count; i++) {
        const jw_score *const score = &doc->scores[i];
        if (score->has_market) {
            market += (int64_t)score->relevance * score->market;
            market_sum += score->relevance;
        }
        if (score->is_scored) {
            tone += (int64_t)score->relevance * score->tone;
            tone_sum += score->relevance;
        }
        if (score->has_credit && score->relevance > CREDIT_RELEVANCE) {
            whole->credit = !whole->has_credit || score->credit < whole->credit ? score->credit : whole->credit;
            whole->has_credit = 1;
        }
    }
    whole->has_market = market_sum != 0;
    whole->has_tone = tone_sum != 0;
    whole->market = market_sum ? (int32_t)round_half(market, market_sum) : 0;
    whole->tone = tone_sum ? (int32_t)round_half(tone, tone_sum) : 0;
}

jw_status jwi_score_document(struct desk *desk, jw_error *reterr)
{
    jw_doc *const doc = desk->doc;
    const struct statement *const said = sum_statements(desk);
    doc->sentence_scores = PUSH_ZERO(&doc->arena, jw_sentence_score, doc->sentence_count);
    if (!said || !doc->sentence_scores)
        return jwi_fail_memory(reterr);
    struct shares shares = {0};
    for (uint32_t i = 0; i < doc->sentence_count; i++)
        score_sentence(desk, i, &said[i], &shares);
    jw_doc_score *const whole = &doc->whole_score;
    whole->uncertainty = share(shares.uncertain, shares.words);
    whole->litigious = share(shares.litigious, shares.words);
    whole->forward_share = share(shares.forward, doc->sentence_count);
    whole->forecast_share = share(shares.forecast, doc->sentence_count);
    whole->rumor_share = share(shares.rumour, doc->sentence_count);
    whole->has_forecast = shares.forecast != 0;
    whole->has_rumour = shares.rumour != 0;
    score_entities(doc);
    return JW_OK;
}
