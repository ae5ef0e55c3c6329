/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words and patterns of a sentence.
 * Method: at every unit the words of the section that begin there and end as tokens do; a word inside a longer one, or in a name, is
 * none; a bank or a person is one where the tables speak of any.  A pattern takes for each element the nearest word of its class; a metric
 * between ends the search: 營收成長、毛利率下滑 does not say that revenue falls.  Cost: units x words of a letter, and a fixed window around every word.
 */
#include "stage/event/event.h"

#include "base/error.h"
#include "doc/scope.h"

#include <string.h>

enum { HITS_AHEAD = 24, MATCHES_A_HIT = 4, NAME_MARK = '<', NAME_LETTERS = 3 };

int jwi_event_has_class(const struct event_lex *lex, const struct event_hit *hit, uint32_t cls)
{
    const struct event_word *const word = &lex->word[hit->word];
    for (uint32_t i = 0; i < word->tag_count; i++)
        if (lex->tag[word->tag_at + i].cls == cls)
            return 1;
    return 0;
}

jw_range jwi_event_clause(const struct event_scene *scene, uint32_t token)
{
    const jw_doc *const doc = scene->work->doc;
    const uint32_t clause = doc->scopes[token].clause;
    return clause < doc->clause_count ? doc->clauses[clause].tokens : scene->tokens;
}

/* Units of the name at the token whose letters say nothing else: those of a company, not those of an index; empty when there is none. */
static jw_range name_at(const struct event_work *work, uint32_t token)
{
    const uint32_t names =
        1u << TYPE_COM | 1u << TYPE_FIN | 1u << TYPE_ORG | 1u << TYPE_PER | 1u << TYPE_LOC | 1u << TYPE_SEC | 1u << TYPE_PRD;
    const uint32_t mention = work->mention_at[token];
    if (mention == JW_NONE || !(work->type_of[work->doc->mentions[mention].type & 63] & names))
        return (jw_range){0, 0};
    const jw_range name = work->doc->mentions[mention].tokens;
    return (jw_range){work->room->words[name.start].start, work->room->words[name.end - 1].end};
}

static int is_inside(jw_range name, uint32_t unit)
{
    return name.start < unit && unit < name.end;
}

/* An edge of the word is inside of a name: 合作 in 合作金庫, 新董座 in 巧新|董座. */
static int is_in_name(const struct event_work *work, const struct event_hit *hit)
{
    const jw_range first = name_at(work, hit->tokens.start), last = name_at(work, hit->tokens.end - 1);
    return is_inside(first, hit->start) || is_inside(first, hit->end) || is_inside(last, hit->end);
}

/* A word begins or ends where a token does; one letter is a token; a Latin edge touches no Latin letter: no CB in PCB. */
static int is_whole(const struct room *room, const struct event_hit *hit)
{
    const struct room_word *const words = room->words;
    const uint8_t *const cls = room->units.cls;
    if ((hit->start > 0 && cls[hit->start] == UNIT_LATIN && cls[hit->start - 1] == UNIT_LATIN) ||
        (hit->end < room->units.len && cls[hit->end - 1] == UNIT_LATIN && cls[hit->end] == UNIT_LATIN))
        return 0;
    const int starts = words[hit->tokens.start].start == hit->start, ends = words[hit->tokens.end - 1].end == hit->end;
    const uint32_t len = hit->end - hit->start;
    return len == 1 ? starts && ends : len < 4 ? starts || ends : 1;
}

static int add_hits(struct event_scene *scene, uint32_t unit, uint32_t token, uint32_t *longest)
{
    const struct event_work *const work = scene->work;
    const struct room_word *const words = work->room->words;
    uint32_t found[EVENT_WORD_MAX];
    const uint32_t n = jwi_event_words_at(work->lex, work->room->units.code + unit, scene->units.end - unit, found);
    for (uint32_t i = n; i > 0; i--) {
        struct event_hit hit = {unit, unit + work->lex->word[found[i - 1]].len, found[i - 1], {token, token + 1}};
        while (hit.tokens.end < scene->tokens.end && words[hit.tokens.end].start < hit.end)
            hit.tokens.end++;
        if (hit.end <= *longest || !is_whole(work->room, &hit) || is_in_name(work, &hit))
            continue;
        *longest = hit.end;
        scene->hit[scene->hit_count++] = hit;
        return 1;
    }
    return 0;
}

/* The tables speak of any bank or house as <FIN>, of any person as <PER>: which one it is makes no other event. */
static uint32_t name_word(const struct event_work *work, uint32_t mention)
{
    enum { LEN = 5 };
    static const uint32_t fin[LEN] = {NAME_MARK, 'f', 'i', 'n', '>'}, person[LEN] = {NAME_MARK, 'p', 'e', 'r', '>'};
    const uint32_t type = event_type_of(work, mention);
    uint32_t found[EVENT_WORD_MAX];
    if (!(type & (1u << TYPE_FIN | 1u << TYPE_PER)) || !jwi_event_words_at(work->lex, type & 1u << TYPE_FIN ? fin : person, LEN, found))
        return JW_NONE;
    return found[0];
}

/* The name that starts at the unit, unless the tables have it as a word. */
static void add_name(struct event_scene *scene, uint32_t unit, uint32_t token, uint32_t *longest)
{
    const struct event_work *const work = scene->work;
    const jw_range name = name_at(work, token);
    const uint32_t mention = work->mention_at[token], word = name.end && name.start == unit ? name_word(work, mention) : JW_NONE;
    if (word == JW_NONE || work->doc->mentions[mention].tokens.end > scene->tokens.end)
        return;
    *longest = name.end;
    scene->hit[scene->hit_count++] = (struct event_hit){name.start, name.end, word, work->doc->mentions[mention].tokens};
}

jw_status jwi_event_find_words(struct event_scene *scene, jw_error *reterr)
{
    const struct room *const room = scene->work->room;
    scene->hit_count = 0;
    scene->hit = PUSH(room->scratch, struct event_hit, (size_t)(scene->units.end - scene->units.start) + 1);
    if (!scene->hit)
        return jwi_fail_memory(reterr);
    uint32_t longest = 0, token = scene->tokens.start;
    for (uint32_t unit = scene->units.start; unit < scene->units.end; unit++) {
        while (token < scene->tokens.end && room->words[token].end <= unit)
            token++;
        if (token == scene->tokens.end)
            break;
        if (room->words[token].start <= unit && !add_hits(scene, unit, token, &longest))
            add_name(scene, unit, token, &longest);
    }
    return JW_OK;
}

int jwi_event_is_word(const struct event_scene *scene, uint32_t token)
{
    for (uint32_t i = 0; i < scene->hit_count; i++)
        if (token >= scene->hit[i].tokens.start && token < scene->hit[i].tokens.end)
            return 1;
    return 0;
}

/* 甲營收持穩 乙改寫新高: the second word stands in a clause about another firm, of which the match tells. */
static int is_of_another(const struct event_scene *scene, uint32_t metric, uint32_t hit)
{
    const jw_doc *const doc = scene->work->doc;
    const uint32_t a = doc->clauses[doc->scopes[scene->hit[metric].tokens.start].clause].subject;
    const uint32_t b = doc->clauses[doc->scopes[scene->hit[hit].tokens.start].clause].subject;
    return jwi_event_has_class(scene->work->lex, &scene->hit[metric], scene->work->lex->header->metric_class) && a != b && a != JW_NONE &&
           b != JW_NONE && doc->links[a].entity != doc->links[b].entity;
}

/* The next word of the class after hit `from`, near enough and in the same clause; hit_count when there is none. */
static uint32_t next_of(const struct event_scene *scene, uint32_t from, const struct event_pattern *pattern, uint32_t element)
{
    const struct event_lex *const lex = scene->work->lex;
    const struct event_hit *const first = &scene->hit[from];
    const int is_tight = pattern->tight >> element & 1, is_far = pattern->far >> element & 1;
    const uint32_t metric = lex->header->metric_class, cls = pattern->element[element];
    const uint32_t limit = first->end + (is_tight ? EVENT_TIGHT : is_far ? EVENT_FAR_GAP : EVENT_GAP);
    const jw_range clause = jwi_event_clause(scene, first->tokens.start);
    const int is_metric = jwi_event_has_class(lex, first, metric);
    uint32_t row_end = first->end;
    for (uint32_t i = from + 1; i < scene->hit_count && i - from < HITS_AHEAD; i++) {
        const struct event_hit *const hit = &scene->hit[i];
        if (hit->start > limit || (!is_far && hit->tokens.start >= clause.end))
            break;
        if (hit->start < first->end)
            continue;
        if (jwi_event_has_class(lex, hit, cls))
            return i;
        if (!is_metric || !jwi_event_has_class(lex, hit, metric))
            continue;
        if (hit->start > row_end + 1)
            break;
        row_end = hit->end;
    }
    return scene->hit_count;
}

static void add_tag(struct event_match *match, const struct event_lex *lex, const struct event_hit *hit, uint32_t cls)
{
    const struct event_word *const word = &lex->word[hit->word];
    for (uint32_t i = 0; i < word->tag_count; i++) {
        const struct event_tag *const tag = &lex->tag[word->tag_at + i];
        if (tag->cls != cls)
            continue;
        if (tag->direction)
            match->direction = match->direction ? match->direction * tag->direction : tag->direction;
        match->flags |= tag->flags;
    }
    match->letters += lex->code[word->code_at] == NAME_MARK ? NAME_LETTERS : word->len;
}

/* A word that voids the pattern: near it in the clause, or anywhere. */
static int is_void(const struct event_scene *scene, const struct event_match *match)
{
    const struct event_lex *const lex = scene->work->lex;
    const struct event_pattern *const pattern = match->pattern;
    const struct event_hit *const first = &scene->hit[match->hit[0]], *const last = &scene->hit[match->hit[pattern->count - 1]];
    const jw_range clause = jwi_event_clause(scene, first->tokens.start);
    if (!pattern->void_count)
        return 0;
    for (uint32_t i = match->hit[0] > HITS_AHEAD ? match->hit[0] - HITS_AHEAD : 0;
         i < scene->hit_count && i <= match->hit[0] + HITS_AHEAD; i++) {
        const struct event_hit *const hit = &scene->hit[i];
        const int is_near = hit->end + EVENT_REACH >= first->start && hit->start <= last->end + EVENT_REACH &&
                            hit->tokens.start >= clause.start && hit->tokens.start < clause.end;
        for (uint32_t k = 0; k < pattern->void_count; k++) {
            const uint32_t item = lex->list[pattern->void_at + k];
            if ((is_near || item & EVENT_FAR) && jwi_event_has_class(lex, hit, item & ~(uint32_t)EVENT_FAR))
                return 1;
        }
    }
    return 0;
}

static int try_pattern(const struct event_scene *scene, uint32_t from, const struct event_pattern *pattern, struct event_match *match)
{
    memset(match, 0, sizeof *match);
    match->pattern = pattern;
    match->hit[0] = from;
    for (uint32_t i = 1; i < pattern->count; i++) {
        match->hit[i] = next_of(scene, match->hit[i - 1], pattern, i);
        if (match->hit[i] == scene->hit_count)
            return 0;
    }
    for (uint32_t i = 0; i < pattern->count; i++)
        add_tag(match, scene->work->lex, &scene->hit[match->hit[i]], pattern->element[i]);
    match->own = is_of_another(scene, from, match->hit[pattern->count - 1]) ? pattern->count - 1 : 0;
    match->trigger = match->hit[match->own ? match->own : pattern->trigger];
    return !is_void(scene, match);
}

/* The match says more: more letters, then a surer pattern. */
static int is_better(const struct event_match *a, const struct event_match *b)
{
    return a->letters != b->letters ? a->letters > b->letters : a->pattern->conf > b->pattern->conf;
}

/* Keeps the best match of every trigger and leaf, at most MATCHES_A_HIT of them. */
static uint32_t keep(struct event_match *list, uint32_t count, const struct event_match *match)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i].pattern->leaf == match->pattern->leaf) {
            if (is_better(match, &list[i]))
                list[i] = *match;
            return count;
        }
    if (count < MATCHES_A_HIT)
        list[count++] = *match;
    return count;
}

static uint32_t match_hit(const struct event_scene *scene, uint32_t from, struct event_match *list)
{
    const struct event_lex *const lex = scene->work->lex;
    const struct event_word *const word = &lex->word[scene->hit[from].word];
    uint32_t count = 0;
    for (uint32_t i = 0; i < word->tag_count; i++) {
        const struct event_class *const cls = &lex->cls[lex->tag[word->tag_at + i].cls];
        for (uint32_t k = 0; k < cls->pattern_count; k++) {
            struct event_match match;
            if (try_pattern(scene, from, &lex->pattern[cls->pattern_at + k], &match) && jwi_event_has_needs(scene, &match))
                count = keep(list, count, &match);
        }
    }
    return count;
}

static int uses(const struct event_match *match, uint32_t hit)
{
    for (uint32_t i = match->own; i < match->pattern->count; i++)
        if (match->hit[i] == hit)
            return 1;
    return 0;
}

/* Another match explains the trigger of this one and says more; the same words may mean two things: 搶走訂單 is a gain and a loss. */
static int is_explained(const struct event_scene *scene, uint32_t at)
{
    const struct event_match *const match = &scene->match[at];
    const uint32_t trigger = match->trigger;
    const uint32_t low = at > HITS_AHEAD ? at - HITS_AHEAD : 0;
    for (uint32_t i = low; i < scene->match_count && i < at + HITS_AHEAD; i++) {
        const struct event_match *const other = &scene->match[i];
        if (i == at || !uses(other, trigger))
            continue;
        const int is_tie = other->letters == match->letters && other->pattern->leaf != match->pattern->leaf;
        if (!is_tie && (is_better(other, match) || (!is_better(match, other) && i < at)))
            return 1;
    }
    return 0;
}

/* The pattern wants to be the only event of its clause or sentence, and is not. */
static int is_crowded(const struct event_scene *scene, uint32_t at, const uint8_t *is_out)
{
    const struct event_match *const match = &scene->match[at];
    const jw_range clause = jwi_event_clause(scene, scene->hit[match->hit[0]].tokens.start);
    if (!(match->pattern->needs & (NEED_ALONE | NEED_SOLE)))
        return 0;
    const uint32_t low = at > HITS_AHEAD ? at - HITS_AHEAD : 0;
    for (uint32_t i = low; i < scene->match_count && i < at + HITS_AHEAD; i++) {
        const uint32_t token = scene->hit[scene->match[i].hit[0]].tokens.start;
        const int is_inside = token >= clause.start && token < clause.end;
        if (i != at && !is_out[i] && scene->match[i].pattern->leaf != match->pattern->leaf &&
            (is_inside || match->pattern->needs & NEED_SOLE))
            return 1;
    }
    return 0;
}

jw_status jwi_event_find_matches(struct event_scene *scene, jw_error *reterr)
{
    scene->match_count = 0;
    scene->match = PUSH(scene->work->room->scratch, struct event_match, (size_t)scene->hit_count * MATCHES_A_HIT + 1);
    uint8_t *const is_out = PUSH(scene->work->room->scratch, uint8_t, (size_t)scene->hit_count * MATCHES_A_HIT + 1);
    if (!scene->match || !is_out)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < scene->hit_count; i++)
        scene->match_count += match_hit(scene, i, scene->match + scene->match_count);
    for (uint32_t i = 0; i < scene->match_count; i++)
        is_out[i] = (uint8_t)(is_explained(scene, i) || scene->match[i].pattern->leaf == EVENT_NO_LEAF);
    for (uint32_t i = 0; i < scene->match_count; i++)
        if (!is_out[i])
            is_out[i] = (uint8_t)is_crowded(scene, i, is_out);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < scene->match_count; i++)
        if (!is_out[i])
            scene->match[kept++] = scene->match[i];
    scene->match_count = kept;
    return JW_OK;
}
