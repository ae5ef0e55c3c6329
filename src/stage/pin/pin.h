/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage pin: what is known before any model is asked.
 * Method: a state machine marks the inside of numbers, Latin words, URLs, runs of marks and emoji as JOIN, exactly as far as the treebank
 * leaves no choice; user dictionaries then force or favour their forms; tokens that were given come as they are.  Writes room->boundary and
 * room->pins.  The outer edges of a rule's pin stay free, because the treebank lets them grow: 第18, 20萬, 卡拉OK.  Cost: linear.
 */
#ifndef JW_STAGE_PIN_PIN_H
#define JW_STAGE_PIN_PIN_H

#include "stage/stage.h"

/* Units [start, end) to be read by a rule: no blank and no part edge inside.  `units` is the whole text. */
struct pin_stretch {
    struct units units;
    uint32_t start, end;
};

/* End of the span that a rule keeps together from `at` on, or `at` when no rule starts there.  *cut: the span's end is an edge for sure. */
uint32_t jwi_pin_rule(const struct pin_stretch *stretch, uint32_t at, int *cut);

/* The same for Latin words, numbers and URLs; requires a letter or digit at `at`. */
uint32_t jwi_pin_word(const struct pin_stretch *stretch, uint32_t at, int *cut);

struct pin_match {
    uint32_t start, end, entry;
    uint16_t dict, level, pos;
    uint8_t is_pattern, is_chosen;
};

struct pin_matches {
    struct pin_match *at; /* by start */
    uint32_t len;
};

/*
 * Matches of all user dictionaries, the chosen ones marked; forced ones are written into the boundaries, preferred ones yield to any JOIN.
 * `kind` has the kind of the pin that starts at each unit, 0 for none; forced forms take the place of rules' pins.
 */
jw_status jwi_pin_dicts(struct room *room, const jw_doc *doc, uint8_t *kind,
                        struct pin_matches *ret, jw_error *reterr);

#endif
