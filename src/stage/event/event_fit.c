/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a name may play a role, and whether what a leaf tells is told of somebody else. */
#include "stage/event/event.h"

#include <string.h>

static const uint32_t firms = 1u << TYPE_COM | 1u << TYPE_FIN;

int jwi_event_is_held(const struct event_draft *draft, const jw_doc *doc, uint32_t mention)
{
    const uint32_t entity = doc->links[mention].entity;
    for (uint32_t i = 0; i < draft->arg_count; i++)
        if (draft->arg[i].mention == mention || (entity != JW_NONE && draft->arg[i].entity == entity))
            return 1;
    return 0;
}

/* 除 or 除了 before it: the name is left out of what is said. */
static int is_excepted(const struct event_scene *scene, uint32_t mention)
{
    const uint32_t start = scene->work->doc->mentions[mention].tokens.start;
    return start > scene->tokens.start && scene->work->room->units.code[scene->work->room->words[start - 1].start] == 0x9664;
}

int jwi_event_is_of_match(const struct event_search *search, uint32_t token)
{
    for (uint32_t i = 0; i < search->match->pattern->count; i++) {
        const jw_range tokens = search->scene->hit[search->match->hit[i]].tokens;
        if (token >= tokens.start && token < tokens.end)
            return 1;
    }
    return 0;
}

/* 持股中某公司股票評價損失: the share of another firm is what is lost on, not who loses. */
static int is_asset(const struct event_search *search, uint32_t mention)
{
    enum { NEAR = 2 };
    const struct event_work *const work = search->scene->work;
    const uint32_t end = work->doc->mentions[mention].tokens.end;
    if (work->taxonomy->leaf[search->match->pattern->leaf].kin != KIN_GROUP)
        return 0;
    for (uint32_t token = end; token < end + NEAR && token < search->trigger; token++) {
        const struct room_word *const word = &work->room->words[token];
        const uint32_t *const code = work->room->units.code + word->start;
        if (word->end == word->start + 2 && code[0] == 0x80a1 && (code[1] == 0x7968 || code[1] == 0x6b0a || code[1] == 0x4efd))
            return 1; /* 股票 股權 股份 */
    }
    return 0;
}

/* 鴻海旗下|富智康, 蘋果供應鏈: the name only tells whose another one is. */
static int tells_whose(const struct event_work *work, uint32_t mention)
{
    return work->doc->scopes[work->doc->mentions[mention].tokens.start].role & ROLE_WHOSE;
}

/* 某投信, 某投顧, 某證券 that no list has a code of: a house without shares of its own. */
static int is_unlisted_house(const struct event_work *work, uint32_t mention)
{
    static const char *const ends[] = {"投信", "投顧", "證券", "創投"};
    const jw_doc *const doc = work->doc;
    const uint32_t entity = doc->links[mention].entity;
    if (!(event_type_of(work, mention) & firms) || entity == JW_NONE || doc->entities[entity].code.len)
        return 0;
    const jw_bytes name = doc->entities[entity].name;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (name.len > strlen(ends[i]) && memcmp(name.at + name.len - strlen(ends[i]), ends[i], strlen(ends[i])) == 0)
            return 1;
    return 0;
}

/* 某行全球綜合債券指數: the name is that of an index. */
static int names_index(const struct event_work *work, uint32_t mention)
{
    enum { NEAR = 5 };
    const jw_doc *const doc = work->doc;
    for (uint32_t token = doc->mentions[mention].tokens.end; token < doc->token_count && token < doc->mentions[mention].tokens.end + NEAR; token++) {
        const struct room_word *const word = &work->room->words[token];
        if (word->end > word->start + 1 && work->room->units.code[word->end - 2] == 0x6307 && work->room->units.code[word->end - 1] == 0x6578)
            return 1;
        if (work->mention_at[token] != JW_NONE || doc->upos[token] == work->upos_verb || code_is_one_of(event_letter(work, token), u"，。；、的(「"))
            return 0;
    }
    return 0;
}

/* What is told of shares is not told of these. */
static int has_no_shares(const struct event_search *search, uint32_t mention)
{
    const struct event_work *const work = search->scene->work;
    return search->is_bearer && work->taxonomy->leaf[search->match->pattern->leaf].is_traded &&
           (is_unlisted_house(work, mention) || (event_type_of(work, mention) & firms && names_index(work, mention)));
}

int jwi_event_fits(const struct event_search *search, uint32_t mention)
{
    const uint32_t type = event_type_of(search->scene->work, mention);
    if (search->is_bearer && !(type & 1u << TYPE_IDX) && jwi_event_is_of_match(search, search->scene->work->doc->mentions[mention].tokens.start))
        return 0; /* 高盛調升目標價: a name that is a word of the pattern; 台股下跌 is of the index */
    return (type & search->types) && !is_asset(search, mention) && !is_excepted(search->scene, mention) &&
           !tells_whose(search->scene->work, mention) && !has_no_shares(search, mention) &&
           !jwi_event_is_held(search->draft, search->scene->work->doc, mention);
}

/* 油價大漲, 汽車股走高: a price or shares of others, as 股價, 掛牌價, 個股, 普通股, H股 are not. */
int jwi_event_is_other_price(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    if (!work->taxonomy->leaf[search->match->pattern->leaf].is_share || search->trigger == search->clause.start ||
        work->mention_at[search->trigger - 1] != JW_NONE)
        return 0;
    const struct room_word *const word = &work->room->words[search->trigger - 1];
    const uint32_t *const code = work->room->units.code;
    if (word->end < 2)
        return 0;
    const uint32_t before = code[word->end - 2], last = code[word->end - 1];
    return (last == 0x50f9 && !code_is_one_of(before, u"股盤現市交標均高低天收參牌")) || (last == 0x80a1 && !code_is_one_of(before, u"個該此本持入每通別先零ABHabh"));
}

/* 小麥期貨大漲, 美鋼鐵股多大漲: the tree has something else rise or fall; 股價 and the like are the company's. */
int jwi_event_is_price_of_other(const struct event_search *search)
{
    const struct event_work *const work = search->scene->work;
    const jw_doc *const doc = work->doc;
    if (!(doc->layers & JW_LAYER_ARCS) || !work->taxonomy->leaf[search->match->pattern->leaf].is_share)
        return 0;
    for (uint32_t token = search->clause.start; token < search->trigger; token++)
        if (doc->upos[token] == work->upos_noun && doc->arcs[token].rel == work->rel_subject && doc->arcs[token].head != JW_NONE &&
            jwi_event_is_of_match(search, doc->arcs[token].head) && !jwi_event_is_of_match(search, token) && !jwi_event_is_word(search->scene, token))
            return 1;
    return 0;
}
