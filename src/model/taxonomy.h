/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Section TAXO: what the finance layers can say.  Lines of cells, the first names the table, the rest are the columns of
 * dict/events/{events,relations,credit,aspects,templates}.tsv without their heads; read once at open.  Ids are ranks within a table; roles are
 * ranked as they first appear.
 */
#ifndef JW_MODEL_TAXONOMY_H
#define JW_MODEL_TAXONOMY_H

#include "base/arena.h"
#include "model/file.h"
#include "model/labels.h"

enum {
    TAXONOMY_LEAVES = 96,
    TAXONOMY_ROLES = 160,
    TAXONOMY_RELATIONS = 48,
    TAXONOMY_CREDITS = 96,
    TAXONOMY_ASPECTS = 48,
    LEAF_ROLES = 10,
    CREDIT_LEAVES = 6
};

/* How the sign of a prior is found. */
enum leaf_sign { SIGN_FIXED, SIGN_DIRECTION, SIGN_ROLE };

/* Whose an event is: a debt or a suit of the firm that has it, what a firm earns and makes of its group too. */
enum leaf_kin { KIN_NONE, KIN_OWN, KIN_GROUP };

/* One event type; roles are ids of JW_LABELS_ROLE or JW_NONE. */
struct leaf {
    jw_bytes code, name, line; /* line: template of the summary, write/summary_line.c */
    int32_t market_prior, credit_prior; /* 1/JW_SCALE */
    uint32_t bears, also;
    int32_t also_share; /* 1/JW_SCALE */
    uint16_t aspect;
    uint8_t sign, credit_sign; /* enum leaf_sign */
    uint8_t kin; /* enum leaf_kin */
    uint8_t is_scheduled, is_exempt, is_misfortune;
    uint8_t is_grave;  /* told of a firm only where its own sentence says so */
    uint8_t is_report; /* figures of a period: reported, not announced */
    uint8_t is_mutual; /* every party bears it */
    uint8_t is_share;  /* of the price of a share */
    uint8_t is_traded; /* told of those whose shares are traded */
    uint8_t role_count;
    char dim;
    uint16_t roles[LEAF_ROLES];
};

/* Head and tail types are bits by id of JW_LABELS_MENTION. */
struct relation_type {
    jw_bytes code, name;
    uint32_t head_types, tail_types;
    uint8_t is_symmetric;
};

/* Sources are bits by jw_source_type. */
struct credit_type {
    jw_bytes code, name;
    int32_t severity; /* -3..3 */
    uint32_t half_life_days, sources;
    uint32_t leaf_count;
    uint16_t leaves[CREDIT_LEAVES];
};

struct aspect_type {
    jw_bytes code, name;
};

struct taxonomy {
    uint32_t leaf_count, role_count, relation_count, credit_count, aspect_count;
    struct leaf leaf[TAXONOMY_LEAVES];
    struct relation_type relation[TAXONOMY_RELATIONS];
    struct credit_type credit[TAXONOMY_CREDITS];
    struct aspect_type aspect[TAXONOMY_ASPECTS];
    jw_bytes role[TAXONOMY_ROLES];
    uint32_t parent_role; /* of the company whose subsidiary an event is about; every leaf may have it */
    const char *name[TAXONOMY_LEAVES + TAXONOMY_ROLES + TAXONOMY_RELATIONS + TAXONOMY_CREDITS + TAXONOMY_ASPECTS]; /* NUL-terminated */
};

/* Status: EMODEL_MISSING, EMODEL_CORRUPT (reterr->at = byte in the section), EMEMORY. */
jw_status jwi_taxonomy_open(const struct model_file *file, const struct labels *labels, struct arena *arena, struct taxonomy *ret,
                            jw_error *reterr);

/* Of the sets JW_LABELS_EVENT, _RELATION, _ROLE, _ASPECT and _CREDIT. */
const char *jwi_taxonomy_name(const struct taxonomy *taxonomy, jw_labels set, uint32_t id);
uint32_t jwi_taxonomy_id(const struct taxonomy *taxonomy, jw_labels set, jw_bytes name);

#endif
