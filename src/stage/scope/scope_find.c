/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of dict/senti in the text: from left to right the longest at each place, of whole words.  A word may also be cut into several
 * of them without rest, because the segmenter joins what the lists hold apart: 恐難 is 恐 and 難.  Names hold none.
 */
#include "base/error.h"
#include "stage/scope/scope_work.h"

#include "model/model.h"

#include <string.h>

enum { PIECES = 4, SENSE_LETTERS = 24 };

struct piece {
    uint32_t start, end; /* units */
    const struct sense_term *term;
};

/* Mention types as bits. */
static uint32_t types_of(const jw_doc *doc, const char *const *names)
{
    uint32_t types = 0;
    for (; *names; names++) {
        const jw_bytes name = {*names, strlen(*names)};
        const uint32_t id = jwi_labels_id(&doc->model->labels, JW_LABELS_MENTION, name);
        if (id < 32)
            types |= 1u << id;
    }
    return types;
}

static void mark_tokens(struct scope_work *work, jw_range tokens, uint16_t traits)
{
    for (uint32_t t = tokens.start; t < tokens.end && t < work->doc->token_count; t++)
        work->token[t] |= traits;
}

static void mark_names(struct scope_work *work)
{
    static const char *const companies[] = {"COM", "FIN", "SEC", NULL};
    static const char *const names[] = {"COM", "FIN", "SEC", "ORG", "GOV", "PER", "LOC", "FAC", "PRD", NULL};
    const jw_doc *const doc = work->doc;
    static const char *const banks[] = {"FIN", NULL};
    static const char *const markets[] = {"IDX", "CUR", "CMD", NULL};
    static const char *const people[] = {"PER", NULL};
    const uint32_t company = types_of(doc, companies), name = types_of(doc, names), bank = types_of(doc, banks), market = types_of(doc, markets),
                   person = types_of(doc, people);
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const jw_mention *const mention = &doc->mentions[i];
        const uint32_t type = mention->type < 32 ? 1u << mention->type : 0;
        if (type & market)
            mark_tokens(work, mention->tokens, TOKEN_MARKET);
        if (!(type & name) || mention->tokens.start >= doc->token_count)
            continue;
        mark_tokens(work, mention->tokens, (uint16_t)(TOKEN_NAME | (type & company ? TOKEN_COMPANY : 0) | (type & bank ? TOKEN_BANK : 0) |
                                                       (type & person ? TOKEN_PERSON : 0)));
        if (type & company)
            work->mention[mention->tokens.start] = i;
    }
    for (uint32_t i = 0; i < doc->value_count; i++)
        mark_tokens(work, doc->values[i].tokens, (uint16_t)(doc->values[i].kind == JW_VALUE_DATE ? TOKEN_VALUE | TOKEN_DATE : TOKEN_VALUE));
}

static int is_break(uint32_t code)
{
    static const uint32_t breaks[] = {',', ';', ':', '!', '?', 0x3002, 0xff0c, 0x2026, 0x300b, 0x3009, 0x3011, 0x2502, '|', '\n'};
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (code == breaks[i])
            return 1;
    return 0;
}

/*
 * A blank between two words of Chinese is the comma of headlines; 1.5 元 and EPS 8 have none.  A company or person in Latin letters counts as
 * one in Chinese does, or another name would cut another clause.
 */
static int has_gap(const struct scope_work *work, uint32_t token)
{
    const struct room_word *const word = &work->room->words[token];
    const uint8_t *const cls = work->room->units.cls;
    if (!token || word[-1].end == word->start || word[-1].end == 0 || (work->token[token - 1] & TOKEN_NAME && work->token[token] & TOKEN_NAME &&
        work->mention[token] == JW_NONE))
        return 0;
    const uint8_t before = cls[word[-1].end - 1], after = cls[word->start];
    const int is_behind_name = work->token[token - 1] & (TOKEN_COMPANY | TOKEN_PERSON);
    if (work->mention[token] != JW_NONE)
        return before != UNIT_PUNCT;
    if (work->token[token] & TOKEN_DATE)
        return (before == UNIT_HAN || is_behind_name) && (work->token[token - 1] & TOKEN_VALUE || word[-1].end - word[-1].start > 1);
    if (after != UNIT_HAN || work->token[token] & TOKEN_VALUE)
        return 0;
    return before == UNIT_HAN || is_behind_name || work->room->units.code[word[-1].end - 1] == '%' ||
           before == UNIT_SYMBOL;
}

static void mark_words(struct scope_work *work)
{
    for (uint32_t t = 0; t < work->doc->token_count; t++) {
        const uint32_t code = token_code(work, t);
        if (work->room->units.cls[work->room->words[t].start] == UNIT_PUNCT)
            work->token[t] |= (uint16_t)(is_break(code) && !(work->token[t] & TOKEN_VALUE) ? TOKEN_PUNCT | TOKEN_BREAK : TOKEN_PUNCT);
        if (code == 0x7684 && token_units(work, t) == 1)
            work->token[t] |= TOKEN_OF;
        if (has_gap(work, t))
            work->token[t] |= TOKEN_GAP;
    }
}

/* First token that begins at or after the unit, from `token` on. */
static uint32_t token_at(const struct scope_work *work, uint32_t token, uint32_t end, uint32_t unit)
{
    while (token < end && work->room->words[token].start < unit)
        token++;
    return token;
}

/* Where a word begins or ends, or its last letters only say how it is meant: 完蛋|啦 */
static int is_edge(const struct scope_work *work, uint32_t token, uint32_t end, uint32_t unit)
{
    const uint32_t next = token_at(work, token, end, unit);
    return (next < end && work->room->words[next].start == unit) || (next > token && work->room->words[next - 1].end == unit) ||
           code_is_one_of(work->room->units.code[unit], u"啦喔囉耶吧啊呀哦");
}

/* A word of forums in another text; one that is also on the list of operators counts there as that. */
static int is_foreign(const struct scope_work *work, const struct sense_term *term)
{
    const int is_mixed = term->kinds & SENSE_word && term->kinds != SENSE_word;
    return !work->is_forum && term->flags & SENSE_FORUM && !is_mixed;
}

/* The longest term from unit `at` that ends where a word ends; with `is_loose` the longest of all. */
static int longest(const struct scope_work *work, uint32_t token, uint32_t limit, uint32_t at, int is_loose, struct piece *ret)
{
    const struct room_word *const words = work->room->words;
    const uint32_t last = words[limit - 1].end;
    struct sense_walk walk = sense_walk_start(work->senses, work->room->units.code, at, at + SENSE_LETTERS < last ? at + SENSE_LETTERS : last);
    int found = 0;
    while (sense_walk_next(&walk)) {
        if ((!is_loose && !is_edge(work, token, limit, walk.at)) || is_foreign(work, walk.term))
            continue;
        ret->start = at;
        ret->end = walk.at;
        ret->term = walk.term;
        found = 1;
    }
    return found;
}

/* Pieces that make up the word at `token`, one after the other: 0 when they leave a rest. */
static uint32_t cut_word(const struct scope_work *work, uint32_t token, uint32_t limit, struct piece *ret)
{
    uint32_t at = work->room->words[token].start, n = 0;
    while (n < PIECES && longest(work, token, limit, at, 1, &ret[n])) {
        at = ret[n++].end;
        if (is_edge(work, token, limit, at))
            return n;
    }
    return 0;
}

static uint32_t take_one(struct scope_work *work, uint32_t token, uint32_t limit)
{
    struct piece piece[PIECES];
    uint32_t n = longest(work, token, limit, work->room->words[token].start, 0, &piece[0]) ? 1 : cut_word(work, token, limit, piece);
    uint32_t next = token + 1;
    for (uint32_t i = 0; i < n; i++) {
        jw_doc *const doc = work->doc;
        uint32_t first = token_at(work, token, limit, piece[i].start);
        if (first == limit || work->room->words[first].start > piece[i].start)
            first--;
        const uint32_t end = token_at(work, token, limit, piece[i].end);
        const struct sense sense = {{first, end}, piece[i].term};
        if (work->sense_at[first] == JW_NONE)
            work->sense_at[first] = doc->sense_count;
        doc->senses[doc->sense_count++] = sense;
        if (sense.term->flags & SENSE_MARKET)
            mark_tokens(work, sense.tokens, TOKEN_MARKET);
        next = end > next ? end : next;
    }
    return next;
}

/* 美元 of 30億美元 is no market. */
static void unmark_amounts(struct scope_work *work)
{
    const jw_doc *const doc = work->doc;
    for (uint32_t i = 0; i < doc->value_count; i++)
        for (uint32_t t = doc->values[i].tokens.start; doc->values[i].kind == JW_VALUE_MONEY && t < doc->values[i].tokens.end; t++)
            work->token[t] &= (uint16_t)~TOKEN_MARKET;
}

jw_status jwi_scope_find(struct scope_work *work, jw_error *reterr)
{
    jw_doc *const doc = work->doc;
    const uint32_t n = doc->token_count;
    work->token = PUSH_ZERO(work->room->scratch, uint16_t, n);
    work->mention = PUSH(work->room->scratch, uint32_t, n);
    work->sense_at = PUSH(work->room->scratch, uint32_t, n);
    doc->senses = PUSH(&doc->arena, struct sense, work->room->units.len);
    doc->sense_count = 0;
    if (!work->token || !work->mention || !work->sense_at || !doc->senses)
        return jwi_fail_memory(reterr);
    memset(work->mention, 0xff, n * sizeof *work->mention);
    memset(work->sense_at, 0xff, n * sizeof *work->sense_at);
    mark_names(work);
    mark_words(work);
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const jw_range tokens = doc->sentences[i].tokens;
        work->is_forum = doc_is_forum(doc, i);
        for (uint32_t t = tokens.start; t < tokens.end;) {
            if (work->token[t] & (TOKEN_NAME | TOKEN_PUNCT)) {
                t++;
                continue;
            }
            uint32_t limit = t + 1;
            while (limit < tokens.end && limit - t < SENSE_LETTERS && !(work->token[limit] & (TOKEN_NAME | TOKEN_GAP)))
                limit++;
            t = take_one(work, t, limit);
        }
    }
    unmark_amounts(work);
    return JW_OK;
}
