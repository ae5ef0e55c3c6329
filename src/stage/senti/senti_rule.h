/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the rules of senti: the senses of a clause, the concept a sense is about, and one function for each kind of sense. */
#ifndef JW_STAGE_SENTI_SENTI_RULE_H
#define JW_STAGE_SENTI_SENTI_RULE_H

#include "stage/senti/senti_work.h"

/* How sure the rules are. */
enum {
    CONCEPT_CONF = 8000,
    EXPECT_CONF = 8500,
    VIEW_CONF = 7000,
    WORD_CONF = 6500,
    FORUM_CONF = 8500, /* of words that count on forums only: they tell what the writer thinks */
    DECLARED_CONF = 9500,
    BARE_CONF = 6000,
    ACT_CONF = 2000 /* of what a firm undertakes: as good as nothing beside anything else */
};

static inline const struct sense *sense_at(const struct place *place, uint32_t i)
{
    return &place->work->doc->senses[i];
}

static inline uint32_t kinds_at(const struct place *place, uint32_t i)
{
    return sense_at(place, i)->term->kinds;
}

static inline const struct scope *scope_at(const struct place *place, uint32_t token)
{
    return &place->work->doc->scopes[token];
}

static inline jw_range cover(jw_range a, jw_range b)
{
    const jw_range both = {a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
    return both;
}

/* 由季增5%下修至持平: what stands behind 由 is where a change comes from. */
int jwi_senti_is_origin(const struct place *place, uint32_t at);

/*
 * The concept before sense `at`, up to another direction; the one behind it; the one it is about, here or in the clause before.  JW_NONE when
 * there is none.
 */
uint32_t jwi_senti_concept_before(const struct place *place, uint32_t at);
uint32_t jwi_senti_concept_behind(const struct place *place, uint32_t at);
uint32_t jwi_senti_concept_of(const struct place *place, uint32_t at);

/* Value of a concept; of 幅度, 金額 and the like that of the last concept of the clause before. */
int32_t jwi_senti_valence(const struct place *place, const struct sense *concept);

/* Adds a finding for whoever bears it; `is_before` as for the bearers. */
jw_status jwi_senti_say(const struct place *place, struct finding *finding, int is_before, jw_error *reterr);

/* What a direction, a word, an absent concept says. */
jw_status jwi_senti_direction(const struct place *place, uint32_t at, jw_error *reterr);
jw_status jwi_senti_word(const struct place *place, uint32_t at, jw_error *reterr);
jw_status jwi_senti_absence(const struct place *place, uint32_t at, jw_error *reterr);

#endif
