/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Points of a name: what it looks like, what stands beside it, what else the document names.  A name is one from THRESHOLD on.
 *   大成9月營收年增      ordinary word 4, 9月 after it 24, 年增 and 營收 near 20: a name
 *   大成至聖             ordinary word 4: none
 * Three passes: each name alone, with a code beside it; names of entities that are sure elsewhere; members of lists.
 */
#include "stage/entity/entity.h"

#include "model/company_name.h"
#include "model/lexicon.h"

enum {
    THRESHOLD = 30,
    CODE_MAX = 12, /* units of what stands in brackets behind a name */
    /* form */
    FORM_FULL = 60,
    FORM_LONG = 46, /* three characters and more */
    FORM_TWO = 36,
    FORM_WORD_LONG = 14,
    FORM_WORD_TWO = 4,
    FORM_NOUN = -70,
    FORM_INITIALS = -6, /* WFE, and other things too */
    FORM_CONTEXT_LONG = 16,
    FORM_CONTEXT_TWO = 6,
    FORM_FUND_CODE = 44, /* 0050, 00878: no number looks like that */
    FORM_CODE = 4,
    FORM_YEAR = -24,  /* 2026 */
    CUT_BEFORE = -56, /* 泰金 in 潤泰金: a word begins before the name */
    CUT_AFTER = -24,
    CUT_LONG = -8, /* three units and more, either side */
    /* surroundings */
    NEAR_EACH = 5,
    NEAR_MAX = 4,
    NEAR_REACH = 16, /* units */
    AFTER_EACH = 9,
    BEFORE_EACH = 7,
    TAG_NAME = 10,
    TAG_VERB = -12,
    QUANTITY_AFTER_CODE = -60, /* 2330點 */
    FORUM_CODE = 20,
    FORUM_NICK = 20,
    CLAUSE_START = 6,
    PERSON = -60, /* 三豐 in 張三豐董事長 */
    SURNAME_BIN = 3,
    OTHER_COMPANY = -50, /* 富邦投顧 is not 富邦 */
    /* document */
    CODED = 100,
    SEEN = 30,
    HINTED = 16,
    LISTED = 26,
    LISTED_WEAK = 14, /* two that are open in one list */
    RANK_EACH = 12,
    LETTERS_MIN = 3,
    LIST_GAP = 16 /* units between members: a mark, blanks, a code in brackets */
};

static int is_bracket_or_blank(uint32_t code)
{
    return code == ' ' || code == '(' || code == ')' || code == '[' || code == ']' || code == '-' ||
           code == 0x3010 || code == 0x3011;
}

static int is_dash(uint32_t code)
{
    return code == '-' || code == 0x2013 || code == 0x2014 || code == '~';
}

/* Only brackets and blanks between two units. */
static int is_adjacent(const struct linker *linker, uint32_t end, uint32_t start)
{
    if (start < end || start - end > 3)
        return 0;
    for (uint32_t i = end; i < start; i++)
        if (!is_bracket_or_blank(linker->units.code[i]))
            return 0;
    return 1;
}

static uint32_t skip_blanks(const struct linker *linker, uint32_t at)
{
    while (at < linker->units.len && linker->units.code[at] == ' ')
        at++;
    return at;
}

static int ends_with_ky(jw_bytes name)
{
    return name.len > 3 && name.at[name.len - 1] == 'Y' && name.at[name.len - 2] == 'K' &&
           name.at[name.len - 3] == '-';
}

/* "中傑 – KY", 大洋KY: the suffix of companies registered abroad, with any dash and blanks or none. */
static uint32_t end_of_ky(const struct linker *linker, uint32_t end)
{
    const struct units *units = &linker->units;
    uint32_t at = skip_blanks(linker, end);
    if (at < units->len && is_dash(units->code[at]))
        at = skip_blanks(linker, at + 1);
    if (at + 1 >= units->len || (units->code[at] | 32) != 'k' || (units->code[at + 1] | 32) != 'y')
        return end;
    return at + 2 == units->len || !is_word_char(units->cls[at + 2]) || linker->edge[at + 2] ? at + 2 : end;
}

/* Market behind a code, as in 2330-TW and 6488.TWO: its length, and the first letter of the country in *country. */
static uint32_t market_len(const struct linker *linker, uint32_t end, uint32_t *country)
{
    static const char *const market[] = {"TWO", "TW", "TT", "HK", "US", "CN", "JP", "KR"};
    const struct units *units = &linker->units;
    if (end >= units->len || (units->code[end] != '-' && units->code[end] != '.'))
        return 0;
    for (uint32_t i = 0; i < sizeof market / sizeof *market; i++) {
        uint32_t n = 0;
        while (market[i][n] && end + 1 + n < units->len &&
               units->code[end + 1 + n] == (uint32_t)market[i][n])
            n++;
        if (market[i][n] || (end + 1 + n < units->len && is_word_char(units->cls[end + 1 + n])))
            continue;
        *country = (uint32_t)(unsigned char)market[i][0];
        return n + 1;
    }
    return 0;
}

/* Entity that two names share, JW_NONE when there is none. */
static uint32_t shared_entity(const struct linker *linker, const struct name *one,
                              const struct name *two)
{
    const struct kb_link *a = first_link(linker, one), *b = first_link(linker, two);
    for (uint32_t i = 0; i < link_count(linker, one); i++)
        for (uint32_t k = 0; k < link_count(linker, two); k++)
            if (is_name_link(&a[i]) && is_name_link(&b[k]) && a[i].target == b[k].target)
                return a[i].target;
    return JW_NONE;
}

/* A number with a unit behind it or a currency before it is no code. */
static int is_quantity(const struct linker *linker, const struct name *name)
{
    /* 點元萬億兆張年月日人名倍口千公家屆台次筆戶股美額頓塊檔半以多底案件例則款種組支輛架艘坪度分秒時天週站場間位棟米 */
    static const uint16_t unit[] = {
        0x9ede, 0x5143, 0x842c, 0x5104, 0x5146, 0x5f35, 0x5e74, 0x6708, 0x65e5, 0x4eba, 0x540d,
        0x500d, 0x53e3, 0x5343, 0x516c, 0x5bb6, 0x5c46, 0x53f0, 0x6b21, 0x7b46, 0x6236, 0x80a1,
        0x7f8e, 0x984d, 0x9813, 0x584a, 0x6a94, 0x534a, 0x4ee5, 0x591a, 0x5e95, 0x6848, 0x4ef6,
        0x4f8b, 0x5247, 0x6b3e, 0x7a2e, 0x7d44, 0x652f, 0x8f1b, 0x67b6, 0x8258, 0x576a, 0x5ea6,
        0x5206, 0x79d2, 0x6642, 0x5929, 0x9031, 0x7ad9, 0x5834, 0x9593, 0x4f4d, 0x68df, 0x7c73};
    const struct units *units = &linker->units;
    if (name->start && (units->code[name->start - 1] == '$' ||
                        units->code[name->start - 1] == '+' || units->code[name->start - 1] == '/'))
        return 1;
    const uint32_t at = skip_blanks(linker, name->end);
    if (at >= units->len)
        return 0;
    if (units->code[at] == '%' || units->code[at] == '/' || units->code[at] == ':' ||
        units->code[at] == '~')
        return 1;
    for (uint32_t i = 0; i < sizeof unit / sizeof *unit; i++)
        if (units->code[at] == unit[i])
            return 1;
    return 0;
}

/* A name likes to begin a clause. */
static int32_t points_of_place(const struct linker *linker, const struct name *name)
{
    const uint32_t at = name->start;
    const int is_start = at == 0 || linker->units.cls[at - 1] == UNIT_PUNCT ||
                         linker->units.cls[at - 1] == UNIT_SPACE;
    return is_start ? CLAUSE_START : 0;
}

static int32_t points_of_code(const struct linker *linker, const struct name *name)
{
    const uint32_t *code = linker->units.code + name->start;
    const uint32_t len = name->end - name->start;
    int32_t points = FORM_CODE;
    if (linker->units.cls[name->start] != UNIT_DIGIT)
        return FORM_CONTEXT_LONG;
    if (code[0] == '0' && code[1] == '0')
        return FORM_FUND_CODE;
    if (len == 4 && ((code[0] == '1' && code[1] == '9') || (code[0] == '2' && code[1] == '0')))
        points = FORM_YEAR;
    if (linker->doc->meta.source_type == JW_FORUM)
        points += FORUM_CODE + points_of_place(linker, name);
    return points + (is_quantity(linker, name) ? QUANTITY_AFTER_CODE : 0);
}

static int32_t points_of_nick(const struct linker *linker, const struct kb_link *link)
{
    return link->kind == KB_NICK && linker->doc->meta.source_type == JW_FORUM ? FORUM_NICK : 0;
}

static int32_t points_of_form(const struct linker *linker, const struct name *name,
                              const struct kb_link *link)
{
    const uint32_t len = name->end - name->start;
    if (link->kind == KB_CODE)
        return points_of_code(linker, name);
    if (link->flags & KB_NOUN)
        return FORM_NOUN;
    if (link->kind == KB_FULL && len > 3 && !(link->flags & (KB_WORD | KB_CONTEXT)))
        return FORM_FULL;
    if (link->kind == KB_ENGLISH && link->flags & KB_CONTEXT)
        return FORM_INITIALS;
    if (link->flags & KB_CONTEXT)
        return (len > 2 ? FORM_CONTEXT_LONG : FORM_CONTEXT_TWO) + points_of_nick(linker, link);
    if (link->flags & KB_WORD)
        return len > 2 ? FORM_WORD_LONG : FORM_WORD_TWO;
    return len > 2 ? FORM_LONG : FORM_TWO;
}

/* The 元創 of 11億元創新高 is 元 and 創. */
static int is_after_amount(const struct linker *linker, const struct name *name)
{
    if (!name->start || linker->units.code[name->start] != 0x5143) /* 元 */
        return 0;
    const uint32_t before = linker->units.code[name->start - 1];
    return linker->units.cls[name->start - 1] == UNIT_DIGIT || before == 0x5104 ||
           before == 0x842c || before == 0x5343 || before == 0x5146; /* 億萬千兆 */
}

static int32_t points_of_edges(const struct linker *linker, const struct name *name)
{
    const int starts = name->flags & NAME_ALIGNED || linker->edge[name->start];
    const int ends = name->flags & NAME_ALIGNED || linker->edge[name->end];
    if (is_after_amount(linker, name))
        return CUT_BEFORE + CUT_AFTER;
    if (name->end - name->start > 2)
        return (starts ? 0 : CUT_LONG) + (ends ? 0 : CUT_LONG);
    return (starts ? 0 : CUT_BEFORE) + (ends ? 0 : CUT_AFTER);
}

static int32_t points_of_tag(const struct linker *linker, const struct name *name)
{
    if (!(linker->doc->layers & JW_LAYER_POS) || !(name->flags & NAME_ALIGNED))
        return 0;
    const uint16_t tag = linker->doc->upos[jwi_entity_token(linker, name->start)];
    return tag == linker->propn ? TAG_NAME : tag == linker->verb ? TAG_VERB : 0;
}

/* Words that make another company of the name before them, but 黃金|期貨 is paper on gold; `from` as below. */
static int32_t points_of_suffix(const struct linker *linker, const struct name *name, uint32_t from)
{
    const int is_goods = name->entity < linker->kb->entity_count && linker->kb->entities[name->entity].type == KB_CMD;
    for (uint32_t i = from; !is_goods && i < linker->role_count && linker->roles[i].start <= name->end; i++)
        if (linker->roles[i].start == name->end && linker->roles[i].role == KB_ROLE_OTHER)
            return OTHER_COMPANY;
    return 0;
}

/* A surname before a name of two characters and a title behind it make a person. */
static int32_t points_of_person(const struct linker *linker, const struct name *name, uint32_t from)
{
    const struct lexicon *lexicon = linker->room->lexicon;
    const uint32_t at = name->start - 1;
    if (!lexicon || !name->start || name->end - name->start != 2 || !linker->edge[at] ||
        linker->units.cls[at] != UNIT_HAN)
        return 0;
    const uint16_t symbol = lexicon_symbol(lexicon, linker->units.code[at]);
    if (lexicon->chars[symbol].surname < SURNAME_BIN)
        return 0;
    for (uint32_t i = from; i < linker->role_count && linker->roles[i].start <= name->end; i++)
        if (linker->roles[i].start == name->end && linker->roles[i].role == KB_ROLE_TITLE)
            return PERSON;
    return 0;
}

/* Unit behind the name, past a bracket with a code. */
static uint32_t unit_behind(const struct linker *linker, uint32_t end)
{
    const struct units *units = &linker->units;
    const uint32_t at = skip_blanks(linker, end), limit = units->len - at < CODE_MAX + 1 ? units->len : at + CODE_MAX + 1;
    return skip_blanks(linker, units_note_end(*units, at, limit));
}

/* Points of the cues around; cues inside the name do not count.  `from` is the first cue that may reach it. */
static int32_t points_of_cues(const struct linker *linker, const struct name *name, uint32_t from)
{
    const uint32_t behind = unit_behind(linker, name->end);
    int32_t near = 0, before = 0, after = 0;
    for (uint32_t i = from; i < linker->cue_count && linker->cues[i].start < name->end + NEAR_REACH;
         i++) {
        const struct cue *cue = &linker->cues[i];
        const int is_before = cue->end <= name->start;
        if (!is_before && cue->start < name->end)
            continue;
        if (is_before && cue->end == name->start && cue->before > before)
            before = cue->before;
        else if (!is_before && (cue->start == behind || cue->start == name->end) &&
                 cue->after > after)
            after = cue->after;
        else if (cue->end + NEAR_REACH > name->start)
            near += cue->near;
    }
    return (near < NEAR_MAX ? near : NEAR_MAX) * NEAR_EACH + before * BEFORE_EACH +
           after * AFTER_EACH;
}

int32_t jwi_entity_base_points(const struct linker *linker, const struct name *name,
                               const struct kb_link *link)
{
    return points_of_form(linker, name, link) + (2 - link->rank) * RANK_EACH +
           (linker->seen[link->target] & SEEN_NAMED    ? SEEN
            : linker->seen[link->target] & SEEN_HINTED ? HINTED
                                                       : 0);
}

/* Of the entities a name may stand for the one with most points; sets entity, kind and score. */
static void pick(const struct linker *linker, struct name *name, uint32_t only)
{
    const struct kb_link *link = first_link(linker, name);
    int32_t best = INT32_MIN / 2;
    for (uint32_t i = 0; i < link_count(linker, name); i++) {
        if (!is_name_link(&link[i]) || (only != JW_NONE && link[i].target != only) ||
            !jwi_kb_has_case(linker->kb, &link[i], linker->units.code + name->start) || !jwi_entity_may_mean(linker, name, &link[i]))
            continue;
        const int32_t points = jwi_entity_base_points(linker, name, &link[i]);
        if (points <= best)
            continue;
        best = points;
        name->entity = link[i].target;
        name->kind = link[i].kind;
    }
    name->score = best;
}

/* The entity of a code in a market; a bare code is one of Taiwan. */
static uint32_t entity_in_market(const struct linker *linker, const struct name *name,
                                 uint32_t country)
{
    const struct kb_link *link = first_link(linker, name);
    for (uint32_t i = 0; i < link_count(linker, name); i++) {
        if (link[i].kind != KB_CODE)
            continue;
        const struct kb_entity *entity = &linker->kb->entities[link[i].target];
        const jw_bytes home = kb_string(linker->kb, entity->country);
        const int is_taiwan = kb_is_taiwan(linker->kb, link[i].target);
        if (country == 'T' ? is_taiwan
                           : !is_taiwan && home.len && (unsigned char)home.at[0] == country)
            return link[i].target;
    }
    return JW_NONE;
}

/* A code and nothing else: ETSY is a code and, as Etsy, a name. */
static int is_code(const struct linker *linker, const struct name *name)
{
    const struct kb_link *link = first_link(linker, name);
    int has_code = 0;
    for (uint32_t i = 0; i < link_count(linker, name); i++) {
        if (link[i].kind < KB_CODE)
            return 0;
        has_code |= link[i].kind == KB_CODE;
    }
    return has_code;
}

/* AAPL, TSLA: letters that are the code of one company abroad need no market behind them. */
static uint32_t entity_of_letters(const struct linker *linker, const struct name *name)
{
    const struct kb_link *link = first_link(linker, name);
    for (uint32_t i = name->start; i < name->end; i++)
        if (linker->units.cls[i] != UNIT_LATIN)
            return JW_NONE;
    return link_count(linker, name) == 1 && name->end - name->start >= LETTERS_MIN ? link->target : JW_NONE;
}

/* Suffixes that belong to a name: -KY, -TW. */
static void extend(struct linker *linker, struct name *name, uint32_t limit)
{
    uint32_t country;
    if (is_code(linker, name)) {
        const uint32_t len = market_len(linker, name->end, &country);
        name->entity = entity_in_market(linker, name, len ? country : 'T');
        if (!len && name->entity == JW_NONE)
            name->entity = entity_of_letters(linker, name);
        if (len && name->entity != JW_NONE) {
            name->end += len;
            name->flags |= NAME_MARKET | NAME_ALIGNED;
        }
        return;
    }
    const struct kb_link *link = first_link(linker, name);
    if (!is_name_link(link) ||
        !ends_with_ky(kb_string(linker->kb, linker->kb->entities[link->target].name)))
        return;
    const uint32_t end = end_of_ky(linker, name->end);
    if (end > name->end && end <= limit) {
        name->end = end;
        name->flags |= NAME_KY;
    }
}

/* 台積電(2330), 2330 台積電: the code names the entity, the name proves the code. */
static void bind_codes(struct linker *linker)
{
    for (uint32_t i = 0; i + 1 < linker->name_count; i++) {
        struct name *one = &linker->names[i], *two = &linker->names[i + 1];
        if (is_code(linker, one) == is_code(linker, two) ||
            !is_adjacent(linker, one->end, two->start))
            continue;
        const uint32_t entity = shared_entity(linker, one, two);
        if (entity == JW_NONE)
            continue;
        one->entity = two->entity = entity;
        one->flags |= NAME_CODED;
        two->flags |= NAME_CODED;
    }
}

static void accept(struct linker *linker, struct name *name)
{
    if (name->score < THRESHOLD || name->entity == JW_NONE)
        return;
    name->flags |= NAME_TAKEN;
    linker->seen[name->entity] |= SEEN_NAMED;
}

/* A word that stages before this one have read as a company's name. */
static int is_company_here(const struct linker *linker, const struct name *name)
{
    if (name->key == JW_NONE || !(first_link(linker, name)->flags & (KB_WORD | KB_NOUN)) || !(name->flags & NAME_ALIGNED))
        return 0;
    const struct unit_span span = jwi_entity_sentence(linker, name->start);
    if (span.end < name->end)
        return 0;
    const struct units sentence = units_slice(linker->units, span.start, span.end);
    return jwi_company_at(linker->kb, name->key, sentence, name->start - span.start, name->end - span.start, 1) != KB_TYPE_COUNT;
}

static void score_alone(struct linker *linker)
{
    uint32_t from = 0, role = 0;
    for (uint32_t i = 0; i < linker->name_count; i++) {
        struct name *name = &linker->names[i];
        while (role < linker->role_count && linker->roles[role].start < name->end)
            role++;
        while (from < linker->cue_count && linker->cues[from].start + 2 * NEAR_REACH < name->start)
            from++;
        const int is_fixed = name->flags & (NAME_CODED | NAME_MARKET) || is_code(linker, name);
        if (is_fixed && name->entity == JW_NONE)
            continue;
        pick(linker, name, is_fixed ? name->entity : JW_NONE);
        if (jwi_entity_is_abroad(linker, i)) {
            name->entity = JW_NONE;
            continue;
        }
        int32_t against = points_of_edges(linker, name);
        if (name->kind != KB_CODE)
            against += points_of_suffix(linker, name, role) + points_of_person(linker, name, role);
        name->score += against + points_of_cues(linker, name, from);
        if (name->kind != KB_CODE)
            name->score += points_of_tag(linker, name) + points_of_place(linker, name);
        if (!against && name->score < THRESHOLD && is_company_here(linker, name))
            name->score = THRESHOLD;
        if (name->flags & (NAME_CODED | NAME_MARKET | NAME_KY))
            name->score += CODED;
        accept(linker, name);
    }
}

/* A weak name of an entity that is sure elsewhere in the document. */
static void score_seen(struct linker *linker)
{
    for (uint32_t i = 0; i < linker->name_count; i++) {
        struct name *name = &linker->names[i];
        if (name->flags & NAME_TAKEN || name->entity == JW_NONE)
            continue;
        const int32_t around = name->score;
        const uint32_t entity = name->entity;
        const struct kb_link *link = first_link(linker, name);
        for (uint32_t k = 0; k < link_count(linker, name); k++)
            if (is_name_link(&link[k]) && linker->seen[link[k].target] & SEEN_NAMED) {
                name->entity = link[k].target;
                name->kind = link[k].kind;
                name->score = around + SEEN;
                break;
            }
        if (name->kind == KB_CODE && entity != name->entity)
            name->entity = entity;
        accept(linker, name);
    }
}

static int is_company(const struct linker *linker, const struct name *name)
{
    const uint32_t type = linker->kb->entities[name->entity].type;
    return type == KB_COM || type == KB_FIN;
}

/* 、 / 與 和 及 以及 */
static uint32_t end_of_joint(const struct linker *linker, uint32_t at)
{
    const uint32_t *code = linker->units.code;
    if (at + 1 < linker->units.len && code[at] == 0x4ee5 && code[at + 1] == 0x53ca)
        return at + 2;
    const int is_joint =
        at < linker->units.len && (code[at] == 0x3001 || code[at] == '/' || code[at] == 0x8207 ||
                                   code[at] == 0x548c || code[at] == 0x53ca);
    return is_joint ? at + 1 : at;
}

/* Two companies with only a mark of a list between them. */
static int is_listed_with(const struct linker *linker, const struct name *one,
                          const struct name *two)
{
    if (two->start - one->end > LIST_GAP || !is_company(linker, one) || !is_company(linker, two))
        return 0;
    const uint32_t behind = unit_behind(linker, one->end);
    const uint32_t end = end_of_joint(linker, behind);
    return end > behind && skip_blanks(linker, end) == two->start;
}

static void join_list(struct linker *linker, struct name *sure, struct name *open)
{
    if (open->flags & NAME_TAKEN || !linker->edge[open->start])
        return;
    open->score += sure->flags & NAME_TAKEN ? LISTED : LISTED_WEAK;
    accept(linker, open);
}

/* Lists carry certainty to both sides: 大成、卜蜂、統一. */
static void score_lists(struct linker *linker)
{
    struct name *names = linker->names;
    for (uint32_t i = 1; i < linker->name_count; i++)
        if (names[i - 1].entity != JW_NONE && names[i].entity != JW_NONE &&
            is_listed_with(linker, &names[i - 1], &names[i]))
            join_list(linker, &names[i - 1], &names[i]);
    for (uint32_t i = linker->name_count; i-- > 1;)
        if (names[i - 1].entity != JW_NONE && names[i].entity != JW_NONE &&
            is_listed_with(linker, &names[i - 1], &names[i]))
            join_list(linker, &names[i], &names[i - 1]);
}

void jwi_entity_score(struct linker *linker)
{
    for (uint32_t i = 0; i < linker->name_count; i++)
        extend(linker, &linker->names[i],
               i + 1 < linker->name_count ? linker->names[i + 1].start : linker->units.len);
    bind_codes(linker);
    score_alone(linker);
    score_seen(linker);
    score_lists(linker);
}
