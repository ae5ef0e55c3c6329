/* SPDX-License-Identifier: Apache-2.0 */
/* Stage pin: rules over stretches, user dictionaries, given tokens, and the list of pins; see pin.h. */
#include "stage/pin/pin.h"

#include "base/error.h"
#include "model/userdict.h"

static void join(uint8_t *boundary, uint32_t start, uint32_t end)
{
    for (uint32_t i = start + 1; i < end; i++)
        boundary[i] = BOUNDARY_JOIN;
}

/* No rule starts at most characters of Chinese text. */
static int may_start(uint8_t cls)
{
    return cls != UNIT_HAN && cls != UNIT_KANA;
}

static int is_numeral(const struct units *units, uint32_t at)
{
    return units->cls[at] == UNIT_DIGIT || code_is_scale(units->code[at]);
}

/* 7.1億元|年增: an amount is no era, whose first year is 元年; and 元月 is January unless it rises or falls. */
static void cut_amounts(const struct units *units, uint8_t *boundary)
{
    enum { YUAN = 0x5143, YEAR = 0x5e74, MONTH = 0x6708, RISE = 0x589e, FALL = 0x6e1b };
    for (uint32_t at = 1; at + 1 < units->len; at++) {
        const uint32_t next = units->code[at + 1], after = at + 2 < units->len ? units->code[at + 2] : 0;
        if (units->code[at] == YUAN && is_numeral(units, at - 1) && (next == YEAR || (next == MONTH && (after == RISE || after == FALL))))
            boundary[at + 1] = BOUNDARY_CUT;
    }
}

static void run_rules(struct pin_stretch *stretch, uint8_t *boundary, uint8_t *kind)
{
    for (uint32_t at = stretch->start; at < stretch->end;) {
        int cut;
        const uint32_t end =
            may_start(stretch->units.cls[at]) ? jwi_pin_rule(stretch, at, &cut) : at;
        if (end == at) {
            at++;
            continue;
        }
        join(boundary, at, end);
        if (cut)
            boundary[end] = BOUNDARY_CUT;
        kind[at] = JW_TOKEN_PINNED;
        at = end;
    }
}

/* A stretch ends where norm cut: at blanks and part edges. */
static void pin_rules(struct room *room, uint8_t *kind)
{
    struct pin_stretch stretch = {room->units, 0, 0};
    while (stretch.start < room->units.len) {
        stretch.end = stretch.start + 1;
        while (stretch.end < room->units.len && room->boundary[stretch.end] != BOUNDARY_CUT)
            stretch.end++;
        if (room->units.cls[stretch.start] != UNIT_SPACE)
            run_rules(&stretch, room->boundary, kind);
        stretch.start = stretch.end;
    }
    cut_amounts(&room->units, room->boundary);
}

/* Units of a given token; its edges are unit edges because norm saw to it. */
static void pin_given(struct room *room, const jw_doc *doc, uint8_t *kind)
{
    const struct units *units = &room->units;
    uint32_t unit = 0;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        while (unit < units->len && units->at[unit] < doc->tokens[i].text.start)
            unit++;
        const uint32_t start = unit;
        while (unit < units->len && units->at[unit] < doc->tokens[i].text.end)
            unit++;
        if (unit == start)
            continue;
        join(room->boundary, start, unit);
        room->boundary[start] = room->boundary[unit] = BOUNDARY_CUT;
        kind[start] = JW_TOKEN_GIVEN;
    }
}

static uint32_t count_pins(const uint8_t *kind, uint32_t len, const struct pin_matches *matches)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < len; i++)
        n += kind[i] != 0;
    for (uint32_t i = 0; i < matches->len; i++)
        n += matches->at[i].is_chosen;
    return n;
}

static uint32_t joined_end(const struct room *room, uint32_t at)
{
    at++;
    while (at < room->units.len && room->boundary[at] == BOUNDARY_JOIN)
        at++;
    return at;
}

static struct room_pin pin_of_match(const struct room *room, const struct pin_match *match)
{
    jw_bytes entity;
    struct room_pin pin = {match->start, match->end, JW_TOKEN_PREFERRED, match->pos, 0};
    if (match->level != JW_FORCE)
        return pin;
    const uint32_t type = jwi_userdict_name(room->options->userdicts[match->dict], match->entry, &entity);
    pin.kind = JW_TOKEN_FORCED;
    pin.name = type == JW_NONE ? 0 : type + 1;
    return pin;
}

/* Merges what rules or the caller pinned with the dictionaries' choices, by start. */
static jw_status list_pins(struct room *room, const uint8_t *kind,
                           const struct pin_matches *matches, jw_error *reterr)
{
    const uint32_t cap = count_pins(kind, room->units.len, matches);
    struct room_pin *pins = PUSH(room->lasting, struct room_pin, cap);
    if (!pins)
        return jwi_fail_memory(reterr);
    uint32_t n = 0, match = 0;
    for (uint32_t at = 0; at < room->units.len; at++) {
        for (; match < matches->len && matches->at[match].start == at; match++)
            if (matches->at[match].is_chosen)
                pins[n++] = pin_of_match(room, &matches->at[match]);
        if (!kind[at])
            continue;
        const struct room_pin pin = {at, joined_end(room, at), kind[at], 0, 0};
        pins[n++] = pin;
    }
    room->pins = pins;
    room->pin_count = n;
    return JW_OK;
}

static jw_status pin_run(const void *view, struct room *room, jw_doc *doc, jw_error *reterr)
{
    (void)view;
    struct pin_matches matches = {NULL, 0};
    uint8_t *kind = PUSH_ZERO(room->scratch, uint8_t, (size_t)room->units.len + 1);
    if (!kind)
        return jwi_fail_memory(reterr);
    if (doc->layers & JW_LAYER_TOKENS)
        pin_given(room, doc, kind);
    else {
        pin_rules(room, kind);
        if (room->options->userdict_count)
            TRY(jwi_pin_dicts(room, doc, kind, &matches, reterr));
    }
    return list_pins(room, kind, &matches, reterr);
}

const struct stage jwi_stage_pin = {"pin", JW_LAYER_TEXT, 0, 0, NULL, pin_run};
