/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of user dictionaries.  A row with a type is a name: forced ones are mentions wherever they match, preferred ones where words begin
 * and end.  Their entity is one of the list, by id or code, or one of the user's own, which the document then has as a local.
 */
#include "stage/entity/entity.h"

#include "base/error.h"
#include "model/userdict.h"

#include <string.h>

enum { POINTS_FORCE = 150, POINTS_PREFER = 50 };

/* One match; its entity is a string still. */
struct match {
    uint32_t start, end, type;
    jw_bytes entity;
    uint16_t level;
};

struct matches {
    struct match *at; /* NULL while counting */
    uint32_t len;
};

/* What is looked through. */
struct walk {
    const struct linker *linker;
    struct userdict_finder finder;
    struct matches *ret;
};

static void take(const jw_userdict *dict, const struct userdict_match *found, struct match *ret)
{
    jw_bytes entity;
    const uint32_t type = jwi_userdict_name(dict, found->entry, &entity);
    if (type == JW_NONE || found->level <= ret->level)
        return;
    const struct match match = {.end = ret->start + found->len,
                                .start = ret->start,
                                .type = type,
                                .entity = entity,
                                .level = found->level};
    *ret = match;
}

/* The longest pattern's match of each level, if the level is above the one there is. */
static void take_hits(const struct walk *walk, uint32_t dict, struct match *ret)
{
    for (uint16_t level = JW_FORCE; level >= JW_PREFER; level--) {
        const struct userdict_hit *best = NULL;
        const struct userdict_hit *hit = userdict_hits(&walk->finder, ret->start);
        for (; hit; hit = hit->next)
            if (hit->dict == dict && hit->match.level == level &&
                (!best || hit->match.len > best->match.len))
                best = hit;
        if (best)
            take(walk->finder.dicts[dict], &best->match, ret);
    }
}

/* The longest name that starts at the unit in the strongest dictionary; forced before preferred, forms before patterns. */
static int best_at(const struct walk *walk, const struct userdict_part *part, uint32_t at,
                   struct match *ret)
{
    ret->level = 0;
    ret->start = part->first + at;
    for (uint32_t dict = 0; dict < walk->finder.dict_count; dict++) {
        struct userdict_match found[2 * USERDICT_MATCHES];
        if (!jwi_userdict_has_names(walk->finder.dicts[dict]))
            continue;
        const uint32_t n = jwi_userdict_match(walk->finder.dicts[dict], &part->text, at, found);
        for (uint32_t i = n; i-- > 0;)
            take(walk->finder.dicts[dict], &found[i], ret);
        take_hits(walk, dict, ret);
    }
    return ret->level;
}

static void match_part(const struct walk *walk, const struct userdict_part *part)
{
    const uint8_t *edge = walk->linker->edge;
    for (uint32_t at = 0; at < part->text.units.len; at++) {
        struct match match;
        if (!edge[part->first + at] || !best_at(walk, part, at, &match) || !edge[match.end])
            continue;
        if (walk->ret->at)
            walk->ret->at[walk->ret->len] = match;
        walk->ret->len++;
        at = match.end - part->first - 1;
    }
}

/* Counts the matches, or lists them when there is room; patterns are searched for while counting. */
static jw_status match_all(struct walk *walk, jw_error *reterr)
{
    const struct linker *linker = walk->linker;
    uint32_t at = 0;
    walk->ret->len = 0;
    for (uint32_t i = 0; i < linker->doc->part_count; i++) {
        uint32_t end = at;
        while (end < linker->units.len && linker->units.at[end] < linker->doc->parts[i].text.end)
            end++;
        const struct userdict_part part = {{linker->doc->text.at,
                                            units_slice(linker->units, at, end),
                                            (linker->room->options->flags & JW_SCRIPT_HANS) != 0},
                                           at,
                                           linker->units.len};
        if (!walk->ret->at)
            TRY(jwi_userdict_find(&walk->finder, &part, reterr));
        match_part(walk, &part);
        at = end;
    }
    return JW_OK;
}

static int has_names(const jw_options *options)
{
    for (uint32_t i = 0; i < options->userdict_count; i++)
        if (jwi_userdict_has_names(options->userdicts[i]))
            return 1;
    return 0;
}

/* A local for an entity of the user's own; one for each place, the table joins equal ones. */
static uint32_t own_entity(struct linker *linker, const struct match *match)
{
    const struct local local = {.start = match->start,
                                .end = match->end,
                                .eid = match->entity,
                                .type = (uint16_t)match->type};
    linker->locals[linker->local_count] = local;
    return linker->kb->entity_count + linker->local_count++;
}

static struct name name_of(struct linker *linker, const struct match *match)
{
    uint32_t entity = jwi_kb_find_eid(linker->kb, match->entity);
    if (entity == JW_NONE)
        entity = jwi_kb_find_code(linker->kb, match->entity);
    if (entity == JW_NONE)
        entity = own_entity(linker, match);
    const int32_t points = match->level == JW_FORCE ? POINTS_FORCE : POINTS_PREFER;
    const struct name name = {.start = match->start,
                              .end = match->end,
                              .key = JW_NONE,
                              .entity = entity,
                              .score = points,
                              .flags = NAME_TAKEN | NAME_LOCAL | NAME_ALIGNED,
                              .kind = KB_SHORT,
                              .type = (uint16_t)(match->type + 1)};
    return name;
}

jw_status jwi_entity_user(struct linker *linker, jw_error *reterr)
{
    const jw_options *options = linker->room->options;
    struct matches matches = {NULL, 0};
    struct walk walk = {.linker = linker, .ret = &matches};
    const int is_used = has_names(options);
    jwi_userdict_finder(&walk.finder, options->userdicts, options->userdict_count,
                        linker->room->scratch);
    walk.finder.is_for_names = 1;
    if (is_used)
        TRY(match_all(&walk, reterr));
    matches.at = PUSH(linker->room->scratch, struct match, matches.len);
    struct name *names = PUSH(linker->room->scratch, struct name, matches.len);
    linker->locals =
        PUSH(linker->room->scratch, struct local, (size_t)linker->role_count + matches.len + LOCALS_OF_RECORD);
    if (!matches.at || !names || !linker->locals)
        return jwi_fail_memory(reterr);
    if (is_used)
        TRY(match_all(&walk, reterr));
    for (uint32_t i = 0; i < matches.len; i++)
        names[i] = name_of(linker, &matches.at[i]);
    return jwi_entity_add(linker, names, matches.len, reterr);
}
