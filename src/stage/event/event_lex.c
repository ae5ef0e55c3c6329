/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section EVNT, used in place: every index is checked once, at open.
 * Method: words sorted by letters; a hashed table gives those of a first letter, bisection those that go on as the text does.
 */
#include "stage/event/event.h"

#include "base/error.h"

uint32_t jwi_event_slot(uint32_t code)
{
    return (code * 2654435761u >> 16) & (EVENT_SLOTS - 1);
}

/* FNV-1a of a name, never 0. */
uint32_t jwi_event_name(jw_bytes name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    return hash ? hash : 1;
}

static int holds(uint32_t size, uint32_t at, uint32_t len)
{
    return at <= size && size - at >= len;
}

static int are_words_sound(const struct event_lex *lex)
{
    const struct event_header *const header = lex->header;
    uint32_t empty = 0;
    for (uint32_t i = 0; i < EVENT_SLOTS; i++) {
        if (lex->slot[i].low > lex->slot[i].high || lex->slot[i].high > header->word_count)
            return 0;
        empty += lex->slot[i].code == 0;
    }
    for (uint32_t i = 0; i < header->word_count; i++) {
        const struct event_word *const word = &lex->word[i];
        if (!word->len || word->len > EVENT_WORD_MAX || !holds(header->code_count, word->code_at, word->len) ||
            !holds(header->tag_count, word->tag_at, word->tag_count))
            return 0;
    }
    for (uint32_t i = 0; i < header->tag_count; i++)
        if (lex->tag[i].cls >= header->class_count || lex->tag[i].direction < -1 || lex->tag[i].direction > 1)
            return 0;
    return empty > 0 && header->metric_class < header->class_count && header->passive_class < header->class_count &&
           header->branch_class < header->class_count && header->talk_class < header->class_count &&
           header->speech_class < header->class_count;
}

static int is_pattern_sound(const struct event_lex *lex, const struct event_pattern *pattern)
{
    const struct event_header *const header = lex->header;
    if (!pattern->count || pattern->count > EVENT_ELEMENTS || pattern->trigger >= pattern->count || pattern->direction > DIRECT_VALUE ||
        pattern->progress > JW_DENIED || pattern->fact > JW_RUMOUR + 1 || pattern->conf > JW_SCALE ||
        (pattern->leaf >= header->leaf_count && pattern->leaf != EVENT_NO_LEAF) ||
        !holds(header->list_count, pattern->void_at, pattern->void_count))
        return 0;
    for (uint32_t i = 0; i < pattern->count; i++)
        if (pattern->element[i] >= header->class_count)
            return 0;
    return 1;
}

static int are_patterns_sound(const struct event_lex *lex)
{
    const struct event_header *const header = lex->header;
    for (uint32_t i = 0; i < header->class_count; i++)
        if (!holds(header->pattern_count, lex->cls[i].pattern_at, lex->cls[i].pattern_count))
            return 0;
    for (uint32_t i = 0; i < header->pattern_count; i++)
        if (!is_pattern_sound(lex, &lex->pattern[i]))
            return 0;
    for (uint32_t i = 0; i < header->list_count; i++)
        if ((lex->list[i] & ~EVENT_FAR) >= header->class_count)
            return 0;
    return 1;
}

static int are_leaves_sound(const struct event_lex *lex)
{
    const struct event_header *const header = lex->header;
    for (uint32_t i = 0; i < header->role_count; i++)
        if (lex->role[i].leaf >= header->leaf_count || lex->role[i].role >= LEAF_ROLES || lex->role[i].cls >= header->class_count ||
            (i && lex->role[i - 1].leaf > lex->role[i].leaf))
            return 0;
    for (uint32_t i = 0; i < header->note_count; i++) {
        const struct event_note *const note = &lex->note[i];
        if (note->leaf >= header->leaf_count || (note->becomes >= header->leaf_count && note->becomes != EVENT_NO_LEAF) ||
            note->direction > DIRECT_DOWN || note->market < -10 * JW_SCALE || note->market > 10 * JW_SCALE ||
            note->credit < -10 * JW_SCALE || note->credit > 10 * JW_SCALE || (i && lex->note[i - 1].leaf > note->leaf))
            return 0;
    }
    for (uint32_t i = 0; i < header->credit_count; i++)
        if (lex->credit[i].leaf >= header->leaf_count || lex->credit[i].without > header->class_count ||
            lex->credit[i].code >= TAXONOMY_CREDITS || (i && lex->credit[i - 1].leaf > lex->credit[i].leaf))
            return 0;
    return header->leaf_count <= TAXONOMY_LEAVES;
}

static int is_confidence_sound(const struct event_header *header)
{
    for (int i = 0; i <= EVENT_CONF_STEPS; i++)
        if (header->conf[i] > JW_SCALE || (i && header->conf[i] < header->conf[i - 1]))
            return 0;
    return 1;
}

int32_t jwi_event_confidence(const struct event_lex *lex, int32_t said)
{
    enum { STEP = JW_SCALE / EVENT_CONF_STEPS };
    const int32_t at = said < 0 ? 0 : said < JW_SCALE ? said / STEP : EVENT_CONF_STEPS - 1;
    const int32_t low = lex->header->conf[at], high = lex->header->conf[at + 1], part = said < 0 ? 0 : said < JW_SCALE ? said % STEP : STEP;
    return low + ((high - low) * part + STEP / 2) / STEP;
}

jw_status jwi_event_lex_open(jw_bytes section, struct event_lex *ret, jw_error *reterr)
{
    const struct event_header *const header = (const void *)section.at;
    if (section.len < sizeof *header)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section EVNT: %zu bytes hold no header", section.len);
    if (header->version != EVENT_VERSION)
        return jwi_fail(reterr, JW_EMODEL_VERSION, 0, "section EVNT: version %u, wanted %d", header->version, EVENT_VERSION);
    uint64_t at = sizeof *header;
    const uint64_t sizes[] = {(uint64_t)EVENT_SLOTS * sizeof *ret->slot,
                              (uint64_t)header->word_count * sizeof *ret->word,
                              (uint64_t)header->tag_count * sizeof *ret->tag,
                              (uint64_t)header->class_count * sizeof *ret->cls,
                              (uint64_t)header->pattern_count * sizeof *ret->pattern,
                              (uint64_t)header->role_count * sizeof *ret->role,
                              (uint64_t)header->note_count * sizeof *ret->note,
                              (uint64_t)header->credit_count * sizeof *ret->credit,
                              (uint64_t)header->code_count * sizeof *ret->code,
                              (uint64_t)header->list_count * sizeof *ret->list};
    enum { PARTS = sizeof sizes / sizeof *sizes };
    const void *part[PARTS];
    uint64_t end = at;
    for (int i = 0; i < PARTS; i++)
        end += sizes[i];
    if (end != section.len)
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section EVNT: sizes do not add up");
    for (int i = 0; i < PARTS; at += sizes[i++])
        part[i] = section.at + at;
    const struct event_lex lex = {header, part[0], part[1], part[2], part[3], part[4], part[9], part[5], part[6], part[7], part[8]};
    if (!are_words_sound(&lex) || !are_patterns_sound(&lex) || !are_leaves_sound(&lex) || !is_confidence_sound(header))
        return jwi_fail(reterr, JW_EMODEL_CORRUPT, 0, "section EVNT: an index is out of range");
    *ret = lex;
    return JW_OK;
}

/* Letter of the word at `depth`; 0, before every letter, when it has ended. */
static uint32_t letter(const struct event_lex *lex, uint32_t word, uint32_t depth)
{
    return depth < lex->word[word].len ? lex->code[lex->word[word].code_at + depth] : 0;
}

static uint32_t lower_bound(const struct event_lex *lex, uint32_t low, uint32_t high, uint32_t depth, uint32_t code)
{
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (letter(lex, middle, depth) < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t folded(uint32_t code)
{
    return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

uint32_t jwi_event_words_at(const struct event_lex *lex, const uint32_t *codes, uint32_t len, uint32_t *ret)
{
    uint32_t n = 0, at = jwi_event_slot(folded(codes[0]));
    while (lex->slot[at].code && lex->slot[at].code != folded(codes[0]))
        at = (at + 1) & (EVENT_SLOTS - 1);
    if (!lex->slot[at].code)
        return 0;
    uint32_t low = lex->slot[at].low, high = lex->slot[at].high;
    for (uint32_t depth = 1; low < high; depth++) {
        if (lex->word[low].len == depth && n < EVENT_WORD_MAX)
            ret[n++] = low;
        if (depth >= len)
            break;
        const uint32_t code = folded(codes[depth]);
        low = lower_bound(lex, low, high, depth, code);
        high = lower_bound(lex, low, high, depth, code + 1);
    }
    return n;
}
