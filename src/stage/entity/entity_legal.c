/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Companies by their legal form: 晨曜科技股份有限公司 is one, known or not.  The name begins where the tagger's mention does, else where words
 * that stand beside names end; what the base knows by all that stands before the legal form is that company.
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "base/search.h"

enum {
    LEGAL_MAX = 24, /* units of a legal name before its legal form */
    LEGAL_MIN = 2,
    SHORT_DISTINCT = 4, /* units of a short name that no other company's legal name is */
    BRACKET_MAX = 8,
    POINTS_LEGAL = 60
};

struct name jwi_entity_name(uint32_t start, uint32_t end, uint32_t entity, uint32_t kind,
                            int32_t score)
{
    const struct name name = {start,         end,   JW_NONE,
                              entity,        score, NAME_TAKEN | NAME_LOCAL | NAME_ALIGNED,
                              (uint8_t)kind, 0};
    return name;
}

uint32_t jwi_entity_count_roles(const struct linker *linker, uint32_t role)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < linker->role_count; i++)
        n += linker->roles[i].role == role;
    return n;
}

/* Characters that stand before a company's name, never inside one. */
static int ends_name(uint32_t code)
{
    /* 與和及或由對向的為被將是於之該至從以經其代給本有在另員並 */
    static const uint32_t stop[] = {0x8207, 0x548c, 0x53ca, 0x6216, 0x7531, 0x5c0d, 0x5411,
                                    0x7684, 0x70ba, 0x88ab, 0x5c07, 0x662f, 0x65bc, 0x4e4b,
                                    0x8a72, 0x81f3, 0x5f9e, 0x4ee5, 0x7d93, 0x5176, 0x4ee3,
                                    0x7d66, 0x672c, 0x6709, 0x5728, 0x53e6, 0x54e1, 0x4e26};
    for (uint32_t i = 0; i < sizeof stop / sizeof *stop; i++)
        if (code == stop[i])
            return 1;
    return 0;
}

/* A verb may be the last word of a name (威昂發展), particles and the like are none. */
static int stops_name(const struct linker *linker, uint32_t token, int is_last)
{
    if (!(linker->doc->layers & JW_LAYER_POS))
        return 0;
    const uint16_t tag = linker->doc->upos[token];
    return (tag == linker->verb && !is_last) || (tag < 32 && linker->stops >> tag & 1);
}

static int is_name_word(const struct linker *linker, const struct room_word *word)
{
    if (word->end == word->start + 1 && ends_name(linker->units.code[word->start]))
        return 0;
    for (uint32_t i = word->start; i < word->end; i++)
        if (!is_name_char(linker->units.cls[i]))
            return 0;
    return 1;
}

/* Back from `from` over words as long as they may be part of a name that ends at `at`. */
static uint32_t back_over_words(const struct linker *linker, uint32_t from, uint32_t at)
{
    const struct room_word *words = linker->room->words;
    uint32_t start = from;
    for (uint32_t token = jwi_entity_token(linker, from); token-- > 0;) {
        const struct room_word *word = &words[token];
        if (word->end != start || at - word->start > LEGAL_MAX || !is_name_word(linker, word) ||
            stops_name(linker, token, start == at))
            break;
        start = word->start;
    }
    return start;
}

/* Opening bracket of a place inside a name, 敬鵬(常熟)電子; `at` when none closes just before it. */
static uint32_t back_over_bracket(const struct linker *linker, uint32_t at)
{
    if (!at || linker->units.code[at - 1] != ')')
        return at;
    for (uint32_t open = at - 1; open-- > 0 && at - open < BRACKET_MAX;)
        if (linker->units.code[open] == '(')
            return open;
    return at;
}

/* 貸與對象：東莞市冠旺電子科技有限公司: all of a field's value up to the legal form; `at` where no colon leads it. */
static uint32_t field_start(const struct linker *linker, uint32_t at)
{
    uint32_t start = at;
    while (start > 0 && at - start < LEGAL_MAX &&
           (is_name_char(linker->units.cls[start - 1]) || linker->units.code[start - 1] == '(' || linker->units.code[start - 1] == ')'))
        start--;
    const int is_led = start > 0 && linker->units.code[start - 1] == ':' && linker->units.code[start] != '(';
    for (uint32_t i = start; is_led && i < at; i++)
        if (ends_name(linker->units.code[i]))
            return at;
    return is_led ? start : at;
}

/* First unit of the legal name that ends with the legal form at `at`. */
static uint32_t legal_start(const struct linker *linker, uint32_t at)
{
    const uint32_t start = back_over_words(linker, at, at);
    const uint32_t open = back_over_bracket(linker, start);
    const uint32_t whole = open < start ? back_over_words(linker, open, at) : start;
    return whole < open ? whole : start;
}

/* First role or cue that starts at or after the unit. */
uint32_t jwi_entity_role_from(const struct linker *linker, uint32_t unit)
{
    return SEARCH_FROM(linker->roles, linker->role_count, start, unit);
}

uint32_t jwi_entity_cue_from(const struct linker *linker, uint32_t unit)
{
    return SEARCH_FROM(linker->cues, linker->cue_count, start, unit);
}

/* Cues and references inside end the name on the left: 公告|子公司|晨曜科技. */
static uint32_t cut_at_words(const struct linker *linker, uint32_t start, uint32_t at)
{
    for (uint32_t i = jwi_entity_role_from(linker, start);
         i < linker->role_count && linker->roles[i].start < at; i++)
        if (linker->roles[i].end <= at && linker->roles[i].role != KB_ROLE_OTHER && linker->roles[i].role != KB_ROLE_TRADE &&
            linker->roles[i].role != KB_ROLE_FIRM && linker->roles[i].role != KB_ROLE_GIVEN)
            start = linker->roles[i].end > start ? linker->roles[i].end : start;
    for (uint32_t i = jwi_entity_cue_from(linker, start);
         i < linker->cue_count && linker->cues[i].start < at; i++)
        if (linker->cues[i].start == start && linker->cues[i].end + LEGAL_MIN <= at &&
            linker->cues[i].before)
            start = linker->cues[i].end;
    return start;
}

/* First unit of the tagger's mention that ends with the legal form; JW_NONE when it has none there. */
static uint32_t tagged_start(const struct linker *linker, uint32_t end)
{
    const jw_doc *doc = linker->doc;
    const uint32_t last = jwi_entity_token(linker, end - 1);
    const uint32_t count = doc->layers & JW_LAYER_MENTIONS ? doc->mention_count : 0;
    const uint32_t low = SEARCH_FROM(doc->mentions, count, tokens.end, last + 1);
    const int ends_here = low < count && doc->mentions[low].tokens.start <= last &&
                          doc->mentions[low].tokens.end == last + 1;
    return ends_here ? linker->room->words[doc->mentions[low].tokens.start].start : JW_NONE;
}

uint32_t jwi_entity_new_local(struct linker *linker, uint32_t start, uint32_t end)
{
    const struct local local = {
        .start = start, .end = end, .type = (uint16_t)linker->kb->label[KB_COM]};
    linker->locals[linker->local_count] = local;
    return linker->kb->entity_count + linker->local_count++;
}

/* A short name that long is as good as the legal one before its legal form: 凱基證券|股份有限公司. */
static int is_distinct(const struct name *name)
{
    return name->kind == KB_FULL || (name->kind == KB_SHORT && name->flags & NAME_TAKEN && name->end - name->start >= SHORT_DISTINCT);
}

/* Listed company whose name is all that stands before the legal form: 達新工業|(股)公司. */
static uint32_t listed_with(const struct linker *linker, uint32_t start, uint32_t end)
{
    const uint32_t low = SEARCH_FROM(linker->names, linker->name_count, start, start);
    if (low == linker->name_count)
        return JW_NONE;
    const struct name *name = &linker->names[low];
    return name->start == start && name->end == end && is_distinct(name) ? name->entity : JW_NONE;
}

/* The 有限公司 of 股份有限公司. */
static int is_rest(const struct linker *linker, const struct role *role)
{
    const uint32_t *const end = linker->units.code + role->start;
    return role->start >= 2 && end[-2] == 0x80a1 && end[-1] == 0x4efd; /* 股份 */
}

jw_status jwi_entity_legal(struct linker *linker, jw_error *reterr)
{
    struct list list = {
        PUSH(linker->room->scratch, struct name, jwi_entity_count_roles(linker, KB_ROLE_LEGAL)), 0};
    if (!list.at)
        return jwi_fail_memory(reterr);
    for (uint32_t i = 0; i < linker->role_count; i++) {
        const struct role *role = &linker->roles[i];
        if (role->role != KB_ROLE_LEGAL || is_rest(linker, role))
            continue;
        const uint32_t field = field_start(linker, role->start);
        uint32_t start = field < role->start ? field : tagged_start(linker, role->end);
        if (start == JW_NONE)
            start = cut_at_words(linker, legal_start(linker, role->start), role->start);
        if (start + LEGAL_MIN > role->start || (list.len && list.at[list.len - 1].end > start))
            continue;
        uint32_t entity = listed_with(linker, start, role->start);
        if (entity == JW_NONE)
            entity = jwi_entity_new_local(linker, start, role->end);
        list.at[list.len++] = jwi_entity_name(start, role->end, entity, KB_FULL, POINTS_LEGAL);
    }
    return jwi_entity_add(linker, list.at, list.len, reterr);
}
