/* SPDX-License-Identifier: Apache-2.0 */
/* Windows, words around boundaries and cells; see seg_feat.h. */
#include "stage/seg/seg_feat.h"

#include "base/error.h"

#include <string.h>

/* Atoms before and behind a sentence; no code of text is normalised to these. */
enum { ATOM_BEFORE = 1, ATOM_BEHIND = 2 };

enum {
    TYPE_OTHER,
    TYPE_HAN,
    TYPE_KANA,
    TYPE_LATIN,
    TYPE_DIGIT,
    TYPE_PUNCT,
    TYPE_NUMERAL,
    TYPE_EDGE
};

static int is_numeral(uint32_t code)
{
    switch (code) {
    case 0x3007: /* 〇 */
    case 0x96f6: /* 零 */
    case 0x4e00: /* 一 */
    case 0x4e8c: /* 二 */
    case 0x5169: /* 兩 */
    case 0x4e09: /* 三 */
    case 0x56db: /* 四 */
    case 0x4e94: /* 五 */
    case 0x516d: /* 六 */
    case 0x4e03: /* 七 */
    case 0x516b: /* 八 */
    case 0x4e5d: /* 九 */
        return 1;
    default:
        return code_is_scale(code);
    }
}

uint8_t jwi_seg_type(uint32_t code, uint8_t cls)
{
    static const uint8_t types[UNIT_CLASS_COUNT] = {
        [UNIT_OTHER] = TYPE_OTHER,  [UNIT_HAN] = TYPE_HAN,     [UNIT_KANA] = TYPE_KANA,
        [UNIT_LATIN] = TYPE_LATIN,  [UNIT_DIGIT] = TYPE_DIGIT, [UNIT_PUNCT] = TYPE_PUNCT,
        [UNIT_SYMBOL] = TYPE_OTHER, [UNIT_SPACE] = TYPE_EDGE};
    return cls == UNIT_HAN && is_numeral(code) ? TYPE_NUMERAL : types[cls];
}

static uint32_t atom_of(uint32_t code, uint8_t cls)
{
    switch (cls) {
    case UNIT_DIGIT:
        return '0';
    case UNIT_LATIN:
        return 'a';
    case UNIT_SPACE:
        return ' ';
    default:
        return code;
    }
}

jw_status jwi_seg_window_new(struct arena *arena, uint32_t len, struct seg_window *ret,
                             jw_error *reterr)
{
    const size_t cap = (size_t)len + 2 * SEG_PAD;
    const struct seg_window window = {PUSH(arena, uint32_t, cap),
                                      PUSH(arena, uint16_t, cap),
                                      PUSH(arena, uint8_t, cap),
                                      PUSH(arena, struct lexicon_char, cap),
                                      PUSH(arena, struct seg_place, (size_t)len + 1),
                                      PUSH(arena, struct lexicon_match, (size_t)len * SEG_WORD_MAX),
                                      0};
    if (!window.matches || !window.atom || !window.symbol || !window.type || !window.name ||
        !window.place)
        return jwi_fail_memory(reterr);
    *ret = window;
    ret->atom += SEG_PAD;
    ret->symbol += SEG_PAD;
    ret->type += SEG_PAD;
    ret->name += SEG_PAD;
    return JW_OK;
}

static void set_unit(struct seg_window *window, const struct lexicon *lexicon,
                     struct units sentence, int64_t from, int64_t to)
{
    static const struct lexicon_char none;
    if (from < 0 || from >= sentence.len) {
        window->atom[to] = from < 0 ? ATOM_BEFORE : ATOM_BEHIND;
        window->symbol[to] = 0;
        window->type[to] = TYPE_EDGE;
        window->name[to] = none;
        return;
    }
    const uint32_t code = sentence.code[from];
    const uint8_t cls = sentence.cls[from];
    window->atom[to] = atom_of(code, cls);
    window->symbol[to] = lexicon_symbol(lexicon, code);
    window->type[to] = jwi_seg_type(code, cls);
    window->name[to] = lexicon->chars[window->symbol[to]];
}

static inline void raise(seg_lanes *lanes, seg_lanes to)
{
    const seg_lanes is_less = *lanes < to;
    *lanes = (to & is_less) | (*lanes & ~is_less);
}

static inline uint64_t at_most(uint64_t value, uint64_t limit)
{
    return value < limit ? value : limit;
}

uint32_t jwi_seg_coarse(uint8_t bin)
{
    return (uint32_t)at_most(bin ? ((uint32_t)bin * 3 + 3) / 4 : 0, 15);
}

uint32_t jwi_seg_groups(uint16_t classes)
{
    enum {
        ORDINARY = LEXICON_GENERAL | LEXICON_INPUT | LEXICON_DICTIONARY,
        NAMES = LEXICON_NAME | LEXICON_FOREIGN | LEXICON_PLACE,
        COMPANIES = LEXICON_COMPANY | LEXICON_INSTITUTION | LEXICON_SECURITY
    };
    const int is_name = (classes & NAMES) || ((classes & LEXICON_COMPANY) && !(classes & ORDINARY));
    return (uint32_t)((classes & (LEXICON_GENERAL | LEXICON_INPUT)) != 0) << SEG_LANE_GENERAL |
           (uint32_t)((classes & LEXICON_DICTIONARY) != 0) << SEG_LANE_DICTIONARY |
           (uint32_t)is_name << SEG_LANE_NAME |
           (uint32_t)((classes & LEXICON_TITLE) != 0) << SEG_LANE_TITLE |
           (uint32_t)((classes & (LEXICON_TERM | LEXICON_SENTIMENT | LEXICON_IDIOM)) != 0)
               << SEG_LANE_TERM |
           (uint32_t)((classes & COMPANIES) != 0) << SEG_LANE_COMPANY |
           (uint32_t)((classes & (LEXICON_SLANG | LEXICON_CANTONESE)) != 0) << SEG_LANE_COLLOQUIAL;
}

/* Lanes of one word of two units or more: its length in the lanes of its groups, its frequency in
 * its own. */
static inline seg_lanes lanes_of(const struct lexicon_entry *entry, uint32_t len)
{
    /* bit i of seven goes to byte i */
    const uint64_t spread =
        (uint64_t)jwi_seg_groups(entry->classes) * UINT64_C(0x0002040810204081) &
        UINT64_C(0x0001010101010101);
    const uint64_t halves[2] = {(spread | UINT64_C(1) << 8 * SEG_LANE_ANY) * len,
                                jwi_seg_coarse(entry->frequency)};
    seg_lanes lanes;
    memcpy(&lanes, halves, sizeof lanes);
    return lanes;
}

static void find_words(struct seg_window *window, const struct lexicon *lexicon)
{
    struct seg_place *place = window->place;
    const uint32_t n =
        jwi_lexicon_scan(lexicon, window->symbol, window->len, SEG_WORD_MAX, window->matches);
    memset(place, 0, ((size_t)window->len + 1) * sizeof *place);
    for (uint32_t m = 0; m < n; m++) {
        const struct lexicon_match match = window->matches[m];
        if (match.len < 2)
            continue;
        const seg_lanes lanes = lanes_of(lexicon_entry_at(lexicon, match.entry), match.len);
        raise(&place[match.start].begin, lanes);
        raise(&place[match.start + match.len].end, lanes);
        for (uint32_t k = match.start + 1; k < match.start + match.len; k++)
            raise(&place[k].inside, lanes);
    }
}

void jwi_seg_window_fill(struct seg_window *window, const struct lexicon *lexicon,
                         struct units sentence, uint32_t start, uint32_t end)
{
    window->len = end - start;
    for (int64_t i = -SEG_PAD; i < (int64_t)window->len + SEG_PAD; i++)
        set_unit(window, lexicon, sentence, (int64_t)start + i, i);
    find_words(window, lexicon);
}

/* 0, 2, 3, 4 and more as 2 bits. */
static inline uint32_t short_length(int8_t length)
{
    return length < 2 ? 0 : length < 4 ? (uint32_t)length - 1 : 3;
}

static inline uint32_t lengths(const struct seg_place *place, enum seg_lane lane)
{
    return (uint32_t)place->begin[lane] << 8 | (uint32_t)place->end[lane] << 4 |
           (uint32_t)place->inside[lane];
}

static inline uint32_t short_lengths(const struct seg_place *place, enum seg_lane lane)
{
    return short_length(place->end[lane]) << 4 | short_length(place->begin[lane]) << 2 |
           short_length(place->inside[lane]);
}

#define CELL(name, index) (ret[SEG_##name] = SEG_FIRST_##name + (index))

static inline void word_cells(const struct seg_place *p, uint32_t *ret)
{
    CELL(GENERAL, lengths(p, SEG_LANE_GENERAL));
    CELL(DICTIONARY, lengths(p, SEG_LANE_DICTIONARY));
    CELL(NAME, lengths(p, SEG_LANE_NAME));
    CELL(TITLE, lengths(p, SEG_LANE_TITLE));
    CELL(TERM, lengths(p, SEG_LANE_TERM));
    CELL(COMPANY, lengths(p, SEG_LANE_COMPANY));
    CELL(COLLOQUIAL, lengths(p, SEG_LANE_COLLOQUIAL));
    CELL(ANY, lengths(p, SEG_LANE_ANY));
    CELL(FREQUENCY, lengths(p, SEG_LANE_FREQUENCY));
}

/* A surname, how much the character behind it looks like a given name, and any word's lengths; 0
 * without a surname. */
static inline uint32_t surname(struct lexicon_char family, struct lexicon_char given,
                               uint32_t covering, uint32_t other)
{
    const uint32_t both = (uint32_t)given.given_first + given.given_second;
    return family.surname ? (uint32_t)family.surname << 12 | both << 8 | covering << 4 | other : 0;
}

static inline void name_cells(const struct lexicon_char *n, const struct seg_place *p,
                              uint32_t type, uint32_t *ret)
{
    const uint32_t begin = (uint32_t)p->begin[SEG_LANE_ANY], end = (uint32_t)p->end[SEG_LANE_ANY];
    const uint32_t inside = (uint32_t)p->inside[SEG_LANE_ANY];
    CELL(GIVEN_AFTER,
         (uint32_t)n[-1].surname << 6 | (uint32_t)n[0].given_first << 3 | n[1].given_second);
    CELL(GIVEN_AROUND,
         (uint32_t)n[-2].surname << 6 | (uint32_t)n[-1].given_first << 3 | n[0].given_second);
    CELL(GIVEN_BEFORE, (uint32_t)n[-3].surname << 9 | (uint32_t)n[-2].given_first << 6 |
                           (uint32_t)n[-1].given_second << 3 | type);
    CELL(GIVEN_SHORT, (uint32_t)n[-2].surname << 6 | (uint32_t)n[-1].given_first << 3 | type);
    CELL(SURNAME_AFTER_1, surname(n[-1], n[0], inside, begin));
    CELL(SURNAME_AFTER_2, surname(n[-2], n[-1], inside, end));
    CELL(SURNAME_AFTER_3, surname(n[-3], n[-2], inside, end));
    CELL(FOREIGN, (uint32_t)n[-2].foreign << 9 | (uint32_t)n[-1].foreign << 6 |
                      (uint32_t)n[0].foreign << 3 | n[1].foreign);
}

static inline uint32_t char_row(uint16_t symbol)
{
    return (symbol < SEG_CHARS ? (uint32_t)symbol : 0) << 6;
}

static inline void char_cells(const uint16_t *symbol, const uint8_t *type,
                              const struct seg_place *p, uint32_t *ret)
{
    const uint32_t before = char_row(symbol[-1]), after = char_row(symbol[0]);
    const uint32_t any = short_lengths(p, SEG_LANE_ANY),
                   general = short_lengths(p, SEG_LANE_GENERAL);
    CELL(CHAR_BEFORE_ANY, before | any);
    CELL(CHAR_AFTER_ANY, after | any);
    CELL(CHAR_BEFORE_GENERAL, before | general);
    CELL(CHAR_AFTER_GENERAL, after | general);
    CELL(CHAR_BEFORE_TYPES, before | (uint32_t)type[0] << 3 | type[1]);
    CELL(CHAR_AFTER_TYPES, after | (uint32_t)type[-1] << 3 | type[-2]);
}

void jwi_seg_cells(const struct seg_window *window, uint32_t k, uint32_t *ret)
{
    const uint8_t *type = window->type + k;
    const uint32_t *atom = window->atom + k;
    const struct seg_place *place = &window->place[k];
    CELL(TYPES, (uint32_t)type[-3] << 15 | (uint32_t)type[-2] << 12 | (uint32_t)type[-1] << 9 |
                    (uint32_t)type[0] << 6 | (uint32_t)type[1] << 3 | type[2]);
    CELL(REPEAT, (uint32_t)(atom[-1] == atom[1]) << 3 | (uint32_t)(atom[-2] == atom[0]) << 2 |
                     (uint32_t)(atom[-1] == atom[0]) << 1 | (uint32_t)(atom[-2] == atom[1]));
    word_cells(place, ret);
    name_cells(window->name + k, place, type[0], ret);
    char_cells(window->symbol + k, type, place, ret);
}
