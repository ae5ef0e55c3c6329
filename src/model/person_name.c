/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See person_name.h.  Method: a surname and one or two characters more, or characters of transliterations, collect points by how often names have
 * them, by what is before them (the start of a clause, a title, a name) and behind (a colon, 專欄, 表示), and lose some by words that they would cut.
 * Persons of the entity list need less.
 */
#include "model/person_name.h"

const uint32_t jwi_person_mask[NAME_MASK_LEN] = {0x5ddd, 0x666e}; /* 川普 */

enum {
    ENOUGH = 28,
    NEVER = -1000,
    /* form; bins are those of struct lexicon_char */
    OF_LISTED = 44,
    OF_THREE = 6,
    OF_TWO = -2,
    SURNAME_EACH = 3,
    GIVEN_EACH = 2,
    OF_WORD = -4,   /* a surname that is oftener a word: 高, 連 */
    OF_NO_WORD = 4, /* one that is hardly anything else: 蔡, 詹 */
    NOT_GIVEN = -6, /* a character that given names do not have there */
    FUNCTION = -20, /* 李傑|在, 何忠|遭 */
    OF_FOREIGN = -10, /* companies and places have such names too */
    FOREIGN_EACH = 5,
    FOREIGN_LONG = 4, /* four characters or more */
    FOREIGN_LEAST = 3,
    /* before */
    AT_CLAUSE = 8,
    AFTER_RANK = 22,
    AFTER_NAME = 8,
    AFTER_SAY = 0, /* 證實|基辛格|將 */
    WITHIN = -8,
    /* behind */
    BEFORE_COLON = 18,
    BEFORE_CUE = 18,
    BEFORE_SAY = 4, /* 說, 籲 and other cues of one character */
    BEFORE_MARK = 2,
    BEFORE_WORD = 0,
    BEFORE_TEXT = -6,
    /* words over an edge that nothing marks, and within: by frequency */
    CROSSED_EACH = 3,
    CROSSED_MAX = 30,
    WITHIN_EACH = 2, /* within a name that both sides mark, 【蘇月亮專欄】 */
    RARE = 12,      /* a surname up to here is seldom a word */
    CUT = 9,        /* the sentence has been cut, and at the end of the name */
    TOO_OFTEN = 14, /* one from here on is a word at least as often */
    FREQUENT = 3,  /* words from here on begin behind a name */
    CUE_MAX = 5,   /* units of a cue */
    NEAR = 5,      /* units around a name that words over its edge may have */
    WINDOW = PERSON_MAX + 2 * NEAR,
    SYMBOLS = 10 /* units of the names of the list that are looked at */
};

/* Units that may be a name, and the lengths, as bits, at which the entity list has from `start` on a name that is a person's alone. */
struct span {
    const struct lexicon *lexicon;
    const struct kb *kb;
    struct units sentence;
    uint32_t start, end, listed;
};

static struct lexicon_char char_at(const struct span *span, uint32_t at)
{
    return span->lexicon->chars[lexicon_symbol(span->lexicon, span->sentence.code[at])];
}

static int has_role(const struct span *span, uint32_t start, uint32_t end, enum kb_role role)
{
    if (end > span->sentence.len)
        return 0;
    return jwi_kb_has_link(span->kb, jwi_kb_find_name(span->kb, span->sentence.code + start, end - start), KB_ROLE, role);
}

static int is_rank(const struct span *span, uint32_t start, uint32_t end)
{
    return has_role(span, start, end, KB_ROLE_RANK) || has_role(span, start, end, KB_ROLE_TITLE);
}

/* The character ends a word before names: 獨董|孫欽, 主任|王文. */
static int ends_rank(const struct span *span, uint32_t at)
{
    for (uint32_t len = 2; len <= CUE_MAX && len <= at + 1; len++)
        if (is_rank(span, at + 1 - len, at + 1))
            return 1;
    return 0;
}

static int is_mark(struct units sentence, uint32_t at)
{
    return at >= sentence.len || sentence.cls[at] != UNIT_HAN;
}

/* A word of one character that sentences go on with behind somebody: no reason against a name before it. */
static int goes_on(uint32_t code)
{
    static const char16_t words[] = u"以與和及對向在被為由是不未已也仍又卻則曾恐若因須應會可能要想讓請問提挺帶領任當入出離返親率拜捐買賣減持續曝揭涉"
                                    u"看談接推稱擬喊遭獲估憂批祭拋等再首宣示訪卸籲赴逢防兼辭聘用抱陣";
    return code_is_one_of(code, words);
}

enum link_sort { NO_NAME, PERSON, OTHER };

/* What the name stands for; where it is a word as well it is no sure person. */
static enum link_sort sort_of(const struct kb *kb, uint32_t name)
{
    enum link_sort ret = NO_NAME;
    for (uint32_t i = kb->link_at[name]; i < kb->link_at[name + 1]; i++) {
        const struct kb_link *link = &kb->links[i];
        if (link->kind == KB_CUE || link->kind == KB_ROLE)
            continue;
        if (link->kind == KB_HIDE || kb->entities[link->target].type != KB_PER)
            return OTHER;
        ret = link->flags & (KB_WORD | KB_CONTEXT | KB_NOUN) ? NO_NAME : PERSON;
    }
    return ret;
}

static uint32_t read_symbols(const struct span *span, uint16_t symbols[SYMBOLS])
{
    const uint32_t left = span->sentence.len - span->start, len = left < SYMBOLS ? left : SYMBOLS;
    for (uint32_t i = 0; i < len; i++)
        symbols[i] = kb_symbol(span->kb, span->sentence.code[span->start + i]);
    return len;
}

static void read_list(struct span *span)
{
    uint16_t symbols[SYMBOLS];
    struct kb_walk walk = kb_walk_start(span->kb, symbols, 0, read_symbols(span, symbols));
    while (kb_walk_next(&walk))
        span->listed |= sort_of(span->kb, walk.name) == PERSON ? 1u << walk.len : 0;
}

/* A name of the list that is no person's has all characters of this one: 高雄, 高盛. */
static int is_other(const struct span *span)
{
    uint16_t symbols[SYMBOLS];
    struct kb_walk walk = kb_walk_start(span->kb, symbols, 0, read_symbols(span, symbols));
    while (kb_walk_next(&walk))
        if (span->start + walk.len >= span->end && sort_of(span->kb, walk.name) == OTHER)
            return 1;
    return 0;
}

static int is_listed(const struct span *span)
{
    return span->listed >> (span->end - span->start) & 1;
}

static int32_t points_before(const struct span *span, int is_behind_name)
{
    const uint32_t start = span->start;
    if (!start || (is_mark(span->sentence, start - 1) && span->sentence.cls[start - 1] != UNIT_DIGIT))
        return AT_CLAUSE;
    for (uint32_t len = 2; len <= CUE_MAX && len <= start; len++)
        if (is_rank(span, start - len, start))
            return AFTER_RANK;
    if (is_behind_name && !goes_on(span->sentence.code[start]))
        return AFTER_NAME;
    for (uint32_t len = 2; len <= CUE_MAX && len <= start; len++)
        if (has_role(span, start - len, start, KB_ROLE_SAYS))
            return AFTER_SAY;
    return WITHIN;
}

/* The longest cue behind the name counts. */
static int32_t points_behind(const struct span *span)
{
    const struct kb *kb = span->kb;
    const uint32_t end = span->end, left = span->sentence.len - end, len = left < CUE_MAX ? left : CUE_MAX;
    uint16_t symbols[CUE_MAX];
    if (len && span->sentence.code[end] == ':')
        return BEFORE_COLON;
    if (is_mark(span->sentence, end))
        return BEFORE_MARK;
    for (uint32_t i = 0; i < len; i++)
        symbols[i] = kb_symbol(kb, span->sentence.code[end + i]);
    struct kb_walk walk = kb_walk_start(kb, symbols, 0, len);
    int32_t ret = goes_on(span->sentence.code[end]) ? BEFORE_WORD : BEFORE_TEXT;
    while (kb_walk_next(&walk))
        if (jwi_kb_has_link(kb, walk.name, KB_ROLE, KB_ROLE_SAYS) || (walk.len > 1 && jwi_kb_has_link(kb, walk.name, KB_ROLE, KB_ROLE_TITLE)))
            ret = walk.len > 1 ? BEFORE_CUE : BEFORE_SAY;
    return ret;
}

/* Of the first character as a word. */
static uint32_t frequency_of_first(const struct span *span)
{
    const uint32_t entry = jwi_lexicon_find(span->lexicon, span->sentence.code + span->start, 1);
    return entry == JW_NONE ? 0 : lexicon_entry_at(span->lexicon, entry)->frequency;
}

static int32_t points_of_surname(const struct span *span, uint8_t bin)
{
    enum { SELDOM = 10 };
    const uint32_t frequency = frequency_of_first(span);
    const int32_t word = frequency <= SELDOM ? OF_NO_WORD : frequency >= TOO_OFTEN && bin < LEXICON_BIN_MAX ? OF_WORD : 0;
    return (bin - 1) * SURNAME_EACH + word;
}

/* 葉國華, 何軍. */
static int32_t points_of_chinese(const struct span *span)
{
    const uint32_t len = span->end - span->start;
    const struct lexicon_char first = char_at(span, span->start), last = char_at(span, span->end - 1);
    if (!first.surname || len > 3 || (len == 2 && (first.surname < 2 || !last.given_second)))
        return NEVER;
    const int32_t surname = points_of_surname(span, first.surname);
    if (len == 2)
        return OF_TWO + surname + last.given_second * GIVEN_EACH;
    const uint8_t middle = char_at(span, span->start + 1).given_first;
    return OF_THREE + surname + (middle + last.given_second) * GIVEN_EACH + (middle ? 0 : NOT_GIVEN) + (last.given_second ? 0 : NOT_GIVEN) +
           (code_is_one_of(span->sentence.code[span->end - 1], u"的也於和與在了有對將不卻及遭看估談批憂稱擬喊籲訪卸辭等買賣被恐曾接再逢用拋連請推前") ? FUNCTION : 0);
}

/* 達里歐; not what starts or ends with a word of one character.  `least`: the smallest bin of its characters. */
static int32_t points_of_foreign(const struct span *span, int32_t least)
{
    static const char16_t words[] = u"的也於和與長年日月不是在了人之為有對將中卻宮";
    const uint32_t len = span->end - span->start;
    if (len < 3 || least < FOREIGN_LEAST)
        return NEVER;
    const int has_word = code_is_one_of(span->sentence.code[span->start], words) || code_is_one_of(span->sentence.code[span->end - 1], words);
    return has_word ? NEVER : OF_FOREIGN + least * FOREIGN_EACH + (len > 3 ? FOREIGN_LONG : 0);
}

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* 林佳龍, 羅傑斯: word lists have the full names of people that are much spoken of, none of them often; towns abroad have some of them. */
static int is_known_person(const struct span *span, const struct lexicon_entry *entry)
{
    enum { OFTEN = 6 };
    const uint16_t names = LEXICON_TITLE | LEXICON_FOREIGN | LEXICON_NAME, place = entry->classes & LEXICON_FOREIGN ? LEXICON_PLACE : 0;
    const uint16_t lists = LEXICON_GENERAL | LEXICON_INPUT | LEXICON_CANTONESE;
    return span->end - span->start > 2 && entry->frequency < OFTEN && (entry->classes & names || !entry->frequency) &&
           !(entry->classes & ~(lists | names | place));
}

/* What words say of the edges, given what the surroundings said; NEVER where the name is a word itself. */
static int32_t points_of_words(const struct span *span, int32_t before, int32_t behind)
{
    const uint16_t names = LEXICON_TITLE | LEXICON_FOREIGN | LEXICON_NAME;
    const uint32_t start = span->start, end = span->end, from = start > NEAR ? start - NEAR : 0;
    const uint32_t to = span->sentence.len - end > NEAR ? end + NEAR : span->sentence.len;
    const int has_start = before > 0, has_end = behind > BEFORE_SAY || is_mark(span->sentence, end);
    const int is_between = has_start && behind > BEFORE_SAY;
    const int32_t within_each = is_between && frequency_of_first(span) <= RARE ? WITHIN_EACH : CROSSED_EACH;
    const uint16_t parts = is_between && end - start > 3 ? LEXICON_FOREIGN : 0; /* 霍華|馬克|斯: */
    uint16_t symbols[WINDOW];
    struct lexicon_match matches[WINDOW * NEAR];
    int32_t cost = 0, ret = 0;
    for (uint32_t i = from; i < to; i++)
        symbols[i - from] = lexicon_symbol(span->lexicon, span->sentence.code[i]);
    const uint32_t n = jwi_lexicon_scan(span->lexicon, symbols, to - from, NEAR, matches);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t first = from + matches[i].start, last = first + matches[i].len;
        const struct lexicon_entry *entry = lexicon_entry_at(span->lexicon, matches[i].entry);
        if (last - first < 2)
            continue;
        if (first == start && last == end) {
            if (!is_listed(span) && entry->classes & ~names && !is_known_person(span, entry))
                return NEVER;
            continue;
        }
        if (first == end && entry->frequency >= FREQUENT && behind < BEFORE_WORD)
            ret = BEFORE_WORD - behind;
        const int is_over = (!has_start && units_cross(first, last, start)) || (!has_end && units_cross(first, last, end));
        const int is_inside = !is_listed(span) && first >= start && last <= end && !(entry->classes & parts);
        if (is_over || is_inside)
            cost = larger(cost, entry->frequency * (is_over ? CROSSED_EACH : within_each));
    }
    return ret - smaller(cost, CROSSED_MAX);
}

static int may_be_listed(const struct span *span)
{
    const uint32_t *code = span->sentence.code + span->start;
    return span->sentence.len - span->start > 1 && kb_name_may_begin(span->kb, kb_symbol(span->kb, code[0]), kb_symbol(span->kb, code[1]));
}

/* Points of the units' characters. */
static int32_t points_of_form(const struct span *span, int32_t least, int is_cut, int *ret_is_foreign)
{
    const int is_word = frequency_of_first(span) > TOO_OFTEN || code_is_one_of(span->sentence.code[span->start], u"連周向曾萬季史齊韓歐"); /* 連五紅 韓元 */
    const int32_t chinese = points_of_chinese(span) + (is_cut && !is_word ? CUT : 0);
    const int32_t foreign = points_of_foreign(span, least);
    *ret_is_foreign = foreign > chinese && !is_listed(span);
    return is_listed(span) ? OF_LISTED : *ret_is_foreign ? foreign : chinese;
}

uint32_t jwi_person_end(const struct lexicon *lexicon, const struct kb *kb, struct units sentence, uint32_t start, int is_behind_name,
                        uint32_t cuts)
{
    struct span span = {lexicon, kb, sentence, start, start, 0};
    const struct lexicon_char first = char_at(&span, start);
    const uint32_t most = sentence.len - start < PERSON_MAX ? sentence.len : start + PERSON_MAX;
    uint32_t ret = start;
    int32_t least = ENOUGH, before = NEVER, bin = first.foreign;
    if (may_be_listed(&span))
        read_list(&span);
    if ((!first.surname && first.foreign < FOREIGN_LEAST && !span.listed) || (!span.listed && ends_rank(&span, start)))
        return start;
    for (span.end = start + 2; span.end <= most && sentence.cls[span.end - 1] == UNIT_HAN; span.end++) {
        const int32_t here = char_at(&span, span.end - 1).foreign;
        int is_foreign;
        bin = here < bin ? here : bin;
        if (bin < FOREIGN_LEAST && !span.listed && (!first.surname || span.end > start + 3))
            break;
        if (cuts && !(cuts >> (span.end - start) & 1))
            continue;
        const int32_t form = points_of_form(&span, bin, cuts != 0, &is_foreign);
        if (form + AFTER_RANK + BEFORE_COLON < least || (ret > start && span.listed >> (ret - start) & 1 && !is_listed(&span)))
            continue;
        const int32_t behind = points_behind(&span);
        const int32_t most_points = form + (behind > BEFORE_WORD ? behind : BEFORE_WORD);
        if (most_points + AFTER_RANK < least)
            continue;
        before = before == NEVER ? points_before(&span, is_behind_name) : before;
        if (most_points + before < least || (is_foreign && before < 0) || is_rank(&span, start, start + 2))
            continue;
        const int32_t points = form + before + behind + points_of_words(&span, before, behind);
        if (points >= least && !is_other(&span) && !has_role(&span, span.end - 2, span.end, KB_ROLE_WORD) &&
            !is_rank(&span, span.end - 2, span.end)) {
            least = points + 1;
            ret = span.end;
        }
    }
    return ret;
}
