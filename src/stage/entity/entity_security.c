/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Securities that carry a firm's name and are not its share:
 *   旺宏二, 百達二KY      bonds by the short name they trade under, beside 債 or their own code
 *   元大萬泰貨幣市場基金  funds by a name and a word of what they hold
 *   統一DSU ... 保本      notes
 * and places of plants: 三星華城廠區.  Each is an entity of this document alone, so that the firm is not taken for what its paper does.
 */
#include "stage/entity/entity.h"

#include "base/error.h"

#include <string.h>

enum {
    BOND_BEFORE = 24, /* units in which 債 stands before a bond */
    CODE_AFTER = 5,   /* units from a bond to 代號, 代碼 */
    FUND_MAX = 20,    /* units of a fund's name behind the firm's */
    NOTE_MAX = 32,    /* units from the firm to 保本 */
    LATIN_MIN = 2,
    LATIN_MAX = 6,
    POINTS_SECURITY = 95
};

/* A word in units; the longest has two. */
struct sign {
    uint16_t code[2];
};

static int stands(const struct linker *linker, uint32_t at, struct sign sign)
{
    const struct units *units = &linker->units;
    return at < units->len && units->code[at] == sign.code[0] &&
           (!sign.code[1] || (at + 1 < units->len && units->code[at + 1] == sign.code[1]));
}

static int stands_within(const struct linker *linker, uint32_t from, uint32_t to, const struct sign *signs, size_t n)
{
    for (uint32_t at = from; at < to && at < linker->units.len; at++)
        for (size_t i = 0; i < n; i++)
            if (stands(linker, at, signs[i]))
                return 1;
    return 0;
}

/* 一 to 十, at most two of them. */
static uint32_t end_of_numeral(const struct linker *linker, uint32_t at)
{
    static const uint16_t digit[] = {0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341};
    for (uint32_t n = 0; n < 2 && at < linker->units.len; n++, at++) {
        size_t i = 0;
        while (i < sizeof digit / sizeof *digit && linker->units.code[at] != digit[i])
            i++;
        if (i == sizeof digit / sizeof *digit)
            break;
    }
    return at;
}

/* KY of a company registered abroad, behind a line break as well. */
static uint32_t end_of_ky(const struct linker *linker, uint32_t at)
{
    const uint32_t *code = linker->units.code;
    const uint32_t from = at < linker->units.len && (is_mark(linker, at)) ? at + 1 : at;
    return from + 1 < linker->units.len && code[from] == 'K' && code[from + 1] == 'Y' ? from + 2 : at;
}

/* End of the bond's name; the end of the firm's when it is none. */
static uint32_t bond_end(const struct linker *linker, const struct name *name)
{
    static const struct sign bond[] = {{{0x50b5, 0}}}, code[] = {{{0x4ee3, 0x865f}}, {{0x4ee3, 0x78bc}}}; /* 債; 代號, 代碼 */
    const uint32_t numeral = end_of_numeral(linker, name->end);
    if (numeral == name->end)
        return name->end;
    const uint32_t end = end_of_ky(linker, numeral);
    if (end < linker->units.len && is_name_char(linker->units.cls[end]))
        return name->end;
    const uint32_t from = name->start < BOND_BEFORE ? 0 : name->start - BOND_BEFORE;
    return stands_within(linker, from, name->start, bond, 1) || stands_within(linker, end, end + CODE_AFTER, code, 2) ? end : name->end;
}

/* Verbs and particles stand in no fund's name. */
static int has_only_nouns(const struct linker *linker, uint32_t start, uint32_t end)
{
    const jw_doc *const doc = linker->doc;
    for (uint32_t token = jwi_entity_token(linker, start); token < doc->token_count && linker->room->words[token].start < end; token++)
        if (doc->upos[token] == linker->verb || (doc->upos[token] < 32 && linker->stops >> doc->upos[token] & 1))
            return 0;
    return 1;
}

static uint32_t fund_end(const struct linker *linker, const struct name *name)
{
    static const struct sign held[] = {{{0x5e02, 0x5834}}, {{0x80a1, 0x7968}}, {{0x50b5, 0x5238}}, {{0x80a1, 0x606f}}, {{0x6210, 0x9577}},
                                       {{0x5e73, 0x8861}}, {{0x6536, 0x76ca}}, {{0x4fe1, 0x8a17}}, {{0x7d44, 0x5408}}, {{0x79d1, 0x6280}},
                                       {{0x6eff, 0x8cab}}, {{0x5168, 0x7403}}, {{0x512a, 0x9078}}};
    /* 市場 股票 債券 股息 成長 平衡 收益 信託 組合 科技 滿貫 全球 優選 */
    static const struct sign fund = {{0x57fa, 0x91d1}}; /* 基金 */
    const struct units *units = &linker->units;
    uint32_t at = name->end;
    while (at < units->len && at - name->end < FUND_MAX && is_name_char(units->cls[at]) && !stands(linker, at, fund))
        at++;
    if (!stands(linker, at, fund) || (at + 2 < units->len && units->code[at + 2] == 0x6703) || /* 基金會 */
        !stands_within(linker, name->end, at, held, sizeof held / sizeof *held) || !has_only_nouns(linker, name->end, at))
        return name->end;
    return at + 2;
}

static uint32_t note_end(const struct linker *linker, const struct name *name)
{
    static const struct sign safe[] = {{{0x4fdd, 0x672c}}, {{0x7d50, 0x69cb}}}; /* 保本 結構 */
    uint32_t at = name->end;
    while (at < linker->units.len && linker->units.cls[at] == UNIT_LATIN)
        at++;
    const uint32_t len = at - name->end;
    return len >= LATIN_MIN && len <= LATIN_MAX && stands_within(linker, at, at + NOTE_MAX, safe, 2) ? at : name->end;
}

static int is_firm(const struct linker *linker, const struct name *name)
{
    const uint32_t entity = name->entity;
    if (entity >= linker->kb->entity_count || name->kind == KB_CODE)
        return 0;
    const uint32_t type = linker->kb->entities[entity].type;
    return type == KB_COM || type == KB_FIN;
}

static uint32_t security_end(const struct linker *linker, const struct name *name)
{
    uint32_t end = bond_end(linker, name);
    if (end == name->end && linker->doc->layers & JW_LAYER_POS)
        end = fund_end(linker, name);
    return end == name->end ? note_end(linker, name) : end;
}

/* 華城 in 三星華城廠區: a company's plant is named after its place. */
static int is_place_of_plant(const struct linker *linker, uint32_t i)
{
    const struct name *name = &linker->names[i];
    const struct units *units = &linker->units;
    const int has_plant = name->end < units->len && (units->code[name->end] == 0x5ee0 || /* 廠 */
                                                     (name->end + 1 < units->len && units->code[name->end] == 0x5712 &&
                                                      units->code[name->end + 1] == 0x5340)); /* 園區 */
    return has_plant && i && linker->names[i - 1].end == name->start && linker->names[i - 1].flags & NAME_TAKEN &&
           is_firm(linker, &linker->names[i - 1]);
}

jw_status jwi_entity_security(struct linker *linker, jw_error *reterr)
{
    struct list list = {PUSH(linker->room->scratch, struct name, LOCAL_SECURITIES), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < linker->name_count && list.len < LOCAL_SECURITIES; i++) {
        const struct name *const name = &linker->names[i];
        const int is_place = is_firm(linker, name) && is_place_of_plant(linker, i);
        const uint32_t end = is_firm(linker, name) ? security_end(linker, name) : name->end;
        if ((end == name->end && !is_place) || (list.len && list.at[list.len - 1].end > name->start))
            continue;
        const uint32_t entity = jwi_entity_new_local(linker, name->start, end);
        linker->locals[entity - linker->kb->entity_count].type = (uint16_t)linker->kb->label[is_place ? KB_LOC : KB_SEC];
        list.at[list.len++] = jwi_entity_name(name->start, end, entity, KB_SHORT, POINTS_SECURITY);
    }
    return jwi_entity_add(linker, list.at, list.len, reterr);
}
