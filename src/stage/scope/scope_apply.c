/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operators reach tokens.  Windows inside the clause, not trees: they hold where the parser fails, and headlines have little else.
 *   right   from behind the operator to the end of the clause; a negating adverb stops at 的 (不賺錢的|部門) and at a company, a verb does not
 *   left    from the operator back to the last predicate of the clause: 虧損|縮小
 *   both    right when something stands there, else left: 縮小虧損, 虧損縮小
 * Reports and rumours reach on over the next clauses of the sentence; `A 但 B` marks all of A.
 */
#include "stage/scope/scope_work.h"

/* Operators that are verbs with an object: behind it a date begins something else, 擺脫虧損|下半年轉強. */
#define SENSE_VERBS (SENSE_escaped | SENSE_cancelled | SENSE_reversed)

enum { DEGREE_MIN = 3600, DEGREE_MAX = 14400, NEGATIONS_MAX = 8 };

/* One operator at work. */
struct reach {
    struct scope_work *work;
    const struct sense *sense;
    jw_range clause;
    uint32_t index; /* of the clause */
};

static const struct sense *sense_of(const struct scope_work *work, uint32_t token)
{
    const uint32_t sense = work->sense_at[token];
    return sense == JW_NONE ? NULL : &work->doc->senses[sense];
}

/* 沒利多就噴, 不跌卻漲: what follows is no longer negated. */
static int is_turn(const struct scope_work *work, uint32_t token)
{
    const uint32_t code = token_units(work, token) == 1 ? token_code(work, token) : 0;
    return code == 0x5c31 || code == 0x537b;
}

/* 終止合作|跌12%: a change with its number behind an object is what came of it. */
static int is_move(const struct reach *reach, uint32_t token)
{
    const struct sense *const sense = sense_of(reach->work, token);
    return sense && sense->term->kinds & SENSE_direction && sense->tokens.end < reach->clause.end &&
           (reach->work->token[sense->tokens.end] & (TOKEN_VALUE | TOKEN_DATE)) == TOKEN_VALUE;
}

static uint32_t right_end(const struct reach *reach)
{
    const struct scope_work *const work = reach->work;
    const int is_high = reach->sense->term->flags & SENSE_HIGH || !(reach->sense->term->kinds & SENSE_negation);
    int is_full = 0;
    for (uint32_t t = reach->sense->tokens.end; t < reach->clause.end; t++) {
        if (!is_high && t > reach->sense->tokens.end && (work->token[t] & TOKEN_OF || work->mention[t] != JW_NONE || is_turn(work, t)))
            return t;
        const struct sense *const sense = sense_of(work, t);
        is_full |= sense && sense->term->kinds & (SENSE_concept | SENSE_word);
        if (is_full && work->token[t] & TOKEN_VALUE && reach->sense->term->kinds & SENSE_VERBS)
            return t;
        if (!is_full && t > reach->sense->tokens.end && reach->sense->term->kinds & SENSE_VERBS && is_move(reach, t))
            return t;
    }
    return reach->clause.end;
}

/* Back to the predicate before, not over it. */
static uint32_t left_start(const struct reach *reach)
{
    const struct scope_work *const work = reach->work;
    for (uint32_t t = reach->sense->tokens.start; t > reach->clause.start; t--) {
        const struct sense *const sense = sense_of(work, t - 1);
        if (sense && sense->term->kinds & (SENSE_direction | SENSE_contrast) && !(sense->term->kinds & (SENSE_concept | SENSE_word)))
            return t;
    }
    return reach->clause.start;
}

/* Right of the operator; 不 of a token 不抱 reaches the rest of it. */
static jw_range right_of(const struct reach *reach)
{
    const jw_doc *const doc = reach->work->doc;
    const struct sense *const next = reach->sense + 1;
    const int is_one_word = next < doc->senses + doc->sense_count && next->tokens.start == reach->sense->tokens.start;
    return (jw_range){is_one_word ? reach->sense->tokens.start : reach->sense->tokens.end, right_end(reach)};
}

static int has_direction(const struct scope_work *work, jw_range tokens)
{
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        const struct sense *const sense = sense_of(work, t);
        if (sense && sense->term->kinds & SENSE_direction)
            return 1;
    }
    return 0;
}

/* Left of the operator; of 影響有限 also the clauses before that say nothing of their own: 跳電，初步確認影響有限. */
static jw_range left_of(const struct reach *reach)
{
    const jw_doc *const doc = reach->work->doc;
    jw_range range = {left_start(reach), reach->sense->tokens.start};
    if (!(reach->sense->term->flags & SENSE_PRIOR) || range.start != reach->clause.start)
        return range;
    for (uint32_t i = reach->index; i > 0 && doc->clauses[i - 1].sentence == doc->clauses[i].sentence; i--) {
        if (has_direction(reach->work, doc->clauses[i - 1].tokens))
            break;
        range.start = doc->clauses[i - 1].tokens.start;
    }
    return range;
}

/* A token that can be what an operator is about. */
static int is_content(const struct scope_work *work, uint32_t token)
{
    const struct sense *const sense = sense_of(work, token);
    if (work->token[token] & (TOKEN_VALUE | TOKEN_PUNCT | TOKEN_OF))
        return 0;
    if (sense)
        return (sense->term->kinds & (SENSE_concept | SENSE_word | SENSE_direction)) != 0;
    return token_units(work, token) > 1;
}

static int has_content(const struct scope_work *work, jw_range tokens)
{
    for (uint32_t t = tokens.start; t < tokens.end; t++)
        if (is_content(work, t))
            return 1;
    return 0;
}

/* 縮小虧損, 取消配股, but not 虧損縮小至1億元. */
static int has_object(const struct reach *reach)
{
    const struct scope_work *const work = reach->work;
    for (uint32_t t = reach->sense->tokens.end; t < reach->clause.end; t++) {
        if (work->token[t] & (TOKEN_VALUE | TOKEN_PUNCT))
            return 0;
        if (is_content(work, t))
            return 1;
    }
    return 0;
}

static jw_range both_of(const struct reach *reach)
{
    if (reach->sense->term->flags & SENSE_LEFT)
        return left_of(reach);
    if (reach->sense->term->flags & SENSE_RIGHT || has_object(reach))
        return right_of(reach);
    return left_of(reach);
}

static void set_bits(const struct reach *reach, jw_range tokens, uint16_t bits)
{
    for (uint32_t t = tokens.start; t < tokens.end; t++)
        reach->work->doc->scopes[t].operators |= bits;
}

static void set_mood(const struct reach *reach, jw_range tokens, uint8_t mood)
{
    for (uint32_t t = tokens.start; t < tokens.end; t++)
        reach->work->doc->scopes[t].mood |= mood;
}

static void add_negations(const struct reach *reach, jw_range tokens, uint32_t count)
{
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        uint8_t *const negations = &reach->work->doc->scopes[t].negations;
        *negations = (uint8_t)(*negations + count < NEGATIONS_MAX ? *negations + count : NEGATIONS_MAX);
    }
}

/* Forecast, opinion and rumour: the one that takes most off stays. */
static void set_fact(const struct reach *reach, jw_range tokens, uint8_t fact)
{
    for (uint32_t t = tokens.start; t < tokens.end; t++)
        if (reach->work->doc->scopes[t].fact < fact)
            reach->work->doc->scopes[t].fact = fact;
}

static uint32_t sentence_end(const struct reach *reach)
{
    const jw_doc *const doc = reach->work->doc;
    return doc->sentences[doc->clauses[reach->index].sentence].tokens.end;
}

static uint32_t sentence_start(const struct reach *reach)
{
    const jw_doc *const doc = reach->work->doc;
    return doc->sentences[doc->clauses[reach->index].sentence].tokens.start;
}

/* 否認 without an object, or 傳聞不實 alone, is about the clause before. */
static void deny(const struct reach *reach)
{
    const jw_doc *const doc = reach->work->doc;
    jw_range tokens = reach->sense->term->flags & SENSE_LEFT ? left_of(reach) : right_of(reach);
    const struct scope *const self = &doc->scopes[reach->sense->tokens.start];
    if (!has_content(reach->work, tokens) && reach->index && doc->clauses[reach->index - 1].sentence == doc->clauses[reach->index].sentence)
        tokens = doc->clauses[reach->index - 1].tokens;
    if (scope_flips(self))
        add_negations(reach, tokens, 1);
    else
        set_bits(reach, tokens, OPERATOR_DENIED);
}

/* 財報|不如預期; of a clause that begins with the comparison what follows, but not 量產 of 營收季增9%低於預期量產在即. */
static jw_range compared(const struct reach *reach)
{
    const jw_range left = left_of(reach), before = {reach->clause.start, reach->sense->tokens.start};
    return has_content(reach->work, before) ? left : right_of(reach);
}

static void apply_bits(const struct reach *reach, uint32_t kinds)
{
    if (kinds & SENSE_failed)
        set_bits(reach, reach->sense->term->flags & SENSE_LEFT ? left_of(reach) : right_of(reach), OPERATOR_FAILED);
    if (kinds & SENSE_escaped)
        set_bits(reach, right_of(reach), OPERATOR_ESCAPED);
    if (kinds & SENSE_denied)
        deny(reach);
    if (kinds & SENSE_cancelled)
        set_bits(reach, both_of(reach), OPERATOR_CANCELLED);
    if (kinds & SENSE_reversed)
        set_bits(reach, both_of(reach), OPERATOR_REVERSED);
    if (kinds & SENSE_worsened)
        set_bits(reach, both_of(reach), OPERATOR_WORSENED);
    if (kinds & SENSE_doubted)
        set_bits(reach, right_of(reach), OPERATOR_DOUBTED);
    if (kinds & SENSE_expect && reach->sense->term->sign)
        set_bits(reach, compared(reach), reach->sense->term->sign > 0 ? OPERATOR_BEATEN : OPERATOR_MISSED);
}

static void apply_fact(const struct reach *reach, uint32_t kinds)
{
    jw_range tokens = right_of(reach);
    if (kinds & SENSE_forecast) {
        set_fact(reach, tokens, JW_FORECAST);
        set_mood(reach, tokens, JW_MOOD_FUTURE);
    }
    tokens.end = sentence_end(reach);
    if (kinds & SENSE_opinion)
        set_fact(reach, tokens, JW_OPINION);
    if (kinds & SENSE_rumour)
        set_fact(reach, tokens, JW_RUMOUR);
}

/* 若 makes its clause and what follows from it in the sentence a mere possibility; 恐 only what it stands before. */
static void suppose(const struct reach *reach)
{
    jw_range tokens = right_of(reach);
    if (reach->sense->tokens.start == reach->clause.start)
        tokens.end = sentence_end(reach);
    set_mood(reach, tokens, JW_MOOD_HYPOTHETICAL);
}

static void concede(const struct reach *reach, uint32_t kinds)
{
    if (kinds & SENSE_conceded) {
        set_mood(reach, reach->clause, JW_MOOD_CONCEDED);
        return;
    }
    const jw_range before = {sentence_start(reach), reach->clause.start};
    set_mood(reach, before, JW_MOOD_CONCEDED);
}

/* 將 before a name is 把: 外資將某公司目標價調升. */
static int is_object_marker(const struct reach *reach)
{
    const struct scope_work *const work = reach->work;
    const uint32_t next = reach->sense->tokens.end;
    return token_code(work, reach->sense->tokens.start) == 0x5c07 && next < reach->clause.end && work->mention[next] != JW_NONE;
}

static void apply_mood(const struct reach *reach, uint32_t kinds)
{
    if (kinds & SENSE_hypothetical)
        suppose(reach);
    if (kinds & SENSE_future && !is_object_marker(reach))
        set_mood(reach, right_of(reach), JW_MOOD_FUTURE);
    if (kinds & (SENSE_conceded | SENSE_contrast))
        concede(reach, kinds);
    if (kinds & SENSE_rhetorical)
        add_negations(reach, right_of(reach), 1);
    if (kinds & SENSE_ironic) {
        const jw_range whole = {sentence_start(reach), sentence_end(reach)};
        set_mood(reach, whole, JW_MOOD_IRONIC);
    }
}

/* The degree of the whole stretch around the word, up to the predicates before and after. */
static void scale(const struct reach *reach)
{
    const jw_range tokens = {left_start(reach), reach->clause.end};
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        int32_t *const degree = &reach->work->doc->scopes[t].degree;
        const int32_t product = (int32_t)((int64_t)*degree * reach->sense->term->value / JW_SCALE);
        *degree = product < DEGREE_MIN ? DEGREE_MIN : product > DEGREE_MAX ? DEGREE_MAX : product;
    }
}

static void apply_one(const struct reach *reach)
{
    const uint32_t kinds = reach->sense->term->kinds;
    if (kinds & SENSE_negation)
        add_negations(reach, reach->sense->term->flags & SENSE_LEFT ? left_of(reach) : right_of(reach),
                      reach->sense->term->value > JW_SCALE ? 2 : 1);
    apply_bits(reach, kinds);
    apply_fact(reach, kinds);
    apply_mood(reach, kinds);
    if (kinds & SENSE_degree && !(kinds & SENSE_direction))
        scale(reach);
    if (kinds & SENSE_completed)
        for (uint32_t t = reach->clause.start; t < reach->clause.end; t++)
            reach->work->doc->scopes[t].progress = JW_COMPLETED;
}

/*
 * A question mark asks, unless the sentence asks why: then what it says is taken as given.  It asks what stands before the blank of
 * a headline too when it has nothing of its own to ask: 某公司營收大增 為何？ but not 某公司大漲 族群一飛衝天？  Of a post it asks what
 * stands right before the blank in any case: 昨天抄底某公司 會贏嗎
 */
static void ask(struct scope_work *work, uint32_t index)
{
    jw_doc *const doc = work->doc;
    const struct clause *const clause = &doc->clauses[index];
    const uint32_t last = token_code(work, clause->tokens.end - 1);
    uint32_t kinds = 0;
    for (uint32_t t = clause->tokens.start; t < clause->tokens.end; t++) {
        const struct sense *const sense = sense_of(work, t);
        kinds |= sense ? sense->term->kinds : 0;
    }
    if (kinds & (SENSE_rhetorical | SENSE_presumed) || !(kinds & SENSE_question || last == '?'))
        return;
    uint32_t start = clause->tokens.start;
    const int is_told = has_content(work, clause->tokens), is_title = doc->parts[doc->sentences[clause->sentence].part].kind == JW_PART_TITLE;
    uint32_t more = !is_told ? index : is_title ? 0 : 1;
    for (uint32_t i = index; more && i > 0 && work->token[start] & TOKEN_GAP && doc->clauses[i - 1].sentence == clause->sentence; i--, more--)
        start = doc->clauses[i - 1].tokens.start;
    for (uint32_t t = start; t < clause->tokens.end; t++)
        doc->scopes[t].mood |= JW_MOOD_QUESTION;
}

/* Words in 「」 are somebody's. */
static void quote(struct scope_work *work)
{
    uint8_t mood = 0;
    for (uint32_t t = 0; t < work->doc->token_count; t++) {
        const uint32_t code = work->token[t] & TOKEN_PUNCT ? token_code(work, t) : 0;
        if (code == 0x300c || code == 0x300e || code == 0x201c)
            mood = JW_MOOD_QUOTED;
        else if (code == 0x300d || code == 0x300f || code == 0x201d || code == 0x3002)
            mood = 0;
        work->doc->scopes[t].mood |= mood;
    }
}

/* A、B、C: a clause of names and marks between them. */
static int is_list(const struct scope_work *work, jw_range tokens)
{
    uint32_t names = 0, words = 0;
    for (uint32_t t = tokens.start; t < tokens.end; t++) {
        names += work->mention[t] != JW_NONE;
        words += !(work->token[t] & (TOKEN_NAME | TOKEN_PUNCT | TOKEN_VALUE));
    }
    return names >= 2 && !words;
}

static void finish_clause(struct scope_work *work, uint32_t index)
{
    struct clause *const clause = &work->doc->clauses[index];
    ask(work, index);
    const uint8_t list = is_list(work, clause->tokens) ? JW_MOOD_LISTED : 0;
    uint8_t mood = UINT8_MAX, fact = UINT8_MAX;
    for (uint32_t t = clause->tokens.start; t < clause->tokens.end; t++) {
        struct scope *const scope = &work->doc->scopes[t];
        scope->mood |= list;
        mood &= scope->mood;
        fact = scope->fact < fact ? scope->fact : fact;
    }
    clause->mood = mood;
    clause->fact = fact;
}

void jwi_scope_apply(struct scope_work *work)
{
    jw_doc *const doc = work->doc;
    uint32_t sense = 0;
    for (uint32_t i = 0; i < doc->clause_count; i++) {
        struct reach reach = {.work = work, .clause = doc->clauses[i].tokens, .index = i};
        for (; sense < doc->sense_count && doc->senses[sense].tokens.start < reach.clause.end; sense++) {
            reach.sense = &doc->senses[sense];
            apply_one(&reach);
        }
    }
    quote(work);
    for (uint32_t i = 0; i < doc->clause_count; i++)
        finish_clause(work, i);
}
