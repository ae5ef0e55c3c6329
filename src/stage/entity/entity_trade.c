/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Companies by their trade: a proper noun of two characters and a word of trade, 晨曜|科技, 澄海|航運, known to no list.  The tagger alone
 * finds such a name in one sentence and misses it in the next, and so made what a text says depend on which company it says it of.
 */
#include "stage/entity/entity.h"

#include "base/error.h"

enum { STEM = 2, POINTS_TRADE = 46, FIRM_MENTION = 6000 };

/* The proper noun that ends at the unit; JW_NONE when none does. */
static uint32_t stem_before(const struct linker *linker, uint32_t at)
{
    const uint32_t token = at ? jwi_entity_token(linker, at - 1) : linker->doc->token_count;
    if (token >= linker->doc->token_count || linker->doc->upos[token] != linker->propn)
        return JW_NONE;
    const struct room_word *word = &linker->room->words[token];
    if (word->end != at || word->end - word->start != STEM ||
        (token && linker->room->words[token - 1].end == word->start &&
         linker->doc->upos[token - 1] == linker->propn)) /* 李|傑推|工業 */
        return JW_NONE;
    for (uint32_t i = word->start; i < word->end; i++)
        if (linker->units.cls[i] != UNIT_HAN)
            return JW_NONE;
    return word->start;
}

/* A proper noun behind the trade goes on, 晨曜|科技|松山, as do words of meetings and offices: 亞洲|生技|大會, 沙國|能源|部長. */
static int goes_on(const struct linker *linker, uint32_t at)
{
    static const uint32_t more[] = {0x5927, 0x8ad6, 0x5354, 0x6703, 0x90e8, 0x985e,
                                    0x7522, 0x696d, 0x5c40, 0x7f72, 0x9031, 0x5468,
                                    0x89c0, 0x793e, 0x5712, 0x5340}; /* 大論協會部類產業局署週周觀社園區 */
    for (size_t i = 0; at < linker->units.len && i < sizeof more / sizeof *more; i++)
        if (linker->units.code[at] == more[i])
            return 1;
    const uint32_t token = jwi_entity_token(linker, at);
    return token < linker->doc->token_count && linker->room->words[token].start == at &&
           linker->doc->upos[token] == linker->propn;
}

static int is_place(const struct linker *linker, const struct name *name)
{
    return name->entity < linker->kb->entity_count &&
           linker->kb->entities[name->entity].type == KB_LOC;
}

/*
 * Whether a name accepted, a place or a person of the base say, or a longer one of the tagger's overlaps.  A place that only the tagger knows
 * is a company's name before a word of trade.
 */
static int is_taken(const struct linker *linker, uint32_t start, uint32_t end)
{
    uint32_t low = 0, high = linker->name_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (linker->names[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < linker->name_count && linker->names[low].start < end; low++)
        if (linker->names[low].flags & NAME_TAKEN || is_place(linker, &linker->names[low]))
            return 1;
    const jw_doc *doc = linker->doc;
    const uint32_t token = jwi_entity_token(linker, start);
    low = 0;
    high = doc->layers & JW_LAYER_MENTIONS ? doc->mention_count : 0;
    const uint32_t count = high;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (doc->mentions[middle].tokens.end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && doc->mentions[low].tokens.start <= token &&
           doc->mentions[low].score >= FIRM_MENTION &&
           ((doc->mentions[low].type == linker->kb->label[KB_LOC] && doc->mentions[low].tokens.start < token) ||
            doc->mentions[low].tokens.end > jwi_entity_token(linker, end - 1) + 1);
}

jw_status jwi_entity_trade(struct linker *linker, jw_error *reterr)
{
    struct list list = {
        PUSH(linker->room->scratch, struct name, jwi_entity_count_roles(linker, KB_ROLE_TRADE)), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; linker->doc->layers & JW_LAYER_POS && i < linker->role_count; i++) {
        const struct role *role = &linker->roles[i];
        const uint32_t start = role->role == KB_ROLE_TRADE && linker->edge[role->end]
                                   ? stem_before(linker, role->start)
                                   : JW_NONE;
        if (start == JW_NONE || (list.len && list.at[list.len - 1].end > start) ||
            goes_on(linker, role->end) || is_taken(linker, start, role->end))
            continue;
        const uint32_t entity = jwi_entity_new_local(linker, start, role->end);
        list.at[list.len++] =
            jwi_entity_name(start, role->end, entity, KB_SHORT, POINTS_TRADE);
    }
    return jwi_entity_add(linker, list.at, list.len, reterr);
}
