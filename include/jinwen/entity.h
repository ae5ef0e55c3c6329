/* SPDX-License-Identifier: Apache-2.0 */
/* Entities: what the mentions of a document refer to, with public identifiers. */
#ifndef JINWEN_ENTITY_H
#define JINWEN_ENTITY_H

#include <jinwen/doc.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One entity of a document.  `eid` is an id of the entity list ("C00001287"), "U" and the number for a company known by its valid UBN
 * only, or "N" and 16 hex digits for a name that is in no list: equal names of one type have equal ids in every document.
 * Names and identifiers are those of the document's date (published_at, else received_at, else today's list); absent ones are empty.
 */
typedef struct jw_entity {
    jw_bytes eid, name, code, mic, symbol, isin, ubn;
    uint32_t type;          /* id of JW_LABELS_MENTION */
    uint32_t flags;         /* JW_ENTITY_* */
    uint32_t first_mention; /* index into jw_doc_mentions; JW_NONE: the record names it, its text does not */
    uint32_t mention_count, title_count;
    int32_t score; /* best link confidence of its mentions, 1/JW_SCALE */
} jw_entity;
#define JW_ENTITY_LISTED 1u /* in the entity list; else U or N */
#define JW_ENTITY_NIL 2u    /* eid is a hash of the name */
#define JW_ENTITY_USER 4u   /* eid is one of a user dictionary */

/* How a mention names its entity. */
typedef enum jw_mention_kind {
    JW_MENTION_FULL,
    JW_MENTION_SHORT,
    JW_MENTION_CODE,
    JW_MENTION_NICK,
    JW_MENTION_PRONOUN,
    JW_MENTION_ROLE
} jw_mention_kind;

/* Link of one mention; parallel to the mentions.  `entity` is an index into jw_doc_entities or JW_NONE (values, job titles, terms). */
typedef struct jw_link {
    uint32_t entity;
    uint16_t kind, flags; /* jw_mention_kind, JW_LINK_* */
    int32_t score;        /* link confidence, 1/JW_SCALE */
} jw_link;
#define JW_LINK_RECORD 1u /* known from the record's issuer, not from the text */

typedef struct jw_entities {
    const jw_entity *at;
    uint32_t len;
} jw_entities;
typedef struct jw_links {
    const jw_link *at;
    uint32_t len;
} jw_links;

/* An entity that the name of a mention may stand for, the chosen one among them. */
typedef struct jw_candidate {
    jw_bytes eid, name;
    uint32_t mention; /* index into jw_doc_mentions */
    int32_t points;   /* of form, place and surroundings; from 30 on a name is one */
    int32_t score;    /* link confidence of these points, 1/JW_SCALE */
    uint32_t spare;
} jw_candidate;
typedef struct jw_candidates {
    const jw_candidate *at;
    uint32_t len;
} jw_candidates;

/* In the order of first mentions.  Valid as long as the document's layers.  Thread: any reader.  Since: 0.1 */
JW_API jw_entities jw_doc_entities(const jw_doc *doc);

/* The company the record names as its issuer: index into jw_doc_entities, JW_NONE when it names none.  Since: 0.1 */
JW_API uint32_t jw_doc_issuer(const jw_doc *doc);

/* Parallel to jw_doc_mentions.  Thread: any reader.  Since: 0.1 */
JW_API jw_links jw_doc_links(const jw_doc *doc);

/* By mention, best first, at most jw_options.candidates each; names that the document or a user dictionary gives have none.  Since: 0.1 */
JW_API jw_candidates jw_doc_candidates(const jw_doc *doc);

/* Whether entities beyond jw_options.max_entities were left out.  Since: 0.1 */
JW_API int jw_doc_truncated(const jw_doc *doc);

#ifdef __cplusplus
}
#endif
#endif
