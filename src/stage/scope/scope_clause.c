/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clauses: what stands between commas and stronger marks, between the blanks of a headline and at conjunctions that begin a new
 * predicate.  Each has a subject: the first company it names that is no source and no object of a preposition, else the subject before it.
 */
#include "base/error.h"
#include "stage/scope/scope_work.h"

#include <string.h>

static const struct sense *sense_of(const struct scope_work *work, uint32_t token)
{
    const uint32_t sense = work->sense_at[token];
    return sense == JW_NONE ? NULL : &work->doc->senses[sense];
}

/* 某公司第四季續旺、|另一家盤價開平: a company behind a mark that follows a predicate. */
static int begins_matter(const struct scope_work *work, uint32_t start, uint32_t token)
{
    if (work->mention[token] == JW_NONE || token < start + 3 || token_units(work, token - 1) != 1 || token_code(work, token - 1) != 0x3001)
        return 0;
    const struct sense *const sense = sense_of(work, token - 2);
    return sense && sense->tokens.end == token - 1 && sense->term->kinds & (SENSE_direction | SENSE_word);
}

/* 甲 乙 丙受惠: a blank between names of a row divides nothing; a row has an end. */
static int is_in_row(const struct scope_work *work, uint32_t start, uint32_t token)
{
    enum { ROW = 48 };
    uint32_t t = start;
    if (work->mention[token] == JW_NONE || token - start > ROW)
        return 0;
    while (t < token && work->token[t] & TOKEN_COMPANY)
        t++;
    return t == token;
}

static int begins_clause(const struct scope_work *work, uint32_t start, uint32_t token)
{
    if ((work->token[token] & TOKEN_GAP && !is_in_row(work, start, token)) || begins_matter(work, start, token))
        return 1;
    if (work->token[token - 1] & TOKEN_BREAK)
        return !(work->token[token] & TOKEN_PUNCT);
    const struct sense *const sense = sense_of(work, token);
    return sense && sense->term->flags & SENSE_BREAK && token > start + 1;
}

static uint32_t clause_end(const struct scope_work *work, uint32_t start, uint32_t limit)
{
    uint32_t t = start + 1;
    while (t < limit && !begins_clause(work, start, t))
        t++;
    return t;
}

enum { REACH_OF_VERB = 3, WORDS_OF_OFFICE = 3 };

/* Behind one of these a name is no subject. */
static int is_governed(const struct scope_work *work, uint32_t start, uint32_t token)
{
    if (token > start && token_units(work, token - 1) == 1 && code_is_one_of(token_code(work, token - 1), u"對與和跟向給替為從於由比較在獲遭被"))
        return 1;
    for (uint32_t t = token; t > start && token - t < REACH_OF_VERB; t--) {
        const struct sense *const sense = sense_of(work, t - 1);
        if (sense && sense->tokens.end == token && sense->term->flags & SENSE_SUBJECT)
            return 1; /* 受惠 X */
    }
    return 0;
}

/* The last letters of a word as `pairs` has them, two by two. */
static int ends_in(const struct scope_work *work, uint32_t token, const char16_t *pairs)
{
    const struct room_word *const word = &work->room->words[token];
    const uint32_t *const end = work->room->units.code + word->end;
    for (; word->end - word->start > 1 && *pairs; pairs += 2)
        if (end[-2] == pairs[0] && end[-1] == pairs[1])
            return 1;
    return 0;
}

/* 宏致看好明年動能: a firm that is no bank, and names no other one, speaks of itself. */
static int speaks_of_itself(const struct scope_work *work, uint32_t end, uint32_t limit)
{
    if (work->token[end - 1] & TOKEN_BANK)
        return 0;
    for (uint32_t t = end; t < limit; t++)
        if (work->mention[t] != JW_NONE)
            return 0;
    return 1;
}

/* 看好, 點名, 推薦, 不看好, but not 出脫 or 改用, which a firm does itself. */
static int is_judgement(const struct scope_work *work, const struct sense *view)
{
    return code_is_one_of(token_code(work, view->tokens.start), u"看不喊唱讚盛稱推力批警示肯質抨轟嗆酸諷");
}

/* 高盛下修美國經濟預測, 大摩調升蘋果目標價: a bank that changes a figure of somebody else's. */
static int revises_other(const struct scope_work *work, uint32_t end, uint32_t limit)
{
    if (token_units(work, end) < 2 || !ends_in(work, end, u"上修下修上調下調調升調降調高調低"))
        return 0;
    for (uint32_t t = end + 1; t < limit; t++)
        if (work->token[t] & (TOKEN_NAME | TOKEN_MARKET))
            return 1;
    return 0;
}

/* 美銀：, 美銀分析師示警： */
static int ends_in_colon(const struct scope_work *work, uint32_t end, uint32_t limit)
{
    enum { TITLE_WORDS = 5 };
    return limit - end <= TITLE_WORDS && token_code(work, limit - 1) == ':';
}

/* A name that only says the rest: 美銀：, 高盛看好, 大摩指出, 富邦投顧董事長某某. */
static int is_source(const struct scope_work *work, uint32_t end, uint32_t limit)
{
    const jw_doc *const doc = work->doc;
    const int is_bank = (work->token[end - 1] & TOKEN_BANK) != 0;
    if (is_bank && ends_in_colon(work, end, limit))
        return 1;
    for (uint32_t t = end; is_bank && t < limit && t < end + WORDS_OF_OFFICE; t++)
        if (work->token[t] & TOKEN_PERSON)
            return 1;
    uint32_t at = work->sense_at[end];
    if (at == JW_NONE && end + 1 < limit)
        at = work->sense_at[end + 1];
    for (; at != JW_NONE && at < doc->sense_count && doc->senses[at].tokens.start <= end + 1; at++) {
        const uint32_t kinds = doc->senses[at].term->kinds;
        if (kinds & SENSE_passive)
            return 0; /* 某公司被看好 */
        if (kinds & SENSE_opinion || (kinds & SENSE_view && (is_bank || is_judgement(work, &doc->senses[at]))) || (kinds & SENSE_forecast && is_bank))
            return !speaks_of_itself(work, end, limit);
    }
    return is_bank && revises_other(work, end, limit);
}

static uint32_t letter_at(const struct scope_work *work, uint32_t token, uint32_t end)
{
    return token < end && token_units(work, token) == 1 ? token_code(work, token) : 0;
}

static int is_word(const struct scope_work *work, uint32_t token, uint32_t first, uint32_t second)
{
    return token_units(work, token) == 2 && token_code(work, token) == first && work->room->units.code[work->room->words[token].start + 1] == second;
}

/* 比 X 強, 比起 X, 跟 X 比, 在 X 上 */
static int role_beside(const struct scope_work *work, jw_range name, jw_range clause)
{
    enum { ABOVE = 0x4e0a, THAN = 0x6bd4, UP = 0x8d77, NOT = 0x4e0d };
    if (name.start == clause.start)
        return 0;
    const uint32_t before = letter_at(work, name.start - 1, clause.end), behind = letter_at(work, name.end, clause.end);
    if (code_is_one_of(before, u"比較") || is_word(work, name.start - 1, NOT, THAN) || is_word(work, name.start - 1, THAN, UP) ||
        (code_is_one_of(before, u"跟和與同") && behind == THAN))
        return ROLE_BASE;
    return code_is_one_of(before, u"在於") && behind == ABOVE ? ROLE_PLACE : 0;
}

/* Behind a bracket with a code, 仁寶(2324-TW)|, of which the token may be the end. */
static uint32_t skip_note(const struct scope_work *work, uint32_t token, uint32_t end)
{
    return token_code(work, token) == ')' ? token + 1 : room_note_end(work->room, token, end);
}

/* 旗下 子公司 孫公司 小金雞, behind the name of the parent. */
static int is_branch(const struct scope_work *work, uint32_t token)
{
    const uint32_t end = work->room->words[token].end;
    return ends_in(work, token, u"旗下金雞") || (ends_in(work, token, u"公司") && end > 2 && code_is_one_of(work->room->units.code[end - 3], u"子孫"));
}

/* 供應商 代工廠 供應鏈 客戶 夥伴 對手 同業, which name a firm by another one. */
static int is_kin(const struct scope_work *work, uint32_t token)
{
    return code_is_one_of(work->room->units.code[work->room->words[token].end - 1], u"商廠鏈戶伴") ||
           ends_in(work, token, u"對手敵手同業") || is_branch(work, token);
}

/* The letters from the unit on begin with one of the words. */
static int has_word_at(struct units units, uint32_t at, const char16_t (*words)[4], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t len = 0;
        while (words[i][len] && at + len < units.len && units.code[at + len] == words[i][len])
            len++;
        if (!words[i][len])
            return 1;
    }
    return 0;
}

/* 供應鏈, PCB供應鏈, 概念股; 供應鏈管理 is the firm's own. */
static int begins_others(const struct scope_work *work, uint32_t token, uint32_t end)
{
    enum { LEN = 3 };
    static const char16_t others[][4] = {u"供應鏈", u"供應商", u"概念股"}, own[][4] = {u"管理", u"整合", u"優勢", u"策略", u"布局", u"佈局", u"大會"};
    const struct room *const room = work->room;
    const uint32_t t = token + (token + 1 < end && room->units.cls[room->words[token].start] == UNIT_LATIN), at = room->words[t].start;
    return has_word_at(room->units, at, others, sizeof others / sizeof *others) &&
           !has_word_at(room->units, at + LEN, own, sizeof own / sizeof *own);
}

/*
 * 蘋果|供應商|科沃, 鴻海|旗下|富智康: the name that ends at the token only tells whose supplier, customer, rival or subsidiary the next one is.
 * 蘋果|供應鏈 and 輝達|概念股 are others even where none is named.
 */
static int tells_whose(const struct scope_work *work, uint32_t token, uint32_t end)
{
    enum { WORDS_BETWEEN = 4 };
    if (token >= end)
        return 0;
    const uint32_t start = skip_note(work, token, end);
    if (start < end && !(work->token[start] & TOKEN_GAP) && begins_others(work, start, end))
        return 1;
    for (uint32_t t = start; t < end && t <= start + WORDS_BETWEEN; t++) {
        if (work->mention[t] != JW_NONE)
            return t > start && is_kin(work, t - 1);
        const int is_stem = t + 1 < end && token_units(work, t + 1) == 1 && is_kin(work, t + 1); /* 供應|商 */
        if ((work->doc->upos[t] == work->verb && !is_stem && !is_branch(work, t)) || work->token[t] & (TOKEN_PUNCT | TOKEN_VALUE | TOKEN_GAP))
            return 0;
    }
    return 0;
}

static void mark_roles(const struct scope_work *work, jw_range clause)
{
    for (uint32_t t = clause.start; t < clause.end; t++) {
        if (work->mention[t] == JW_NONE)
            continue;
        const jw_range name = work->doc->mentions[work->mention[t]].tokens;
        work->doc->scopes[t].role = (uint8_t)((name.end < clause.end && is_source(work, name.end, clause.end) ? ROLE_SOURCE : 0) |
                                              (tells_whose(work, name.end, clause.end) ? ROLE_WHOSE : 0) | role_beside(work, name, clause));
    }
}

/* The company the clause is about; `before` when it names none, or none but one behind a preposition while `before` is of the same sentence. */
static uint32_t find_subject(const struct scope_work *work, jw_range tokens, uint32_t before, uint32_t sentence_start)
{
    uint32_t first = before != JW_NONE && work->doc->mentions[before].tokens.start >= sentence_start ? before : JW_NONE;
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        const uint32_t mention = work->mention[t];
        if (mention == JW_NONE || work->doc->scopes[t].role)
            continue;
        if (!is_governed(work, tokens.start, t))
            return mention;
        if (first == JW_NONE)
            first = mention;
    }
    return first == JW_NONE ? before : first;
}

/* An index, a currency or a commodity before any company: later clauses speak of it. */
static int is_of_market(const struct scope_work *work, jw_range tokens)
{
    for (uint32_t t = tokens.start; t < tokens.end && work->mention[t] == JW_NONE; t++)
        if (work->token[t] & TOKEN_MARKET)
            return 1;
    return 0;
}

static int has_kind(const struct scope_work *work, jw_range tokens, uint32_t kinds)
{
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        const struct sense *const sense = sense_of(work, t);
        if (sense && sense->term->kinds & kinds)
            return 1;
    }
    return 0;
}

/* What later clauses inherit; a new part or paragraph starts from what the document spoke of first. */
struct carried {
    uint32_t subject, topic, part, title;
};

static void fill_clause(const struct scope_work *work, struct carried *carried, struct clause *clause)
{
    const jw_sentence *const sentence = &work->doc->sentences[clause->sentence];
    if (is_of_market(work, clause->tokens))
        carried->subject = JW_NONE;
    for (uint32_t t = clause->tokens.start; t < clause->tokens.end; t++)
        if (work->mention[t] != JW_NONE)
            carried->topic = work->mention[t];
    mark_roles(work, clause->tokens);
    clause->is_passive = (uint8_t)has_kind(work, clause->tokens, SENSE_passive);
    clause->subject = find_subject(work, clause->tokens, carried->subject, sentence->tokens.start);
    clause->topic = carried->topic;
    carried->subject = has_kind(work, clause->tokens, SENSE_except) ? JW_NONE : clause->subject;
}

/* A line that begins behind a full stop begins a paragraph, blank line or not; a line that was wrapped does not. */
static int is_paragraph(const jw_doc *doc, uint32_t sentence)
{
    static const char stop[] = "\xe3\x80\x82"; /* U+3002 */
    const jw_sentence *const at = &doc->sentences[sentence];
    if (at->flags & JW_SENTENCE_PARAGRAPH || !sentence)
        return 1;
    const uint32_t end = at[-1].text.end;
    if (end < sizeof stop - 1 || memcmp(doc->text.at + end - (sizeof stop - 1), stop, sizeof stop - 1) != 0)
        return 0;
    return memchr(doc->text.at + end, '\n', at->text.start - end) != NULL;
}

jw_status jwi_scope_clauses(struct scope_work *work, jw_error *reterr)
{
    jw_doc *const doc = work->doc;
    uint32_t n = 0;
    doc->clauses = PUSH_ZERO(&doc->arena, struct clause, doc->token_count);
    if (!doc->clauses)
        return jwi_fail_memory(reterr);
    struct carried carried = {JW_NONE, JW_NONE, 0, JW_NONE};
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        const jw_range tokens = doc->sentences[i].tokens;
        if (doc->sentences[i].part != carried.part || is_paragraph(doc, i))
            carried.topic = carried.subject = carried.title;
        carried.part = doc->sentences[i].part;
        for (uint32_t t = tokens.start; t < tokens.end; n++) {
            struct clause *const clause = &doc->clauses[n];
            clause->sentence = i;
            clause->tokens.start = t;
            clause->tokens.end = t = clause_end(work, t, tokens.end);
            fill_clause(work, &carried, clause);
            if (carried.title == JW_NONE)
                carried.title = clause->subject;
            for (uint32_t k = clause->tokens.start; k < t; k++)
                doc->scopes[k].clause = n;
        }
    }
    doc->clause_count = n;
    return JW_OK;
}
