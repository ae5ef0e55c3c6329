/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage mask: one word for the name of a company or a person, and the same for all companies, for all persons.
 * Method: from left to right, the longest name of the list that begins with a word and ends with one; if it is a company's and nothing else,
 * or the words around it say that it is a company's (model/company_name.h), or a user dictionary forces it as one, its words become one in a
 * copy of the text in which the same two characters stand for all of them.  Stages that tag, name and parse read that copy and write for all
 * words of the name: so that tags, trees and what is made of them do not depend on which company is spoken of, nor on how many words its
 * name has.  Persons likewise (model/person_name.h).
 * Reads tokens, also such as a caller gave; writes room->seen.  Cost: linear.  Without an entity list there are no names.
 */
#include "base/error.h"
#include "model/company_name.h"
#include "model/person_name.h"
#include "stage/stage.h"

#include <string.h>

enum { NAME_MAX = 16 }; /* units */

/* Names of one document. */
struct masker {
    const struct room *room;
    struct room_seen *seen;
    uint32_t *code, *at;
    uint8_t *cls;
    uint32_t unit; /* of the text; those before it are copied */
};

/* First word from `word` on that ends at the unit or behind it. */
static uint32_t word_ending(const struct room *room, uint32_t word, uint32_t end, uint32_t unit)
{
    while (word < end && room->words[word].end < unit)
        word++;
    return word;
}

/* A dictionary of the user has its say on words that it made. */
static int is_users(const struct room *room, jw_range words)
{
    for (uint32_t i = words.start; words.end - words.start > 1 && i < words.end; i++)
        if (room->words[i].flags & (JW_TOKEN_FORCED | JW_TOKEN_PREFERRED))
            return 1;
    return 0;
}

/* Type of the company's name, or of one that a user dictionary forces, on words [word, *ret_end) of the sentence's words, or KB_TYPE_COUNT. */
static enum kb_type name_at(const struct masker *masker, jw_range sentence, uint32_t word, uint32_t *ret_end)
{
    const struct room *room = masker->room;
    const uint32_t first = room->words[sentence.start].start, end = sentence.end;
    const struct units units = units_slice(room->units, first, room->words[end - 1].end);
    const struct kb *kb = room->kb;
    const uint32_t start = room->words[word].start, left = room->words[end - 1].end - start;
    const uint32_t len = left < NAME_MAX ? left : NAME_MAX;
    uint16_t symbols[NAME_MAX];
    enum kb_type ret = KB_TYPE_COUNT;
    uint32_t at = word;
    *ret_end = word + 1;
    if (room->words[word].name && room->words[word].end - start >= NAME_MASK_LEN) /* the copy has no more units than the text */
        return jwi_masked_of_label(kb, room->words[word].name);
    for (uint32_t i = 0; i < len; i++) {
        symbols[i] = kb_symbol(kb, room->units.code[start + i]);
        if (i == 1 && !kb_name_may_begin(kb, symbols[0], symbols[1]))
            return ret;
    }
    struct kb_walk walk = kb_walk_start(kb, symbols, 0, len);
    while (kb_walk_next(&walk)) {
        at = word_ending(room, at, end, start + walk.len);
        if (at == end || room->words[at].end != start + walk.len)
            continue;
        const int is_form = jwi_company_is_form(units_slice(room->units, start, start + walk.len));
        ret = is_form ? jwi_company_at(kb, walk.name, units, start - first, start - first + walk.len, 1) : KB_TYPE_COUNT;
        *ret_end = at + 1;
    }
    return ret != KB_TYPE_COUNT && is_users(room, (jw_range){word, *ret_end}) ? KB_TYPE_COUNT : ret;
}

/* Where words end from the word on; jwi_person_end. */
static uint32_t cuts_from(const struct room *room, uint32_t word, uint32_t end)
{
    const uint32_t start = room->words[word].start;
    uint32_t ret = 0;
    for (; word < end && room->words[word].end - start <= PERSON_MAX; word++)
        ret |= 1u << (room->words[word].end - start);
    return ret;
}

/* KB_PER and the end of the person's name that starts with the word, or KB_TYPE_COUNT. */
static enum kb_type person_at(const struct masker *masker, jw_range sentence, uint32_t word, uint32_t *ret_end)
{
    const struct room *room = masker->room;
    const struct room_seen *seen = masker->seen;
    const uint32_t first = room->words[sentence.start].start, start = room->words[word].start;
    const struct units units = units_slice(room->units, first, room->words[sentence.end - 1].end);
    const int is_behind_name = word > sentence.start && seen->name[seen->count - 1] && room->words[word - 1].end == start;
    const uint32_t unit = first + jwi_person_end(room->lexicon, room->kb, units, start - first, is_behind_name,
                                                 cuts_from(room, word, sentence.end));
    if (unit == start)
        return KB_TYPE_COUNT;
    const uint32_t last = word_ending(room, word, sentence.end, unit);
    *ret_end = last + 1;
    return last == sentence.end || room->words[last].end != unit || is_users(room, (jw_range){word, last + 1}) ? KB_TYPE_COUNT : KB_PER;
}

static void copy_until(struct masker *masker, uint32_t end)
{
    const struct units *from = &masker->room->units;
    struct units *to = &masker->seen->units;
    const uint32_t n = end > masker->unit ? end - masker->unit : 0;
    memcpy(masker->code + to->len, from->code + masker->unit, n * sizeof *from->code);
    memcpy(masker->at + to->len, from->at + masker->unit, n * sizeof *from->at);
    memcpy(masker->cls + to->len, from->cls + masker->unit, n);
    to->len += n;
    masker->unit += n;
}

/* The word of words [start, end) of the text; words that a caller gave may share a unit. */
static void add(struct masker *masker, uint32_t start, uint32_t end, enum kb_type type)
{
    const struct room_word *first = &masker->room->words[start], *last = &masker->room->words[end - 1];
    struct room_seen *seen = masker->seen;
    struct room_word word = *first;
    copy_until(masker, first->start);
    word.start = seen->units.len - (masker->unit - first->start);
    if (type == KB_TYPE_COUNT) {
        copy_until(masker, last->end);
    } else {
        for (uint32_t i = 0; i < NAME_MASK_LEN; i++, seen->units.len++) {
            masker->code[seen->units.len] = type == KB_PER ? jwi_person_mask[i] : jwi_company_mask[i];
            masker->at[seen->units.len] = masker->room->units.at[first->start];
            masker->cls[seen->units.len] = UNIT_HAN;
        }
        masker->unit = last->end;
    }
    word.end = seen->units.len;
    seen->token[seen->count] = start;
    seen->name[seen->count] = (uint8_t)(type == KB_TYPE_COUNT ? 0 : type + 1);
    seen->words[seen->count++] = word;
}

static jw_status make_room(const jw_doc *doc, struct room *room, struct masker *masker, jw_error *reterr)
{
    const size_t units = (size_t)room->units.len + 1, words = doc->token_count;
    struct room_seen *seen = masker->seen;
    masker->code = PUSH(room->lasting, uint32_t, units);
    masker->at = PUSH(room->lasting, uint32_t, units);
    masker->cls = PUSH(room->lasting, uint8_t, units);
    seen->words = PUSH(room->lasting, struct room_word, words);
    seen->token = PUSH(room->lasting, uint32_t, words + 1);
    seen->name = PUSH(room->lasting, uint8_t, words);
    seen->sentences = PUSH(room->lasting, jw_sentence, doc->sentence_count);
    const int is_made = masker->code && masker->at && masker->cls && seen->words && seen->token && seen->name && seen->sentences;
    seen->units = (struct units){masker->code, masker->cls, masker->at, 0};
    seen->count = 0;
    return is_made ? JW_OK : jwi_fail_memory(reterr);
}

static jw_status run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    struct masker masker = {.room = room, .seen = &room->seen};
    struct room_seen *seen = &room->seen;
    (void)view;
    TRY(make_room(doc, room, &masker, reterr));
    for (uint32_t s = 0; s < doc->sentence_count; s++) {
        const jw_range tokens = doc->sentences[s].tokens;
        seen->sentences[s] = doc->sentences[s];
        seen->sentences[s].tokens.start = seen->count;
        for (uint32_t i = tokens.start, end; i < tokens.end; i = end) {
            enum kb_type type = room->kb ? name_at(&masker, tokens, i, &end) : KB_TYPE_COUNT;
            if (type == KB_TYPE_COUNT && room->kb && room->lexicon)
                type = person_at(&masker, tokens, i, &end);
            end = type == KB_TYPE_COUNT ? i + 1 : end;
            add(&masker, i, end, type);
        }
        seen->sentences[s].tokens.end = seen->count;
    }
    copy_until(&masker, room->units.len);
    masker.at[seen->units.len] = room->units.at[room->units.len];
    seen->token[seen->count] = doc->token_count;
    return JW_OK;
}

const struct stage jwi_stage_mask = {"mask", JW_LAYER_TOKENS, LAYER_MASK, 0, NULL, run};
