/* SPDX-License-Identifier: Apache-2.0 */
/*
 * User dictionaries over the units.
 * Method: find the patterns' matches, collect all matches at every unit (of forms at most USERDICT_MATCHES a level, dictionary and place),
 * bring them by counting sort into the order of the promise - forced before preferred, stronger dictionary, forms before patterns, longer,
 * further left - and accept greedily what overlaps nothing accepted.
 */
#include "stage/pin/pin.h"

#include "base/error.h"
#include "model/userdict.h"

/* Units of each part, so that no form matches across two. */
struct walk {
    struct room *room;
    const jw_doc *doc;
    uint8_t *kind;
    struct userdict_finder finder;
    struct pin_match *matches; /* NULL while counting */
    uint32_t count;
};

static void take_match(struct walk *walk, uint32_t dict, uint32_t start,
                       const struct userdict_match *match, int is_pattern)
{
    if (walk->matches) {
        const struct pin_match found = {.start = start,
                                        .end = start + match->len,
                                        .entry = match->entry,
                                        .dict = (uint16_t)dict,
                                        .level = match->level,
                                        .pos = match->pos,
                                        .is_pattern = (uint8_t)is_pattern};
        walk->matches[walk->count] = found;
    }
    walk->count++;
}

static void match_part(struct walk *walk, const struct userdict_part *part)
{
    const jw_options *options = walk->room->options;
    for (uint32_t at = 0; at < part->text.units.len; at++) {
        const uint32_t unit = part->first + at;
        for (uint32_t dict = 0; dict < options->userdict_count; dict++) {
            struct userdict_match found[2 * USERDICT_MATCHES];
            const uint32_t n = jwi_userdict_match(options->userdicts[dict], &part->text, at, found);
            for (uint32_t i = 0; i < n; i++)
                take_match(walk, dict, unit, &found[i], 0);
        }
        const struct userdict_hit *hit = userdict_hits(&walk->finder, unit);
        for (; hit; hit = hit->next)
            take_match(walk, hit->dict, unit, &hit->match, 1);
    }
}

/* The part's units; the next part starts at *unit then. */
static struct userdict_part take_part(const struct walk *walk, uint32_t index, uint32_t *unit)
{
    const struct room *room = walk->room;
    const uint32_t first = *unit, end = walk->doc->parts[index].text.end;
    while (*unit < room->units.len && room->units.at[*unit] < end)
        ++*unit;
    const struct userdict_part part = {{walk->doc->text.at, units_slice(room->units, first, *unit),
                                        (room->options->flags & JW_SCRIPT_HANS) != 0},
                                       first,
                                       room->units.len};
    return part;
}

static void match_all(struct walk *walk)
{
    uint32_t unit = 0;
    walk->count = 0;
    for (uint32_t i = 0; i < walk->doc->part_count; i++) {
        const struct userdict_part part = take_part(walk, i, &unit);
        match_part(walk, &part);
    }
}

static jw_status find_patterns(struct walk *walk, jw_error *reterr)
{
    const jw_options *options = walk->room->options;
    uint32_t unit = 0;
    jwi_userdict_finder(&walk->finder, options->userdicts, options->userdict_count,
                        walk->room->scratch);
    for (uint32_t i = 0; i < walk->doc->part_count; i++) {
        const struct userdict_part part = take_part(walk, i, &unit);
        TRY(jwi_userdict_find(&walk->finder, &part, reterr));
    }
    return JW_OK;
}

static uint32_t rank_of(const struct pin_match *match, uint32_t dicts)
{
    const uint32_t level = match->level == JW_FORCE ? 0 : 1;
    const uint32_t source = (level * dicts + match->dict) * 2 + match->is_pattern;
    return source * USERDICT_FORM_MAX + USERDICT_FORM_MAX - (match->end - match->start);
}

/* Indexes of the matches by rank; equal ranks stay in text order. */
static uint32_t *sort_by_rank(struct room *room, const struct walk *walk)
{
    const uint32_t dicts = room->options->userdict_count, ranks = 4 * dicts * USERDICT_FORM_MAX;
    uint32_t *order = PUSH(room->scratch, uint32_t, walk->count);
    uint32_t *at = PUSH_ZERO(room->scratch, uint32_t, (size_t)ranks + 1);
    if (!order || !at)
        return NULL;
    for (uint32_t i = 0; i < walk->count; i++)
        at[rank_of(&walk->matches[i], dicts) + 1]++;
    for (uint32_t i = 0; i < ranks; i++)
        at[i + 1] += at[i];
    for (uint32_t i = 0; i < walk->count; i++)
        order[at[rank_of(&walk->matches[i], dicts)]++] = i;
    return order;
}

static int is_free(const uint8_t *taken, const struct pin_match *match)
{
    for (uint32_t i = match->start; i < match->end; i++)
        if (taken[i])
            return 0;
    return 1;
}

/* The rules' pins that a forced form cuts into are pins no more; what is left of them stays joined. */
static void drop_rules(struct walk *walk, const struct pin_match *match)
{
    uint32_t first = match->start;
    while (first > 0 && walk->room->boundary[first] == BOUNDARY_JOIN)
        first--;
    walk->kind[first] = 0;
    for (uint32_t i = match->start; i < match->end; i++)
        walk->kind[i] = 0;
}

/* A form with pieces is listed as several pins instead of one. */
static void split(struct walk *walk, struct pin_match *match, const uint8_t *piece_end,
                  uint32_t pieces)
{
    match->is_chosen = 0;
    walk->kind[match->start] = JW_TOKEN_FORCED;
    for (uint32_t i = 0; i + 1 < pieces; i++) {
        walk->room->boundary[match->start + piece_end[i]] = BOUNDARY_CUT;
        walk->kind[match->start + piece_end[i]] = JW_TOKEN_FORCED;
    }
}

static void write_forced(struct walk *walk, struct pin_match *match)
{
    uint8_t *boundary = walk->room->boundary;
    const uint8_t *piece_end;
    drop_rules(walk, match);
    for (uint32_t i = match->start + 1; i < match->end; i++)
        boundary[i] = BOUNDARY_JOIN;
    boundary[match->start] = boundary[match->end] = BOUNDARY_CUT;
    const uint32_t pieces =
        jwi_userdict_pieces(walk->room->options->userdicts[match->dict], match->entry, &piece_end);
    if (pieces)
        split(walk, match, piece_end, pieces);
}

/* Rules are stronger than a preference: its edges must not lie inside a pin. */
static int yields(const struct walk *walk, const struct pin_match *match)
{
    const uint8_t *boundary = walk->room->boundary;
    return boundary[match->start] == BOUNDARY_JOIN || boundary[match->end] == BOUNDARY_JOIN;
}

static void choose(struct walk *walk, const uint32_t *order, uint8_t *taken)
{
    for (uint32_t i = 0; i < walk->count; i++) {
        struct pin_match *match = &walk->matches[order[i]];
        if (!is_free(taken, match) || (match->level == JW_PREFER && yields(walk, match)))
            continue;
        match->is_chosen = 1;
        for (uint32_t k = match->start; k < match->end; k++)
            taken[k] = 1;
        if (match->level == JW_FORCE)
            write_forced(walk, match);
    }
}

jw_status jwi_pin_dicts(struct room *room, const jw_doc *doc, uint8_t *kind,
                        struct pin_matches *ret, jw_error *reterr)
{
    struct walk walk = {.room = room, .doc = doc, .kind = kind};
    TRY(find_patterns(&walk, reterr));
    match_all(&walk);
    if (!walk.count)
        return JW_OK;
    walk.matches = PUSH(room->scratch, struct pin_match, walk.count);
    uint8_t *taken = PUSH_ZERO(room->scratch, uint8_t, room->units.len);
    if (!walk.matches || !taken)
        return jwi_fail_memory(reterr);
    match_all(&walk);
    const uint32_t *order = sort_by_rank(room, &walk);
    if (!order)
        return jwi_fail_memory(reterr);
    choose(&walk, order, taken);
    ret->at = walk.matches;
    ret->len = walk.count;
    return JW_OK;
}
