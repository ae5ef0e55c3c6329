/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Persons spoken of again: 魏董事長 and 魏 are the 魏 named before, and what a bracket behind a person spells in letters is that person,
 * 澤倫斯基(Volodymyr Zelensky).
 */
#include "stage/entity/entity.h"

enum {
    TITLE_SCORE = 8500,
    SPELLED_SCORE = 9500,
    SPELLED_WORDS = 5,
    PERSONS_BACK = 64 /* mentions looked at for the person of a surname */
};

/* 董 of 董事長: the roles come shortest first. */
static int is_longest(const struct linker *linker, uint32_t k)
{
    return k + 1 == linker->role_count || linker->roles[k + 1].start != linker->roles[k].start ||
           linker->roles[k + 1].role != KB_ROLE_TITLE || !linker->edge[linker->roles[k + 1].end];
}

/* Unit of the surname before a title, JW_NONE when no single character that is a word stands there. */
static uint32_t surname_before(const struct linker *linker, const struct role *role)
{
    const uint32_t at = role->start - 1;
    const int is_word =
        role->start && linker->edge[role->start] && linker->edge[role->end] && linker->edge[at];
    return role->role == KB_ROLE_TITLE && is_word && linker->units.cls[at] == UNIT_HAN ? at
                                                                                       : JW_NONE;
}

/* Last person before draft `at` whose name begins with the character. */
static uint32_t person_with(const struct linker *linker, const struct draft *drafts, uint32_t at,
                            uint32_t surname)
{
    for (uint32_t back = 0; back < PERSONS_BACK && at-- > 0; back++) {
        const struct draft *draft = &drafts[at];
        if (draft->type == linker->kb->label[KB_PER] && draft->span.end - draft->span.start > 1 &&
            linker->units.code[draft->span.start] == surname)
            return at;
    }
    return JW_NONE;
}

/* The person that surname and title speak of becomes that of the draft. */
static void refer(struct draft *draft, const struct draft *person)
{
    draft->span = person->span;
    draft->entity = person->entity;
    draft->kind = JW_MENTION_ROLE;
    draft->link_score = TITLE_SCORE;
}

/* A person by one character that no list knows. */
static int is_surname(const struct linker *linker, const struct draft *draft)
{
    return draft->type == linker->kb->label[KB_PER] && draft->entity == JW_NONE && draft->span.end - draft->span.start == 1 &&
           linker->units.cls[draft->span.start] == UNIT_HAN;
}

void jwi_entity_link_surnames(const struct linker *linker, struct draft *drafts, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t person = is_surname(linker, &drafts[i]) ? person_with(linker, drafts, i, linker->units.code[drafts[i].span.start]) : JW_NONE;
        if (person != JW_NONE)
            refer(&drafts[i], &drafts[person]);
    }
}

uint32_t jwi_entity_add_titles(const struct linker *linker, const struct draft *drafts, uint32_t n, struct draft *ret)
{
    uint32_t len = 0, i = 0;
    for (uint32_t k = 0; k < linker->role_count; k++) {
        const struct role *role = &linker->roles[k];
        const uint32_t surname = surname_before(linker, role);
        if (surname == JW_NONE || !is_longest(linker, k))
            continue;
        while (i < n && drafts[i].span.end <= surname)
            ret[len++] = drafts[i++];
        const uint32_t person = person_with(linker, ret, len, linker->units.code[surname]);
        if (person == JW_NONE)
            continue;
        const jw_range tokens = {jwi_entity_token(linker, surname),
                                 jwi_entity_token(linker, role->end - 1) + 1};
        const int is_free = i == n || drafts[i].tokens.start >= tokens.end;
        struct draft draft = {tokens, {0, 0}, JW_NONE, ret[person].type, 0, 0, TITLE_SCORE, 0, JW_NONE, 0, 0};
        if (!is_free && (drafts[i].tokens.start != tokens.start || drafts[i].tokens.end != tokens.end) && !is_surname(linker, &drafts[i]))
            continue;
        if (!is_free)
            draft.score = drafts[i++].score;
        refer(&draft, &ret[person]);
        ret[len++] = draft;
    }
    while (i < n)
        ret[len++] = drafts[i++];
    return len;
}

static uint32_t first_code(const struct linker *linker, uint32_t token)
{
    return token < linker->doc->token_count ? linker->units.code[linker->room->words[token].start] : 0;
}

/* Words of letters, the first with a capital, that a bracket at the token holds; empty when it holds others. */
static jw_range spelled_at(const struct linker *linker, uint32_t token)
{
    const uint32_t start = token + 1, first = first_code(linker, start);
    uint32_t end = start;
    if (first_code(linker, token) != '(' || first < 'A' || first > 'Z')
        return (jw_range){0, 0};
    while (end < linker->doc->token_count && end - start <= SPELLED_WORDS && linker->units.cls[linker->room->words[end].start] == UNIT_LATIN)
        end++;
    return end - start <= SPELLED_WORDS && first_code(linker, end) == ')' ? (jw_range){start, end} : (jw_range){0, 0};
}

uint32_t jwi_entity_add_spelled(const struct linker *linker, const struct draft *drafts, uint32_t n, struct draft *ret)
{
    uint32_t len = 0;
    for (uint32_t i = 0; i < n; i++) {
        ret[len++] = drafts[i];
        const jw_range tokens = drafts[i].type == linker->kb->label[KB_PER] ? spelled_at(linker, drafts[i].tokens.end) : (jw_range){0, 0};
        if (!tokens.end)
            continue;
        struct draft draft = {tokens, {0, 0}, JW_NONE, drafts[i].type, 0, 0, SPELLED_SCORE, 0, JW_NONE, 0, 0};
        refer(&draft, &drafts[i]);
        draft.kind = JW_MENTION_FULL;
        ret[len++] = draft;
        while (i + 1 < n && drafts[i + 1].tokens.start < tokens.end)
            i++;
    }
    return len;
}
