/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From names and the tagger's mentions to one list without overlap.
 *   one place      the name gives type and entity; a name short of points is one after all when the tagger says so
 *   台積電|法說會   a company and words behind it: the name
 *   台積電|基金會   a name inside a mention of another kind: the mention
 *   日本|本田       a place and a company that fill a mention: the names
 * Afterwards persons spoken of again (entity_person.c).
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "base/search.h"
#include "model/lexicon.h"
#include "model/model.h"

enum {
    CONF_STEPS = 8,
    SURE = 9900,      /* stays whatever the tagger says */
    FIRM = 9750,      /* stays where it crosses the edge of a mention */
    DOUBTFUL = 9000,  /* a mention below it gives way to a name inside it */
    NOISE = 6000,     /* one below it that nothing explains is none */
    CERTAIN = 9950,   /* one that makes a name even of 全台 or 材料 */
    COMMON = 1000,    /* link score of those */
    OPEN_LINK = 8000, /* of a name without enough points that the tagger confirms */
    ROLE_LINK = 8000,   /* 該公司 */
    RECORD_LINK = 9900, /* 本公司 of a record that names its issuer */
    LETTERS_MIN = 3,
    PRODUCT_DIGITS = 4
};

uint32_t jwi_entity_token(const struct linker *linker, uint32_t at)
{
    return SEARCH_FROM(linker->room->words, linker->doc->token_count, end, at + 1);
}

/*
 * Shares of right names and of right links by points, between steps the line.  Measured on 200 annotated headlines and posts (names: 275 of
 * 290) and on 626 names whose codes were given (links: 609 of 609 made); kept below what so few cases would allow.
 */
static const int32_t step_at[CONF_STEPS] = {0, 20, 30, 36, 46, 60, 90, 140};
static const int32_t name_share[CONF_STEPS] = {1000, 4000, 8500, 9000, 9300, 9600, 9800, 9900};
static const int32_t link_share[CONF_STEPS] = {1000, 5000, 9000, 9500, 9750, 9850, 9920, 9970};

static int32_t confidence(const int32_t share[CONF_STEPS], int32_t score)
{
    if (score <= step_at[0])
        return share[0];
    for (int i = 1; i < CONF_STEPS; i++)
        if (score < step_at[i])
            return share[i - 1] + (share[i] - share[i - 1]) * (score - step_at[i - 1]) /
                                      (step_at[i] - step_at[i - 1]);
    return share[CONF_STEPS - 1];
}

int32_t jwi_entity_link_share(int32_t points)
{
    return confidence(link_share, points);
}

static uint16_t mention_kind(const struct name *name)
{
    static const uint16_t of[KB_CUE] = {JW_MENTION_FULL, JW_MENTION_SHORT, JW_MENTION_FULL,
                                        JW_MENTION_NICK, JW_MENTION_CODE};
    if (name->flags & NAME_ROLE)
        return JW_MENTION_ROLE;
    return name->kind < KB_CUE ? of[name->kind] : JW_MENTION_SHORT;
}

static uint16_t type_of(const struct linker *linker, const struct name *name)
{
    const struct kb *kb = linker->kb;
    if (name->flags & NAME_NUMBER)
        return linker->number_label;
    if (name->type)
        return (uint16_t)(name->type - 1);
    if (name->entity >= kb->entity_count)
        return linker->locals[name->entity - kb->entity_count].type;
    return (uint16_t)kb->label[kb->entities[name->entity].type];
}

/* Words a name covers; empty when it stands on none. */
static jw_range tokens_of(const struct linker *linker, const struct name *name)
{
    jw_range range = {jwi_entity_token(linker, name->start),
                      jwi_entity_token(linker, name->end - 1) + 1};
    const struct room_word *words = linker->room->words;
    if (range.end > linker->doc->token_count)
        range.end = linker->doc->token_count;
    if (range.start < range.end && words[range.start].start >= name->end)
        range.end = range.start;
    return range;
}

static struct unit_span span_of(const struct linker *linker, jw_range tokens)
{
    const struct unit_span span = {linker->room->words[tokens.start].start,
                                   linker->room->words[tokens.end - 1].end};
    return span;
}

/* 新興 in 買新興貨幣: a word, and not at the head of a clause or behind a mark or joint of a list. */
static int is_plain_word(const struct linker *linker, const struct name *name)
{
    const struct kb *kb = linker->kb;
    const uint32_t before = name->start ? linker->units.code[name->start - 1] : 0;
    if (name->key == JW_NONE || !before || !is_name_char(linker->units.cls[name->start - 1]) ||
        before == 0x548c || before == 0x8207 || before == 0x53ca) /* 和與及 */
        return 0;
    for (uint32_t i = kb->link_at[name->key]; i < kb->link_at[name->key + 1]; i++)
        if (kb->links[i].kind < KB_CODE && !(kb->links[i].flags & KB_WORD))
            return 0;
    return 1;
}

/* AAPL: a code that is no number is a name where the tagger says so. */
static int is_letters(const struct linker *linker, const struct name *name)
{
    for (uint32_t i = name->start; i < name->end; i++)
        if (linker->units.cls[i] != UNIT_LATIN)
            return 0;
    return name->end - name->start >= LETTERS_MIN;
}

static uint32_t draft_names(const struct linker *linker, struct draft *ret)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < linker->name_count; i++) {
        const struct name *name = &linker->names[i];
        const jw_range tokens = tokens_of(linker, name);
        const int is_open = !(name->flags & NAME_TAKEN);
        const int is_whole = linker->edge[name->start] && linker->edge[name->end];
        if (name->entity == JW_NONE || (is_open && ((name->kind == KB_CODE && !is_letters(linker, name)) || !is_whole)) ||
            tokens.start >= tokens.end || (n && tokens.start < ret[n - 1].tokens.end))
            continue;
        const int32_t score = confidence(name_share, name->score);
        const int32_t link = !(name->flags & NAME_ROLE)  ? confidence(link_share, name->score)
                             : name->flags & NAME_RECORD ? RECORD_LINK
                                                         : ROLE_LINK;
        const struct draft draft = {tokens,
                                    span_of(linker, tokens),
                                    name->entity,
                                    type_of(linker, name),
                                    mention_kind(name),
                                    is_open,
                                    score,
                                    link,
                                    i,
                                    is_open && is_plain_word(linker, name),
                                    (name->flags & NAME_RECORD) != 0};
        ret[n++] = draft;
    }
    return n;
}

/* A bare number is a code only where the base says so. */
static int is_number(const struct linker *linker, struct unit_span span)
{
    for (uint32_t i = span.start; i < span.end; i++)
        if (linker->units.cls[i] != UNIT_DIGIT)
            return 0;
    return 1;
}

/* 股份有限公司 alone, 深圳)有限公司: what is left of a name that a line break or a bracket has cut. */
static int is_fragment(const struct linker *linker, struct unit_span span)
{
    int depth = 0;
    for (uint32_t i = span.start; i < span.end && depth >= 0; i++)
        depth += (linker->units.code[i] == '(') - (linker->units.code[i] == ')');
    if (depth < 0)
        return 1;
    for (uint32_t i = jwi_entity_role_from(linker, span.start); i < linker->role_count && linker->roles[i].start == span.start; i++)
        if (linker->roles[i].role == KB_ROLE_LEGAL && linker->roles[i].end == span.end)
            return 1;
    return 0;
}

/* A word of the word list that the tagger takes for a company, 買|新興|貨幣, without being sure and without a proper noun's tag. */
static int is_ordinary(const struct linker *linker, const jw_mention *mention)
{
    const struct lexicon *lexicon = linker->doc->model->lexicon;
    const uint32_t token = mention->tokens.start, entry = linker->room->words[token].word;
    const int is_company = mention->type == linker->kb->label[KB_COM] || mention->type == linker->kb->label[KB_FIN];
    return is_company && mention->score < DOUBTFUL && mention->tokens.end == token + 1 && lexicon && entry != JW_NONE &&
           lexicon_entry_at(lexicon, entry)->classes & LEXICON_GENERAL && linker->doc->layers & JW_LAYER_POS &&
           linker->doc->upos[token] != linker->propn;
}

/* EBITDA, 審計委員會: the list says that it names nobody. */
static int is_hidden(const struct linker *linker, struct unit_span span)
{
    const struct kb *kb = linker->kb;
    const uint32_t name = jwi_kb_find_name(kb, linker->units.code + span.start, span.end - span.start);
    for (uint32_t i = name == JW_NONE ? 0 : kb->link_at[name]; name != JW_NONE && i < kb->link_at[name + 1]; i++)
        if (kb->links[i].kind <= KB_CODE)
            return 0;
    return jwi_kb_has_link(kb, name, KB_HIDE, JW_NONE) || jwi_kb_has_link(kb, name, KB_ROLE, KB_ROLE_WORD);
}

static int is_place_name(const struct kb *kb, uint32_t name)
{
    for (uint32_t i = name == JW_NONE ? 0 : kb->link_at[name]; name != JW_NONE && i < kb->link_at[name + 1]; i++)
        if (kb->links[i].kind <= KB_SHORT && kb->entities[kb->links[i].target].type == KB_LOC)
            return 1;
    return 0;
}

/* 台灣|研發團隊, 北美|董事會: a part of somebody by its place is no body of its own; offices are, 德州|法院. */
static int is_part(const struct linker *linker, struct unit_span span, uint16_t type)
{
    enum { WORD_MAX = 4 };
    const struct kb *kb = linker->kb;
    const uint32_t *code = linker->units.code + span.start, len = span.end - span.start;
    for (uint32_t word = 2; type != kb->label[KB_GOV] && word <= WORD_MAX && word < len; word++)
        if (jwi_kb_has_link(kb, jwi_kb_find_name(kb, code + len - word, word), KB_ROLE, KB_ROLE_WORD) &&
            is_place_name(kb, jwi_kb_find_name(kb, code, len - word)))
            return 1;
    return 0;
}

/* Peter: the given name of a person whom nothing tells more about. */
static int is_given_name(const struct linker *linker, struct unit_span span)
{
    const uint32_t name = jwi_kb_find_name(linker->kb, linker->units.code + span.start, span.end - span.start);
    return linker->units.code[span.start] < 'a' && jwi_kb_has_link(linker->kb, name, KB_ROLE, KB_ROLE_GIVEN);
}

/* The tagger's mention as a draft; its entity is open. */
static struct draft draft_mention(const struct linker *linker, const jw_mention *mention)
{
    struct draft draft = {.tokens = mention->tokens,
                          .span = span_of(linker, mention->tokens),
                          .entity = JW_NONE,
                          .type = mention->type,
                          .kind = JW_MENTION_FULL,
                          .score = mention->score,
                          .name = JW_NONE};
    if (is_number(linker, draft.span) || is_fragment(linker, draft.span) || is_ordinary(linker, mention) || is_hidden(linker, draft.span) ||
        is_part(linker, draft.span, mention->type))
        draft.score = 0;
    if (is_given_name(linker, draft.span))
        draft.type = (uint16_t)linker->kb->label[KB_PER];
    return draft;
}

/* Kinds of names that stand for one another. */
static int family_of(const struct linker *linker, uint16_t type)
{
    static const uint8_t family[KB_TYPE_COUNT] = {
        [KB_COM] = 1, [KB_FIN] = 1, [KB_ORG] = 2, [KB_GOV] = 2, [KB_PER] = 3, [KB_SEC] = 4,
        [KB_IDX] = 4, [KB_CUR] = 5, [KB_CMD] = 6, [KB_PRD] = 6, [KB_TEC] = 6, [KB_IND] = 6,
        [KB_LOC] = 7, [KB_FAC] = 7, [KB_LAW] = 8, [KB_EVT] = 9};
    for (uint32_t i = 0; i < KB_TYPE_COUNT; i++)
        if (linker->kb->label[i] == type)
            return family[i];
    return 0;
}

/* Whether a name without enough points may explain the mention. */
static int may_link(const struct linker *linker, const struct draft *name,
                    const struct draft *mention)
{
    const int one = family_of(linker, name->type), two = family_of(linker, mention->type);
    return one == two || (one <= 2 && two <= 2);
}

static int is_same(jw_range one, jw_range two)
{
    return one.start == two.start && one.end == two.end;
}

static int is_inside(jw_range inner, jw_range outer)
{
    return outer.start <= inner.start && inner.end <= outer.end;
}

/* A body or building that the tagger does not know of is no reason against a longer name that it finds: 清華大學教育基金會. */
static int is_quiet(const struct linker *linker, const struct draft *name)
{
    const struct kb *kb = linker->kb;
    const uint32_t key = name->name == JW_NONE ? JW_NONE : linker->names[name->name].key;
    return key != JW_NONE && kb->links[kb->link_at[key]].flags & KB_QUIET && (name->type == kb->label[KB_ORG] || name->type == kb->label[KB_FAC]);
}

/* Whether the name stays where it overlaps the mention. */
static int name_wins(const struct linker *linker, const struct draft *name,
                     const struct draft *mention)
{
    if (name->is_open)
        return 0;
    if (mention->score < NOISE)
        return 1;
    if (is_inside(mention->tokens, name->tokens) || (name->link_score >= SURE && !is_quiet(linker, name)))
        return 1;
    if (!is_inside(name->tokens, mention->tokens))
        return name->link_score >= FIRM;
    if (is_quiet(linker, name))
        return 0;
    return family_of(linker, name->type) == family_of(linker, mention->type) &&
           (name->tokens.start == mention->tokens.start || mention->score < DOUBTFUL);
}

/* Takes over what the loser knew. */
static void confirm(const struct linker *linker, struct draft *winner, const struct draft *loser)
{
    if (!is_same(winner->tokens, loser->tokens))
        return;
    if (winner->entity == JW_NONE && may_link(linker, loser, winner)) {
        const int32_t least = loser->link_score <= COMMON ? CERTAIN : loser->is_word ? DOUBTFUL : 0;
        if (winner->score < least) {
            winner->score = NOISE - 1;
            return;
        }
        winner->entity = loser->entity;
        winner->kind = loser->kind;
        winner->name = loser->name;
        winner->link_score = OPEN_LINK;
        if (family_of(linker, winner->type) == family_of(linker, loser->type))
            winner->type = loser->type;
    } else if (loser->score > winner->score) {
        winner->score = loser->score;
    }
}

/* 日本|本田, 富邦|Costco: a place or a company and a company, which the tagger takes for one name. */
static int is_two_names(const struct linker *linker, const struct draft *name, const struct draft *end, const struct draft *mention)
{
    return end - name > 1 && !name[0].is_open && !name[1].is_open && name[0].tokens.start == mention->tokens.start &&
           name[0].tokens.end == name[1].tokens.start && name[1].tokens.end == mention->tokens.end &&
           (name[0].type == linker->kb->label[KB_LOC] || family_of(linker, name[0].type) == 1) && family_of(linker, name[1].type) == 1;
}

/* Both lists are sorted and free of overlap in themselves. */
static uint32_t merge(const struct linker *linker, struct draft *names, uint32_t name_count,
                      struct draft *ret)
{
    const jw_doc *doc = linker->doc;
    const uint32_t mention_count = doc->layers & JW_LAYER_MENTIONS ? doc->mention_count : 0;
    uint32_t n = 0, i = 0, k = 0;
    struct draft mention = {0};
    if (mention_count)
        mention = draft_mention(linker, &doc->mentions[0]);
    while (i < name_count || k < mention_count) {
        const int name_first =
            k == mention_count || (i < name_count && names[i].tokens.end <= mention.tokens.start);
        const int mention_first =
            i == name_count || (k < mention_count && mention.tokens.end <= names[i].tokens.start);
        if (!name_first && !mention_first && is_two_names(linker, names + i, names + name_count, &mention))
            mention.score = 0;
        const int is_name =
            name_first || (!mention_first && !name_wins(linker, &names[i], &mention));
        if (name_first && !names[i].is_open)
            ret[n++] = names[i];
        else if (mention_first && (mention.entity != JW_NONE || mention.score >= NOISE))
            ret[n++] = mention;
        else if (!name_first && !mention_first)
            is_name ? confirm(linker, &mention, &names[i]) : confirm(linker, &names[i], &mention);
        if (is_name)
            i++;
        else if (++k < mention_count)
            mention = draft_mention(linker, &doc->mentions[k]);
    }
    return n;
}

/* Whether the unit is a measure of the number before it: iPhone 3月出貨. */
static int is_measure(uint32_t code)
{
    /* 萬億月日年支台款元倍成季千百十週天個種階 */
    static const uint32_t measures[] = {'%', '.', ',', '/', 0x842c, 0x5104, 0x6708, 0x65e5, 0x5e74, 0x652f, 0x53f0, 0x6b3e, 0x5143, 0x500d,
                                        0x6210, 0x5b63, 0x5343, 0x767e, 0x5341, 0x9031, 0x5929, 0x500b, 0x7a2e, 0x968e};
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        if (code == measures[i])
            return 1;
    return 0;
}

/* Whether the word behind a product's name in Latin letters is its number: iPhone 17, Windows 11. */
static int is_product_number(const struct linker *linker, uint32_t token)
{
    const struct room_word *word = &linker->room->words[token];
    if (linker->units.cls[word[-1].end - 1] != UNIT_LATIN || word->end - word->start > PRODUCT_DIGITS || word->start > word[-1].end + 1)
        return 0;
    for (uint32_t i = word->start; i < word->end; i++)
        if (linker->units.cls[i] != UNIT_DIGIT)
            return 0;
    return word->end == linker->units.len || !is_measure(linker->units.code[word->end]);
}

/* Products take their numbers. */
static void add_numbers(const struct linker *linker, struct draft *drafts, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct draft *draft = &drafts[i];
        const uint32_t end = draft->tokens.end, limit = i + 1 < n ? draft[1].tokens.start : linker->doc->token_count;
        if (draft->type != linker->kb->label[KB_PRD] || end >= limit || !is_product_number(linker, end))
            continue;
        draft->tokens.end++;
        if (draft->entity == JW_NONE)
            draft->span.end = linker->room->words[end].end;
    }
}

jw_status jwi_entity_merge(struct linker *linker, struct draft **ret, uint32_t *ret_len,
                           jw_error *reterr)
{
    const jw_doc *doc = linker->doc;
    const size_t cap =
        (size_t)linker->name_count + (doc->layers & JW_LAYER_MENTIONS ? doc->mention_count : 0);
    struct draft *names = PUSH(linker->room->scratch, struct draft, linker->name_count);
    struct draft *merged = PUSH(linker->room->scratch, struct draft, cap);
    struct draft *spelled = PUSH(linker->room->scratch, struct draft, 2 * cap);
    struct draft *drafts = PUSH(linker->room->scratch, struct draft, 2 * cap + linker->role_count);
    if (!names || !merged || !spelled || !drafts)
        return jwi_fail_memory(reterr);
    uint32_t n = merge(linker, names, draft_names(linker, names), merged);
    n = jwi_entity_add_spelled(linker, merged, n, spelled);
    *ret_len = jwi_entity_add_titles(linker, spelled, n, drafts);
    jwi_entity_link_surnames(linker, drafts, *ret_len);
    add_numbers(linker, drafts, *ret_len);
    *ret = drafts;
    return JW_OK;
}
